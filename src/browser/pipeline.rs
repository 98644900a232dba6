//! What both targets share of reading: from artifacts to a report with its verdict.

use crate::{
    analysis::{digest::digest, verdict::verdict},
    model::{Problem, ProblemKind, Report},
    readers::Job,
};

/// Artifacts above this size in all are read in a worker.
pub const WORKER_BYTES: u64 = 1_000_000;

/// How many bytes of artifacts a report that was read in the page keeps for pictures and downloads.
pub const KEPT_BYTES: u64 = 1_000_000;

/// Ends a job: the report, with the verdict computed here unless it came with its own.
/// The flag tells whether it was computed.
pub fn finish(job: Job) -> (Report, bool) {
    let mut report = job.finish(KEPT_BYTES);
    let is_computed = report.verdict.is_none();
    if let (None, Some(current)) = (&report.verdict, report.current) {
        let mut computed = verdict(&report, current, report.baseline, None);
        computed.digest = digest(&report, &computed);
        report.verdict = Some(computed);
    }
    (report, is_computed)
}

/// A problem with nothing but its kind.
pub fn problem(kind: ProblemKind) -> Problem {
    Problem {
        kind,
        place: None,
        reader: None,
    }
}
