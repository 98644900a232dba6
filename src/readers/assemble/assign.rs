//! Which revision an artifact belongs to, and which file it is.

use std::cmp::Reverse;

use crate::model::{Revision, may_be_same_file};

/// What standard input is called.
pub const STDIN: &str = "stdin";

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

/// Reads a path's folders, the deepest first. `unknown` are the [`unknown_folders`].
pub(super) fn folder(
    path: &str,
    find: &dyn Fn(&str) -> Option<usize>,
    unknown: &[String],
) -> Folder {
    let mut found = Folder::Silent;
    each_folder(path, &mut |_, name, below| {
        if let Some(revision_idx) = find(name) {
            found = Folder::Revision(revision_idx, below.to_owned());
        }
    });
    if let (Folder::Silent, Some(folder)) =
        (&found, unknown.iter().find(|it| path.starts_with(*it)))
    {
        let name = folder.trim_end_matches('/').rsplit('/').next();
        found = Folder::Unknown(name.unwrap_or_default().to_owned());
    }
    found
}

/// The folders, with a final slash, that stand beside folders which are called like revisions, and
/// have a file of the same path as one of these: they are meant as revisions, too.
pub(super) fn unknown_folders(paths: &[&str], find: &dyn Fn(&str) -> Option<usize>) -> Vec<String> {
    let mut known: Vec<(&str, &str)> = Vec::new();
    for path in paths {
        each_folder(path, &mut |above, name, below| {
            if find(name).is_some() {
                known.push((above, below));
            }
        });
    }
    known.sort_unstable();
    let mut unknown = Vec::new();
    for path in paths {
        each_folder(path, &mut |above, name, below| {
            let folder = format!("{above}{name}/");
            if known.binary_search(&(above, below)).is_ok()
                && find(name).is_none()
                && !unknown.contains(&folder)
            {
                unknown.push(folder);
            }
        });
    }
    unknown
}

/// Tells of each folder of a path, from the top, what is above it, with a final slash, its name, and
/// what is below it.
fn each_folder<'a>(path: &'a str, tell: &mut dyn FnMut(&'a str, &'a str, &'a str)) {
    let mut from = 0;
    while let Some(at) = path.get(from..).and_then(|rest| rest.find('/')) {
        let end = from + at;
        if let (Some(above), Some(name), Some(below)) =
            (path.get(..from), path.get(from..end), path.get(end + 1..))
        {
            tell(above, name, below);
        }
        from = end + 1;
    }
}

/// The revision that a folder's name means: its name, or 7 digits or more of its sha. What addresses
/// call a revision whose name another one has (`main~2a1f591`) is no name of a folder.
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

/// The files that some paths of one revision mean, by their place: the one among those that are
/// `known` whose path ends like it, by most folders, where each is the other's best: of
/// `old/metrics.json` it is `new/metrics.json`.
pub(super) fn counterparts(paths: &[&str], known: &[&str]) -> Vec<(usize, String)> {
    // What came without a name is as the only one of the other.
    if let ([path], [file]) = (paths, known)
        && path != file
        && [path, file].contains(&&STDIN)
    {
        return vec![(0, (*file).to_owned())];
    }
    let mut found = Vec::new();
    for (place, path) in paths.iter().enumerate() {
        if known.contains(path) {
            continue;
        }
        let Some(file) = best(path, known) else {
            continue;
        };
        if best(file, paths) == Some(path) {
            found.push((place, file.to_owned()));
        }
    }
    found
}

/// The path that has most of its end in common, at least the file name, and of several the one with
/// the fewest other folders, if only one has.
fn best<'a>(path: &str, among: &[&'a str]) -> Option<&'a str> {
    let likeness = |other: &str| {
        let parts = path.rsplit('/').zip(other.rsplit('/'));
        let n_common = parts.take_while(|(a, b)| a == b).count();
        (n_common, Reverse(other.split('/').count()))
    };
    let most = among.iter().map(|it| likeness(it)).max()?;
    let mut best = among.iter().filter(|it| likeness(it) == most);
    match (best.next(), best.next()) {
        (Some(only), None) if most.0 > 0 => Some(only),
        _ => None,
    }
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
            "experiments/niffy-bawl/out/p.csv",
            "experiments/niffy-bawl/notes.csv",
            "experiments/plots/loss.tsv",
            // Given as a file, by a path of its own.
            "results/of/today/p.csv",
            "p.csv",
        ];
        let unknown = unknown_folders(&paths, &find);
        assert_eq!(unknown, ["experiments/niffy-bawl/"]);
        let told: Vec<Folder> = paths
            .iter()
            .map(|path| folder(path, &find, &unknown))
            .collect();
        assert_eq!(
            told,
            [
                Folder::Revision(3, "out/p.csv".into()),
                Folder::Unknown("niffy-bawl".into()),
                Folder::Unknown("niffy-bawl".into()),
                Folder::Silent,
                Folder::Silent,
                Folder::Silent,
            ]
        );
        // Beside a folder that was given: no folder of that one.
        let paths = ["bovid-rime/p.csv", "tests/nba/p.csv"];
        let unknown = unknown_folders(&paths, &find);
        assert_eq!(folder(paths[1], &find, &unknown), Folder::Silent);
    }

    #[test]
    fn files_of_two_revisions_meet_by_their_ends() {
        let cases: [(&[&str], &[&str], &[&str]); 7] = [
            (&["old/m.json"], &["new/m.json"], &["new/m.json"]),
            (
                &["m.json"],
                &["assets/m.json", "p.yaml"],
                &["assets/m.json"],
            ),
            // The same path is the same file already.
            (&["m.json"], &["m.json", "a/m.json"], &[]),
            // The other part of the data is another file.
            (
                &["old/train/m.json", "old/test/m.json"],
                &["new/test/m.json"],
                &["new/test/m.json"],
            ),
            // A folder was set before all of them.
            (
                &["old/a/m.json", "old/m.json"],
                &["a/m.json", "m.json"],
                &["a/m.json", "m.json"],
            ),
            // Nobody knows which.
            (&["old/m.json"], &["a/m.json", "b/m.json"], &[]),
            (&["a/m.json", "b/m.json"], &["new/m.json"], &[]),
        ];
        for (paths, known, expected) in cases {
            let found = counterparts(paths, known);
            let files: Vec<&str> = found.iter().map(|it| it.1.as_str()).collect();
            assert_eq!(files, expected, "{paths:?}");
        }
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
