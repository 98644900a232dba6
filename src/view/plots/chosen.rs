//! What the address chooses to draw.

use std::collections::BTreeSet;

use super::figures::metrics;
use crate::{
    analysis::seeds,
    model::{Column, ColumnKind, Report},
    route::Address,
    view::{
        experiments::NOBODY,
        gone::{self, Gone, SWITCH, What, lose, lose_one_of, lose_row},
        run_sign::run_style,
    },
};

/// The most runs in one plot.
pub(super) const MAX_RUNS: usize = 10;
/// The most runs that the toolbar lists.
pub(super) const MAX_LISTED_RUNS: usize = 40;

/// What the address chooses, as far as the report has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Chosen {
    /// Indices of the revisions to draw.
    pub runs: Vec<usize>,
    /// The place of each in the address, which is its colour; none where the page chose them.
    pub(super) places: Vec<usize>,
    /// What each of them is called.
    pub labels: Vec<String>,
    /// How many more there are, or were named.
    pub n_left_out: Option<usize>,
    /// Whether values are drawn on a logarithmic axis.
    pub is_log: bool,
    /// The only metric to draw.
    pub metric: Option<String>,
    /// The numeric parameters that were varied.
    pub parameters: Vec<usize>,
    /// The one of them that metrics stand against.
    pub parameter: Option<usize>,
    /// What the address names but the report doesn't have.
    pub gone: Vec<Gone>,
    pub(super) baseline: Option<usize>,
    pub(super) current: Option<usize>,
}

impl Chosen {
    /// The runs, each at the place that is its colour.
    pub fn placed(&self) -> Vec<usize> {
        let mut placed = Vec::new();
        for (slot, run) in self.runs.iter().enumerate() {
            let place = self.places.get(slot).copied().unwrap_or(slot);
            placed.resize(placed.len().max(place + 1), NOBODY);
            if let Some(free) = placed.get_mut(place) {
                *free = *run;
            }
        }
        placed
    }
}

/// Reads the address.
pub(super) fn chosen(report: &Report, address: &Address) -> Chosen {
    let mut chosen = Chosen {
        baseline: report.baseline,
        current: report.current,
        ..Chosen::default()
    };
    let named = address.places("runs");
    let found = report.find_revisions(&named.iter().map(String::as_str).collect::<Vec<_>>());
    let named = named.iter().zip(found).enumerate();
    for (place, (name, found)) in named.filter(|(_, (name, _))| !name.is_empty()) {
        match found {
            Some(run) if !chosen.runs.contains(&run) => {
                chosen.runs.push(run);
                chosen.places.push(place);
            }
            Some(_) => {}
            None => lose_row(&mut chosen.gone, report, "runs", name),
        }
    }
    let mut n = chosen.runs.len();
    if n == 0 {
        n = report.revisions.len();
        let first = [report.baseline, report.current].into_iter().flatten();
        for run in first.chain(0..n) {
            if chosen.runs.len() < MAX_RUNS && !chosen.runs.contains(&run) {
                chosen.runs.push(run);
            }
        }
    }
    chosen.n_left_out = (n > MAX_RUNS).then(|| n - MAX_RUNS);
    chosen.runs.truncate(MAX_RUNS);
    let log = gone::chosen(&mut chosen.gone, address, "log", &SWITCH, "0");
    chosen.is_log = log == Some("1");
    let keys = report.revision_keys();
    chosen.labels = chosen
        .runs
        .iter()
        .filter_map(|run| keys.get(*run).cloned())
        .collect();
    let varied = varied_parameters(report);
    chosen.parameters = varied.iter().map(|it| it.1).collect();
    chosen.parameter = most_telling(report, &varied);
    if let Some(name) = address.get("x") {
        let found = report.find_column(&name);
        match found.filter(|it| chosen.parameters.contains(it)) {
            None => {
                let what = (What::Axis, "x", name.as_str());
                lose_one_of(&mut chosen.gone, report, what, &chosen.parameters);
            }
            found => chosen.parameter = found,
        }
    }
    if let Some(name) = address.get("metric") {
        let known = metrics(report, &chosen);
        match known.contains(&name) {
            true => chosen.metric = Some(name),
            false => lose(
                &mut chosen.gone,
                What::Metric,
                "metric",
                &name,
                &[&|| known.clone()],
            ),
        }
    }
    chosen
}

/// The signs of a run, as a place among them: none for the baseline; for those that the reader chose
/// the ones that they have in the table of experiments; none for this change, and fixed ones for
/// each other.
pub(super) fn sign(chosen: &Chosen, slot: usize) -> Option<usize> {
    let run = chosen.runs.get(slot).copied();
    if let Some(place) = chosen.places.get(slot)
        && run != chosen.baseline
    {
        return Some(*place);
    }
    let is_other = |run: usize| ![chosen.current, chosen.baseline].contains(&Some(run));
    let before = chosen.runs.iter().take(slot);
    run.filter(|it| is_other(*it))?;
    Some(before.filter(|it| is_other(**it)).count())
}

/// The signs of a run as a style: grey for the baseline, ink for this change.
pub(super) fn style(chosen: &Chosen, slot: usize) -> String {
    match sign(chosen, slot) {
        Some(place) => run_style(place),
        None if chosen.runs.get(slot).copied() == chosen.current => "--run: var(--ink)".to_owned(),
        None => "--run: var(--line-strong)".to_owned(),
    }
}

/// The numeric parameters with several values among the runs: how many, and which column.
fn varied_parameters(report: &Report) -> Vec<(usize, usize)> {
    let n_values = |column: &Column| {
        let values = (0..report.revisions.len()).filter_map(|row| column.cells.number(row));
        let distinct: BTreeSet<u64> = values.map(f64::to_bits).collect();
        distinct.len()
    };
    let params = report.columns_of(ColumnKind::Param);
    let params = params.map(|(idx, column)| (n_values(column), idx));
    params.filter(|it| it.0 > 1).collect()
}

/// The one with the most values; at least three, else there is little to see. A seed only where
/// nothing else was varied: what repeats is no question that somebody asked.
fn most_telling(report: &Report, parameters: &[(usize, usize)]) -> Option<usize> {
    let is_seed = |it: &&(usize, usize)| {
        let column = report.columns.get(it.1);
        column.is_some_and(|column| seeds::is_seed(column.id.leaf()))
    };
    // The first of several: `max_by_key` would take the last.
    let most = parameters.iter().rev().max_by_key(|it| it.0)?;
    let others = parameters.iter().rev().filter(|it| !is_seed(it));
    let best = others.max_by_key(|it| it.0).unwrap_or(most);
    (most.0 >= 3).then_some(best.1)
}

/// The runs that the toolbar lists, in the report's order: the first ones, and before them the
/// chosen ones that would not be among these, so that each can be taken away again.
pub(super) fn listed(n_revisions: usize, chosen: &Chosen) -> Vec<usize> {
    let first = n_revisions.min(MAX_LISTED_RUNS);
    let beyond = chosen.runs.iter().copied().filter(|run| *run >= first);
    beyond.chain(0..first).collect()
}
