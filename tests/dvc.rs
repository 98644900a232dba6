//! DVC's JSON as the tool wrote it, against facts that were taken from the files by other means.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeMap, fs};

use careo::{
    model::{
        Artifact, Cell, ColumnKind, Content, Finding, FoundTable, NoticeKind, Notices, Problem,
        Revision, RevisionKind, RevisionRef, State, TextKind, Value,
    },
    readers::read_artifact,
};

type Read = Result<(Option<&'static str>, Vec<Finding>, Vec<NoticeKind>), Problem>;

fn read(path: &str) -> Read {
    let bytes = fs::read(format!("tests/fixtures/{path}")).unwrap();
    let mut notices = Notices::default();
    let claimed = read_artifact(&Artifact::new(path, bytes), &mut notices)?;
    let notices = notices.into_vec().into_iter().map(|it| it.kind);
    Ok((claimed.reader, claimed.findings, notices.collect()))
}

fn table(path: &str, reader: &str) -> FoundTable {
    let (found, mut findings, _) = read(path).unwrap();
    assert_eq!(found, Some(reader), "{path}");
    assert_eq!(findings.len(), 1, "{path}");
    let Content::Table(table) = findings.remove(0).content else {
        panic!("{path}: no table")
    };
    for column in &table.columns {
        assert_eq!(
            column.cells.len(),
            table.revisions.len(),
            "{path}: {}",
            column.id.full()
        );
    }
    table
}

fn exp_show(path: &str) -> FoundTable {
    table(path, "dvc-exp-show")
}

/// The values of a column by its identity, by revision label; missing ones left out.
fn values<'t>(table: &'t FoundTable, column: &str) -> BTreeMap<&'t str, Cell<'t>> {
    let found = table.columns.iter().find(|it| it.id.full() == column);
    let cells = &found.unwrap_or_else(|| panic!("no {column}")).cells;
    let rows = table.revisions.iter().enumerate();
    let values = rows.map(|(row, revision)| (revision.label(), cells.get(row)));
    values.filter(|(_, cell)| !cell.is_missing()).collect()
}

fn row<'t>(table: &'t FoundTable, label: &str) -> (usize, &'t Revision) {
    let mut rows = table.revisions.iter().enumerate();
    rows.find(|(_, it)| it.label() == label)
        .unwrap_or_else(|| panic!("no {label}"))
}

/// The label of the revision with the highest value, of those that may be ranked.
fn best<'t>(table: &'t FoundTable, column: &str) -> &'t str {
    let found = table.columns.iter().find(|it| it.id.full() == column);
    let cells = &found.unwrap_or_else(|| panic!("no {column}")).cells;
    let rows = table.revisions.iter().enumerate();
    let ranked = rows.filter(|(_, revision)| revision.is_ranked());
    let values = ranked.filter_map(|(row, it)| Some((it.label(), cells.number(row)?)));
    values.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap().0
}

fn labels_in(table: &FoundTable, is_in: fn(&State) -> bool) -> Vec<&str> {
    let rows = table.revisions.iter().filter(|it| is_in(&it.state));
    rows.map(Revision::label).collect()
}

/// Workspaces, commits and experiments; then ok, failed, queued and running ones; then columns of
/// parameters and metrics; then files that could not be read.
type Counts = ([usize; 3], [usize; 4], [usize; 2], usize);

fn counts(table: &FoundTable) -> Counts {
    let n_kind = |kind| table.revisions.iter().filter(|it| it.kind == kind).count();
    let n_state = |is_in: fn(&State) -> bool| labels_in(table, is_in).len();
    let n_columns = |kind| table.columns.iter().filter(|it| it.kind == kind).count();
    let errors = table.revisions.iter().map(|it| it.file_errors.len());
    (
        [
            RevisionKind::Workspace,
            RevisionKind::Commit,
            RevisionKind::Experiment,
        ]
        .map(n_kind),
        [
            n_state(|it| *it == State::Ok),
            n_state(|it| matches!(it, State::Failed(_))),
            n_state(|it| *it == State::Queued),
            n_state(|it| *it == State::Running),
        ],
        [ColumnKind::Param, ColumnKind::Metric].map(n_columns),
        errors.sum(),
    )
}

#[test]
fn every_exp_show_holds_what_it_holds() {
    let cases: [(&str, Counts); 30] = [
        (
            "dvc/checkpoints-2.10.2/exp-show.json",
            ([1, 1, 9], [11, 0, 0, 0], [2, 2], 0),
        ),
        (
            "dvc/lab-3.67.1/exp-show.all-commits.json",
            ([1, 5, 6], [10, 1, 1, 0], [12, 22], 1),
        ),
        (
            "dvc/lab-3.67.1/exp-show.branches-tags.json",
            ([1, 3, 6], [8, 1, 1, 0], [12, 22], 0),
        ),
        (
            "dvc/lab-3.67.1/exp-show.json",
            ([1, 1, 5], [5, 1, 1, 0], [12, 22], 0),
        ),
        (
            "dvc/lab-3.67.1/exp-show.queued.json",
            ([1, 1, 5], [4, 0, 3, 0], [12, 22], 0),
        ),
        (
            "dvc/lab-3.67.1/exp-show.running.json",
            ([1, 1, 5], [4, 1, 1, 1], [12, 22], 2),
        ),
        (
            "dvc/lab-errors-3.67.1/exp-show.all-commits.json",
            ([1, 5, 0], [4, 2, 0, 0], [12, 22], 4),
        ),
        (
            "dvc/vscode-dvc-fixtures/dict-2.0-no-data-wrapper/complex-experiments-output.json",
            ([1, 1, 13], [14, 0, 1, 0], [7, 4], 0),
        ),
        (
            "dvc/vscode-dvc-fixtures/dict-pre-2.55/base.json",
            ([1, 1, 16], [13, 2, 1, 2], [9, 4], 1),
        ),
        (
            "dvc/vscode-dvc-fixtures/dict-pre-2.55/dataTypes.json",
            ([1, 1, 0], [2, 0, 0, 0], [8, 0], 0),
        ),
        (
            "dvc/vscode-dvc-fixtures/list-2.55plus/base.json",
            ([1, 3, 7], [6, 2, 1, 2], [9, 4], 2),
        ),
        (
            "dvc/vscode-dvc-fixtures/list-2.55plus/dataTypes.json",
            ([1, 1, 0], [2, 0, 0, 0], [8, 0], 0),
        ),
        (
            "nba/a-baseline-C10/exp-show.json",
            ([1, 1, 4], [6, 0, 0, 0], [6, 2], 0),
        ),
        (
            "nba/a-baseline-C10/exp-show.queued.json",
            ([1, 1, 4], [2, 0, 4, 0], [6, 2], 0),
        ),
        (
            "nba/all-commits/exp-show.json",
            ([1, 8, 8], [17, 0, 0, 0], [6, 2], 0),
        ),
        (
            "nba/all-commits/exp-show.with-upstream-refs.json",
            ([1, 20, 8], [29, 0, 0, 0], [6, 2], 1),
        ),
        (
            "nba/b-baseline-C120/exp-show.queued.json",
            ([1, 1, 4], [2, 0, 4, 0], [6, 2], 0),
        ),
        (
            "nba/dvc-2.10.2/exp-show.all-branches.json",
            ([1, 3, 3], [7, 0, 0, 0], [6, 2], 0),
        ),
        (
            "nba/dvc-2.10.2/exp-show.all-commits.json",
            ([1, 8, 3], [12, 0, 0, 0], [6, 2], 0),
        ),
        (
            "nba/dvc-2.10.2/exp-show.json",
            ([1, 1, 3], [5, 0, 0, 0], [6, 2], 0),
        ),
        (
            "nba/dvc-2.10.2/exp-show.n2.json",
            ([1, 2, 3], [6, 0, 0, 0], [6, 2], 0),
        ),
        (
            "nba/dvc-2.54.0/exp-show.all-branches.json",
            ([1, 3, 4], [8, 0, 0, 0], [6, 2], 0),
        ),
        (
            "nba/dvc-2.54.0/exp-show.all-commits.json",
            ([1, 8, 4], [13, 0, 0, 0], [6, 2], 0),
        ),
        (
            "nba/dvc-2.54.0/exp-show.json",
            ([1, 1, 4], [6, 0, 0, 0], [6, 2], 0),
        ),
        (
            "nba/dvc-2.54.0/exp-show.n2.json",
            ([1, 2, 4], [7, 0, 0, 0], [6, 2], 0),
        ),
        (
            "nba/dvc-2.54.0/exp-show.queued.json",
            ([1, 1, 4], [2, 0, 4, 0], [6, 2], 0),
        ),
        (
            "nba/exp-show.all-branches.json",
            ([1, 3, 4], [8, 0, 0, 0], [6, 2], 0),
        ),
        ("nba/exp-show.json", ([1, 1, 4], [6, 0, 0, 0], [6, 2], 0)),
        (
            "nba/exp-show.n2.json",
            ([1, 2, 8], [11, 0, 0, 0], [6, 2], 0),
        ),
        (
            "nba/exp-show.sha.hide-workspace.json",
            ([0, 1, 4], [5, 0, 0, 0], [6, 2], 0),
        ),
    ];
    for (path, expected) in cases {
        assert_eq!(counts(&exp_show(path)), expected, "{path}");
    }
}

#[test]
fn the_best_experiment_is_the_best_of_those_that_may_be_ranked() {
    let accuracy = "assets/metrics.json:test_accuracy";
    for (path, label) in [
        ("nba/exp-show.json", "bovid-rime"),
        ("nba/exp-show.n2.json", "ecbd292"),
        ("nba/dvc-2.10.2/exp-show.json", "exp-33a48"),
        ("nba/dvc-2.54.0/exp-show.json", "pally-zila"),
    ] {
        assert_eq!(best(&exp_show(path), accuracy), label, "{path}");
    }
    let table = exp_show("nba/exp-show.json");
    let number = |label, column| values(&table, column).get(label).unwrap().as_number();
    assert_eq!(number("bovid-rime", accuracy), Some(92.0 / 176.0));
    assert_eq!(number("bovid-rime", "params.yaml:train.C"), Some(5.0));
    assert_eq!(number("workspace", accuracy), Some(87.0 / 176.0));
    let remove = values(&table, "params.yaml:features.remove");
    let text = r#"["Rk","Player","Tm","Pos"]"#;
    assert_eq!(
        remove.get("gutsy-coth"),
        Some(&Cell::Text(TextKind::Structure, text))
    );
    let hash = Cell::Text(TextKind::Hash, "bb5c1749fbe5c8c1d31fa5f73a1fbdea");
    assert_eq!(
        values(&table, "src/01-get_data.py").get("workspace"),
        Some(&hash)
    );
    let (at, bovid) = row(&table, "bovid-rime");
    assert_eq!(bovid.sha.as_deref().map(|sha| &sha[..7]), Some("fb962d2"));
    let parent = &table.revisions[bovid.parent.unwrap()];
    assert_eq!(parent.name.as_deref(), Some("rama-experimental"));
    assert_eq!(parent.created.as_deref(), Some("2022-04-03T23:26:13"));
    assert!(at > bovid.parent.unwrap());
}

#[test]
fn commits_are_inside_the_branch_that_they_are_listed_under() {
    for (path, expected) in [
        ("nba/exp-show.n2.json", "ecbd292 in rama-experimental"),
        // `master` comes before the others, which may be on either branch.
        (
            "nba/all-commits/exp-show.json",
            "ecbd292 in rama-experimental",
        ),
        (
            "nba/dvc-2.10.2/exp-show.all-commits.json",
            "45185f2 in rama-experimental",
        ),
        // The first is the tip of a remote branch, which has no name here.
        ("nba/all-commits/exp-show.with-upstream-refs.json", ""),
        (
            "dvc/lab-3.67.1/exp-show.all-commits.json",
            "a31fe55 in main, v1 in main",
        ),
        (
            "dvc/tag-3.67.1/exp-show.n10.json",
            "2012959 in main, v1.0 in main, a3efa7b in main, 4140745 in main",
        ),
        ("dvc/lab-3.67.1/exp-show.branches-tags.json", ""),
        (
            "dvc/lab-errors-3.67.1/exp-show.all-commits.json",
            "ffe0052 in main, 06ceeb6 in main, a171dbc in main, 2468589 in main",
        ),
    ] {
        let table = exp_show(path);
        let inside = table.revisions.iter().filter_map(|it| {
            let tip = &table.revisions[it.tip?];
            Some(format!("{} in {}", it.label(), tip.label()))
        });
        assert_eq!(inside.collect::<Vec<_>>().join(", "), expected, "{path}");
    }
}

#[test]
fn a_failed_run_keeps_its_message_and_is_never_ranked() {
    let table = exp_show("dvc/lab-3.67.1/exp-show.json");
    let failed = labels_in(&table, |it| matches!(it, State::Failed(_)));
    assert_eq!(failed, ["will-fail"]);
    let (_, revision) = row(&table, "will-fail");
    assert_eq!(
        revision.state,
        State::Failed("Experiment run failed".to_owned())
    );
    let accuracy = "metrics/train.json:acc";
    // The number is its baseline's.
    assert_eq!(values(&table, accuracy)["will-fail"], Cell::Number(0.9));
    assert_eq!(best(&table, accuracy), "grid-b");
    assert_eq!(values(&table, accuracy)["grid-b"], Cell::Number(0.95));
    let other = values(&table, "metrics/eval.yaml:acc");
    assert_eq!(other["grid-b"], Cell::Number(0.9455692280263525));
    assert_eq!(
        labels_in(&table, |it| *it == State::Queued),
        ["still-queued"]
    );
    assert_eq!(
        row(&table, "long-run").1.executor.as_deref(),
        Some("dvc-task")
    );
    assert_eq!(row(&table, "grid-a").1.executor, None);
    assert_eq!(row(&table, "grid-a").1.state, State::Ok);
}

#[test]
fn numbers_that_json_has_not_are_kept() {
    let (_, _, notices) = read("dvc/lab-3.67.1/exp-show.json").unwrap();
    let non_finite = |it: &NoticeKind| matches!(it, NoticeKind::NonFinite { .. });
    assert!(notices.iter().any(non_finite), "{notices:?}");
    let table = exp_show("dvc/lab-3.67.1/exp-show.json");
    let cell = |column| values(&table, column)["workspace"];
    let is_nan = |cell: Cell<'_>| cell.as_number().is_some_and(f64::is_nan);
    assert!(is_nan(cell("metrics/eval.yaml:f1")) || is_nan(cell("metrics/train.json:f1")));
    let big = table
        .columns
        .iter()
        .find(|it| it.id.leaf() == "big")
        .unwrap();
    let digits = Cell::Text(TextKind::BigInteger, "12345678901234567890123");
    assert_eq!(big.cells.get(0), digits);
}

#[test]
fn a_commit_that_cannot_be_read_says_why() {
    let table = exp_show("dvc/lab-errors-3.67.1/exp-show.all-commits.json");
    let failed = labels_in(
        &table,
        |it| matches!(it, State::Failed(message) if !message.is_empty()),
    );
    assert_eq!(failed.len(), 2);
    let errors = table.revisions.iter().flat_map(|it| &it.file_errors);
    let errors: Vec<_> = errors.collect();
    assert_eq!(errors.len(), 4);
    assert!(
        errors
            .iter()
            .all(|(file, message)| !file.is_empty() && !message.is_empty())
    );
}

#[test]
fn checkpoints_follow_each_other_into_another_run() {
    let table = exp_show("dvc/checkpoints-2.10.2/exp-show.json");
    let ancestors = |label| {
        let mut names = Vec::new();
        let mut at = row(&table, label).1.parent;
        while let Some(parent) = at {
            names.push(table.revisions[parent].label());
            at = table.revisions[parent].parent;
        }
        names
    };
    assert_eq!(
        ancestors("exp-7a812"),
        ["4377177", "475b257", "ck-b", "8badf76", "dda0090", "main"]
    );
    let loss = values(&table, "metrics.json:loss");
    assert_eq!(loss["ck-a"], Cell::Number(0.5488116360940264));
    assert_eq!(
        values(&table, "metrics.json:epoch")["ck-a"],
        Cell::Number(3.0)
    );
}

#[test]
fn parts_that_are_missing_or_mistyped_are_passed_over() {
    let (_, _, notices) = read("hostile/18-exp-show-list-weird.json").unwrap();
    for what in ["\"not an object\"", "exploded"] {
        let notice = NoticeKind::PassedOver { what: what.into() };
        assert!(notices.contains(&notice), "{what}: {notices:?}");
    }
    let table = exp_show("hostile/18-exp-show-list-weird.json");
    let labels: Vec<&str> = table.revisions.iter().map(Revision::label).collect();
    let image = "<img src=x onerror=window.__pwned=1>";
    let eee = "eeeeeee";
    assert_eq!(
        labels,
        [
            "workspace",
            image,
            "dup",
            "dup",
            "ddddddd",
            eee,
            eee,
            eee,
            "no rev"
        ]
    );
    let (_, dup) = table.revisions.iter().enumerate().nth(3).unwrap();
    assert_eq!(dup.file_errors, [("e.json".to_owned(), String::new())]);
    let number = |column| values(&table, column)["ddddddd"].as_number();
    assert_eq!(number("m.json:__proto__"), Some(1.0));
    let ab: Vec<_> = table
        .columns
        .iter()
        .filter(|it| it.id.full() == "m.json:a.b")
        .collect();
    assert_eq!(ab.len(), 2, "`a.b` and `a: {{b}}` are two columns");
    assert_eq!(values(&table, "m.json")["dup"], Cell::Number(0.5));
}

#[test]
fn a_file_that_was_cut_says_where() {
    let problem = read("hostile/08-truncated-exp-show.json").unwrap_err();
    assert_eq!(problem.kind, careo::model::ProblemKind::UnexpectedEnd);
    let place = problem.place.unwrap();
    assert_eq!((place.line, place.column), (Some(1), Some(7672)));
    assert_eq!(problem.reader.as_deref(), Some("dvc-exp-show"));
}

#[test]
fn metrics_show_is_a_table_of_revisions() {
    let show = |path| table(path, "dvc-metrics-show");
    let accuracy = "assets/metrics.json:test_accuracy";
    let cases: [(&str, Counts); 10] = [
        (
            "nba/metrics-show.json",
            ([1, 0, 0], [1, 0, 0, 0], [0, 2], 0),
        ),
        (
            "nba/metrics-show.all-branches.json",
            ([0, 3, 0], [3, 0, 0, 0], [0, 2], 0),
        ),
        (
            "nba/all-commits/metrics-show.json",
            ([1, 8, 0], [9, 0, 0, 0], [0, 2], 0),
        ),
        (
            "nba/all-commits/metrics-show.with-upstream-refs.json",
            ([1, 20, 0], [21, 0, 0, 0], [0, 2], 1),
        ),
        (
            "nba/dvc-2.10.2/metrics-show.json",
            ([1, 0, 0], [1, 0, 0, 0], [0, 2], 0),
        ),
        (
            "nba/dvc-2.54.0/metrics-show.all-commits.json",
            ([1, 8, 0], [9, 0, 0, 0], [0, 2], 0),
        ),
        (
            "dvc/lab-3.67.1/metrics-show.json",
            ([1, 0, 0], [1, 0, 0, 0], [0, 22], 0),
        ),
        (
            "dvc/lab-3.67.1/metrics-show.branches-tags.json",
            ([0, 3, 0], [3, 0, 0, 0], [0, 22], 0),
        ),
        (
            "dvc/lab-3.67.1/metrics-show.all-commits.json",
            ([1, 5, 0], [6, 0, 0, 0], [0, 22], 1),
        ),
        (
            "dvc/lab-errors-3.67.1/metrics-show.all-commits.json",
            ([1, 5, 0], [4, 2, 0, 0], [0, 22], 4),
        ),
    ];
    for (path, expected) in cases {
        assert_eq!(counts(&show(path)), expected, "{path}");
    }
    let branches = show("nba/metrics-show.all-branches.json");
    let expected = [("CML", 93.0), ("master", 93.0), ("rama-experimental", 87.0)];
    let expected = expected.map(|(name, right)| (name, Cell::Number(right / 176.0)));
    assert_eq!(values(&branches, accuracy), BTreeMap::from(expected));
    let upstream = show("nba/all-commits/metrics-show.with-upstream-refs.json");
    let accuracies = values(&upstream, accuracy);
    assert_eq!(accuracies["c9c42d7"], Cell::Number(0.4682080924855491));
    assert_eq!(accuracies["611821e"], Cell::Number(0.4393063583815029));
    let (_, broken) = row(&upstream, "ed027d4");
    assert_eq!(broken.file_errors.len(), 1);
    assert_eq!(broken.file_errors[0].0, "assets/metrics.json");
}

/// `(old, new)` of a key, as each side's finding states it.
fn sides(path: &str, file: &str, key: &str) -> (Option<Value>, Option<Value>) {
    let (reader, findings, _) = read(path).unwrap();
    assert_eq!(reader, Some("dvc-diff"), "{path}");
    let of = |revision: RevisionRef| {
        let of_side = findings
            .iter()
            .filter(|it| it.revision.as_ref() == Some(&revision));
        let values = of_side.filter_map(|finding| match &finding.content {
            Content::Values {
                file: Some(it),
                values,
                ..
            } if it == file => Some(values),
            _ => None,
        });
        let mut found = values.flatten().filter(|(path, _)| path.join(".") == key);
        found.next().map(|(_, value)| value.clone())
    };
    (of(RevisionRef::Baseline), of(RevisionRef::Current))
}

#[test]
fn diffs_give_values_to_both_sides() {
    let number = |value| Some(Value::Number(value));
    let list = |text: &str| Some(Value::Text(TextKind::Structure, text.to_owned()));
    let metrics = "assets/metrics.json";
    let accuracy = "test_accuracy";
    assert_eq!(
        sides("nba/metrics-diff.LR-Baseline-HEAD.json", metrics, accuracy),
        (number(93.0 / 176.0), number(87.0 / 176.0))
    );
    assert_eq!(
        sides("nba/params-diff.all.json", "params.yaml", "train.C"),
        (number(10.0), number(120.0))
    );
    let remove = list(r#"["Rk","Player","Tm","Pos"]"#);
    assert_eq!(
        sides("nba/params-diff.all.json", "params.yaml", "features.remove"),
        (remove.clone(), remove)
    );
    let lab = "dvc/lab-3.67.1/exp-diff.json";
    let train = "metrics/train.json";
    assert_eq!(sides(lab, train, "epoch"), (number(6.0), number(10.0)));
    assert_eq!(
        sides(lab, "params.yaml", "train.layers"),
        (list("[64,32]"), list("[128,64,32]"))
    );
    let corrupt = "dvc/lab-3.67.1/metrics-diff.corrupt-old.json";
    let big = Value::Text(TextKind::BigInteger, "12345678901234567890123".to_owned());
    assert_eq!(sides(corrupt, train, "big"), (None, Some(big)));
    let dropout = sides(
        "dvc/lab-3.67.1/params-diff.v1-workspace.json",
        "params.yaml",
        "train.dropout",
    );
    assert_eq!(dropout, (None, number(0.25)));
    let (_, findings, notices) = read("dvc/lab-3.67.1/metrics-diff.v1-workspace.json").unwrap();
    assert_eq!(findings.len(), 4, "two files, two sides");
    assert!(
        notices.contains(&NoticeKind::NonFinite { count: 4 }),
        "{notices:?}"
    );
    let kinds = |path: &str| {
        let (_, findings, _) = read(path).unwrap();
        let kinds = findings.into_iter().filter_map(|it| match it.content {
            Content::Values { kind, .. } => Some(kind),
            _ => None,
        });
        kinds.collect::<Vec<_>>()
    };
    use ColumnKind::{Metric, Param};
    assert_eq!(kinds("nba/exp-diff.json"), [Metric, Metric, Param, Param]);
    assert_eq!(kinds("nba/metrics-diff.unchanged.json"), []);
}

#[test]
fn exp_show_as_csv_is_answered_with_use_json() {
    for path in [
        "nba/exp-show.csv",
        "nba/dvc-2.10.2/exp-show.csv",
        "dvc/lab-3.67.1/exp-show.all-commits.csv",
    ] {
        let (reader, findings, notices) = read(path).unwrap();
        assert_eq!(
            (reader, findings.len()),
            (Some("dvc-exp-show-csv"), 0),
            "{path}"
        );
        assert!(notices.contains(&NoticeKind::UseJson), "{path}");
    }
}

fn metrics(path: &str) -> (Vec<(String, Value)>, Vec<NoticeKind>) {
    let (reader, mut findings, notices) = read(path).unwrap_or_else(|it| panic!("{path}: {it:?}"));
    assert_eq!(reader, Some("metrics"), "{path}");
    let Content::Values { kind, file, values } = findings.remove(0).content else {
        panic!("{path}: no values")
    };
    assert_eq!(
        (kind, file, findings.len()),
        (ColumnKind::Metric, None, 0),
        "{path}"
    );
    let values = values
        .into_iter()
        .map(|(path, value)| (path.join("/"), value));
    (values.collect(), notices)
}

#[test]
fn plain_metrics_are_read_whatever_stands_around_them() {
    let number = |key: &str, value| (key.to_owned(), Value::Number(value));
    let (values, _) = metrics("nba/metrics.json");
    let expected = [
        ("test_accuracy", 87.0 / 176.0),
        ("test_recall", 0.5031601731601731),
    ];
    assert_eq!(values, expected.map(|(key, value)| number(key, value)));
    assert_eq!(metrics("sklearn/digits-10/metrics.json").0.len(), 11);
    let (values, notices) = metrics("hostile/06-duplicate-keys.json");
    assert_eq!(values, [number("test_accuracy", 0.9), number("a/z", 3.0)]);
    let key = |key: &str| NoticeKind::DuplicateKey { key: key.into() };
    assert!(
        notices.contains(&key("test_accuracy")) && notices.contains(&key("a")),
        "{notices:?}"
    );
    assert_eq!(
        metrics("hostile/07-bom-crlf.json").0,
        [number("test_accuracy", 0.75)]
    );
    let (values, notices) = metrics("hostile/07-utf16be-nobom.json");
    assert!(
        notices.contains(&NoticeKind::Converted {
            encoding: "UTF-16BE"
        }),
        "{values:?}"
    );
    let (values, notices) = metrics("hostile/10-invalid-utf8.json");
    assert!(notices.contains(&NoticeKind::InvalidUtf8));
    assert!(values.contains(&number("acc", 0.5)), "{values:?}");
    assert!(
        metrics("hostile/08-trailing-garbage.json")
            .1
            .contains(&NoticeKind::TextAfter)
    );
    let (values, _) = metrics("hostile/11-prototype-keys.json");
    assert!(
        values.iter().any(|(key, _)| key.starts_with("__proto__")),
        "{values:?}"
    );
    let (values, _) = metrics("hostile/17-numbers.json");
    let value = |key: &str| values.iter().find(|it| it.0 == key).map(|it| it.1.clone());
    let digits = "123456789012345678901234567890".to_owned();
    assert_eq!(
        value("big"),
        Some(Value::Text(TextKind::BigInteger, digits))
    );
    assert_eq!(value("over"), Some(Value::Number(f64::INFINITY)));
    assert_eq!(value("tiny"), Some(Value::Number(5e-324)));
    assert_eq!(value("half"), Some(Value::Number(0.0)), "rounds to even");
    assert_eq!(value("max"), Some(Value::Number(f64::MAX)));
    assert_eq!(
        value("long"),
        Some(Value::Number(1.0 / 3.0)),
        "5,000 digits"
    );
}

#[test]
fn what_is_broken_says_where() {
    use careo::model::ProblemKind::{Empty, TooDeep, UnexpectedCharacter, UnexpectedEnd};
    for (path, kind, place) in [
        (
            "hostile/04-deep-array-10k.json",
            TooDeep { limit: 200 },
            Some((1, 201)),
        ),
        (
            "hostile/04-deep-object-10k.json",
            TooDeep { limit: 200 },
            Some((1, 1001)),
        ),
        (
            "hostile/04-deep-unclosed-100k.json",
            TooDeep { limit: 200 },
            Some((1, 201)),
        ),
        (
            "hostile/05-nan-infinity.json",
            UnexpectedCharacter('N'),
            None,
        ),
        (
            "hostile/08-truncated-mid-escape.json",
            UnexpectedEnd,
            Some((1, 17)),
        ),
        ("hostile/16-empty.json", Empty, None),
        ("hostile/16-whitespace.json", Empty, None),
    ] {
        let problem = read(path).unwrap_err();
        assert_eq!(problem.kind, kind, "{path}");
        let found = problem.place.unwrap();
        assert_eq!(found.artifact, path);
        if let Some((line, column)) = place {
            assert_eq!(
                (found.line, found.column),
                (Some(line), Some(column)),
                "{path}"
            );
        }
    }
    // A string of ten million characters is passed over, the number beside it is not.
    let text = format!(
        "{{\"test_accuracy\": 0.5, \"notes\": \"{}\"}}",
        "x".repeat(10_000_000)
    );
    let artifact = Artifact::new("metrics.json", text.into_bytes());
    let claimed = read_artifact(&artifact, &mut Notices::default()).unwrap();
    let Content::Values { values, .. } = &claimed.findings[0].content else {
        panic!("no values")
    };
    assert_eq!(
        values,
        &[(vec!["test_accuracy".to_owned()], Value::Number(0.5))]
    );
}

fn params(bytes: &[u8]) -> (BTreeMap<String, Value>, Vec<NoticeKind>) {
    let mut notices = Notices::default();
    let artifact = Artifact::new("params.yaml", bytes);
    let mut claimed = read_artifact(&artifact, &mut notices).unwrap();
    assert_eq!(claimed.reader, Some("params-yaml"));
    let Content::Values { kind, values, .. } = claimed.findings.remove(0).content else {
        panic!("no values")
    };
    assert_eq!(kind, ColumnKind::Param);
    let values = values
        .into_iter()
        .map(|(path, value)| (path.join("."), value));
    let notices = notices.into_vec().into_iter().map(|it| it.kind);
    (values.collect(), notices.collect())
}

#[test]
fn params_yaml_says_what_exp_show_says() {
    let table = exp_show("nba/exp-show.json");
    let text = "base:\n  random_seed: 123\ndata: {file_name: nba_stats.csv}\nfeatures:\n  remove:\n  \
        - Rk\n  - Player\n  - Tm\n  - 'Pos'\ntrain:\n  C: 120\n  max_iter: 10000\n  \
        model_name: model.joblib\n";
    let (read, _) = params(text.as_bytes());
    let stated = table
        .columns
        .iter()
        .filter(|it| it.kind == ColumnKind::Param);
    let stated = stated.map(|it| (it.id.key(), it.cells.get(0)));
    let read = read
        .iter()
        .map(|(key, value)| (key.clone(), value.as_cell()));
    assert_eq!(read.collect::<BTreeMap<_, _>>(), stated.collect());
}

#[test]
fn hostile_yaml_is_read_or_refused_within_limits() {
    use careo::model::{Limit, ProblemKind};
    let problem = read("hostile/19-yaml-bomb.yaml").unwrap_err();
    let (what, limit) = (Limit::Values, 100_000);
    assert_eq!(problem.kind, ProblemKind::TooLarge { what, limit });
    let problem = read("hostile/19-yaml-deep.yaml").unwrap_err();
    assert_eq!(problem.kind, ProblemKind::TooDeep { limit: 200 });
    // PyYAML refuses the tab of the last line, too.
    let problem = read("hostile/19-yaml-tags.yaml").unwrap_err();
    assert!(
        matches!(problem.kind, ProblemKind::Syntax { .. }),
        "{problem:?}"
    );
    assert_eq!(problem.place.and_then(|it| it.line), Some(11));
    let bytes = fs::read("tests/fixtures/hostile/19-yaml-tags.yaml").unwrap();
    let tab = bytes.windows(4).position(|it| it == b"tab:").unwrap();
    let (values, notices) = params(&bytes[..tab]);
    let text = |text: &str| Value::Text(TextKind::Plain, text.to_owned());
    for (key, value) in [
        (
            "lr",
            Value::Text(TextKind::Structure, r#"["id"]"#.to_owned()),
        ),
        ("x", text("alert(1)")),
        ("a", Value::Number(1.0)),
        (
            "self",
            Value::Text(TextKind::Structure, "[null]".to_owned()),
        ),
        ("no", text("no")),
        ("octal", Value::Number(12.0)),
        ("sexagesimal", text("1:30")),
        ("date", text("2024-01-01")),
        ("norway", text("NO")),
    ] {
        assert_eq!(values.get(key), Some(&value), "{key}");
    }
    let what = "!!python/object/apply:os.system".to_owned();
    assert!(
        notices.contains(&NoticeKind::PassedOver { what }),
        "{notices:?}"
    );
}
