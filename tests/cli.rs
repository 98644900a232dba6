//! The command line as CI runs it: the real program, in a folder of its own.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "publish/viewer.rs"]
mod viewer;

use std::{
    fs,
    io::{BufRead as _, Read as _, Write as _},
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

/// What is judged by a path outside of the repository names no folder of a machine anywhere.
#[test]
fn a_dependency_outside_of_the_repository_shows_no_folder() {
    let test = SiteTest::from("nba");
    viewer::write(&test.path("viewer"));
    let viewer = test.path("viewer").to_string_lossy().into_owned();
    let test = test.env("CAREO_VIEWER", &viewer);
    let table = test.read("exp-show.json");
    let table = table.replace("src/04-evaluate_model.py", "/home/ana/data/train.csv");
    // The workspace has other data.
    let table = table.replacen("ebb63d41617fd3c2b4e96a35b0eaa977", &"0".repeat(32), 1);
    let unknown = "data = [\"/home/ana/dat\", \"/home/ana/data\"]\n";
    let test = test.file("x.json", &table).file("careo.toml", unknown);
    let comment = test.run("comment x.json");
    assert!(comment.out.contains("…/train.csv"), "{}", comment.out);
    let mut outputs = vec![comment.out, test.run("check x.json -o v.json").out];
    test.run("build x.json -o b.json");
    test.run("pack x.json -o page.html");
    test.run("site x.json -o site");
    outputs.push(test.run("comment b.json").out);
    let files = [
        "v.json",
        "b.json",
        "page.html",
        "site/index.html",
        "site/report.json",
    ];
    outputs.extend(files.map(|it| test.read(it)));
    assert!(
        !test.path("site/raw").exists(),
        "the file itself stays here"
    );
    for output in outputs {
        assert!(!output.contains("/home/ana"), "{output}");
    }
}

/// GitHub's runner obeys lines that begin with `::`, whoever wrote them.
#[test]
fn nothing_of_an_artifact_is_a_command_to_the_runner() {
    let report = "{\"a\": {\"precision\": 1, \"recall\": 1, \"f1-score\": 1, \"support\": 2},\
                  \"b\": {\"precision\": 1, \"recall\": 1, \"f1-score\": 1, \"support\": 2},\
                  \"macro avg\": \"\\n::add-mask::1\"}";
    let test = SiteTest::new()
        .file("::stop-commands::x.bin", "\u{1b}[2J")
        .file("classification_report.json", report);
    for arguments in ["check .", "check . --lang es", "comment ."] {
        let ran = test.run(arguments);
        for line in ran.err.lines().chain(ran.out.lines()) {
            assert!(!line.trim_start().starts_with("::"), "{line}");
        }
        assert!(ran.err.contains(": :add-mask"), "{}", ran.err);
    }
}

#[test]
fn metrics_on_standard_input_are_compared() {
    let test = SiteTest::new()
        .file("new/metrics.json", "{\"accuracy\": 0.75}")
        .file("old/metrics.json", "{\"accuracy\": 0.5}");
    let runs = [
        (
            "check - --baseline old --no-worse -o -",
            "{\"accuracy\": 0.75}",
        ),
        (
            "check new --baseline - --no-worse -o -",
            "{\"accuracy\": 0.5}",
        ),
    ];
    for (arguments, input) in runs {
        let ran = test.run_with(arguments, input);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("\"value\": 0.5"), "{}", ran.out);
        assert!(ran.out.contains("\"value\": 0.75"), "{}", ran.out);
    }
}

/// GitHub looks for the file in the repository, not in the folder that was given.
#[test]
fn annotations_name_files_where_they_lie() {
    let test = SiteTest::new()
        .env("GITHUB_ACTIONS", "true")
        .file("assets/metrics.json", "{\"accuracy\": ")
        .file("assets/more.json", "{\"f1\": 0.5}");
    let ran = test.run("check assets");
    assert!(
        ran.err.contains("::error file=assets/metrics.json,line=1"),
        "{}",
        ran.err
    );
    let ran = test.run("check assets/more.json --min f1=0.75");
    assert!(
        ran.err.contains("::error file=assets/more.json,title="),
        "{}",
        ran.err
    );
    fs::write(test.path("careo.toml"), b"# ok\ntitle = \"\xF1\"\n").unwrap();
    let ran = test.run("check assets");
    assert!(
        ran.err.contains("careo.toml:2: can't be parsed: not UTF-8"),
        "{}",
        ran.err
    );
    let test = test.file("careo.toml", "confidence = 0.5\n");
    let ran = test.run("check assets");
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("::error file=careo.toml,line=1,col=14::"),
        "{}",
        ran.err
    );
}

#[test]
fn a_target_branch_that_is_not_in_the_table_is_told() {
    let test = SiteTest::from("nba")
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_BASE_REF", "master");
    let ran = test.run("comment exp-show.json");
    assert!(
        ran.err
            .contains("master: the inputs have no results of the target branch"),
        "{}",
        ran.err
    );
    let ran = test.run("comment exp-show.json --baseline baselines/C10");
    assert!(!ran.err.contains("target branch"), "{}", ran.err);
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

/// A test of a fraud model: what it was, what it says, what it said before. The new one finds 9
/// frauds more, and calls 4 customers more for nothing.
fn fraud() -> SiteTest {
    let row = |actual: &str, predicted: &str| format!("{actual},{predicted}\n");
    let (mut now, mut before) = (String::new(), String::new());
    for idx in 0..200 {
        let actual = if idx < 40 { "fraud" } else { "legit" };
        let is_found = |n_found: usize, n_alarms: usize| match actual {
            "fraud" => idx < n_found,
            _ => idx - 40 < n_alarms,
        };
        let said = |is_alarm: bool| if is_alarm { "fraud" } else { "legit" };
        now.push_str(&row(actual, said(is_found(34, 12))));
        before.push_str(&row(actual, said(is_found(25, 8))));
    }
    let head = "actual,predicted\n";
    SiteTest::new()
        .file("new/predictions.csv", &format!("{head}{now}"))
        .file("old/predictions.csv", &format!("{head}{before}"))
        .file(
            "new/metrics.json",
            r#"{"accuracy": 0.91, "recall": 0.85, "precision": 0.739, "latency": 31}"#,
        )
        .file(
            "old/metrics.json",
            r#"{"accuracy": 0.885, "recall": 0.625, "precision": 0.758, "latency": 30}"#,
        )
}

/// What `careo` says of the one file of the case that nothing reads.
const UNREAD: &str = "baselines/C10/classification_report.txt: not read: this is the text of scikit-learn’s \
                      `classification_report`; write it with `output_dict=True`, as JSON\n";

#[test]
fn a_gate_that_fails_says_place_what_and_help_and_ends_with_5() {
    let test = SiteTest::from("nba");
    let ran = test.run(&format!("check {NBA} --min test_recall=0.5 --no-worse"));
    assert_eq!((ran.code, ran.err.as_str()), (0, UNREAD), "{}", ran.err);
    assert!(ran.out.contains("All 2 gates hold."), "{}", ran.out);
    assert!(
        ran.out
            .contains("✓ test_recall is 0.5032, at least 0.5 (--min test_recall=0.5)"),
        "{}",
        ran.out
    );
    let ran = test.run(&format!(
        "check {NBA} --min test_recall=0.51 --max test_accuracy=0.4 --require improved \
         --min test_recal=0.1"
    ));
    assert_eq!(ran.code, 5, "{}", ran.err);
    let expected = "\
--require: the verdict is “no clear change”; “improved” is required
  help: more test samples, or runs with other seeds, tell smaller changes from chance; the gate is `--require improved`
assets/metrics.json: test_recall is 0.5032, less than 0.51
  help: on the baseline it was 0.5379; the gate is `--min test_recall=0.51`
--min: no metric is called “test_recal”
  help: did you mean test_recall? (the gate is `--min test_recal=0.1`)
assets/metrics.json: test_accuracy is 0.4943, more than 0.4
  help: on the baseline it was 0.5284; the gate is `--max test_accuracy=0.4`
";
    assert_eq!(ran.err, format!("{UNREAD}{expected}"));
    assert!(ran.out.ends_with("4 of 4 gates fail.\n"), "{}", ran.out);
    for (wrong, said) in [
        ("--min test_recall", "METRIC=NUMBER"),
        ("--max x=nan", "METRIC=NUMBER"),
        ("--require worse", "no-clear-change"),
    ] {
        let ran = test.run(&format!("check {NBA} {wrong}"));
        assert_eq!(ran.code, 2, "{wrong}");
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}

#[test]
fn gates_come_from_the_file_and_flags_win() {
    let test = SiteTest::from("nba").file(
        "gates.toml",
        "[gates]\nmin = { test_recall = 0.6 }\nrequire = 'no-clear-change'\n",
    );
    let check = |more: &str| test.run(&format!("check {NBA} --config gates.toml {more}"));
    let ran = check("");
    assert_eq!(ran.code, 5);
    assert!(ran.err.contains("less than 0.6"), "{}", ran.err);
    assert!(
        ran.err.lines().count() == 3,
        "the other gate holds: {}",
        ran.err
    );
    let name = "assets/metrics.json:test_recall=0.5";
    for flag in ["test_recall=0.5", name] {
        let ran = check(&format!("--min {flag}"));
        assert!(ran.code == 0 || flag == name, "{}", ran.err);
    }
    // A built bundle has its team's gates inside.
    let built = test.run(&format!("build {NBA} --config gates.toml -o b.json"));
    assert_eq!(built.code, 0, "{}", built.err);
    fs::write(test.path("empty.toml"), "").unwrap();
    let ran = test.run("check b.json --config empty.toml");
    assert_eq!(ran.code, 5, "{}", ran.err);
    assert!(ran.err.contains("less than 0.6"), "{}", ran.err);
    // Without a gate nothing can fail, and that is said.
    let ran = test.run(&format!("check {NBA}"));
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("No gate is set"), "{}", ran.out);
}

#[test]
fn a_gate_on_what_is_missing_does_not_hold() {
    let test = SiteTest::new().file("metrics.json", r#"{"acc": "n/a", "f1": 0.5, "r2": NaN}"#);
    for metric in ["acc", "r2", "auc"] {
        let ran = test.run(&format!("check metrics.json --min {metric}=0.1"));
        assert!(matches!(ran.code, 5), "{metric}: {} {}", ran.code, ran.err);
    }
    let ran = test.run("check metrics.json --min f1=0.5 --no-worse");
    assert_eq!(
        ran.code, 0,
        "without a baseline nothing got worse: {}",
        ran.err
    );
    let ran = test.run("check metrics.json --require no-clear-change");
    assert_eq!(ran.code, 5, "unknown is no result");
    fs::create_dir_all(test.path("same")).unwrap();
    fs::copy(test.path("metrics.json"), test.path("same/metrics.json")).unwrap();
    let ran = test.run("check metrics.json --baseline same --require no-clear-change");
    assert_eq!(
        ran.code, 5,
        "two equal numbers are no evidence: {}",
        ran.err
    );
    fs::write(test.path("metrics.json"), r#"{"f1": "0.81"}"#).unwrap();
    let ran = test.run("check metrics.json --min f1=0.5");
    assert_eq!(ran.code, 5);
    let help = "it is stated as text; write the number without quotes";
    assert!(ran.err.contains(help), "{}", ran.err);
}

#[test]
fn github_shows_the_verdict_and_the_gates_that_fail() {
    let test = SiteTest::from("nba").env("GITHUB_ACTIONS", "true");
    let ran = test.run(&format!("check {NBA} --min test_recall=0.9"));
    assert_eq!(ran.code, 5);
    let annotations: Vec<&str> = ran.err.lines().filter(|it| it.starts_with("::")).collect();
    assert_eq!(annotations.len(), 2, "{}", ran.err);
    assert!(annotations[0].starts_with("::notice title=No clear change::"));
    assert!(
        annotations[1].starts_with(
            "::error file=assets/metrics.json,title=Gate failed::test_recall is 0.5032, less than 0.9%0A"
        ),
        "{}",
        annotations[1]
    );
    // Standard output stays JSON.
    let ran = test.run(&format!("check {NBA} --min test_recall=0.9 --json"));
    let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(document["verdict"]["gates"][0]["holds"], false);
    assert!(ran.err.contains("::error"));
}

#[test]
fn every_output_has_one_digest() {
    let summary = "GITHUB_STEP_SUMMARY";
    let test = SiteTest::from("nba").file("summary.md", "# Other tool\n");
    let path = test.path("summary.md");
    let test = test.env(summary, &path.to_string_lossy());
    let ran = test.run(&format!("check {NBA} -o verdict.json --summary"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let verdict: serde_json::Value = serde_json::from_str(&test.read("verdict.json")).unwrap();
    let digest = verdict["digest"].as_str().unwrap();
    assert_eq!(digest.len(), 8);
    assert_eq!(verdict["outcome"], "no-clear-change");
    assert_eq!(verdict["mcnemar"]["lost"], 8);
    assert_eq!(verdict["current"]["value"], 87.0 / 176.0);
    assert!(
        verdict["sentence"]["es"]
            .as_str()
            .unwrap()
            .contains("jugadores")
    );
    assert!(
        verdict["metric"]
            .as_str()
            .unwrap()
            .ends_with("test_accuracy")
    );
    let written = test.read("summary.md");
    assert!(written.starts_with("# Other tool\n"), "{written}");
    assert!(written.contains(digest) && written.contains("87 of 176 players"));
    test.run(&format!("build {NBA}"));
    let comment = test.run(&format!("comment {NBA} --base-url https://a.b/c/"));
    let outputs = [
        ("bundle", test.read("report.json")),
        ("marker", comment.out.lines().next().unwrap().to_owned()),
        (
            "link",
            comment.out.split("overview?digest=").nth(1).unwrap()[..8].to_owned(),
        ),
        (
            "json",
            test.run(&format!("build {NBA} --json -o x.json")).out,
        ),
    ];
    for (name, text) in outputs {
        assert!(text.contains(digest), "{name}: {text}");
    }
    // From the bundle it is the very same verdict.
    test.run("check report.json -o again.json");
    let again: serde_json::Value = serde_json::from_str(&test.read("again.json")).unwrap();
    assert_eq!(again, verdict);
}

#[test]
fn a_job_summary_needs_its_place() {
    let test = SiteTest::new().file("metrics.json", r#"{"acc": 0.5}"#);
    let ran = test.run("check metrics.json --summary");
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("--summary: "), "{}", ran.err);
    let test = test.file("full.md", &"x".repeat(1024 * 1024));
    let path = test.path("full.md");
    let test = test.env("GITHUB_STEP_SUMMARY", &path.to_string_lossy());
    let ran = test.run("check metrics.json --summary");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("1 MiB"), "{}", ran.err);
    assert_eq!(test.read("full.md").len(), 1024 * 1024);
}

#[test]
fn guards_gain_and_value_speak_in_the_comment() {
    let test = fraud().file(
        "careo.toml",
        "primary_metric = 'accuracy'\npositive_class = 'fraud'\n\
         [guards]\nprecision = 0.01\nlatency = 5\n\
         [sample]\nen = ['payment', 'payments']\n\
         [value]\nunit = '€'\nfalse_negative = -120\nfalse_positive = -4\n\
         unknown = 'false_positive'\n",
    );
    let ran = test.run("comment new --baseline old/");
    assert_eq!(ran.code, 0, "{}", ran.err);
    // 15 missed and 8 called before: 9.16 € each; 6 and 12 now.
    let words = [
        "A metric that has to hold may have got worse.",
        "Precision: 0.758 before, 0.739 now; up to 0.01 worse is tolerated. Chance alone could",
        "**What it is worth** For 1,000 payments: −9,160 €",
        "−3,840 € now. That is 5,320 € more.",
        "At −270 € both are worth the same; above that this change is worth more than",
    ];
    let plain = ran.out.replace('\u{a0}', " ");
    for word in words {
        assert!(plain.contains(word), "{word:?} is not in: {plain}");
    }
    let ran = test.run("check new --baseline old/ --no-worse");
    assert_eq!(ran.code, 0, "it may be chance: {}", ran.out);
    // Nothing tells about a latency: what was measured counts.
    let test = test.file("careo.toml", "[guards]\nlatency = 0.5\n");
    let ran = test.run("check new --baseline old/ --no-worse");
    assert_eq!(ran.code, 5, "a guard is broken: {}", ran.out);
}

#[test]
fn a_settings_file_of_a_newer_careo_says_so() {
    let test = SiteTest::new()
        .file("metrics.json", r#"{"acc": 0.5}"#)
        .file("careo.toml", "shiny = true\nschema = 7\n");
    let ran = test.run("build metrics.json");
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err,
        "careo.toml:2:10: made by a newer careo (schema 7, this one reads up to 1) at `schema`\n  \
         help: update careo, or take out what only the newer one knows\n"
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
    let list: serde_json::Value = serde_json::from_str(&test.run("formats --json").out).unwrap();
    let list = list.as_array().unwrap();
    assert_eq!(formats.lines().count(), list.len());
    let docs = include_str!("../docs/FORMATS.md");
    let ids = careo::readers::READERS.iter().map(|it| it.id());
    let aligned = formats.lines().map(|it| it.find("  ").unwrap());
    assert!(aligned.max().unwrap() < 20, "{formats}");
    for ((format, line), id) in list.iter().zip(formats.lines()).zip(ids) {
        let text = |key: &str| format[key].as_str().unwrap();
        assert_eq!(text("id"), id, "in the order of the readers");
        assert!(
            line.starts_with(id) && line.ends_with(text("reads")),
            "{line}"
        );
        let row = format!("| {id} | {} | {} | ", text("reads"), text("names"));
        assert!(docs.replace('`', "").contains(&row), "{row}");
    }
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

/// Two runs of a model: their metrics, and what was predicted.
fn two_runs() -> SiteTest {
    let rows = "actual,predicted\ncat,cat\ndog,cat\ncat,dog\ndog,dog\n";
    SiteTest::new()
        .file("new/metrics.json", r#"{"test_recall": 0.6, "loss": 0.3}"#)
        .file("old/metrics.json", r#"{"test_recall": 0.5, "loss": 0.4}"#)
        .file("new/predictions.csv", rows)
        .file("old/predictions.csv", rows)
}

#[test]
fn settings_that_name_nothing_are_told_with_place_and_the_nearest_names() {
    let test = two_runs().file(
        "careo.toml",
        "primary_metric = 'recall'\nbaseline = 'nosuch'\npositive_class = 'cats'\n\
         class_order = ['dog', 'bird']\n[guards]\nprecision = 0.1\n",
    );
    let places = [
        "careo.toml:1:1: no metric is called “recall” at `primary_metric`: the setting is left \
         out\n  help: did you mean test_recall?\n",
        "careo.toml:6:1: no metric is called “precision” at `guards`: the setting is left out\n  \
         help: the report has test_recall and loss\n",
        "careo.toml:3:1: no class is called “cats” at `positive_class`: the setting is left \
         out\n  help: did you mean cat?\n",
        "careo.toml:4:1: no class is called “bird” at `class_order`: the setting is left out\n  \
         help: the report has cat and dog\n",
    ];
    for command in ["build", "comment", "check"] {
        let ran = test.run(&format!("{command} new --baseline old"));
        assert_eq!(
            ran.code,
            // A verdict by another metric than the team's is none to go by.
            if command == "check" { 2 } else { 0 },
            "{}",
            ran.err
        );
        for place in places {
            assert!(ran.err.contains(place), "{command}: {}", ran.err);
        }
        // The flag said what to compare with.
        assert!(!ran.err.contains("nosuch"), "{}", ran.err);
    }
    assert!(
        test.read("report.json")
            .contains(r#""text":"primary_metric = recall","nearest":"test_recall""#),
        "{}",
        test.read("report.json")
    );
    let ran = test.run("build new --lang es");
    assert!(
        ran.err.contains(
            "careo.toml:2:1: ninguna revisión se llama «nosuch» en `baseline`: el ajuste no se \
             aplica\n  ayuda: el informe tiene workspace\n"
        ),
        "{}",
        ran.err
    );
    let quiet = test.run("build new --baseline old --quiet");
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
}

#[test]
fn a_baseline_that_holds_nothing_is_a_problem() {
    let test = two_runs()
        .file("empty/.keep", "")
        .file("prose/notes.txt", "hello");
    for baseline in ["empty", "prose"] {
        let ran = test.run(&format!("check new --baseline {baseline} --no-worse"));
        assert_eq!(ran.code, 3, "{}", ran.err);
        let said = format!("{baseline}: no results found at `--baseline`\n  help: ");
        assert!(ran.err.contains(&said), "{}", ran.err);
        assert!(
            ran.out.contains("✓ the verdict is “unknown”"),
            "{}",
            ran.out
        );
        assert!(ran.out.contains("only a worse or mixed one"), "{}", ran.out);
        let comment = test.run(&format!("comment new --baseline {baseline}"));
        assert_eq!(comment.code, 3);
        assert!(!comment.out.contains("names one"), "{}", comment.out);
        assert!(comment.out.contains("held no results"), "{}", comment.out);
    }
    let none = test.run("comment new");
    assert!(none.out.contains("names one"), "{}", none.out);
    let full = test.run("check new --baseline old --no-worse");
    assert_eq!(full.code, 0, "{}", full.err);
}

#[test]
fn what_nothing_reads_is_told_by_file() {
    let report =
        "              precision    recall  f1-score   support\n\n  cat  1.0  1.0  1.0  2\n";
    let test = SiteTest::new()
        .file("metrics.json", r#"{"acc": 0.5}"#)
        .file("notes.txt", "hello")
        .file("classification_report.txt", report)
        .file(
            "exp-show.csv",
            "Experiment,rev,typ,Created,parent\n,workspace,baseline,,\n",
        );
    let cases = [
        (
            "notes.txt",
            "notes.txt: not read: no reader knows this format (`careo formats`",
        ),
        ("classification_report.txt", "`output_dict=True`, as JSON"),
        (
            "exp-show.csv",
            "exp-show.csv: This form of `dvc exp show` loses",
        ),
    ];
    for (input, said) in cases {
        let alone = test.run(&format!("build {input}"));
        assert_eq!(alone.code, 4, "{}", alone.err);
        assert!(alone.err.starts_with(input), "{}", alone.err);
        assert!(alone.err.contains(said), "{}", alone.err);
        assert!(alone.err.contains("no results found"), "{}", alone.err);
        let beside = test.run(&format!("build metrics.json {input}"));
        assert_eq!(beside.code, 0, "{}", beside.err);
        assert!(beside.err.contains(said), "{}", beside.err);
    }
    let cut = test.run_with("build -", r#"{"a": "#);
    assert_eq!(cut.code, 3, "{}", cut.err);
    assert!(
        cut.err
            .starts_with("stdin:1:7: the document ends before it is complete"),
        "{}",
        cut.err
    );
}

#[test]
fn a_missing_file_is_helped_where_it_is_missing() {
    let test = two_runs();
    for missing in ["build nosuch.json", "build new --baseline nosuch"] {
        let ran = test.run(missing);
        assert_eq!(ran.code, 3, "{}", ran.err);
        assert!(ran.err.starts_with("nosuch"), "{}", ran.err);
        assert!(ran.err.contains("there is no such file"), "{}", ran.err);
        assert!(ran.err.contains("current folder"), "{}", ran.err);
        assert!(!ran.err.contains("publish again"), "{}", ran.err);
    }
    let ran = test.run("build before=old new=new --baseline before");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(
        ran.err
            .contains("help: “before” is what `before=old` calls a revision: give the path, old"),
        "{}",
        ran.err
    );
}

#[test]
fn a_gate_on_a_name_that_several_metrics_have_lists_them() {
    let test = SiteTest::new()
        .file("amb/a/metrics.json", r#"{"acc": 0.5, "f1_macro": 0.4}"#)
        .file("amb/b/scores.json", r#"{"acc": 0.6}"#);
    let ran = test.run("check amb --max acc=1 --min macro=0 --min speed=1");
    assert_eq!(ran.code, 5, "{}", ran.err);
    assert!(
        ran.err.contains(
            "--max: several metrics are called “acc”\n  help: give the whole name: \
             a/metrics.json:acc or b/scores.json:acc (the gate is `--max acc=1`)\n"
        ),
        "{}",
        ran.err
    );
    assert!(
        ran.err
            .contains("help: did you mean f1_macro? (the gate is `--min macro=0`)"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("help: the report has "), "{}", ran.err);
    let ran = test.run("check amb --max a/metrics.json:acc=1");
    assert_eq!(ran.code, 0, "{}", ran.err);
    // So does a setting.
    fs::write(test.path("careo.toml"), "primary_metric = 'acc'\n").unwrap();
    let ran = test.run("check amb --lang es");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(
        ran.err.starts_with(
            "careo.toml:1:1: varias métricas se llaman «acc» en `primary_metric`: el ajuste no se \
             aplica\n  ayuda: da el nombre completo: a/metrics.json:acc o b/scores.json:acc\n"
        ),
        "{}",
        ran.err
    );
}

#[test]
fn a_wrong_reader_is_wrong_usage() {
    let test = SiteTest::new().file("p.csv", "actual,predicted\na,a\nb,a\n");
    for (rule, said) in [
        (
            "predictions-csv",
            "the path is missing, as in predictions-csv:PATH",
        ),
        ("predictions-csv:", "the path is missing"),
        ("prediction-csv:p.csv", "did you mean predictions-csv?"),
        (
            "predictions-csv(colour=red):p.csv",
            "there is no option “colour”",
        ),
        (
            "predictions-csv(header=maybe):p.csv",
            "“maybe”, which is no choice: yes or no",
        ),
        (
            "confusion-csv(rows=red):p.csv",
            "“red”, which is no choice: actual or predicted",
        ),
    ] {
        let ran = test.run(&format!("build p.csv --as {rule}"));
        assert_eq!(ran.code, 2, "{rule}: {}", ran.err);
        assert!(ran.err.contains(said), "{rule}: {}", ran.err);
        assert!(!test.path("report.json").exists());
    }
    let ran = test.run("build --as predictions-csv(header=yes):p.csv");
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn a_packed_report_is_served_and_no_page_of_others_is_overwritten() {
    let test = SiteTest::new()
        .file("metrics.json", r#"{"acc": 0.5}"#)
        .file("other/index.html", "<!doctype html><title>My blog</title>");
    viewer::write(&test.path("viewer"));
    let viewer = test.path("viewer").to_string_lossy().into_owned();
    let test = test.env("CAREO_VIEWER", &viewer);
    let ran = test.run("site metrics.json -o other");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.starts_with("other/index.html: "), "{}", ran.err);
    assert!(ran.err.contains("help: name another folder"), "{}", ran.err);
    assert!(test.read("other/index.html").contains("My blog"));
    assert!(!test.path("other/report.json").exists());
    for _ in 0..2 {
        let ran = test.run("site metrics.json -o ours");
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    assert_eq!(test.run("pack metrics.json -o p.html").code, 0);
    let page = |arguments: &[&str]| {
        let mut server = Command::new(env!("CARGO_BIN_EXE_careo"))
            .arg("serve")
            .args(arguments)
            .env("CAREO_VIEWER", &viewer)
            .current_dir(test.folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        std::io::BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.split("http://").nth(1).unwrap();
        let address = address.split('/').next().unwrap();
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        server.kill().unwrap();
        server.wait().unwrap();
        answer
    };
    assert!(page(&["p.html"]).ends_with(&test.read("p.html")));
    assert!(
        page(&[]).ends_with(&test.read("viewer/index.html")),
        "the viewer alone"
    );
    let site = page(&["ours"]);
    assert!(site.ends_with(&test.read("ours/index.html")));
    // With something to compare with, it is another report.
    assert!(
        !page(&["ours", "--baseline", "metrics.json"]).ends_with(&test.read("ours/index.html"))
    );
    let stranger = test.run("serve other/index.html");
    assert_eq!(stranger.code, 4, "{}", stranger.err);
    assert!(stranger.err.contains("not read"), "{}", stranger.err);
}

#[test]
fn every_name_in_the_settings_that_is_nowhere_is_told() {
    let test = two_runs().file("new/params.yaml", "train:\n  C: 3\n").file(
        "careo.toml",
        "release = 'v9.9'\npositive_class = 'cat'\n[directions]\ntest_recal = 'lower'\n\
             loss = 'lower'\n[names.en]\ntest_recal = 'Recall'\nloss = 'Loss'\n\
             [explanations.es]\nlos = 'x'\n[classes.QQ]\nen = 'quail'\n\
             [groups]\npets = ['cat', 'dogs']\nall = ['pets', 'dog']\n\
             [value]\nunknown = ['ZZ', 'cat']\nfalse_negative = -1\n[value.cells.YY]\ndog = 1\n",
    );
    let ran = test.run("build new --baseline old");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told = [
        "careo.toml:1:1: no revision is called “v9.9” at `release`",
        "careo.toml:4:1: no metric is called “test_recal” at `directions`: the setting is left \
         out\n  help: did you mean test_recall?\n",
        "careo.toml:7:1: no metric or parameter is called “test_recal” at `names.en`: the setting \
         is left out\n  help: did you mean test_recall?\n",
        "careo.toml:10:1: no metric or parameter is called “los” at `explanations.es`: the \
         setting is left out\n  help: did you mean loss?\n",
        "careo.toml:11:10: no class is called “QQ” at `classes`",
        "careo.toml:14:1: no class is called “dogs” at `groups.pets`: the setting is left out\n  \
         help: did you mean dog?\n",
        "careo.toml:17:1: no class is called “ZZ” at `value.unknown`",
        "careo.toml:19:14: no class is called “YY” at `value.cells`",
    ];
    for line in told {
        assert!(ran.err.contains(line), "{line}\n{}", ran.err);
    }
    let n_told = ran.err.matches("the setting is left out").count();
    assert_eq!(n_told, told.len(), "{}", ran.err);
    assert!(
        test.read("report.json")
            .contains(r#""text":"directions = test_recal","nearest":"test_recall""#)
    );
}

#[test]
fn a_gate_on_a_number_that_counting_belies_says_so() {
    let rows = |n_right: usize| {
        let row = |at: usize| match at < n_right {
            true => "cat,cat\n",
            false => "dog,cat\n",
        };
        let rows: String = (0..100).map(row).collect();
        format!("actual,predicted\n{rows}")
    };
    let test = SiteTest::new()
        .file(
            "new/metrics.json",
            r#"{"accuracy": 0.81, "val_accuracy": 0.7}"#,
        )
        .file("new/predictions.csv", &rows(79))
        .file(
            "old/metrics.json",
            r#"{"accuracy": 0.78, "val_accuracy": 0.7}"#,
        )
        .file("old/predictions.csv", &rows(78));
    let check = |more: &str| test.run(&format!("check new --baseline old {more}"));
    let ran = check("--min accuracy=0.8 --max accuracy=0.9 --min val_accuracy=0.5");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let doubt = "⚠ accuracy is 0.81 as stated, but 0.79 as counted from this change’s predictions \
                 or matrix; the gate goes by what is stated\n";
    assert!(ran.out.contains(doubt), "{}", ran.out);
    assert_eq!(ran.out.matches('⚠').count(), 1, "{}", ran.out);
    let spanish = check("--min accuracy=0.8 --lang es");
    assert!(
        spanish
            .out
            .contains("⚠ accuracy vale 0,81 según el archivo, pero 0,79 según el recuento"),
        "{}",
        spanish.out
    );
    let honest = test.file("new/metrics.json", r#"{"accuracy": 0.79}"#);
    let ran = honest.run("check new --baseline old --min accuracy=0.7");
    assert!(!ran.out.contains('⚠'), "{}", ran.out);
}

#[test]
fn the_summary_of_a_check_has_the_gates_of_its_flags() {
    let test = two_runs().file("summary.md", "");
    let path = test.path("summary.md");
    let test = test.env("GITHUB_STEP_SUMMARY", &path.to_string_lossy());
    let ran = test.run("check new --baseline old --min test_recall=0.9 --summary");
    assert_eq!(ran.code, 5, "{}", ran.err);
    let summary = test.read("summary.md");
    assert!(summary.contains("- ✗ "), "{summary}");
    assert!(summary.contains("0.6; required: ≥ 0.9"), "{summary}");
}

#[test]
fn a_baseline_that_is_a_name_is_pointed_to_the_settings() {
    let test = two_runs();
    let ran = test.run("build new --baseline master");
    assert_eq!(ran.code, 3, "{}", ran.err);
    let said = "master: there is no such file at `--baseline`\n  help: check the path; one that isn’t \
                absolute starts in the current folder. A revision of the report is named in \
                careo.toml: baseline = \"master\"\n";
    assert!(ran.err.contains(said), "{}", ran.err);
    // What the comment says is no code in a comment's text: its signs are not escaped there.
    let comment = test.run("comment new");
    assert!(
        comment.out.contains("careo.toml names one"),
        "{}",
        comment.out
    );
    assert!(!comment.out.contains("\\`"), "{}", comment.out);
}

#[test]
fn the_comments_matrix_is_in_the_teams_order() {
    let test = SiteTest::from("nba").file("own.toml", "class_order = ['PG', 'SG', 'SF']\n");
    let ran = test.run(&format!("comment {NBA} --config own.toml"));
    let (_, text) = ran.out.split_once("```text\n").unwrap();
    let table: Vec<Vec<&str>> = text
        .lines()
        .take(6)
        .map(|it| it.split_whitespace().collect())
        .collect();
    let order = ["PG", "SG", "SF", "C", "PF"];
    assert_eq!(table[0], order, "{}", ran.out);
    let rows: Vec<&str> = table[1..].iter().map(|it| it[0]).collect();
    assert_eq!(rows, order);
    let plain = test.run(&format!("comment {NBA}"));
    let (_, before) = plain.out.split_once("```text\n").unwrap();
    let row = |text: &str| -> Vec<String> {
        let line = text.lines().find(|it| it.trim().starts_with("SG "));
        line.unwrap()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    // The cells go with their classes: the artifact's order is C, PF, PG, SF, SG.
    let (file, at) = (row(before), [0, 3, 5, 4, 1, 2]);
    assert_eq!(row(text), at.map(|it| file[it].clone()));
}

#[test]
fn the_files_of_notes_are_what_they_are() {
    let toml = "[[tried]]\nwhat = 'class weights'\n";
    let test = SiteTest::new()
        .file("metrics.json", r#"{"acc": 0.5}"#)
        .file("experiments.md", "- more data\n")
        .file("experiments.toml", toml);
    let ran = test.run("build metrics.json experiments.md experiments.toml");
    assert_eq!(
        (ran.code, ran.err.contains("not read")),
        (0, false),
        "{}",
        ran.err
    );
    let report: serde_json::Value = serde_json::from_str(&test.read("report.json")).unwrap();
    let files = report["artifacts"].as_array().unwrap();
    let file = files
        .iter()
        .find(|it| it["path"] == "experiments.toml")
        .unwrap();
    let sha = "4dc89a6c0688d9cd4432fec8080bf2853ad78499a738aa09023241b6d6c2b077";
    assert_eq!(file["sha256"], sha);
    assert_eq!(file["reader"], "experiments-toml");
    assert_eq!(file["bytes"], toml.len());
    assert_eq!(files.len(), 3);
    let notes = report["prose"].to_string();
    assert!(
        notes.contains("**class weights**") && notes.contains("more data"),
        "{notes}"
    );
    // What is wrong with one is said once.
    let test = test.file("experiments.toml", "[[tired]]\n");
    let ran = test.run("build metrics.json experiments.toml");
    assert_eq!(ran.code, 3);
    assert!(ran.err.starts_with("experiments.toml:1:3: "), "{}", ran.err);
    assert!(!ran.err.contains("not read"), "{}", ran.err);
}

#[test]
fn two_folders_with_the_same_files_are_compared() {
    let test = SiteTest::new()
        .file("both/new/metrics.json", r#"{"acc": 0.5}"#)
        .file("both/old/metrics.json", r#"{"acc": 0.6}"#);
    for inputs in ["both", "both/new both/old", "both/old both/new"] {
        let ran = test.run(&format!("comment {inputs}"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(
            ran.err.contains("“new” is compared with “old”"),
            "{}",
            ran.err
        );
        assert!(ran.out.contains("went from 0.6 down to 0.5"), "{}", ran.out);
    }
    // What is said wins over what folders are called.
    let ran = test.run("comment both/old --baseline both/new");
    assert!(ran.out.contains("went from 0.5 up to 0.6"), "{}", ran.out);
    assert!(!ran.err.contains("is compared"), "{}", ran.err);
}

#[test]
fn what_careo_wrote_itself_is_no_input_of_the_next_run() {
    let test = SiteTest::new().file("metrics.json", r#"{"acc": 0.5}"#);
    for made in [
        "build .",
        "pack . -o page.html",
        "site . -o public",
        "check . -o verdict.json",
    ] {
        let ran = test.run(made);
        assert_eq!(ran.code, 0, "{made}: {}", ran.err);
    }
    let test = test.file("metrics.json", r#"{"acc": 0.75}"#);
    let ran = test.run("comment .");
    assert!(ran.out.contains("accuracy is 0.75"), "{}", ran.out);
    assert!(
        ran.err.starts_with("report.json: passed over:"),
        "{}",
        ran.err
    );
    assert!(
        !ran.err.contains("html") && !ran.err.contains("raw"),
        "{}",
        ran.err
    );
    let ran = test.run("build . --dry-run");
    let listed: Vec<&str> = ran.out.lines().map(str::trim).collect();
    assert_eq!(listed[1..], ["report.json", "metrics.json"], "{}", ran.out);
    // Alone, or named, it is one.
    for input in ["public", "report.json", "public/report.json"] {
        let ran = test.run(&format!("comment {input}"));
        assert!(ran.out.contains("accuracy is 0.5"), "{input}: {}", ran.out);
    }
}

#[test]
fn files_that_nothing_reads_are_told_by_reason() {
    let test = SiteTest::new()
        .file("metrics.json", r#"{"acc": 0.5}"#)
        .file("sub/careo.toml", "title = \"x\"\n")
        .file("careo.toml", "title = \"y\"\n");
    let test = (0..8).fold(test, |test, n| test.file(&format!("notes{n}.txt"), "hello"));
    let ran = test.run("build . --dry-run");
    assert_eq!(
        ran.err,
        "notes0.txt and 7 more files: not read: no reader knows this format (`careo formats` lists \
         those that are read)\n\
         sub/careo.toml: not read as settings: name it with --config, or run careo in its folder \
         or one below\n"
    );
    assert!(!ran.out.contains("\n  careo.toml"), "{}", ran.out);
}

#[test]
fn files_are_compared_with_files_of_other_folders() {
    let test = SiteTest::new()
        .file("new/metrics.json", r#"{"acc": 0.5}"#)
        .file("old/metrics.json", r#"{"acc": 0.6}"#)
        .file("lab/out/metrics.json", r#"{"acc": 0.5}"#);
    for inputs in [
        "new/metrics.json --baseline old/metrics.json",
        "lab --baseline old",
        "now=new/metrics.json before=old/metrics.json",
        "v10=new/metrics.json v9=old/metrics.json",
        "x=new/metrics.json --baseline old/metrics.json",
    ] {
        let ran = test.run(&format!("comment {inputs}"));
        assert!(
            ran.out.contains("went from 0.6 down to 0.5"),
            "{inputs}: {}",
            ran.out
        );
    }
}

#[test]
fn files_of_the_baseline_are_told_from_those_of_the_report() {
    let test = SiteTest::new()
        .file("new/metrics.json", r#"{"acc": 0.5}"#)
        .file("old/metrics.json", r#"{"acc": }"#)
        .file("old/sub/metrics.json", r#"{"acc": 0.6}"#)
        .file("older/metrics.json", "{\"acc\": 0.6, \"acc\": 0.6}");
    let ran = test.run("build new --baseline old --json");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.starts_with("old/metrics.json:1:9: "), "{}", ran.err);
    for path in ["metrics.json", "old/metrics.json", "old/sub/metrics.json"] {
        let told = format!("\"path\": \"{path}\"");
        assert_eq!(ran.out.matches(&told).count(), 1, "{}", ran.out);
    }
    // It is one metric all the same, with the name that it has without a baseline.
    test.run("build new --baseline older -o both.json");
    let both = test.read("both.json");
    assert!(
        both.contains(r#""file":"metrics.json","path":["acc"]"#),
        "{both}"
    );
    assert!(!both.contains(r#""file":"older/metrics.json""#), "{both}");
    let folder = test.path("older");
    let ran = test.run(&format!("build new --baseline {} --json", folder.display()));
    assert!(
        ran.out.contains(r#""path": "older/metrics.json""#),
        "{}",
        ran.out
    );
}

#[test]
fn outputs_neither_replace_inputs_nor_lie_among_them() {
    let test = SiteTest::new()
        .file("io/metrics.json", r#"{"acc": 0.5}"#)
        .file("old/metrics.json", r#"{"acc": 0.25}"#);
    for command in [
        "site io -o io",
        "site io/metrics.json -o io",
        "site old --baseline ./io -o io/",
        "publish io --for pr/1 --dir io",
    ] {
        let ran = test.run(command);
        assert_eq!(ran.code, 2, "{command}: {}", ran.err);
        assert!(
            ran.err.contains("the site would lie among them")
                && ran.err.contains("\n  help: ")
                && ran.err.contains("io/site"),
            "{command}: {}",
            ran.err
        );
    }
    for command in [
        "build io -o io/metrics.json",
        "pack io/metrics.json -o io/metrics.json",
        "check old --baseline now=io -o io/metrics.json",
    ] {
        let ran = test.run(command);
        assert_eq!(ran.code, 2, "{command}: {}", ran.err);
        assert_eq!(
            ran.err,
            "io/metrics.json: this is one of the inputs and would be replaced; nothing was \
             written\n  help: name another file with -o\n"
        );
    }
    assert_eq!(test.read("io/metrics.json"), r#"{"acc": 0.5}"#);
    assert_eq!(fs::read_dir(test.path("io")).unwrap().count(), 1);
    // What careo wrote there earlier is its own.
    for command in [
        "build io -o io/report.json",
        "pack io -o io/page.html",
        "check io -o io/verdict.json",
        "site io -o io/site",
        "site io/site -o io/site",
    ] {
        for time in ["first", "second"] {
            let ran = test.run(command);
            assert_eq!(ran.code, 0, "{time} {command}: {}", ran.err);
        }
    }
    let ran = test.run("site old -o old --lang es");
    assert!(
        ran.err.starts_with("old: en esta carpeta están"),
        "{}",
        ran.err
    );
}

#[test]
fn what_tables_leave_out_is_judged_all_the_same() {
    let test = SiteTest::from("nba");
    let all = test.run("comment exp-show.json --lang en");
    let rest = |ran: &Ran| {
        let told = ran.out.lines().filter(|it| !it.starts_with('|'));
        let told = told.filter(|it| !it.contains("left out"));
        told.collect::<Vec<_>>().join("\n")
    };
    assert!(all.out.contains("Same data"), "{}", all.out);
    // The data that both have, what was tried, and all of it.
    for drop in ["assets|src", "train", ".*"] {
        let less = test.run(&format!("comment exp-show.json --lang en --drop {drop}"));
        assert_eq!(rest(&less), rest(&all), "{drop}");
        assert_ne!(less.out, all.out, "{drop}");
    }
    // A bundle hands on what its tables leave out.
    assert_eq!(
        test.run("build exp-show.json --drop train -o b.json").code,
        0
    );
    let less = test.run("comment b.json --lang en").out;
    assert!(!less.contains("| train.C"), "{less}");
    let ran = test.run("comment exp-show.json --drop (?=a)");
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err, "--drop: can't be parsed: `(?=a)`, from `=a)` on\n");
}
