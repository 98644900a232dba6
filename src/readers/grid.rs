//! A grid of labels and numbers → a confusion matrix, whichever format it came in.
//!
//! Rows are actual unless the corner cell (`Predicted`, or `predicted \ actual` as careo's own exports
//! have it) or `--as 'READER(rows=predicted):PATH'` says otherwise.

use std::borrow::Cow;

use super::{
    csv::{self, Field},
    pairs::{ACTUAL, PREDICTED, rank, split_of},
};
use crate::model::{
    Artifact, AxisTitles, ConfusionMatrix, Content, Finding, Limit, MatrixError, MatrixKind,
    NoticeKind, Notices, Place, Problem, ProblemKind, natural_order,
};

/// The most cells that are taken.
pub(super) const MAX_CELLS: usize = 50_000_000;

/// The numbers of a row; borrowed where they lie in memory already.
type Row<'a> = Cow<'a, [f64]>;

/// Labels and numbers as they stand in a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid<'a> {
    /// Title of the corner cell: `Actual`.
    pub corner: String,
    /// Labels of the rows; empty where the table has none.
    pub row_labels: Vec<String>,
    /// Labels of the columns; empty where the table has none.
    pub column_labels: Vec<String>,
    /// The numbers, row by row.
    pub rows: Vec<Row<'a>>,
}

/// Why a table is no grid.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum GridError {
    /// A cell is no number; its 0-based row and column in the text, and what stands there.
    NotNumber(usize, usize, String),
    /// More cells than are taken.
    TooLarge,
    /// No numbers.
    Empty,
}

impl<'a> Grid<'a> {
    /// Cuts labels and numbers apart. The first row holds labels when its first cell is not a
    /// number; the others then begin with a label each, unless they are as long as a first row
    /// without a corner.
    pub fn from_cells(cells: &[Vec<Field<'_>>], delimiter: u8) -> Result<Self, GridError> {
        let Some(first) = cells.first() else {
            return Err(GridError::Empty);
        };
        let is_number = |cell: &Field<'_>| csv::number(cell, delimiter).is_some();
        let owned = |cells: &[Field<'_>]| -> Vec<String> {
            cells.iter().map(|cell| cell.clone().into_owned()).collect()
        };
        let mut grid = Self::default();
        let has_no_corner =
            cells.len() > 1 && cells.iter().skip(1).all(|it| it.len() == first.len() + 1);
        let is_headed = has_no_corner || !first.first().is_some_and(is_number);
        // A header over bare numbers: as many rows as columns, and no row begins with a label.
        let is_bare = is_headed
            && !has_no_corner
            && cells.len() == first.len() + 1
            && first.first().is_some_and(|cell| !cell.trim().is_empty())
            && cells
                .iter()
                .skip(1)
                .all(|row| row.len() == first.len() && row.iter().all(is_number));
        if is_headed {
            match first.split_first() {
                _ if has_no_corner || is_bare => grid.column_labels = owned(first),
                Some((corner, labels)) => {
                    grid.corner = corner.trim().to_owned();
                    grid.column_labels = owned(labels);
                }
                None => {}
            }
        }
        let has_row_labels = is_headed && !is_bare;
        let mut n_cells = 0;
        for (row_idx, row) in cells.iter().enumerate().skip(usize::from(is_headed)) {
            let n_labels = usize::from(has_row_labels);
            if let (true, Some(label)) = (has_row_labels, row.first()) {
                grid.row_labels.push(label.clone().into_owned());
            }
            n_cells += row.len();
            if n_cells > MAX_CELLS {
                return Err(GridError::TooLarge);
            }
            let mut numbers = Vec::with_capacity(row.len());
            for (column_idx, cell) in row.iter().enumerate().skip(n_labels) {
                let number = csv::number(cell, delimiter).ok_or_else(|| {
                    GridError::NotNumber(row_idx, column_idx, cell.chars().take(40).collect())
                })?;
                numbers.push(number);
            }
            grid.rows.push(numbers.into());
        }
        Ok(grid)
    }

    /// Whether it can only be a confusion matrix: square and bare, or with labels of which one axis
    /// has all that the other one has.
    pub fn is_matrix(&self) -> bool {
        let n_columns = self.rows.first().map_or(0, |row| row.len());
        let is_even = self.rows.iter().all(|row| row.len() == n_columns);
        if !is_even || n_columns == 0 {
            return false;
        }
        if self.column_labels.is_empty() {
            return self.rows.len() == n_columns && n_columns > 1;
        }
        let (rows, columns) = (sorted(&self.row_labels), sorted(&self.column_labels));
        let has_all = |all: &[&str], some: &[&str]| {
            !some.is_empty() && some.iter().all(|it| all.binary_search(it).is_ok())
        };
        has_all(&rows, &columns) || has_all(&columns, &rows)
    }

    /// Takes off a last row and column called `All` or `Total` that hold the sums of the others.
    pub fn strip_margins(&mut self) -> bool {
        let ends_with_margin = |labels: &[String]| labels.last().is_some_and(|it| is_margin(it));
        let (rows, columns) = (&self.row_labels, &self.column_labels);
        if self.rows.len() < 2 || !ends_with_margin(rows) || !ends_with_margin(columns) {
            return false;
        }
        let ends_with_sum = |row: &Row<'_>| match row.split_last() {
            Some((last, rest)) => is_sum(rest.iter().sum(), *last),
            None => false,
        };
        let Some((sums, rest)) = self.rows.split_last() else {
            return false;
        };
        let sum_of = |column: usize| -> f64 { rest.iter().filter_map(|it| it.get(column)).sum() };
        let is_below = sums
            .iter()
            .enumerate()
            .all(|(column, sum)| is_sum(sum_of(column), *sum));
        if !is_below || !self.rows.iter().all(ends_with_sum) {
            return false;
        }
        self.rows.pop();
        for row in &mut self.rows {
            row.to_mut().pop();
        }
        self.row_labels.pop();
        self.column_labels.pop();
        true
    }

    /// Gives both axes the same classes: a class that one axis lacks was never there (a crosstab
    /// has no column for a class that the model never said), so its cells are zero.
    fn square(self) -> Result<(Vec<String>, Vec<Row<'a>>), MatrixError> {
        if self.column_labels.is_empty() {
            let n = self.rows.len();
            return Ok(((0..n).map(|class| class.to_string()).collect(), self.rows));
        }
        if self.row_labels.is_empty() || self.row_labels == self.column_labels {
            return Ok((self.column_labels, self.rows));
        }
        for labels in [&self.row_labels, &self.column_labels] {
            let sorted = sorted(labels);
            let mut pairs = sorted.iter().zip(sorted.iter().skip(1));
            if let Some((twice, _)) = pairs.find(|(a, b)| a == b) {
                return Err(MatrixError::DuplicateLabel((*twice).to_owned()));
            }
        }
        let (n_rows, n_columns) = (self.row_labels.len(), self.column_labels.len());
        if !self.is_matrix() {
            return Err(MatrixError::NotSquare {
                rows: n_rows,
                columns: n_columns,
            });
        }
        let n = n_rows.max(n_columns);
        if n.saturating_mul(n) > MAX_CELLS {
            return Err(MatrixError::TooManyClasses(n));
        }
        let is_sorted = |labels: &[String]| labels.is_sorted_by(|a, b| natural_order(a, b).is_le());
        let mut labels = match n_rows >= n_columns {
            true => self.row_labels.clone(),
            false => self.column_labels.clone(),
        };
        if is_sorted(&self.row_labels) && is_sorted(&self.column_labels) {
            labels.sort_by(|a, b| natural_order(a, b));
        }
        let places = |of: &[String]| -> Vec<Option<usize>> {
            let by_name: std::collections::HashMap<&str, usize> = of
                .iter()
                .enumerate()
                .map(|(at, it)| (it.as_str(), at))
                .collect();
            labels
                .iter()
                .map(|label| by_name.get(label.as_str()).copied())
                .collect()
        };
        let (row_at, column_at) = (places(&self.row_labels), places(&self.column_labels));
        let cell = |row: Option<usize>, column: Option<usize>| {
            let row = self.rows.get(row?)?;
            row.get(column?).copied()
        };
        let rows = row_at.iter().map(|row| {
            let columns = column_at.iter();
            columns
                .map(|column| cell(*row, *column).unwrap_or(0.0))
                .collect::<Vec<f64>>()
                .into()
        });
        let rows = rows.collect();
        Ok((labels, rows))
    }

    /// The matrix as a finding; notices say what was done and what its cells are.
    ///
    /// # Errors
    /// The numbers are no confusion matrix.
    pub fn into_finding(
        mut self,
        artifact: &Artifact,
        reader: &str,
        rows_are: Option<&str>,
        notices: &mut Notices,
    ) -> Result<Finding, Box<Problem>> {
        let place = || Place::artifact(&artifact.path);
        if self.strip_margins() {
            notices.push(NoticeKind::MarginsStripped, place());
        }
        let has_labels = !self.column_labels.is_empty();
        let is_predicted = match rows_are {
            Some(rows) => rows == "predicted",
            None => rank(title_of_rows(&self.corner), &PREDICTED).is_some(),
        };
        let mut titles = AxisTitles::default();
        if rank(&self.corner, &ACTUAL).is_some() || rank(&self.corner, &PREDICTED).is_some() {
            match is_predicted {
                true => titles.predicted = Some(std::mem::take(&mut self.corner)),
                false => titles.actual = Some(std::mem::take(&mut self.corner)),
            }
        }
        let matrix = self.square().and_then(|(labels, rows)| {
            let is_square = rows.iter().all(|row| row.len() == rows.len());
            if is_square && rows.len() != labels.len() {
                let (labels, classes) = (labels.len(), rows.len());
                return Err(MatrixError::Labels { labels, classes });
            }
            match is_predicted && is_square {
                true => ConfusionMatrix::from_rows(labels, &transposed(&rows)),
                false => ConfusionMatrix::from_rows(labels, &rows),
            }
        });
        if matrix.is_ok() && !has_labels {
            notices.push(NoticeKind::NoLabels, place());
        }
        finding(matrix, titles, artifact, reader, notices)
    }
}

/// A matrix as a finding; notices say what its cells are.
///
/// # Errors
/// The numbers are no confusion matrix.
pub(super) fn finding(
    matrix: Result<ConfusionMatrix, MatrixError>,
    titles: AxisTitles,
    artifact: &Artifact,
    reader: &str,
    notices: &mut Notices,
) -> Result<Finding, Box<Problem>> {
    let place = || Place::artifact(&artifact.path);
    let matrix = matrix.and_then(|matrix| match is_called_normalised(artifact) {
        true => shares(matrix),
        false => Ok(matrix),
    });
    let matrix = matrix.map_err(|error| {
        Box::new(Problem {
            kind: ProblemKind::Matrix(error),
            place: Some(place()),
            reader: Some(reader.to_owned()),
        })
    })?;
    match matrix.kind() {
        MatrixKind::Counts => {}
        MatrixKind::Weighted => notices.push(NoticeKind::Weighted, place()),
        MatrixKind::NormalisedByRow
        | MatrixKind::NormalisedByColumn
        | MatrixKind::NormalisedByAll => notices.push(NoticeKind::SharesNotCounts, place()),
    }
    Ok(Finding::new(Content::Matrix {
        split: split_of(artifact.file_name()),
        titles,
        matrix,
    }))
}

/// What a corner calls the rows: it may be all of it, or stand before what it calls the columns, as
/// in `Predicted / Actual`; careo's own exports tell after a `;` what the numbers are.
fn title_of_rows(corner: &str) -> &str {
    let axes = corner.split(';').next().unwrap_or_default();
    match axes.split_once(['\\', '/', '|']) {
        Some((rows, columns)) if rank(columns, &ACTUAL).is_some() => rows,
        _ => corner,
    }
}

/// Whether a label is that of a sum.
pub(super) fn is_margin(label: &str) -> bool {
    let label = label.trim();
    label.eq_ignore_ascii_case("all") || label.eq_ignore_ascii_case("total")
}

/// Whether a number is the sum of others, but for rounding.
pub(super) fn is_sum(sum: f64, of: f64) -> bool {
    (sum - of).abs() <= 1e-9 * of.abs().max(1.0)
}

impl GridError {
    /// The problem that it is in an artifact, `lines` being the 1-based line of each row.
    pub fn into_problem(self, artifact: &Artifact, reader: &str, lines: &[u32]) -> Box<Problem> {
        let whole = Place::artifact(&artifact.path);
        let (kind, place) = match self {
            Self::Empty => (ProblemKind::Empty, whole.at(1, 1)),
            Self::TooLarge => {
                let limit = MAX_CELLS as u64;
                let what = Limit::Values;
                (ProblemKind::TooLarge { what, limit }, whole)
            }
            Self::NotNumber(row, column, text) => {
                let kind = ProblemKind::Expected {
                    expected: crate::model::Thing::Count,
                    found: crate::model::Found::Text(text),
                };
                let line = lines.get(row).copied().unwrap_or(1);
                (kind, whole.at(line, 1).key(format!("#{}", column + 1)))
            }
        };
        Box::new(Problem {
            kind,
            place: Some(place),
            reader: Some(reader.to_owned()),
        })
    }
}

fn is_called_normalised(artifact: &Artifact) -> bool {
    let name = artifact.file_name().to_ascii_lowercase();
    name.contains("normalized") || name.contains("normalised")
}

/// A matrix whose name says that it is normalised may hold nothing but zeros and ones, as of a model
/// that always says one class: these are no counts.
fn shares(matrix: ConfusionMatrix) -> Result<ConfusionMatrix, MatrixError> {
    let is_one_or_zero = |sum: &f64| *sum == 0.0 || *sum == 1.0;
    let kind = match matrix.kind() {
        MatrixKind::Counts if matrix.actual_totals().iter().all(is_one_or_zero) => {
            MatrixKind::NormalisedByRow
        }
        MatrixKind::Counts if matrix.predicted_totals().iter().all(is_one_or_zero) => {
            MatrixKind::NormalisedByColumn
        }
        _ => return Ok(matrix),
    };
    let labels = matrix.labels().to_vec();
    ConfusionMatrix::from_filled(labels, matrix.filled().collect(), kind)
}

fn sorted(labels: &[String]) -> Vec<&str> {
    let mut sorted: Vec<&str> = labels.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    sorted
}

fn transposed(rows: &[Row<'_>]) -> Vec<Row<'static>> {
    let n_columns = rows.first().map_or(0, |row| row.len());
    let column = |at: usize| -> Vec<f64> {
        let cells = rows.iter().filter_map(|row| row.get(at).copied());
        cells.collect()
    };
    (0..n_columns).map(|at| column(at).into()).collect()
}
