//! How many digits the numbers of a column need.

use super::order::{number_key, sort_by_keys};

/// How the numbers of one column, or of one row, are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digits {
    /// By what the digits are counted.
    pub kind: DigitsKind,
    /// Whether values that differ are written alike even so: the page has to say it.
    pub hides_differences: bool,
}

/// By what digits are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigitsKind {
    /// This many after the decimal sign.
    After(usize),
    /// This many significant ones: for very small and very large numbers, and for parameters.
    Significant(usize),
}

/// Digits of a metric, unless its values ask for more.
pub const METRIC_DIGITS: usize = 4;

/// Digits that are added at most so that different values look different.
const MOST_MORE: usize = 4;

/// Digits that keep different values different-looking: `wanted` after the decimal sign for values
/// around one, fewer for larger ones, and up to four more where two different values would
/// otherwise be written alike.
///
/// `NaN` and infinities are left out of account: they are words.
pub fn digits(values: impl IntoIterator<Item = f64>, wanted: usize) -> Digits {
    let values: Vec<f64> = values.into_iter().filter(|it| it.is_finite()).collect();
    let keys: Vec<u64> = values.iter().map(|it| number_key(*it)).collect();
    let mut order: Vec<usize> = (0..values.len()).collect();
    sort_by_keys(&mut order, &keys);
    let mut values: Vec<f64> = order.into_iter().map(|at| values[at]).collect();
    values.dedup();
    let largest = values.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
    let kind_for = |n_digits: usize| {
        if largest >= 1e15 || (largest > 0.0 && largest < 1e-3) {
            DigitsKind::Significant(n_digits)
        } else if values.iter().all(|it| it.fract() == 0.0) {
            DigitsKind::After(0)
        } else {
            let n_before = (1..16).take_while(|n| largest >= 10f64.powi(*n)).count();
            let n_extra = n_digits.saturating_sub(wanted);
            DigitsKind::After(wanted.saturating_sub(n_before).max(1) + n_extra)
        }
    };
    for n_more in 0..=MOST_MORE {
        let kind = kind_for(wanted + n_more);
        if !values.windows(2).any(|pair| look_alike(pair, kind)) {
            return Digits {
                kind,
                hides_differences: false,
            };
        }
    }
    // Not even many digits tell all apart, so they would only be noise.
    Digits {
        kind: kind_for(wanted),
        hides_differences: true,
    }
}

fn look_alike(pair: &[f64], kind: DigitsKind) -> bool {
    let &[a, b] = pair else { return false };
    match kind {
        DigitsKind::After(n) => {
            let unit = 10f64.powi(n as i32);
            (b - a) * unit <= 1.0
                && !rounds_apart(a * unit, b * unit)
                && format!("{a:.n$}") == format!("{b:.n$}")
        }
        DigitsKind::Significant(n) => {
            let n = n.saturating_sub(1);
            format!("{a:.n$e}") == format!("{b:.n$e}")
        }
    }
}

/// Whether two numbers surely round to different integers; writing them out to see it is slow.
fn rounds_apart(a: f64, b: f64) -> bool {
    let is_sure = |it: f64| it.abs() < 1e9 && (it - it.floor() - 0.5).abs() > 1e-6;
    is_sure(a) && is_sure(b) && a.round() != b.round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_values_look_different() {
        use DigitsKind::{After, Significant};
        for (values, kind, hides_differences) in [
            (&[0.49432, 0.50568][..], After(4), false),
            (&[0.49432, 0.49433], After(5), false),
            (&[0.5, 0.5 + 1e-12], After(4), true),
            (&[5.0, 30.0, 120.0], After(0), false),
            (&[5.5, 30.0, 120.25], After(2), false),
            (&[48_213.5, 51_000.25], After(1), false),
            (&[1e-5, 3e-4], Significant(4), false),
            (&[1e20, 2e20], Significant(4), false),
            (&[f64::NAN, f64::INFINITY], After(0), false),
            (&[], After(0), false),
        ] {
            let expected = Digits {
                kind,
                hides_differences,
            };
            assert_eq!(digits(values.iter().copied(), 4), expected, "{values:?}");
        }
    }
}
