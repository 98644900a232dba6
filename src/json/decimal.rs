//! Numbers as results mostly have them: some digits, a point, some digits.

use super::{scan::word_at, words};

/// Digits behind the point of the numbers that are read here.
const MAX_SCALE: usize = 27;

/// Digits that fit 64 bits, whatever they are.
const MAX_DIGITS: usize = 19;

/// The upper 64 bits of `10^-scale`, rounded down, by `scale`.
const INVERSES: [u64; MAX_SCALE + 1] = {
    let mut inverses = [0; MAX_SCALE + 1];
    let mut scale = 1;
    while scale <= MAX_SCALE {
        let shift = 63 - exponent_of_inverse(scale) - scale as i32;
        inverses[scale] = ((1_u128 << shift) / 5_u128.pow(scale as u32)) as u64;
        scale += 1;
    }
    inverses
};

/// The exponent of 2 below `10^-scale`.
const fn exponent_of_inverse(scale: usize) -> i32 {
    // log2 10 = 217706 / 2^16, near enough for such small ones.
    -((scale as i32 * 217_706) >> 16) - 1
}

/// A number and the offset behind it: one without exponent, of few digits, of which the nearest
/// `f64` is told without looking at every case there is. `None` for all others.
pub(super) fn decimal(text: &[u8], start: usize) -> Option<(f64, usize)> {
    let is_negative = text.get(start) == Some(&b'-');
    let first = start + usize::from(is_negative);
    let (whole, mut end) = digits(text, first, 0)?;
    let n_whole = end - first;
    let is_zero_first = text.get(first) == Some(&b'0');
    if n_whole == 0 || n_whole > 15 || is_zero_first && n_whole > 1 {
        return None;
    }
    let value = if text.get(end) == Some(&b'.') {
        let point = end;
        let value;
        (value, end) = digits(text, point + 1, whole)?;
        let scale = end - point - 1;
        if scale == 0 || scale + if is_zero_first { 0 } else { n_whole } > MAX_DIGITS {
            return None;
        }
        let value = scaled(value, scale)?;
        if is_negative { -value } else { value }
    } else if is_negative {
        // As an integer: -0 is 0.
        0.0 - whole as f64
    } else {
        whole as f64
    };
    match text.get(end) {
        Some(b'e' | b'E') => None,
        _ => Some((value, end)),
    }
}

/// `value` with the digits behind it, and the offset behind those.
#[inline(never)]
fn digits(text: &[u8], mut at: usize, mut value: u64) -> Option<(u64, usize)> {
    const POWERS: [u64; 9] = [
        1,
        10,
        100,
        1000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
    ];
    loop {
        let word = word_at(text, at)?;
        let n_digits = words::n_digits(word);
        if n_digits == 0 {
            return Some((value, at));
        }
        // Zeros in front take the place of what stands behind the digits.
        let digits = words::eight_digits(word << (64 - 8 * n_digits));
        let power = POWERS.get(n_digits).copied()?;
        value = value.wrapping_mul(power).wrapping_add(digits);
        at += n_digits;
        if n_digits < 8 {
            return Some((value, at));
        }
    }
}

/// The `f64` nearest to `value / 10^scale`, where one multiplication tells it: Lemire, Number
/// parsing at a gigabyte per second (2021), section 5, with 64 bits of the power of ten.
///
/// The product is too small by less than one in its upper half, since the inverse is rounded down.
/// That matters only where a carry would run through all of the bits that rounding drops; a number
/// half way between two `f64` is among those.
fn scaled(value: u64, scale: usize) -> Option<f64> {
    if value == 0 {
        return Some(0.0);
    }
    let n_zeros = value.leading_zeros();
    let inverse = INVERSES.get(scale).copied()?;
    let product = u128::from(value << n_zeros) * u128::from(inverse);
    let upper = (product >> 64) as u64;
    if upper & 0x1FF == 0x1FF {
        return None;
    }
    let is_long = (upper >> 63) as i32;
    // 53 bits and one more to round by.
    let mantissa = ((upper >> (9 + is_long)) + 1) >> 1;
    let exponent = 11 + is_long + exponent_of_inverse(scale) - n_zeros as i32;
    let power = f64::from_bits(((1023 + exponent) as u64) << 52);
    Some(mantissa as f64 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_standard_library() {
        let mut seed = 1_u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            seed ^ seed >> 31
        };
        let mut n_read = 0;
        for round in 0..200_000_u32 {
            let digits = (next() >> (next() % 64)).to_string();
            let scale = 1 + next() as usize % MAX_SCALE;
            let mut text = match round % 3 {
                // As tools print what they measured.
                0 => format!("{:?}", (next() >> 11) as f64 / (1_u64 << 53) as f64),
                1 => format!("-0.{digits:0>scale$}"),
                _ => format!("{}.{}", next() >> 40, next() >> (next() % 64)),
            };
            let n_bytes = text.len();
            text.push_str(",        ");
            if let Some((value, end)) = decimal(text.as_bytes(), 0) {
                let expected: f64 = text[..n_bytes].parse().unwrap();
                assert_eq!(
                    (value.to_bits(), end),
                    (expected.to_bits(), n_bytes),
                    "{text}"
                );
                n_read += 1;
            }
        }
        assert!(n_read > 150_000, "{n_read}");
    }

    #[test]
    fn what_is_half_way_is_left_to_the_standard_library_or_right() {
        for scale in 0..=10_u32 {
            for low in [0_u64, 1, 2, 3] {
                // 54 bits: the lowest is what is rounded.
                let exact = ((1_u128 << 53) + u128::from(low)) * 5_u128.pow(scale);
                let digits = format!("{exact}");
                let (whole, part) = digits.split_at(digits.len() - scale as usize);
                let text = format!("{whole}.{part}0,       ");
                let expected: f64 = format!("{whole}.{part}0").parse().unwrap();
                if let Some((value, _)) = decimal(text.as_bytes(), 0) {
                    assert_eq!(value.to_bits(), expected.to_bits(), "{text}");
                }
            }
        }
    }

    #[test]
    fn others_are_left_alone() {
        for text in [
            "01,",
            "1e5,",
            "1.5e5,",
            "-,",
            ".5,",
            "1.,",
            "NaN,",
            "1234567890123456,",
        ] {
            let text = format!("{text}        ");
            assert_eq!(decimal(text.as_bytes(), 0), None, "{text}");
        }
        for (text, value) in [
            ("0,", 0.0),
            ("-0,", 0.0),
            ("12,", 12.0),
            ("-123456789012345]", -123_456_789_012_345.0),
        ] {
            let padded = format!("{text}        ");
            let (found, end) = decimal(padded.as_bytes(), 0).unwrap();
            assert_eq!(
                (found.to_bits(), end),
                (f64::to_bits(value), text.len() - 1)
            );
        }
        let minus_zero = decimal(b"-0.0,        ", 0).map(|it| it.0.to_bits());
        assert_eq!(minus_zero, Some((-0.0_f64).to_bits()));
    }
}
