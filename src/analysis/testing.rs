//! Small reports for tests of the table, the filter and the comparison.

use crate::model::{
    Cell, Cells, Column, ColumnId, ColumnKind, Direction, Report, Revision, RevisionKind, State,
    TextKind,
};

/// What a test writes for a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Of {
    /// A number.
    N(f64),
    /// A text.
    T(&'static str),
    /// Nothing.
    No,
}

/// A column of these cells.
pub(crate) fn column(file: &str, key: &str, kind: ColumnKind, cells: &[Of]) -> Column {
    let mut stored = Cells::missing(0);
    for cell in cells {
        stored.push(match cell {
            Of::N(value) => Cell::Number(*value),
            Of::T(text) => Cell::Text(TextKind::Plain, text),
            Of::No => Cell::Missing,
        });
    }
    let path: Vec<&str> = key.split('.').collect();
    Column {
        id: ColumnId::new(file, &path),
        kind,
        direction: Direction::Unknown,
        cells: stored,
        sources: Vec::new(),
    }
}

/// A commit, or an experiment on the one at `parent`.
pub(crate) fn revision(name: &str, parent: Option<usize>, state: State) -> Revision {
    let kind = match parent {
        Some(_) => RevisionKind::Experiment,
        None => RevisionKind::Commit,
    };
    Revision {
        name: Some(name.to_owned()),
        parent,
        state,
        ..Revision::new(kind)
    }
}

/// A branch with four runs, one of which failed and shows its parent's metric, and the target.
pub(crate) fn small() -> Report {
    let ok = || State::Ok;
    let revisions = vec![
        revision("main", None, ok()),
        revision("topic", None, ok()),
        revision("lush-coth", Some(1), ok()),
        revision("bold-newt", Some(1), ok()),
        revision(
            "dead-rust",
            Some(1),
            State::Failed("did not converge".into()),
        ),
        revision("late-hoar", Some(1), State::Queued),
    ];
    use Of::{N, No, T};
    let columns = vec![
        column(
            "params.yaml",
            "train.C",
            ColumnKind::Param,
            &[N(10.0), N(120.0), N(5.0), N(30.0), N(300.0), N(200.0)],
        ),
        column(
            "params.yaml",
            "train.solver",
            ColumnKind::Param,
            &[T("lbfgs"), T("lbfgs"), T("saga"), No, T("lbfgs"), T("v2")],
        ),
        column(
            "m.json",
            "accuracy",
            ColumnKind::Metric,
            &[N(0.53), N(0.49), N(0.52), N(0.52), N(0.99), No],
        ),
        column(
            "m.json",
            "rmse",
            ColumnKind::Metric,
            &[N(3.5), N(3.5), N(f64::NAN), N(2.5), N(1.0), No],
        ),
    ];
    Report {
        revisions,
        columns,
        current: Some(1),
        baseline: Some(0),
        ..Report::default()
    }
}
