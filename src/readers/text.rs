//! Bytes of text artifacts → text, for CSV, TSV, Markdown and plain text.

use std::borrow::Cow;

use crate::{
    json,
    model::{Artifact, Notices},
};

/// How much of an artifact is looked at to tell its format.
const HEAD_BYTES: usize = 64 * 1024;

/// The text that bytes are, as readers take them.
pub fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    json::decode_text(bytes, "", &mut Notices::default())
}

/// The whole text of an artifact; notices say what had to be converted or replaced.
pub(super) fn read<'a>(artifact: &'a Artifact, notices: &mut Notices) -> Cow<'a, str> {
    json::decode_text(&artifact.bytes, &artifact.path, notices)
}

/// The text at the start of an artifact, cut after the last whole line where it is longer.
pub(super) fn head(artifact: &Artifact) -> Cow<'_, str> {
    let mut unheard = Notices::default();
    let Some(start) = artifact.bytes.get(..HEAD_BYTES) else {
        return read(artifact, &mut unheard);
    };
    match json::decode_text(start, &artifact.path, &mut unheard) {
        Cow::Borrowed(text) => Cow::Borrowed(whole_lines(text)),
        Cow::Owned(text) => Cow::Owned(whole_lines(&text).to_owned()),
    }
}

/// Whether the whole text of an artifact was in its head.
pub(super) fn is_whole(artifact: &Artifact) -> bool {
    artifact.bytes.len() < HEAD_BYTES
}

fn whole_lines(text: &str) -> &str {
    let is_break = |byte| matches!(byte, b'\n' | b'\r');
    match text.bytes().rposition(is_break) {
        Some(end) => text.get(..=end).unwrap_or(text),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_ends_with_a_whole_line() {
        let long = Artifact::new("long.csv", "ab\n".repeat(HEAD_BYTES).into_bytes());
        let text = head(&long);
        assert!(text.len() <= HEAD_BYTES && text.ends_with("ab\n"));
        assert!(!is_whole(&long));
        let short = Artifact::new("short.csv", *b"a\nb");
        assert_eq!(head(&short), "a\nb");
        assert!(is_whole(&short));
    }
}
