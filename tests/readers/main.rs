//! Every fixture through the readers: the same reader with and without its name, findings that
//! hold together, a report that does, and the facts that are known of the files by other means.
#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod bytes;
mod common;
mod containers;
mod facts;
mod hostile;
mod matrices;
mod small;
mod table;
