//! Colours of a heatmap: the viridis ramp and the ink that can be read on it.

/// A colour in sRGB, 8 bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Viridis at 0/17, 1/17, … 17/17. By Stéfan van der Walt and Nathaniel Smith for matplotlib, CC0.
const VIRIDIS: [Rgb; 18] = [
    Rgb(0x44, 0x01, 0x54),
    Rgb(0x48, 0x17, 0x69),
    Rgb(0x47, 0x2a, 0x7a),
    Rgb(0x43, 0x3d, 0x84),
    Rgb(0x3d, 0x4e, 0x8a),
    Rgb(0x35, 0x5e, 0x8d),
    Rgb(0x2e, 0x6d, 0x8e),
    Rgb(0x29, 0x7b, 0x8e),
    Rgb(0x23, 0x89, 0x8e),
    Rgb(0x1f, 0x97, 0x8b),
    Rgb(0x21, 0xa5, 0x85),
    Rgb(0x2e, 0xb3, 0x7c),
    Rgb(0x46, 0xc0, 0x6f),
    Rgb(0x65, 0xcb, 0x5e),
    Rgb(0x89, 0xd5, 0x48),
    Rgb(0xb0, 0xdd, 0x2f),
    Rgb(0xd8, 0xe2, 0x19),
    Rgb(0xfd, 0xe7, 0x25),
];

/// The colour of a tone between 0 and 1; others are cut, `NaN` is 0.
pub fn viridis(tone: f64) -> Rgb {
    let last = VIRIDIS.len() - 1;
    let at = if tone.is_nan() {
        0.0
    } else {
        tone.clamp(0.0, 1.0)
    } * last as f64;
    let below = (at as usize).min(last);
    let (Rgb(r0, g0, b0), Rgb(r1, g1, b1)) = (VIRIDIS[below], VIRIDIS[(below + 1).min(last)]);
    let between = at - below as f64;
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * between + 0.5) as u8;
    Rgb(mix(r0, r1), mix(g0, g1), mix(b0, b1))
}

impl Rgb {
    /// As CSS writes it: `#1f968b`.
    pub fn css(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// This colour over a ground, opaque where `share` is 1.
    pub fn over(self, ground: Self, share: f64) -> Self {
        let mix = |over: u8, under: u8| {
            let (over, under) = (f64::from(over), f64::from(under));
            (under + (over - under) * share + 0.5) as u8
        };
        Self(
            mix(self.0, ground.0),
            mix(self.1, ground.1),
            mix(self.2, ground.2),
        )
    }

    /// This colour on a dark ground, as light as it has to be to be seen there.
    pub fn seen_on(self, ground: Self) -> Self {
        const CONTRAST: f64 = 1.5;
        let white = Self(255, 255, 255);
        if ground.ink() != white {
            return self;
        }
        let least = (ground.luminance() + 0.05) * CONTRAST - 0.05;
        let mut lighter = (0..10).map(|step| white.over(self, f64::from(step) * 0.04));
        lighter.find(|it| it.luminance() >= least).unwrap_or(white)
    }

    /// Of a colour that the browser resolved: `rgb(23, 28, 33)`.
    pub fn parse(css: &str) -> Option<Self> {
        let numbers = css.split(|c: char| !c.is_ascii_digit() && c != '.');
        let mut channels = numbers.filter_map(|number| number.parse::<f64>().ok());
        let mut channel = || Some(channels.next()?.round().clamp(0.0, 255.0) as u8);
        Some(Self(channel()?, channel()?, channel()?))
    }

    /// Black or white, whichever has the higher contrast (WCAG 2.2) on this ground.
    pub fn ink(self) -> Self {
        let luminance = self.luminance();
        let (on_white, on_black) = (1.05 / (luminance + 0.05), (luminance + 0.05) / 0.05);
        if on_black > on_white {
            Self(0, 0, 0)
        } else {
            Self(255, 255, 255)
        }
    }

    /// Relative luminance, 0 to 1, as WCAG 2.2 defines it.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                libm::pow((value + 0.055) / 1.055, 2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn viridis_runs_from_purple_to_yellow() {
        assert_eq!(viridis(0.0).css(), "#440154");
        assert_eq!(viridis(1.0).css(), "#fde725");
        assert_eq!(viridis(f64::NAN), viridis(-3.0));
        assert_eq!(viridis(7.0), viridis(1.0));
        // Matplotlib's own value at 0.5.
        let Rgb(r, g, b) = viridis(0.5);
        let near = |a: u8, b: u8| a.abs_diff(b) <= 2;
        assert!(
            near(r, 0x21) && near(g, 0x91) && near(b, 0x8c),
            "{r} {g} {b}"
        );
    }

    #[test]
    fn colours_of_the_browser_are_read_and_mixed() {
        let colour = Rgb::parse("rgb(200, 0, 100)").unwrap();
        assert_eq!(colour, Rgb(200, 0, 100));
        assert_eq!(colour.over(Rgb(0, 0, 0), 0.5), Rgb(100, 0, 50));
        assert_eq!(Rgb::parse(""), None);
    }

    #[test]
    fn ink_is_readable_on_every_tone() {
        for step in 0..=100 {
            let ground = viridis(f64::from(step) / 100.0);
            let (a, b) = (ground.luminance() + 0.05, ground.ink().luminance() + 0.05);
            assert!(a.max(b) / a.min(b) >= 4.5, "step {step}: {}", ground.css());
        }
    }
}
