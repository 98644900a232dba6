//! Texts, numbers, lists and the like as values of the document.

use std::io::Write as _;

use super::fields::{Value, fault, placed, read_list};
use crate::{
    json::{Error, Number as Literal, Peek, Pull},
    model::Thing,
};

impl Value for String {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        *self = read_text(pull)?;
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        write_text(out, self);
    }

    fn is_empty(&self) -> bool {
        str::is_empty(self)
    }
}

impl Value for bool {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        *self = match pull.peek()? {
            peek @ (Peek::True | Peek::False) => pull.known_bool(peek)?,
            peek => return Err(pull.expected(Thing::Bool, peek)),
        };
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }

    fn is_empty(&self) -> bool {
        !*self
    }
}

impl Value for u64 {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        *self = read_count(pull, u64::MAX)?;
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        write_count(out, *self);
    }
}

impl Value for u32 {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        *self = u32::try_from(read_count(pull, u64::from(u32::MAX))?).unwrap_or(u32::MAX);
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        write_count(out, u64::from(*self));
    }
}

impl Value for u16 {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        *self = Self::try_from(read_count(pull, Self::MAX.into())?).unwrap_or(Self::MAX);
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        write_count(out, u64::from(*self));
    }
}

impl Value for usize {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        *self = Self::try_from(read_count(pull, Self::MAX as u64)?).unwrap_or(Self::MAX);
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        write_count(out, *self as u64);
    }
}

impl<V: Value + Default> Value for Option<V> {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        *self = None;
        if pull.peek()? == Peek::Null {
            return pull.known_null();
        }
        self.insert(V::default()).read(pull)
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            None => out.extend_from_slice(b"null"),
        }
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<V: Value + Default> Value for Vec<V> {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        read_list(pull, &mut push_to(self))
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        out.push(b'[');
        for (idx, item) in self.iter_mut().enumerate() {
            if idx > 0 {
                out.push(b',');
            }
            item.write(out);
        }
        out.push(b']');
    }

    fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

/// Reads an item of a list, and adds it.
pub(super) fn push_to<V: Value + Default>(
    items: &mut Vec<V>,
) -> impl FnMut(&mut Pull<'_>) -> Result<(), Error> {
    |pull| {
        let mut item = V::default();
        item.read(pull)?;
        items.push(item);
        Ok(())
    }
}

impl<A: Value, B: Value> Value for (A, B) {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        read_tuple(&mut [&mut self.0, &mut self.1], pull)
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        write_tuple(&mut [&mut self.0, &mut self.1], out);
    }
}

impl<A: Value, B: Value, C: Value> Value for (A, B, C) {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        read_tuple(&mut [&mut self.0, &mut self.1, &mut self.2], pull)
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        write_tuple(&mut [&mut self.0, &mut self.1, &mut self.2], out);
    }
}

impl<A: Value, B: Value, C: Value, D: Value> Value for (A, B, C, D) {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        let (a, b, c, d) = self;
        read_tuple(&mut [a, b, c, d], pull)
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        let (a, b, c, d) = self;
        write_tuple(&mut [a, b, c, d], out);
    }
}

#[inline(never)]
pub(super) fn read_tuple(values: &mut [&mut dyn Value], pull: &mut Pull<'_>) -> Result<(), Error> {
    pull.peek()?;
    let offset = pull.offset();
    let n_values = values.len();
    let length = || placed(fault(&format!("expected a list of {n_values}")), offset);
    let mut values = values.iter_mut();
    read_list(pull, &mut |pull| {
        values.next().ok_or_else(length)?.read(pull)
    })?;
    match values.next() {
        Some(_) => Err(length()),
        None => Ok(()),
    }
}

#[inline(never)]
pub(super) fn write_tuple(values: &mut [&mut dyn Value], out: &mut Vec<u8>) {
    let mut before = b'[';
    for value in values {
        out.push(before);
        value.write(out);
        before = b',';
    }
    out.push(b']');
}

#[inline(never)]
pub(super) fn read_text(pull: &mut Pull<'_>) -> Result<String, Error> {
    match pull.peek()? {
        Peek::String => Ok(pull.known_text()?.text().into_owned()),
        peek => Err(pull.expected(Thing::Text, peek)),
    }
}

/// Adds a text in quotes.
#[inline(never)]
pub(super) fn write_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text;
    while let Some(at) = rest.find(|it: char| matches!(it, '"' | '\\' | ..' ')) {
        let (plain, escaped) = rest.split_at(at);
        out.extend_from_slice(plain.as_bytes());
        let byte = escaped.bytes().next().unwrap_or_default();
        let short = match byte {
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            8 => b'b',
            12 => b'f',
            other => other,
        };
        match short {
            ..b' ' => drop(write!(out, "\\u{byte:04x}")),
            short => out.extend_from_slice(&[b'\\', short]),
        }
        rest = escaped.get(1..).unwrap_or_default();
    }
    out.extend_from_slice(rest.as_bytes());
    out.push(b'"');
}

/// A number that is finite.
#[inline(never)]
pub(super) fn read_float(pull: &mut Pull<'_>) -> Result<f64, Error> {
    let peek = pull.peek()?;
    if matches!(
        peek,
        Peek::String | Peek::Array | Peek::Object | Peek::Null | Peek::True | Peek::False
    ) {
        return Err(pull.expected(Thing::Number, peek));
    }
    let start = pull.offset();
    let value = match pull.known_number()? {
        Literal::Float(value) => value,
        Literal::BigInteger(digits) => digits.parse().unwrap_or(f64::NAN),
    };
    if value.is_finite() {
        Ok(value)
    } else {
        let mut again = Pull::new(pull.text(), start);
        let peek = again.peek()?;
        Err(again.expected(Thing::Number, peek))
    }
}

#[inline(never)]
fn read_count(pull: &mut Pull<'_>, most: u64) -> Result<u64, Error> {
    let peek = pull.peek()?;
    let offset = pull.offset();
    match pull.known_skip(peek)?.parse() {
        Ok(count) if count <= most => Ok(count),
        _ => Err(placed(
            fault(&format!("expected a whole number up to {most}")),
            offset,
        )),
    }
}

#[inline(never)]
pub(super) fn write_count(out: &mut Vec<u8>, count: u64) {
    let _ = write!(out, "{count}");
}
