use crate::{
    analysis::{
        compare::{Comparison, comparison, default_revisions},
        direction::direction_of,
        primary::{Counted, primary},
    },
    model::{Lang, Report},
    route::Address,
    view::gone::{Gone, SWITCH, chosen, lose_column, lose_row},
    words::metric::Heads,
};

/// Columns of revisions that are shown at most, the baseline aside.
pub const MOST_RUNS: usize = 49;

/// Columns of revisions that paper has room for, the baseline aside.
const MOST_ON_PAPER: usize = 6;

/// The view's state as the address holds it, in indices of the report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The revision that the others are compared with.
    pub base: Option<usize>,
    /// The others, from left to right.
    pub runs: Vec<usize>,
    /// Those of them that are printed.
    pub on_paper: Vec<usize>,
    /// Whether the page chose the runs.
    pub is_default: bool,
    /// How many runs the address asked for.
    pub n_asked: usize,
    /// Whether equal rows are hidden.
    pub only_different: bool,
    /// The column whose row is the current one.
    pub metric: Option<usize>,
    /// Names of the address that mean nothing in this report.
    pub gone: Vec<Gone>,
    /// All rows of these revisions.
    pub comparison: Comparison,
}

impl State {
    /// Reads the state out of an address.
    pub fn read(address: &Address, report: &Report) -> Self {
        let mut gone = Vec::new();
        let (base, named) = (address.get("base"), address.list("runs"));
        let names = base.iter().chain(&named).map(String::as_str);
        let found = report.find_revisions(&names.collect::<Vec<_>>());
        let mut found = found.into_iter();
        // In the order of the names.
        let mut revision = |key: &'static str, name: &str| {
            let found = found.next().flatten();
            if found.is_none() {
                lose_row(&mut gone, report, key, name);
            }
            found
        };
        let base = base.and_then(|it| revision("base", &it));
        let base = base
            .or(report.baseline)
            .or((!report.revisions.is_empty()).then_some(0));
        let mut runs: Vec<usize> = Vec::new();
        for run in named.iter().filter_map(|it| revision("runs", it)) {
            if !runs.contains(&run) && Some(run) != base {
                runs.push(run);
            }
        }
        let is_default = runs.is_empty();
        if is_default {
            runs = default_revisions(report, base, deciding(report, base));
        }
        let metric = address.get("metric").and_then(|name| {
            let found = report.find_column(&name);
            if found.is_none() {
                lose_column(&mut gone, report, "metric", &name);
            }
            found
        });
        let changed = chosen(&mut gone, address, "changed", &SWITCH, "1");
        let n_asked = runs.len();
        runs.truncate(MOST_RUNS);
        let all: Vec<usize> = base.into_iter().chain(runs.iter().copied()).collect();
        Self {
            base,
            is_default,
            n_asked,
            only_different: changed != Some("0"),
            metric,
            gone,
            on_paper: on_paper(&runs, report.current),
            comparison: comparison(report, &all, |column| direction_of(report, column)),
            runs,
        }
    }

    /// Baseline and runs.
    pub fn all(&self) -> Vec<usize> {
        self.base
            .into_iter()
            .chain(self.runs.iter().copied())
            .collect()
    }

    /// The class of a revision's cells, by its place among all: a narrow screen has room for the
    /// baseline and one run, paper for some.
    pub fn cell_class(&self, at: usize, narrow_run: usize) -> &'static str {
        let Some(at) = at.checked_sub(1) else {
            return "num cmp-base";
        };
        let is_printed = self
            .runs
            .get(at)
            .is_some_and(|it| self.on_paper.contains(it));
        match (at == narrow_run, is_printed) {
            (true, true) => "num",
            (false, true) => "num only-wide",
            (true, false) => "num no-print",
            (false, false) => "num only-wide no-print",
        }
    }

    /// The columns of the rows that differ and pass a search, from top to bottom.
    pub fn differences(&self, report: &Report, search: &str, lang: Lang) -> Vec<usize> {
        let heads = Heads::new(report, lang);
        let lines = self.comparison.groups.iter().flat_map(|group| &group.lines);
        lines
            .filter(|line| line.is_different && matches(report, &heads, line.column, search))
            .map(|line| line.column)
            .collect()
    }
}

/// The runs that are printed: the first ones, and the change that the report is about.
fn on_paper(runs: &[usize], current: Option<usize>) -> Vec<usize> {
    let (first, rest) = runs.split_at(runs.len().min(MOST_ON_PAPER));
    let mut printed = first.to_vec();
    let current = current.filter(|it| rest.contains(it));
    if let (Some(current), Some(last)) = (current, printed.last_mut()) {
        *last = current;
    }
    printed
}

/// Whether a column's identity, or the name that its row has, has the searched text in it.
pub fn matches(report: &Report, heads: &Heads<'_>, column: usize, search: &str) -> bool {
    let needle = search.trim().to_lowercase();
    let id = report.columns.get(column).map(|it| it.id.full());
    let mut names = id.into_iter().chain(heads.name(column));
    needle.is_empty() || names.any(|name| name.to_lowercase().contains(&needle))
}

/// The difference before or after the current one; round at the ends.
pub fn step(differences: &[usize], now: Option<usize>, is_forward: bool) -> Option<usize> {
    let n = differences.len();
    let at = now.and_then(|now| differences.iter().position(|it| *it == now));
    let next = match (at, is_forward) {
        (None, true) => 0,
        (None, false) => n.checked_sub(1)?,
        (Some(at), true) => (at + 1) % n.max(1),
        (Some(at), false) => (at + n).checked_sub(1)? % n.max(1),
    };
    differences.get(next).copied()
}

/// The metric that the best experiments are chosen by.
fn deciding(report: &Report, base: Option<usize>) -> Option<(usize, crate::model::Direction)> {
    let current = report.current.or(base)?;
    let column = primary(report, (base, current), None, Counted::default()).column?;
    Some((column, direction_of(report, column)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::small;

    #[test]
    fn an_address_chooses_the_runs() {
        let report = small();
        let read = |address: &str| State::read(&Address::parse(address), &report);
        let default = read("#/compare");
        assert_eq!((default.base, default.is_default), (Some(0), true));
        assert_eq!(default.runs, [2, 3, 1]);
        let chosen = read(
            "#/compare?base=topic&runs=bold-newt,nobody,topic,bold-newt&changed=0&metric=rmse",
        );
        assert_eq!((chosen.base, chosen.runs.as_slice()), (Some(1), &[3][..]));
        assert_eq!((chosen.metric, chosen.only_different), (Some(3), false));
        let gone: Vec<&str> = chosen.gone.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(gone, ["nobody"]);
        let strange = read("#/compare?changed=no");
        let gone: Vec<&str> = strange.gone.iter().map(|it| it.name.as_str()).collect();
        assert_eq!((strange.only_different, gone), (true, vec!["no"]));
        assert_eq!(
            State::read(&Address::default(), &Report::default()).base,
            None
        );
    }

    #[test]
    fn paper_has_room_for_some_runs_and_the_change() {
        assert_eq!(on_paper(&[4, 2], Some(2)), [4, 2]);
        let many = [1, 2, 3, 4, 5, 6, 7, 8];
        assert_eq!(on_paper(&many, None), [1, 2, 3, 4, 5, 6]);
        assert_eq!(on_paper(&many, Some(8)), [1, 2, 3, 4, 5, 8]);
        assert_eq!(on_paper(&many, Some(9)), [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn differences_go_round() {
        assert_eq!(step(&[4, 7, 9], None, true), Some(4));
        assert_eq!(step(&[4, 7, 9], None, false), Some(9));
        assert_eq!(step(&[4, 7, 9], Some(9), true), Some(4));
        assert_eq!(step(&[4, 7, 9], Some(4), false), Some(9));
        assert_eq!(step(&[4, 7, 9], Some(4), true), Some(7));
        assert_eq!(
            step(&[4, 7, 9], Some(1), true),
            Some(4),
            "a row that is hidden now"
        );
        assert_eq!(step(&[], Some(4), true), None);
        assert_eq!(step(&[], None, false), None);
    }
}
