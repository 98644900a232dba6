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

    /// A run on the default branch, started by the end of the fork's.
    fn second_run(&mut self) {
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

/// What is published on the branch gh-pages, by path.
fn published(runner: &Runner) -> Vec<String> {
    let listed = git(
        &runner.path("origin.git"),
        &["ls-tree", "-r", "--name-only", "gh-pages"],
    );
    listed.lines().map(str::to_owned).collect()
}

#[test]
fn a_report_is_published_told_and_removed_once_the_pull_request_is_closed() {
    let mut runner = Runner::new();
    runner.run("examples/workflows/report.yml");
    let page = format!("pr/12/{}/index.html", &runner.sha()[..12]);
    assert!(
        published(&runner).contains(&page),
        "{:?}",
        published(&runner)
    );
    let comment = runner.only_comment();
    let address = format!("{}/pages/pr/12/{}/", runner.server.url, &runner.sha()[..12]);
    assert!(
        comment.contains(&format!("{address}#/overview")),
        "{comment}"
    );
    // A second push updates the comment, and keeps what the first one said.
    git(
        &runner.path("work"),
        &["commit", "--quiet", "--allow-empty", "--message", "again"],
    );
    let first = runner.sha();
    git(
        &runner.path("work"),
        &["worktree", "remove", "--force", "../target"],
    );
    runner.event_of_pull();
    runner.run("examples/workflows/report.yml");
    assert!(
        runner.only_comment().contains("The earlier verdict"),
        "{first}"
    );
    runner.run("examples/workflows/cleanup.yml");
    assert!(!published(&runner).iter().any(|it| it.starts_with("pr/12/")));
}

#[test]
fn the_main_branch_has_a_history() {
    let mut runner = Runner::new();
    git(&runner.path("work"), &["checkout", "--quiet", "main"]);
    runner.event(serde_json::json!({}));
    runner
        .env
        .insert("GITHUB_REF_NAME".to_owned(), "main".to_owned());
    runner.env.insert("GITHUB_SHA".to_owned(), runner.sha());
    runner.env.remove("GITHUB_BASE_REF");
    runner.run("examples/workflows/main.yml");
    let page = format!("branch/main/{}/index.html", &runner.sha()[..12]);
    assert!(
        published(&runner).contains(&page),
        "{:?}",
        published(&runner)
    );
}

#[test]
fn a_forks_report_is_built_without_a_token_and_published_by_another_run() {
    let mut runner = Runner::new();
    // The first run: nothing that writes is at hand.
    runner.values.remove("github.token");
    runner.run("examples/workflows/fork-build.yml");
    assert!(runner.read("uploaded").starts_with("{\"careo\":"));
    runner.second_run();
    runner.run("examples/workflows/fork-publish.yml");
    let page = format!("pr/12/{}/index.html", &runner.sha()[..12]);
    assert!(
        published(&runner).contains(&page),
        "{:?}",
        published(&runner)
    );
    assert!(runner.only_comment().contains("#/overview"));
}

#[test]
fn a_forks_report_that_names_another_pull_request_is_refused() {
    let mut runner = Runner::new();
    runner.run("examples/workflows/fork-build.yml");
    let forged = runner
        .read("uploaded")
        .replace("/pull/12", "/pull/3")
        .replace("#12", "#3");
    fs::write(runner.path("uploaded"), forged).unwrap();
    runner.second_run();
    let workflow = Yaml::parse(&fs::read_to_string("examples/workflows/fork-publish.yml").unwrap());
    let (_, job) = &workflow.get("jobs").unwrap().pairs()[0];
    let (last, before) = job.get("steps").unwrap().items().split_last().unwrap();
    runner.run_steps(before);
    let ran = runner.step(last).unwrap();
    assert_eq!(ran.status.code(), Some(6), "{}", lossy(&ran.stderr));
    assert!(runner.server.bodies().is_empty());
    let branches = git(&runner.path("origin.git"), &["branch", "--list"]);
    assert!(!branches.contains("gh-pages"), "{branches}");
}

#[test]
fn what_a_fork_leaves_beside_its_report_is_refused() {
    let workflow = Yaml::parse(&fs::read_to_string("examples/workflows/fork-publish.yml").unwrap());
    let (_, job) = &workflow.get("jobs").unwrap().pairs()[0];
    let steps = job.get("steps").unwrap().items();
    let look = steps
        .iter()
        .find(|it| it.text("name").is_some_and(|it| it.starts_with("Only the")));
    let look = look.unwrap();
    let mut runner = Runner::new();
    let folder = runner.path("temp/from-fork");
    fs::create_dir(&folder).unwrap();
    let report = folder.join("report.json");
    fs::write(&report, "{}").unwrap();
    assert!(runner.step(look).unwrap().status.success());
    fs::write(folder.join("more.json"), "{}").unwrap();
    assert!(!runner.step(look).unwrap().status.success());
    fs::remove_file(folder.join("more.json")).unwrap();
    fs::remove_file(&report).unwrap();
    symlink("/etc/hostname", &report).unwrap();
    assert!(!runner.step(look).unwrap().status.success());
}

/// The action's steps, with `inputs` in place of its own defaults.
fn action(runner: &mut Runner, inputs: &[(&str, &str)]) -> Vec<Yaml> {
    let action = Yaml::parse(&fs::read_to_string(repository().join("action.yml")).unwrap());
    for (name, input) in action.get("inputs").unwrap().pairs() {
        assert!(!input.text("description").unwrap().is_empty(), "{name}");
        let default = input.text("default").unwrap_or_default();
        let default = runner.evaluated(default);
        let given = inputs.iter().find(|(it, _)| it == name);
        let value = given.map_or(default, |(_, value)| (*value).to_owned());
        runner.values.insert(format!("inputs.{name}"), value);
    }
    let version = runner.values["inputs.version"].clone();
    runner
        .values
        .insert("inputs.version || github.action_ref".to_owned(), version);
    let owner = "OWNER/careo".to_owned();
    runner
        .values
        .insert("github.action_repository".to_owned(), owner);
    action
        .get("runs")
        .unwrap()
        .get("steps")
        .unwrap()
        .items()
        .to_vec()
}

/// The steps' conditions, by the name of the step.
fn is_wanted(runner: &Runner, step: &Yaml) -> bool {
    let input = |name: &str| runner.values[&format!("inputs.{name}")].clone();
    match step.text("if") {
        None => true,
        Some("inputs.page != ''") => !input("page").is_empty(),
        Some("inputs.publish != ''") => !input("publish").is_empty(),
        Some("inputs.summary == 'true'") => input("summary") == "true",
        Some(it) if it.starts_with("inputs.comment == 'true' && ") => input("comment") == "true",
        Some("steps.build.outputs.code != '0'") => runner.values["steps.build.outputs.code"] != "0",
        Some(other) => panic!("the condition {other} is not known here"),
    }
}

/// Runs the action; gives the exit code of its last step.
fn run_action(runner: &mut Runner, inputs: &[(&str, &str)]) -> i32 {
    let steps = action(runner, inputs);
    let mut code = 0;
    for step in &steps {
        let url = runner.values.get("steps.publish.outputs.url").cloned();
        let url = url.unwrap_or_else(|| runner.values["inputs.base-url"].clone());
        runner.values.insert(
            "steps.publish.outputs.url || inputs.base-url".to_owned(),
            url,
        );
        if is_wanted(runner, step) {
            let ran = runner.step(step).unwrap();
            let all = lossy(&ran.stdout) + &lossy(&ran.stderr);
            assert!(!all.contains(TOKEN), "{all}");
            code = ran.status.code().unwrap();
            let is_last = std::ptr::eq(step, steps.last().unwrap());
            assert!(code == 0 || is_last, "{step:?}: {all}");
        }
    }
    code
}

#[test]
fn the_action_does_all_of_it_in_one_step() {
    let mut runner = Runner::new();
    let fixtures = runner.env["FIXTURES"].clone();
    let inputs = [
        ("careo", env!("CARGO_BIN_EXE_careo")),
        ("inputs", "metrics.json\npredictions.csv\n"),
        ("baseline", &format!("{fixtures}/baselines/C10\n")),
        (
            "options",
            "--title=A title; $(touch injected)\n--only-changed\n",
        ),
        ("publish", "gh-pages"),
        ("key", "nba"),
    ];
    assert_eq!(run_action(&mut runner, &inputs), 0);
    assert!(!runner.path("work/injected").exists());
    let value = |name: &str| runner.values[&format!("steps.{name}")].clone();
    assert_eq!(value("build.outputs.verdict"), "no-clear-change");
    assert_eq!(
        value("comment.outputs.url"),
        "https://github.com/team/nba/pull/12#issuecomment-1000"
    );
    assert!(
        runner
            .read("work/report.html")
            .contains("data-verdict=\"no-clear-change\"")
    );
    assert!(
        runner
            .read("temp/careo-report.json")
            .contains("A title; $(touch injected)")
    );
    assert!(runner.read("summary.md").contains("### ≈"));
    let comment = runner.only_comment();
    assert!(comment.starts_with("<!-- careo key=nba "));
    assert!(comment.contains("/pages/pr/12/nba/"), "{comment}");
}

#[test]
fn the_action_installs_a_release_that_is_what_it_says() {
    let mut runner = Runner::new();
    let release = runner.path("release");
    fs::create_dir(&release).unwrap();
    let name = "careo-x86_64-unknown-linux-musl.tar.gz";
    let archive = release.join(name);
    let program = Path::new(env!("CARGO_BIN_EXE_careo"));
    let packed = Command::new("tar")
        // A debug build is large: what is tried here is not how well it is packed.
        .args(["--use-compress-program", "gzip -1", "-cf"])
        .args([archive.to_str().unwrap(), "-C"])
        .args([program.parent().unwrap().to_str().unwrap(), "careo"])
        .status()
        .unwrap();
    assert!(packed.success());
    let sums = Command::new("sha256sum")
        .arg(name)
        .current_dir(&release)
        .output()
        .unwrap();
    fs::write(release.join("SHA256SUMS"), &sums.stdout).unwrap();
    let inputs = [("inputs", "metrics.json"), ("version", "v9.9.9")];
    let install = action(&mut runner, &inputs).remove(0);
    let ran = runner.step(&install).unwrap();
    assert!(ran.status.success(), "{}", lossy(&ran.stderr));
    let installed = runner.values["steps.install.outputs.careo"].clone();
    let version = Command::new(installed).arg("--version").output().unwrap();
    assert!(lossy(&version.stdout).starts_with("careo "));
    let calls = runner.read("calls");
    let download = format!("gh release download v9.9.9 --repo OWNER/careo --pattern {name}");
    assert!(calls.contains(&download), "{calls}");
    assert!(
        calls.contains(&format!("gh attestation verify {name}")),
        "{calls}"
    );
    // Another file than the sums say.
    fs::remove_dir_all(runner.path("temp/careo-bin")).unwrap();
    fs::write(&archive, "not it").unwrap();
    assert!(!runner.step(&install).unwrap().status.success());
}

#[test]
fn what_could_not_be_read_fails_the_action_after_the_report() {
    let mut runner = Runner::new();
    fs::write(runner.path("work/broken.json"), "{").unwrap();
    let inputs = [
        ("careo", env!("CARGO_BIN_EXE_careo")),
        ("inputs", "metrics.json\nbroken.json\n"),
        ("page", ""),
    ];
    assert_eq!(run_action(&mut runner, &inputs), 3);
    assert_eq!(runner.server.bodies().len(), 1);
}

/// Every option that an example gives to careo is in the help of that command.
#[test]
fn examples_call_careo_as_it_is() {
    let mut n_options = 0;
    let mut texts = vec![
        fs::read_to_string("action.yml")
            .unwrap()
            .replace("\"$CAREO\"", "careo"),
        fs::read_to_string("examples/gitlab/.gitlab-ci.yml").unwrap(),
    ];
    let read = |(path, _): (PathBuf, Yaml)| fs::read_to_string(path).unwrap();
    texts.extend(workflows().into_iter().map(read));
    for text in texts {
        let text = text.replace("\\\n", " ");
        let calls = text.lines().filter(|it| !it.trim().starts_with('#'));
        for call in calls.flat_map(|it| it.split("careo ").skip(1)) {
            let command = call.split_whitespace().next().unwrap();
            let known = ["build", "pack", "publish", "prune", "comment"];
            if !known.contains(&command) {
                continue;
            }
            let help = Command::new(env!("CARGO_BIN_EXE_careo"))
                .args([command, "--help"])
                .output()
                .unwrap();
            assert!(help.status.success(), "careo {command}");
            let help = lossy(&help.stdout);
            for option in call.split_whitespace().filter(|it| it.starts_with("--")) {
                let option = option.trim_end_matches([')', '"']);
                assert!(
                    option == "--" || help.contains(option),
                    "careo {command} {option}"
                );
                n_options += 1;
            }
        }
    }
    assert!(n_options >= 20, "{n_options} options were looked at");
}

/// GitLab's jobs: each line of their scripts, in the order of their stages.
#[test]
fn gitlabs_jobs_publish_a_site_and_tell_the_merge_request() {
    let mut runner = Runner::new();
    let sha = runner.sha();
    let server = runner.server.url.clone();
    runner.env.retain(|name, _| !name.starts_with("GITHUB_"));
    let env = [
        ("GITLAB_CI", "true"),
        ("GITLAB_TOKEN", TOKEN),
        ("CI_API_V4_URL", &server),
        ("CI_SERVER_URL", "https://gitlab.com"),
        ("CI_PROJECT_PATH", "team/nba"),
        ("CI_PROJECT_URL", "https://gitlab.com/team/nba"),
        ("CI_MERGE_REQUEST_IID", "12"),
        ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
        ("CI_COMMIT_SHA", &sha),
        ("CI_PAGES_URL", "https://team.gitlab.io/nba"),
    ];
    for (name, value) in env {
        runner.env.insert(name.to_owned(), value.to_owned());
    }
    runner.server.state.lock().unwrap().login = Some("project_1_bot".to_owned());
    let file = Yaml::parse(&fs::read_to_string("examples/gitlab/.gitlab-ci.yml").unwrap());
    for stage in file.get("stages").unwrap().items() {
        let is_of = |job: &Yaml| matches!((job.text("stage"), stage), (Some(it), Yaml::Text(name)) if it == name);
        for (_, job) in file.pairs().iter().filter(|(_, job)| is_of(job)) {
            let lines = job
                .get("script")
                .unwrap()
                .items()
                .iter()
                .map(|it| match it {
                    Yaml::Text(line) => line.clone(),
                    other => panic!("{other:?}"),
                });
            let script = lines.collect::<Vec<_>>().join("\n");
            runner.run_steps(&[Yaml::Map(vec![("run".to_owned(), Yaml::Text(script))])]);
        }
    }
    let page = format!("work/public/pr/12/{}/index.html", &sha[..12]);
    assert!(runner.path(&page).exists());
    let comment = runner.only_comment();
    let address = format!("https://team.gitlab.io/nba/pr/12/{}/#/overview", &sha[..12]);
    assert!(comment.contains(&address), "{comment}");
}
