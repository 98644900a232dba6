//! What a team adds to the answer of the primary metric: metrics that must hold, and the smallest
//! gain that is worth having.

use super::{direction, primary, verdict};
use crate::model::{Caution, ColumnKind, Direction, Guard, MetricChange, Outcome, Report, Verdict};

/// Judges guards and the gain, and settles the outcome.
///
/// A guard is broken when its metric got worse by more than the tolerance, as measured: the
/// tolerance is the team's own allowance for chance. A broken guard makes *mixed* of *improved* and
/// *worse* of *no clear change*; where nothing tells change from chance it stays *unknown*.
pub fn settle(report: &Report, judged: &mut Verdict) {
    let by_metric = judged.outcome;
    if !judged.not_comparable.is_empty() {
        return;
    }
    if let Some(smallest) = too_small(report, judged) {
        judged.outcome = Outcome::NoClearChange;
        judged.cautions.push(Caution::SmallGain { smallest });
    }
    for (name, tolerance) in &report.settings.guards {
        let column = report.find_column(name).filter(|it| {
            let column = report.columns.get(*it);
            column.is_some_and(|it| it.kind == ColumnKind::Metric)
        });
        let Some(column) = column else {
            let name = name.clone();
            judged.cautions.push(Caution::NoSuchMetric { name });
            continue;
        };
        judged
            .guards
            .extend(guard(report, judged, column, *tolerance));
    }
    if judged.guards.iter().any(|it| it.is_broken) {
        judged.outcome = match judged.outcome {
            Outcome::Improved => Outcome::Mixed,
            Outcome::NoClearChange => Outcome::Worse,
            other => other,
        };
    }
    judged.by_metric = Some(by_metric).filter(|it| *it != judged.outcome);
}

/// The smallest useful gain, where the metric improved by less.
fn too_small(report: &Report, judged: &Verdict) -> Option<f64> {
    let smallest = report.settings.smallest_gain?;
    let gain = judged.change()?.difference().abs();
    // A gain of 0.02 between two decimal fractions is not always 0.02 to the last bit.
    let is_less = gain < smallest * (1.0 - 1e-9);
    (judged.outcome == Outcome::Improved && is_less).then_some(smallest)
}

fn guard(report: &Report, judged: &Verdict, column: usize, tolerance: f64) -> Option<Guard> {
    let value = |revision: usize| {
        let is_ranked = report.revisions.get(revision)?.is_ranked();
        primary::value_of(report, column, revision).filter(|_| is_ranked)
    };
    let change = MetricChange {
        baseline: value(judged.baseline?)?,
        current: value(judged.current)?,
    };
    let direction = direction::direction_of(report, column);
    let is_worse = verdict::is_better(change, direction) == Some(false);
    let loss = change.difference().abs();
    Some(Guard {
        column,
        tolerance,
        baseline: change.baseline,
        current: change.current,
        is_broken: is_worse && loss > tolerance * (1.0 + 1e-9),
        has_direction: direction != Direction::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::nba_report::{self, BASELINE, CURRENT},
        model::Evidence,
    };

    /// The NBA case the other way round: from C = 120 to the baseline, 8 won and 2 lost.
    fn judged(guards: &[(&str, f64)], smallest_gain: Option<f64>, outcome: Outcome) -> Verdict {
        let mut report = nba_report::report();
        let guards = guards.iter().map(|(name, it)| ((*name).to_owned(), *it));
        report.settings.guards = guards.collect();
        report.settings.smallest_gain = smallest_gain;
        let mut judged = verdict::verdict(&report, CURRENT, Some(BASELINE), None);
        // As if the metric alone had said so.
        judged.outcome = outcome;
        judged.guards.clear();
        judged.cautions.clear();
        settle(&report, &mut judged);
        judged
    }

    #[test]
    fn a_guard_breaks_beyond_its_tolerance() {
        use Outcome::{Improved, Mixed, NoClearChange, Unknown, Worse};
        // The recall fell by 0.0347.
        let broken = [("test_recall", 0.03)];
        let cases = [
            (&broken[..], Improved, Mixed),
            (&broken, NoClearChange, Worse),
            (&broken, Worse, Worse),
            (&broken, Unknown, Unknown),
            (&[("test_recall", 0.04)], Improved, Improved),
            (
                &[("test_recall", 0.5378932178932179 - 0.5031601731601731)],
                Improved,
                Improved,
            ),
        ];
        for (guards, by_metric, expected) in cases {
            let judged = judged(guards, None, by_metric);
            assert_eq!(judged.outcome, expected, "{guards:?} {by_metric:?}");
            assert_eq!(judged.by_metric.unwrap_or(expected), by_metric);
            assert_eq!(judged.guards.len(), 1);
        }
    }

    #[test]
    fn a_guard_that_is_not_there_is_told() {
        let judged = judged(&[("tset_recall", 0.0)], None, Outcome::Improved);
        let name = "tset_recall".to_owned();
        assert_eq!(judged.cautions, [Caution::NoSuchMetric { name }]);
        assert_eq!((judged.outcome, judged.guards), (Outcome::Improved, vec![]));
    }

    #[test]
    fn a_gain_below_the_smallest_useful_one_is_none() {
        // The accuracy differs by 6 of 176.
        let gain = 6.0 / 176.0;
        for (smallest, expected) in [
            (gain, Outcome::Improved),
            (0.04, Outcome::NoClearChange),
            (0.03, Outcome::Improved),
        ] {
            let judged = judged(&[], Some(smallest), Outcome::Improved);
            assert_eq!(judged.outcome, expected, "{smallest}");
            let is_told = judged.cautions.contains(&Caution::SmallGain { smallest });
            assert_eq!(is_told, expected == Outcome::NoClearChange);
        }
        // A loss is not made good by being small.
        assert_eq!(
            judged(&[], Some(0.04), Outcome::Worse).outcome,
            Outcome::Worse
        );
        let told = judged(&[], None, Outcome::Improved);
        assert!(matches!(told.evidence, Evidence::McNemar { .. }));
    }
}
