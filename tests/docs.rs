//! What the documents tell to type and to open is there.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(feature = "cli")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use careo::route::{Address, View};

/// Every document of the project, with its text.
fn documents() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.to_path_buf(), root.join("docs"), root.join("examples")];
    let mut documents = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md") {
                documents.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    documents.sort();
    assert!(documents.len() >= 4, "README and its companions");
    documents
}

/// The commands of a document, from its code blocks and its code in running text.
fn commands(text: &str) -> impl Iterator<Item = &str> {
    let is_block = |idx: &usize| idx % 2 == 1;
    let blocks = text.split("```").enumerate();
    blocks.flat_map(move |(idx, part)| {
        let lines: Vec<&str> = match is_block(&idx) {
            true => part
                .lines()
                .skip(1)
                .flat_map(|line| line.split(" | "))
                .collect(),
            false => part.split('`').skip(1).step_by(2).collect(),
        };
        lines
            .into_iter()
            .map(|line| line.trim().trim_start_matches("$ "))
    })
}

/// What careo says about itself, or about one of its commands.
fn help(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_careo"))
        .args(arguments)
        .arg("--help")
        .output()
        .unwrap();
    assert!(output.status.success(), "careo {arguments:?} --help");
    String::from_utf8(output.stdout).unwrap()
}

/// The names in the list of commands of `careo --help`.
fn subcommands() -> BTreeSet<String> {
    let help = help(&[]);
    let list = help.split("Commands:\n").nth(1).unwrap();
    let names = list.lines().take_while(|line| !line.is_empty());
    names
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty() && *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn commands_in_the_documents_exist() {
    let known = subcommands();
    for (path, text) in documents() {
        for command in commands(&text).filter_map(|line| line.strip_prefix("careo ")) {
            let mut words = command.split_whitespace();
            let name = words.next().unwrap();
            if name.starts_with('-') || name.chars().any(char::is_uppercase) {
                continue;
            }
            assert!(known.contains(name), "{}: careo {command}", path.display());
            let help = help(&[name]);
            for option in words.filter(|word| word.starts_with("--") && word.len() > 2) {
                let option = option.split(['=', ']']).next().unwrap();
                let is_known = help.split([' ', ',', '=', '\n']).any(|word| word == option);
                assert!(is_known, "{}: careo {command}", path.display());
            }
        }
    }
}

#[test]
fn the_readme_names_every_command() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    for name in subcommands() {
        assert!(readme.contains(&format!("careo {name}")), "careo {name}");
    }
}

#[test]
fn targets_in_the_documents_exist() {
    let makefile = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Makefile")).unwrap();
    for (path, text) in documents() {
        for command in commands(&text) {
            // Settings may stand before: `PORT=9000 make demo`.
            let mut words = command
                .split_whitespace()
                .skip_while(|word| word.contains('='));
            if words.next() != Some("make") {
                continue;
            }
            let targets = words
                .take_while(|word| *word != "#")
                .filter(|word| !word.contains('='));
            for target in targets {
                let is_known = makefile.contains(&format!("\n{target}: "));
                assert!(is_known, "{}: make {target}", path.display());
            }
        }
    }
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    for (path, text) in documents() {
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap();
            let is_elsewhere = target.contains("://") || target.starts_with('#');
            let file = target.split('#').next().unwrap();
            let is_there = is_elsewhere || path.with_file_name(file).exists();
            assert!(is_there, "{}: {target}", path.display());
        }
    }
}

#[test]
fn every_key_of_an_address_is_documented_with_an_example() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/addresses.md");
    let text = fs::read_to_string(path).unwrap();
    let sections: Vec<&str> = text.split("\n## ").collect();
    for view in View::ALL.into_iter().chain([View::Site]) {
        let named = format!("`#/{}`", view.name());
        let mut of_view = sections
            .iter()
            .filter(|it| it.lines().next().unwrap().contains(&named));
        let section = of_view.next().unwrap_or_else(|| panic!("no {named}"));
        let rows = section.lines().filter(|it| it.starts_with("| `"));
        let rows: Vec<Vec<&str>> = rows.map(|it| it.split(" | ").collect()).collect();
        let keys: Vec<&str> = rows
            .iter()
            .map(|it| it[0].trim_matches(['|', ' ', '`']))
            .collect();
        assert_eq!(keys, view.keys(), "{named}");
        for (key, cells) in keys.iter().zip(&rows) {
            assert_eq!(cells.len(), 4, "{named} {key}");
            // As the page itself would write it, and with the key.
            let example = cells[3].trim_matches(['|', ' ', '`']);
            let address = Address::parse(example);
            assert_eq!(address.to_fragment(), example);
            assert_eq!(
                (address.view, address.unknown_keys()),
                (view, vec![]),
                "{example}"
            );
            assert!(address.get(key).is_some(), "{example} lacks {key}");
        }
    }
}
