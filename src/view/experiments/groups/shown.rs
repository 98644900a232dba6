use std::collections::BTreeSet;

use super::super::{
    cell::{changed_text, percent_text},
    export::difference_note,
    grid::{GridColumn, number_text, shows_difference},
    state::State,
    view::Experiments,
};
use crate::{
    analysis::{
        compare::{Change, change},
        digits::{Digits, METRIC_DIGITS, digits},
        run_groups::{Group, GroupBy, Grouping, Spread, group, sorted, workspace_twin},
        table::known,
    },
    model::{Cell, ColumnKind, DeltaMode, Direction, Lang, Report, Shared},
    words::number,
};

/// The table of groups as it is shown: indices, and what all cells of a column share.
pub(super) struct Shown {
    pub(super) report: Shared<Report>,
    pub(super) keys: Shared<Vec<String>>,
    pub(super) base: Option<usize>,
    pub(super) mode: DeltaMode,
    pub(super) grouping: Grouping,
    /// The groups from top to bottom.
    pub(super) order: Vec<usize>,
    /// How many runs are in them.
    pub(super) n_runs: usize,
    /// To what differences are shown, in words.
    pub(super) note: Option<String>,
    /// The run that the workspace is, and counts as.
    pub(super) same_run: Option<String>,
    /// What tells the groups apart, and what was left out of account.
    pub(super) params: Vec<GridColumn>,
    pub(super) metrics: Vec<Metric>,
}

/// A metric of the groups.
pub(super) struct Metric {
    pub(super) column: GridColumn,
    /// How means are written.
    pub(super) digits: Digits,
    /// The groups with the best mean.
    pub(super) best: Vec<usize>,
}

/// A row: a group, or one of its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Group(usize),
    Member(usize, usize),
}

/// What the cell of a group says.
pub(super) struct Figures {
    pub(super) mean: String,
    pub(super) deviation: Option<String>,
    /// From the lowest to the highest; `None` where they are one.
    pub(super) range: Option<String>,
}

impl Shown {
    pub(super) fn new(view: Experiments, state: &State) -> Option<Self> {
        let by = state.group?;
        let grid = view.grid.get();
        let report = grid.report.clone();
        let mut rows = grid.matching();
        let twins = workspace_twin(&report, &rows);
        rows.retain(|row| twins.is_none_or(|(workspace, _)| workspace != *row));
        let grouping = group(&report, by, &rows);
        let mut params = grouping.told_by.clone();
        if let GroupBy::AllBut(param) = by {
            params.push(param);
        }
        let names = report.column_names();
        let param = |idx: &usize| param_column(&report, *idx, names.get(*idx)?.clone());
        let params = params.iter().filter_map(param).collect();
        let metrics = grid.columns.iter();
        let metrics = metrics.filter(|it| it.kind == ColumnKind::Metric && it.is_number);
        let metrics = metrics
            .map(|it| Metric::new(&report, &grouping, it, state.n_digits()))
            .collect();
        Some(Self {
            order: sorted(&report, &grouping, &state.sort),
            keys: grid.keys.clone(),
            base: state.base,
            mode: state.mode,
            n_runs: rows.len(),
            note: difference_note(&grid, state.mode, view.lang()),
            same_run: twins.map(|(_, twin)| grid.label(twin).to_owned()),
            report,
            grouping,
            params,
            metrics,
        })
    }

    pub(super) fn group(&self, at: usize) -> Option<&Group> {
        self.grouping.groups.get(at)
    }

    /// The rows: each group, and under those that are open their members.
    pub(super) fn lines(&self, open: &BTreeSet<usize>) -> Vec<Line> {
        let mut lines = Vec::with_capacity(self.order.len());
        for at in &self.order {
            lines.push(Line::Group(*at));
            let group = self.group(*at).filter(|it| open.contains(&it.first()));
            let members = group.into_iter().flat_map(|it| &it.members);
            lines.extend(members.map(|row| Line::Member(*at, *row)));
        }
        lines
    }

    pub(super) fn key(&self, revision: usize) -> String {
        self.keys.get(revision).cloned().unwrap_or_default()
    }
}

fn param_column(report: &Report, idx: usize, name: String) -> Option<GridColumn> {
    let column = report.columns.get(idx)?;
    Some(GridColumn {
        column: idx,
        id: column.id.full(),
        name,
        file: column.id.file.clone(),
        kind: column.kind,
        direction: Direction::Unknown,
        is_number: column.cells.has_numbers(),
        digits: digits([], METRIC_DIGITS),
        range: (0.0, 0.0),
        reach: 0.0,
        best: Vec::new(),
        worst: Vec::new(),
    })
}

impl Metric {
    fn new(report: &Report, grouping: &Grouping, column: &GridColumn, n_digits: usize) -> Self {
        let mean = |it: &Group| it.spread(report, column.column).map(|it| it.mean);
        let means: Vec<Option<f64>> = grouping.groups.iter().map(mean).collect();
        let sign = match column.direction {
            Direction::HigherIsBetter => Some(1.0),
            Direction::LowerIsBetter => Some(-1.0),
            Direction::Unknown => None,
        };
        let best = sign.and_then(|sign| {
            let scores = means.iter().flatten().map(|it| it * sign);
            let high = scores.clone().fold(f64::NEG_INFINITY, f64::max);
            let low = scores.fold(f64::INFINITY, f64::min);
            (high > low).then_some(high * sign)
        });
        let is_best = |at: &usize| best.is_some() && means.get(*at) == Some(&best);
        Self {
            digits: digits(means.iter().flatten().copied(), n_digits),
            best: (0..means.len()).filter(is_best).collect(),
            column: column.clone(),
        }
    }
}

impl Shown {
    /// How a number of a metric differs from the baseline; `None` where values are shown, or the
    /// baseline has none.
    pub(super) fn change(&self, column: &GridColumn, value: Cell<'_>) -> Option<Change> {
        let base = self.base.filter(|_| shows_difference(self.mode))?;
        let base = known(&self.report, column.column, base);
        let change = change(base, value, column.direction);
        matches!(change, Change::Number { .. } | Change::Same).then_some(change)
    }

    /// A number of a metric as the table shows it.
    pub(super) fn text(
        &self,
        column: &GridColumn,
        value: f64,
        digits: Digits,
        lang: Lang,
    ) -> String {
        let change = self.change(column, Cell::Number(value));
        let changed = change.and_then(|it| changed_text(it, self.mode, column, lang));
        changed.unwrap_or_else(|| number_text(value, digits, lang))
    }

    /// Mean, deviation and range, all of them in what the table shows: values, differences, or
    /// percent of the baseline's value.
    pub(super) fn figures(&self, metric: &Metric, spread: Spread, lang: Lang) -> Figures {
        let column = &metric.column;
        let base = self.base.map(|it| known(&self.report, column.column, it));
        let base = base.and_then(Cell::as_number).filter(|it| *it != 0.0);
        let is_changed = self.change(column, Cell::Number(spread.mean)).is_some();
        let of_base = base.filter(|_| is_changed && self.mode == DeltaMode::Relative);
        let deviation = |it: f64| match of_base {
            Some(base) => percent_text(it / base.abs(), base, column, lang),
            None => number::value(it, 2, lang),
        };
        // A minus before a dash is hard to read.
        let dash = if is_changed { " … " } else { "–" };
        let end = |value: f64| match self.change(column, Cell::Number(value)) {
            Some(Change::Same) => "0".to_owned(),
            _ => self.text(column, value, column.digits, lang),
        };
        let ends = || [spread.min, spread.max].map(end);
        Figures {
            // A mean that merely equals the baseline says nothing of its runs.
            mean: match self.change(column, Cell::Number(spread.mean)) {
                Some(Change::Same) if spread.min < spread.max => "0".to_owned(),
                _ => self.text(column, spread.mean, metric.digits, lang),
            },
            deviation: spread.deviation.map(deviation),
            range: (spread.min < spread.max).then(|| ends().join(dash)),
        }
    }
}
