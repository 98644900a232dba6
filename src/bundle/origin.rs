use serde::{Deserialize, Serialize};

use crate::model::{Discussion, Origin};

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct OriginWire {
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discussion: Option<DiscussionWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    branch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_branch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_commit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    made_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_url: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct DiscussionWire {
    url: String,
    label: String,
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
