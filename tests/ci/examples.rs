//! The workflows in `examples/`, step by step; `scripts/check.sh lint` looks at their syntax.

use std::{fs, os::unix::fs::symlink, path::PathBuf, process::Command};

use super::{
    runner::{Runner, TOKEN, git, lossy, repository},
    yaml::Yaml,
};

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
    assert!(
        comment.contains("<summary>The best experiments</summary>"),
        "{comment}"
    );
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
    assert!(!ran.status.success());
    let said = lossy(&ran.stderr);
    assert!(
        said.contains("belongs to pr/3") && said.contains("refused"),
        "{said}"
    );
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
