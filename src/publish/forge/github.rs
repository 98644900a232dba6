//! GitHub, and GitHub Enterprise Server. The comments of a pull request are those of its issue:
//! <https://docs.github.com/rest/issues/comments>.

use serde_json::Value;

use super::{Env, Existing, Forge, Myself, api::Connection, is_plain_name, parts, token};
use crate::words::forge::{Server, Trouble};

/// Headers of every request.
const HEADERS: &[(&str, &str)] = &[
    ("accept", "application/vnd.github+json, application/json"),
    ("x-github-api-version", "2022-11-28"),
];

/// One pull request (or issue).
pub struct GitHub {
    /// `owner/name`.
    repository: String,
    number: u64,
}

/// The pull request at an address, and how to reach it; `None` where it is no such address.
///
/// # Errors
/// It is of another server than the environment's, or there is no token.
pub fn target(url: &str, env: Env<'_>) -> Result<Option<(Connection, GitHub)>, Trouble> {
    let Some((host, path)) = parts(url) else {
        return Ok(None);
    };
    let words: Vec<&str> = path.split('/').collect();
    let [owner, name, "pull" | "issues", number, ..] = words.as_slice() else {
        return Ok(None);
    };
    let (Ok(number), true) = (number.parse(), is_plain_name(owner) && is_plain_name(name)) else {
        return Ok(None);
    };
    let repository = format!("{owner}/{name}");
    let connection = connection(host, env)?;
    Ok(Some((connection, GitHub { repository, number })))
}

/// How to reach the API of the server `host`.
///
/// # Errors
/// The environment's token is for another server, or there is none.
pub fn connection(host: &str, env: Env<'_>) -> Result<Connection, Trouble> {
    let own = env("GITHUB_SERVER_URL").unwrap_or_else(|| "https://github.com".to_owned());
    let own_host = parts(&format!("{own}/")).map(|(host, _)| host.to_owned());
    if own_host.as_deref() != Some(host) {
        return Err(Trouble::OtherServer {
            host: host.to_owned(),
            own,
            variable: "GITHUB_SERVER_URL",
        });
    }
    let base = env("GITHUB_API_URL").unwrap_or_else(|| match host {
        "github.com" => "https://api.github.com".to_owned(),
        _ => format!("{own}/api/v3"),
    });
    let token = token(env, "GITHUB_TOKEN").or_else(|| token(env, "GH_TOKEN"));
    let token = token.ok_or(Trouble::NoToken {
        server: Server::GitHub,
    })?;
    Ok(Connection {
        server: Server::GitHub,
        base: base.trim_end_matches('/').to_owned(),
        token: ("authorization", "Bearer ", token),
        is_job_token: false,
        headers: HEADERS,
    })
}

impl Forge for GitHub {
    fn head_path(&self) -> (String, &'static str) {
        let Self { repository, number } = self;
        (format!("/repos/{repository}/pulls/{number}"), "/head/sha")
    }

    fn list_path(&self) -> String {
        let Self { repository, number } = self;
        format!("/repos/{repository}/issues/{number}/comments")
    }

    fn item_path(&self, id: u64) -> String {
        format!("/repos/{}/issues/comments/{id}", self.repository)
    }

    fn update_method(&self) -> &'static str {
        "PATCH"
    }

    fn max_chars(&self) -> usize {
        65_536
    }

    fn existing(&self, value: &Value) -> Option<Existing> {
        let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str);
        Some(Existing {
            id: value.get("id")?.as_u64()?,
            body: text("/body").unwrap_or_default().to_owned(),
            author: text("/user/login").unwrap_or_default().to_owned(),
            is_bot: text("/user/type") == Some("Bot"),
            url: text("/html_url").unwrap_or_default().to_owned(),
        })
    }

    fn nameless(&self) -> Option<Myself> {
        Some(Myself::Bot)
    }
}
