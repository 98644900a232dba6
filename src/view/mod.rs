//! What people see: functions that make elements, one file (or folder) for each view, its style
//! beside it.
//!
//! No fetch, no parsing, no web-sys: those are `browser`'s. Every one of them also renders natively,
//! for the Overview that `site` and `pack` write into the page.

mod app;
mod code_text;
mod compare;
mod confusion;
mod copy;
mod dot;
mod drop_area;
mod experiments;
mod files;
mod footer;
mod gone;
mod header;
mod keys;
mod links;
mod markdown;
mod notes;
mod overview;
mod page;
mod picture;
mod plots;
mod problem_card;
mod report;
mod run_sign;
mod search_field;
mod session;
mod site;

pub use app::{app, title};
#[cfg(not(target_arch = "wasm32"))]
pub use app::{html, site_html};
use overview::verdict_sign;
pub use page::Page;
pub use site::Front;
