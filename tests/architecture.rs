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

/// The layers that a line names by `crate::`, braces included: `use crate::{model::X, words::Y}`.
fn used_layers(text: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let line = text[..at].matches('\n').count() + 1;
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut name = String::new();
            let mut is_start = true;
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => is_start = true,
                    c if depth == 1 && is_start && (c.is_alphanumeric() || c == '_') => {
                        name.push(c)
                    }
                    _ => {}
                }
                let ends_name = !(c.is_alphanumeric() || c == '_');
                if ends_name && !name.is_empty() {
                    used.push((line, std::mem::take(&mut name)));
                    is_start = c == ',' && depth == 1;
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            let name: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            used.push((line, name));
        }
    }
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
            for (line, used) in used_layers(&code) {
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
fn a_group_of_imports_is_understood() {
    let text = "use crate::{\n    model::{Cell, Report},\n    words,\n};\nuse crate::json::Value;";
    let used: Vec<String> = used_layers(text)
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(used, ["model", "words", "json"]);
}
