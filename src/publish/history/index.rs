//! The index of a site: derived from its entries, as a whole or by one entry more.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    bundle,
    model::{PlaceKind, SiteEntry, SiteIndex, SiteShard, SiteViewer, Trend, TrendPoint},
    readers::assemble::sha256,
};

/// Where the index is.
pub const INDEX: &str = "careo/index/site.json";

/// The index of a site with these entries, and its shards by number. Entries may come in any order.
///
/// `base` says what entries don't: where the front page is, which viewers there are.
pub fn build(mut entries: Vec<SiteEntry>, base: &SiteIndex) -> (SiteIndex, Shards) {
    entries.sort_by(|a, b| (a.number, &a.path).cmp(&(b.number, &b.path)));
    entries.dedup_by(|a, b| a.path == b.path);
    let mut index = SiteIndex {
        next: base.next,
        front: base.front.clone(),
        viewer: base.viewer.clone(),
        viewers: base.viewers.clone(),
        ..SiteIndex::default()
    };
    for viewer in &mut index.viewers {
        viewer.n_reports = 0;
    }
    let mut places = BTreeSet::new();
    let mut shards: BTreeMap<u64, Vec<SiteEntry>> = BTreeMap::new();
    // The branch first: what its trend is made of depends on it.
    let said = entries.iter().rev().find_map(|it| it.main_branch.clone());
    index.main_branch = said.or_else(|| entries.iter().fold(None, guessed_branch));
    for entry in entries {
        let is_new = places.insert(place(&entry));
        count(&mut index, &entry, is_new);
        shards.entry(shard_of(&entry)).or_default().push(entry);
    }
    let shards: Shards = shards
        .into_iter()
        .map(|(shard, entries)| (shard, bundle::write_entries(&entries)))
        .collect();
    index.shards = shards
        .iter()
        .map(|(shard, bytes)| shard_line(*shard, n_entries(bytes), bytes))
        .collect();
    (index, shards)
}

/// Shards by number, as written.
pub type Shards = BTreeMap<u64, Vec<u8>>;

/// Adds one entry, which is the newest. `last` are the entries of its shard so far; `is_new` says
/// whether its place had no report yet.
///
/// `None` when the index has to be built anew: another branch may be the main one now.
pub fn add(
    index: &mut SiteIndex,
    entry: &SiteEntry,
    last: Vec<SiteEntry>,
    is_new: bool,
) -> Option<(u64, Vec<u8>)> {
    let said = entry.main_branch.clone();
    let main = said.or_else(|| guessed_branch(index.main_branch.clone(), entry));
    if main != index.main_branch && index.n_reports > 0 {
        return None;
    }
    index.main_branch = main;
    count(index, entry, is_new);
    let shard = shard_of(entry);
    let mut entries = last;
    entries.push(entry.clone());
    let bytes = bundle::write_entries(&entries);
    index.shards.retain(|it| it.shard != shard);
    index
        .shards
        .push(shard_line(shard, entries.len() as u64, &bytes));
    index.shards.sort_by_key(|it| it.shard);
    Some((shard, bytes))
}

/// The shard of an entry.
pub fn shard_of(entry: &SiteEntry) -> u64 {
    entry.number / SiteIndex::SHARD_LEN
}

/// Whether a shard is the one that the index means.
pub fn is_same(line: &SiteShard, bytes: &[u8]) -> bool {
    line.sha256 == sha256(bytes)
}

/// What an entry is about, with its key.
pub fn place(entry: &SiteEntry) -> (PlaceKind, String, String) {
    (entry.kind, entry.name.clone(), entry.key.clone())
}

fn shard_line(shard: u64, n_reports: u64, bytes: &[u8]) -> SiteShard {
    SiteShard {
        shard,
        n_reports,
        sha256: sha256(bytes),
    }
}

fn n_entries(bytes: &[u8]) -> u64 {
    bundle::read_entries(bytes).map_or(0, |it| it.len() as u64)
}

/// The main branch once an entry is there too, where CI called none the default branch: `main`, else
/// `master`, else the branch that pull requests aim at, else the first.
fn guessed_branch(so_far: Option<String>, entry: &SiteEntry) -> Option<String> {
    let of_branch = (entry.kind == PlaceKind::Branch).then(|| entry.name.clone());
    let usual = ["main", "master"];
    let is_usual = |it: &String| usual.contains(&it.as_str());
    so_far
        .clone()
        .filter(is_usual)
        .or_else(|| of_branch.clone().filter(is_usual))
        .or(so_far)
        .or_else(|| entry.target_branch.clone())
        .or(of_branch)
}

/// Takes an entry into all but the shards.
fn count(index: &mut SiteIndex, entry: &SiteEntry, is_new: bool) {
    index.next = index.next.max(entry.number + 1);
    index.n_reports += 1;
    index.n_bytes += entry.n_bytes;
    if entry.repository.is_some() {
        index.repository.clone_from(&entry.repository);
    }
    let viewer = index.viewers.iter_mut().find(|it| it.hash == entry.viewer);
    match viewer {
        Some(viewer) => viewer.n_reports += 1,
        None => index.viewers.push(SiteViewer {
            hash: entry.viewer.clone(),
            n_reports: 1,
            ..SiteViewer::default()
        }),
    }
    match entry.kind {
        PlaceKind::Pull => {
            index.n_pulls += u64::from(is_new);
            index.pulls.retain(|it| place(it) != place(entry));
            let mut pull = entry.clone();
            pull.metrics.clear();
            index.pulls.insert(0, pull);
            index.pulls.truncate(SiteIndex::MAX_PULLS);
        }
        PlaceKind::Branch if index.main_branch.as_ref() == Some(&entry.name) => {
            add_point(&mut index.trends, entry);
        }
        PlaceKind::Branch | PlaceKind::Tag => {}
    }
}

/// Adds a report of the main branch to its trend.
fn add_point(trends: &mut Vec<Trend>, entry: &SiteEntry) {
    let at = trends.iter().position(|it| it.key == entry.key);
    let at = at.unwrap_or_else(|| {
        trends.push(Trend {
            key: entry.key.clone(),
            ..Trend::default()
        });
        trends.len() - 1
    });
    let Some(trend) = trends.get_mut(at) else {
        return;
    };
    let mut values = vec![None; trend.metrics.len()];
    for metric in &entry.metrics {
        let known = trend.metrics.iter().position(|it| it.id == metric.id);
        let column = match known {
            Some(column) => column,
            None if trend.metrics.len() < SiteIndex::MAX_METRICS => {
                trend.metrics.push(metric.clone());
                for point in &mut trend.points {
                    point.values.push(None);
                }
                values.push(None);
                trend.metrics.len() - 1
            }
            None => continue,
        };
        if let (Some(known), Some(value)) = (trend.metrics.get_mut(column), values.get_mut(column))
        {
            known.clone_from(metric);
            *value = Some(metric.value);
        }
    }
    trend.points.push(TrendPoint {
        path: entry.path.clone(),
        commit: entry.commit.clone(),
        date: entry.date.clone(),
        values,
    });
    let n_over = trend.points.len().saturating_sub(SiteIndex::MAX_POINTS);
    trend.points.drain(..n_over);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SiteMetric;

    #[test]
    fn what_ci_calls_the_main_branch_stays_so() {
        let of = |number: u64, name: &str, said: Option<&str>| SiteEntry {
            number,
            path: format!("branch/{name}/{number:012x}"),
            kind: PlaceKind::Branch,
            name: name.to_owned(),
            main_branch: said.map(str::to_owned),
            ..SiteEntry::default()
        };
        let (develop, by_hand) = (of(0, "develop", Some("develop")), of(1, "main", None));
        let (mut index, _) = build(vec![develop.clone()], &SiteIndex::default());
        let last = vec![develop.clone()];
        assert_eq!(add(&mut index, &by_hand, last, true), None, "all are asked");
        let (index, _) = build(vec![develop, by_hand], &index);
        assert_eq!(index.main_branch.as_deref(), Some("develop"));
        let (index, _) = build(vec![of(0, "x", None), of(1, "main", None)], &index);
        assert_eq!(index.main_branch.as_deref(), Some("main"));
    }

    fn entry(number: u64) -> SiteEntry {
        let (kind, name) = match number % 3 {
            0 => (PlaceKind::Pull, (number / 9).to_string()),
            1 => (PlaceKind::Branch, "main".to_owned()),
            _ => (PlaceKind::Tag, format!("v{number}")),
        };
        SiteEntry {
            number,
            path: format!("{}/{name}/{number:012x}", kind.folder()),
            kind,
            name,
            key: if number.is_multiple_of(5) {
                "k".to_owned()
            } else {
                String::new()
            },
            // Clocks go wrong: they say nothing about the order.
            date: Some(format!("20{:02}-01-01T00:00:00Z", 99 - number % 90)),
            made_at: Some("1970-01-01T00:00:00Z".to_owned()),
            metrics: vec![SiteMetric {
                id: format!("m.json:{}", number % 4),
                value: number as f64,
                ..SiteMetric::default()
            }],
            viewer: format!("v{}", number % 2),
            n_bytes: number,
            ..SiteEntry::default()
        }
    }

    /// What one entry after the other makes is what all of them make at once.
    #[test]
    fn added_one_by_one_or_built_at_once_is_the_same() {
        let mut index = SiteIndex::default();
        let mut shards = Shards::new();
        let mut entries: Vec<SiteEntry> = Vec::new();
        for number in 0..250 {
            let entry = entry(number);
            let is_new = entries.iter().all(|it| place(it) != place(&entry));
            let last = shards.get(&shard_of(&entry));
            let last = last.map_or_else(Vec::new, |bytes| bundle::read_entries(bytes).unwrap());
            match add(&mut index, &entry, last, is_new) {
                Some((shard, bytes)) => drop(shards.insert(shard, bytes)),
                // The first report of `main` after others.
                None => {
                    let mut all = entries.clone();
                    all.push(entry.clone());
                    (index, shards) = build(all, &index);
                }
            }
            entries.push(entry);
        }
        let mut viewers = index.viewers.clone();
        viewers.iter_mut().for_each(|it| it.n_reports = 9);
        let base = SiteIndex {
            viewers,
            ..SiteIndex::default()
        };
        entries.reverse();
        assert_eq!(build(entries, &base), (index.clone(), shards));
        assert_eq!(index.next, 250);
        assert_eq!(index.n_reports, 250);
        assert_eq!(index.main_branch.as_deref(), Some("main"));
        assert_eq!(
            index.pulls.len(),
            SiteIndex::MAX_PULLS.min(index.n_pulls as usize)
        );
        assert_eq!(index.pulls[0].number, 249);
        let lines: Vec<u64> = index.shards.iter().map(|it| it.n_reports).collect();
        assert_eq!(lines, [200, 50]);
        assert_eq!(index.trends.len(), 2);
    }
}
