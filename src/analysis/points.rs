//! Very many points as one picture: how much of each pixel they cover.

/// How points are painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brush {
    /// Radius in pixels.
    pub radius: f64,
    /// How much a single point covers, from 0 to 1. Where many lie on each other it gets denser.
    pub strength: f64,
}

impl Brush {
    /// The brush for so many points, in CSS pixels: the more there are, the finer and fainter.
    pub fn for_points(n: usize) -> Self {
        let (radius, strength) = match n {
            0..=2_000 => (3.0, 0.8),
            2_001..=20_000 => (2.0, 0.5),
            _ => (1.4, 0.35),
        };
        Self { radius, strength }
    }
}

/// How opaque each pixel of a picture is (0 to 255, row by row, `width` wide) with a disc around
/// each point, given as x and y in pixels. Points outside leave no trace.
pub fn coverage(
    points: impl Iterator<Item = (f64, f64)>,
    (width, height): (usize, usize),
    brush: Brush,
) -> Vec<u8> {
    let disc = disc(brush.radius);
    let mut weights = vec![0_u16; width * height];
    // Half of the disc's side: its corner is where the first pixel of it goes.
    let half = (disc.len() / 2) as f64;
    for (x, y) in points {
        let (left, top) = ((x - half).floor(), (y - half).floor());
        for (row, line) in (0..).zip(&disc) {
            let y = top + f64::from(row);
            // As `usize`, what is negative would be 0.
            if !(y >= 0.0 && y < height as f64) {
                continue;
            }
            let start = y as usize * width;
            for (column, weight) in (0..).zip(line) {
                let x = left + f64::from(column);
                if x >= 0.0
                    && x < width as f64
                    && let Some(pixel) = weights.get_mut(start + x as usize)
                {
                    *pixel = pixel.saturating_add(*weight);
                }
            }
        }
    }
    let tones = tones(brush.strength);
    let tone = |weight: u16| tones.get(usize::from(weight)).copied().unwrap_or(u8::MAX);
    weights.into_iter().map(tone).collect()
}

/// What a point adds to each pixel around it, [`WHOLE`] where it covers all of it.
fn disc(radius: f64) -> Vec<Vec<u16>> {
    let side = (2.0 * radius).ceil() as usize | 1;
    let middle = (side / 2) as f64;
    let weight = |row: usize, column: usize| {
        let (y, x) = (row as f64 - middle, column as f64 - middle);
        let edge = radius + 0.5 - (x * x + y * y).sqrt();
        (edge.clamp(0.0, 1.0) * f64::from(WHOLE)).round() as u16
    };
    let line = |row: usize| (0..side).map(|column| weight(row, column)).collect();
    (0..side).map(line).collect()
}

/// The weight of a pixel that one point covers whole.
const WHOLE: u16 = 8;

/// How opaque a pixel of each weight is: two half covers leave a quarter of the ground.
fn tones(strength: f64) -> Vec<u8> {
    let mut ground = 1.0;
    let step = libm::pow(1.0 - strength, 1.0 / f64::from(WHOLE));
    let mut tones = vec![0];
    while ground > 1.0 / 512.0 && tones.len() < 4096 {
        ground *= step;
        tones.push(((1.0 - ground) * 255.0).round() as u8);
    }
    tones
}

#[cfg(test)]
mod tests {
    use super::*;

    const BRUSH: Brush = Brush {
        radius: 1.0,
        strength: 0.5,
    };

    #[test]
    fn each_point_leaves_a_disc() {
        let alpha = coverage([(2.5, 1.5)].into_iter(), (5, 4), BRUSH);
        let rows: Vec<&[u8]> = alpha.chunks(5).collect();
        assert_eq!(rows[1], [0, 75, 128, 75, 0], "{rows:?}");
        assert_eq!((rows[0][2], rows[2][2], rows[3][2]), (75, 75, 0));
    }

    #[test]
    fn points_on_each_other_are_denser_and_those_outside_leave_nothing() {
        let at = |n: usize| coverage((0..n).map(|_| (2.5, 2.5)), (5, 5), BRUSH)[12];
        assert_eq!([at(0), at(1), at(2), at(100_000)], [0, 128, 191, 255]);
        let outside = [(-9.0, 2.0), (2.0, 90.0), (f64::NAN, 1.0), (1e300, -1e300)];
        let alpha = coverage(outside.into_iter(), (5, 5), BRUSH);
        assert!(alpha.iter().all(|it| *it == 0));
        assert!(coverage([(0.0, 0.0)].into_iter(), (0, 0), BRUSH).is_empty());
    }

    #[test]
    fn more_points_are_painted_finer() {
        let brushes = [1, 5_000, 100_000].map(Brush::for_points);
        assert!(brushes.is_sorted_by(|a, b| a.radius > b.radius && a.strength > b.strength));
    }
}
