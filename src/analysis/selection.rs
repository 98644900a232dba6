//! Whether the current revision was taken as the best of several experiments, and what that does to
//! the test.
//!
//! The best of many looks better than it is: each had its own luck on the same test set. Source of
//! the correction: Holm, Scandinavian Journal of Statistics 6 (1979), 65–70.

use super::{primary, records, verdict};
use crate::model::{ColumnKind, Direction, MetricChange, Report, RevisionKind};

/// The experiments that the current revision may have been chosen from, without itself.
pub fn others(report: &Report, (baseline, current): (usize, usize)) -> Vec<usize> {
    let is_other = |idx: &usize| {
        let revision = report.revisions.get(*idx);
        revision.is_some_and(|it| it.kind == RevisionKind::Experiment && it.is_ranked())
            && *idx != current
            && *idx != baseline
            && !report.is_within_run(*idx)
            && !is_same_run(report, *idx, current)
    };
    (0..report.revisions.len()).filter(is_other).collect()
}

/// Those of the `others` that the current revision is the best of; empty where it is not the best,
/// where nobody knows what better is, or where it is the only one.
///
/// Where the metric is the share of right answers (`is_share`), runs that state none are counted.
pub fn beaten(
    report: &Report,
    current: usize,
    others: Vec<usize>,
    metric: Option<usize>,
    is_share: bool,
    direction: Direction,
) -> Vec<usize> {
    let value = |revision: usize| {
        let stated = metric.and_then(|column| primary::value_of(report, column, revision));
        stated.or_else(|| {
            let (right, total) = records::right_of(report, revision)?;
            (is_share && total > 0).then(|| right as f64 / total as f64)
        })
    };
    let Some(own) = value(current).filter(|_| direction != Direction::Unknown) else {
        return Vec::new();
    };
    let mut beaten = Vec::new();
    for idx in others {
        let Some(other) = value(idx) else {
            continue;
        };
        let change = MetricChange {
            baseline: own,
            current: other,
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
pub(super) fn is_same_run(report: &Report, a: usize, b: usize) -> bool {
    let answers = |revision: usize| {
        let record = records::of_revision(&report.predictions, revision);
        record.map(|it| &it.predictions)
    };
    if let (Some(a), Some(b)) = (answers(a), answers(b))
        && a != b
    {
        return false;
    }
    // A file of metrics that only one of them has beside it, untracked say, tells nothing.
    let (mut has_any, mut has_shared) = (false, false);
    let mut columns = report.columns.iter();
    let is_same = columns.all(|column| {
        let (a, b) = (column.cells.get(a), column.cells.get(b));
        match column.kind {
            ColumnKind::Param => a == b,
            ColumnKind::Metric => {
                let n_stated = [a, b].iter().filter(|it| !it.is_missing()).count();
                has_any |= n_stated > 0;
                has_shared |= n_stated == 2;
                n_stated < 2 || a == b
            }
            _ => true,
        }
    });
    is_same && has_any == has_shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::testing::{Of, column, revision},
        model::State,
    };

    #[test]
    fn one_run_may_have_a_file_more_in_the_workspace() {
        use Of::{N, No};
        let mut report = Report {
            revisions: vec![revision("a", None, State::Ok); 4],
            ..Report::default()
        };
        for (file, kind, cells) in [
            (
                "params.yaml",
                ColumnKind::Param,
                [N(1.0), N(1.0), N(1.0), N(1.0)],
            ),
            ("m.json", ColumnKind::Metric, [N(0.5), N(0.5), N(0.6), No]),
            ("report.json", ColumnKind::Metric, [N(0.7), No, N(0.7), No]),
        ] {
            report.columns.push(column(file, "k", kind, &cells));
        }
        let same = |a: usize| [0, 1, 2, 3].map(|b| is_same_run(&report, a, b));
        assert_eq!(same(0), [true, true, false, false]);
        assert_eq!(same(1), [true, true, false, false]);
    }

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
