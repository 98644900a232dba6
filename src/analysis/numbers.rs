//! The metrics that the Overview and the comment show, the one that decides first.

use super::{evidence, primary, records, verdict};
use crate::model::{Direction, MetricChange, Report, Verdict};

/// A metric's numbers on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberRow {
    /// Index of the metric; `None` for the accuracy that is counted from predictions or a matrix.
    pub column: Option<usize>,
    /// Whether it is the metric that decides.
    pub is_primary: bool,
    /// On the baseline.
    pub baseline: Option<f64>,
    /// Now.
    pub current: Option<f64>,
    /// How many samples are right on the baseline, of how many, where the metric is that share.
    pub baseline_right: Option<(u64, u64)>,
    /// The same now.
    pub current_right: Option<(u64, u64)>,
    /// Which way it gets better.
    pub direction: Direction,
    /// Whether the change is one for the better; `None` where there is none or nobody knows.
    pub is_better: Option<bool>,
    /// Whether it is told from chance; `None` without evidence.
    pub is_clear: Option<bool>,
    /// Interval of the difference, at the verdict's confidence.
    pub interval: Option<(f64, f64)>,
}

impl NumberRow {
    /// Both values, where both are known.
    pub fn change(&self) -> Option<MetricChange> {
        Some(MetricChange {
            baseline: self.baseline?,
            current: self.current?,
        })
    }
}

/// The metrics with a value on either side, the one that decides first, then by how telling their
/// names are. Those of single classes are left to the views that have room for them, and so is one
/// that says on both sides what an earlier one said.
pub fn numbers(report: &Report, judged: &Verdict) -> Vec<NumberRow> {
    let mut rows = Vec::new();
    let first = (judged.metric.is_some() || judged.current_value.is_some())
        .then(|| row(report, judged, judged.metric));
    rows.extend(first);
    let others = primary::ranked_metrics(report).into_iter();
    let others = others.filter(|column| Some(*column) != judged.metric);
    for column in others.filter(|column| !primary::is_of_class(report, *column)) {
        let row = row(report, judged, Some(column));
        let is_known = |it: &NumberRow| {
            row.change().is_some() && (it.baseline, it.current) == (row.baseline, row.current)
        };
        if !rows.iter().any(is_known) {
            rows.push(row);
        }
    }
    rows.retain(|row| row.baseline.is_some() || row.current.is_some());
    rows
}

fn row(report: &Report, judged: &Verdict, column: Option<usize>) -> NumberRow {
    let is_primary = column == judged.metric;
    let is_ranked = |revision: usize| {
        let revision = report.revisions.get(revision);
        revision.is_some_and(|it| it.is_ranked())
    };
    let value = |revision: Option<usize>| {
        let revision = revision.filter(|it| is_ranked(*it))?;
        primary::value_of(report, column?, revision)
    };
    let (baseline, current) = match is_primary {
        true => (judged.baseline_value, judged.current_value),
        false => (value(judged.baseline), value(Some(judged.current))),
    };
    let is_share = is_primary && verdict::is_share_of_right(report, judged);
    let right = |revision: Option<usize>| {
        let revision = revision.filter(|it| is_share && is_ranked(*it))?;
        records::right_of(report, revision)
    };
    let counts = judged.counts().filter(|_| is_share);
    let found = evidence::stored(judged, column);
    let is_clear = evidence::is_told(&found, judged.confidence);
    let interval = found.evidence.interval();
    let mut row = NumberRow {
        column,
        is_primary,
        baseline,
        current,
        baseline_right: counts
            .map(|it| (it.before, it.total))
            .or_else(|| right(judged.baseline)),
        current_right: counts
            .map(|it| (it.now, it.total))
            .or_else(|| right(Some(judged.current))),
        direction: match column {
            Some(column) => super::direction::direction_of(report, column),
            None => judged.direction,
        },
        is_better: None,
        is_clear,
        interval,
    };
    let change = row.change();
    row.is_better = change.and_then(|change| verdict::is_better(change, row.direction));
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::nba_report::{self, BASELINE, CURRENT};
    use crate::model::{Cells, Column, ColumnId, ColumnKind};

    #[test]
    fn a_summary_has_room_for_own_metrics_and_averages_only() {
        let mut report = nba_report::report();
        let n = report.revisions.len();
        for (path, value) in [
            (["C", "recall"], 0.6),
            (["macro avg", "f1-score"], 0.4),
            (["macro avg", "recall"], f64::NAN),
        ] {
            // The report states the macro recall once more.
            let recall = report.find_column("test_recall").unwrap();
            let stated = |row: usize| report.columns[recall].cells.number(row);
            let cells = Cells::from_numbers((0..n).map(|row| match value.is_nan() {
                true => stated(row),
                false => Some(value + row as f64 / 100.0),
            }));
            report.columns.push(Column {
                id: ColumnId::new("classification_report.json", &path),
                kind: ColumnKind::Metric,
                direction: Direction::Unknown,
                cells,
                sources: Vec::new(),
            });
        }
        let judged = verdict::verdict(&report, CURRENT, Some(BASELINE), None);
        let rows = numbers(&report, &judged);
        let keys = rows
            .iter()
            .map(|it| report.columns[it.column.unwrap()].id.key());
        let keys: Vec<_> = keys.collect();
        assert_eq!(keys, ["test_accuracy", "test_recall", "macro avg.f1-score"]);
    }

    #[test]
    fn the_metric_that_decides_comes_first_with_its_counts() {
        let report = nba_report::report();
        let judged = verdict::verdict(&report, CURRENT, Some(BASELINE), None);
        let rows = numbers(&report, &judged);
        let keys: Vec<_> = rows
            .iter()
            .map(|it| report.columns[it.column.unwrap()].id.key())
            .collect();
        assert_eq!(keys, ["test_accuracy", "test_recall"]);
        let first = &rows[0];
        assert_eq!(
            (first.baseline_right, first.current_right),
            (Some((93, 176)), Some((87, 176)))
        );
        assert_eq!(
            (first.is_better, first.is_clear),
            (Some(false), Some(false))
        );
        assert!(first.interval.is_some());
        // The macro recall, by the same predictions.
        assert_eq!(rows[1].is_clear, Some(false));
        assert!(rows[1].interval.is_some());
    }
}
