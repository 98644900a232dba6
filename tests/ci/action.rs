//! The action, step by step.

use std::{fs, path::Path, process::Command};

use super::{
    runner::{Runner, TOKEN, git, lossy, repository},
    yaml::Yaml,
};

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

/// An output of the action, after its steps.
fn output(runner: &Runner, name: &str) -> String {
    let action = Yaml::parse(&fs::read_to_string(repository().join("action.yml")).unwrap());
    let output = action.get("outputs").unwrap().get(name).unwrap();
    runner.evaluated(output.text("value").unwrap())
}

/// Publishing finds the target branch's report, with which there is a verdict: all that the action
/// says of the report is then about that one.
#[test]
fn what_the_action_says_is_of_the_report_as_it_was_published() {
    let mut runner = Runner::new();
    let inputs = [
        ("careo", env!("CARGO_BIN_EXE_careo")),
        ("inputs", "metrics.json\npredictions.csv\n"),
        ("publish", "gh-pages"),
    ];
    git(&runner.path("work"), &["checkout", "--quiet", "main"]);
    runner.event(serde_json::json!({}));
    let env = [
        ("GITHUB_REF_NAME", "main".to_owned()),
        ("GITHUB_SHA", runner.sha()),
    ];
    for (name, value) in env {
        runner.env.insert(name.to_owned(), value);
    }
    runner.env.remove("GITHUB_BASE_REF");
    let on_main = [&inputs[..], &[("comment", "false")]].concat();
    assert_eq!(run_action(&mut runner, &on_main), 0);
    assert_eq!(output(&runner, "verdict"), "unknown");
    git(&runner.path("work"), &["checkout", "--quiet", "change"]);
    fs::remove_file(runner.path("summary.md")).unwrap();
    runner.values.retain(|name, _| !name.starts_with("steps."));
    for name in ["GITHUB_REF_NAME", "GITHUB_SHA"] {
        runner.env.remove(name);
    }
    let base = ("GITHUB_BASE_REF".to_owned(), "main".to_owned());
    runner.env.extend([base]);
    runner.event_of_pull();
    assert_eq!(run_action(&mut runner, &inputs), 0);
    assert_eq!(output(&runner, "verdict"), "no-clear-change");
    let bundle: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(output(&runner, "bundle")).unwrap()).unwrap();
    let digest = bundle["verdict"]["digest"].as_str().unwrap();
    let comment = runner.only_comment();
    let summary = runner.read("summary.md");
    let page = runner.read("work/report.html");
    for told in [&comment, &summary, &page] {
        assert!(told.contains(digest), "{digest}: {told}");
    }
    assert!(summary.contains("### ≈") && comment.contains("### ≈"));
    assert!(page.contains("data-verdict=\"no-clear-change\""));
    // One file has all of it inside: what was published beside the report is here too.
    assert!(!page.contains("raw/"), "a link to a file beside it");
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
    // Without one it is the action's own, whether a tag or a commit pins it.
    let action_path = repository().to_string_lossy().into_owned();
    runner
        .env
        .insert("GITHUB_ACTION_PATH".to_owned(), action_path);
    let own = action(&mut runner, &[("inputs", "metrics.json")]).remove(0);
    let ran = runner.step(&own).unwrap();
    assert!(ran.status.success(), "{}", lossy(&ran.stderr));
    let download = format!(
        "gh release download v{} --repo OWNER/careo",
        env!("CARGO_PKG_VERSION")
    );
    let calls = runner.read("calls");
    assert!(calls.contains(&download), "{calls}");
    // Another file than the sums say.
    fs::remove_dir_all(runner.path("temp/careo-bin")).unwrap();
    fs::write(&archive, "not it").unwrap();
    assert!(!runner.step(&install).unwrap().status.success());
}

#[test]
fn nobody_is_told_where_there_is_no_pull_request() {
    let mut runner = Runner::new();
    let steps = action(&mut runner, &[("inputs", "metrics.json")]);
    let tells = steps
        .iter()
        .find(|it| it.text("name") == Some("Tell the pull request"));
    let condition = tells.unwrap().text("if").unwrap();
    let of_pull = "startsWith(github.event.workflow_run.event, 'pull_')";
    assert!(condition.contains(of_pull), "{condition}");
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
