//! The Confusion view: the matrix as a heatmap with its margins, one pinned cell, and the
//! confusions in words.
//!
//! `question` reads the address; `basis` is the matrix that it asks for, `shown` how it is looked at;
//! both are made once for all parts, which only draw. Up to 50
//! classes the matrix is a table, above that a canvas with one real cell over it: `analysis::picture`
//! makes its pixels, `sight` knows which part of them is seen.

mod basis;
mod canvas;
mod canvas_cell;
mod canvas_paint;
mod canvas_tools;
mod choose;
mod chosen;
mod drawn;
mod export;
mod field;
mod groups;
mod jobs;
mod legend;
mod lists;
mod lost;
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
