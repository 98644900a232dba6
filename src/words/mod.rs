//! Every sentence that a person reads, in English and Spanish: page, comment and errors alike.
//!
//! One file for each area, each with an enum of messages with typed arguments that implements
//! [`Say`]: one function per language, matched without a wildcard, so that the compiler proves
//! that no sentence is missing. Numbers and plurals follow `number`.

pub mod baselines;
pub mod columns;
pub mod comment;
pub mod compare;
pub mod confusion;
pub mod date;
pub mod evidence;
pub mod experiments;
pub mod files;
pub mod filter;
pub mod forge;
pub mod formats;
pub mod gate;
pub mod gone;
pub mod groups;
pub mod judged;
pub mod ledger;
pub mod metric;
pub mod mixups;
pub mod notice;
pub mod number;
pub mod overview;
pub mod parallel;
pub mod picking;
pub mod plots;
pub mod problem;
pub mod publish;
pub mod publishing;
pub mod report;
pub mod run_quote;
pub mod shell;
pub mod site;
pub mod terminal;
pub mod tried;
pub mod verdict;
pub mod worth;

use crate::model::Lang;

/// A message that can be said in every language.
pub trait Say {
    /// The sentence.
    fn say(&self, lang: Lang) -> String;
}
