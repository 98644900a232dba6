//! Artifact bytes → findings, one file for each format, and findings → report (`assemble`).
//!
//! A file is offered to each reader in the order of [`READERS`]: first by name, then by shape.
//! "Not mine", "mine but broken" and "mine but too new" are three different answers.

pub mod assemble;

use crate::model::{Artifact, Finding, Notices, Problem};

/// One format.
pub trait Reader: Sync {
    /// Its id, shown to the user and taken by `--as`: `dvc-exp-show`.
    fn id(&self) -> &'static str;

    /// Whether the artifact looks like this format. Cheap; never fails.
    fn claims(&self, artifact: &Artifact) -> Claim;

    /// Reads it.
    ///
    /// # Errors
    /// It is of this format, but broken, too large or too new.
    fn read(&self, artifact: &Artifact, notices: &mut Notices) -> Result<Vec<Finding>, Problem>;
}

/// How sure a reader is that an artifact is of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// It isn't.
    No,
    /// It could be: other formats share this shape (a bare object of numbers is a metrics file, or
    /// parameters). Decides only when no other reader claims more.
    Maybe,
    /// The content has this format's shape and no other's.
    Shape,
    /// The file name says so, and the content doesn't speak against it.
    Name,
}

/// Every reader; the order is documented in `docs/FORMATS.md`.
pub const READERS: &[&dyn Reader] = &[];
