use crate::model::{Limit, ProblemKind};

/// Files that are taken out of all containers of one reading together.
pub const MAX_ENTRIES: usize = 10_000;

/// Bytes that are taken out of all containers of one reading together.
pub const MAX_UNPACKED_BYTES: u64 = 512 * 1024 * 1024;

/// From here on a container may not unpack to more than [`MAX_RATIO`] times its own size. Deflate
/// can do 1,032; results of models do 20.
const RATIO_FROM_BYTES: u64 = 128 * 1024 * 1024;

/// See [`RATIO_FROM_BYTES`].
const MAX_RATIO: u64 = 200;

/// What may still be taken out of containers: a zip of zips shares it with them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    pub n_bytes: u64,
    pub n_entries: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            n_bytes: MAX_UNPACKED_BYTES,
            n_entries: MAX_ENTRIES,
        }
    }
}

impl Budget {
    /// The most bytes that a container of `n_bytes` may unpack to now.
    pub fn most_unpacked(self, n_bytes: usize) -> u64 {
        most_unpacked(n_bytes).min(self.n_bytes)
    }

    /// Takes off what came out of a container.
    pub fn spend(&mut self, n_bytes: usize) {
        self.n_bytes = self.n_bytes.saturating_sub(n_bytes as u64);
        self.n_entries = self.n_entries.saturating_sub(1);
    }
}

/// The most bytes that a container of `n_bytes` may ever unpack to.
fn most_unpacked(n_bytes: usize) -> u64 {
    let by_ratio = (n_bytes as u64).saturating_mul(MAX_RATIO);
    by_ratio.clamp(RATIO_FROM_BYTES, MAX_UNPACKED_BYTES)
}

/// The problem that a container unpacks to more than `limit` bytes.
pub(super) fn too_many_bytes(limit: u64) -> ProblemKind {
    let what = Limit::UnpackedBytes;
    ProblemKind::TooLarge { what, limit }
}
