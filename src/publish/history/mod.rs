//! A site with history: one report for each push, beside any number of other writers.
//!
//! ```text
//! index.html                     the front page, by the newest viewer
//! careo/index/site.json          the index; with 0.json, 1.json… derived from the entries
//! careo/viewer/<hash>/           each viewer once; reports name the one they were made with
//! pr/12/index.html, latest.json  open the newest report
//! pr/12/<sha12>/                 one report, which never changes: index.html, report.json,
//!                                entry.json, raw/<sha256>.bin
//! pr/12/<key>/<sha12>/           the same with `--key`
//! branch/main/…, tag/v1.2/…      likewise
//! ```
//!
//! `site` is what a site is to a publisher; `folder`, `branch` and, with the feature `s3`, `bucket` are
//! its kinds. A publisher
//! reads the newest state, makes a change for it (`publish`, `prune`), and hands it over; when
//! somebody was faster, it makes the change anew for what is there then. Nothing is ever merged.

mod branch;
#[cfg(feature = "s3")]
mod bucket;
mod command;
mod credentials;
mod entry;
mod folder;
mod git;
mod index;
mod known;
mod load;
mod name;
mod options;
mod pages;
mod place;
mod prune;
mod publish;
mod site;
#[cfg(feature = "s3")]
mod store;
mod tell;
mod viewer;
mod wait;

pub use command::{prune, publish};
pub use options::{PruneOptions, PublishOptions};

/// A number that differs from process to process: for names and pauses, not for secrets.
fn random() -> u64 {
    use std::hash::{BuildHasher as _, RandomState};
    RandomState::new().hash_one(std::process::id())
}

/// Waits for up to 0.2, 0.4… 3.2 seconds, by chance: who comes at the same time goes apart.
fn pause(n_tries: u32) {
    let most = 100_u64 << n_tries.min(5);
    std::thread::sleep(std::time::Duration::from_millis(random() % most + 10));
}
