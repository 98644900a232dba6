//! The command line as CI runs it: the real program, in a folder of its own.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A temporary folder in which `careo` runs, without the environment of the machine's CI.
struct SiteTest {
    folder: tempfile::TempDir,
    env: Vec<(String, String)>,
}

/// What a run left.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl SiteTest {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            env: vec![("SOURCE_DATE_EPOCH".to_owned(), "1700000000".to_owned())],
        }
    }

    /// A folder with a copy of a fixture.
    fn from(fixture: &str) -> Self {
        let test = Self::new();
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures")
            .join(fixture);
        copy(&from, test.folder.path());
        test
    }

    fn file(self, name: &str, text: &str) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &str) -> Ran {
        self.run_with(arguments, "")
    }

    fn run_with(&self, arguments: &str, input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_careo"))
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that has failed already reads nothing.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let done = child.wait_with_output().unwrap();
        Ran {
            code: done.status.code().unwrap(),
            out: String::from_utf8(done.stdout).unwrap(),
            err: String::from_utf8(done.stderr).unwrap(),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

const NBA: &str = "metrics.json predictions.csv confusion_matrix.json exp-show.json report.md \
                   conf_mat.png --baseline baselines/C10 \
                   --pr https://github.com/datacubeR/dvc_tutorial/pull/3";

#[test]
fn the_nba_case_becomes_a_bundle_the_same_each_time() {
    let test = SiteTest::from("nba");
    let ran = test.run(&format!("build {NBA}"));
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let first = test.read("report.json");
    assert!(first.contains(r#""outcome":"no-clear-change""#));
    assert!(first.contains(r##""label":"#3""##));
    assert!(first.contains(r#""made_at":"2023-11-14T22:13:20Z""#));
    test.run(&format!("build {NBA} -o again.json"));
    assert_eq!(test.read("again.json"), first);
    let from_bundle = test.run("build report.json -o third.json");
    assert_eq!(from_bundle.code, 0, "{}", from_bundle.err);
    assert!(
        test.read("third.json")
            .contains(r#""outcome":"no-clear-change""#)
    );
}

#[test]
fn what_becomes_public_is_listed_and_nothing_private_is_written() {
    let test = SiteTest::from("nba").file("notes.md", "# Run\nsee /home/ana/secret/log.txt\n");
    let ran = test.run("build metrics.json exp-show.json report.md --dry-run");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out
            .contains("becomes public:\n  report.json\n  metrics.json\n"),
        "{}",
        ran.out
    );
    assert!(!test.path("report.json").exists());
    test.run("build metrics.json notes.md -o b.json");
    assert!(!test.read("b.json").contains("/home/ana"));
}

#[test]
fn standard_input_is_an_input() {
    let test = SiteTest::from("nba");
    let json = test.read("exp-show.json");
    let ran = test.run_with("build - -o -", &json);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains(r#""name":"bovid-rime""#));
    assert!(!test.path("report.json").exists());
}

#[test]
fn the_comment_is_markdown_in_the_asked_language() {
    let test = SiteTest::from("nba");
    let en = test.run(&format!("comment {NBA}"));
    let es = test.run(&format!("comment {NBA} --lang es"));
    assert_eq!((en.code, es.code), (0, 0), "{}{}", en.err, es.err);
    assert!(en.out.contains("players"), "{}", en.out);
    assert!(es.out.contains("jugadores"), "{}", es.out);
}

#[test]
fn flags_win_over_settings_and_those_over_the_environment() {
    let test = SiteTest::from("nba")
        .env("GITLAB_CI", "true")
        .env("CI_COMMIT_SHA", "0123456789abcdef")
        .env("CI_MERGE_REQUEST_TITLE", "from CI")
        .env("CI_MERGE_REQUEST_IID", "9")
        .env("CI_PROJECT_URL", "https://gitlab.com/team/nba");
    let said = |arguments: &str| {
        let ran = test.run(&format!("build metrics.json --json {arguments}"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        document["origin"].clone()
    };
    let origin = said("");
    assert_eq!(origin["title"]["value"], "Posiciones NBA");
    assert_eq!(origin["title"]["from"], "careo.toml");
    assert_eq!(origin["commit"]["from"], "CI_COMMIT_SHA");
    assert_eq!(
        origin["discussion"]["value"],
        "https://gitlab.com/team/nba/-/merge_requests/9"
    );
    let origin = said("--title T --pr https://github.com/o/r/pull/3");
    assert_eq!(origin["title"]["from"], "--title");
    assert_eq!(origin["discussion"]["from"], "--pr");
    fs::remove_file(test.path("careo.toml")).unwrap();
    assert_eq!(said("")["title"]["from"], "CI_MERGE_REQUEST_TITLE");
}

#[test]
fn each_failure_has_its_exit_code_and_says_the_place_first() {
    let test = SiteTest::new()
        .file("metrics.json", r#"{"acc": 0.5}"#)
        .file("broken.json", "{\"acc\": 0.5,\n  \"f1\": }")
        .file("newer.json", r#"{"careo":{"schema":99,"kind":"report"}}"#)
        .file("typo.toml", "\nbasline = 'main'\n")
        .file("empty/.keep", "");
    let cases = [
        ("build metrics.json", 0, ""),
        ("build", 2, "error: "),
        (
            "build metrics.json --config typo.toml",
            2,
            "typo.toml:2:1: ",
        ),
        ("build metrics.json --pr javascript:alert(1)", 2, "--pr: "),
        ("build metrics.json --drop (", 2, "--drop: "),
        ("build metrics.json missing.json", 3, "missing.json: "),
        ("build metrics.json broken.json", 3, "broken.json:2:"),
        ("build newer.json", 3, "newer.json: "),
        ("build empty", 4, ""),
        (
            "build metrics.json -o metrics.json/x.json",
            1,
            "metrics.json/x.json: ",
        ),
    ];
    for (arguments, code, start) in cases {
        let ran = test.run(arguments);
        assert_eq!(ran.code, code, "{arguments}: {}", ran.err);
        assert!(ran.err.starts_with(start), "{arguments}: {}", ran.err);
        assert!(
            !ran.err.contains(&*test.folder.path().to_string_lossy()),
            "{}",
            ran.err
        );
    }
    let good = test.run("build metrics.json broken.json -o good.json");
    assert_eq!(good.code, 3);
    assert!(
        test.read("good.json").contains(r#""path":["acc"]"#),
        "the good one is there"
    );
}

#[test]
fn quiet_says_nothing() {
    let test = SiteTest::new().file("metrics.json", r#"{"acc": 0.5}"#);
    let ran = test.run("build metrics.json --quiet");
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
}

#[test]
fn formats_schema_and_completions_are_printed() {
    let test = SiteTest::new();
    let formats = test.run("formats").out;
    assert!(
        formats.lines().any(|line| line == "dvc-exp-show"),
        "{formats}"
    );
    let schema: serde_json::Value = serde_json::from_str(&test.run("schema").out).unwrap();
    assert_eq!(
        schema["properties"]["careo"]["properties"]["schema"]["const"],
        1
    );
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            test.run(&format!("completions {shell}"))
                .out
                .contains("dry-run"),
            "{shell}"
        );
    }
}

#[test]
fn help_names_every_command_and_exit_code() {
    let help = SiteTest::new().run("--help");
    assert_eq!(help.code, 0);
    insta::assert_snapshot!(help.out);
}
