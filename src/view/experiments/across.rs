use std::ops::Range;

use super::{
    grid::{Grid, number_text, text_of},
    head::{column_name, group_starts, shows_sections},
    state::MOST_PINNED,
};
use crate::{
    model::{ColumnKind, DeltaMode, Direction, Lang},
    words::{Say as _, experiments::Experiments as T, metric::Heads},
};

/// Columns before those of the report: name and state.
pub(super) const FIRST_COLUMNS: usize = 2;

/// Rows that a column's width is taken from; longer texts end in an ellipsis.
const MOST_ASKED: usize = 32;

/// Classes of the pinned columns, from the left.
pub(super) const PINS: [&str; MOST_PINNED] = ["pin-0", "pin-1", "pin-2", "pin-3"];

/// What a column is wide at most where the browser finds the widths, as the style sheet has it.
const WIDEST: f64 = 32.0 * 8.0;

/// Drawn on both sides of what is seen, in CSS pixels, so that a notch of the wheel doesn't show a
/// gap. A column more costs each row a cell.
const MARGIN: f64 = 160.0;

/// Boxes narrower than this have the style sheet's small cells: no pictures, no state.
pub(super) const NARROW: f64 = 640.0;

/// What all rows share from left to right: how wide columns are, and which have to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Across {
    /// The width of name, state and each column in CSS pixels, where columns have a set width: in
    /// tables so large that the browser must not look at all cells to find it.
    pub widths: Option<Vec<f64>>,
    /// The columns that are drawn.
    pub drawn: Range<usize>,
    /// Whether each column is the first under its file.
    pub starts: Vec<bool>,
    /// How many columns there are.
    pub n_columns: usize,
    /// How many of them, the first ones, are drawn wherever the others are scrolled to.
    pub n_pinned: usize,
}

impl Across {
    /// Every column, as wide as its cells need.
    pub fn whole(grid: &Grid) -> Self {
        Self {
            widths: None,
            drawn: 0..grid.columns.len(),
            starts: group_starts(grid),
            n_columns: grid.columns.len(),
            n_pinned: 0,
        }
    }

    /// Columns of a set width, of which those are drawn that are seen at `scroll` in a box of
    /// `width`, both in CSS pixels.
    pub fn seen(grid: &Grid, widths: Vec<f64>, scroll: f64, width: f64) -> Self {
        let (mut from, mut to) = (0, 0);
        let mut left = 0.0;
        for (at, width_of_column) in widths.iter().enumerate() {
            let right = left + width_of_column;
            if right < scroll - MARGIN {
                from = at + 1;
            }
            if left < scroll + width + MARGIN {
                to = at + 1;
            }
            left = right;
        }
        let n_columns = grid.columns.len();
        let column = |place: usize| place.saturating_sub(FIRST_COLUMNS).min(n_columns);
        let (from, to) = (column(from), column(to));
        Self {
            n_pinned: grid.n_pinned(),
            drawn: from.min(to)..to,
            widths: Some(widths),
            ..Self::whole(grid)
        }
    }

    /// The width of the whole table, where it is set.
    pub fn width(&self) -> Option<f64> {
        Some(self.widths.as_ref()?.iter().sum())
    }

    /// The place of a column among all that a row has, from 1: for `aria-colindex`, where some
    /// are not drawn.
    pub fn colindex(&self, place: usize) -> Option<usize> {
        (self.drawn.len() < self.n_columns).then_some(place + 1)
    }

    /// How many columns are not drawn on the left and on the right.
    pub fn n_left_out(&self) -> (usize, usize) {
        (
            self.drawn.start.saturating_sub(self.n_pinned),
            self.n_columns.saturating_sub(self.drawn.end),
        )
    }

    /// Where the pinned columns stand from the left, as variables of the style sheet.
    pub fn pins(&self) -> String {
        let mut left = self.widths.iter().flatten().next().copied().unwrap_or(0.0);
        let mut style = String::new();
        for at in 0..self.n_pinned {
            style.push_str(&format!("; --pin-{at}: {left}px"));
            let width = self
                .widths
                .as_ref()
                .and_then(|it| it.get(at + FIRST_COLUMNS));
            left += width.copied().unwrap_or(0.0);
        }
        style
    }

    /// How wide a column is at most, by its place among those of the report.
    pub fn width_of(&self, at: usize) -> f64 {
        let widths = self.widths.as_ref();
        let width = widths.and_then(|it| it.get(at + FIRST_COLUMNS));
        width.copied().unwrap_or(WIDEST)
    }

    /// Where a cell stands from the left, and how wide it is; the first is the name's.
    pub fn extent(&self, place: usize) -> Option<(f64, f64)> {
        let widths = self.widths.as_ref()?;
        let left = widths.get(..place)?.iter().sum();
        Some((left, *widths.get(place)?))
    }
}

/// Of a digit or letter, of a letter of a head, and of one of small text, in CSS pixels.
pub(super) const LETTER: f64 = 8.3;
const HEAD_LETTER: f64 = 7.3;
const SMALL_LETTER: f64 = 5.8;

/// Around each cell; the mark of an order; a metric's picture; its star; arrow and sign.
pub(super) const ROOM: f64 = 22.0;
const MARK: f64 = 12.0;
pub(super) const PICTURE: f64 = 64.0;
const STAR: f64 = 20.0;
const ARROW: f64 = 30.0;

/// What stands before and behind a name: box to select, sha, what it started from.
const AROUND_NAME: f64 = 212.0;

/// How far a row stands within the one that it is in, and what of its tag has room anyway.
const INDENT: f64 = 22.0;
const ROOM_FOR_TAG: f64 = 40.0;

/// Names have room for so many letters at most.
const MOST_OF_NAME: f64 = 22.0;

/// How wide the column of names has to be.
pub(super) fn name_width(grid: &Grid, is_narrow: bool) -> f64 {
    let rows = grid.table.rows.iter().map(|it| it.revision);
    let asked = grid.state.base.into_iter().chain(rows).take(MOST_ASKED);
    let names = asked.map(|row| grid.label(row).chars().count() as f64);
    if is_narrow {
        return 164.0;
    }
    // Rows that are apart from the frozen one name it.
    let named = grid.base_label().filter(|_| grid.table.in_frozen.start > 0);
    let tag = named.map_or(0.0, |it| {
        let n_letters = (it.chars().count() as f64).min(MOST_OF_NAME) + 3.0;
        INDENT + (n_letters * SMALL_LETTER - ROOM_FOR_TAG).max(0.0)
    });
    names.fold(8.0, f64::max).min(MOST_OF_NAME) * LETTER + AROUND_NAME + tag
}

/// How wide name, state and each column have to be, from their heads and from some of their cells.
/// Letters are counted, not measured.
pub(super) fn widths(grid: &Grid, mode: DeltaMode, lang: Lang, is_narrow: bool) -> Vec<f64> {
    let rows = grid.table.rows.iter().map(|it| it.revision);
    let asked: Vec<usize> = grid
        .state
        .base
        .into_iter()
        .chain(rows)
        .take(MOST_ASKED)
        .collect();
    let n_chars = |text: &str| text.chars().count() as f64;
    let mut widths = vec![
        name_width(grid, is_narrow),
        if is_narrow { 0.0 } else { 98.0 },
    ];
    let has_sections = shows_sections(grid);
    let heads = Heads::new(&grid.report, lang);
    widths.extend(grid.columns.iter().map(|column| {
        let is_metric = column.kind == ColumnKind::Metric;
        let digits = |value: f64| n_chars(&number_text(value, column.digits, lang));
        let text = |row: &usize| n_chars(&text_of(&grid.report, column, *row, lang));
        let n_most = match is_metric {
            true => digits(column.range.0).max(digits(column.range.1)),
            false => asked.iter().map(text).fold(1.0, f64::max).min(32.0),
        };
        let mut cell = n_most * LETTER + ROOM;
        if is_metric && !is_narrow {
            cell += PICTURE;
        }
        if column.direction != Direction::Unknown {
            cell += STAR;
        }
        if mode != DeltaMode::Value && column.is_number {
            cell += ARROW;
        }
        let head = n_chars(&column_name(grid, column, has_sections, &heads));
        let head = head * HEAD_LETTER + MARK + ROOM;
        let hint = match column.direction {
            Direction::LowerIsBetter => n_chars(&T::LowerIsBetter.say(lang)) * SMALL_LETTER + ROOM,
            _ => 0.0,
        };
        cell.max(head.min(280.0)).max(hint).round()
    }));
    widths
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        analysis::testing::{Of, column, small},
        model::Shared,
        view::experiments::state::State,
    };

    fn grid(n_columns: usize) -> Grid {
        let mut report = small();
        for idx in 0..n_columns {
            let cells = [
                Of::N(idx as f64),
                Of::T("a text that is longer than most"),
                Of::No,
            ];
            let name = format!("p{idx:04}");
            let mut made = column("params.yaml", &name, ColumnKind::Param, &cells);
            made.cells.grow(report.revisions.len());
            report.columns.push(made);
        }
        let columns = (0..report.columns.len()).collect();
        let state = State {
            columns: Some(columns),
            ..State::default()
        };
        Grid::new(Shared::new(report), state, &BTreeSet::new(), None)
    }

    #[test]
    fn what_is_seen_from_left_to_right_is_drawn() {
        let grid = grid(2000);
        let widths = widths(&grid, DeltaMode::Value, Lang::En, false);
        assert_eq!(widths.len(), FIRST_COLUMNS + grid.columns.len());
        let all: f64 = widths.iter().sum();
        for scroll in [0.0, 300.0, 5_000.0, all - 1200.0] {
            let across = Across::seen(&grid, widths.clone(), scroll, 1200.0);
            assert!(across.drawn.len() < 40, "{:?}", across.drawn);
            for place in FIRST_COLUMNS..widths.len() {
                let (left, width) = across.extent(place).unwrap();
                let is_seen = left + width > scroll && left < scroll + 1200.0;
                let is_drawn = across.drawn.contains(&(place - FIRST_COLUMNS));
                assert!(is_drawn || !is_seen, "{place} at {scroll}");
            }
            let (left, right) = across.n_left_out();
            assert_eq!(left + across.drawn.len() + right, grid.columns.len());
        }
        let across = Across::seen(&grid, widths, f64::NAN, f64::NAN);
        assert!(across.drawn.end <= grid.columns.len());
        assert_eq!(Across::whole(&grid).colindex(3), None);
    }

    #[test]
    fn a_phone_has_no_room_for_pictures() {
        let grid = grid(0);
        let of = |is_narrow| widths(&grid, DeltaMode::Value, Lang::Es, is_narrow);
        let (wide, narrow) = (of(false), of(true));
        assert!(
            wide.iter()
                .zip(&narrow)
                .all(|(wide, narrow)| wide >= narrow)
        );
        assert_eq!(narrow[1], 0.0, "no state");
    }
}
