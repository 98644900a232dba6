use std::collections::{BTreeMap, BTreeSet};

use super::state::State;
use crate::{
    analysis::{
        changed::{Selection, differs, headings},
        compare::{Change, change},
        digits::{Digits, DigitsKind, METRIC_DIGITS, digits},
        direction::direction_of,
        filter::{FilterError, Subject, mask, parse},
        table::{Attribute, Query, SortBy, Table, Tree, extremes, known, rows, sorted},
        values::Ranked,
    },
    model::{Cell, ColumnKind, DeltaMode, Direction, Lang, Report, Shared, TextKind},
    summary,
    words::{date::moment, number},
};

/// Columns that are shown at most unless the reader chooses more: each costs every row a cell.
const MOST_COLUMNS: usize = 60;

/// Parameters that stand before the metrics at most: with more of them, a window 1,280 px wide would
/// show no result.
const MOST_PARAMS_FIRST: usize = 4;

/// Longer lists write their numbers as the list of all rows does: to see whether fewer rows need
/// fewer digits would cost more at each letter of a filter than it is worth.
const MOST_WEIGHED: usize = 5000;

/// The table as it is shown: indices and what all cells of a column share. Cells are worded when
/// their row is drawn.
///
/// Each part depends on a part of the state, and is taken over from the grid before as long as
/// that is the same: a sort leaves the columns alone, a filter the order.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The report.
    pub report: Shared<Report>,
    /// The state that this is the grid of.
    pub state: State,
    /// What addresses call each revision.
    pub keys: Shared<Vec<String>>,
    /// The shown columns, from left to right.
    pub columns: Shared<Vec<GridColumn>>,
    /// The rows.
    pub table: Table,
    /// Why the filter was not understood; it then hides nothing.
    pub error: Option<FilterError>,
    /// Columns that are hidden since all rows have the same value.
    pub n_equal: usize,
    /// Columns that are hidden since few rows have them.
    pub n_other: usize,
    /// Columns that are hidden since their names match a pattern.
    pub n_dropped: usize,
    /// Which revisions have results of their own.
    pub ranked: Shared<Ranked>,
    /// The report's tree.
    tree: Shared<Tree>,
    /// Which revisions pass the filter; `None` for all.
    passing: Option<Shared<Vec<bool>>>,
    /// All revisions in the order of the sort keys; `None` for the tree.
    order: Option<Shared<Vec<usize>>>,
    /// The columns as they are when nothing is filtered or folded away.
    pub unfiltered: Shared<Vec<GridColumn>>,
    /// What is folded away in the tree.
    folded: BTreeSet<usize>,
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
    /// The rows with the worst value; none where only two rows are listed.
    pub worst: Vec<usize>,
}

impl Grid {
    /// The grid of a state; what it shares with the grid before is not made again.
    pub fn new(
        report: Shared<Report>,
        state: State,
        collapsed: &BTreeSet<usize>,
        before: Option<&Self>,
    ) -> Self {
        let before = before.filter(|it| it.report == report);
        let same = |is_same: fn(&State, &State) -> bool| {
            before.filter(|before| is_same(&before.state, &state))
        };
        let (keys, ranked, tree) = match before {
            Some(it) => (it.keys.clone(), it.ranked.clone(), it.tree.clone()),
            None => (
                Shared::new(report.revision_keys()),
                Shared::new(Ranked::new(&report)),
                Shared::new(Tree::new(&report)),
            ),
        };
        let (passing, error) = match same(|a, b| a.base == b.base && a.filter == b.filter) {
            Some(before) => (before.passing.clone(), before.error.clone()),
            None => filtered(&report, &state),
        };
        let order = match same(|a, b| a.sort == b.sort) {
            Some(before) => before.order.clone(),
            None => {
                (!state.sort.is_empty()).then(|| Shared::new(sorted(&report, &ranked, &state.sort)))
            }
        };
        let folded = match order {
            Some(_) => BTreeSet::new(),
            None => collapsed.clone(),
        };
        let table = rows(
            &tree,
            &Query {
                mask: passing.as_ref().map(|it| it.as_slice()),
                order: order.as_ref().map(|it| it.as_slice()),
                frozen: state.base,
                collapsed: folded.clone(),
            },
        );
        let has_same_choice = |a: &State, b: &State| {
            a.base == b.base
                && a.columns == b.columns
                && a.only_changed == b.only_changed
                && a.patterns == b.patterns
                && a.digits == b.digits
                && a.pinned == b.pinned
        };
        let (unfiltered, [n_equal, n_other, n_dropped]) = match same(has_same_choice) {
            Some(before) => {
                let hidden = [before.n_equal, before.n_other, before.n_dropped];
                (before.unfiltered.clone(), hidden)
            }
            None => {
                let mut choice = choose(&report, &ranked, &state);
                let pin = |column: &usize| state.pinned.iter().position(|it| it == column);
                choice.shown.sort_by_key(|it| pin(it).unwrap_or(usize::MAX));
                let columns = described(&report, &ranked, &state, &choice.shown);
                let hidden = [choice.n_equal, choice.n_other, choice.n_dropped];
                (Shared::new(columns), hidden)
            }
        };
        let is_same_list = |before: &&Self| {
            before.unfiltered == unfiltered && before.passing == passing && before.folded == folded
        };
        let columns = match before.filter(is_same_list) {
            Some(before) => before.columns.clone(),
            None if passing.is_none() && folded.is_empty() => unfiltered.clone(),
            None => {
                // In the report's order, whatever the table's is.
                let mut is_listed = vec![false; report.revisions.len()];
                for row in &table.rows {
                    is_listed[row.revision] = true;
                }
                let listed = 0..is_listed.len();
                let listed: Vec<usize> = listed.filter(|row| is_listed[*row]).collect();
                let columns = unfiltered.iter();
                let columns = columns.map(|it| it.for_rows(&report, &ranked, &state, &listed));
                Shared::new(columns.collect())
            }
        };
        Self {
            report,
            state,
            keys,
            columns,
            table,
            error,
            n_equal,
            n_other,
            n_dropped,
            ranked,
            tree,
            passing,
            order,
            unfiltered,
            folded,
        }
    }

    /// What addresses call a revision.
    pub fn key(&self, revision: usize) -> &str {
        self.keys.get(revision).map_or("", String::as_str)
    }

    /// How many columns, the first ones, stay at the left.
    pub fn n_pinned(&self) -> usize {
        let is_pinned = |it: &&GridColumn| self.state.pinned.contains(&it.column);
        self.columns.iter().take_while(is_pinned).count()
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

    /// What the baseline is called in a sentence.
    pub fn base_name(&self, lang: Lang) -> Option<String> {
        let base = self.report.revisions.get(self.state.base?);
        Some(summary::called(base?).name(lang))
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

    /// Whether the frozen row passes the filter, and so is the first of the rows.
    pub fn is_frozen_counted(&self) -> bool {
        self.table.n_matching > self.table.rows.len() + self.table.n_collapsed
    }

    /// All revisions that pass the filter, in the report's order.
    pub fn matching(&self) -> Vec<usize> {
        let passes = |row: &usize| {
            let passing = self.passing.as_ref();
            passing.is_none_or(|it| it.get(*row).copied().unwrap_or(false))
        };
        (0..self.report.revisions.len()).filter(passes).collect()
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
        // Rounded away, but not nothing.
        DigitsKind::After(n)
            if value != 0.0 && value.abs() < 0.5 * libm::pow(10.0, -(n as f64)) =>
        {
            number::value(value, 2, lang)
        }
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

/// The cell of a revision in words, as it stands in the table.
pub fn text_of(report: &Report, column: &GridColumn, revision: usize, lang: Lang) -> String {
    let cell = known(report, column.column, revision);
    match (Attribute::at(report, column.column), cell) {
        (Some(Attribute::Created), Cell::Text(_, text)) => moment(text, lang),
        _ => cell_text(cell, column.kind, column.digits, lang),
    }
}

/// A cell in words, as it stands in the table.
pub fn cell_text(cell: Cell<'_>, kind: ColumnKind, digits: Digits, lang: Lang) -> String {
    match cell {
        Cell::Missing => "–".to_owned(),
        Cell::Number(value) if kind == ColumnKind::Metric => number_text(value, digits, lang),
        Cell::Number(value) => number::value(value, 12, lang),
        Cell::Text(TextKind::Hash, text) => text.get(..7).unwrap_or(text).to_owned(),
        // Nothing to see would be taken for nothing there.
        Cell::Text(_, text) if text.trim().is_empty() => format!("“{text}”"),
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
    n_dropped: usize,
}

/// The columns to show: those that the reader chose; else parameters and dependencies that change,
/// and metrics that most rows have.
fn choose(report: &Report, ranked: &Ranked, state: &State) -> Choice {
    let all: Vec<usize> = (0..report.revisions.len()).collect();
    if let Some(chosen) = &state.columns {
        return Choice {
            shown: chosen.clone(),
            n_equal: 0,
            n_other: (report.columns.len()).saturating_sub(
                chosen
                    .iter()
                    .filter(|it| **it < report.columns.len())
                    .count(),
            ),
            n_dropped: 0,
        };
    }
    let kinds = [
        ColumnKind::Param,
        ColumnKind::Metric,
        ColumnKind::Dependency,
        ColumnKind::Output,
    ];
    let metrics = report.columns_of(ColumnKind::Metric);
    let n_known = |column: usize| {
        let values = ranked.values(report, column);
        all.iter()
            .filter(|row| !values.get(**row).is_missing())
            .count()
    };
    let n_stated: BTreeMap<usize, usize> = metrics.map(|(idx, _)| (idx, n_known(idx))).collect();
    let n_most = n_stated.values().copied().max().unwrap_or(0);
    let mut choice = Choice {
        shown: Vec::new(),
        n_equal: 0,
        n_other: 0,
        n_dropped: 0,
    };
    // DVC's priority: what is kept stays, then what doesn't change goes, then what is dropped.
    let [drop, keep] = &state.patterns;
    let selection = Selection::new(state.only_changed, drop, keep);
    let names = match selection.has_patterns() {
        true => headings(report),
        false => Vec::new(),
    };
    let name = |column: usize| names.get(column).map_or("", String::as_str);
    // Each with whether a pattern keeps it.
    let mut wanted: Vec<(ColumnKind, usize, bool)> = Vec::new();
    for kind in kinds {
        // Outputs of one stage are dependencies of the next: they would stand there twice.
        let is_listed = kind != ColumnKind::Output || !state.only_changed;
        for (idx, _) in report.columns_of(kind) {
            let is_usual = match kind {
                ColumnKind::Metric => n_stated.get(&idx).is_some_and(|n| 2 * n >= n_most),
                _ => is_listed,
            };
            let is_compared = kind != ColumnKind::Metric || report.settings.left_out.only_changed;
            let is_equal = is_compared
                && state.only_changed
                && all.len() > 1
                && !differs(report, ranked, idx, &all);
            if selection.keeps(name(idx)) {
                wanted.push((kind, idx, true));
            } else if is_equal {
                choice.n_equal += 1;
            } else if selection.drops(name(idx)) {
                choice.n_dropped += 1;
            } else if is_usual || !state.only_changed {
                wanted.push((kind, idx, false));
            } else {
                choice.n_other += 1;
            }
        }
    }
    // Results stand beside what led to them, but in view: before many parameters, as DVC has them.
    let is_param = |it: &&(ColumnKind, usize, bool)| it.0 == ColumnKind::Param;
    if wanted.iter().filter(is_param).count() > MOST_PARAMS_FIRST {
        wanted.sort_by_key(|it| it.0 != ColumnKind::Metric);
    }
    for (_, idx, is_kept) in wanted {
        match is_kept || choice.shown.len() < MOST_COLUMNS {
            true => choice.shown.push(idx),
            false => choice.n_other += 1,
        }
    }
    choice
}

/// Which revisions pass the filter, or why that is not known.
fn filtered(report: &Report, state: &State) -> (Option<Shared<Vec<bool>>>, Option<FilterError>) {
    let subject = Subject {
        report,
        baseline: state.base,
    };
    let text = state.filter.trim();
    if text.is_empty() {
        return (None, None);
    }
    match parse(text).and_then(|filter| mask(&filter, subject)) {
        Ok(passing) => (Some(Shared::new(passing)), None),
        Err(error) => (None, Some(error)),
    }
}

/// The columns of these indices, for all rows.
fn described(report: &Report, ranked: &Ranked, state: &State, shown: &[usize]) -> Vec<GridColumn> {
    let names = report.column_names();
    let listed: Vec<usize> = (0..report.revisions.len())
        .filter(|row| Some(*row) != state.base)
        .collect();
    let all: Vec<usize> = (0..report.revisions.len()).collect();
    let described = |idx: &usize| {
        if let Some(attribute) = Attribute::at(report, *idx) {
            return Some(GridColumn::of_attribute(*idx, attribute));
        }
        let column = report.columns.get(*idx)?;
        let values = ranked.values(report, *idx);
        let written = all.iter().filter(|_| column.kind == ColumnKind::Metric);
        let written = written.filter_map(|row| values.number(*row));
        let described = GridColumn {
            column: *idx,
            id: column.id.full(),
            name: names.get(*idx)?.clone(),
            file: match column.kind {
                ColumnKind::Param | ColumnKind::Metric => column.id.file.clone(),
                ColumnKind::Dependency | ColumnKind::Output => String::new(),
            },
            kind: column.kind,
            direction: direction_of(report, *idx),
            is_number: column.cells.has_numbers(),
            digits: digits(written, state.n_digits()),
            range: (0.0, 0.0),
            reach: 0.0,
            best: Vec::new(),
            worst: Vec::new(),
        };
        Some(described.for_rows(report, ranked, state, &listed))
    };
    shown.iter().filter_map(described).collect()
}

impl GridColumn {
    /// What every run has beside its columns: texts, neither good nor bad.
    fn of_attribute(column: usize, attribute: Attribute) -> Self {
        Self {
            column,
            id: attribute.name().to_owned(),
            name: attribute.name().to_owned(),
            file: String::new(),
            kind: ColumnKind::Param,
            direction: Direction::Unknown,
            is_number: false,
            digits: digits([], METRIC_DIGITS),
            range: (0.0, 0.0),
            reach: 0.0,
            best: Vec::new(),
            worst: Vec::new(),
        }
    }

    /// What the table is sorted by to sort by this column.
    pub fn sort_by(&self, report: &Report) -> SortBy {
        match Attribute::at(report, self.column) {
            Some(attribute) => attribute.sort_by(report),
            None => SortBy::Column(self.column),
        }
    }

    /// The same column for other rows, in the report's order.
    fn for_rows(&self, report: &Report, ranked: &Ranked, state: &State, listed: &[usize]) -> Self {
        // Only metrics have a picture, a best value and digits to choose.
        if self.kind != ColumnKind::Metric {
            return self.clone();
        }
        let values = ranked.values(report, self.column);
        let base_value = state.base.and_then(|row| values.number(row));
        let with_base = || {
            let others = listed.iter().filter_map(|row| values.number(*row));
            base_value.into_iter().chain(others)
        };
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in with_base().filter(|it| it.is_finite()) {
            low = low.min(value);
            high = high.max(value);
        }
        let reach = base_value.map_or(0.0, |base| (low - base).abs().max((high - base).abs()));
        let is_weighed = listed.len() <= MOST_WEIGHED;
        let extremes = extremes(values, self.direction, listed.iter().copied());
        Self {
            digits: match is_weighed {
                true => digits(with_base(), state.n_digits()),
                false => self.digits,
            },
            range: (low, high),
            reach: if reach.is_finite() { reach } else { 0.0 },
            worst: match listed.len() > 2 {
                true => extremes.worst,
                false => Vec::new(),
            },
            best: extremes.best,
            ..self.clone()
        }
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
