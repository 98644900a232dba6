//! `--only-changed`, `--drop` and `--keep` show the columns that DVC itself showed.

use std::fs;

use careo::{
    analysis::changed::{Selection, columns, headings},
    model::Artifact,
    readers::{assemble::Context, read_all},
};

const NBA: &str = "tests/fixtures/nba";

/// The columns of the experiments in a file, as our own table heads them.
fn ours(file: &str, selection: &Selection) -> Vec<String> {
    let bytes = fs::read(format!("{NBA}/{file}")).unwrap_or_default();
    let report = read_all(vec![Artifact::new(file, bytes)], Context::default(), 0);
    let all: Vec<usize> = (0..report.revisions.len()).collect();
    let headings = headings(&report);
    let heading = |idx: usize| headings.get(idx).cloned().unwrap_or_default();
    columns(&report, &all, selection)
        .into_iter()
        .map(heading)
        .collect()
}

/// The columns of a table that DVC wrote, without those that tell about the run itself.
fn theirs(file: &str) -> Vec<String> {
    let text = fs::read_to_string(format!("{NBA}/{file}")).unwrap_or_default();
    let head = text.lines().next().unwrap_or_default();
    let about_the_run = ["", "Experiment", "Created", "State", "Executor"];
    head.split('|')
        .map(|cell| cell.trim().to_owned())
        .filter(|cell| !about_the_run.contains(&cell.as_str()))
        .collect()
}

#[test]
fn the_columns_are_dvcs() {
    // `dvc exp show --only-changed --drop 'assets|src'`: `re.match`, from the start of a heading.
    let changed = Selection::new(true, "assets|src", "");
    let whole = theirs("exp-show.md");
    assert_eq!(
        whole.len(),
        15,
        "two metrics, six parameters, seven dependencies"
    );
    let mut found = ours("exp-show.json", &Selection::default());
    let mut expected = whole;
    // DVC sorts dependencies by name.
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    for (json, table) in [
        ("exp-show.json", "exp-show.only-changed.md"),
        ("exp-show.json", "exp-show.only-changed.sorted.md"),
        ("exp-show.n2.json", "exp-show.only-changed.n2.md"),
    ] {
        assert_eq!(ours(json, &changed), theirs(table), "{json}, {table}");
    }
}
