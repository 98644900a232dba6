//! Revisions side by side: what differs, by how much, and which is the best.

use super::{
    changed::differs,
    table::{extremes, known},
    values::Ranked,
};
use crate::model::{Cell, Column, ColumnKind, Direction, Report};

/// Revisions side by side, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The rows, by file, in the order parameters, metrics, dependencies, outputs.
    pub groups: Vec<Group>,
    /// How many rows differ between the revisions.
    pub n_different: usize,
    /// How many are the same in all of them.
    pub n_equal: usize,
}

/// The rows of one file, or all dependencies, or all outputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What the rows are.
    pub kind: ColumnKind,
    /// The file; empty for dependencies and outputs, whose rows are files themselves.
    pub file: String,
    /// Its rows, different and equal ones.
    pub lines: Vec<Line>,
    /// Lowest and highest number of the group's metrics that can get better or worse: one scale for
    /// all its spread strips. Counts (`support`: 176) would flatten all shares.
    pub range: Option<(f64, f64)>,
}

/// One column of the report as a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Index of the column.
    pub column: usize,
    /// Whether some revision differs from another.
    pub is_different: bool,
    /// Revisions with the best value, ties included.
    pub best: Vec<usize>,
}

/// How a value differs from the baseline's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// The same value, or both missing.
    Same,
    /// Only the baseline has one.
    Gone,
    /// Only this one has one.
    New,
    /// Both are numbers; by how much, and whether that is good.
    Number {
        /// This value less the baseline's.
        difference: f64,
        /// The difference as a share of the baseline's size; `None` where that is 0.
        relative: Option<f64>,
        /// Whether it got better; `None` where the direction is unknown.
        is_better: Option<bool>,
    },
    /// Different, and at least one is no number.
    Other,
}

/// How a value differs from the baseline's.
pub fn change(base: Cell<'_>, value: Cell<'_>, direction: Direction) -> Change {
    match (base, value) {
        (Cell::Missing, Cell::Missing) => Change::Same,
        (Cell::Missing, _) => Change::New,
        (_, Cell::Missing) => Change::Gone,
        (a, b) if a.same_as(b) => Change::Same,
        (Cell::Number(a), Cell::Number(b)) if (b - a).is_finite() => Change::Number {
            difference: b - a,
            relative: (a != 0.0).then(|| (b - a) / a.abs()),
            is_better: match direction {
                Direction::HigherIsBetter => Some(b > a),
                Direction::LowerIsBetter => Some(b < a),
                Direction::Unknown => None,
            },
        },
        _ => Change::Other,
    }
}

/// All rows of some revisions. Columns that none of them has are left out.
pub fn comparison(
    report: &Report,
    revisions: &[usize],
    direction: impl Fn(usize) -> Direction,
) -> Comparison {
    let mut found = Comparison::default();
    let ranked = Ranked::new(report);
    for kind in [
        ColumnKind::Param,
        ColumnKind::Metric,
        ColumnKind::Dependency,
        ColumnKind::Output,
    ] {
        let first = found.groups.len();
        for (idx, column) in report.columns_of(kind) {
            let values = || revisions.iter().map(|row| known(report, idx, *row));
            if values().all(Cell::is_missing) || is_repeated(report, idx) {
                continue;
            }
            let is_different = differs(report, &ranked, idx, revisions);
            match is_different {
                true => found.n_different += 1,
                false => found.n_equal += 1,
            }
            let is_file = matches!(kind, ColumnKind::Dependency | ColumnKind::Output);
            let file = if is_file { "" } else { column.id.file.as_str() };
            let at = found.groups[first..]
                .iter()
                .position(|group| group.file == file)
                .map_or(found.groups.len(), |at| first + at);
            if at == found.groups.len() {
                found.groups.push(Group {
                    kind,
                    file: file.to_owned(),
                    lines: Vec::new(),
                    range: None,
                });
            }
            let group = &mut found.groups[at];
            if direction(idx) != Direction::Unknown {
                for value in values()
                    .filter_map(Cell::as_number)
                    .filter(|it| it.is_finite())
                {
                    let (low, high) = group.range.unwrap_or((value, value));
                    group.range = Some((low.min(value), high.max(value)));
                }
            }
            group.lines.push(Line {
                column: idx,
                is_different,
                best: extremes(
                    ranked.values(report, idx),
                    direction(idx),
                    revisions.iter().copied(),
                )
                .best,
            });
        }
    }
    // What is in no section stands before the sections, or it would seem to be in one.
    for group in &mut found.groups {
        group.lines.sort_by_key(|line| {
            let column = report.columns.get(line.column);
            column.is_some_and(|it| it.id.path.len() > 1)
        });
    }
    found
}

/// Whether an output stands among the dependencies too: what one stage writes the next one reads.
pub fn is_repeated(report: &Report, column: usize) -> bool {
    let is_output = |it: &&Column| it.kind == ColumnKind::Output;
    report
        .columns
        .get(column)
        .filter(is_output)
        .is_some_and(|of| {
            let same = |it: &Column| it.kind == ColumnKind::Dependency && it.id == of.id;
            report.columns.iter().any(same)
        })
}

/// How many experiments stand in the comparison by default, beside the current revision.
const N_BEST: usize = 4;

/// The revisions that are compared when nobody chose any, without the baseline: the best
/// experiments by the metric that decides, and the current revision.
pub fn default_revisions(
    report: &Report,
    baseline: Option<usize>,
    metric: Option<(usize, Direction)>,
) -> Vec<usize> {
    let n = report.revisions.len();
    let mut candidates: Vec<usize> = (0..n)
        .filter(|row| Some(*row) != baseline && Some(*row) != report.current)
        .filter(|row| report.revisions[*row].is_ranked())
        .collect();
    if let Some((column, direction)) = metric {
        let score = |row: &usize| {
            let value = known(report, column, *row).as_number().unwrap_or(f64::NAN);
            let sign = if direction == Direction::LowerIsBetter {
                1.0
            } else {
                -1.0
            };
            // NaN last, in both directions.
            if value.is_nan() {
                f64::INFINITY
            } else {
                value * sign
            }
        };
        candidates.sort_by(|a, b| score(a).total_cmp(&score(b)));
    }
    // A row that says nothing but what another one says (the workspace's commit) adds nothing.
    let says_same = |a: usize, b: usize| {
        let mut columns = 0..report.columns.len();
        columns.all(|column| {
            let value = known(report, column, a);
            value.is_missing() || value.same_as(known(report, column, b))
        })
    };
    let mut chosen: Vec<usize> = report
        .current
        .filter(|it| Some(*it) != baseline)
        .into_iter()
        .collect();
    let mut best = Vec::new();
    for row in candidates {
        if best.len() == N_BEST {
            break;
        }
        let known_rows = chosen.iter().chain(&best).chain(&baseline);
        if !known_rows.copied().any(|other| says_same(row, other)) {
            best.push(row);
        }
    }
    best.append(&mut chosen);
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::small;

    #[test]
    fn a_change_knows_better_from_worse() {
        use Direction::{HigherIsBetter, LowerIsBetter, Unknown};
        let number = |difference, relative, is_better| Change::Number {
            difference,
            relative,
            is_better,
        };
        let text = |it| Cell::Text(crate::model::TextKind::Plain, it);
        for (base, value, direction, expected) in [
            (
                Cell::Number(0.5),
                Cell::Number(0.75),
                HigherIsBetter,
                number(0.25, Some(0.5), Some(true)),
            ),
            (
                Cell::Number(4.0),
                Cell::Number(5.0),
                LowerIsBetter,
                number(1.0, Some(0.25), Some(false)),
            ),
            (
                Cell::Number(-4.0),
                Cell::Number(-5.0),
                Unknown,
                number(-1.0, Some(-0.25), None),
            ),
            (
                Cell::Number(0.0),
                Cell::Number(1.0),
                Unknown,
                number(1.0, None, None),
            ),
            (
                Cell::Number(f64::NAN),
                Cell::Number(f64::NAN),
                Unknown,
                Change::Same,
            ),
            (
                Cell::Number(f64::NAN),
                Cell::Number(1.0),
                HigherIsBetter,
                Change::Other,
            ),
            (Cell::Number(1.0), text("1"), HigherIsBetter, Change::Other),
            (text("[1,2]"), text("[1,2]"), Unknown, Change::Same),
            (Cell::Missing, text("x"), Unknown, Change::New),
            (text("x"), Cell::Missing, Unknown, Change::Gone),
            (Cell::Missing, Cell::Missing, Unknown, Change::Same),
        ] {
            assert_eq!(
                change(base, value, direction),
                expected,
                "{base:?} {value:?}"
            );
        }
    }

    #[test]
    fn rows_stand_by_file_and_know_what_differs() {
        let report = small();
        let direction = |column| match column {
            2 => Direction::HigherIsBetter,
            3 => Direction::LowerIsBetter,
            _ => Direction::Unknown,
        };
        let found = comparison(&report, &[0, 1, 3], direction);
        let lines = |at: usize| {
            let line = |it: &Line| (it.column, it.is_different, it.best.clone());
            found.groups[at].lines.iter().map(line).collect::<Vec<_>>()
        };
        assert_eq!((found.n_different, found.n_equal), (4, 0));
        assert_eq!(found.groups[0].file, "params.yaml");
        assert_eq!(lines(0), [(0, true, vec![]), (1, true, vec![])]);
        assert_eq!(lines(1), [(2, true, vec![0]), (3, true, vec![3])]);
        assert_eq!(found.groups[1].range, Some((0.49, 3.5)));
        // A failed run brings no metrics of its own.
        let failed = comparison(&report, &[4, 5], direction);
        assert_eq!(failed.groups.len(), 1);
        let same = comparison(&report, &[0, 1], direction);
        assert_eq!((same.n_different, same.n_equal), (2, 2));
    }

    #[test]
    fn the_best_experiments_stand_beside_the_current_revision() {
        let report = small();
        let up = default_revisions(&report, Some(0), Some((2, Direction::HigherIsBetter)));
        assert_eq!(up, [2, 3, 1], "no failed run, no queued one");
        let down = default_revisions(&report, Some(0), Some((3, Direction::LowerIsBetter)));
        assert_eq!(down, [3, 2, 1], "NaN comes last");
        assert_eq!(default_revisions(&report, Some(1), None), [0, 2, 3]);
        assert_eq!(
            default_revisions(&Report::default(), None, None),
            [0_usize; 0]
        );
    }
}
