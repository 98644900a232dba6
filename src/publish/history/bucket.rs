//! A site in an S3-compatible bucket: no step changes several objects, so one object decides.
//!
//! A publisher puts what never changes first (viewer, report: nobody sees it yet). Then it puts
//! `site.json` in the place of the very version that it read: whoever comes second there begins
//! anew. The winner puts the shards and the pages, each only in the place of what it knows; what
//! somebody newer has put meanwhile stays.
//!
//! One that dies on the way leaves a report that nobody finds yet, or an index whose shard is not
//! what it says: the next one builds it anew from the folders, where every report still is.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    index::{self, INDEX},
    load::ENTRY,
    pause,
    publish::LATEST,
    site::{Change, Committed, Kind, Refusal, Site},
    store::{Store, Tag},
    viewer,
};
use crate::{
    bundle,
    model::{SiteEntry, SiteIndex},
};

/// How often an index is read whose newest shard is still on its way.
const MAX_READS: u32 = 5;
/// How often a page is put that others put as well.
const MAX_PUTS: u32 = 20;

/// A site in a bucket.
pub struct Bucket {
    store: Store,
    /// `site.json` and its newest shard, as they were when the state was read.
    known: BTreeMap<String, (Vec<u8>, Tag)>,
    /// Versions of objects seen since; `None` where there is none.
    tags: RefCell<BTreeMap<String, Option<Tag>>>,
    /// Folders of reports that this publisher has begun.
    own: BTreeSet<String>,
}

impl Bucket {
    /// The site at `s3://bucket/prefix`.
    ///
    /// # Errors
    /// It is no such address.
    pub fn new(url: &str) -> Result<Self, Refusal> {
        Ok(Self {
            store: Store::new(url)?,
            known: BTreeMap::new(),
            tags: RefCell::default(),
            own: BTreeSet::new(),
        })
    }

    fn note(&self, path: &str, tag: Option<Tag>) {
        self.tags.borrow_mut().insert(path.to_owned(), tag);
    }

    /// The version of an object as it was first seen in this state.
    fn tag(&self, path: &str) -> Result<Option<Tag>, Refusal> {
        if let Some(known) = self.tags.borrow().get(path) {
            return Ok(known.clone());
        }
        let tag = self.store.tag(path)?;
        self.note(path, tag.clone());
        Ok(tag)
    }

    /// Reads `site.json` and its newest shard; whether they belong together.
    fn read_index(&mut self) -> Result<bool, Refusal> {
        self.known.clear();
        self.tags.borrow_mut().clear();
        let Some((bytes, tag)) = self.store.get(INDEX)? else {
            self.note(INDEX, None);
            return Ok(true);
        };
        let index = bundle::read_index(&bytes).ok();
        self.note(INDEX, Some(tag.clone()));
        self.known.insert(INDEX.to_owned(), (bytes, tag));
        let Some(line) = index.and_then(|it| it.shards.last().cloned()) else {
            return Ok(true);
        };
        let path = SiteIndex::shard_path(line.shard);
        let Some((bytes, tag)) = self.store.get(&path)? else {
            self.note(&path, None);
            return Ok(false);
        };
        let is_same = index::is_same(&line, &bytes);
        self.note(&path, Some(tag.clone()));
        self.known.insert(path, (bytes, tag));
        Ok(is_same)
    }

    /// Puts a report's files; false when somebody else has its folder.
    fn put_report(&mut self, folder: &str, change: &Change) -> Result<bool, Refusal> {
        let (report, entry) = (format!("{folder}/report.json"), format!("{folder}/{ENTRY}"));
        let file = |path: &str| change.put.get(path).map(Vec::as_slice).unwrap_or_default();
        let is_ours =
            self.own.contains(folder) || self.store.put(&report, file(&report), None)?.is_some();
        if is_ours {
            self.own.insert(folder.to_owned());
            let start = format!("{folder}/");
            for (path, bytes) in &change.put {
                if path.starts_with(&start) && *path != report && *path != entry {
                    self.store.overwrite(path, bytes)?;
                }
            }
        } else if !self.is_there(&entry, file(&entry))? {
            return Ok(false);
        }
        // The last: where it is, all others are.
        self.store.overwrite(&entry, file(&entry))?;
        Ok(true)
    }

    /// Whether a report of the same content is whole there: of one that died before the index.
    fn is_there(&self, entry: &str, ours: &[u8]) -> Result<bool, Refusal> {
        let theirs = self.store.get(entry)?.map(|(bytes, _)| bytes);
        let content = |bytes: &[u8]| bundle::read_entry(bytes).ok().map(|it| it.content);
        Ok(theirs.is_some_and(|theirs| content(&theirs) == content(ours)))
    }

    /// Puts what is derived from the index in the place of what is known; when somebody else was
    /// there meanwhile, only if what we have is newer.
    fn put_page(
        &self,
        path: &str,
        bytes: &[u8],
        is_newest: &dyn Fn() -> Result<bool, Refusal>,
    ) -> Result<(), Refusal> {
        let mut instead = self.tag(path)?;
        for n_tries in 1..=MAX_PUTS {
            if self.store.put(path, bytes, instead.as_ref())?.is_some() || !is_newest()? {
                break;
            }
            pause(n_tries);
            instead = self.store.tag(path)?;
        }
        Ok(())
    }

    /// Puts all pages of a change whose index is the version `index`.
    fn put_pages(&self, change: &Change, index: &Tag) -> Result<(), Refusal> {
        let is_newest_index =
            || Ok(self.store.tag(INDEX)?.as_ref().map(|it| &it.e_tag) == Some(&index.e_tag));
        let places = change.put.iter().filter_map(|(path, bytes)| {
            Some((path.strip_suffix(LATEST)?, bundle::read_entry(bytes).ok()?))
        });
        let places: BTreeMap<&str, SiteEntry> = places.collect();
        for (path, bytes) in change.put.iter().filter(|(path, _)| is_page(path, change)) {
            let folder = path.rfind('/').and_then(|at| path.get(..=at));
            let Some((folder, ours)) = folder.and_then(|it| Some((it, places.get(it)?))) else {
                self.put_page(path, bytes, &is_newest_index)?;
                continue;
            };
            let is_newest = || {
                let there = self.store.get(&format!("{folder}{LATEST}"))?;
                let there = there.and_then(|(bytes, _)| bundle::read_entry(&bytes).ok());
                Ok(there.is_none_or(|it| it.number <= ours.number))
            };
            self.put_page(path, bytes, &is_newest)?;
        }
        Ok(())
    }

    /// Takes away what nobody needs, if that is still so: somebody may have published since.
    fn remove(&self, path: &str) -> Result<(), Refusal> {
        let index = self.store.get(INDEX)?;
        let index = index.and_then(|(bytes, _)| bundle::read_index(&bytes).ok());
        if index.is_none_or(|it| is_needed(&it, path)) {
            return Ok(());
        }
        for object in self.store.all_below(path)? {
            self.store.remove(&object)?;
        }
        self.store.remove(path)
    }
}

impl Site for Bucket {
    fn look(&mut self) -> Result<(), Refusal> {
        self.refresh()
    }

    fn refresh(&mut self) -> Result<(), Refusal> {
        // Between an index and its shard there is a moment; somebody who died there left it so.
        for n_tries in 1..MAX_READS {
            if self.read_index()? {
                return Ok(());
            }
            pause(n_tries);
        }
        self.read_index().map(drop)
    }

    fn kind(&mut self, path: &str) -> Result<Kind, Refusal> {
        if self.tag(path)?.is_some() {
            return Ok(Kind::File);
        }
        match self.store.is_folder(path)? {
            true => Ok(Kind::Folder),
            false => Ok(Kind::Missing),
        }
    }

    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Refusal> {
        if let Some((bytes, _)) = self.known.get(path) {
            return Ok(Some(bytes.clone()));
        }
        if path == INDEX {
            return Ok(None);
        }
        let found = self.store.get(path)?;
        let (bytes, tag) = found.map_or((None, None), |(bytes, tag)| (Some(bytes), Some(tag)));
        self.note(path, tag);
        Ok(bytes)
    }

    fn list(&mut self, folder: &str) -> Result<Vec<(String, Kind)>, Refusal> {
        let items = self.store.list(folder)?;
        for (name, _, tag) in items.iter().filter(|it| it.2.is_some()) {
            let path = format!("{folder}/{name}");
            let path = path.trim_start_matches('/');
            // What was seen first counts.
            if !self.tags.borrow().contains_key(path) {
                self.note(path, tag.clone());
            }
        }
        Ok(items.into_iter().map(|it| (it.0, it.1)).collect())
    }

    fn find(&mut self, folders: &[&str], name: &str) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
        let mut files = Vec::new();
        for folder in folders {
            let paths = self.store.all_below(folder)?.into_iter();
            for path in paths.filter(|it| it.rsplit('/').next() == Some(name)) {
                if let Some((bytes, _)) = self.store.get(&path)? {
                    files.push((path, bytes));
                }
            }
        }
        files.sort();
        Ok(files)
    }

    fn commit(&mut self, change: &Change, _message: &str) -> Result<Committed, Refusal> {
        let moved = |path: &str| Ok(Committed::Moved(format!("{path} is another one now")));
        for (path, bytes) in change.put.iter().filter(|(path, _)| is_of_viewer(path)) {
            // One that is there is the same: its folder is a digest.
            self.store.put(path, bytes, None)?;
        }
        for folder in reports(change) {
            if !self.put_report(folder, change)? {
                return moved(folder);
            }
        }
        let Some(bytes) = change.put.get(INDEX) else {
            return Ok(Committed::Done);
        };
        let instead = self.tag(INDEX)?;
        let Some(index) = self.store.put(INDEX, bytes, instead.as_ref())? else {
            return moved(INDEX);
        };
        // From here on it is published: others see it, or build it anew from its folder.
        for (path, bytes) in change.put.iter().filter(|(path, _)| is_shard(path)) {
            let instead = self.tag(path)?;
            self.store.put(path, bytes, instead.as_ref())?;
        }
        self.put_pages(change, &index)?;
        for path in &change.remove {
            self.remove(path)?;
        }
        self.own.clear();
        Ok(Committed::Done)
    }
}

/// Whether a site has a viewer, a report, a shard, or a report in the place that a page is of. Places
/// that go are those of pull requests; one that was published just now is among the newest.
fn is_needed(index: &SiteIndex, path: &str) -> bool {
    let place = ["/index.html", "/latest.json"];
    let place = place.iter().find_map(|it| path.strip_suffix(it));
    let mut reports = index.pulls.iter().map(|it| it.path.as_str());
    let is_of = |report: &str| {
        report == path || (place.is_some() && report.rsplit_once('/').map(|it| it.0) == place)
    };
    let mut viewers = index.viewers.iter();
    let mut shards = index.shards.iter();
    reports.any(is_of)
        || viewers.any(|it| viewer::folder(&it.hash) == path)
        || shards.any(|it| SiteIndex::shard_path(it.shard) == path)
}

fn is_of_viewer(path: &str) -> bool {
    path.starts_with(&viewer::folder(""))
}

fn is_shard(path: &str) -> bool {
    path.starts_with("careo/index/") && path != INDEX
}

/// Folders of the reports in a change.
fn reports(change: &Change) -> impl Iterator<Item = &str> {
    let entries = change.put.keys().map(String::as_str);
    entries.filter_map(|it| it.strip_suffix(ENTRY)?.strip_suffix('/'))
}

/// What is neither a viewer's, a report's, nor the index's.
fn is_page(path: &str, change: &Change) -> bool {
    let is_of_report = |folder: &str| {
        path.strip_prefix(folder)
            .is_some_and(|it| it.starts_with('/'))
    };
    !is_of_viewer(path) && !is_shard(path) && path != INDEX && !reports(change).any(is_of_report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_published_meanwhile_is_needed() {
        let index = SiteIndex {
            pulls: vec![SiteEntry {
                path: "pr/12/0123456789ab".to_owned(),
                ..SiteEntry::default()
            }],
            ..SiteIndex::default()
        };
        let needed = [
            "pr/12/0123456789ab",
            "pr/12/index.html",
            "pr/12/latest.json",
        ];
        assert!(needed.iter().all(|it| is_needed(&index, it)));
        let others = [
            "pr/12/ba9876543210",
            "pr/1/index.html",
            "pr/12/fraud/latest.json",
            "careo/index/1.json",
        ];
        assert!(!others.iter().any(|it| is_needed(&index, it)));
    }
}
