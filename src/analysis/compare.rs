use super::table::{extremes, known};
use crate::model::{Cell, ColumnKind, Direction, Report};

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
    /// Lowest and highest number of the group's metrics: one scale for all its spread strips.
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
    for kind in [
        ColumnKind::Param,
        ColumnKind::Metric,
        ColumnKind::Dependency,
        ColumnKind::Output,
    ] {
        let first = found.groups.len();
        for (idx, column) in report.columns_of(kind) {
            let values = || revisions.iter().map(|row| known(report, idx, *row));
            if values().all(Cell::is_missing) {
                continue;
            }
            let mut all = values();
            let head = all.next().unwrap_or(Cell::Missing);
            let is_different = all.any(|it| !it.same_as(head));
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
            if kind == ColumnKind::Metric {
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
                best: extremes(report, idx, direction(idx), revisions.iter().copied()).best,
            });
        }
    }
    found
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
    // A row that says exactly what another one says (the workspace, mostly) adds nothing.
    let says_same = |a: usize, b: usize| {
        let mut columns = 0..report.columns.len();
        columns.all(|column| known(report, column, a).same_as(known(report, column, b)))
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
