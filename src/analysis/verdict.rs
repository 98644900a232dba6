//! The answer to "did it improve?": comparable, effect, evidence.

use super::{
    comparable::{self, Comparison},
    direction, guards, mcnemar,
    primary::{self, Counted},
    records,
};
use crate::model::{Caution, Direction, Evidence, MetricChange, Outcome, Report, Verdict};

/// A test decides at 5 %.
const LEVEL: f64 = 0.05;

/// Judges a revision against a baseline by the metric `chosen`, else by the settings' primary
/// metric, else by the one that fits best (see [`primary::primary`]).
///
/// Only paired predictions tell change from chance here; without them the outcome is unknown, and
/// the difference stands as it is.
pub fn verdict(
    report: &Report,
    current: usize,
    baseline: Option<usize>,
    chosen: Option<usize>,
) -> Verdict {
    let baseline = baseline.filter(|it| *it != current);
    let is_ranked = |revision: usize| {
        let revision = report.revisions.get(revision);
        revision.is_some_and(|it| it.is_ranked())
    };
    let (current_counts, baseline_counts) = (is_ranked(current), baseline.is_some_and(is_ranked));
    let comparison = match baseline.filter(|_| current_counts && baseline_counts) {
        Some(baseline) => comparable::comparison(report, baseline, current),
        None => Comparison::default(),
    };
    let counted = counted(report, (baseline, current), &comparison);
    let decides = primary::primary(report, (baseline, current), chosen, counted);
    let is_accuracy = match decides.column {
        Some(column) => primary::is_accuracy(report, column) && decides.belied.is_none(),
        None => counted.current.is_some(),
    };
    let direction = match decides.column {
        Some(column) => direction::direction_of(report, column),
        None if is_accuracy => Direction::HigherIsBetter,
        None => Direction::Unknown,
    };
    let value = |revision: usize, counted: Option<f64>| {
        let stated = decides.column;
        let stated = stated.and_then(|column| primary::value_of(report, column, revision));
        stated.or(counted.filter(|_| is_accuracy))
    };
    let mut verdict = Verdict {
        outcome: Outcome::Unknown,
        current,
        baseline,
        metric: decides.column,
        metric_is_chosen: decides.is_chosen,
        direction,
        current_value: value(current, counted.current).filter(|_| current_counts),
        baseline_value: baseline
            .filter(|_| baseline_counts)
            .and_then(|it| value(it, counted.baseline)),
        evidence: evidence(&comparison, is_accuracy),
        not_comparable: comparison.differences,
        cautions: Vec::new(),
        by_metric: None,
        guards: Vec::new(),
        digest: String::new(),
    };
    verdict.cautions = cautions(
        &verdict,
        current_counts,
        baseline_counts,
        comparison.cautions,
    );
    if let Some((stated, counted)) = decides.belied {
        let differs = Caution::AccuracyDiffers { stated, counted };
        verdict.cautions.push(differs);
    }
    if let Some(name) = decides.missing {
        verdict.cautions.push(Caution::NoSuchMetric { name });
    }
    verdict.outcome = outcome(&verdict);
    guards::settle(report, &mut verdict);
    verdict
}

/// Whether a change is one for the better; `None` where nothing changed or nobody knows.
pub fn is_better(change: MetricChange, direction: Direction) -> Option<bool> {
    let difference = change.difference();
    match direction {
        _ if difference == 0.0 || difference.is_nan() => None,
        Direction::HigherIsBetter => Some(difference > 0.0),
        Direction::LowerIsBetter => Some(difference < 0.0),
        Direction::Unknown => None,
    }
}

/// Whether a test tells the change from chance.
pub fn is_beyond_chance(verdict: &Verdict) -> bool {
    matches!(verdict.evidence, Evidence::McNemar { p, .. } if p < LEVEL)
}

/// The verdict that a page or a comment shows: the one that was computed with the report, unless
/// another metric is asked for or there is none.
pub fn of_report(report: &Report, metric: Option<usize>) -> Option<Verdict> {
    let stored = report.verdict.as_ref();
    if let Some(stored) = stored.filter(|it| metric.is_none() || it.metric == metric) {
        return Some(stored.clone());
    }
    let current = report.current?;
    Some(verdict(report, current, report.baseline, metric))
}

/// Whether what decides is the share of samples that are right, so that sentences may count them.
pub fn is_share_of_right(report: &Report, verdict: &Verdict) -> bool {
    let is_belied = |it: &Caution| matches!(it, Caution::AccuracyDiffers { .. });
    match verdict.metric {
        None => true,
        Some(column) => {
            primary::is_accuracy(report, column) && !verdict.cautions.iter().any(is_belied)
        }
    }
}

/// The accuracies that the predictions or matrices give.
fn counted(
    report: &Report,
    (baseline, current): (Option<usize>, usize),
    comparison: &Comparison,
) -> Counted {
    let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
    if let Some(pairs) = comparison.pairs {
        return Counted {
            baseline: share(pairs.right_before(), pairs.total()),
            current: share(pairs.right_now(), pairs.total()),
        };
    }
    if let Some(counts) = comparison.counts {
        return Counted {
            baseline: share(counts.before, counts.total),
            current: share(counts.now, counts.total),
        };
    }
    let of = |revision| {
        let (right, total) = records::right_of(report, revision)?;
        share(right, total)
    };
    Counted {
        baseline: baseline.and_then(of),
        current: of(current),
    }
}

fn evidence(comparison: &Comparison, is_accuracy: bool) -> Evidence {
    if !is_accuracy || !comparison.differences.is_empty() {
        return Evidence::None;
    }
    match (comparison.pairs, comparison.counts) {
        (Some(pairs), _) if pairs.total() > 0 => Evidence::McNemar {
            pairs,
            p: mcnemar::exact_p(pairs.lost, pairs.won),
            interval: mcnemar::tango_interval(pairs),
        },
        (_, Some(counts)) if counts.total > 0 => Evidence::Counts(counts),
        _ => Evidence::None,
    }
}

fn cautions(
    verdict: &Verdict,
    current_counts: bool,
    baseline_counts: bool,
    mut cautions: Vec<Caution>,
) -> Vec<Caution> {
    if !current_counts {
        cautions.push(Caution::CurrentHasNoResults);
    }
    match verdict.baseline {
        None => cautions.push(Caution::NoBaseline),
        Some(_) if !baseline_counts => cautions.push(Caution::BaselineHasNoResults),
        Some(_) => {}
    }
    if verdict.direction == Direction::Unknown && verdict.current_value.is_some() {
        cautions.push(Caution::UnknownDirection);
    }
    cautions
}

fn outcome(verdict: &Verdict) -> Outcome {
    if !verdict.not_comparable.is_empty() {
        return Outcome::NotComparable;
    }
    let Some(change) = verdict.change() else {
        return Outcome::Unknown;
    };
    match verdict.evidence {
        Evidence::McNemar { p, .. } if p >= LEVEL => Outcome::NoClearChange,
        Evidence::McNemar { pairs, .. } => match pairs.won > pairs.lost {
            true => Outcome::Improved,
            false => Outcome::Worse,
        },
        // The very same value leaves nothing to explain.
        Evidence::None | Evidence::Counts(_) if change.difference() == 0.0 => {
            Outcome::NoClearChange
        }
        Evidence::None | Evidence::Counts(_) => Outcome::Unknown,
    }
}

#[cfg(test)]
mod tests;
