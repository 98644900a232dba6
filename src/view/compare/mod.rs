//! The Compare view: chosen revisions side by side, row by row.
//!
//! `state` reads the address and picks the revisions, `view` lays them out.

mod export;
mod head;
mod lines;
mod state;
#[cfg(test)]
mod tests;
mod tools;
mod view;

pub use view::compare_view;
