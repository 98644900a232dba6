//! What page and command line must find alike: reports with every kind of evidence, cautions and
//! guards, judged; `told.txt` holds all that was found, each number to its last bit.
//!
//! Compiled into `tests/same.rs`, which runs natively and writes the file by `UPDATE_SAME=1`, and
//! into `tests/web.rs`, which runs in a browser. Where the two targets differ, one of them fails.

use careo::{
    analysis::{
        digest::digest,
        statistics::{Average, Family, Margins, Measure, Random},
        verdict,
    },
    model::{Artifact, Report, RevisionRef},
    readers::{assemble::Context, read_all},
};

/// What was found before, by the native build.
pub const TOLD: &str = include_str!("told.txt");

/// Every verdict with its digest.
pub fn told() -> String {
    let cases = [
        ("the NBA case", nba()),
        ("pairs, drawn", pairs()),
        ("matrices", matrices()),
        ("seeds", seeds()),
    ];
    let mut text = String::new();
    for (name, mut report) in cases {
        for metric in ["test_recall", "mcc"] {
            if report.find_column(metric).is_some() {
                report.settings.guards.push((metric.to_owned(), 0.001));
            }
        }
        let judged = verdict::of_report(&report, None);
        let digest = judged.as_ref().map(|it| digest(&report, it));
        text.push_str(&format!("## {name}: {digest:?}\n{judged:#?}\n"));
    }
    text
}

fn artifact(path: &str, bytes: impl Into<Vec<u8>>, revision: Option<RevisionRef>) -> Artifact {
    Artifact {
        revision,
        ..Artifact::new(path, bytes.into())
    }
}

/// The candidate against its parent: its script differs, its recall is resampled.
fn nba() -> Report {
    const PREDICTIONS: &[u8] = include_bytes!("../fixtures/nba/predictions.csv");
    const BEFORE: &[u8] = include_bytes!("../fixtures/nba/baselines/C10/predictions.csv");
    const METRICS: &[u8] = include_bytes!("../fixtures/nba/metrics.json");
    const METRICS_BEFORE: &[u8] = include_bytes!("../fixtures/nba/baselines/C10/metrics.json");
    const EXPERIMENTS: &[u8] = include_bytes!("../fixtures/nba/exp-show.all-branches.json");
    let artifacts = vec![
        artifact("predictions.csv", PREDICTIONS, None),
        artifact("metrics.json", METRICS, None),
        artifact("exp-show.json", EXPERIMENTS, None),
        artifact("metrics.json", METRICS_BEFORE, Some(RevisionRef::Baseline)),
        artifact("predictions.csv", BEFORE, Some(RevisionRef::Baseline)),
    ];
    let context = Context {
        baseline_name: Some("master".to_owned()),
        ..Context::default()
    };
    read_all(artifacts, context, 0)
}

/// 3,000 samples of five classes, answered by both sides: too many ways to swap them to try all.
fn answers() -> [Vec<(u32, u32)>; 2] {
    let mut random = Random::new(11);
    let mut say = |right: f64, actual: u32| match random.unit() < right {
        true => actual,
        false => (actual + 1 + random.below(4)) % 5,
    };
    let actual = |idx: u32| idx % 5;
    let before = (0..3_000).map(|idx| (actual(idx), say(0.7, actual(idx))));
    let before: Vec<(u32, u32)> = before.collect();
    let now = (0..3_000).map(|idx| (actual(idx), say(0.715, actual(idx))));
    [before, now.collect()]
}

/// What a metrics file says of answers.
fn metrics(answers: &[(u32, u32)]) -> String {
    let mut margins = Margins::new(5);
    for (actual, said) in answers {
        margins.add(*actual as usize, *said as usize, 1.0);
    }
    let f1 = Measure {
        average: Average::Macro,
        ..Measure::of(Family::F1)
    };
    let recall = Measure {
        average: Average::Class(0),
        ..Measure::of(Family::Recall)
    };
    let (f1, recall) = (f1.value(&margins), recall.value(&margins));
    let mcc = Measure::of(Family::Mcc).value(&margins);
    // An accuracy that counting belies.
    format!("{{\"accuracy\": 0.81, \"f1_macro\": {f1}, \"mcc\": {mcc}, \"recall\": {recall}}}")
}

fn both(file: &str, write: impl Fn(&[(u32, u32)]) -> String) -> Report {
    let [before, now] = answers();
    let baseline = || Some(RevisionRef::Baseline);
    let artifacts = vec![
        artifact(file, write(&now), None),
        artifact("metrics.json", metrics(&now), None),
        artifact(file, write(&before), baseline()),
        artifact("metrics.json", metrics(&before), baseline()),
    ];
    read_all(artifacts, Context::default(), 0)
}

fn pairs() -> Report {
    both("predictions.csv", |answers| {
        let rows = answers.iter().map(|it| format!("c{},c{}\n", it.0, it.1));
        format!("actual,predicted\n{}", rows.collect::<String>())
    })
}

fn matrices() -> Report {
    both("confusion_matrix.json", |answers| {
        let mut rows = [[0_u32; 5]; 5];
        for (actual, said) in answers {
            rows[*actual as usize][*said as usize] += 1;
        }
        let labels = ["c0", "c1", "c2", "c3", "c4"];
        format!("{{\"labels\": {labels:?}, \"confusion_matrix\": {rows:?}}}")
    })
}

/// Four runs of each of two settings.
fn seeds() -> Report {
    let of = |name: &str, depth: u32, seed: u32, rmse: f64| {
        let revision = |it: &str| Some(RevisionRef::Named(it.to_owned()));
        [
            artifact(
                "params.yaml",
                format!("depth: {depth}\nseed: {seed}\n"),
                revision(name),
            ),
            artifact(
                "metrics.json",
                format!("{{\"rmse\": {rmse}}}"),
                revision(name),
            ),
        ]
    };
    let rmse = [4.1, 4.2, 4.05, 4.15, 3.9, 3.95, 3.85, 3.92];
    let runs = rmse.into_iter().enumerate().flat_map(|(idx, rmse)| {
        let (depth, seed) = (3 + idx as u32 / 4, 1 + idx as u32 % 4);
        of(&format!("run-{idx}"), depth, seed, rmse)
    });
    let mut report = read_all(runs.collect(), Context::default(), 0);
    report.current = report.find_revision("run-4");
    report.baseline = report.find_revision("run-0");
    report
}
