//! One small input for each turn that a reader takes.

use careo::model::{
    Artifact, Content, Found, Limit, MatrixError, NoticeKind, Predictions, ProblemKind,
    RevisionRef, Thing, Value,
};

use crate::common::{Read, read};

fn of(name: &str, text: &str) -> Read {
    read(&Artifact::new(name, text.as_bytes()))
}

/// The only finding, and the notices but for the reader's name.
fn only(read: Read) -> (Content, Vec<NoticeKind>) {
    assert_eq!(read.problem, None);
    assert_eq!(read.findings.len(), 1, "{:?}", read.findings);
    let notices = read.notices.into_iter().map(|it| it.kind);
    let notices = notices.filter(|it| !matches!(it, NoticeKind::ReaderTook { .. }));
    let content = read.findings.into_iter().next().unwrap().content;
    (content, notices.collect())
}

fn pairs(text: &str) -> (Vec<(String, String)>, Vec<NoticeKind>) {
    match only(of("predictions.csv", text)) {
        (Content::Predictions { predictions, .. }, notices) => (named(&predictions), notices),
        (other, _) => panic!("{other:?}"),
    }
}

fn named(predictions: &Predictions) -> Vec<(String, String)> {
    let label = |code: &u32| predictions.labels[*code as usize].clone();
    let pairs = predictions.actual.iter().zip(&predictions.predicted);
    pairs
        .map(|(actual, predicted)| (label(actual), label(predicted)))
        .collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = pairs.iter().map(|(a, b)| (a.to_string(), b.to_string()));
    owned.collect()
}

#[test]
fn predictions_are_found_among_other_columns() {
    let cases: [(&str, &[(&str, &str)]); 7] = [
        ("predicted,actual\na,b\n", &[("b", "a")]),
        ("label;prediction\n\"x;y\";z", &[("x;y", "z")]),
        ("id\tY True\tY-Pred\tp\n1\ta\tb\t0.5\n", &[("a", "b")]),
        ("actual, predicted\ncat, dog\n", &[("cat", "dog")]),
        ("actual,predicted\n cat, dog\n", &[(" cat", " dog")]),
        ("label,actual,predicted\nrow,a,b\n", &[("a", "b")]),
        (
            "actual,predicted\n0.0,True\nNaN,NA\n",
            &[("0.0", "True"), ("NaN", "NA")],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(pairs(text), (owned(expected), vec![]), "{text}");
    }
}

#[test]
fn uneven_rows_are_counted() {
    let (found, notices) = pairs("actual,predicted\na,b,c,d\na\nb,b\n\n\"\",a\n");
    assert_eq!(found, owned(&[("a", "b"), ("b", "b")]));
    let expected = [
        NoticeKind::RaggedRows { count: 2, first: 1 },
        NoticeKind::RowsSkipped { count: 2, first: 2 },
    ];
    assert_eq!(notices, expected);
}

#[test]
fn measured_values_make_no_matrix() {
    let rows: Vec<String> = (0..30).map(|it| format!("{it}.25,{it}.75")).collect();
    let read = of(
        "predictions.csv",
        &format!("actual,predicted\n{}\n", rows.join("\n")),
    );
    assert!(read.findings.is_empty() && read.problem.is_none());
    let is_said = |it: &NoticeKind| *it == NoticeKind::NotClasses { distinct: 60 };
    assert!(read.notices.iter().any(|it| is_said(&it.kind)));
}

#[test]
fn margins_are_sums_or_classes() {
    let labels = |text: &str| match only(of("crosstab.csv", text)) {
        (Content::Matrix { matrix, titles, .. }, notices) => {
            (matrix.labels().join(" "), titles.actual, notices)
        }
        (other, _) => panic!("{other:?}"),
    };
    let actual = Some("Actual".to_owned());
    let margins = "Actual,a,b,All\na,5,1,6\nb,2,6,8\nAll,7,7,14\n";
    let stripped = vec![NoticeKind::MarginsStripped];
    assert_eq!(labels(margins), ("a b".into(), actual.clone(), stripped));
    // A class may be called `All`.
    let class = "Actual,a,All\na,5,1\nAll,2,6\n";
    assert_eq!(labels(class), ("a All".into(), actual, vec![]));
    let shares = "b\ta\nb\t0.9\t0.1\na\t0.25\t0.75\n";
    assert_eq!(
        labels(shares),
        ("b a".into(), None, vec![NoticeKind::SharesNotCounts])
    );
}

#[test]
fn a_file_of_cells_is_a_matrix_however_many_classes_there_are() {
    let cells = |text: &str| match only(of("cells.csv", text)) {
        (Content::Matrix { matrix, .. }, notices) => {
            let filled = matrix.filled().collect::<Vec<_>>();
            (matrix.labels().join(" "), filled, notices)
        }
        (other, _) => panic!("{other:?}"),
    };
    let header = "actual,predicted,count\n";
    // Cells that stand twice are summed; a class may be on one axis only.
    let text = format!("{header}b,a,1\na,b,2\nb,a,3\nc,b,0\n");
    let filled = vec![(0, 1, 2.0), (1, 0, 4.0)];
    assert_eq!(cells(&text), ("a b c".into(), filled, vec![]));
    let shares = format!("{header}a,a,0.9\na,b,0.1\nb,b,1\n");
    let filled = vec![(0, 0, 0.9), (0, 1, 0.1), (1, 1, 1.0)];
    let notices = vec![NoticeKind::SharesNotCounts];
    assert_eq!(cells(&shares), ("a b".into(), filled, notices));
    // Sums may stand anywhere, wherever their name comes among the labels.
    let margins = format!(
        "{header}ape,ape,3\nzoo,ape,1\nAll,ape,4\nzoo,zoo,2\nape,All,3\nzoo,All,3\nAll,All,6\n\
         All,zoo,2\n"
    );
    let filled = vec![(0, 0, 3.0), (1, 0, 1.0), (1, 1, 2.0)];
    let notices = vec![NoticeKind::MarginsStripped];
    assert_eq!(cells(&margins), ("ape zoo".into(), filled, notices));
    let class = format!("{header}All,a,3\na,All,1\n");
    assert_eq!(cells(&class).0, "a All");
    // As a table this would take 3 GB.
    const N: usize = 20_000;
    let mut text = header.to_owned();
    for class in 0..N {
        text.push_str(&format!("{class},{},{}\n", (class + 1) % N, class + 1));
    }
    let (labels, filled, notices) = cells(&text);
    assert_eq!((labels.split(' ').count(), notices), (N, vec![]));
    assert_eq!(filled.len(), N);
    assert_eq!(filled[N - 1], (N - 1, 0, N as f64));
}

#[test]
fn a_broken_matrix_says_which_cell() {
    let problem = |name: &str, text: &str| of(name, text).problem.unwrap();
    let word = problem("confusion.csv", ",a,b\na,5,one\nb,2,6\n");
    let no_count = |found: &str| ProblemKind::Expected {
        expected: Thing::Count,
        found: Found::Text(found.to_owned()),
    };
    assert_eq!(word.kind, no_count("one"));
    assert_eq!(word.place.unwrap().line, Some(2));
    let long = problem(
        "cells.csv",
        "actual,predicted,count\na,a,5\na,b,none\nb,b,2\n",
    );
    assert_eq!(long.kind, no_count("none"));
    let twice = problem("confusion.csv", ",a,a,b\na,1,2,3\na,1,2,3\nb,1,2,3\n");
    assert_eq!(
        twice.kind,
        ProblemKind::Matrix(MatrixError::DuplicateLabel("a".into()))
    );
    let apart = problem("confusion.csv", ",a,b\nc,1,2\nd,3,4\n");
    assert_eq!(
        apart.kind,
        ProblemKind::Matrix(MatrixError::NotSquare {
            rows: 2,
            columns: 2
        })
    );
    let text = problem(
        "cm.json",
        r#"{"labels": ["a", "b"], "cm": [[1, 2], [3, "x"]]}"#,
    );
    assert_eq!(text.kind, no_count("x"));
    assert_eq!(text.place.unwrap().key.as_deref(), Some("cm[1][1]"));
    let labels = problem(
        "cm.json",
        r#"{"labels": ["a", "b", "c"], "cm": [[1, 2], [3, 4]]}"#,
    );
    assert_eq!(
        labels.kind,
        ProblemKind::Matrix(MatrixError::Labels {
            labels: 3,
            classes: 2
        })
    );
    // 100,000 rows and one column would be a matrix of 10,000,000,000 cells.
    let mut long = String::from(",x0\n");
    for row in 0..100_000 {
        long.push_str(&format!("x{row},1\n"));
    }
    let long = problem("confusion.csv", &long);
    assert_eq!(
        long.kind,
        ProblemKind::Matrix(MatrixError::TooManyClasses(100_000))
    );
}

#[test]
fn numbers_beside_a_matrix_are_metrics() {
    let read = of(
        "eval.json",
        r#"{"accuracy": 0.9, "labels": ["a", "b"], "cm": [[9, 1], [1, 9]]}"#,
    );
    assert_eq!(read.reader, Some("confusion-json"));
    let metrics = read.findings.iter().find_map(|it| match &it.content {
        Content::Values { values, .. } => Some(values.clone()),
        _ => None,
    });
    let expected = vec![(vec!["accuracy".to_owned()], Value::Number(0.9))];
    assert_eq!(metrics, Some(expected));
}

#[test]
fn a_class_may_be_called_accuracy() {
    let measures = r#"{"precision": 1.0, "recall": 0.5, "f1-score": 0.66, "support": 2.0}"#;
    let text = format!(r#"{{"accuracy": {measures}, "a.b": {measures}, "macro avg": {measures}}}"#);
    let (content, _) = only(of("r.json", &text));
    let Content::Values { values, .. } = content else {
        panic!("{content:?}")
    };
    assert_eq!(values.len(), 12);
    assert_eq!(
        values[1],
        (
            vec!["accuracy".to_owned(), "recall".to_owned()],
            Value::Number(0.5)
        )
    );
    assert_eq!(
        values[4].0,
        ["a.b", "precision"],
        "a dot in a label is no step"
    );
}

/// A confusion plot as DVC prints it, with these fields on its axes.
fn confusion_plot(x: &str, y: &str) -> String {
    format!(
        r#"{{"$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {{"values": [{{"{x}": "cat", "{y}": "dog", "rev": "v1"}}]}},
        "spec": {{"transform": [{{"aggregate": [{{"op": "count"}}], "groupby": ["{y}", "{x}"]}}],
        "encoding": {{"x": {{"field": "{x}", "type": "nominal"}},
        "y": {{"field": "{y}", "type": "nominal"}}}}}}}}"#
    )
}

#[test]
fn actual_is_the_x_axis_of_dvc_unless_the_names_say_otherwise() {
    let cases = [
        ("actual", "predicted", ("cat", "dog")),
        ("predicted", "actual", ("dog", "cat")),
        ("echt", "vermutet", ("cat", "dog")),
    ];
    for (x, y, expected) in cases {
        let read = of("plot.json", &confusion_plot(x, y));
        let revision = Some(RevisionRef::Named("v1".into()));
        assert_eq!(read.findings[0].revision, revision);
        let (Content::Predictions { predictions, .. }, _) = only(read) else {
            panic!("{x} {y}: no predictions")
        };
        assert_eq!(named(&predictions), owned(&[expected]), "{x} {y}");
    }
}

#[test]
fn a_label_has_its_limit() {
    let (what, limit) = (Limit::Label, 10_000);
    for (bytes, problem) in [
        (limit, None),
        (limit + 1, Some(ProblemKind::TooLarge { what, limit })),
    ] {
        let label = "a/".repeat(bytes as usize).split_off(bytes as usize);
        for (name, text) in [
            ("confusion.csv", format!(",{label},b\n{label},5,1\nb,0,4\n")),
            ("predictions.csv", format!("actual,predicted\n{label},b\n")),
        ] {
            let read = of(name, &text);
            assert_eq!(read.problem.map(|it| it.kind), problem, "{name}");
        }
    }
}

#[test]
fn plots_of_confusions_are_told_apart_and_tell_their_split() {
    let plots = |ids: &[&str]| {
        let spec = confusion_plot("actual", "predicted");
        let shown = format!(r#"[{{"type": "vega", "revisions": ["v1"], "content": {spec}}}]"#);
        let plots: Vec<String> = ids.iter().map(|id| format!("\"{id}\": {shown}")).collect();
        let read = of(
            "plots.json",
            &format!(r#"{{"data": {{{}}}}}"#, plots.join(",")),
        );
        let told = read.findings.into_iter().map(|it| match it.content {
            Content::Predictions { split, .. } => (it.part, split),
            other => panic!("{other:?}"),
        });
        told.collect::<Vec<_>>()
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(plots(&["plots/cm.csv"]), [(None, None)]);
    assert_eq!(
        plots(&["test/dvc.yaml::cm_val"]),
        [(None, some("val"))],
        "one alone is the artifact"
    );
    assert_eq!(
        plots(&["plots/train_preds.csv", "plots/cm.csv"]),
        [
            (some("plots/train_preds.csv"), some("train")),
            (some("plots/cm.csv"), None)
        ]
    );
}

#[test]
fn other_plots_are_passed_over() {
    let nominal = confusion_plot("a", "b").replace("count", "mean");
    for spec in [
        nominal,
        confusion_plot("a", "b").replace("nominal", "quantitative"),
    ] {
        let read = of("plot.json", &spec);
        assert!(read.findings.is_empty() && read.problem.is_none());
        let is_said = |it: &NoticeKind| matches!(it, NoticeKind::PassedOver { .. });
        assert!(read.notices.iter().any(|it| is_said(&it.kind)));
    }
}

#[test]
fn as_many_revisions_as_records_are_read() {
    let mut records = Vec::new();
    for idx in 0..32_000 {
        records.push(format!(r#"{{"step": {idx}, "loss": 1, "rev": "r{idx}"}}"#));
    }
    let text = format!(
        r#"{{"$schema": "vega-lite", "data": {{"values": [{}]}}, "mark": "line", "encoding":
        {{"x": {{"field": "step", "type": "quantitative"}}, "y": {{"field": "loss", "type": "quantitative"}}}}}}"#,
        records.join(",")
    );
    let mut plot = Artifact::new("plot.json", text.into_bytes());
    plot.reader = Some("dvc-plots".to_owned());
    assert_eq!(read(&plot).findings.len(), 32_000);
}

#[test]
fn histories_may_have_gaps() {
    let (content, notices) = only(of(
        "loss.tsv",
        "timestamp\tstep\tloss\n17\t0\t\n18\t2\t-inf\n",
    ));
    let Content::Series {
        name,
        steps,
        values,
    } = content
    else {
        panic!("{content:?}")
    };
    assert_eq!((name.as_str(), steps), ("loss", vec![0.0, 2.0]));
    assert!(values[0].is_nan() && values[1] == f64::NEG_INFINITY);
    assert_eq!(notices, [NoticeKind::NonFinite { count: 2 }]);
    let problem = of("loss.tsv", "step\tloss\n0\tlow\n").problem.unwrap();
    assert_eq!(problem.place.unwrap().line, Some(2));
}
