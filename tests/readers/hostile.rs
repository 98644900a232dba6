//! Bad input: each file has a right reading, or a problem that says where; none takes the others
//! with it.

use careo::{
    model::{Artifact, Content, Limit, MatrixError, NoticeKind, Predictions, ProblemKind, Value},
    readers::{assemble::Context, read_all},
};

use crate::common::{artifact, n_correct, paths, read};

/// File, samples, right ones, labels (none: not compared) and notice.
type Table = (
    &'static str,
    usize,
    usize,
    &'static [&'static str],
    Option<NoticeKind>,
);

#[test]
fn odd_tables_are_read_right() {
    let skipped = |count, first| Some(NoticeKind::RowsSkipped { count, first });
    let converted = Some(NoticeKind::Converted {
        encoding: "UTF-16LE",
    });
    let invalid = Some(NoticeKind::InvalidUtf8);
    let cases: [Table; 8] = [
        ("07-bom-crlf.csv", 4, 2, &["cat", "do\r\ng", "dog"], None),
        ("07-cr-only.csv", 2, 1, &["cat", "dog"], None),
        ("07-utf16le-bom.csv", 1, 0, &["cat", "dog"], converted),
        (
            "10-invalid-utf8.csv",
            4,
            2,
            &[
                "caf\u{FFFD}",
                "naïve",
                "ok",
                "\u{FFFD}",
                "\u{FFFD}\u{FFFD}",
                "\u{FFFD}\u{FFFD}\u{FFFD}",
            ],
            invalid,
        ),
        ("10-nul-bytes.csv", 1, 0, &["ca\0t", "dog"], None),
        (
            "15-missing-values.csv",
            3,
            1,
            &["NA", "NaN", "None", "cat", "null"],
            skipped(2, 1),
        ),
        (
            "15-semicolon-decimal-comma.csv",
            2,
            1,
            &["cat", "dog"],
            None,
        ),
        ("12-hostile-labels.csv", 36, 4, &[], skipped(4, 7)),
    ];
    for (name, n_samples, n_right, labels, notice) in cases {
        let (predictions, notices) = predictions(&artifact(&format!("hostile/{name}")));
        assert_eq!(
            (predictions.len(), n_correct(&predictions)),
            (n_samples, n_right),
            "{name}"
        );
        if !labels.is_empty() {
            let mut found = predictions.labels.clone();
            found.sort_unstable();
            assert_eq!(found, labels, "{name}");
        }
        let expected: Vec<NoticeKind> = notice.into_iter().collect();
        assert_eq!(notices, expected, "{name}");
    }
}

#[test]
fn broken_files_say_what_is_wrong_and_where() {
    let matrix = ProblemKind::Matrix;
    let cases: [(&str, ProblemKind, Option<u32>); 14] = [
        (
            "15-duplicate-header.csv",
            ProblemKind::DuplicateColumn {
                name: "actual".into(),
            },
            Some(1),
        ),
        ("15-ragged.csv", ProblemKind::UnclosedQuote, Some(6)),
        ("16-header-only.csv", ProblemKind::Empty, None),
        ("16-empty.csv", ProblemKind::Empty, None),
        ("16-empty.json", ProblemKind::Empty, None),
        ("16-empty.md", ProblemKind::Empty, None),
        ("16-whitespace.json", ProblemKind::Empty, None),
        (
            "08-truncated-mid-escape.json",
            ProblemKind::UnexpectedEnd,
            Some(1),
        ),
        (
            "04-deep-unclosed-100k.json",
            ProblemKind::TooDeep { limit: 200 },
            Some(1),
        ),
        (
            "13-negative-counts.json",
            matrix(MatrixError::Negative {
                row: 1,
                column: 2,
                value: -3.0,
            }),
            None,
        ),
        (
            "14-duplicate-labels.json",
            matrix(MatrixError::DuplicateLabel("a".into())),
            None,
        ),
        ("14-empty-matrix.json", matrix(MatrixError::Empty), None),
        (
            "14-non-square-2x3.json",
            matrix(MatrixError::NotSquare {
                rows: 2,
                columns: 3,
            }),
            None,
        ),
        (
            "14-ragged-matrix.json",
            matrix(MatrixError::Ragged {
                row: 2,
                found: 2,
                expected: 3,
            }),
            None,
        ),
    ];
    for (name, kind, line) in cases {
        let problem = read(&artifact(&format!("hostile/{name}"))).problem;
        let problem = problem.unwrap_or_else(|| panic!("{name}: no problem"));
        assert_eq!(problem.kind, kind, "{name}");
        assert_eq!(problem.place.unwrap().line, line, "{name}");
    }
}

#[test]
fn labels_are_kept_whatever_they_are() {
    let read = read(&artifact("hostile/12-hostile-labels.json"));
    let Content::Matrix { matrix, .. } = &read.findings[0].content else {
        panic!("no matrix")
    };
    assert_eq!(
        (matrix.n_classes(), matrix.trace(), matrix.total()),
        (20, 140.0, 380.0)
    );
    let labels = matrix.labels();
    for label in ["", "NaN", "0"] {
        assert!(labels.iter().any(|it| it == label), "{label:?}");
    }
    assert!(labels.iter().any(|it| it.chars().count() == 5000));
    let (predictions, _) = predictions(&artifact("hostile/12-hostile-labels.csv"));
    for label in &predictions.labels {
        assert!(labels.contains(label), "{label:?}");
    }
}

#[test]
fn nothing_bad_hides_what_is_good() {
    let bad = paths().into_iter().filter(|it| it.starts_with("hostile/"));
    let mut artifacts: Vec<Artifact> = bad.map(|path| artifact(&path)).collect();
    artifacts.push(artifact("nba/predictions.csv"));
    let report = read_all(artifacts, Context::default(), 0);
    assert_eq!(report.check(), Ok(()));
    let good = report
        .predictions
        .iter()
        .find(|it| it.artifact == "nba/predictions.csv");
    assert_eq!(good.map(|it| n_correct(&it.predictions)), Some(87));
    assert!(report.problems.len() >= 14, "{:?}", report.problems.len());
}

#[test]
fn one_value_of_ten_megabytes_is_read() {
    const N: usize = 10_000_000;
    let long = "A".repeat(N);
    let json = Artifact::new(
        "metrics.json",
        format!("{{\"test_accuracy\":0.5,\"note\":\"{long}\"}}").into_bytes(),
    );
    let Content::Values { values, .. } = read(&json).findings.remove(0).content else {
        panic!("no values")
    };
    assert_eq!(
        values[0],
        (vec!["test_accuracy".to_owned()], Value::Number(0.5))
    );
    let markdown = Artifact::new("report.md", format!("# big\n\n{long}").into_bytes());
    let Content::Prose(text) = read(&markdown).findings.remove(0).content else {
        panic!("no prose")
    };
    assert_eq!(text.len(), N + 7);
    let csv = Artifact::new(
        "p.csv",
        format!("actual,predicted\n\"{long}\",b\nb,b\n").into_bytes(),
    );
    // As a class's name it would be drawn many times.
    let (what, limit) = (Limit::Label, 10_000);
    let problem = read(&csv).problem.map(|it| it.kind);
    assert_eq!(problem, Some(ProblemKind::TooLarge { what, limit }));
}

#[test]
fn key_paths_take_no_more_memory_than_the_file_is_worth() {
    let json = |n: usize| {
        let lines: Vec<String> = (0..n).map(|idx| format!("\"k{idx}\": {idx}")).collect();
        lines.join(",\n")
    };
    let below = |key: &str, entries: String| format!("\"{key}\": {{\n{entries}}}");
    let deep = |key: &str, n_levels: usize, entries: String| {
        (0..n_levels).fold(entries, |entries, _| below(key, entries))
    };
    let long = "k".repeat(1000);
    let exp_show = |values: String| {
        format!(
            r#"[{{"rev": "workspace", "data": {{"metrics": {{"m.json": {{"data": {{{values}}}}}}}}}}}]"#
        )
    };
    let files: [(&str, &dyn Fn(usize) -> String); 6] = [
        ("metrics.json", &|n| {
            format!("{{{}}}", below(&long, json(n)))
        }),
        // As many keys above each leaf.
        ("metrics.json", &|n| {
            format!("{{{}}}", deep("a", 150, json(n)))
        }),
        ("dvclive/metrics.json", &|n| {
            format!("{{\"step\": 1, {}}}", below(&long, json(n)))
        }),
        ("params.json", &|n| format!("{{{}}}", below(&long, json(n)))),
        ("params.yaml", &|n| {
            let lines = (0..n).map(|idx| format!("  k{idx}: {idx}\n"));
            format!("{long}:\n{}", lines.collect::<String>())
        }),
        ("exp-show.json", &|n| exp_show(below(&long, json(n)))),
    ];
    for (name, text) in files {
        let good = read(&Artifact::new(name, text(200).into_bytes()));
        assert_eq!(good.problem, None, "{name}");
        let artifact = Artifact::new(name, text(10_000).into_bytes());
        let n_bytes = artifact.bytes.len() as u64;
        let problem = read(&artifact).problem.expect(name);
        let ProblemKind::TooLarge { what, limit } = problem.kind else {
            panic!("{name}: {:?}", problem.kind)
        };
        assert_eq!(what, Limit::KeyPaths, "{name}");
        assert!(limit <= 1_000_000 + 32 * n_bytes, "{name}: {limit}");
        let place = problem.place.unwrap();
        assert!(
            name.starts_with("params") || place.line > Some(200),
            "{name}"
        );
        // People read it.
        let n_letters = place.key.map_or(0, |it| it.chars().count());
        assert!(n_letters <= 200, "{name}: {n_letters}");
    }
    // As many leaves below keys as people write them, at four levels.
    let usual = format!("{{{}}}", deep("a longer name", 3, json(100_000)));
    let usual = read(&Artifact::new("metrics.json", usual.into_bytes()));
    assert_eq!(usual.problem, None);
    // The matrix is good, whatever stands beside it.
    let beside = below(&long, json(10_000));
    let text = format!("{{\"matrix\": [[5, 1], [2, 6]], {beside}}}");
    let matrix = read(&Artifact::new("cm.json", text.into_bytes()));
    assert_eq!((matrix.problem, matrix.findings.len()), (None, 1));
    let what = format!("{}…", &long[..40]);
    let passed_over = NoticeKind::PassedOver { what };
    assert!(matrix.notices.iter().any(|it| it.kind == passed_over));
}

#[test]
fn a_million_predictions_are_read() {
    const N: usize = 1_000_000;
    let mut csv = String::from("id,actual,predicted,p\n");
    for idx in 0..N {
        let (actual, predicted) = (idx % 7, (idx + usize::from(idx % 10 == 0)) % 7);
        csv.push_str(&format!("{idx},class {actual},class {predicted},0.5\n"));
    }
    let (found, notices) = predictions(&Artifact::new("predictions.csv", csv.into_bytes()));
    assert_eq!(
        (found.len(), found.labels.len(), n_correct(&found)),
        (N, 7, N - N / 10)
    );
    assert!(found.rows.is_empty() && notices.is_empty());
}

#[test]
fn options_name_other_columns() {
    let csv = "Nr,Real,Modelo\n1,sí,no\n2,no,no\n";
    let with = |reader: &str, csv: &str| {
        let mut artifact = Artifact::new("salida.csv", csv.as_bytes());
        artifact.reader = Some(reader.to_owned());
        artifact
    };
    for reader in [
        "predictions-csv(actual=Real,predicted=Modelo)",
        "predictions-csv(actual=#2, predicted=#3)",
    ] {
        let (found, _) = predictions(&with(reader, csv));
        assert_eq!(
            (found.labels.as_slice(), n_correct(&found)),
            (&["no".to_owned(), "sí".to_owned()][..], 1)
        );
    }
    let bare = artifact("hostile/15-no-header.csv");
    let text = String::from_utf8(bare.bytes.to_vec()).unwrap();
    let headless = with(
        "predictions-csv(header=no,actual=#1,predicted=#2,split=test)",
        &text,
    );
    let read_headless = read(&headless);
    assert!(matches!(
        &read_headless.findings[0].content,
        Content::Predictions { split: Some(split), predictions } if split == "test" && predictions.len() == 3
    ));
    let problem = |reader: &str| read(&with(reader, csv)).problem.unwrap().kind;
    assert!(matches!(
        problem("predictions-csv"),
        ProblemKind::NoColumn { .. }
    ));
    assert!(matches!(
        problem("predictions-csv(actual=Real,predicted=Nada)"),
        ProblemKind::NoColumn { .. }
    ));
    assert!(matches!(
        problem("predictions-csv(real=Real)"),
        ProblemKind::NoSuchOption { .. }
    ));
    // A file that is only called like predictions is no error: it may be something else.
    let named = read(&Artifact::new("predictions.csv", csv.as_bytes()));
    assert!(named.problem.is_none() && named.findings.is_empty());
    assert!(
        named
            .notices
            .iter()
            .any(|it| matches!(it.kind, NoticeKind::ColumnsNotFound { .. }))
    );
}

#[test]
fn a_matrix_may_lie_on_its_side() {
    let counts = |reader: Option<&str>, name: &str, text: &str| {
        let mut artifact = Artifact::new(name, text.as_bytes());
        artifact.reader = reader.map(str::to_owned);
        let read = read(&artifact);
        match read.findings.into_iter().next().map(|it| it.content) {
            Some(Content::Matrix { matrix, .. }) => (matrix.get(0, 1), matrix.get(1, 0)),
            other => panic!("{text}: {other:?} {:?}", read.problem),
        }
    };
    let json = r#"{"labels": ["a", "b"], "matrix": [[5, 1], [2, 6]]}"#;
    assert_eq!(counts(None, "x.json", json), (1.0, 2.0));
    assert_eq!(
        counts(Some("confusion-json(rows=predicted)"), "x.json", json),
        (2.0, 1.0)
    );
    assert_eq!(
        counts(None, "x.csv", "Actual,a,b\na,5,1\nb,2,6\n"),
        (1.0, 2.0)
    );
    assert_eq!(
        counts(None, "x.csv", "Predicted,a,b\na,5,1\nb,2,6\n"),
        (2.0, 1.0)
    );
    assert_eq!(counts(None, "cm.csv", "a,b\n5,1\n2,6\n"), (1.0, 2.0));
    assert_eq!(
        counts(
            None,
            "x.csv",
            "actual,predicted,count\na,a,5\na,b,1\nb,a,2\nb,b,6\n"
        ),
        (1.0, 2.0)
    );
    assert_eq!(counts(None, "x.txt", "[[5 1]\n [2 6]]\n"), (1.0, 2.0));
    assert_eq!(counts(None, "x.txt", "5 1\n2 6\n"), (1.0, 2.0));
    let split = r#"{"columns": ["b", "a"], "index": ["a", "b"], "data": [[1, 5], [6, 2]]}"#;
    assert_eq!(
        counts(None, "x.json", split),
        (1.0, 2.0),
        "columns in another order than rows"
    );
}

#[test]
fn what_only_looks_like_a_matrix_is_left_alone() {
    let tables = [
        ("history.csv", ",loss,acc\n0,0.5,0.6\n1,0.4,0.7\n"),
        ("data.csv", "Rk;Player;PTS\n1;Ann;8\n2;Bo;9\n"),
        ("embeddings.json", "[[1,2,3],[4,5,6]]"),
        ("ids.csv", "id,prediction\n1,0.5\n"),
        ("note.txt", "5 apples\n2 pears\n"),
    ];
    for (name, text) in tables {
        let read = read(&Artifact::new(name, text.as_bytes()));
        assert!(
            read.findings.is_empty() && read.problem.is_none(),
            "{name}: {:?}",
            read.reader
        );
    }
}

/// The predictions of an artifact, and its notices but for the reader's name.
fn predictions(artifact: &Artifact) -> (Predictions, Vec<NoticeKind>) {
    let mut read = read(artifact);
    assert_eq!(read.problem, None, "{}", artifact.path);
    let notices = read.notices.into_iter().map(|it| it.kind);
    let notices = notices.filter(|it| !matches!(it, NoticeKind::ReaderTook { .. }));
    match read.findings.remove(0).content {
        Content::Predictions { predictions, .. } => (predictions, notices.collect()),
        other => panic!("{}: {other:?}", artifact.path),
    }
}
