//! Where the marks of an axis stand.

/// Round numbers within a range, about `n_wanted` of them: steps of 1, 2 or 5 times a power of
/// ten.
pub fn ticks(low: f64, high: f64, n_wanted: usize) -> Vec<f64> {
    let span = high - low;
    if !(span.is_finite() && span > 0.0) || n_wanted == 0 {
        return if low.is_finite() {
            vec![low]
        } else {
            Vec::new()
        };
    }
    let rough = span / n_wanted as f64;
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|it| it * power)
        .find(|step| span / step <= n_wanted as f64 + 0.5)
        .unwrap_or(10.0 * power);
    if !(step > 0.0 && step.is_finite()) {
        return vec![low];
    }
    let first = libm::ceil(low / step - 1e-9);
    let last = libm::floor(high / step + 1e-9);
    let n_ticks = ((last - first).max(0.0) as usize).min(2 * n_wanted);
    // `0.30000000000000004` would be written with all its digits.
    let round = |value: f64| {
        let digits = (-libm::floor(libm::log10(step))).clamp(0.0, 300.0) as usize;
        format!("{value:.digits$}").parse().unwrap_or(value)
    };
    (0..=n_ticks)
        .map(|idx| round((first + idx as f64) * step))
        .collect()
}

/// Marks of a logarithmic axis: 1, 2 and 5 times powers of ten, or powers of ten alone over many.
/// Nothing for a range that is not above zero.
pub fn log_ticks(low: f64, high: f64) -> Vec<f64> {
    if !(low > 0.0 && high >= low && high.is_finite()) {
        return Vec::new();
    }
    let (first, last) = (libm::floor(libm::log10(low)), libm::ceil(libm::log10(high)));
    let n_powers = (last - first) as i32;
    let marks: &[f64] = if n_powers > 3 {
        &[1.0]
    } else {
        &[1.0, 2.0, 5.0]
    };
    let stride = (n_powers / 8).max(1);
    let mut ticks = Vec::new();
    for power in (first as i32..=last as i32).step_by(stride as usize) {
        for mark in marks {
            // Parsing gives the nearest number to what is written; powers of a float do not.
            let tick: f64 = format!("{mark}e{power}").parse().unwrap_or(f64::NAN);
            if (low..=high).contains(&tick) {
                ticks.push(tick);
            }
        }
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_numbers_in_the_range() {
        let cases: [(f64, f64, &[f64]); 5] = [
            (0.49, 0.53, &[0.49, 0.5, 0.51, 0.52, 0.53]),
            (0.0, 1.0, &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (-3.0, 120.0, &[0.0, 20.0, 40.0, 60.0, 80.0, 100.0, 120.0]),
            (5.0, 5.0, &[5.0]),
            (f64::NAN, 1.0, &[]),
        ];
        for (low, high, expected) in cases {
            assert_eq!(ticks(low, high, 6).as_slice(), expected, "{low} to {high}");
        }
        assert!(!ticks(1e300, 3e300, 6).is_empty());
        assert_eq!(log_ticks(5.0, 120.0), [5.0, 10.0, 20.0, 50.0, 100.0]);
        assert_eq!(log_ticks(1e-5, 1.0), [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0]);
        assert_eq!(log_ticks(0.0, 1.0), [0.0_f64; 0]);
    }
}
