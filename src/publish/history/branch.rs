//! A site that is a branch of a git repository: read without a checkout, changed by one commit on
//! top of what is there.
//!
//! Only the tip is fetched, and of it only what is looked at: the trees near the root, then single
//! folders and files. A remote that knows no filters sends the whole tip, which works as well.

use std::{collections::HashMap, fmt::Write as _};

use super::{
    git::{Git, told},
    site::{Change, Committed, Kind, Refusal, Site},
};
use crate::{publish::time, words::publishing::Publishing};

/// Trees down to this depth come with the tip: the root and the folders in it.
const FILTER: &str = "--filter=tree:2";

/// What the tip is called in our repository.
const TIP: &str = "refs/careo/tip";

/// A site on a branch.
pub struct Branch {
    git: Git,
    branch: String,
    /// The newest commit; none as long as there is no such branch.
    tip: Option<String>,
    /// Trees by object name, which never change.
    trees: HashMap<String, Vec<Item>>,
    n_commits: u32,
    is_fresh: bool,
}

#[derive(Clone, Debug)]
struct Item {
    name: String,
    kind: Kind,
    object: String,
}

impl Branch {
    /// The branch of that name on a remote.
    ///
    /// # Errors
    /// There is no `git`, no such remote; git would not take the name.
    pub fn new(remote: &str, branch: &str) -> Result<Self, Refusal> {
        let git = Git::new(remote)?;
        let full = format!("refs/heads/{branch}");
        let is_name = git
            .try_run(&["check-ref-format", &full], &[])?
            .status
            .success();
        if !is_name || branch.starts_with('-') {
            return Err(Publishing::BadBranch {
                name: branch.to_owned(),
            });
        }
        Ok(Self {
            git,
            branch: branch.to_owned(),
            tip: None,
            trees: HashMap::new(),
            n_commits: 0,
            is_fresh: false,
        })
    }

    fn reference(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    /// Fetches the tip with all that the filter lets through; whether there is such a branch.
    fn fetch(&self, more: &[&str]) -> Result<bool, Refusal> {
        let source = format!("+{}:{TIP}", self.reference());
        let mut args = vec!["fetch", "--quiet", "--no-tags", "--depth=1"];
        args.extend(more);
        args.extend(["origin", source.as_str()]);
        let output = self.git.try_run(&args, &[])?;
        match output.status.success() {
            true => Ok(true),
            false if told(&output).contains("couldn't find remote ref") => Ok(false),
            false => Err(self.git.refusal(&args, &output)),
        }
    }

    /// What is in a tree.
    fn tree(&mut self, object: &str) -> Result<&[Item], Refusal> {
        if !self.trees.contains_key(object) {
            let listed = self.git.run(&["ls-tree", "-z", object])?;
            let items = lines(&listed).map(|(_, item)| item).collect();
            self.trees.insert(object.to_owned(), items);
        }
        Ok(self
            .trees
            .get(object)
            .map(Vec::as_slice)
            .unwrap_or_default())
    }

    /// What stands at a path.
    fn item(&mut self, path: &str) -> Result<Option<Item>, Refusal> {
        let Some(tip) = self.tip.clone() else {
            return Ok(None);
        };
        let mut at = Item {
            name: String::new(),
            kind: Kind::Folder,
            object: format!("{tip}^{{tree}}"),
        };
        for name in path.split('/').filter(|name| !name.is_empty()) {
            if at.kind != Kind::Folder {
                return Ok(None);
            }
            let items = self.tree(&at.object)?;
            match items.iter().find(|item| item.name == name) {
                Some(item) => at = item.clone(),
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    /// The stream from which git makes the commit.
    fn stream(&self, reference: &str, change: &Change, message: &str) -> Vec<u8> {
        let (name, email) = &self.git.author;
        let secs = time::now_secs();
        let mut head = format!("commit {reference}\ncommitter {name} <{email}> {secs} +0000\n");
        let _ = write!(head, "data {}\n{message}\n", message.len());
        if let Some(tip) = &self.tip {
            let _ = writeln!(head, "from {tip}");
        }
        for path in &change.remove {
            let _ = writeln!(head, "D {path}");
        }
        let mut stream = head.into_bytes();
        for (path, bytes) in &change.put {
            let head = format!("M 100644 inline {path}\ndata {}\n", bytes.len());
            stream.extend_from_slice(head.as_bytes());
            stream.extend_from_slice(bytes);
            stream.push(b'\n');
        }
        stream.extend_from_slice(b"done\n");
        stream
    }
}

impl Site for Branch {
    fn look(&mut self) -> Result<(), Refusal> {
        self.refresh()?;
        self.is_fresh = true;
        Ok(())
    }

    fn refresh(&mut self) -> Result<(), Refusal> {
        // What was looked at a moment ago will do for the first try.
        if std::mem::take(&mut self.is_fresh) {
            return Ok(());
        }
        self.tip = match self.fetch(&[FILTER])? {
            true => {
                let tip = self.git.run(&["rev-parse", TIP])?;
                Some(String::from_utf8_lossy(&tip).trim().to_owned())
            }
            false => None,
        };
        Ok(())
    }

    fn kind(&mut self, path: &str) -> Result<Kind, Refusal> {
        Ok(self.item(path)?.map_or(Kind::Missing, |item| item.kind))
    }

    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Refusal> {
        match self.item(path)? {
            Some(item) if item.kind == Kind::File => {
                Ok(Some(self.git.run(&["cat-file", "blob", &item.object])?))
            }
            _ => Ok(None),
        }
    }

    fn list(&mut self, folder: &str) -> Result<Vec<(String, Kind)>, Refusal> {
        match self.item(folder)? {
            Some(item) if item.kind == Kind::Folder => {
                let items = self.tree(&item.object)?;
                Ok(items.iter().map(|it| (it.name.clone(), it.kind)).collect())
            }
            _ => Ok(Vec::new()),
        }
    }

    fn find(&mut self, folders: &[&str], name: &str) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
        let Some(tip) = self.tip.clone() else {
            return Ok(Vec::new());
        };
        let mut here = Vec::new();
        for folder in folders {
            if self.kind(folder)? == Kind::Folder {
                here.push(*folder);
            }
        }
        if here.is_empty() {
            return Ok(Vec::new());
        }
        // All trees at once, then all these files at once: one by one they would come otherwise.
        self.fetch(&["--refetch", "--filter=blob:none"])?;
        let mut args = vec!["ls-tree", "-r", "-z", tip.as_str(), "--"];
        args.extend(here);
        let listed = self.git.run(&args)?;
        let found: Vec<(String, Item)> = lines(&listed)
            .filter(|(path, item)| item.kind == Kind::File && path.rsplit('/').next() == Some(name))
            .collect();
        let objects: String = found
            .iter()
            .map(|(_, it)| format!("{}\n", it.object))
            .collect();
        let fetch = [
            // Else the remote takes it that who has the tip has its files.
            "-c",
            "fetch.negotiationAlgorithm=noop",
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--filter=blob:none",
            "--stdin",
            "origin",
        ];
        // Where that fails, they come one by one.
        if !found.is_empty() {
            self.git.try_run(&fetch, objects.as_bytes())?;
        }
        let args = ["cat-file", "--batch"];
        let output = self.git.try_run(&args, objects.as_bytes())?;
        if !output.status.success() {
            return Err(self.git.refusal(&args, &output));
        }
        let mut rest = output.stdout.as_slice();
        let mut files = Vec::new();
        for (path, _) in found {
            let Some((bytes, after)) = next_of_batch(rest) else {
                return Err(self.git.refusal(&args, &output));
            };
            files.push((path, bytes.to_vec()));
            rest = after;
        }
        Ok(files)
    }

    fn commit(&mut self, change: &Change, message: &str) -> Result<Committed, Refusal> {
        self.n_commits += 1;
        let reference = format!("refs/careo/new-{}", self.n_commits);
        let args = ["fast-import", "--quiet", "--done"];
        let output = self
            .git
            .try_run(&args, &self.stream(&reference, change, message))?;
        if !output.status.success() {
            return Err(self.git.refusal(&args, &output));
        }
        let target = format!("{reference}:{}", self.reference());
        let args = ["push", "--porcelain", "origin", target.as_str()];
        let output = self.git.try_run(&args, &[])?;
        if output.status.success() {
            return Ok(Committed::Done);
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let Some(line) = text.lines().find(|line| line.starts_with('!')) else {
            return Err(self.git.refusal(&args, &output));
        };
        Ok(ended(line, told(&output)))
    }
}

/// How a push ended, by git's own line of it: `!<TAB>from:to<TAB>[rejected] (fetch first)`.
fn ended(line: &str, message: String) -> Committed {
    let reason = line.rsplit('\t').next().unwrap_or(line);
    // Several at the same time: the remote says so in one of these ways.
    let others = [
        "cannot lock ref",
        "failed to update ref",
        "fetch first",
        "non-fast-forward",
        "reference already exists",
        "incorrect old value",
    ];
    let is_moved = others.iter().any(|it| reason.contains(it));
    match is_moved {
        true => Committed::Moved(reason.to_owned()),
        false => {
            let said: Vec<&str> = message
                .lines()
                .filter(|line| line.starts_with("remote:"))
                .collect();
            let said = [&[reason], said.as_slice()].concat();
            Committed::Declined(said.join("\n"))
        }
    }
}

/// Path (a name, where it isn't recursive) and item of each line of `ls-tree -z`.
fn lines(listed: &[u8]) -> impl Iterator<Item = (String, Item)> {
    listed.split(|byte| *byte == 0).filter_map(|line| {
        let line = String::from_utf8_lossy(line);
        let (head, path) = line.split_once('\t')?;
        let mut head = head.split(' ');
        let (mode, _, object) = (head.next()?, head.next()?, head.next()?);
        let kind = match mode {
            "040000" => Kind::Folder,
            "100644" | "100755" | "100664" => Kind::File,
            _ => Kind::Other,
        };
        let item = Item {
            name: path.to_owned(),
            kind,
            object: object.to_owned(),
        };
        Some((path.to_owned(), item))
    })
}

/// The first object of `cat-file --batch`, and what follows.
fn next_of_batch(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = text.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(text.get(..end)?).ok()?;
    let n_bytes: usize = head
        .strip_suffix(' ')
        .unwrap_or(head)
        .rsplit(' ')
        .next()?
        .parse()
        .ok()?;
    let start = end + 1;
    let bytes = text.get(start..start + n_bytes)?;
    Some((bytes, text.get(start + n_bytes + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_race_is_told_from_a_refusal() {
        let moved = [
            "!\ta:b\t[rejected] (fetch first)",
            "!\ta:b\t[rejected] (non-fast-forward)",
            "!\ta:b\t[remote rejected] (cannot lock ref 'refs/heads/b': is at 1 but expected 2)",
            "!\ta:b\t[remote rejected] (failed to update ref)",
        ];
        for line in moved {
            assert!(
                matches!(ended(line, String::new()), Committed::Moved(_)),
                "{line}"
            );
        }
        let line = "!\ta:b\t[remote rejected] (pre-receive hook declined)";
        let message = "remote: no reports on Fridays\nerror: failed to push".to_owned();
        let Committed::Declined(reason) = ended(line, message) else {
            panic!("it is a refusal");
        };
        assert_eq!(
            reason,
            "[remote rejected] (pre-receive hook declined)\nremote: no reports on Fridays"
        );
    }
}
