//! A site with history as publishers see it: files of one state of it, and one change at a time.

use std::collections::{BTreeMap, BTreeSet};

use super::name::is_safe;
use crate::words::publishing::Publishing;

/// Why nothing was published.
pub type Refusal = Publishing;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Missing,
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A link, a submodule, a device.
    Other,
}

/// What a publisher changes: nothing else of the site is touched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Files by path, whole; those of a site that are there already are replaced.
    pub put: BTreeMap<String, Vec<u8>>,
    /// Files and folders to take away.
    pub remove: BTreeSet<String>,
}

/// How a change ended.
#[derive(Debug)]
pub enum Committed {
    /// It is there, whole.
    Done,
    /// Somebody else was first: to be tried again on what is there now.
    Moved(String),
    /// The other side said no; it may say yes another time.
    Declined(String),
}

/// A place where a site is.
///
/// Paths are relative to the site, with `/`. What is read is of one state: the newest when
/// [`Self::refresh`] was called. [`Self::commit`] takes over a change as a whole or not at all, and
/// only when that state is still the newest.
pub trait Site {
    /// Gets the newest state to look at, and keeps nobody out.
    fn look(&mut self) -> Result<(), Refusal>;

    /// Gets the newest state, and as the case may be keeps others out until the change is made.
    fn refresh(&mut self) -> Result<(), Refusal>;

    /// What stands at a path.
    fn kind(&mut self, path: &str) -> Result<Kind, Refusal>;

    /// A file; `None` where there is no plain file.
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Refusal>;

    /// Names in a folder, sorted; none where there is no folder.
    fn list(&mut self, folder: &str) -> Result<Vec<(String, Kind)>, Refusal>;

    /// Every file of this name at any depth below these folders, by path.
    fn find(&mut self, folders: &[&str], name: &str) -> Result<Vec<(String, Vec<u8>)>, Refusal>;

    /// Takes over a change.
    fn commit(&mut self, change: &Change, message: &str) -> Result<Committed, Refusal>;
}

/// Refuses a change that would go through a link, or put a file where a folder is, or the other
/// way round, or whose names are no names of ours.
pub fn check(site: &mut dyn Site, change: &Change) -> Result<(), Refusal> {
    let mut folders = BTreeSet::new();
    for path in change.put.keys().chain(&change.remove) {
        let ends = path.match_indices('/').map(|(at, _)| at);
        folders.extend(ends.filter_map(|at| path.get(..at)));
    }
    let is_ours = |path: &&String| path.split('/').all(is_safe) || *path == ".nojekyll";
    if let Some(path) = change
        .put
        .keys()
        .chain(&change.remove)
        .find(|it| !is_ours(it))
    {
        return Err(Publishing::NotOurs { path: path.clone() });
    }
    let mut missing: Option<&str> = None;
    for folder in folders {
        // What is below a missing folder is missing too: nobody has to be asked.
        if missing.is_some_and(|it| {
            folder
                .strip_prefix(it)
                .is_some_and(|it| it.starts_with('/'))
        }) {
            continue;
        }
        match site.kind(folder)? {
            Kind::Folder => {}
            Kind::Missing => missing = Some(folder),
            Kind::File | Kind::Other => {
                return Err(Publishing::NotOurs {
                    path: folder.to_owned(),
                });
            }
        }
    }
    for path in change.put.keys() {
        if matches!(site.kind(path)?, Kind::Folder | Kind::Other) {
            return Err(Publishing::NotOurs { path: path.clone() });
        }
    }
    Ok(())
}
