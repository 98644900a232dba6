use std::mem::discriminant;

use super::{
    fields::{Value, fault},
    values::{read_text, write_text},
};
use crate::json::{Error, Pull};

/// What each variant of an enum is called in the document. A variant that holds something stands
/// here with nothing in it.
pub(super) type Codes<T> = [(T, &'static str)];

/// A variant as a value of the document. As an optional field, the first one is left out.
pub(super) struct Coded<'v, T: 'static>(pub &'v mut T, pub &'static Codes<T>);

impl<T: Clone> Value for Coded<'_, T> {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        let code = read_text(pull)?;
        *self.0 = value_of(self.1, &code).ok_or_else(|| unknown(&code))?;
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        write_text(out, code_of(self.1, self.0));
    }

    fn is_empty(&self) -> bool {
        let first = self.1.first();
        first.is_some_and(|(first, _)| discriminant(first) == discriminant(self.0))
    }
}

/// The code of a value.
pub(super) fn code_of<T>(codes: &Codes<T>, value: &T) -> &'static str {
    let mut codes = codes.iter();
    let known = codes.find(|(known, _)| discriminant(known) == discriminant(value));
    known.map_or("?", |(_, code)| code)
}

/// Where a value stands among its codes.
pub(super) fn index_of<T>(codes: &Codes<T>, value: &T) -> usize {
    let mut codes = codes.iter();
    let is_it = |(known, _): &(T, _)| discriminant(known) == discriminant(value);
    codes.position(is_it).unwrap_or_default()
}

/// The value of a code.
pub(super) fn value_of<T: Clone>(codes: &Codes<T>, code: &str) -> Option<T> {
    let known = codes.iter().find(|(_, known)| *known == code);
    known.map(|(value, _)| value.clone())
}

/// That a code has no value.
pub(super) fn unknown(code: &str) -> Error {
    fault(&format!("unknown code \"{code}\""))
}
