//! What goes: reports of pull requests that are closed, old ones, and what is over a number or a
//! size.
//!
//! The newest report of each place stays, so that no address that people were given leads nowhere,
//! unless the pull request is closed. Tags stay.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    index::{self, place},
    load::Loaded,
    pages,
    place::Place,
    publish,
    site::{Change, Refusal, Site},
    viewer,
};
use crate::{
    model::{PlaceKind, SiteEntry, SiteIndex},
    publish::time,
    words::publishing::{Publishing, Why},
};

/// What may go.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Numbers of pull requests that are closed or merged.
    pub closed: Vec<String>,
    /// Numbers of all that are open: others are closed.
    pub open: Option<Vec<String>>,
    /// Days.
    pub older_than: Option<u64>,
    /// Reports of each place.
    pub keep: Option<usize>,
    /// Bytes of reports and viewers.
    pub max_bytes: Option<u64>,
}

/// A report that goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Going {
    pub path: String,
    pub n_bytes: u64,
    pub why: Why,
}

/// Chooses what goes; `today` is counted in days from 1970. By the order of the entries' numbers,
/// not by what clocks say.
pub fn choose(entries: &[SiteEntry], index: &SiteIndex, rules: &Rules, today: i64) -> Vec<Going> {
    let mut newest_first: Vec<&SiteEntry> = entries.iter().collect();
    newest_first.sort_by_key(|it| std::cmp::Reverse(it.number));
    let mut of_place: BTreeMap<_, usize> = BTreeMap::new();
    let mut going: Vec<(usize, Why)> = Vec::new();
    let mut may_go: Vec<usize> = Vec::new();
    for (at, entry) in newest_first.iter().enumerate() {
        let rank = of_place.entry(place(entry)).or_default();
        let age = entry
            .made_at
            .as_deref()
            .and_then(time::day_of)
            .map(|day| today - day);
        let is_newest = *rank == 0;
        let is_kept = is_newest || entry.kind == PlaceKind::Tag;
        let is_old = rules.older_than.zip(age);
        let is_old =
            is_old.is_some_and(|(most, age)| age > i64::try_from(most).unwrap_or(i64::MAX));
        let why = if is_closed(entry, rules) {
            Some(Why::Closed)
        } else if is_kept {
            None
        } else if is_old {
            Some(Why::Old)
        } else if rules.keep.is_some_and(|keep| *rank >= keep.max(1)) {
            Some(Why::Many)
        } else {
            None
        };
        *rank += 1;
        match why {
            Some(why) => going.push((at, why)),
            None if !is_kept => may_go.push(at),
            None => {}
        }
    }
    if let Some(most) = rules.max_bytes {
        let gone: u64 = going
            .iter()
            .filter_map(|(at, _)| Some(newest_first.get(*at)?.n_bytes))
            .sum();
        let mut n_bytes = publish::total_bytes(index).saturating_sub(gone);
        // Pull requests first, and the oldest of them.
        let is_pull = |at: &usize| {
            newest_first
                .get(*at)
                .is_some_and(|it| it.kind == PlaceKind::Pull)
        };
        let (pulls, branches): (Vec<usize>, Vec<usize>) = may_go.into_iter().partition(is_pull);
        for at in pulls.into_iter().rev().chain(branches.into_iter().rev()) {
            if n_bytes <= most {
                break;
            }
            n_bytes -= newest_first.get(at).map_or(0, |it| it.n_bytes).min(n_bytes);
            going.push((at, Why::Large));
        }
    }
    going.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let line = |(at, why): (usize, Why)| {
        let entry = newest_first.get(at)?;
        Some(Going {
            path: entry.path.clone(),
            n_bytes: entry.n_bytes,
            why,
        })
    };
    going.into_iter().filter_map(line).collect()
}

fn is_closed(entry: &SiteEntry, rules: &Rules) -> bool {
    let is_open = |open: &Vec<String>| open.contains(&entry.name);
    entry.kind == PlaceKind::Pull
        && (rules.closed.contains(&entry.name)
            || rules.open.as_ref().is_some_and(|it| !is_open(it)))
}

/// Takes reports out of the site, and the viewers that no report needs any more. The index in
/// `loaded` becomes that of what is left.
///
/// # Errors
/// The site can't be read.
pub fn take_out(
    site: &mut dyn Site,
    loaded: &mut Loaded,
    entries: Vec<SiteEntry>,
    going: &[Going],
) -> Result<Change, Refusal> {
    let mut change = Change::default();
    let paths: BTreeSet<&str> = going.iter().map(|it| it.path.as_str()).collect();
    let (gone, left): (Vec<SiteEntry>, Vec<SiteEntry>) = entries
        .into_iter()
        .partition(|entry| paths.contains(entry.path.as_str()));
    let places: BTreeSet<_> = left.iter().map(place).collect();
    for entry in &gone {
        change.remove.insert(entry.path.clone());
        if !places.contains(&place(entry)) {
            take_out_place(site, entry, &mut change)?;
        }
    }
    let before = loaded.index.shards.clone();
    let (mut index, shards) = index::build(left, &loaded.index);
    index.viewers.retain(|known| {
        let is_needed = known.n_reports > 0 || known.hash == index.viewer;
        if !is_needed {
            change.remove.insert(viewer::folder(&known.hash));
        }
        is_needed
    });
    for line in &index.shards {
        if let (false, Some(bytes)) = (before.contains(line), shards.get(&line.shard)) {
            let path = SiteIndex::shard_path(line.shard);
            change.put.insert(path, bytes.clone());
        }
    }
    publish::remove_old_shards(site, &index, &mut change)?;
    loaded.index = index;
    loaded.rebuilt = None;
    Ok(change)
}

/// Takes away what opens the newest report of a place that has none any more.
fn take_out_place(
    site: &mut dyn Site,
    entry: &SiteEntry,
    change: &mut Change,
) -> Result<(), Refusal> {
    let place = Place {
        kind: entry.kind,
        name: entry.name.clone(),
        key: entry.key.clone(),
    };
    let folder = place.folder();
    let page = format!("{folder}/index.html");
    if site
        .read(&page)?
        .is_some_and(|html| pages::is_published(&html))
    {
        change.remove.insert(page);
    }
    let latest = format!("{folder}/latest.json");
    if site.read(&latest)?.is_some() {
        change.remove.insert(latest);
    }
    Ok(())
}

/// A number of days: `90d`, `12w`, `1y`. A bare number may be meant as any of them, and what went is
/// gone.
pub fn days(text: &str) -> Result<u64, Publishing> {
    let units = [("d", 1), ("w", 7), ("y", 365)];
    let parsed = units.iter().find_map(|(unit, factor)| {
        let number: u64 = text.strip_suffix(unit)?.parse().ok()?;
        number.checked_mul(*factor)
    });
    parsed.ok_or_else(|| Publishing::BadAge {
        found: text.to_owned(),
    })
}

/// A size: `800MB`, `1.5GB`, `500kB`, `12B`. Decimal, as hosts count.
pub fn bytes(text: &str) -> Result<u64, Publishing> {
    let units = [("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("b", 1.0)];
    let lower = text.to_ascii_lowercase();
    let parsed = units.iter().find_map(|(unit, factor)| {
        let number = lower.strip_suffix(unit)?.trim_end();
        let number: f64 = number.parse().ok()?;
        let bytes = number * factor;
        (bytes.is_finite() && bytes >= 0.0).then_some(bytes as u64)
    });
    parsed.ok_or_else(|| Publishing::BadSize {
        found: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(number: u64, kind: PlaceKind, name: &str, made_at: &str) -> SiteEntry {
        SiteEntry {
            number,
            kind,
            name: name.to_owned(),
            path: format!("{}/{name}/{number:012x}", kind.folder()),
            made_at: Some(made_at.to_owned()),
            n_bytes: 100,
            ..SiteEntry::default()
        }
    }

    fn site() -> Vec<SiteEntry> {
        use PlaceKind::{Branch, Pull, Tag};
        vec![
            entry(0, Branch, "main", "2026-01-01T00:00:00Z"),
            entry(1, Pull, "1", "2026-01-02T00:00:00Z"),
            entry(2, Tag, "v1", "2026-01-02T00:00:00Z"),
            entry(3, Pull, "1", "2026-03-01T00:00:00Z"),
            // A clock that went backwards.
            entry(4, Pull, "1", "2020-03-02T00:00:00Z"),
            entry(5, Pull, "2", "2026-03-03T00:00:00Z"),
            entry(6, Branch, "main", "2026-03-04T00:00:00Z"),
        ]
    }

    fn numbers(rules: &Rules) -> Vec<u64> {
        let entries = site();
        let (index, _) = index::build(entries.clone(), &SiteIndex::default());
        let today = time::day_of("2026-03-10").unwrap();
        choose(&entries, &index, rules, today)
            .iter()
            .map(|it| u64::from_str_radix(it.path.rsplit('/').next().unwrap(), 16).unwrap())
            .collect()
    }

    #[test]
    fn each_rule_takes_what_it_names_and_leaves_the_newest() {
        let none = Rules::default();
        assert_eq!(numbers(&none), [0; 0]);
        let closed = Rules {
            closed: vec!["1".to_owned()],
            ..none.clone()
        };
        assert_eq!(numbers(&closed), [1, 3, 4]);
        let open = Rules {
            open: Some(vec!["1".to_owned()]),
            ..none.clone()
        };
        assert_eq!(numbers(&open), [5]);
        let old = Rules {
            older_than: Some(30),
            ..none.clone()
        };
        // 4 is the newest of its place, however old its clock says it is.
        assert_eq!(numbers(&old), [0, 1]);
        let many = Rules {
            keep: Some(2),
            ..none.clone()
        };
        assert_eq!(numbers(&many), [1]);
        let large = |max_bytes| Rules {
            max_bytes: Some(max_bytes),
            ..none.clone()
        };
        assert_eq!(numbers(&large(700)), [0; 0]);
        assert_eq!(numbers(&large(650)), [1]);
        assert_eq!(numbers(&large(450)), [0, 1, 3]);
        assert_eq!(numbers(&large(0)), [0, 1, 3]);
    }

    #[test]
    fn ages_and_sizes_are_read() {
        assert_eq!(days("90d").unwrap(), 90);
        assert_eq!(days("12w").unwrap(), 84);
        assert_eq!(days("1y").unwrap(), 365);
        for bad in ["", "d", "5", "-1d", "1h", "99999999999999999y"] {
            assert!(days(bad).is_err(), "{bad}");
        }
        assert_eq!(bytes("800MB").unwrap(), 800_000_000);
        assert_eq!(bytes("1.5 GB").unwrap(), 1_500_000_000);
        assert_eq!(bytes("12B").unwrap(), 12);
        for bad in ["", "MB", "12", "-1B", "nanB", "infB", "1TB"] {
            assert!(bytes(bad).is_err(), "{bad}");
        }
    }
}
