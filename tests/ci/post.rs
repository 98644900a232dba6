//! `careo comment --post` as CI runs it, against a local server that behaves like the real ones.

use std::{
    path::Path,
    process::{Command, Output},
};

use super::server::{Fault, Server};

const TOKEN: &str = "ghs_verysecrettoken";
const NBA: &str = "metrics.json predictions.csv confusion_matrix.json exp-show.json \
                   --baseline baselines/C10";

/// Runs careo on the NBA case as a workflow on GitHub does, for the commit `sha`.
fn careo(server: &Server, sha: &str, arguments: &str) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/nba");
    let event = tempfile::NamedTempFile::new().unwrap();
    let payload = serde_json::json!({"pull_request": {
        "number": 12,
        "html_url": "https://github.com/team/nba/pull/12",
        "head": {"sha": sha},
    }});
    std::fs::write(event.path(), payload.to_string()).unwrap();
    Command::new(env!("CARGO_BIN_EXE_careo"))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .env_clear()
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_REPOSITORY", "team/nba")
        .env("GITHUB_EVENT_PATH", event.path())
        .env("GITHUB_API_URL", &server.url)
        .env("GITHUB_TOKEN", TOKEN)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_comment_follows_the_pull_request_and_keeps_what_was_said() {
    let server = Server::new();
    let post = format!("comment {NBA} --post --base-url https://t.github.io/nba/pr/12/x/");
    let ran = careo(&server, "aaaaaaaaaaaa", &post);
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
    // After it is said which file of the case nothing reads.
    let told = text(&ran.stderr);
    assert!(
        told.starts_with("baselines/C10/classification_report.txt: not read: "),
        "{told}"
    );
    assert_eq!(
        told.lines().last(),
        Some("commented: https://github.com/team/nba/pull/12#issuecomment-1000")
    );
    let ran = careo(&server, "bbbbbbbbbbbb", &post);
    assert!(text(&ran.stderr).contains("\nupdated the comment: "));
    let ran = careo(&server, "bbbbbbbbbbbb", &format!("{post} --json"));
    let said: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(said["action"], "unchanged");
    let [body] = server.bodies().try_into().unwrap();
    assert!(body.starts_with("<!-- careo key= digest="), "{body}");
    assert!(
        body.contains("The earlier verdict") && body.contains("`aaaaaaa`"),
        "{body}"
    );
    assert!(body.contains("https://t.github.io/nba/pr/12/x/#/confusion"));
    careo(&server, "bbbbbbbbbbbb", &format!("{post} --key other"));
    assert_eq!(server.bodies().len(), 2);
    let asked = server.asked();
    let pages = asked
        .iter()
        .filter(|it| it.ends_with("/issues/12/comments"));
    assert_eq!(
        pages.filter(|it| it.starts_with("GET")).count(),
        4,
        "{asked:?}"
    );
    for seen in &server.state.lock().unwrap().seen {
        let token = seen.header("authorization");
        assert_eq!(token, Some(format!("Bearer {TOKEN}").as_str()));
    }
    // What would be posted is what is printed, but for the earlier verdicts.
    let printed = careo(&server, "bbbbbbbbbbbb", &post.replace("--post", ""));
    assert!(body.starts_with(text(&printed.stdout).trim_end()));
}

#[test]
fn a_run_for_an_older_commit_does_not_take_the_newer_verdicts_place() {
    let head = serde_json::json!({"number": 12, "head": {"sha": "bbbbbbbbbbbb"}});
    let server = Server::new().with(|state| state.pulls.push(head));
    let post = format!("comment {NBA} --post --key m");
    for sha in ["aaaaaaaaaaaa", "bbbbbbbbbbbb", "aaaaaaaaaaaa"] {
        let ran = careo(&server, sha, &post);
        assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
        let [body] = server.bodies().try_into().unwrap();
        let heading = body.lines().find(|it| it.starts_with("### ")).unwrap();
        assert!(heading.ends_with(" · m"), "{heading}");
    }
    let [body] = server.bodies().try_into().unwrap();
    let url = "https://github.com/team/nba/commit/bbbbbbbbbbbb";
    assert!(body.contains(&format!("Commit [bbbbbbb]({url})")), "{body}");
    assert_eq!(body.matches("`aaaaaaa`").count(), 1, "{body}");
    assert!(body.contains("The earlier verdict"), "{body}");
}

#[test]
fn refusals_end_with_their_exit_code_and_never_show_the_token() {
    let post = format!("comment {NBA} --post");
    let mut echo = Fault::new("POST", 403).header("x-accepted-github-permissions", "issues=write");
    echo.body = format!("{{\"message\": \"Resource not accessible: {TOKEN}\"}}");
    let server = Server::new().with(|state| state.faults.push_back(echo));
    let ran = careo(&server, "aaa", &post);
    assert_eq!(ran.status.code(), Some(6));
    let err = text(&ran.stderr);
    assert!(
        err.contains("(issues=write)") && err.contains("pull-requests: write"),
        "{err}"
    );
    for case in [
        &post,
        &format!("{post} --json"),
        &format!("{post} --key a--b"),
        &format!("{post} --pr https://github.com/team/nba/pull/99"),
        &format!("{post} --pr https://example.org/team/nba/pull/12"),
        &format!("{post} --pr https://bitbucket.org/team/nba/pull-requests/12"),
        &format!("{post} --lang es"),
    ] {
        let ran = careo(&server, "aaa", case);
        let all = text(&ran.stdout) + &text(&ran.stderr);
        assert!(!all.contains(TOKEN), "{case}: {all}");
    }
    let code = |more: &str| {
        careo(&server, "aaa", &format!("{post} {more}"))
            .status
            .code()
    };
    assert_eq!(code("--key a--b"), Some(2));
    assert_eq!(code("--pr https://example.org/team/nba/pull/12"), Some(6));
    assert_eq!(
        code("--pr https://bitbucket.org/t/n/pull-requests/12"),
        Some(2)
    );
    assert_eq!(code("--pr https://github.com/team/nba/pull/99"), Some(6));
}
