//! The comment in the discussion: created once, updated by every later push, on GitHub and GitLab.
//!
//! It is found again by its hidden marker, which has to be the comment's first line, and by its
//! author: anybody may write a comment with our marker into a public discussion. Tokens come from
//! the environment alone, and go to the server that the environment names alone.

mod api;
mod github;
mod gitlab;
mod run;

#[cfg(test)]
mod tests;

pub use run::{checked_discussion, is_of_another_run, pull_of_other_run};

use api::{Api, Sent};
use serde_json::{Value, json};

use super::http::{Clock, Patience};
use crate::words::forge::Trouble;

/// Reads the environment; a variable that is set but empty counts as missing.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Pages of a hundred comments that are looked through at most.
const MAX_PAGES: u32 = 50;
/// Tries to create the comment, each after a look whether the one before did so after all.
const MAX_CREATIONS: u32 = 3;

/// A comment that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Its address.
    pub url: String,
    /// What was done.
    pub action: Action,
}

/// What was done to the comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// There was none.
    Created,
    /// There was one with another text.
    Updated,
    /// There was one with this very text.
    Unchanged,
}

impl Action {
    /// The name in `--json`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
        }
    }
}

/// A comment as it is in the discussion.
struct Existing {
    id: u64,
    body: String,
    author: String,
    /// Of an app rather than of a person; known on GitHub only.
    is_bot: bool,
    url: String,
}

/// Who the token speaks for.
enum Myself {
    Named(String),
    /// An app's token, which may not ask for its name: GitHub's own in a workflow is one.
    Bot,
}

/// What differs between the servers.
trait Forge {
    /// The pull request itself, and where in its answer the commit of its head stands.
    fn head_path(&self) -> (String, &'static str);
    /// The comments of the discussion, below the API's address, with room for `?page=`.
    fn list_path(&self) -> String;
    /// One comment.
    fn item_path(&self, id: u64) -> String;
    /// The method that changes one.
    fn update_method(&self) -> &'static str;
    /// The longest body in characters.
    fn max_chars(&self) -> usize;
    /// One comment of a list; `None` where it is no comment at all.
    fn existing(&self, value: &Value) -> Option<Existing>;
    /// What an answer to "who am I" means where it is none of a person.
    fn nameless(&self) -> Option<Myself>;
}

/// Where a comment goes: the server, the discussion, and a token.
pub struct Target {
    api: Api,
    forge: Box<dyn Forge>,
}

impl Target {
    /// The discussion at an address, with the token that the environment has for its server.
    ///
    /// # Errors
    /// It is no pull request of a server that is known here, or there is no token for it.
    pub fn new(url: &str, env: Env<'_>, clock: Box<dyn Clock>) -> Result<Self, Trouble> {
        if let Some(found) = gitlab::target(url, env)? {
            let (connection, forge) = found;
            let api = Api::new(connection, env, clock)?;
            return Ok(Self {
                api,
                forge: Box::new(forge),
            });
        }
        if let Some(found) = github::target(url, env)? {
            let (connection, forge) = found;
            let api = Api::new(connection, env, clock)?;
            return Ok(Self {
                api,
                forge: Box::new(forge),
            });
        }
        Err(Trouble::NoForge {
            url: url.to_owned(),
        })
    }

    /// Creates the comment, or changes it. `write` makes its text from that of the one before;
    /// `marker` is how its first line begins.
    ///
    /// # Errors
    /// The server refused, or did not answer in spite of several tries.
    pub fn post(
        &self,
        marker: &str,
        write: &dyn Fn(Option<&str>) -> String,
    ) -> Result<Posted, Trouble> {
        let mut patience = Patience::default();
        let mut tries = 1;
        loop {
            if let Some(old) = self.find(marker)? {
                return self.update(&old, &write(Some(&old.body)));
            }
            let body = self.fitting(write(None))?;
            let path = self.forge.list_path();
            // A creation whose answer is lost may have happened: it is not simply sent again.
            let sent = self.api.once("POST", &path, Some(&body));
            match sent {
                Sent::Done(value) => {
                    return Ok(Posted {
                        url: self.url_of(&value),
                        action: Action::Created,
                    });
                }
                Sent::Later { wait, trouble } => {
                    let is_last = tries >= MAX_CREATIONS;
                    if is_last || !patience.wait(wait, self.api.clock()) {
                        return Err(trouble);
                    }
                    tries += 1;
                }
                Sent::Never(trouble) => return Err(trouble),
            }
        }
    }

    /// The commit that the pull request ends in; `None` where the server doesn't tell.
    pub fn head(&self) -> Option<String> {
        let (path, pointer) = self.forge.head_path();
        let value = self.api.patiently("GET", &path, None).ok()?;
        Some(value.pointer(pointer)?.as_str()?.to_owned())
    }

    fn update(&self, old: &Existing, text: &str) -> Result<Posted, Trouble> {
        let posted = |url: String, action| Ok(Posted { url, action });
        // Servers change line ends and the blanks around.
        if plain(&old.body) == plain(text) {
            return posted(old.url.clone(), Action::Unchanged);
        }
        let body = self.fitting(text.to_owned())?;
        let path = self.forge.item_path(old.id);
        let method = self.forge.update_method();
        self.api.patiently(method, &path, Some(&body))?;
        posted(old.url.clone(), Action::Updated)
    }

    /// The first comment of ours with the marker.
    fn find(&self, marker: &str) -> Result<Option<Existing>, Trouble> {
        let mut marked = Vec::new();
        for page in 1..=MAX_PAGES {
            let path = format!("{}?per_page=100&page={page}", self.forge.list_path());
            let (value, has_more) = self.api.list(&path)?;
            let comments = value.as_array().ok_or(Trouble::NotUnderstood)?;
            let found = comments.iter().filter_map(|it| self.forge.existing(it));
            marked.extend(found.filter(|it| it.body.trim_start().starts_with(marker)));
            if !has_more {
                break;
            }
        }
        if marked.is_empty() {
            return Ok(None);
        }
        let myself = self.myself()?;
        let is_mine = |it: &Existing| match &myself {
            Myself::Named(name) => it.author == *name,
            Myself::Bot => it.is_bot,
        };
        Ok(marked.into_iter().filter(is_mine).min_by_key(|it| it.id))
    }

    fn myself(&self) -> Result<Myself, Trouble> {
        let asked = self.api.patiently("GET", "/user", None);
        match asked {
            Ok(value) => {
                let names = ["login", "username"].iter().find_map(|it| value.get(it));
                let name = names.and_then(Value::as_str);
                name.map(|it| Myself::Named(it.to_owned()))
                    .ok_or(Trouble::NotUnderstood)
            }
            Err(trouble @ (Trouble::Forbidden { .. } | Trouble::Gone { .. })) => {
                self.forge.nameless().ok_or(trouble)
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// The JSON of a body that the server takes.
    fn fitting(&self, text: String) -> Result<String, Trouble> {
        let n_chars = text.chars().count();
        match n_chars > self.forge.max_chars() {
            true => Err(Trouble::TooLong { n_chars }),
            false => Ok(json!({ "body": text }).to_string()),
        }
    }

    fn url_of(&self, value: &Value) -> String {
        let existing = self.forge.existing(value);
        existing.map(|it| it.url).unwrap_or_default()
    }
}

/// A text without what servers change in it.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// Host and path of an address, without user, query and fragment.
fn parts(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let rest = rest.split(['?', '#']).next()?;
    let is_web = matches!(scheme, "http" | "https");
    let (host, path) = rest.split_once('/')?;
    // `https://github.com@elsewhere/…` is elsewhere.
    (is_web && !host.is_empty() && !host.contains('@')).then_some((host, path))
}

/// Whether it can stand in a path as it is: a repository's, an owner's or a branch's name.
fn is_plain_name(name: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.');
    !name.is_empty() && name != "." && name != ".." && name.bytes().all(is_plain)
}

/// A text as one part of a path or a query.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            true => encoded.push(char::from(byte)),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// A token of the environment, without the line end that it may have been stored with.
fn token(env: Env<'_>, name: &str) -> Option<String> {
    let token = env(name)?.trim().to_owned();
    (!token.is_empty()).then_some(token)
}
