//! What page and worker share of reading: from artifacts to a report with its verdict.

use crate::{
    analysis::digest::digest,
    model::{Problem, ProblemKind, Report},
};

/// Artifacts above this size in all are read in a worker: to start one takes longer than to read
/// less, and the page does not stand still for that.
pub const WORKER_BYTES: u64 = 1_000_000;

/// How many bytes of artifacts a report that was read in the page keeps for pictures and downloads.
pub const KEPT_BYTES: u64 = 1_000_000;

/// What stands in for the SHA-256 of the artifact at this place until the browser has found it.
pub fn stand_in(place: usize) -> String {
    format!("#{place}")
}

/// Puts the sums where [`stand_in`] was.
pub fn put_sums(report: &mut Report, sum_of: &dyn Fn(usize) -> Option<String>) {
    for record in &mut report.artifacts {
        let place = record.sha256.strip_prefix('#');
        if let Some(place) = place.and_then(|it| it.parse().ok()) {
            record.sha256 = sum_of(place).unwrap_or_default();
        }
    }
}

/// Puts the sums that were found elsewhere, by place, into a report; with them the digest of its
/// verdict is another, where that was computed without them.
pub fn sum_up(report: &mut Report, sums: &[(usize, String)], is_computed: bool) {
    if sums.is_empty() {
        return;
    }
    put_sums(report, &|place| {
        let found = sums.iter().find(|(of, _)| *of == place);
        found.map(|(_, sum)| sum.clone())
    });
    if let (true, Some(mut verdict)) = (is_computed, report.verdict.take()) {
        verdict.digest = digest(report, &verdict);
        report.verdict = Some(verdict);
    }
}

/// A problem with nothing but its kind.
pub fn problem(kind: ProblemKind) -> Problem {
    Problem {
        kind,
        place: None,
        reader: None,
    }
}
