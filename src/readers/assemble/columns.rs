use std::collections::HashMap;

use crate::model::{
    Cell, Cells, Column, ColumnId, ColumnKind, Direction, Notice, NoticeKind, Place, Revision,
    Source,
};

/// The columns of a report under way.
#[derive(Default)]
pub(super) struct Columns {
    columns: Vec<Column>,
    index: HashMap<(ColumnKind, ColumnId), usize>,
    /// Of each artifact, in order of the first, its conflicts.
    conflicts: Vec<(String, usize)>,
}

/// Conflicts of one artifact that are told; two tables of another run differ in millions.
const MAX_CONFLICTS: usize = 100;

impl Columns {
    /// Takes over all columns of a table whose revisions are the report's first.
    pub(super) fn adopt(&mut self, columns: Vec<Column>, source: &Source) {
        for mut column in columns {
            if !column.sources.contains(source) {
                column.sources.push(source.clone());
            }
            self.index
                .insert((column.kind, column.id.clone()), self.columns.len());
            self.columns.push(column);
        }
    }

    /// Whether there is no column yet.
    pub(super) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The files of the columns there are, each once, in order.
    pub(super) fn files(&self) -> Vec<String> {
        let mut files: Vec<String> = Vec::new();
        for column in &self.columns {
            if !files.contains(&column.id.file) {
                files.push(column.id.file.clone());
            }
        }
        files
    }

    /// The column of that identity, made where there is none.
    pub(super) fn entry(&mut self, kind: ColumnKind, id: ColumnId, source: &Source) -> usize {
        let column_idx = *self
            .index
            .entry((kind, id))
            .or_insert_with_key(|(kind, id)| {
                self.columns.push(Column {
                    id: id.clone(),
                    kind: *kind,
                    direction: Direction::Unknown,
                    cells: Cells::default(),
                    sources: Vec::new(),
                });
                self.columns.len() - 1
            });
        if let Some(column) = self.columns.get_mut(column_idx)
            && !column.sources.contains(source)
        {
            column.sources.push(source.clone());
        }
        column_idx
    }

    /// States a value. A second, different value for one thing is a notice; the first one stays.
    pub(super) fn state(
        &mut self,
        column_idx: usize,
        (revision_idx, revision): (usize, &Revision),
        cell: Cell<'_>,
        source: &Source,
        notices: &mut Vec<Notice>,
    ) {
        let Some(column) = self.columns.get_mut(column_idx) else {
            return;
        };
        let known = column.cells.get(revision_idx);
        if cell.is_missing() || known.same_as(cell) {
            return;
        }
        if known.is_missing() {
            column.cells.set(revision_idx, cell);
            return;
        }
        let artifact = &source.artifact;
        let at = self.conflicts.iter().rposition(|it| it.0 == *artifact);
        let at = at.unwrap_or_else(|| {
            self.conflicts.push((artifact.clone(), 0));
            self.conflicts.len() - 1
        });
        if let Some((_, n)) = self.conflicts.get_mut(at) {
            *n += 1;
            if *n > MAX_CONFLICTS {
                return;
            }
        }
        notices.push(Notice {
            kind: NoticeKind::Conflict {
                column: column.id.full(),
                revision: revision.label().to_owned(),
                shown: plain(known),
                other: plain(cell),
                artifact: source.artifact.clone(),
            },
            place: Some(Place::artifact(&source.artifact).key(column.id.key())),
        });
    }

    /// All columns, each with a value for every revision.
    pub(super) fn finish(mut self, n_revisions: usize, notices: &mut Vec<Notice>) -> Vec<Column> {
        let shown = MAX_CONFLICTS;
        for (artifact, total) in self.conflicts {
            if total > shown {
                notices.push(Notice {
                    kind: NoticeKind::Limited { shown, total },
                    place: Some(Place::artifact(&artifact)),
                });
            }
        }
        for column in &mut self.columns {
            column.cells.grow(n_revisions);
        }
        self.columns
    }
}

/// A value as its artifact may have written it.
fn plain(cell: Cell<'_>) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Number(value) => value.to_string(),
        Cell::Text(_, text) => text.to_owned(),
    }
}
