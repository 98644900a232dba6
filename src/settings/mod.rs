//! What a team commits in `careo.toml`, read into [`model::Settings`](crate::model::Settings).
//!
//! Native only: the settings travel in the bundle, so that the page needs no TOML. Every key is
//! optional; one that careo doesn't know is an error with the nearest known one, since a mistyped
//! setting that is silently left out changes a verdict. `docs/careo-toml.md` has the keys.

mod read;

pub use read::{File, read};

/// What the file is called.
pub const FILE_NAME: &str = "careo.toml";
