//! How fast evidence is: `cargo bench --no-default-features --bench evidence`.
//!
//! The macro F1 of 5 classes, two models, 10,000 and 1,000,000 samples: 10,000 BCa resamples, and
//! the permutation test, and all that a verdict by macro F1 takes. Pass a folder to write the
//! predictions and metrics there (for SciPy and for the browser), or `--coverage` for the table of
//! `docs/verdict.md`.
#![expect(clippy::expect_used, reason = "a benchmark may panic")]

use std::{
    env, fs,
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use careo::{
    analysis::{
        statistics::{
            Average, Effort, Family, Margins, Measure, Random, bca_intervals, cells_of_pairs,
            permutation_tests,
        },
        verdict::verdict,
    },
    model::{Artifact, Predictions, Report},
    readers::{assemble::Context, read_all},
};

const N_RUNS: usize = 11;
const F1: Measure = Measure {
    family: Family::F1,
    average: Average::Macro,
    leaves_out: false,
};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|it| it != "--bench").collect();
    match arguments.first().map(String::as_str) {
        Some("--coverage") => return coverage(),
        Some(folder) => return write(Path::new(folder)),
        None => {}
    }
    for n in [10_000, 1_000_000] {
        let [before, now] = answers(&mut Random::new(7), n, &[0.2; 5], (0.7, 0.7));
        let effort = Effort::FULL;
        let bca = median(|| {
            let (cells, labels) = cells_of_pairs(&before, &now);
            let groups = [cells];
            bca_intervals(&groups, labels.len(), &[F1], effort.resamples, 0.95, 1)
        });
        let permutation = median(|| {
            let (cells, labels) = cells_of_pairs(&before, &now);
            permutation_tests(&cells, labels.len(), &[F1], effort.draws, 1)
        });
        let report = report(&before, &now);
        let judge = || {
            report
                .current
                .map(|it| verdict(&report, it, report.baseline, None))
        };
        let verdict = median(judge);
        let found = bca_intervals(
            &[cells_of_pairs(&before, &now).0],
            5,
            &[F1],
            effort.resamples,
            0.95,
            1,
        );
        let (low, high) = found[0].expect("there is an interval");
        println!(
            "{n} samples: BCa {bca:.1} ms, permutation test {permutation:.1} ms, verdict \
             {verdict:.1} ms, {low:.6} to {high:.6}"
        );
    }
}

/// As a page reads it.
fn report(before: &Predictions, now: &Predictions) -> Report {
    let artifacts =
        files(before, now, true).map(|(path, text)| Artifact::new(path, text.into_bytes()));
    read_all(artifacts.into(), Context::default(), 0)
}

/// Milliseconds of one run.
fn median<T>(mut run: impl FnMut() -> T) -> f64 {
    let mut times: Vec<Duration> = (0..N_RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[N_RUNS / 2].as_secs_f64() * 1e3
}

/// What two models say that are right so often, together in half of the cases.
fn answers(random: &mut Random, n: u32, shares: &[f64], right: (f64, f64)) -> [Predictions; 2] {
    let n_classes = shares.len() as u32;
    let mut lists: [Vec<u32>; 3] = Default::default();
    for _ in 0..n {
        let (mut left, mut actual) = (random.unit(), 0);
        while actual + 1 < n_classes && left >= shares[actual as usize] {
            left -= shares[actual as usize];
            actual += 1;
        }
        let (luck, wrong) = (random.unit(), 1 + random.below(n_classes - 1));
        let (other_luck, other_wrong) = match random.unit() < 0.5 {
            true => (luck, wrong),
            false => (random.unit(), 1 + random.below(n_classes - 1)),
        };
        let say = |luck: f64, right: f64, wrong: u32| match luck < right {
            true => actual,
            false => (actual + wrong) % n_classes,
        };
        let said = [
            say(luck, right.0, wrong),
            say(other_luck, right.1, other_wrong),
        ];
        for (list, class) in lists.iter_mut().zip([actual, said[0], said[1]]) {
            list.push(class);
        }
    }
    let [actual, before, now] = lists;
    [before, now].map(|predicted| Predictions {
        labels: (0..n_classes).map(|it| format!("class{it}")).collect(),
        actual: actual.clone(),
        predicted,
        rows: Vec::new(),
    })
}

fn margins(said: &Predictions) -> Margins {
    let mut margins = Margins::new(said.labels.len());
    for (actual, predicted) in said.actual.iter().zip(&said.predicted) {
        margins.add(*actual as usize, *predicted as usize, 1.0);
    }
    margins
}

/// What `dvc metrics show --all-branches --json` says, and both predictions. Without the F1, only
/// the accuracy is left to judge by, which takes no resampling.
fn files(before: &Predictions, now: &Predictions, has_f1: bool) -> [(&'static str, String); 3] {
    let predictions = |said: &Predictions| {
        let label = |class: &u32| &said.labels[*class as usize];
        let rows = said.actual.iter().zip(&said.predicted);
        let rows =
            rows.map(|(actual, predicted)| format!("{},{}\n", label(actual), label(predicted)));
        format!("actual,predicted\n{}", rows.collect::<String>())
    };
    let metrics = |said: &Predictions| match has_f1 {
        true => format!("{{\"f1_macro\": {}}}", F1.value(&margins(said))),
        false => "{\"epochs\": 5}".to_owned(),
    };
    let row = |said| {
        format!(
            "{{\"data\": {{\"metrics.json\": {{\"data\": {}}}}}}}",
            metrics(said)
        )
    };
    let rows = format!(
        "{{\"workspace\": {}, \"main\": {}}}\n",
        row(now),
        row(before)
    );
    [
        ("metrics-show.json", rows),
        ("predictions.csv", predictions(now)),
        ("main/predictions.csv", predictions(before)),
    ]
}

/// The files of 10,000 samples, and those without a metric to resample in `without`.
fn write(folder: &Path) {
    let [before, now] = answers(&mut Random::new(7), 10_000, &[0.2; 5], (0.7, 0.7));
    for (folder, has_f1) in [(folder.to_owned(), true), (folder.join("without"), false)] {
        fs::create_dir_all(folder.join("main")).expect("the folder can be made");
        for (path, text) in files(&before, &now, has_f1) {
            fs::write(folder.join(path), text).expect("it can be written");
        }
    }
}

/// How many of 1,000 intervals hold the true difference, by size.
fn coverage() {
    const N: u32 = 1_000;
    let measures = [
        F1,
        Measure {
            family: Family::Recall,
            average: Average::Class(0),
            leaves_out: false,
        },
        Measure::of(Family::Mcc),
    ];
    let settings: [(&str, &[f64]); 3] = [
        ("2 classes, even", &[0.5, 0.5]),
        ("2 classes, one rare (10 %)", &[0.1, 0.9]),
        ("5 classes, even", &[0.2; 5]),
    ];
    println!("| | samples | macro F1 | recall of the first class | MCC |");
    println!("| --- | --: | --: | --: | --: |");
    for (name, shares) in settings {
        for n in [20, 30, 50, 100, 200, 500] {
            let mut random = Random::new(5);
            let mut covered = [0_u32; 3];
            let mut missing = [0_u32; 3];
            for _ in 0..N {
                // Both are equally good: the true difference is zero.
                let [before, now] = answers(&mut random, n, shares, (0.7, 0.7));
                let (cells, labels) = cells_of_pairs(&before, &now);
                let found = bca_intervals(&[cells], labels.len(), &measures, 1_999, 0.95, 1);
                for (idx, interval) in found.into_iter().enumerate() {
                    match interval {
                        Some((low, high)) => covered[idx] += u32::from(low <= 0.0 && 0.0 <= high),
                        None => missing[idx] += 1,
                    }
                }
            }
            let cells = covered.iter().zip(missing).map(|(covered, missing)| {
                let share = 100.0 * f64::from(*covered) / f64::from(N - missing);
                format!("{share:.0} %")
            });
            println!(
                "| {name} | {n} | {} |",
                cells.collect::<Vec<_>>().join(" | ")
            );
        }
    }
}
