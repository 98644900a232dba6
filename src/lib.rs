//! careo brings a model's new results face to face with the old ones, in the pull request.
//!
//! Everything that the page and the command line share is here, and is pure: no I/O below
//! `browser` and `publish`. `ARCHITECTURE.md` has the map, `tests/architecture.rs` the rules.

// Views are types nested as deep as the page.
#![recursion_limit = "256"]

pub mod analysis;
#[cfg(any(feature = "cli", feature = "viewer"))]
pub mod browser;
pub mod bundle;
pub mod json;
pub mod model;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod publish;
pub mod readers;
pub mod route;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod settings;
pub mod summary;
#[cfg(any(feature = "cli", feature = "viewer"))]
pub mod view;
pub mod words;
