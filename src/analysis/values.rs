//! A column read from top to bottom: what a value costs is paid for each of 100,000 rows.

use crate::model::{Cell, Cells, ColumnKind, Report};

/// Which revisions have results of their own; found once for all passes over a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranked {
    /// Which revisions lack them; empty where none does.
    unranked: Vec<bool>,
}

impl Ranked {
    /// Looks at each revision of a report once.
    pub fn new(report: &Report) -> Self {
        let unranked = report.revisions.iter().map(|it| !it.is_ranked());
        let mut unranked: Vec<bool> = unranked.collect();
        if !unranked.contains(&true) {
            unranked = Vec::new();
        }
        Self { unranked }
    }

    /// The values of a column that are the revisions' own, as [`super::table::known`] has them.
    pub fn values<'a>(&'a self, report: &'a Report, column: usize) -> Values<'a> {
        let column = report.columns.get(column);
        let is_result = |kind| matches!(kind, ColumnKind::Metric | ColumnKind::Output);
        Values {
            cells: column.map(|it| &it.cells),
            unranked: match column {
                Some(it) if is_result(it.kind) => &self.unranked,
                _ => &[],
            },
        }
    }
}

/// The values of one column that are the revisions' own.
#[derive(Clone, Copy)]
pub struct Values<'a> {
    cells: Option<&'a Cells>,
    unranked: &'a [bool],
}

impl<'a> Values<'a> {
    /// The value of a revision.
    pub fn get(self, revision: usize) -> Cell<'a> {
        match self.own() {
            Some(cells) if !self.is_hidden(revision) => cells.get(revision),
            _ => Cell::Missing,
        }
    }

    /// The value of a revision where it is a number.
    #[inline]
    pub fn number(self, revision: usize) -> Option<f64> {
        match self.is_hidden(revision) {
            true => None,
            false => self.own()?.number(revision),
        }
    }

    /// The code of a revision's text in the dictionary of the column.
    pub fn code(self, revision: usize) -> Option<u32> {
        match self.is_hidden(revision) {
            true => None,
            false => self.own()?.code(revision),
        }
    }

    /// The cells of the column; nothing where there is no such column.
    pub fn own(self) -> Option<&'a Cells> {
        self.cells
    }

    #[inline]
    fn is_hidden(self, revision: usize) -> bool {
        matches!(self.unranked.get(revision), Some(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{table::known, testing::small};

    #[test]
    fn a_pass_sees_what_single_cells_are() {
        let report = small();
        let ranked = Ranked::new(&report);
        for column in 0..=report.columns.len() {
            let values = ranked.values(&report, column);
            for row in 0..=report.revisions.len() {
                let cell = known(&report, column, row);
                assert!(values.get(row).same_as(cell), "{column}, {row}");
                let same =
                    |a: Option<f64>, b: Option<f64>| a.map(f64::to_bits) == b.map(f64::to_bits);
                assert!(same(values.number(row), cell.as_number()));
                assert_eq!(values.code(row).is_some(), matches!(cell, Cell::Text(..)));
            }
        }
        let mut all_ok = small();
        all_ok.revisions.retain(|it| it.is_ranked());
        assert_eq!(Ranked::new(&all_ok), Ranked::default());
    }
}
