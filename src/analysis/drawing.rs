//! A matrix as a drawing (SVG), for documents and slides: what is seen, in the colours of one theme,
//! without a style sheet. Labels are text; nothing in them is markup.

use crate::analysis::colour::Rgb;

/// What is drawn.
pub struct Drawing<'a> {
    /// Stands above the matrix: what it shows, and which axis is which.
    pub titles: &'a [String],
    /// Labels of the rows, and of the columns, as short as they are to be.
    pub labels: &'a [String],
    /// Row, column, colour, text of each cell that is filled or has a text.
    pub cells: &'a [DrawnCell],
    /// The ground.
    pub ground: Rgb,
    /// Texts.
    pub ink: Rgb,
    /// Outlines of empty cells.
    pub line: Rgb,
    /// Numbers at the right, one for each row, and below, one for each column.
    pub margins: (&'a [DrawnMargin], &'a [DrawnMargin]),
    /// What the colours mean.
    pub legend: Option<DrawnLegend>,
    /// Stands below: what else there is to say. Of what is hatched, if anything is, the first.
    pub notes: &'a [String],
}

/// Numbers beside or below the cells.
pub struct DrawnMargin {
    /// What they are.
    pub head: String,
    /// One for each row or column.
    pub values: Vec<String>,
}

/// What the colours mean: the words at their ends.
pub struct DrawnLegend {
    /// Before the colours.
    pub from: String,
    /// From one end to the other.
    pub colours: Vec<Rgb>,
    /// Behind them.
    pub to: String,
    /// What an empty cell means, where that is told.
    pub none: Option<String>,
}

/// One cell of a drawing.
pub struct DrawnCell {
    /// From the top.
    pub row: usize,
    /// From the left.
    pub column: usize,
    /// The colour; `None` of an empty cell.
    pub fill: Option<Rgb>,
    /// The number in it, where there is room.
    pub text: String,
    /// Whether it is hatched.
    pub is_hatched: bool,
}

/// A drawing with its size in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Svg {
    /// The document.
    pub text: String,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// The most cells that a drawing holds.
pub const MAX_CELLS: usize = 100_000;

impl Drawing<'_> {
    /// The document.
    pub fn svg(&self) -> Svg {
        let n = self.labels.len();
        let cell = match n {
            0..=8 => 64.0,
            9..=16 => 44.0,
            17..=50 => 28.0,
            _ => (900.0 / n as f64).clamp(1.0, 16.0),
        };
        let font = (cell * 0.45).clamp(7.0, 15.0);
        // Labels that would run into each other are left out, and numbers beside them.
        let step = (9.0 / cell).ceil().max(1.0) as usize;
        let (right, below) = match step {
            1 => self.margins,
            _ => (&[][..], &[][..]),
        };
        let n_chars = |text: &String| text.chars().count();
        let width_of = |margin: &DrawnMargin| {
            let texts = std::iter::once(&margin.head).chain(&margin.values);
            14.0 + font * 0.6 * texts.map(n_chars).max().unwrap_or(0) as f64
        };
        let right_width: f64 = right.iter().map(width_of).sum();
        let labels = self.labels.iter().map(n_chars).max().unwrap_or(0);
        let heads = below.iter().map(|it| n_chars(&it.head)).max().unwrap_or(0);
        let room_for = |n_chars: usize| 16.0 + font * 0.62 * n_chars as f64;
        let head = 20.0 * self.titles.len() as f64 + 12.0;
        // Labels run upwards above the columns, where no margin has its head.
        let (left, top) = (room_for(labels.max(heads)), head + room_for(labels));
        let side = cell * n as f64;
        let line = font * 1.7;
        let foot = top + side + line * below.len() as f64;
        let n_lines = self.notes.len() + usize::from(self.legend.is_some());
        let texts = self.titles.iter().chain(self.notes).map(n_chars);
        let legend = self.legend.as_ref().map(|it| {
            32 + n_chars(&it.from) + n_chars(&it.to) + it.none.as_ref().map_or(0, n_chars)
        });
        let longest_text = texts.chain(legend).max().unwrap_or(0);
        let width = (left + side + right_width + 12.0).max(48.0 + 7.4 * longest_text as f64);
        let height = foot + 22.0 * n_lines as f64 + 16.0;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"sans-serif\" font-size=\"{font:.1}\">\n\
             <defs><pattern id=\"h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><path d=\"M0 0V6\" stroke=\"{}\" stroke-opacity=\".35\"/>\
             </pattern></defs>\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
            self.ink.css(),
            self.ground.css()
        );
        for (idx, title) in self.titles.iter().enumerate() {
            let y = 20.0 * (idx + 1) as f64;
            let weight = if idx == 0 { "bold" } else { "normal" };
            svg.push_str(&format!(
                "<text x=\"12\" y=\"{y}\" font-size=\"13\" font-weight=\"{weight}\" fill=\"{}\">{}</text>\n",
                self.ink.css(),
                text(title)
            ));
        }
        svg.push_str(&format!(
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{side:.1}\" height=\"{side:.1}\" fill=\"none\" \
             stroke=\"{}\"/>\n",
            self.line.css()
        ));
        let gap = if cell >= 9.0 { 1.0 } else { 0.0 };
        for it in self.cells {
            let (x, y) = (left + cell * it.column as f64, top + cell * it.row as f64);
            let size = cell - gap;
            let place =
                format!("x=\"{x:.1}\" y=\"{y:.1}\" width=\"{size:.1}\" height=\"{size:.1}\"");
            match it.fill {
                Some(fill) => svg.push_str(&format!("<rect {place} fill=\"{}\"/>", fill.css())),
                None => svg.push_str(&format!(
                    "<rect {place} fill=\"none\" stroke=\"{}\"/>",
                    self.line.css()
                )),
            }
            if it.is_hatched {
                svg.push_str(&format!("<rect {place} fill=\"url(#h)\"/>"));
            }
            if !it.text.is_empty() {
                let (x, y) = (x + size / 2.0, y + size / 2.0 + font * 0.35);
                let ink = it.fill.map_or(self.ink, Rgb::ink).css();
                svg.push_str(&format!(
                    "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" fill=\"{ink}\">{}</text>",
                    text(&it.text)
                ));
            }
            svg.push('\n');
        }
        for (idx, label) in self.labels.iter().enumerate().step_by(step) {
            let middle = cell * (idx as f64 + 0.5);
            let (row, column) = (top + middle + font * 0.35, left + middle);
            let label = text(label);
            let ink = self.ink.css();
            svg.push_str(&format!(
                "<text x=\"{:.1}\" y=\"{row:.1}\" text-anchor=\"end\" fill=\"{ink}\">{label}</text>\
                 <text transform=\"translate({:.1} {:.1}) rotate(-90)\" fill=\"{ink}\">{label}</text>\n",
                left - 6.0,
                column + font * 0.35,
                top - 6.0
            ));
        }
        let ink = self.ink.css();
        let mut x = left + side;
        for margin in right {
            x += width_of(margin);
            let cells = margin.values.iter().enumerate();
            let cells = cells.map(|(idx, it)| (top + cell * (idx as f64 + 0.5) + font * 0.35, it));
            for (y, it) in cells.chain([(top - 6.0, &margin.head)]) {
                let it = text(it);
                svg.push_str(&format!(
                    "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"end\" fill=\"{ink}\">{it}</text>\n"
                ));
            }
        }
        for (idx, margin) in below.iter().enumerate() {
            let y = top + side + line * (idx as f64 + 0.8);
            let longest = margin.values.iter().map(n_chars).max().unwrap_or(1);
            // As small as its column asks for.
            let size = font.min(cell / (0.62 * longest.max(1) as f64));
            svg.push_str(&format!(
                "<text x=\"{:.1}\" y=\"{y:.1}\" text-anchor=\"end\" fill=\"{ink}\">{}</text>\n",
                left - 6.0,
                text(&margin.head)
            ));
            for (idx, it) in margin.values.iter().enumerate() {
                let x = left + cell * (idx as f64 + 0.5);
                let it = text(it);
                svg.push_str(&format!(
                    "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size:.1}\" text-anchor=\"middle\" fill=\"{ink}\">{it}</text>\n"
                ));
            }
        }
        let mut y = foot + 24.0;
        if let Some(legend) = &self.legend {
            let mut x = 12.0 + 7.0 * n_chars(&legend.from) as f64 + 8.0;
            let at_end = |x: f64, anchor: &str, words: &str| {
                format!(
                    "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"13\" text-anchor=\"{anchor}\" fill=\"{ink}\">{}</text>\n",
                    text(words)
                )
            };
            svg.push_str(&at_end(x - 8.0, "end", &legend.from));
            for colour in &legend.colours {
                svg.push_str(&format!(
                    "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"14.5\" height=\"12\" fill=\"{}\"/>",
                    y - 10.0,
                    colour.css()
                ));
                x += 14.0;
            }
            svg.push_str(&at_end(x + 8.0, "start", &legend.to));
            if let Some(none) = &legend.none {
                x += 24.0 + 7.0 * n_chars(&legend.to) as f64;
                svg.push_str(&format!(
                    "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"16\" height=\"13\" fill=\"none\" stroke=\"{}\"/>",
                    y - 11.0,
                    self.line.css()
                ));
                svg.push_str(&at_end(x + 24.0, "start", none));
            }
            y += 22.0;
        }
        let is_hatched = self.cells.iter().any(|it| it.is_hatched);
        for (idx, note) in self.notes.iter().enumerate() {
            let is_of_hatch = idx == 0 && is_hatched;
            if is_of_hatch {
                svg.push_str(&format!(
                    "<rect x=\"12\" y=\"{:.1}\" width=\"22\" height=\"14\" fill=\"url(#h)\" stroke=\"{}\"/>",
                    y - 11.0,
                    self.line.css()
                ));
            }
            let x = if is_of_hatch { 42 } else { 12 };
            svg.push_str(&format!(
                "<text x=\"{x}\" y=\"{y:.1}\" font-size=\"13\" fill=\"{ink}\">{}</text>\n",
                text(note)
            ));
            y += 22.0;
        }
        svg.push_str("</svg>\n");
        Svg {
            text: svg,
            width: width.round(),
            height: height.round(),
        }
    }
}

/// Text that XML shows as it is; what no XML document may hold becomes U+FFFD.
fn text(plain: &str) -> String {
    let mut xml = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => xml.push('\u{fffd}'),
            c if c.is_control() => xml.push('\u{fffd}'),
            c => xml.push(c),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_holds_cells_and_labels_as_text() {
        let labels = ["<script>".to_owned(), "b&\u{1}".to_owned()];
        let titles = ["This change: 3 of 4".to_owned()];
        let cell = |row, column, fill, text: &str| DrawnCell {
            row,
            column,
            fill,
            text: text.to_owned(),
            is_hatched: row == 0,
        };
        let cells = [
            cell(0, 1, Some(Rgb(0xfd, 0xe7, 0x25)), "3"),
            cell(1, 0, None, "0"),
        ];
        let drawing = Drawing {
            titles: &titles,
            labels: &labels,
            cells: &cells,
            ground: Rgb(255, 255, 255),
            ink: Rgb(23, 28, 33),
            line: Rgb(0xdd, 0xe2, 0xe6),
            margins: (
                &[DrawnMargin {
                    head: "recall".to_owned(),
                    values: vec!["0.111".to_owned(), "0.222".to_owned()],
                }],
                &[DrawnMargin {
                    head: "precision".to_owned(),
                    values: vec!["0.333".to_owned(), "0.444".to_owned()],
                }],
            ),
            legend: Some(DrawnLegend {
                from: "worse".to_owned(),
                colours: vec![Rgb(1, 2, 3), Rgb(4, 5, 6)],
                to: "better, ±3 <players>".to_owned(),
                none: Some("zero".to_owned()),
            }),
            notes: &["Hatched: no more than noise.".to_owned()],
        };
        let svg = drawing.svg();
        for word in ["recall", "0.222", "precision", "0.444", "worse", "#040506"] {
            assert!(svg.text.contains(word), "{word} in {}", svg.text);
        }
        assert!(svg.text.contains(">zero</text>"));
        assert!(svg.text.contains("better, ±3 &lt;players&gt;</text>"));
        assert!(svg.text.contains(">Hatched: no more than noise.</text>"));
        assert!(!svg.text.contains("<script"), "{}", svg.text);
        assert!(svg.text.contains("&lt;script&gt;") && svg.text.contains("b&amp;\u{fffd}"));
        assert_eq!(svg.text.matches("fill=\"#fde725\"").count(), 1);
        // A cell, and what says what that means.
        assert_eq!(svg.text.matches("url(#h)").count(), 2);
        // The ink of the lightest tone is black.
        assert!(svg.text.contains("fill=\"#000000\">3</text>"));
        assert!(svg.width > 128.0 && svg.height > 128.0);
    }
}
