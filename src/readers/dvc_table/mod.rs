//! Revisions with their values, as DVC's `--json` commands state them: `{path: FileResult}` trees of
//! parameters and metrics, hashes of dependencies and outputs. Shared by the readers of `exp show`
//! and `metrics show`.
//!
//! One pass, no tree: keys are looked up where the previous revision had them ([`keys`]), and where a
//! revision's data look like those before, they are compared with them at once ([`script`]).

mod keys;
mod replay;
mod script;
mod table;

pub(super) use script::Slot;
pub(super) use table::{DvcTable, error_message};
