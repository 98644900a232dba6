use super::fields::{Fields, Record};
use crate::model::{Discussion, Origin};

#[derive(Default)]
pub(super) struct OriginWire {
    repository: Option<String>,
    repository_url: Option<String>,
    discussion: Option<DiscussionWire>,
    title: Option<String>,
    commit: Option<String>,
    branch: Option<String>,
    target_branch: Option<String>,
    target_commit: Option<String>,
    run: Option<String>,
    run_url: Option<String>,
    made_at: Option<String>,
    base_url: Option<String>,
}

impl Record for OriginWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.optional("repository", &mut self.repository);
        fields.optional("repository_url", &mut self.repository_url);
        fields.optional("discussion", &mut self.discussion);
        fields.optional("title", &mut self.title);
        fields.optional("commit", &mut self.commit);
        fields.optional("branch", &mut self.branch);
        fields.optional("target_branch", &mut self.target_branch);
        fields.optional("target_commit", &mut self.target_commit);
        fields.optional("run", &mut self.run);
        fields.optional("run_url", &mut self.run_url);
        fields.optional("made_at", &mut self.made_at);
        fields.optional("base_url", &mut self.base_url);
    }
}

#[derive(Default)]
struct DiscussionWire {
    url: String,
    label: String,
}

impl Record for DiscussionWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("url", &mut self.url);
        fields.required("label", &mut self.label);
    }
}

impl OriginWire {
    pub fn new(origin: &Origin) -> Self {
        let Origin {
            repository,
            repository_url,
            discussion,
            title,
            commit,
            branch,
            target_branch,
            target_commit,
            run,
            run_url,
            made_at,
            base_url,
        } = origin.clone();
        Self {
            repository,
            repository_url,
            discussion: discussion.map(|Discussion { url, label }| DiscussionWire { url, label }),
            title,
            commit,
            branch,
            target_branch,
            target_commit,
            run,
            run_url,
            made_at,
            base_url,
        }
    }

    pub fn read(self) -> Origin {
        let discussion = self.discussion;
        Origin {
            repository: self.repository,
            repository_url: self.repository_url,
            discussion: discussion.map(|DiscussionWire { url, label }| Discussion { url, label }),
            title: self.title,
            commit: self.commit,
            branch: self.branch,
            target_branch: self.target_branch,
            target_commit: self.target_commit,
            run: self.run,
            run_url: self.run_url,
            made_at: self.made_at,
            base_url: self.base_url,
        }
    }
}
