use super::{
    code::{Coded, Codes},
    fields::{Fields, Record},
};
use crate::model::{Report, Revision, RevisionKind, State};

pub(super) const KINDS: &Codes<RevisionKind> = &[
    (RevisionKind::Workspace, "workspace"),
    (RevisionKind::Commit, "commit"),
    (RevisionKind::Experiment, "experiment"),
    (RevisionKind::Named, "named"),
];

pub(super) const STATES: &Codes<State> = &[
    (State::Ok, "ok"),
    (State::Queued, "queued"),
    (State::Running, "running"),
    (State::Failed(String::new()), "failed"),
];

/// All rows of results, and the two that matter most.
pub(super) struct Revisions<'r>(pub &'r mut Report);

impl Record for Revisions<'_> {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.optional("current", &mut self.0.current);
        fields.optional("baseline", &mut self.0.baseline);
        fields.required("rows", &mut self.0.revisions);
    }
}

impl Record for Revision {
    fn tag(&self) -> Option<&'static str> {
        Some("state")
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("kind", &mut Coded(&mut self.kind, KINDS));
        fields.optional("sha", &mut self.sha);
        fields.optional("name", &mut self.name);
        fields.optional("parent", &mut self.parent);
        fields.optional("tip", &mut self.tip);
        fields.optional("state", &mut Coded(&mut self.state, STATES));
        if let State::Failed(message) = &mut self.state {
            fields.kept("message", message);
        }
        fields.optional("created", &mut self.created);
        fields.optional("executor", &mut self.executor);
        fields.optional("file_errors", &mut self.file_errors);
    }
}
