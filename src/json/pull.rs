use std::borrow::Cow;

use super::{Error, MAX_DEPTH, decimal::decimal, scan, words};
use crate::model::{Found, ProblemKind, Thing};

/// The largest integer up to which an `f64` holds every integer.
const MAX_EXACT: i64 = 1 << 53;

/// One pass over a JSON text, value by value, without a tree.
///
/// Every `known_…` function must follow a [`Peek`] of that kind.
#[derive(Debug)]
pub struct Pull<'a> {
    text: &'a str,
    /// The byte offset of what comes next.
    at: usize,
    depth: usize,
}

/// What a value is, by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peek {
    /// `null`.
    Null,
    /// `true`.
    True,
    /// `false`.
    False,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
    /// A number, or a character that begins no value.
    Number,
}

/// A number as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number<'a> {
    /// May be `NaN` or infinite.
    Float(f64),
    /// The digits of an integer beyond 2^53, with its sign.
    BigInteger(&'a str),
}

/// A string as it stands in the text, between its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'a> {
    raw: &'a str,
}

impl<'a> Pull<'a> {
    /// From a byte offset of the text on, which must be one of a character.
    pub fn new(text: &'a str, offset: usize) -> Self {
        Self {
            text,
            at: offset,
            depth: 0,
        }
    }

    /// The whole text, from its beginning.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The byte offset of what comes next.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Goes on at a byte offset that is at the same depth of the same kind of container.
    pub fn jump(&mut self, offset: usize) {
        self.at = offset;
    }

    /// Where it is, for [`Pull::back`].
    pub(super) fn mark(&self) -> (usize, usize) {
        (self.at, self.depth)
    }

    /// Goes back to where it was.
    pub(super) fn back(&mut self, (at, depth): (usize, usize)) {
        self.at = at;
        self.depth = depth;
    }

    /// Goes behind a text, where it comes next exactly so.
    pub fn follows(&mut self, text: &str) -> bool {
        let end = self.at.saturating_add(text.len());
        let next = self.bytes().get(self.at..end);
        let follows = next.is_some_and(|next| words::are_same(next, text.as_bytes()));
        if follows {
            self.at = end;
        }
        follows
    }

    /// The kind of the next value.
    ///
    /// # Errors
    /// The text ends.
    pub fn peek(&mut self) -> Result<Peek, Error> {
        Ok(match self.next_byte() {
            Some(b'n') => Peek::Null,
            Some(b't') => Peek::True,
            Some(b'f') => Peek::False,
            Some(b'"') => Peek::String,
            Some(b'[') => Peek::Array,
            Some(b'{') => Peek::Object,
            Some(_) => Peek::Number,
            None => return Err(self.unexpected(self.at)),
        })
    }

    /// Enters the object that comes next: its first key, or `None` where it is empty (and left
    /// again).
    ///
    /// # Errors
    /// Something else comes next, or no key; or it is too deep.
    pub fn object(&mut self) -> Result<Option<Key<'a>>, Error> {
        let peek = self.peek()?;
        if peek != Peek::Object {
            return Err(self.expected(Thing::Object, peek));
        }
        self.enter()?;
        self.at += 1;
        if self.leaves(b'}') {
            return Ok(None);
        }
        self.next_key().map(Some)
    }

    /// The next key of the object, or `None` at its end.
    ///
    /// # Errors
    /// No key comes next.
    pub fn key(&mut self) -> Result<Option<Key<'a>>, Error> {
        if self.leaves(b'}') {
            return Ok(None);
        }
        self.take(b',')?;
        self.next_key().map(Some)
    }

    /// Enters the list that comes next: the kind of its first value, or `None` where it is empty
    /// (and left again).
    ///
    /// # Errors
    /// Something else comes next; or it is too deep.
    pub fn list(&mut self) -> Result<Option<Peek>, Error> {
        let peek = self.peek()?;
        if peek != Peek::Array {
            return Err(self.expected(Thing::List, peek));
        }
        self.enter()?;
        self.at += 1;
        if self.leaves(b']') {
            return Ok(None);
        }
        self.peek().map(Some)
    }

    /// The kind of the list's next value, or `None` at its end.
    ///
    /// # Errors
    /// Neither comes next.
    pub fn item(&mut self) -> Result<Option<Peek>, Error> {
        if self.leaves(b']') {
            return Ok(None);
        }
        self.take(b',')?;
        match self.next_byte() {
            Some(b']') => Err(self.unexpected(self.at)),
            _ => self.peek().map(Some),
        }
    }

    /// `null`.
    ///
    /// # Errors
    /// It is another word.
    pub fn known_null(&mut self) -> Result<(), Error> {
        self.step(scan::word_end(self.bytes(), self.at, "null"))
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// It is another word.
    pub fn known_bool(&mut self, peek: Peek) -> Result<bool, Error> {
        let is_true = peek == Peek::True;
        let word = if is_true { "true" } else { "false" };
        self.step(scan::word_end(self.bytes(), self.at, word))?;
        Ok(is_true)
    }

    /// A string.
    ///
    /// # Errors
    /// It doesn't end, or holds what a string may not.
    pub fn known_text(&mut self) -> Result<Key<'a>, Error> {
        let start = self.at + 1;
        self.step(scan::string_end(self.bytes(), start))?;
        let raw = self.since(start);
        self.at += 1;
        Ok(Key { raw })
    }

    /// A number.
    ///
    /// # Errors
    /// It is none.
    pub fn known_number(&mut self) -> Result<Number<'a>, Error> {
        let start = self.at;
        if let Some((value, end)) = decimal(self.bytes(), start) {
            self.at = end;
            return Ok(Number::Float(value));
        }
        self.step(scan::number_end(self.bytes(), start))?;
        Ok(number(self.since(start)))
    }

    /// The next value, whatever it is, unread; its text.
    ///
    /// # Errors
    /// It is no JSON value, or too deep.
    pub fn skip(&mut self) -> Result<&'a str, Error> {
        let peek = self.peek()?;
        self.known_skip(peek)
    }

    /// As [`Pull::skip`], where its kind is known.
    ///
    /// # Errors
    /// It is no JSON value, or too deep.
    pub fn known_skip(&mut self, mut peek: Peek) -> Result<&'a str, Error> {
        let start = self.at;
        // The containers around it, inwards; in place of recursion.
        let mut inside = Vec::new();
        loop {
            let mut next = self.step_into(peek)?;
            if next.is_some() {
                inside.push(peek);
            }
            peek = loop {
                match (next, inside.last()) {
                    (Some(next), _) => break next,
                    (None, None) => return Ok(self.since(start)),
                    (None, Some(Peek::Array)) => next = self.item()?,
                    (None, Some(_)) => {
                        let key = self.key()?;
                        next = self.value_of(key)?;
                    }
                }
                if next.is_none() {
                    inside.pop();
                }
            };
        }
    }

    /// Expects the end of the text.
    ///
    /// # Errors
    /// Something else comes.
    pub fn end(&mut self) -> Result<(), Error> {
        match self.next_byte() {
            None => Ok(()),
            Some(_) => Err(self.unexpected(self.at)),
        }
    }

    /// That something else was expected where `peek` stands.
    pub fn expected(&self, expected: Thing, peek: Peek) -> Error {
        let offset = self.offset();
        let found = match peek {
            Peek::String => {
                let text = Pull::new(self.text, offset).known_text();
                text.map_or(Found::Thing(Thing::Text), |it| it.found())
            }
            Peek::Array => Found::Thing(Thing::List),
            Peek::Object => Found::Thing(Thing::Object),
            _ => match Pull::new(self.text, offset).skip() {
                Ok(literal) => Found::Literal(super::node::shorten(literal)),
                Err(error) => return error,
            },
        };
        Error::new(ProblemKind::Expected { expected, found }, offset)
    }

    /// The text from an offset up to here.
    pub fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.offset()).unwrap_or_default()
    }

    fn enter(&mut self) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let kind = ProblemKind::TooDeep { limit: MAX_DEPTH };
            return Err(Error::new(kind, self.offset()));
        }
        Ok(())
    }

    /// Steps over a scalar, or to the first value of a container.
    fn step_into(&mut self, peek: Peek) -> Result<Option<Peek>, Error> {
        match peek {
            Peek::Array => return self.list(),
            Peek::Object => {
                let key = self.object()?;
                return self.value_of(key);
            }
            Peek::String => drop(self.known_text()?),
            Peek::Null => self.known_null()?,
            Peek::True | Peek::False => drop(self.known_bool(peek)?),
            Peek::Number => self.step(scan::number_end(self.bytes(), self.at))?,
        }
        Ok(None)
    }

    fn value_of(&mut self, key: Option<Key<'_>>) -> Result<Option<Peek>, Error> {
        key.map(|_| self.peek()).transpose()
    }

    /// Whether the container ends here; it is left then.
    fn leaves(&mut self, end: u8) -> bool {
        let is_end = self.next_byte() == Some(end);
        if is_end {
            self.at += 1;
            self.depth = self.depth.saturating_sub(1);
        }
        is_end
    }

    /// A key and its colon.
    fn next_key(&mut self) -> Result<Key<'a>, Error> {
        if self.next_byte() != Some(b'"') {
            return Err(self.unexpected(self.at));
        }
        let key = self.known_text()?;
        self.take(b':')?;
        Ok(key)
    }

    fn take(&mut self, byte: u8) -> Result<(), Error> {
        if self.next_byte() != Some(byte) {
            return Err(self.unexpected(self.at));
        }
        self.at += 1;
        Ok(())
    }

    /// The first byte of what comes next, behind white space.
    fn next_byte(&mut self) -> Option<u8> {
        self.at = scan::space_end(self.bytes(), self.at);
        self.bytes().get(self.at).copied()
    }

    /// Goes where a scan ended.
    fn step(&mut self, end: Result<usize, usize>) -> Result<(), Error> {
        self.at = end.map_err(|at| self.unexpected(at))?;
        Ok(())
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn unexpected(&self, offset: usize) -> Error {
        Error::unexpected(self.text, offset)
    }
}

impl<'a> Key<'a> {
    /// As it was written, escapes and all.
    pub fn raw(self) -> &'a str {
        self.raw
    }

    /// The text itself, where no character is escaped.
    pub fn plain(self) -> Option<&'a str> {
        let plain_end = scan::plain_end(self.raw.as_bytes(), 0);
        (plain_end == self.raw.len()).then_some(self.raw)
    }

    /// The text, unescaped.
    pub fn text(self) -> Cow<'a, str> {
        match self.plain() {
            Some(text) => text.into(),
            None => unescape(self.raw).into(),
        }
    }

    fn found(self) -> Found {
        Found::Text(super::node::shorten(&self.text()))
    }
}

/// The value of a number.
fn number(literal: &str) -> Number<'_> {
    let is_integer = |byte: u8| byte.is_ascii_digit() || byte == b'-';
    if !literal.bytes().all(is_integer) {
        // Also `NaN` and `Infinity`.
        return Number::Float(literal.parse().unwrap_or(f64::NAN));
    }
    match literal.parse::<i64>() {
        #[expect(clippy::cast_precision_loss, reason = "within 2^53")]
        Ok(value) if (-MAX_EXACT..=MAX_EXACT).contains(&value) => Number::Float(value as f64),
        _ => Number::BigInteger(literal),
    }
}

/// The text of a raw string that was found valid before.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        text.push_str(plain);
        let (character, end) = scan::escape(escaped.as_bytes(), 0).unwrap_or(('\\', 0));
        text.push(character);
        rest = escaped.get(end..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}
