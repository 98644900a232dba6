//! A report in parts, for the page that a worker of the same program hands it to: the bundle
//! without its long lists, and those lists as they lie in memory. What is long is neither written
//! as text nor read again. Nothing of this is ever stored.

use std::{collections::VecDeque, mem::take};

use super::{
    code::{Codes, index_of},
    columns::TEXT_KINDS,
    document,
    fields::{fault, placed},
    revisions::{KINDS, STATES},
};
use crate::model::{CellParts, Cells, ConfusionMatrix, Problem, Report, Revision, State, TextKind};

/// The parts of a report.
#[derive(Debug, Default, PartialEq)]
pub struct Parts {
    /// The bundle, without revisions, cells of columns and matrices, and predictions.
    pub bundle: Vec<u8>,
    /// All texts, one behind the other.
    pub text: String,
    /// Lists of numbers.
    pub numbers: VecDeque<Vec<f64>>,
    /// Lists of codes and the like; the first one holds everything that is no list.
    pub indices: VecDeque<Vec<u32>>,
}

/// Takes a report to pieces; what stays of it is good for nothing.
pub fn to_parts(report: &mut Report) -> Parts {
    let mut lists = Lists::new(Parts::default(), Way::Apart);
    lists.report(report);
    let mut parts = lists.parts;
    parts.indices.push_front(lists.single);
    let revisions = take(&mut report.revisions);
    parts.bundle = document::write(report);
    report.revisions = revisions;
    parts
}

/// Puts a report together again.
///
/// # Errors
/// These are no parts of a report: a bug in careo.
pub fn from_parts(mut parts: Parts) -> Result<Report, Problem> {
    let bundle = take(&mut parts.bundle);
    let mut lists = Lists::new(parts, Way::Together);
    lists.single = lists.parts.indices.pop_front().unwrap_or_default();
    document::read_with(&bundle, &mut |report| {
        lists.report(report);
        match lists.is_short {
            true => Err(placed(fault("parts of the report are missing"), 0)),
            false => Ok(()),
        }
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Apart,
    Together,
}

/// The lists of a report, on their way out of it or back; each is named once for both ways.
struct Lists {
    parts: Parts,
    way: Way,
    single: Vec<u32>,
    /// How many of `single` were taken.
    n_single: usize,
    /// How many bytes of the text were taken.
    n_text: usize,
    /// Something was not there.
    is_short: bool,
}

impl Lists {
    fn new(parts: Parts, way: Way) -> Self {
        Self {
            parts,
            way,
            single: Vec::new(),
            n_single: 0,
            n_text: 0,
            is_short: false,
        }
    }

    fn report(&mut self, report: &mut Report) {
        let n_revisions = self.index(report.revisions.len());
        report.revisions.resize_with(n_revisions, Revision::default);
        for revision in &mut report.revisions {
            self.revision(revision);
        }
        for column in &mut report.columns {
            let mut cells = take(&mut column.cells).into_parts();
            self.cells(&mut cells);
            column.cells = Cells::from_parts(cells);
        }
        for record in &mut report.matrices {
            self.matrix(&mut record.matrix);
        }
        for record in &mut report.predictions {
            self.indices(&mut record.predictions.actual);
            self.indices(&mut record.predictions.predicted);
            self.indices(&mut record.predictions.rows);
        }
    }

    fn revision(&mut self, revision: &mut Revision) {
        self.code(&mut revision.kind, KINDS);
        self.optional_text(&mut revision.sha);
        self.optional_text(&mut revision.name);
        for row in [&mut revision.parent, &mut revision.tip] {
            *row = self.index(row.map_or(0, |row| row + 1)).checked_sub(1);
        }
        self.code(&mut revision.state, STATES);
        if let State::Failed(message) = &mut revision.state {
            self.text(message);
        }
        self.optional_text(&mut revision.created);
        self.optional_text(&mut revision.executor);
        let n_errors = self.index(revision.file_errors.len());
        revision.file_errors.resize_with(n_errors, Default::default);
        for (file, message) in &mut revision.file_errors {
            self.text(file);
            self.text(message);
        }
    }

    fn cells(&mut self, cells: &mut CellParts) {
        cells.n_rows = self.index(cells.n_rows);
        if self.index(usize::from(!cells.numbers.is_empty())) == 1 {
            self.numbers(&mut cells.numbers);
            let halves = |word: &u64| [*word as u32, (*word >> 32) as u32];
            let mut mask = cells.has_number.iter().flat_map(halves).collect();
            self.indices(&mut mask);
            let word = |&[low, high]: &[u32; 2]| u64::from(low) | u64::from(high) << 32;
            cells.has_number = mask.as_chunks().0.iter().map(word).collect();
        }
        if self.index(usize::from(!cells.codes.is_empty())) == 1 {
            self.indices(&mut cells.codes);
        }
        let n_texts = self.index(cells.dictionary.len());
        let nothing = || (TextKind::Plain, Box::default());
        cells.dictionary.resize_with(n_texts, nothing);
        for (kind, text) in &mut cells.dictionary {
            self.code(kind, TEXT_KINDS);
            if let Some(found) = self.piece(text) {
                *text = found.into();
            }
        }
    }

    fn matrix(&mut self, matrix: &mut ConfusionMatrix) {
        let mut cells = matrix.take_cells();
        self.indices(&mut cells.row_starts);
        self.indices(&mut cells.columns);
        self.numbers(&mut cells.values);
        if self.way == Way::Together {
            self.is_short |= !matrix.put_cells(cells);
        }
    }

    fn numbers(&mut self, list: &mut Vec<f64>) {
        match self.way {
            Way::Apart => self.parts.numbers.push_back(take(list)),
            Way::Together => match self.parts.numbers.pop_front() {
                Some(found) => *list = found,
                None => self.is_short = true,
            },
        }
    }

    fn indices(&mut self, list: &mut Vec<u32>) {
        match self.way {
            Way::Apart => self.parts.indices.push_back(take(list)),
            Way::Together => match self.parts.indices.pop_front() {
                Some(found) => *list = found,
                None => self.is_short = true,
            },
        }
    }

    /// Takes `value` apart, or answers with the one that was.
    fn index(&mut self, value: usize) -> usize {
        match self.way {
            Way::Apart => {
                self.single.push(value as u32);
                value
            }
            Way::Together => {
                let found = self.single.get(self.n_single);
                self.is_short |= found.is_none();
                self.n_single += 1;
                found.copied().unwrap_or_default() as usize
            }
        }
    }

    fn code<T: Clone>(&mut self, value: &mut T, codes: &'static Codes<T>) {
        let found = self.index(index_of(codes, value));
        if self.way == Way::Together
            && let Some((found, _)) = codes.get(found)
        {
            *value = found.clone();
        }
    }

    fn optional_text(&mut self, text: &mut Option<String>) {
        if self.index(usize::from(text.is_some())) == 1 {
            self.text(text.get_or_insert_default());
        }
    }

    fn text(&mut self, text: &mut String) {
        if let Some(found) = self.piece(text) {
            found.clone_into(text);
        }
    }

    /// Takes a text apart, or answers with the one that was.
    fn piece(&mut self, text: &str) -> Option<&str> {
        let n_bytes = self.index(text.len());
        match self.way {
            Way::Apart => {
                self.parts.text.push_str(text);
                None
            }
            Way::Together => {
                let end = self.n_text.saturating_add(n_bytes);
                let found = self.parts.text.get(self.n_text..end);
                self.is_short |= found.is_none();
                self.n_text = end;
                found
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        bundle::{tests::full, write},
        model::{Column, MatrixKind, MatrixRecord},
    };

    #[test]
    fn what_is_taken_apart_comes_together() {
        for report in [Report::default(), full()] {
            let parts = to_parts(&mut report.clone());
            let again = from_parts(parts).unwrap();
            assert_eq!(write(&again), write(&report));
            for (again, column) in again.columns.iter().zip(&report.columns) {
                let cells = |it: &Column| format!("{:?}", it.cells.clone().into_parts());
                assert_eq!(cells(again), cells(column), "{}", column.id.full());
            }
        }
    }

    #[test]
    fn the_bundle_holds_nothing_long() {
        let mut report = full();
        let n_bytes = to_parts(&mut report).bundle.len();
        for column in &mut report.columns {
            column.cells = Cells::from_numbers((0..1000).map(|it| Some(f64::from(it))));
        }
        report.revisions.resize_with(1000, Revision::default);
        for MatrixRecord { matrix, .. } in &mut report.matrices {
            let long = vec![0.123_456_789; matrix.n_classes() * matrix.n_classes()];
            let labels = matrix.labels().to_vec();
            *matrix = ConfusionMatrix::from_dense(labels, long, matrix.kind()).unwrap();
        }
        assert_eq!(to_parts(&mut report).bundle.len(), n_bytes);
    }

    #[test]
    fn cells_that_are_of_no_such_matrix_are_refused() {
        let labels = |n: usize| (0..n).map(|it| it.to_string()).collect();
        let few = [(0, 1, 2.0), (70, 3, 1.0)];
        for n in [2, 80] {
            let filled = few.iter().copied().filter(|it| it.0 < n).collect();
            let kind = MatrixKind::Counts;
            let whole = ConfusionMatrix::from_filled(labels(n), filled, kind).unwrap();
            let mut empty = whole.clone();
            let cells = empty.take_cells();
            assert_eq!(empty.total(), 0.0);
            let mut short = cells.clone();
            short.values.pop();
            assert!(!empty.clone().put_cells(short));
            let mut wide = cells.clone();
            wide.columns.iter_mut().for_each(|it| *it = 80);
            assert_eq!(
                empty.clone().put_cells(wide),
                n == 2,
                "dense ones have no columns"
            );
            assert!(empty.put_cells(cells));
            assert_eq!(empty, whole);
        }
    }

    #[test]
    fn parts_that_are_missing_are_told() {
        let lose: [fn(&mut Parts); 4] = [
            |parts| parts.numbers.truncate(1),
            |parts| parts.indices.truncate(2),
            |parts| parts.indices.iter_mut().for_each(Vec::clear),
            |parts| parts.text.clear(),
        ];
        for lose in lose {
            let mut parts = to_parts(&mut full());
            lose(&mut parts);
            assert!(from_parts(parts).is_err());
        }
    }
}
