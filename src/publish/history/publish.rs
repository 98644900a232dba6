//! One report more: what changes in a site.

use std::collections::BTreeMap;

use super::{
    entry::{self, Facts, entry},
    index::{self, INDEX},
    load::{self, ENTRY, Loaded},
    name, pages,
    place::Place,
    site::{Change, Kind, Refusal, Site, check},
    viewer::{self, TEMPLATE},
};
use crate::{
    bundle,
    model::{Lang, Report, SiteEntry, SiteIndex, SiteViewer, Stored},
    publish::{gather, page::NoSuchPlace, viewer::Viewer},
    words::publishing::Publishing,
};

/// The file of a place that says which report is the newest.
pub const LATEST: &str = "latest.json";

/// The largest file that hosts take: GitHub refuses more in a push.
const MAX_FILE_BYTES: u64 = 100 << 20;

/// A report that is to be published.
pub struct Publication {
    report: Report,
    place: Place,
    facts: Facts,
    lang: Lang,
    /// Address of the site, with a final slash.
    site_url: Option<String>,
    template: &'static str,
    viewer: SiteViewer,
    viewer_files: Vec<(String, Vec<u8>)>,
    content: String,
    /// First 12 digits of the commit, or of the content where there is none.
    sha: String,
    /// The report's files, as they were made for this folder and this front page.
    made: Option<(String, String, Report, Files)>,
}

type Files = BTreeMap<String, Vec<u8>>;

/// What would be published.
pub struct Plan {
    /// The report's folder.
    pub path: String,
    /// The report as it stands there.
    pub report: Report,
    /// Whether it was not there before.
    pub is_new: bool,
    /// What changes; nothing when the very report is there already.
    pub change: Option<Change>,
    /// Size of the site's reports and viewers then, the report included.
    pub n_bytes: u64,
    /// What to tell beside it.
    pub remarks: Vec<Publishing>,
}

impl Publication {
    /// Makes a report ready.
    pub fn new(
        report: Report,
        place: Place,
        facts: Facts,
        site_url: Option<String>,
        lang: Lang,
        viewer: Viewer,
    ) -> Self {
        let content = entry::content(&report);
        let commit = report.origin.commit.as_deref().unwrap_or_default();
        let commit = folder_of_commit(commit);
        let sha = match name::is_report(&commit) {
            true => commit,
            false => content.chars().take(12).collect(),
        };
        let (about, viewer_files) = viewer::files(viewer);
        Self {
            report,
            place,
            facts,
            lang,
            site_url,
            template: viewer.index(),
            viewer: about,
            viewer_files,
            content,
            sha,
            made: None,
        }
    }

    /// What publishing changes in the site as it is now.
    ///
    /// # Errors
    /// The site can't be read; something of it is in the way; the report is too large.
    pub fn plan(&mut self, site: &mut dyn Site) -> Result<Plan, Refusal> {
        let mut loaded = load::load(site)?;
        let folder = self.place.folder();
        let there = site.list(&folder)?;
        let (path, known) = self.choose_folder(site, &folder, &there)?;
        let mut change = Change::default();
        let mut report = self.report_for(&path);
        let known = match known {
            Some(entry) if load::has(site, &mut loaded, &entry)? => Some(entry),
            // Of a publisher that died before it was in the index.
            _ => None,
        };
        let is_there = known.is_some();
        if !is_there {
            loaded.index.front = front_folder(site)?;
            let (made, entry) = self.put_report(&path, &loaded.index, &mut change)?;
            report = made;
            self.put_viewer(site, &mut loaded.index, &mut change)?;
            // One that is there and not in the index is this one.
            let is_other = |name: &str| format!("{folder}/{name}") != path;
            let is_new = !there
                .iter()
                .any(|(name, _)| name::is_report(name) && is_other(name));
            // What a commit of old says once more is not the newest.
            let is_again = path != format!("{folder}/{}", self.sha);
            let newest = latest(site, &folder)?.filter(|_| is_again);
            if newest.is_none_or(|it| it.commit == entry.commit) {
                put_way_to_newest(site, &folder, &entry, &report, self.lang, &mut change)?;
            }
            put_index(site, &mut loaded, Some((&entry, is_new)), &mut change)?;
            put_no_jekyll(site, &mut change)?;
        } else if loaded.rebuilt.is_some() {
            // The report is there, but the index was not as it should be.
            loaded.index.front = front_folder(site)?;
            self.put_viewer(site, &mut loaded.index, &mut change)?;
            put_index(site, &mut loaded, None, &mut change)?;
        }
        if let Some(entry) = known {
            // Of one that died before people could find it.
            let latest = latest(site, &folder)?;
            if latest.is_none_or(|it| it.number < entry.number) {
                loaded.index.front = front_folder(site)?;
                self.put_viewer(site, &mut loaded.index, &mut change)?;
                put_way_to_newest(site, &folder, &entry, &report, self.lang, &mut change)?;
            }
        }
        let has_change = !change.put.is_empty();
        if has_change {
            let template = (self.viewer.hash.as_str(), self.template);
            put_front(site, &mut loaded.index, template, self.lang, &mut change)?;
            limit(&change)?;
            check(site, &change)?;
        }
        Ok(Plan {
            path,
            report,
            is_new: !is_there,
            n_bytes: total_bytes(&loaded.index),
            change: has_change.then_some(change),
            remarks: loaded.remarks,
        })
    }

    /// Puts the report's own files there.
    fn put_report(
        &mut self,
        path: &str,
        index: &SiteIndex,
        change: &mut Change,
    ) -> Result<(Report, SiteEntry), Refusal> {
        let (report, files) = self.files(path, &index.front)?;
        let n_bytes = files.values().map(|bytes| bytes.len() as u64).sum();
        for (name, bytes) in files {
            change.put.insert(format!("{path}/{name}"), bytes);
        }
        let entry = SiteEntry {
            number: index.next,
            path: path.to_owned(),
            viewer: self.viewer.hash.clone(),
            n_bytes,
            content: self.content.clone(),
            ..entry(&report, &self.place, &self.facts)
        };
        let bytes = bundle::write_entry(&entry);
        change.put.insert(format!("{path}/{ENTRY}"), bytes);
        Ok((report, entry))
    }

    /// The folder of this report: that of its commit; the next free one with a number when the
    /// commit is there with other results; with its entry, when the very report is there.
    fn choose_folder(
        &self,
        site: &mut dyn Site,
        folder: &str,
        there: &[(String, Kind)],
    ) -> Result<(String, Option<SiteEntry>), Refusal> {
        for again in 1_u32.. {
            let name = match again {
                1 => self.sha.clone(),
                again => format!("{}-{again}", self.sha),
            };
            let path = format!("{folder}/{name}");
            if !there.iter().any(|(known, _)| *known == name) {
                return Ok((path, None));
            }
            let known = site.read(&format!("{path}/{ENTRY}"))?;
            let known = known.filter(|bytes| bundle::is_sealed(bytes));
            let known = known.and_then(|bytes| bundle::read_entry(&bytes).ok());
            if known.as_ref().is_some_and(|it| it.content == self.content) {
                return Ok((path, known));
            }
        }
        Ok((format!("{folder}/{}", self.sha), None))
    }

    /// The report as it stands in a folder: with its own address.
    fn report_for(&self, path: &str) -> Report {
        let mut report = self.report.clone();
        if report.origin.base_url.is_none() {
            report.origin.base_url = address(self.site_url.as_deref(), path);
        }
        report
    }

    /// The report as it stands in a folder, as one bundle: with its artifacts inside.
    pub fn bundle(&self, path: &str) -> Report {
        let mut report = self.report_for(path);
        gather::keep_inside(&mut report, gather::MAX_INSIDE_BYTES);
        report
    }

    /// The files of the report in this folder, but for its entry.
    fn files(&mut self, path: &str, front: &str) -> Result<(Report, Files), Refusal> {
        if let Some((known, known_front, report, files)) = &self.made
            && (known.as_str(), known_front.as_str()) == (path, front)
        {
            return Ok((report.clone(), files.clone()));
        }
        let mut report = self.report_for(path);
        let mut files = Files::new();
        for (name, bytes) in gather::put_beside(&mut report) {
            files.insert(name, bytes.to_vec());
        }
        files.insert("report.json".to_owned(), bundle::write(&report));
        let depth = path.split('/').count();
        let html = pages::report(&report, self.template, &self.viewer.hash, depth, front);
        files.insert(
            "index.html".to_owned(),
            html.map_err(no_place)?.into_bytes(),
        );
        let made = (
            path.to_owned(),
            front.to_owned(),
            report.clone(),
            files.clone(),
        );
        self.made = Some(made);
        Ok((report, files))
    }

    /// Puts the viewer there, unless it is there.
    fn put_viewer(
        &self,
        site: &mut dyn Site,
        index: &mut SiteIndex,
        change: &mut Change,
    ) -> Result<(), Refusal> {
        let folder = viewer::folder(&self.viewer.hash);
        let there = site.list(&folder)?;
        for (name, bytes) in &self.viewer_files {
            if !there.iter().any(|(known, _)| known == name) {
                change.put.insert(format!("{folder}/{name}"), bytes.clone());
            }
        }
        let known = index.viewers.iter_mut();
        match known.into_iter().find(|it| it.hash == self.viewer.hash) {
            Some(known) => {
                known.version.clone_from(&self.viewer.version);
                known.n_bytes = self.viewer.n_bytes;
            }
            None => index.viewers.push(self.viewer.clone()),
        }
        Ok(())
    }
}

/// The address of a folder of the site.
pub fn address(site_url: Option<&str>, path: &str) -> Option<String> {
    site_url.map(|url| format!("{}/{path}/", url.trim_end_matches('/')))
}

/// Size of all reports and viewers.
pub fn total_bytes(index: &SiteIndex) -> u64 {
    index.n_bytes + index.viewers.iter().map(|it| it.n_bytes).sum::<u64>()
}

/// Where the front page goes: to the root, unless somebody else's page is there.
pub fn front_folder(site: &mut dyn Site) -> Result<String, Refusal> {
    let is_free = match site.kind("index.html")? {
        // GitHub Pages makes it of these.
        Kind::Missing => !is_built(site)? || !has_any(site, &["index.md", "README.md"])?,
        Kind::File => site
            .read("index.html")?
            .is_some_and(|html| pages::is_published(&html)),
        Kind::Folder | Kind::Other => false,
    };
    Ok(if is_free {
        String::new()
    } else {
        "careo/".to_owned()
    })
}

/// Writes the index, with one entry more or as it is in `loaded`.
pub fn put_index(
    site: &mut dyn Site,
    loaded: &mut Loaded,
    added: Option<(&SiteEntry, bool)>,
    change: &mut Change,
) -> Result<(), Refusal> {
    if let Some((entry, is_new)) = added {
        let last = match &loaded.rebuilt {
            Some(shards) => {
                let bytes = shards.get(&index::shard_of(entry));
                bytes.map_or_else(|| Some(Vec::new()), |it| bundle::read_entries(it).ok())
            }
            None => load::entries_of(site, &loaded.index, index::shard_of(entry))?,
        };
        let one_more = last.and_then(|last| index::add(&mut loaded.index, entry, last, is_new));
        match one_more {
            Some((shard, bytes)) => {
                change.put.insert(SiteIndex::shard_path(shard), bytes);
                if let Some(shards) = &mut loaded.rebuilt {
                    shards.remove(&shard);
                }
            }
            // A shard is damaged, or another branch is the main one now.
            None => {
                let mut entries = load::all_entries(site, loaded)?;
                entries.push(entry.clone());
                let (index, shards) = index::build(entries, &loaded.index);
                loaded.index = index;
                loaded.rebuilt = Some(shards);
            }
        }
    }
    for (shard, bytes) in loaded.rebuilt.iter().flatten() {
        change
            .put
            .insert(SiteIndex::shard_path(*shard), bytes.clone());
    }
    if loaded.rebuilt.is_some() {
        remove_old_shards(site, &loaded.index, change)?;
    }
    Ok(())
}

/// Takes away shards that the index doesn't have.
pub fn remove_old_shards(
    site: &mut dyn Site,
    index: &SiteIndex,
    change: &mut Change,
) -> Result<(), Refusal> {
    for (name, _) in site.list("careo/index")? {
        let shard = name.strip_suffix(".json").and_then(|it| it.parse().ok());
        let is_gone =
            shard.is_some_and(|shard: u64| !index.shards.iter().any(|it| it.shard == shard));
        if is_gone {
            change.remove.insert(format!("careo/index/{name}"));
        }
    }
    Ok(())
}

/// Writes the front page, by the newest viewer; `own` is this careo's, hash and template.
pub fn put_front(
    site: &mut dyn Site,
    index: &mut SiteIndex,
    own: (&str, &str),
    lang: Lang,
    change: &mut Change,
) -> Result<(), Refusal> {
    let version = |hash: &str| {
        let known = index.viewers.iter().find(|it| it.hash == hash);
        known.map(|it| viewer::version_parts(&it.version))
    };
    let is_newer = version(&index.viewer) > version(own.0);
    let kept = match is_newer {
        true => site.read(&format!("{}/{TEMPLATE}", viewer::folder(&index.viewer)))?,
        false => None,
    };
    let kept = kept.and_then(|bytes| String::from_utf8(bytes).ok());
    if kept.is_none() {
        index.viewer = own.0.to_owned();
    }
    let template = kept.as_deref().unwrap_or(own.1);
    let html = pages::front(index, template, lang).map_err(no_place)?;
    change
        .put
        .insert(format!("{}index.html", index.front), html.into_bytes());
    change
        .put
        .insert(INDEX.to_owned(), bundle::write_index(index));
    Ok(())
}

/// Writes the page that opens the newest report of a place, and the file that names it.
fn put_way_to_newest(
    site: &mut dyn Site,
    folder: &str,
    entry: &SiteEntry,
    report: &Report,
    lang: Lang,
    change: &mut Change,
) -> Result<(), Refusal> {
    let newest = entry.path.rsplit('/').next().unwrap_or_default();
    let page = pages::newest(report, newest, lang);
    put_latest(folder, entry, change);
    put_ours(
        site,
        format!("{folder}/index.html"),
        page.into_bytes(),
        change,
    )
}

/// Writes the file that names the newest report of a place.
pub fn put_latest(folder: &str, entry: &SiteEntry, change: &mut Change) {
    let mut latest = entry.clone();
    latest.metrics.clear();
    change
        .put
        .insert(format!("{folder}/{LATEST}"), bundle::write_entry(&latest));
}

/// Replaces a page, unless it is somebody else's.
pub fn put_ours(
    site: &mut dyn Site,
    path: String,
    page: Vec<u8>,
    change: &mut Change,
) -> Result<(), Refusal> {
    let known = site.read(&path)?;
    if known.is_some_and(|html| !pages::is_published(&html)) {
        return Err(Publishing::NotOurs { path });
    }
    change.put.insert(path, page);
    Ok(())
}

/// Has GitHub Pages serve the files as they are, unless somebody else's site wants to be built.
fn put_no_jekyll(site: &mut dyn Site, change: &mut Change) -> Result<(), Refusal> {
    if is_built(site)? && !has_any(site, &["_config.yml", "index.md", "README.md"])? {
        change.put.insert(NO_JEKYLL.to_owned(), Vec::new());
    }
    Ok(())
}

/// Has GitHub Pages serve files as they are.
const NO_JEKYLL: &str = ".nojekyll";

/// Whether GitHub Pages would build the site by Jekyll.
fn is_built(site: &mut dyn Site) -> Result<bool, Refusal> {
    Ok(site.kind(NO_JEKYLL)? == Kind::Missing)
}

fn has_any(site: &mut dyn Site, paths: &[&str]) -> Result<bool, Refusal> {
    for path in paths {
        if site.kind(path)? != Kind::Missing {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The report of a place to compare with: its newest; where a commit was there before, that of the
/// commit that came before it. Its entry and its bundle.
///
/// # Errors
/// The site can't be read.
pub fn newest_before(
    site: &mut dyn Site,
    place: &Place,
    commit: Option<&str>,
) -> Result<Option<(SiteEntry, Vec<u8>)>, Refusal> {
    let folder = place.folder();
    let Some(mut entry) = latest(site, &folder)? else {
        return Ok(None);
    };
    let is_again = match commit {
        Some(commit) => {
            let sha = folder_of_commit(commit);
            let there = site.list(&folder)?;
            entry.commit.as_deref() == Some(commit) || there.iter().any(|it| it.0 == sha)
        }
        None => false,
    };
    if is_again {
        let mut loaded = load::load(site)?;
        let mut entries = load::all_entries(site, &mut loaded)?;
        entries.retain(|it| index::place(it) == index::place(&entry));
        let Some(before) = before(&entries, commit) else {
            return Ok(None);
        };
        entry = before.clone();
    }
    let is_inside = entry
        .path
        .strip_prefix(&folder)
        .and_then(|it| it.strip_prefix('/'))
        .is_some_and(name::is_report);
    if !is_inside {
        return Ok(None);
    }
    let report = site.read(&format!("{}/report.json", entry.path))?;
    Ok(report.map(|bytes| (entry, bytes)))
}

/// Of the entries of a place, what was the newest when the first report of a commit came: of the
/// commit that came last before it, the newest report until then.
fn before<'a>(entries: &'a [SiteEntry], commit: Option<&str>) -> Option<&'a SiteEntry> {
    let first = |commit: &Option<String>| {
        let same = entries.iter().filter(|it| it.commit == *commit);
        same.map(|it| it.number).min()
    };
    let own = first(&commit.map(str::to_owned)).unwrap_or(u64::MAX);
    let came = |it: &SiteEntry| match &it.commit {
        Some(_) => first(&it.commit).unwrap_or(it.number),
        None => it.number,
    };
    let earlier = entries.iter().filter(|it| it.number < own);
    earlier.max_by_key(|it| (came(it), it.number))
}

/// The folder of the first report of a commit.
fn folder_of_commit(commit: &str) -> String {
    commit.to_ascii_lowercase().chars().take(12).collect()
}

/// What a place says of its newest report.
fn latest(site: &mut dyn Site, folder: &str) -> Result<Option<SiteEntry>, Refusal> {
    let latest = site.read(&format!("{folder}/{LATEST}"))?;
    Ok(latest.and_then(|bytes| bundle::read_entry(&bytes).ok()))
}

/// Refuses a report with an artifact that no host takes, before anything is computed of it.
///
/// # Errors
/// There is one.
pub fn limit_artifacts(report: &Report) -> Result<(), Refusal> {
    for record in &report.artifacts {
        if let Stored::Inside(bytes) = &record.stored {
            too_large(&record.path, bytes.len())?;
        }
    }
    Ok(())
}

fn limit(change: &Change) -> Result<(), Refusal> {
    for (path, bytes) in &change.put {
        too_large(path, bytes.len())?;
    }
    Ok(())
}

fn too_large(path: &str, n_bytes: usize) -> Result<(), Refusal> {
    match n_bytes as u64 {
        n_bytes if n_bytes > MAX_FILE_BYTES => Err(Publishing::TooLarge {
            path: path.to_owned(),
            n_bytes,
            limit: MAX_FILE_BYTES,
        }),
        _ => Ok(()),
    }
}

fn no_place(error: NoSuchPlace) -> Refusal {
    Publishing::Failed {
        what: "index.html".to_owned(),
        message: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::ArtifactRecord, words::Say as _};

    fn report(n_bytes: usize) -> Report {
        let record = ArtifactRecord {
            path: "model.bin".to_owned(),
            n_bytes: n_bytes as u64,
            sha256: String::new(),
            reader: None,
            revision: None,
            media_type: "application/octet-stream".to_owned(),
            stored: Stored::Inside(vec![0; n_bytes].into()),
        };
        Report {
            artifacts: vec![record],
            ..Report::default()
        }
    }

    #[test]
    fn a_file_that_no_host_takes_is_refused_with_the_limit() {
        let most = usize::try_from(MAX_FILE_BYTES).unwrap();
        limit_artifacts(&report(most)).unwrap();
        let refusal = limit_artifacts(&report(most + 1)).unwrap_err();
        let said = refusal.say(Lang::En).replace('\u{a0}', " ");
        let expected = "model.bin: 105 MB, more than the 105 MB that hosts take in one file";
        assert!(said.starts_with(expected), "{said}");
        assert!(!refusal.is_usage());
        let mut change = Change::default();
        change
            .put
            .insert("pr/1/report.json".to_owned(), vec![0; 200 << 20]);
        assert!(limit(&change).is_err());
    }
}
