//! The normal and Student's distribution.

use core::f64::consts::SQRT_2;

/// P(X ≤ x) of the standard normal distribution.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / SQRT_2)
}

/// The x with P(X ≤ x) = `p`; infinite at 0 and 1.
pub fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        // The lower tail keeps its digits.
        return -normal_quantile(1.0 - p);
    }
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    halved(-40.0, 0.0, &|x| normal_cdf(x) < p)
}

/// P(|T| ≥ t) of Student's distribution with `freedom` degrees of freedom.
pub fn student_two_sided(t: f64, freedom: f64) -> f64 {
    incomplete_beta(freedom / (freedom + t * t), freedom / 2.0, 0.5)
}

/// The t with P(|T| ≥ t) = `p`, for `0 < p < 1`.
pub fn student_quantile(p: f64, freedom: f64) -> f64 {
    let is_below = |t: f64| student_two_sided(t, freedom) > p;
    let mut above = 2.0;
    while is_below(above) && above < 1e300 {
        above *= 2.0;
    }
    halved(0.0, above, &is_below)
}

/// Where `is_below` turns from true to false between `low` and `high`, to the last bit.
fn halved(mut low: f64, mut high: f64, is_below: &dyn Fn(f64) -> bool) -> f64 {
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return high;
        }
        if is_below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The regularised incomplete beta function, by its continued fraction (Lentz's method; Abramowitz
/// and Stegun 26.5.8).
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let log_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let front = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - log_beta) / a;
    let away_from_zero = |it: f64| if it.abs() < 1e-300 { 1e-300 } else { it };
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let (mut c, mut fraction) = (1.0, d);
    for step in 1..10_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for part in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + part * d);
            c = away_from_zero(1.0 + part / c);
            change = c * d;
            fraction *= change;
        }
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_undo_distributions() {
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
        assert!(normal_quantile(0.5).abs() < 1e-15);
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        for p in [1e-300, 1e-9, 0.025, 0.3, 0.7, 0.999] {
            let back = normal_cdf(normal_quantile(p));
            assert!((back / p - 1.0).abs() < 1e-10, "{p}: {back}");
        }
        // Student with 1 degree is Cauchy: t = tan(π/2 (1 − p)).
        let cauchy = libm::tan(core::f64::consts::FRAC_PI_2 * 0.95);
        assert!((student_quantile(0.05, 1.0) / cauchy - 1.0).abs() < 1e-10);
    }
}
