use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::merge::Reading;
use crate::{
    model::{Artifact, Notices},
    readers::read_artifact,
};

/// Reads one artifact: whatever is wrong with it stays in its reading.
pub fn read(mut artifact: Artifact) -> Reading {
    let known = artifact.sha256.take();
    let mut notices = Notices::default();
    let (claimed, problem) = match read_artifact(&artifact, &mut notices) {
        Ok(claimed) => (claimed, None),
        Err(problem) => (Default::default(), Some(problem)),
    };
    Reading {
        sha256: known.unwrap_or_else(|| sha256(&artifact.bytes)),
        artifact,
        reader: claimed.reader,
        findings: claimed.findings,
        notices: notices.into_vec(),
        problem,
    }
}

/// The SHA-256 of some bytes, as 64 lower-case hex digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
