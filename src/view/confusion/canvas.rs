use leptos::{ev, prelude::*};

use super::{
    choose::{Confusion, class_words},
    shown::Shown,
    table::caption,
};
use crate::{
    analysis::heatmap::{Fill, Heatmap},
    browser::markup::{ElementRef, IntoNode, el},
    browser::{self, Surface},
    model::Shared,
    words::{Say as _, confusion::shown_label},
};

/// Room for the labels of rows and columns, in CSS pixels.
const GUTTER: f64 = 96.0;
/// The widest picture.
const MAX_WIDTH: f64 = 848.0;
/// Labels nearer than this run into each other.
const LABEL_STEP: f64 = 13.0;
/// The id of the picture's frame.
const FRAME: &str = "matrix";

/// Where the cells of a picture lie, in CSS pixels from its corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Side of one cell: whole pixels, so that edges are sharp.
    pub cell: f64,
    /// Where the first cell starts, from the left and from the top.
    pub origin: f64,
    /// Cells in a row.
    pub n: usize,
}

impl Layout {
    /// The largest whole cells that fit.
    pub fn new(width: f64, n: usize) -> Self {
        let room = width.min(MAX_WIDTH) - GUTTER;
        let cell = (room / n.max(1) as f64).floor().max(3.0);
        Self {
            cell,
            origin: GUTTER,
            n,
        }
    }

    /// The picture's side.
    pub fn side(self) -> f64 {
        self.origin + self.cell * self.n as f64
    }

    /// The corner of a cell.
    pub fn corner(self, row: usize, column: usize) -> (f64, f64) {
        (
            self.origin + self.cell * column as f64,
            self.origin + self.cell * row as f64,
        )
    }

    /// The row and column at a point; `None` outside the cells.
    pub fn at(self, x: f64, y: f64) -> Option<(usize, usize)> {
        let place = |offset: f64| {
            let idx = ((offset - self.origin) / self.cell).floor();
            (idx >= 0.0 && idx < self.n as f64).then_some(idx as usize)
        };
        Some((place(y)?, place(x)?))
    }
}

/// The centre of a cell in the window, in CSS pixels.
pub fn centre_at(row: usize, column: usize, n: usize) -> Option<(f64, f64)> {
    let (x, y, width, _) = browser::bounds_of(FRAME)?;
    let layout = Layout::new(width, n);
    let (left, top) = layout.corner(row, column);
    Some((x + left + layout.cell / 2.0, y + top + layout.cell / 2.0))
}

/// The matrix as a picture, with one real cell over the one that is pointed at or has the focus.
pub fn matrix_canvas(
    // What to show.
    shown: Shared<Shown>,
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let lang = at.page.lang.get_untracked();
    let map = shown.heatmap.clone().unwrap_or_default();
    let n = map.classes.len();
    let canvas = ElementRef::new();
    let frame = ElementRef::new();
    let (width, set_width) = signal(MAX_WIDTH);
    let layout = Memo::new(move |_| Layout::new(width.get(), n));
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            browser::on_resize(&frame, move |width, _| {
                let _ = set_width.try_set(width);
            });
        }
    });
    let size = move || {
        let side = layout.get().side();
        format!("width:{side}px;height:{side}px")
    };
    let painted = shown.clone();
    let theme = Trigger::new();
    Effect::new(move |_| {
        theme.track();
        if let Some(canvas) = canvas.get_as() {
            paint(&canvas, &painted, &map, layout.get());
        }
    });
    let point = move |event: &leptos::ev::MouseEvent| {
        let (left, top, ..) = browser::bounds_of(FRAME)?;
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        layout.get_untracked().at(x - left, y - top)
    };
    let on_move = move |event: leptos::ev::MouseEvent| {
        let cell = point(&event);
        at.pointed.set(cell);
        if let Some(cell) = cell {
            at.cursor.set(cell);
        }
    };
    let on_click = move |event: leptos::ev::MouseEvent| {
        if let Some(cell) = point(&event) {
            at.cursor.set(cell);
            at.pin(cell);
            browser::focus("matrix-cell");
        }
    };
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        let is_ctrl = event.ctrl_key() || event.meta_key();
        if !event.alt_key() && at.press(&event.key(), is_ctrl, n) {
            event.prevent_default();
            at.pointed.set(Some(at.cursor.get_untracked()));
            browser::focus("matrix-cell");
        }
    };
    let on_focusin = move |event: leptos::ev::FocusEvent| {
        if browser::closest_id(&event, "[role=gridcell]").is_none() {
            browser::focus("matrix-cell");
        }
    };
    let caption = caption(&shown, at, lang);
    let pin_shown = shown.clone();
    let pin = move || {
        let (actual, predicted) = at.pinned.get()?;
        let (row, column) = pin_shown.position(&actual, &predicted)?;
        let style = cell_style(layout.get(), row, column);
        Some(
            el("div")
                .class("matrix-pin")
                .attr("aria-hidden", "true")
                .attr("style", style),
        )
    };
    el("div")
        .attr("id", FRAME)
        .class("matrix-canvas")
        .refer(frame)
        .attr("role", "grid")
        .attr("tabindex", "-1")
        .attr("aria-label", caption)
        .attr("aria-rowcount", n + 1)
        .attr("aria-colcount", n + 1)
        .attr("aria-describedby", "matrix-orientation")
        .on(ev::mousemove, on_move)
        .on(ev::mouseleave, move |_| at.pointed.set(None))
        .on(ev::click, on_click)
        .on(ev::keydown, on_keydown)
        .on(ev::focusin, on_focusin)
        .child(
            el("canvas")
                .attr("style", size)
                .refer(canvas)
                .attr("aria-hidden", "true")
                .on(ev::transitionend, move |_| theme.notify()),
        )
        .child(pin)
        .child(real_cell(shown, layout, at))
}

/// The one real cell, where the cursor is.
fn real_cell(shown: Shared<Shown>, layout: Memo<Layout>, at: Confusion) -> impl IntoNode {
    let place = Memo::new(move |_| at.cursor.get());
    let shown = StoredValue::new(shown);
    let classes = Memo::new(move |_| {
        let (row, column) = place.get();
        shown
            .with_value(|shown| shown.classes_at(row, column))
            .unwrap_or_default()
    });
    let label = move |of: fn((usize, usize)) -> usize| {
        shown.with_value(|shown| shown.label(of(classes.get())).to_owned())
    };
    let count = move || {
        let (actual, predicted) = classes.get();
        shown
            .with_value(|shown| shown.matrix().get(actual, predicted))
            .to_string()
    };
    let sentence = move || {
        let (actual, predicted) = classes.get();
        let report = at.page.report.get();
        shown.with_value(|shown| {
            let words = class_words(&report, shown);
            shown
                .sentence(words, actual, predicted)
                .say(at.page.lang.get())
        })
    };
    let is_pinned = move || {
        let pinned = at.pinned.get();
        pinned.is_some_and(|(actual, predicted)| {
            shown.with_value(|shown| shown.position(&actual, &predicted)) == Some(place.get())
        })
    };
    let style = move || cell_style(layout.get(), place.get().0, place.get().1);
    el("div")
        .attr("role", "row")
        .attr("aria-rowindex", move || place.get().0 + 2)
        .child(
            el("div")
                .attr("id", "matrix-cell")
                .attr("role", "gridcell")
                .attr("tabindex", "0")
                .attr("aria-colindex", move || place.get().1 + 2)
                .attr("aria-selected", move || is_pinned().to_string())
                .attr("data-actual", move || label(|it| it.0))
                .attr("data-predicted", move || label(|it| it.1))
                .attr("data-count", count)
                .attr("aria-label", sentence)
                .attr("style", style),
        )
}

fn cell_style(layout: Layout, row: usize, column: usize) -> String {
    let (x, y) = layout.corner(row, column);
    format!("left:{x}px;top:{y}px;width:{0}px;height:{0}px", layout.cell)
}

/// Cells, then labels as far as there is room for them.
fn paint(canvas: &browser::Canvas, shown: &Shown, map: &Heatmap, layout: Layout) {
    let Some(surface) = Surface::new(canvas, layout.side(), layout.side()) else {
        return;
    };
    let token = |name: &str| browser::colour(name);
    let (ink, line, ground) = (token("--ink-2"), token("--line"), token("--bg"));
    let (better, worse) = (token("--better-mark"), token("--worse-mark"));
    // A hairline of ground between cells, where they are large enough to spare it.
    let side = if layout.cell >= 5.0 {
        layout.cell - 1.0
    } else {
        layout.cell
    };
    let all = layout.cell * layout.n as f64;
    surface.rect(layout.origin, layout.origin, all, all, &line);
    for (idx, cell) in map.cells.iter().enumerate() {
        let (x, y) = layout.corner(idx / layout.n.max(1), idx % layout.n.max(1));
        let colour = match cell.fill {
            Fill::Empty => ground.clone(),
            Fill::Tone(_) => cell.fill.colours().map(|it| it.0.css()).unwrap_or_default(),
            Fill::Better(tone) => mixed(&better, &ground, tone),
            Fill::Worse(tone) => mixed(&worse, &ground, tone),
        };
        surface.rect(x, y, side, side, &colour);
    }
    let step = (LABEL_STEP / layout.cell).ceil().max(1.0) as usize;
    for (place, class) in map.classes.iter().enumerate().step_by(step) {
        let label = clipped(&shown_label(shown.label(*class)));
        let middle = layout.origin + layout.cell * (place as f64 + 0.5);
        let font = "12px sans-serif";
        surface.text(&label, layout.origin - 6.0, middle, font, "right", &ink);
        surface.text_upwards(&label, middle, layout.origin - 6.0, font, &ink);
    }
}

/// A colour that is this strong over the ground, both as `rgb(…)`.
fn mixed(colour: &str, ground: &str, tone: f64) -> String {
    let channels = |text: &str| -> Vec<f64> {
        let numbers = text.split(|c: char| !c.is_ascii_digit() && c != '.');
        numbers.filter_map(|number| number.parse().ok()).collect()
    };
    let mix = |(over, under): (f64, f64)| format!("{:.0}", under + (over - under) * tone);
    let pairs = channels(colour).into_iter().zip(channels(ground));
    format!(
        "rgb({})",
        pairs.map(mix).take(3).collect::<Vec<_>>().join(",")
    )
}

/// As much of a label as the gutter has room for.
fn clipped(label: &str) -> String {
    const MAX_CHARS: usize = 13;
    match label.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", label.get(..end).unwrap_or(label)),
        None => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_mixed_with_the_ground() {
        assert_eq!(
            mixed("rgb(200, 0, 100)", "rgb(0, 0, 0)", 0.5),
            "rgb(100,0,50)"
        );
    }

    #[test]
    fn a_point_finds_the_cell_that_is_there() {
        for (width, n) in [(848.0, 100), (1200.0, 51), (358.0, 60)] {
            let layout = Layout::new(width, n);
            for (row, column) in [(0, 0), (n - 1, 0), (17, 42), (n - 1, n - 1)] {
                let (x, y) = layout.corner(row, column);
                let centre = (x + layout.cell / 2.0, y + layout.cell / 2.0);
                assert_eq!(layout.at(centre.0, centre.1), Some((row, column)));
            }
            assert_eq!(layout.at(layout.origin - 1.0, layout.origin), None);
            assert_eq!(layout.at(layout.side() + 0.5, layout.origin), None);
        }
    }
}
