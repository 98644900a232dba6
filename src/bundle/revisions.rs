use super::{
    code::{Codes, code_of, value_of},
    fields::{Fields, Record},
};
use crate::model::{ProblemKind, Revision, RevisionKind, State};

const KINDS: &Codes<RevisionKind> = &[
    (RevisionKind::Workspace, "workspace"),
    (RevisionKind::Commit, "commit"),
    (RevisionKind::Experiment, "experiment"),
    (RevisionKind::Named, "named"),
];

/// The states without a message; `failed` has one.
const STATES: &Codes<State> = &[
    (State::Ok, "ok"),
    (State::Queued, "queued"),
    (State::Running, "running"),
];
const FAILED: &str = "failed";

/// All rows of results, and the two that matter most.
#[derive(Default)]
pub(super) struct RevisionsWire {
    pub current: Option<usize>,
    pub baseline: Option<usize>,
    pub rows: Vec<RevisionWire>,
}

impl Record for RevisionsWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.optional("current", &mut self.current);
        fields.optional("baseline", &mut self.baseline);
        fields.required("rows", &mut self.rows);
    }
}

#[derive(Default)]
pub(super) struct RevisionWire {
    kind: String,
    sha: Option<String>,
    name: Option<String>,
    parent: Option<usize>,
    state: Option<String>,
    message: Option<String>,
    created: Option<String>,
    executor: Option<String>,
    file_errors: Vec<(String, String)>,
}

impl Record for RevisionWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("kind", &mut self.kind);
        fields.optional("sha", &mut self.sha);
        fields.optional("name", &mut self.name);
        fields.optional("parent", &mut self.parent);
        fields.optional("state", &mut self.state);
        fields.optional("message", &mut self.message);
        fields.optional("created", &mut self.created);
        fields.optional("executor", &mut self.executor);
        fields.optional("file_errors", &mut self.file_errors);
    }
}

impl RevisionWire {
    pub fn new(revision: &Revision) -> Self {
        let Revision {
            kind,
            sha,
            name,
            parent,
            state,
            created,
            executor,
            file_errors,
        } = revision.clone();
        let (state, message) = match state {
            State::Ok => (None, None),
            State::Failed(message) => (Some(FAILED.to_owned()), Some(message)),
            state => (Some(code_of(STATES, &state)), None),
        };
        Self {
            kind: code_of(KINDS, &kind),
            sha,
            name,
            parent,
            state,
            message,
            created,
            executor,
            file_errors,
        }
    }

    pub fn read(self) -> Result<Revision, ProblemKind> {
        let state = match self.state.as_deref() {
            None => State::Ok,
            Some(FAILED) => State::Failed(self.message.unwrap_or_default()),
            Some(state) => value_of(STATES, state)?,
        };
        Ok(Revision {
            kind: value_of(KINDS, &self.kind)?,
            sha: self.sha,
            name: self.name,
            parent: self.parent,
            state,
            created: self.created,
            executor: self.executor,
            file_errors: self.file_errors,
        })
    }
}
