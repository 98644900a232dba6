//! What the command line tells of cases that newcomers met, and its exit codes.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path, process::Command};

/// What a run left: exit code, standard output, standard error.
struct Ran(i32, String, String);

/// Runs careo in a folder, outside of any CI.
fn careo(folder: &Path, arguments: &[&str], env: &[(&str, &str)]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_careo"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(env.iter().copied())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    Ran(code, text(output.stdout), text(output.stderr))
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Predictions of two classes, so many right and so many wrong.
fn classes(right: usize, wrong: usize) -> Vec<u8> {
    let rows = "gato,gato\nperro,perro\n".repeat(right) + &"gato,perro\n".repeat(wrong);
    format!("label,pred\n{rows}").into_bytes()
}

/// Predictions of measured values.
fn measured(error: f64) -> Vec<u8> {
    let row = |it: u32| {
        let value = f64::from(it) * 1.37 + 0.11;
        format!("{value},{}\n", value + error)
    };
    let rows: String = (0..100).map(row).collect();
    format!("actual,predicted\n{rows}").into_bytes()
}

fn lab() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dvc/lab-3.67.1")
}

/// What a reader sees last.
fn last_line(text: &str) -> &str {
    text.trim_end().lines().last().unwrap_or_default()
}

#[test]
fn runs_without_results_tried_nothing() {
    let Ran(code, comment, _) = careo(&lab(), &["comment", "exp-show.json"], &[]);
    assert_eq!(code, 0);
    let told = comment.split("#### What was tried").nth(1).unwrap();
    assert!(
        told.contains("- **lr**: 0.002; no result yet: 0.004; failed: −1."),
        "{told}"
    );
    let Ran(_, comment, _) = careo(&lab(), &["comment", "exp-show.json", "--lang", "es"], &[]);
    let told = comment.split("#### Qué se ha probado").nth(1).unwrap();
    assert!(
        told.contains("- **lr**: 0,002; todavía sin resultado: 0,004; con fallo: −1."),
        "{told}"
    );
}

#[test]
fn a_table_in_which_nothing_moved_says_so_and_what_differs() {
    let Ran(_, comment, _) = careo(&lab(), &["comment", "exp-show.json"], &[]);
    for part in [
        "**No change: metrics/eval.yaml:acc is 0.8578, as on main.**",
        "Parameters that differ from main: dropout = 0.25 (before: not set).",
    ] {
        assert!(comment.contains(part), "{part}\n{comment}");
    }
    assert!(!comment.contains("as it was on main"), "{comment}");
    // What a short key is of.
    assert!(comment.contains("| cat (per_class) |"), "{comment}");
}

#[test]
fn metrics_that_got_worse_and_do_not_decide_are_explained() {
    let nba = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/nba");
    let comment = |lang: &str| {
        let inputs = "metrics.json predictions.csv classification_report.json";
        let arguments = format!("comment {inputs} --baseline master=baselines/C10 --lang {lang}");
        let arguments: Vec<&str> = arguments.split(' ').collect();
        careo(&nba, &arguments, &[]).1
    };
    for (lang, parts) in [
        (
            "en",
            [
                "Recall: the interval leaves out zero, yet the test doesn’t call it a change",
                "The verdict goes by Accuracy alone:",
            ],
        ),
        (
            "es",
            [
                "Exhaustividad: el intervalo deja fuera el cero, pero la prueba no lo llama cambio",
                "El veredicto se basa solo en Exactitud:",
            ],
        ),
    ] {
        let told = comment(lang);
        for part in parts {
            assert!(told.contains(part), "{part}\n{told}");
        }
    }
}

#[test]
fn what_the_check_fails_by_is_told_quietly_too_and_last() {
    let folder = folder(&[
        ("careo.toml", b"primary_metric = 'recal'\n"),
        ("new/metrics.json", br#"{"recall": 0.6}"#),
        ("old/metrics.json", br#"{"recall": 0.5}"#),
    ]);
    let by_another = "The check fails: `primary_metric` names no metric of this report";
    let check = |more: &[&str]| {
        let arguments = [&["check", "new", "--baseline", "old"], more].concat();
        careo(folder.path(), &arguments, &[])
    };
    let Ran(code, out, err) = check(&["-q"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("no metric is called “recal”"), "{err}");
    assert!(
        err.trim_end()
            .lines()
            .last()
            .unwrap()
            .starts_with(by_another),
        "{err}"
    );
    let Ran(code, out, _) = check(&["--no-worse"]);
    assert_eq!(code, 2);
    assert!(last_line(&out).starts_with(by_another), "{out}");
    let Ran(code, out, _) = check(&[]);
    assert_eq!(code, 2);
    assert!(!out.contains("nothing can fail"), "{out}");
    assert!(last_line(&out).starts_with(by_another), "{out}");
}

#[test]
fn predictions_of_measured_values_are_no_help_that_is_missing() {
    let folder = folder(&[
        ("new/metrics.json", br#"{"rmse": 1.1}"#),
        ("new/predictions.csv", &measured(0.1)),
        ("old/metrics.json", br#"{"rmse": 1.2}"#),
        ("old/predictions.csv", &measured(0.2)),
    ]);
    let comment = |lang: &str| {
        let arguments = ["comment", "new", "--baseline", "old", "--lang", lang];
        careo(folder.path(), &arguments, &[]).1
    };
    assert!(comment("en").contains("Three runs and more on each side"));
    assert!(!comment("en").contains("With the predictions of both"));
    assert!(comment("es").contains("Tres o más ejecuciones de cada lado"));
}

#[test]
fn labels_and_keys_keep_their_letters() {
    let folder = folder(&[
        ("new/predictions.csv", &classes(10, 9)),
        ("old/predictions.csv", &classes(12, 5)),
        ("kpi/metrics.json", br#"{"kpi": 1}"#),
        ("was/metrics.json", br#"{"kpi": 2}"#),
    ]);
    let comment = |new: &str, old: &str, lang: &str| {
        let arguments = ["comment", new, "--baseline", old, "--lang", lang];
        careo(folder.path(), &arguments, &[]).1
    };
    let told = comment("new", "old", "en");
    assert!(told.contains("gato and perro"), "{told}");
    assert!(!told.contains("Gato"), "{told}");
    let told = comment("new", "old", "es");
    assert!(
        told.contains("gato y perro") && !told.contains("Gato"),
        "{told}"
    );
    for lang in ["en", "es"] {
        let told = comment("kpi", "was", lang);
        assert!(told.contains("**kpi ") && !told.contains("Kpi"), "{told}");
    }
}

#[test]
fn the_accuracy_that_is_counted_has_a_name() {
    let folder = folder(&[
        ("careo.toml", b"[names.en]\naccuracy = 'Hit rate'\n"),
        ("new/predictions.csv", &classes(12, 5)),
        ("old/predictions.csv", &classes(10, 9)),
    ]);
    let run = |arguments: &[&str]| {
        let arguments = [arguments, &["new", "--baseline", "old"]].concat();
        careo(folder.path(), &arguments, &[])
    };
    for name in ["Accuracy=0.9", "acuracy=0.5"] {
        let Ran(code, _, err) = run(&["check", "--min", name]);
        assert_eq!(code, 5);
        assert!(err.contains("did you mean accuracy?"), "{err}");
    }
    assert_eq!(run(&["check", "--min", "accuracy=0.5"]).0, 0);
    let Ran(_, comment, err) = run(&["comment"]);
    assert!(comment.contains("| Hit rate |"), "{comment}");
    assert_eq!(err, "");
}

#[test]
fn an_annotation_says_what_helps_where_the_command_was_called() {
    let folder = folder(&[("new/metrics.json", br#"{"recall": 0.6}"#)]);
    let env = [("GITHUB_ACTIONS", "true")];
    let Ran(code, _, err) = careo(folder.path(), &["check", "new", "gone.json"], &env);
    assert_eq!(code, 3);
    let annotation = err.lines().find(|it| it.starts_with("::error")).unwrap();
    assert!(annotation.contains("check the path"), "{annotation}");
    assert!(!annotation.contains("publish"), "{annotation}");
}

#[test]
fn the_job_summary_says_what_is_required_and_what_is() {
    let folder = folder(&[
        ("careo.toml", b"[gates]\nrequire = 'improved'\n"),
        ("new/predictions.csv", &classes(10, 1)),
        ("old/predictions.csv", &classes(10, 1)),
    ]);
    let arguments = ["comment", "new", "--baseline", "old"];
    let Ran(_, comment, _) = careo(folder.path(), &arguments, &[]);
    let line = "- ✗ **Verdict**: No clear change; required: Improved (not met)";
    assert!(comment.contains(line), "{comment}");
}

#[test]
fn a_column_that_is_not_there_is_a_fault_of_the_file() {
    let folder = folder(&[("salida.csv", b"Real;Modelo\na;a\nb;a\n")]);
    let named = |of: &str| {
        let named = format!("{of}:salida.csv");
        careo(folder.path(), &["build", "--as", &named, "salida.csv"], &[]).0
    };
    assert_eq!(named("predictions-csv(actual=Real,predicted=Modelo)"), 0);
    assert_eq!(named("predictions-csv(actual=Rael,predicted=Modelo)"), 3);
    assert_eq!(named("predictions-csv(actuall=Real)"), 2);
    assert_eq!(named("prediction-csv"), 2);
}

#[test]
fn columns_of_other_names_are_told_with_what_to_do() {
    let folder = folder(&[
        ("predictions.csv", b"Experto;Modelo\na;a\nb;a\n"),
        ("twice/predictions.csv", b"real;predicho;real\na;a;a\n"),
        ("real.csv", b"Clase real;Predicci\xC3\xB3n\na;a\nb;a\n"),
    ]);
    let told = |file: &str, lang: &str| {
        let Ran(_, _, err) = careo(folder.path(), &["build", file, "--lang", lang], &[]);
        err
    };
    // On the page nobody can give an option: a file that was dropped has to be changed.
    let en = told("predictions.csv", "en");
    assert!(
        en.contains("Rename its two columns to `actual` and `predicted`, or name them where careo")
            && en.contains("`--as 'predictions-csv(actual=NAME,predicted=NAME):PATH'`"),
        "{en}"
    );
    let es = told("predictions.csv", "es");
    assert!(
        es.contains("a `actual` y `predicted`, o indícalas al llamar a careo"),
        "{es}"
    );
    let twice = told("twice/predictions.csv", "en");
    assert!(
        twice.contains("help: give each a name of its own"),
        "{twice}"
    );
    // Its own options, then, hold.
    for (named, file) in [
        (
            "predictions-csv(actual=#1,predicted=#2)",
            "twice/predictions.csv",
        ),
        (
            "predictions-csv(actual=Experto,predicted=Modelo)",
            "predictions.csv",
        ),
    ] {
        let named = format!("{named}:{file}");
        assert_eq!(careo(folder.path(), &["build", "--as", &named], &[]).0, 0);
    }
    let spanish = told("real.csv", "en");
    assert!(spanish.starts_with("wrote "), "{spanish}");
}

#[test]
fn a_table_from_a_spanish_spreadsheet_is_read() {
    let rows = b"label;prediction\r\np\xE1jaro;p\xE1jaro\r\ngato;p\xE1jaro\r\ngato;gato\r\n";
    let folder = folder(&[("new/predictions.csv", rows)]);
    let Ran(code, comment, err) = careo(folder.path(), &["comment", "new"], &[]);
    assert_eq!(code, 0);
    assert!(
        comment.contains("pájaro") && !comment.contains('\u{FFFD}'),
        "{comment}"
    );
    assert_eq!(err, "predictions.csv: Converted from Windows-1252.\n");
}
