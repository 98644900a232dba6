use std::{collections::VecDeque, sync::Arc};

use super::{
    assemble::{self, Context, Reading},
    container::{Unpacked, unpack},
};
use crate::model::{
    Artifact, ArtifactRecord, Notice, NoticeKind, Place, Problem, Report, Stored, fitting,
};

/// The reading of some artifacts into one report, one artifact at a time: a page can paint and take
/// input between two steps, and show how far it got.
pub struct Job {
    waiting: VecDeque<Artifact>,
    read: Vec<Reading>,
    notices: Vec<Notice>,
    problems: Vec<Problem>,
    context: Context,
}

impl Job {
    /// A job that has everything before it; zip and gzip files are opened at once.
    pub fn new(artifacts: Vec<Artifact>, context: Context) -> Self {
        Self::of(unpack(artifacts), context)
    }

    /// A job of what was opened before it.
    pub fn of(unpacked: Unpacked, context: Context) -> Self {
        Self {
            waiting: unpacked.artifacts.into(),
            read: Vec::new(),
            notices: unpacked.notices,
            problems: unpacked.problems,
            context,
        }
    }

    /// Reads the next artifact; `false` when there was none left.
    pub fn step(&mut self) -> bool {
        let Some(artifact) = self.waiting.pop_front() else {
            return false;
        };
        self.read.push(assemble::read(artifact));
        true
    }

    /// Reads what is left and puts everything into one report, which keeps the bytes of artifacts
    /// up to so many in all; pictures first, since narratives show them.
    pub fn finish(mut self, max_kept_bytes: u64) -> Report {
        while self.step() {}
        let bytes: Vec<Arc<[u8]>> = self
            .read
            .iter()
            .map(|reading| Arc::clone(&reading.artifact.bytes))
            .collect();
        let mut report = assemble::report(self.read, self.context);
        report.notices.extend(self.notices);
        // What stayed closed is told already.
        let closed: Vec<Option<&Place>> =
            self.problems.iter().map(|it| it.place.as_ref()).collect();
        report
            .notices
            .retain(|it| it.kind != NoticeKind::Unclaimed || !closed.contains(&it.place.as_ref()));
        report.problems.extend(self.problems);
        let is_nowhere = |it: &ArtifactRecord| it.stored == Stored::Nowhere;
        let fits = fitting(&report.artifacts, max_kept_bytes, &is_nowhere);
        let records = report.artifacts.iter_mut().zip(bytes);
        for ((record, bytes), _) in records.zip(fits).filter(|(_, fits)| *fits) {
            record.stored = Stored::Inside(bytes);
        }
        report
    }
}

/// Reads artifacts into one report; see [`Job::finish`].
pub fn read_all(artifacts: Vec<Artifact>, context: Context, max_kept_bytes: u64) -> Report {
    Job::new(artifacts, context).finish(max_kept_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_container_is_told_once() {
        let artifacts = vec![
            Artifact::new("half.zip", *b"PK\x03\x04"),
            Artifact::new("metrics.json", *b"{\"accuracy\": 0.5}"),
        ];
        let report = read_all(artifacts, Context::default(), 0);
        assert_eq!(report.problems.len(), 1);
        let is_unclaimed = |it: &Notice| it.kind == NoticeKind::Unclaimed;
        assert!(!report.notices.iter().any(is_unclaimed));
    }

    #[test]
    fn one_broken_artifact_hides_no_other() {
        let artifacts = vec![
            Artifact::new("predictions.csv", *b"actual,predicted\na,a\nb,a\n"),
            Artifact::new("report.json", *b"{\"careo\":{\"schema\":99}}"),
            Artifact::new("notes.bin", *b"\x00\x01"),
        ];
        let report = read_all(artifacts, Context::default(), 10);
        assert_eq!(report.predictions.len(), 1);
        assert_eq!(report.problems.len(), 1);
        let stored: Vec<bool> = report
            .artifacts
            .iter()
            .map(|record| matches!(record.stored, Stored::Inside(_)))
            .collect();
        assert_eq!(stored, [false, false, true], "10 bytes in all");
        assert_eq!(
            report.artifacts[2].sha256,
            "b413f47d13ee2fe6c845b2ee141af81de858df4ec549a58b7970bb96645bc8d2"
        );
    }
}
