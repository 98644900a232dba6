//! Confusion matrices in delimited text:
//! <https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html>,
//! <https://pandas.pydata.org/docs/reference/api/pandas.crosstab.html>.
//!
//! Seen: `numpy.savetxt` (bare numbers), pandas 3.1 `to_csv` of a data frame (empty corner) and of
//! `crosstab` (corner with the name of the rows, margins called `All`, no column for a class that
//! was never predicted), and one row a cell (`actual,predicted,count`).
//! Rows are actual; a corner that means "predicted" or `--as 'confusion-csv(rows=predicted):PATH'`
//! turns that round.
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
    grid::{Grid, GridError, MAX_CELLS},
    pairs::{ACTUAL, PREDICTED, rank},
    text,
};
use crate::{
    json::Document,
    model::{Artifact, Finding, Notices, Problem},
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
        let grid = match columns {
            Some(columns) => columns.grid(&cells, delimiter),
            None => Grid::from_cells(&cells, delimiter),
        };
        let grid = grid.map_err(|it| it.into_problem(artifact, self.id(), &lines))?;
        let finding = grid.into_finding(artifact, self.id(), options.get("rows"), notices)?;
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

    fn grid(&self, cells: &[Vec<Field<'_>>], delimiter: u8) -> Result<Grid<'static>, GridError> {
        let mut labels: Vec<String> = Vec::new();
        for row in cells.iter().skip(1) {
            for at in [self.actual, self.predicted] {
                let label = row.get(at).map(|it| it.as_ref()).unwrap_or_default();
                labels.push(label.to_owned());
            }
        }
        labels.sort_by(|a, b| crate::model::natural_order(a, b));
        labels.dedup();
        let n = labels.len();
        if n.saturating_mul(n) > MAX_CELLS {
            return Err(GridError::TooLarge);
        }
        let mut rows = vec![vec![0.0; n]; n];
        {
            let codes: HashMap<&str, usize> = labels
                .iter()
                .enumerate()
                .map(|(at, it)| (it.as_str(), at))
                .collect();
            for (row_idx, row) in cells.iter().enumerate().skip(1) {
                let text = |at: usize| row.get(at).map(|it| it.as_ref()).unwrap_or_default();
                let count = csv::number(text(self.count), delimiter).ok_or_else(|| {
                    GridError::NotNumber(
                        row_idx,
                        self.count,
                        text(self.count).chars().take(40).collect(),
                    )
                })?;
                let place = (
                    codes.get(text(self.actual)),
                    codes.get(text(self.predicted)),
                );
                if let (Some(&actual), Some(&predicted)) = place
                    && let Some(cell) = rows.get_mut(actual).and_then(|it| it.get_mut(predicted))
                {
                    *cell += count;
                }
            }
        }
        if n == 0 {
            return Err(GridError::Empty);
        }
        Ok(Grid {
            corner: String::new(),
            row_labels: labels.clone(),
            column_labels: labels,
            rows: rows.into_iter().map(Into::into).collect(),
        })
    }
}
