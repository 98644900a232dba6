//! The checked-in table of what each fixture is read as.

use std::{fmt::Write as _, fs};

use careo::{
    bundle,
    model::{Artifact, Content, Finding, Report, RevisionRef},
    readers::{Choice, READERS, assemble, choose_by_shape, read_all},
};

use crate::common::{Read, artifact, n_correct, paths, read};

const TABLE: &str = "tests/fixtures/READERS.tsv";

/// `UPDATE_READERS=1` writes the table; look at every line of the difference.
#[test]
fn each_fixture_goes_to_the_reader_in_the_table() {
    let mut table = "path\treader\tby shape alone\tfound\n".to_owned();
    for path in paths().iter().filter(|it| *it != "READERS.tsv") {
        let artifact = artifact(path);
        let named = read(&artifact);
        let shape = by_shape(&artifact);
        let reader = outcome(&named);
        // Whatever the name says, the content alone leads to no other reader. Only a narrative
        // may be left alone for its name: README.md is about the repository.
        let is_same = [reader.as_str(), "ambiguous", "unclaimed"].contains(&shape)
            || (reader == "unclaimed" && shape == "cml-report");
        let is_broken = named.problem.is_some();
        assert!(
            is_same || is_broken,
            "{path}: {reader} by name, {shape} by shape"
        );
        let found = summary(&named);
        let _ = writeln!(table, "{path}\t{reader}\t{shape}\t{found}");
    }
    if std::env::var_os("UPDATE_READERS").is_some() {
        fs::write(TABLE, &table).unwrap();
    }
    let expected = fs::read_to_string(TABLE).unwrap();
    for (found, expected) in table.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(
        table.lines().count(),
        expected.lines().count(),
        "fixtures in the table"
    );
}

#[test]
fn each_fixture_makes_a_report_that_holds_together() {
    for path in paths() {
        let report = read_all(vec![artifact(&path)], assemble::Context::default(), 0);
        assert_eq!(report.check(), Ok(()), "{path}");
        check_round_trip(&path, &report);
    }
}

#[test]
fn all_fixtures_make_one_report() {
    let artifacts: Vec<Artifact> = paths().iter().map(|path| artifact(path)).collect();
    let n_artifacts = artifacts.len();
    let report = read_all(artifacts, assemble::Context::default(), 0);
    assert_eq!(report.check(), Ok(()));
    // Our own bundles bring their artifacts.
    assert!(report.artifacts.len() >= n_artifacts);
    check_round_trip("all", &report);
}

fn check_round_trip(path: &str, report: &Report) {
    let first = bundle::write(report);
    let again = bundle::read(&first).unwrap_or_else(|problem| panic!("{path}: {problem:?}"));
    assert_eq!(again.check(), Ok(()), "{path}");
    assert!(bundle::write(&again) == first, "{path}: the bundle changed");
}

fn by_shape(artifact: &Artifact) -> &'static str {
    match choose_by_shape(artifact) {
        Choice::Reader(reader) => reader.id(),
        Choice::Ambiguous => "ambiguous",
        Choice::Unclaimed => "unclaimed",
    }
}

fn outcome(read: &Read) -> String {
    use careo::model::NoticeKind;
    if let Some(problem) = &read.problem {
        let reader = problem.reader.as_deref();
        return reader.map_or("problem".to_owned(), str::to_owned);
    }
    let is_ambiguous = |kind: &NoticeKind| matches!(kind, NoticeKind::Ambiguous { .. });
    match read.reader {
        Some(reader) => reader.to_owned(),
        None if read.notices.iter().any(|it| is_ambiguous(&it.kind)) => "ambiguous".to_owned(),
        None => "unclaimed".to_owned(),
    }
}

fn summary(read: &Read) -> String {
    if let Some(problem) = &read.problem {
        let place = problem.place.as_ref();
        let at = place.and_then(|it| Some(format!(" at {}:{}", it.line?, it.column?)));
        let kind = format!("{:?}", problem.kind);
        let kind = kind.split([' ', '(']).next().unwrap_or_default();
        return format!("problem: {kind}{}", at.unwrap_or_default());
    }
    let mut parts: Vec<String> = read.findings.iter().map(finding).collect();
    const SHOWN: usize = 4;
    if parts.len() > SHOWN {
        let n_more = parts.len() - SHOWN;
        parts.truncate(SHOWN);
        parts.push(format!("{n_more} more"));
    }
    let notices = read.notices.iter().map(|it| {
        let kind = format!("{:?}", it.kind);
        kind.split([' ', '(']).next().unwrap_or_default().to_owned()
    });
    let mut notices: Vec<String> = notices.collect();
    notices.retain(|it| it != "ReaderTook" && it != "Unclaimed" && it != "Ambiguous");
    notices.dedup();
    if !notices.is_empty() {
        parts.push(format!("notices: {}", notices.join(", ")));
    }
    parts.join("; ")
}

fn finding(finding: &Finding) -> String {
    let what = match &finding.content {
        Content::Table(table) => {
            format!("table {} × {}", table.revisions.len(), table.columns.len())
        }
        Content::Values { kind, values, file } => {
            let file = file.as_ref().map(|it| format!(" of {it}"));
            format!("{} {kind:?}{}", values.len(), file.unwrap_or_default())
        }
        Content::Matrix { matrix, .. } => {
            let (n, total, trace) = (matrix.n_classes(), matrix.total(), matrix.trace());
            format!("matrix {n}, {trace} of {total}, {:?}", matrix.kind())
        }
        Content::Predictions { predictions, .. } => {
            let (n, correct) = (predictions.len(), n_correct(predictions));
            format!("predictions {}, {correct} of {n}", predictions.labels.len())
        }
        Content::Series { name, steps, .. } => format!("series {name} {}", steps.len()),
        Content::Curve { kind, x, .. } => format!("{kind:?} {}", x.len()),
        Content::Prose(text) => format!("prose of {} lines", text.lines().count()),
        Content::Image(media_type) => (*media_type).to_owned(),
        Content::Bundle(_) => "bundle".to_owned(),
    };
    match &finding.revision {
        Some(RevisionRef::Named(name)) => format!("{name}: {what}"),
        Some(RevisionRef::Current) => format!("current: {what}"),
        Some(RevisionRef::Baseline) => format!("baseline: {what}"),
        None => what,
    }
}

#[test]
fn every_reader_has_its_row_in_the_docs() {
    let docs = fs::read_to_string("docs/FORMATS.md").unwrap();
    let rows = docs
        .lines()
        .skip_while(|line| !line.starts_with("| id |"))
        .skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let ids = rows.map(|row| row.split('`').nth(1).unwrap_or_default());
    let documented: Vec<&str> = ids.collect();
    let readers: Vec<&str> = READERS.iter().map(|reader| reader.id()).collect();
    assert_eq!(documented, readers, "the same readers in the same order");
}
