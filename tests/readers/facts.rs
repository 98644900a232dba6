//! Facts that were taken from the fixtures by other means than careo: Python, DVC's own tables.

use careo::model::{ColumnKind, Content, CurveKind, RevisionRef, Value};

use crate::common::{contents, findings};

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
