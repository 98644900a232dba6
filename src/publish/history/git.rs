//! The `git` program, in a repository of our own that goes away with this process.
//!
//! The reader's checkout is only asked: it may be shallow, detached or dirty, and nothing in it
//! changes. What it knows of the way to the remote (credentials, proxies) is handed on by the
//! environment, so that no token stands on a disk or in a list of processes.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use super::{credentials, site::Refusal};
use crate::words::publishing::Publishing;

/// Keys of a checkout's configuration that lead to its remote.
const HANDED_ON: [&str; 8] = [
    "http.",
    "https.",
    "credential.",
    "url.",
    "ssh.",
    "protocol.",
    "core.sshcommand",
    "core.gitproxy",
];

/// A bare repository of our own, with one remote, `origin`.
pub struct Git {
    folder: PathBuf,
    config: Vec<(String, String)>,
    /// Name and address that commits are made by.
    pub author: (String, String),
}

impl Git {
    /// A repository whose remote is the checkout's of that name, or the one at that address.
    ///
    /// # Errors
    /// There is no `git`, no such remote, or no place for a folder.
    pub fn new(remote: &str) -> Result<Self, Refusal> {
        let told = told_by_checkout()?;
        let value = |key: &str| {
            let known = told.iter().rev().find(|(known, _)| known == key);
            known.map(|(_, value)| value.clone())
        };
        let url = url_of(remote)?;
        let author = match (value("user.name"), value("user.email")) {
            (Some(name), Some(email)) => (plain(&name), plain(&email)),
            _ => ("careo".to_owned(), "careo@invalid".to_owned()),
        };
        let mut config: Vec<(String, String)> = told
            .into_iter()
            .filter(|(key, _)| HANDED_ON.iter().any(|it| key.starts_with(it)))
            .collect();
        let own = [
            ("remote.origin.url", url.as_str()),
            ("gc.auto", "0"),
            ("maintenance.auto", "false"),
            ("core.hooksPath", "/dev/null"),
            ("protocol.version", "2"),
            ("advice.fetchShowForcedUpdates", "false"),
        ];
        config.extend(credentials::helper(&url, &|name| std::env::var(name).ok()));
        config.extend(own.map(|(key, value)| (key.to_owned(), value.to_owned())));
        let git = Self {
            folder: temporary_folder().map_err(|error| failed("git", &error))?,
            config,
            author,
        };
        git.run(&["init", "--quiet", "--bare", "."])?;
        Ok(git)
    }

    /// Runs git and gives what it printed.
    ///
    /// # Errors
    /// It ended with another code than 0.
    pub fn run(&self, args: &[&str]) -> Result<Vec<u8>, Refusal> {
        let output = self.try_run(args, &[])?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(self.refusal(args, &output)),
        }
    }

    /// Runs git with this as its input, and gives how it ended.
    ///
    /// # Errors
    /// It can't be started.
    pub fn try_run(&self, args: &[&str], input: &[u8]) -> Result<Output, Refusal> {
        let child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.map_err(|error| failed("git", &error))?;
        let stdin = child.stdin.take();
        let output = std::thread::scope(|scope| {
            // git may write before it has read everything.
            scope.spawn(move || {
                // One that has ended already says why.
                stdin.map(|mut stdin| stdin.write_all(input))
            });
            child.wait_with_output()
        });
        output.map_err(|error| failed("git", &error))
    }

    /// What a failed run means.
    pub fn refusal(&self, args: &[&str], output: &Output) -> Refusal {
        let message = told(output);
        match args.first() {
            Some(&("fetch" | "push" | "ls-remote")) => Publishing::Remote { message },
            first => Publishing::Failed {
                what: format!("git {}", first.copied().unwrap_or_default()),
                message,
            },
        }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(args).current_dir(&self.folder);
        // Of the checkout that we were called in, by a hook perhaps.
        for name in [
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_COMMON_DIR",
            "GIT_NAMESPACE",
            "GIT_CONFIG_PARAMETERS",
        ] {
            command.env_remove(name);
        }
        command.env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
        command.env("GIT_CONFIG_COUNT", self.config.len().to_string());
        for (idx, (key, value)) in self.config.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{idx}"), key);
            command.env(format!("GIT_CONFIG_VALUE_{idx}"), value);
        }
        command
    }
}

impl Drop for Git {
    fn drop(&mut self) {
        // The system clears its temporary folder anyway.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What git said of a failure, without what may be a token in an address.
pub fn told(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines = text.lines().map(str::trim_end);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    without_secrets(&lines.join("\n"))
}

/// A text whose addresses have no user and no password.
pub fn without_secrets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let end = after.find(|it: char| it == '/' || it == '\'' || it == '"' || it.is_whitespace());
        let host = after.get(..end.unwrap_or(after.len())).unwrap_or_default();
        rest = match host.rfind('@') {
            Some(at) => after.get(at + 1..).unwrap_or_default(),
            None => after,
        };
    }
    out.push_str(rest);
    out
}

/// A checkout that somebody runs us in: a question to it, and the answer's text without its end.
pub fn ask_checkout(args: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(args)
        .env("GIT_TERMINAL_PROMPT", "0")
        .stderr(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim_end_matches('\n');
    (!text.is_empty()).then(|| text.to_owned())
}

/// The configuration that holds for the checkout alone, includes resolved: key and value, in order.
fn told_by_checkout() -> Result<Vec<(String, String)>, Refusal> {
    let output = Command::new("git")
        .args(["config", "--list", "--includes", "--show-scope", "-z"])
        .stderr(Stdio::null())
        .output()
        .map_err(|error| failed("git", &error))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut parts = text.split('\0');
    let mut config = Vec::new();
    while let (Some(scope), Some(line)) = (parts.next(), parts.next()) {
        let (key, value) = line.split_once('\n').unwrap_or((line, "true"));
        let is_identity = key.starts_with("user.");
        if is_identity || !matches!(scope, "system" | "global") {
            config.push((key.to_owned(), value.to_owned()));
        }
    }
    Ok(config)
}

/// The address of a remote; a folder's as an absolute path, since git runs elsewhere.
fn url_of(remote: &str) -> Result<String, Refusal> {
    let is_name = !remote.contains(['/', ':', '\\']);
    let url = match is_name {
        true => ask_checkout(&["remote", "get-url", "--push", remote])
            .ok_or_else(|| no_remote(remote))?,
        false => remote.to_owned(),
    };
    if url.contains("://") || is_scp(&url) {
        return Ok(url);
    }
    // git resolves a relative address from the top of the checkout, a person from where she is.
    let top = ask_checkout(&["rev-parse", "--show-toplevel"]).filter(|_| is_name);
    let path = top.map_or_else(|| PathBuf::from(&url), |top| Path::new(&top).join(&url));
    let path = std::path::absolute(&path).map_err(|error| failed(&url, &error))?;
    Ok(path.to_string_lossy().into_owned())
}

/// Why a remote has no address: git may not even look, as into a repository of another owner.
fn no_remote(name: &str) -> Refusal {
    let asked = Command::new("git")
        .args(["rev-parse", "--git-dir"])
        .output();
    match asked {
        Ok(output) if output.status.success() => Publishing::NoRemote {
            name: name.to_owned(),
        },
        Ok(output) => Publishing::Failed {
            what: "git".to_owned(),
            message: told(&output),
        },
        Err(error) => failed("git", &error),
    }
}

/// `host:path`, as ssh has it; not a drive of Windows.
fn is_scp(url: &str) -> bool {
    let host = url.split_once(':').map(|(host, _)| host);
    host.is_some_and(|host| host.len() > 1 && !host.contains('/'))
}

/// A name for a commit's line, where these characters mean something else.
fn plain(text: &str) -> String {
    text.replace(['<', '>', '\n', '\0'], "")
}

fn temporary_folder() -> io::Result<PathBuf> {
    let base = std::env::temp_dir();
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    for _ in 0..100 {
        let unique = super::random();
        let path = base.join(format!("careo-{}-{unique:016x}", std::process::id()));
        match builder.create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| path),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn failed(what: &str, error: &io::Error) -> Refusal {
    Publishing::Failed {
        what: what.to_owned(),
        message: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_is_told() {
        let cases = [
            (
                "fatal: unable to access 'https://x-access-token:ghs_abc@github.com/o/r.git/': 403",
                "fatal: unable to access 'https://github.com/o/r.git/': 403",
            ),
            (
                "see https://host/a@b and http://u@h",
                "see https://host/a@b and http://h",
            ),
            ("nothing://", "nothing://"),
            ("plain", "plain"),
        ];
        for (text, expected) in cases {
            assert_eq!(without_secrets(text), expected);
        }
    }

    #[test]
    fn addresses_and_folders_are_told_apart() {
        assert!(is_scp("git@github.com:o/r.git") && is_scp("host:r"));
        assert!(!is_scp("C:\\r") && !is_scp("../r") && !is_scp("/a/b:c"));
    }
}
