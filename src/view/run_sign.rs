//! What tells chosen runs apart, the same in table, pictures and plots: a colour, and where there are
//! more runs than colours the shape of the mark and the dashes of the line.

use crate::browser::markup::{El, el};

/// How many colours runs have; then they come again.
const N_COLOURS: usize = 8;

/// Dashes of lines, by round of the colours, for a canvas and for a style sheet.
const DASHES: [(&[f64], &str); 4] = [
    (&[], ""),
    (&[2.0, 3.0], "2 3"),
    (&[9.0, 4.0], "9 4"),
    (&[9.0, 3.0, 2.0, 3.0], "9 3 2 3"),
];

/// Marks around their middle, by round; the first one is a circle.
const MARKS: [&str; 4] = [
    "",
    "M-5-5h10v10h-10z",
    "M0-7l7 7-7 7-7-7z",
    "M0-6.5l6.5 11h-13z",
];

/// How many runs can be told apart; then all signs come again.
pub const N_SIGNS: usize = N_COLOURS * DASHES.len();

/// How many times all colours were taken before.
fn round(place: usize) -> usize {
    place / N_COLOURS % DASHES.len()
}

/// The colour of a selected run by its place in the selection, as a style sheet's variable.
pub fn run_colour(place: usize) -> String {
    format!("var(--run-{})", place % N_COLOURS + 1)
}

/// The style of what stands for a run: its colour and, from the second round on, shape and dashes.
pub fn run_style(place: usize) -> String {
    let colour = run_colour(place);
    match (round(place), DASHES.get(round(place))) {
        (round @ 1.., Some((_, dash))) => {
            format!("--run: {colour}; --corner: 0; --shape: var(--shape-{round}); --dash: {dash}")
        }
        _ => format!("--run: {colour}"),
    }
}

/// The dashes of a run's line on a canvas.
pub fn run_dash(place: usize) -> &'static [f64] {
    DASHES.get(round(place)).map_or(&[], |it| it.0)
}

/// The mark of a run in a picture; that of no place in the selection is a circle.
pub fn run_mark(place: Option<usize>, (x, y): (f64, f64), radius: f64) -> El {
    let mark = place.and_then(|it| MARKS.get(round(it)));
    match mark.filter(|it| !it.is_empty()) {
        None => el("circle")
            .attr("cx", x)
            .attr("cy", y)
            .attr("r", radius.to_string()),
        Some(mark) => el("path")
            .attr("d", *mark)
            .attr("transform", format!("translate({x} {y})")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_run_has_signs_of_its_own_until_all_are_taken() {
        let style: Vec<String> = (0..=N_SIGNS).map(run_style).collect();
        let of_lines = (0..N_SIGNS).map(|it| (run_colour(it), format!("{:?}", run_dash(it))));
        let of_marks = (0..N_SIGNS).map(|it| (run_colour(it), MARKS[round(it)]));
        assert_eq!(style.iter().collect::<BTreeSet<_>>().len(), N_SIGNS);
        assert_eq!(of_lines.collect::<BTreeSet<_>>().len(), N_SIGNS);
        assert_eq!(of_marks.collect::<BTreeSet<_>>().len(), N_SIGNS);
        assert_eq!(style[N_SIGNS], style[0]);
        assert_eq!(style[7], "--run: var(--run-8)");
    }
}
