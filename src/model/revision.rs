use std::collections::HashMap;

/// What a row of results is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RevisionKind {
    /// The working tree, not committed.
    Workspace,
    /// A commit, branch tip or tag.
    Commit,
    /// A DVC experiment; `parent` is the commit it started from.
    Experiment,
    /// A set of results that CI, a folder or `NAME=PATH` names, with no commit known.
    #[default]
    Named,
}

/// How far a revision got.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// It has results.
    #[default]
    Ok,
    /// It ended badly. Metrics that stand there are its parent's: never ranked.
    Failed(String),
    /// It waits for its turn.
    Queued,
    /// It runs.
    Running,
}

/// One row of results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Revision {
    /// What it is.
    pub kind: RevisionKind,
    /// The commit's hex digits, as many as are known; `None` for the workspace and for names.
    pub sha: Option<String>,
    /// Branch, tag or experiment name.
    pub name: Option<String>,
    /// Index of the commit that an experiment started from (or of the checkpoint before).
    pub parent: Option<usize>,
    /// Index of the tip that a commit was listed under: the named commit whose branch it is on.
    pub tip: Option<usize>,
    /// How far it got.
    pub state: State,
    /// When it was made: ISO 8601, local time without a zone when DVC wrote it.
    pub created: Option<String>,
    /// Who ran it, as DVC names it (`dvc-task`, `workspace`); shown as it is.
    pub executor: Option<String>,
    /// Files that the tool could not read in this revision, with the tool's message.
    pub file_errors: Vec<(String, String)>,
}

impl Revision {
    /// A revision of this kind of which nothing else is known yet.
    pub fn new(kind: RevisionKind) -> Self {
        Self {
            kind,
            sha: None,
            name: None,
            parent: None,
            tip: None,
            state: State::Ok,
            created: None,
            executor: None,
            file_errors: Vec::new(),
        }
    }

    /// The first 7 digits of the commit.
    pub fn short_sha(&self) -> Option<&str> {
        self.sha.as_deref().map(|sha| sha.get(..7).unwrap_or(sha))
    }

    /// What addresses and `data-revision` call it: name, else 7 digits of the sha, else `workspace`.
    /// [`super::Report::revision_keys`] makes these unique.
    pub fn label(&self) -> &str {
        match (&self.name, self.kind) {
            (Some(name), _) => name,
            (None, RevisionKind::Workspace) => "workspace",
            (None, _) => self.short_sha().unwrap_or("?"),
        }
    }

    /// Whether its metrics are its own, so that it may be ranked.
    pub fn is_ranked(&self) -> bool {
        self.state == State::Ok
    }
}

/// A distinct key for each revision: its label, made longer where two share one.
pub(super) fn unique_keys(revisions: &[Revision]) -> Vec<String> {
    // How many have a label. Of 100,000 hardly two share one, so that only those that do are looked
    // at again.
    let mut counts: HashMap<&str, usize> = HashMap::with_capacity(revisions.len());
    for revision in revisions {
        *counts.entry(revision.label()).or_default() += 1;
    }
    let is_shared = |label: &str| counts.len() < revisions.len() && counts.get(label) != Some(&1);
    let mut taken: HashMap<String, usize> = HashMap::new();
    let key_of = |revision: &Revision| {
        let label = revision.label();
        if !is_shared(label) {
            return label.to_owned();
        }
        let key = match revision.short_sha() {
            Some(sha) if sha != label => format!("{label}~{sha}"),
            _ => label.to_owned(),
        };
        let n_before = taken.entry(key.clone()).or_default();
        *n_before += 1;
        // A label that is nobody else's stays with its owner.
        let is_owned = counts.get(&*key) == Some(&1);
        match *n_before + usize::from(is_owned) {
            1 => key,
            n => format!("{key}~{n}"),
        }
    };
    revisions.iter().map(key_of).collect()
}

/// Rows that are their own ancestors: one of each cycle of parents.
pub fn own_ancestors(revisions: &[Revision]) -> Vec<usize> {
    // By row, 1 more than the row whose walk came by first.
    let mut walks = vec![0; revisions.len()];
    let mut found = Vec::new();
    for start in 0..revisions.len() {
        let walk = start + 1;
        let mut at = Some(start);
        while let Some(row) = at
            && let Some(seen) = walks.get_mut(row)
        {
            match *seen {
                0 => *seen = walk,
                it if it == walk => {
                    found.push(row);
                    break;
                }
                _ => break,
            }
            at = revisions.get(row).and_then(|it| it.parent);
        }
    }
    found
}

/// The revision that each name means: full sha, unique prefix of 7 digits or more, name, or key. One
/// pass over the revisions, however many names there are.
pub(super) fn find_all(revisions: &[Revision], names: &[&str]) -> Vec<Option<usize>> {
    let mut all: Vec<Wanted<'_>> = names.iter().map(|name| Wanted::new(name)).collect();
    all.sort_unstable_by(|a, b| a.name.cmp(b.name));
    all.dedup_by(|next, kept| next.name == kept.name);
    // Lengths of names that may be the beginning of a sha.
    let hexes = all.iter().filter(|it| it.is_hex);
    let mut lengths: Vec<usize> = hexes.map(|it| it.name.len()).collect();
    lengths.sort_unstable();
    lengths.dedup();
    let longest = lengths.last().copied().unwrap_or_default();
    for (row, revision) in revisions.iter().enumerate() {
        let sha = revision.sha.as_deref().unwrap_or_default();
        if !sha.is_empty()
            && let Some(it) = wanted(&mut all, sha)
        {
            it.by_sha.get_or_insert(row);
        }
        let starts = lengths.iter().filter_map(|length| sha.get(..*length));
        for start in starts.filter(|start| start.len() < sha.len()) {
            if let Some(it) = wanted(&mut all, start) {
                it.by_prefix.add(row);
            }
        }
        if (MIN_PREFIX..longest).contains(&sha.len()) {
            // Names that this sha is the beginning of stand together.
            let from = all.partition_point(|it| it.name <= sha);
            let rest = all.iter_mut().skip(from);
            for it in rest.take_while(|it| it.name.starts_with(sha)) {
                it.by_prefix.add(row);
            }
        }
        if let Some(name) = &revision.name
            && let Some(it) = wanted(&mut all, name)
        {
            it.by_name.get_or_insert(row);
        }
        if let Some(it) = wanted(&mut all, revision.label()) {
            it.by_label.add(row);
        }
    }
    // The keys of 100,000 take a while to make: one that is no label has a `~` in it.
    let is_key = |it: &Wanted<'_>| match it.by_label.n {
        0 => it.name.contains('~'),
        n => n > 1,
    };
    if all.iter().any(|it| is_key(it) && it.found().is_none()) {
        for (row, key) in unique_keys(revisions).iter().enumerate() {
            if let Some(it) = wanted(&mut all, key) {
                it.by_key.get_or_insert(row);
            }
        }
    }
    let found = |name: &&str| wanted(&mut all, name).and_then(|it| it.found());
    names.iter().map(found).collect()
}

/// Digits of the shortest beginning that a sha is known by.
const MIN_PREFIX: usize = 7;

/// A name that is looked for, and the rows that it may mean.
struct Wanted<'a> {
    name: &'a str,
    /// Whether it may be the beginning of a sha.
    is_hex: bool,
    by_sha: Option<usize>,
    by_prefix: Only,
    by_name: Option<usize>,
    by_label: Only,
    by_key: Option<usize>,
}

/// A row, where it is the only one.
#[derive(Default)]
struct Only {
    n: usize,
    first: usize,
}

impl Only {
    fn add(&mut self, row: usize) {
        if self.n == 0 {
            self.first = row;
        }
        self.n += 1;
    }

    fn get(&self) -> Option<usize> {
        (self.n == 1).then_some(self.first)
    }
}

impl<'a> Wanted<'a> {
    fn new(name: &'a str) -> Self {
        let is_hex = name.bytes().all(|byte| byte.is_ascii_hexdigit());
        Self {
            name,
            is_hex: is_hex && name.len() >= MIN_PREFIX,
            by_sha: None,
            by_prefix: Only::default(),
            by_name: None,
            by_label: Only::default(),
            by_key: None,
        }
    }

    fn found(&self) -> Option<usize> {
        let by_prefix = self.by_prefix.get().filter(|_| self.is_hex);
        let by_sha = self.by_sha.or(by_prefix);
        let by_label = self.by_label.get().or(self.by_key);
        by_sha.or(self.by_name).or(by_label)
    }
}

/// The one of some names in order that is a text.
fn wanted<'w, 'a>(all: &'w mut [Wanted<'a>], text: &str) -> Option<&'w mut Wanted<'a>> {
    let at = all.binary_search_by(|it| it.name.cmp(text)).ok()?;
    all.get_mut(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(revisions: &[(&str, &str)]) -> Vec<Revision> {
        let revision = |(name, sha): &(&str, &str)| Revision {
            name: Some((*name).to_owned()),
            sha: (!sha.is_empty()).then(|| (*sha).to_owned()),
            ..Revision::new(RevisionKind::Commit)
        };
        revisions.iter().map(revision).collect()
    }

    fn keys(revisions: &[(&str, &str)]) -> Vec<String> {
        unique_keys(&all(revisions))
    }

    #[test]
    fn one_row_of_each_cycle_is_found_however_long_the_chains_are() {
        let of = |parents: &[Option<usize>]| {
            let revision = |parent: &Option<usize>| Revision {
                parent: *parent,
                ..Revision::new(RevisionKind::Commit)
            };
            own_ancestors(&parents.iter().map(revision).collect::<Vec<_>>())
        };
        assert!(of(&[None, Some(0), Some(1), Some(0)]).is_empty());
        assert_eq!(of(&[Some(0), Some(0)]), [0]);
        assert_eq!(
            of(&[Some(2), None, Some(3), Some(0), Some(5), Some(4)]),
            [0, 4]
        );
        assert!(of(&[Some(9)]).is_empty(), "that one is out of range");
        // Each walk to the end would take minutes.
        let n = 200_000;
        let chain: Vec<Option<usize>> =
            (0..n).map(|row| (row + 1 < n).then_some(row + 1)).collect();
        assert!(of(&chain).is_empty());
    }

    #[test]
    fn a_key_is_longer_only_where_a_label_is_shared() {
        assert_eq!(keys(&[("a", "1111111222"), ("b", "")]), ["a", "b"]);
        let shared = [
            ("a", "1111111222"),
            ("a", "3333333444"),
            ("b", "1111111222"),
        ];
        assert_eq!(keys(&shared), ["a~1111111", "a~3333333", "b"]);
        assert_eq!(
            keys(&[("a", ""), ("a", ""), ("a", "")]),
            ["a", "a~2", "a~3"]
        );
        let like_another = [("a", "1111111222"), ("a", ""), ("a~1111111", "")];
        assert_eq!(keys(&like_another), ["a~1111111~2", "a", "a~1111111"]);
        for revisions in [&shared[..], &like_another[..]] {
            let all = all(revisions);
            for (idx, key) in unique_keys(&all).iter().enumerate() {
                // A name comes first; of several that have it, the first.
                let named = all.iter().position(|it| it.name.as_deref() == Some(key));
                let found = find_all(&all, &[key]);
                assert_eq!(found, [Some(named.unwrap_or(idx))], "{key}");
            }
        }
    }

    #[test]
    fn a_sha_is_known_by_its_beginning() {
        let all = all(&[
            ("a", "1111111222"),
            ("b", "1111111333"),
            ("c", "4444444"),
            ("1111111333", "5555555666"),
            ("7777777", "8888888"),
            ("7777777", "7777777999"),
        ]);
        let found = find_all(
            &all,
            &[
                "11111112",
                "1111111",
                "44444445",
                "1111111333",
                "111111133",
                "5555555",
                "555555",
                "1111111",
                "444444",
                "7777777",
                "zz",
                "",
            ],
        );
        let rows = [0, 9, 2, 1, 1, 3, 9, 9, 9, 5, 9, 9];
        assert_eq!(found, rows.map(|row| Some(row).filter(|it| *it < 9)));
    }

    #[test]
    fn many_names_are_found_in_one_pass() {
        const N: usize = 100_000;
        let revision = |row: usize| Revision {
            name: Some(format!("run {}", row % 2)),
            sha: Some(format!("{row:040x}")),
            ..Revision::new(RevisionKind::Experiment)
        };
        let all: Vec<Revision> = (0..N).map(revision).collect();
        // Each of these labels is shared, and each key made longer.
        let keys = unique_keys(&all);
        let names: Vec<&str> = keys.iter().map(String::as_str).collect();
        let found = find_all(&all, &names);
        let all_found = (0..N).map(Some).collect::<Vec<_>>();
        assert!(found == all_found);
    }
}
