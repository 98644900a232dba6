use std::collections::HashMap;

use super::*;
use crate::publish::origin::Field;

#[test]
fn an_address_loses_its_user_and_nothing_else() {
    let cases = [
        (
            "https://gitlab.com/team/model@v2.git",
            "https://gitlab.com/team/model@v2",
        ),
        (
            "https://user:t@ken@example.org/a/b.git",
            "https://example.org/a/b",
        ),
        ("ssh://git@example.org/a/b", "https://example.org/a/b"),
        ("git@example.org:a/b@2.git", "https://example.org/a/b@2"),
        ("https://example.org", "https://example.org"),
    ];
    for (remote, expected) in cases {
        assert_eq!(web_address(remote).as_deref(), Some(expected), "{remote}");
    }
}

/// Each system's variables, as a pull request (and a push, where that differs) sets them, and what
/// has to be known from them.
#[test]
fn each_system_is_understood() {
    let event = tempfile::NamedTempFile::new().unwrap();
    let payload = r#"{"pull_request": {"number": 12, "title": "More C",
        "html_url": "https://github.com/team/nba/pull/12",
        "head": {"sha": "aaa"}, "base": {"sha": "bbb", "ref": "main"}}}"#;
    std::fs::write(event.path(), payload).unwrap();
    let event = format!("GITHUB_EVENT_PATH={}", event.path().display());
    let of_run = tempfile::NamedTempFile::new().unwrap();
    let payload = r#"{"workflow_run": {"head_sha": "aaa", "head_branch": "rama", "run_number": 57,
        "html_url": "https://github.com/team/nba/actions/runs/99"}}"#;
    std::fs::write(of_run.path(), payload).unwrap();
    let of_run = format!("GITHUB_EVENT_PATH={}", of_run.path().display());
    let cases = [
        (
            format!(
                "GITHUB_ACTIONS=true GITHUB_SERVER_URL=https://github.com GITHUB_REPOSITORY=team/nba \
                 GITHUB_SHA=merge GITHUB_REF=refs/pull/12/merge GITHUB_REF_NAME=12/merge \
                 GITHUB_HEAD_REF=rama GITHUB_BASE_REF=main GITHUB_RUN_ID=99 GITHUB_RUN_NUMBER=57 {event}"
            ),
            "repository_url=https://github.com/team/nba repository=team/nba title=More_C commit=aaa \
             target_commit=bbb branch=rama target_branch=main \
             discussion=https://github.com/team/nba/pull/12(#12) run=57 \
             run_url=https://github.com/team/nba/actions/runs/99",
        ),
        (
            "GITHUB_ACTIONS=true GITHUB_REPOSITORY=team/nba GITHUB_SHA=ccc GITHUB_REF=refs/heads/main \
             GITHUB_REF_NAME=main GITHUB_HEAD_REF= GITHUB_EVENT_PATH=/nowhere"
                .to_owned(),
            "repository_url=https://github.com/team/nba repository=team/nba commit=ccc branch=main",
        ),
        (
            "GITHUB_ACTIONS=true GITHUB_REPOSITORY=team/nba GITHUB_SHA=ccc GITHUB_REF=refs/tags/v1.2 \
             GITHUB_REF_NAME=v1.2 GITHUB_HEAD_REF= GITHUB_EVENT_PATH=/nowhere"
                .to_owned(),
            "repository_url=https://github.com/team/nba repository=team/nba commit=ccc branch=v1.2 \
             tag=v1.2",
        ),
        (
            format!(
                "GITHUB_ACTIONS=true GITHUB_EVENT_NAME=workflow_run GITHUB_REPOSITORY=team/nba \
                 GITHUB_SHA=ccc GITHUB_REF=refs/heads/main GITHUB_REF_NAME=main {of_run}"
            ),
            "repository_url=https://github.com/team/nba repository=team/nba commit=aaa branch=rama \
             run=57 run_url=https://github.com/team/nba/actions/runs/99",
        ),
        (
            "GITLAB_CI=true CI_PROJECT_PATH=team/nba CI_PROJECT_URL=https://gitlab.com/team/nba \
             CI_COMMIT_SHA=merge CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=aaa \
             CI_MERGE_REQUEST_TARGET_BRANCH_SHA=bbb CI_COMMIT_REF_NAME=refs/merge \
             CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=rama CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main \
             CI_MERGE_REQUEST_IID=12 CI_MERGE_REQUEST_PROJECT_URL=https://gitlab.com/team/nba \
             CI_MERGE_REQUEST_TITLE=Title CI_PIPELINE_IID=57 CI_PIPELINE_URL=https://gitlab.com/p/57"
                .to_owned(),
            "repository=team/nba repository_url=https://gitlab.com/team/nba title=Title commit=aaa \
             branch=rama target_branch=main target_commit=bbb run=57 run_url=https://gitlab.com/p/57 \
             discussion=https://gitlab.com/team/nba/-/merge_requests/12(!12)",
        ),
        (
            "BITBUCKET_BUILD_NUMBER=57 BITBUCKET_REPO_FULL_NAME=team/nba BITBUCKET_COMMIT=aaa \
             BITBUCKET_BRANCH=rama BITBUCKET_PR_ID=12 BITBUCKET_PR_DESTINATION_BRANCH=main \
             BITBUCKET_PR_DESTINATION_COMMIT=bbb \
             BITBUCKET_GIT_HTTP_ORIGIN=http://bitbucket.org/team/nba"
                .to_owned(),
            "repository=team/nba commit=aaa branch=rama target_branch=main target_commit=bbb run=57 \
             repository_url=https://bitbucket.org/team/nba \
             run_url=https://bitbucket.org/team/nba/pipelines/results/57 \
             discussion=https://bitbucket.org/team/nba/pull-requests/12(#12)",
        ),
        (
            "CIRCLECI=true CIRCLE_PROJECT_USERNAME=team CIRCLE_PROJECT_REPONAME=nba \
             CIRCLE_REPOSITORY_URL=git@github.com:team/nba.git CIRCLE_SHA1=aaa CIRCLE_BRANCH=rama \
             CIRCLE_PULL_REQUEST=https://github.com/team/nba/pull/12 CIRCLE_BUILD_NUM=57 \
             CIRCLE_BUILD_URL=https://circleci.com/gh/team/nba/57"
                .to_owned(),
            "repository=team/nba repository_url=https://github.com/team/nba commit=aaa branch=rama \
             run=57 run_url=https://circleci.com/gh/team/nba/57 \
             discussion=https://github.com/team/nba/pull/12(#12)",
        ),
        (
            "TRAVIS=true TRAVIS_REPO_SLUG=team/nba TRAVIS_COMMIT=merge TRAVIS_PULL_REQUEST_SHA=aaa \
             TRAVIS_PULL_REQUEST=12 TRAVIS_PULL_REQUEST_BRANCH=rama TRAVIS_BRANCH=main \
             TRAVIS_BUILD_NUMBER=57 TRAVIS_BUILD_WEB_URL=https://app.travis-ci.com/team/nba/builds/57"
                .to_owned(),
            "run=57 run_url=https://app.travis-ci.com/team/nba/builds/57 commit=aaa \
             repository=team/nba repository_url=https://github.com/team/nba \
             discussion=https://github.com/team/nba/pull/12(#12) branch=rama target_branch=main",
        ),
        (
            "TRAVIS=true TRAVIS_PULL_REQUEST=false TRAVIS_BRANCH=main".to_owned(),
            "branch=main",
        ),
        (
            "JENKINS_URL=https://ci.example.org/ GIT_URL=https://user:token@example.org/team/nba.git \
             GIT_COMMIT=aaa GIT_BRANCH=origin/PR-12 BRANCH_NAME=PR-12 CHANGE_ID=12 \
             CHANGE_URL=https://example.org/team/nba/pulls/12 CHANGE_TITLE=Title CHANGE_BRANCH=rama \
             CHANGE_TARGET=main BUILD_NUMBER=57 BUILD_URL=https://ci.example.org/job/nba/57/"
                .to_owned(),
            "repository=team/nba repository_url=https://example.org/team/nba title=Title commit=aaa \
             branch=rama target_branch=main run=57 run_url=https://ci.example.org/job/nba/57/ \
             discussion=https://example.org/team/nba/pulls/12(#12)",
        ),
        (
            "TF_BUILD=True BUILD_REPOSITORY_NAME=nba BUILD_SOURCEVERSION=merge \
             SYSTEM_PULLREQUEST_SOURCECOMMITID=aaa SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/rama \
             SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main BUILD_BUILDNUMBER=2026.1 BUILD_BUILDID=57 \
             SYSTEM_COLLECTIONURI=https://dev.azure.com/team/ SYSTEM_TEAMPROJECT=proj \
             BUILD_REPOSITORY_URI=https://team@dev.azure.com/team/proj/_git/nba \
             BUILD_REPOSITORY_PROVIDER=TfsGit SYSTEM_PULLREQUEST_PULLREQUESTID=12"
                .to_owned(),
            "repository=nba commit=aaa branch=rama target_branch=main run=2026.1 \
             run_url=https://dev.azure.com/team/proj/_build/results?buildId=57 \
             repository_url=https://dev.azure.com/team/proj/_git/nba \
             discussion=https://dev.azure.com/team/proj/_git/nba/pullrequest/12(!12)",
        ),
        ("HOME=/home/x CI=true".to_owned(), ""),
    ];
    for (variables, expected) in cases {
        let variables: HashMap<&str, &str> = variables
            .split_whitespace()
            .filter_map(|variable| variable.split_once('='))
            .collect();
        let get = |name: &str| variables.get(name).map(|value| (*value).to_owned());
        let known = known(&Env(&get));
        let said: Vec<String> = known
            .said_by
            .iter()
            .map(|(field, _)| said(&known, *field))
            .collect();
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(said, expected);
        for (_, from) in &known.said_by {
            assert!(
                variables.contains_key(from.as_str()) || from == "GITHUB_SERVER_URL",
                "{from}"
            );
        }
    }
}

fn said(known: &Known, field: Field) -> String {
    let origin = &known.origin;
    let discussion = origin
        .discussion
        .as_ref()
        .map(|it| format!("{}({})", it.url, it.label));
    let value = match field {
        Field::Repository => &origin.repository,
        Field::RepositoryUrl => &origin.repository_url,
        Field::Discussion => &discussion,
        Field::Title => &origin.title,
        Field::Commit => &origin.commit,
        Field::Branch => &origin.branch,
        Field::Tag => &origin.tag,
        Field::TargetBranch => &origin.target_branch,
        Field::TargetCommit => &origin.target_commit,
        Field::Run => &origin.run,
        Field::RunUrl => &origin.run_url,
        Field::BaseUrl => &origin.base_url,
    };
    let value = value.clone().unwrap_or_default();
    format!("{}={}", field.name(), value.replace(' ', "_"))
}
