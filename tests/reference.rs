//! Statistics against scikit-learn's and SciPy's values (`tests/reference/README.md`).
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeSet, fs};

use careo::{
    analysis::{
        mcnemar,
        measures::{Averages, Measures},
        one_class::{Level, OneMeasure, TwoByTwo, wilson},
        overall::OverallMeasure,
        selection,
        statistics::{
            Average, Cell, Effort, Family, Margins, Measure, bca_intervals, cells_of_matrices,
            cells_of_pairs, newcombe_interval, normal_quantile, permutation_tests, welch,
            wilson_interval,
        },
    },
    model::{ConfusionMatrix, PairedCounts, Predictions},
};
use serde_json::Value;

fn reference(name: &str) -> Vec<Value> {
    let text = fs::read_to_string(format!("tests/reference/{name}")).unwrap();
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
        let (low, high) = mcnemar::tango_interval(pairs, reach(level(&case))).unwrap();
        assert_close(Some(low), &interval[0], 1e-9, &what);
        assert_close(Some(high), &interval[1], 1e-9, &what);
    }
}

/// Measures of matrices by scikit-learn and PyCM, intervals by SciPy; `null` is undefined.
#[test]
fn measures_of_matrices_equal_scikit_learns_and_pycms() {
    let text = fs::read_to_string("tests/reference/confusion.json").unwrap();
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

/// The normal quantile of a two-sided confidence.
fn reach(confidence: f64) -> f64 {
    normal_quantile(1.0 - (1.0 - confidence) / 2.0)
}

/// The confidence of a case.
fn level(case: &Value) -> f64 {
    case["confidence"].as_f64().unwrap_or(0.95)
}

fn list(value: &Value) -> Vec<f64> {
    let values = value.as_array().unwrap().iter();
    values.map(|it| it.as_f64().unwrap()).collect()
}

fn measure(case: &Value, leaves_out: bool) -> Measure {
    let family = match case["family"].as_str().unwrap() {
        "precision" => Family::Precision,
        "recall" => Family::Recall,
        "f1" => Family::F1,
        "balanced_accuracy" => Family::BalancedAccuracy,
        "kappa" => Family::Kappa,
        "mcc" => Family::Mcc,
        other => panic!("{other}"),
    };
    let average = match &case["average"] {
        Value::Number(class) => Average::Class(class.as_u64().unwrap() as usize),
        Value::String(name) if name == "weighted" => Average::Weighted,
        _ => Average::Macro,
    };
    Measure {
        family,
        average,
        leaves_out,
    }
}

/// What both models said of the same samples.
fn predictions(case: &Value, said: &str) -> Predictions {
    let codes = |key: &str| list(&case[key]).iter().map(|it| *it as u32).collect();
    let n_classes = case["n_classes"].as_u64().unwrap();
    Predictions {
        labels: (0..n_classes).map(|it| it.to_string()).collect(),
        actual: codes("actual"),
        predicted: codes(said),
        rows: Vec::new(),
    }
}

fn pairs(case: &Value) -> (Vec<Cell>, usize) {
    let (cells, labels) = cells_of_pairs(&predictions(case, "before"), &predictions(case, "now"));
    (cells, labels.len())
}

fn name(case: &Value) -> String {
    let n = case["actual"].as_array().unwrap().len();
    format!("{} {} of {n}", case["family"], case["average"])
}

#[test]
fn measures_of_resamples_equal_scikit_learns() {
    let cases = reference("resampled_measures.json");
    assert!(cases.len() > 40);
    for case in cases {
        let mut margins = Margins::new(case["n_classes"].as_u64().unwrap() as usize);
        for (actual, said) in list(&case["actual"]).iter().zip(list(&case["said"])) {
            margins.add(*actual as usize, said as usize, 1.0);
        }
        for (key, leaves_out) in [("zero", false), ("left_out", true)] {
            let found = measure(&case, leaves_out).value(&margins);
            assert_close(
                Some(found),
                &case[key],
                1e-12,
                &format!("{} {key}", name(&case)),
            );
        }
    }
}

#[test]
fn permutation_tests_equal_scipys() {
    for case in reference("permutation.json") {
        let (cells, n_classes) = pairs(&case);
        let measure = measure(&case, false);
        let draws = Effort::FULL.draws;
        let found = permutation_tests(&cells, n_classes, &[measure], draws, 1);
        let (p, expected) = (found.p[0], case["p"].as_f64().unwrap());
        let (name, gap) = (name(&case), (found.p[0] - expected).abs());
        let Some(their_draws) = case["draws"].as_f64() else {
            assert_eq!(found.draws, None, "{name}");
            assert!(gap <= 1e-9, "{name}: {p}, not {expected}");
            continue;
        };
        // Ours is exact where few kinds of answers differ.
        let ours = found.draws.map_or(0.0, |it| 1.0 / f64::from(it));
        let error = (p * (1.0 - p) * (ours + 1.0 / their_draws)).sqrt();
        assert!(
            gap <= 4.0 * error + 1.0 / their_draws,
            "{name}: {p}, not {expected}"
        );
    }
}

#[test]
fn bca_intervals_equal_scipys() {
    for case in reference("bca.json") {
        let (groups, n_classes) = if case["paired"].as_bool().unwrap() {
            let (cells, n_classes) = pairs(&case);
            (vec![cells], n_classes)
        } else {
            let matrix = |said: &str| {
                let said = predictions(&case, said);
                let pairs = said
                    .actual
                    .iter()
                    .copied()
                    .zip(said.predicted.iter().copied());
                ConfusionMatrix::from_pairs(said.labels.clone(), pairs).unwrap()
            };
            let (groups, labels) = cells_of_matrices(&matrix("before"), &matrix("now"));
            (groups.to_vec(), labels.len())
        };
        let measure = measure(&case, false);
        let resamples = Effort::FULL.resamples;
        let found = bca_intervals(&groups, n_classes, &[measure], resamples, level(&case), 1);
        let (low, high) = found[0].unwrap();
        let expected = list(&case["limits"])
            .into_iter()
            .zip(list(&case["deviations"]));
        for (found, (expected, deviation)) in [low, high].into_iter().zip(expected) {
            // Their mean of six has an error of its own, and so has the deviation of six; values of
            // few samples come in steps.
            let error = deviation * (1.0_f64 + 1.0 / 6.0).sqrt();
            let gap = (found - expected).abs();
            assert!(
                gap <= 5.0 * error + 1e-3,
                "{}: {found}, not {expected} ± {deviation}",
                name(&case)
            );
        }
    }
}

#[test]
fn intervals_of_shares_equal_statsmodels() {
    for case in reference("shares.json") {
        let pair = |key: &str| {
            (
                case[key][0].as_f64().unwrap(),
                case[key][1].as_f64().unwrap(),
            )
        };
        let (now, before) = (pair("now"), pair("before"));
        let z = reach(case["confidence"].as_f64().unwrap());
        let wilson = wilson_interval(now.0, now.1, z).unwrap();
        let newcombe = newcombe_interval(now, before, z).unwrap();
        for (found, key) in [(wilson, "wilson"), (newcombe, "newcombe")] {
            let what = format!("{key} {now:?} {before:?}");
            assert_close(Some(found.0), &case[key][0], 1e-9, &what);
            assert_close(Some(found.1), &case[key][1], 1e-9, &what);
        }
    }
}

#[test]
fn welch_equals_scipys() {
    for case in reference("welch.json") {
        let confidence = case["confidence"].as_f64().unwrap();
        let found = welch(&list(&case["now"]), &list(&case["before"]), confidence).unwrap();
        assert_close(Some(found.p), &case["p"], 1e-9, "p");
        assert_close(Some(found.interval.0), &case["interval"][0], 1e-9, "low");
        assert_close(Some(found.interval.1), &case["interval"][1], 1e-9, "high");
    }
}

#[test]
fn holm_equals_statsmodels() {
    for case in reference("holm.json") {
        let p = list(&case["p"]);
        for (idx, own) in p.iter().enumerate() {
            let mut others = p.clone();
            others.remove(idx);
            let found = selection::holm(*own, &others);
            assert_close(Some(found), &case["corrected"][idx], 1e-12, "corrected");
        }
    }
}
