//! DVC's JSON with random changes: nothing panics, and reading many revisions at once says the same
//! as reading each alone.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(not(target_arch = "wasm32"))]

use std::fs;

use careo::{
    json::Document,
    model::{Artifact, Cell, Column, Content, FoundTable, Notices},
    readers::{READERS, reader},
};
use proptest::{collection::vec, prelude::*};

fn table(text: &str) -> FoundTable {
    let artifact = Artifact::new("exp-show.json", text.as_bytes());
    let reader = reader("dvc-exp-show").unwrap();
    let mut findings = reader.read(&artifact, &mut Notices::default()).unwrap();
    match findings.remove(0).content {
        Content::Table(table) => table,
        other => panic!("no table: {other:?}"),
    }
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => any::<f64>().prop_map(|it| format!("{it:?}").replace("inf", "Infinity")),
        3 => any::<i64>().prop_map(|it| it.to_string()),
        2 => "[a-z]{0,3}".prop_map(|it| format!("\"{it}\"")),
        1 => Just(r#""\u00f1\n""#.to_owned()),
        1 => Just("\"nan\"".to_owned()),
        1 => Just("[1, \"}\", {\"a\": []}]".to_owned()),
        1 => Just("{\"b\": 1, \"c\": [2]}".to_owned()),
        1 => Just("{}".to_owned()),
        1 => Just("null".to_owned()),
        1 => Just("true".to_owned()),
    ]
}

/// The data of one revision: mostly of one shape, sometimes of another.
fn data() -> impl Strategy<Value = String> {
    let leaves = vec(value(), 4);
    let shape = prop_oneof![5 => Just(0), 1 => Just(1), 1 => Just(2), 1 => Just(3), 1 => Just(4)];
    (leaves, shape, "[0-9a-f]{8}").prop_map(|(leaves, shape, hash)| {
        let (a, b, c, d) = (&leaves[0], &leaves[1], &leaves[2], &leaves[3]);
        let params = format!(r#"{{"p.yaml": {{"data": {{"x": {a}, "y": {{"z": {b}}}}}}}}}"#);
        let metrics = match shape {
            1 => format!(r#"{{"m.json": {{"data": {{"l": {d}, "k": {c}}}}}}}"#),
            2 => r#"{"m.json": {"error": {"type": "E", "msg": "gone"}}}"#.to_owned(),
            3 => "null".to_owned(),
            4 => format!(r#"{{"m.json": {{"data": {c}}}, "n.json": {{"data": {{"k": {d}}}}}}}"#),
            _ => format!(r#"{{"m.json": {{"data": {{"k": {c}, "l": {d}}}}}}}"#),
        };
        let n_files = shape % 2;
        format!(
            r#"{{"rev": "{hash}", "timestamp": "2026-01-01", "params": {params}, "metrics": {metrics}, "deps": {{"d": {{"hash": "{hash}", "size": 7, "nfiles": {n_files}}}}}, "meta": {{}}}}"#
        )
    })
}

proptest! {
    #[test]
    fn many_revisions_read_as_each_alone(all in vec(data(), 1..12)) {
        let entry = |data: &String| format!(r#"{{"rev": "x", "data": {data}}}"#);
        let list: Vec<String> = all.iter().map(entry).collect();
        let together = table(&format!("[{}]", list.join(", ")));
        for (row, data) in all.iter().enumerate() {
            let alone = table(&format!("[{}]", entry(data)));
            prop_assert_eq!(&together.revisions[row], &alone.revisions[0]);
            for column in &together.columns {
                let same = |it: &&Column| (it.kind, &it.id) == (column.kind, &column.id);
                let found = alone.columns.iter().find(same);
                let expected = found.map_or(Cell::Missing, |it| it.cells.get(0));
                let stated = column.cells.get(row);
                prop_assert!(stated.same_as(expected), "{}: {stated:?} {expected:?}", column.id.full());
            }
            let is_there = |column: &Column| {
                let mut all = together.columns.iter();
                all.any(|it| (it.kind, &it.id) == (column.kind, &column.id))
            };
            prop_assert!(alone.columns.iter().all(is_there));
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in vec(any::<u8>(), 0..400)) {
        read_with_all(bytes);
    }

    #[test]
    fn any_json_like_text_is_answered(text in r#"[\[\]{}:,"0-9.eEtfnN \\u\-a-c]{0,80}"#) {
        read_with_all(text.into_bytes());
    }

    #[test]
    fn changed_files_are_answered(
        file in 0..FILES.len(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = fs::read(format!("tests/fixtures/{}", FILES[file])).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        read_with_all(bytes);
    }
}

const FILES: [&str; 10] = [
    "nba/exp-show.json",
    "nba/dvc-2.54.0/exp-show.json",
    "dvc/checkpoints-2.10.2/exp-show.json",
    "dvc/lab-3.67.1/exp-show.json",
    "dvc/lab-3.67.1/metrics-show.json",
    "dvc/lab-3.67.1/exp-diff.json",
    "hostile/18-exp-show-list-weird.json",
    "hostile/19-yaml-bomb.yaml",
    "hostile/19-yaml-tags.yaml",
    "hostile/17-numbers.json",
];

/// Every reader of this layer, chosen or not: an answer or a problem, and no panic.
fn read_with_all(bytes: Vec<u8>) {
    let artifact = Artifact::new("a.json", bytes);
    for reader in READERS {
        reader.claims(&artifact, Document::sketch(&artifact).as_ref());
        if let Ok(findings) = reader.read(&artifact, &mut Notices::default()) {
            for finding in findings {
                if let Content::Table(table) = finding.content {
                    let n_rows = table.revisions.len();
                    assert!(table.columns.iter().all(|it| it.cells.len() == n_rows));
                }
            }
        }
    }
}
