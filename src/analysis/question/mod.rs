//! A question in plain words: "did you try C = 60 and solver = saga?", "¿y saga?".

mod ask;
mod parts;
#[cfg(test)]
mod tests;

pub use ask::{Question, question, value_of};
pub(super) use parts::is_typed;
pub use parts::number_of;
