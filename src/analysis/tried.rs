//! What was tried: the parameter that varies most, its values and what came of each.

use super::{primary, question::number_of, records, seeds, verdict};
use crate::model::{
    Cell, ColumnKind, Direction, MetricChange, Report, Revision, RevisionKind, State, Verdict,
};

/// What was tried, seen by one parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// Index of the parameter that varies most; `None` when none varies.
    pub param: Option<usize>,
    /// What came of each value, by ascending value (texts by first appearance).
    pub trials: Vec<Trial>,
    /// Whether values lie so far apart that a logarithmic axis tells more.
    pub is_log: bool,
    /// Parameters that have one and the same value in every revision.
    pub never_varied: Vec<usize>,
    /// Experiments with results of their own.
    pub experiments: Vec<Score>,
}

/// A value that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The parameter's value.
    pub value: TrialValue,
    /// What it is in the picture.
    pub role: Role,
    /// The revision that the score is of.
    pub score: Score,
}

/// A parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub enum TrialValue {
    /// A number.
    Number(f64),
    /// Anything else.
    Text(String),
}

/// Whose result a trial is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The baseline's.
    Baseline,
    /// The current revision's.
    Current,
    /// An experiment's.
    Experiment,
    /// Another commit's.
    Other,
}

/// A revision's result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Index of the revision.
    pub revision: usize,
    /// The value of the metric that decides.
    pub value: f64,
    /// How many samples are right, of how many, where the metric is that accuracy.
    pub right: Option<(u64, u64)>,
}

/// The answer to "did you try C = 60?".
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Revisions with that value, the best first; those without a score failed or wait.
    Tried(Vec<(usize, Option<Score>)>),
    /// No, and these values are the nearest below and above.
    Nearest(Option<f64>, Option<f64>),
    /// No; what was tried instead, where that is no matter of near and far.
    Others(Vec<TrialValue>),
    /// No run has all of these values; each of them alone may have been tried.
    NotTogether,
}

/// Looks at the parameters of all revisions.
pub fn tried(report: &Report, judged: &Verdict) -> Tried {
    let varied: Vec<(usize, usize)> = report
        .columns_of(ColumnKind::Param)
        .map(|(idx, _)| (idx, values_of(report, idx, &|_| true).len()))
        .collect();
    // The first of those with the most values among the results; runs that failed or wait have none.
    let with_results: Vec<(usize, usize)> = varied
        .iter()
        .map(|(idx, _)| (*idx, values_of(report, *idx, &Revision::is_ranked).len()))
        .collect();
    let is_varied = |it: &&(usize, usize)| it.1 > 1;
    let all = match with_results.iter().any(|it| it.1 > 1) {
        true => &with_results,
        false => &varied,
    };
    // A seed repeats a run; it is what was tried only where nothing else was.
    let is_seed = |idx: usize| {
        let column = report.columns.get(idx);
        column.is_some_and(|it| seeds::is_seed(it.id.leaf()))
    };
    let most = all.iter().filter(is_varied);
    let most =
        most.max_by_key(|(idx, n_values)| (!is_seed(*idx), *n_values, std::cmp::Reverse(*idx)));
    let param = most.map(|(idx, _)| *idx);
    let is_never = |(idx, n_values): &&(usize, usize)| {
        *n_values == 1 && !has_missing(report, *idx) && report.revisions.len() > 1
    };
    let trials = param.map_or_else(Vec::new, |param| trials(report, judged, param));
    let experiments = report.revisions.iter().enumerate();
    let experiments = experiments
        .filter(|(idx, it)| it.kind == RevisionKind::Experiment && Some(*idx) != judged.baseline);
    Tried {
        param,
        is_log: is_log(&trials),
        trials,
        never_varied: varied
            .iter()
            .filter(is_never)
            .map(|(idx, _)| *idx)
            .collect(),
        experiments: experiments
            .filter_map(|(idx, _)| score(report, judged, idx))
            .collect(),
    }
}

/// Whether runs with these values of parameters were tried, as a reader types them.
pub fn answer(report: &Report, judged: &Verdict, settings: &[(usize, String)]) -> Answer {
    let has = |revision: usize, (param, typed): &(usize, String)| {
        let typed = typed.trim();
        match cell(report, *param, revision) {
            Cell::Missing => false,
            Cell::Number(value) => number_of(typed).is_some_and(|it| is_same(value, it)),
            Cell::Text(_, text) => text.eq_ignore_ascii_case(typed),
        }
    };
    let mut found: Vec<(usize, Option<Score>)> = (0..report.revisions.len())
        .filter(|revision| settings.iter().all(|it| has(*revision, it)))
        .map(|revision| (revision, score(report, judged, revision)))
        .collect();
    if !found.is_empty() {
        let rank = |it: &(usize, Option<Score>)| it.1.map(|score| score.value);
        found.sort_by(|a, b| match (rank(a), rank(b)) {
            (Some(a), Some(b)) => better_first(a, b, judged.direction),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        return Answer::Tried(found);
    }
    let [(param, typed)] = settings else {
        return Answer::NotTogether;
    };
    let tried = || values_of(report, *param, &|_| true);
    let Some(number) = number_of(typed.trim()) else {
        return Answer::Others(tried());
    };
    let (mut below, mut above) = (None::<f64>, None::<f64>);
    for value in tried() {
        let TrialValue::Number(value) = value else {
            continue;
        };
        if value < number {
            below = Some(below.map_or(value, |it| it.max(value)));
        } else {
            above = Some(above.map_or(value, |it| it.min(value)));
        }
    }
    match (below, above) {
        (None, None) => Answer::Others(tried()),
        (below, above) => Answer::Nearest(below, above),
    }
}

/// Whether the baseline has a result but not this parameter: it may have had any value.
pub fn is_baseline_unknown(report: &Report, judged: &Verdict, param: usize) -> bool {
    let is_unknown =
        |it: usize| cell(report, param, it).is_missing() && score(report, judged, it).is_some();
    judged.baseline.is_some_and(is_unknown)
}

/// A revision's result, where it has one of its own.
pub fn score(report: &Report, judged: &Verdict, revision: usize) -> Option<Score> {
    let is_ranked = report.revisions.get(revision)?.state == State::Ok;
    let is_accuracy = verdict::is_share_of_right(report, judged);
    let right = records::right_of(report, revision).filter(|(_, total)| is_accuracy && *total > 0);
    let counted = right.map(|(right, total)| right as f64 / total as f64);
    let stated = judged.metric;
    let stated = stated.and_then(|column| primary::value_of(report, column, revision));
    let value = stated.or(counted).filter(|_| is_ranked)?;
    Some(Score {
        revision,
        value,
        right,
    })
}

/// The best of some results: the first among equals; `None` where the direction is unknown.
pub fn best(scores: &[Score], direction: Direction) -> Option<Score> {
    if direction == Direction::Unknown {
        return None;
    }
    let mut best: Option<Score> = None;
    for score in scores {
        let is_better = best.is_none_or(|best| {
            let change = MetricChange {
                baseline: best.value,
                current: score.value,
            };
            verdict::is_better(change, direction) == Some(true)
        });
        if is_better {
            best = Some(*score);
        }
    }
    best
}

/// One trial for the baseline and the current revision, and one for the best of all others with a
/// value, unless the first two say the same.
fn trials(report: &Report, judged: &Verdict, param: usize) -> Vec<Trial> {
    let mut trials: Vec<Trial> = Vec::new();
    for value in values_of(report, param, &|_| true) {
        let has_it = |revision: usize| value_at(report, param, revision).as_ref() == Some(&value);
        let own = |revision: Option<usize>| {
            let revision = revision.filter(|it| has_it(*it))?;
            score(report, judged, revision)
        };
        let mut at_value: Vec<(Role, Score)> = Vec::new();
        at_value.extend(own(judged.baseline).map(|it| (Role::Baseline, it)));
        at_value.extend(own(Some(judged.current)).map(|it| (Role::Current, it)));
        let is_other = |it: &usize| Some(*it) != judged.baseline && *it != judged.current;
        for kind in [Role::Experiment, Role::Other] {
            let others = (0..report.revisions.len()).filter(|it| has_it(*it) && is_other(it));
            let others = others.filter(|it| role(report, *it) == kind);
            let scores: Vec<Score> = others.filter_map(|it| score(report, judged, it)).collect();
            let first = best(&scores, judged.direction).or(scores.first().copied());
            let is_new = |it: &Score| at_value.iter().all(|(_, known)| known.value != it.value);
            if let Some(found) = first.filter(is_new) {
                at_value.push((kind, found));
            }
        }
        trials.extend(at_value.into_iter().map(|(role, score)| Trial {
            value: value.clone(),
            role,
            score,
        }));
    }
    trials
}

fn role(report: &Report, revision: usize) -> Role {
    match report.revisions.get(revision).map(|it| it.kind) {
        Some(RevisionKind::Experiment) => Role::Experiment,
        _ => Role::Other,
    }
}

/// The distinct values of a parameter in the runs that count: numbers ascending, then texts as they
/// come.
fn values_of(report: &Report, param: usize, counts: &dyn Fn(&Revision) -> bool) -> Vec<TrialValue> {
    let mut numbers: Vec<f64> = Vec::new();
    let mut has_text = Vec::new();
    let Some(column) = report.columns.get(param) else {
        return Vec::new();
    };
    for (revision, _) in report
        .revisions
        .iter()
        .enumerate()
        .filter(|it| counts(it.1))
    {
        if let Some((code, _, _)) = column.cells.text(revision) {
            let code = code as usize;
            has_text.resize(has_text.len().max(code + 1), false);
            if let Some(has_it) = has_text.get_mut(code) {
                *has_it = true;
            }
        } else {
            numbers.extend(column.cells.number(revision));
        }
    }
    numbers.sort_unstable_by(f64::total_cmp);
    numbers.dedup_by(|a, b| is_same(*a, *b));
    let texts = column.cells.dictionary().iter().zip(has_text);
    let texts = texts.filter(|(_, has_it)| *has_it);
    let texts = texts.map(|((_, text), _)| TrialValue::Text(text.to_string()));
    numbers
        .into_iter()
        .map(TrialValue::Number)
        .chain(texts)
        .collect()
}

fn value_at(report: &Report, param: usize, revision: usize) -> Option<TrialValue> {
    match cell(report, param, revision) {
        Cell::Missing => None,
        Cell::Number(value) => Some(TrialValue::Number(value)),
        Cell::Text(_, text) => Some(TrialValue::Text(text.to_owned())),
    }
}

fn cell(report: &Report, column: usize, revision: usize) -> Cell<'_> {
    let column = report.columns.get(column);
    column.map_or(Cell::Missing, |it| it.cells.get(revision))
}

fn has_missing(report: &Report, column: usize) -> bool {
    let revisions = report.revisions.iter().enumerate();
    let ranked = revisions.filter(|(_, it)| it.state == State::Ok);
    ranked
        .into_iter()
        .any(|(idx, _)| cell(report, column, idx).is_missing())
}

/// Equal, or as equal as a typed number can be.
pub(super) fn is_same(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 1e-12 * a.abs().max(b.abs()) || (a.is_nan() && b.is_nan())
}

/// Sorts values, the better first; any order where nobody knows which way is better.
pub fn better_first(a: f64, b: f64, direction: Direction) -> std::cmp::Ordering {
    match direction {
        Direction::HigherIsBetter => b.total_cmp(&a),
        Direction::LowerIsBetter => a.total_cmp(&b),
        Direction::Unknown => std::cmp::Ordering::Equal,
    }
}

/// Positive numbers only, the largest 20 times the smallest or more.
fn is_log(trials: &[Trial]) -> bool {
    let numbers: Option<Vec<f64>> = trials
        .iter()
        .map(|trial| match trial.value {
            TrialValue::Number(value) if value > 0.0 && value.is_finite() => Some(value),
            _ => None,
        })
        .collect();
    let Some(numbers) = numbers else {
        return false;
    };
    let largest = numbers.iter().copied().fold(0.0, f64::max);
    let smallest = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    largest >= 20.0 * smallest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::nba_report::{self, BASELINE, CURRENT},
        model::Cells,
    };

    fn nba() -> (Report, Verdict) {
        let report = nba_report::report();
        let judged = verdict::verdict(&report, CURRENT, Some(BASELINE), None);
        (report, judged)
    }

    #[test]
    fn the_parameter_that_varies_most_is_shown_by_value() {
        let (report, judged) = nba();
        let tried = tried(&report, &judged);
        let name = |column: usize| report.columns[column].id.key();
        assert_eq!(tried.param.map(name).as_deref(), Some("train.C"));
        assert!(tried.is_log);
        let told: Vec<_> = tried
            .trials
            .iter()
            .map(|it| (it.value.clone(), it.role, it.score.right.unwrap().0))
            .collect();
        let at = TrialValue::Number;
        assert_eq!(
            told,
            [
                (at(5.0), Role::Experiment, 92),
                (at(10.0), Role::Baseline, 93),
                (at(30.0), Role::Experiment, 90),
                (at(60.0), Role::Experiment, 89),
                (at(120.0), Role::Current, 87),
            ]
        );
        let never: Vec<_> = tried.never_varied.iter().map(|it| name(*it)).collect();
        assert_eq!(never, ["features.remove", "train.max_iter"]);
        assert_eq!(tried.experiments.len(), 4);
        let best = best(&tried.experiments, judged.direction).unwrap();
        assert_eq!(report.revisions[best.revision].label(), "bovid-rime");
    }

    #[test]
    fn what_only_failed_or_waiting_runs_have_is_not_what_was_tried() {
        let (mut report, judged) = nba();
        let param = report.find_column("train.C").unwrap();
        let n = report.revisions.len();
        let failed = (0..8).map(|idx| {
            let mut run = Revision::new(RevisionKind::Experiment);
            run.state = State::Failed(String::new());
            run.name = Some(format!("dead-{idx}"));
            run
        });
        report.revisions.extend(failed);
        for column in &mut report.columns {
            column.cells.grow(report.revisions.len());
        }
        let mut other = report.columns[param].clone();
        other.id.path = vec!["train".to_owned(), "rate".to_owned()];
        let rates = (0..n + 8).map(|idx| Some(if idx < n { 0.5 } else { idx as f64 }));
        other.cells = Cells::from_numbers(rates);
        report.columns.push(other);
        assert_eq!(tried(&report, &judged).param, Some(param));
    }

    #[test]
    fn a_baseline_that_says_nothing_may_have_had_any_value() {
        let (mut report, judged) = nba();
        let param = report.find_column("train.C").unwrap();
        assert!(!is_baseline_unknown(&report, &judged, param));
        let baseline = judged.baseline.unwrap();
        let cells = &report.columns[param].cells;
        let without =
            (0..report.revisions.len()).map(|it| cells.number(it).filter(|_| it != baseline));
        report.columns[param].cells = Cells::from_numbers(without.collect::<Vec<_>>());
        assert!(is_baseline_unknown(&report, &judged, param));
    }

    #[test]
    fn a_reader_may_ask_for_a_value() {
        let (mut report, judged) = nba();
        let param = report.find_column("train.C").unwrap();
        let ask =
            |report: &Report, typed: &str| answer(report, &judged, &[(param, typed.to_owned())]);
        let Answer::Tried(found) = ask(&report, " 60 ") else {
            panic!("60 was tried");
        };
        assert_eq!(report.revisions[found[0].0].label(), "bound-cart");
        assert_eq!(found[0].1.unwrap().right, Some((89, 176)));
        assert_eq!(ask(&report, "60,0"), Answer::Tried(found));
        assert_eq!(ask(&report, "45"), Answer::Nearest(Some(30.0), Some(60.0)));
        assert_eq!(ask(&report, "1e9"), Answer::Nearest(Some(120.0), None));
        let all = [5.0, 10.0, 30.0, 60.0, 120.0].map(TrialValue::Number);
        assert_eq!(ask(&report, "many"), Answer::Others(all.to_vec()));
        let bound_cart = report.find_revision("bound-cart").unwrap();
        report.revisions[bound_cart].state = State::Failed("out of memory".into());
        assert_eq!(ask(&report, "60"), Answer::Tried(vec![(bound_cart, None)]));
    }

    #[test]
    fn runs_have_to_match_all_that_is_asked_for() {
        let report = crate::analysis::testing::small();
        let judged = verdict::of_report(&report, None).unwrap();
        let ask = |of: &[(usize, &str)]| {
            let of: Vec<_> = of.iter().map(|it| (it.0, it.1.to_owned())).collect();
            answer(&report, &judged, &of)
        };
        let Answer::Tried(found) = ask(&[(0, "5"), (1, "saga")]) else {
            panic!("lush-coth has both");
        };
        assert_eq!(found.iter().map(|it| it.0).collect::<Vec<_>>(), [2]);
        assert_eq!(ask(&[(0, "5"), (1, "lbfgs")]), Answer::NotTogether);
        let texts = ["lbfgs", "saga", "v2"].map(|it| TrialValue::Text(it.to_owned()));
        assert_eq!(ask(&[(1, "lion")]), Answer::Others(texts.to_vec()));
    }
}
