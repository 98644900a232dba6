//! Outputs that would mix with inputs, or replace them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    input::{is_verdict, paths},
    page,
};
use crate::{bundle, publish::cli::Input};

/// Whether a site in that folder would lie among its own inputs: the folder is an input, or has one
/// that is a file. A folder inside of an input is none: with careo's page in it, it is passed over.
pub fn is_among_inputs(folder: &Path, input: &Input) -> bool {
    let Ok(folder) = fs::canonicalize(folder) else {
        return false;
    };
    // A report of its own site may be written anew.
    if fs::read(folder.join("index.html")).is_ok_and(|html| page::is_ours(&html)) {
        return false;
    }
    let mut inputs = canonical(input);
    inputs.any(|it| it == folder || (it.is_file() && it.parent() == Some(folder.as_path())))
}

/// Whether a file that is going to be written is an input, by its name or by its folder's. What careo
/// wrote itself may be written anew.
pub fn replaces_input(file: &Path, input: &Input) -> bool {
    let Ok(path) = fs::canonicalize(file) else {
        return false;
    };
    // A device keeps nothing, and neither does an empty file.
    if !fs::metadata(&path).is_ok_and(|it| it.is_file() && it.len() > 0) {
        return false;
    }
    canonical(input).any(|it| path.starts_with(it))
        && fs::read(&path).is_ok_and(|bytes| {
            !page::is_ours(&bytes) && !bundle::is_bundle(&bytes) && !is_verdict(&bytes)
        })
}

fn canonical(input: &Input) -> impl Iterator<Item = PathBuf> {
    paths(input).filter_map(|it| fs::canonicalize(it).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_mixes_with_inputs_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let page = format!("<html>{}", page::MARK);
        for (path, text) in [
            ("io/m.json", "{}"),
            ("io/public/index.html", &page),
            ("io/public/report.json", "{}"),
            ("other/notes.txt", "x"),
            ("empty/m.json", ""),
        ] {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let inputs = |given: &str| Input {
            inputs: vec![root.join(given).to_string_lossy().into_owned()],
            ..Input::default()
        };
        let sites = [
            ("io", "io", true),
            ("io", "other/../io", true),
            ("io/m.json", "io", true),
            ("io", "io/public", false),
            ("io", "io/new", false),
            ("io", "other", false),
            ("io", ".", false),
            ("io/public", "io/public", false),
        ];
        for (given, output, expected) in sites {
            let found = is_among_inputs(&root.join(output), &inputs(given));
            assert_eq!(found, expected, "{given} to {output}");
        }
        let files = [
            ("io/m.json", "io/m.json", true),
            ("io", "io/m.json", true),
            ("io", "io/new.json", false),
            ("io", "io/public/index.html", false),
            ("io", "other/notes.txt", false),
            ("empty", "empty/m.json", false),
        ];
        for (given, output, expected) in files {
            let found = replaces_input(&root.join(output), &inputs(given));
            assert_eq!(found, expected, "{given} to {output}");
        }
        let named = Input {
            baseline: vec![format!("old={}", root.join("io/m.json").display())],
            ..Input::default()
        };
        assert!(replaces_input(&root.join("io/m.json"), &named));
    }
}
