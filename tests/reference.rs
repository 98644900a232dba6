//! Statistics against scikit-learn's and SciPy's values (`tests/fixtures/reference/README.md`).
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeSet, fs};

use careo::{
    analysis::{
        mcnemar,
        measures::{Averages, Measures},
        one_class::{Level, OneMeasure, TwoByTwo, wilson},
        overall::OverallMeasure,
    },
    model::{ConfusionMatrix, PairedCounts},
};
use serde_json::Value;

fn reference(name: &str) -> Vec<Value> {
    let text = fs::read_to_string(format!("tests/fixtures/reference/{name}")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The matrix of a two-column file without quotes, its labels in plain order.
fn matrix_of(path: &str) -> ConfusionMatrix {
    let text = fs::read_to_string(format!("tests/fixtures/{path}")).unwrap();
    let rows = text
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap());
    let rows: Vec<(&str, &str)> = rows.collect();
    let labels: BTreeSet<&str> = rows.iter().flat_map(|row| [row.0, row.1]).collect();
    let labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
    let code = |label: &str| labels.iter().position(|known| known == label).unwrap() as u32;
    let pairs: Vec<(u32, u32)> = rows.iter().map(|row| (code(row.0), code(row.1))).collect();
    ConfusionMatrix::from_pairs(labels, pairs.into_iter()).unwrap()
}

#[track_caller]
fn assert_close(found: Option<f64>, expected: &Value, tolerance: f64, what: &str) {
    match (found, expected.as_f64()) {
        (Some(found), Some(expected)) => {
            assert!(
                (found - expected).abs() <= tolerance,
                "{what}: {found}, not {expected}"
            );
        }
        (found, expected) => assert_eq!(found, expected, "{what}"),
    }
}

#[test]
fn measures_equal_scikit_learns() {
    let cases = reference("measures.json");
    assert_eq!(cases.len(), 7);
    for case in cases {
        let name = case["case"].as_str().unwrap();
        let matrix = matrix_of(name);
        let measures = Measures::of(&matrix);
        let close = |found, expected: &Value, what: &str| {
            assert_close(found, expected, 1e-12, &format!("{name}: {what}"));
        };
        close(measures.accuracy, &case["accuracy"], "accuracy");
        close(
            measures.balanced_accuracy,
            &case["balanced_accuracy"],
            "balanced accuracy",
        );
        close(measures.cohen_kappa, &case["cohen_kappa"], "kappa");
        close(measures.mcc, &case["mcc"], "mcc");
        let averages = |found: Averages, expected: &Value| {
            close(found.precision, &expected["precision"], "average precision");
            close(found.recall, &expected["recall"], "average recall");
            close(found.f1, &expected["f1"], "average f1");
        };
        averages(measures.macro_average, &case["macro"]);
        averages(measures.weighted_average, &case["weighted"]);
        for class in case["classes"].as_array().unwrap() {
            let label = class["label"].as_str().unwrap();
            let found = measures.classes[matrix.class(label).unwrap()];
            close(found.precision, &class["precision"], label);
            close(found.recall, &class["recall"], label);
            close(found.f1, &class["f1"], label);
            close(found.support, &class["support"], label);
        }
    }
}

#[test]
fn mcnemar_equals_scipys_and_tangos_definition() {
    for case in reference("mcnemar.json") {
        let count = |key: &str| case[key].as_u64().unwrap();
        let (lost, won, n) = (count("lost"), count("won"), count("n"));
        let what = format!("{lost} lost, {won} won of {n}");
        let (p, expected) = (mcnemar::exact_p(lost, won), case["p"].as_f64().unwrap());
        assert!(
            (p - expected).abs() <= 1e-9 * expected,
            "{what}: {p}, not {expected}"
        );
        let Some(interval) = case["interval"].as_array() else {
            continue;
        };
        let pairs = PairedCounts {
            lost,
            won,
            both_right: 0,
            both_wrong: n - lost - won,
        };
        let (low, high) = mcnemar::tango_interval(pairs).unwrap();
        assert_close(Some(low), &interval[0], 1e-9, &what);
        assert_close(Some(high), &interval[1], 1e-9, &what);
    }
}

/// Measures of matrices by scikit-learn and PyCM, intervals by SciPy; `null` is undefined.
#[test]
fn measures_of_matrices_equal_scikit_learns_and_pycms() {
    let text = fs::read_to_string("tests/fixtures/reference/confusion.json").unwrap();
    let reference: Value = serde_json::from_str(&text).unwrap();
    let cases = reference["cases"].as_object().unwrap();
    assert_eq!(cases.len(), 10);
    for (name, case) in cases {
        let rows: Vec<Vec<f64>> = serde_json::from_value(case["matrix"].clone()).unwrap();
        let labels = (0..rows.len()).map(|class| class.to_string()).collect();
        let matrix = ConfusionMatrix::from_rows(labels, &rows).unwrap();
        let measures = Measures::of(&matrix);
        for measure in OverallMeasure::ALL {
            let what = format!("{measure:?}");
            let expected = &case["overall"][&what];
            let found = measure.of(&matrix, &measures);
            assert_close(found, expected, 1e-12, &format!("{name}: {what}"));
        }
        for (class, expected) in case["classes"].as_array().unwrap().iter().enumerate() {
            let table = TwoByTwo::of(&matrix, class).unwrap();
            for measure in OneMeasure::ALL {
                let what = format!("{measure:?}");
                let found = measure.of(&table);
                // Large ratios have as many digits as small ones.
                let size = found.unwrap_or(1.0).abs().max(1.0);
                let what_of = format!("{name}, class {class}: {what}");
                assert_close(found, &expected[&what], 1e-12 * size, &what_of);
            }
            for (level, expected) in Level::ALL
                .into_iter()
                .zip(expected["Wilson"].as_array().into_iter().flatten())
            {
                let found = wilson(table.hits, table.hits + table.missed, level);
                let (low, high) = (found.map(|it| it.0), found.map(|it| it.1));
                assert_close(low, &expected[0], 1e-12, name);
                assert_close(high, &expected[1], 1e-12, name);
            }
        }
    }
}
