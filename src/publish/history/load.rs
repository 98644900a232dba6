//! The index as it is in the site, or built anew from the folders.

use std::collections::BTreeMap;

use super::{
    index::{self, INDEX, Shards},
    name,
    site::{Refusal, Site},
};
use crate::{
    bundle::{self, SiteFault},
    model::{PlaceKind, SiteEntry, SiteIndex},
    words::publishing::Publishing,
};

/// The name of a report's entry.
pub const ENTRY: &str = "entry.json";

/// The index of a site.
#[derive(Debug, Default)]
pub struct Loaded {
    pub index: SiteIndex,
    /// Shards that are not in the site as they should be: all, when the index was built anew.
    pub rebuilt: Option<Shards>,
    /// What was wrong, when it was built anew though nobody asked.
    pub remarks: Vec<Publishing>,
}

/// Gets the index; a missing or damaged one is built from the folders.
///
/// # Errors
/// A newer careo made it; the site can't be read.
pub fn load(site: &mut dyn Site) -> Result<Loaded, Refusal> {
    let found = match site.read(INDEX)? {
        Some(bytes) if bundle::is_sealed(&bytes) => Some(bundle::read_index(&bytes)),
        Some(bytes) => match bundle::read_index(&bytes) {
            Err(SiteFault::Newer(schema)) => Some(Err(SiteFault::Newer(schema))),
            _ => Some(Err(SiteFault::Damaged)),
        },
        None => None,
    };
    match found {
        Some(Ok(index)) => Ok(Loaded {
            index,
            ..Loaded::default()
        }),
        Some(Err(SiteFault::Newer(schema))) => Err(newer(INDEX, schema)),
        Some(Err(SiteFault::Damaged)) => {
            let mut loaded = rebuild(site)?;
            loaded.remarks.insert(0, damaged(INDEX));
            Ok(loaded)
        }
        // A site of somebody else's, or none; or ours, and somebody took the index away.
        None => rebuild(site),
    }
}

/// Builds the index from the `entry.json` of all reports.
///
/// # Errors
/// The site can't be read; a newer careo wrote an entry.
pub fn rebuild(site: &mut dyn Site) -> Result<Loaded, Refusal> {
    let folders = PlaceKind::ALL.map(PlaceKind::folder);
    let mut entries = Vec::new();
    let mut remarks = Vec::new();
    for (path, bytes) in site.find(&folders, ENTRY)? {
        let Some(folder) = path.strip_suffix(ENTRY).and_then(|it| it.strip_suffix('/')) else {
            continue;
        };
        let is_report = folder.rsplit('/').next().is_some_and(name::is_report);
        match bundle::read_entry(&bytes) {
            _ if !is_report => {}
            Ok(entry) if bundle::is_sealed(&bytes) && entry.path == folder => entries.push(entry),
            Err(SiteFault::Newer(schema)) => return Err(newer(&path, schema)),
            Ok(_) | Err(SiteFault::Damaged) => remarks.push(damaged(&path)),
        }
    }
    let base = SiteIndex {
        viewers: viewers(site, &entries)?,
        ..SiteIndex::default()
    };
    let (mut index, shards) = index::build(entries, &base);
    // Whose front page it is comes out when the next one is written.
    index.viewer = index
        .viewers
        .last()
        .map(|it| it.hash.clone())
        .unwrap_or_default();
    Ok(Loaded {
        index,
        rebuilt: Some(shards),
        remarks,
    })
}

/// All entries, from the shards; when one is not what the index says, from the folders.
///
/// # Errors
/// The site can't be read.
pub fn all_entries(site: &mut dyn Site, loaded: &mut Loaded) -> Result<Vec<SiteEntry>, Refusal> {
    if loaded.rebuilt.is_none() {
        let mut entries = Vec::new();
        for line in loaded.index.shards.clone() {
            match entries_of(site, &loaded.index, line.shard)? {
                Some(mut found) => entries.append(&mut found),
                None => {
                    rebuild_for(site, loaded, line.shard)?;
                    return all_entries(site, loaded);
                }
            }
        }
        return Ok(entries);
    }
    let shards = loaded.rebuilt.iter().flatten();
    Ok(shards
        .filter_map(|(_, bytes)| bundle::read_entries(bytes).ok())
        .flatten()
        .collect())
}

/// The entries of a shard; none when it isn't the one that the index means.
///
/// # Errors
/// The site can't be read.
pub fn entries_of(
    site: &mut dyn Site,
    index: &SiteIndex,
    shard: u64,
) -> Result<Option<Vec<SiteEntry>>, Refusal> {
    let Some(line) = index.shards.iter().find(|it| it.shard == shard) else {
        return Ok(Some(Vec::new()));
    };
    let bytes = site.read(&SiteIndex::shard_path(shard))?;
    let bytes = bytes.filter(|it| index::is_same(line, it));
    Ok(bytes.and_then(|it| bundle::read_entries(&it).ok()))
}

/// Whether the index has a report; when the shard is not what the index says, the index is built
/// anew from the folders.
///
/// # Errors
/// The site can't be read.
pub fn has(site: &mut dyn Site, loaded: &mut Loaded, entry: &SiteEntry) -> Result<bool, Refusal> {
    let shard = index::shard_of(entry);
    let found = match &loaded.rebuilt {
        Some(shards) => shards
            .get(&shard)
            .and_then(|bytes| bundle::read_entries(bytes).ok())
            .unwrap_or_default(),
        None => match entries_of(site, &loaded.index, shard)? {
            Some(found) => found,
            None => {
                rebuild_for(site, loaded, shard)?;
                return has(site, loaded, entry);
            }
        },
    };
    Ok(found.iter().any(|it| it.path == entry.path))
}

/// Builds the index anew because of a damaged shard.
fn rebuild_for(site: &mut dyn Site, loaded: &mut Loaded, shard: u64) -> Result<(), Refusal> {
    let rebuilt = rebuild(site)?;
    loaded.remarks.push(damaged(&SiteIndex::shard_path(shard)));
    keep_front(loaded, rebuilt);
    Ok(())
}

/// Takes over what was built anew, but for the front page.
pub fn keep_front(loaded: &mut Loaded, rebuilt: Loaded) {
    let (front, viewer) = (loaded.index.front.clone(), loaded.index.viewer.clone());
    let next = loaded.index.next.max(rebuilt.index.next);
    loaded.index = SiteIndex {
        front,
        viewer,
        next,
        ..rebuilt.index
    };
    loaded.rebuilt = rebuilt.rebuilt;
    loaded.remarks.extend(rebuilt.remarks);
}

/// The viewers of a site, as their own files tell.
fn viewers(
    site: &mut dyn Site,
    entries: &[SiteEntry],
) -> Result<Vec<crate::model::SiteViewer>, Refusal> {
    let mut newest: BTreeMap<String, u64> = BTreeMap::new();
    for entry in entries {
        let number = newest.entry(entry.viewer.clone()).or_default();
        *number = entry.number.max(*number);
    }
    let mut viewers = Vec::new();
    for (hash, _) in site.list("careo/viewer")? {
        let told = site.read(&format!("careo/viewer/{hash}/{}", super::viewer::ABOUT))?;
        if let Some(mut viewer) = told.and_then(|bytes| super::viewer::read_about(&bytes)) {
            viewer.hash = hash;
            viewers.push(viewer);
        }
    }
    viewers.sort_by_key(|it| {
        let number = newest.get(&it.hash).copied();
        (super::viewer::version_parts(&it.version), number)
    });
    Ok(viewers)
}

fn damaged(path: &str) -> Publishing {
    Publishing::Damaged {
        path: path.to_owned(),
    }
}

fn newer(path: &str, schema: u32) -> Publishing {
    Publishing::Newer {
        path: path.to_owned(),
        schema,
    }
}
