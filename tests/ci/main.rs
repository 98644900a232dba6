//! What CI does with careo: the comment. The real program, with a
//! local server in GitHub's and GitLab's place.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod post;
mod server;
