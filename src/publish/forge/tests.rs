use std::{cell::RefCell, rc::Rc, time::Duration};

use super::*;
use crate::{
    model::{Discussion, Lang},
    words::{Say as _, forge::Server as Which},
};
use server::{Comment, Fault, Server};

#[path = "../../../tests/ci/server.rs"]
mod server;

const TOKEN: &str = "ghs_secretsecret";
const PULL: &str = "https://github.com/team/nba/pull/12";
const MERGE: &str = "https://gitlab.com/team/nba/-/merge_requests/12";
const MARKER: &str = "<!-- careo key= ";

/// A clock that only notes how long it was asked to wait.
#[derive(Clone, Default)]
struct Still(Rc<RefCell<Vec<u64>>>);

impl Clock for Still {
    fn sleep(&self, time: Duration) {
        self.0.borrow_mut().push(time.as_secs());
    }

    fn now_secs(&self) -> u64 {
        1_000
    }
}

/// A server, and what became of posting to it.
struct Posting {
    server: Server,
    clock: Still,
    url: &'static str,
}

impl Posting {
    fn new(url: &'static str) -> Self {
        Self {
            server: Server::new(),
            clock: Still::default(),
            url,
        }
    }

    fn fault(self, fault: Fault) -> Self {
        self.server.state.lock().unwrap().faults.push_back(fault);
        self
    }

    fn comment(self, id: u64, body: &str, author: &str, is_bot: bool) -> Self {
        let (body, author) = (body.to_owned(), author.to_owned());
        let comment = Comment {
            id,
            body,
            author,
            is_bot,
        };
        self.server.state.lock().unwrap().comments.push(comment);
        self
    }

    fn post_as(&self, marker: &str, text: &str) -> Result<Posted, Trouble> {
        let url = self.server.url.clone();
        let env = move |name: &str| match name {
            "GITHUB_API_URL" | "CI_API_V4_URL" => Some(url.clone()),
            "GITHUB_TOKEN" | "GITLAB_TOKEN" => Some(TOKEN.to_owned()),
            _ => None,
        };
        let target = Target::new(self.url, &env, Box::new(self.clock.clone()))?;
        target.post(marker, &|old| match old {
            Some(old) => format!(
                "{marker}-->\n{text}\nbefore: {}",
                old.lines().nth(1).unwrap()
            ),
            None => format!("{marker}-->\n{text}"),
        })
    }

    fn post(&self, text: &str) -> Result<Posted, Trouble> {
        self.post_as(MARKER, text)
    }

    fn waited(&self) -> Vec<u64> {
        self.clock.0.borrow().clone()
    }
}

#[test]
fn a_comment_is_created_once_and_then_updated() {
    for url in [PULL, MERGE] {
        let posting = Posting::new(url);
        // An app's token on GitHub, a named one on GitLab.
        let login = (url == MERGE).then(|| "project_1_bot".to_owned());
        posting.server.state.lock().unwrap().login = login;
        let first = posting.post("one").unwrap();
        assert_eq!(first.action, Action::Created);
        let second = posting.post("two").unwrap();
        assert_eq!(second.action, Action::Updated);
        assert_eq!(second.url, first.url);
        assert!(first.url.starts_with(url), "{}", first.url);
        assert_eq!(
            posting.server.bodies(),
            ["<!-- careo key= -->\ntwo\nbefore: one"]
        );
        assert!(posting.waited().is_empty());
    }
}

#[test]
fn a_comment_that_says_so_already_is_left_alone() {
    let posting = Posting::new(PULL).comment(7, "x", "github-actions[bot]", true);
    let text = format!("{MARKER}-->\r\nsame\r\n");
    posting.server.state.lock().unwrap().comments[0].body = text;
    let url = posting.server.url.clone();
    let env = move |name: &str| match name {
        "GITHUB_API_URL" => Some(url.clone()),
        "GITHUB_TOKEN" => Some(TOKEN.to_owned()),
        _ => None,
    };
    let target = Target::new(PULL, &env, Box::new(posting.clock.clone())).unwrap();
    let posted = target
        .post(MARKER, &|_| format!("{MARKER}-->\nsame"))
        .unwrap();
    assert_eq!(posted.action, Action::Unchanged);
    assert!(
        !posting
            .server
            .asked()
            .iter()
            .any(|it| it.starts_with("PATCH"))
    );
}

#[test]
fn keys_have_a_comment_each() {
    let posting = Posting::new(PULL);
    for text in ["one", "two"] {
        posting.post_as("<!-- careo key=a ", text).unwrap();
        posting.post_as("<!-- careo key=b ", text).unwrap();
    }
    let bodies = posting.server.bodies();
    assert_eq!(bodies.len(), 2);
    assert!(bodies[0].starts_with("<!-- careo key=a -->\ntwo"));
    assert!(bodies[1].starts_with("<!-- careo key=b -->\ntwo"));
}

#[test]
fn every_page_is_looked_through() {
    for url in [PULL, MERGE] {
        let mut posting = Posting::new(url);
        for id in 0..7 {
            posting = posting.comment(id, "hello", "ana", false);
        }
        let own = format!("{MARKER}-->\nold");
        posting = posting.comment(50, &own, "me", false);
        {
            let mut state = posting.server.state.lock().unwrap();
            state.page_size = 3;
            state.login = Some("me".to_owned());
        }
        let posted = posting.post("new").unwrap();
        assert_eq!(posted.action, Action::Updated, "{url}");
        let lists = posting.server.asked();
        let n_lists = lists
            .iter()
            .filter(|it| it.ends_with("comments") || it.ends_with("notes"));
        assert_eq!(n_lists.count(), 3);
    }
}

#[test]
fn a_marker_that_others_wrote_or_quoted_is_not_ours() {
    let forged = format!("{MARKER}-->\nforged");
    let quoted = format!("> {MARKER}-->\nquoted");
    for login in [None, Some("me".to_owned())] {
        let posting = Posting::new(PULL)
            .comment(1, &forged, "mallory", false)
            .comment(2, &quoted, "github-actions[bot]", true);
        posting.server.state.lock().unwrap().login = login;
        assert_eq!(posting.post("true").unwrap().action, Action::Created);
        let bodies = posting.server.bodies();
        assert_eq!(bodies[..2], [forged.clone(), quoted.clone()]);
    }
}

#[test]
fn limits_and_failures_are_waited_for() {
    let limit = |method| Fault::new(method, 429).header("retry-after", "7");
    let used_up = Fault::new("GET", 403)
        .header("x-ratelimit-remaining", "0")
        .header("x-ratelimit-reset", "1030");
    let secondary = Fault::new("POST", 403).header("retry-after", "60");
    let cases = [
        (vec![limit("GET")], vec![7]),
        (vec![limit("POST")], vec![7]),
        (vec![used_up], vec![31]),
        (vec![secondary], vec![60]),
        (vec![Fault::new("GET", 500)], vec![1]),
        (vec![Fault::new("POST", 503)], vec![1]),
        (
            vec![Fault::new("GET", 502), Fault::new("GET", 504)],
            vec![1, 2],
        ),
    ];
    for (faults, waited) in cases {
        let mut posting = Posting::new(PULL);
        for fault in &faults {
            posting = posting.fault(fault.clone());
        }
        assert_eq!(
            posting.post("text").unwrap().action,
            Action::Created,
            "{faults:?}"
        );
        assert_eq!(posting.waited(), waited, "{faults:?}");
        assert_eq!(posting.server.bodies().len(), 1);
    }
}

#[test]
fn a_creation_whose_answer_was_lost_is_not_made_twice() {
    let mut lost = Fault::new("POST", 502);
    lost.is_done = true;
    let posting = Posting::new(PULL).fault(lost);
    let posted = posting.post("text").unwrap();
    assert_eq!(
        posted.action,
        Action::Updated,
        "found, with its own text before"
    );
    assert_eq!(posting.server.bodies().len(), 1);
}

#[test]
fn waiting_has_an_end() {
    let mut posting = Posting::new(PULL);
    for _ in 0..20 {
        posting = posting.fault(Fault::new("GET", 500));
    }
    assert!(matches!(
        posting.post("x"),
        Err(Trouble::Rejected { status: 500, .. })
    ));
    assert_eq!(posting.waited(), [1, 2, 4, 8, 16, 32]);
    let later = Fault::new("GET", 429).header("retry-after", "3600");
    let posting = Posting::new(PULL).fault(later);
    let trouble = posting.post("x").unwrap_err();
    assert!(posting.waited().is_empty());
    assert!(
        trouble.say(Lang::En).contains("in 3,600 s"),
        "{}",
        trouble.say(Lang::En)
    );
}

#[test]
fn a_server_that_is_away_is_tried_several_times() {
    let posting = Posting::new(PULL);
    let env = |name: &str| match name {
        // The discard port: nobody listens.
        "GITHUB_API_URL" => Some("http://127.0.0.1:9".to_owned()),
        "GITHUB_TOKEN" => Some(TOKEN.to_owned()),
        _ => None,
    };
    let target = Target::new(PULL, &env, Box::new(posting.clock.clone())).unwrap();
    let trouble = target.post(MARKER, &|_| String::new()).unwrap_err();
    assert!(matches!(trouble, Trouble::NoAnswer { .. }), "{trouble:?}");
    assert_eq!(posting.waited().len(), 6);
}

#[test]
fn refusals_say_what_to_do() {
    let needed = Fault::new("POST", 403).header(
        "x-accepted-github-permissions",
        "issues=write; pull_requests=write",
    );
    let cases = [
        (
            PULL,
            needed,
            "issues=write; pull_requests=write",
            "pull-requests: write",
        ),
        (
            PULL,
            Fault::new("POST", 401),
            "does not accept the token",
            "GITHUB_TOKEN",
        ),
        (
            PULL,
            Fault::new("GET", 404),
            "no such pull request",
            "may not see",
        ),
        (PULL, Fault::new("GET", 301), "another address", "--pr"),
        (PULL, Fault::new("POST", 422), "status 422: as planned", ""),
        (
            MERGE,
            Fault::new("POST", 403),
            "lacks a permission",
            "scope api",
        ),
    ];
    for (url, fault, what, help) in cases {
        let posting = Posting::new(url).fault(fault);
        let trouble = posting.post("text").unwrap_err();
        let text = trouble.say(Lang::En);
        assert!(text.contains(what) && text.contains(help), "{text}");
        assert_ne!(trouble.say(Lang::Es), text);
        assert!(posting.waited().is_empty(), "{text}");
        assert!(posting.server.bodies().is_empty());
    }
}

#[test]
fn the_token_is_sent_as_a_header_and_never_repeated() {
    let mut echo = Fault::new("POST", 400);
    echo.body = json!({"message": format!("bad header: Bearer {TOKEN}")}).to_string();
    let posting = Posting::new(PULL).fault(echo);
    let trouble = posting.post("text").unwrap_err();
    for lang in [Lang::En, Lang::Es] {
        let text = trouble.say(lang);
        assert!(
            text.contains("Bearer ***") && !text.contains(TOKEN),
            "{text}"
        );
    }
    let state = posting.server.state.lock().unwrap();
    for seen in &state.seen {
        assert_eq!(
            seen.header("authorization"),
            Some("Bearer ghs_secretsecret")
        );
        assert!(seen.header("user-agent").unwrap().starts_with("careo/"));
        assert!(!seen.path.contains(TOKEN) && !seen.body.contains(TOKEN));
    }
}

#[test]
fn the_token_goes_to_its_own_server_alone() {
    let none = |_: &str| None;
    let github = |name: &str| (name == "GITHUB_TOKEN").then(|| TOKEN.to_owned());
    let new = |url: &str, env: Env<'_>| {
        let target = Target::new(url, env, Box::new(Still::default()));
        target.err().unwrap()
    };
    for url in [
        "https://github.example.org/team/nba/pull/12",
        "https://gitlab.example.org/team/nba/-/merge_requests/12",
        "https://gitlab.com.example.org/team/nba/-/merge_requests/12",
    ] {
        assert!(
            matches!(new(url, &github), Trouble::OtherServer { .. }),
            "{url}"
        );
    }
    for url in [
        "https://github.com@example.org/team/nba/pull/12",
        "https://github.com/team/../pull/12",
        "https://github.com/team/nba/pull/12%2f",
        "https://github.com/team/nba",
        "https://bitbucket.org/team/nba/pull-requests/12",
    ] {
        assert!(
            matches!(new(url, &github), Trouble::NoForge { .. }),
            "{url}"
        );
    }
    assert!(matches!(
        new(PULL, &none),
        Trouble::NoToken {
            server: Which::GitHub
        }
    ));
    assert!(matches!(
        new(MERGE, &none),
        Trouble::NoToken {
            server: Which::GitLab
        }
    ));
}

#[test]
fn enterprise_servers_and_servers_below_a_path_are_reached() {
    let env = |name: &str| match name {
        "GITHUB_SERVER_URL" => Some("https://code.example.org".to_owned()),
        "CI_SERVER_URL" => Some("https://example.org/git".to_owned()),
        "GITHUB_TOKEN" | "GITLAB_TOKEN" => Some(TOKEN.to_owned()),
        _ => None,
    };
    let (connection, _) = github::target("https://code.example.org/a/b/pull/1/files", &env)
        .unwrap()
        .unwrap();
    assert_eq!(connection.base, "https://code.example.org/api/v3");
    let url = "https://example.org/git/a/b/c/-/merge_requests/5/diffs#note_3";
    let (connection, forge) = gitlab::target(url, &env).unwrap().unwrap();
    assert_eq!(connection.base, "https://example.org/git/api/v4");
    assert_eq!(
        forge.list_path(),
        "/projects/a%2Fb%2Fc/merge_requests/5/notes"
    );
}

#[test]
fn gitlabs_job_token_is_explained() {
    let posting = Posting::new(MERGE).fault(Fault::new("GET", 401));
    let url = posting.server.url.clone();
    let env = move |name: &str| match name {
        "CI_API_V4_URL" => Some(url.clone()),
        "CI_JOB_TOKEN" => Some(TOKEN.to_owned()),
        _ => None,
    };
    let target = Target::new(MERGE, &env, Box::new(Still::default())).unwrap();
    let trouble = target.post(MARKER, &|_| String::new()).unwrap_err();
    assert_eq!(trouble, Trouble::JobToken { status: 401 });
    assert!(trouble.say(Lang::En).contains("GITLAB_TOKEN"));
    let state = posting.server.state.lock().unwrap();
    assert_eq!(state.seen[0].header("job-token"), Some(TOKEN));
}

#[test]
fn a_body_that_is_too_long_is_not_sent() {
    let posting = Posting::new(PULL);
    let trouble = posting.post(&"x".repeat(65_536)).unwrap_err();
    assert!(matches!(trouble, Trouble::TooLong { n_chars } if n_chars > 65_536));
    assert!(
        !posting
            .server
            .asked()
            .iter()
            .any(|it| it.starts_with("POST"))
    );
}

/// The pull request of a run that another run's end tells of.
struct OfRun {
    server: Server,
    event: tempfile::NamedTempFile,
}

impl OfRun {
    fn new(was: &str) -> Self {
        let event = tempfile::NamedTempFile::new().unwrap();
        let payload = json!({"workflow_run": {
            "event": was,
            "head_sha": "aaa",
            "head_branch": "main",
            "head_repository": {"full_name": "fork/nba"},
        }});
        std::fs::write(event.path(), payload.to_string()).unwrap();
        let pull = |number: u64, sha: &str, repository: &str| {
            json!({
                "number": number,
                "state": "open",
                "html_url": format!("https://github.com/team/nba/pull/{number}"),
                "head": {"sha": sha, "repo": {"full_name": repository}},
            })
        };
        let server = Server::new().with(|state| {
            state.pulls = vec![
                pull(3, "bbb", "team/nba"),
                pull(12, "aaa", "fork/nba"),
                pull(13, "aaa", "other/nba"),
            ];
        });
        Self { server, event }
    }

    fn ask(&self, claimed: Option<&str>, is_said: bool) -> Result<Option<String>, Trouble> {
        let env = |name: &str| match name {
            "GITHUB_EVENT_NAME" => Some("workflow_run".to_owned()),
            "GITHUB_EVENT_PATH" => Some(self.event.path().to_string_lossy().into_owned()),
            "GITHUB_REPOSITORY" => Some("team/nba".to_owned()),
            "GITHUB_API_URL" => Some(self.server.url.clone()),
            "GITHUB_TOKEN" => Some(TOKEN.to_owned()),
            _ => None,
        };
        let claimed = claimed.map(|url| Discussion {
            url: url.to_owned(),
            label: "#1".to_owned(),
        });
        let checked =
            checked_discussion(claimed.as_ref(), is_said, &env, Box::new(Still::default()));
        checked.map(|it| it.map(|it| format!("{} {}", it.label, it.url)))
    }
}

#[test]
fn an_artifact_may_name_its_own_pull_request_alone() {
    let run = OfRun::new("pull_request");
    let own = Some(format!("#12 {PULL}"));
    assert_eq!(run.ask(Some(PULL), false), Ok(own.clone()));
    assert_eq!(run.ask(None, false), Ok(own), "found by the run's head");
    for url in [
        "https://github.com/team/nba/pull/3",
        "https://github.com/team/nba/pull/13",
        "https://github.com/team/nba/pull/99",
        "https://github.com/other/nba/pull/12",
        "https://example.org/team/nba/pull/12",
        "https://github.com/team/nba/pull/../../user",
        "https://gitlab.com/team/nba/-/merge_requests/12",
    ] {
        for is_said in [false, true] {
            let refused = run.ask(Some(url), is_said);
            assert!(
                matches!(refused, Err(Trouble::OtherPull { .. })),
                "{url}: {refused:?}"
            );
        }
    }
    run.server.state.lock().unwrap().pulls.remove(1);
    assert!(matches!(run.ask(None, false), Err(Trouble::NoPull { .. })));
    let of_push = OfRun::new("push");
    assert_eq!(of_push.ask(Some(PULL), false), Ok(None));
}

#[test]
fn a_bundles_word_alone_is_not_enough() {
    let claimed = Discussion {
        url: PULL.to_owned(),
        label: "#12".to_owned(),
    };
    let check = |is_said| {
        let clock = Box::new(Still::default());
        checked_discussion(Some(&claimed), is_said, &|_| None, clock)
    };
    assert!(matches!(check(false), Err(Trouble::OnlyBundle { .. })));
    assert_eq!(check(true), Ok(Some(claimed.clone())));
}
