use super::*;
use crate::{
    analysis::nba_report::{self, BASELINE, CURRENT},
    model::{
        Cell, Cells, Column, ColumnId, ColumnKind, NotComparable, PairedCounts, Predictions,
        PredictionsRecord, Revision, RevisionKind, State, TextKind,
    },
};

fn judge(report: &Report) -> Verdict {
    verdict(report, CURRENT, Some(BASELINE), None)
}

/// Two revisions with one metric, now and before.
fn scalars(name: &str, now: f64, before: f64) -> Report {
    Report {
        revisions: vec![Revision::new(RevisionKind::Named); 2],
        columns: vec![Column {
            id: ColumnId::new("metrics.json", &[name]),
            kind: ColumnKind::Metric,
            direction: Direction::Unknown,
            cells: Cells::from_numbers([Some(now), Some(before)]),
            sources: Vec::new(),
        }],
        ..Report::default()
    }
}

#[test]
fn the_flagship_is_no_clear_change_and_never_worse() {
    let report = nba_report::report();
    let judged = judge(&report);
    assert_eq!(judged.outcome, Outcome::NoClearChange);
    let Evidence::McNemar { pairs, p, interval } = judged.evidence else {
        panic!("the predictions are paired");
    };
    let expected = PairedCounts {
        both_right: 85,
        lost: 8,
        won: 2,
        both_wrong: 81,
    };
    assert_eq!((pairs, p), (expected, 0.109375));
    let (low, high) = interval.unwrap();
    assert_eq!(
        (format!("{low:.3}"), format!("{high:.3}")),
        ("-0.077".into(), "0.001".into())
    );
    let metric = &report.columns[judged.metric.unwrap()];
    assert_eq!(metric.id.key(), "test_accuracy");
    assert!(!judged.metric_is_chosen);
    assert_eq!(judged.not_comparable, []);
    let script = Caution::Dependency {
        path: "src/04-evaluate_model.py".into(),
    };
    assert_eq!(judged.cautions, [script]);
}

#[test]
fn percentages_have_intervals_of_percentages() {
    for name in ["test_accuracy", "test_recall"] {
        let mut report = nba_report::report();
        let column = report.find_column(name).unwrap();
        let judged = |report: &Report| verdict(report, CURRENT, Some(BASELINE), Some(column));
        let shares = judged(&report);
        for revision in 0..report.revisions.len() {
            if let Some(value) = report.columns[column].cells.number(revision) {
                let cell = Cell::Number(100.0 * value);
                report.columns[column].cells.set(revision, cell);
            }
        }
        let percentages = judged(&report);
        assert_eq!(percentages.p(), shares.p(), "{name}");
        assert_eq!(percentages.outcome, shares.outcome, "{name}");
        let expected = shares.evidence.interval().unwrap();
        let (low, high) = percentages.evidence.interval().unwrap();
        assert!((low - 100.0 * expected.0).abs() < 1e-9, "{name}: {low}");
        assert!((high - 100.0 * expected.1).abs() < 1e-9, "{name}: {high}");
        // What one side leaves out is counted, in the same units.
        report.columns[column].cells.set(CURRENT, Cell::Missing);
        let counted = judged(&report).current_value.unwrap();
        let stated = percentages.current_value.unwrap();
        assert!((counted - stated).abs() < 1e-9, "{name}: {counted}");
    }
}

#[test]
fn evidence_decides_both_ways() {
    let mut report = nba_report::report();
    // Answers of the baseline made wrong until chance can't explain the rest.
    let labels = report.predictions[BASELINE].predictions.clone();
    for (sample, actual) in labels.actual.iter().enumerate().take(60) {
        report.predictions[BASELINE].predictions.predicted[sample] = (actual + 1) % 5;
    }
    for revision in [CURRENT, BASELINE] {
        report.columns[3].cells.set(revision, Cell::Missing);
    }
    assert_eq!(judge(&report).outcome, Outcome::Improved);
    let swapped = verdict(&report, BASELINE, Some(CURRENT), None);
    assert_eq!(swapped.outcome, Outcome::Worse);
    assert_eq!(swapped.metric, None, "counted, as no metric states it");
}

#[test]
fn another_metric_is_judged_in_the_same_way() {
    let mut report = nba_report::report();
    let recall = report.find_column("test_recall");
    let judged = verdict(&report, CURRENT, Some(BASELINE), recall);
    assert_eq!(judged.outcome, Outcome::NoClearChange);
    assert!(judged.metric_is_chosen);
    let Evidence::Permutation {
        n,
        n_differing,
        draws,
        p,
        interval,
        ..
    } = judged.evidence
    else {
        panic!("it is the macro recall of the predictions");
    };
    assert_eq!((n, n_differing, draws), (176, 16, None));
    assert!((p - 0.1).abs() < 0.1, "{p}");
    assert!(interval.is_some());
    assert_eq!(
        is_better(judged.change().unwrap(), judged.direction),
        Some(false)
    );
    // The page takes what was computed with the report.
    report.verdict = Some(judge(&report));
    let shown = of_report(&report, recall).unwrap();
    assert_eq!(shown.evidence, judged.evidence);
    assert_eq!(shown.outcome, judged.outcome);
    let back = of_report(&report, None).unwrap();
    assert_eq!(Some(back), report.verdict);
}

#[test]
fn scalars_alone_leave_chance_open() {
    let report = scalars("rmse", 3.9, 4.1);
    let judged = verdict(&report, 0, Some(1), None);
    assert_eq!(judged.outcome, Outcome::Unknown);
    assert_eq!(judged.direction, Direction::LowerIsBetter);
    assert_eq!(
        is_better(judged.change().unwrap(), judged.direction),
        Some(true)
    );
    let same = verdict(&scalars("rmse", 4.1, 4.1), 0, Some(1), None);
    assert_eq!(
        same.outcome,
        Outcome::Unknown,
        "equal numbers are no evidence"
    );
    let unknown = verdict(&scalars("alpha", 3.9, 4.1), 0, Some(1), None);
    assert_eq!(
        is_better(unknown.change().unwrap(), unknown.direction),
        None
    );
    assert_eq!(unknown.cautions, [Caution::UnknownDirection]);
}

/// Three revisions and more without a metric: right answers, counted from predictions of 200.
fn counted(right: &[usize]) -> Report {
    let revision = |(idx, right): (usize, &usize)| PredictionsRecord {
        revision: idx,
        split: None,
        artifact: format!("{idx}.csv"),
        predictions: Predictions {
            labels: vec!["a".to_owned(), "b".to_owned()],
            actual: vec![0; 200],
            predicted: (0..200).map(|it| u32::from(it >= *right)).collect(),
            rows: Vec::new(),
        },
    };
    Report {
        revisions: vec![Revision::new(RevisionKind::Experiment); right.len()],
        predictions: right.iter().enumerate().map(revision).collect(),
        ..Report::default()
    }
}

#[test]
fn the_best_of_several_is_told_by_predictions_alone() {
    // Baseline, the change, three other experiments; the last is the change itself once more.
    let report = counted(&[100, 106, 105, 104, 103, 106]);
    let judged = verdict(&report, 1, Some(0), None);
    assert_eq!(judged.metric, None);
    let selection = judged.selection.clone().unwrap();
    assert_eq!((selection.n_tried, selection.n_judged), (4, 4));
    // 6 lost, none won: 2 / 2^6, four times.
    assert_eq!(judged.evidence.p(), Some(0.03125));
    assert_eq!(selection.p, Some(0.125));
    assert_eq!(judged.outcome, Outcome::NoClearChange);
    let beaten = verdict(&report, 2, Some(0), None);
    assert_eq!(beaten.selection, None, "another one is better");
    let alone = verdict(&counted(&[100, 106]), 1, Some(0), None);
    assert_eq!((alone.selection, alone.outcome), (None, Outcome::Improved));
}

#[test]
fn many_experiments_are_corrected_for_without_a_test_of_each() {
    let judge_with = |n_others: usize| {
        let mut report = nba_report::report();
        report
            .predictions
            .retain(|it| [CURRENT, BASELINE].contains(&it.revision));
        let before = records::of_revision(&report.predictions, BASELINE).cloned();
        for _ in 0..n_others {
            let revision = report.revisions.len();
            report
                .revisions
                .push(Revision::new(RevisionKind::Experiment));
            for column in &mut report.columns {
                column.cells.set(revision, Cell::Number(0.1));
            }
            let record = before
                .clone()
                .map(|it| PredictionsRecord { revision, ..it });
            report.predictions.extend(record);
        }
        // The experiments of the case are better, and have no say here.
        for column in &mut report.columns {
            (1..BASELINE).for_each(|row| column.cells.set(row, Cell::Missing));
        }
        let others = judge(&report).others.into_iter();
        others
            .filter(|it| matches!(it.evidence, Evidence::Permutation { .. }))
            .filter_map(|it| Some((it.evidence.p()?, it.selection?)))
            .collect::<Vec<_>>()
    };
    for n_others in [3, 50, 51, 200] {
        let found = judge_with(n_others);
        assert!(!found.is_empty());
        for (p, selection) in found {
            let n = n_others as u32 + 1;
            assert_eq!((selection.n_tried, selection.n_judged), (n, n));
            assert_eq!(selection.p, Some((p * f64::from(n)).min(1.0)));
        }
    }
}

#[test]
fn what_is_missing_is_said() {
    let mut report = scalars("acc", 0.9, 0.8);
    let alone = verdict(&report, 0, None, None);
    assert_eq!(
        (alone.outcome, alone.cautions),
        (Outcome::Unknown, vec![Caution::NoBaseline])
    );
    assert_eq!(alone.current_value, Some(0.9));
    let itself = verdict(&report, 0, Some(0), None);
    assert_eq!(itself.baseline, None);
    report.revisions[0].state = State::Failed("out of memory".into());
    let failed = verdict(&report, 0, Some(1), None);
    assert_eq!(
        (failed.outcome, failed.current_value),
        (Outcome::Unknown, None)
    );
    assert_eq!(failed.cautions, [Caution::CurrentHasNoResults]);
    let swapped = verdict(&report, 1, Some(0), None);
    assert_eq!(swapped.cautions, [Caution::BaselineHasNoResults]);
    assert_eq!(
        (swapped.current_value, swapped.baseline_value),
        (Some(0.8), None)
    );
    let nothing = verdict(&Report::default(), 0, None, None);
    assert_eq!((nothing.outcome, nothing.metric), (Outcome::Unknown, None));
}

#[test]
fn other_samples_and_other_data_are_not_comparable() {
    let report = nba_report::report();
    let refused = |change: &dyn Fn(&mut Report)| {
        let mut changed = report.clone();
        change(&mut changed);
        let judged = judge(&changed);
        assert_eq!(
            judged.outcome,
            Outcome::NotComparable,
            "{:?}",
            judged.not_comparable
        );
        assert_eq!(judged.evidence, Evidence::None);
        judged.not_comparable
    };
    let shorter = refused(&|report| {
        let predictions = &mut report.predictions[BASELINE].predictions;
        predictions.actual.pop();
        predictions.predicted.pop();
    });
    let size = NotComparable::SampleSize {
        baseline: 175,
        current: 176,
    };
    assert_eq!(shorter, [size]);
    let shuffled = refused(&|report| report.predictions[BASELINE].predictions.actual.swap(0, 2));
    assert_eq!(shuffled, [NotComparable::Samples { n_differing: 2 }]);
    let renamed = refused(&|report| {
        report.predictions[BASELINE].predictions.labels[0] = "Centre".into();
    });
    let classes = NotComparable::Classes {
        only_baseline: vec!["Centre".into()],
        only_current: vec!["C".into()],
    };
    assert_eq!(
        renamed,
        [classes, NotComparable::Samples { n_differing: 28 }]
    );
    let data = refused(&|report| {
        report.columns[5]
            .cells
            .set(BASELINE, Cell::Text(TextKind::Hash, "other"));
    });
    let path = "assets/data".to_owned();
    assert_eq!(data, [NotComparable::Data { path }]);
    let split = refused(&|report| {
        report.predictions[BASELINE].split = Some("val".into());
        report.predictions[CURRENT].split = Some("test".into());
    });
    let split_differs = NotComparable::Split {
        baseline: Some("val".into()),
        current: Some("test".into()),
    };
    assert_eq!(split, [split_differs]);
}

#[test]
fn the_digest_follows_what_is_said() {
    use crate::analysis::digest::digest;
    let report = nba_report::report();
    let judged = judge(&report);
    let told = digest(&report, &judged);
    assert_eq!((told.len(), &told), (8, &digest(&report, &judged.clone())));
    let mut other = judged.clone();
    other.current_value = judged.current_value.map(|it| it + 1e-12);
    assert_eq!(digest(&report, &other), told, "the last bits don't count");
    other.current_value = judged.current_value.map(|it| it + 1e-4);
    assert_ne!(digest(&report, &other), told);
}
