use crate::model::{Limit, ProblemKind};

/// Files that are taken out of one container.
pub const MAX_ENTRIES: usize = 10_000;

/// Bytes that are taken out of one container.
pub const MAX_UNPACKED_BYTES: u64 = 512 * 1024 * 1024;

/// From here on a container may not unpack to more than [`MAX_RATIO`] times its own size. Deflate
/// can do 1,032; results of models do 20.
const RATIO_FROM_BYTES: u64 = 128 * 1024 * 1024;

/// See [`RATIO_FROM_BYTES`].
const MAX_RATIO: u64 = 200;

/// The most bytes that a container of `n_bytes` may unpack to.
pub(super) fn most_unpacked(n_bytes: usize) -> u64 {
    let by_ratio = (n_bytes as u64).saturating_mul(MAX_RATIO);
    by_ratio.clamp(RATIO_FROM_BYTES, MAX_UNPACKED_BYTES)
}

/// The problem that a container unpacks to more than `limit` bytes.
pub(super) fn too_many_bytes(limit: u64) -> ProblemKind {
    let what = Limit::UnpackedBytes;
    ProblemKind::TooLarge { what, limit }
}
