use super::{
    grid::{Grid, GridColumn, cell_text, difference_text, full_value},
    view::Experiments,
};
use crate::{
    analysis::{compare::Change, table::known},
    browser::markup::{IntoNode, el},
    model::{Cell, ColumnKind, DeltaMode, Lang, TextKind},
    words::{experiments::Experiments as T, number},
};

/// Which cell, and what it shows.
#[derive(Clone, Copy)]
pub(super) struct ShownCell<'a> {
    pub column: &'a GridColumn,
    pub revision: usize,
    pub mode: DeltaMode,
    pub lang: Lang,
}

/// The value, or its difference, with its picture.
pub(super) fn cell(
    view: Experiments,
    grid: &Grid,
    shown: ShownCell<'_>,
    class: &'static str,
    id: String,
    is_active: bool,
) -> impl IntoNode + use<> {
    let ShownCell {
        column,
        revision,
        lang,
        ..
    } = shown;
    let value = known(&grid.report, column.column, revision);
    let is_metric = column.kind == ColumnKind::Metric;
    let is_best = column.best.contains(&revision);
    let change = grid.change(column, revision);
    let text = match (shown.mode, is_metric || column.is_number) {
        (DeltaMode::Value, _) | (_, false) => None,
        (mode, true) => changed_text(change, mode, column, lang),
    };
    let judgement = match change {
        Change::Number {
            is_better: Some(is_better),
            ..
        } if text.is_some() => Some(is_better),
        _ => None,
    };
    let is_same = text.is_some() && change == Change::Same;
    let arrow = match change {
        Change::Number { difference, .. } if text.is_some() => {
            Some(if difference > 0.0 { "▲" } else { "▼" })
        }
        _ => None,
    };
    let word = judgement.map(|is_better| if is_better { T::Better } else { T::Worse });
    let word = word.map(|it| el("span").class("vh").child(" ").child(view.say(it)));
    let shows_value = text.is_none();
    let is_hash = matches!(value, Cell::Text(TextKind::Hash, _));
    let text = match (is_same, text) {
        (true, _) => view.say(T::Same),
        (false, Some(text)) => text,
        (false, None) => cell_text(value, column.kind, column.digits, lang),
    };
    let title =
        (value.as_number().is_some() || text.chars().count() > 24).then(|| full_value(value));
    let picture = is_metric.then(|| picture(grid, column, value, change, shows_value));
    let star = is_metric.then(|| {
        el("span")
            .class("xp-star")
            .attr("aria-hidden", "true")
            .child(is_best.then_some("★"))
    });
    let best_word = is_best.then(|| {
        el("span")
            .class("vh")
            .child(view.say(T::BestNote))
            .child(" ")
    });
    el("td")
        .class(class)
        .class_if("active", is_active)
        .class_if("best", is_best)
        .class_if("hash", is_hash)
        .class_if("quiet", is_same || value.is_missing())
        .attr("id", id)
        .attr("role", "gridcell")
        .attr("data-column", column.id.clone())
        .attr("data-value", full_value(value))
        .attr("title", title)
        .child(
            el("span")
                .class("xp-cell")
                .child(best_word)
                .child(star)
                .child(
                    el("span")
                        .class("xp-text")
                        .class_if("better", judgement == Some(true))
                        .class_if("worse", judgement == Some(false))
                        .child(arrow.map(|it| {
                            el("span")
                                .class("arrow")
                                .attr("aria-hidden", "true")
                                .child(it)
                        }))
                        .child(text)
                        .child(word),
                )
                .child(picture),
        )
}

fn changed_text(
    change: Change,
    mode: DeltaMode,
    column: &GridColumn,
    lang: Lang,
) -> Option<String> {
    match (change, mode) {
        (
            Change::Number {
                relative: Some(share),
                ..
            },
            DeltaMode::Relative,
        ) => {
            let sign = if share > 0.0 { "+" } else { "" };
            Some(format!("{sign}{}", number::percent(share, 1, lang)))
        }
        (Change::Number { difference, .. }, _) => Some(match column.kind {
            ColumnKind::Metric => difference_text(difference, column.digits, lang),
            _ => {
                let sign = if difference > 0.0 { "+" } else { "" };
                format!("{sign}{}", number::value(difference, 12, lang))
            }
        }),
        (Change::Same, _) => Some(String::new()),
        _ => None,
    }
}

/// A dot against the baseline's tick, or a bar from the baseline: one element, drawn by CSS.
fn picture(
    grid: &Grid,
    column: &GridColumn,
    value: Cell<'_>,
    change: Change,
    shows_value: bool,
) -> impl IntoNode + use<> {
    let share = |value: f64| {
        let (low, high) = column.range;
        match high > low {
            true => ((value - low) / (high - low)).clamp(0.0, 1.0),
            false => 0.5,
        }
    };
    let base = grid.state.base.and_then(|base| {
        known(&grid.report, column.column, base)
            .as_number()
            .filter(|it| it.is_finite())
    });
    let value = value.as_number().filter(|it| it.is_finite());
    let (class, style) = match (shows_value, value, change) {
        (true, Some(value), _) => {
            let base = base
                .map(|it| format!("; --base: {:.4}", share(it)))
                .unwrap_or_default();
            ("xp-strip", format!("--at: {:.4}{base}", share(value)))
        }
        (
            false,
            Some(_),
            Change::Number {
                difference,
                is_better,
                ..
            },
        ) if column.reach > 0.0 => {
            let end = (difference / column.reach).clamp(-1.0, 1.0);
            let (from, to) = (0.5 + end.min(0.0) / 2.0, 0.5 + end.max(0.0) / 2.0);
            let class = match is_better {
                Some(true) => "xp-bar better",
                Some(false) => "xp-bar worse",
                None => "xp-bar",
            };
            (class, format!("--from: {from:.4}; --to: {to:.4}"))
        }
        _ => ("xp-none", String::new()),
    };
    el("i")
        .class(class)
        .attr("style", style)
        .attr("aria-hidden", "true")
}
