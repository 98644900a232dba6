//! The address: view state ⇄ fragment text.
//!
//! `#/view?k=v&…`. Values percent-encode everything but `A–Z a–z 0–9 . _ -`; the list separator
//! `,` and the pair separator `~` stand raw between names and are encoded inside them. Keys are
//! alphabetical and defaults left out: one state, one text. Unknown keys are kept.

mod address;

pub use address::{Address, View, decode, encode, join_list, split_list};
