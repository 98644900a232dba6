//! Everything that was tried: each parameter, its values, what came of each and when; and runs that
//! should agree and don't.

use super::{
    run_groups::workspace_twin,
    tried::{self, Score, TrialValue},
};
use crate::model::{Cell, ColumnKind, Report, Revision, RevisionKind, State, Verdict};

/// What was tried.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// Parameters with more than one value, in the report's order.
    pub params: Vec<ParamLedger>,
    /// Runs with the same parameters and dependencies whose results differ.
    pub duplicates: Vec<Vec<Score>>,
}

/// A parameter with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamLedger {
    /// Index of the column.
    pub column: usize,
    /// By ascending value, texts by first appearance.
    pub values: Vec<ValueLedger>,
}

/// What came of one value.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueLedger {
    /// The value.
    pub value: TrialValue,
    /// How many finished revisions have it.
    pub n_runs: usize,
    /// The best result; the first one where nobody knows which way is better.
    pub best: Option<Score>,
    /// The median result; of two in the middle, their mean.
    pub typical: Option<f64>,
    /// The finished revision that had it first: the earliest of those with a date, else the last
    /// listed; `None` where none is finished.
    pub first: Option<usize>,
    /// How far the others with it got, where none is finished.
    pub unfinished: Option<State>,
}

/// Collects what was tried.
pub fn ledger(report: &Report, judged: &Verdict) -> Ledger {
    let scores: Vec<Option<Score>> = (0..report.revisions.len())
        .map(|revision| tried::score(report, judged, revision))
        .collect();
    // What the workspace stands for is counted already.
    let all: Vec<usize> = (0..report.revisions.len()).collect();
    let again = workspace_twin(report, &all).map(|(workspace, _)| workspace);
    let params = report.columns_of(ColumnKind::Param);
    let params = params.filter_map(|(column, _)| {
        let values = values(report, judged, column, &scores, again);
        (values.len() > 1).then_some(ParamLedger { column, values })
    });
    Ledger {
        params: params.collect(),
        duplicates: differing(report, &scores),
    }
}

/// Groups of runs with the same parameters and dependencies whose results differ. Nothing of very
/// many runs, where nobody would read it.
pub fn duplicates(report: &Report, judged: &Verdict) -> Vec<Vec<Score>> {
    const MOST: usize = 5000;
    let n = report.revisions.len();
    let scores: Vec<Option<Score>> = (0..n)
        .filter(|_| n <= MOST)
        .map(|revision| tried::score(report, judged, revision))
        .collect();
    differing(report, &scores)
}

/// The commit that a revision is of: its own, or the one that an experiment started from.
pub fn commit_of(report: &Report, revision: usize) -> Option<&str> {
    let found = report.revisions.get(revision)?;
    match (found.kind, found.parent) {
        (RevisionKind::Experiment, Some(parent)) => report.revisions.get(parent)?.short_sha(),
        _ => found.short_sha(),
    }
}

fn values(
    report: &Report,
    judged: &Verdict,
    column: usize,
    scores: &[Option<Score>],
    // The workspace, where it is another's twin.
    again: Option<usize>,
) -> Vec<ValueLedger> {
    let groups = tried::groups(report, column, &|_| true).into_iter();
    let ledger = groups.map(|(value, revisions)| {
        let is_finished = |it: &&usize| {
            let is_ranked = report.revisions.get(**it).is_some_and(Revision::is_ranked);
            is_ranked && Some(**it) != again && !report.is_within_run(**it)
        };
        let finished = || revisions.iter().filter(is_finished).copied();
        let mut own: Vec<Score> = finished().filter_map(|it| *scores.get(it)?).collect();
        // Of equal ones the one that is counted: "87 of 176" is told like the other values.
        own.sort_by_key(|it| it.right.is_none());
        let state = |it: &usize| Some(report.revisions.get(*it)?.state.clone());
        let first = finished().min_by_key(|it| when(report, *it));
        ValueLedger {
            value,
            n_runs: finished().count(),
            best: tried::best(&own, judged.direction).or(own.first().copied()),
            typical: median(own.iter().map(|it| it.value).collect()),
            unfinished: match first {
                Some(_) => None,
                None => revisions.iter().filter_map(state).min_by_key(tried::hope),
            },
            first,
        }
    });
    ledger.collect()
}

/// When a revision was made, the undated last, and of those the last listed first: tables have the
/// newest on top.
fn when(report: &Report, revision: usize) -> (bool, &str, usize) {
    let created = report.revisions.get(revision);
    let created = created.and_then(|it| it.created.as_deref());
    (
        created.is_none(),
        created.unwrap_or_default(),
        report.revisions.len() - revision,
    )
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    let high = *values.get(middle)?;
    match values.len() % 2 {
        1 => Some(high),
        _ => Some((values.get(middle - 1)? + high) / 2.0),
    }
}

/// Groups of runs that have all parameters and all dependencies in common, and not the result.
/// What is not known to be the same is not called so: a run without parameters is in no group.
fn differing(report: &Report, scores: &[Option<Score>]) -> Vec<Vec<Score>> {
    // What an earlier stage made follows from the rest, and differs where the result does.
    let is_made = |file: &str| {
        let mut outputs = report.columns_of(ColumnKind::Output);
        outputs.any(|(_, output)| output.id.file == file)
    };
    let inputs = report.columns.iter().filter(|it| match it.kind {
        ColumnKind::Param => true,
        ColumnKind::Dependency => !is_made(&it.id.file),
        ColumnKind::Metric | ColumnKind::Output => false,
    });
    let inputs: Vec<_> = inputs.map(|it| (it.kind, &it.cells)).collect();
    let mut runs: Vec<(String, Score)> = Vec::new();
    for score in scores.iter().flatten() {
        let mut key = String::new();
        let mut has_param = false;
        for (kind, cells) in &inputs {
            match cells.get(score.revision) {
                Cell::Missing => {}
                Cell::Number(number) => key.push_str(&number.to_string()),
                Cell::Text(_, text) => key.push_str(text),
            }
            has_param |= *kind == ColumnKind::Param && !cells.get(score.revision).is_missing();
            key.push('\0');
        }
        if has_param {
            runs.push((key, *score));
        }
    }
    runs.sort_by(|a, b| a.0.cmp(&b.0));
    let groups = runs.chunk_by(|a, b| a.0 == b.0);
    let differ = groups.filter(|group| {
        let mut values = group.iter().map(|it| it.1.value);
        let first = values.next();
        values.any(|it| first.is_some_and(|first| !tried::is_same(first, it)))
    });
    differ
        .map(|group| group.iter().map(|it| it.1).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{
        nba_report::{self, BASELINE, CURRENT},
        verdict::verdict,
    };

    #[test]
    fn each_value_has_its_best_its_typical_and_its_first_run() {
        let mut report = nba_report::report();
        report.revisions[1].created = Some("2022-05-02T10:00:00".to_owned());
        report.revisions[4].created = Some("2022-05-01T10:00:00".to_owned());
        report.revisions[3].state = State::Failed(String::new());
        report.revisions[4].parent = Some(BASELINE);
        report.revisions[BASELINE].sha = Some("af16b5f0".to_owned());
        let judged = verdict(&report, CURRENT, Some(BASELINE), None);
        let ledger = ledger(&report, &judged);
        let name = |column: usize| report.columns[column].id.key();
        let names: Vec<_> = ledger.params.iter().map(|it| name(it.column)).collect();
        assert_eq!(names, ["train.C"]);
        let told = ledger.params[0].values.iter().map(|it| {
            let TrialValue::Number(value) = it.value else {
                panic!("C is a number");
            };
            let best = it.best.and_then(|best| best.right).map(|it| it.0);
            (value, it.n_runs, best, it.first)
        });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                (5.0, 1, Some(92), Some(1)),
                (10.0, 1, Some(93), Some(BASELINE)),
                (30.0, 1, Some(90), Some(2)),
                (60.0, 0, None, None),
                (120.0, 2, Some(87), Some(4)),
            ]
        );
        let unfinished = ledger.params[0].values[3].unfinished.clone();
        assert_eq!(unfinished, Some(State::Failed(String::new())));
        assert_eq!(ledger.params[0].values[4].typical, Some(87.0 / 176.0));
        assert_eq!(commit_of(&report, 4), Some("af16b5f"));
        // The tip and its experiment agree.
        assert_eq!(ledger.duplicates, Vec::<Vec<Score>>::new());
        // Of two that are equal, the one that is counted.
        report.predictions.retain(|it| it.revision != CURRENT);
        let best = super::ledger(&report, &judged).params[0].values[4].best;
        assert_eq!(best.and_then(|it| it.right), Some((87, 176)));
    }

    #[test]
    fn a_run_is_counted_once_by_its_tip() {
        use crate::analysis::testing::{Of::N, column, revision};
        let mut first = revision("", Some(0), State::Ok);
        first.name = None;
        let mut middle = first.clone();
        middle.parent = Some(4);
        let mut report = Report {
            revisions: vec![
                revision("main", None, State::Ok),
                Revision::new(RevisionKind::Workspace),
                revision("exp-1", Some(3), State::Ok),
                middle,
                first,
                revision("exp-2", Some(0), State::Ok),
            ],
            ..Report::default()
        };
        for (file, kind, cells) in [
            (
                "params.yaml",
                ColumnKind::Param,
                [1.0, 3.0, 3.0, 3.0, 3.0, 2.0],
            ),
            ("m.json", ColumnKind::Metric, [0.5, 0.9, 0.9, 0.7, 0.6, 0.4]),
        ] {
            let cells = cells.map(N);
            report.columns.push(column(file, "lr", kind, &cells));
        }
        let within = [0, 1, 2, 3, 4, 5].map(|it| report.is_within_run(it));
        assert_eq!(within, [false, false, false, true, true, false]);
        let judged = verdict(&report, 1, Some(0), Some(1));
        let ledger = ledger(&report, &judged);
        let n_runs = ledger.params[0].values.iter().map(|it| it.n_runs);
        assert_eq!(n_runs.collect::<Vec<_>>(), [1, 1, 1]);
        assert_eq!(ledger.duplicates, Vec::<Vec<Score>>::new());
        let experiments = tried::tried(&report, &judged).experiments;
        assert_eq!(experiments.len(), 2);
    }

    #[test]
    fn the_same_parameters_should_give_the_same_result() {
        let mut report = nba_report::report();
        let accuracy = report.find_column("test_accuracy").unwrap();
        report.predictions.clear();
        let param = report.find_column("train.C").unwrap();
        // Runs 1 and 2 become C = 5, with the results that they have.
        let values = (0..report.revisions.len()).map(|it| match it {
            2 => Some(5.0),
            it => report.columns[param].cells.number(it),
        });
        report.columns[param].cells = crate::model::Cells::from_numbers(values);
        let judged = verdict(&report, CURRENT, Some(BASELINE), Some(accuracy));
        let ledger = ledger(&report, &judged);
        let runs = ledger.duplicates.iter();
        let runs: Vec<Vec<usize>> = runs
            .map(|group| group.iter().map(|it| it.revision).collect())
            .collect();
        assert_eq!(runs, [[1, 2]]);
        let typical = ledger.params[0].values[0].typical.unwrap();
        let mean = (0.5227272727272727 + 0.5113636363636364) / 2.0;
        assert!((typical - mean).abs() < 1e-12);
    }
}
