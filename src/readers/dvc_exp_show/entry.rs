use crate::{
    json::{Error, Key, Peek, Pull},
    model::{ColumnKind, Revision, RevisionKind, State},
    readers::dvc_table::{DvcTable, Slot, error_message},
};

/// How far DVC says that a run got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Success,
    Queued,
    Running,
    Failed,
}

impl Status {
    /// From `executor.state` of generation B, or `status` of A2.
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "success" => Some(Self::Success),
            "queued" => Some(Self::Queued),
            "running" => Some(Self::Running),
            "failed" => Some(Self::Failed),
            _ => None,
        }
    }
}

/// What an entry says of its revision, beside the values.
#[derive(Debug, Default)]
pub(super) struct Entry<'a> {
    pub rev: Option<Key<'a>>,
    pub name: Option<Key<'a>>,
    pub timestamp: Option<Key<'a>>,
    pub executor: Option<Key<'a>>,
    /// The checkpoint before, by sha.
    pub checkpoint_parent: Option<Key<'a>>,
    pub status: Option<Status>,
    pub error: Option<String>,
}

/// Fields that a script can say; the others make it none, unless they are `null`.
const SCRIPTED: [&str; 7] = [
    "rev",
    "timestamp",
    "params",
    "metrics",
    "deps",
    "outs",
    "meta",
];

impl<'a> Entry<'a> {
    /// Reads the object of `data`, which comes next; `null` is an empty one.
    pub fn data(
        &mut self,
        pull: &mut Pull<'a>,
        table: &mut DvcTable<'a>,
        row: usize,
    ) -> Result<(), Error> {
        if !table.enters(pull, Peek::Object)? {
            return Ok(());
        }
        if let Some(stamp) = table.replay(pull, row) {
            self.rev = stamp.rev.or(self.rev);
            self.timestamp = stamp.timestamp;
            return Ok(());
        }
        let mut key = pull.object()?;
        while let Some(field) = key {
            self.field(pull, table, row, field.raw(), false)?;
            key = pull.key()?;
        }
        table.end_script(pull);
        Ok(())
    }

    /// Reads the value of one field of `data`, which comes next.
    pub fn field(
        &mut self,
        pull: &mut Pull<'a>,
        table: &mut DvcTable<'a>,
        row: usize,
        field: &str,
        is_bare: bool,
    ) -> Result<(), Error> {
        if !SCRIPTED.contains(&field) && pull.peek()? != Peek::Null {
            table.spoil();
        }
        pull.peek()?;
        let start = pull.offset();
        match field {
            "rev" => {
                let rev = text(pull)?;
                if rev.is_some() {
                    table.note(start, pull, Slot::Rev);
                }
                self.rev = rev.or(self.rev);
            }
            "timestamp" => {
                self.timestamp = text(pull)?;
                if self.timestamp.is_some() {
                    table.note(start, pull, Slot::Timestamp);
                }
            }
            "name" => self.name = text(pull)?.or(self.name),
            "checkpoint_parent" => self.checkpoint_parent = text(pull)?,
            "executor" => self.executor = text(pull)?,
            "params" => table.files(pull, ColumnKind::Param, is_bare, row)?,
            "metrics" => table.files(pull, ColumnKind::Metric, is_bare, row)?,
            "deps" => table.hashes(pull, ColumnKind::Dependency, row)?,
            "outs" => table.hashes(pull, ColumnKind::Output, row)?,
            "queued" => self.flag(pull, Status::Queued)?,
            "running" => self.flag(pull, Status::Running)?,
            "status" => self.status(pull, table)?,
            "error" => self.error(pull)?,
            _ => drop(pull.skip()?),
        }
        Ok(())
    }

    /// Reads an error, which comes next, or `null`.
    pub fn error(&mut self, pull: &mut Pull<'a>) -> Result<(), Error> {
        if pull.peek()? == Peek::Null {
            return pull.known_null();
        }
        self.error = Some(error_message(pull)?);
        Ok(())
    }

    /// Reads a status, which comes next.
    pub fn status(&mut self, pull: &mut Pull<'a>, table: &mut DvcTable<'a>) -> Result<(), Error> {
        if let Some(status) = text(pull)? {
            self.status = Status::parse(status.raw());
            if self.status.is_none() {
                table.pass_over(status.raw());
            }
        }
        Ok(())
    }

    /// Tells the revision what was found.
    pub fn apply(self, revision: &mut Revision) {
        if let Some(rev) = self.rev {
            self.apply_rev(rev, revision);
        }
        if let Some(name) = self.name {
            revision.name = Some(name.text().into_owned());
        }
        revision.created = self.timestamp.map(|it| it.text().into_owned());
        revision.executor = self.executor.map(|it| it.text().into_owned());
        revision.state = state(self.status, self.error);
    }

    /// Tells the tip of a run what its executor says.
    pub fn apply_to_tip(self, tip: &mut Revision) {
        let name = self.name.map(|it| it.text().into_owned());
        tip.name = tip.name.take().or(name);
        tip.executor = self.executor.map(|it| it.text().into_owned());
        let error = match std::mem::take(&mut tip.state) {
            State::Failed(message) => Some(message),
            State::Ok | State::Queued | State::Running => None,
        };
        tip.state = state(self.status, error);
    }

    fn apply_rev(&self, rev: Key<'a>, revision: &mut Revision) {
        let rev = rev.text();
        if rev == "workspace" {
            if revision.kind == RevisionKind::Commit {
                revision.kind = RevisionKind::Workspace;
            }
        } else if rev.len() >= 7 && rev.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            revision.sha = Some(rev.into_owned());
        } else {
            revision.name = Some(rev.into_owned());
        }
    }

    fn flag(&mut self, pull: &mut Pull<'a>, status: Status) -> Result<(), Error> {
        let peek = pull.peek()?;
        if matches!(peek, Peek::True | Peek::False) {
            if pull.known_bool(peek)? {
                self.status = Some(status);
            }
            return Ok(());
        }
        pull.known_skip(peek).map(drop)
    }
}

fn state(status: Option<Status>, error: Option<String>) -> State {
    match (status, error) {
        (Some(Status::Queued), _) => State::Queued,
        (Some(Status::Running), _) => State::Running,
        (Some(Status::Failed), error) => State::Failed(error.unwrap_or_default()),
        (_, Some(error)) => State::Failed(error),
        (Some(Status::Success) | None, None) => State::Ok,
    }
}

/// The string that comes next; what is none counts as missing.
pub(super) fn text<'a>(pull: &mut Pull<'a>) -> Result<Option<Key<'a>>, Error> {
    let peek = pull.peek()?;
    if peek == Peek::String {
        return pull.known_text().map(Some);
    }
    pull.known_skip(peek)?;
    Ok(None)
}
