//! How git gets the token of the environment, so that a checkout need not keep one.

/// Variables with the token of a server, the variable with the server, and what it is otherwise.
const KNOWN: [(&str, &str, &str); 3] = [
    ("GITHUB_TOKEN", "GITHUB_SERVER_URL", "https://github.com"),
    ("GH_TOKEN", "GITHUB_SERVER_URL", "https://github.com"),
    ("GITLAB_TOKEN", "CI_SERVER_URL", "https://gitlab.com"),
];

/// The setting of git that gives out the token for a remote on its own server; the token stays in
/// the environment. `None` where there is none, or the remote is elsewhere.
pub fn helper(url: &str, env: &dyn Fn(&str) -> Option<String>) -> Option<(String, String)> {
    let set = |name: &str| env(name).filter(|it| !it.trim().is_empty());
    KNOWN.iter().find_map(|(token, server, default)| {
        let server = set(server).unwrap_or_else(|| (*default).to_owned());
        let server = server.trim_end_matches('/');
        let is_there = url.strip_prefix(server)?.starts_with('/') && server.starts_with("https://");
        (is_there && set(token).is_some()).then(|| {
            let script = format!(
                "!f() {{ test \"$1\" = get && echo username=x-access-token && echo \"password=${token}\"; }}; f"
            );
            (format!("credential.{server}.helper"), script)
        })
    })
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write as _,
        process::{Command, Stdio},
    };

    use super::*;

    #[test]
    fn git_gets_the_token_for_its_own_server_alone() {
        let env = |name: &str| match name {
            "GITHUB_TOKEN" => Some("ghs_secret".to_owned()),
            _ => None,
        };
        for url in [
            "https://gitlab.com/o/r",
            "https://github.com.example.org/o/r",
            "git@github.com:o/r.git",
            "/srv/r.git",
        ] {
            assert_eq!(helper(url, &env), None, "{url}");
        }
        assert_eq!(helper("https://github.com/o/r", &|_| None), None);
        let (key, value) = helper("https://github.com/o/r.git", &env).unwrap();
        assert!(!value.contains("ghs_secret"));
        let mut git = Command::new("git")
            .args(["credential", "fill"])
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_COUNT", "1")
            .env("GIT_CONFIG_KEY_0", key)
            .env("GIT_CONFIG_VALUE_0", value)
            .env("GITHUB_TOKEN", "ghs_secret")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = git.stdin.take().unwrap();
        stdin
            .write_all(b"protocol=https\nhost=github.com\n\n")
            .unwrap();
        drop(stdin);
        let output = git.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            said.contains("username=x-access-token\npassword=ghs_secret\n"),
            "{output:?}"
        );
    }
}
