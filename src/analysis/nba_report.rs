//! The NBA case as a report, for tests: the tip of the branch, four experiments, the baseline.

use crate::model::{
    Cell, Cells, Column, ColumnId, ColumnKind, Direction, Lang, Noun, Predictions,
    PredictionsRecord, Report, Revision, RevisionKind, TextKind,
};

/// The tip of `rama-experimental`, C = 120.
pub(crate) const CURRENT: usize = 0;
/// `master`, C = 10.
pub(crate) const BASELINE: usize = 5;

/// Name, C, accuracy, recall and predictions of each revision.
const ROWS: [(&str, f64, f64, f64, &str); 6] = [
    (
        "rama-experimental",
        120.0,
        0.4943181818181818,
        0.5031601731601731,
        include_str!("../../tests/fixtures/nba/predictions.csv"),
    ),
    (
        "bovid-rime",
        5.0,
        0.5227272727272727,
        0.5323376623376623,
        include_str!("../../tests/fixtures/nba/experiments/bovid-rime/predictions.csv"),
    ),
    (
        "nival-newt",
        30.0,
        0.5113636363636364,
        0.521991341991342,
        include_str!("../../tests/fixtures/nba/experiments/nival-newt/predictions.csv"),
    ),
    (
        "bound-cart",
        60.0,
        0.5056818181818182,
        0.5148484848484849,
        include_str!("../../tests/fixtures/nba/experiments/bound-cart/predictions.csv"),
    ),
    (
        "gutsy-coth",
        120.0,
        0.4943181818181818,
        0.5031601731601731,
        include_str!("../../tests/fixtures/nba/experiments/gutsy-coth/predictions.csv"),
    ),
    (
        "master",
        10.0,
        0.5284090909090909,
        0.5378932178932179,
        include_str!("../../tests/fixtures/nba/baselines/C10/predictions.csv"),
    ),
];

/// Built by hand from the fixtures, so that `analysis` can be tested without readers.
pub(crate) fn report() -> Report {
    let mut report = Report {
        current: Some(CURRENT),
        baseline: Some(BASELINE),
        ..Report::default()
    };
    let player = |one: &str, many: &str| Noun {
        one: one.to_owned(),
        many: many.to_owned(),
    };
    report.settings.sample = vec![
        (Lang::En, player("player", "players")),
        (Lang::Es, player("jugador", "jugadores")),
    ];
    for (idx, (name, _, _, _, csv)) in ROWS.into_iter().enumerate() {
        let is_commit = idx == CURRENT || idx == BASELINE;
        let kind = if is_commit {
            RevisionKind::Commit
        } else {
            RevisionKind::Experiment
        };
        report.revisions.push(Revision {
            name: Some(name.to_owned()),
            parent: (!is_commit).then_some(CURRENT),
            ..Revision::new(kind)
        });
        report.predictions.push(PredictionsRecord {
            revision: idx,
            split: None,
            artifact: format!("experiments/{name}/predictions.csv"),
            predictions: predictions(csv),
        });
    }
    let numbers = |value: fn(usize) -> f64| Cells::from_numbers((0..6).map(|it| Some(value(it))));
    let hashes = |values: [&str; 6]| {
        let mut cells = Cells::default();
        for value in values {
            cells.push(Cell::Text(TextKind::Hash, value));
        }
        cells
    };
    let mut remove = Cells::default();
    for _ in 0..6 {
        remove.push(Cell::Text(
            TextKind::Structure,
            r#"["Rk","Player","Tm","Pos"]"#,
        ));
    }
    let (param, metric) = ("params.yaml", "assets/metrics.json");
    let same = ["1"; 6];
    report.columns = vec![
        column(ColumnKind::Param, param, &["features", "remove"], remove),
        column(
            ColumnKind::Param,
            param,
            &["train", "C"],
            numbers(|it| ROWS[it].1),
        ),
        column(
            ColumnKind::Param,
            param,
            &["train", "max_iter"],
            numbers(|_| 10_000.0),
        ),
        column(
            ColumnKind::Metric,
            metric,
            &["test_accuracy"],
            numbers(|it| ROWS[it].2),
        ),
        column(
            ColumnKind::Metric,
            metric,
            &["test_recall"],
            numbers(|it| ROWS[it].3),
        ),
        column(ColumnKind::Dependency, "assets/data", &[], hashes(same)),
        column(ColumnKind::Output, "assets/data", &[], hashes(same)),
        column(
            ColumnKind::Dependency,
            "assets/models",
            &[],
            hashes(["1", "2", "3", "4", "1", "5"]),
        ),
        column(
            ColumnKind::Output,
            "assets/models",
            &[],
            hashes(["1", "2", "3", "4", "1", "5"]),
        ),
        column(
            ColumnKind::Dependency,
            "src/04-evaluate_model.py",
            &[],
            hashes(["2", "2", "2", "2", "2", "1"]),
        ),
    ];
    report
}

fn column(kind: ColumnKind, file: &str, path: &[&str], cells: Cells) -> Column {
    Column {
        id: ColumnId::new(file, path),
        kind,
        direction: Direction::Unknown,
        cells,
        sources: Vec::new(),
    }
}

/// Two columns without quotes, of the five positions.
fn predictions(csv: &str) -> Predictions {
    let labels = super::nba::LABELS;
    let code = |label: &str| labels.iter().position(|it| *it == label).unwrap() as u32;
    let rows = csv
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap());
    let (actual, predicted) = rows.map(|(a, p)| (code(a), code(p))).unzip();
    Predictions {
        labels: labels.map(str::to_owned).to_vec(),
        actual,
        predicted,
        rows: Vec::new(),
    }
}
