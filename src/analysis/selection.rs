//! Whether the current revision was taken as the best of several experiments, and what that does to
//! the test.
//!
//! The best of many looks better than it is: each had its own luck on the same test set. Source of
//! the correction: Holm, Scandinavian Journal of Statistics 6 (1979), 65–70.

use super::{primary, verdict};
use crate::model::{ColumnKind, Direction, MetricChange, Report, RevisionKind};

/// The experiments that the current revision is the best of, without itself; empty where it is not
/// the best, where nobody knows what better is, or where it is the only one.
pub fn beaten(
    report: &Report,
    (baseline, current): (usize, usize),
    metric: Option<usize>,
    direction: Direction,
) -> Vec<usize> {
    let Some(column) = metric.filter(|_| direction != Direction::Unknown) else {
        return Vec::new();
    };
    let Some(own) = primary::value_of(report, column, current) else {
        return Vec::new();
    };
    let mut beaten = Vec::new();
    for (idx, revision) in report.revisions.iter().enumerate() {
        let is_other = revision.kind == RevisionKind::Experiment
            && revision.is_ranked()
            && idx != current
            && idx != baseline
            && !is_same_run(report, idx, current);
        let Some(value) = primary::value_of(report, column, idx).filter(|_| is_other) else {
            continue;
        };
        let change = MetricChange {
            baseline: own,
            current: value,
        };
        if verdict::is_better(change, direction) == Some(true) {
            return Vec::new();
        }
        beaten.push(idx);
    }
    beaten
}

/// Holm's correction of `own`, one of the probabilities, for all of them.
pub fn holm(own: f64, others: &[f64]) -> f64 {
    let mut sorted = others.to_vec();
    sorted.push(own);
    sorted.sort_unstable_by(f64::total_cmp);
    let mut corrected = 0.0_f64;
    for (idx, p) in sorted.iter().enumerate() {
        let n_left = (sorted.len() - idx) as f64;
        corrected = corrected.max((p * n_left).min(1.0));
        if *p >= own {
            break;
        }
    }
    corrected
}

/// Whether two rows are one run: the workspace after `dvc exp apply`, say.
fn is_same_run(report: &Report, a: usize, b: usize) -> bool {
    let mut columns = report.columns.iter();
    columns.all(|column| {
        let counts = matches!(column.kind, ColumnKind::Param | ColumnKind::Metric);
        !counts || column.cells.get(a) == column.cells.get(b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holm_corrects_the_smallest_most() {
        let others = [0.04, 0.03];
        assert_eq!(holm(0.01, &others), 0.03);
        assert_eq!(holm(0.03, &[0.01, 0.04]), 0.06);
        // Never less than what comes before it.
        assert_eq!(holm(0.04, &[0.01, 0.03]), 0.06);
        assert_eq!(holm(0.5, &[0.6]), 1.0);
        assert_eq!(holm(0.2, &[]), 0.2);
    }
}
