//! Generation B: a list of commits, each with a list of its experiments.

use super::entry::{Entry, text};
use crate::{
    json::{Error, Peek, Pull},
    model::{Revision, RevisionKind},
    readers::dvc_table::DvcTable,
};

/// Reads the list that comes next.
pub(super) fn read<'a>(pull: &mut Pull<'a>, table: &mut DvcTable<'a>) -> Result<(), Error> {
    let mut next = pull.list()?;
    while next.is_some() {
        state(pull, table, RevisionKind::Commit)?;
        next = pull.item()?;
    }
    Ok(())
}

/// Reads one state with its experiments; its row, where it is one.
fn state<'a>(
    pull: &mut Pull<'a>,
    table: &mut DvcTable<'a>,
    kind: RevisionKind,
) -> Result<Option<usize>, Error> {
    if !table.enters(pull, Peek::Object)? {
        return Ok(None);
    }
    let row = table.add_row(Revision::new(kind), pull)?;
    let mut entry = Entry::default();
    let mut key = pull.object()?;
    while let Some(field) = key {
        match field.raw() {
            "rev" => entry.rev = text(pull)?,
            "name" => entry.name = text(pull)?,
            "data" => entry.data(pull, table, row)?,
            "error" => entry.error(pull)?,
            "experiments" if kind == RevisionKind::Commit => experiments(pull, table, row)?,
            _ => drop(pull.skip()?),
        }
        key = pull.key()?;
    }
    if let Some(revision) = table.revisions.get_mut(row) {
        entry.apply(revision);
    }
    Ok(Some(row))
}

fn experiments<'a>(
    pull: &mut Pull<'a>,
    table: &mut DvcTable<'a>,
    baseline: usize,
) -> Result<(), Error> {
    if !table.enters(pull, Peek::Array)? {
        return Ok(());
    }
    let mut next = pull.list()?;
    while next.is_some() {
        if table.enters(pull, Peek::Object)? {
            range(pull, table, baseline)?;
        }
        next = pull.item()?;
    }
    Ok(())
}

/// Reads one run: its tip first, then, for old checkpoints, what was before it.
fn range<'a>(pull: &mut Pull<'a>, table: &mut DvcTable<'a>, baseline: usize) -> Result<(), Error> {
    let mut rows = Vec::new();
    // What the executor and the name say is of the run's tip.
    let mut run = Entry::default();
    let mut key = pull.object()?;
    while let Some(field) = key {
        match field.raw() {
            "revs" => revs(pull, table, &mut rows)?,
            "executor" => executor(pull, table, &mut run)?,
            "name" => run.name = text(pull)?,
            _ => drop(pull.skip()?),
        }
        key = pull.key()?;
    }
    let parents = rows.iter().skip(1).copied().chain([baseline]);
    for (row, parent) in rows.iter().zip(parents) {
        if let Some(revision) = table.revisions.get_mut(*row) {
            revision.parent = Some(parent);
        }
    }
    let tip = rows.first().and_then(|row| table.revisions.get_mut(*row));
    if let Some(tip) = tip {
        run.apply_to_tip(tip);
    }
    Ok(())
}

fn revs<'a>(
    pull: &mut Pull<'a>,
    table: &mut DvcTable<'a>,
    rows: &mut Vec<usize>,
) -> Result<(), Error> {
    if !table.enters(pull, Peek::Array)? {
        return Ok(());
    }
    let mut next = pull.list()?;
    while next.is_some() {
        rows.extend(state(pull, table, RevisionKind::Experiment)?);
        next = pull.item()?;
    }
    Ok(())
}

fn executor<'a>(
    pull: &mut Pull<'a>,
    table: &mut DvcTable<'a>,
    run: &mut Entry<'a>,
) -> Result<(), Error> {
    if !table.enters(pull, Peek::Object)? {
        return Ok(());
    }
    let mut key = pull.object()?;
    while let Some(field) = key {
        match field.raw() {
            "state" => run.status(pull, table)?,
            "name" => run.executor = text(pull)?,
            _ => drop(pull.skip()?),
        }
        key = pull.key()?;
    }
    Ok(())
}
