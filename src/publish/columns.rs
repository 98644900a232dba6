use regex_lite::Regex;

use crate::model::{Cell, Cells, Report};

/// Which columns `--drop`, `--keep` and `--only-changed` leave in a report.
#[derive(Debug, Default)]
pub struct Choice {
    pub drop: Option<Regex>,
    pub keep: Option<Regex>,
    pub only_changed: bool,
}

impl Choice {
    /// Leaves out the columns that are not wanted. The one that decides the verdict stays, since
    /// a page without it would contradict itself.
    pub fn apply(&self, report: &mut Report) {
        let decides = report.verdict.as_ref().and_then(|verdict| verdict.metric);
        let decides = decides
            .and_then(|idx| report.columns.get(idx))
            .map(|it| it.id.clone());
        report.columns.retain(|column| {
            let name = column.id.full();
            let is_wanted = |regex: &Option<Regex>| regex.as_ref().map(|it| it.is_match(&name));
            if Some(&column.id) == decides.as_ref() || is_wanted(&self.keep) == Some(true) {
                return true;
            }
            is_wanted(&self.drop) != Some(true)
                && !(self.only_changed && is_constant(&column.cells))
        });
    }

    /// Whether there is nothing to leave out.
    pub fn is_all(&self) -> bool {
        self.drop.is_none() && !self.only_changed
    }
}

/// Whether all revisions that have a value have the same.
fn is_constant(cells: &Cells) -> bool {
    let mut values = (0..cells.len()).map(|row| cells.get(row));
    let mut values = values.by_ref().filter(|cell| !cell.is_missing());
    let first = values.next().unwrap_or(Cell::Missing);
    values.all(|cell| cell.same_as(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, ColumnId, ColumnKind, Direction};

    #[test]
    fn columns_are_dropped_kept_and_told_constant() {
        let column = |file: &str, key: &str, values: [Option<f64>; 2]| Column {
            id: ColumnId::new(file, &[key]),
            kind: ColumnKind::Metric,
            direction: Direction::Unknown,
            cells: Cells::from_numbers(values),
            sources: Vec::new(),
        };
        let report = Report {
            columns: vec![
                column("assets/m.json", "acc", [Some(1.0), Some(2.0)]),
                column("params.yaml", "C", [Some(1.0), Some(1.0)]),
                column("params.yaml", "seed", [Some(1.0), None]),
                column("src/x", "lines", [Some(1.0), Some(3.0)]),
            ],
            ..Report::default()
        };
        let regex = |text: &str| Some(Regex::new(text).unwrap());
        let cases = [
            (Choice::default(), "acc C seed lines"),
            (
                Choice {
                    drop: regex("assets|src"),
                    ..Choice::default()
                },
                "C seed",
            ),
            (
                Choice {
                    only_changed: true,
                    ..Choice::default()
                },
                "acc lines",
            ),
            (
                Choice {
                    drop: regex("assets|src"),
                    keep: regex("acc|C$"),
                    only_changed: true,
                },
                "acc C",
            ),
        ];
        for (choice, expected) in cases {
            let mut report = report.clone();
            choice.apply(&mut report);
            let keys: Vec<String> = report.columns.iter().map(|it| it.id.key()).collect();
            assert_eq!(keys.join(" "), expected);
        }
    }
}
