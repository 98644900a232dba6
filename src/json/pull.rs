use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, NumberAny, NumberInt};

use super::{Error, MAX_DEPTH};
use crate::model::{Found, ProblemKind, Thing};

pub use jiter::Peek;

/// The largest integer up to which an `f64` holds every integer.
const MAX_EXACT: i64 = 1 << 53;

/// One pass over a JSON text, value by value, without a tree.
///
/// Every `known_…` function must follow a [`Peek`] of that kind.
#[derive(Debug)]
pub struct Pull<'a> {
    text: &'a str,
    /// Where `jiter`'s own input begins in `text`.
    base: usize,
    jiter: Jiter<'a>,
    depth: usize,
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
        let rest = text.as_bytes().get(offset..).unwrap_or_default();
        Self {
            text,
            base: offset,
            jiter: Jiter::new(rest).with_allow_inf_nan(),
            depth: 0,
        }
    }

    /// The whole text, from its beginning.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The byte offset of what comes next.
    pub fn offset(&self) -> usize {
        self.base + self.jiter.current_index()
    }

    /// Goes on at a byte offset that is at the same depth of the same kind of container.
    pub fn jump(&mut self, offset: usize) {
        let rest = self.text.as_bytes().get(offset..).unwrap_or_default();
        self.jiter = Jiter::new(rest).with_allow_inf_nan();
        self.base = offset;
    }

    /// The kind of the next value.
    ///
    /// # Errors
    /// The text ends.
    pub fn peek(&mut self) -> Result<Peek, Error> {
        self.jiter.peek().map_err(|it| self.error(&it))
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
        let (text, base) = (self.text, self.base);
        let key = match self.jiter.next_object_bytes() {
            Ok(key) => key.map(|raw| key_at(text, raw)),
            Err(error) => return Err(Error::from_jiter(&error, text, base)),
        };
        self.leave_at_end(key.is_none());
        Ok(key)
    }

    /// The next key of the object, or `None` at its end.
    ///
    /// # Errors
    /// No key comes next.
    pub fn key(&mut self) -> Result<Option<Key<'a>>, Error> {
        let (text, base) = (self.text, self.base);
        let key = match self.jiter.next_key_bytes() {
            Ok(key) => key.map(|raw| key_at(text, raw)),
            Err(error) => return Err(Error::from_jiter(&error, text, base)),
        };
        self.leave_at_end(key.is_none());
        Ok(key)
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
        let first = self.jiter.known_array().map_err(|it| self.error(&it))?;
        self.leave_at_end(first.is_none());
        Ok(first)
    }

    /// The kind of the list's next value, or `None` at its end.
    ///
    /// # Errors
    /// Neither comes next.
    pub fn item(&mut self) -> Result<Option<Peek>, Error> {
        let next = self.jiter.array_step().map_err(|it| self.error(&it))?;
        self.leave_at_end(next.is_none());
        Ok(next)
    }

    /// `null`.
    ///
    /// # Errors
    /// It is cut short.
    pub fn known_null(&mut self) -> Result<(), Error> {
        self.jiter.known_null().map_err(|it| self.error(&it))
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// It is cut short.
    pub fn known_bool(&mut self, peek: Peek) -> Result<bool, Error> {
        self.jiter.known_bool(peek).map_err(|it| self.error(&it))
    }

    /// A string.
    ///
    /// # Errors
    /// It doesn't end, or holds what a string may not.
    pub fn known_text(&mut self) -> Result<Key<'a>, Error> {
        let (text, base) = (self.text, self.base);
        match self.jiter.known_bytes() {
            Ok(raw) => Ok(key_at(text, raw)),
            Err(error) => Err(Error::from_jiter(&error, text, base)),
        }
    }

    /// A number.
    ///
    /// # Errors
    /// It is none.
    pub fn known_number(&mut self, peek: Peek) -> Result<Number<'a>, Error> {
        let start = self.offset();
        match self.jiter.known_number(peek) {
            Ok(NumberAny::Float(value)) => Ok(Number::Float(value)),
            Ok(NumberAny::Int(NumberInt::Int(value)))
                if (-MAX_EXACT..=MAX_EXACT).contains(&value) =>
            {
                #[expect(clippy::cast_precision_loss, reason = "within 2^53")]
                Ok(Number::Float(value as f64))
            }
            Ok(_) => Ok(Number::BigInteger(self.since(start))),
            Err(error) if is_out_of_range(&error) => self.big_integer(start),
            Err(error) => Err(self.error(&error)),
        }
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
    pub fn known_skip(&mut self, peek: Peek) -> Result<&'a str, Error> {
        let start = self.offset();
        match self.jiter.known_skip(peek) {
            Ok(()) => Ok(self.since(start)),
            // jiter gives up at integers of more than 4,300 digits: step over it value by value.
            Err(error) if is_out_of_range(&error) => {
                self.jump(start);
                self.skip_slowly()?;
                Ok(self.since(start))
            }
            Err(error) => Err(self.error(&error)),
        }
    }

    /// Expects the end of the text.
    ///
    /// # Errors
    /// Something else comes.
    pub fn end(&mut self) -> Result<(), Error> {
        self.jiter.finish().map_err(|it| self.error(&it))
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
        Error {
            kind: ProblemKind::Expected { expected, found },
            offset,
        }
    }

    /// The text from an offset up to here.
    pub fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.offset()).unwrap_or_default()
    }

    /// An integer that jiter's 64 bits (or its 4,300 digits) can't hold.
    fn big_integer(&mut self, start: usize) -> Result<Number<'a>, Error> {
        let rest = self.text.get(start..).unwrap_or_default();
        let digits = rest.strip_prefix('-').unwrap_or(rest);
        let n_digits = digits.bytes().take_while(u8::is_ascii_digit).count();
        let end = start + (rest.len() - digits.len()) + n_digits;
        if matches!(digits.as_bytes().get(n_digits), Some(b'.' | b'e' | b'E')) {
            return Err(Error {
                kind: Error::unexpected(self.text, end),
                offset: end,
            });
        }
        self.jump(end);
        Ok(Number::BigInteger(self.since(start)))
    }

    /// Steps over a value within the depth limit, without recursion.
    fn skip_slowly(&mut self) -> Result<(), Error> {
        let outer = self.depth;
        let mut is_list = Vec::new();
        let mut peek = self.peek()?;
        loop {
            match peek {
                Peek::Object => {
                    if self.object()?.is_some() {
                        is_list.push(false);
                        peek = self.peek()?;
                        continue;
                    }
                }
                Peek::Array => {
                    if let Some(first) = self.list()? {
                        is_list.push(true);
                        peek = first;
                        continue;
                    }
                }
                Peek::String => drop(self.known_text()?),
                Peek::Null => self.known_null()?,
                Peek::True | Peek::False => drop(self.known_bool(peek)?),
                _ => drop(self.known_number(peek)?),
            }
            peek = loop {
                let next = match is_list.last() {
                    None => {
                        debug_assert_eq!(self.depth, outer, "left what was entered");
                        return Ok(());
                    }
                    Some(true) => self.item()?,
                    Some(false) => match self.key()? {
                        Some(_) => Some(self.peek()?),
                        None => None,
                    },
                };
                match next {
                    Some(next) => break next,
                    None => drop(is_list.pop()),
                }
            };
        }
    }

    fn enter(&mut self) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Error {
                kind: ProblemKind::TooDeep { limit: MAX_DEPTH },
                offset: self.offset(),
            });
        }
        Ok(())
    }

    fn leave_at_end(&mut self, is_end: bool) {
        self.depth = self.depth.saturating_sub(usize::from(is_end));
    }

    fn error(&self, error: &JiterError) -> Error {
        Error::from_jiter(error, self.text, self.base)
    }
}

impl<'a> Key<'a> {
    /// As it was written, escapes and all.
    pub fn raw(self) -> &'a str {
        self.raw
    }

    /// The text itself, where no character is escaped.
    pub fn plain(self) -> Option<&'a str> {
        (!self.raw.as_bytes().contains(&b'\\')).then_some(self.raw)
    }

    /// The text, unescaped.
    pub fn text(self) -> std::borrow::Cow<'a, str> {
        match self.plain() {
            Some(text) => text.into(),
            None => unescape(self.raw).into(),
        }
    }

    fn found(self) -> Found {
        Found::Text(super::node::shorten(&self.text()))
    }
}

/// `raw` as the part of `text` that it is: jiter lends it for as long as it is borrowed itself.
fn key_at<'a>(text: &'a str, raw: &[u8]) -> Key<'a> {
    let start = (raw.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    let raw = text.get(start..start.wrapping_add(raw.len()));
    Key {
        raw: raw.unwrap_or_default(),
    }
}

/// The text of a raw string that was found valid before.
fn unescape(raw: &str) -> String {
    let quoted = format!("\"{raw}\"");
    let mut jiter = Jiter::new(quoted.as_bytes());
    jiter
        .next_str()
        .map_or_else(|_| raw.to_owned(), str::to_owned)
}

fn is_out_of_range(error: &JiterError) -> bool {
    error.error_type == JiterErrorType::JsonError(JsonErrorType::NumberOutOfRange)
}
