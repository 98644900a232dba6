//! The answer to "did it improve?", in one sentence, and the words around it.

mod answer;
mod difference;
mod effect;

pub use answer::{Answer, Guard, Unfinished};
pub use difference::Difference;
pub use effect::{Baseline, Effect, Level, both};
