//! The workflows in `examples/` and the action: each shell step is run for real, with the real
//! careo and git, against a local server in GitHub's place. The other tools (`dvc`, `pip`, `gh`)
//! are stand-ins that leave real results behind. `scripts/check.sh lint` looks at their syntax.

use std::{
    collections::HashMap,
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use super::{server::Server, yaml::Yaml};

const TOKEN: &str = "ghs_examplestoken";

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
struct Runner {
    folder: tempfile::TempDir,
    server: Server,
    /// Values of `${{ … }}`.
    values: HashMap<String, String>,
    env: HashMap<String, String>,
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn git(folder: &Path, arguments: &[&str]) -> String {
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

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Runner {
    /// The NBA case: `main` has the results for C = 10, the pull request those for C = 120.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let fixtures = repository().join("tests/fixtures/nba");
        for name in ["bin", "temp", "origin.git", "work"] {
            fs::create_dir(path(name)).unwrap();
        }
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

    fn event_of_pull(&self) {
        self.event(serde_json::json!({"pull_request": {
            "number": 12,
            "title": "More C",
            "html_url": "https://github.com/team/nba/pull/12",
            "head": {"sha": self.sha()},
            "base": {"ref": "main"},
        }}));
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    fn event(&self, event: serde_json::Value) {
        fs::write(self.path("event.json"), event.to_string()).unwrap();
    }

    fn sha(&self) -> String {
        git(&self.path("work"), &["rev-parse", "HEAD"])
    }

    /// Runs the steps of a workflow's only job, one after the other.
    fn run(&mut self, workflow: &str) {
        let workflow = Yaml::parse(&fs::read_to_string(repository().join(workflow)).unwrap());
        let [(_, job)] = workflow.get("jobs").unwrap().pairs() else {
            panic!("one job is expected")
        };
        let steps = job.get("steps").unwrap().items().to_vec();
        self.run_steps(&steps);
    }

    fn run_steps(&mut self, steps: &[Yaml]) {
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
    fn step(&mut self, step: &Yaml) -> Option<Output> {
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
    fn evaluated(&self, text: &str) -> String {
        let Some((before, rest)) = text.split_once("${{") else {
            return text.to_owned();
        };
        let (expression, after) = rest.split_once("}}").unwrap();
        let value = self.values.get(expression.trim());
        let value = value.unwrap_or_else(|| panic!("{expression} has no value"));
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

    fn only_comment(&self) -> String {
        let [body] = self.server.bodies().try_into().unwrap();
        body
    }
}

fn workflows() -> Vec<(PathBuf, Yaml)> {
    let folder = fs::read_dir(repository().join("examples/workflows")).unwrap();
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path, Yaml::parse(&text))
    };
    files.into_iter().map(read).collect()
}

/// Nothing is granted to a whole workflow, each permission of a job says why, and no script has an
/// expression in it.
#[test]
fn permissions_are_the_least_and_said_why() {
    for (path, workflow) in workflows() {
        let name = path.display();
        assert_eq!(
            workflow.get("permissions"),
            Some(&Yaml::Map(Vec::new())),
            "{name}"
        );
        let text = fs::read_to_string(&path).unwrap();
        for (_, job) in workflow.get("jobs").unwrap().pairs() {
            let permissions = job.get("permissions").unwrap().pairs();
            assert!(!permissions.is_empty(), "{name}");
            for (scope, _) in permissions {
                let line = text
                    .lines()
                    .find(|it| it.trim().starts_with(&format!("{scope}: ")));
                assert!(line.unwrap().contains(" # to "), "{name}: why {scope}?");
            }
            for step in job.get("steps").unwrap().items() {
                assert!(
                    !step.text("run").unwrap_or_default().contains("${{"),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn without_pages_the_comment_leads_to_the_uploaded_file() {
    let mut runner = Runner::new();
    runner.run("examples/workflows/no-pages.yml");
    let page = runner.read("uploaded");
    assert!(page.starts_with("<!DOCTYPE html>") || page.starts_with("<!doctype html>"));
    let comment = runner.only_comment();
    assert!(comment.contains("https://github.com/team/nba/actions/runs/1/artifacts/2#/overview"));
    assert!(comment.contains("players"), "{comment}");
}

#[test]
fn experiments_have_a_comment_of_their_own() {
    let mut runner = Runner::new();
    runner.run("examples/workflows/experiments.yml");
    let comment = runner.only_comment();
    assert!(
        comment.starts_with("<!-- careo key=experiments "),
        "{comment}"
    );
    assert!(comment.contains("#### The best experiments"), "{comment}");
    let calls = runner.read("calls");
    assert!(
        calls.contains("dvc exp run --queue -S train.C=30\n"),
        "{calls}"
    );
    assert!(calls.contains("dvc exp run --run-all\n"), "{calls}");
}
