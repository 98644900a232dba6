//! Folders that are revisions though nothing says so: an artifact of two paths, unpacked, holds
//! `candidate/metrics.json` and `baseline/metrics.json`.
//!
//! Folders with the same files in them, side by side, are revisions. A folder called like a baseline
//! that repeats files which lie outside of it is what those are compared with, and so is one in it
//! (`baselines/C10/metrics.json`). Folders called like parts of the data (`train`, `test`) are not.

use std::collections::{BTreeMap, HashMap};

use crate::model::natural_order;

/// Words in the name of a folder that holds the old results, as people call them.
const OLD: [&str; 16] = [
    "baseline",
    "baselines",
    "base",
    "before",
    "old",
    "previous",
    "prev",
    "reference",
    "control",
    "champion",
    "main",
    "master",
    "trunk",
    "production",
    "anterior",
    "antes",
];
/// The same of the new ones; they win over the others: `main-candidate`.
const NEW: [&str; 11] = [
    "candidate",
    "new",
    "after",
    "head",
    "pr",
    "challenger",
    "feature",
    "experiment",
    "candidato",
    "nuevo",
    "nueva",
];
/// Words in the name of a folder that holds a part of the data.
const PARTS: [&str; 8] = [
    "train",
    "training",
    "test",
    "testing",
    "val",
    "valid",
    "validation",
    "holdout",
];

/// Folders that are revisions.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folders {
    /// What stands before their names in each path: empty, or with a final slash.
    pub(super) above: String,
    /// The folder of the current revision; `None` where that is all outside of the baseline's.
    pub(super) current: Option<String>,
    /// The folder of the baseline.
    pub(super) baseline: String,
    /// The others, in natural order.
    pub(super) others: Vec<String>,
}

/// Where results lie.
#[derive(Clone, Copy)]
pub(super) struct Lies<'a> {
    /// The artifact's path.
    pub(super) path: &'a str,
    /// Whether it has results, not only parameters, which runs may share.
    pub(super) is_result: bool,
}

/// What the team and CI call revisions.
#[derive(Default)]
pub(super) struct KnownNames<'a> {
    /// Names of the baseline.
    pub(super) baselines: Vec<&'a str>,
    /// The name of the revision that the report is about.
    pub(super) current: Option<&'a str>,
}

impl KnownNames<'_> {
    /// Whether a name is one of new results.
    fn is_new(&self, name: &str) -> bool {
        self.current == Some(name) || is_called(name, &NEW)
    }

    /// Whether a name is one of the results that others are compared with.
    fn is_old(&self, name: &str) -> bool {
        self.baselines.contains(&name) || (is_called(name, &OLD) && !self.is_new(name))
    }
}

/// The folders that are revisions, if any are.
pub(super) fn folders(all: &[Lies<'_>], known: &KnownNames<'_>) -> Option<Folders> {
    let level = Level::of(all)?;
    let mut names: Vec<&str> = level.folders.keys().copied().collect();
    names.sort_by(|a, b| natural_order(a, b));
    if let Some(found) = level.old_folders(&names, known) {
        return Some(found);
    }
    let n_all = names.len();
    names.retain(|name| level.shares(name));
    let has_baseline = names.iter().any(|it| known.is_old(it));
    let are_all = names.len() == n_all && !names.iter().any(|it| is_called(it, &PARTS));
    if level.has_own_results || !(are_all || has_baseline) {
        return None;
    }
    let (current, baseline) = current_and_baseline(&names, known)?;
    let others = names
        .iter()
        .filter(|it| **it != current && **it != baseline);
    Some(Folders {
        others: others.map(|it| (*it).to_owned()).collect(),
        above: level.above,
        current: Some(current.to_owned()),
        baseline: baseline.to_owned(),
    })
}

/// The folders that hold what the rest is compared with, if any do.
pub(super) fn old_folders(all: &[Lies<'_>], known: &KnownNames<'_>) -> Option<Folders> {
    let level = Level::of(all)?;
    let mut names: Vec<&str> = level.folders.keys().copied().collect();
    names.sort_by(|a, b| natural_order(a, b));
    level.old_folders(&names, known)
}

/// Which of several names, in natural order, is the current revision and which one the baseline;
/// `None` of fewer than two.
pub(super) fn current_and_baseline<'a>(
    names: &[&'a str],
    known: &KnownNames<'_>,
) -> Option<(&'a str, &'a str)> {
    let named = names.iter().copied().find(|it| known.is_old(it));
    let others = || names.iter().copied().filter(|it| Some(*it) != named);
    // Versions and dates are sorted by age.
    let current = others().find(|it| known.is_new(it));
    let current = current.or(others().next_back())?;
    let baseline = named.or(names.iter().copied().find(|it| *it != current))?;
    Some((current, baseline))
}

/// The first folder, from the top, in which results part into several folders, or lie themselves.
struct Level<'a> {
    /// What stands before its paths: empty, or with a final slash.
    above: String,
    /// The paths below each folder of it.
    folders: BTreeMap<&'a str, Vec<&'a str>>,
    /// The paths from here, in order.
    paths: Vec<&'a str>,
    /// In how many folders a path is found.
    n_with: HashMap<&'a str, usize>,
    /// Whether results lie in it, and in no folder of it.
    has_own_results: bool,
}

impl<'a> Level<'a> {
    fn of(all: &[Lies<'a>]) -> Option<Self> {
        let mut above = String::new();
        loop {
            let mut level = Self {
                above: above.clone(),
                folders: BTreeMap::new(),
                paths: Vec::new(),
                n_with: HashMap::new(),
                has_own_results: false,
            };
            for it in all {
                let Some(path) = it.path.strip_prefix(above.as_str()) else {
                    continue;
                };
                level.paths.push(path);
                match path.split_once('/') {
                    Some((folder, below)) => level.folders.entry(folder).or_default().push(below),
                    None => level.has_own_results |= it.is_result,
                }
            }
            level.paths.sort_unstable();
            for below in level.folders.values_mut() {
                below.sort_unstable();
                // One artifact may have several results.
                below.dedup();
                for path in below {
                    *level.n_with.entry(path).or_default() += 1;
                }
            }
            let mut folders = level.folders.keys();
            match (folders.next(), folders.next()) {
                (None, _) => return None,
                (Some(only), None) if !level.has_own_results => {
                    above.push_str(only);
                    above.push('/');
                }
                _ => return Some(level),
            }
        }
    }

    /// Whether another folder has a file of the same path.
    fn shares(&self, folder: &str) -> bool {
        let below = self.folders.get(folder).into_iter().flatten();
        let n_with = |path: &&str| self.n_with.get(path).copied().unwrap_or(0);
        below.into_iter().any(|path| n_with(path) > 1)
    }

    /// The first folder called like a baseline which, or folders in which, have files of the same
    /// paths as those that lie outside of it.
    fn old_folders(&self, names: &[&'a str], known: &KnownNames<'_>) -> Option<Folders> {
        names.iter().filter(|it| known.is_old(it)).find_map(|name| {
            let below = self.folders.get(name)?;
            if self.repeats(below) {
                return Some(Folders {
                    above: self.above.clone(),
                    current: None,
                    baseline: (*name).to_owned(),
                    others: Vec::new(),
                });
            }
            let mut inside: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for (folder, path) in below.iter().filter_map(|it| it.split_once('/')) {
                inside.entry(folder).or_default().push(path);
            }
            if !inside.values().any(|it| self.repeats(it)) {
                return None;
            }
            let mut names: Vec<&str> = inside.into_keys().collect();
            names.sort_by(|a, b| natural_order(a, b));
            let named = names.iter().find(|it| known.baselines.contains(it));
            let baseline = *named.or(names.first())?;
            let others = names.iter().filter(|it| **it != baseline);
            Some(Folders {
                others: others.map(|it| (*it).to_owned()).collect(),
                above: format!("{}{name}/", self.above),
                current: None,
                baseline: baseline.to_owned(),
            })
        })
    }

    /// Whether a folder, of which these are the paths, has a file of the same path as one that lies
    /// outside of it.
    fn repeats(&self, below: &[&str]) -> bool {
        below
            .iter()
            .any(|path| self.paths.binary_search(path).is_ok())
    }
}

/// Whether a folder is called like one of old results, to compare with: `baselines`.
pub fn is_baseline_folder(name: &str) -> bool {
    KnownNames::default().is_old(name)
}

/// Whether a word of a folder's name is one of those: `metrics-main`, `Baseline`.
fn is_called(name: &str, words: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    let mut parts = name.split(|it: char| !it.is_alphanumeric());
    parts.any(|part| words.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Baseline, current and others; the paths that end with `.yaml` hold parameters.
    fn told(paths: &[&str], branch: Option<&str>) -> Option<String> {
        let all: Vec<Lies<'_>> = paths
            .iter()
            .map(|path| Lies {
                path,
                is_result: !path.ends_with(".yaml"),
            })
            .collect();
        let known = KnownNames {
            baselines: branch.into_iter().collect(),
            current: None,
        };
        let found = folders(&all, &known)?;
        let Folders {
            above,
            current,
            baseline,
            others,
        } = found;
        let current = current.unwrap_or_else(|| "the rest".to_owned());
        let others = others.iter().map(|it| format!(", {it}"));
        Some(format!(
            "{above}: {current} vs {baseline}{}",
            others.collect::<String>()
        ))
    }

    #[test]
    fn folders_with_the_same_files_are_revisions() {
        let cases: [(&[&str], &str); 11] = [
            // A folder of baselines, one or more.
            (
                &["m.json", "p.csv", "baselines/C10/m.json", "plots/x.tsv"],
                "baselines/: the rest vs C10",
            ),
            (
                &["in/m.json", "in/old/v10/m.json", "in/old/v9/m.json"],
                "in/old/: the rest vs v9, v10",
            ),
            (
                &["baseline/m.json", "candidate/m.json"],
                ": candidate vs baseline",
            ),
            // A folder around them, parameters that both share, and a file that only one has.
            (
                &[
                    "out/main/m.json",
                    "out/topic/m.json",
                    "out/topic/p.csv",
                    "params.yaml",
                ],
                "out/: topic vs main",
            ),
            // Names say nothing: the last one in natural order is the newest.
            (&["v9/m.json", "v10/m.json", "v2/m.json"], ": v10 vs v2, v9"),
            (&["a/m.json", "new-one/m.json"], ": new-one vs a"),
            (&["new/m.json", "zzz/m.json"], ": new vs zzz"),
            (
                &["metrics-main/m.json", "metrics-pr/m.json"],
                ": metrics-pr vs metrics-main",
            ),
            // Pictures and the like beside named ones belong to the report.
            (
                &["main/m.json", "plots/loss.tsv", "topic/m.json"],
                ": topic vs main",
            ),
            (
                &["m.json", "Baseline/m.json", "plots/loss.tsv"],
                ": the rest vs Baseline",
            ),
            (
                &["out/m.json", "baseline/out/m.json"],
                ": the rest vs baseline",
            ),
        ];
        for (paths, expected) in cases {
            assert_eq!(told(paths, None).as_deref(), Some(expected), "{paths:?}");
        }
        let paths = ["dev/m.json", "main/m.json"];
        assert_eq!(
            told(&paths, Some("dev")).as_deref(),
            Some(": main vs dev"),
            "the branch that it is to go to"
        );
    }

    #[test]
    fn other_folders_are_none() {
        let cases: [&[&str]; 8] = [
            &["m.json", "baselines/C10/other.json"],
            &["m.json"],
            &["out/m.json", "out/p.csv"],
            &["train/m.json", "test/m.json"],
            &["a/m.json", "b/other.json"],
            // One of them has nothing in common with the others, and no name says more.
            &["a/m.json", "b/m.json", "c/other.json"],
            // The results lie above them.
            &["m.json", "a/p.csv", "b/p.csv"],
            &["m.json", "baseline/other.json"],
        ];
        for paths in cases {
            assert_eq!(told(paths, None), None, "{paths:?}");
        }
    }
}
