//! How many digits the numbers of a column need.

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
    digits_of(&values, wanted)
}

fn digits_of(values: &[f64], wanted: usize) -> Digits {
    let largest = values.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
    let are_whole = values.iter().all(|it| it.fract() == 0.0);
    let kind_for = |n_digits: usize| {
        if largest >= 1e15 || (largest > 0.0 && largest < 1e-3) {
            DigitsKind::Significant(n_digits)
        } else if are_whole {
            DigitsKind::After(0)
        } else {
            let n_before = (1..16).take_while(|n| largest >= 10f64.powi(*n)).count();
            let n_extra = n_digits.saturating_sub(wanted);
            DigitsKind::After(wanted.saturating_sub(n_before).max(1) + n_extra)
        }
    };
    for n_more in 0..=MOST_MORE {
        let kind = kind_for(wanted + n_more);
        if !some_look_alike(values, kind) {
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

/// Whether two different values are written alike. Ends at the first two: of many different values
/// that is soon, and all are looked at only where few different ones repeat.
fn some_look_alike(values: &[f64], kind: DigitsKind) -> bool {
    if kind == DigitsKind::After(0) {
        // Whole numbers, and these are all written out.
        return false;
    }
    // A hash table with open addressing: values by what is written of them. Half of it stays free.
    let mut slots: Vec<Option<(i64, f64)>> = Vec::new();
    let mut n_taken = 0;
    for value in values {
        if slots.len() <= 2 * n_taken {
            let n_slots = (4 * n_taken).next_power_of_two().max(64);
            let before = std::mem::replace(&mut slots, vec![None; n_slots]);
            for (written, value) in before.into_iter().flatten() {
                let at = slot_of(&slots, written);
                slots[at] = Some((written, value));
            }
        }
        let written = written(*value, kind);
        let at = slot_of(&slots, written);
        match slots[at] {
            Some((_, known)) if known != *value => return true,
            Some(_) => {}
            None => {
                slots[at] = Some((written, *value));
                n_taken += 1;
            }
        }
    }
    false
}

/// The slot that holds what is written so, or is free for it.
fn slot_of(slots: &[Option<(i64, f64)>], written: i64) -> usize {
    /// Odd, with bits that look random (the golden ratio).
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let last = slots.len().saturating_sub(1);
    let mut at = ((written as u64).wrapping_mul(FACTOR) >> 32) as usize & last;
    while matches!(slots.get(at), Some(Some((taken, _))) if *taken != written) {
        at = (at + 1) & last;
    }
    at
}

/// What is written of a value as one integer: equal where the digits, sign and exponent are. Of
/// `-0.0` and `0.0` too, which are equal.
fn written(value: f64, kind: DigitsKind) -> i64 {
    match rounded(value, kind) {
        // What is rounded to zero keeps its sign.
        0 if value < 0.0 => i64::MIN,
        written => written,
    }
}

fn rounded(value: f64, kind: DigitsKind) -> i64 {
    let text = match kind {
        DigitsKind::After(n) => {
            let scaled = value * 10f64.powi(n as i32);
            // Writing it out to see how it is rounded is slow.
            let is_sure = scaled.abs() < 1e14
                && (scaled - scaled.floor() - 0.5).abs() > scaled.abs() * 1e-15 + 1e-9;
            if is_sure {
                return scaled.round() as i64;
            }
            format!("{value:.n$}")
        }
        DigitsKind::Significant(n) => format!("{value:.*e}", n.saturating_sub(1)),
    };
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let joined = digits
        .bytes()
        .filter(u8::is_ascii_digit)
        .fold(0_i64, |all, digit| {
            all.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'))
        });
    let exponent: i64 = exponent.parse().unwrap_or_default();
    let sign = if digits.starts_with('-') { -1 } else { 1 };
    // No two of at most 15 digits and their exponents share one.
    sign * joined.wrapping_add(exponent.wrapping_mul(1 << 53))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    /// Whether two different values are written alike, pair by pair.
    fn naive(values: &[f64], kind: DigitsKind) -> bool {
        let text = |value: &f64| match kind {
            DigitsKind::After(n) => format!("{value:.n$}"),
            DigitsKind::Significant(n) => format!("{value:.*e}", n - 1),
        };
        let are_alike = |a: &f64, b: &f64| a != b && text(a) == text(b);
        values
            .iter()
            .any(|a| values.iter().any(|b| are_alike(a, b)))
    }

    proptest! {
        #[test]
        fn a_table_of_what_is_written_agrees_with_all_pairs(
            values in prop::collection::vec(
                prop_oneof![
                    (0..200_u32).prop_map(|it| f64::from(it) / 64.0),
                    (0..99_999_u32).prop_map(|it| f64::from(it) * 1e-5 + 0.5e-5),
                    -1.0..1.0_f64,
                    (1..30_u32).prop_map(|it| f64::from(it) * 1e-9),
                    Just(12_345_678.000_05),
                    Just(1e22),
                ],
                0..24,
            ),
        ) {
            let found = digits_of(&values, 4);
            let finest = match found.kind {
                DigitsKind::After(n) if found.hides_differences => DigitsKind::After(n + MOST_MORE),
                DigitsKind::Significant(n) if found.hides_differences => {
                    DigitsKind::Significant(n + MOST_MORE)
                }
                kind => kind,
            };
            prop_assert_eq!(found.hides_differences, naive(&values, finest));
            for n in 1..12 {
                for kind in [DigitsKind::After(n), DigitsKind::Significant(n)] {
                    prop_assert_eq!(some_look_alike(&values, kind), naive(&values, kind));
                }
            }
        }
    }
}
