//! Runs grouped by their parameters: what repeats, such as seeds, make of each metric.

use super::{
    order::{MISSING, NOT_A_NUMBER, TEXTS, number_key, ranks, sort_by_keys},
    selection::is_same_run,
    table::{SortBy, SortKey, known},
};
use crate::model::{Cell, ColumnKind, Report, Revision, RevisionKind};

/// What runs of one group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The value of this parameter.
    Param(usize),
    /// The values of all parameters but this one: runs that differ in a seed and in nothing else.
    AllBut(usize),
}

/// Runs by their parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grouping {
    /// The parameters that tell the groups apart, in the report's order.
    pub told_by: Vec<usize>,
    /// The groups, by ascending values of these parameters.
    pub groups: Vec<Group>,
}

/// Runs with the same values of the parameters that count.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The revisions, in the order in which they were given.
    pub members: Vec<usize>,
}

/// How the numbers of a group lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// How many members have a finite number.
    pub n: usize,
    /// How many have NaN or an infinity instead, which the other figures leave out.
    pub n_not_finite: usize,
    /// The arithmetic mean.
    pub mean: f64,
    /// The standard deviation of a sample (divided by n − 1); `None` for a single number.
    pub deviation: Option<f64>,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

impl Group {
    /// A member that speaks for the group's parameters.
    pub fn first(&self) -> usize {
        self.members.first().copied().unwrap_or(usize::MAX)
    }

    /// How many different values the members have of a parameter; none is one too.
    pub fn n_values(&self, report: &Report, param: usize) -> usize {
        let mut keys = keys(report, param, &self.members);
        keys.sort_unstable();
        keys.dedup();
        keys.len()
    }

    /// How the members' numbers of a column lie; `None` where none has a finite one.
    pub fn spread(&self, report: &Report, column: usize) -> Option<Spread> {
        let cells = self.members.iter().map(|row| known(report, column, *row));
        spread(cells.filter_map(Cell::as_number))
    }
}

/// The run of those given that the workspace stands for: its commit, or an experiment that was
/// applied to it. Counted beside it, one result would weigh twice.
pub fn workspace_twin(report: &Report, revisions: &[usize]) -> Option<(usize, usize)> {
    let is_workspace = |it: &usize| {
        let of = report.revisions.get(*it);
        of.is_some_and(|of| of.kind == RevisionKind::Workspace)
    };
    let workspace = revisions.iter().copied().find(is_workspace)?;
    let mut others = revisions.iter().copied().filter(|it| *it != workspace);
    // Runs that wait have no result to be the same.
    let is_ranked = |it: usize| report.revisions.get(it).is_some_and(Revision::is_ranked);
    let twin = others.find(|it| is_ranked(*it) && is_same_run(report, workspace, *it))?;
    Some((workspace, twin))
}

/// Groups revisions.
pub fn group(report: &Report, by: GroupBy, revisions: &[usize]) -> Grouping {
    let params = report.columns_of(ColumnKind::Param).map(|(idx, _)| idx);
    let common: Vec<usize> = match by {
        GroupBy::Param(param) => params.filter(|it| *it == param).collect(),
        GroupBy::AllBut(param) => params.filter(|it| *it != param).collect(),
    };
    // Sorted by the last parameter first, equal ones come to stand side by side.
    let mut places: Vec<usize> = (0..revisions.len()).collect();
    for param in common.iter().rev() {
        sort_by_keys(&mut places, &keys(report, *param, revisions));
    }
    let cell = |column: usize, row: usize| known(report, column, row);
    let mut groups: Vec<Group> = Vec::new();
    let mut told_by: Vec<usize> = Vec::new();
    for place in places {
        let Some(row) = revisions.get(place).copied() else {
            continue;
        };
        let last = groups.last().map(Group::first);
        let differs = |param: &usize, from: usize| !cell(*param, row).same_as(cell(*param, from));
        let is_new = last.is_none_or(|from| common.iter().any(|it| differs(it, from)));
        match groups.last_mut().filter(|_| !is_new) {
            Some(group) => group.members.push(row),
            None => {
                if let Some(from) = last {
                    let new = common.iter().filter(|it| differs(it, from));
                    let new = new.filter(|it| !told_by.contains(it));
                    told_by = told_by.iter().chain(new).copied().collect();
                }
                groups.push(Group { members: vec![row] });
            }
        }
    }
    if let GroupBy::Param(_) = by {
        told_by = common;
    }
    told_by.sort_unstable();
    Grouping { told_by, groups }
}

/// Whether a parameter has two different values, so that grouping by it tells something.
pub fn varies(report: &Report, param: usize) -> bool {
    let first = known(report, param, 0);
    let mut others = 1..report.revisions.len();
    others.any(|row| !known(report, param, row).same_as(first))
}

/// A key of a parameter for each of some revisions: equal for equal values, in their order.
fn keys(report: &Report, param: usize, revisions: &[usize]) -> Vec<u64> {
    let Some(cells) = report.columns.get(param).map(|it| &it.cells) else {
        return Vec::new();
    };
    let texts: Vec<&str> = cells.dictionary().iter().map(|(_, text)| &**text).collect();
    let ranks = ranks(&texts);
    let rank = |row: usize| ranks.get(cells.text(row)?.0 as usize).map(|it| TEXTS + it);
    let key = |row: &usize| match cells.number(*row) {
        Some(value) => number_key(value),
        None => rank(*row).unwrap_or(MISSING),
    };
    revisions.iter().map(key).collect()
}

/// How some numbers lie (Welford's way: no digits are lost to a large mean).
pub fn spread(values: impl IntoIterator<Item = f64>) -> Option<Spread> {
    let mut found = Spread {
        n: 0,
        n_not_finite: 0,
        mean: 0.0,
        deviation: None,
        min: f64::INFINITY,
        max: f64::NEG_INFINITY,
    };
    let mut squares = 0.0;
    for value in values {
        if !value.is_finite() {
            found.n_not_finite += 1;
            continue;
        }
        found.n += 1;
        let before = value - found.mean;
        found.mean += before / found.n as f64;
        squares += before * (value - found.mean);
        found.min = found.min.min(value);
        found.max = found.max.max(value);
    }
    let n_free = found.n.checked_sub(1)?;
    // `sqrt` is exact on every target.
    found.deviation = (n_free > 0).then(|| (squares / n_free as f64).sqrt());
    Some(found)
}

/// The places of the groups in an order: a metric by its mean, a parameter by its value. Missing
/// ones come last in both directions, and equal ones keep their order.
pub fn sorted(report: &Report, grouping: &Grouping, sort: &[SortKey]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..grouping.groups.len()).collect();
    let firsts: Vec<usize> = grouping.groups.iter().map(Group::first).collect();
    for key in sort.iter().rev() {
        let SortBy::Column(column) = key.by else {
            continue;
        };
        let is_metric = |it: &crate::model::Column| it.kind == ColumnKind::Metric;
        let mut keys = match report.columns.get(column).is_some_and(is_metric) {
            true => {
                let means = grouping.groups.iter().map(|it| it.spread(report, column));
                means
                    .map(|it| it.map_or(MISSING, |it| number_key(it.mean)))
                    .collect()
            }
            false => self::keys(report, column, &firsts),
        };
        if key.is_descending {
            for key in keys.iter_mut().filter(|it| **it < NOT_A_NUMBER) {
                *key = NOT_A_NUMBER - 1 - *key;
            }
        }
        sort_by_keys(&mut order, &keys);
    }
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::testing::{Of, column, revision, small};
    use crate::model::State;

    /// Two values of C and two solvers with three seeds each; one run has failed.
    fn seeds() -> Report {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let revisions = names.map(|name| revision(name, None, State::Ok));
        use Of::{N, No, T};
        let mut report = Report {
            revisions: revisions.to_vec(),
            ..Report::default()
        };
        for (file, key, kind, cells) in [
            (
                "params.yaml",
                "C",
                ColumnKind::Param,
                [10.0, 5.0, 10.0, 5.0, 10.0, 5.0, 5.0, 5.0].map(N),
            ),
            (
                "params.yaml",
                "solver",
                ColumnKind::Param,
                [
                    T("v10"),
                    T("v2"),
                    T("v10"),
                    T("v2"),
                    T("v10"),
                    T("v2"),
                    T("v10"),
                    No,
                ],
            ),
            (
                "params.yaml",
                "seed",
                ColumnKind::Param,
                [1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 1.0, 1.0].map(N),
            ),
            (
                "m.json",
                "acc",
                ColumnKind::Metric,
                [0.5, 0.61, 0.52, 0.58, 0.57, f64::NAN, 0.4, 0.3].map(N),
            ),
        ] {
            report.columns.push(column(file, key, kind, &cells));
        }
        report
    }

    #[test]
    fn runs_are_grouped_by_a_parameter_or_by_all_but_the_seed() {
        let report = seeds();
        let all: Vec<usize> = (0..8).collect();
        let members = |it: &Grouping| {
            let groups = it.groups.iter().map(|it| it.members.clone());
            groups.collect::<Vec<_>>()
        };
        let by_c = group(&report, GroupBy::Param(0), &all);
        assert_eq!(by_c.told_by, [0]);
        assert_eq!(members(&by_c), [vec![1, 3, 5, 6, 7], vec![0, 2, 4]]);
        let n_values = |column| by_c.groups[0].n_values(&report, column);
        assert_eq!([0, 1, 2].map(n_values), [1, 3, 3]);
        let by_all = group(&report, GroupBy::AllBut(2), &all);
        assert_eq!(by_all.told_by, [0, 1]);
        assert_eq!(
            members(&by_all),
            [vec![1, 3, 5], vec![6], vec![7], vec![0, 2, 4]],
            "C first, v2 before v10, what is missing last"
        );
        let some = group(&report, GroupBy::AllBut(2), &[4, 2, 0]);
        assert_eq!(members(&some), [vec![4, 2, 0]], "as they were given");
        assert_eq!(some.told_by, [0_usize; 0]);
        assert_eq!(group(&report, GroupBy::Param(0), &[]).groups, []);
    }

    #[test]
    fn a_metrics_spread_is_that_of_the_reference() {
        let report = seeds();
        let all: Vec<usize> = (0..8).collect();
        let grouping = group(&report, GroupBy::AllBut(2), &all);
        // Python's statistics.mean and statistics.stdev of [0.5, 0.52, 0.57].
        let found = grouping.groups[3].spread(&report, 3).unwrap();
        assert_eq!((found.n, found.n_not_finite), (3, 0));
        assert!((found.mean - 0.53).abs() < 1e-15);
        assert!((found.deviation.unwrap() - 0.036_055_512_754_639_89).abs() < 1e-15);
        assert_eq!((found.min, found.max), (0.5, 0.57));
        // One of three is NaN: statistics.stdev([0.61, 0.58]).
        let found = grouping.groups[0].spread(&report, 3).unwrap();
        assert_eq!((found.n, found.n_not_finite), (2, 1));
        assert!((found.deviation.unwrap() - 0.021_213_203_435_596_444).abs() < 1e-15);
        assert_eq!(
            grouping.groups[1].spread(&report, 3).unwrap().deviation,
            None
        );
        assert_eq!(spread([f64::NAN]), None);
        // A large mean: statistics.stdev([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).
        let far = spread([1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0]).unwrap();
        assert!((far.deviation.unwrap() - 5.477_225_575_051_661).abs() < 1e-12);
    }

    #[test]
    fn groups_are_sorted_by_means_and_values() {
        let report = seeds();
        let all: Vec<usize> = (0..8).collect();
        let grouping = group(&report, GroupBy::AllBut(2), &all);
        let by = |column, is_descending| SortKey {
            by: SortBy::Column(column),
            is_descending,
        };
        assert_eq!(sorted(&report, &grouping, &[by(3, true)]), [0, 3, 1, 2]);
        assert_eq!(
            sorted(&report, &grouping, &[by(0, true), by(3, false)]),
            [3, 2, 1, 0]
        );
        assert_eq!(sorted(&report, &grouping, &[by(1, true)]), [1, 3, 0, 2]);
    }

    #[test]
    fn a_failed_run_is_a_member_without_a_result() {
        let report = small();
        let all: Vec<usize> = (0..6).collect();
        let grouping = group(&report, GroupBy::AllBut(0), &all);
        let of = |row: usize| {
            let mut groups = grouping.groups.iter();
            groups.find(|it| it.members.contains(&row)).unwrap()
        };
        assert_eq!(of(4).members, [0, 1, 4]);
        assert_eq!(of(4).spread(&report, 2).unwrap().n, 2);
    }

    proptest! {
        #[test]
        fn every_run_is_in_one_group_of_its_equals(
            values in prop::collection::vec((0..3_u8, 0..3_u8, prop::option::of(0..3_u8)), 1..40),
            but in 0..3_usize,
        ) {
            let mut report = Report::default();
            for at in 0..3 {
                let cells: Vec<Of> = values.iter().map(|(a, b, c)| match at {
                    0 => Of::N(f64::from(*a)),
                    1 => Of::T(["x", "y", "10"][usize::from(*b)]),
                    _ => c.map_or(Of::No, |it| Of::N(f64::from(it))),
                }).collect();
                report.columns.push(column("p.yaml", &format!("k{at}"), ColumnKind::Param, &cells));
            }
            report.revisions = (0..values.len()).map(|at| revision(&format!("r{at}"), None, State::Ok)).collect();
            let all: Vec<usize> = (0..values.len()).collect();
            let grouping = group(&report, GroupBy::AllBut(but), &all);
            let mut found: Vec<usize> = grouping.groups.iter().flat_map(|it| it.members.clone()).collect();
            found.sort_unstable();
            prop_assert_eq!(&found, &all);
            let common: Vec<usize> = (0..3).filter(|it| *it != but).collect();
            let same = |a: usize, b: usize| common.iter().all(|it| known(&report, *it, a).same_as(known(&report, *it, b)));
            for (at, group) in grouping.groups.iter().enumerate() {
                prop_assert!(group.members.is_sorted());
                prop_assert!(group.members.iter().all(|it| same(*it, group.first())));
                prop_assert!(grouping.groups.iter().skip(at + 1).all(|it| !same(it.first(), group.first())));
            }
        }
    }

    #[test]
    fn the_workspace_is_the_run_that_it_was_made_of() {
        let mut report = seeds();
        let all: Vec<usize> = (0..report.revisions.len()).collect();
        assert_eq!(workspace_twin(&report, &all), None);
        // As `dvc exp apply` leaves it: the same parameters and results as a run.
        report
            .revisions
            .push(Revision::new(RevisionKind::Workspace));
        for column in &mut report.columns {
            let cells = column.cells.clone();
            column.cells.push(cells.get(2));
        }
        assert_eq!(workspace_twin(&report, &[0, 1, 2, 8]), Some((8, 2)));
        assert_eq!(workspace_twin(&report, &[0, 1, 8]), None, "filtered out");
        report.revisions[2].state = State::Queued;
        assert_eq!(workspace_twin(&report, &[2, 8]), None, "no result yet");
        report.revisions[2].state = State::Ok;
        report.columns[3].cells.set(8, Cell::Number(0.521));
        assert_eq!(workspace_twin(&report, &[2, 8]), None, "another result");
    }
}
