//! A matrix as a drawing (SVG), for documents and slides: what is seen, in the colours of one theme,
//! without a style sheet. Labels are text; nothing in them is markup.

use crate::analysis::colour::Rgb;

/// What is drawn.
pub struct Drawing<'a> {
    /// Stands above the matrix: what it shows, and which axis is which.
    pub titles: &'a [String],
    /// Labels of the rows, and of the columns.
    pub labels: &'a [String],
    /// Row, column, colour, text of each cell that is filled or has a text.
    pub cells: &'a [DrawnCell],
    /// The ground.
    pub ground: Rgb,
    /// Texts.
    pub ink: Rgb,
    /// Outlines of empty cells.
    pub line: Rgb,
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
        // Labels are left out where they would run into each other.
        let has_labels = cell >= 9.0;
        let longest = self
            .labels
            .iter()
            .map(|it| it.chars().count().min(20))
            .max();
        let gutter = match has_labels {
            true => 16.0 + font * 0.62 * longest.unwrap_or(0) as f64,
            false => 12.0,
        };
        let head = 20.0 * self.titles.len() as f64 + 12.0;
        let (left, top) = (gutter, head + gutter);
        let side = cell * n as f64;
        let longest_title = self.titles.iter().map(|it| it.chars().count()).max();
        let width = (left + side + 12.0).max(24.0 + 7.4 * longest_title.unwrap_or(0) as f64);
        let height = top + side + 12.0;
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
        for (idx, label) in self.labels.iter().enumerate().filter(|_| has_labels) {
            let middle = cell * (idx as f64 + 0.5);
            let (row, column) = (top + middle + font * 0.35, left + middle);
            let label = text(&label.chars().take(20).collect::<String>());
            let ink = self.ink.css();
            svg.push_str(&format!(
                "<text x=\"{:.1}\" y=\"{row:.1}\" text-anchor=\"end\" fill=\"{ink}\">{label}</text>\
                 <text transform=\"translate({:.1} {:.1}) rotate(-90)\" fill=\"{ink}\">{label}</text>\n",
                left - 6.0,
                column + font * 0.35,
                top - 6.0
            ));
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
        };
        let svg = drawing.svg();
        assert!(!svg.text.contains("<script"), "{}", svg.text);
        assert!(svg.text.contains("&lt;script&gt;") && svg.text.contains("b&amp;\u{fffd}"));
        assert_eq!(svg.text.matches("fill=\"#fde725\"").count(), 1);
        assert_eq!(svg.text.matches("url(#h)").count(), 1);
        // The ink of the lightest tone is black.
        assert!(svg.text.contains("fill=\"#000000\">3</text>"));
        assert!(svg.width > 128.0 && svg.height > 128.0);
    }
}
