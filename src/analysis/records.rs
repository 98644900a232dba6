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

/// What a comparison of two revisions rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Basis<'a> {
    /// Predictions of the same split: baseline, current.
    Predictions(&'a PredictionsRecord, &'a PredictionsRecord),
    /// Matrices of the same split: baseline, current.
    Matrices(&'a MatrixRecord, &'a MatrixRecord),
    /// Records of different splits only: the baseline's, the current one's.
    OtherSplits(Option<&'a String>, Option<&'a String>),
    /// Predictions of the one and a matrix of the other, or nothing.
    Mixed,
}

/// What speaks for one revision.
enum Speaker<'a> {
    Predictions(&'a PredictionsRecord),
    Matrix(&'a MatrixRecord),
}

/// Something that belongs to a split of a revision.
pub trait Record {
    /// Index into the report's revisions.
    fn revision(&self) -> usize;
    /// `train`, `test`…, where the artifact says so.
    fn split(&self) -> Option<&str>;
    /// The artifact that stated it.
    fn artifact(&self) -> &str;
    /// Whether it tells how many samples there are.
    fn is_counted(&self) -> bool;
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
    fn is_counted(&self) -> bool {
        true
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
    fn is_counted(&self) -> bool {
        self.matrix.kind() == MatrixKind::Counts
    }
}

/// The record that speaks for a revision: of the test split before others, of the training split
/// last; counts before shares; then in the report's order.
pub fn of_revision<T: Record>(records: &[T], revision: usize) -> Option<&T> {
    let own = records.iter().filter(|it| it.revision() == revision);
    own.min_by_key(|it| (split_rank(it.split()), !it.is_counted()))
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
        let is_share = !(before.is_counted() && now.is_counted());
        (split_rank(now.split()), is_share, is_unsure, is_other_file)
    });
    best.map_or(Both::OtherSplits(before, now), |(before, now)| {
        Both::Pair(before, now)
    })
}

/// What the comparison of two revisions rests on: predictions, which can be paired, before matrices.
pub fn basis(report: &Report, baseline: usize, current: usize) -> Basis<'_> {
    let predictions = of_both(&report.predictions, baseline, current);
    let matrices = of_both(&report.matrices, baseline, current);
    match (predictions, matrices) {
        (Both::Pair(_, now), Both::Pair(before, matrix)) if is_passed_over(now, matrix) => {
            Basis::Matrices(before, matrix)
        }
        (Both::Pair(before, now), _) => Basis::Predictions(before, now),
        (_, Both::Pair(before, now)) => Basis::Matrices(before, now),
        (Both::OtherSplits(before, now), _) => {
            Basis::OtherSplits(before.split.as_ref(), now.split.as_ref())
        }
        (_, Both::OtherSplits(before, now)) => {
            Basis::OtherSplits(before.split.as_ref(), now.split.as_ref())
        }
        (Both::Missing, Both::Missing) => Basis::Mixed,
    }
}

/// The confusion matrices that a comparison rests on: the baseline's, where there is one of the same
/// split, and the current one's.
pub fn matrices_of(
    report: &Report,
    (baseline, current): (Option<usize>, usize),
) -> [Option<Cow<'_, ConfusionMatrix>>; 2] {
    match baseline.map(|it| basis(report, it, current)) {
        Some(Basis::Predictions(before, now)) => [counted(before), counted(now)],
        Some(Basis::Matrices(before, now)) => {
            [before, now].map(|it| Some(Cow::Borrowed(&it.matrix)))
        }
        Some(Basis::Mixed) => [
            baseline.and_then(|it| matrix_of(report, it)),
            matrix_of(report, current),
        ],
        Some(Basis::OtherSplits(..)) | None => [None, matrix_of(report, current)],
    }
}

/// The confusion matrix of a revision alone.
pub fn matrix_of(report: &Report, revision: usize) -> Option<Cow<'_, ConfusionMatrix>> {
    match speaker(report, revision)? {
        Speaker::Predictions(record) => counted(record),
        Speaker::Matrix(record) => Some(Cow::Borrowed(&record.matrix)),
    }
}

/// How many samples of a revision are right, of how many: from its predictions, else from a matrix
/// of counts.
pub fn right_of(report: &Report, revision: usize) -> Option<(u64, u64)> {
    match speaker(report, revision)? {
        Speaker::Predictions(record) => {
            let predictions = &record.predictions;
            let pairs = predictions.actual.iter().zip(&predictions.predicted);
            let n_right = pairs
                .filter(|(actual, predicted)| actual == predicted)
                .count();
            Some((n_right as u64, predictions.len() as u64))
        }
        Speaker::Matrix(record) => right_in(&record.matrix),
    }
}

fn speaker(report: &Report, revision: usize) -> Option<Speaker<'_>> {
    let predictions = of_revision(&report.predictions, revision);
    let matrix = of_revision(&report.matrices, revision);
    match (predictions, matrix) {
        (Some(record), Some(matrix)) if is_passed_over(record, matrix) => {
            Some(Speaker::Matrix(matrix))
        }
        (Some(record), _) => Some(Speaker::Predictions(record)),
        (None, matrix) => matrix.map(Speaker::Matrix),
    }
}

/// Whether a matrix of counts is of a split that tells more than that of the predictions. One that
/// names no split tells more than the training's only.
fn is_passed_over(predictions: &PredictionsRecord, matrix: &MatrixRecord) -> bool {
    let [of_predictions, of_matrix] =
        [predictions.split(), matrix.split()].map(|it| (split_rank(it), it.is_some()));
    let is_told = of_predictions.1 && (of_matrix.1 || of_predictions.0 == TRAINING);
    is_told && matrix.is_counted() && of_matrix.0 < of_predictions.0
}

fn counted(record: &PredictionsRecord) -> Option<Cow<'_, ConfusionMatrix>> {
    let it = &record.predictions;
    let pairs = it.actual.iter().copied().zip(it.predicted.iter().copied());
    let matrix = ConfusionMatrix::from_pairs(it.labels.clone(), pairs);
    matrix.ok().map(Cow::Owned)
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

/// The rank of the training split.
const TRAINING: u8 = 4;

/// Smaller is what a verdict should rest on.
pub(super) fn split_rank(split: Option<&str>) -> u8 {
    let split = split.map(str::to_ascii_lowercase);
    match split.as_deref() {
        Some("test" | "testing" | "holdout") => 0,
        None => 1,
        Some("eval" | "val" | "valid" | "validation" | "dev") => 2,
        Some("train" | "training" | "fit") => TRAINING,
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

    fn report(splits: [Option<&str>; 2], rows: [[f64; 2]; 2]) -> Report {
        let labels = vec!["a".to_owned(), "b".to_owned()];
        let rows = rows.map(|row| row.to_vec());
        let predictions = |revision| PredictionsRecord {
            predictions: Predictions {
                labels: labels.clone(),
                actual: vec![0, 0, 1],
                predicted: vec![0, 1, 1],
                rows: Vec::new(),
            },
            ..record(revision, splits[0], "predictions.csv")
        };
        let matrix = |revision| MatrixRecord {
            revision,
            split: splits[1].map(str::to_owned),
            artifact: "confusion.csv".to_owned(),
            titles: crate::model::AxisTitles::default(),
            matrix: ConfusionMatrix::from_rows(labels.clone(), &rows).unwrap(),
        };
        Report {
            predictions: vec![predictions(0), predictions(1)],
            matrices: vec![matrix(0), matrix(1)],
            ..Report::default()
        }
    }

    #[test]
    fn one_split_speaks_for_both_sides_and_everywhere() {
        const COUNTS: [[f64; 2]; 2] = [[7.0, 1.0], [0.0, 2.0]];
        const SHARES: [[f64; 2]; 2] = [[0.5, 0.5], [0.0, 1.0]];
        let cases = [
            (Some("test"), Some("train"), COUNTS, (2, 3)),
            (None, None, SHARES, (2, 3)),
            (None, Some("test"), COUNTS, (2, 3)),
            (Some("val"), None, COUNTS, (2, 3)),
            (Some("train"), Some("test"), SHARES, (2, 3)),
            (Some("train"), Some("test"), COUNTS, (9, 10)),
            (Some("train"), None, COUNTS, (9, 10)),
        ];
        for (of_predictions, of_matrix, rows, expected) in cases {
            let report = report([of_predictions, of_matrix], rows);
            let case = format!("{of_predictions:?} {of_matrix:?}");
            assert_eq!(right_of(&report, 0), Some(expected), "{case}");
            let both = matrices_of(&report, (Some(1), 0));
            let alone = matrices_of(&report, (None, 0))[1].clone();
            for matrix in both.into_iter().chain([alone]) {
                assert_eq!(right_in(&matrix.unwrap()), Some(expected), "{case}");
            }
        }
    }

    #[test]
    fn counts_speak_before_shares() {
        let mut report = report([None, None], [[0.5, 0.5], [0.0, 1.0]]);
        let counts = ConfusionMatrix::from_rows(
            report.matrices[0].matrix.labels().to_vec(),
            &[vec![2.0, 1.0], vec![0.0, 3.0]],
        );
        report.matrices.push(MatrixRecord {
            matrix: counts.unwrap(),
            ..report.matrices[0].clone()
        });
        report.predictions.clear();
        assert_eq!(right_of(&report, 0), Some((5, 6)));
    }
}
