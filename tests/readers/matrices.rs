//! What is known of the fixtures' confusion matrices, taken from them by other means.

use careo::model::{ConfusionMatrix, Content, MatrixKind, Predictions};

use crate::common::{contents, n_correct, read};

/// Folder, files, classes, samples, right ones, accuracy.
type Case = (
    &'static str,
    &'static [&'static str],
    usize,
    usize,
    usize,
    f64,
);

/// Every form in which a case states its matrix.
const CASES: [Case; 14] = [
    (
        "nba",
        &[
            "predictions.csv",
            "predictions_proba.csv",
            "confusion_matrix.json",
            "confusion_matrix.bare.json",
            "plots-show.confusion.json",
            "plots-show.confusion.split.json",
            "plots-show-vega.confusion_normalized.json",
        ],
        5,
        176,
        87,
        0.4943181818181818,
    ),
    (
        "nba/baselines/C10",
        NBA_FORMS,
        5,
        176,
        93,
        0.5284090909090909,
    ),
    (
        "nba/experiments/bovid-rime",
        NBA_FORMS,
        5,
        176,
        92,
        0.5227272727272727,
    ),
    (
        "nba/experiments/niffy-bawl",
        NBA_FORMS,
        5,
        176,
        92,
        0.5227272727272727,
    ),
    (
        "nba/experiments/nival-newt",
        NBA_FORMS,
        5,
        176,
        90,
        0.5113636363636364,
    ),
    (
        "nba/experiments/civil-peer",
        NBA_FORMS,
        5,
        176,
        90,
        0.5113636363636364,
    ),
    (
        "nba/experiments/bound-cart",
        NBA_FORMS,
        5,
        176,
        89,
        0.5056818181818182,
    ),
    (
        "nba/experiments/sober-horn",
        NBA_FORMS,
        5,
        176,
        89,
        0.5056818181818182,
    ),
    (
        "nba/experiments/gutsy-coth",
        NBA_FORMS,
        5,
        176,
        87,
        0.4943181818181818,
    ),
    (
        "sklearn/digits-10",
        SKLEARN_FORMS,
        10,
        540,
        525,
        0.9722222222222222,
    ),
    (
        "sklearn/breast-cancer-2",
        SKLEARN_FORMS,
        2,
        171,
        161,
        0.9415204678362573,
    ),
    (
        "sklearn/breast-cancer-2-int",
        SKLEARN_FORMS,
        2,
        171,
        161,
        0.9415204678362573,
    ),
    (
        "sklearn/dummy-most-frequent-2",
        SKLEARN_FORMS,
        2,
        171,
        107,
        0.6257309941520468,
    ),
    (
        "dvclive/digits/dvclive/plots/sklearn",
        &["cm.json", "cm_normalized.json"],
        10,
        540,
        513,
        0.95,
    ),
];

const NBA_FORMS: &[&str] = &[
    "predictions.csv",
    "confusion_matrix.json",
    "confusion_matrix.bare.json",
];

const SKLEARN_FORMS: &[&str] = &[
    "predictions.csv",
    "confusion_matrix.csv",
    "confusion_matrix.json",
    "confusion_matrix_labels.json",
    "confusion_matrix_pandas.csv",
    "crosstab_margins.csv",
];

#[test]
fn every_form_of_a_matrix_says_the_same() {
    for (folder, forms, n_classes, n_samples, n_right, accuracy) in CASES {
        let mut first: Option<ConfusionMatrix> = None;
        for form in forms {
            let path = format!("{folder}/{form}");
            let matrix = matrix(&path);
            assert_eq!(matrix.n_classes(), n_classes, "{path}");
            assert_eq!(matrix.kind(), MatrixKind::Counts, "{path}");
            assert_eq!(
                (matrix.total(), matrix.trace()),
                (n_samples as f64, n_right as f64),
                "{path}"
            );
            assert_eq!(matrix.trace() / matrix.total(), accuracy, "{path}");
            let first = first.get_or_insert_with(|| matrix.clone());
            for (actual, predicted) in
                (0..n_classes).flat_map(|a| (0..n_classes).map(move |p| (a, p)))
            {
                let (a, b) = (first.get(actual, predicted), matrix.get(actual, predicted));
                assert_eq!(a, b, "{path}: {actual},{predicted}");
            }
        }
    }
}

#[test]
fn rows_are_actual_in_the_flagship_case() {
    let expected = [
        [19, 5, 0, 2, 2],
        [11, 12, 1, 7, 2],
        [0, 0, 24, 5, 6],
        [2, 14, 2, 12, 6],
        [1, 4, 10, 9, 20],
    ];
    for path in [
        "nba/predictions.csv",
        "nba/confusion_matrix.json",
        "nba/plots-show.confusion.json",
    ] {
        let matrix = matrix(path);
        assert_eq!(matrix.labels(), ["C", "PF", "PG", "SF", "SG"], "{path}");
        for (actual, row) in expected.iter().enumerate() {
            for (predicted, count) in row.iter().enumerate() {
                assert_eq!(matrix.get(actual, predicted), f64::from(*count), "{path}");
            }
        }
    }
}

#[test]
fn labels_stay_as_they_were_written() {
    let cases: [(&str, &[&str]); 5] = [
        (
            "sklearn/breast-cancer-2-int/confusion_matrix_labels.json",
            &["0", "1"],
        ),
        ("sklearn/breast-cancer-2-int/predictions.csv", &["0", "1"]),
        (
            "sklearn/breast-cancer-2-int/confusion_matrix.csv",
            &["0", "1"],
        ),
        (
            "sklearn/dummy-most-frequent-2/crosstab_margins.csv",
            &["benign", "malignant"],
        ),
        (
            "sklearn/digits-10/predictions.csv",
            &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        ),
    ];
    for (path, labels) in cases {
        assert_eq!(matrix(path).labels(), labels, "{path}");
    }
}

#[test]
fn a_thousand_classes_are_read() {
    let folder = "sklearn/site-packages-lines-1000";
    let predictions = predictions(&format!("{folder}/predictions.csv"));
    assert_eq!((predictions.len(), n_correct(&predictions)), (6000, 2638));
    let labelled = matrix(&format!("{folder}/confusion_matrix_labels.json"));
    let bare = matrix(&format!("{folder}/confusion_matrix.json"));
    assert_eq!(labelled.labels()[0], "dvc/_debug.py");
    for matrix in [&labelled, &bare] {
        assert_eq!((matrix.total(), matrix.trace()), (6000.0, 2638.0));
    }
    // The same counts, though the two orders of the classes differ.
    let counted = counts(&predictions);
    assert_eq!(counted.total(), labelled.total());
    for (actual, predicted, count) in counted.filled() {
        let at = |class: usize| labelled.class(&counted.labels()[class]).unwrap();
        assert_eq!(labelled.get(at(actual), at(predicted)), count);
    }
}

#[test]
fn normalised_matrices_are_never_counts() {
    for case in [
        "breast-cancer-2",
        "breast-cancer-2-int",
        "digits-10",
        "dummy-most-frequent-2",
    ] {
        let path = format!("sklearn/{case}/confusion_matrix_normalized_true.json");
        assert_eq!(matrix(&path).kind(), MatrixKind::NormalisedByRow, "{path}");
    }
}

fn predictions(path: &str) -> Predictions {
    let found = contents(path).into_iter().find_map(|it| match it {
        Content::Predictions { predictions, .. } => Some(predictions),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{path}: no predictions"))
}

fn counts(predictions: &Predictions) -> ConfusionMatrix {
    let pairs = predictions
        .actual
        .iter()
        .copied()
        .zip(predictions.predicted.iter().copied());
    ConfusionMatrix::from_pairs(predictions.labels.clone(), pairs).unwrap()
}

/// The matrix of a fixture, counted where it holds predictions.
fn matrix(path: &str) -> ConfusionMatrix {
    let found = contents(path).into_iter().find_map(|it| match it {
        Content::Matrix { matrix, .. } => Some(matrix),
        Content::Predictions { predictions, .. } => Some(counts(&predictions)),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{path}: no matrix"))
}

#[test]
fn what_careo_exports_is_read_back_as_it_was() {
    use careo::{
        analysis::{
            heatmap::{Choice, allowed, heatmap},
            matrix_text::{Seen, to_csv, to_json},
        },
        model::{Artifact, Finding, Normalisation},
    };
    let labels = || ["a", "b", "c"].map(str::to_owned).to_vec();
    let matrix = |rows: [[f64; 3]; 3]| ConfusionMatrix::from_rows(labels(), &rows).unwrap();
    let cases = [
        matrix([[5.0, 1.0, 0.0], [2.0, 7.0, 3.0], [0.0, 4.0, 9.0]]),
        matrix([[5.5, 1.0, 0.0], [2.0, 7.0, 3.0], [0.0, 4.0, 9.0]]),
        matrix([[0.8, 0.2, 0.0], [0.5, 0.25, 0.25], [0.0, 0.4, 0.6]]),
        matrix([[0.8, 0.5, 0.0], [0.2, 0.25, 0.4], [0.0, 0.25, 0.6]]),
        matrix([[0.2, 0.1, 0.0], [0.1, 0.3, 0.1], [0.0, 0.1, 0.1]]),
    ];
    for (matrix, is_transposed) in cases.iter().flat_map(|it| [(it, false), (it, true)]) {
        let choice = Choice {
            classes: vec![0, 1, 2],
            normalisation: allowed(matrix.kind(), Normalisation::None),
            is_transposed,
            ..Choice::default()
        };
        let map = heatmap(matrix, &choice);
        let seen = Seen {
            normalisation: choice.normalisation,
            is_transposed,
            ..Seen::default()
        };
        let corners = match is_transposed {
            false => [
                "actual \\ predicted",
                "Real / Predicho; x: shares, from 0 to 1.",
            ],
            true => [
                "predicted \\ actual",
                "Predicho / Real; x: shares, from 0 to 1.",
            ],
        };
        let tables = corners.map(|it| ("confusion.csv", to_csv(&map, matrix.labels(), it)));
        let json = [("confusion.json", to_json(matrix, &map, seen))];
        for (path, text) in tables.into_iter().chain(json) {
            let found = read(&Artifact::new(path, text.clone().into_bytes()));
            let mut found = found.findings.into_iter().map(|it| it.content);
            let Some(Content::Matrix { matrix: back, .. }) = found.next() else {
                panic!("no matrix in {text}");
            };
            assert_eq!(&back, matrix, "{text}");
        }
    }
    let text = br#"{"rows": "predicted", "labels": ["a", "b"], "matrix": [[5, 1], [2, 7]]}"#;
    let found = read(&Artifact::new("confusion.json", text.to_vec()));
    let is_turned = |it: &Finding| match &it.content {
        Content::Matrix { matrix, .. } => matrix.get(0, 1) == 2.0,
        _ => false,
    };
    assert!(found.findings.iter().any(is_turned));
}
