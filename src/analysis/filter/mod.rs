//! The small language of the filter: `train.C > 30 and test_recall >= 0.5 and name ~ "coth"`.
//!
//! Bare words search names and texts; words side by side are joined by `and`. Comparisons are
//! `> >= < <= = != ~ !~` (`~` is "contains"), `in (…)`, `is missing`, `is not missing`, `changed`;
//! `not`, `or`, parentheses and "quoted texts" do what they seem to. `Δ` before a metric's name
//! means its difference to the baseline. What is missing answers to no comparison.
//!
//! A value that a field has exactly so somewhere means that spelling, else letters of either case.
//! Percentages are numbers, and `= NaN` is what is none.

mod ast;
mod clauses;
mod complete;
mod eval;
mod keys;
mod parse;
mod simple;

pub use ast::{Comparison, FieldName, Filter, FilterError, FilterFault, Span, quoted};
pub use clauses::{Brush, brush, clauses, joined, limit, with_brush};
pub use complete::{Completion, complete, completed};
pub use eval::{Subject, mask, nearest};
pub use keys::with_keys;
pub use parse::parse;
pub use simple::{How, Simple};

#[cfg(test)]
mod tests;
