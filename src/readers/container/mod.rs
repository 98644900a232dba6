//! Zip and gzip files → the artifacts in them, so that a container is read like a folder.
//!
//! Zip: <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>, stored and deflated entries,
//! zip64, sizes in data descriptors (GitHub Actions' artifacts, downloaded, have them). Gzip:
//! <https://www.rfc-editor.org/rfc/rfc1952>. What is in a container is untrusted: limits are counted,
//! names can't leave the folder, checksums are compared. No I/O.

mod gzip;
mod inflate;
mod limits;
mod names;
mod unpack;
mod zip;

#[cfg(test)]
mod tests;

pub use limits::{MAX_ENTRIES, MAX_UNPACKED_BYTES};
pub use unpack::{Unpacked, unpack};
