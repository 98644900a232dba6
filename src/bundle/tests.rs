use super::*;
use crate::{json::Pull, model::*};

/// A report in which every part is filled in.
pub(super) fn full() -> Report {
    let noun = |one: &str, many: &str| Noun {
        one: one.to_owned(),
        many: many.to_owned(),
    };
    let mut commit = Revision::new(RevisionKind::Commit);
    commit.sha = Some("af16b5fbcd1c6ffe5b7d4d4ef58af3d40e5f3cd1".to_owned());
    commit.name = Some("main".to_owned());
    commit.created = Some("2024-01-01T10:00:00".to_owned());
    commit.file_errors = vec![("metrics.json".to_owned(), "no such file".to_owned())];
    let mut failed = Revision::new(RevisionKind::Experiment);
    failed.name = Some("will-fail".to_owned());
    failed.parent = Some(0);
    failed.state = State::Failed("exit code 1 <script>".to_owned());
    failed.executor = Some("dvc-task".to_owned());
    let mut queued = Revision::new(RevisionKind::Named);
    queued.state = State::Queued;
    queued.tip = Some(0);
    let texts = |values: [Cell<'_>; 3]| {
        let mut cells = Cells::default();
        values.into_iter().for_each(|cell| cells.push(cell));
        cells
    };
    let column = |file: &str, path: &[&str], kind, direction, cells| Column {
        id: ColumnId::new(file, path),
        kind,
        direction,
        cells,
        sources: vec![Source {
            artifact: "exp-show.json".to_owned(),
            reader: "dvc-exp-show".to_owned(),
        }],
    };
    let columns = vec![
        column(
            "metrics.json",
            &["test", "f1.macro"],
            ColumnKind::Metric,
            Direction::HigherIsBetter,
            Cells::from_numbers([Some(f64::NAN), None, Some(0.1 + 0.2)]),
        ),
        column(
            "params.yaml",
            &["seed"],
            ColumnKind::Param,
            Direction::Unknown,
            texts([
                Cell::Text(TextKind::BigInteger, "12345678901234567890123"),
                Cell::Number(-0.0),
                Cell::Text(TextKind::Plain, "ñ \"quoted\"\u{2028}"),
            ]),
        ),
        column(
            "src/train.py",
            &[],
            ColumnKind::Dependency,
            Direction::Unknown,
            texts([
                Cell::Missing,
                Cell::Missing,
                Cell::Text(TextKind::Hash, "a1"),
            ]),
        ),
    ];
    let labels = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let dense =
        ConfusionMatrix::from_rows(labels(&["C", "PF"]), &[vec![19.0, 5.0], vec![11.0, 0.0]]);
    let many = (0..70).map(|it| it.to_string()).collect();
    let sparse = ConfusionMatrix::from_pairs(many, [(0, 69), (3, 3), (3, 3), (69, 1)].into_iter());
    let matrix = |matrix: Result<ConfusionMatrix, MatrixError>| MatrixRecord {
        revision: 2,
        split: Some("test".to_owned()),
        artifact: "cm.json".to_owned(),
        titles: AxisTitles {
            actual: Some("Posiciones Reales".to_owned()),
            predicted: None,
        },
        matrix: matrix.unwrap(),
    };
    Report {
        origin: Origin {
            repository: Some("team/nba".to_owned()),
            repository_url: Some("https://example.org/team/nba".to_owned()),
            discussion: Some(Discussion {
                url: "https://example.org/team/nba/pull/12".to_owned(),
                label: "#12".to_owned(),
            }),
            title: Some("More C".to_owned()),
            commit: Some("2a1f591".to_owned()),
            branch: Some("rama-experimental".to_owned()),
            tag: Some("v1.2".to_owned()),
            target_branch: Some("main".to_owned()),
            target_commit: Some("af16b5f".to_owned()),
            run: Some("57".to_owned()),
            run_url: Some("https://example.org/run/57".to_owned()),
            made_at: Some("2026-11-24T12:00:00Z".to_owned()),
            base_url: Some("https://team.example.org/nba/pr/12/2a1f591/".to_owned()),
        },
        settings: Settings {
            lang: Some(Lang::Es),
            primary_metric: Some("test_recall".to_owned()),
            directions: vec![("rmse".to_owned(), Direction::LowerIsBetter)],
            baseline: Some("main".to_owned()),
            names: vec![(
                "test_recall".to_owned(),
                Lang::Es,
                "Exhaustividad".to_owned(),
            )],
            classes: vec![ClassName {
                label: "SF".to_owned(),
                lang: Lang::En,
                noun: noun("small forward", "small forwards"),
            }],
            sample: vec![(Lang::Es, noun("jugador", "jugadores"))],
            axes: vec![(Lang::Es, "Reales".to_owned(), "Predichas".to_owned())],
            class_order: labels(&["PF", "C"]),
            groups: vec![("big".to_owned(), labels(&["C", "PF"]))],
            group_separator: Some("/".to_owned()),
            explanations: vec![(
                "test_recall".to_owned(),
                Lang::En,
                "How many of each position are found.".to_owned(),
            )],
            guards: vec![("loss".to_owned(), 0.25)],
            smallest_gain: Some(0.01),
            left_out: LeftOut {
                drop: Some("assets|src".to_owned()),
                keep: Some("train".to_owned()),
                only_changed: true,
            },
            confidence: Some(0.9),
            positive_class: Some("SF".to_owned()),
            data: vec!["assets/data".to_owned()],
            release: Some("v1.2".to_owned()),
            worth: Worth {
                unit: Some("€".to_owned()),
                right: Some(0.0),
                wrong: Some(-1.5),
                cells: vec![("SF".to_owned(), String::new(), -20.0)],
                unknown: Some((String::new(), "SF".to_owned())),
            },
            gates: Gates {
                min: vec![("test_recall".to_owned(), 0.5)],
                max: vec![("loss".to_owned(), 2.0)],
                no_worse: true,
                require: Some(Outcome::NoClearChange),
            },
        },
        revisions: vec![commit, failed, queued],
        current: Some(2),
        baseline: Some(0),
        columns,
        matrices: vec![matrix(dense), matrix(sparse)],
        predictions: vec![PredictionsRecord {
            revision: 2,
            split: None,
            artifact: "predictions.csv".to_owned(),
            predictions: Predictions {
                labels: labels(&["C", "PF"]),
                actual: vec![0, 1, 1],
                predicted: vec![0, 0, 1],
                rows: vec![1, 2, 4],
            },
        }],
        series: vec![Series {
            revision: 2,
            name: "train/loss".to_owned(),
            artifact: "loss.tsv".to_owned(),
            steps: vec![0.0, 1.0],
            values: vec![0.5, f64::NEG_INFINITY],
        }],
        curves: vec![Curve {
            revision: 2,
            kind: CurveKind::Roc,
            artifact: "roc.json".to_owned(),
            x: vec![0.0, 1.0],
            y: vec![0.0, 1.0],
            thresholds: vec![f64::INFINITY, 0.5],
        }],
        prose: vec![Prose {
            artifact: "report.md".to_owned(),
            markdown: "# Report\n![](cm.png)\n".to_owned(),
        }],
        verdict: Some(verdict()),
        notices: notices(),
        problems: problems(),
        artifacts: vec![
            artifact("a.json", Stored::Nowhere),
            artifact("b.json", Stored::Beside("raw/00.bin".to_owned())),
            artifact("c.png", Stored::Inside(vec![0x89, b'P', 0, 255].into())),
        ],
        unknown_sections: vec![("trend".to_owned(), "{\"x\": [1, 2]}".to_owned())],
    }
}

fn artifact(path: &str, stored: Stored) -> ArtifactRecord {
    ArtifactRecord {
        path: path.to_owned(),
        n_bytes: 4,
        sha256: "00".repeat(32),
        reader: Some("image".to_owned()),
        revision: Some(2),
        media_type: "image/png".to_owned(),
        stored,
    }
}

fn verdict() -> Verdict {
    Verdict {
        outcome: Outcome::NoClearChange,
        current: 2,
        baseline: Some(0),
        metric: Some(0),
        metric_is_chosen: true,
        direction: Direction::HigherIsBetter,
        current_value: Some(87.0 / 176.0),
        baseline_value: Some(93.0 / 176.0),
        evidence: Evidence::McNemar {
            pairs: PairedCounts {
                both_right: 84,
                lost: 9,
                won: 3,
                both_wrong: 80,
            },
            p: 0.145_996_093_75,
            interval: Some((-0.07, 0.004)),
        },
        confidence: 0.9,
        others: others(),
        selection: Some(Selection {
            n_tried: 12,
            n_judged: 3,
            p: Some(0.25),
        }),
        not_comparable: vec![
            NotComparable::Classes {
                only_baseline: vec!["C".to_owned()],
                only_current: Vec::new(),
            },
            NotComparable::SampleSize {
                baseline: 176,
                current: 175,
            },
            NotComparable::Samples { n_differing: 3 },
            NotComparable::Split {
                baseline: Some("train".to_owned()),
                current: None,
            },
            NotComparable::Data {
                path: "data.csv".to_owned(),
            },
        ],
        cautions: vec![
            Caution::Dependency {
                path: "eval.py".to_owned(),
            },
            Caution::NoBaseline,
            Caution::CurrentHasNoResults,
            Caution::BaselineHasNoResults,
            Caution::AccuracyDiffers {
                stated: 0.5,
                counted: f64::NAN,
            },
            Caution::UnknownDirection,
            Caution::MeasureDiffers {
                stated: 0.81,
                counted: 0.79,
            },
            Caution::FewSamples { n: 3, needed: 50 },
            Caution::OtherFile {
                baseline: "a.json".to_owned(),
                current: "b.json".to_owned(),
            },
        ],
        by_metric: Some(Outcome::Improved),
        guards: vec![Guard {
            column: 0,
            tolerance: 0.01,
            baseline: 0.5,
            current: 0.25,
            hold: Hold::WithinChance,
        }],
        digest: "0123abcd".to_owned(),
    }
}

/// One of each kind of evidence.
fn others() -> Vec<Judged> {
    let runs = |n, mean| Runs { n, mean };
    let kinds = [
        Evidence::Permutation {
            n: 176,
            support: 140,
            n_differing: 18,
            draws: None,
            p: 0.25,
            interval: None,
        },
        Evidence::Permutation {
            n: 176,
            support: 140,
            n_differing: 40,
            draws: Some(19_999),
            p: 0.0123,
            interval: Some((0.01, 0.05)),
        },
        Evidence::Counts {
            counts: RightCounts {
                before: 93,
                now: 87,
                total: 176,
            },
            interval: Some((-0.13, 0.07)),
        },
        Evidence::Bootstrap {
            n: 176,
            support: 140,
            interval: Some((-0.13, 0.07)),
        },
        Evidence::Welch {
            baseline: runs(3, 4.1),
            current: runs(5, 3.9),
            p: 0.04,
            interval: Some((-0.4, -0.01)),
        },
    ];
    let judged = |(idx, evidence): (usize, Evidence)| Judged {
        column: idx % 2,
        evidence,
        selection: (idx == 0).then_some(Selection {
            n_tried: 2,
            n_judged: 1,
            p: None,
        }),
    };
    kinds.into_iter().enumerate().map(judged).collect()
}

/// One notice of each kind; the compiler can't prove it, `remarks` has the exhaustive match.
fn notices() -> Vec<Notice> {
    let text = || "text".to_owned();
    let kinds = [
        NoticeKind::ReaderTook { reader: text() },
        NoticeKind::Unclaimed,
        NoticeKind::Ambiguous {
            readers: vec![text(), text()],
        },
        NoticeKind::UseJson,
        NoticeKind::NonFinite { count: 3 },
        NoticeKind::QuotedNumbers { count: 2 },
        NoticeKind::DuplicateKey { key: text() },
        NoticeKind::TextBefore,
        NoticeKind::TextAfter,
        NoticeKind::InvalidUtf8,
        NoticeKind::Converted {
            encoding: "UTF-16LE",
        },
        NoticeKind::Rounded { count: 1 },
        NoticeKind::Conflict {
            column: "m.json:a".to_owned(),
            revision: "main".to_owned(),
            shown: "0.5".to_owned(),
            other: "0.6".to_owned(),
            artifact: "n.json".to_owned(),
        },
        NoticeKind::Unassigned { revision: text() },
        NoticeKind::RevisionFolders {
            current: None,
            baseline: text(),
        },
        NoticeKind::RevisionFolders {
            current: Some("candidate".to_owned()),
            baseline: text(),
        },
        NoticeKind::FileError {
            revision: "main".to_owned(),
            message: text(),
        },
        NoticeKind::RowsSkipped { count: 2, first: 7 },
        NoticeKind::RaggedRows { count: 2, first: 7 },
        NoticeKind::ColumnsNotFound {
            reader: "predictions-csv".to_owned(),
            expected: "actual".to_owned(),
            found: "a, b".to_owned(),
        },
        NoticeKind::NotClasses { distinct: 90 },
        NoticeKind::MarginsStripped,
        NoticeKind::SharesNotCounts,
        NoticeKind::Weighted,
        NoticeKind::NoLabels,
        NoticeKind::RemoteImage { host: text() },
        NoticeKind::MissingImage { path: text() },
        NoticeKind::Stripped { count: 4 },
        NoticeKind::UnknownAddressKeys { keys: vec![text()] },
        NoticeKind::Gone {
            what: text(),
            nearest: Some("C".to_owned()),
        },
        NoticeKind::NoWorker,
        NoticeKind::EntrySkipped { entry: text() },
        NoticeKind::Limited {
            shown: 5000,
            total: 10_000,
        },
        NoticeKind::PassedOver { what: text() },
    ];
    let place = Some(Place::artifact("m.json").at(3, 4).key("a.b"));
    let notice = |kind| Notice {
        kind,
        place: place.clone(),
    };
    kinds.into_iter().map(notice).collect()
}

fn problems() -> Vec<Problem> {
    let text = || "text".to_owned();
    let expected = |found| ProblemKind::Expected {
        expected: Thing::Number,
        found,
    };
    let (row, column) = (2, 3);
    let kinds = [
        expected(Found::Text(text())),
        expected(Found::Literal("1e".to_owned())),
        expected(Found::Thing(Thing::List)),
        expected(Found::Nothing),
        ProblemKind::Expected {
            expected: Thing::Count,
            found: Found::Text(text()),
        },
        ProblemKind::OutOfRange {
            found: "1.5".to_owned(),
            low: "0.5".to_owned(),
            high: "1".to_owned(),
        },
        ProblemKind::Twice { name: text() },
        ProblemKind::NeedsKey { key: text() },
        ProblemKind::UnexpectedEnd,
        ProblemKind::UnexpectedCharacter('}'),
        ProblemKind::TooDeep { limit: 128 },
        ProblemKind::Empty,
        ProblemKind::TooLarge {
            what: Limit::UnpackedBytes,
            limit: u64::MAX,
        },
        ProblemKind::Matrix(MatrixError::NotSquare {
            rows: 2,
            columns: 3,
        }),
        ProblemKind::Matrix(MatrixError::Ragged {
            row,
            found: 1,
            expected: 4,
        }),
        ProblemKind::Matrix(MatrixError::Labels {
            labels: 2,
            classes: 3,
        }),
        ProblemKind::Matrix(MatrixError::DuplicateLabel(text())),
        ProblemKind::Matrix(MatrixError::Negative {
            row,
            column,
            value: -0.5,
        }),
        ProblemKind::Matrix(MatrixError::NotFinite { row, column }),
        ProblemKind::Matrix(MatrixError::Empty),
        ProblemKind::Matrix(MatrixError::TooManyClasses(200_000)),
        ProblemKind::NewerSchema {
            found: 4,
            supported: 1,
        },
        ProblemKind::NoColumn {
            expected: "actual".to_owned(),
            found: "a, b".to_owned(),
        },
        ProblemKind::DuplicateColumn { name: text() },
        ProblemKind::UnclosedQuote,
        ProblemKind::NoSuchOption {
            option: "actul".to_owned(),
            known: "actual, predicted".to_owned(),
        },
        ProblemKind::UnknownKey {
            key: "basline".to_owned(),
            nearest: Some("baseline".to_owned()),
            known: "baseline, lang".to_owned(),
        },
        ProblemKind::UnknownChoice {
            found: "up".to_owned(),
            known: "higher, lower".to_owned(),
        },
        ProblemKind::Syntax { message: text() },
        ProblemKind::Container { message: text() },
        ProblemKind::NoSuchReader {
            name: text(),
            nearest: None,
        },
        ProblemKind::Unreadable { message: text() },
        ProblemKind::NotFound,
        ProblemKind::Http { status: 404 },
        ProblemKind::OtherOrigin,
        ProblemKind::NothingFound,
        ProblemKind::Bug { message: text() },
    ];
    let problem = |kind| Problem {
        kind,
        place: Some(Place::artifact("m.json")),
        reader: Some("dvc-metrics".to_owned()),
    };
    kinds.into_iter().map(problem).collect()
}

/// What a report says in debug form: `NaN` equals itself there. Private parts of a matrix may
/// differ between two that are equal, so bytes are compared as well.
fn shown(report: &Report) -> String {
    let mut report = report.clone();
    report.columns.clear();
    report
        .notices
        .retain(|it| !matches!(it.kind, NoticeKind::UnknownSections { .. }));
    format!("{report:#?}")
}

#[test]
fn what_is_written_is_read_and_written_again_the_same() {
    let report = full();
    report.check().unwrap();
    let bytes = write(&report);
    assert_eq!(write(&report), bytes, "not stable");
    let again = read(&bytes).unwrap();
    assert_eq!(shown(&again), shown(&report));
    for (column, before) in again.columns.iter().zip(&report.columns) {
        for row in 0..3 {
            let (now, was) = (column.cells.get(row), before.cells.get(row));
            assert!(now.same_as(was), "{now:?} {was:?}");
        }
        assert_eq!(
            (&column.id, column.kind, column.direction, &column.sources),
            (&before.id, before.kind, before.direction, &before.sources)
        );
    }
    let again = write(&again);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    assert_eq!(text(again), text(bytes));
}

#[test]
fn an_empty_report_survives() {
    let bytes = write(&Report::default());
    assert!(is_bundle(&bytes));
    assert_eq!(read(&bytes).unwrap(), Report::default());
}

#[test]
fn unknown_sections_are_kept_and_told() {
    let report = read(&write(&full())).unwrap();
    assert_eq!(
        report.unknown_sections,
        [("trend".to_owned(), "{\"x\": [1, 2]}".to_owned())]
    );
    let names = vec!["trend".to_owned()];
    let kind = NoticeKind::UnknownSections { names };
    assert_eq!(
        report.notices.iter().filter(|it| it.kind == kind).count(),
        1
    );
}

#[test]
fn a_newer_schema_is_told_apart_from_a_broken_file() {
    let newer = br#"{"careo":{"schema":4,"kind":"report"},"revisions":"changed"}"#;
    assert_eq!(
        read(newer).unwrap_err().kind,
        ProblemKind::NewerSchema {
            found: 4,
            supported: SCHEMA
        }
    );
}

#[test]
fn broken_bundles_name_the_place() {
    let header = r#"{"careo":{"schema":1,"kind":"report"},"#;
    let syntax = |message: &str| ProblemKind::Syntax {
        message: message.to_owned(),
    };
    let cases = [
        ("{}", 1, 1, syntax("expected the key `careo`")),
        (
            &format!("{header}\n\"columns\":[{{}}]}}"),
            2,
            13,
            syntax("missing field `file`"),
        ),
        (
            &format!("{header}\n\n\"revisions\":{{\"rows\":[{{\"kind\":\"moon\"}}]}}}}"),
            3,
            13,
            syntax("unknown code \"moon\""),
        ),
        (
            &format!("{header}\"series\":"),
            1,
            48,
            ProblemKind::UnexpectedEnd,
        ),
        (
            &format!("{header}\n\"predictions\":[{{\"actual\":[ -1]}}]}}"),
            2,
            28,
            syntax("expected a whole number up to 4294967295"),
        ),
        (
            &format!("{header}\"origin\":{{\"title\":\"a\",\"title\":\"b\"}}}}"),
            1,
            69,
            syntax("duplicate field `title`"),
        ),
        (
            &format!("{header}\n\"matrices\":[{{\"labels\":[1]}}]}}"),
            2,
            24,
            ProblemKind::Expected {
                expected: Thing::Text,
                found: Found::Literal("1".to_owned()),
            },
        ),
        (
            &format!("{header}\n\"prose\":[]}} more"),
            2,
            13,
            ProblemKind::UnexpectedCharacter('m'),
        ),
    ];
    for (text, line, column, kind) in cases {
        let problem = read(text.as_bytes()).unwrap_err();
        let place = problem.place.unwrap();
        assert_eq!(
            (place.line, place.column, problem.kind),
            (Some(line), Some(column), kind),
            "{text}"
        );
    }
}

#[test]
fn sections_may_stand_in_any_order_and_each_once() {
    let written = String::from_utf8(write(&full())).unwrap();
    let mut sections = Vec::new();
    let mut pull = Pull::new(&written, 0);
    let mut next = pull.object().unwrap();
    while let Some(name) = next {
        sections.push(format!("\"{}\":{}", name.raw(), pull.skip().unwrap()));
        next = pull.key().unwrap();
    }
    sections.sort();
    // By the alphabet: columns before revisions, and the header not first.
    let sorted = format!("{{{}}}", sections.join(","));
    assert!(sorted.find("\"columns\"") < sorted.find("\"revisions\""));
    let again = write(&read(sorted.as_bytes()).unwrap());
    assert!(again == written.as_bytes());
    let twice = format!("{{{},{}}}", sections.join(","), sections[0]);
    let problem = read(twice.as_bytes()).unwrap_err();
    assert!(
        matches!(problem.kind, ProblemKind::Syntax { message } if message == "duplicate field `artifacts`")
    );
}

#[test]
fn a_document_may_have_any_number_of_other_sections() {
    const N: usize = 300_000;
    let mut text = r#"{"careo":{"schema":1,"kind":"report"}"#.to_owned();
    for idx in 0..N {
        text.push_str(&format!(",\"part {idx}\":{idx}"));
    }
    let report = read(format!("{text}}}").as_bytes()).unwrap();
    assert_eq!(report.unknown_sections.len(), N);
    let last = format!("part {}", N - 1);
    assert_eq!(report.unknown_sections[N - 1].0, last);
    let twice = format!("{text},\"{last}\":0}}");
    let problem = read(twice.as_bytes()).unwrap_err();
    let message = format!("duplicate field `{last}`");
    assert_eq!(problem.kind, ProblemKind::Syntax { message });
}

#[test]
fn values_that_do_not_fit_are_refused() {
    let header =
        r#"{"careo":{"schema":1,"kind":"report"},"revisions":{"rows":[{"kind":"workspace"}]},"#;
    let cases = [
        r#""columns":[{"file":"a","kind":"metric","numbers":{"list":[1,2]}}]"#,
        r#""columns":[{"file":"a","kind":"param","texts":{"dictionary":[],"codes":[0]}}]"#,
        r#""matrices":[{"revision":0,"artifact":"a","kind":"counts","labels":["x"],"dense":{"list":[-1]}}]"#,
        r#""matrices":[{"revision":0,"artifact":"a","kind":"counts","labels":["x"],"sparse":{"actual":[9],"predicted":[0],"values":{"list":[1]}}}]"#,
        r#""matrices":[{"revision":7,"artifact":"a","kind":"counts","labels":["x"],"dense":{"list":[1]}}]"#,
        r#""predictions":[{"revision":0,"artifact":"a","labels":["x"],"actual":[1],"predicted":[0]}]"#,
        r#""artifacts":[{"path":"a","bytes":1,"sha256":"","inside":"?"}]"#,
    ];
    for case in cases {
        let text = format!("{header}{case}}}");
        assert!(read(text.as_bytes()).is_err(), "{case}");
    }
}

/// The bundle of each released schema is read for ever.
#[test]
fn stored_bundles_are_read() {
    let stored = include_bytes!("../../tests/fixtures/careo/schema-1/report.json");
    let report = read(stored).unwrap();
    assert_eq!(report.revisions.len(), 3);
    assert_eq!(
        report.verdict.as_ref().map(|it| it.outcome),
        Some(Outcome::NoClearChange)
    );
    let again = String::from_utf8(write(&report)).unwrap();
    assert_eq!(again, String::from_utf8_lossy(stored));
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_json_schema_describes_what_is_written() {
    let schema = serde_json::from_str(JSON_SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for report in [full(), Report::default()] {
        let document = serde_json::from_slice(&write(&report)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }
    let broken = serde_json::json!({"careo": {"schema": 1, "kind": "report"}, "revisions": 3});
    assert!(!validator.is_valid(&broken));
}
