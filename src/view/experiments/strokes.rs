use super::{grid::Grid, view::Experiments};
use crate::{
    analysis::parallel::{density, pixels},
    browser::{self, Canvas, Surface},
    model::Shared,
    view::run_sign::{run_colour, run_dash},
};

/// Lines that are stroked one by one at most; more are counted by pixel.
const MOST_STROKED: usize = 1500;

/// Height of the axes, and what is above and below them, in CSS pixels.
pub(super) const HEIGHT: f64 = 190.0;
pub(super) const ABOVE: f64 = 34.0;
pub(super) const BELOW: f64 = 30.0;

/// Room beside the last axis.
pub(super) const RIGHT: f64 = 46.0;

/// What lines of the parallel coordinates are drawn, from below to above.
pub(super) struct Lines {
    places: Shared<Vec<Vec<f32>>>,
    /// Runs that the filter hides.
    hidden: Vec<usize>,
    /// Runs that pass.
    passing: Vec<usize>,
    /// Runs that stand out: colour, width, dash.
    marked: Vec<(usize, String, f64, &'static [f64])>,
}

impl Lines {
    pub(super) fn new(view: Experiments, grid: &Grid, places: Shared<Vec<Vec<f32>>>) -> Self {
        let n = grid.report.revisions.len();
        let passing = grid.matching();
        let mut hidden = Vec::with_capacity(n - passing.len());
        let mut next = passing.iter().copied().peekable();
        for row in 0..n {
            if next.next_if_eq(&row).is_none() {
                hidden.push(row);
            }
        }
        let state = view.state.read();
        let mut marked = Vec::new();
        if let Some(current) = grid.report.current {
            marked.push((current, "--ink".to_owned(), 1.75, &[][..]));
        }
        if let Some(base) = state.base {
            marked.push((base, "--ink".to_owned(), 1.75, &[4.0, 3.0][..]));
        }
        for (place, row) in state.selected.iter().enumerate().filter(|it| *it.1 < n) {
            marked.push((*row, token(place), 2.25, run_dash(place)));
        }
        if let Some(open) = state.row {
            let place = state.selected.iter().position(|it| *it == open);
            let colour = place.map_or("--accent".to_owned(), token);
            marked.push((open, colour, 3.0, place.map_or(&[][..], run_dash)));
        }
        Self {
            places,
            hidden,
            passing,
            marked,
        }
    }
}

/// The name of a run's colour, without the `var(…)` around it.
fn token(place: usize) -> String {
    let colour = run_colour(place);
    colour
        .trim_start_matches("var(")
        .trim_end_matches(')')
        .to_owned()
}

/// The room between two axes as pixels, from one place to another.
pub(super) struct Sheet {
    from: f64,
    to: f64,
    columns: u32,
    rgba: Vec<u8>,
}

/// Layers of runs, from below to above, with their colours.
fn layers(lines: &Lines) -> [(&[usize], &'static str); 2] {
    [(&lines.hidden, "--line"), (&lines.passing, "--ink-2")]
}

/// The sheets of each layer that has too many runs for a stroke each; `None` once they are not
/// wanted any more. The browser gets its turn between two sheets, but in a hurry.
pub(super) async fn counted(
    lines: &Lines,
    x: &[f64],
    is_wanted: &dyn Fn() -> bool,
    is_hurried: bool,
) -> Option<[Vec<Sheet>; 2]> {
    let mut sheets = [Vec::new(), Vec::new()];
    for (sheets, (rows, colour)) in sheets.iter_mut().zip(layers(lines)) {
        if rows.len() <= MOST_STROKED {
            continue;
        }
        let colour = channels(&browser::colour(colour));
        let pairs = lines.places.windows(2).zip(x.windows(2));
        for (places, x) in pairs {
            let ([left, right], &[from, to]) = (places, x) else {
                continue;
            };
            if !is_hurried {
                browser::yield_to_browser().await;
            }
            if !is_wanted() {
                return None;
            }
            let width = (to - from).round().max(1.0) as usize;
            let counts = density(left, right, rows, (width, HEIGHT as usize));
            sheets.push(Sheet {
                from,
                to,
                columns: width as u32,
                rgba: pixels(&counts, colour),
            });
        }
    }
    is_wanted().then_some(sheets)
}

/// Paints all lines: those that are counted by their sheets, the others by strokes.
pub(super) fn paint(canvas: &Canvas, lines: &Lines, x: &[f64], sheets: &[Vec<Sheet>; 2]) {
    let Some(last) = x.last() else { return };
    let Some(surface) = Surface::new(canvas, last + RIGHT, ABOVE + HEIGHT + BELOW) else {
        return;
    };
    for (sheets, (rows, colour)) in sheets.iter().zip(layers(lines)) {
        for it in sheets {
            surface.pixels(
                &it.rgba,
                it.columns,
                it.from,
                ABOVE,
                it.to - it.from,
                HEIGHT,
            );
        }
        if rows.len() <= MOST_STROKED {
            let colour = browser::colour(colour);
            for row in rows {
                stroke(&surface, lines, *row, x, &colour, 1.0, &[]);
            }
        }
    }
    for (row, colour, width, dash) in &lines.marked {
        stroke(
            &surface,
            lines,
            *row,
            x,
            &browser::colour(colour),
            *width,
            dash,
        );
    }
}

/// One run; its line is interrupted where it has no value.
fn stroke(
    surface: &Surface,
    lines: &Lines,
    row: usize,
    x: &[f64],
    colour: &str,
    width: f64,
    dash: &[f64],
) {
    let mut points = Vec::with_capacity(x.len());
    for (places, x) in lines.places.iter().zip(x) {
        match places.get(row).copied().filter(|it| !it.is_nan()) {
            Some(share) => points.push((*x, ABOVE + (1.0 - f64::from(share)) * HEIGHT)),
            None => {
                surface.line(&points, colour, width, dash);
                points.clear();
            }
        }
    }
    surface.line(&points, colour, width, dash);
}

/// The channels of a colour as `rgb(…)`.
fn channels(colour: &str) -> [u8; 3] {
    let numbers = colour.split(|it: char| !it.is_ascii_digit());
    let mut numbers = numbers.filter_map(|it| it.parse().ok());
    [0; 3].map(|zero: u8| numbers.next().unwrap_or(zero))
}
