//! The workflows in `examples/` are YAML, and call careo with arguments that it has.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::PathBuf, process::Command};

use saphyr_parser::Parser;

fn workflows() -> Vec<(PathBuf, String)> {
    let folder = fs::read_dir("examples/workflows").unwrap();
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 2);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path, text)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn workflows_are_yaml() {
    for (path, text) in workflows() {
        for event in Parser::new_from_str(&text) {
            assert!(event.is_ok(), "{}: {event:?}", path.display());
        }
    }
}

/// Every option that a workflow gives to careo is in the help of that command.
#[test]
fn workflows_call_careo_as_it_is() {
    let mut n_options = 0;
    for (path, text) in workflows() {
        let text = text.replace("\\\n", " ");
        for line in text.lines().filter(|line| line.contains("careo ")) {
            let call = line.rsplit("careo ").next().unwrap();
            let command = call.split_whitespace().next().unwrap();
            let help = Command::new(env!("CARGO_BIN_EXE_careo"))
                .args([command, "--help"])
                .output()
                .unwrap();
            assert!(help.status.success(), "{}: careo {command}", path.display());
            let help = String::from_utf8(help.stdout).unwrap();
            for option in call
                .split_whitespace()
                .filter(|word| word.starts_with("--"))
            {
                assert!(help.contains(option), "{}: {option}", path.display());
                n_options += 1;
            }
        }
    }
    assert!(n_options >= 6, "{n_options} options were looked at");
}
