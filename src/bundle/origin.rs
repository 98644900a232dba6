use super::fields::{Fields, Record};
use crate::model::{Discussion, Origin};

impl Record for Origin {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.optional("repository", &mut self.repository);
        fields.optional("repository_url", &mut self.repository_url);
        fields.optional("discussion", &mut self.discussion);
        fields.optional("title", &mut self.title);
        fields.optional("commit", &mut self.commit);
        fields.optional("branch", &mut self.branch);
        fields.optional("tag", &mut self.tag);
        fields.optional("target_branch", &mut self.target_branch);
        fields.optional("target_commit", &mut self.target_commit);
        fields.optional("run", &mut self.run);
        fields.optional("run_url", &mut self.run_url);
        fields.optional("made_at", &mut self.made_at);
        fields.optional("base_url", &mut self.base_url);
    }
}

impl Record for Discussion {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("url", &mut self.url);
        fields.required("label", &mut self.label);
    }
}
