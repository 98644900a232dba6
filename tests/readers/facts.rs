//! Facts that were taken from the fixtures by other means than careo: Python, DVC's own tables.

use careo::model::{
    ColumnKind, ConfusionMatrix, Content, CurveKind, Finding, MatrixKind, Predictions, RevisionRef,
    Value,
};

use crate::common::{artifact, n_correct, read};

/// Classes, samples and correct ones of every form in which a case states its matrix.
const CASES: [(&str, &[&str], usize, usize, usize, f64); 14] = [
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

#[test]
fn reports_of_each_class_are_metrics() {
    let cases: [(&str, &[&str], f64); 7] = [
        (
            "nba/classification_report.json",
            &["accuracy"],
            0.4943181818181818,
        ),
        (
            "nba/classification_report.json",
            &["macro avg", "f1-score"],
            0.49611736636469417,
        ),
        ("nba/classification_report.json", &["PF", "support"], 33.0),
        (
            "sklearn/digits-10/classification_report.json",
            &["macro avg", "f1-score"],
            0.9724693748973184,
        ),
        (
            "sklearn/digits-10/classification_report_labels_subset.json",
            &["micro avg", "f1-score"],
            0.9636363636363636,
        ),
        (
            "sklearn/digits-10/classification_report_labels_subset.json",
            &["weighted avg", "support"],
            163.0,
        ),
        (
            "sklearn/site-packages-lines-1000/classification_report.json",
            &["accuracy"],
            0.43966666666666665,
        ),
    ];
    for (path, key, expected) in cases {
        assert_eq!(
            metric(path, key),
            Some(Value::Number(expected)),
            "{path} {key:?}"
        );
    }
    let subset = "sklearn/digits-10/classification_report_labels_subset.json";
    assert_eq!(metric(subset, &["accuracy"]), None);
}

#[test]
fn dvclive_writes_numbers_that_are_none_as_text() {
    let path = "dvclive/nan-diverged/dvclive/metrics.json";
    assert!(matches!(metric(path, &["loss"]), Some(Value::Number(it)) if it.is_nan()));
    assert_eq!(
        metric(path, &["grad", "norm"]),
        Some(Value::Number(9.999999933815813e36))
    );
    let path = "dvclive/digits/dvclive/metrics.json";
    assert_eq!(
        metric(path, &["final/f1_macro"]),
        Some(Value::Number(0.950377207539702))
    );
    assert_eq!(
        metric(path, &["train", "accuracy"]),
        Some(Value::Number(0.9856801909307876))
    );
}

#[test]
fn histories_of_metrics_are_series() {
    let folder = "dvclive/digits/dvclive/plots/metrics";
    let (name, steps, values) = series(&format!("{folder}/val/accuracy.tsv"));
    assert_eq!(
        (name.as_str(), steps.len(), steps[14], values[14]),
        ("val/accuracy", 15, 14.0, 0.95)
    );
    let (name, steps, values) = series("dvclive/nan-diverged/dvclive/plots/metrics/loss.tsv");
    assert_eq!((name.as_str(), steps.len(), steps[7]), ("loss", 8, 7.0));
    assert!(values[7].is_nan() && values.contains(&f64::INFINITY));
    let (_, steps, values) = series("dvclive/nan-diverged/dvclive/plots/metrics/val/acc.tsv");
    assert_eq!(
        (steps, values[3]),
        (vec![0.0, 2.0, 4.0, 6.0], 0.6),
        "steps may be left out"
    );
}

#[test]
fn curves_keep_their_points_and_thresholds() {
    let folder = "dvclive/digits/dvclive/plots/sklearn";
    let cases = [
        ("roc", CurveKind::Roc, 18, (0.0, 0.0), Some(f64::INFINITY)),
        (
            "precision_recall",
            CurveKind::PrecisionRecall,
            502,
            (1.0, 0.0962962962962963),
            Some(0.0),
        ),
        (
            "det",
            CurveKind::Det,
            70,
            (0.11270491803278689, 0.0),
            Some(1.5493354168529421e-18),
        ),
        (
            "calibration",
            CurveKind::Calibration,
            3,
            (4.98863480272321e-05, 0.0063025210084033615),
            None,
        ),
    ];
    let plots = contents("dvclive/digits/plots-show.json");
    for (name, kind, n_points, first, threshold) in cases {
        let path = format!("{folder}/{name}.json");
        let own = contents(&path).remove(0);
        let Content::Curve {
            kind: found,
            x,
            y,
            thresholds,
        } = &own
        else {
            panic!("{path}: no curve")
        };
        assert_eq!(
            (*found, x.len(), (x[0], y[0])),
            (kind, n_points, first),
            "{path}"
        );
        assert_eq!(thresholds.first().copied(), threshold, "{path}");
        assert!(plots.contains(&own), "{path}: DVC plots the same curve");
    }
    let roc = contents("sklearn/breast-cancer-2-int/roc.json");
    assert!(matches!(&roc[0], Content::Curve { kind: CurveKind::Roc, x, .. } if x.len() == 16));
    let auc = metric("sklearn/breast-cancer-2-int/roc.json", &["auc"]);
    assert_eq!(auc, Some(Value::Number(0.9861273364485981)));
}

#[test]
fn plots_of_every_dvc_say_the_same_of_each_revision() {
    let pairs = [
        (
            "dvc/lab-3.67.1/plots-show.json",
            "dvc/lab-3.67.1/plots-show.split.json",
            3,
        ),
        (
            "dvc/plots-2.54.0/plots-show.json",
            "dvc/plots-2.54.0/plots-show.split.json",
            5,
        ),
        (
            "dvc/plots-2.54.0/plots-diff.json",
            "dvc/plots-2.54.0/plots-diff.split.json",
            6,
        ),
    ];
    for (whole, split, n_findings) in pairs {
        let (whole, split) = (findings(whole), findings(split));
        assert_eq!(whole.len(), n_findings);
        assert_eq!(whole, split);
    }
    let named = |name: &str| Some(RevisionRef::Named(name.to_owned()));
    let diff = findings("dvc/lab-3.67.1/plots-diff.json");
    let of_v1 = diff.iter().filter(|it| it.revision == named("v1"));
    assert_eq!(of_v1.count(), 3, "two lines and a matrix");
    let loss = diff.iter().find_map(|it| match &it.content {
        Content::Series { name, values, .. } if name == "plots/loss.csv:loss" => Some(values[1]),
        _ => None,
    });
    assert_eq!(
        loss,
        Some(0.8357704265157253),
        "strings from CSV are numbers"
    );
    let both = findings("dvc/plots-2.54.0/plots-show.json");
    let names = both.iter().filter_map(|it| match &it.content {
        Content::Series { name, .. } => Some(name.as_str()),
        _ => None,
    });
    let names: Vec<&str> = names.collect();
    let expected = [
        "dvc.yaml::loss_and_acc:loss",
        "acc",
        "plots/loss.csv:loss",
        "plots/loss.json:loss",
    ];
    assert_eq!(names, expected, "one line for each field");
}

fn findings(path: &str) -> Vec<Finding> {
    let read = read(&artifact(path));
    assert_eq!(read.problem, None, "{path}");
    read.findings
}

fn contents(path: &str) -> Vec<Content> {
    findings(path).into_iter().map(|it| it.content).collect()
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

fn metric(path: &str, key: &[&str]) -> Option<Value> {
    contents(path).into_iter().find_map(|it| match it {
        Content::Values {
            kind: ColumnKind::Metric,
            values,
            ..
        } => values
            .into_iter()
            .find(|(path, _)| path == key)
            .map(|(_, value)| value),
        _ => None,
    })
}

fn series(path: &str) -> (String, Vec<f64>, Vec<f64>) {
    match contents(path).remove(0) {
        Content::Series {
            name,
            steps,
            values,
        } => (name, steps, values),
        other => panic!("{path}: {other:?}"),
    }
}
