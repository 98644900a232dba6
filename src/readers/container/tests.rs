use miniz_oxide::deflate::compress_to_vec;

use super::{gzip::tests::gzip, inflate::crc32, limits::MAX_ENTRIES, unpack};
use crate::model::{Artifact, Limit, NoticeKind, ProblemKind};

/// One entry to be written.
#[derive(Clone, Default)]
struct Written {
    name: String,
    bytes: Vec<u8>,
    is_stored: bool,
    flags: u16,
    method: Option<u16>,
    crc: Option<u32>,
    n_unpacked: Option<u64>,
    is_64: bool,
}

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> Written {
    let bytes = bytes.into();
    Written {
        name: name.to_owned(),
        is_stored: bytes.is_empty(),
        bytes,
        ..Written::default()
    }
}

/// A zip as streaming writers make it: sizes in data descriptors, zeros in local headers.
fn zip(entries: &[Written]) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = zip.len() as u32;
        let packed = match entry.is_stored {
            true => entry.bytes.clone(),
            false => compress_to_vec(&entry.bytes, 6),
        };
        let method = entry.method.unwrap_or(if entry.is_stored { 0 } else { 8 });
        let crc = entry.crc.unwrap_or_else(|| crc32(&entry.bytes));
        let n_unpacked = entry.n_unpacked.unwrap_or(entry.bytes.len() as u64);
        let shared = |n_bytes: usize| {
            let mut header = Vec::from(20u16.to_le_bytes());
            for value in [entry.flags | 8, method, 0, 0] {
                header.extend(value.to_le_bytes());
            }
            header.resize(n_bytes, 0);
            header
        };
        zip.extend(b"PK\x03\x04");
        zip.extend(shared(22));
        zip.extend((entry.name.len() as u16).to_le_bytes());
        zip.extend([0, 0]);
        zip.extend(entry.name.as_bytes());
        zip.extend(&packed);
        zip.extend(b"PK\x07\x08");
        zip.extend(crc.to_le_bytes());
        zip.extend((packed.len() as u32).to_le_bytes());
        zip.extend((n_unpacked as u32).to_le_bytes());

        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(shared(10));
        directory.extend(crc.to_le_bytes());
        let mut extra = Vec::new();
        if entry.is_64 {
            directory.extend([0xFF; 8]);
            extra.extend(b"\x55\x54\x02\0xx\x01\0\x10\0");
            extra.extend(n_unpacked.to_le_bytes());
            extra.extend((packed.len() as u64).to_le_bytes());
        } else {
            directory.extend((packed.len() as u32).to_le_bytes());
            directory.extend((n_unpacked as u32).to_le_bytes());
        }
        directory.extend((entry.name.len() as u16).to_le_bytes());
        directory.extend((extra.len() as u16).to_le_bytes());
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.as_bytes());
        directory.extend(extra);
    }
    let start = zip.len() as u64;
    zip.extend(&directory);
    let is_64 = entries.iter().any(|it| it.is_64);
    if is_64 {
        let at = zip.len() as u64;
        zip.extend(b"PK\x06\x06");
        zip.extend(44u64.to_le_bytes());
        zip.extend([45, 0, 45, 0]);
        zip.extend([0; 8]);
        for value in [
            entries.len() as u64,
            entries.len() as u64,
            directory.len() as u64,
            start,
        ] {
            zip.extend(value.to_le_bytes());
        }
        zip.extend(b"PK\x06\x07\0\0\0\0");
        zip.extend(at.to_le_bytes());
        zip.extend(1u32.to_le_bytes());
    }
    zip.extend(b"PK\x05\x06\0\0\0\0");
    let n = if is_64 {
        u16::MAX
    } else {
        entries.len() as u16
    };
    zip.extend(n.to_le_bytes());
    zip.extend(n.to_le_bytes());
    zip.extend((directory.len() as u32).to_le_bytes());
    zip.extend((start as u32).to_le_bytes());
    zip.extend(b"\x07\0comment");
    zip
}

/// Paths and sizes, entries that were passed over, and what failed with its key.
type Summary = (
    Vec<(String, usize)>,
    Vec<String>,
    Vec<(ProblemKind, Option<String>)>,
);

fn opened(artifacts: &[(&str, &[u8])]) -> Summary {
    let artifacts = artifacts
        .iter()
        .map(|(path, bytes)| Artifact::new(*path, *bytes));
    let unpacked = unpack(artifacts.collect());
    let found = unpacked.artifacts.into_iter();
    let skipped = unpacked.notices.into_iter().map(|it| match it.kind {
        NoticeKind::EntrySkipped { entry } => entry,
        other => panic!("{other:?}"),
    });
    let failed = unpacked.problems.into_iter();
    (
        found.map(|it| (it.path, it.bytes.len())).collect(),
        skipped.collect(),
        failed
            .map(|it| (it.kind, it.place.and_then(|it| it.key)))
            .collect(),
    )
}

fn paths(artifacts: &[(&str, &[u8])]) -> Vec<String> {
    let (found, skipped, failed) = opened(artifacts);
    assert_eq!((skipped, failed), (vec![], vec![]));
    found.into_iter().map(|(path, _)| path).collect()
}

fn broken(message: &str) -> ProblemKind {
    ProblemKind::Container {
        message: message.to_owned(),
    }
}

#[test]
fn entries_become_artifacts_of_the_folder() {
    let stored = Written {
        is_stored: true,
        ..file("b/c.csv", "1,2")
    };
    let large = Written {
        is_64: true,
        ..file("64.txt", "zip64")
    };
    let container = zip(&[
        file("a.json", "{}"),
        stored,
        large,
        file("b/", ""),
        file(".DS_Store", "x"),
    ]);
    let all = ["a.json", "b/c.csv", "64.txt"].map(str::to_owned);
    assert_eq!(paths(&[("results.zip", &container)]), all);
    assert_eq!(paths(&[("", &container)]), all, "a name is not needed");
    let mut behind = b"#!/bin/sh\n".to_vec();
    behind.extend(zip(&[file("a.json", "{}")]));
    assert_eq!(
        paths(&[("x.zip", &behind)]),
        ["a.json"],
        "offsets count from the zip"
    );
    assert_eq!(paths(&[("x.zip", &zip(&[]))]), [""; 0]);
    assert_eq!(
        paths(&[("in/a.zip", &zip(&[file("m.json", "1")])), ("m.json", b"2")]),
        ["in/a/m.json", "m.json"]
    );
    assert_eq!(paths(&[("model.npz", &container)]), ["model.npz"]);
}

#[test]
fn gzip_is_one_artifact() {
    assert_eq!(paths(&[("d/p.csv.gz", &gzip(b"a,b"))]), ["d/p.csv"]);
    let (found, _, failed) = opened(&[("p.csv.gz", b"nonsense"), ("q.json", b"{}")]);
    assert_eq!(
        found,
        [("p.csv.gz".to_owned(), 8), ("q.json".to_owned(), 2)]
    );
    assert_eq!(failed, [(broken("not gzip, or cut short"), None)]);
}

#[test]
fn a_zip_in_a_zip_is_opened_once() {
    let inmost = zip(&[file("deep.json", "{}")]);
    let inner = zip(&[file("a.json", "{}"), file("deeper.zip", inmost)]);
    let outer = zip(&[file("inner.zip", inner), file("p.csv.gz", gzip(b"a,b"))]);
    let (found, skipped, failed) = opened(&[("o.zip", &outer)]);
    let found: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(found, ["inner/a.json", "p.csv"]);
    assert_eq!(skipped, ["deeper.zip"]);
    assert!(failed.is_empty());
}

#[test]
fn bad_entries_hide_no_good_ones() {
    let good = file("good.json", "{}");
    let encrypted = Written {
        flags: 1,
        ..file("secret.json", "{}")
    };
    let packed_otherwise = Written {
        method: Some(14),
        ..file("lzma.json", "{}")
    };
    let tampered = Written {
        crc: Some(7),
        ..file("tampered.json", "{}")
    };
    let lying = Written {
        n_unpacked: Some(3),
        ..file("lying.json", "{\"a\": 1}")
    };
    let entries = [
        encrypted,
        packed_otherwise,
        tampered,
        lying,
        file("../..", ""),
        good.clone(),
        good,
    ];
    let (found, skipped, failed) = opened(&[("x.zip", &zip(&entries))]);
    assert_eq!(found, [("good.json".to_owned(), 2)]);
    assert_eq!(skipped, ["secret.json", "lzma.json", "../..", "good.json"]);
    let key = |key: &str| Some(key.to_owned());
    let expected = [
        (broken("its checksum is wrong"), key("tampered.json")),
        (broken("it is larger than it says"), key("lying.json")),
    ];
    assert_eq!(failed, expected);
}

#[test]
fn bombs_end_in_a_problem() {
    let huge = Written {
        n_unpacked: Some(1 << 32),
        is_64: true,
        ..file("huge.csv", "x")
    };
    let (found, _, failed) = opened(&[("bomb.zip", &zip(&[huge]))]);
    assert_eq!(found[0].0, "bomb.zip", "it stays closed");
    let limit = 128 * 1024 * 1024;
    let what = Limit::UnpackedBytes;
    assert_eq!(failed, vec![(ProblemKind::TooLarge { what, limit }, None)]);
    let many = vec![file("a", ""); MAX_ENTRIES + 1];
    let (_, _, failed) = opened(&[("many.zip", &zip(&many))]);
    let (what, limit) = (Limit::Entries, MAX_ENTRIES as u64);
    assert_eq!(failed, vec![(ProblemKind::TooLarge { what, limit }, None)]);
}

#[test]
fn a_cut_zip_is_a_problem_wherever_it_was_cut() {
    let whole = zip(&[file("a.json", "{}"), file("b.json", "[1, 2, 3]")]);
    for end in 0..whole.len() - 7 {
        let (_, _, failed) = opened(&[("x.zip", &whole[..end])]);
        assert_eq!(failed.len(), 1, "cut at {end}");
    }
}

#[test]
fn zips_in_a_zip_share_its_limits() {
    let (what, limit) = (Limit::Entries, MAX_ENTRIES as u64 - 3);
    let distinct = |of: &str| -> Vec<Written> {
        (0..MAX_ENTRIES / 2)
            .map(|idx| file(&format!("{of}{idx}"), ""))
            .collect()
    };
    let entries = ["1.zip", "2.zip", "3.zip"].map(|name| file(name, zip(&distinct(name))));
    let (found, _, failed) = opened(&[("outer.zip", &zip(&entries))]);
    let left = limit - MAX_ENTRIES as u64 / 2;
    let too_many = |limit| (ProblemKind::TooLarge { what, limit }, None);
    assert_eq!(failed, [too_many(left), too_many(left)]);
    assert_eq!(
        found.len(),
        MAX_ENTRIES / 2 + 2,
        "the first is open, the others are listed"
    );
}
