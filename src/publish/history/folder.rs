//! A site that is a folder: the next state is built beside it and takes its place in one step.
//!
//! What doesn't change is linked, not copied. Whoever is killed on the way leaves the old site or
//! the new one, and beside it at most a hidden folder that the next publisher clears away.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::site::{Change, Committed, Kind, Refusal, Site};
use crate::words::publishing::Publishing;

/// A site in a folder.
pub struct Folder {
    root: PathBuf,
    /// Held as long as nobody else may change the site.
    lock: Option<File>,
}

impl Folder {
    /// The site at that path; made where there is none.
    ///
    /// # Errors
    /// The path is no folder, or can't be found out.
    pub fn new(root: &Path) -> Result<Self, Refusal> {
        let absolute = std::path::absolute(root).map_err(|error| not_written(root, &error))?;
        // Of a link, it is the folder that is replaced.
        let root = fs::canonicalize(&absolute).unwrap_or(absolute);
        if root.file_name().is_none() || (root.exists() && !root.is_dir()) {
            return Err(Publishing::NotOurs {
                path: root.to_string_lossy().into_owned(),
            });
        }
        Ok(Self { root, lock: None })
    }

    /// A hidden name beside the site.
    fn beside(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(self.root.file_name().unwrap_or_default());
        name.push(".careo-");
        name.push(what);
        self.root.with_file_name(name)
    }

    /// Waits for other publishers, and clears away what one that was killed left.
    fn lock(&mut self) -> io::Result<()> {
        if self.lock.is_some() {
            return Ok(());
        }
        if let Some(parent) = self.root.parent() {
            fs::create_dir_all(parent)?;
        }
        let lock = File::options()
            .create(true)
            .append(true)
            .open(self.beside("lock"))?;
        lock.lock()?;
        self.lock = Some(lock);
        let old = self.beside("old");
        if !self.root.exists() && old.exists() {
            fs::rename(&old, &self.root)?;
        }
        remove(&old)?;
        remove(&self.beside("new"))
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Builds the next state beside the site.
    fn build(&self, new: &Path, change: &Change) -> io::Result<()> {
        fs::create_dir(new)?;
        if self.root.is_dir() {
            link_all(&self.root, new, "", change)?;
            let permissions = fs::metadata(&self.root)?.permissions();
            fs::set_permissions(new, permissions)?;
        }
        for (path, bytes) in &change.put {
            let path = new.join(path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut file = File::create_new(&path)?;
            file.write_all(bytes)?;
            file.sync_all()?;
        }
        Ok(())
    }

    /// Puts the next state in the place of the site.
    fn replace(&self, new: &Path) -> Result<(), Refusal> {
        let refused = |error: io::Error| Publishing::NotReplaceable {
            path: self.root.to_string_lossy().into_owned(),
            message: error.to_string(),
        };
        if !self.root.exists() {
            return fs::rename(new, &self.root).map_err(refused);
        }
        match exchange(new, &self.root) {
            Ok(()) => Ok(()),
            // A file system without exchange: two steps. Between them the site is away for a
            // moment; whoever comes next after a kill there puts the old one back.
            Err(error) if is_unsupported(&error) => {
                let old = self.beside("old");
                fs::rename(&self.root, &old).map_err(refused)?;
                fs::rename(new, &self.root).map_err(|error| {
                    // Back, so that the site isn't gone; the first error is what matters.
                    let _ = fs::rename(&old, &self.root);
                    refused(error)
                })
            }
            Err(error) => Err(refused(error)),
        }
    }
}

impl Site for Folder {
    fn look(&mut self) -> Result<(), Refusal> {
        // A folder is always as it is.
        Ok(())
    }

    fn refresh(&mut self) -> Result<(), Refusal> {
        self.lock().map_err(|error| not_written(&self.root, &error))
    }

    fn kind(&mut self, path: &str) -> Result<Kind, Refusal> {
        let path = self.path(path);
        match fs::symlink_metadata(&path) {
            Ok(it) if it.is_dir() => Ok(Kind::Folder),
            Ok(it) if it.is_file() => Ok(Kind::File),
            Ok(_) => Ok(Kind::Other),
            Err(error) if is_missing(&error) => Ok(Kind::Missing),
            Err(error) => Err(not_read(&path, &error)),
        }
    }

    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Refusal> {
        if self.kind(path)? != Kind::File {
            return Ok(None);
        }
        let path = self.path(path);
        let bytes = fs::read(&path).map_err(|error| not_read(&path, &error))?;
        Ok(Some(bytes))
    }

    fn list(&mut self, folder: &str) -> Result<Vec<(String, Kind)>, Refusal> {
        let path = self.path(folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if is_missing(&error) => return Ok(Vec::new()),
            Err(error) => return Err(not_read(&path, &error)),
        };
        let mut items = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| not_read(&path, &error))?;
            let kind = match entry.file_type() {
                Ok(it) if it.is_dir() => Kind::Folder,
                Ok(it) if it.is_file() => Kind::File,
                _ => Kind::Other,
            };
            items.push((entry.file_name().to_string_lossy().into_owned(), kind));
        }
        items.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(items)
    }

    fn find(&mut self, folders: &[&str], name: &str) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
        let mut waiting: Vec<String> = Vec::new();
        for folder in folders {
            if self.kind(folder)? == Kind::Folder {
                waiting.push((*folder).to_owned());
            }
        }
        let mut found = Vec::new();
        while let Some(folder) = waiting.pop() {
            for (item, kind) in self.list(&folder)? {
                let path = format!("{folder}/{item}");
                match kind {
                    Kind::Folder => waiting.push(path),
                    Kind::File if item == name => {
                        if let Some(bytes) = self.read(&path)? {
                            found.push((path, bytes));
                        }
                    }
                    _ => {}
                }
            }
        }
        found.sort();
        Ok(found)
    }

    fn commit(&mut self, change: &Change, _message: &str) -> Result<Committed, Refusal> {
        let new = self.beside("new");
        let built = self.build(&new, change);
        let replaced = built
            .map_err(|error| not_written(&self.root, &error))
            .and_then(|()| self.replace(&new));
        // After an exchange, the old site is there.
        let cleared = remove(&new).and_then(|()| remove(&self.beside("old")));
        replaced?;
        // The new site stands; what could not be cleared, the next publisher clears.
        drop(cleared);
        if let Some(parent) = self.root.parent().and_then(|it| File::open(it).ok()) {
            // Not every system can sync a folder.
            let _ = parent.sync_all();
        }
        Ok(Committed::Done)
    }
}

/// Links everything that a change leaves alone.
fn link_all(from: &Path, to: &Path, prefix: &str, change: &Change) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let path = match prefix {
            "" => name.to_string_lossy().into_owned(),
            prefix => format!("{prefix}/{}", name.to_string_lossy()),
        };
        if change.remove.contains(&path) {
            continue;
        }
        let (source, target) = (entry.path(), to.join(&name));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            fs::create_dir(&target)?;
            link_all(&source, &target, &path, change)?;
            fs::set_permissions(&target, fs::metadata(&source)?.permissions())?;
        } else if kind.is_symlink() {
            copy_link(&source, &target)?;
        } else if !change.put.contains_key(&path) && fs::hard_link(&source, &target).is_err() {
            // A file system without links.
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn copy_link(source: &Path, target: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(source)?, target)
}

#[cfg(not(unix))]
fn copy_link(source: &Path, target: &Path) -> io::Result<()> {
    let points_to = fs::read_link(source)?;
    match fs::metadata(source).is_ok_and(|it| it.is_dir()) {
        true => std::os::windows::fs::symlink_dir(points_to, target),
        false => std::os::windows::fs::symlink_file(points_to, target),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(Into::into)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_a: &Path, _b: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether a file system has no exchange.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if !is_missing(&error) => Err(error),
        _ => Ok(()),
    }
}

fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn not_written(path: &Path, error: &io::Error) -> Refusal {
    Publishing::NotWritten {
        path: path.to_string_lossy().into_owned(),
        message: error.to_string(),
    }
}

fn not_read(path: &Path, error: &io::Error) -> Refusal {
    Publishing::NotRead {
        path: path.to_string_lossy().into_owned(),
        message: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn put(files: &[(&str, &str)]) -> Change {
        let put: BTreeMap<String, Vec<u8>> = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect();
        Change {
            put,
            ..Change::default()
        }
    }

    #[test]
    fn a_change_is_taken_over_whole_and_the_rest_stays() {
        let above = tempfile::tempdir().unwrap();
        let root = above.path().join("site");
        let mut site = Folder::new(&root).unwrap();
        site.refresh().unwrap();
        let first = put(&[("a/b.txt", "1"), ("index.html", "old")]);
        assert!(matches!(site.commit(&first, "").unwrap(), Committed::Done));
        fs::write(root.join("foreign"), "x").unwrap();
        let mut second = put(&[("index.html", "new"), ("c/d", "2")]);
        second.remove.insert("a".to_owned());
        site.commit(&second, "").unwrap();
        let names: Vec<String> = site.list("").unwrap().into_iter().map(|it| it.0).collect();
        assert_eq!(names, ["c", "foreign", "index.html"]);
        assert_eq!(site.read("index.html").unwrap().unwrap(), b"new");
        assert_eq!(site.kind("a/b.txt").unwrap(), Kind::Missing);
        assert_eq!(site.find(&["c", "a"], "d").unwrap().len(), 1);
        let beside: Vec<_> = fs::read_dir(above.path()).unwrap().collect();
        assert_eq!(beside.len(), 2, "the site and the lock");
    }

    #[test]
    fn what_a_killed_publisher_left_is_cleared_and_a_site_that_was_away_comes_back() {
        let above = tempfile::tempdir().unwrap();
        let root = above.path().join("site");
        fs::create_dir_all(above.path().join(".site.careo-old")).unwrap();
        fs::write(above.path().join(".site.careo-old/index.html"), "old").unwrap();
        fs::create_dir_all(above.path().join(".site.careo-new/pr")).unwrap();
        let mut site = Folder::new(&root).unwrap();
        site.refresh().unwrap();
        assert_eq!(site.read("index.html").unwrap().unwrap(), b"old");
        assert!(!above.path().join(".site.careo-new").exists());
    }
}
