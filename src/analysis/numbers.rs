//! The metrics that the Overview and the comment show, the one that decides first.

use super::{
    changed::{Selection, changes, headings},
    evidence, primary, records, verdict,
};
use crate::model::{Direction, Evidence, MetricChange, Report, Verdict};

/// A metric's numbers on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberRow {
    /// Index of the metric; `None` for the accuracy that is counted from predictions or a matrix.
    pub column: Option<usize>,
    /// Whether it is the metric that decides.
    pub is_primary: bool,
    /// On the baseline; the mean of its runs, where runs with other seeds are what is compared.
    pub baseline: Option<f64>,
    /// Now; likewise.
    pub current: Option<f64>,
    /// How many runs the means are of, on the baseline and now.
    pub n_runs: Option<(u32, u32)>,
    /// How many samples are right on the baseline, of how many, where the metric is that share.
    pub baseline_right: Option<(u64, u64)>,
    /// The same now.
    pub current_right: Option<(u64, u64)>,
    /// Which way it gets better.
    pub direction: Direction,
    /// Whether both sides were measured on the same.
    pub is_comparable: bool,
    /// Whether the change is one for the better; `None` where there is none, where nobody knows, or
    /// where the two can't be compared.
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
/// that says on both sides what an earlier one said. What CI leaves out of tables is left out, but
/// for guards.
pub fn numbers(report: &Report, judged: &Verdict) -> Vec<NumberRow> {
    let mut rows = Vec::new();
    let first = (judged.metric.is_some() || judged.current_value.is_some())
        .then(|| row(report, judged, judged.metric));
    rows.extend(first);
    let selection = Selection::of(&report.settings.left_out);
    let names = match selection.has_patterns() {
        true => headings(report),
        false => Vec::new(),
    };
    let all: Vec<usize> = (0..report.revisions.len()).collect();
    let is_wanted = |column: usize| {
        let name = names.get(column).map_or("", String::as_str);
        let is_same = || selection.only_changed && !changes(report, column, &all);
        selection.keeps(name)
            || judged.guards.iter().any(|it| it.column == column)
            || !(selection.drops(name) || is_same())
    };
    let others = primary::ranked_metrics(report).into_iter();
    let others = others.filter(|column| Some(*column) != judged.metric && is_wanted(*column));
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
    // Another accuracy has counts where these give the stated value back.
    let is_accuracy = column.is_some_and(|it| primary::is_accuracy(report, it));
    let right = |revision: Option<usize>, stated: Option<f64>| {
        let revision = revision.filter(|it| is_ranked(*it))?;
        let (right, total) = records::right_of(report, revision)?;
        let is_confirmed = stated
            .filter(|_| is_accuracy && total > 0)
            .is_some_and(|stated| primary::is_same_share(stated, right as f64 / total as f64));
        (is_share || (!is_primary && is_confirmed)).then_some((right, total))
    };
    let counts = judged.counts().filter(|_| is_share);
    let found = evidence::stored(judged, column);
    let (baseline_right, current_right) = (
        right(judged.baseline, baseline),
        right(Some(judged.current), current),
    );
    // The interval belongs to the means; the difference of two single runs may lie outside of it.
    let runs = match &found.evidence {
        Evidence::Welch {
            baseline, current, ..
        } => Some((*baseline, *current)),
        _ => None,
    };
    let (baseline, current) = match runs {
        Some((before, now)) => (Some(before.mean), Some(now.mean)),
        None => (baseline, current),
    };
    let is_clear = evidence::is_told(&found, judged.confidence);
    let interval = found.evidence.interval();
    let mut row = NumberRow {
        column,
        is_primary,
        baseline,
        current,
        n_runs: runs.map(|(before, now)| (before.n, now.n)),
        baseline_right: counts.map(|it| (it.before, it.total)).or(baseline_right),
        current_right: counts.map(|it| (it.now, it.total)).or(current_right),
        direction: match column {
            Some(column) => super::direction::direction_of(report, column),
            None => judged.direction,
        },
        is_comparable: judged.not_comparable.is_empty(),
        is_better: None,
        is_clear,
        interval,
    };
    let change = row.change().filter(|_| row.is_comparable);
    row.is_better = change.and_then(|change| verdict::is_better(change, row.direction));
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::nba_report::{self, BASELINE, CURRENT};
    use crate::model::{Cells, Column, ColumnId, ColumnKind, Revision, RevisionKind};

    #[test]
    fn an_accuracy_that_counts_give_back_keeps_them_when_another_metric_decides() {
        let report = nba_report::report();
        let recall = report.find_column("test_recall");
        let judged = verdict::verdict(&report, CURRENT, Some(BASELINE), recall);
        let rows = numbers(&report, &judged);
        assert_eq!((rows[0].column, rows[0].current_right), (recall, None));
        assert_eq!(
            (rows[1].baseline_right, rows[1].current_right),
            (Some((93, 176)), Some((87, 176)))
        );
    }

    #[test]
    fn the_difference_of_repeated_runs_is_that_of_their_means() {
        let column = |kind, name: &str, values: &[f64]| Column {
            id: ColumnId::new("f.yaml", &[name]),
            kind,
            direction: Direction::Unknown,
            cells: Cells::from_numbers(values.iter().map(|it| Some(*it))),
            sources: Vec::new(),
        };
        let depths = [3.0, 3.0, 3.0, 5.0, 5.0, 5.0];
        let seeds = [1.0, 2.0, 3.0, 1.0, 2.0, 3.0];
        let rmse = [4.0, 4.125, 4.25, 3.25, 3.0, 3.125];
        let report = Report {
            revisions: vec![Revision::new(RevisionKind::Experiment); 6],
            columns: vec![
                column(ColumnKind::Param, "seed", &seeds),
                column(ColumnKind::Param, "depth", &depths),
                column(ColumnKind::Metric, "rmse", &rmse),
            ],
            ..Report::default()
        };
        let judged = verdict::verdict(&report, 3, Some(0), None);
        let row = &numbers(&report, &judged)[0];
        assert_eq!((row.baseline, row.current), (Some(4.125), Some(3.125)));
        assert_eq!(row.n_runs, Some((3, 3)));
        let (low, high) = row.interval.unwrap();
        let middle = (low + high) / 2.0;
        assert!((row.change().unwrap().difference() - middle).abs() < 1e-9);
        // The seed varies as often as the runs; what was tried is the depth.
        let tried = crate::analysis::tried::tried(&report, &judged);
        assert_eq!(tried.param, Some(1));
        // And the luckiest seed is no other baseline.
        let others = crate::analysis::baselines::others(&report, &judged);
        assert_eq!(others, []);
    }

    #[test]
    fn nothing_is_better_where_nothing_can_be_compared() {
        let mut report = nba_report::report();
        for predictions in report.predictions.iter_mut().take(1) {
            predictions.predictions.actual.pop();
            predictions.predictions.predicted.pop();
        }
        let judged = verdict::verdict(&report, CURRENT, Some(BASELINE), None);
        assert!(!judged.not_comparable.is_empty());
        let row = &numbers(&report, &judged)[0];
        assert_eq!((row.is_comparable, row.is_better), (false, None));
    }

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
