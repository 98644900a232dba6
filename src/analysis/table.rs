//! The table of experiments as indices: tree, order, best and worst. The cells stay where they are.

use std::{collections::BTreeSet, ops::Range};

use super::{
    order::{MISSING, NOT_A_NUMBER, TEXTS, number_key, ranks, sort_by_keys},
    values::{Ranked, Values},
};
use crate::model::{Cell, ColumnKind, Direction, Report, Revision, RevisionKind, State, TextKind};

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

/// What every run has beside its columns. In lists of columns they stand behind the report's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// When it was made.
    Created,
    /// Who ran it.
    Executor,
}

impl Attribute {
    /// Each of them, in the order of their indices.
    pub const ALL: [Self; 2] = [Self::Created, Self::Executor];

    /// What addresses and filters call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Executor => "executor",
        }
    }

    /// Its index among the columns.
    pub fn index(self, report: &Report) -> usize {
        report.columns.len() + self as usize
    }

    /// The one with an index that is no column's.
    pub fn at(report: &Report, column: usize) -> Option<Self> {
        let at = column.checked_sub(report.columns.len())?;
        Self::ALL.get(at).copied()
    }

    /// What a run says of it.
    pub fn of(self, run: &Revision) -> Option<&str> {
        match self {
            Self::Created => run.created.as_deref(),
            Self::Executor => run.executor.as_deref(),
        }
    }

    /// What is sorted by to sort by it.
    pub fn sort_by(self, report: &Report) -> SortBy {
        match self {
            Self::Created => SortBy::Created,
            Self::Executor => SortBy::Column(self.index(report)),
        }
    }
}

/// The column, or the attribute, that a name stands for.
pub fn find_column(report: &Report, name: &str) -> Option<usize> {
    let attribute = Attribute::ALL.into_iter().find(|it| it.name() == name);
    match attribute {
        Some(attribute) => Some(attribute.index(report)),
        None => report.find_column(name),
    }
}

/// What addresses call a column or an attribute.
pub fn column_id(report: &Report, column: usize) -> Option<String> {
    match report.columns.get(column) {
        Some(column) => Some(column.id.full()),
        None => Some(Attribute::at(report, column)?.name().to_owned()),
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    /// The revision.
    pub revision: usize,
    /// How many of its ancestors stand above it in the tree; 0 in a sorted table.
    pub depth: usize,
    /// How many rows are under it in the tree, folded away or not.
    pub n_inside: usize,
    /// Its place, from 1, among the rows that stand in the same one; 0 in a sorted table.
    pub place: usize,
    /// How many rows stand in the same one, itself included; 0 in a sorted table.
    pub n_siblings: usize,
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
    /// How many rows are in the frozen one, folded away or not.
    pub n_inside_frozen: usize,
    /// Where those of them stand that are not folded away, one level below it: first, but for the
    /// workspace.
    pub in_frozen: Range<usize>,
    /// How many rows of the uppermost level there are, the frozen one included.
    n_uppermost: usize,
    /// Whether the rows are a sorted list, and no tree.
    pub is_flat: bool,
}

impl Table {
    /// The row that is frozen above the others.
    pub fn frozen_row(&self, revision: usize) -> TableRow {
        TableRow {
            revision,
            depth: 0,
            n_inside: self.n_inside_frozen,
            place: usize::from(!self.is_flat),
            n_siblings: self.n_uppermost,
        }
    }

    /// Whether the row at a place is in the frozen one, but does not stand right below it: the
    /// workspace does.
    pub fn is_apart_from_frozen(&self, at: usize) -> bool {
        self.in_frozen.start > 0 && self.in_frozen.contains(&at)
    }

    /// Tells each row of a tree its place among its siblings.
    fn set_places(&mut self, has_frozen: bool) {
        // Of each level, how many there were since the last row of a level above.
        let mut n_by_depth = vec![usize::from(has_frozen)];
        for row in &mut self.rows {
            n_by_depth.resize(row.depth + 1, 0);
            if let Some(n) = n_by_depth.last_mut() {
                *n += 1;
                row.place = *n;
            }
        }
        self.n_uppermost = n_by_depth.first().copied().unwrap_or_default();
        // From below, the first of some siblings is the last one.
        let mut last_by_depth: Vec<usize> = Vec::new();
        for row in self.rows.iter_mut().rev() {
            last_by_depth.truncate(row.depth + 1);
            last_by_depth.resize(row.depth + 1, 0);
            if let Some(last) = last_by_depth.last_mut() {
                *last = row.place.max(*last);
                row.n_siblings = *last;
            }
        }
    }
}

/// The tree branch > commit > experiments in the report's order, laid out once: each row after what
/// it is in, so that every question goes through it from the first to the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Revisions with the number of their ancestors.
    steps: Vec<(usize, usize)>,
    /// How many of them, the first ones, are the workspace with nothing in it.
    n_workspaces: usize,
}

impl Tree {
    /// Lays out the tree of a report.
    pub fn new(report: &Report) -> Self {
        let n = report.revisions.len();
        let parents = report.revisions.iter().map(|it| it.parent.or(it.tip));
        let parents: Vec<usize> = parents
            .map(|it| it.filter(|it| *it < n).unwrap_or(n))
            .collect();
        // The children of a row are a chain in the report's order: the first, and who comes next.
        // One more row than there are is the parent of those that have none.
        let (mut first, mut next) = (vec![n; n + 1], vec![n; n]);
        for (row, parent) in parents.iter().enumerate().rev() {
            next[row] = std::mem::replace(&mut first[*parent], row);
        }
        let mut steps = Vec::with_capacity(n);
        let mut is_seen = vec![false; n];
        // A stack instead of recursion: checkpoints nest thousands deep.
        let mut waiting = vec![(first[n], 0)];
        // Parents that go round in a circle have no root; the first of them stands in for it.
        for root in 0..=n {
            while let Some((row, depth)) = waiting.pop() {
                if row == n {
                    continue;
                }
                waiting.push((next[row], depth));
                if !std::mem::replace(&mut is_seen[row], true) {
                    steps.push((row, depth));
                    waiting.push((first[row], depth + 1));
                }
            }
            if is_seen.get(root) == Some(&false) {
                is_seen[root] = true;
                steps.push((root, 0));
                waiting.push((first[root], 1));
            }
        }
        let is_alone = |pair: &&[(usize, usize)]| {
            let of = pair.first().and_then(|it| report.revisions.get(it.0));
            let kind = of.map(|it| it.kind);
            kind == Some(RevisionKind::Workspace) && pair.iter().all(|it| it.1 == 0)
        };
        Self {
            n_workspaces: steps.windows(2).take_while(is_alone).count(),
            steps,
        }
    }
}

/// The rows that a query asks for: the tree, or, where there is an order, a flat list.
pub fn rows(tree: &Tree, query: &Query<'_>) -> Table {
    let passes = |row: usize| {
        let matches = |mask: &[bool]| mask.get(row).copied().unwrap_or(false);
        query.mask.is_none_or(matches)
    };
    let n_matching = (0..tree.steps.len()).filter(|row| passes(*row)).count();
    let in_table = |row: usize| passes(row) && query.frozen != Some(row);
    let Some(order) = query.order else {
        let mut table = nested(tree, &in_table, query.frozen, &query.collapsed);
        table.set_places(query.frozen.is_some());
        return Table {
            n_matching,
            ..table
        };
    };
    let row = |revision| TableRow {
        revision,
        ..TableRow::default()
    };
    let rows = order.iter().copied().filter(|row| in_table(*row));
    Table {
        rows: rows.map(row).collect(),
        n_matching,
        is_flat: true,
        ..Table::default()
    }
}

/// The value that a revision has of its own: the metrics and outputs of a run that failed, waits
/// or runs are its parent's, and count as missing.
pub fn known<'a>(report: &'a Report, column: usize, revision: usize) -> Cell<'a> {
    let Some(of) = report.revisions.get(revision) else {
        return Cell::Missing;
    };
    let Some(column) = report.columns.get(column) else {
        let text = Attribute::at(report, column).and_then(|it| it.of(of));
        return text.map_or(Cell::Missing, |text| Cell::Text(TextKind::Plain, text));
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
    values: Values<'_>,
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
        let Some(value) = values.number(revision) else {
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

/// What is in the table, nested. A row whose parent is not in the table takes the parent's place;
/// what is in the frozen row comes first, so that it stands below it.
fn nested(
    tree: &Tree,
    in_table: &dyn Fn(usize) -> bool,
    frozen: Option<usize>,
    collapsed: &BTreeSet<usize>,
) -> Table {
    /// An ancestor of the rows that follow.
    struct Above {
        depth: usize,
        row: Option<usize>,
        is_frozen: bool,
        /// How many rows, hidden ones included, had been before those in it, and how many of them
        /// are shown.
        n_before: usize,
        n_shown_before: usize,
        /// The depth of the rows in it, and whether they are hidden.
        inside: (usize, bool),
    }
    let mut table = Table::default();
    let mut above: Vec<Above> = Vec::new();
    let mut n_in_table = 0;
    let close = |table: &mut Table, it: Above, n_in_table: usize| {
        if it.is_frozen {
            table.n_inside_frozen = n_in_table - it.n_before;
            table.in_frozen = it.n_shown_before..table.rows.len();
        }
        if let Some(row) = it.row.and_then(|row| table.rows.get_mut(row)) {
            row.n_inside = n_in_table - it.n_before;
        }
    };
    let steps = tree.steps.as_slice();
    let from = steps.iter().position(|it| Some(it.0) == frozen);
    let (before, rest) = steps.split_at(from.unwrap_or(0));
    // The workspace stays on top: it is what the report is about, and in the frozen branch there
    // may be 100,000 rows.
    let n_alone = tree.n_workspaces.min(before.len());
    let (alone, before) = before.split_at(n_alone);
    let n_first = from.map_or(0, |_| {
        let depth = rest.first().map_or(0, |it| it.1);
        1 + rest.iter().skip(1).take_while(|it| it.1 > depth).count()
    });
    let (first, after) = rest.split_at(n_first);
    let mut steps = alone
        .iter()
        .chain(first)
        .chain(before)
        .chain(after)
        .peekable();
    while let Some((revision, depth)) = steps.next() {
        while let Some(it) = above.pop_if(|it| it.depth >= *depth) {
            close(&mut table, it, n_in_table);
        }
        let (shown_depth, is_hidden) = above.last().map_or((0, false), |it| it.inside);
        let is_row = in_table(*revision);
        let mut row = None;
        if is_row {
            n_in_table += 1;
            if is_hidden {
                table.n_collapsed += 1;
            } else {
                row = Some(table.rows.len());
                table.rows.push(TableRow {
                    revision: *revision,
                    depth: shown_depth,
                    ..TableRow::default()
                });
            }
        }
        if steps.peek().is_some_and(|next| next.1 > *depth) {
            let is_frozen = frozen == Some(*revision);
            let is_folded = (is_row || is_frozen) && collapsed.contains(revision);
            above.push(Above {
                depth: *depth,
                row,
                is_frozen,
                n_before: n_in_table,
                n_shown_before: table.rows.len(),
                inside: (
                    shown_depth + usize::from(is_row || is_frozen),
                    is_hidden || is_folded,
                ),
            });
        }
    }
    while let Some(it) = above.pop() {
        close(&mut table, it, n_in_table);
    }
    table
}

/// All revisions, sorted by the first key, those that it leaves equal by the second, and so on.
/// The order is stable, and runs that failed are never ranked: whatever they are sorted by, they
/// come last.
pub fn sorted(report: &Report, ranked: &Ranked, keys: &[SortKey]) -> Vec<usize> {
    let is_last = |row: &usize| {
        let state = report.revisions.get(*row).map(|it| &it.state);
        matches!(state, Some(State::Failed(_)))
    };
    // Runs are looked at in the order in which they lie in memory.
    let all = 0..report.revisions.len();
    let (mut last, mut sorted): (Vec<usize>, Vec<usize>) = all.partition(is_last);
    for key in keys.iter().rev() {
        let keys = sort_column(report, ranked, *key);
        sort_by_keys(&mut sorted, &keys);
        sort_by_keys(&mut last, &keys);
    }
    sorted.extend(last);
    sorted
}

/// A key for each revision: small where it comes first.
fn sort_column(report: &Report, ranked: &Ranked, key: SortKey) -> Vec<u64> {
    let revisions = &report.revisions;
    let mut keys = match key.by {
        SortBy::Column(column) => match Attribute::at(report, column) {
            Some(attribute) => attribute_keys(report, attribute),
            None => column_keys(report, ranked, column),
        },
        SortBy::Name => ranks(&revisions.iter().map(|it| it.label()).collect::<Vec<_>>()),
        SortBy::Created => attribute_keys(report, Attribute::Created),
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

fn attribute_keys(report: &Report, attribute: Attribute) -> Vec<u64> {
    let texts: Vec<Option<&str>> = report.revisions.iter().map(|it| attribute.of(it)).collect();
    let stated: Vec<&str> = texts.iter().map(|it| it.unwrap_or_default()).collect();
    let mut keys = ranks(&stated);
    for (key, text) in keys.iter_mut().zip(texts) {
        if text.is_none() {
            *key = MISSING;
        }
    }
    keys
}

fn column_keys(report: &Report, ranked: &Ranked, column: usize) -> Vec<u64> {
    let n_rows = report.revisions.len();
    let values = ranked.values(report, column);
    let Some(cells) = values.own() else {
        return vec![MISSING; n_rows];
    };
    // Each distinct text is looked at once, however many rows have it.
    let dictionary = cells.dictionary();
    let texts: Vec<&str> = dictionary.iter().map(|(_, text)| &**text).collect();
    let mut keys_of_texts = ranks(&texts);
    for (key, (kind, text)) in keys_of_texts.iter_mut().zip(dictionary) {
        *key = match kind {
            TextKind::BigInteger => text.parse().map_or(MISSING, number_key),
            _ => TEXTS + *key,
        };
    }
    let key = |row: usize| match values.number(row) {
        Some(value) => number_key(value),
        None => {
            let code = values.code(row).map(|code| code as usize);
            let key = code.and_then(|code| keys_of_texts.get(code));
            key.copied().unwrap_or(MISSING)
        }
    };
    (0..n_rows).map(key).collect()
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
