//! What CI does with careo: the comment, the workflows to copy, the action. The real program, with a
//! local server in GitHub's and GitLab's place.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod action;
mod examples;
mod post;
mod runner;
mod server;
#[path = "../publish/viewer.rs"]
mod viewer;
mod yaml;
