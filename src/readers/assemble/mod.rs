//! Findings → report: which revision each artifact belongs to, one column for one value however
//! many artifacts state it, and what the report is compared with.
//!
//! No format is known here, and nothing is judged: that is `analysis`.

mod absorb;
mod assign;
mod columns;
mod folders;
mod merge;
mod place;
mod read;

pub use assign::STDIN;
pub use folders::is_baseline_folder;
pub use merge::{Context, Reading, report};
pub use place::guessed_baseline;
pub use read::{Sum, read, sha256};
