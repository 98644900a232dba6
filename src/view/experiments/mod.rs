//! The Experiments view: every revision as a row, sorted and filtered as columns and indices.
//!
//! `state` reads the address, `grid` makes indices of it once per question; the components word
//! only the rows that are seen.

mod across;
mod badges;
mod cell;
mod cloud;
mod columns;
mod details;
mod export;
mod grid;
mod head;
mod keys;
mod row;
mod scatter;
mod state;
mod table;
#[cfg(test)]
mod tests;
mod tools;
mod view;

pub(super) use export::{Sheet, copy_menu};
pub(super) use grid::{cell_text, column_digits, difference_text, full_value};
pub(super) use row::dot;
pub use view::experiments_view;
