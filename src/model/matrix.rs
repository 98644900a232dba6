use std::sync::Arc;

/// What the cells of a matrix count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixKind {
    /// Whole samples.
    Counts,
    /// Weighted samples: fractions allowed.
    Weighted,
    /// Each row sums to one: recall on the diagonal.
    NormalisedByRow,
    /// Each column sums to one: precision on the diagonal.
    NormalisedByColumn,
    /// Everything sums to one.
    NormalisedByAll,
}

impl MatrixKind {
    /// Whether a sample size is known, so that sentences may say "14 of 36".
    pub fn has_counts(self) -> bool {
        self == Self::Counts
    }
}

/// Actual × predicted with class labels; rows are what it was, columns what the model said.
///
/// Square by construction; dense for few classes, sparse for many that are mostly zeros: every use
/// walks the filled cells in order.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfusionMatrix {
    labels: Vec<String>,
    /// Shared by copies: the report and the views hold the same matrix.
    cells: Arc<MatrixCells>,
    kind: MatrixKind,
}

/// Dense for few classes or many filled cells, else sparse; an implementation detail.
#[derive(Clone, Debug, PartialEq)]
enum MatrixCells {
    /// `n * n` values, row-major.
    Dense(Vec<f64>),
    /// Row starts (`n + 1`), then column and value of each filled cell, columns ascending.
    Sparse {
        row_starts: Vec<usize>,
        columns: Vec<u32>,
        values: Vec<f64>,
    },
}

/// The cells of a matrix as they lie in memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MatrixParts {
    /// Where each row begins in the other two lists, and the end of the last; none where all cells
    /// are there, row by row.
    pub row_starts: Vec<u32>,
    /// The column of each filled cell.
    pub columns: Vec<u32>,
    /// The values.
    pub values: Vec<f64>,
}

/// Why some numbers are not a confusion matrix.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MatrixError {
    /// Rows and columns differ in number.
    #[error("{rows} rows but {columns} columns")]
    NotSquare {
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        columns: usize,
    },
    /// A row is shorter or longer than the first.
    #[error("row {row} has {found} values, not {expected}")]
    Ragged {
        /// 1-based row.
        row: usize,
        /// Its length.
        found: usize,
        /// Length of the first.
        expected: usize,
    },
    /// As many labels as classes are needed.
    #[error("{labels} labels for {classes} classes")]
    Labels {
        /// Number of labels.
        labels: usize,
        /// Number of classes.
        classes: usize,
    },
    /// Two classes have one name.
    #[error("the label \"{0}\" stands for two classes")]
    DuplicateLabel(String),
    /// A cell is below zero.
    #[error("cell {row},{column} is {value}")]
    Negative {
        /// 1-based row.
        row: usize,
        /// 1-based column.
        column: usize,
        /// Its value.
        value: f64,
    },
    /// A cell is `NaN` or infinite.
    #[error("cell {row},{column} is not a finite number")]
    NotFinite {
        /// 1-based row.
        row: usize,
        /// 1-based column.
        column: usize,
    },
    /// No class at all.
    #[error("no classes")]
    Empty,
    /// More classes than careo takes.
    #[error("{0} classes")]
    TooManyClasses(usize),
}

impl ConfusionMatrix {
    /// The most classes that a matrix may have.
    pub const MAX_CLASSES: usize = 100_000;

    /// From rows of actual classes. The kind is found from the values: whole numbers are counts;
    /// fractions whose rows (columns, all) sum to one are normalised; others are weighted.
    ///
    /// # Errors
    /// Not square, ragged, negative, not finite, empty, or labels that don't fit.
    pub fn from_rows<Row: AsRef<[f64]>>(
        labels: Vec<String>,
        rows: &[Row],
    ) -> Result<Self, MatrixError> {
        let n = rows.len();
        if n == 0 {
            return Err(MatrixError::Empty);
        }
        let width = rows[0].as_ref().len();
        for (row_idx, row) in rows.iter().enumerate() {
            let found = row.as_ref().len();
            if found != width {
                let (row, expected) = (row_idx + 1, width);
                return Err(MatrixError::Ragged {
                    row,
                    found,
                    expected,
                });
            }
        }
        if width != n {
            return Err(MatrixError::NotSquare {
                rows: n,
                columns: width,
            });
        }
        // At once: what grows leaves holes behind, and the memory of a page never shrinks.
        let mut dense = Vec::with_capacity(n * n);
        for row in rows {
            dense.extend_from_slice(row.as_ref());
        }
        for (idx, &value) in dense.iter().enumerate() {
            let (row, column) = (idx / n + 1, idx % n + 1);
            if !value.is_finite() {
                return Err(MatrixError::NotFinite { row, column });
            }
            if value < 0.0 {
                return Err(MatrixError::Negative { row, column, value });
            }
        }
        Ok(Self::from_dense(labels, dense, MatrixKind::Counts)?.of_found_kind())
    }

    /// From cells `(actual, predicted, value)` in any order; those of one place are summed, and the
    /// others are zero. The kind is found as in [`Self::from_rows`].
    ///
    /// # Errors
    /// As of [`Self::from_filled`].
    pub fn from_cells(
        labels: Vec<String>,
        mut cells: Vec<(usize, usize, f64)>,
    ) -> Result<Self, MatrixError> {
        sum_places(&mut cells);
        cells.retain(|(.., value)| *value != 0.0);
        Ok(Self::from_filled(labels, cells, MatrixKind::Counts)?.of_found_kind())
    }

    fn of_found_kind(mut self) -> Self {
        self.kind = kind_of(&self);
        self
    }

    /// From `n * n` finite, non-negative values, row-major.
    ///
    /// # Errors
    /// Labels that don't fit.
    pub fn from_dense(
        labels: Vec<String>,
        values: Vec<f64>,
        kind: MatrixKind,
    ) -> Result<Self, MatrixError> {
        check_labels(&labels, labels.len())?;
        let n = labels.len();
        if values.len() as u64 != n_cells(n) {
            let classes = values.len().isqrt();
            return Err(MatrixError::Labels { labels: n, classes });
        }
        let n_filled = values.iter().filter(|value| **value != 0.0).count();
        if is_dense(n, n_filled) {
            return Ok(Self {
                labels,
                cells: MatrixCells::Dense(values).into(),
                kind,
            });
        }
        let filled = values
            .into_iter()
            .enumerate()
            .filter(|(_, value)| *value != 0.0);
        let filled = filled.map(|(idx, value)| (idx / n, idx % n, value));
        Ok(Self {
            cells: sparse(n, filled).into(),
            labels,
            kind,
        })
    }

    /// Counts the pairs of actual and predicted class (indices into `labels`); pairs out of range
    /// are left out.
    ///
    /// # Errors
    /// Labels that are not distinct, or too many.
    pub fn from_pairs(
        labels: Vec<String>,
        pairs: impl Iterator<Item = (u32, u32)>,
    ) -> Result<Self, MatrixError> {
        check_labels(&labels, labels.len())?;
        let n = labels.len();
        let pairs = pairs
            .map(|(a, p)| (a as usize, p as usize))
            .filter(|(a, p)| *a < n && *p < n);
        if n <= 1024 {
            let mut values = vec![0.0; n * n];
            for (actual, predicted) in pairs {
                values[actual * n + predicted] += 1.0;
            }
            return Self::from_dense(labels, values, MatrixKind::Counts);
        }
        // By rows first, which takes no comparison; rows are short.
        let pairs: Vec<(u32, u32)> = pairs.map(|(a, p)| (a as u32, p as u32)).collect();
        let mut starts = vec![0usize; n + 1];
        for (actual, _) in &pairs {
            starts[*actual as usize + 1] += 1;
        }
        for row in 0..n {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut sorted = vec![0u32; pairs.len()];
        for (actual, predicted) in pairs {
            let slot = &mut next[actual as usize];
            sorted[*slot] = predicted;
            *slot += 1;
        }
        let mut filled = Vec::new();
        for row in 0..n {
            let of_row = &mut sorted[starts[row]..starts[row + 1]];
            of_row.sort_unstable();
            let runs = of_row.chunk_by(|a, b| a == b);
            filled.extend(runs.map(|run| (row, run[0] as usize, run.len() as f64)));
        }
        Ok(Self {
            labels,
            cells: sparse(n, filled.into_iter()).into(),
            kind: MatrixKind::Counts,
        })
    }

    /// From filled cells `(actual, predicted, value)` in row-major order, columns ascending.
    ///
    /// # Errors
    /// Labels that are not distinct, a cell out of range, below zero or not finite.
    pub fn from_filled(
        labels: Vec<String>,
        filled: Vec<(usize, usize, f64)>,
        kind: MatrixKind,
    ) -> Result<Self, MatrixError> {
        let n = labels.len();
        check_labels(&labels, n)?;
        for &(row, column, value) in &filled {
            if row >= n || column >= n {
                return Err(MatrixError::NotSquare {
                    rows: row + 1,
                    columns: column + 1,
                });
            }
            if !value.is_finite() {
                return Err(MatrixError::NotFinite {
                    row: row + 1,
                    column: column + 1,
                });
            }
            if value < 0.0 {
                return Err(MatrixError::Negative {
                    row: row + 1,
                    column: column + 1,
                    value,
                });
            }
        }
        if is_dense(n, filled.len()) {
            let mut values = vec![0.0; n * n];
            for (row, column, value) in filled {
                if let Some(cell) = values.get_mut(row * n + column) {
                    *cell = value;
                }
            }
            return Self::from_dense(labels, values, kind);
        }
        Ok(Self {
            cells: sparse(n, filled.into_iter()).into(),
            labels,
            kind,
        })
    }

    /// The number of classes.
    pub fn n_classes(&self) -> usize {
        self.labels.len()
    }

    /// The class labels, in the artifact's order.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The index of a label.
    pub fn class(&self, label: &str) -> Option<usize> {
        self.labels.iter().position(|known| known == label)
    }

    /// What the cells count.
    pub fn kind(&self) -> MatrixKind {
        self.kind
    }

    /// How often the class `actual` was taken for `predicted`; zero out of range.
    pub fn get(&self, actual: usize, predicted: usize) -> f64 {
        let n = self.n_classes();
        if actual >= n || predicted >= n {
            return 0.0;
        }
        match &*self.cells {
            MatrixCells::Dense(values) => {
                values.get(actual * n + predicted).copied().unwrap_or(0.0)
            }
            MatrixCells::Sparse {
                row_starts,
                columns,
                values,
            } => {
                let range = row_starts[actual]..row_starts[actual + 1];
                match columns[range.clone()].binary_search(&(predicted as u32)) {
                    Ok(at) => values[range.start + at],
                    Err(_) => 0.0,
                }
            }
        }
    }

    /// The cells that are not zero, as `(actual, predicted, value)`, row by row.
    pub fn filled(&self) -> Box<dyn Iterator<Item = (usize, usize, f64)> + '_> {
        let n = self.n_classes();
        match &*self.cells {
            MatrixCells::Dense(values) => {
                let filled = values
                    .iter()
                    .enumerate()
                    .filter(|(_, value)| **value != 0.0);
                Box::new(filled.map(move |(idx, value)| (idx / n, idx % n, *value)))
            }
            MatrixCells::Sparse {
                row_starts,
                columns,
                values,
            } => Box::new((0..n).flat_map(move |row| {
                (row_starts[row]..row_starts[row + 1])
                    .map(move |at| (row, columns[at] as usize, values[at]))
            })),
        }
    }

    /// Calls back with each cell of a row that is not zero, as `(predicted, value)`, ascending.
    pub fn for_row(&self, actual: usize, call: &mut dyn FnMut(usize, f64)) {
        let n = self.n_classes();
        match &*self.cells {
            MatrixCells::Dense(values) => {
                let row = values.get(actual * n..(actual + 1) * n).unwrap_or_default();
                for (predicted, &value) in row.iter().enumerate() {
                    if value != 0.0 {
                        call(predicted, value);
                    }
                }
            }
            MatrixCells::Sparse {
                row_starts,
                columns,
                values,
            } => {
                let (Some(&from), Some(&to)) = (row_starts.get(actual), row_starts.get(actual + 1))
                else {
                    return;
                };
                for at in from..to {
                    call(columns[at] as usize, values[at]);
                }
            }
        }
    }

    /// Calls back with each cell that is not zero, as `(actual, predicted, value)`, row by row: what
    /// [`Self::filled`] gives, at a fraction of its cost.
    pub fn for_each(&self, call: &mut dyn FnMut(usize, usize, f64)) {
        for actual in 0..self.n_classes() {
            self.for_row(actual, &mut |predicted, value| {
                call(actual, predicted, value)
            });
        }
    }

    /// The number of cells that are not zero.
    pub fn n_filled(&self) -> usize {
        match &*self.cells {
            MatrixCells::Dense(values) => values.iter().filter(|value| **value != 0.0).count(),
            MatrixCells::Sparse { values, .. } => values.len(),
        }
    }

    /// The same samples over fewer classes: `class_of` tells for each class of this matrix the one
    /// of `labels` that it becomes part of; a class without one is left out.
    ///
    /// # Errors
    /// Labels that are not distinct.
    pub fn merged(&self, labels: Vec<String>, class_of: &[usize]) -> Result<Self, MatrixError> {
        let n = labels.len();
        let place = |class: usize| class_of.get(class).copied().filter(|it| *it < n);
        if n <= 1024 {
            let mut values = vec![0.0; n * n];
            self.for_each(&mut |actual, predicted, value| {
                if let (Some(actual), Some(predicted)) = (place(actual), place(predicted)) {
                    values[actual * n + predicted] += value;
                }
            });
            return Self::from_dense(labels, values, self.kind);
        }
        let mut filled = Vec::with_capacity(self.n_filled());
        self.for_each(&mut |actual, predicted, value| {
            if let (Some(actual), Some(predicted)) = (place(actual), place(predicted)) {
                filled.push((actual, predicted, value));
            }
        });
        sum_places(&mut filled);
        Self::from_filled(labels, filled, self.kind)
    }

    /// The sum of each row: how many of each class there were (support).
    pub fn actual_totals(&self) -> Vec<f64> {
        self.totals().0
    }

    /// The sum of each column: how often the model said each class.
    pub fn predicted_totals(&self) -> Vec<f64> {
        self.totals().1
    }

    /// The sums of rows and of columns, in one pass.
    pub fn totals(&self) -> (Vec<f64>, Vec<f64>) {
        let n = self.n_classes();
        let (mut actual, mut predicted) = (vec![0.0; n], vec![0.0; n]);
        match &*self.cells {
            MatrixCells::Dense(values) => {
                for (row, sum) in values.chunks_exact(n.max(1)).zip(&mut actual) {
                    for (value, of_column) in row.iter().zip(&mut predicted) {
                        *sum += value;
                        *of_column += value;
                    }
                }
            }
            MatrixCells::Sparse { .. } => self.for_each(&mut |row, column, value| {
                actual[row] += value;
                predicted[column] += value;
            }),
        }
        (actual, predicted)
    }

    /// The sum of all cells.
    pub fn total(&self) -> f64 {
        self.actual_totals().iter().sum()
    }

    /// The cells as they lie in memory: where each row begins, columns and values, as in
    /// [`MatrixParts`].
    pub fn lists(&self) -> (Vec<u32>, &[u32], &[f64]) {
        match &*self.cells {
            MatrixCells::Dense(values) => (Vec::new(), &[], values),
            MatrixCells::Sparse {
                row_starts,
                columns,
                values,
            } => (
                row_starts.iter().map(|it| *it as u32).collect(),
                columns,
                values,
            ),
        }
    }

    /// A matrix of such cells, its classes called by their numbers; `None` where they are of none.
    pub fn from_lists(parts: MatrixParts) -> Option<Self> {
        let n = match parts.row_starts.len() {
            0 => parts.values.len().isqrt(),
            n_starts => n_starts - 1,
        };
        let labels = (0..n).map(|class| class.to_string()).collect();
        let mut matrix = Self::from_filled(labels, Vec::new(), MatrixKind::Counts).ok()?;
        matrix.put_cells(parts).then_some(matrix)
    }

    /// Takes the cells out as plain lists; only zeros stay.
    pub fn take_cells(&mut self) -> MatrixParts {
        let none = sparse(self.n_classes(), std::iter::empty());
        let cells = std::mem::replace(&mut self.cells, none.into());
        match Arc::unwrap_or_clone(cells) {
            MatrixCells::Dense(values) => MatrixParts {
                values,
                ..MatrixParts::default()
            },
            MatrixCells::Sparse {
                row_starts,
                columns,
                values,
            } => MatrixParts {
                row_starts: row_starts.into_iter().map(|it| it as u32).collect(),
                columns,
                values,
            },
        }
    }

    /// Puts cells back as [`Self::take_cells`] took them; whether they are of such a matrix.
    pub fn put_cells(&mut self, parts: MatrixParts) -> bool {
        let n = self.n_classes();
        let MatrixParts {
            row_starts,
            columns,
            values,
        } = parts;
        if row_starts.is_empty() {
            let fits = values.len() as u64 == n_cells(n);
            if fits {
                self.cells = MatrixCells::Dense(values).into();
            }
            return fits;
        }
        let fits = row_starts.len() == n + 1
            && row_starts.is_sorted()
            && row_starts.last() == Some(&(columns.len() as u32))
            && columns.len() == values.len()
            && columns.iter().all(|column| (*column as usize) < n);
        if fits {
            self.cells = MatrixCells::Sparse {
                row_starts: row_starts.into_iter().map(|it| it as usize).collect(),
                columns,
                values,
            }
            .into();
        }
        fits
    }

    /// The sum of the diagonal: how many the model got right.
    pub fn trace(&self) -> f64 {
        (0..self.n_classes())
            .map(|class| self.get(class, class))
            .sum()
    }
}

fn check_labels(labels: &[String], classes: usize) -> Result<(), MatrixError> {
    if labels.is_empty() {
        return Err(MatrixError::Empty);
    }
    if classes > ConfusionMatrix::MAX_CLASSES {
        return Err(MatrixError::TooManyClasses(classes));
    }
    let mut sorted: Vec<&String> = labels.iter().collect();
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(MatrixError::DuplicateLabel(pair[0].clone())),
        None => Ok(()),
    }
}

/// The cells of a matrix of so many classes: more than 32 bits of a page can count.
const fn n_cells(n: usize) -> u64 {
    (n as u64).saturating_mul(n as u64)
}

/// Whether all cells of a matrix are kept: for few classes, or where many cells are filled.
const fn is_dense(n: usize, n_filled: usize) -> bool {
    n <= 64 || (n_filled as u64).saturating_mul(4) > n_cells(n)
}

// Checked by the compiler of each target, so where a `usize` has 32 bits as well.
const _: () = assert!(!is_dense(65_536, 0) && !is_dense(92_682, 40_000));
const _: () = assert!(n_cells(ConfusionMatrix::MAX_CLASSES) == 10_000_000_000);

/// Puts cells in order, and those of one place together.
fn sum_places(cells: &mut Vec<(usize, usize, f64)>) {
    cells.sort_by_key(|(actual, predicted, _)| (*actual, *predicted));
    cells.dedup_by(|next, kept| {
        let is_same = (next.0, next.1) == (kept.0, kept.1);
        if is_same {
            kept.2 += next.2;
        }
        is_same
    });
}

fn sparse(n: usize, filled: impl Iterator<Item = (usize, usize, f64)>) -> MatrixCells {
    let (mut row_starts, mut columns, mut values) = (vec![0; n + 1], Vec::new(), Vec::new());
    for (row, column, value) in filled {
        row_starts[row + 1] += 1;
        columns.push(column as u32);
        values.push(value);
    }
    for row in 0..n {
        row_starts[row + 1] += row_starts[row];
    }
    MatrixCells::Sparse {
        row_starts,
        columns,
        values,
    }
}

/// Whether all cells of a matrix that are not zero are such.
fn all_cells(matrix: &ConfusionMatrix, is_such: &dyn Fn(f64) -> bool) -> bool {
    let mut are_such = true;
    matrix.for_each(&mut |_, _, value| are_such &= is_such(value));
    are_such
}

/// How far from 1 the sum of a matrix' shares may be: tools print as few as two decimals of each.
fn sum_tolerance(matrix: &ConfusionMatrix) -> f64 {
    const FLOATS: f64 = 1e-6;
    /// Beyond this, weights would be taken for shares.
    const MOST: f64 = 0.05;
    let is_printed_in = |unit: &f64| {
        let is_whole = |value: f64| ((value / unit).round() * unit - value).abs() < 1e-9;
        all_cells(matrix, &is_whole)
    };
    let unit = [1e-2, 1e-3, 1e-4, 1e-5].into_iter().find(is_printed_in);
    // Each is at most half a unit from what it was.
    let of_units = |unit: f64| (matrix.n_classes() as f64 * unit / 2.0).min(MOST);
    FLOATS + unit.map_or(0.0, of_units)
}

fn kind_of(matrix: &ConfusionMatrix) -> MatrixKind {
    if all_cells(matrix, &|value| value.fract() == 0.0) {
        return MatrixKind::Counts;
    }
    let tolerance = sum_tolerance(matrix);
    let is_one_or_zero = |sum: &f64| (sum - 1.0).abs() < tolerance || *sum == 0.0;
    let (of_rows, of_columns) = matrix.totals();
    if of_rows.iter().all(is_one_or_zero) {
        MatrixKind::NormalisedByRow
    } else if of_columns.iter().all(is_one_or_zero) {
        MatrixKind::NormalisedByColumn
    } else if is_one_or_zero(&of_rows.iter().sum()) {
        MatrixKind::NormalisedByAll
    } else {
        MatrixKind::Weighted
    }
}

/// What the artifact calls the two axes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AxisTitles {
    /// Of the rows: what it was.
    pub actual: Option<String>,
    /// Of the columns: what the model said.
    pub predicted: Option<String>,
}

/// A matrix with where it belongs. One for each (revision, split, artifact); never pooled.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixRecord {
    /// Index into the report's revisions.
    pub revision: usize,
    /// `train`, `test`…, where the artifact says so.
    pub split: Option<String>,
    /// The artifact that stated it.
    pub artifact: String,
    /// Titles of the axes, where the artifact has any.
    pub titles: AxisTitles,
    /// The counts.
    pub matrix: ConfusionMatrix,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(rows: &[&[f64]]) -> MatrixKind {
        let labels = (0..rows.len()).map(|class| class.to_string()).collect();
        ConfusionMatrix::from_rows(labels, rows).unwrap().kind()
    }

    #[test]
    fn shares_are_told_from_weights_however_few_decimals_are_printed() {
        let third = 1.0 / 3.0;
        for row in [[third; 3], [0.33; 3], [0.333; 3]] {
            let rows = [&row[..], &[0.0, 1.0, 0.0], &[0.0, 0.0, 0.0]];
            assert_eq!(kind(&rows), MatrixKind::NormalisedByRow, "{row:?}");
        }
        let by_column: [&[f64]; 2] = [&[0.67, 0.5], &[0.34, 0.5]];
        assert_eq!(kind(&by_column), MatrixKind::NormalisedByColumn);
        let by_all: [&[f64]; 2] = [&[0.67, 0.13], &[0.1, 0.1]];
        assert_eq!(kind(&by_all), MatrixKind::NormalisedByAll);
        // Further from 1 than rounding leads.
        let weights: [&[f64]; 2] = [&[0.33, 0.65], &[0.5, 0.5]];
        assert_eq!(kind(&weights), MatrixKind::Weighted);
        let weights: [&[f64]; 2] = [&[0.3331, 0.6661], &[0.5, 0.5]];
        assert_eq!(kind(&weights), MatrixKind::Weighted);
    }
}
