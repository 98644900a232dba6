//! What was tried: the parameter that varies most, its values and what came of each.

use super::{
    filter::Comparison,
    primary,
    question::{is_typed, number_of},
    records, seeds, verdict,
};
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

/// What is asked of a parameter: `C = 60`, `epochs > 7`.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Index of the parameter.
    pub param: usize,
    /// How its value compares with the one that was typed.
    pub how: Comparison,
    /// The value, as it was typed.
    pub value: String,
}

/// The answer to "did you try C = 60?".
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Finished revisions with that value, the best first; those without a score lack the metric.
    Tried(Vec<(usize, Option<Score>)>),
    /// Only a revision that waits, runs or failed has it; what came of others.
    Unfinished(usize, Box<Answer>),
    /// No, and these values are the nearest below and above.
    Nearest(Option<f64>, Option<f64>),
    /// No; what was tried instead, where that is no matter of near and far.
    Others(Vec<TrialValue>),
    /// No run has all of these values; each of them alone may have been tried.
    NotTogether,
}

/// Looks at the parameters of all revisions.
pub fn tried(report: &Report, judged: &Verdict) -> Tried {
    let param = varied(report);
    let is_never = |param: &usize| {
        report.revisions.len() > 1
            && n_values(report, *param, &|_| true) == 1
            && !has_missing(report, *param)
    };
    let params = report.columns_of(ColumnKind::Param).map(|(idx, _)| idx);
    let trials = param.map_or_else(Vec::new, |param| trials(report, judged, param));
    let experiments = report.revisions.iter().enumerate();
    let experiments = experiments
        .filter(|(idx, it)| it.kind == RevisionKind::Experiment && Some(*idx) != judged.baseline);
    Tried {
        param,
        is_log: is_log(&trials),
        trials,
        never_varied: params.filter(is_never).collect(),
        experiments: experiments
            .filter_map(|(idx, _)| score(report, judged, idx))
            .collect(),
    }
}

/// More different texts than these are hardly what was tried.
const MOST_NAMES: usize = 8;

/// Whether runs differ in no parameter but this one, and seeds.
pub fn varies_alone(report: &Report, param: usize, runs: &[usize]) -> bool {
    let Some((first, rest)) = runs.split_first() else {
        return true;
    };
    let mut params = report.columns_of(ColumnKind::Param);
    params.all(|(idx, it)| {
        let is_same = |run: &usize| it.cells.get(*run).same_as(it.cells.get(*first));
        idx == param || seeds::is_seed(it.id.leaf()) || rest.iter().all(is_same)
    })
}

/// The parameter that varies most: the first of those with the most values among the results, as
/// runs that failed or wait have none. `None` when none varies.
pub fn varied(report: &Report) -> Option<usize> {
    let counted = |counts: &dyn Fn(&Revision) -> bool| {
        let params = report.columns_of(ColumnKind::Param);
        let all = params.map(|(idx, _)| (idx, n_values(report, idx, counts)));
        // A seed repeats a run; it is what was tried only where nothing else was.
        let is_seed = |idx: usize| {
            let column = report.columns.get(idx);
            column.is_some_and(|it| seeds::is_seed(it.id.leaf()))
        };
        // Names of everything, such as versions, say less than numbers that were tried.
        let is_listable = |idx: usize, n_values: usize| {
            let column = report.columns.get(idx);
            n_values <= MOST_NAMES || column.is_some_and(|it| !it.cells.has_texts())
        };
        let most = all.filter(|it| it.1 > 1);
        let most = most.max_by_key(|(idx, n_values)| {
            let is_told = is_listable(*idx, *n_values);
            (!is_seed(*idx), is_told, *n_values, std::cmp::Reverse(*idx))
        });
        most.map(|(idx, _)| idx)
    };
    counted(&Revision::is_ranked).or_else(|| counted(&|_| true))
}

/// The parameters in which this change and the baseline differ, seeds last. One that only one side
/// has counts where the other states parameters of the same file.
pub fn set_apart(report: &Report, judged: &Verdict) -> Vec<usize> {
    let Some(baseline) = judged.baseline else {
        return Vec::new();
    };
    let states = |revision: usize, file: &str| {
        let mut params = report.columns_of(ColumnKind::Param);
        params.any(|(idx, it)| it.id.file == file && !cell(report, idx, revision).is_missing())
    };
    let is_apart = |param: usize, file: &str| {
        let (before, now) = (baseline, judged.current);
        match (cell(report, param, before), cell(report, param, now)) {
            (Cell::Missing, Cell::Missing) => false,
            (Cell::Missing, _) => states(before, file),
            (_, Cell::Missing) => states(now, file),
            (Cell::Number(before), Cell::Number(now)) => !is_same(before, now),
            (Cell::Text(_, before), Cell::Text(_, now)) => before != now,
            _ => true,
        }
    };
    let params = report.columns_of(ColumnKind::Param);
    let apart = params.filter(|(idx, it)| is_apart(*idx, &it.id.file));
    let (seeds, mut apart): (Vec<_>, Vec<_>) =
        apart.partition(|(_, it)| seeds::is_seed(it.id.leaf()));
    apart.extend(seeds);
    apart.into_iter().map(|(idx, _)| idx).collect()
}

/// The parameter that tells this change and the baseline apart in one word: the one that varies
/// most, else the first that differs. `None` where none does.
pub fn telling(report: &Report, judged: &Verdict) -> Option<usize> {
    let apart = set_apart(report, judged);
    let varied = varied(report);
    // A side that states no such value may have any.
    let is_unstated = |param: usize| {
        let sides = [judged.baseline, Some(judged.current)];
        let mut sides = sides.into_iter().flatten();
        sides.any(|it| cell(report, param, it).is_missing())
    };
    varied
        .filter(|it| apart.contains(it) || (apart.is_empty() && is_unstated(*it)))
        .or(apart.first().copied())
}

/// Whether runs with these values of parameters were tried, as a reader types them. A run that has
/// no result yet, or never will, tried nothing.
pub fn answer(report: &Report, judged: &Verdict, settings: &[Setting]) -> Answer {
    let all = (0..report.revisions.len())
        .filter(|revision| settings.iter().all(|it| has(report, *revision, it)));
    let is_finished = |it: &usize| report.revisions.get(*it).is_some_and(Revision::is_ranked);
    let (finished, unfinished): (Vec<usize>, Vec<usize>) = all.partition(is_finished);
    if finished.is_empty() {
        let others = instead(report, settings);
        let rank = |it: &&usize| report.revisions.get(**it).map(|it| hope(&it.state));
        return match unfinished.iter().min_by_key(rank) {
            Some(first) => Answer::Unfinished(*first, Box::new(others)),
            None => others,
        };
    }
    let scored = finished.into_iter();
    let mut found: Vec<(usize, Option<Score>)> =
        scored.map(|it| (it, score(report, judged, it))).collect();
    let rank = |it: &(usize, Option<Score>)| it.1.map(|score| score.value);
    found.sort_by(|a, b| match (rank(a), rank(b)) {
        (Some(a), Some(b)) => better_first(a, b, judged.direction),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    Answer::Tried(found)
}

/// One that may still get a result says more than one that failed: the smaller, the sooner.
pub(super) fn hope(state: &State) -> u8 {
    match state {
        State::Ok => 0,
        State::Running => 1,
        State::Queued => 2,
        State::Failed(_) => 3,
    }
}

/// Whether a revision's parameter is what was typed.
fn has(report: &Report, revision: usize, asked: &Setting) -> bool {
    let typed = asked.value.trim();
    let (is_less, is_equal) = match cell(report, asked.param, revision) {
        Cell::Missing => return false,
        Cell::Number(value) => match number_of(typed) {
            Some(typed) => (value < typed, is_same(value, typed)),
            None => return asked.how == Comparison::NotEqual,
        },
        Cell::Text(_, text) => {
            let is_equal = is_typed(text, typed);
            return match asked.how {
                Comparison::NotEqual => !is_equal,
                Comparison::Equal => is_equal,
                _ => false,
            };
        }
    };
    match asked.how {
        Comparison::Greater => !is_less && !is_equal,
        Comparison::GreaterOrEqual => !is_less || is_equal,
        Comparison::Less => is_less && !is_equal,
        Comparison::LessOrEqual => is_less || is_equal,
        Comparison::NotEqual => !is_equal,
        _ => is_equal,
    }
}

/// What has results, where what was asked for has none.
fn instead(report: &Report, settings: &[Setting]) -> Answer {
    let [asked] = settings else {
        return Answer::NotTogether;
    };
    let tried = || {
        let groups = groups(report, asked.param, &Revision::is_ranked);
        groups.into_iter().map(|it| it.0)
    };
    let Some(number) = number_of(asked.value.trim()) else {
        return Answer::Others(tried().collect());
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
        (None, None) => Answer::Others(tried().collect()),
        (below, above) => Answer::Nearest(below, above),
    }
}

/// Whether the baseline has a result but not this parameter: it may have had any value.
pub fn is_baseline_unknown(report: &Report, judged: &Verdict, param: usize) -> bool {
    let is_unknown =
        |it: usize| cell(report, param, it).is_missing() && score(report, judged, it).is_some();
    judged.baseline.is_some_and(is_unknown)
}

/// A revision's result, where it has one of its own. One epoch of a run is no result beside that of
/// the run, unless it is what was judged.
pub fn score(report: &Report, judged: &Verdict, revision: usize) -> Option<Score> {
    let is_judged = revision == judged.current || Some(revision) == judged.baseline;
    let is_ranked = report.revisions.get(revision)?.state == State::Ok
        && (is_judged || !report.is_within_run(revision));
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
    for (value, revisions) in groups(report, param, &Revision::is_ranked) {
        let own = |revision: Option<usize>| {
            let revision = revision.filter(|it| revisions.contains(it))?;
            score(report, judged, revision)
        };
        let mut at_value: Vec<(Role, Score)> = Vec::new();
        at_value.extend(own(judged.baseline).map(|it| (Role::Baseline, it)));
        at_value.extend(own(Some(judged.current)).map(|it| (Role::Current, it)));
        let is_other = |it: &usize| Some(*it) != judged.baseline && *it != judged.current;
        for kind in [Role::Experiment, Role::Other] {
            let others = revisions.iter().copied().filter(is_other);
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

/// A place in the order of a parameter's values (whether it is a text, then its number or code),
/// and the revision.
type Placed = (bool, f64, usize);

/// The runs that count by a parameter's value, equal values beside each other: numbers ascending,
/// then texts as they come; of one value in the report's order.
fn placed(report: &Report, param: usize, counts: &dyn Fn(&Revision) -> bool) -> Vec<Placed> {
    let Some(column) = report.columns.get(param) else {
        return Vec::new();
    };
    let mut placed: Vec<Placed> = Vec::new();
    for (revision, it) in report.revisions.iter().enumerate() {
        if !counts(it) {
            continue;
        }
        match (column.cells.text(revision), column.cells.number(revision)) {
            (Some((code, ..)), _) => placed.push((true, f64::from(code), revision)),
            (None, Some(number)) => placed.push((false, number, revision)),
            (None, None) => {}
        }
    }
    placed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    placed
}

fn is_one_value(a: &Placed, b: &Placed) -> bool {
    a.0 == b.0 && is_same(a.1, b.1)
}

/// The distinct values of a parameter in the runs that count, each with its runs in the report's
/// order: numbers ascending, then texts as they come.
pub(super) fn groups(
    report: &Report,
    param: usize,
    counts: &dyn Fn(&Revision) -> bool,
) -> Vec<(TrialValue, Vec<usize>)> {
    let placed = placed(report, param, counts);
    let groups = placed.chunk_by(is_one_value).filter_map(|group| {
        let mut revisions: Vec<usize> = group.iter().map(|it| it.2).collect();
        let value = match cell(report, param, *revisions.first()?) {
            Cell::Missing => return None,
            Cell::Number(number) => TrialValue::Number(number),
            Cell::Text(_, text) => TrialValue::Text(text.to_owned()),
        };
        revisions.sort_unstable();
        Some((value, revisions))
    });
    groups.collect()
}

fn n_values(report: &Report, param: usize, counts: &dyn Fn(&Revision) -> bool) -> usize {
    placed(report, param, counts).chunk_by(is_one_value).count()
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

    fn is(param: usize, typed: &str) -> Setting {
        Setting {
            param,
            how: Comparison::Equal,
            value: typed.to_owned(),
        }
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
        let ask = |report: &Report, typed: &str| answer(report, &judged, &[is(param, typed)]);
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
        let near = || Box::new(Answer::Nearest(Some(30.0), Some(120.0)));
        for state in [State::Failed("out of memory".into()), State::Queued] {
            report.revisions[bound_cart].state = state;
            assert_eq!(ask(&report, "60"), Answer::Unfinished(bound_cart, near()));
        }
        // Nor is it among those that are offered.
        assert_eq!(ask(&report, "45"), *near());
        let others = [5.0, 10.0, 30.0, 120.0].map(TrialValue::Number);
        assert_eq!(ask(&report, "many"), Answer::Others(others.to_vec()));
    }

    #[test]
    fn what_tells_two_apart_may_be_what_one_of_them_lacks() {
        let (mut report, judged) = nba();
        let param = report.find_column("train.C").unwrap();
        assert_eq!(set_apart(&report, &judged), [param]);
        assert_eq!(telling(&report, &judged), Some(param));
        // The same C on both sides, and a parameter that this change alone has.
        let n = report.revisions.len();
        let mut other = report.columns[param].clone();
        other.id.path = vec!["train".to_owned(), "dropout".to_owned()];
        other.cells = Cells::from_numbers((0..n).map(|it| (it == CURRENT).then_some(0.25)));
        report.columns.push(other);
        let cells = &report.columns[param].cells;
        let values = (0..n).map(|it| match it {
            BASELINE => Some(120.0),
            it => cells.number(it),
        });
        report.columns[param].cells = Cells::from_numbers(values.collect::<Vec<_>>());
        let dropout = report.columns.len() - 1;
        assert_eq!(varied(&report), Some(param));
        assert_eq!(set_apart(&report, &judged), [dropout]);
        assert_eq!(telling(&report, &judged), Some(dropout));
        // A baseline that states no parameter lacks none.
        report.columns[dropout].id.file = "other.yaml".to_owned();
        assert_eq!(set_apart(&report, &judged), [0; 0]);
    }

    #[test]
    fn a_reader_may_ask_for_a_range() {
        let (report, judged) = nba();
        let param = report.find_column("train.C").unwrap();
        let ask = |how, value: &str| {
            let value = value.to_owned();
            answer(&report, &judged, &[Setting { param, how, value }])
        };
        let runs = |how, value: &str| match ask(how, value) {
            Answer::Tried(found) => found.into_iter().map(|it| it.1.unwrap().right).collect(),
            _ => Vec::new(),
        };
        let right = |of: &[u64]| of.iter().map(|it| Some((*it, 176))).collect::<Vec<_>>();
        assert_eq!(runs(Comparison::Greater, "60"), right(&[87, 87]));
        assert_eq!(runs(Comparison::GreaterOrEqual, "60"), right(&[89, 87, 87]));
        assert_eq!(runs(Comparison::Less, "10"), right(&[92]));
        assert_eq!(runs(Comparison::LessOrEqual, "10"), right(&[93, 92]));
        assert_eq!(runs(Comparison::NotEqual, "120"), right(&[93, 92, 90, 89]));
        let nearest = Answer::Nearest(None, Some(5.0));
        assert_eq!(ask(Comparison::Less, "5"), nearest);
        let nearest = Answer::Nearest(Some(120.0), None);
        assert_eq!(ask(Comparison::Greater, "200"), nearest);
    }

    #[test]
    fn a_name_for_each_run_is_not_what_was_tried() {
        let (mut report, _) = nba();
        let c = report.find_column("train.C").unwrap();
        let all: Vec<usize> = (0..report.revisions.len()).collect();
        assert!(varies_alone(&report, c, &all));
        let mut version = report.columns[c].clone();
        version.id.path = vec!["version".into()];
        version.cells = Cells::missing(all.len());
        for row in &all {
            let name = format!("v{row}");
            version
                .cells
                .set(*row, Cell::Text(crate::model::TextKind::Plain, &name));
        }
        report.columns.push(version);
        assert!(!varies_alone(&report, c, &all) && varies_alone(&report, c, &[2]));
        // As many as there are runs, but still few enough to be listed.
        assert!(all.len() <= MOST_NAMES);
        assert_eq!(varied(&report), Some(report.columns.len() - 1));
        // Five more of them.
        let first = report.revisions[0].clone();
        for row in all.len()..all.len() + 5 {
            report.revisions.push(first.clone());
            for column in &mut report.columns {
                column.cells.push(Cell::Missing);
            }
            let name = format!("v{row}");
            let version = report.columns.last_mut().unwrap();
            version
                .cells
                .set(row, Cell::Text(crate::model::TextKind::Plain, &name));
        }
        assert_eq!(varied(&report), Some(c));
    }

    #[test]
    fn equal_values_are_one_trial_however_they_were_reckoned() {
        let (mut report, judged) = nba();
        let param = report.find_column("train.C").unwrap();
        let cells = &report.columns[param].cells;
        let best = report.find_revision("bovid-rime").unwrap();
        let other = report.find_revision("bound-cart").unwrap();
        let values = (0..report.revisions.len()).map(|it| match it {
            _ if it == best => Some(0.1 + 0.2),
            _ if it == other => Some(0.3),
            _ => cells
                .number(it)
                .map(|it| if it == 30.0 { f64::NAN } else { it }),
        });
        report.columns[param].cells = Cells::from_numbers(values.collect::<Vec<_>>());
        let tried = tried(&report, &judged);
        let told = tried.trials.iter().map(|it| it.score.right.unwrap().0);
        assert_eq!(told.collect::<Vec<_>>(), [92, 93, 87, 90]);
    }

    #[test]
    fn a_parameter_that_never_repeats_is_grouped_once() {
        let (mut report, judged) = nba();
        let param = report.find_column("train.C").unwrap();
        let n = 30_000;
        report
            .revisions
            .resize_with(n, || Revision::new(RevisionKind::Experiment));
        for column in &mut report.columns {
            column.cells.grow(n);
        }
        report.columns[param].cells = Cells::from_numbers((0..n).map(|it| Some(it as f64)));
        let metric = judged.metric.unwrap();
        report.columns[metric].cells = Cells::from_numbers((0..n).map(|it| Some(it as f64)));
        assert_eq!(tried(&report, &judged).trials.len(), n);
    }

    #[test]
    fn runs_have_to_match_all_that_is_asked_for() {
        let report = crate::analysis::testing::small();
        let judged = verdict::of_report(&report, None).unwrap();
        let ask = |of: &[(usize, &str)]| {
            let of: Vec<_> = of.iter().map(|it| is(it.0, it.1)).collect();
            answer(&report, &judged, &of)
        };
        let Answer::Tried(found) = ask(&[(0, "5"), (1, "saga")]) else {
            panic!("lush-coth has both");
        };
        assert_eq!(found.iter().map(|it| it.0).collect::<Vec<_>>(), [2]);
        assert_eq!(ask(&[(0, "5"), (1, "lbfgs")]), Answer::NotTogether);
        let texts = ["lbfgs", "saga"].map(|it| TrialValue::Text(it.to_owned()));
        assert_eq!(ask(&[(1, "lion")]), Answer::Others(texts.to_vec()));
    }
}
