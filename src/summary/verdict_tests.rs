//! Each verdict with its reasons, in both languages, for people who read them.

use super::*;
use crate::{
    analysis::verdict::verdict,
    model::{
        Cell, Cells, Column, ColumnId, ColumnKind, Direction, Lang, Noun, Outcome, Predictions,
        PredictionsRecord, Report, Revision, RevisionKind, State, TextKind, Verdict,
    },
};

/// A test of spam: so many answers that both get right, lost, won, that both get wrong.
fn paired(both_right: usize, lost: usize, won: usize, both_wrong: usize) -> Report {
    let n = both_right + lost + won + both_wrong;
    let actual: Vec<u32> = (0..n).map(|it| u32::from(it % 4 == 0)).collect();
    let said = |is_right: &dyn Fn(usize) -> bool| {
        let it = actual.iter().enumerate();
        it.map(|(idx, label)| if is_right(idx) { *label } else { 1 - *label })
            .collect()
    };
    let (of_lost, of_won) = (both_right + lost, both_right + lost + won);
    let before: Vec<u32> = said(&|it| it < of_lost);
    let now: Vec<u32> = said(&|it| it < both_right || (of_lost..of_won).contains(&it));
    let record = |revision: usize, predicted: Vec<u32>| PredictionsRecord {
        revision,
        split: None,
        artifact: "predictions.csv".to_owned(),
        predictions: Predictions {
            labels: vec!["ham".to_owned(), "spam".to_owned()],
            actual: actual.clone(),
            predicted,
            rows: Vec::new(),
        },
    };
    let mut report = scalars(&[]);
    report.predictions = vec![record(0, now), record(1, before)];
    let mail = |one: &str, many: &str| Noun {
        one: one.to_owned(),
        many: many.to_owned(),
    };
    report.settings.sample = vec![
        (Lang::En, mail("message", "messages")),
        (Lang::Es, mail("mensaje", "mensajes")),
    ];
    report
}

/// Two revisions with metrics: name, now, before.
fn scalars(values: &[(&str, f64, f64)]) -> Report {
    let named = |name: &str| Revision {
        name: Some(name.to_owned()),
        ..Revision::new(RevisionKind::Commit)
    };
    let mut report = Report {
        revisions: vec![named("change"), named("main")],
        current: Some(0),
        baseline: Some(1),
        ..Report::default()
    };
    add(&mut report, values);
    report
}

fn add(report: &mut Report, values: &[(&str, f64, f64)]) {
    report
        .columns
        .extend(values.iter().map(|(name, now, before)| Column {
            id: ColumnId::new("metrics.json", &[name]),
            kind: ColumnKind::Metric,
            direction: Direction::Unknown,
            cells: Cells::from_numbers([Some(*now), Some(*before)]),
            sources: Vec::new(),
        }));
}

fn told(report: &Report, judged: &Verdict) -> String {
    let mut lines = vec![format!("== {}", judged.outcome.code())];
    for lang in Lang::ALL {
        lines.push(verdict_sentence(report, judged, lang));
        lines.extend(judged_by(report, judged, lang).map(|it| format!("  {it}")));
        for reason in reasons(report, judged, lang) {
            lines.push(format!("  * {} {}", reason.title, reason.text));
        }
    }
    lines.join("\n")
}

fn judge(report: &Report) -> String {
    told(report, &verdict(report, 0, report.baseline, None))
}

#[test]
fn a_verdict_with_a_test() {
    let cases = [
        paired(300, 5, 40, 55),
        paired(300, 40, 5, 55),
        paired(300, 20, 25, 55),
        paired(300, 25, 20, 55),
        paired(300, 20, 20, 60),
        paired(300, 0, 0, 100),
    ];
    insta::assert_snapshot!(cases.map(|it| judge(&it)).join("\n"));
}

/// A test of spam that finds so many of 100 spam messages instead of 80, with 20 false alarms
/// among 300 others instead of 80; the share that is found must hold.
fn found(n_found: usize) -> Report {
    let mut report = paired(400, 0, 0, 0);
    for record in &mut report.predictions {
        let (found, alarms) = match record.revision {
            0 => (n_found, 20),
            _ => (80, 80),
        };
        let predictions = &mut record.predictions;
        for (idx, said) in predictions.predicted.iter_mut().enumerate() {
            let is_spam = match idx % 4 {
                0 => idx / 4 < found,
                _ => idx * 3 / 4 < alarms,
            };
            *said = u32::from(is_spam);
        }
    }
    add(&mut report, &[("recall", n_found as f64 / 100.0, 0.8)]);
    report.settings.guards = vec![("recall".to_owned(), 0.02)];
    report
}

#[test]
fn a_verdict_with_guards() {
    let mut mixed = paired(300, 5, 40, 55);
    add(
        &mut mixed,
        &[("precision", 0.87, 0.91), ("latency", 31.0, 30.0)],
    );
    mixed.settings.guards = vec![("precision".to_owned(), 0.02), ("latency".to_owned(), 5.0)];
    let mut holds = mixed.clone();
    holds.settings.guards[0].1 = 0.05;
    let mut down = paired(300, 20, 25, 55);
    add(&mut down, &[("latency", 48.0, 30.0)]);
    down.settings.guards = vec![("latency".to_owned(), 5.0)];
    let mut small = paired(3000, 5, 40, 55);
    small.settings.smallest_gain = Some(0.02);
    let mut without = scalars(&[("rmse", 3.9, 4.1), ("churn_value", 8.0, 9.0)]);
    without.settings.guards = vec![("churn_value".to_owned(), 0.5), ("gone".to_owned(), 0.1)];
    let mut untold = without.clone();
    untold.settings.guards = vec![("auc".to_owned(), 0.01)];
    add(&mut untold, &[("auc", 0.8, 0.9)]);
    untold.settings.primary_metric = Some("rmse".to_owned());
    let mut small_and_down = small.clone();
    add(&mut small_and_down, &[("latency", 48.0, 30.0)]);
    small_and_down.settings.guards = vec![("latency".to_owned(), 5.0)];
    let cases = [
        mixed,
        holds,
        down,
        small,
        small_and_down,
        without,
        untold,
        found(60),
        found(76),
    ];
    insta::assert_snapshot!(cases.map(|it| judge(&it)).join("\n"));
}

#[test]
fn a_verdict_without_a_test() {
    let better = scalars(&[("rmse", 3.9, 4.1)]);
    let worse = scalars(&[("rmse", 4.1, 3.9)]);
    let same = scalars(&[("rmse", 4.1, 4.1)]);
    let unknown = scalars(&[("churn_value", 9.0, 8.0)]);
    let counted = scalars(&[("f1", 0.9, 0.8)]);
    // Answers are there, but no AUC can be counted from them.
    let mut answered = paired(300, 5, 40, 55);
    add(&mut answered, &[("auc", 0.9, 0.8)]);
    answered.settings.primary_metric = Some("auc".to_owned());
    let mut alone = scalars(&[("auc", 0.9, 0.8)]);
    alone.baseline = None;
    let mut gone = scalars(&[("auc", 0.9, f64::NAN)]);
    gone.settings.primary_metric = Some("auc".to_owned());
    let nothing = scalars(&[]);
    let mut failed = scalars(&[("auc", 0.9, 0.8)]);
    failed.revisions[0].state = State::Failed("out of memory".to_owned());
    let mut queued = scalars(&[("auc", 0.9, 0.8)]);
    queued.revisions[0].state = State::Queued;
    let mut running = scalars(&[("auc", 0.9, 0.8)]);
    running.revisions[0].state = State::Running;
    let mut before = scalars(&[("auc", 0.9, 0.8)]);
    before.revisions[1].state = State::Failed(String::new());
    let cases = [
        better, worse, same, unknown, counted, answered, alone, gone, nothing, failed, queued,
        running, before,
    ];
    insta::assert_snapshot!(cases.map(|it| judge(&it)).join("\n"));
}

#[test]
fn a_verdict_on_other_data() {
    let mut size = paired(300, 5, 40, 55);
    let fewer = &mut size.predictions[1].predictions;
    fewer.actual.truncate(390);
    fewer.predicted.truncate(390);
    let mut samples = paired(300, 5, 40, 55);
    samples.predictions[1].predictions.actual.rotate_left(1);
    let mut classes = paired(300, 5, 40, 55);
    classes.predictions[1].predictions.labels[1] = "junk".to_owned();
    let mut split = paired(300, 5, 40, 55);
    split.predictions[0].split = Some("test".to_owned());
    split.predictions[1].split = Some("train".to_owned());
    let cases = [size, samples, classes, split];
    insta::assert_snapshot!(cases.map(|it| judge(&it)).join("\n"));
}

/// What CI may hand over: numbers that contradict each other, one sample, one class, an answer that
/// is always the same.
#[test]
fn a_verdict_on_odd_results() {
    let mut belied = paired(300, 5, 40, 55);
    add(&mut belied, &[("accuracy", 0.81, 0.7625)]);
    let one = paired(0, 0, 1, 0);
    let mut constant = paired(300, 0, 0, 100);
    for record in &mut constant.predictions {
        record.predictions.predicted.fill(0);
    }
    let mut one_class = paired(90, 2, 4, 4);
    for record in &mut one_class.predictions {
        record.predictions.actual.fill(0);
        record.predictions.predicted.fill(0);
    }
    let mut in_text = scalars(&[("rmse", 3.9, 4.1)]);
    for revision in 0..2 {
        in_text.columns[0]
            .cells
            .set(revision, Cell::Text(TextKind::Plain, "3.9"));
    }
    let mut empty = paired(0, 0, 0, 0);
    add(&mut empty, &[("accuracy", 0.8, 0.7)]);
    let text = scalars(&[("accuracy", f64::NAN, f64::INFINITY)]);
    let renamed = scalars(&[("acc", 0.85, f64::NAN), ("accuracy", f64::NAN, 0.8)]);
    let mut mistyped = scalars(&[("precision", 0.85, 0.84)]);
    mistyped.settings.guards = vec![("precison".to_owned(), 0.1)];
    let cases = [
        belied, one, constant, one_class, empty, text, in_text, renamed, mistyped,
    ];
    insta::assert_snapshot!(cases.map(|it| judge(&it)).join("\n"));
}

/// Tests decide at 1 less the confidence, intervals are of it, and every sentence says which it is.
#[test]
fn the_confidence_decides_and_is_said() {
    let mut measured = found(85);
    measured.settings.primary_metric = Some("recall".to_owned());
    let mut resampled = evidence_tests::matrices(72.0, 86.0);
    add(
        &mut resampled,
        &[("f1_macro", 0.7596153846153846, 0.8298468621759583)],
    );
    resampled.settings.primary_metric = Some("f1_macro".to_owned());
    let cases = [
        // 6 lost and 16 won: p = 0.0525.
        ("McNemar", paired(300, 6, 16, 78), 0, 1),
        ("permutation", measured, 0, 1),
        ("Newcombe", evidence_tests::matrices(72.0, 86.0), 1, 0),
        ("bootstrap", resampled, 1, 0),
        ("Welch", evidence_tests::seeds(), 4, 0),
    ];
    let mut n_flips = 0;
    for (name, report, current, baseline) in cases {
        let mut last: Option<((f64, f64), bool)> = None;
        for (confidence, at, level) in [
            (0.99, "99", "0.01"),
            (0.95, "95", "0.05"),
            (0.9, "90", "0.1"),
        ] {
            let mut report = report.clone();
            report.settings.confidence = Some(confidence);
            let judged = verdict(&report, current, Some(baseline), None);
            let interval = judged.evidence.interval().unwrap();
            let leaves_out_zero = interval.0 > 0.0 || interval.1 < 0.0;
            let is_change = match judged.p() {
                Some(p) => p < 1.0 - confidence,
                None => leaves_out_zero,
            };
            let expected = match judged.outcome {
                Outcome::NoClearChange => false,
                Outcome::Improved | Outcome::Worse => true,
                other => panic!("{name}: {other:?}"),
            };
            assert_eq!(
                is_change, expected,
                "{name} at {confidence}: {:?}",
                judged.evidence
            );
            let told = how_decided(&judged, Lang::En).join(" ");
            assert!(told.contains(&format!("{at}\u{a0}%")), "{name}: {told}");
            let is_tested = judged.p().is_some();
            assert_eq!(
                told.contains(&format!("(p < {level})")),
                is_tested,
                "{told}"
            );
            if let Some(((low, high), was_change)) = last {
                assert!(
                    low < interval.0 && interval.1 < high,
                    "{name} at {confidence}"
                );
                n_flips += u32::from(was_change != is_change);
            }
            last = Some((interval, is_change));
        }
    }
    assert!(n_flips >= 4, "{n_flips} verdicts depend on the level");
    let mut alone = paired(300, 6, 16, 78);
    alone.baseline = None;
    for (confidence, range) in [
        (0.9, "75\u{a0}% to 82\u{a0}%"),
        (0.99, "73\u{a0}% to 84\u{a0}%"),
    ] {
        alone.settings.confidence = Some(confidence);
        let told = judge(&alone);
        assert!(told.contains(range), "{confidence}: {told}");
    }
}

#[test]
fn metrics_of_one_name_are_told_apart() {
    let mut belied = paired(300, 5, 40, 55);
    add(&mut belied, &[("accuracy", 0.81, 0.7625)]);
    let renamed = scalars(&[("acc", 0.85, f64::NAN), ("accuracy", f64::NAN, 0.8)]);
    for (report, expected) in [
        (belied, ["Accuracy (counted)", "Accuracy (accuracy)"]),
        (renamed, ["Accuracy (acc)", "Accuracy (accuracy)"]),
    ] {
        let judged = verdict(&report, 0, report.baseline, None);
        let rows = crate::analysis::numbers::numbers(&report, &judged);
        let texts = row_texts(&report, &rows, Lang::En);
        let titles: Vec<String> = texts.into_iter().map(|it| it.title).collect();
        assert_eq!(titles, expected);
    }
}

/// Where runs with other seeds are compared, the means count, whichever two runs are looked at.
#[test]
fn of_repeated_runs_the_means_count() {
    // 4.125 on average, and 3.905; the two runs themselves are 0.2 apart.
    let mut report = evidence_tests::seeds();
    report.settings.smallest_gain = Some(0.21);
    let judged = verdict(&report, 4, Some(0), None);
    assert_eq!(judged.outcome, Outcome::Improved);
    assert_eq!(judged.selection, None, "no seed was chosen");
    let titles: Vec<String> = reasons(&report, &judged, Lang::En)
        .into_iter()
        .map(|it| it.title)
        .collect();
    let of_seeds = ["It is the best", "Another run", "This change is the best"];
    let is_of_seeds = |it: &String| of_seeds.iter().any(|of| it.starts_with(of));
    assert!(!titles.iter().any(is_of_seeds), "{titles:?}");
    report.settings.smallest_gain = Some(0.3);
    let judged = verdict(&report, 4, Some(0), None);
    assert_eq!(judged.outcome, Outcome::NoClearChange);
    let reason = reasons(&report, &judged, Lang::En).remove(0);
    assert!(reason.text.starts_with("It is 0.22;"), "{}", reason.text);
    // And the other way round, what must hold.
    report.settings.guards = vec![("rmse".to_owned(), 0.21)];
    let judged = verdict(&report, 0, Some(4), None);
    let guard = judged.guards.first().unwrap();
    assert!(guard.hold.is_broken(), "{guard:?}");
    assert!(
        (guard.current - guard.baseline - 0.22).abs() < 1e-9,
        "{guard:?}"
    );
}
