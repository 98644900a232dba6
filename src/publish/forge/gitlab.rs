//! GitLab: a note of the merge request. <https://docs.gitlab.com/api/notes/>

use serde_json::Value;

use super::{Env, Existing, Forge, Myself, api::Connection, encoded, parts, token};
use crate::words::forge::{Server, Trouble};

/// One merge request.
pub struct GitLab {
    /// `group/subgroup/name`.
    project: String,
    number: u64,
    /// Its address.
    url: String,
}

/// The merge request at an address, and how to reach it; `None` where it is no such address.
///
/// # Errors
/// It is of another server than the environment's, or there is no token.
pub fn target(url: &str, env: Env<'_>) -> Result<Option<(Connection, GitLab)>, Trouble> {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let Some((address, number)) = url.split_once("/-/merge_requests/") else {
        return Ok(None);
    };
    let number = number.split('/').next().unwrap_or(number);
    let (Some((host, _)), Ok(number)) = (parts(url), number.parse()) else {
        return Ok(None);
    };
    let own = env("CI_SERVER_URL").unwrap_or_else(|| "https://gitlab.com".to_owned());
    let own = own.trim_end_matches('/').to_owned();
    // A server may live below a path.
    let project = address
        .strip_prefix(own.as_str())
        .and_then(|it| it.strip_prefix('/'));
    let Some(project) = project else {
        return Err(Trouble::OtherServer {
            host: host.to_owned(),
            own,
            variable: "CI_SERVER_URL",
        });
    };
    let base = env("CI_API_V4_URL").unwrap_or_else(|| format!("{own}/api/v4"));
    let (token, is_job_token) = match (token(env, "GITLAB_TOKEN"), token(env, "CI_JOB_TOKEN")) {
        (Some(token), _) => (("private-token", "", token), false),
        (None, Some(token)) => (("job-token", "", token), true),
        (None, None) => {
            return Err(Trouble::NoToken {
                server: Server::GitLab,
            });
        }
    };
    let connection = Connection {
        server: Server::GitLab,
        base: base.trim_end_matches('/').to_owned(),
        token,
        is_job_token,
        headers: &[],
    };
    let forge = GitLab {
        project: project.to_owned(),
        number,
        url: format!("{address}/-/merge_requests/{number}"),
    };
    Ok(Some((connection, forge)))
}

impl Forge for GitLab {
    fn head_path(&self) -> (String, &'static str) {
        let project = encoded(&self.project);
        let path = format!("/projects/{project}/merge_requests/{}", self.number);
        (path, "/sha")
    }

    fn list_path(&self) -> String {
        format!("{}/notes", self.head_path().0)
    }

    fn item_path(&self, id: u64) -> String {
        format!("{}/{id}", self.list_path())
    }

    fn update_method(&self) -> &'static str {
        "PUT"
    }

    fn max_chars(&self) -> usize {
        1_000_000
    }

    fn existing(&self, value: &Value) -> Option<Existing> {
        let id = value.get("id")?.as_u64()?;
        let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str);
        Some(Existing {
            id,
            body: text("/body").unwrap_or_default().to_owned(),
            author: text("/author/username").unwrap_or_default().to_owned(),
            is_bot: false,
            url: format!("{}#note_{id}", self.url),
        })
    }

    fn nameless(&self) -> Option<Myself> {
        None
    }
}
