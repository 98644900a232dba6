//! Which revision an artifact belongs to, and which file it is.

use crate::model::{Revision, may_be_same_file};

/// What the folders of an artifact's path say about its revision.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Folder {
    /// A folder is called like a known revision; the rest of the path is below it.
    Revision(usize, String),
    /// A folder stands among folders that are called like revisions, but no revision is called so.
    Unknown(String),
    /// Nothing.
    Silent,
}

/// Reads a path's folders, the deepest first. `named` are the parents of folders that are called
/// like revisions: what stands beside those is meant as a revision too.
pub(super) fn folder(path: &str, find: &dyn Fn(&str) -> Option<usize>, named: &[String]) -> Folder {
    let parts: Vec<&str> = path.split('/').collect();
    let n_folders = parts.len().saturating_sub(1);
    for at in (0..n_folders).rev() {
        let (Some(name), Some(below)) = (parts.get(at), parts.get(at + 1..)) else {
            continue;
        };
        if let Some(revision_idx) = find(name) {
            return Folder::Revision(revision_idx, below.join("/"));
        }
    }
    for at in (0..n_folders).rev() {
        let (Some(name), Some(above)) = (parts.get(at), parts.get(..at)) else {
            continue;
        };
        if named.contains(&above.join("/")) {
            return Folder::Unknown((*name).to_owned());
        }
    }
    Folder::Silent
}

/// The parents of all folders that are called like a known revision.
pub(super) fn parents_of_named_folders<'a>(
    paths: impl Iterator<Item = &'a str>,
    find: &dyn Fn(&str) -> Option<usize>,
) -> Vec<String> {
    let mut parents = Vec::new();
    for path in paths {
        let parts: Vec<&str> = path.split('/').collect();
        for at in (0..parts.len().saturating_sub(1)).rev() {
            let (Some(name), Some(above)) = (parts.get(at), parts.get(..at)) else {
                continue;
            };
            let parent = above.join("/");
            if find(name).is_some() && !parents.contains(&parent) {
                parents.push(parent);
            }
        }
    }
    parents
}

/// The revision that a folder's name means. Stricter than a name in an address: a folder `main` or
/// `test` would often be called like a branch by chance, so that only names, whole shas and
/// prefixes of 7 digits or more of experiments and commits count.
pub(super) fn by_folder_name(revisions: &[Revision], name: &str) -> Option<usize> {
    let by_name = revisions
        .iter()
        .position(|revision| revision.name.as_deref() == Some(name));
    let is_sha = name.len() >= 7 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut by_sha = revisions.iter().enumerate().filter(|(_, revision)| {
        is_sha
            && revision
                .sha
                .as_deref()
                .is_some_and(|sha| sha.starts_with(name))
    });
    by_name.or_else(|| match (by_sha.next(), by_sha.next()) {
        (Some((only, _)), None) => Some(only),
        _ => None,
    })
}

/// The file that DVC means by this path, when exactly one of its paths ends like it (or it like
/// one of them): `metrics.json` is DVC's `assets/metrics.json`.
pub(super) fn file_of<'a>(path: &'a str, dvc_files: &'a [String]) -> &'a str {
    if dvc_files.iter().any(|file| file == path) {
        return path;
    }
    let mut same = dvc_files.iter().filter(|file| may_be_same_file(file, path));
    match (same.next(), same.next()) {
        (Some(only), None) => only,
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_called_like_a_revision_assigns_what_is_in_it() {
        let find = |name: &str| (name == "bovid-rime").then_some(3);
        let paths = [
            "experiments/bovid-rime/out/p.csv",
            "experiments/niffy-bawl/p.csv",
            "p.csv",
        ];
        let named = parents_of_named_folders(paths.into_iter(), &find);
        assert_eq!(named, ["experiments"]);
        let told: Vec<Folder> = paths
            .iter()
            .map(|path| folder(path, &find, &named))
            .collect();
        assert_eq!(
            told,
            [
                Folder::Revision(3, "out/p.csv".into()),
                Folder::Unknown("niffy-bawl".into()),
                Folder::Silent,
            ]
        );
    }

    #[test]
    fn a_unique_suffix_is_the_same_file() {
        let files = [
            "assets/metrics.json".to_owned(),
            "a/p.yaml".to_owned(),
            "b/p.yaml".to_owned(),
        ];
        let cases = [
            ("metrics.json", "assets/metrics.json"),
            ("out/assets/metrics.json", "assets/metrics.json"),
            ("p.yaml", "p.yaml"),
            ("my-metrics.json", "my-metrics.json"),
        ];
        for (path, expected) in cases {
            assert_eq!(file_of(path, &files), expected);
        }
    }
}
