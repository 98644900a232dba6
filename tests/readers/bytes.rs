//! Any bytes, and fixtures with something wrong in them, through every reader: never a panic, and
//! whatever is found holds together.

use careo::{
    json::Document,
    model::{Artifact, Notices},
    readers::{READERS, assemble::Context, container::unpack, read_all},
};
use proptest::{collection::vec, prelude::*, sample::select, test_runner::Config};

use crate::common::{artifact, read};

/// Small fixtures of every format; broken ones find new ways to break.
const SEEDS: [&str; 22] = [
    "nba/exp-show.json",
    "nba/dvc-2.10.2/exp-show.json",
    "nba/exp-show.csv",
    "nba/metrics-show.json",
    "nba/metrics-diff.all.json",
    "nba/exp-diff.json",
    "nba/metrics.json",
    "nba/predictions.csv",
    "nba/confusion_matrix.json",
    "nba/confusion_matrix.bare.json",
    "nba/classification_report.json",
    "dvc/plots-2.54.0/plots-diff.split.json",
    "dvc/lab-3.67.1/plots-show.split.json",
    "dvc/lab-3.67.1/plots-show-vega.confusion.json",
    "dvclive/digits/dvclive/metrics.json",
    "dvclive/digits/dvclive/plots/metrics/val/accuracy.tsv",
    "dvclive/digits/dvclive/plots/sklearn/calibration.json",
    "sklearn/breast-cancer-2/crosstab_margins.csv",
    "sklearn/breast-cancer-2/confusion_matrix_pandas.csv",
    "sklearn/breast-cancer-2-int/roc.json",
    "hostile/18-exp-show-list-weird.json",
    "zip/github-actions/model-results.zip",
];

/// Names that lead to readers, and none.
const NAMES: [&str; 10] = [
    "",
    "predictions.csv",
    "confusion_matrix.csv",
    "cm.json",
    "cm.txt",
    "dvclive/plots/metrics/a.tsv",
    "dvclive/plots/sklearn/roc.json",
    "dvclive/metrics.json",
    "report.md",
    "params.yaml",
];

/// Every reader on these bytes, whether it claims them or not, and the choice among them.
fn through_all(path: &str, bytes: &[u8]) {
    let mut artifact = Artifact::new(path, bytes);
    read(&artifact);
    for reader in READERS {
        reader.claims(&artifact, Document::sketch(&artifact).as_ref());
        artifact.reader = Some(reader.id().to_owned());
        let mut notices = Notices::default();
        // A refusal is as good as a reading.
        let _ = reader.read(&artifact, &mut notices);
        read(&artifact);
    }
    artifact.reader = None;
    unpack(vec![artifact.clone()]);
    let report = read_all(vec![artifact], Context::default(), 0);
    assert_eq!(report.check(), Ok(()));
}

fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

/// Text made of what formats are made of.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\n",
        "\r",
        "\t",
        ";",
        " ",
        "|",
        "#",
        "![",
        "0",
        "1.5",
        "-1",
        "1e400",
        "NaN",
        "null",
        "true",
        "\"actual\"",
        "\"predicted\"",
        "actual",
        "predicted",
        "count",
        "step",
        "\"labels\"",
        "\"matrix\"",
        "\"data\"",
        "\"rev\"",
        "\"baseline\"",
        "\"old\"",
        "\"new\"",
        "\"type\"",
        "\"vega\"",
        "\"content\"",
        "\"encoding\"",
        "\"roc\"",
        "\"fpr\"",
        "\"tpr\"",
        "All",
        "\u{FEFF}",
        "\0",
        "é",
        "---",
        "a: ",
        "- ",
        "&a",
        "*a",
    ];
    vec(select(pieces.to_vec()), 0..60).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn any_bytes(name in select(NAMES.to_vec()), bytes in vec(any::<u8>(), 0..300)) {
        through_all(name, &bytes);
    }

    #[test]
    fn any_pieces(name in select(NAMES.to_vec()), text in pieces()) {
        through_all(name, text.as_bytes());
    }

    #[test]
    fn mutated_fixtures(
        seed in select(SEEDS.to_vec()),
        changes in vec((any::<prop::sample::Index>(), 0..4_u8, any::<u8>(), 1..40_usize), 1..6),
    ) {
        let mut bytes = artifact(seed).bytes.to_vec();
        for (at, how, byte, n_bytes) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            let end = (at + n_bytes).min(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.drain(at..end); }
                _ => bytes.truncate(at),
            }
        }
        through_all(seed, &bytes);
    }
}
