use std::collections::BTreeSet;

use super::state::State;
use crate::{
    analysis::{
        changed::{differs, n_known},
        compare::{Change, change},
        digits::{Digits, DigitsKind, METRIC_DIGITS, digits},
        direction::direction_of,
        filter::{FilterError, Subject, mask, parse},
        table::{Extremes, Query, Table, extremes, known, rows},
    },
    model::{Cell, Column, ColumnKind, DeltaMode, Direction, Lang, Report, Shared, TextKind},
    words::number,
};

/// Columns that are shown at most unless the reader chooses more: each costs every row a cell.
const MOST_COLUMNS: usize = 60;

/// The table as it is shown: indices and what all cells of a column share. Cells are worded when
/// their row is drawn.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The report.
    pub report: Shared<Report>,
    /// The state that this is the grid of.
    pub state: State,
    /// What addresses call each revision.
    pub keys: Vec<String>,
    /// The shown columns, from left to right.
    pub columns: Vec<GridColumn>,
    /// The rows.
    pub table: Table,
    /// Why the filter was not understood; it then hides nothing.
    pub error: Option<FilterError>,
    /// Columns that are hidden since all rows have the same value.
    pub n_equal: usize,
    /// Columns that are hidden since few rows have them.
    pub n_other: usize,
}

/// A shown column.
#[derive(Clone, Debug, PartialEq)]
pub struct GridColumn {
    /// Index in the report.
    pub column: usize,
    /// Identity, as in `data-column`.
    pub id: String,
    /// What the head says.
    pub name: String,
    /// The head above it: the file, or what the column is.
    pub file: String,
    /// What it is.
    pub kind: ColumnKind,
    /// Which way it gets better.
    pub direction: Direction,
    /// Whether it holds numbers, and stands on the right.
    pub is_number: bool,
    /// How its numbers are written.
    pub digits: Digits,
    /// Lowest and highest number: the scale of its pictures.
    pub range: (f64, f64),
    /// The largest difference to the baseline.
    pub reach: f64,
    /// The rows with the best value.
    pub best: Vec<usize>,
}

impl Grid {
    /// The grid of a state.
    pub fn new(report: Shared<Report>, state: State, collapsed: &BTreeSet<usize>) -> Self {
        let subject = Subject {
            report: &report,
            baseline: state.base,
        };
        let filtered = match state.filter.trim() {
            "" => Ok(None),
            text => parse(text)
                .and_then(|filter| mask(&filter, subject))
                .map(Some),
        };
        let (passing, error) = match filtered {
            Ok(passing) => (passing, None),
            Err(error) => (None, Some(error)),
        };
        let query = Query {
            mask: passing.as_deref(),
            sort: &state.sort,
            frozen: state.base,
            collapsed: collapsed.clone(),
        };
        let table = rows(&report, &query);
        let choice = choose(&report, &state);
        let names = report.column_names();
        let mut columns: Vec<GridColumn> = Vec::with_capacity(choice.shown.len());
        for idx in choice.shown {
            if let (Some(column), Some(name)) = (report.columns.get(idx), names.get(idx)) {
                let listed: Vec<usize> = table.rows.iter().map(|row| row.revision).collect();
                columns.push(grid_column(&report, &state, idx, column, name, &listed));
            }
        }
        Self {
            keys: report.revision_keys(),
            report,
            state,
            columns,
            table,
            error,
            n_equal: choice.n_equal,
            n_other: choice.n_other,
        }
    }

    /// What addresses call a revision.
    pub fn key(&self, revision: usize) -> &str {
        self.keys.get(revision).map_or("", String::as_str)
    }

    /// What a revision is called in text.
    pub fn label(&self, revision: usize) -> &str {
        self.report
            .revisions
            .get(revision)
            .map_or("", |it| it.label())
    }

    /// The baseline's name.
    pub fn base_label(&self) -> Option<String> {
        self.state.base.map(|base| self.label(base).to_owned())
    }

    /// How a cell differs from the baseline's.
    pub fn change(&self, column: &GridColumn, revision: usize) -> Change {
        let base = self.state.base.map_or(Cell::Missing, |base| {
            known(&self.report, column.column, base)
        });
        change(
            base,
            known(&self.report, column.column, revision),
            column.direction,
        )
    }

    /// The rows on show, the frozen one first where it passes the filter.
    pub fn revisions(&self) -> Vec<usize> {
        let rows = self.table.rows.iter().map(|row| row.revision);
        let is_counted = self.table.n_matching > self.table.rows.len() + self.table.n_collapsed;
        let frozen = self.state.base.filter(|_| is_counted);
        frozen.into_iter().chain(rows).collect()
    }

    /// How many rows are shown: all that pass the filter and are not folded away.
    pub fn n_shown(&self) -> usize {
        self.table.n_matching.saturating_sub(self.table.n_collapsed)
    }

    /// The position of a revision in the table.
    pub fn position(&self, revision: usize) -> Option<usize> {
        self.table
            .rows
            .iter()
            .position(|row| row.revision == revision)
    }
}

/// A number as a column writes it.
pub fn number_text(value: f64, digits: Digits, lang: Lang) -> String {
    match digits.kind {
        DigitsKind::After(n) => number::decimal(value, n, lang),
        DigitsKind::Significant(n) => number::value(value, n, lang),
    }
}

/// A difference as a column writes it, with its sign.
pub fn difference_text(value: f64, digits: Digits, lang: Lang) -> String {
    match digits.kind {
        DigitsKind::After(n) => {
            let text = number::signed(value, n, lang);
            // Rounded away, but not nothing.
            let is_zero = !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
            match is_zero && value != 0.0 {
                true => significant(value, lang),
                false => text,
            }
        }
        DigitsKind::Significant(_) => significant(value, lang),
    }
}

fn significant(value: f64, lang: Lang) -> String {
    let plus = if value > 0.0 { "+" } else { "" };
    format!("{plus}{}", number::value(value, 2, lang))
}

/// A cell in words, as it stands in the table.
pub fn cell_text(cell: Cell<'_>, kind: ColumnKind, digits: Digits, lang: Lang) -> String {
    match cell {
        Cell::Missing => "–".to_owned(),
        Cell::Number(value) if kind == ColumnKind::Metric => number_text(value, digits, lang),
        Cell::Number(value) => number::value(value, 12, lang),
        Cell::Text(TextKind::Hash, text) => text.get(..7).unwrap_or(text).to_owned(),
        Cell::Text(_, text) => text.to_owned(),
    }
}

/// The full value of a cell, as in `data-value`: numbers as JSON writes them, with a point.
pub fn full_value(cell: Cell<'_>) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Number(value) => value.to_string(),
        Cell::Text(_, text) => text.to_owned(),
    }
}

/// How a column's numbers are written, for the values of some revisions.
pub fn column_digits(report: &Report, column: usize, revisions: &[usize]) -> Digits {
    let values = revisions
        .iter()
        .filter_map(|row| known(report, column, *row).as_number());
    digits(values, METRIC_DIGITS)
}

struct Choice {
    shown: Vec<usize>,
    n_equal: usize,
    n_other: usize,
}

/// The columns to show: those that the reader chose; else parameters and dependencies that change,
/// and metrics that most rows have.
fn choose(report: &Report, state: &State) -> Choice {
    let all: Vec<usize> = (0..report.revisions.len()).collect();
    if let Some(chosen) = &state.columns {
        return Choice {
            shown: chosen.clone(),
            n_equal: 0,
            n_other: report.columns.len().saturating_sub(chosen.len()),
        };
    }
    let kinds = [
        ColumnKind::Param,
        ColumnKind::Metric,
        ColumnKind::Dependency,
        ColumnKind::Output,
    ];
    let n_most = report
        .columns_of(ColumnKind::Metric)
        .map(|(idx, _)| n_known(report, idx, &all))
        .max()
        .unwrap_or(0);
    let mut choice = Choice {
        shown: Vec::new(),
        n_equal: 0,
        n_other: 0,
    };
    for kind in kinds {
        // Outputs of one stage are dependencies of the next: they would stand there twice.
        let is_listed = kind != ColumnKind::Output || !state.only_changed;
        for (idx, _) in report.columns_of(kind) {
            let is_usual = match kind {
                ColumnKind::Metric => 2 * n_known(report, idx, &all) >= n_most,
                _ => is_listed,
            };
            let is_equal = kind != ColumnKind::Metric
                && state.only_changed
                && all.len() > 1
                && !differs(report, idx, &all);
            if is_equal {
                choice.n_equal += 1;
            } else if (is_usual || !state.only_changed) && choice.shown.len() < MOST_COLUMNS {
                choice.shown.push(idx);
            } else {
                choice.n_other += 1;
            }
        }
    }
    choice
}

fn grid_column(
    report: &Report,
    state: &State,
    idx: usize,
    column: &Column,
    name: &str,
    listed: &[usize],
) -> GridColumn {
    let direction = direction_of(report, idx);
    let with_base: Vec<usize> = state.base.iter().chain(listed).copied().collect();
    let mut numbers: Vec<f64> = with_base
        .iter()
        .filter_map(|row| known(report, idx, *row).as_number())
        .collect();
    let is_metric = column.kind == ColumnKind::Metric;
    let digits = digits(numbers.iter().copied(), METRIC_DIGITS);
    numbers.retain(|it| it.is_finite());
    let fold = |start: f64, pick: fn(f64, f64) -> f64| numbers.iter().copied().fold(start, pick);
    let range = (
        fold(f64::INFINITY, f64::min),
        fold(f64::NEG_INFINITY, f64::max),
    );
    let base = state
        .base
        .and_then(|base| known(report, idx, base).as_number());
    let reach = base.map_or(0.0, |base| {
        (range.0 - base).abs().max((range.1 - base).abs())
    });
    let Extremes { best, .. } = match is_metric {
        true => extremes(report, idx, direction, listed.iter().copied()),
        false => Extremes::default(),
    };
    GridColumn {
        column: idx,
        id: column.id.full(),
        name: name.to_owned(),
        file: match column.kind {
            ColumnKind::Param | ColumnKind::Metric => column.id.file.clone(),
            ColumnKind::Dependency | ColumnKind::Output => String::new(),
        },
        kind: column.kind,
        direction,
        is_number: column.cells.has_numbers(),
        digits,
        range,
        reach: if reach.is_finite() { reach } else { 0.0 },
        best,
    }
}

/// The direction that a first click on a head sorts in: best first, else largest, else A to Z.
pub fn starts_descending(column: &GridColumn) -> bool {
    match column.direction {
        Direction::HigherIsBetter => true,
        Direction::LowerIsBetter => false,
        Direction::Unknown => column.kind == ColumnKind::Metric,
    }
}

/// Whether cells show differences.
pub fn shows_difference(mode: DeltaMode) -> bool {
    mode != DeltaMode::Value
}
