//! Which layer may use which: the one place where the rule is written.
//!
//! A layer is a folder (or file) of `src`. It may name `crate::X` only for the layers listed to its
//! right; `lib.rs` and the two programs are free. I/O, the browser and the framework have their
//! own places.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each layer with the layers that it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("words", &["model"]),
    ("route", &["model"]),
    ("json", &["model"]),
    ("analysis", &["model"]),
    ("settings", &["model"]),
    ("bundle", &["json", "model"]),
    ("readers", &["bundle", "json", "model"]),
    ("summary", &["words", "analysis", "route", "model"]),
    (
        "browser",
        &["bundle", "readers", "analysis", "route", "model"],
    ),
    (
        "view",
        &["browser", "summary", "words", "analysis", "route", "model"],
    ),
    (
        "publish",
        &[
            "view", "summary", "words", "settings", "readers", "bundle", "analysis", "route",
            "model",
        ],
    ),
];

/// What touches the machine.
const IO: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "SystemTime",
    "Instant",
];
/// What touches the browser.
const WEB: &[&str] = &["web_sys", "js_sys", "gloo_", "wasm_bindgen"];
/// What draws.
const FRAMEWORK: &[&str] = &["leptos"];

/// Names that a file must not use, by its layer.
fn banned(layer: &str) -> Vec<&'static str> {
    let groups: &[&[&str]] = match layer {
        "publish" => &[WEB, FRAMEWORK],
        // Whichever twin is compiled, neither draws views nor touches the machine.
        "browser" => &[IO],
        "view" => &[IO, WEB],
        _ => &[IO, WEB, FRAMEWORK],
    };
    groups.concat()
}

/// Every Rust file of a layer with its text.
fn sources(layer: &str) -> Vec<(PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut waiting = vec![src.join(layer), src.join(format!("{layer}.rs"))];
    while let Some(path) = waiting.pop() {
        if let Ok(folder) = fs::read_dir(&path) {
            waiting.extend(folder.map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") && path.is_file() {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found.sort();
    found
}

/// Whether a character belongs to a name.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// How many modules deep a file is below the crate's root: `model/cells.rs` is 2, `model/mod.rs` 1.
fn depth_of(file: &Path) -> usize {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let n_parts = file.strip_prefix(src).unwrap().components().count();
    n_parts - usize::from(file.ends_with("mod.rs"))
}

/// How many modules are open within the file at each line, as rustfmt indents them.
fn inner_depths(text: &str) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    let depth = |line: &str| {
        let indent = line.len() - line.trim_start().len();
        let code = line.trim();
        if code == "}" && open.last() == Some(&indent) {
            open.pop();
        }
        let depth = open.len();
        let words = code.trim_end_matches('{').split_whitespace();
        let words: Vec<&str> = words.filter(|it| !it.starts_with("pub")).collect();
        if code.ends_with('{') && words.len() == 2 && words[0] == "mod" {
            open.push(indent);
        }
        depth
    };
    text.lines().map(depth).collect()
}

/// The names that follow a path, each with its offset: of `{model::X, words::{Y}, *}` it is `model`,
/// `words` and `*`.
fn first_names(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else {
        let name: String = rest.chars().take_while(|c| is_name(*c)).collect();
        // A glob, or a name in another form than is known here, must not pass as nothing.
        let other = rest.chars().take(1).collect();
        return vec![if name.is_empty() { other } else { name }];
    };
    let mut names = Vec::new();
    let (mut depth, mut part) = (1, String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            names.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
        if depth == 0 {
            break;
        }
    }
    let parts = names.iter().map(|it| it.trim());
    let parts = parts.filter(|it| !it.is_empty());
    parts.flat_map(first_names).collect()
}

/// The layers that a file of such a depth names, each with its line: by `crate::`, and by
/// `super::super::…` where that leads to the crate's root; groups and globs included.
fn used_layers(depth: usize, text: &str) -> Vec<(usize, String)> {
    let inner = inner_depths(text);
    let line_of = |at: usize| text[..at].matches('\n').count() + 1;
    let mut used = Vec::new();
    let mut add = |at: usize, rest: &str| {
        used.extend(first_names(rest).into_iter().map(|it| (line_of(at), it)));
    };
    for (at, root) in text.match_indices("crate") {
        let before = text[..at].chars().next_back();
        let rest = &text[at + root.len()..];
        let is_word = !before.is_some_and(is_name) && !rest.starts_with(is_name);
        if let (true, Some(rest)) = (is_word, rest.strip_prefix("::")) {
            add(at, rest);
        } else if is_word && rest.trim_start().starts_with("as ") {
            add(at, "crate");
        }
    }
    let mut seen = 0;
    for (at, _) in text.match_indices("super::") {
        let before = text[..at].chars().next_back();
        if at < seen || before.is_some_and(is_name) {
            continue;
        }
        let mut rest = &text[at..];
        let mut n_up = 0;
        while let Some(further) = rest.strip_prefix("super::") {
            (rest, n_up) = (further, n_up + 1);
        }
        seen = text.len() - rest.len();
        let here = depth + inner.get(line_of(at) - 1).copied().unwrap_or(0);
        if n_up >= here {
            add(at, rest);
        }
        // What is imported as a group may itself go up.
        if let Some(group) = rest.strip_prefix('{') {
            let end = group.find(';').unwrap_or(group.len());
            if group[..end].contains("super") && n_up + 1 >= here {
                add(at, "super");
            }
        }
    }
    used.sort();
    used
}

#[test]
fn a_layer_uses_only_the_layers_below_it() {
    let mut faults = Vec::new();
    for (layer, allowed) in LAYERS {
        let files = sources(layer);
        assert!(
            !files.is_empty(),
            "no files of the layer `{layer}`: was it renamed?"
        );
        for (file, text) in files {
            let code: Vec<&str> = text
                .lines()
                .map(|line| line.split("//").next().unwrap_or_default())
                .collect();
            let code = code.join("\n");
            for (line, used) in used_layers(depth_of(&file), &code) {
                if used != *layer && !allowed.contains(&used.as_str()) {
                    faults.push(format!(
                        "{}:{line}: `{layer}` must not use `{used}`",
                        file.display()
                    ));
                }
            }
            for (line_idx, line) in code.lines().enumerate() {
                for word in banned(layer).iter().filter(|word| line.contains(**word)) {
                    let line = line_idx + 1;
                    faults.push(format!(
                        "{}:{line}: `{layer}` must not name `{word}`",
                        file.display()
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The viewer is built without `Debug` (`use_small_library` in scripts/lib.sh): there `{:?}` writes
/// nothing, so what people or other programs read must not be written by it.
#[test]
fn nothing_that_the_viewer_writes_is_formatted_by_debug() {
    let mut faults = Vec::new();
    let layers = LAYERS.iter().map(|(layer, _)| *layer);
    for layer in layers.filter(|it| !matches!(*it, "publish" | "settings")) {
        for (file, text) in sources(layer) {
            if file.to_string_lossy().ends_with("tests.rs") {
                continue;
            }
            let code = text.split("#[cfg(test)]").next().unwrap();
            let found = code.lines().enumerate().filter(|(_, line)| {
                let line = line.split("//").next().unwrap_or_default();
                line.contains(":?}")
            });
            let found = found.map(|(idx, _)| format!("{}:{}", file.display(), idx + 1));
            faults.extend(found);
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_folder_of_src_is_a_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(src).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_free = matches!(name.as_str(), "lib" | "main" | "bin");
        let is_layer = LAYERS.iter().any(|(layer, _)| *layer == name);
        assert!(
            is_free || is_layer,
            "`{name}` is in no layer of tests/architecture.rs"
        );
    }
}

#[test]
fn every_way_to_name_a_layer_is_seen() {
    let names = |depth: usize, text: &str| -> Vec<String> {
        let used = used_layers(depth, text).into_iter();
        used.map(|(_, name)| name).collect()
    };
    let text = "use crate::{\n    model::{Cell, Report},\n    words,\n};\nuse crate::json::Value;";
    assert_eq!(names(2, text), ["model", "words", "json"]);
    assert_eq!(used_layers(2, text).last().unwrap().0, 5);
    // All of them at once, by any name.
    assert_eq!(names(2, "use crate::*;"), ["*"]);
    assert_eq!(names(2, "use crate::{model::*, *};"), ["*", "model"]);
    assert_eq!(names(2, "use crate as all;"), ["crate"]);
    assert_eq!(names(2, "use crate::{self as all};"), ["self"]);
    assert_eq!(
        names(2, "pub(crate) fn f(a: &crate::view::Page) {}"),
        ["view"]
    );
    assert_eq!(
        names(2, "macro_rules! m { () => { $crate::view::f() } }"),
        ["view"]
    );
    assert!(names(2, "let crates = my_crate::view; // crate root").is_empty());
    // From `model/cells.rs`, `super` is `model` and `super::super` the root.
    assert!(names(2, "use super::{Cell, view};\nsuper::view::f();").is_empty());
    assert_eq!(names(2, "super::super::view::f();"), ["view"]);
    assert_eq!(
        names(2, "use super::super::{view, words::Say};"),
        ["view", "words"]
    );
    assert_eq!(names(2, "use super::super::*;"), ["*"]);
    assert_eq!(names(2, "use super::{Cell, super::view};"), ["super"]);
    assert_eq!(names(1, "use super::view;"), ["view"]);
    assert!(names(3, "use super::super::view;").is_empty());
    // A module within the file is one deeper, until it ends.
    let text = "mod tests {\n    use super::super::{Cell};\n    use super::super::super::view;\n}\n\
                use super::super::words;";
    assert_eq!(names(2, text), ["view", "words"]);
    let file = |path: &str| {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        depth_of(&src.join(path))
    };
    let depths = ["json/node.rs", "json/mod.rs", "view/site/list.rs"].map(file);
    assert_eq!(depths, [2, 1, 3]);
}
