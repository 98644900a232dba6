use serde::{Deserialize, Serialize};

use super::code::{Codes, code_of, is_default, value_of};
use crate::model::{Revision, RevisionKind, State};

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
#[derive(Default, Deserialize, Serialize)]
pub(super) struct RevisionsWire {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<usize>,
    pub rows: Vec<RevisionWire>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct RevisionWire {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    executor: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    file_errors: Vec<(String, String)>,
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

    pub fn read(self) -> Result<Revision, serde_json::Error> {
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
