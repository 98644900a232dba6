use super::{
    across::{LETTER, PICTURE, ROOM},
    grid::{Grid, GridColumn, difference_text, full_value, text_of},
    view::Experiments,
};
use crate::{
    analysis::{
        compare::Change,
        digits::{Digits, DigitsKind},
        table::known,
    },
    browser::markup::{El, el},
    model::{Cell, ColumnKind, DeltaMode, Lang, TextKind},
    words::{Say as _, experiments::Experiments as T, number, picking::Picking as P},
};

/// Which cell, and what it shows.
#[derive(Clone, Copy)]
pub(super) struct ShownCell<'a> {
    pub column: &'a GridColumn,
    pub revision: usize,
    pub mode: DeltaMode,
    pub lang: Lang,
    /// What the column is wide, in CSS pixels.
    pub width: f64,
}

/// How wide the picture of a value is, and how far from the right of its cell, in CSS pixels.
const WIDTH: f64 = 56.0;
/// The room behind it.
const END: f64 = 10.0;

/// The widest letter of Latin text, in CSS pixels.
const WIDEST_LETTER: f64 = 14.0;

/// Longer texts are cut: no cell is as wide, and 40 rows of 100 kB are more than a page can take.
const MOST_SHOWN: usize = 200;

/// The same for what the pointer is told; the whole value is in the details.
const MOST_TOLD: usize = 2000;

/// The value, or its difference; the picture beside it is the background of the cell. With the
/// fewest elements: a page of rows has a thousand cells. `id` is that of the active cell.
pub(super) fn cell(
    view: Experiments,
    grid: &Grid,
    shown: ShownCell<'_>,
    class: &'static str,
    id: Option<String>,
) -> El {
    let ShownCell {
        column,
        revision,
        lang,
        ..
    } = shown;
    let value = known(&grid.report, column.column, revision);
    let is_metric = column.kind == ColumnKind::Metric;
    let is_worst = column.worst.binary_search(&revision).is_ok();
    let is_best = column.best.binary_search(&revision).is_ok();
    let changed = changed(grid, column, revision, shown.mode, lang);
    let difference = match changed {
        Some((
            Change::Number {
                difference,
                is_better,
                ..
            },
            _,
        )) => Some((difference, is_better)),
        _ => None,
    };
    let judgement = difference.and_then(|(_, is_better)| is_better);
    let is_same = changed.as_ref().is_some_and(|it| it.0 == Change::Same);
    let full = full_value(value);
    let picture = is_metric
        .then(|| picture(grid, column, value, difference, changed.is_none()))
        .flatten();
    let shows_value = !shows_change(shown.mode, column);
    let text = match changed {
        Some((_, text)) => text,
        None => text_of(&grid.report, column, revision, lang),
    };
    let is_number = value.as_number().is_some();
    let is_short = text == full || (!is_number && text.chars().count() <= 24);
    let is_whole = text.len() <= MOST_SHOWN;
    let title = (!is_short || !is_whole).then(|| beginning(full.clone(), MOST_TOLD));
    let text = beginning(text, MOST_SHOWN);
    let is_hash = matches!(value, Cell::Text(TextKind::Hash, _));
    let room = shown.width - if is_metric { PICTURE } else { 0.0 };
    let is_cut = !shows_value || is_best || is_worst || !fits(&text, is_number, room);
    let mut classes = class.to_owned();
    let mut add = |name: &str, holds: bool| {
        if holds {
            classes.push(' ');
            classes.push_str(name);
        }
    };
    add("active", id.is_some());
    add("metric", is_metric);
    add("best", is_best);
    add("worst-of", is_worst);
    add("hash", is_hash);
    add("quiet", is_same || value.is_missing());
    add("cut", is_cut);
    add("better", judgement == Some(true));
    add("worse", judgement == Some(false));
    if let Some((class, _)) = &picture {
        add(class, true);
    }
    let extreme = match (is_best, is_worst) {
        (true, _) => Some(view.say(T::BestNote)),
        (_, true) => Some(view.words(P::WorstNote)),
        _ => None,
    };
    // A hash says nothing by itself: that it is another one does.
    let is_other = column.kind == ColumnKind::Dependency
        && !value.is_missing()
        && matches!(grid.change(column, revision), Change::Other);
    let other = is_other.then(|| {
        let word = view.words(P::Changed);
        el("span")
            .class("changed-from")
            .attr("title", word.clone())
            .child(el("span").attr("aria-hidden", "true").child("≠ "))
            .child(el("span").class("vh").child(word).child(" "))
    });
    let best_word = extreme.map(|it| el("span").class("vh").child(it).child(" "));
    let arrow = difference.map(|(difference, _)| arrow_mark(difference));
    let word = judgement.map(|is_better| if is_better { T::Better } else { T::Worse });
    let word = word.map(|it| el("span").class("vh").child(" ").child(view.say(it)));
    el("td")
        .class(classes)
        .attr("id", id)
        .attr("data-column", column.id.clone())
        .attr("data-value", full)
        .attr("title", title)
        .attr("style", picture.map(|(_, style)| style))
        .child(best_word)
        .child(other)
        .child(arrow)
        .child(text)
        .child(word)
}

/// Whether a text certainly has room in a column of this width. A cell that must hide what sticks
/// out costs the browser a fifth more, so only those do that may need it.
fn fits(text: &str, is_number: bool, width: f64) -> bool {
    let letter = if is_number { LETTER } else { WIDEST_LETTER };
    text.is_ascii() && text.len() as f64 * letter + ROOM <= width
}

/// A text, or as much of it as so many bytes hold, with an ellipsis.
fn beginning(mut text: String, n_bytes: usize) -> String {
    if text.len() > n_bytes {
        text.truncate(text.floor_char_boundary(n_bytes));
        text.push('…');
    }
    text
}

/// Whether cells of a column show how they differ from the baseline.
fn shows_change(mode: DeltaMode, column: &GridColumn) -> bool {
    mode != DeltaMode::Value && (column.kind == ColumnKind::Metric || column.is_number)
}

/// How a cell differs from the baseline, as it is and in words; `None` where it shows its value.
pub(super) fn changed(
    grid: &Grid,
    column: &GridColumn,
    revision: usize,
    mode: DeltaMode,
    lang: Lang,
) -> Option<(Change, String)> {
    let change = shows_change(mode, column).then(|| grid.change(column, revision))?;
    Some((change, changed_text(change, mode, column, lang)?))
}

/// Up or down.
pub(super) fn arrow(difference: f64) -> &'static str {
    if difference > 0.0 { "▲" } else { "▼" }
}

/// The arrow before a difference, for eyes alone.
pub(super) fn arrow_mark(difference: f64) -> El {
    el("span")
        .class("arrow")
        .attr("aria-hidden", "true")
        .child(arrow(difference))
}

/// A difference in words, or that there is none.
pub(super) fn changed_text(
    change: Change,
    mode: DeltaMode,
    column: &GridColumn,
    lang: Lang,
) -> Option<String> {
    match (change, mode) {
        (
            Change::Number {
                difference,
                relative: Some(share),
                ..
            },
            DeltaMode::Relative,
        ) => Some(share_text(share, difference / share, column, lang)),
        (Change::Number { difference, .. }, _) => Some(match column.kind {
            ColumnKind::Metric => difference_text(difference, column.digits, lang),
            _ => {
                let sign = if difference > 0.0 { "+" } else { "" };
                format!("{sign}{}", number::value(difference, 12, lang))
            }
        }),
        (Change::Same, _) => Some(T::Same.say(lang)),
        _ => None,
    }
}

/// A share of the baseline's value `base`, with its sign: as many digits as tell apart what the
/// column's own digits do.
fn share_text(share: f64, base: f64, column: &GridColumn, lang: Lang) -> String {
    let sign = if share > 0.0 { "+" } else { "" };
    format!("{sign}{}", percent_text(share, base, column, lang))
}

/// The same without a sign before what is more.
pub(super) fn percent_text(share: f64, base: f64, column: &GridColumn, lang: Lang) -> String {
    let n_digits = share_digits(column.digits, base);
    // Rounded away, but not nothing.
    match (share * 100.0).abs() * 10f64.powi(n_digits as i32) < 0.5 {
        true => format!("{}\u{a0}%", number::value(share * 100.0, 2, lang)),
        false => number::percent(share, n_digits, lang),
    }
}

/// Digits of a percentage after the decimal sign.
fn share_digits(digits: Digits, base: f64) -> usize {
    let n = match digits.kind {
        // Whole numbers would take as many as they have themselves.
        DigitsKind::After(0) => 3.0,
        DigitsKind::After(n) => n as f64 + base.abs().log10(),
        DigitsKind::Significant(n) => n as f64,
    };
    // Two of them say what the share is in hundredths.
    ((n - 2.0).ceil() as usize).clamp(1, 8)
}

/// A dot against the baseline's tick, or a bar from the baseline: class and style of the cell whose
/// background it is.
fn picture(
    grid: &Grid,
    column: &GridColumn,
    value: Cell<'_>,
    difference: Option<(f64, Option<bool>)>,
    shows_value: bool,
) -> Option<(&'static str, String)> {
    let share = |value: f64| {
        let (low, high) = column.range;
        match high > low {
            true => ((value - low) / (high - low)).clamp(0.0, 1.0),
            false => 0.5,
        }
    };
    let finite = |cell: Cell<'_>| cell.as_number().filter(|it| it.is_finite());
    let value = finite(value)?;
    if shows_value {
        let base = grid.state.base;
        let base = base.and_then(|base| finite(known(&grid.report, column.column, base)));
        // Of the dot's 8 px, and of the tick in the middle of them.
        let from_right = |share: f64| END + (1.0 - share) * (WIDTH - 8.0);
        let dot = from_right(share(value));
        let tick = base.map_or(-99.0, |it| from_right(share(it)) + 3.0);
        let style = format!(
            "background-position:right {dot:.1}px center,right {tick:.1}px center,right {END}px center"
        );
        return Some(("xp-strip", style));
    }
    let (difference, _) = difference.filter(|_| column.reach > 0.0)?;
    let end = (difference / column.reach).clamp(-1.0, 1.0);
    let (from, to) = (0.5 + end.min(0.0) / 2.0, 0.5 + end.max(0.0) / 2.0);
    let (middle, right) = (END + WIDTH / 2.0, END + (1.0 - to) * WIDTH);
    let width = (to - from) * WIDTH;
    let style = format!(
        "background-size:1px 14px,{width:.1}px 8px;\
         background-position:right {middle}px center,right {right:.1}px center"
    );
    Some(("xp-bar", style))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_tell_apart_what_the_values_do() {
        let of = |kind, base| {
            let hides_differences = false;
            share_digits(
                Digits {
                    kind,
                    hides_differences,
                },
                base,
            )
        };
        // 0.7298 and 0.7294 are 17.73 % and 17.66 % more than 0.6199.
        assert_eq!(of(DigitsKind::After(4), 0.6199), 2);
        assert_eq!(of(DigitsKind::After(8), -0.6199), 6);
        assert_eq!(of(DigitsKind::After(1), 314.2), 2);
        assert_eq!(of(DigitsKind::After(0), 115_193.0), 1);
        assert_eq!(of(DigitsKind::Significant(4), 1e-9), 2);
        // What no division gives.
        assert_eq!(of(DigitsKind::After(4), f64::NAN), 1);
        assert_eq!(of(DigitsKind::After(4), f64::INFINITY), 8);
    }
}
