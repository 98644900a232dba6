use super::*;
use crate::model::{Cell, Cells, ColumnKind, Direction, Predictions, Value};

fn reading(path: &str, findings: Vec<Finding>) -> Reading {
    Reading {
        artifact: Artifact::new(path, []),
        sha256: String::new(),
        reader: Some("test"),
        findings,
        notices: Vec::new(),
        problem: None,
    }
}

fn values(file: Option<&str>, key: &str, value: f64) -> Finding {
    Finding::new(Content::Values {
        kind: ColumnKind::Metric,
        file: file.map(str::to_owned),
        values: vec![(vec![key.to_owned()], Value::Number(value))],
    })
}

fn table() -> Finding {
    let commit = Revision {
        sha: Some("2a1f591a8584631b7403e60145e70b1f2a783b6b".into()),
        name: Some("rama".into()),
        ..Revision::new(RevisionKind::Commit)
    };
    let experiment = Revision {
        sha: Some("fb962d2000000000000000000000000000000000".into()),
        name: Some("bovid-rime".into()),
        parent: Some(1),
        ..Revision::new(RevisionKind::Experiment)
    };
    let column = Column {
        id: ColumnId::new("assets/metrics.json", &["acc"]),
        kind: ColumnKind::Metric,
        direction: Direction::Unknown,
        cells: Cells::from_numbers([Some(0.4), Some(0.4), Some(0.5)]),
        sources: Vec::new(),
    };
    let revisions = vec![Revision::new(RevisionKind::Workspace), commit, experiment];
    Finding::new(Content::Table(FoundTable {
        revisions,
        columns: vec![column],
    }))
}

fn predictions() -> Finding {
    let predictions = Predictions {
        labels: vec!["a".into()],
        actual: vec![0],
        predicted: vec![0],
        rows: Vec::new(),
    };
    Finding::new(Content::Predictions {
        split: None,
        predictions,
    })
}

#[test]
fn one_value_is_one_column_however_many_artifacts_state_it() {
    let mut baseline = reading("metrics.json", vec![values(None, "acc", 0.45)]);
    baseline.artifact.revision = Some(RevisionRef::Baseline);
    let readings = vec![
        reading("metrics.json", vec![values(None, "acc", 0.4)]),
        baseline,
        reading("exp-show.json", vec![table()]),
    ];
    let context = Context {
        baseline_name: Some("master".into()),
        ..Context::default()
    };
    let report = report(readings, context);
    report.check().unwrap();
    assert_eq!(report.columns.len(), 1);
    assert_eq!(report.columns[0].id.full(), "assets/metrics.json:acc");
    assert_eq!(
        report.columns[0].sources.len(),
        2,
        "baseline and candidate share a path"
    );
    assert_eq!(report.current, Some(0), "the workspace");
    assert_eq!(report.baseline, Some(3));
    assert_eq!(report.revisions[3].name.as_deref(), Some("master"));
    assert_eq!(report.columns[0].cells.get(3), Cell::Number(0.45));
    assert!(report.notices.is_empty(), "{:?}", report.notices);
}

#[test]
fn a_commit_stays_in_its_branch_when_tables_are_joined() {
    let commit = |sha: &str, name: Option<&str>, tip| Revision {
        sha: Some(sha.repeat(40)),
        name: name.map(str::to_owned),
        tip,
        ..Revision::new(RevisionKind::Commit)
    };
    let branch = vec![commit("a", Some("topic"), None), commit("b", None, Some(0))];
    let branch = Finding::new(Content::Table(FoundTable {
        revisions: branch,
        columns: Vec::new(),
    }));
    let readings = vec![
        reading("exp-show.json", vec![table()]),
        reading("topic.json", vec![branch]),
    ];
    let report = report(readings, Context::default());
    report.check().unwrap();
    let of = |row: usize| report.revisions[row].name.as_deref();
    assert_eq!((of(3), report.revisions[4].tip), (Some("topic"), Some(3)));
}

#[test]
fn a_table_of_names_learns_what_another_says_of_them() {
    let rama = Revision {
        name: Some("rama".into()),
        file_errors: vec![("old.json".into(), "gone".into())],
        ..Revision::new(RevisionKind::Named)
    };
    let names = Finding::new(Content::Table(FoundTable {
        revisions: vec![rama],
        columns: Vec::new(),
    }));
    let Content::Table(mut commits) = table().content else {
        unreachable!()
    };
    let error = ("m.json".to_owned(), "broken".to_owned());
    commits.revisions[1].file_errors.push(error);
    let readings = vec![
        reading("metrics-show.json", vec![names]),
        reading(
            "exp-show.json",
            vec![Finding::new(Content::Table(commits.clone()))],
        ),
    ];
    let report = report(readings, Context::default());
    report.check().unwrap();
    let labels: Vec<&str> = report.revisions.iter().map(|it| it.label()).collect();
    assert_eq!(labels, ["rama", "workspace", "bovid-rime"]);
    let (rama, commit) = (&report.revisions[0], &commits.revisions[1]);
    assert_eq!((rama.kind, &rama.sha), (commit.kind, &commit.sha));
    assert_eq!(rama.file_errors.len(), 2);
    assert_eq!(report.notices.len(), 2, "no error is lost");
    assert_eq!(report.revisions[2].parent, Some(0));
}

#[test]
fn a_baseline_that_is_the_current_revision_is_none() {
    // The team's baseline is what CI built; the branch that it goes to is another.
    let context = Context {
        origin: Origin {
            target_branch: Some("bovid-rime".into()),
            commit: Some("2a1f591a8584631b7403e60145e70b1f2a783b6b".into()),
            ..Origin::default()
        },
        settings: Settings {
            baseline: Some("rama".into()),
            ..Settings::default()
        },
        baseline_name: None,
        leaves_open: false,
    };
    let Content::Table(mut commits) = table().content else {
        unreachable!()
    };
    commits.revisions[0].kind = RevisionKind::Commit;
    let readings = vec![reading(
        "exp-show.json",
        vec![Finding::new(Content::Table(commits))],
    )];
    let report = report(readings, context);
    assert_eq!((report.current, report.baseline), (Some(1), Some(2)));
}

#[test]
fn a_second_value_is_told_and_the_first_stays() {
    let readings = vec![
        reading("exp-show.json", vec![table()]),
        reading("assets/metrics.json", vec![values(None, "acc", 0.9)]),
    ];
    let report = report(readings, Context::default());
    assert_eq!(report.columns[0].cells.get(0), Cell::Number(0.4));
    assert!(matches!(
        report.notices[0].kind,
        NoticeKind::Conflict { .. }
    ));
}

#[test]
fn of_many_conflicts_of_an_artifact_the_first_are_told() {
    let many = |artifact: &str, value: f64| {
        let column = |it| values(Some("m.json"), &format!("m{it}"), value);
        reading(artifact, (0..150).map(column).collect())
    };
    let readings = vec![
        many("a.json", 0.4),
        many("b.json", 0.5),
        many("c.json", 0.6),
    ];
    let report = report(readings, Context::default());
    let told = |artifact: &str| -> Vec<&NoticeKind> {
        let is_of = |it: &&Notice| it.place == Some(Place::artifact(artifact));
        report
            .notices
            .iter()
            .filter(is_of)
            .map(|it| &it.kind)
            .collect()
    };
    let (shown, total) = (100, 150);
    let limited = NoticeKind::Limited { shown, total };
    assert_eq!(
        (told("b.json"), told("c.json")),
        (vec![&limited], vec![&limited])
    );
    let is_conflict = |it: &&Notice| matches!(it.kind, NoticeKind::Conflict { .. });
    assert_eq!(report.notices.iter().filter(is_conflict).count(), 200);
}

#[test]
fn folders_assign_and_strangers_among_them_are_told() {
    let readings = vec![
        reading(
            "experiments/bovid-rime/predictions.csv",
            vec![predictions()],
        ),
        reading(
            "experiments/niffy-bawl/predictions.csv",
            vec![predictions()],
        ),
        reading("predictions.csv", vec![predictions()]),
        reading("exp-show.json", vec![table()]),
    ];
    let report = report(readings, Context::default());
    let of: Vec<usize> = report
        .predictions
        .iter()
        .map(|record| record.revision)
        .collect();
    assert_eq!(of, [2, 0]);
    let unassigned = NoticeKind::Unassigned {
        revision: "niffy-bawl".into(),
    };
    assert_eq!(report.notices[0].kind, unassigned);
    assert_eq!(report.baseline, Some(1), "the parent of the experiments");
}

#[test]
fn plain_files_make_the_current_revision() {
    let origin = Origin {
        commit: Some("2a1f591a8584631b7403e60145e70b1f2a783b6b".into()),
        branch: Some("rama".into()),
        ..Origin::default()
    };
    let readings = vec![reading("metrics.json", vec![values(None, "acc", 0.4)])];
    let report = report(
        readings,
        Context {
            origin,
            ..Context::default()
        },
    );
    assert_eq!(report.revisions.len(), 1);
    assert_eq!(report.revisions[0].label(), "rama");
    assert_eq!(report.baseline, None, "nothing to compare with");
}

#[test]
fn a_bundle_with_another_as_baseline() {
    let whole = report(
        vec![reading("exp-show.json", vec![table()])],
        Context::default(),
    );
    let mut other = whole.clone();
    other.columns[0].cells.set(0, Cell::Number(0.7));
    let bundle = |it: &Report| vec![Finding::new(Content::Bundle(Box::new(it.clone())))];
    let mut baseline = reading("old.json", bundle(&other));
    baseline.artifact.revision = Some(RevisionRef::Baseline);
    // A bundle's own baseline gives way to the one on the command line.
    let report = report(
        vec![reading("new.json", bundle(&whole)), baseline],
        Context::default(),
    );
    report.check().unwrap();
    let baseline = report.baseline.unwrap();
    assert_eq!(report.columns[0].cells.get(baseline), Cell::Number(0.7));
    assert_eq!(
        report.columns[0].cells.get(report.current.unwrap()),
        Cell::Number(0.4)
    );
}

/// The demo's own input, from the files to the report.
#[test]
fn the_nba_case_comes_together() {
    macro_rules! fixture {
        ($path:literal) => {
            (
                $path,
                include_bytes!(concat!("../../../tests/fixtures/nba/", $path)).as_slice(),
            )
        };
    }
    let of_baseline = [
        (
            "metrics.json",
            include_bytes!("../../../tests/fixtures/nba/baselines/C10/metrics.json").as_slice(),
        ),
        (
            "predictions.csv",
            include_bytes!("../../../tests/fixtures/nba/baselines/C10/predictions.csv").as_slice(),
        ),
    ];
    let candidate = [
        fixture!("metrics.json"),
        fixture!("predictions.csv"),
        fixture!("confusion_matrix.json"),
        fixture!("classification_report.json"),
        fixture!("exp-show.json"),
        fixture!("experiments/bovid-rime/predictions.csv"),
        fixture!("experiments/niffy-bawl/predictions.csv"),
        fixture!("conf_mat.png"),
        fixture!("report.md"),
    ];
    let mut artifacts: Vec<Artifact> = candidate
        .into_iter()
        .map(|(path, bytes)| Artifact::new(path, bytes))
        .collect();
    artifacts.extend(of_baseline.into_iter().map(|(path, bytes)| Artifact {
        revision: Some(RevisionRef::Baseline),
        ..Artifact::new(path, bytes)
    }));
    let context = Context {
        baseline_name: Some("master".into()),
        ..Context::default()
    };
    let readings = artifacts.into_iter().map(super::super::read).collect();
    let report = report(readings, context);
    report.check().unwrap();
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    let labels: Vec<&str> = report.revisions.iter().map(|it| it.label()).collect();
    assert_eq!(
        labels,
        [
            "workspace",
            "rama-experimental",
            "gutsy-coth",
            "bound-cart",
            "nival-newt",
            "bovid-rime",
            "master",
        ]
    );
    assert_eq!((report.current, report.baseline), (Some(0), Some(6)));
    let accuracy = report.find_column("test_accuracy").unwrap();
    let cells = &report.columns[accuracy].cells;
    let values: Vec<f64> = (0..7).map(|row| cells.number(row).unwrap()).collect();
    let right = values.iter().map(|value| (value * 176.0).round());
    assert_eq!(
        right.collect::<Vec<_>>(),
        [87.0, 87.0, 87.0, 89.0, 90.0, 92.0, 93.0]
    );
    let of: Vec<usize> = report
        .predictions
        .iter()
        .map(|record| record.revision)
        .collect();
    assert_eq!(of, [0, 5, 6], "niffy-bawl belongs to another queue");
    assert_eq!(report.matrices.len(), 1);
    assert_eq!(report.prose.len(), 1);
    let picture = report
        .artifacts
        .iter()
        .find(|it| it.path == "conf_mat.png")
        .unwrap();
    assert_eq!(picture.media_type, "image/png");
}

#[test]
fn folders_with_the_same_files_are_compared() {
    let both = |above: &str| {
        let acc = |folder: &str, acc| {
            let path = format!("{above}{folder}out/metrics.json");
            reading(&path, vec![values(None, "acc", acc)])
        };
        vec![acc("baseline/", 0.5), acc("candidate/", 0.6)]
    };
    let told = |report: &Report| {
        let acc = |row: Option<usize>| report.columns[0].cells.get(row.unwrap());
        let name = |row: Option<usize>| report.revisions[row.unwrap()].label().to_owned();
        let (current, baseline) = (report.current, report.baseline);
        assert_eq!(report.columns.len(), 1);
        assert_eq!(report.columns[0].id.full(), "out/metrics.json:acc");
        assert_eq!(acc(current), Cell::Number(0.6));
        assert_eq!(acc(baseline), Cell::Number(0.5));
        (name(current), name(baseline))
    };
    let names = ("candidate".to_owned(), "baseline".to_owned());
    let kind = |report: &Report| report.notices.iter().map(|it| it.kind.clone()).next();
    let notice = NoticeKind::RevisionFolders {
        current: Some(names.0.clone()),
        baseline: names.1.clone(),
    };
    for above in ["", "artifact/"] {
        let report = report(both(above), Context::default());
        assert_eq!(told(&report), names);
        assert_eq!(kind(&report), Some(notice.clone()));
        assert_eq!(report.artifacts[0].revision, report.baseline);
    }
    // The command line says what is what: nothing is guessed.
    let mut named = both("");
    named[0].artifact.revision = Some(RevisionRef::Named("x".to_owned()));
    let named = report(named, Context::default());
    assert_eq!((named.revisions.len(), kind(&named)), (2, None));
    assert_ne!(named.revisions[0].name, Some(names.1.clone()));
    // A baseline within the folder of the new results.
    let inside = vec![
        reading("baseline/out/metrics.json", vec![values(None, "acc", 0.5)]),
        reading("out/metrics.json", vec![values(None, "acc", 0.6)]),
        reading("out/loss.json", vec![]),
    ];
    let inside = report(inside, Context::default());
    assert_eq!(told(&inside).1, "baseline");
    assert_eq!(inside.revisions.len(), 2);
}

#[test]
fn a_folder_of_baselines_is_never_this_change() {
    let files = || {
        vec![
            reading("metrics.json", vec![values(None, "acc", 0.4)]),
            reading("baselines/C10/metrics.json", vec![values(None, "acc", 0.5)]),
        ]
    };
    let mut beside_table = files();
    beside_table.push(reading("exp-show.json", vec![table()]));
    // As many revisions as there were, and C10.
    for (readings, n_revisions) in [(files(), 2), (beside_table, 4)] {
        let report = report(readings, Context::default());
        let baseline = report.baseline.unwrap();
        assert_eq!(report.revisions[baseline].label(), "C10");
        assert_eq!(report.revisions.len(), n_revisions);
        let acc = report.find_column("acc").unwrap();
        let cells = &report.columns[acc].cells;
        assert_eq!(
            report.columns.len(),
            1,
            "one metric, not one of each folder"
        );
        assert_eq!(cells.number(baseline), Some(0.5));
        assert_eq!(cells.number(report.current.unwrap()), Some(0.4));
    }
    // A table knows a revision of that name: that one, and what it says is compared.
    let named = vec![
        reading("metrics.json", vec![values(None, "acc", 0.4)]),
        reading(
            "baselines/rama/metrics.json",
            vec![values(None, "acc", 0.5)],
        ),
        reading("exp-show.json", vec![table()]),
    ];
    let named = report(named, Context::default());
    assert_eq!(named.revisions.len(), 3);
}

#[test]
fn revisions_that_only_an_artifact_names_are_compared_in_its_order() {
    let of = |name: &str| Finding {
        revision: Some(RevisionRef::Named(name.to_owned())),
        ..predictions()
    };
    let labels = |names: [&str; 2], others: Vec<Reading>| {
        let mut readings = vec![reading("plots.json", names.map(of).to_vec())];
        readings.extend(others);
        let report = report(readings, Context::default());
        report.check().unwrap();
        let label = |idx: Option<usize>| idx.map(|it| report.revisions[it].label().to_owned());
        (
            label(report.current).unwrap_or_default(),
            label(report.baseline).unwrap_or_default(),
        )
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(labels(["main", "direct"], vec![]), pair("direct", "main"));
    assert_eq!(
        labels(["workspace", "HEAD"], vec![]),
        pair("workspace", "HEAD")
    );
    assert_eq!(
        labels(["HEAD", "workspace"], vec![]),
        pair("workspace", "HEAD")
    );
    let shown = reading("exp-show.json", vec![table()]);
    assert_eq!(
        labels(["workspace", "HEAD"], vec![shown]),
        pair("workspace", "rama")
    );
}
