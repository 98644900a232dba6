//! The front page of a site with history: trends of the main branch, pull requests, search.

mod list;
mod search;
mod trend;
mod view;

pub use view::{Front, site_view};
