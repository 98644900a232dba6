//! Numbers as each language writes them: decimal sign, grouping, a true minus sign.

use crate::model::Lang;

/// The sign of a negative number: U+2212, as wide as a plus.
pub const MINUS: &str = "−";

/// A number with this many digits after the decimal sign; `NaN` and infinities as words.
pub fn decimal(value: f64, digits: usize, lang: Lang) -> String {
    if !value.is_finite() {
        return not_finite(value);
    }
    let plain = format!("{:.digits$}", value.abs());
    let is_zero = plain.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if value < 0.0 && !is_zero { MINUS } else { "" };
    format!("{sign}{}", localise(&plain, lang))
}

/// The same with a `+` before positive numbers: for differences.
pub fn signed(value: f64, digits: usize, lang: Lang) -> String {
    let text = decimal(value, digits, lang);
    let is_zero = !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if value > 0.0 && !is_zero {
        format!("+{text}")
    } else {
        text
    }
}

/// An interval of a difference, "−0.077 to +0.001": three digits, more where a bound that is none
/// would read as zero.
pub fn interval((low, high): (f64, f64), lang: Lang) -> String {
    let is_told = |digits: &usize| {
        let least = 0.5 / 10_f64.powi(*digits as i32);
        [low, high].iter().all(|it| *it == 0.0 || it.abs() >= least)
    };
    let digits = (3..=6).find(is_told).unwrap_or(6);
    let to = match lang {
        Lang::En => "to",
        Lang::Es => "a",
    };
    format!(
        "{} {to} {}",
        signed(low, digits, lang),
        signed(high, digits, lang)
    )
}

/// A share as a percentage: 0.389 is "38.9 %"; Spanish writes a comma.
pub fn percent(share: f64, digits: usize, lang: Lang) -> String {
    format!("{}\u{a0}%", decimal(share * 100.0, digits, lang))
}

/// A whole number with grouping: 10,000; in Spanish 10 000 with a narrow space, and only above
/// 9999 (Ortografía de la lengua española, 2010).
pub fn integer(value: f64, lang: Lang) -> String {
    decimal(value, 0, lang)
}

/// A count with grouping.
pub fn count(value: usize, lang: Lang) -> String {
    integer(value as f64, lang)
}

/// A value in as few digits as tell it: up to `digits` significant, no trailing zeros, very large
/// and very small ones by powers of ten. For parameters and other values of unknown kind.
pub fn value(value: f64, digits: usize, lang: Lang) -> String {
    if !value.is_finite() {
        return not_finite(value);
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return integer(value, lang);
    }
    let exponential = format!("{:.*e}", digits.saturating_sub(1), value.abs());
    let (mantissa, exponent) = exponential.split_once('e').unwrap_or((&exponential, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let trim = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    };
    let sign = if value < 0.0 { MINUS } else { "" };
    if (-5..15).contains(&exponent) {
        let n_after = (digits as i32 - 1 - exponent).max(0) as usize;
        let plain = trim(&format!("{:.n_after$}", value.abs()));
        return format!("{sign}{}", localise(&plain, lang));
    }
    let sign_of_exponent = if exponent < 0 { MINUS } else { "" };
    let mantissa = localise(&trim(mantissa), lang);
    format!(
        "{sign}{mantissa}e{sign_of_exponent}{}",
        exponent.unsigned_abs()
    )
}

/// A number as its artifact wrote it, with the language's decimal sign; other texts as they are.
pub fn stated(text: &str, lang: Lang) -> String {
    match (lang, text.parse::<f64>()) {
        (Lang::Es, Ok(_)) => text.replace('.', ","),
        _ => text.to_owned(),
    }
}

/// A size in bytes with a decimal unit: 28 kB.
pub fn bytes(n_bytes: u64, lang: Lang) -> String {
    const UNITS: [&str; 4] = ["B", "kB", "MB", "GB"];
    let mut size = n_bytes as f64;
    let mut unit = 0;
    while size >= 999.5 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    let digits = usize::from(unit > 0 && size < 9.95);
    format!("{}\u{a0}{}", decimal(size, digits, lang), UNITS[unit])
}

/// "a, b and c", "a, b y c"; Spanish turns `y` into `e` before an i sound.
pub fn list(items: &[String], lang: Lang) -> String {
    let Some((last, before)) = items.split_last() else {
        return String::new();
    };
    if before.is_empty() {
        return last.clone();
    }
    format!("{}{}{last}", before.join(", "), and(last, lang))
}

/// What stands before the last item of a list.
pub fn and(last: &str, lang: Lang) -> &'static str {
    match lang {
        Lang::En => " and ",
        Lang::Es if starts_with_i_sound(last) => " e ",
        Lang::Es => " y ",
    }
}

/// " (and 2 more here)" behind the name of a point; nothing where no other one lies on it.
pub fn more_here(n: usize, lang: Lang) -> String {
    let more = more(n, lang);
    match (n, lang) {
        (0, _) => String::new(),
        (_, Lang::En) => format!(" (and {more} here)"),
        (_, Lang::Es) => format!(" (y {more} aquí)"),
    }
}

/// "2 more", "2 más", as the last item of a list.
pub fn more(n: usize, lang: Lang) -> String {
    let n = count(n, lang);
    match lang {
        Lang::En => format!("{n} more"),
        Lang::Es => format!("{n} más"),
    }
}

fn starts_with_i_sound(word: &str) -> bool {
    let lower = word.to_ascii_lowercase().replace('Í', "í");
    let rest = lower.strip_prefix('h').unwrap_or(&lower);
    let is_diphthong = ["ia", "ie", "io", "iu"]
        .iter()
        .any(|start| rest.starts_with(start));
    rest.starts_with(['i', 'í']) && !is_diphthong
}

fn not_finite(value: f64) -> String {
    match (value.is_nan(), value > 0.0) {
        (true, _) => "NaN".to_owned(),
        (false, true) => "∞".to_owned(),
        (false, false) => format!("{MINUS}∞"),
    }
}

/// Digits with `.` in the way of the language: decimal sign and grouping.
fn localise(plain: &str, lang: Lang) -> String {
    let (whole, fraction) = match plain.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (plain, None),
    };
    let (separator, sign, smallest) = match lang {
        Lang::En => (",", '.', 4),
        Lang::Es => ("\u{202f}", ',', 5),
    };
    let mut text = String::with_capacity(plain.len() + 4);
    for (idx, digit) in whole.chars().enumerate() {
        if idx > 0 && (whole.len() - idx) % 3 == 0 && whole.len() >= smallest {
            text.push_str(separator);
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push(sign);
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_artifact_wrote_gets_the_decimal_sign_of_the_language() {
        let both = |text: &str| Lang::ALL.map(|lang| stated(text, lang));
        assert_eq!(both("-0.5"), ["-0.5", "-0,5"]);
        assert_eq!(both("1e-7"), ["1e-7", "1e-7"]);
        assert_eq!(both("v1.2.3"), ["v1.2.3", "v1.2.3"]);
    }

    #[test]
    fn a_bound_that_is_not_zero_never_reads_as_zero() {
        let en = |low: f64, high: f64| interval((low, high), Lang::En);
        assert_eq!(en(-0.0771, 0.0009), "−0.077 to +0.001");
        assert_eq!(en(0.00046, 0.113), "+0.0005 to +0.1130");
        assert_eq!(en(0.0, 0.113), "0.000 to +0.113");
        assert_eq!(interval((-1e-9, 0.5), Lang::Es), "0,000000 a +0,500000");
    }

    #[test]
    fn numbers_follow_the_language() {
        let both = |write: &dyn Fn(Lang) -> String| (write(Lang::En), write(Lang::Es));
        let cases = [
            (both(&|lang| decimal(0.49432, 4, lang)), "0.4943", "0,4943"),
            (
                both(&|lang| signed(-0.03409, 4, lang)),
                "−0.0341",
                "−0,0341",
            ),
            (both(&|lang| signed(-0.00001, 4, lang)), "0.0000", "0,0000"),
            (both(&|lang| signed(2.0, 0, lang)), "+2", "+2"),
            (both(&|lang| count(10_000, lang)), "10,000", "10\u{202f}000"),
            (both(&|lang| count(1000, lang)), "1,000", "1000"),
            (
                both(&|lang| percent(0.3889, 1, lang)),
                "38.9\u{a0}%",
                "38,9\u{a0}%",
            ),
            (both(&|lang| value(0.0001, 6, lang)), "0.0001", "0,0001"),
            (both(&|lang| value(1e-7, 6, lang)), "1e−7", "1e−7"),
            (both(&|lang| value(120.0, 6, lang)), "120", "120"),
            (both(&|lang| value(2.5, 6, lang)), "2.5", "2,5"),
            (both(&|lang| value(f64::NEG_INFINITY, 6, lang)), "−∞", "−∞"),
            (
                both(&|lang| bytes(28_457, lang)),
                "28\u{a0}kB",
                "28\u{a0}kB",
            ),
            (
                both(&|lang| bytes(1_234_567, lang)),
                "1.2\u{a0}MB",
                "1,2\u{a0}MB",
            ),
        ];
        for ((en, es), expected_en, expected_es) in cases {
            assert_eq!((en.as_str(), es.as_str()), (expected_en, expected_es));
        }
    }

    #[test]
    fn lists_end_in_and() {
        let items = ["aleros".to_owned(), "internos".to_owned()];
        assert_eq!(list(&items, Lang::En), "aleros and internos");
        assert_eq!(list(&items, Lang::Es), "aleros e internos");
    }
}
