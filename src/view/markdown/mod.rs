//! Markdown of strangers → views: text is never markup, links and pictures only where they are
//! harmless.
//!
//! `nodes` turns events into a tree of bounded depth, `links` decides about addresses, and
//! `render` draws.

mod links;
mod nodes;
mod render;

pub use render::markdown;
