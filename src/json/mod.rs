//! JSON of other tools, read leniently and with its place kept.
//!
//! Two ways in, over the same text and with the same rules:
//! - [`Document`], a small tree for everything that is read once: typed accessors of [`Node`]
//!   answer with a [`crate::model::Problem`] that knows line, column and key path;
//! - [`Pull`], one pass without a tree, for `exp show` files of many megabytes.
//!
//! # Rules
//! What these tools write is Python's JSON: bare `NaN`, `Infinity` and `-Infinity` are numbers.
//! Integers beyond 2^53 keep their decimal digits. The last of duplicate keys counts, with a
//! notice. Text before the document (warnings captured with it) and after it is passed over, with
//! a notice. A byte order mark, UTF-16 and bytes that are not UTF-8 are taken, with a notice where
//! the text had to change. Nesting ends at [`MAX_DEPTH`] levels, values at [`MAX_VALUES`], the memory
//! of key paths where [`Paths`] says.
//!
//! # Parser
//! Our own, in `scan` and [`Pull`]: it takes bare `NaN`, and gives strings and numbers as pieces of
//! the text, so that a key that is only compared is not copied, and a number may have any digits.
//! jiter does all that too, but brings a second reading of floats beside the standard library's,
//! and is many times as large in wasm. serde_json refuses `NaN` and knows no places.

mod decimal;
mod document;
mod error;
mod node;
mod paths;
mod place;
mod pull;
mod scan;
mod structure;
mod text;
mod tree;
mod words;

pub use document::{Document, compact, note_rest, open};
pub use error::Error;
pub use node::{Kind, Node, shorten};
pub use paths::Paths;
pub use place::line_and_column;
pub use pull::{Key, Number, Peek, Pull};
pub use structure::{float_text, non_finite, write_number, write_text};
pub use text::{decode, decode_text};

/// Levels of nesting that are followed; real artifacts have fewer than 20.
pub const MAX_DEPTH: usize = 200;

/// Values that one tree holds: a matrix of 3,000 classes; some 300 MB of memory where they are no lists of numbers.
pub const MAX_VALUES: usize = 10_000_000;
