//! How often careo calls something a change where nothing changed: at most as often as it says.
//!
//! Two models of equal worth answer the same samples, 2,000 times for each size; the start of the
//! random numbers is fixed. A permutation p of `(b + 1) / (m + 1)` keeps its level exactly where
//! `level · (m + 1)` is whole (Phipson and Smyth 2010), so 199 draws do here, and no interval is
//! resampled: the test decides.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use careo::{
    analysis::{
        measures::Measures,
        statistics::{Effort, Random},
        verdict::verdict_by,
    },
    model::{
        AxisTitles, Cells, Column, ColumnId, ColumnKind, ConfusionMatrix, Direction, MatrixRecord,
        Outcome, Predictions, PredictionsRecord, Report, Revision, RevisionKind,
    },
};

const N_PAIRS: u32 = 2_000;
const SIZES: [u32; 3] = [30, 200, 2_000];
const EFFORT: Effort = Effort {
    draws: 199,
    resamples: 0,
};

/// What both said of `n` samples of three classes; each is right in 7 of 10, often together.
fn answers(random: &mut Random, n: u32) -> [Predictions; 2] {
    let mut lists: [Vec<u32>; 3] = Default::default();
    for _ in 0..n {
        let actual = random.below(3);
        let mut say = || match random.unit() < 0.7 {
            true => actual,
            false => (actual + 1 + random.below(2)) % 3,
        };
        let (first, own) = (say(), say());
        let second = if random.unit() < 0.5 { first } else { own };
        for (list, class) in lists.iter_mut().zip([actual, first, second]) {
            list.push(class);
        }
    }
    let [actual, first, second] = lists;
    [first, second].map(|predicted| Predictions {
        labels: vec!["a".to_owned(), "b".to_owned(), "c".to_owned()],
        actual: actual.clone(),
        predicted,
        rows: Vec::new(),
    })
}

fn matrix(said: &Predictions) -> ConfusionMatrix {
    let pairs = said
        .actual
        .iter()
        .copied()
        .zip(said.predicted.iter().copied());
    ConfusionMatrix::from_pairs(said.labels.clone(), pairs).unwrap()
}

fn report(metric: &str, values: [Option<f64>; 2]) -> Report {
    Report {
        revisions: vec![Revision::new(RevisionKind::Named); 2],
        columns: vec![Column {
            id: ColumnId::new("metrics.json", &[metric]),
            kind: ColumnKind::Metric,
            direction: Direction::Unknown,
            cells: Cells::from_numbers(values),
            sources: Vec::new(),
        }],
        ..Report::default()
    }
}

fn with_predictions(mut report: Report, said: &[Predictions; 2]) -> Report {
    let records = said
        .iter()
        .enumerate()
        .map(|(revision, said)| PredictionsRecord {
            revision,
            split: None,
            artifact: "predictions.csv".to_owned(),
            predictions: said.clone(),
        });
    report.predictions = records.collect();
    report
}

/// How many of the reports are called improved or worse.
fn n_changes(mut report: impl FnMut(&mut Random) -> Report) -> u32 {
    let mut random = Random::new(20_261_129);
    let mut n_changes = 0;
    for _ in 0..N_PAIRS {
        let outcome = verdict_by(&report(&mut random), (Some(0), 1), None, EFFORT).outcome;
        n_changes += u32::from(matches!(outcome, Outcome::Improved | Outcome::Worse));
    }
    n_changes
}

#[track_caller]
fn assert_level(what: &str, n_changes: u32) {
    const LEVEL: f64 = 0.05;
    let share = f64::from(n_changes) / f64::from(N_PAIRS);
    let most = LEVEL + 3.0 * (LEVEL * (1.0 - LEVEL) / f64::from(N_PAIRS)).sqrt();
    println!("{what}: {share:.4} of at most {most:.4}");
    assert!(share <= most, "{what}: {share}, more than {most}");
}

#[test]
fn accuracy_of_pairs_keeps_its_level() {
    for n in SIZES {
        let n_changes = n_changes(|random| {
            let said = answers(random, n);
            with_predictions(report("loss", [None, None]), &said)
        });
        assert_level(&format!("McNemar, {n} samples"), n_changes);
        assert!(n < 200 || n_changes > 20, "the test never says anything");
    }
}

#[test]
fn macro_f1_of_pairs_keeps_its_level() {
    for n in SIZES {
        let n_changes = n_changes(|random| {
            let said = answers(random, n);
            let f1 = |said: &Predictions| Measures::of(&matrix(said)).macro_average.f1;
            let report = report("f1_macro", [f1(&said[0]), f1(&said[1])]);
            let mut report = with_predictions(report, &said);
            report.settings.primary_metric = Some("f1_macro".to_owned());
            report
        });
        assert_level(
            &format!("permutation test of macro F1, {n} samples"),
            n_changes,
        );
        // Thirty samples are too few to say anything.
        assert_eq!(n_changes == 0, n < 50, "{n} samples: {n_changes}");
    }
}

#[test]
fn accuracy_of_independent_counts_keeps_its_level() {
    for n in SIZES {
        let n_changes = n_changes(|random| {
            let [first, _] = answers(random, n);
            let [second, _] = answers(random, n);
            let mut report = report("loss", [None, None]);
            let records = [first, second]
                .into_iter()
                .enumerate()
                .map(|(revision, said)| {
                    let matrix = matrix(&said);
                    MatrixRecord {
                        revision,
                        split: None,
                        artifact: "confusion.json".to_owned(),
                        matrix,
                        titles: AxisTitles::default(),
                    }
                });
            report.matrices = records.collect();
            report
        });
        assert_level(&format!("Newcombe, {n} samples"), n_changes);
    }
}

#[test]
fn repeated_seeds_keep_their_level() {
    let normal = |random: &mut Random| {
        let radius = (-2.0 * (1.0 - random.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * random.unit()).cos()
    };
    for n in [3_u32, 5, 20] {
        let n_changes = n_changes(|random| {
            let n_all = n * 2;
            let column = |kind, name: &str, values: Vec<Option<f64>>| Column {
                id: ColumnId::new("f.yaml", &[name]),
                kind,
                direction: Direction::Unknown,
                cells: Cells::from_numbers(values),
                sources: Vec::new(),
            };
            let numbers = |of: &dyn Fn(u32) -> u32| {
                let numbers = (0..n_all).map(|it| Some(f64::from(of(it))));
                numbers.collect::<Vec<_>>()
            };
            // The first is the baseline, the second the current revision.
            Report {
                revisions: vec![Revision::new(RevisionKind::Named); n_all as usize],
                columns: vec![
                    column(ColumnKind::Param, "depth", numbers(&|it| it % 2)),
                    column(ColumnKind::Param, "seed", numbers(&|it| it / 2)),
                    column(
                        ColumnKind::Metric,
                        "rmse",
                        (0..n_all).map(|_| Some(4.0 + normal(random))).collect(),
                    ),
                ],
                ..Report::default()
            }
        });
        assert_level(&format!("Welch, {n} runs each"), n_changes);
    }
}
