//! What tells change from chance: the best that the artifacts allow.
//!
//! In this order: paired predictions (McNemar for accuracy, a permutation test with a BCa interval
//! for other measures of a classifier), counts on both sides (Newcombe, else a BCa interval),
//! repeated seeds (Welch), nothing. All measures are taken of the same resamples.

use super::{
    comparable::Comparison,
    direction, mcnemar, primary,
    records::{self, Basis, Both},
    seeds, selection,
    stated::{self, CountedMargins, Stated},
    statistics::{
        Average, Cell, Effort, Family, Margins, Measure, bca_intervals, cells_of_matrices,
        cells_of_pairs, newcombe_interval, normal_quantile, permutation_tests, welch,
    },
};
use crate::model::{
    Direction, Evidence, Judged, PairedCounts, Report, RightCounts, Runs, Selection, Verdict,
};

/// Where the random numbers start: the same for everybody.
const SEED: u64 = 0x0063_6172_656f;
/// More cells than these are not resampled: it would take minutes.
const MAX_CELLS: usize = 50_000;
/// Samples that an interval by resampling takes at least: below, it covers the truth far too seldom
/// (`docs/verdict.md` has the table).
const MIN_RESAMPLED: u64 = 50;
/// Samples that Newcombe's interval takes at least.
const MIN_COUNTED: u64 = 10;
/// Runs that Welch's test takes on each side.
const MIN_RUNS: u64 = 3;

/// More experiments than these are counted, not tested by permutations: each takes a tenth of a
/// second.
const MAX_TESTED: usize = 50;

/// What is compared, and how carefully.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The report.
    pub report: &'a Report,
    /// Index of the baseline.
    pub baseline: usize,
    /// Index of the revision that is judged.
    pub current: usize,
    /// Whether and by what they can be compared.
    pub comparison: &'a Comparison,
    /// Of intervals; tests decide at 1 less this.
    pub confidence: f64,
    /// How much is resampled.
    pub effort: Effort,
}

/// What was found for one metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// What tells its change from chance.
    pub evidence: Evidence,
    /// Whether it is the best of several.
    pub selection: Option<Selection>,
    /// Its value as counted, on the baseline and now, where it could be.
    pub counted: Option<(f64, f64)>,
    /// What the metric states against what was counted.
    pub belied: Option<(f64, f64)>,
}

/// Samples, as they can be resampled.
struct Samples {
    /// One group of pairs, or one for each side.
    groups: Vec<Vec<Cell>>,
    labels: Vec<String>,
    /// The number of samples (on each side).
    n: u64,
    pairs: Option<PairedCounts>,
}

/// Finds the evidence for each metric; `None` is the accuracy that is counted.
pub fn evidence(asked: Asked<'_>, metrics: &[Option<usize>]) -> Vec<Found> {
    let mut found = vec![Found::default(); metrics.len()];
    if !asked.comparison.differences.is_empty() {
        return found;
    }
    let samples = samples(asked);
    let mut measures: Vec<Option<Measure>> = vec![None; metrics.len()];
    if let Some(samples) = &samples {
        let counted = samples.margins();
        let mut scales = vec![1.0; metrics.len()];
        let of_metrics = metrics.iter().zip(&mut measures).zip(&mut scales);
        for (((metric, measure), scale), found) in of_metrics.zip(&mut found) {
            *measure = match *metric {
                None => Some(Measure::of(Family::Accuracy)),
                Some(column) => {
                    let value = |it| primary::value_of(asked.report, column, it);
                    let values = (value(asked.baseline), value(asked.current));
                    *scale = stated::scale(values);
                    match stated::stated(asked.report, column, values, &counted) {
                        Stated::Measure(measure) => Some(measure),
                        Stated::Belied(stated, counted) => {
                            found.belied = Some((stated, counted));
                            None
                        }
                        Stated::Unknown => None,
                    }
                }
            };
            let value = |it: &Measure| {
                let (before, now) = (it.value(&counted.before), it.value(&counted.now));
                (*scale * before, *scale * now)
            };
            found.counted = measure.as_ref().map(value);
        }
        let resampled = resampled(asked, samples, &measures);
        for (idx, found) in found.iter_mut().enumerate() {
            let Some(measure) = measures.get(idx).copied().flatten() else {
                continue;
            };
            found.evidence = match measure.family {
                Family::Accuracy => of_accuracy(asked, samples),
                _ => resampled.evidence(measure, &counted, samples),
            };
            let scale = scales.get(idx).copied().unwrap_or(1.0);
            if let Some((low, high)) = found.evidence.interval_mut() {
                (*low, *high) = (scale * *low, scale * *high);
            }
        }
    }
    for (metric, found) in metrics.iter().zip(&mut found) {
        if found.evidence == Evidence::None
            && let Some(column) = *metric
        {
            found.evidence = of_seeds(asked, column);
        }
    }
    select(asked, metrics, &measures, &mut found);
    found
}

/// Whether the report's own verdict needs resampling: tenths of a second in a page.
pub fn takes_long(report: &Report) -> bool {
    let (Some(baseline), Some(current)) = (report.baseline, report.current) else {
        return false;
    };
    let has_samples = |revision: usize| {
        let matrices = records::of_revision(&report.matrices, revision).is_some();
        matrices || records::of_revision(&report.predictions, revision).is_some()
    };
    let mut metrics = primary::ranked_metrics(report).into_iter();
    has_samples(baseline)
        && has_samples(current)
        && metrics.any(|column| stated::may_need_resampling(report, column))
}

/// How many samples (or runs) the evidence has, where these are too few to tell anything, and how
/// many it takes.
pub fn too_few(evidence: &Evidence, confidence: f64) -> Option<(u64, u64)> {
    let (n, needed) = match evidence {
        Evidence::None => return None,
        // Not even a split of all answers to one side would be rare enough.
        Evidence::McNemar { pairs, .. } => {
            let level = 1.0 - confidence;
            let needed = libm::floor(1.0 - libm::log2(level)) + 1.0;
            (pairs.total(), needed as u64)
        }
        Evidence::Permutation { support, .. } | Evidence::Bootstrap { support, .. } => {
            (*support, MIN_RESAMPLED)
        }
        Evidence::Counts { counts, .. } => (counts.total, MIN_COUNTED),
        Evidence::Welch {
            baseline, current, ..
        } => (u64::from(baseline.n.min(current.n)), MIN_RUNS),
    };
    (n < needed).then_some((n, needed))
}

/// Whether the interval covers the truth less often than it says, by its method and size.
pub fn is_short(evidence: &Evidence) -> bool {
    /// From here on a BCa interval at 95 % covers 94 % and more.
    const ENOUGH: u64 = 200;
    match evidence {
        Evidence::Permutation { support, .. } | Evidence::Bootstrap { support, .. } => {
            *support < ENOUGH
        }
        _ => false,
    }
}

/// The difference that the evidence is about, where it knows it itself.
pub fn difference(evidence: &Evidence) -> Option<f64> {
    match evidence {
        Evidence::McNemar { pairs, .. } => Some(pairs.won as f64 - pairs.lost as f64),
        Evidence::Counts { counts, .. } => Some(counts.now as f64 - counts.before as f64),
        Evidence::Welch {
            baseline, current, ..
        } => Some(current.mean - baseline.mean),
        Evidence::None | Evidence::Permutation { .. } | Evidence::Bootstrap { .. } => None,
    }
}

/// Whether the evidence tells the change from chance; `None` without any. The test decides, the
/// interval where there is no test.
pub fn is_clear(
    evidence: &Evidence,
    selection: Option<&Selection>,
    confidence: f64,
) -> Option<bool> {
    if too_few(evidence, confidence).is_some() {
        return None;
    }
    let corrected = selection.and_then(|it| it.p);
    match corrected.or_else(|| evidence.p()) {
        Some(p) => Some(p < level(confidence)),
        None => evidence.interval().map(|it| !holds_zero(it)),
    }
}

/// The same of what was found; samples that are too few tell nothing from chance.
pub fn is_told(found: &Found, confidence: f64) -> Option<bool> {
    match too_few(&found.evidence, confidence) {
        Some(_) => Some(false),
        None => is_clear(&found.evidence, found.selection.as_ref(), confidence),
    }
}

/// Whether the test says one thing and the interval the other.
pub fn disagrees(evidence: &Evidence, confidence: f64) -> bool {
    match (evidence.p(), evidence.interval()) {
        (Some(p), Some(interval)) => (p < level(confidence)) == holds_zero(interval),
        _ => false,
    }
}

/// What a test decides at, without the last bits of a decimal fraction.
pub fn level(confidence: f64) -> f64 {
    libm::round((1.0 - confidence) * 1e9) / 1e9
}

fn holds_zero((low, high): (f64, f64)) -> bool {
    low <= 0.0 && 0.0 <= high
}

/// The normal quantile of a two-sided confidence.
pub fn reach(confidence: f64) -> f64 {
    normal_quantile(1.0 - (1.0 - confidence) / 2.0)
}

impl Samples {
    fn margins(&self) -> CountedMargins<'_> {
        let n_classes = self.labels.len();
        let (mut before, mut now) = (Margins::new(n_classes), Margins::new(n_classes));
        for cell in self.groups.iter().flatten() {
            let sides = [(&mut before, cell.before), (&mut now, cell.now)];
            for (margins, said) in sides {
                if let Some((actual, said)) = said {
                    margins.add(actual as usize, said as usize, cell.count);
                }
            }
        }
        CountedMargins {
            labels: &self.labels,
            before,
            now,
        }
    }
}

fn samples(asked: Asked<'_>) -> Option<Samples> {
    let (report, before, now) = (asked.report, asked.baseline, asked.current);
    if let (Some(pairs), Basis::Predictions(before, now)) =
        (asked.comparison.pairs, records::basis(report, before, now))
    {
        let (cells, labels) = cells_of_pairs(&before.predictions, &now.predictions);
        return (pairs.total() > 0).then(|| Samples {
            groups: vec![cells],
            labels,
            n: pairs.total(),
            pairs: Some(pairs),
        });
    }
    let counts = asked.comparison.counts.filter(|it| it.total > 0)?;
    let [Some(before), Some(now)] = records::matrices_of(report, (Some(before), now)) else {
        return None;
    };
    let (groups, labels) = cells_of_matrices(&before, &now);
    Some(Samples {
        groups: groups.into(),
        labels,
        n: counts.total,
        pairs: None,
    })
}

fn of_accuracy(asked: Asked<'_>, samples: &Samples) -> Evidence {
    let z = reach(asked.confidence);
    if let Some(pairs) = samples.pairs {
        return Evidence::McNemar {
            pairs,
            p: mcnemar::exact_p(pairs.lost, pairs.won),
            interval: mcnemar::tango_interval(pairs, z),
        };
    }
    let Some(counts) = asked.comparison.counts else {
        return Evidence::None;
    };
    let RightCounts { before, now, total } = counts;
    let share = |part: u64| (part as f64, total as f64);
    Evidence::Counts {
        counts,
        interval: newcombe_interval(share(now), share(before), z),
    }
}

/// What resampling gave for several measures at once.
#[derive(Default)]
struct Resampled {
    /// Those that were asked for, without accuracy, each once.
    measures: Vec<Measure>,
    p: Vec<f64>,
    intervals: Vec<Option<(f64, f64)>>,
    n_differing: u64,
    draws: Option<u32>,
}

fn resampled(asked: Asked<'_>, samples: &Samples, wanted: &[Option<Measure>]) -> Resampled {
    let measures = distinct(wanted);
    let n_cells: usize = samples.groups.iter().map(Vec::len).sum();
    if measures.is_empty() || n_cells > MAX_CELLS {
        return Resampled::default();
    }
    let (n_classes, effort) = (samples.labels.len(), asked.effort);
    let mut resampled = Resampled {
        intervals: bca_intervals(
            &samples.groups,
            n_classes,
            &measures,
            effort.resamples,
            asked.confidence,
            SEED,
        ),
        ..Resampled::default()
    };
    if let ([cells], Some(_)) = (samples.groups.as_slice(), samples.pairs) {
        let tested = permutation_tests(cells, n_classes, &measures, effort.draws, SEED);
        resampled.p = tested.p;
        resampled.n_differing = tested.n_differing;
        resampled.draws = tested.draws;
    }
    resampled.measures = measures;
    resampled
}

impl Resampled {
    fn evidence(
        &self,
        measure: Measure,
        counted: &CountedMargins<'_>,
        samples: &Samples,
    ) -> Evidence {
        let Some(at) = self.measures.iter().position(|it| *it == measure) else {
            return Evidence::None;
        };
        let n = samples.n;
        let support = support(measure, [&counted.before, &counted.now], n);
        let interval = self.intervals.get(at).copied().flatten();
        match self.p.get(at) {
            Some(&p) => Evidence::Permutation {
                n,
                support,
                n_differing: self.n_differing,
                draws: self.draws,
                p,
                interval,
            },
            None => Evidence::Bootstrap {
                n,
                support,
                interval,
            },
        }
    }
}

/// How many samples a measure rests on, on the side that has fewer: all; those of its class, which
/// for precision are those that were called so; where each class counts the same, as many as if all
/// were as rare as the rarest.
fn support(measure: Measure, sides: [&Margins; 2], n: u64) -> u64 {
    let [_, now] = sides;
    let occurring = now.actual.iter().copied().filter(|it| *it > 0.0);
    let support = match (measure.average, measure.family) {
        (Average::Class(class), family) => {
            let of = |side: &Margins| {
                let [actual, predicted] =
                    [&side.actual, &side.predicted].map(|it| it.get(class).copied().unwrap_or(0.0));
                match family {
                    Family::Precision => predicted,
                    // Its denominator: right ones count on both margins.
                    Family::F1 => (actual + predicted) / 2.0,
                    _ => actual,
                }
            };
            sides.map(of).into_iter().fold(f64::INFINITY, f64::min)
        }
        (_, Family::Accuracy | Family::Kappa | Family::Mcc) | (Average::Weighted, _) => {
            return n;
        }
        (Average::Macro, _) => {
            let n_classes = occurring.clone().count() as f64;
            occurring.fold(f64::INFINITY, f64::min) * n_classes
        }
    };
    n.min(support as u64)
}

/// The measures that are resampled, each once.
fn distinct(wanted: &[Option<Measure>]) -> Vec<Measure> {
    let mut measures: Vec<Measure> = Vec::new();
    for measure in wanted.iter().flatten() {
        if measure.family != Family::Accuracy && !measures.contains(measure) {
            measures.push(*measure);
        }
    }
    measures
}

fn of_seeds(asked: Asked<'_>, column: usize) -> Evidence {
    let pair = (asked.baseline, asked.current);
    let Some(repeated) = seeds::repeated(asked.report, pair, column) else {
        return Evidence::None;
    };
    let runs = |values: &[f64]| Runs {
        n: values.len() as u32,
        mean: values.iter().sum::<f64>() / values.len() as f64,
    };
    match welch(&repeated.current, &repeated.baseline, asked.confidence) {
        Some(tested) => Evidence::Welch {
            baseline: runs(&repeated.baseline),
            current: runs(&repeated.current),
            p: tested.p,
            interval: Some(tested.interval),
        },
        None => Evidence::None,
    }
}

/// Flags metrics by which the current revision is the best of several experiments, and corrects
/// their probabilities for those that can be tested in the same way.
fn select(
    asked: Asked<'_>,
    metrics: &[Option<usize>],
    measures: &[Option<Measure>],
    found: &mut [Found],
) {
    let report = asked.report;
    let pair = (asked.baseline, asked.current);
    let beaten: Vec<Vec<usize>> = metrics
        .iter()
        .zip(measures)
        .zip(&*found)
        .map(|((metric, measure), found)| {
            let is_share = measure.is_some_and(|it| it.family == Family::Accuracy);
            let direction = match *metric {
                Some(column) => direction::direction_of(report, column),
                // The accuracy that is counted.
                None => Direction::HigherIsBetter,
            };
            let mut others = selection::others(report, pair);
            // The means have all runs of either side in them: none of these was chosen.
            if found.evidence.means().is_some() {
                let is_in_mean = |run: usize, side| seeds::is_repetition(report, side, run);
                others.retain(|it| !is_in_mean(*it, pair.0) && !is_in_mean(*it, pair.1));
            }
            selection::beaten(report, asked.current, others, *metric, is_share, direction)
        })
        .collect();
    let measures_tested = distinct(measures);
    // Of each experiment, once: its pairs, and the probability of each measure.
    let mut tested: Vec<(usize, PairedCounts, Vec<f64>)> = Vec::new();
    let mut others: Vec<usize> = beaten.iter().flatten().copied().collect();
    others.sort_unstable();
    others.dedup();
    let is_tested = others.len() <= MAX_TESTED;
    for other in others {
        let Both::Pair(before, now) = records::of_both(&report.predictions, asked.baseline, other)
        else {
            continue;
        };
        let Ok(pairs) = mcnemar::pair(&before.predictions, &now.predictions) else {
            continue;
        };
        let (cells, labels) = cells_of_pairs(&before.predictions, &now.predictions);
        let p = match measures_tested.is_empty() || cells.len() > MAX_CELLS {
            true => Vec::new(),
            // Holm's correction with all others at 1 is Bonferroni's, which is right whatever they
            // are, and never smaller than Holm's.
            false if !is_tested => vec![1.0; measures_tested.len()],
            false => {
                let draws = asked.effort.draws;
                permutation_tests(&cells, labels.len(), &measures_tested, draws, SEED).p
            }
        };
        tested.push((other, pairs, p));
    }
    for (((beaten, measure), found), _) in beaten.iter().zip(measures).zip(found).zip(metrics) {
        if beaten.is_empty() {
            continue;
        }
        let p_of = |(other, pairs, p): &(usize, PairedCounts, Vec<f64>)| {
            let measure = measure.filter(|_| beaten.contains(other))?;
            match measure.family {
                Family::Accuracy => Some(mcnemar::exact_p(pairs.lost, pairs.won)),
                _ => {
                    let at = measures_tested.iter().position(|it| *it == measure)?;
                    p.get(at).copied()
                }
            }
        };
        let is_paired = matches!(
            found.evidence,
            Evidence::McNemar { .. } | Evidence::Permutation { .. }
        );
        let p_others: Vec<f64> = match is_paired {
            true => tested.iter().filter_map(p_of).collect(),
            false => Vec::new(),
        };
        let own = found.evidence.p().filter(|_| !p_others.is_empty());
        found.selection = Some(Selection {
            n_tried: beaten.len() as u32 + 1,
            n_judged: p_others.len() as u32 + 1,
            p: own.map(|it| selection::holm(it, &p_others)),
        });
    }
}

/// The stored evidence of a metric, where a verdict has it.
pub fn stored(verdict: &Verdict, metric: Option<usize>) -> Found {
    if verdict.metric == metric {
        return Found {
            evidence: verdict.evidence.clone(),
            selection: verdict.selection.clone(),
            ..Found::default()
        };
    }
    let found = verdict.others.iter().find(|it| Some(it.column) == metric);
    found.map_or_else(
        Found::default,
        |Judged {
             evidence,
             selection,
             ..
         }| Found {
            evidence: evidence.clone(),
            selection: selection.clone(),
            ..Found::default()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_rests_on_how_often_a_class_was_called() {
        let side = |predicted: f64| Margins {
            actual: vec![1000.0, 500.0],
            predicted: vec![predicted, 1500.0 - predicted],
            hits: vec![5.0, 400.0],
        };
        let (before, now) = (side(400.0), side(5.0));
        let of = |family| {
            let measure = Measure {
                family,
                average: Average::Class(0),
                leaves_out: false,
            };
            support(measure, [&before, &now], 1500)
        };
        assert_eq!(of(Family::Recall), 1000);
        assert_eq!(of(Family::Precision), 5);
        assert_eq!(of(Family::F1), 502);
    }
}
