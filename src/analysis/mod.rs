//! What the numbers say: measures, tests, orders, table queries, digits. Pure functions over
//! `model`; transcendental functions come from `libm`, so that page and command line agree.

pub mod aligned;
pub mod arrange;
pub mod baselines;
pub mod business;
pub mod cell_samples;
pub mod changed;
pub mod class_changes;
pub mod class_order;
pub mod colour;
pub mod comparable;
pub mod compare;
pub mod confusions;
pub mod digest;
pub mod digits;
pub mod direction;
pub mod drawing;
pub mod evidence;
pub mod filter;
pub mod gates;
pub mod groups;
pub mod guards;
pub mod heatmap;
pub mod ledger;
pub mod markdown;
pub mod matrix_source;
pub mod matrix_text;
pub mod mcnemar;
pub mod measures;
#[cfg(test)]
pub(crate) mod nba;
#[cfg(test)]
pub(crate) mod nba_report;
pub mod numbers;
pub mod one_class;
pub mod order;
pub mod overall;
pub mod parallel;
pub mod pattern;
pub mod picture;
pub mod plot;
pub mod points;
pub mod primary;
pub mod question;
pub mod records;
pub mod run_groups;
pub mod seeds;
pub mod selection;
pub mod seriation;
pub mod stated;
pub mod statistics;
pub mod table;
#[cfg(test)]
pub(crate) mod testing;
pub mod ticks;
pub mod tried;
pub mod values;
pub mod verdict;
pub mod version;
pub mod window;
