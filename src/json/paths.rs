use crate::model::{Limit, ProblemKind};

/// Memory that the key paths of any document may take.
const FREE: usize = 1_000_000;

/// How many times as much memory as its text the key paths of a large document may take: some
/// ten in a deep configuration without white space.
const SHARE: usize = 32;

/// The memory of the key paths of one document's leaves, within a limit.
///
/// Each path holds all keys above its leaf anew: below one key of 1,000 letters, or below a hundred
/// levels, a small document would take a thousand times its size.
#[derive(Debug)]
pub struct Paths {
    used: usize,
    limit: usize,
}

impl Paths {
    /// Those of a document of so many bytes.
    pub fn of(n_bytes: usize) -> Self {
        Self {
            used: 0,
            limit: n_bytes.saturating_mul(SHARE).saturating_add(FREE),
        }
    }

    /// Counts a path.
    ///
    /// # Errors
    /// All that were counted take more than the limit.
    pub fn count(&mut self, path: &[String]) -> Result<(), ProblemKind> {
        let bytes = path.iter().map(|key| key.len() + size_of::<String>());
        self.used = self.used.saturating_add(bytes.sum());
        if self.used > self.limit {
            return Err(ProblemKind::TooLarge {
                what: Limit::KeyPaths,
                limit: self.limit as u64,
            });
        }
        Ok(())
    }
}
