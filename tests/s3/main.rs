//! A site in a bucket: the real program against moto's S3 server, which honours conditional puts.
//! `scripts/check.sh test-s3` runs it.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![cfg(unix)]

#[path = "../publish/lab.rs"]
#[expect(dead_code, reason = "it is shared with tests of other sites")]
mod lab;
mod server;
#[path = "../publish/viewer.rs"]
mod viewer;

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
};

use lab::{Lab, data, indexed, ran};
use server::{Fate, Server, always, way_to};

const SECRET: &str = "verysecretkey";
const TOKEN: &str = "verysecrettoken";
/// Target of all of them.
const TO: &str = "--to s3://models/site --site-url https://reports.example.org/";

/// A place to publish from, to that server.
fn lab(address: &str) -> Lab {
    let lab = Lab::new()
        .env("AWS_ENDPOINT_URL", &format!("http://{address}"))
        .env("AWS_ALLOW_HTTP", "true")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "someid")
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .env("AWS_SESSION_TOKEN", TOKEN);
    lab.metrics("metrics.json", 0.5);
    lab
}

fn publish(place: &str) -> String {
    format!("publish metrics.json {TO} --for {place}")
}

/// The places of all reports that the index has; each of them whole, and found from its place.
fn places(server: &Server) -> BTreeSet<String> {
    let files = server.objects("site");
    let paths = indexed(&files);
    let index = data(&files["careo/index/site.json"]);
    assert_eq!(index["reports"], paths.len());
    let front = &files["index.html"];
    assert!(
        front.contains(&format!("\"reports\":{}", paths.len())),
        "{front}"
    );
    let mut places = BTreeSet::new();
    for path in &paths {
        for name in ["index.html", "report.json", "entry.json"] {
            assert!(
                files.contains_key(&format!("{path}/{name}")),
                "{path}/{name}"
            );
        }
        let place = path.rsplit_once('/').unwrap().0;
        let latest = data(&files[&format!("{place}/latest.json")]);
        assert_eq!(
            latest["path"],
            path.as_str(),
            "{place} opens its newest report"
        );
        assert!(places.insert(place.to_owned()), "{place} is there twice");
    }
    places
}

fn set(places: &[&str]) -> BTreeSet<String> {
    places.iter().map(|it| (*it).to_owned()).collect()
}

#[test]
fn a_report_is_published_and_can_be_read_by_a_browser() {
    let server = Server::start();
    let lab = lab(&server.address);
    let ran = lab.fine(&publish("pr/12"));
    let url = ran.out.trim();
    assert!(
        url.starts_with("https://reports.example.org/pr/12/"),
        "{url}"
    );
    assert_eq!(places(&server), set(&["pr/12"]));
    let path = url.strip_prefix("https://reports.example.org/").unwrap();
    let head = |path: &str| {
        server
            .ask("GET", &format!("/site/{path}"), "")
            .1
            .to_lowercase()
    };
    let page = head(&format!("{path}index.html"));
    assert!(
        page.contains("content-type: text/html; charset=utf-8"),
        "{page}"
    );
    assert!(page.contains("immutable"), "{page}");
    assert!(head("pr/12/latest.json").contains("cache-control: no-cache"));
    let again = lab.fine(&publish("pr/12"));
    assert!(again.err.contains("already"), "{}", again.err);
    lab.metrics("metrics.json", 0.6);
    let other = lab.fine(&publish("pr/12"));
    assert_eq!(
        other.out.trim(),
        format!("{}-2/", url.trim_end_matches('/'))
    );
    // What was published first is the baseline of what comes later.
    lab.fine(&publish("branch/main"));
    let ran = lab.fine("prune --to s3://models/site --closed 12");
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    let left = server.objects("site");
    assert!(
        left.keys().all(|it| !it.starts_with("pr/")),
        "{:?}",
        left.keys()
    );
    assert_eq!(places(&server), set(&["branch/main"]));
}

#[test]
fn eight_writers_at_once_lose_nothing() {
    let server = Server::start();
    let lab = lab(&server.address);
    let children: Vec<_> = (1..=8)
        .map(|it| lab.spawn(&publish(&format!("pr/{it}"))))
        .collect();
    for child in children {
        let ran = ran(child.wait_with_output().unwrap());
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    assert_eq!(places(&server).len(), 8);
    // Built from the folders, the index says the same.
    lab.fine(&format!("publish --reindex {TO}"));
    assert_eq!(places(&server).len(), 8);
}

/// Somebody else publishes at the very moment between our reading and our writing.
#[test]
fn a_lost_race_is_run_again() {
    let server = Server::start();
    let other = Mutex::new(Some(lab(&server.address)));
    let n_index = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&n_index);
    let way = way_to(&server.address, move |request| {
        if request.starts_with("PUT /models/site/careo/index/site.json") {
            seen.fetch_add(1, Ordering::Relaxed);
            if let Some(other) = other.lock().unwrap().take() {
                other.fine(&publish("pr/1"));
            }
        }
        Fate::Pass
    });
    let ran = lab(&way).fine(&publish("pr/2"));
    assert!(ran.err.contains("trying again"), "{}", ran.err);
    assert_eq!(n_index.load(Ordering::Relaxed), 2);
    assert_eq!(places(&server), set(&["pr/1", "pr/2"]));
}

/// The server has taken the index over, and its answer never comes.
#[test]
fn a_lost_answer_publishes_once() {
    let server = Server::start();
    lab(&server.address).fine(&publish("pr/1"));
    let n_index = AtomicUsize::new(0);
    let way = way_to(&server.address, move |request| {
        let is_index = request.starts_with("PUT /models/site/careo/index/site.json");
        match is_index && n_index.fetch_add(1, Ordering::Relaxed) == 0 {
            true => Fate::LoseAnswer,
            false => Fate::Pass,
        }
    });
    lab(&way).fine(&publish("pr/2"));
    assert_eq!(places(&server), set(&["pr/1", "pr/2"]));
}

/// `SIGKILL` before each kind of object is put: whoever comes next repairs what was begun.
#[test]
fn a_publisher_that_is_killed_loses_nobodys_report() {
    for object in [
        "entry.json",
        "careo/index/site.json",
        "careo/index/0.json",
        "latest.json",
    ] {
        let server = Server::start();
        lab(&server.address).fine(&publish("pr/1"));
        let (reached, at) = mpsc::channel();
        let reached = Mutex::new(reached);
        let way = way_to(&server.address, move |request| {
            let path = request.split(['?', ' ']).nth(1).unwrap_or_default();
            if request.starts_with("PUT ") && path.ends_with(object) {
                reached.lock().unwrap().send(()).unwrap();
                return Fate::Lose;
            }
            Fate::Pass
        });
        let mut lab = lab(&way);
        let mut child = lab.spawn(&publish("pr/2"));
        at.recv().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        // Somebody else's report, and the same again.
        lab.set("AWS_ENDPOINT_URL", &format!("http://{}", server.address));
        lab.fine(&publish("pr/3"));
        lab.fine(&publish("pr/2"));
        assert_eq!(
            places(&server),
            set(&["pr/1", "pr/2", "pr/3"]),
            "killed at {object}"
        );
    }
}

#[test]
fn a_corrupt_index_is_built_anew_from_the_folders() {
    let server = Server::start();
    let lab = lab(&server.address);
    lab.fine(&publish("pr/1"));
    lab.fine(&publish("pr/2"));
    for name in ["site.json", "0.json"] {
        assert_eq!(
            server
                .ask("PUT", &format!("/site/careo/index/{name}"), "{")
                .0,
            200
        );
        lab.metrics("metrics.json", if name == "0.json" { 0.7 } else { 0.6 });
        let ran = lab.fine(&publish(&format!("branch/{name}")));
        assert!(ran.err.contains("not as careo wrote it"), "{}", ran.err);
    }
    assert_eq!(places(&server).len(), 4);
}

#[test]
fn a_server_that_is_gone_or_refuses_is_told_without_what_is_secret() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = listener.local_addr().unwrap().to_string();
    drop(listener);
    let body = format!(
        "<Error><Code>InvalidToken</Code><Message>The provided token is malformed.</Message>\
         <Token-0>{TOKEN}</Token-0><AWSAccessKeyId>someid</AWSAccessKeyId></Error>"
    );
    let length = body.len();
    let refusing = always(format!(
        "HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    ));
    for address in [gone, refusing] {
        let ran = lab(&address).run(&publish("pr/1"));
        assert_eq!(ran.code, 6, "{}", ran.err);
        assert!(
            ran.err.contains("does not answer, or refuses"),
            "{}",
            ran.err
        );
        for secret in [SECRET, TOKEN, "someid"] {
            assert!(
                !ran.err.contains(secret) && !ran.out.contains(secret),
                "{}",
                ran.err
            );
        }
    }
    let ran = lab("127.0.0.1:1").run("publish metrics.json --to s3://k:s@models --for pr/1");
    assert_eq!(ran.code, 2, "{}", ran.err);
}
