use serde::{
    Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::SerializeSeq as _,
};
use serde_json::value::RawValue;

use super::code::is_default;

/// A list of numbers: `null` for what is missing, and the indices of what JSON can't write.
#[derive(Debug, Default, Deserialize, PartialEq, Serialize)]
pub(super) struct Numbers {
    list: List,
    #[serde(default, skip_serializing_if = "is_default")]
    nan: Vec<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    infinity: Vec<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    minus_infinity: Vec<u32>,
}

impl Numbers {
    /// From numbers that may be missing.
    pub fn new(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let mut numbers = Self::default();
        for (idx, value) in values.into_iter().enumerate() {
            let idx = u32::try_from(idx).unwrap_or(u32::MAX);
            match value {
                Some(value) if value.is_nan() => numbers.nan.push(idx),
                Some(f64::INFINITY) => numbers.infinity.push(idx),
                Some(f64::NEG_INFINITY) => numbers.minus_infinity.push(idx),
                _ => {}
            }
            numbers.list.0.push(value.filter(|value| value.is_finite()));
        }
        numbers
    }

    /// From numbers of which none is missing.
    pub fn of(values: &[f64]) -> Self {
        Self::new(values.iter().copied().map(Some))
    }

    /// The numbers; `None` is missing.
    pub fn into_options(self) -> Vec<Option<f64>> {
        let mut values = self.list.0;
        let special = [
            (self.nan, f64::NAN),
            (self.infinity, f64::INFINITY),
            (self.minus_infinity, f64::NEG_INFINITY),
        ];
        for (indices, special) in special {
            for idx in indices {
                if let Some(value) = values.get_mut(idx as usize) {
                    *value = Some(special);
                }
            }
        }
        values
    }

    /// The numbers; what is missing is `NaN`.
    pub fn into_floats(self) -> Vec<f64> {
        let values = self.into_options().into_iter();
        values.map(|value| value.unwrap_or(f64::NAN)).collect()
    }
}

/// One number; what JSON can't write is the text `NaN`, `Infinity` or `-Infinity`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_finite() {
            return serialize(self.0, serializer);
        }
        serializer.serialize_str(match self.0 {
            f64::INFINITY => "Infinity",
            f64::NEG_INFINITY => "-Infinity",
            _ => "NaN",
        })
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        match raw {
            "\"NaN\"" => Ok(Self(f64::NAN)),
            "\"Infinity\"" => Ok(Self(f64::INFINITY)),
            "\"-Infinity\"" => Ok(Self(f64::NEG_INFINITY)),
            _ => parse(raw)
                .map(Self)
                .ok_or_else(|| D::Error::custom(NO_NUMBER)),
        }
    }
}

const NO_NUMBER: &str = "expected a number";

/// Finite numbers, or `null`.
#[derive(Debug, Default, PartialEq)]
struct List(Vec<Option<f64>>);

impl Serialize for List {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.len()))?;
        for value in &self.0 {
            match value {
                Some(value) => seq.serialize_element(&Number(*value))?,
                None => seq.serialize_element(&())?,
            }
        }
        seq.end()
    }
}

impl<'de> Deserialize<'de> for List {
    /// From the text itself: serde_json rounds a few numbers to a neighbour unless it is built with
    /// much larger tables, and one pass over the text is the fastest as well.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let inner = raw.strip_prefix('[').and_then(|raw| raw.strip_suffix(']'));
        let inner = inner.ok_or_else(|| D::Error::custom("expected a list of numbers"))?;
        if inner.trim().is_empty() {
            return Ok(Self::default());
        }
        let values = inner.split(',').map(|item| match item.trim() {
            "null" => Ok(None),
            item => parse(item)
                .map(Some)
                .ok_or_else(|| D::Error::custom(NO_NUMBER)),
        });
        values.collect::<Result<_, _>>().map(Self)
    }
}

/// The number that a JSON literal stands for, to the last bit. Rust's own parser takes more than
/// JSON allows (`inf`, `nan`), so the first character is looked at.
fn parse(literal: &str) -> Option<f64> {
    let first = literal.bytes().next()?;
    if !matches!(first, b'-' | b'0'..=b'9') || literal.ends_with(char::is_alphabetic) {
        return None;
    }
    literal.parse().ok()
}

/// Whole numbers without `.0`.
fn serialize<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    /// From here on, whole numbers are not exact any more.
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    let is_minus_zero = value == 0.0 && value.is_sign_negative();
    if value.fract() == 0.0 && value.abs() < LIMIT && !is_minus_zero {
        serializer.serialize_i64(value as i64)
    } else {
        serializer.serialize_f64(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back_to_the_last_bit() {
        let values = [
            Some(0.528_409_090_909_090_9),
            Some(-0.0),
            Some(1e300),
            Some(5e-324),
            Some(f64::MAX),
            Some(9_007_199_254_740_993.0),
            Some(12.0),
            None,
            Some(f64::NAN),
            Some(f64::INFINITY),
            Some(f64::NEG_INFINITY),
            Some(1.0 / 3.0),
        ];
        let text = serde_json::to_string(&Numbers::new(values)).unwrap();
        assert!(text.contains("12,null,null,null,null,"), "{text}");
        let read: Numbers = serde_json::from_str(&text).unwrap();
        let bits = |value: Option<f64>| value.map(f64::to_bits);
        for (read, value) in read.into_options().into_iter().zip(values) {
            assert_eq!(bits(read), bits(value));
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["[inf]", "[\"1\"]", "[[1]]", "{}", "[true]", "[1,{\"a\":2}]"] {
            let text = format!(r#"{{"list":{text}}}"#);
            assert!(serde_json::from_str::<Numbers>(&text).is_err(), "{text}");
        }
    }
}
