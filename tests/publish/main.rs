//! Sites with history: the real program, real git, a bare remote.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(unix)]

mod faults;
mod history;
mod lab;
mod prune;
mod serve;
mod strangers;
mod viewer;

const PULL: &str = "--pr https://github.com/o/r/pull/12";
