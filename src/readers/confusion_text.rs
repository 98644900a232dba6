//! Confusion matrices as plain text, cells set apart by spaces:
//! <https://numpy.org/doc/stable/reference/generated/numpy.savetxt.html>.
//!
//! Seen: `numpy.savetxt(path, matrix, fmt="%d")` and a printed array with its brackets. Rows are
//! actual, unless `--as 'confusion-text(rows=predicted):PATH'`.
//!
//! ```text
//! [[10  0]
//!  [ 2  8]]
//! ```

use super::{
    Claim, Reader, choice::Options, confusion_csv::is_confusion_name, csv::Field, grid::Grid, text,
};
use crate::{
    json::Document,
    model::{Artifact, Finding, Notices, Problem},
};

/// Reads confusion matrices in plain text.
pub struct ConfusionText;

impl Reader for ConfusionText {
    fn id(&self) -> &'static str {
        "confusion-text"
    }

    fn claims(&self, artifact: &Artifact, _: Option<&Document<'_>>) -> Claim {
        if matches!(artifact.extension().as_str(), "csv" | "tsv" | "json" | "md") {
            return Claim::No;
        }
        let head = text::head(artifact);
        if head.contains([',', ';', '\t', '{', '"']) {
            return Claim::No;
        }
        let (cells, _) = cells(&head);
        match Grid::from_cells(&cells, b' ') {
            Ok(grid) if grid.is_matrix() && is_confusion_name(artifact) => Claim::Name,
            Ok(grid) if grid.is_matrix() => Claim::Shape,
            _ => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let options = Options::of(artifact, self.id(), &["rows"])?;
        let text = text::read(artifact, notices);
        let (cells, lines) = cells(&text);
        let grid = Grid::from_cells(&cells, b' ');
        let grid = grid.map_err(|it| it.into_problem(artifact, self.id(), &lines))?;
        let finding = grid.into_finding(artifact, self.id(), options.get("rows"), notices)?;
        Ok(vec![finding])
    }
}

/// The cells of each line that has any, and its 1-based number.
fn cells(text: &str) -> (Vec<Vec<Field<'_>>>, Vec<u32>) {
    let (mut cells, mut lines) = (Vec::new(), Vec::new());
    for (line, line_idx) in text.lines().zip(1..) {
        let is_gap = |char: char| char.is_whitespace() || char == '[' || char == ']';
        let row: Vec<Field<'_>> = line
            .split(is_gap)
            .filter(|cell| !cell.is_empty())
            .map(Field::Borrowed)
            .collect();
        if !row.is_empty() {
            cells.push(row);
            lines.push(line_idx);
        }
    }
    (cells, lines)
}
