//! Runs that were repeated with other seeds.

use std::collections::HashSet;

use super::{direction, primary};
use crate::model::{Cell, ColumnKind, Report, Verdict};

/// A metric's values in runs that are equal in all parameters and dependencies but a seed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Repeated {
    /// The baseline's runs, its own first.
    pub baseline: Vec<f64>,
    /// The current revision's runs, its own first.
    pub current: Vec<f64>,
}

/// The runs of both; `None` where either stands alone, or where both differ in their seed only.
pub fn repeated(
    report: &Report,
    (baseline, current): (usize, usize),
    column: usize,
) -> Option<Repeated> {
    let seeds: Vec<usize> = report
        .columns_of(ColumnKind::Param)
        .filter(|(_, it)| is_seed(it.id.leaf()))
        .map(|(idx, _)| idx)
        .collect();
    if seeds.is_empty() || is_alike(report, &seeds, baseline, current) {
        return None;
    }
    let values = |of: usize| values(report, &seeds, of, column);
    let repeated = Repeated {
        baseline: values(baseline),
        current: values(current),
    };
    let is_repeated = repeated.baseline.len() > 1 && repeated.current.len() > 1;
    is_repeated.then_some(repeated)
}

/// Whether two runs have one setting, their seeds aside; both have a seed.
pub(super) fn is_repetition(report: &Report, a: usize, b: usize) -> bool {
    let params = report.columns_of(ColumnKind::Param);
    let seeds = params.filter(|(_, it)| is_seed(it.id.leaf()));
    let seeds: Vec<usize> = seeds.map(|(idx, _)| idx).collect();
    let have_it = |seed: &usize| {
        let cells = report.columns.get(*seed).map(|it| &it.cells);
        let is_known = |run: usize| cells.is_some_and(|it| !it.get(run).is_missing());
        is_known(a) && is_known(b)
    };
    seeds.iter().any(have_it) && is_alike(report, &seeds, a, b)
}

/// Whether a run repeats the current revision or the baseline with another seed, or the same.
pub fn is_repetition_of_either(report: &Report, judged: &Verdict, run: usize) -> bool {
    let of = |side: usize| side != run && is_repetition(report, side, run);
    of(judged.current) || judged.baseline.is_some_and(of)
}

/// The metric in each run like `of`, one for each seed.
fn values(report: &Report, seeds: &[usize], of: usize, column: usize) -> Vec<f64> {
    let mut runs: Vec<usize> = Vec::new();
    let mut known = HashSet::new();
    let cell = |seed: &usize, run: usize| {
        let cells = report.columns.get(*seed).map(|it| &it.cells);
        match cells.map_or(Cell::Missing, |it| it.get(run)) {
            Cell::Missing => (0, 0, ""),
            // Of both zeros one.
            Cell::Number(value) => (1, (value + 0.0).to_bits(), ""),
            Cell::Text(_, text) => (2, 0, text),
        }
    };
    let others = (0..report.revisions.len()).filter(|it| *it != of);
    for run in std::iter::once(of).chain(others) {
        let is_ranked = report.revisions.get(run).is_some_and(|it| it.is_ranked());
        if is_ranked && is_alike(report, seeds, of, run) {
            let own: Vec<_> = seeds.iter().map(|it| cell(it, run)).collect();
            if known.insert(own) {
                runs.push(run);
            }
        }
    }
    let value = |run: &usize| primary::value_of(report, column, *run);
    runs.iter().filter_map(value).collect()
}

/// Whether two runs have the same parameters and dependencies, seeds aside.
fn is_alike(report: &Report, seeds: &[usize], a: usize, b: usize) -> bool {
    let mut columns = report.columns.iter().enumerate();
    columns.all(|(idx, column)| {
        let counts = matches!(column.kind, ColumnKind::Param | ColumnKind::Dependency);
        !counts || seeds.contains(&idx) || is_same(report, idx, a, b)
    })
}

fn is_same(report: &Report, column: usize, a: usize, b: usize) -> bool {
    let Some(column) = report.columns.get(column) else {
        return true;
    };
    match (column.cells.get(a), column.cells.get(b)) {
        (Cell::Missing, Cell::Missing) => true,
        (Cell::Number(a), Cell::Number(b)) => a == b,
        (Cell::Text(_, a), Cell::Text(_, b)) => a == b,
        _ => false,
    }
}

/// `seed`, `train.random_state`, `np_seed`, `rngSeed`.
pub fn is_seed(name: &str) -> bool {
    let words = direction::words_of(name);
    let is_state = words.windows(2).any(|pair| pair == ["random", "state"]);
    is_state || words.iter().any(|it| it == "seed" || it == "rng")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cells, Column, ColumnId, Direction, Revision, RevisionKind, State};

    fn column(kind: ColumnKind, name: &str, values: &[f64]) -> Column {
        Column {
            id: ColumnId::new("f.yaml", &[name]),
            kind,
            direction: Direction::Unknown,
            cells: Cells::from_numbers(values.iter().map(|it| Some(*it))),
            sources: Vec::new(),
        }
    }

    #[test]
    fn runs_that_differ_in_their_seed_belong_together() {
        let mut report = Report {
            revisions: vec![Revision::new(RevisionKind::Experiment); 7],
            columns: vec![
                column(
                    ColumnKind::Param,
                    "depth",
                    &[3.0, 3.0, 3.0, 5.0, 5.0, 5.0, 5.0],
                ),
                // The last is the fourth run once more.
                column(
                    ColumnKind::Param,
                    "seed",
                    &[1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 1.0],
                ),
                column(
                    ColumnKind::Metric,
                    "rmse",
                    &[4.0, 4.1, 4.2, 3.0, 3.1, 3.2, 3.0],
                ),
            ],
            ..Report::default()
        };
        let found = repeated(&report, (0, 4), 2).unwrap();
        assert_eq!(found.baseline, [4.0, 4.1, 4.2]);
        assert_eq!(found.current, [3.1, 3.0, 3.2]);
        assert_eq!(repeated(&report, (0, 1), 2), None, "only the seed differs");
        report.revisions[2].state = State::Failed(String::new());
        assert_eq!(repeated(&report, (0, 4), 2).unwrap().baseline.len(), 2);
        report.columns[1].id = ColumnId::new("f.yaml", &["speed"]);
        assert_eq!(repeated(&report, (0, 4), 2), None);
        assert!(is_seed("train.random_state") && is_seed("rngSeed") && !is_seed("linseed"));
    }
}
