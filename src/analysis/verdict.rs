//! The answer to "did it improve?": comparable, effect, evidence.

use super::{
    comparable::{self, Comparison},
    direction,
    evidence::{self, Asked, Found},
    guards,
    primary::{self, Counted},
    records,
    statistics::Effort,
};
use crate::model::{Caution, Direction, Evidence, Judged, MetricChange, Outcome, Report, Verdict};

/// The most metrics that are judged beside the one that decides.
const MAX_OTHERS: usize = 100;

/// Judges a revision against a baseline by the metric `chosen`, else by the settings' primary
/// metric, else by the one that fits best (see [`primary::primary`]); and all other metrics that
/// the artifacts allow to judge, in the same way.
pub fn verdict(
    report: &Report,
    current: usize,
    baseline: Option<usize>,
    chosen: Option<usize>,
) -> Verdict {
    verdict_by(report, (baseline, current), chosen, Effort::FULL)
}

/// The same, resampled more or less often.
pub fn verdict_by(
    report: &Report,
    (baseline, current): (Option<usize>, usize),
    chosen: Option<usize>,
    effort: Effort,
) -> Verdict {
    judge(
        report,
        (baseline, current),
        chosen,
        Source::Computed(effort),
    )
}

/// The verdict by what decides it, the metric and its guards, without evidence for the other metrics:
/// enough for its outcome and its sentence, and many times as fast where these are resampled.
pub fn headline(
    report: &Report,
    current: usize,
    baseline: usize,
    metric: Option<usize>,
) -> Verdict {
    judge(report, (Some(baseline), current), metric, Source::Headline)
}

/// The verdict that a page or a comment shows: the one that was computed with the report, or by
/// another metric, from the evidence that was computed for that one.
pub fn of_report(report: &Report, metric: Option<usize>) -> Option<Verdict> {
    let stored = report.verdict.as_ref();
    let Some(stored) = stored else {
        let current = report.current?;
        return Some(verdict(report, current, report.baseline, metric));
    };
    if metric.is_none() || stored.metric == metric {
        return Some(stored.clone());
    }
    let pair = (stored.baseline, stored.current);
    Some(judge(report, pair, metric, Source::Known(stored)))
}

/// Where evidence comes from.
#[derive(Clone, Copy)]
enum Source<'a> {
    /// It is computed.
    Computed(Effort),
    /// It is computed, for what decides only.
    Headline,
    /// From a verdict that has it.
    Known(&'a Verdict),
}

fn judge(
    report: &Report,
    (baseline, current): (Option<usize>, usize),
    chosen: Option<usize>,
    source: Source<'_>,
) -> Verdict {
    let baseline = baseline.filter(|it| *it != current);
    let is_ranked = |revision: usize| {
        let revision = report.revisions.get(revision);
        revision.is_some_and(|it| it.is_ranked())
    };
    let (current_counts, baseline_counts) = (is_ranked(current), baseline.is_some_and(is_ranked));
    let compared = baseline.filter(|_| current_counts && baseline_counts);
    let comparison = match compared {
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
    let mut metrics = vec![decides.column];
    let others = others(report, decides.column, baseline, current);
    let guards = guards::columns(report);
    let decides_too = |it: &Option<usize>| it.is_some_and(|it| guards.contains(&it));
    let is_headline = matches!(source, Source::Headline);
    metrics.extend(
        others
            .into_iter()
            .filter(|it| !is_headline || decides_too(it)),
    );
    let effort = match source {
        Source::Computed(effort) => effort,
        Source::Headline | Source::Known(_) => Effort::FULL,
    };
    let mut found = match (source, compared) {
        (Source::Known(known), _) => {
            let stored = metrics.iter().map(|it| evidence::stored(known, *it));
            stored.collect()
        }
        (_, Some(baseline)) => {
            let asked = Asked {
                report,
                baseline,
                current,
                comparison: &comparison,
                confidence: report.settings.confidence(),
                effort,
            };
            evidence::evidence(asked, &metrics)
        }
        (_, None) => vec![Found::default(); metrics.len()],
    };
    let own = match found.is_empty() {
        true => Found::default(),
        false => found.remove(0),
    };
    let value = |revision: usize, counted: Option<f64>| {
        let stated = decides.column;
        let stated = stated.and_then(|column| primary::value_of(report, column, revision));
        stated.or(counted)
    };
    let (counted_before, counted_now) = match own.counted {
        Some((before, now)) => (Some(before), Some(now)),
        None if is_accuracy => (counted.baseline, counted.current),
        None => (None, None),
    };
    let judged = metrics.iter().skip(1).zip(found);
    let judged = judged.filter_map(|(column, found)| {
        (found.evidence != Evidence::None).then_some(Judged {
            column: (*column)?,
            evidence: found.evidence,
            selection: found.selection,
        })
    });
    let mut verdict = Verdict {
        current,
        baseline,
        metric: decides.column,
        metric_is_chosen: decides.is_chosen,
        direction,
        current_value: value(current, counted_now).filter(|_| current_counts),
        baseline_value: baseline
            .filter(|_| baseline_counts)
            .and_then(|it| value(it, counted_before)),
        evidence: own.evidence,
        confidence: report.settings.confidence(),
        others: judged.collect(),
        selection: own.selection,
        not_comparable: comparison.differences,
        ..Verdict::default()
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
    } else if let Some((stated, counted)) = own.belied {
        let differs = Caution::MeasureDiffers { stated, counted };
        verdict.cautions.push(differs);
    }
    if let Some(name) = decides.missing {
        verdict.cautions.push(Caution::NoSuchMetric { name });
    }
    if let Some((n, needed)) = evidence::too_few(&verdict.evidence, verdict.confidence) {
        verdict.cautions.push(Caution::FewSamples { n, needed });
    }
    verdict.outcome = outcome(&verdict);
    guards::settle(report, &mut verdict);
    verdict
}

/// Metrics beside the one that decides that both sides have; those that must hold first.
fn others(
    report: &Report,
    decides: Option<usize>,
    baseline: Option<usize>,
    current: usize,
) -> Vec<Option<usize>> {
    let has =
        |column: usize, revision: usize| primary::value_of(report, column, revision).is_some();
    let guards = guards::columns(report);
    let mut ranked = primary::ranked_metrics(report);
    // A stable sort.
    ranked.sort_by_key(|column| !guards.contains(column));
    let others = ranked.into_iter().filter(|column| {
        Some(*column) != decides
            && has(*column, current)
            && baseline.is_some_and(|baseline| has(*column, baseline))
    });
    others.take(MAX_OTHERS).map(Some).collect()
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

/// Whether the evidence tells the change from chance; `None` without any that could.
pub fn is_beyond_chance(verdict: &Verdict) -> Option<bool> {
    let selection = verdict.selection.as_ref();
    evidence::is_clear(&verdict.evidence, selection, verdict.confidence)
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
    let is_few = |it: &Caution| matches!(it, Caution::FewSamples { .. });
    match is_beyond_chance(verdict) {
        _ if verdict.cautions.iter().any(is_few) => Outcome::Unknown,
        Some(true) => {
            let difference = evidence::difference(&verdict.evidence);
            let change = MetricChange {
                baseline: 0.0,
                current: difference.unwrap_or_else(|| change.difference()),
            };
            match is_better(change, verdict.direction) {
                Some(true) => Outcome::Improved,
                Some(false) => Outcome::Worse,
                None => Outcome::Unknown,
            }
        }
        Some(false) => Outcome::NoClearChange,
        // A measure that never varies has no interval: the very same value then says enough. Where
        // there is nothing but one number on each side, equal ones are no evidence either.
        None if change.difference() == 0.0 && verdict.evidence != Evidence::None => {
            Outcome::NoClearChange
        }
        None => Outcome::Unknown,
    }
}

#[cfg(test)]
mod tests;
