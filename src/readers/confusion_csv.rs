//! Confusion matrices in delimited text:
//! <https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html>,
//! <https://pandas.pydata.org/docs/reference/api/pandas.crosstab.html>.
//!
//! Seen: `numpy.savetxt` (bare numbers), pandas 3.1 `to_csv` of a data frame (empty corner) and of
//! `crosstab` (corner with the name of the rows, margins called `All`, no column for a class that
//! was never predicted), and one row a cell (`actual,predicted,count`).
//! Rows are actual; a corner that means "predicted", or "predicted \\ actual", or
//! `--as 'confusion-csv(rows=predicted):PATH'` turns that round.
//!
//! ```csv
//! Actual,cat,dog,All
//! cat,7,1,8
//! dog,2,5,7
//! All,9,6,15
//! ```

use std::collections::HashMap;

use super::{
    Claim, Reader,
    choice::Options,
    csv::{self, Field, Rows, UnclosedQuote},
    grid::{self, Grid, GridError, is_margin, is_sum},
    pairs::{ACTUAL, PREDICTED, rank},
    text,
};
use crate::{
    json::Document,
    model::{
        Artifact, AxisTitles, ConfusionMatrix, Finding, NoticeKind, Notices, Place, Problem,
        natural_order,
    },
};

/// Reads confusion matrices in delimited text.
pub struct ConfusionCsv;

/// Names of the column that counts, in a file with one row a cell.
const COUNT: [&str; 6] = ["count", "counts", "n", "npredictions", "frequency", "freq"];

impl Reader for ConfusionCsv {
    fn id(&self) -> &'static str {
        "confusion-csv"
    }

    fn claims(&self, artifact: &Artifact, _: Option<&Document<'_>>) -> Claim {
        let head = text::head(artifact);
        let is_json = head.trim_start().starts_with(['{', '[', '<']);
        if is_json || is_predictions_name(artifact) {
            return Claim::No;
        }
        let is_whole = text::is_whole(artifact);
        let delimiter = csv::sniff_delimiter(&head);
        let is_table = matches!(artifact.extension().as_str(), "csv" | "tsv");
        let is_named = is_table && is_confusion_name(artifact);
        let cells = match cells(&head, delimiter) {
            Ok((cells, _)) => cells,
            Err(_) => return if is_named { Claim::Name } else { Claim::No },
        };
        let is_wide = cells.iter().all(|row| row.len() > 1);
        let is_cells = cells
            .first()
            .is_some_and(|row| CellColumns::find(row).is_some());
        let is_matrix = match Grid::from_cells(&cells, delimiter) {
            Ok(mut grid) => {
                grid.strip_margins();
                // A longer file is square when its rows are as long as it has of them, which only
                // reading it tells: its labels must do.
                grid.is_matrix() || (!is_whole && starts_like_matrix(&grid))
            }
            Err(_) => false,
        };
        match is_cells || (is_wide && is_matrix) {
            _ if is_named => Claim::Name,
            true => Claim::Shape,
            false => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let options = Options::of(artifact, self.id(), &["rows"])?;
        let text = text::read(artifact, notices);
        let delimiter = csv::sniff_delimiter(&text);
        let cells = cells(&text, delimiter);
        let (cells, lines) = cells.map_err(|it| it.into_problem(&artifact.path, self.id()))?;
        let columns = cells.first().and_then(|header| CellColumns::find(header));
        let fault = |it: GridError| it.into_problem(artifact, self.id(), &lines);
        let rows_are = options.get("rows");
        let Some(columns) = columns else {
            let grid = Grid::from_cells(&cells, delimiter).map_err(fault)?;
            let finding = grid.into_finding(artifact, self.id(), rows_are, notices)?;
            return Ok(vec![finding]);
        };
        let mut found = columns.read(&cells, delimiter).map_err(fault)?;
        if found.strip_margins() {
            let place = Place::artifact(&artifact.path);
            notices.push(NoticeKind::MarginsStripped, place);
        }
        if rows_are == Some("predicted") {
            for (actual, predicted, _) in &mut found.cells {
                std::mem::swap(actual, predicted);
            }
        }
        let matrix = ConfusionMatrix::from_cells(found.labels, found.cells);
        let titles = AxisTitles::default();
        let finding = grid::finding(matrix, titles, artifact, self.id(), notices)?;
        Ok(vec![finding])
    }
}

/// Whether the file is called like a confusion matrix.
pub(super) fn is_confusion_name(artifact: &Artifact) -> bool {
    let name = artifact.file_name().to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    let is_short = stem.split(['_', '-']).any(|word| word == "cm");
    let names = ["confusion", "conf_mat", "confmat", "crosstab"];
    is_short || names.iter().any(|it| stem.contains(it))
}

fn is_predictions_name(artifact: &Artifact) -> bool {
    artifact
        .file_name()
        .to_ascii_lowercase()
        .starts_with("pred")
}

/// All cells, and the line of each row.
type Cells<'a> = (Vec<Vec<Field<'a>>>, Vec<u32>);

fn cells(text: &str, delimiter: u8) -> Result<Cells<'_>, UnclosedQuote> {
    let mut rows = Rows::new(text, delimiter);
    let (mut cells, mut lines, mut row) = (Vec::new(), Vec::new(), Vec::new());
    while rows.read(&mut row)? {
        lines.push(rows.row_line());
        cells.push(row.clone());
    }
    Ok((cells, lines))
}

/// Whether a grid that was cut off has, for each of its rows, the column of the same class.
fn starts_like_matrix(grid: &Grid<'_>) -> bool {
    let is_long = grid.rows.iter().all(|row| row.len() >= grid.rows.len());
    let starts_same = grid
        .row_labels
        .iter()
        .zip(&grid.column_labels)
        .all(|(row, column)| row == column);
    is_long && starts_same && grid.rows.len() > 1
}

/// Whether a header is of a file with one row a cell, and not of predictions.
pub(super) fn has_cell_columns(header: &[Field<'_>]) -> bool {
    CellColumns::find(header).is_some()
}

/// The columns of a file with one row a cell.
struct CellColumns {
    actual: usize,
    predicted: usize,
    count: usize,
}

impl CellColumns {
    /// Finds them; there must be no other column, since predictions may come with any.
    fn find(header: &[Field<'_>]) -> Option<Self> {
        let at = |known: &[&str]| header.iter().position(|field| rank(field, known).is_some());
        let columns = Self {
            actual: at(&ACTUAL)?,
            predicted: at(&PREDICTED)?,
            count: at(&COUNT)?,
        };
        (header.len() == 3).then_some(columns)
    }

    /// The labels in natural order, and the cells by their places among them.
    fn read(&self, cells: &[Vec<Field<'_>>], delimiter: u8) -> Result<FoundCells, GridError> {
        let mut labels: Vec<&str> = Vec::new();
        for row in cells.iter().skip(1) {
            let of_row = [self.actual, self.predicted].map(|at| row.get(at));
            labels.extend(of_row.map(|it| it.map_or("", |it| it.as_ref())));
        }
        // Each is there twice a row: in plain order first, which is the quicker one.
        labels.sort_unstable();
        labels.dedup();
        labels.sort_by(|a, b| natural_order(a, b));
        if labels.is_empty() {
            return Err(GridError::Empty);
        }
        let places: HashMap<&str, usize> = labels
            .iter()
            .enumerate()
            .map(|(at, it)| (*it, at))
            .collect();
        let mut found = Vec::with_capacity(cells.len());
        for (row_idx, row) in cells.iter().enumerate().skip(1) {
            let field = |at: usize| row.get(at).map_or("", |it| it.as_ref());
            let count = csv::number(field(self.count), delimiter).ok_or_else(|| {
                let text = field(self.count).chars().take(40).collect();
                GridError::NotNumber(row_idx, self.count, text)
            })?;
            let place = |at: usize| places.get(field(at)).copied();
            if let (Some(actual), Some(predicted)) = (place(self.actual), place(self.predicted)) {
                found.push((actual, predicted, count));
            }
        }
        Ok(FoundCells {
            labels: labels.into_iter().map(str::to_owned).collect(),
            cells: found,
        })
    }
}

/// The cells of a file with one row a cell; there may be few of many classes.
struct FoundCells {
    labels: Vec<String>,
    /// Places of actual and predicted label, and the count.
    cells: Vec<(usize, usize, f64)>,
}

impl FoundCells {
    /// Takes off a class called `All` or `Total` whose cells hold the sums of the others.
    fn strip_margins(&mut self) -> bool {
        let n = self.labels.len();
        let Some(margin) = self.labels.iter().position(|it| is_margin(it)) else {
            return false;
        };
        // Of each row and each column, the sum of its cells and the cell in the margin.
        let (mut of_rows, mut of_columns) = (vec![(0.0, 0.0); n], vec![(0.0, 0.0); n]);
        let add = |sums: &mut [(f64, f64)], at: usize, is_margin: bool, count: f64| {
            if let Some(sums) = sums.get_mut(at) {
                let sum = if is_margin { &mut sums.1 } else { &mut sums.0 };
                *sum += count;
            }
        };
        for (actual, predicted, count) in &self.cells {
            add(&mut of_rows, *actual, *predicted == margin, *count);
            add(&mut of_columns, *predicted, *actual == margin, *count);
        }
        let mut sums = of_rows.iter().chain(&of_columns);
        if n < 2 || !sums.all(|(sum, of)| is_sum(*sum, *of)) {
            return false;
        }
        self.labels.remove(margin);
        self.cells
            .retain(|(actual, predicted, _)| *actual != margin && *predicted != margin);
        for (actual, predicted, _) in &mut self.cells {
            *actual -= usize::from(*actual > margin);
            *predicted -= usize::from(*predicted > margin);
        }
        true
    }
}
