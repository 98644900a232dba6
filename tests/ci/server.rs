//! A local server that behaves like GitHub's and GitLab's API for comments, with faults on demand.

use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::Command,
    sync::{Arc, Mutex},
    thread,
};

use serde_json::{Value, json};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A comment in the discussion.
#[derive(Clone, Debug)]
pub struct Comment {
    pub id: u64,
    pub body: String,
    pub author: String,
    pub is_bot: bool,
}

/// An answer instead of the usual one, to the next request of a method.
#[derive(Clone, Debug)]
pub struct Fault {
    pub method: &'static str,
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    /// Whether the request is carried out all the same.
    pub is_done: bool,
}

impl Fault {
    pub fn new(method: &'static str, status: u16) -> Self {
        Self {
            method,
            status,
            headers: Vec::new(),
            body: json!({"message": "as planned"}).to_string(),
            is_done: false,
        }
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// What the server knows and has seen.
#[derive(Debug, Default)]
pub struct State {
    pub comments: Vec<Comment>,
    /// Who the token is; `None` for an app's, which may not ask.
    pub login: Option<String>,
    /// Comments on a page at most, whatever is asked for.
    pub page_size: usize,
    pub faults: VecDeque<Fault>,
    pub seen: Vec<Seen>,
    /// Pull requests by number.
    pub pulls: Vec<Value>,
    /// A bare repository whose branch gh-pages is served below `/pages/`.
    pub pages: Option<PathBuf>,
}

/// The server; it ends with the test.
pub struct Server {
    pub url: String,
    pub state: Arc<Mutex<State>>,
}

impl Server {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            page_size: 100,
            ..State::default()
        }));
        let shared = Arc::clone(&state);
        let own = url.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = handle(stream, &shared, &own);
            }
        });
        Self { url, state }
    }

    pub fn with(self, change: impl FnOnce(&mut State)) -> Self {
        change(&mut self.state.lock().unwrap());
        self
    }

    pub fn bodies(&self) -> Vec<String> {
        let state = self.state.lock().unwrap();
        state.comments.iter().map(|it| it.body.clone()).collect()
    }

    /// `GET /user`, …: what was asked, without queries.
    pub fn asked(&self) -> Vec<String> {
        let state = self.state.lock().unwrap();
        let line = |it: &Seen| format!("{} {}", it.method, it.path.split('?').next().unwrap());
        state.seen.iter().map(line).collect()
    }
}

fn handle(stream: TcpStream, state: &Mutex<State>, own: &str) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let method = words.next().unwrap_or_default().to_owned();
    let path = words.next().unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim().split_once(": ") else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let seen = Seen {
        method,
        path,
        headers,
        body: String::from_utf8(body).unwrap(),
    };
    let mut state = state.lock().unwrap();
    state.seen.push(seen.clone());
    let fault = state.faults.iter().position(|it| it.method == seen.method);
    let fault = fault.and_then(|at| state.faults.remove(at));
    let (status, more, text) = match fault {
        Some(fault) => {
            if fault.is_done {
                answer(&mut state, &seen, own);
            }
            (fault.status, fault.headers, fault.body)
        }
        None => answer(&mut state, &seen, own),
    };
    drop(state);
    let mut head = format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n",
        text.len()
    );
    for (name, value) in more {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut stream = stream;
    stream.write_all(format!("{head}\r\n{text}").as_bytes())
}

type Answer = (u16, Vec<(&'static str, String)>, String);

fn answer(state: &mut State, seen: &Seen, own: &str) -> Answer {
    let (path, query) = seen.path.split_once('?').unwrap_or((&seen.path, ""));
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let body = || -> String {
        let value: Value = serde_json::from_str(&seen.body).unwrap();
        value["body"].as_str().unwrap().to_owned()
    };
    let fine = |status: u16, value: Value| (status, Vec::new(), value.to_string());
    let missing = || fine(404, json!({"message": "Not Found"}));
    match (seen.method.as_str(), parts.as_slice()) {
        ("GET", ["user"]) => match &state.login {
            Some(login) => fine(200, json!({"login": login, "username": login})),
            None => fine(
                403,
                json!({"message": "Resource not accessible by integration"}),
            ),
        },
        ("GET", ["repos", "team", "nba", "issues", "12", "comments"])
        | ("GET", ["projects", "team%2Fnba", "merge_requests", "12", "notes"]) => {
            list(state, path, query, own)
        }
        ("POST", ["repos", "team", "nba", "issues", "12", "comments"])
        | ("POST", ["projects", "team%2Fnba", "merge_requests", "12", "notes"]) => {
            let comment = Comment {
                id: 1_000 + state.comments.len() as u64,
                body: body(),
                author: state
                    .login
                    .clone()
                    .unwrap_or_else(|| "github-actions[bot]".to_owned()),
                is_bot: state.login.is_none(),
            };
            state.comments.push(comment.clone());
            fine(201, written(&comment))
        }
        ("PATCH", ["repos", "team", "nba", "issues", "comments", id])
        | (
            "PUT",
            [
                "projects",
                "team%2Fnba",
                "merge_requests",
                "12",
                "notes",
                id,
            ],
        ) => {
            let id: u64 = id.parse().unwrap();
            let Some(comment) = state.comments.iter_mut().find(|it| it.id == id) else {
                return missing();
            };
            comment.body = body();
            fine(200, written(comment))
        }
        ("GET", ["pages", ..]) => match page(state, path) {
            Some(text) => (200, Vec::new(), text),
            None => missing(),
        },
        ("GET", ["repos", "team", "nba", "pulls"]) => fine(200, Value::Array(state.pulls.clone())),
        ("GET", ["repos", "team", "nba", "pulls", number]) => {
            let number: u64 = number.parse().unwrap();
            let found = state.pulls.iter().find(|it| it["number"] == number);
            found.map_or_else(missing, |it| fine(200, it.clone()))
        }
        _ => missing(),
    }
}

/// A file of the branch gh-pages, as text.
fn page(state: &State, path: &str) -> Option<String> {
    let file = path.strip_prefix("/pages/")?;
    let shown = Command::new("git")
        .args(["show", &format!("gh-pages:{file}")])
        .current_dir(state.pages.as_ref()?)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    shown.status.success().then_some(text)
}

fn list(state: &State, path: &str, query: &str, own: &str) -> Answer {
    let number = |name: &str| {
        let pair = query
            .split('&')
            .find_map(|it| it.strip_prefix(name)?.strip_prefix('='));
        pair.and_then(|it| it.parse::<usize>().ok())
    };
    let size = number("per_page").unwrap_or(30).min(state.page_size);
    let page = number("page").unwrap_or(1);
    let shown: Vec<Value> = state
        .comments
        .iter()
        .skip((page - 1) * size)
        .take(size)
        .map(written)
        .collect();
    let has_more = state.comments.len() > page * size;
    let next = page + 1;
    let headers = match (has_more, path.starts_with("/repos/")) {
        (true, true) => vec![("link", format!("<{own}{path}?page={next}>; rel=\"next\""))],
        (true, false) => vec![("x-next-page", next.to_string())],
        (false, _) => vec![("x-next-page", String::new())],
    };
    (200, headers, Value::Array(shown).to_string())
}

fn written(comment: &Comment) -> Value {
    let kind = if comment.is_bot { "Bot" } else { "User" };
    json!({
        "id": comment.id,
        "body": comment.body,
        "html_url": format!("https://github.com/team/nba/pull/12#issuecomment-{}", comment.id),
        "user": {"login": comment.author, "type": kind},
        "author": {"username": comment.author},
    })
}
