//! DVC `exp show --json`: all experiments with their parameters, metrics and hashes.
//!
//! Documentation: <https://dvc.org/doc/command-reference/exp/show>; the shapes are nowhere
//! documented. They were taken from DVC's source (`dvc/repo/experiments/serialize.py`, `show.py`)
//! and from real output of 2.10.2, 2.54.0, 3.67.1 and the fixtures of the vscode extension.
//!
//! | generation | DVC | shape |
//! | --- | --- | --- |
//! | A0 | 2.0–2.5 | `{rev: {"baseline": {"params": {path: tree}, …}, sha: {…}}}` |
//! | A1 | 2.6–2.29 | the same, each entry in `{"data": {…, "queued": false, "running": false}}` |
//! | A2 | 2.30–2.54 | the same, with `"status": "Success"` |
//! | B | 2.55 and later | `[{"rev", "name", "data", "error", "experiments": [{"revs": […], "executor": {…}}]}]` |
//!
//! Traps: a missing key, `null` and `{}` mean the same; `executor: null` means done in the
//! workspace; a failed run carries its baseline's metrics (its state says so, and nothing ranks it);
//! a commit that can't be read has an error and no data; checkpoints are entries of their own,
//! linked to the one before, which may be another run's.
//!
//! ```json
//! [{"rev": "workspace", "data": {"params": {"params.yaml": {"data": {"C": 5}}}, "metrics": {}}}]
//! ```

mod entry;
mod list;
mod object;
mod reader;
mod tips;

pub use reader::DvcExpShow;
