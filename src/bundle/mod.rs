//! Our own `report.json`: everything that a page shows, in one file that every later careo reads.
//!
//! The document is one object. Its header stands first and never changes its shape:
//! `{"careo":{"schema":1,"kind":"report","made_by":"careo 0.1.0"}, …}`. Each section follows on a
//! line of its own. Sections that this version doesn't know are kept as they are.
//! Wire types are private to this module; each names its fields once, for reading and for writing.
//! No I/O and no wording here.

mod artifacts;
mod base64;
mod code;
mod columns;
mod document;
mod fields;
mod matrices;
mod numbers;
mod origin;
mod parts;
mod plots;
mod remarks;
mod revisions;
mod settings;
mod site;
mod values;
mod verdict;

#[cfg(test)]
mod tests;

pub use base64::{decode as decode_base64, encode as encode_base64};
#[cfg(not(target_arch = "wasm32"))]
pub use document::read_origin;
pub use document::{JSON_SCHEMA, SCHEMA, is_bundle, read, write};
pub use parts::{Parts, from_parts, to_parts};
pub use site::{SiteFault, read_entries, read_entry, read_index};
#[cfg(not(target_arch = "wasm32"))]
pub use site::{is_sealed, write_entries, write_entry, write_index};
