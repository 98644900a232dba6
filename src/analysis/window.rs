//! Which rows of a long table have to be drawn.

use std::ops::Range;

/// Rows drawn above and below what is seen, so that a notch of the wheel (some 100 px) doesn't show
/// a gap. Each costs every sort, filter and step as much as a row that is seen.
const MARGIN: usize = 4;

/// The rows of a long table that have to be drawn: those seen, and a few more on both sides.
///
/// `scroll` and `height` are those of the scrolling box and `row_height` that of each row, all in
/// CSS pixels. Numbers that make no sense give the first rows, never none of a table that has some.
pub fn visible(scroll: f64, height: f64, row_height: f64, n_rows: usize) -> Range<usize> {
    let sound = |value: f64, or: f64| if value.is_finite() { value } else { or };
    let row_height = sound(row_height, 1.0).max(1.0);
    // `as` saturates, and takes what is negative for 0.
    let first = (sound(scroll, 0.0) / row_height).floor() as usize;
    let n_seen = (sound(height, 0.0) / row_height).ceil() as usize + 1;
    let from = first
        .min(n_rows.saturating_sub(n_seen))
        .saturating_sub(MARGIN);
    let to = first.saturating_add(n_seen).saturating_add(MARGIN);
    from..to.min(n_rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_drawn() {
        for (scroll, height, n_rows, expected) in [
            (0.0, 300.0, 100_000, 0..35),
            (3000.0, 300.0, 100_000, 296..335),
            (999_700.0, 300.0, 100_000, 99_965..100_000),
            (5e9, 300.0, 100, 65..100),
            (0.0, 300.0, 0, 0..0),
            (-20.0, 300.0, 5, 0..5),
            (f64::NAN, f64::INFINITY, 5, 0..5),
        ] {
            assert_eq!(visible(scroll, height, 10.0, n_rows), expected, "{scroll}");
        }
    }
}
