use std::fmt::Write as _;

/// Adds a number as JSON writes it: whole numbers without a point, `NaN` and `Infinity` as Python
/// does.
pub fn write_number(out: &mut String, value: f64) {
    let written = if value.is_nan() {
        out.push_str("NaN");
        Ok(())
    } else if value.is_infinite() {
        out.push_str(if value > 0.0 { "Infinity" } else { "-Infinity" });
        Ok(())
    } else if value == value.trunc() && value.abs() <= 9_007_199_254_740_992.0 {
        write!(out, "{value:.0}")
    } else {
        out.push_str(&float_text(value, 1e-4));
        Ok(())
    };
    debug_assert!(written.is_ok(), "a String takes everything");
}

/// The shortest text of a finite number that reads back as the same one; with an exponent from 1e16
/// on, and below `least`.
///
/// Not by `{:?}`: the viewer is built without `Debug`, where that writes nothing.
pub fn float_text(value: f64, least: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(least..1e16).contains(&size) {
        return format!("{value:e}");
    }
    let point = if value == value.trunc() { ".0" } else { "" };
    format!("{value}{point}")
}

/// The number that DVCLive and MLflow write as a string, since JSON has none.
pub fn non_finite(text: &str) -> Option<f64> {
    match text {
        "nan" | "NaN" => Some(f64::NAN),
        "inf" | "Infinity" => Some(f64::INFINITY),
        "-inf" | "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

/// Adds a string in quotes, with only those characters escaped that must be.
pub fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                let written = write!(out, "\\u{:04x}", u32::from(control));
                debug_assert!(written.is_ok(), "a String takes everything");
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_are_written_in_one_way() {
        let number = |value| {
            let mut out = String::new();
            write_number(&mut out, value);
            out
        };
        assert_eq!(number(64.0), "64");
        assert_eq!(number(-0.25), "-0.25");
        assert_eq!(number(1e-5), "1e-5");
        assert_eq!(number(1e300), "1e300");
        assert_eq!(number(f64::NAN), "NaN");
        assert_eq!(number(f64::NEG_INFINITY), "-Infinity");
        let mut out = String::new();
        write_text(&mut out, "a\"\\\n\u{1}ñ");
        assert_eq!(out, r#""a\"\\\n\u0001ñ""#);
    }
}
