//! What a team commits in `careo.toml`, read into [`model::Settings`](crate::model::Settings).
//!
//! Native only: the settings travel in the bundle, so that the page needs no TOML. Every key is
//! optional; one that careo doesn't know is an error with the nearest known one, since a mistyped
//! setting that is silently left out changes a verdict. `docs/careo-toml.md` has the keys.

mod entry;
mod gates;
mod notes;
mod read;
mod worth;

pub use notes::notes;
pub use read::{File, SCHEMA, read};

/// What the file with the team's notes is called, and what its Markdown is called after.
pub const NOTES_NAME: &str = "experiments.toml";

/// What the file is called.
pub const FILE_NAME: &str = "careo.toml";
