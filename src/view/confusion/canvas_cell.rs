use leptos::prelude::*;

use super::{
    choose::{Confusion, class_words},
    shown::Shown,
    sight::{Frame, Sight},
};
use crate::{
    browser::markup::{IntoNode, Memo, el, group},
    words::{Say as _, confusion::shown_label},
};

/// The real cell is never smaller, so that its ring can be seen.
const SMALLEST_RING: f64 = 8.0;

/// The one real cell, where the cursor is.
pub fn real_cell(frame: Memo<Frame>, at: Confusion) -> impl IntoNode {
    let place = Memo::new(move |_| at.cursor.get());
    // Actual and predicted label.
    let labels = Memo::new(move |_| {
        let (row, column) = place.get();
        let shown = at.shown.get()?;
        let (actual, predicted) = shown.classes_at(row, column)?;
        Some((
            shown.label(actual).to_owned(),
            shown.label(predicted).to_owned(),
        ))
    });
    let classes = move |shown: &Shown| {
        let (actual, predicted) = labels.get()?;
        Some((shown.class(&actual)?, shown.class(&predicted)?))
    };
    let count = move || {
        let shown = at.shown.get()?;
        let (actual, predicted) = classes(&shown)?;
        Some(shown.matrix().get(actual, predicted).to_string())
    };
    let sentence = move || {
        let shown = at.shown.get()?;
        let (actual, predicted) = classes(&shown)?;
        let report = at.page.report.get();
        let words = class_words(&report, &shown);
        let sentence = shown.sentence(words, actual, predicted);
        Some(sentence.say(at.page.lang.get()))
    };
    let is_pinned = move || labels.get().is_some_and(|it| at.pinned.get() == Some(it));
    let style = move || {
        let hidden = || format!("left:{0}px;top:{0}px;opacity:0", frame.get().origin);
        cell_style(frame.get(), at.sight.get(), place.get()).unwrap_or_else(hidden)
    };
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
                .attr("data-actual", move || labels.get().map(|it| it.0))
                .attr("data-predicted", move || labels.get().map(|it| it.1))
                .attr("data-count", count)
                .attr("aria-label", sentence)
                .attr("style", style),
        )
}

/// Where a cell is, and how large; `None` where it is out of sight.
pub fn cell_style(frame: Frame, sight: Sight, (row, column): (usize, usize)) -> Option<String> {
    let ((x, y), cell) = (frame.corner(sight, row, column), frame.cell(sight));
    let is_in = |at: f64| at + cell / 2.0 >= frame.origin && at + cell / 2.0 <= frame.size();
    let size = cell.max(SMALLEST_RING);
    let shift = (cell - size) / 2.0;
    (is_in(x) && is_in(y)).then(|| {
        format!(
            "left:{}px;top:{}px;width:{size}px;height:{size}px",
            x + shift,
            y + shift
        )
    })
}

/// The row and the column of the cell that is pointed at, with the whole labels of both classes.
pub fn bands(frame: Memo<Frame>, at: Confusion) -> impl IntoNode {
    move || {
        let (row, column) = at.pointed.get()?;
        let shown = at.shown.get()?;
        let (frame, sight) = (frame.get(), at.sight.get());
        let (x, y) = frame.corner(sight, row, column);
        let (cell, half) = (frame.cell(sight), frame.cell(sight) / 2.0);
        let label = |place: usize| {
            let class = shown.classes.get(place).copied().unwrap_or_default();
            shown_label(shown.label(class))
        };
        let band = |style: String| el("div").class("matrix-band").attr("style", style);
        let tag = |class: &'static str, style: String, text: String| {
            el("div").class(class).attr("style", style).child(text)
        };
        let bands = group()
            .child(band(format!(
                "left:{}px;width:{}px;top:{y}px;height:{cell}px",
                frame.origin, frame.side
            )))
            .child(band(format!(
                "top:{}px;height:{}px;left:{x}px;width:{cell}px",
                frame.origin, frame.side
            )))
            .child(tag(
                "matrix-tag at-row",
                format!("min-width:{}px;top:{}px", frame.origin - 4.0, y + half),
                label(row),
            ))
            .child(tag(
                "matrix-tag at-column",
                format!(
                    "left:{}px;bottom:calc(100% - {}px)",
                    x + half,
                    frame.origin - 4.0
                ),
                label(column),
            ));
        Some(
            el("div")
                .class("matrix-bands")
                .attr("aria-hidden", "true")
                .child(bands),
        )
    }
}
