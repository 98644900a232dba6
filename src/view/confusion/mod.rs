//! The Confusion view: the matrix as a heatmap with its margins, one pinned cell, and the
//! confusions in words.
//!
//! `question` reads the address, `shown` answers it once for all parts, which only draw. Up to 50
//! classes the matrix is a table, above that a canvas with one real cell over it: `analysis::picture`
//! makes its pixels, `sight` knows which part of them is seen.

mod canvas;
mod choose;
mod export;
mod field;
mod groups;
mod legend;
mod lists;
mod margins;
mod measures;
mod numbers;
mod one;
mod pinned;
mod question;
mod shown;
mod sight;
mod table;
mod toolbar;
mod view;

#[cfg(test)]
mod tests;

pub use view::confusion_view;
