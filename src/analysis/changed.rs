//! Which columns change, as `dvc exp show --only-changed --drop … --keep …` has it.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use super::{pattern::Pattern, table::known, values::Ranked};
use crate::model::{Cell, Column, ColumnKind, LeftOut, Report};

/// What `dvc exp show` calls `--only-changed`, `--drop` and `--keep`.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Leave out columns that have one and the same value in all rows.
    pub only_changed: bool,
    drop: Option<Pattern>,
    keep: Option<Pattern>,
}

impl Selection {
    /// Of two expressions; one that is empty or can't be read says nothing.
    pub fn new(only_changed: bool, drop: &str, keep: &str) -> Self {
        let pattern = |text: &str| Pattern::new(text).ok().filter(|it| !it.is_empty());
        Self {
            only_changed,
            drop: pattern(drop),
            keep: pattern(keep),
        }
    }

    /// What the report's tables leave out.
    pub fn of(left_out: &LeftOut) -> Self {
        let text = |pattern: &Option<String>| pattern.clone().unwrap_or_default();
        Self::new(
            left_out.only_changed,
            &text(&left_out.drop),
            &text(&left_out.keep),
        )
    }

    /// Whether a heading is kept, whatever else leaves it out.
    pub fn keeps(&self, heading: &str) -> bool {
        self.keep.as_ref().is_some_and(|it| it.matches(heading))
    }

    /// Whether a heading is dropped, unless it is kept.
    pub fn drops(&self, heading: &str) -> bool {
        self.drop.as_ref().is_some_and(|it| it.matches(heading))
    }

    /// Whether headings matter at all.
    pub fn has_patterns(&self) -> bool {
        self.drop.is_some() || self.keep.is_some()
    }
}

/// The columns that `dvc exp show` shows, in its order: metrics, parameters, dependencies.
///
/// The priority is DVC's: what is kept stays, then what doesn't change goes, then what is dropped.
/// No value is a value: a column that is missing in some rows only does change. Other than DVC,
/// which looks at the five digits that it prints, values are compared in full.
pub fn columns(report: &Report, revisions: &[usize], selection: &Selection) -> Vec<usize> {
    let headings = headings(report);
    let is_shown = |column: &usize| {
        let heading = headings.get(*column).map_or("", String::as_str);
        let is_dropped = || {
            selection.drops(heading)
                || (selection.only_changed && !changes(report, *column, revisions))
        };
        selection.keeps(heading) || !is_dropped()
    };
    [
        ColumnKind::Metric,
        ColumnKind::Param,
        ColumnKind::Dependency,
    ]
    .into_iter()
    .flat_map(|kind| report.columns_of(kind).map(|(idx, _)| idx))
    .filter(is_shown)
    .collect()
}

/// Whether a column has different values in some revisions.
pub fn changes(report: &Report, column: usize, revisions: &[usize]) -> bool {
    let stated = |revision: usize| match report.columns.get(column) {
        Some(column) => column.cells.get(revision),
        None => Cell::Missing,
    };
    let Some((&first, rest)) = revisions.split_first() else {
        return false;
    };
    let first = stated(first);
    rest.iter().any(|row| !stated(*row).same_as(first))
}

/// Whether a column tells some revisions apart. Other than for DVC, no value is a value only where
/// the revision has others of the same file: results without parameters did not change them.
pub fn differs(report: &Report, ranked: &Ranked, column: usize, revisions: &[usize]) -> bool {
    let values = ranked.values(report, column);
    let stated = || revisions.iter().map(|row| values.get(*row));
    let Some(first) = stated().find(|it| !it.is_missing()) else {
        return false;
    };
    // Whether what is missing is lacking takes a look at all columns.
    stated().any(|it| !it.is_missing() && !it.same_as(first))
        || revisions
            .iter()
            .any(|row| values.get(*row).is_missing() && is_stated(report, column, *row))
}

/// Whether a revision has a value of a column, or has other values of its file and so lacks it.
pub fn is_stated(report: &Report, column: usize, revision: usize) -> bool {
    let Some(of) = report.columns.get(column) else {
        return false;
    };
    let is_sibling = |it: &Column| match of.kind {
        // Each of these is a file; a stage states all of its own.
        ColumnKind::Dependency | ColumnKind::Output => it.kind == of.kind,
        _ => it.kind == of.kind && it.id.file == of.id.file,
    };
    let has_value = |idx: usize| !known(report, idx, revision).is_missing();
    has_value(column)
        || report
            .columns
            .iter()
            .enumerate()
            .any(|(idx, it)| is_sibling(it) && has_value(idx))
}

/// The columns that say nothing but what another one says, each with that one, of which none is
/// such a column itself: metrics, or parameters of one name, with the same value wherever both have
/// one, and none where the other has none. `first` is never one of them.
///
/// One value that is shared may be shared by chance; two different ones hardly are.
pub fn repeated(
    report: &Report,
    columns: &[usize],
    revisions: &[usize],
    first: Option<usize>,
) -> Vec<(usize, usize)> {
    let may_repeat = |a: usize, b: usize| {
        let (Some(a), Some(b)) = (report.columns.get(a), report.columns.get(b)) else {
            return false;
        };
        let is_one_name = a.id.leaf() == b.id.leaf();
        a.kind == b.kind
            && (a.kind == ColumnKind::Metric || (a.kind == ColumnKind::Param && is_one_name))
    };
    let says_all = |whole: usize, part: usize| {
        revisions.iter().all(|row| {
            let value = known(report, part, *row);
            value.is_missing() || value.same_as(known(report, whole, *row))
        })
    };
    // Columns in order, by what they hold in two rows: only these may say what another one says.
    let mut alike: HashMap<[usize; 2], HashMap<u64, Vec<usize>>> = HashMap::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut whole_of: HashMap<usize, usize> = HashMap::new();
    for (at, part) in columns.iter().enumerate().filter(|it| Some(*it.1) != first) {
        let Some(rows) = two_values(report, *part, revisions) else {
            continue;
        };
        let by_values = alike.entry(rows).or_insert_with(|| {
            let mut by_values: HashMap<u64, Vec<usize>> = HashMap::new();
            for (place, column) in columns.iter().enumerate() {
                let hash = hash_in(report, *column, rows);
                by_values.entry(hash).or_default().push(place);
            }
            by_values
        });
        let places = by_values.get(&hash_in(report, *part, rows));
        let candidates = places.into_iter().flatten();
        let mut candidates = candidates.filter_map(|at| Some((*at, *columns.get(*at)?)));
        let whole = candidates.find(|(place, whole)| {
            // Of two that say the same, the earlier one stays.
            let is_preferred = *place < at || Some(*whole) == first;
            whole != part
                && !whole_of.contains_key(whole)
                && may_repeat(*whole, *part)
                && says_all(*whole, *part)
                && (is_preferred || !says_all(*part, *whole))
        });
        if let Some((_, whole)) = whole {
            whole_of.insert(*part, whole);
            found.push((*part, whole));
        }
    }
    // What repeats a column that repeats another one repeats that.
    for (_, whole) in &mut found {
        while let Some(next) = whole_of.get(whole) {
            *whole = *next;
        }
    }
    found
}

/// The first revision that has a value of a column, and the first that has another one.
fn two_values(report: &Report, column: usize, revisions: &[usize]) -> Option<[usize; 2]> {
    let value = |row: usize| known(report, column, row);
    let mut stated = revisions.iter().filter(|row| !value(**row).is_missing());
    let first = *stated.next()?;
    let other = stated.find(|row| !value(**row).same_as(value(first)))?;
    Some([first, *other])
}

/// The same for columns that hold the same in two rows.
fn hash_in(report: &Report, column: usize, rows: [usize; 2]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for row in rows {
        match known(report, column, row) {
            Cell::Missing => {}
            Cell::Number(value) if value.is_nan() => f64::NAN.to_bits().hash(&mut hasher),
            // 0 for -0, which is the same.
            Cell::Number(value) => (value + 0.0).to_bits().hash(&mut hasher),
            Cell::Text(kind, text) => (kind, text).hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// In how many of the revisions a column has a value.
pub fn n_known(report: &Report, column: usize, revisions: &[usize]) -> usize {
    let is_known = |row: &&usize| !known(report, column, **row).is_missing();
    revisions.iter().filter(is_known).count()
}

/// DVC's heading of each column: the key path where only one file has it, else `file:path`; the
/// path of a dependency.
pub fn headings(report: &Report) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let is_counted = |kind| matches!(kind, ColumnKind::Metric | ColumnKind::Param);
    for column in report.columns.iter().filter(|it| is_counted(it.kind)) {
        *counts.entry(column.id.key()).or_default() += 1;
    }
    let heading = |id: &crate::model::ColumnId| match counts.get(&id.key()) {
        Some(n) if *n > 1 => id.full(),
        _ => id.key(),
    };
    report.columns.iter().map(|it| heading(&it.id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{Of, column, small};

    fn shown(report: &Report, selection: &Selection) -> Vec<String> {
        let all: Vec<usize> = (0..report.revisions.len()).collect();
        let headings = headings(report);
        columns(report, &all, selection)
            .into_iter()
            .map(|idx| headings[idx].clone())
            .collect()
    }

    #[test]
    fn what_a_revision_has_nothing_of_did_not_change() {
        let mut report = small();
        let known_in_two = [Of::N(1.0), Of::N(1.0), Of::No, Of::No, Of::No, Of::No];
        let seed = column("seeds.yaml", "seed", ColumnKind::Param, &known_in_two);
        report.columns.push(seed);
        let all = [0, 1, 2, 3, 4, 5];
        let differs = |report: &Report, column, revisions: &[usize]| {
            differs(report, &Ranked::new(report), column, revisions)
        };
        assert!(changes(&report, 4, &all) && !differs(&report, 4, &all));
        let more = column("seeds.yaml", "more", ColumnKind::Param, &[Of::N(2.0); 6]);
        report.columns.push(more);
        assert!(differs(&report, 4, &all), "now the others lack it");
        assert!(!differs(&report, 5, &all) && !differs(&report, 4, &[0, 1]));
    }

    #[test]
    fn a_column_that_says_what_another_says_is_told() {
        use Of::{N, No};
        let mut report = small();
        // Rows: main, topic, two experiments, a failed and a queued one.
        for (key, cells) in [
            ("macro.recall", [No, N(0.49), N(0.52), N(0.52), No, No]),
            ("gap", [No, N(0.49), N(0.52), N(0.53), No, No]),
            ("more", [N(0.53), N(0.49), N(0.52), N(0.52), No, No]),
            ("once", [N(0.53), No, No, No, No, No]),
            ("wider", [N(0.2), N(0.49), N(0.52), N(0.53), No, No]),
        ] {
            let cells = cells.as_slice();
            report
                .columns
                .push(column("r.json", key, ColumnKind::Metric, cells));
        }
        let cells = [10.0, 120.0, 5.0, 30.0, 300.0, 200.0].map(N);
        for key in ["C", "D"] {
            report
                .columns
                .push(column("p.yaml", key, ColumnKind::Param, &cells));
        }
        let all: Vec<usize> = (0..report.columns.len()).collect();
        let rows = [0, 1, 2, 3, 4, 5];
        let told = |first| -> Vec<(String, String)> {
            let name = |it: usize| report.columns[it].id.full();
            let found = repeated(&report, &all, &rows, first);
            found.iter().map(|it| (name(it.0), name(it.1))).collect()
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        // One value alone proves nothing, another name of a parameter neither.
        assert_eq!(
            told(None),
            [
                pair("r.json:macro.recall", "m.json:accuracy"),
                pair("r.json:gap", "r.json:wider"),
                pair("r.json:more", "m.json:accuracy"),
                pair("p.yaml:C", "params.yaml:train.C"),
            ]
        );
        let more = report.find_column("more");
        assert_eq!(
            told(more)[0],
            pair("m.json:accuracy", "r.json:more"),
            "the one that decides stays"
        );
        assert!(told(more).contains(&pair("r.json:macro.recall", "r.json:more")));
    }

    #[test]
    fn many_columns_in_pairs_are_told_in_one_pass() {
        // By pairs of columns it would be a comparison for each of 200,000,000.
        let mut report = small();
        report.columns = (0..20_000)
            .map(|it| {
                let of_pair = f64::from(it / 2);
                let cells = [Of::N(0.0), Of::N(of_pair), Of::N(1.0), Of::N(of_pair)];
                column("m.json", &format!("m{it}"), ColumnKind::Metric, &cells)
            })
            .collect();
        let all: Vec<usize> = (0..report.columns.len()).collect();
        let found = repeated(&report, &all, &[0, 1, 2, 3], None);
        let pairs: Vec<(usize, usize)> = (0..10_000).map(|it| (2 * it + 1, 2 * it)).collect();
        assert_eq!(found, pairs);
    }

    #[test]
    fn what_is_kept_wins_over_all_else() {
        let mut report = small();
        report.columns.push(column(
            "params.yaml",
            "seed",
            ColumnKind::Param,
            &[Of::N(1.0); 6],
        ));
        let mut elsewhere = [Of::N(1.0); 6];
        elsewhere[3] = Of::No;
        report
            .columns
            .push(column("other.yaml", "seed", ColumnKind::Param, &elsewhere));
        let all = Selection::default();
        let everything = [
            "accuracy",
            "rmse",
            "train.C",
            "train.solver",
            "params.yaml:seed",
            "other.yaml:seed",
        ];
        assert_eq!(shown(&report, &all), everything);
        let changed = Selection::new(true, "", "");
        let mut expected = everything.to_vec();
        expected.remove(4);
        assert_eq!(
            shown(&report, &changed),
            expected,
            "missing in one row is a change"
        );
        let dropped = Selection::new(true, "train", "");
        assert_eq!(
            shown(&report, &dropped),
            ["accuracy", "rmse", "other.yaml:seed"]
        );
        let kept = Selection::new(true, "train", "params|train.C");
        assert_eq!(
            shown(&report, &kept),
            [
                "accuracy",
                "rmse",
                "train.C",
                "params.yaml:seed",
                "other.yaml:seed"
            ]
        );
    }
}
