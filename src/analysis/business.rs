//! What the answers are worth to the team: the mean of what each answer is worth, on both sides.
//!
//! One worth may be unknown. Every sum is linear in it (and every variance quadratic), so that a
//! reader who moves it waits for nothing.

use super::{
    records::{self, Basis},
    statistics::normal_quantile,
};
use crate::model::{ConfusionMatrix, MatrixKind, Predictions, Report, Verdict, Worth};

/// The value of so many samples.
pub const PER: f64 = 1000.0;

/// Fewer samples don't make a mean normal.
const LEAST: f64 = 30.0;

/// The mean worth of an answer on both sides, as a function of the worth that is unknown.
#[derive(Clone, Debug, PartialEq)]
pub struct Business {
    /// Now.
    pub current: Linear,
    /// On the baseline; `None` where it has no counts.
    pub baseline: Option<Linear>,
    /// The variance of the difference of the means; `None` where there are too few samples.
    variance: Option<Quadratic>,
    /// The cell whose worth is unknown: actual and predicted label, an empty one being any other.
    pub unknown: Option<(String, String)>,
    /// Its worth as the team set it; 0 where it didn't.
    pub set: f64,
}

/// `fixed + slope · x`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Linear {
    /// Worth of all other answers.
    pub fixed: f64,
    /// Share of the answers whose worth is unknown.
    pub slope: f64,
}

/// `fixed + 2 · mixed · x + slope · x²`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Quadratic {
    fixed: f64,
    mixed: f64,
    slope: f64,
}

/// The values at one worth, for [`PER`] samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Values {
    /// Now.
    pub current: f64,
    /// On the baseline.
    pub baseline: Option<f64>,
    /// Of the difference, at the settings' confidence.
    pub interval: Option<(f64, f64)>,
}

impl Values {
    /// Now less baseline.
    pub fn difference(&self) -> Option<f64> {
        Some(self.current - self.baseline?)
    }
}

impl Linear {
    /// The value for [`PER`] samples.
    fn at(self, x: f64) -> f64 {
        PER * (self.fixed + self.slope * x)
    }
}

impl Business {
    /// The values where the unknown worth is `x`; the interval by the normal distribution.
    pub fn at(&self, x: f64, confidence: f64) -> Values {
        let current = self.current.at(x);
        let baseline = self.baseline.map(|it| it.at(x));
        let variance = self.variance.map(|it| {
            // Rounding may leave a little less than nothing.
            (it.fixed + 2.0 * it.mixed * x + it.slope * x * x).max(0.0)
        });
        let interval = variance.zip(baseline).map(|(variance, baseline)| {
            let half = PER * normal_quantile((1.0 + confidence) / 2.0) * libm::sqrt(variance);
            (current - baseline - half, current - baseline + half)
        });
        Values {
            current,
            baseline,
            interval,
        }
    }

    /// The unknown worth at which both sides have one value; `None` where it makes no difference.
    pub fn break_even(&self) -> Option<f64> {
        let baseline = self.baseline?;
        let slope = self.current.slope - baseline.slope;
        let x = (baseline.fixed - self.current.fixed) / slope;
        (slope != 0.0 && x.is_finite()).then_some(x)
    }
}

impl Business {
    /// Whether the unknown worth can make the other side the better one without turning from a cost
    /// into a gain, or from a gain into a cost.
    pub fn can_turn(&self) -> bool {
        self.break_even().is_none_or(|at| at * self.set >= 0.0)
    }
}

/// The worth of a verdict's two sides; `None` where the team set none, or nothing counts answers.
pub fn business(report: &Report, judged: &Verdict) -> Option<Business> {
    let worth = &report.settings.worth;
    let is_ranked = |revision: &usize| {
        let revision = report.revisions.get(*revision);
        revision.is_some_and(|it| it.is_ranked())
    };
    if worth.is_empty() || !is_ranked(&judged.current) {
        return None;
    }
    let rates = Rates::new(worth, report.settings.positive_class.as_deref());
    let can_compare = judged.not_comparable.is_empty();
    let baseline = judged.baseline.filter(is_ranked).filter(|_| can_compare);
    let sides = records::matrices_of(report, (baseline, judged.current));
    let [before, now] = sides.map(|it| {
        let counts = it.filter(|it| it.kind() == MatrixKind::Counts && it.total() > 0.0)?;
        Some(Side::new(&counts, &rates))
    });
    let now = now?;
    let basis = baseline.map(|it| records::basis(report, it, judged.current));
    let variance = match (&before, basis) {
        (Some(before), Some(Basis::Predictions(a, b))) => {
            paired(&a.predictions, &b.predictions, &rates)
                .or_else(|| Some(now.variance_of_mean().plus(before.variance_of_mean())))
        }
        (Some(before), _) => Some(now.variance_of_mean().plus(before.variance_of_mean())),
        (None, _) => None,
    };
    let has_enough = now.n >= LEAST && before.as_ref().is_some_and(|it| it.n >= LEAST);
    let (actual, predicted) = worth.unknown.clone().unwrap_or_default();
    let set = worth
        .cells
        .iter()
        .find(|it| it.0 == actual && it.1 == predicted);
    // Else what any answer of its kind is worth.
    let general = match (
        actual.is_empty() && predicted.is_empty(),
        actual == predicted,
    ) {
        (true, _) => None,
        (false, true) => worth.right,
        (false, false) => worth.wrong,
    };
    Some(Business {
        current: now.mean,
        baseline: before.map(|it| it.mean),
        variance: variance.filter(|_| has_enough),
        unknown: worth.unknown.clone(),
        set: set.map(|it| it.2).or(general).unwrap_or(0.0),
    })
}

/// What an answer is worth: fixed, and how often the unknown worth.
struct Rates<'a> {
    without: Worth,
    with: Worth,
    positive: Option<&'a str>,
}

impl<'a> Rates<'a> {
    fn new(worth: &Worth, positive: Option<&'a str>) -> Self {
        let at = |value: f64| {
            let mut worth = worth.clone();
            if let Some((actual, predicted)) = &worth.unknown {
                worth
                    .cells
                    .retain(|it| (&it.0, &it.1) != (actual, predicted));
                worth.cells.push((actual.clone(), predicted.clone(), value));
            }
            worth
        };
        Self {
            without: at(0.0),
            with: at(1.0),
            positive,
        }
    }

    fn of(&self, actual: &str, predicted: &str) -> Linear {
        let fixed = self.without.of(actual, predicted, self.positive);
        Linear {
            fixed,
            slope: self.with.of(actual, predicted, self.positive) - fixed,
        }
    }
}

/// One side's answers.
struct Side {
    n: f64,
    mean: Linear,
    /// Of single answers.
    variance: Quadratic,
}

impl Side {
    fn new(matrix: &ConfusionMatrix, rates: &Rates<'_>) -> Self {
        let label = |class: usize| matrix.labels().get(class).map_or("", String::as_str);
        let mut sums = Sums::default();
        for (actual, predicted, count) in matrix.filled() {
            sums.add(rates.of(label(actual), label(predicted)), count);
        }
        let (mean, variance) = sums.moments();
        Self {
            n: sums.n,
            mean,
            variance,
        }
    }

    fn variance_of_mean(&self) -> Quadratic {
        self.variance.over(self.n)
    }
}

impl Quadratic {
    fn plus(self, other: Self) -> Self {
        Self {
            fixed: self.fixed + other.fixed,
            mixed: self.mixed + other.mixed,
            slope: self.slope + other.slope,
        }
    }

    fn over(self, n: f64) -> Self {
        Self {
            fixed: self.fixed / n,
            mixed: self.mixed / n,
            slope: self.slope / n,
        }
    }
}

#[derive(Default)]
struct Sums {
    n: f64,
    first: Linear,
    second: Quadratic,
}

impl Sums {
    fn add(&mut self, it: Linear, count: f64) {
        self.n += count;
        self.first.fixed += count * it.fixed;
        self.first.slope += count * it.slope;
        self.second.fixed += count * it.fixed * it.fixed;
        self.second.mixed += count * it.fixed * it.slope;
        self.second.slope += count * it.slope * it.slope;
    }

    /// Mean, and the sample's variance.
    fn moments(&self) -> (Linear, Quadratic) {
        let n = self.n;
        let mean = Linear {
            fixed: self.first.fixed / n,
            slope: self.first.slope / n,
        };
        let of_sample = |square: f64, a: f64, b: f64| (square - n * a * b) / (n - 1.0);
        let variance = Quadratic {
            fixed: of_sample(self.second.fixed, mean.fixed, mean.fixed),
            mixed: of_sample(self.second.mixed, mean.fixed, mean.slope),
            slope: of_sample(self.second.slope, mean.slope, mean.slope),
        };
        (mean, variance)
    }
}

/// The variance of the mean difference of paired answers; `None` where they are not of one set.
fn paired(before: &Predictions, now: &Predictions, rates: &Rates<'_>) -> Option<Quadratic> {
    if before.len() != now.len() {
        return None;
    }
    let label = |of: &Predictions, code: u32| of.labels.get(code as usize).cloned();
    // Few combinations occur: each is looked up once.
    let mut counted: Vec<((u32, u32, u32, u32), f64)> = Vec::new();
    let mut all: Vec<(u32, u32, u32, u32)> = (0..before.len())
        .map(|sample| {
            let code = |codes: &[u32]| codes.get(sample).copied().unwrap_or_default();
            let (was, now_is) = (code(&before.actual), code(&now.actual));
            (was, now_is, code(&before.predicted), code(&now.predicted))
        })
        .collect();
    all.sort_unstable();
    for it in all {
        match counted.last_mut() {
            Some((known, n)) if *known == it => *n += 1.0,
            _ => counted.push((it, 1.0)),
        }
    }
    let mut sums = Sums::default();
    for ((was, now_is, said_before, said_now), n) in counted {
        let (actual, again) = (label(before, was)?, label(now, now_is)?);
        if actual != again {
            return None;
        }
        let then = rates.of(&actual, &label(before, said_before)?);
        let today = rates.of(&actual, &label(now, said_now)?);
        let change = Linear {
            fixed: today.fixed - then.fixed,
            slope: today.slope - then.slope,
        };
        sums.add(change, n);
    }
    let (_, variance) = sums.moments();
    Some(variance.over(sums.n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{
        nba_report::{self, BASELINE, CURRENT},
        verdict::verdict,
    };

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    /// 1 for a right answer, 0 for a wrong one: the value is the accuracy.
    #[test]
    fn the_value_of_right_answers_is_the_accuracy() {
        let mut report = nba_report::report();
        report.settings.worth.right = Some(1.0);
        let judged = verdict(&report, CURRENT, Some(BASELINE), None);
        let business = business(&report, &judged).unwrap();
        let values = business.at(0.0, 0.95);
        assert!(close(values.current, 1000.0 * 87.0 / 176.0));
        assert!(close(values.baseline.unwrap(), 1000.0 * 93.0 / 176.0));
        // 2 won, 8 lost: the sample's variance of ten answers of ±1 among 176.
        let mean: f64 = -6.0 / 176.0;
        let variance = (10.0 - 176.0 * mean * mean) / 175.0 / 176.0;
        let half = 1000.0 * 1.959_963_984_540_054 * variance.sqrt();
        let (low, high) = values.interval.unwrap();
        assert!(close(high - low, 2.0 * half), "{low} {high} {half}");
        assert!(close(low + half, 1000.0 * mean));
        assert_eq!(business.break_even(), None, "nothing is unknown");
    }

    #[test]
    fn a_cost_turns_nothing_around_where_only_a_gain_would() {
        let of = |fixed: f64, set: f64| Business {
            current: Linear { fixed, slope: 0.1 },
            baseline: Some(Linear {
                fixed: 1.0,
                slope: 0.2,
            }),
            variance: None,
            unknown: Some(("a".to_owned(), String::new())),
            set,
        };
        // Both are worth the same at 10 × (fixed − 1).
        for (fixed, set, expected) in [
            (1.5, -4.0, false),
            (0.5, -4.0, true),
            (1.5, 4.0, true),
            (0.5, 4.0, false),
            (1.5, 0.0, true),
        ] {
            assert_eq!(of(fixed, set).can_turn(), expected, "{fixed} {set}");
        }
    }

    #[test]
    fn both_sides_are_worth_the_same_at_the_break_even_point() {
        let mut report = nba_report::report();
        let worth = &mut report.settings.worth;
        worth.wrong = Some(-1.0);
        worth.cells = vec![("SF".to_owned(), "PF".to_owned(), -5.0)];
        worth.unknown = Some(("SF".to_owned(), "PF".to_owned()));
        let judged = verdict(&report, CURRENT, Some(BASELINE), None);
        let business = business(&report, &judged).unwrap();
        assert_eq!(business.set, -5.0);
        let x = business.break_even().unwrap();
        let values = business.at(x, 0.95);
        assert!(close(values.difference().unwrap(), 0.0));
        let (low, high) = values.interval.unwrap();
        assert!(close(low, -high) && high > 0.0);
        // What the slider says is what the settings would say.
        report.settings.worth.cells[0].2 = x;
        report.settings.worth.unknown = None;
        let again = super::business(&report, &judged).unwrap().at(0.0, 0.95);
        assert!(close(again.current, values.current));
        assert!(close(again.interval.unwrap().1, high));
    }

    #[test]
    fn outcomes_are_of_the_positive_class() {
        let mut report = nba_report::report();
        report.settings.positive_class = Some("SF".to_owned());
        let worth = &mut report.settings.worth;
        (worth.right, worth.wrong) = (Some(1.0), Some(-2.0));
        let judged = verdict(&report, CURRENT, Some(BASELINE), None);
        let value = |report: &Report| {
            let business = business(report, &judged).unwrap();
            business.at(business.set, 0.95).current
        };
        let plain = value(&report);
        // A true negative is right: no worth of its own changes nothing, another does for these only.
        let any = || String::new();
        let others = |worth: f64| (any(), any(), worth);
        report.settings.worth.cells = vec![others(0.0)];
        let matrix = records::matrix_of(&report, CURRENT).unwrap();
        let is_sf = |class: usize| matrix.labels()[class] == "SF";
        let of_others = matrix.filled().filter(|it| !is_sf(it.0) && !is_sf(it.1));
        let sum: f64 = of_others
            .map(|(actual, said, n)| if actual == said { n } else { -2.0 * n })
            .sum();
        assert!(sum != 0.0);
        assert!(close(value(&report), plain - 1000.0 * sum / 176.0));
        // An outcome that nobody knows starts at what it is worth by the general rule.
        report.settings.worth.cells.clear();
        report.settings.worth.unknown = Some((any(), "SF".to_owned()));
        assert!(close(value(&report), plain));
        report.settings.worth.unknown = Some(("SF".to_owned(), "SF".to_owned()));
        assert!(close(value(&report), plain));
    }

    #[test]
    fn without_worth_or_counts_there_is_no_value() {
        let mut report = nba_report::report();
        let judged = verdict(&report, CURRENT, Some(BASELINE), None);
        assert_eq!(business(&report, &judged), None);
        report.settings.worth.wrong = Some(-1.0);
        report.predictions.clear();
        report.matrices.clear();
        assert_eq!(business(&report, &judged), None);
    }
}
