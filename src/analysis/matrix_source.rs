//! Which matrices a report has for a revision. One for each split and artifact, never pooled.

use crate::{
    analysis::{class_order::classes_of, records::split_rank},
    model::{AxisTitles, ConfusionMatrix, MatrixKind, Report, Shared},
};

/// A matrix with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixSource {
    /// Index of its revision.
    pub revision: usize,
    /// `train`, `test`…, where the artifact says so.
    pub split: Option<String>,
    /// The artifact that stated it, or that holds the predictions which were counted.
    pub artifact: String,
    /// Titles of the axes, where the artifact has any.
    pub titles: AxisTitles,
    /// The matrix.
    pub matrix: Shared<ConfusionMatrix>,
    /// Index of the predictions that make this very matrix, where there are any.
    pub predictions: Option<usize>,
    /// Whether it was counted from the predictions, as no artifact states it.
    pub is_counted: bool,
    /// What addresses call it: its split where no other source of the revision has it, else its
    /// artifact.
    pub key: String,
}

/// The matrices of a revision, most telling first: of the split that a verdict rests on, counts
/// before weights before shares, those with names of classes before those with numbers, those of
/// predictions before others (the verdict rests on these), then as in the report. Artifacts that
/// state one and the same matrix count once.
pub fn sources(report: &Report, revision: usize) -> Vec<MatrixSource> {
    let mut found: Vec<MatrixSource> = Vec::new();
    for record in report.matrices.iter().filter(|it| it.revision == revision) {
        let is_known = |it: &MatrixSource| it.split == record.split && *it.matrix == record.matrix;
        if let Some(known) = found.iter_mut().find(|it| is_known(it)) {
            let titles = &mut known.titles;
            titles.actual = titles
                .actual
                .take()
                .or_else(|| record.titles.actual.clone());
            titles.predicted =
                (titles.predicted.take()).or_else(|| record.titles.predicted.clone());
            continue;
        }
        found.push(MatrixSource {
            revision,
            split: record.split.clone(),
            artifact: record.artifact.clone(),
            titles: record.titles.clone(),
            matrix: Shared::new(record.matrix.clone()),
            predictions: None,
            is_counted: false,
            key: String::new(),
        });
    }
    for (idx, record) in report.predictions.iter().enumerate() {
        if record.revision != revision {
            continue;
        }
        let it = &record.predictions;
        let pairs = it.actual.iter().copied().zip(it.predicted.iter().copied());
        let Ok(matrix) = ConfusionMatrix::from_pairs(it.labels.clone(), pairs) else {
            continue;
        };
        let mut known = found.iter_mut();
        let same = known.find(|it| it.split == record.split && has_same_cells(&it.matrix, &matrix));
        match same {
            Some(known) => known.predictions = known.predictions.or(Some(idx)),
            None => found.push(MatrixSource {
                revision,
                split: record.split.clone(),
                artifact: record.artifact.clone(),
                titles: AxisTitles::default(),
                matrix: Shared::new(matrix),
                predictions: Some(idx),
                is_counted: true,
                key: String::new(),
            }),
        }
    }
    found.sort_by_key(|it| {
        let kind = match it.matrix.kind() {
            MatrixKind::Counts => 0,
            MatrixKind::Weighted => 1,
            _ => 2,
        };
        let split = split_rank(it.split.as_deref());
        let is_apart = it.predictions.is_none();
        (split, kind, is_numbered(&it.matrix), is_apart)
    });
    let keys: Vec<String> = found.iter().map(|it| key(it, &found)).collect();
    for (source, key) in found.iter_mut().zip(keys) {
        source.key = key;
    }
    found
}

/// The revisions that have a matrix, in the report's order.
pub fn revisions_with_matrices(report: &Report) -> Vec<usize> {
    let of_matrices = report.matrices.iter().map(|it| it.revision);
    let of_predictions = report.predictions.iter().map(|it| it.revision);
    let mut revisions: Vec<usize> = of_matrices.chain(of_predictions).collect();
    revisions.sort_unstable();
    revisions.dedup();
    revisions
}

/// The baseline's matrix to set beside one: of the same split and kind, the same artifact's first,
/// then one that comes from the same file name.
pub fn counterpart(source: &MatrixSource, of_baseline: &[MatrixSource]) -> Option<MatrixSource> {
    let file_name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let rank = |it: &&MatrixSource| {
        if it.artifact == source.artifact {
            0
        } else if file_name(&it.artifact) == file_name(&source.artifact) {
            1
        } else {
            2
        }
    };
    of_baseline
        .iter()
        .filter(|it| it.split == source.split && it.matrix.kind() == source.matrix.kind())
        .min_by_key(rank)
        .cloned()
}

/// Whether two matrices say the same, whatever the order of their classes. Labels of classes that
/// never occur may be missing from one.
fn has_same_cells(a: &ConfusionMatrix, b: &ConfusionMatrix) -> bool {
    if a.kind() != b.kind() || a.n_filled() != b.n_filled() {
        return false;
    }
    let classes = classes_of(a, b.labels());
    let class = |of_b: usize| classes.get(of_b).copied().flatten();
    let mut is_same = true;
    b.for_each(&mut |actual, predicted, value| {
        // As many cells, each of which the other one has.
        is_same &= match (class(actual), class(predicted)) {
            (Some(actual), Some(predicted)) => a.get(actual, predicted) == value,
            _ => false,
        };
    });
    is_same
}

/// Whether the classes are called by their places, as where an artifact says nothing of labels.
fn is_numbered(matrix: &ConfusionMatrix) -> bool {
    let mut labels = matrix.labels().iter().enumerate();
    labels.all(|(place, label)| label.parse() == Ok(place))
}

fn key(source: &MatrixSource, all: &[MatrixSource]) -> String {
    let n_of_split = all.iter().filter(|it| it.split == source.split).count();
    match &source.split {
        Some(split) if n_of_split == 1 => split.clone(),
        _ => source.artifact.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{MatrixRecord, Predictions, PredictionsRecord, Revision, RevisionKind};

    fn labels() -> Vec<String> {
        vec!["a".to_owned(), "b".to_owned()]
    }

    fn matrix(artifact: &str, split: Option<&str>, rows: [[f64; 2]; 2]) -> MatrixRecord {
        let rows = rows.map(|row| row.to_vec());
        MatrixRecord {
            revision: 0,
            split: split.map(str::to_owned),
            artifact: artifact.to_owned(),
            titles: AxisTitles::default(),
            matrix: ConfusionMatrix::from_rows(labels(), &rows).unwrap(),
        }
    }

    fn predictions(revision: usize) -> PredictionsRecord {
        PredictionsRecord {
            revision,
            split: None,
            artifact: "predictions.csv".to_owned(),
            predictions: Predictions {
                labels: vec!["b".to_owned(), "a".to_owned()],
                actual: vec![0, 0, 1],
                predicted: vec![0, 1, 1],
                rows: Vec::new(),
            },
        }
    }

    fn report() -> Report {
        Report {
            revisions: vec![Revision::new(RevisionKind::Workspace); 2],
            ..Report::default()
        }
    }

    #[test]
    fn what_a_verdict_rests_on_comes_first() {
        let mut report = report();
        let apart = [[5.0, 0.0], [0.0, 5.0]];
        report.matrices = vec![
            matrix("train.json", Some("train"), [[9.0, 0.0], [0.0, 9.0]]),
            matrix("old.csv", None, apart),
            matrix("val.json", Some("val"), apart),
        ];
        report.predictions = vec![predictions(0)];
        let artifacts = |report: &Report| -> Vec<String> {
            let sources = sources(report, 0).into_iter();
            sources.map(|it| it.artifact).collect()
        };
        let expected = ["predictions.csv", "old.csv", "val.json", "train.json"];
        assert_eq!(artifacts(&report), expected);
    }

    #[test]
    fn names_of_classes_tell_more_than_numbers() {
        let rows = [[1.0, 2.0], [3.0, 4.0]];
        let bare = MatrixRecord {
            matrix: ConfusionMatrix::from_rows(
                vec!["0".to_owned(), "1".to_owned()],
                &rows.map(|row| row.to_vec()),
            )
            .unwrap(),
            ..matrix("a.bare.json", None, rows)
        };
        let report = Report {
            matrices: vec![bare.clone(), matrix("b.json", None, rows)],
            ..report()
        };
        let found = sources(&report, 0);
        let artifacts: Vec<&str> = found.iter().map(|it| it.artifact.as_str()).collect();
        assert_eq!(artifacts, ["b.json", "a.bare.json"]);
        assert!(is_numbered(&bare.matrix));
    }

    #[test]
    fn predictions_are_counted_where_no_artifact_states_the_matrix() {
        let mut report = report();
        report.predictions = vec![predictions(0), predictions(1)];
        report.matrices = vec![matrix("cm.json", None, [[1.0, 0.0], [1.0, 1.0]])];
        let stated = sources(&report, 0);
        assert_eq!(stated.len(), 1);
        assert_eq!(
            (stated[0].artifact.as_str(), stated[0].predictions),
            ("cm.json", Some(0))
        );
        let counted = sources(&report, 1);
        assert_eq!((counted.len(), counted[0].is_counted), (1, true));
        assert_eq!(counted[0].matrix.total(), 3.0);
        assert_eq!(revisions_with_matrices(&report), [0, 1]);
        assert_eq!(counterpart(&stated[0], &counted), Some(counted[0].clone()));
    }

    #[test]
    fn matrices_are_never_pooled_and_counts_come_first() {
        let mut report = report();
        report.matrices = vec![
            matrix("norm.json", None, [[0.5, 0.5], [0.0, 1.0]]),
            matrix("train.json", Some("train"), [[9.0, 0.0], [0.0, 9.0]]),
            matrix("test.json", Some("test"), [[2.0, 1.0], [1.0, 2.0]]),
            matrix("again.json", Some("test"), [[2.0, 1.0], [1.0, 2.0]]),
            matrix("other.json", Some("test"), [[3.0, 0.0], [1.0, 2.0]]),
        ];
        let keys: Vec<String> = sources(&report, 0).into_iter().map(|it| it.key).collect();
        assert_eq!(keys, ["test.json", "other.json", "norm.json", "train"]);
    }
}
