//! Sentences about confusion matrices: cells, pairs, and the controls of their view.
//!
//! Classes and samples are called as the settings say, in the language of the sentence; else by
//! their labels. The gender of a noun isn't known, so no Spanish sentence needs it: no article, no
//! pronoun and no participle goes with a class.

mod cell;
mod classes;
mod matrix;
mod measure;
mod view;

pub use cell::{Before, CellRest, CellSentence, MutualSentence};
pub use classes::{ClassWords, amount, apart, clipped, shown_label};
pub use matrix::{Copied, MatrixWords};
pub use measure::{IntervalWords, MeasureWords, OneClassWords};
pub use view::ConfusionWords;
