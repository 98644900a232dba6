//! A runner of GitHub's: each shell step is run for real, with the real careo and git, against a
//! local server in GitHub's place. The other tools (`dvc`, `pip`, `gh`) are stand-ins that leave real
//! results behind.

use std::{
    collections::HashMap,
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use super::{server::Server, viewer, yaml::Yaml};

pub const TOKEN: &str = "ghs_examplestoken";

/// What the tools do that aren't here: each notes its call.
const DVC: &str = r#"#!/bin/bash
echo "dvc $*" >> "$CALLS"
# `exp show --json`: the real table of the NBA case.
if [ "$1 $2" = "exp show" ]; then cat "$FIXTURES/exp-show.json"; fi
"#;
const PIP: &str = "#!/bin/bash\necho \"pip $*\" >> \"$CALLS\"\n";
/// The release's files, and an attestation that holds.
const GH: &str = r#"#!/bin/bash
echo "gh $*" >> "$CALLS"
if [ "$1 $2" = "release download" ]; then cp "$RELEASE"/* .; fi
"#;

/// A runner: a checkout of a repository with a remote, tools, and a place for temporary files.
pub struct Runner {
    folder: tempfile::TempDir,
    pub server: Server,
    /// Values of `${{ … }}`.
    pub values: HashMap<String, String>,
    pub env: HashMap<String, String>,
}

pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let ran = Command::new("git")
        .args(["-c", "user.name=t", "-c", "user.email=t@example.org"])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "git {arguments:?}: {}",
        lossy(&ran.stderr)
    );
    lossy(&ran.stdout).trim().to_owned()
}

pub fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Runner {
    /// The NBA case: `main` has the results for C = 10, the pull request those for C = 120.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let fixtures = repository().join("tests/fixtures/nba");
        for name in ["bin", "temp", "origin.git", "work"] {
            fs::create_dir(path(name)).unwrap();
        }
        viewer::write(&path("viewer"));
        git(&path("origin.git"), &["init", "--quiet", "--bare"]);
        let work = path("work");
        git(&work, &["init", "--quiet"]);
        git(
            &work,
            &[
                "remote",
                "add",
                "origin",
                path("origin.git").to_str().unwrap(),
            ],
        );
        let put = |from: &str, name: &str| {
            fs::copy(fixtures.join(from), work.join(name)).unwrap();
        };
        put("careo.toml", "careo.toml");
        put("baselines/C10/metrics.json", "metrics.json");
        put("baselines/C10/predictions.csv", "predictions.csv");
        git(&work, &["add", "."]);
        git(&work, &["commit", "--quiet", "--message", "C = 10"]);
        git(&work, &["push", "--quiet", "origin", "main"]);
        git(&work, &["checkout", "--quiet", "-b", "change"]);
        put("metrics.json", "metrics.json");
        put("predictions.csv", "predictions.csv");
        git(
            &work,
            &["commit", "--quiet", "--all", "--message", "C = 120"],
        );
        let sha = git(&work, &["rev-parse", "HEAD"]);

        let tools = [("dvc", DVC), ("pip", PIP), ("gh", GH)];
        for (name, script) in tools {
            let path = path("bin").join(name);
            fs::write(&path, script).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        symlink(env!("CARGO_BIN_EXE_careo"), path("bin/careo")).unwrap();
        let text = |it: PathBuf| it.to_string_lossy().into_owned();
        let server = Server::new().with(|state| {
            state.pages = Some(path("origin.git"));
            state.pulls = vec![serde_json::json!({
                "number": 12,
                "state": "open",
                "html_url": "https://github.com/team/nba/pull/12",
                "head": {"sha": sha, "repo": {"full_name": "fork/nba"}},
            })];
        });
        let path_variable = std::env::var("PATH").unwrap_or_default();
        let env = [
            ("PATH", format!("{}:{path_variable}", text(path("bin")))),
            ("HOME", text(path("temp"))),
            ("CALLS", text(path("calls"))),
            ("CAREO_VIEWER", text(path("viewer"))),
            ("FIXTURES", text(fixtures)),
            ("RELEASE", text(path("release"))),
            ("GITHUB_ACTIONS", "true".to_owned()),
            ("GITHUB_API_URL", server.url.clone()),
            ("GITHUB_BASE_REF", "main".to_owned()),
            ("GITHUB_EVENT_PATH", text(path("event.json"))),
            ("GITHUB_OUTPUT", text(path("output"))),
            ("GITHUB_REPOSITORY", "team/nba".to_owned()),
            ("GITHUB_STEP_SUMMARY", text(path("summary.md"))),
            ("GIT_CONFIG_GLOBAL", "/dev/null".to_owned()),
            ("RUNNER_ARCH", "X64".to_owned()),
            ("RUNNER_OS", "Linux".to_owned()),
            ("RUNNER_TEMP", text(path("temp"))),
        ];
        let values = [
            ("github.token", TOKEN.to_owned()),
            ("runner.temp", text(path("temp"))),
            ("github.event.pull_request.number", "12".to_owned()),
        ];
        let own = |(name, value): (&str, String)| (name.to_owned(), value);
        let runner = Self {
            server,
            values: values.into_iter().map(own).collect(),
            env: env.into_iter().map(own).collect(),
            folder,
        };
        runner.event_of_pull();
        runner
    }

    pub fn event_of_pull(&self) {
        self.event(serde_json::json!({"pull_request": {
            "number": 12,
            "title": "More C",
            "html_url": "https://github.com/team/nba/pull/12",
            "head": {"sha": self.sha()},
            "base": {"ref": "main"},
        }}));
    }

    /// A run on the default branch, started by the end of the fork's.
    pub fn second_run(&mut self) {
        self.event(serde_json::json!({"workflow_run": {
            "id": 99,
            "event": "pull_request",
            "head_sha": self.sha(),
            "head_branch": "change",
            "run_number": 57,
            "html_url": "https://github.com/team/nba/actions/runs/99",
            "head_repository": {"full_name": "fork/nba"},
        }}));
        let values = [
            ("github.event.workflow_run.id", "99"),
            ("github.token", TOKEN),
        ];
        for (name, value) in values {
            self.values.insert(name.to_owned(), value.to_owned());
        }
        self.env
            .insert("GITHUB_EVENT_NAME".to_owned(), "workflow_run".to_owned());
        self.env.remove("GITHUB_BASE_REF");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    pub fn event(&self, event: serde_json::Value) {
        fs::write(self.path("event.json"), event.to_string()).unwrap();
    }

    pub fn sha(&self) -> String {
        git(&self.path("work"), &["rev-parse", "HEAD"])
    }

    /// Runs the steps of a workflow's only job, one after the other.
    pub fn run(&mut self, workflow: &str) {
        let workflow = Yaml::parse(&fs::read_to_string(repository().join(workflow)).unwrap());
        let [(_, job)] = workflow.get("jobs").unwrap().pairs() else {
            panic!("one job is expected")
        };
        let steps = job.get("steps").unwrap().items().to_vec();
        self.run_steps(&steps);
    }

    pub fn run_steps(&mut self, steps: &[Yaml]) {
        for step in steps {
            let ran = self.step(step);
            if let Some(ran) = ran {
                let all = lossy(&ran.stdout) + &lossy(&ran.stderr);
                assert!(ran.status.success(), "{step:?}\n{all}");
                assert!(!all.contains(TOKEN), "{all}");
            }
        }
    }

    /// Runs one step; `None` where it is another's action.
    pub fn step(&mut self, step: &Yaml) -> Option<Output> {
        let Some(script) = step.text("run") else {
            self.use_action(step);
            return None;
        };
        assert!(
            !script.contains("${{"),
            "an expression in a script is code: {script}"
        );
        let _ = fs::remove_file(self.path("output"));
        let file = self.path("step.sh");
        // Pages are this server's: waiting for GitHub's would take a real repository there.
        let pages = format!("--site-url {}/pages/", self.server.url);
        let script = script.replace(
            "--branch gh-pages --wait",
            &format!("--branch gh-pages --wait {pages}"),
        );
        let script = script.replace(
            "--branch \"$BRANCH\" --wait",
            &format!("--branch \"$BRANCH\" --wait {pages}"),
        );
        fs::write(&file, script).unwrap();
        let env = step.get("env").map(Yaml::pairs).unwrap_or_default();
        let env: Vec<(String, String)> = env
            .iter()
            .map(|(name, value)| match value {
                Yaml::Text(text) => (name.clone(), self.evaluated(text)),
                other => panic!("{other:?}"),
            })
            .collect();
        let options: &[&str] = match step.text("shell") {
            Some("bash") => &["--noprofile", "--norc", "-eo", "pipefail"],
            None => &["-e"],
            Some(other) => panic!("the shell {other}"),
        };
        let ran = Command::new("bash")
            .args(options)
            .arg(&file)
            .current_dir(self.path("work"))
            .env_clear()
            .envs(&self.env)
            .envs(env)
            .output()
            .unwrap();
        if let Some(id) = step.text("id") {
            for line in self.read("output").lines() {
                let (name, value) = line.split_once('=').unwrap();
                self.values
                    .insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
            }
        }
        Some(ran)
    }

    /// A text with the values of its expressions; one that the test doesn't know fails it.
    pub fn evaluated(&self, text: &str) -> String {
        let Some((before, rest)) = text.split_once("${{") else {
            return text.to_owned();
        };
        let (expression, after) = rest.split_once("}}").unwrap();
        // The first of the alternatives that has a value; a step that did not run has none.
        let mut alternatives = expression.split("||").map(str::trim).peekable();
        let mut value = "";
        while let (Some(name), "") = (alternatives.peek().copied(), value) {
            alternatives.next();
            value = match self.values.get(name) {
                Some(value) => value,
                None if alternatives.peek().is_some() && name.starts_with("steps.") => "",
                None => panic!("{expression} has no value"),
            };
        }
        format!("{before}{value}{}", self.evaluated(after))
    }

    fn use_action(&mut self, step: &Yaml) {
        let uses = step.text("uses").unwrap();
        let with = |name: &str| {
            step.get("with")
                .and_then(|it| it.text(name))
                .map(|it| self.evaluated(it))
        };
        let name = uses.split('@').next().unwrap();
        match name {
            "actions/checkout" => {
                assert_eq!(
                    with("persist-credentials").as_deref(),
                    Some("false"),
                    "{uses}"
                );
            }
            "actions/setup-python" => {}
            "actions/upload-artifact" => {
                let file = self.path("work").join(with("path").unwrap());
                fs::copy(&file, self.path("uploaded")).unwrap();
                if let Some(id) = step.text("id") {
                    let url = "https://github.com/team/nba/actions/runs/1/artifacts/2".to_owned();
                    self.values
                        .insert(format!("steps.{id}.outputs.artifact-url"), url);
                }
            }
            "actions/download-artifact" => {
                let folder = PathBuf::from(with("path").unwrap());
                fs::create_dir_all(&folder).unwrap();
                fs::copy(self.path("uploaded"), folder.join("report.json")).unwrap();
            }
            other => panic!("the action {other} is not known here"),
        }
    }

    pub fn only_comment(&self) -> String {
        let [body] = self.server.bodies().try_into().unwrap();
        body
    }
}
