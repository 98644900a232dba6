/// The number that a text writes in decimal, rounded to the nearest; the same as [`str::parse`]
/// takes and gives, `inf` and `nan` too.
///
/// The standard library's own is faster for numbers of many digits by a table of powers of five,
/// which is 10 kB that every reader of the page would have to fetch.
pub fn parse_decimal(text: &str) -> Option<f64> {
    let (is_negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let is_word = |word: &&str| unsigned.eq_ignore_ascii_case(word);
    let magnitude = if ["inf", "infinity"].iter().any(is_word) {
        f64::INFINITY
    } else if is_word(&"nan") {
        f64::NAN
    } else {
        Decimal::of(unsigned)?.value()
    };
    Some(if is_negative { -magnitude } else { magnitude })
}

/// A number as it is written: all its digits, times a power of ten.
struct Decimal<'a> {
    whole: &'a str,
    fraction: &'a str,
    /// Of the last digit.
    exponent: i64,
}

impl<'a> Decimal<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, power(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let has_digits = !whole.is_empty() || !fraction.is_empty();
        (has_digits && are_digits(whole) && are_digits(fraction)).then_some(Self {
            whole,
            fraction,
            exponent: exponent.saturating_sub_unsigned(fraction.len() as u64),
        })
    }

    /// The digits, of value 0 to 9, from the first that is not zero.
    fn digits(&self) -> impl Iterator<Item = u8> {
        let all = self.whole.bytes().chain(self.fraction.bytes());
        all.map(|it| it - b'0').skip_while(|it| *it == 0)
    }

    fn value(&self) -> f64 {
        let n_digits = self.digits().count();
        if n_digits <= 15 && self.exponent.abs() <= 22 {
            // Digits and power are floats without error, so one operation rounds once.
            let digits = self
                .digits()
                .fold(0.0, |sum, it| sum * 10.0 + f64::from(it));
            let power = (0..self.exponent.abs()).fold(1.0, |power, _| power * 10.0);
            return if self.exponent < 0 {
                digits / power
            } else {
                digits * power
            };
        }
        match self.exponent.saturating_add_unsigned(n_digits as u64) {
            _ if n_digits == 0 => 0.0,
            ..-323 => 0.0,
            311.. => f64::INFINITY,
            _ => self.exact(n_digits),
        }
    }

    /// By whole numbers of any size, for `n_digits` digits that are neither too large nor too
    /// small for a float.
    fn exact(&self, n_digits: usize) -> f64 {
        // No number halfway between two floats has more digits; so of those that come after, it
        // only matters whether there are any.
        const ENOUGH: usize = 800;
        const FIVES: u32 = 13;
        let mut whole = Whole::default();
        self.digits()
            .take(ENOUGH)
            .for_each(|digit| whole.multiply(10, u32::from(digit)));
        whole.has_rest = self.digits().skip(ENOUGH).any(|digit| digit != 0);

        let n_dropped = n_digits.saturating_sub(ENOUGH);
        let exponent = self.exponent.saturating_add_unsigned(n_dropped as u64) as i32;
        whole.exponent = exponent;
        let n_fives = exponent.unsigned_abs();
        if exponent < 0 {
            // A five has less than 7/3 bits; 64 bits have to be left.
            whole.shift((n_fives as usize * 7 / 3 + 65) / 32 + 1);
        }
        for done in (0..n_fives).step_by(FIVES as usize) {
            let power = 5_u32.pow(FIVES.min(n_fives - done));
            if exponent < 0 {
                whole.divide(power);
            } else {
                whole.multiply(power, 0);
            }
        }
        whole.rounded()
    }
}

/// The number after the `e`.
fn power(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !are_digits(digits) {
        return None;
    }
    // Beyond any float, and far from any overflow.
    let value = digits.parse().unwrap_or(i64::MAX).min(1 << 40);
    Some(if text.starts_with('-') { -value } else { value })
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

/// A whole number times a power of two.
#[derive(Default)]
struct Whole {
    /// In base 2^32, the least significant first.
    limbs: Vec<u32>,
    exponent: i32,
    /// Whether the true number is larger, by less than one.
    has_rest: bool,
}

impl Whole {
    fn multiply(&mut self, factor: u32, add: u32) {
        let mut carry = u64::from(add);
        for limb in &mut self.limbs {
            carry += u64::from(*limb) * u64::from(factor);
            *limb = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.limbs.push(carry as u32);
        }
    }

    fn divide(&mut self, divisor: u32) {
        let mut rest = 0;
        for limb in self.limbs.iter_mut().rev() {
            rest = rest << 32 | u64::from(*limb);
            *limb = (rest / u64::from(divisor)) as u32;
            rest %= u64::from(divisor);
        }
        self.has_rest |= rest > 0;
    }

    /// The same number with so many limbs more.
    fn shift(&mut self, n_limbs: usize) {
        self.limbs.splice(..0, std::iter::repeat_n(0, n_limbs));
        self.exponent -= 32 * n_limbs as i32;
    }

    /// The nearest float; of two that are equally near, the even one.
    fn rounded(mut self) -> f64 {
        while self.limbs.pop_if(|it| *it == 0).is_some() {}
        let n_bits = 32 * self.limbs.len() as i32;
        let mut limbs = self.limbs.into_iter().rev();
        let window = (0..3).fold(0, |it, _| it << 32 | u128::from(limbs.next().unwrap_or(0)));
        // The first one is at the top of 128 bits, of which the last 32 are zero.
        let zeros = window.leading_zeros();
        let window = window << zeros;
        let has_rest = self.has_rest || window as u64 != 0 || limbs.any(|it| it != 0);
        let top = (window >> 64) as u64;

        // `top` is from 2^63, and its first bit stands for 2^exponent.
        let exponent = self.exponent + n_bits - (zeros as i32 - 32) - 1;
        if exponent > 1023 {
            return f64::INFINITY;
        }
        // A float has 53 bits, those below 2^-1022 have fewer.
        let n_dropped = 11 + (-1022 - exponent).max(0) as u32;
        if n_dropped > 64 {
            return 0.0;
        }
        let kept = top.checked_shr(n_dropped).unwrap_or(0);
        let half = 1_u64 << 63;
        let dropped = top << (64 - n_dropped);
        let is_up = dropped > half || dropped == half && (has_rest || kept % 2 == 1);
        // The first bit that is kept adds one to the exponent, and so does a carry.
        let base = (exponent + 1022).max(0) as u64;
        f64::from_bits((base << 52) + kept + u64::from(is_up))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn same_as_std(text: &str) {
        let bits = |value: Option<f64>| value.map(f64::to_bits);
        assert_eq!(bits(parse_decimal(text)), bits(text.parse().ok()), "{text}");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", " ", "+", "-", ".", "-.", "e5", ".e5", "1e", "1e+", "1e5.0", "1.2.3", "--1", "1 ",
            "1_0", "0x1", "½", "1e5e5", "infinit", "nan1", "+-1", "1é",
        ] {
            same_as_std(text);
        }
    }

    #[test]
    fn all_ways_to_write_a_number_are_taken() {
        for text in [
            "0",
            "-0",
            "+1",
            ".5",
            "5.",
            "-.5e1",
            "007",
            "1E+5",
            "1e-5",
            "inf",
            "-INF",
            "Infinity",
            "NaN",
            "-nan",
            "0.1",
            "0.3",
            "1e22",
            "1e23",
            "123456789012345678901234567890",
        ] {
            same_as_std(text);
        }
    }

    #[test]
    fn the_edges_are_rounded_as_they_should_be() {
        let long = |digit: &str| format!("0.{}1{}", "0".repeat(300), digit.repeat(1000));
        for text in [
            // The largest, and where infinity begins.
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e309",
            "1e999999999999999999999",
            // The smallest, half of it, and a little more than that.
            "5e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1e-324",
            "1e-999999999999999999999",
            // Where the numbers of full precision begin.
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            // Halfway between two: the even one; a last digit far behind decides.
            "9007199254740993",
            "9007199254740993.0000000000000000000000000000000000000001",
            "9007199254740995",
            "0e999",
            &long("0"),
            &long("9"),
            &format!("{}e-1200", "9".repeat(1200)),
            &format!("9007199254740993.{}1", "0".repeat(1000)),
        ] {
            same_as_std(text);
        }
    }

    proptest! {
        #[test]
        fn any_float_comes_back(bits: u64) {
            let value = f64::from_bits(bits);
            same_as_std(&value.to_string());
            same_as_std(&format!("{value:e}"));
            same_as_std(&format!("{value:.17e}"));
        }

        #[test]
        fn any_digits_are_the_same(text in r"-?[0-9]{0,40}(\.[0-9]{0,40})?([eE][-+]?[0-9]{1,3})?") {
            same_as_std(&text);
        }
    }
}
