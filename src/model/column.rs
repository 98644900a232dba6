use std::collections::HashMap;

use super::Cells;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ColumnKind {
    /// An input that somebody chose: `params.yaml:train.C`.
    Param,
    /// A result: `assets/metrics.json:test_recall`.
    Metric,
    /// The content hash of a dependency: `src/train.py`.
    Dependency,
    /// The content hash of an output.
    Output,
}

/// Which way a metric gets better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Accuracy, recall, F1, AUC, R²…
    HigherIsBetter,
    /// Loss, error, RMSE, latency…
    LowerIsBetter,
    /// Nobody said: nothing is coloured good or bad.
    #[default]
    Unknown,
}

/// A column's identity: file and key path. The path is a list, since keys may hold dots.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ColumnId {
    /// The artifact's path, as DVC names it where it does.
    pub file: String,
    /// The keys from the root; empty for a file that is one bare value, or for a dependency.
    pub path: Vec<String>,
}

impl ColumnId {
    /// A column of `file` at `path`.
    pub fn new(file: impl Into<String>, path: &[&str]) -> Self {
        Self {
            file: file.into(),
            path: path.iter().map(|key| (*key).to_owned()).collect(),
        }
    }

    /// The key path, joined with dots: `train.C`; the file where there is none.
    pub fn key(&self) -> String {
        if self.path.is_empty() {
            self.file.clone()
        } else {
            self.path.join(".")
        }
    }

    /// The last key: `C`; the file where there is none.
    pub fn leaf(&self) -> &str {
        self.path.last().unwrap_or(&self.file)
    }

    /// All keys but the last, joined with dots: `train`; empty where there is none.
    pub fn section(&self) -> String {
        let before = self.path.split_last().map_or(&[][..], |(_, before)| before);
        before.join(".")
    }

    /// The whole identity, as in `data-column` and in addresses: `params.yaml:train.C`.
    pub fn full(&self) -> String {
        if self.path.is_empty() {
            self.file.clone()
        } else {
            format!("{}:{}", self.file, self.key())
        }
    }
}

/// Where a value was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The artifact that stated it.
    pub artifact: String,
    /// Id of the reader.
    pub reader: String,
}

/// One parameter, metric or dependency over all revisions.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// File and key path.
    pub id: ColumnId,
    /// Parameter, metric, dependency or output.
    pub kind: ColumnKind,
    /// Which way it gets better; always unknown but for metrics.
    pub direction: Direction,
    /// One value for each revision of the report.
    pub cells: Cells,
    /// The artifacts that stated values of it.
    pub sources: Vec<Source>,
}

/// What a revision has besides its columns, as filters and exports call it: no column's name is
/// one of them.
pub const ATTRIBUTES: [&str; 5] = ["name", "state", "created", "executor", "parent"];

/// The shortest suffix of each key path that no other column shares, and no attribute; the whole
/// identity where even the whole path is shared.
pub(super) fn shortest_names<'a>(ids: impl Iterator<Item = &'a ColumnId>) -> Vec<String> {
    let ids: Vec<&ColumnId> = ids.collect();
    let mut names: Vec<Option<String>> = vec![None; ids.len()];
    let deepest = ids.iter().map(|id| id.path.len()).max().unwrap_or(0);
    for n_keys in 1..=deepest.max(1) {
        let suffixes: Vec<String> = ids.iter().map(|id| suffix(id, n_keys)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for text in &suffixes {
            *counts.entry(text).or_default() += 1;
        }
        for (name, text) in names.iter_mut().zip(&suffixes) {
            let is_free = !ATTRIBUTES.contains(&text.as_str());
            if name.is_none() && is_free && counts.get(text.as_str()) == Some(&1) {
                *name = Some(text.clone());
            }
        }
    }
    names
        .into_iter()
        .zip(ids)
        .map(|(name, id)| name.unwrap_or_else(|| id.full()))
        .collect()
}

/// The same of one column, at a fraction of the cost.
pub(super) fn shortest_name<'a>(
    mut ids: impl Iterator<Item = &'a ColumnId> + Clone,
    column: usize,
) -> Option<String> {
    fn leaf(id: &ColumnId) -> &str {
        id.path.last().unwrap_or(&id.file)
    }
    let others = ids.clone().enumerate().filter(|it| it.0 != column);
    let of = ids.nth(column)?;
    // Suffixes of all others end otherwise.
    let may_share = |id: &&ColumnId| leaf(of).ends_with(leaf(id)) || leaf(id).ends_with(leaf(of));
    let others: Vec<&ColumnId> = others.map(|it| it.1).filter(may_share).collect();
    let deepest = others.iter().chain([&of]).map(|id| id.path.len()).max();
    let names = (1..=deepest.unwrap_or(0).max(1)).map(|n_keys| (n_keys, suffix(of, n_keys)));
    let is_own = |n_keys, name: &String| {
        let is_free = !ATTRIBUTES.contains(&name.as_str());
        is_free && others.iter().all(|id| suffix(id, n_keys) != *name)
    };
    let name = names
        .into_iter()
        .find(|(n_keys, name)| is_own(*n_keys, name));
    Some(name.map_or_else(|| of.full(), |(_, name)| name))
}

/// The column that a name means: the whole identity, else a unique key path, else a unique suffix.
pub(super) fn find<'a>(ids: impl Iterator<Item = &'a ColumnId>, name: &str) -> Option<usize> {
    let ids: Vec<&ColumnId> = ids.collect();
    let only = |is_meant: &dyn Fn(&ColumnId) -> bool| {
        let mut found = (0..).zip(&ids).filter(|(_, id)| is_meant(id));
        match (found.next(), found.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    };
    let whole = ids.iter().position(|id| id.full() == name);
    // A key path may be the end of a longer one: `accuracy` and `test.accuracy`.
    whole
        .or_else(|| only(&|id| id.key() == name))
        .or_else(|| only(&|id| is_suffix(id, name)))
}

/// Whether a name is the end of an identity.
pub(super) fn is_suffix(id: &ColumnId, name: &str) -> bool {
    let full = id.full();
    full.strip_suffix(name)
        .is_some_and(|before| before.ends_with(['.', ':', '/']))
}

fn suffix(id: &ColumnId, n_keys: usize) -> String {
    if id.path.is_empty() {
        return id.file.clone();
    }
    let from = id.path.len().saturating_sub(n_keys);
    id.path.get(from..).unwrap_or_default().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_shortest_that_are_unique() {
        let ids = [
            ColumnId::new("params.yaml", &["train", "C"]),
            ColumnId::new("train.json", &["acc"]),
            ColumnId::new("test.json", &["acc"]),
            ColumnId::new("m.json", &["a", "f1"]),
            ColumnId::new("m.json", &["b", "f1"]),
        ];
        let names = shortest_names(ids.iter());
        assert_eq!(
            names,
            ["C", "train.json:acc", "test.json:acc", "a.f1", "b.f1"]
        );
        for (idx, name) in names.iter().enumerate() {
            assert_eq!(shortest_name(ids.iter(), idx).as_ref(), Some(name));
            assert_eq!(find(ids.iter(), name), Some(idx), "{name}");
        }
        assert_eq!(find(ids.iter(), "acc"), None, "two columns end so");
        assert_eq!(find(ids.iter(), "train.C"), Some(0));
    }

    #[test]
    fn no_name_is_an_attributes() {
        let ids = [
            ColumnId::new("params.yaml", &["optimizer", "name"]),
            ColumnId::new("params.yaml", &["state"]),
        ];
        let names = shortest_names(ids.iter());
        assert_eq!(names, ["optimizer.name", "params.yaml:state"]);
        for (idx, name) in names.iter().enumerate() {
            assert_eq!(shortest_name(ids.iter(), idx).as_ref(), Some(name));
        }
    }

    #[test]
    fn a_name_that_ends_another_means_its_own_column() {
        let paths: [&[&str]; 8] = [
            &["a"],
            &["x", "a"],
            &["y", "x", "a"],
            &["x", "b"],
            &["b"],
            &["a", "b"],
            &[],
            &["c"],
        ];
        // Every choice of them, once in one file and once in two by turns.
        for chosen in 0_u32..1 << paths.len() {
            for files in [["m.json", "m.json"], ["m.json", "n/m.json"]] {
                let ids: Vec<ColumnId> = (0..)
                    .zip(paths)
                    .filter(|(idx, _)| chosen >> idx & 1 == 1)
                    .map(|(idx, path)| ColumnId::new(files[idx % 2], path))
                    .collect();
                for (idx, name) in shortest_names(ids.iter()).iter().enumerate() {
                    assert_eq!(shortest_name(ids.iter(), idx).as_ref(), Some(name));
                    assert_eq!(find(ids.iter(), name), Some(idx), "{name} of {ids:?}");
                }
            }
        }
    }
}
