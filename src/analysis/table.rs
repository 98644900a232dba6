//! The table of experiments as indices: tree, order, best and worst. The cells stay where they are.

use std::collections::BTreeSet;

use super::order::{MISSING, NOT_A_NUMBER, number_key, ranks, sort_by_keys};
use crate::model::{Cell, ColumnKind, Direction, Report, State, TextKind};

/// What the table of experiments is asked for.
#[derive(Clone, Debug, Default)]
pub struct Query<'a> {
    /// Which revisions pass the filter; all where there is none.
    pub mask: Option<&'a [bool]>,
    /// All revisions in the order of [`sorted`]; `None` keeps the tree.
    pub order: Option<&'a [usize]>,
    /// The revision that is frozen above the table, and so not in it.
    pub frozen: Option<usize>,
    /// Revisions whose experiments are folded away.
    pub collapsed: BTreeSet<usize>,
}

/// One key of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// What is compared.
    pub by: SortBy,
    /// Largest first. What is missing comes last either way.
    pub is_descending: bool,
}

/// What can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// What the revision is called.
    Name,
    /// How far it got.
    State,
    /// When it was made.
    Created,
    /// A column of the report.
    Column(usize),
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// The revision.
    pub revision: usize,
    /// How many of its ancestors stand above it in the tree; 0 in a sorted table.
    pub depth: usize,
    /// How many rows are under it in the tree, folded away or not.
    pub n_inside: usize,
}

/// The rows of the table, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// All but the frozen one.
    pub rows: Vec<TableRow>,
    /// How many revisions pass the filter, the frozen one among them if it does.
    pub n_matching: usize,
    /// How many rows are folded away.
    pub n_collapsed: usize,
    /// Whether the rows are a sorted list, and no tree.
    pub is_flat: bool,
}

/// The rows that a query asks for: the tree commit > experiments in the report's order, or, where
/// there is an order, a flat list.
pub fn rows(report: &Report, query: &Query<'_>) -> Table {
    let n = report.revisions.len();
    let passes = |row: usize| {
        let matches = |mask: &[bool]| mask.get(row).copied().unwrap_or(false);
        query.mask.is_none_or(matches)
    };
    let n_matching = (0..n).filter(|row| passes(*row)).count();
    let in_table = |row: usize| passes(row) && query.frozen != Some(row);
    let Some(order) = query.order else {
        return Table {
            n_matching,
            ..tree(report, &in_table, &query.collapsed)
        };
    };
    let row = |revision| TableRow {
        revision,
        depth: 0,
        n_inside: 0,
    };
    let rows = order.iter().copied().filter(|row| in_table(*row));
    Table {
        rows: rows.map(row).collect(),
        n_matching,
        n_collapsed: 0,
        is_flat: true,
    }
}

/// The value that a revision has of its own: the metrics and outputs of a run that failed, waits
/// or runs are its parent's, and count as missing.
pub fn known<'a>(report: &'a Report, column: usize, revision: usize) -> Cell<'a> {
    let (Some(column), Some(of)) = (report.columns.get(column), report.revisions.get(revision))
    else {
        return Cell::Missing;
    };
    let is_result = matches!(column.kind, ColumnKind::Metric | ColumnKind::Output);
    if is_result && !of.is_ranked() {
        return Cell::Missing;
    }
    column.cells.get(revision)
}

/// The best and the worst values of a column among some revisions, ties included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extremes {
    /// Revisions with the best value.
    pub best: Vec<usize>,
    /// Revisions with the worst value.
    pub worst: Vec<usize>,
}

/// Which revisions have the best and the worst value of a column. Nothing where the direction is
/// unknown, or where fewer than two different values stand: there is nothing to be better than.
pub fn extremes(
    report: &Report,
    column: usize,
    direction: Direction,
    revisions: impl IntoIterator<Item = usize>,
) -> Extremes {
    let sign = match direction {
        Direction::HigherIsBetter => 1.0,
        Direction::LowerIsBetter => -1.0,
        Direction::Unknown => return Extremes::default(),
    };
    let mut found = Extremes::default();
    let (mut highest, mut lowest) = (f64::NEG_INFINITY, f64::INFINITY);
    for revision in revisions {
        let Some(value) = known(report, column, revision).as_number() else {
            continue;
        };
        let score = value * sign;
        if score.is_nan() {
            continue;
        }
        if score > highest || found.best.is_empty() {
            highest = score;
            found.best.clear();
        }
        if score < lowest || found.worst.is_empty() {
            lowest = score;
            found.worst.clear();
        }
        if score == highest {
            found.best.push(revision);
        }
        if score == lowest {
            found.worst.push(revision);
        }
    }
    if highest > lowest {
        found
    } else {
        Extremes::default()
    }
}

/// The tree in the report's order. A row whose parent is not in the table takes the parent's place.
fn tree(report: &Report, in_table: &dyn Fn(usize) -> bool, collapsed: &BTreeSet<usize>) -> Table {
    let n = report.revisions.len();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut roots = Vec::new();
    for (idx, revision) in report.revisions.iter().enumerate() {
        match revision.parent.and_then(|parent| children.get_mut(parent)) {
            Some(siblings) => siblings.push(idx),
            None => roots.push(idx),
        }
    }
    let mut walk = Walk {
        children,
        in_table,
        collapsed,
        is_seen: vec![false; n],
        table: Table::default(),
    };
    walk.visit(roots);
    // Parents that go round in a circle have no root; each of them is one.
    for idx in 0..n {
        if !walk.is_seen[idx] {
            walk.visit(vec![idx]);
        }
    }
    walk.table
}

struct Walk<'a> {
    children: Vec<Vec<usize>>,
    in_table: &'a dyn Fn(usize) -> bool,
    collapsed: &'a BTreeSet<usize>,
    is_seen: Vec<bool>,
    table: Table,
}

/// A step of the walk. A stack instead of recursion: checkpoints nest thousands deep.
enum Step {
    Enter {
        revision: usize,
        depth: usize,
        is_hidden: bool,
    },
    /// All under the row at this place have been seen; so many had been before.
    Leave { row: Option<usize>, n_before: usize },
}

impl Walk<'_> {
    fn visit(&mut self, roots: Vec<usize>) {
        let mut n_in_table = 0;
        let enter = |revision, depth, is_hidden| Step::Enter {
            revision,
            depth,
            is_hidden,
        };
        let mut steps: Vec<Step> = roots
            .into_iter()
            .rev()
            .map(|idx| enter(idx, 0, false))
            .collect();
        while let Some(step) = steps.pop() {
            let (revision, depth, is_hidden) = match step {
                Step::Enter {
                    revision,
                    depth,
                    is_hidden,
                } => (revision, depth, is_hidden),
                Step::Leave { row, n_before } => {
                    if let Some(row) = row.and_then(|row| self.table.rows.get_mut(row)) {
                        row.n_inside = n_in_table - n_before;
                    }
                    continue;
                }
            };
            if std::mem::replace(&mut self.is_seen[revision], true) {
                continue;
            }
            let is_row = (self.in_table)(revision);
            let mut row = None;
            if is_row {
                n_in_table += 1;
                if is_hidden {
                    self.table.n_collapsed += 1;
                } else {
                    row = Some(self.table.rows.len());
                    self.table.rows.push(TableRow {
                        revision,
                        depth,
                        n_inside: 0,
                    });
                }
            }
            let is_folded = is_row && self.collapsed.contains(&revision);
            steps.push(Step::Leave {
                row,
                n_before: n_in_table,
            });
            let depth_inside = depth + usize::from(is_row);
            for child in self.children[revision].iter().rev() {
                steps.push(enter(*child, depth_inside, is_hidden || is_folded));
            }
        }
    }
}

/// Keys of texts: above those of all numbers (+∞ has 0xFFF0…), below those that come last.
const TEXTS: u64 = 0xFFF1 << 48;

/// All revisions, sorted by the first key, those that it leaves equal by the second, and so on.
/// The order is stable, and runs that failed are never ranked: whatever they are sorted by, they
/// come last.
pub fn sorted(report: &Report, keys: &[SortKey]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..report.revisions.len()).collect();
    for key in keys.iter().rev() {
        sort_by_keys(&mut order, &sort_column(report, *key));
    }
    let is_last = |row: &usize| {
        let state = report.revisions.get(*row).map(|it| &it.state);
        matches!(state, Some(State::Failed(_)))
    };
    let (last, mut sorted): (Vec<usize>, Vec<usize>) = order.into_iter().partition(is_last);
    sorted.extend(last);
    sorted
}

/// A key for each revision: small where it comes first.
fn sort_column(report: &Report, key: SortKey) -> Vec<u64> {
    let revisions = &report.revisions;
    let mut keys = match key.by {
        SortBy::Column(column) => column_keys(report, column),
        SortBy::Name => ranks(&revisions.iter().map(|it| it.label()).collect::<Vec<_>>()),
        SortBy::Created => {
            let created = revisions.iter().map(|it| it.created.as_deref());
            let mut keys = ranks(&created.map(Option::unwrap_or_default).collect::<Vec<_>>());
            for (key, _) in keys
                .iter_mut()
                .zip(revisions)
                .filter(|(_, it)| it.created.is_none())
            {
                *key = MISSING;
            }
            keys
        }
        SortBy::State => revisions
            .iter()
            .map(|it| match it.state {
                State::Ok => 0,
                State::Running => 1,
                State::Queued => 2,
                State::Failed(_) => 3,
            })
            .collect(),
    };
    if key.is_descending {
        for key in &mut keys {
            if *key < NOT_A_NUMBER {
                *key = NOT_A_NUMBER - 1 - *key;
            }
        }
    }
    keys
}

fn column_keys(report: &Report, column: usize) -> Vec<u64> {
    let n_rows = report.revisions.len();
    let Some(cells) = report.columns.get(column).map(|it| &it.cells) else {
        return vec![MISSING; n_rows];
    };
    let texts: Vec<&str> = cells.dictionary().iter().map(|(_, text)| &**text).collect();
    let ranks = ranks(&texts);
    let rank = |row: usize| ranks.get(cells.text(row)?.0 as usize).map(|it| TEXTS + it);
    (0..n_rows)
        .map(|row| match known(report, column, row) {
            Cell::Missing => MISSING,
            Cell::Number(value) => number_key(value),
            Cell::Text(TextKind::BigInteger, text) => text.parse().map_or(MISSING, number_key),
            Cell::Text(..) => rank(row).unwrap_or(MISSING),
        })
        .collect()
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
