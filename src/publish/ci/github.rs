use std::fs;

use super::Env;
use crate::publish::origin::{Field, Known};

/// GitHub Actions; the pull request is in the event's payload, since `GITHUB_SHA` is a merge commit
/// that nobody will find again. <https://docs.github.com/actions/reference/variables-reference>
pub fn read(env: &Env<'_>, known: &mut Known) {
    let server = env
        .get("GITHUB_SERVER_URL")
        .unwrap_or_else(|| "https://github.com".to_owned());
    let repository = env.get("GITHUB_REPOSITORY").unwrap_or_default();
    let address = format!("{server}/{repository}");
    let event = env
        .get("GITHUB_EVENT_PATH")
        .and_then(|path| fs::read(path).ok());
    let event: serde_json::Value = event
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let said = |pointer: &str| {
        let text = event.pointer(pointer).and_then(serde_json::Value::as_str);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    const EVENT: &str = "GITHUB_EVENT_PATH";
    // Another run's end started this one: what is published is that run's, not the default
    // branch's, on which this one stands.
    let is_of_another_run = env.get("GITHUB_EVENT_NAME").as_deref() == Some("workflow_run");
    if !repository.is_empty() {
        known.set(Field::RepositoryUrl, &address, "GITHUB_SERVER_URL");
        known.set(Field::Repository, &repository, "GITHUB_REPOSITORY");
    }
    if is_of_another_run {
        known.set_all(Field::Commit, said("/workflow_run/head_sha"), EVENT);
        known.set_all(Field::Branch, said("/workflow_run/head_branch"), EVENT);
        let number = event.pointer("/workflow_run/run_number");
        let number = number.and_then(serde_json::Value::as_u64);
        known.set_all(Field::Run, number.map(|it| it.to_string()), EVENT);
        known.set_all(Field::RunUrl, said("/workflow_run/html_url"), EVENT);
        return;
    }
    known.set_all(Field::Title, said("/pull_request/title"), EVENT);
    known.set_all(Field::Commit, said("/pull_request/head/sha"), EVENT);
    known.set_all(Field::TargetCommit, said("/pull_request/base/sha"), EVENT);
    known.set_first(Field::Commit, env.first(&["GITHUB_SHA"]));
    known.set_first(
        Field::Branch,
        env.first(&["GITHUB_HEAD_REF", "GITHUB_REF_NAME"]),
    );
    known.set_first(Field::TargetBranch, env.first(&["GITHUB_BASE_REF"]));
    let number = event
        .pointer("/pull_request/number")
        .and_then(serde_json::Value::as_u64);
    let number = number
        .map(|number| (number.to_string(), EVENT))
        .or_else(|| {
            let reference = env.get("GITHUB_REF")?;
            let number = reference.strip_prefix("refs/pull/")?.split('/').next()?;
            Some((number.to_owned(), "GITHUB_REF"))
        });
    if let Some((number, from)) = number {
        let url = said("/pull_request/html_url");
        let url = url.unwrap_or_else(|| format!("{address}/pull/{number}"));
        known.set_discussion(&url, &format!("#{number}"), from);
    }
    known.set_first(Field::Run, env.first(&["GITHUB_RUN_NUMBER"]));
    if let Some(id) = env.get("GITHUB_RUN_ID") {
        known.set(
            Field::RunUrl,
            &format!("{address}/actions/runs/{id}"),
            "GITHUB_RUN_ID",
        );
    }
}
