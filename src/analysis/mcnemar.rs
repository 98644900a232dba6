//! Paired predictions: what was lost and won, the exact McNemar test, and Tango's interval.
//!
//! Sources: McNemar, Psychometrika 12 (1947); Tango, Statistics in Medicine 17 (1998), 891–908;
//! Loader, "Fast and accurate computation of binomial probabilities" (2000).

use core::f64::consts::PI;

use crate::model::{PairedCounts, Predictions};

/// Why two sets of predictions are not of the same samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpaired {
    /// Another number of samples.
    Size {
        /// On the baseline.
        baseline: u64,
        /// Now.
        current: u64,
    },
    /// As many samples, but of other rows or actual classes.
    Samples {
        /// How many differ.
        n_differing: u64,
    },
}

/// Pairs the predictions of the same samples: row by row, the actual class must be the same.
///
/// # Errors
/// Another number of samples, or other ones.
pub fn pair(baseline: &Predictions, current: &Predictions) -> Result<PairedCounts, Unpaired> {
    if baseline.len() != current.len() {
        return Err(Unpaired::Size {
            baseline: baseline.len() as u64,
            current: current.len() as u64,
        });
    }
    let mut pairs = PairedCounts::default();
    let mut n_differing = 0;
    let same_label = labels_in(&baseline.labels, &current.labels);
    for sample in 0..baseline.len() {
        let (Some(&before), Some(&said_before), Some(&now), Some(&said_now)) = (
            baseline.actual.get(sample),
            baseline.predicted.get(sample),
            current.actual.get(sample),
            current.predicted.get(sample),
        ) else {
            n_differing += 1;
            continue;
        };
        let is_same_class = same_label.get(before as usize) == Some(&Some(now));
        if !is_same_class || baseline.row(sample) != current.row(sample) {
            n_differing += 1;
            continue;
        }
        match (before == said_before, now == said_now) {
            (true, true) => pairs.both_right += 1,
            (true, false) => pairs.lost += 1,
            (false, true) => pairs.won += 1,
            (false, false) => pairs.both_wrong += 1,
        }
    }
    match n_differing {
        0 => Ok(pairs),
        _ => Err(Unpaired::Samples { n_differing }),
    }
}

/// For each label its index among the `known` ones.
pub(super) fn labels_in(labels: &[String], known: &[String]) -> Vec<Option<u32>> {
    let mut sorted: Vec<(&str, u32)> = known.iter().map(String::as_str).zip(0..).collect();
    sorted.sort_unstable();
    let find = |label: &String| {
        let at = sorted.binary_search_by_key(&label.as_str(), |(known, _)| known);
        at.ok().and_then(|at| sorted.get(at)).map(|(_, idx)| *idx)
    };
    labels.iter().map(find).collect()
}

/// The exact two-sided McNemar test: how likely a split of the changed answers at least this
/// uneven is, if each were lost or won by the toss of a coin.
pub fn exact_p(lost: u64, won: u64) -> f64 {
    let (n, fewer) = (lost + won, lost.min(won));
    if lost == won {
        return 1.0;
    }
    (2.0 * half_binomial_cdf(fewer, n)).min(1.0)
}

/// P(X ≤ k) of a fair coin thrown `n` times, for `k < n / 2`.
fn half_binomial_cdf(k: u64, n: u64) -> f64 {
    /// `2^62` is the largest sum of binomial coefficients that this keeps exact.
    const EXACT: u64 = 62;
    if n <= EXACT {
        let (mut coefficient, mut sum) = (1_u128, 1_u128);
        for i in 0..k {
            coefficient = coefficient * u128::from(n - i) / u128::from(i + 1);
            sum += coefficient;
        }
        return sum as f64 / libm::exp2(n as f64);
    }
    // From the largest term down; each next one is smaller by a known ratio.
    let mut term = half_binomial_pmf(k, n);
    let mut sum = 0.0;
    let mut i = k;
    while term > sum * 1e-18 {
        sum += term;
        if i == 0 {
            break;
        }
        term *= i as f64 / (n - i + 1) as f64;
        i -= 1;
    }
    sum
}

/// P(X = k) of a fair coin thrown `n` times, by Loader's saddle-point expansion: close to full
/// precision for any `n`, where differences of log-gammas lose digits.
pub(super) fn half_binomial_pmf(k: u64, n: u64) -> f64 {
    let (heads, tails, throws) = (k as f64, (n - k) as f64, n as f64);
    if k == 0 || k == n {
        return libm::exp2(-throws);
    }
    let expected = throws / 2.0;
    let log = stirling_error(throws)
        - stirling_error(heads)
        - stirling_error(tails)
        - deviance(heads, expected)
        - deviance(tails, expected);
    libm::exp(log) * libm::sqrt(throws / (2.0 * PI * heads * tails))
}

/// `ln(n!) - ln(sqrt(2πn) (n/e)^n)`.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        let stirling = (n + 0.5) * libm::log(n) - n + 0.5 * libm::log(2.0 * PI);
        return libm::lgamma(n + 1.0) - stirling;
    }
    let square = n * n;
    let series = 1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - series / square) / square) / n
}

/// `x ln(x / m) + m - x`, without cancellation where both are close.
fn deviance(x: f64, m: f64) -> f64 {
    let gap = x - m;
    if gap.abs() >= 0.1 * (x + m) {
        return x * libm::log(x / m) - gap;
    }
    let v = gap / (x + m);
    let mut sum = gap * v;
    let mut power = 2.0 * x * v;
    for j in 1..1000 {
        power *= v * v;
        let next = sum + power / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// Tango's score interval of the difference in accuracy, now less before; `None` without samples.
/// `z` is the normal quantile of the confidence.
pub fn tango_interval(pairs: PairedCounts, z: f64) -> Option<(f64, f64)> {
    let n = pairs.total() as f64;
    if n == 0.0 {
        return None;
    }
    let (lost, won) = (pairs.lost as f64, pairs.won as f64);
    let centre = (won - lost) / n;
    let score = |delta: f64| tango_score(lost, won, n, delta);
    let lower = boundary(-1.0, centre, |delta| score(delta) >= z);
    let upper = boundary(1.0, centre, |delta| score(delta) <= -z);
    Some((lower, upper))
}

/// The limit between `outside`, where `is_out` holds, and `inside`, where it doesn't, by halving;
/// `outside` itself where it doesn't hold even there.
fn boundary(outside: f64, inside: f64, is_out: impl Fn(f64) -> bool) -> f64 {
    let (mut outside, mut inside) = (outside, inside);
    if !is_out(outside) {
        return outside;
    }
    for _ in 0..200 {
        let middle = f64::midpoint(outside, inside);
        if middle == outside || middle == inside {
            break;
        }
        if is_out(middle) {
            outside = middle;
        } else {
            inside = middle;
        }
    }
    inside
}

/// The score statistic of Tango 1998, equation 3.4: falls as `delta` grows.
fn tango_score(lost: f64, won: f64, n: f64, delta: f64) -> f64 {
    let difference = won - lost - n * delta;
    let b = -lost - won + (2.0 * n - won + lost) * delta;
    let c = -lost * delta * (1.0 - delta);
    let root = libm::sqrt((b * b - 8.0 * n * c).max(0.0));
    // The larger root of `2n q² + b q + c`, without cancellation.
    let q = match b > 0.0 {
        true => -2.0 * c / (b + root),
        false => (root - b) / (4.0 * n),
    };
    let variance = n * (2.0 * q + delta * (1.0 - delta));
    if variance > 0.0 {
        difference / libm::sqrt(variance)
    } else if difference == 0.0 {
        0.0
    } else {
        f64::INFINITY.copysign(difference)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn predictions(labels: &[&str], actual: &[u32], predicted: &[u32]) -> Predictions {
        Predictions {
            labels: labels.iter().map(|&label| label.to_owned()).collect(),
            actual: actual.to_vec(),
            predicted: predicted.to_vec(),
            rows: Vec::new(),
        }
    }

    #[test]
    fn samples_are_paired_by_label_not_by_code() {
        let before = predictions(&["a", "b"], &[0, 0, 1, 1], &[0, 1, 1, 0]);
        let now = predictions(&["b", "c", "a"], &[2, 2, 0, 0], &[1, 2, 0, 2]);
        let pairs = pair(&before, &now).unwrap();
        let expected = PairedCounts {
            both_right: 1,
            lost: 1,
            won: 1,
            both_wrong: 1,
        };
        assert_eq!(pairs, expected);
    }

    #[test]
    fn other_samples_are_not_paired() {
        let before = predictions(&["a", "b"], &[0, 1], &[0, 0]);
        let shorter = predictions(&["a", "b"], &[0], &[0]);
        let size = Unpaired::Size {
            baseline: 2,
            current: 1,
        };
        assert_eq!(pair(&before, &shorter), Err(size));
        let swapped = predictions(&["a", "b"], &[1, 0], &[0, 0]);
        let samples = Unpaired::Samples { n_differing: 2 };
        assert_eq!(pair(&before, &swapped), Err(samples));
        let mut other_rows = before.clone();
        other_rows.rows = vec![1, 3];
        let samples = Unpaired::Samples { n_differing: 1 };
        assert_eq!(pair(&before, &other_rows), Err(samples));
    }

    #[test]
    fn the_flagship_is_exact() {
        assert_eq!(exact_p(8, 2), 0.109375);
        assert_eq!(exact_p(2, 8), 0.109375);
        assert_eq!(exact_p(0, 0), 1.0);
        assert_eq!(exact_p(7, 7), 1.0);
        assert_eq!(tango_interval(PairedCounts::default(), 1.96), None);
    }

    #[test]
    fn exact_and_expanded_agree_where_they_meet() {
        for n in [20_u64, 41, 62] {
            for k in 0..n / 2 {
                let mut exact = 1.0;
                for i in 0..k {
                    exact *= (n - i) as f64 / (i + 1) as f64;
                }
                exact /= libm::exp2(n as f64);
                let relative = half_binomial_pmf(k, n) / exact - 1.0;
                assert!(relative.abs() < 1e-13, "{k} of {n}: {relative}");
            }
        }
    }

    #[test]
    fn huge_counts_are_answered() {
        let p = exact_p(1_000_000_000_000, 1_000_003_000_000);
        assert!((0.0..0.1).contains(&p), "{p}");
        let pairs = PairedCounts {
            both_right: u64::from(u32::MAX),
            lost: 10,
            won: 20,
            both_wrong: 5,
        };
        let (low, high) = tango_interval(pairs, 1.96).unwrap();
        assert!(low < high && low > -1e-8 && high < 1e-7, "{low} {high}");
    }
}
