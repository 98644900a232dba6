//! Which pull request a report is of, where the report comes from a run that nobody trusts.
//!
//! A fork's pull request can't comment by itself; a second workflow (`workflow_run`) does, with a
//! token that may write. What the first run left behind is the fork's word alone, so the pull
//! request that it names is compared with what GitHub says of that run.

use std::fs;

use serde_json::Value;

use super::{Env, api::Api, encoded, github, is_plain_name, parts};
use crate::{model::Discussion, publish::http::Clock, words::forge::Trouble};

/// The run that started this workflow, by GitHub's own word.
struct Run {
    repository: String,
    commit: String,
    branch: String,
    /// `owner/name` of where the branch is: a fork, mostly.
    head_repository: String,
}

/// The discussion to write into: `claimed`, where a flag or CI said it (`is_said`), and in a
/// workflow that another run started, only after a look at that run. `None` where that run was
/// of no pull request.
///
/// # Errors
/// Nobody but the report names it, or it isn't the one of that run.
pub fn checked_discussion(
    claimed: Option<&Discussion>,
    is_said: bool,
    env: Env<'_>,
    clock: Box<dyn Clock>,
) -> Result<Option<Discussion>, Trouble> {
    let said = claimed.filter(|_| is_said).cloned();
    if !is_of_another_run(env) {
        return match claimed {
            Some(it) if !is_said => Err(Trouble::OnlyBundle {
                url: it.url.clone(),
            }),
            _ => Ok(said),
        };
    }
    let event = event(env)?;
    let was_pull = text(&event, "/workflow_run/event").is_some_and(|it| it.starts_with("pull_"));
    if !was_pull {
        return Ok(said);
    }
    let run = Run::of(&event, env).ok_or(Trouble::NoEvent)?;
    let server = env("GITHUB_SERVER_URL").unwrap_or_else(|| "https://github.com".to_owned());
    let host = server.split_once("://").map_or("", |(_, host)| host);
    let api = Api::new(
        github::connection(host.trim_end_matches('/'), env)?,
        env,
        clock,
    )?;
    let pull = match claimed {
        Some(claimed) => claimed_pull(&api, &run, host, claimed)?,
        None => pull_of(&api, &run)?,
    };
    let number = pull.get("number").and_then(Value::as_u64);
    let url = text(&pull, "/html_url");
    match (number, url) {
        (Some(number), Some(url)) => Ok(Some(Discussion {
            url: url.to_owned(),
            label: format!("#{number}"),
        })),
        _ => Err(Trouble::NotUnderstood),
    }
}

/// The address of the pull request that another run, whose end started this one, was of; `pr` is
/// what a flag says. `None` where no other run did, or it was of no pull request.
///
/// # Errors
/// It isn't the one that the flag names, or GitHub doesn't tell.
pub fn pull_of_other_run(
    pr: Option<&str>,
    env: Env<'_>,
    clock: Box<dyn Clock>,
) -> Result<Option<String>, Trouble> {
    if !is_of_another_run(env) {
        return Ok(None);
    }
    let claimed = pr.map(|url| Discussion {
        url: url.to_owned(),
        label: String::new(),
    });
    let checked = checked_discussion(claimed.as_ref(), pr.is_some(), env, clock)?;
    Ok(checked.map(|it| it.url))
}

/// Whether another run's end started this one, so that the report is that run's word alone.
pub fn is_of_another_run(env: Env<'_>) -> bool {
    env("GITHUB_EVENT_NAME").as_deref() == Some("workflow_run")
}

fn event(env: Env<'_>) -> Result<Value, Trouble> {
    let bytes = env("GITHUB_EVENT_PATH").and_then(|path| fs::read(path).ok());
    let event = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    event.ok_or(Trouble::NoEvent)
}

impl Run {
    fn of(event: &Value, env: Env<'_>) -> Option<Self> {
        let own = |pointer: &str| text(event, pointer).map(str::to_owned);
        let run = Self {
            repository: env("GITHUB_REPOSITORY")?,
            commit: own("/workflow_run/head_sha")?,
            branch: own("/workflow_run/head_branch")?,
            head_repository: own("/workflow_run/head_repository/full_name")?,
        };
        let is_name = |it: &str| it.matches('/').count() == 1 && it.split('/').all(is_plain_name);
        (is_name(&run.repository) && is_name(&run.head_repository)).then_some(run)
    }
}

/// The pull request that the report names, if it is the run's.
fn claimed_pull(api: &Api, run: &Run, host: &str, claimed: &Discussion) -> Result<Value, Trouble> {
    let refused = || Trouble::OtherPull {
        url: claimed.url.clone(),
        commit: run.commit.clone(),
    };
    let (claimed_host, path) = parts(&claimed.url).ok_or_else(refused)?;
    let inside = path.strip_prefix(&format!("{}/pull/", run.repository));
    let number = inside.and_then(|it| it.split('/').next()?.parse::<u64>().ok());
    let (Some(number), true) = (number, claimed_host == host) else {
        return Err(refused());
    };
    let pull = api.patiently(
        "GET",
        &format!("/repos/{}/pulls/{number}", run.repository),
        None,
    );
    let pull = match pull {
        Err(Trouble::Gone { .. }) => return Err(refused()),
        other => other?,
    };
    match is_of(&pull, run) {
        true => Ok(pull),
        false => Err(refused()),
    }
}

/// The pull request whose head is the run's commit.
fn pull_of(api: &Api, run: &Run) -> Result<Value, Trouble> {
    let owner = run.head_repository.split('/').next().unwrap_or_default();
    let head = encoded(&format!("{owner}:{}", run.branch));
    let path = format!(
        "/repos/{}/pulls?state=all&head={head}&per_page=100",
        run.repository
    );
    let (pulls, _) = api.list(&path)?;
    let pulls = pulls.as_array().ok_or(Trouble::NotUnderstood)?;
    let is_open = |it: &&Value| text(it, "/state") == Some("open");
    let of_run: Vec<&Value> = pulls.iter().filter(|it| is_of(it, run)).collect();
    let found = of_run
        .iter()
        .copied()
        .find(is_open)
        .or(of_run.first().copied());
    found.cloned().ok_or_else(|| Trouble::NoPull {
        commit: run.commit.clone(),
    })
}

fn is_of(pull: &Value, run: &Run) -> bool {
    text(pull, "/head/sha") == Some(&run.commit)
        && text(pull, "/head/repo/full_name") == Some(&run.head_repository)
}

fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer).and_then(Value::as_str)
}
