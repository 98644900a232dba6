use super::{
    fields::{Fields, Record, Value, read_list},
    values::{read_float, write_count, write_text},
};
use crate::{
    json::{Error, Peek, Pull, float_text},
    model::Thing,
};

/// A list of numbers: `null` for what is missing, and the indices of what JSON can't write.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Numbers {
    list: List,
    nan: Vec<u32>,
    infinity: Vec<u32>,
    minus_infinity: Vec<u32>,
}

impl Record for Numbers {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("list", &mut self.list);
        fields.optional("nan", &mut self.nan);
        fields.optional("infinity", &mut self.infinity);
        fields.optional("minus_infinity", &mut self.minus_infinity);
    }
}

impl Numbers {
    /// From numbers that may be missing.
    pub fn new(mut values: Vec<Option<f64>>) -> Self {
        let mut numbers = Self::default();
        for (idx, value) in values.iter_mut().enumerate() {
            let special = match value {
                Some(value) if value.is_nan() => &mut numbers.nan,
                Some(f64::INFINITY) => &mut numbers.infinity,
                Some(f64::NEG_INFINITY) => &mut numbers.minus_infinity,
                _ => continue,
            };
            special.push(u32::try_from(idx).unwrap_or(u32::MAX));
            *value = None;
        }
        numbers.list.0 = values;
        numbers
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

/// Numbers of which none is missing.
pub(super) struct Floats<'v>(pub &'v mut Vec<f64>);

impl Value for Floats<'_> {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        let mut numbers = Numbers::default();
        numbers.read(pull)?;
        *self.0 = numbers.into_floats();
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        Numbers::new(self.0.iter().copied().map(Some).collect()).write(out);
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One number; what JSON can't write is the text `NaN`, `Infinity` or `-Infinity`.
impl Value for f64 {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        *self = match pull.peek()? {
            Peek::String => {
                let refused = pull.expected(Thing::Number, Peek::String);
                match &*pull.known_text()?.text() {
                    "NaN" => Self::NAN,
                    "Infinity" => Self::INFINITY,
                    "-Infinity" => Self::NEG_INFINITY,
                    _ => return Err(refused),
                }
            }
            _ => read_float(pull)?,
        };
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        match *self {
            Self::INFINITY => write_text(out, "Infinity"),
            Self::NEG_INFINITY => write_text(out, "-Infinity"),
            value if value.is_nan() => write_text(out, "NaN"),
            value => write_float(out, value),
        }
    }
}

/// Finite numbers, or `null`.
#[derive(Debug, Default, PartialEq)]
struct List(Vec<Option<f64>>);

impl Value for List {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        read_list(pull, &mut |pull| {
            self.0.push(if pull.peek()? == Peek::Null {
                pull.known_null()?;
                None
            } else {
                Some(read_float(pull)?)
            });
            Ok(())
        })
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        let mut before = b'[';
        for value in &self.0 {
            out.push(before);
            before = b',';
            match value {
                Some(value) => write_float(out, *value),
                None => out.extend_from_slice(b"null"),
            }
        }
        if self.0.is_empty() {
            out.push(b'[');
        }
        out.push(b']');
    }
}

/// Whole numbers without `.0`.
#[inline(never)]
fn write_float(out: &mut Vec<u8>, value: f64) {
    /// From here on, whole numbers are not exact any more.
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    let is_minus_zero = value == 0.0 && value.is_sign_negative();
    if value.fract() == 0.0 && value.abs() < LIMIT && !is_minus_zero {
        if value < 0.0 {
            out.push(b'-');
        }
        write_count(out, value.abs() as u64);
    } else {
        let text = float_text(value, 1e-5);
        // As every bundle so far has it.
        let text = if value.abs() > 1.0 {
            text.replace('e', "e+")
        } else {
            text
        };
        out.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &mut dyn Value) -> String {
        let mut out = Vec::new();
        value.write(&mut out);
        String::from_utf8(out).unwrap()
    }

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
        let text = written(&mut Numbers::new(values.into()));
        assert!(text.contains("12,null,null,null,null,"), "{text}");
        let mut read = Numbers::default();
        read.read(&mut Pull::new(&text, 0)).unwrap();
        let bits = |value: Option<f64>| value.map(f64::to_bits);
        for (read, value) in read.into_options().into_iter().zip(values) {
            assert_eq!(bits(read), bits(value));
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "[inf]",
            "[\"1\"]",
            "[[1]]",
            "{}",
            "[true]",
            "[1,{\"a\":2}]",
            "[NaN]",
            "[1e400]",
        ] {
            let text = format!(r#"{{"list":{text}}}"#);
            let mut numbers = Numbers::default();
            assert!(numbers.read(&mut Pull::new(&text, 0)).is_err(), "{text}");
        }
    }
}
