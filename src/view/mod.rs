//! What people see: Leptos components, one file (or folder) for each view, its style beside it.
//!
//! No fetch, no parsing, no web-sys: those are `browser`'s. Every component also renders natively,
//! for the Overview that `site` and `pack` write into the page.

mod compare;
mod confusion;
mod experiments;
mod files;
mod markdown;
mod overview;
mod page;
mod picture;
mod plots;
mod report;

pub use page::Page;
