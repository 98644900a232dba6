//! How fast `exp show` JSON becomes columns: `cargo bench --no-default-features --bench exp_show`.
//!
//! 10,000 experiments of 200 commits, 20 MB, as DVC 3 prints them: 9 parameters, 20 metrics, 4
//! dependencies, 3 outputs. Prints the median of 15 readings, and the spread. Pass a path to write
//! the file there (for the browser's benchmark) instead of measuring.
#![expect(clippy::expect_used, reason = "a benchmark may panic")]

use std::{env, fmt::Write as _, fs, hint::black_box, time::Instant};

use careo::{
    model::{Artifact, Content, Notices},
    readers::reader,
};

const N_EXPERIMENTS: usize = 10_000;
const N_PER_COMMIT: usize = 50;
const N_READINGS: usize = 15;

fn main() {
    let text = exp_show();
    if let Some(path) = env::args().nth(1).filter(|it| !it.starts_with('-')) {
        fs::write(path, text).expect("the file can be written");
        return;
    }
    let n_bytes = text.len();
    let artifact = Artifact::new("exp-show.json", text.into_bytes());
    let reader = reader("dvc-exp-show").expect("it is registered");
    let mut speeds: Vec<f64> = (0..N_READINGS)
        .map(|_| {
            let start = Instant::now();
            let findings = reader.read(black_box(&artifact), &mut Notices::default());
            let secs = start.elapsed().as_secs_f64();
            check(&findings.expect("it is valid").remove(0).content);
            n_bytes as f64 / 1e6 / secs
        })
        .collect();
    speeds.sort_by(f64::total_cmp);
    let median = speeds[N_READINGS / 2];
    let (least, most) = (speeds[0], speeds[N_READINGS - 1]);
    let megabytes = n_bytes as f64 / 1e6;
    println!(
        "exp show, {megabytes:.1} MB: {median:.0} MB/s, {:.0} ms ({least:.0} to {most:.0} MB/s)",
        megabytes / median * 1e3
    );
}

/// A wrong reading can be fast.
fn check(content: &Content) {
    let Content::Table(table) = content else {
        panic!("no table")
    };
    assert_eq!(
        table.revisions.len(),
        1 + N_EXPERIMENTS / N_PER_COMMIT + N_EXPERIMENTS
    );
    assert_eq!(table.columns.len(), 9 + 20 + 4 + 3);
    let last = table.revisions.len() - 1;
    assert!(
        table
            .columns
            .iter()
            .all(|column| !column.cells.get(last).is_missing())
    );
}

/// Numbers that look random and are the same everywhere (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// From 0 to 1, with all digits of a measured metric.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn hex(&mut self, n_digits: usize) -> String {
        let mut text = String::new();
        while text.len() < n_digits {
            write!(text, "{:016x}", self.next()).expect("a String takes everything");
        }
        text.truncate(n_digits);
        text
    }
}

/// What 10,000 experiments print.
fn exp_show() -> String {
    let mut random = Random(1);
    let pick =
        |random: &mut Random, n: usize| -> Vec<String> { (0..n).map(|_| random.hex(32)).collect() };
    let versions = pick(&mut random, 240);
    let mut out = String::with_capacity(24_000_000);
    out.push_str(r#"[{"rev": "workspace", "name": null, "data": "#);
    body(&mut out, &mut random, "workspace", &versions, 0);
    out.push_str(r#", "error": null, "experiments": null}"#);
    for commit in 0..N_EXPERIMENTS / N_PER_COMMIT {
        let rev = random.hex(40);
        let name = if commit == 0 { "\"main\"" } else { "null" };
        write!(out, r#", {{"rev": "{rev}", "name": {name}, "data": "#).expect("fits");
        body(&mut out, &mut random, &rev, &versions, commit);
        out.push_str(r#", "error": null, "experiments": ["#);
        for idx in 0..N_PER_COMMIT {
            let rev = random.hex(40);
            let separator = if idx == 0 { "" } else { ", " };
            let name = format!("run-{}", random.hex(6));
            write!(
                out,
                r#"{separator}{{"revs": [{{"rev": "{rev}", "name": "{name}", "data": "#
            )
            .expect("fits");
            body(&mut out, &mut random, &rev, &versions, commit);
            write!(
                out,
                r#", "error": null, "experiments": null}}], "executor": null, "name": "{name}"}}"#
            )
            .expect("fits");
        }
        out.push_str("]}");
    }
    out.push(']');
    out
}

fn body(out: &mut String, random: &mut Random, rev: &str, versions: &[String], commit: usize) {
    let mut add = |text: std::fmt::Arguments<'_>| out.write_fmt(text).expect("fits");
    let (day, hour) = (random.below(28) + 1, random.below(24));
    add(format_args!(
        r#"{{"rev": "{rev}", "timestamp": "2026-01-{day:02}T{hour:02}:00:00", "#
    ));
    let optimizer = ["adam", "sgd", "adamw", "lion"][random.below(4) as usize];
    add(format_args!(
        r#""params": {{"params.yaml": {{"data": {{"train": {{"lr": {:?}, "batch_size": {}, "epochs": {}, "optimizer": "{optimizer}"}}, "#,
        (random.share() * 1e4).round() / 1e5,
        16 << random.below(5),
        5 + random.below(95),
    ));
    add(format_args!(
        r#""model": {{"depth": {}, "width": {}}}, "data": {{"augment": {}, "seed": {}, "split": {:?}}}}}}}}}, "#,
        2 + random.below(30),
        64 << random.below(5),
        random.below(2) == 1,
        random.below(100_000),
        [0.1, 0.2, 0.25][random.below(3) as usize],
    ));
    let names = [
        "acc",
        "loss",
        "f1",
        "precision",
        "recall",
        "auc",
        "logloss",
        "mcc",
        "kappa",
        "ece",
    ];
    add(format_args!(r#""metrics": {{"metrics.json": {{"data": {{"#));
    for (split_idx, split) in ["test", "train"].into_iter().enumerate() {
        let separator = if split_idx == 0 { "" } else { ", " };
        add(format_args!(r#"{separator}"{split}": {{"#));
        for (idx, name) in names.into_iter().enumerate() {
            let separator = if idx == 0 { "" } else { ", " };
            let value = 0.05 + 0.9 * random.share();
            add(format_args!(r#"{separator}"{name}": {value:?}"#));
        }
        add(format_args!("}}"));
    }
    add(format_args!(r#"}}}}}}, "deps": {{"#));
    let deps = [
        "data/raw",
        "data/features.parquet",
        "src/train.py",
        "src/model.py",
    ];
    for (idx, path) in deps.into_iter().enumerate() {
        let separator = if idx == 0 { "" } else { ", " };
        let hash = &versions[(commit * (idx + 1) + idx) % versions.len()];
        let size = 10_000_000 + random.below(100_000_000);
        add(format_args!(
            r#"{separator}"{path}": {{"hash": "{hash}", "size": {size}, "nfiles": null}}"#
        ));
    }
    add(format_args!(r#"}}, "outs": {{"#));
    let outs = ["models/model.pkl", "models/tokenizer.json", "eval/plots"];
    for (idx, path) in outs.into_iter().enumerate() {
        let separator = if idx == 0 { "" } else { ", " };
        let (hash, size) = (random.hex(32), 10_000 + random.below(1_000_000));
        add(format_args!(
            r#"{separator}"{path}": {{"hash": "{hash}", "size": {size}, "nfiles": null, "use_cache": true, "is_data_source": false}}"#
        ));
    }
    add(format_args!(r#"}}, "meta": {{}}}}"#));
}
