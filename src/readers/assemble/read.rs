use sha2::{Digest as _, Sha256};

use super::merge::Reading;
use crate::{
    model::{Artifact, Notices, hex},
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
    let mut sum = Sum::default();
    sum.add(bytes);
    sum.hex()
}

/// A SHA-256 that is found piece by piece.
#[derive(Default)]
pub struct Sum(Sha256);

impl Sum {
    /// Takes the next piece.
    pub fn add(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// 64 lower-case hex digits.
    pub fn hex(self) -> String {
        hex(&self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_the_sum_of_the_whole() {
        // FIPS 180-2, appendix B.2.
        let text = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
        let expected = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
        assert_eq!(sha256(text), expected);
        let mut sum = Sum::default();
        text.chunks(5).for_each(|piece| sum.add(piece));
        assert_eq!(sum.hex(), expected);
    }
}
