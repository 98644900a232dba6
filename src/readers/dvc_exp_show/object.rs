//! Generations A0 to A2: an object of commits, each an object of its experiments.

use std::collections::HashMap;

use super::entry::Entry;
use crate::{
    json::{Error, Key, Peek, Pull},
    model::{Revision, RevisionKind, own_ancestors},
    readers::dvc_table::DvcTable,
};

/// An experiment whose parent is looked up at the end.
struct Child<'a> {
    row: usize,
    baseline: Option<usize>,
    checkpoint_parent: Option<Key<'a>>,
}

/// Reads the object that comes next.
pub(super) fn read<'a>(pull: &mut Pull<'a>, table: &mut DvcTable<'a>) -> Result<(), Error> {
    let mut children = Vec::new();
    let mut key = pull.object()?;
    while let Some(rev) = key {
        commit(pull, table, rev, &mut children)?;
        key = pull.key()?;
    }
    set_parents(&children, &mut table.revisions);
    Ok(())
}

fn commit<'a>(
    pull: &mut Pull<'a>,
    table: &mut DvcTable<'a>,
    rev: Key<'a>,
    children: &mut Vec<Child<'a>>,
) -> Result<(), Error> {
    if !table.enters(pull, Peek::Object)? {
        return Ok(());
    }
    let first = children.len();
    let mut baseline = None;
    let mut key = pull.object()?;
    while let Some(name) = key {
        if name.raw() == "baseline" {
            let read = entry(pull, table, rev, RevisionKind::Commit)?;
            baseline = read.map(|(row, _)| row);
        } else if let Some((row, checkpoint_parent)) =
            entry(pull, table, name, RevisionKind::Experiment)?
        {
            children.push(Child {
                row,
                baseline: None,
                checkpoint_parent,
            });
        }
        key = pull.key()?;
    }
    for child in children.iter_mut().skip(first) {
        child.baseline = baseline;
    }
    Ok(())
}

/// Reads one entry: its row, and the sha of the checkpoint before.
fn entry<'a>(
    pull: &mut Pull<'a>,
    table: &mut DvcTable<'a>,
    rev: Key<'a>,
    kind: RevisionKind,
) -> Result<Option<(usize, Option<Key<'a>>)>, Error> {
    if !table.enters(pull, Peek::Object)? {
        return Ok(None);
    }
    let row = table.add_row(Revision::new(kind), pull)?;
    let mut entry = Entry::default();
    let mut key = pull.object()?;
    while let Some(field) = key {
        match field.raw() {
            "data" => entry.data(pull, table, row)?,
            // Before 2.6 there was no wrapper, around entries as around files.
            bare => entry.field(pull, table, row, bare, true)?,
        }
        key = pull.key()?;
    }
    // The key is the full sha; `rev` within may be a short one, or a branch.
    entry.rev = Some(rev);
    let checkpoint_parent = entry.checkpoint_parent;
    if let Some(revision) = table.revisions.get_mut(row) {
        entry.apply(revision);
    }
    Ok(Some((row, checkpoint_parent)))
}

/// The checkpoint before is the parent, even another run's; else the commit is.
fn set_parents(children: &[Child<'_>], revisions: &mut [Revision]) {
    let row_by_sha: HashMap<String, usize> = revisions
        .iter()
        .enumerate()
        .rev()
        .filter_map(|(row, revision)| Some((revision.sha.clone()?, row)))
        .collect();
    for child in children {
        let before = child.checkpoint_parent.map(|sha| sha.text());
        let before = before.and_then(|sha| row_by_sha.get(&*sha).copied());
        if let Some(revision) = revisions.get_mut(child.row) {
            revision.parent = before.or(child.baseline);
        }
    }
    // No checkpoint comes before itself: such a one is its commit's.
    let commits: HashMap<usize, Option<usize>> =
        children.iter().map(|it| (it.row, it.baseline)).collect();
    for row in own_ancestors(revisions) {
        if let Some(revision) = revisions.get_mut(row) {
            revision.parent = commits.get(&row).copied().flatten();
        }
    }
}
