//! The Experiments view: every revision as a row, sorted and filtered as columns and indices.
//!
//! `state` reads the address, `grid` makes indices of it once per question; the components word
//! only the rows that are seen.

mod across;
mod asked;
mod badges;
mod cell;
mod chips;
mod cloud;
mod columns;
mod details;
mod export;
mod filter;
mod grid;
mod groups;
mod head;
mod keys;
mod parallel;
mod quote;
mod row;
mod scatter;
mod state;
mod strokes;
mod table;
#[cfg(test)]
mod tests;
mod tools;
mod view;

pub(super) use export::{Exact, Sheet, copy_menu};
pub(super) use grid::{cell_text, column_digits, difference_text, full_value, number_text};
pub(super) use quote::quote;
pub(super) use row::{dot, state_key, state_words};
pub(super) use state::{NOBODY, toggled};
pub use view::experiments_view;
