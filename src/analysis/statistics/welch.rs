//! Two means from repeated runs.

use super::special::{student_quantile, student_two_sided};

/// What repeated runs say about the difference of two means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Welch {
    /// The mean of the first less that of the second.
    pub difference: f64,
    /// Two-sided.
    pub p: f64,
    /// Of the difference.
    pub interval: (f64, f64),
}

/// Welch's t-test of two means without equal variances, and its interval at `confidence` (Welch,
/// Biometrika 34 (1947), 28–35); `None` with fewer than two values on a side, or where no value
/// varies.
pub fn welch(now: &[f64], before: &[f64], confidence: f64) -> Option<Welch> {
    if !varies(now) && !varies(before) {
        return None;
    }
    let ((mean_now, spread_now), (mean_before, spread_before)) = (moments(now)?, moments(before)?);
    let spread = spread_now + spread_before;
    if spread <= 0.0 || !spread.is_finite() {
        return None;
    }
    let share = |part: f64, values: &[f64]| part * part / (values.len() as f64 - 1.0);
    let freedom = spread * spread / (share(spread_now, now) + share(spread_before, before));
    let (difference, error) = (mean_now - mean_before, libm::sqrt(spread));
    let reach = student_quantile(1.0 - confidence, freedom) * error;
    Some(Welch {
        difference,
        p: student_two_sided(difference / error, freedom),
        interval: (difference - reach, difference + reach),
    })
}

/// Whether values differ by more than rounding.
fn varies(values: &[f64]) -> bool {
    let Some((first, others)) = values.split_first() else {
        return false;
    };
    let rounding = 4.0 * f64::EPSILON * first.abs();
    others.iter().any(|it| (it - first).abs() > rounding)
}

/// The mean, and the variance of the mean.
fn moments(values: &[f64]) -> Option<(f64, f64)> {
    let n = values.len() as f64;
    if n < 2.0 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|it| (it - mean) * (it - mean)).sum();
    Some((mean, squares / (n - 1.0) / n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_no_variance() {
        for (now, before) in [(0.8, 0.7), (0.75, 0.5), (0.1 + 0.2, 0.3)] {
            assert_eq!(welch(&[now; 3], &[before; 3], 0.95), None, "{now}");
        }
        let around = [0.3, 0.1 + 0.2, 0.3];
        assert_eq!(welch(&around, &[0.7; 3], 0.95), None);
        assert!(welch(&[0.8, 0.8, 0.81], &[0.7; 3], 0.95).is_some());
    }
}
