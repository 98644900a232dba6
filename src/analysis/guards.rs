//! What a team adds to the answer of the primary metric: metrics that must hold, and the smallest
//! gain that is worth having.

use super::{direction, evidence, primary, verdict};
use crate::model::{
    Caution, ColumnKind, Direction, Guard, Hold, MetricChange, Outcome, Report, Verdict,
};

/// Judges guards and the gain, and settles the outcome. Where runs with other seeds are compared, it
/// is their means that count.
///
/// A guard breaks when its metric got worse by more than the tolerance, and the evidence for that
/// metric tells the loss from chance. Within chance (or with too few samples) it doesn't break.
/// Where there is no evidence at all, as for a latency measured once, the tolerance is the team's
/// own allowance for chance, and what was measured counts. Several guards are not corrected for one
/// another: missing a loss costs more than looking at one that is none.
///
/// A broken guard makes *mixed* of *improved* and *worse* of *no clear change*; where nothing tells
/// whether the metric that decides changed, it stays *unknown*. A guard without a value of this
/// change changes nothing here; [`unstated`] tells of it, and `no_worse` fails by it.
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
        let Some(column) = column(report, name) else {
            let name = name.clone();
            judged.cautions.push(Caution::NoSuchMetric { name });
            continue;
        };
        judged
            .guards
            .extend(guard(report, judged, column, *tolerance));
    }
    if judged.broken_guards().next().is_some() {
        judged.outcome = match judged.outcome {
            Outcome::Improved => Outcome::Mixed,
            Outcome::NoClearChange => Outcome::Worse,
            other => other,
        };
    }
    judged.by_metric = Some(by_metric).filter(|it| *it != judged.outcome);
}

/// The metrics that must hold, as far as they are there.
pub fn columns(report: &Report) -> Vec<usize> {
    let guards = report.settings.guards.iter();
    guards
        .filter_map(|(name, _)| column(report, name))
        .collect()
}

/// The names of metrics that must hold and that this change states no value of: nothing tells
/// whether they do.
pub fn unstated<'r>(report: &'r Report, judged: &Verdict) -> Vec<&'r str> {
    if judged.baseline.is_none() || !judged.not_comparable.is_empty() {
        return Vec::new();
    }
    let is_stated = |name: &str| {
        let column = column(report, name);
        column.is_some_and(|it| value(report, it, judged.current).is_some())
    };
    let names = report.settings.guards.iter().map(|(name, _)| name.as_str());
    names.filter(|name| !is_stated(name)).collect()
}

fn column(report: &Report, name: &str) -> Option<usize> {
    let found = report.find_column(name)?;
    let is_metric = report.columns.get(found)?.kind == ColumnKind::Metric;
    is_metric.then_some(found)
}

/// The smallest useful gain, where the metric improved by less.
fn too_small(report: &Report, judged: &Verdict) -> Option<f64> {
    let smallest = report.settings.smallest_gain?;
    let change = judged.change()?;
    let gain = judged.evidence.means().unwrap_or(change);
    let gain = gain.difference().abs();
    // A gain of 0.02 between two decimal fractions is not always 0.02 to the last bit.
    let is_less = gain < smallest * (1.0 - 1e-9);
    (judged.outcome == Outcome::Improved && is_less).then_some(smallest)
}

/// A revision's own value of a metric.
fn value(report: &Report, column: usize, revision: usize) -> Option<f64> {
    let is_ranked = report.revisions.get(revision)?.is_ranked();
    primary::value_of(report, column, revision).filter(|_| is_ranked)
}

fn guard(report: &Report, judged: &Verdict, column: usize, tolerance: f64) -> Option<Guard> {
    let change = MetricChange {
        baseline: value(report, column, judged.baseline?)?,
        current: value(report, column, judged.current)?,
    };
    let found = evidence::stored(judged, Some(column));
    let change = found.evidence.means().unwrap_or(change);
    let direction = direction::direction_of(report, column);
    let is_worse = verdict::is_better(change, direction) == Some(false);
    let is_beyond = change.difference().abs() > tolerance * (1.0 + 1e-9);
    let hold = match evidence::is_told(&found, judged.confidence) {
        _ if direction == Direction::Unknown => Hold::Undirected,
        _ if !(is_worse && is_beyond) => Hold::Holds,
        Some(true) => Hold::Lost,
        Some(false) => Hold::WithinChance,
        None => Hold::LostAsMeasured,
    };
    Some(Guard {
        column,
        tolerance,
        baseline: change.baseline,
        current: change.current,
        hold,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::nba_report::{self, BASELINE, CURRENT},
        model::{Evidence, Judged, Selection},
    };

    /// The NBA case the other way round: from C = 120 to the baseline, 8 won and 2 lost.
    fn judged(guards: &[(&str, f64)], smallest_gain: Option<f64>, outcome: Outcome) -> Verdict {
        let mut report = nba_report::report();
        let guards = guards.iter().map(|(name, it)| ((*name).to_owned(), *it));
        report.settings.guards = guards.collect();
        report.settings.smallest_gain = smallest_gain;
        let mut judged = verdict::verdict(&report, CURRENT, Some(BASELINE), None);
        // As if the metric alone had said so, and nothing were known of the others.
        judged.outcome = outcome;
        judged.others.clear();
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
            let is_beyond = expected != by_metric || guards == broken;
            let hold = if is_beyond {
                Hold::LostAsMeasured
            } else {
                Hold::Holds
            };
            assert_eq!(judged.guards[0].hold, hold);
        }
    }

    #[test]
    fn a_loss_within_chance_breaks_no_guard() {
        let tested = |support: u64, p: f64| Evidence::Permutation {
            n: 176,
            support,
            n_differing: 10,
            draws: None,
            p,
            interval: Some((-0.08, 0.01)),
        };
        let resampled = |interval| Evidence::Bootstrap {
            n: 176,
            support: 176,
            interval,
        };
        let corrected = |p: f64| {
            Some(Selection {
                n_tried: 3,
                n_judged: 3,
                p: Some(p),
            })
        };
        let cases = [
            (tested(176, 0.049), None, 0.95, Hold::Lost),
            (tested(176, 0.051), None, 0.95, Hold::WithinChance),
            (tested(176, 0.051), None, 0.90, Hold::Lost),
            (tested(176, 0.049), None, 0.99, Hold::WithinChance),
            // What decides is corrected.
            (tested(176, 0.04), corrected(0.12), 0.95, Hold::WithinChance),
            // Too few samples tell nothing.
            (tested(49, 0.001), None, 0.95, Hold::WithinChance),
            // Without a test, the interval decides; without either, what was measured.
            (resampled(Some((-0.08, -0.01))), None, 0.95, Hold::Lost),
            (
                resampled(Some((-0.08, 0.01))),
                None,
                0.95,
                Hold::WithinChance,
            ),
            (resampled(None), None, 0.95, Hold::LostAsMeasured),
            (Evidence::None, None, 0.95, Hold::LostAsMeasured),
        ];
        for (evidence, selection, confidence, hold) in cases {
            let mut report = nba_report::report();
            report.settings.guards = vec![("test_recall".to_owned(), 0.03)];
            report.settings.confidence = Some(confidence);
            let mut judged = verdict::verdict(&report, CURRENT, Some(BASELINE), None);
            let column = report.find_column("test_recall").unwrap();
            judged.others = vec![Judged {
                column,
                evidence,
                selection,
            }];
            judged.guards.clear();
            judged.outcome = Outcome::Improved;
            settle(&report, &mut judged);
            let what = format!("{:?} at {confidence}", judged.others);
            assert_eq!(judged.guards[0].hold, hold, "{what}");
            let expected = match hold.is_broken() {
                true => Outcome::Mixed,
                false => Outcome::Improved,
            };
            assert_eq!(judged.outcome, expected, "{what}");
        }
    }

    #[test]
    fn a_guard_is_judged_however_many_metrics_there_are() {
        let mut report = nba_report::report();
        let mut many = report.columns[report.find_column("test_recall").unwrap()].clone();
        for idx in 0..120 {
            many.id.path = vec![format!("a_recall_{idx:03}")];
            report.columns.insert(0, many.clone());
        }
        report.settings.guards = vec![("test_recall".to_owned(), 0.03)];
        let judged = verdict::verdict(&report, CURRENT, Some(BASELINE), None);
        // 8 lost and 2 won of 176 are within chance.
        assert_eq!(judged.guards[0].hold, Hold::WithinChance);
        assert_eq!(judged.outcome, Outcome::NoClearChange);
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
