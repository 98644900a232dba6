//! Which predictions and which matrix speak for a revision, and which of two revisions belong
//! together: of the same split, of the same file.

use std::borrow::Cow;

use crate::model::{ConfusionMatrix, MatrixKind, MatrixRecord, PredictionsRecord, Report};

/// What two revisions have of one kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Both<'a, T> {
    /// Records of the same split: baseline, current.
    Pair(&'a T, &'a T),
    /// Records of different splits only: baseline, current.
    OtherSplits(&'a T, &'a T),
    /// One of the two has none.
    Missing,
}

/// Something that belongs to a split of a revision.
pub trait Record {
    /// Index into the report's revisions.
    fn revision(&self) -> usize;
    /// `train`, `test`…, where the artifact says so.
    fn split(&self) -> Option<&str>;
    /// The artifact that stated it.
    fn artifact(&self) -> &str;
}

impl Record for PredictionsRecord {
    fn revision(&self) -> usize {
        self.revision
    }
    fn split(&self) -> Option<&str> {
        self.split.as_deref()
    }
    fn artifact(&self) -> &str {
        &self.artifact
    }
}

impl Record for MatrixRecord {
    fn revision(&self) -> usize {
        self.revision
    }
    fn split(&self) -> Option<&str> {
        self.split.as_deref()
    }
    fn artifact(&self) -> &str {
        &self.artifact
    }
}

/// The record that speaks for a revision: of the test split before others, of the training split
/// last; then in the report's order.
pub fn of_revision<T: Record>(records: &[T], revision: usize) -> Option<&T> {
    let own = records.iter().filter(|it| it.revision() == revision);
    own.min_by_key(|it| split_rank(it.split()))
}

/// The two records that are compared.
pub fn of_both<T: Record>(records: &[T], baseline: usize, current: usize) -> Both<'_, T> {
    let (Some(before), Some(now)) = (
        of_revision(records, baseline),
        of_revision(records, current),
    ) else {
        return Both::Missing;
    };
    let of = |revision: usize| records.iter().filter(move |it| it.revision() == revision);
    let pairs = of(current).flat_map(|now| of(baseline).map(move |before| (before, now)));
    let same = pairs.filter(|(before, now)| is_same_split(before.split(), now.split()));
    let best = same.min_by_key(|(before, now)| {
        let is_other_file = file_name(before.artifact()) != file_name(now.artifact());
        let is_unsure = before.split() != now.split();
        (split_rank(now.split()), is_unsure, is_other_file)
    });
    best.map_or(Both::OtherSplits(before, now), |(before, now)| {
        Both::Pair(before, now)
    })
}

/// The confusion matrix of a revision: the artifact's, else counted from the predictions.
pub fn matrix_of(report: &Report, revision: usize) -> Option<Cow<'_, ConfusionMatrix>> {
    if let Some(record) = of_revision(&report.matrices, revision) {
        return Some(Cow::Borrowed(&record.matrix));
    }
    let predictions = &of_revision(&report.predictions, revision)?.predictions;
    let pairs = predictions.actual.iter().zip(&predictions.predicted);
    let pairs = pairs.map(|(actual, predicted)| (*actual, *predicted));
    let matrix = ConfusionMatrix::from_pairs(predictions.labels.clone(), pairs);
    matrix.ok().map(Cow::Owned)
}

/// How many samples of a revision are right, of how many: from its predictions, else from a matrix
/// of counts.
pub fn right_of(report: &Report, revision: usize) -> Option<(u64, u64)> {
    if let Some(record) = of_revision(&report.predictions, revision) {
        let predictions = &record.predictions;
        let pairs = predictions.actual.iter().zip(&predictions.predicted);
        let n_right = pairs
            .filter(|(actual, predicted)| actual == predicted)
            .count();
        return Some((n_right as u64, predictions.len() as u64));
    }
    let record = of_revision(&report.matrices, revision)?;
    right_in(&record.matrix)
}

/// How many samples of a matrix of counts are right, of how many.
pub fn right_in(matrix: &ConfusionMatrix) -> Option<(u64, u64)> {
    let counts = matrix.kind() == MatrixKind::Counts;
    counts.then(|| (matrix.trace() as u64, matrix.total() as u64))
}

/// Whether two splits may be the same: an artifact that names none may mean any.
fn is_same_split(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => true,
    }
}

/// Smaller is what a verdict should rest on.
pub(super) fn split_rank(split: Option<&str>) -> u8 {
    let split = split.map(str::to_ascii_lowercase);
    match split.as_deref() {
        Some("test" | "testing" | "holdout") => 0,
        None => 1,
        Some("eval" | "val" | "valid" | "validation" | "dev") => 2,
        Some("train" | "training" | "fit") => 4,
        Some(_) => 3,
    }
}

pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Predictions;

    fn record(revision: usize, split: Option<&str>, artifact: &str) -> PredictionsRecord {
        PredictionsRecord {
            revision,
            split: split.map(str::to_owned),
            artifact: artifact.to_owned(),
            predictions: Predictions::default(),
        }
    }

    #[test]
    fn what_is_compared_has_one_split() {
        let records = [
            record(0, Some("train"), "train.csv"),
            record(0, Some("test"), "test.csv"),
            record(1, Some("train"), "old/train.csv"),
            record(1, Some("test"), "old/a.csv"),
            record(1, Some("test"), "old/test.csv"),
            record(2, Some("val"), "val.csv"),
            record(3, None, "any.csv"),
        ];
        let told = |baseline, current| match of_both(&records, baseline, current) {
            Both::Pair(a, b) => format!("{} {}", a.artifact, b.artifact),
            Both::OtherSplits(a, b) => format!("{} not {}", a.artifact, b.artifact),
            Both::Missing => "missing".to_owned(),
        };
        assert_eq!(told(1, 0), "old/test.csv test.csv");
        assert_eq!(told(2, 0), "val.csv not test.csv");
        assert_eq!(told(3, 0), "any.csv test.csv");
        assert_eq!(told(4, 0), "missing");
        assert_eq!(of_revision(&records, 0).unwrap().artifact, "test.csv");
    }
}
