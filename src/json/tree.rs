use std::collections::HashMap;

use super::{Error, Key, MAX_DEPTH, MAX_VALUES, Number, Peek, Pull};
use crate::model::{Limit, ProblemKind};

/// One value of the tree, with the place where it begins.
#[derive(Debug)]
pub(super) struct Tree {
    /// Byte offset into the document's text.
    pub offset: u32,
    pub data: Data,
}

#[derive(Debug)]
pub(super) enum Data {
    Null,
    Bool(bool),
    Number(f64),
    BigInteger(Text),
    Text(Text),
    List(Vec<Tree>),
    /// A list of nothing but numbers, such as the row of a matrix: 8 bytes each in place of 24.
    /// Where they stand, [`number_offsets`] finds out again.
    Numbers(Box<[f64]>),
    /// Each key once: the last value of duplicates, in the place of the first.
    Object(Vec<(Text, Tree)>),
}

/// A piece of the document's text, or its own where characters were escaped.
#[derive(Debug)]
pub(super) enum Text {
    Plain { start: u32, len: u32 },
    Unescaped(Box<str>),
}

impl Text {
    pub fn get<'d>(&'d self, document: &'d str) -> &'d str {
        match self {
            Self::Plain { start, len } => {
                let start = *start as usize;
                let text = document.get(start..start + *len as usize);
                text.unwrap_or_default()
            }
            Self::Unescaped(text) => text,
        }
    }
}

/// Builds a tree; what stands before an error is kept.
pub(super) struct Builder<'a> {
    text: &'a str,
    pull: Pull<'a>,
    n_values: usize,
    /// What ended the reading early.
    pub error: Option<Error>,
    /// Offset of the object, and key, of each duplicate, up to [`MAX_DUPLICATES`].
    pub duplicates: Vec<(usize, String)>,
}

/// Duplicate keys that are reported; one notice for each of a million would help nobody.
const MAX_DUPLICATES: usize = 20;

/// Objects with fewer keys are searched, larger ones are hashed.
const FEW_KEYS: usize = 16;

impl<'a> Builder<'a> {
    pub fn new(text: &'a str, offset: usize) -> Self {
        Self {
            text,
            pull: Pull::new(text, offset),
            n_values: 0,
            error: None,
            duplicates: Vec::new(),
        }
    }

    /// The document's only value; look at `error` then.
    pub fn document(&mut self) -> Tree {
        match self.pull.peek() {
            Ok(peek) => self.value(peek),
            Err(error) => self.broken(error),
        }
    }

    /// The offset behind what was read.
    pub fn offset(&self) -> usize {
        self.pull.offset()
    }

    fn value(&mut self, peek: Peek) -> Tree {
        self.n_values += 1;
        if self.n_values > MAX_VALUES {
            let kind = ProblemKind::TooLarge {
                what: Limit::Values,
                limit: MAX_VALUES as u64,
            };
            return self.broken(Error::new(kind, self.pull.offset()));
        }
        let offset = as_u32(self.pull.offset());
        let data = match peek {
            Peek::Null => self.pull.known_null().map(|()| Data::Null),
            Peek::True | Peek::False => self.pull.known_bool(peek).map(Data::Bool),
            Peek::String => self.pull.known_text().map(|it| Data::Text(self.kept(it))),
            Peek::Array => Ok(self.list()),
            Peek::Object => Ok(self.object()),
            _ => match self.pull.known_number() {
                Ok(Number::Float(value)) => Ok(Data::Number(value)),
                Ok(Number::BigInteger(digits)) => Ok(Data::BigInteger(self.plain(digits))),
                Err(error) => Err(error),
            },
        };
        match data {
            Ok(data) => Tree { offset, data },
            Err(error) => self.broken(error),
        }
    }

    fn list(&mut self) -> Data {
        let mut next = self.pull.list();
        if matches!(next, Ok(Some(Peek::Number)))
            && let Some(numbers) = self.numbers()
        {
            return Data::Numbers(numbers);
        }
        let mut items = Vec::new();
        loop {
            match next {
                Ok(Some(peek)) => items.push(self.value(peek)),
                Ok(None) => break,
                Err(error) => {
                    self.error = Some(error);
                    break;
                }
            }
            if self.error.is_some() {
                break;
            }
            next = self.pull.item();
        }
        items.shrink_to_fit();
        Data::List(items)
    }

    /// The rest of a list, from its first value on, where all of it are numbers that a float holds;
    /// else nothing is read.
    fn numbers(&mut self) -> Option<Box<[f64]>> {
        let start = self.pull.mark();
        let mut numbers = Vec::new();
        let is_all = loop {
            match self.pull.known_number() {
                Ok(Number::Float(value)) => numbers.push(value),
                _ => break false,
            }
            match self.pull.item() {
                Ok(Some(Peek::Number)) => {}
                Ok(next) => break next.is_none(),
                Err(_) => break false,
            }
        };
        let n_values = self.n_values + numbers.len();
        if !is_all || n_values > MAX_VALUES {
            self.pull.back(start);
            return None;
        }
        self.n_values = n_values;
        Some(numbers.into_boxed_slice())
    }

    fn object(&mut self) -> Data {
        let start = self.pull.offset();
        let mut entries: Vec<(Text, Tree)> = Vec::new();
        let mut next = self.pull.object();
        loop {
            let key = match next {
                Ok(Some(key)) => self.kept(key),
                Ok(None) => break,
                Err(error) => {
                    self.error = Some(error);
                    break;
                }
            };
            match self.pull.peek() {
                Ok(peek) => {
                    let value = self.value(peek);
                    entries.push((key, value));
                }
                Err(error) => self.error = Some(error),
            }
            if self.error.is_some() {
                break;
            }
            next = self.pull.key();
        }
        self.drop_duplicates(start, &mut entries);
        entries.shrink_to_fit();
        Data::Object(entries)
    }

    /// Leaves the last value of each key, where the first stood.
    fn drop_duplicates(&mut self, start: usize, entries: &mut Vec<(Text, Tree)>) {
        let mut first_of: Vec<Option<usize>> = vec![None; entries.len()];
        let mut has_duplicates = false;
        if entries.len() < FEW_KEYS {
            for (idx, (key, _)) in entries.iter().enumerate() {
                let key = key.get(self.text);
                let before = entries.iter().take(idx);
                let same = before
                    .map(|it| it.0.get(self.text))
                    .position(|it| it == key);
                if let Some(slot) = first_of.get_mut(idx) {
                    *slot = same;
                }
                has_duplicates |= same.is_some();
            }
        } else {
            let mut known: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
            for (idx, (key, _)) in entries.iter().enumerate() {
                let first = *known.entry(key.get(self.text)).or_insert(idx);
                if first != idx {
                    if let Some(slot) = first_of.get_mut(idx) {
                        *slot = Some(first);
                    }
                    has_duplicates = true;
                }
            }
        }
        if !has_duplicates {
            return;
        }
        let mut slots: Vec<Option<(Text, Tree)>> = entries.drain(..).map(Some).collect();
        for idx in 0..slots.len() {
            let Some(first) = first_of.get(idx).copied().flatten() else {
                continue;
            };
            if let Some((key, value)) = slots.get_mut(idx).and_then(Option::take) {
                if self.duplicates.len() < MAX_DUPLICATES {
                    let key = key.get(self.text).to_owned();
                    self.duplicates.push((start, key));
                }
                if let Some(slot) = slots.get_mut(first) {
                    *slot = Some((key, value));
                }
            }
        }
        entries.extend(slots.into_iter().flatten());
    }

    fn kept(&self, key: Key<'a>) -> Text {
        match key.plain() {
            Some(text) => self.plain(text),
            None => Text::Unescaped(key.text().into()),
        }
    }

    /// Where a piece of the document's text is.
    fn plain(&self, piece: &str) -> Text {
        let start = (piece.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        Text::Plain {
            start: as_u32(start),
            len: as_u32(piece.len()),
        }
    }

    fn broken(&mut self, error: Error) -> Tree {
        let offset = as_u32(error.offset);
        self.error.get_or_insert(error);
        Tree {
            offset,
            data: Data::Null,
        }
    }
}

/// The byte offset of each number of a list that begins at `list`.
pub(super) fn number_offsets(text: &str, list: u32) -> impl Iterator<Item = usize> + '_ {
    let mut pull = Pull::new(text, list as usize);
    let mut next = pull.list();
    std::iter::from_fn(move || {
        let offset = pull.offset();
        matches!(next, Ok(Some(_))).then(|| {
            next = pull.known_skip(Peek::Number).and_then(|_| pull.item());
            offset
        })
    })
}

/// Longer documents are refused before, by `document::MAX_BYTES`.
fn as_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

const _: () = assert!(MAX_DEPTH < 1000, "`value` calls itself once for each level");
