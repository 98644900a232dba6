//! Each verdict, as it is told in both languages.

use super::*;
use crate::{
    analysis::{
        nba_report::{self, BASELINE, CURRENT},
        verdict::verdict,
    },
    model::{
        AxisTitles, Cell, Cells, Column, ColumnId, ColumnKind, ConfusionMatrix, Direction, Lang,
        MatrixRecord, Report, Revision, RevisionKind,
    },
};

/// A report, what is judged against what, and the metric that decides.
type Case = (&'static str, Report, (usize, usize), Option<usize>);

fn column(kind: ColumnKind, name: &str, values: &[f64]) -> Column {
    Column {
        id: ColumnId::new("metrics.json", &[name]),
        kind,
        direction: Direction::Unknown,
        cells: Cells::from_numbers(values.iter().map(|it| Some(*it))),
        sources: Vec::new(),
    }
}

fn scalars(columns: Vec<Column>, n_revisions: usize) -> Report {
    Report {
        revisions: vec![Revision::new(RevisionKind::Experiment); n_revisions],
        columns,
        ..Report::default()
    }
}

/// The baseline of the NBA case with the first answers made wrong; no metric states an accuracy.
fn better() -> Report {
    let mut report = nba_report::report();
    let actual = report.predictions[BASELINE].predictions.actual.clone();
    for (sample, actual) in actual.iter().enumerate().take(60) {
        report.predictions[BASELINE].predictions.predicted[sample] = (actual + 1) % 5;
    }
    for name in ["test_accuracy", "test_recall"] {
        let column = report.find_column(name).unwrap();
        for revision in 0..report.revisions.len() {
            report.columns[column].cells.set(revision, Cell::Missing);
        }
    }
    report
}

/// Two matrices of 200 samples, of which so many are right; the files have one name.
pub(super) fn matrices(before: f64, now: f64) -> Report {
    let matrix = |revision: usize, right: f64| {
        let rows = [vec![right, 100.0 - right], vec![20.0, 80.0]];
        let labels = vec!["no".to_owned(), "yes".to_owned()];
        MatrixRecord {
            revision,
            split: None,
            artifact: "confusion.json".to_owned(),
            titles: AxisTitles::default(),
            matrix: ConfusionMatrix::from_rows(labels, &rows).unwrap(),
        }
    };
    let mut report = scalars(Vec::new(), 2);
    report.matrices = vec![matrix(0, before), matrix(1, now)];
    report
}

pub(super) fn seeds() -> Report {
    let param = |name, values: &[f64]| column(ColumnKind::Param, name, values);
    let depth = param("depth", &[3.0, 3.0, 3.0, 3.0, 5.0, 5.0, 5.0, 5.0]);
    let seed = param("seed", &[1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0, 4.0]);
    let rmse = [4.1, 4.2, 4.05, 4.15, 3.9, 3.95, 3.85, 3.92];
    scalars(
        vec![depth, seed, column(ColumnKind::Metric, "rmse", &rmse)],
        8,
    )
}

fn cases() -> Vec<Case> {
    let pair = (CURRENT, BASELINE);
    let nba = nba_report::report();
    let recall = nba.find_column("test_recall");
    let mut shorter = nba_report::report();
    shorter.predictions[BASELINE].predictions.actual.pop();
    shorter.predictions[BASELINE].predictions.predicted.pop();
    let mut few = better();
    for revision in [CURRENT, BASELINE] {
        few.predictions[revision].predictions.actual.truncate(4);
        few.predictions[revision].predictions.predicted.truncate(4);
    }
    let mut belied = matrices(70.0, 85.0);
    belied.columns = vec![column(ColumnKind::Metric, "f1_macro", &[0.75, 0.81])];
    belied.settings.primary_metric = Some("f1_macro".to_owned());
    let mut one_seed = seeds();
    one_seed.columns[1] = column(ColumnKind::Param, "alpha", &[0.5; 8]);
    let mut best = nba_report::report();
    let accuracy = best.find_column("test_accuracy").unwrap();
    // The best experiment of the NBA case, from a worse baseline.
    let bovid_rime = best.find_revision("bovid-rime").unwrap();
    let predictions = &mut best.predictions[BASELINE].predictions;
    for (said, actual) in predictions
        .predicted
        .iter_mut()
        .zip(&predictions.actual)
        .take(60)
    {
        *said = (actual + 1) % 5;
    }
    best.columns[accuracy].cells.set(BASELINE, Cell::Missing);
    vec![
        ("improved", better(), pair, None),
        ("worse", better(), (BASELINE, CURRENT), None),
        ("no clear change", nba.clone(), pair, None),
        (
            "no clear change of the recall, and the interval disagrees",
            nba,
            pair,
            recall,
        ),
        ("not comparable", shorter, pair, None),
        ("too few samples", few, pair, None),
        ("counts that differ", matrices(60.0, 85.0), (1, 0), None),
        ("counts within chance", matrices(82.0, 85.0), (1, 0), None),
        ("a metric that counting belies", belied, (1, 0), None),
        ("repeated seeds", seeds(), (4, 0), None),
        ("numbers alone", one_seed, (4, 0), None),
        ("the best of several", best, (bovid_rime, BASELINE), None),
    ]
}

fn told(lang: Lang) -> String {
    let mut text = String::new();
    for (name, report, (current, baseline), metric) in cases() {
        let judged = verdict(&report, current, Some(baseline), metric);
        let sentence = verdict_sentence(&report, &judged, lang);
        text.push_str(&format!(
            "## {name}: {}\n{sentence}\n",
            judged.outcome.code()
        ));
        text.extend(judged_by(&report, &judged, lang).map(|it| it + "\n"));
        for reason in reasons(&report, &judged, lang) {
            text.push_str(&format!(
                "* {} {} {}\n",
                reason.title,
                reason.text,
                reason.code.join(" ")
            ));
        }
        for line in how_decided(&judged, lang) {
            text.push_str(&format!("? {line}\n"));
        }
        let note = interval_notes(&report, &judged, &[], lang);
        text.push_str(&format!("{note}\n\n"));
    }
    text
}

#[test]
fn each_verdict_in_english() {
    insta::assert_snapshot!(told(Lang::En));
}

#[test]
fn each_verdict_in_spanish() {
    insta::assert_snapshot!(told(Lang::Es));
}
