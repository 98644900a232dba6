//! The report in short: the verdict in words, the pull request's comment, the job summary and the
//! annotations.
//!
//! Pure: text comes out, nothing is sent. The Overview shows the same sentences, so that page and
//! comment can't disagree.

mod annotations;
mod baselines;
mod comment;
mod earlier;
mod evidence;
mod gates;
mod ledger;
mod markdown;
mod mixups;
mod reasons;
mod sentence;
mod tried;
mod worth;
mod written;

pub use annotations::{Here, gate_annotations, github_annotations, problem_annotations};
pub use baselines::{BaselineText, other_baselines, used_baseline};
pub use comment::{
    CommentOptions, MAX_COMMENT_BYTES, address, comment, commit_address, job_summary, marker,
};
pub use earlier::{below_newer, shown_commit, with_earlier};
pub use evidence::{how_decided, interval_notes, judged_by};
pub use gates::{GateRow, GateText, gate_rows, gate_text};
pub use ledger::{LedgerRow, differing_runs, ledger_lines, ledger_rows};
pub use mixups::{MixUp, mix_ups};
pub use reasons::{Reason, reasons};
pub use sentence::{answer, baseline_name, called, verdict_sentence};
pub use tried::{
    TriedRow, changed_params, never_varied, not_set, score_text, setting, tried_rows, value_text,
};
pub use worth::{break_even, unknown_cell, worth_text};
pub use written::{DifferenceText, RowText, row_texts};

#[cfg(test)]
mod evidence_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod verdict_tests;
