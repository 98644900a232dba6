//! A folder with a bare remote, a checkout and the real program.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use super::viewer;

/// What the tests of one site share.
pub struct Lab {
    pub folder: tempfile::TempDir,
    pub env: Vec<(String, String)>,
}

/// What a run left.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Lab {
    /// A bare remote `remote.git`, and beside it an empty folder `work`, a repository with one commit.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let lab = Self {
            folder,
            env: vec![("SOURCE_DATE_EPOCH".to_owned(), "1700000000".to_owned())],
        };
        viewer::write(&lab.path("viewer"));
        lab.git(".", "init --quiet --bare --initial-branch=main remote.git");
        lab.git("remote.git", "config uploadpack.allowFilter true");
        lab.git(".", "init --quiet --initial-branch=main work");
        lab.git("work", "remote add origin ../remote.git");
        fs::write(lab.path("work/README"), "x").unwrap();
        lab.git("work", "add README");
        lab.git("work", "commit --quiet -m first");
        lab.git("work", "push --quiet origin main");
        lab
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The same with one variable more.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.env.retain(|(known, _)| known != name);
        self.env.push((name.to_owned(), value.to_owned()));
    }

    /// Writes an artifact with one metric.
    pub fn metrics(&self, name: &str, accuracy: f64) {
        let text = format!("{{\"accuracy\": {accuracy}, \"loss\": {}}}", 1.0 - accuracy);
        fs::write(self.path("work").join(name), text).unwrap();
    }

    /// Runs git in a folder.
    pub fn git(&self, folder: &str, arguments: &str) -> String {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        self.git_with(folder, &arguments)
    }

    pub fn git_with(&self, folder: &str, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.path(folder));
        let output = self.clean(&mut command).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// `careo …` in `work`, without the environment of the machine's CI.
    pub fn careo(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_careo"));
        command.args(arguments.split_whitespace());
        command.current_dir(self.path("work"));
        self.clean(&mut command)
            .env("CAREO_VIEWER", self.path("viewer"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn clean<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.folder.path())
            .env("TMPDIR", self.folder.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_NAME", "a")
            .env("GIT_AUTHOR_EMAIL", "a@example.org")
            .env("GIT_COMMITTER_NAME", "a")
            .env("GIT_COMMITTER_EMAIL", "a@example.org")
            .envs(self.env.iter().map(|(name, value)| (name, value)))
    }

    pub fn run(&self, arguments: &str) -> Ran {
        ran(self.careo(arguments).output().unwrap())
    }

    /// As [`Self::run`], when it has to work.
    pub fn fine(&self, arguments: &str) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "careo {arguments}: {}", ran.err);
        ran
    }

    pub fn spawn(&self, arguments: &str) -> Child {
        self.careo(arguments).spawn().unwrap()
    }

    /// Every file of the branch with its text.
    pub fn branch(&self, branch: &str) -> BTreeMap<String, String> {
        let listed = self.git("remote.git", &format!("ls-tree -r --name-only {branch}"));
        let text = |path: &str| self.git("remote.git", &format!("cat-file blob {branch}:{path}"));
        let paths = listed.lines();
        paths.map(|path| (path.to_owned(), text(path))).collect()
    }

    /// Commits files on top of a branch by hand, as somebody else would; `None` takes one away.
    pub fn edit(&self, branch: &str, files: &[(&str, Option<&str>)]) {
        let there = self.path("edit");
        if there.exists() {
            fs::remove_dir_all(&there).unwrap();
        }
        let known = self.git("remote.git", &format!("branch --list {branch}"));
        match known.is_empty() {
            true => {
                self.git(".", &format!("init --quiet --initial-branch={branch} edit"));
                self.git("edit", "remote add origin ../remote.git");
            }
            false => drop(self.git(
                ".",
                &format!("clone --quiet --branch {branch} remote.git edit"),
            )),
        }
        for (path, text) in files {
            let path = there.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match text {
                Some(text) => fs::write(path, text).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
        }
        self.git("edit", "add --all .");
        self.git("edit", "commit --quiet -m edited");
        self.git("edit", &format!("push --quiet origin {branch}"));
    }

    /// A program that git runs on the remote.
    #[cfg(unix)]
    pub fn hook(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.path("remote.git/hooks").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

pub fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Every file below a folder with its bytes, links by what they point to.
pub fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            let kind = fs::symlink_metadata(&path).unwrap();
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_symlink() {
                let to = fs::read_link(&path).unwrap();
                files.insert(name, to.to_string_lossy().into_owned().into_bytes());
            } else {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The same as texts.
pub fn texts(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    files
        .iter()
        .map(|(path, bytes)| (path.clone(), text(bytes)))
        .collect()
}

/// The data of a document of a site.
pub fn data(text: &str) -> serde_json::Value {
    let document: serde_json::Value = serde_json::from_str(text).unwrap();
    document["data"].clone()
}

/// The paths of all reports that the index of a site has.
pub fn indexed(files: &BTreeMap<String, String>) -> Vec<String> {
    let index = data(&files["careo/index/site.json"]);
    let mut paths = Vec::new();
    for line in index["shards"].as_array().unwrap() {
        let shard = data(&files[&format!("careo/index/{}.json", line["shard"])]);
        let entries = shard.as_array().unwrap().iter();
        paths.extend(entries.map(|it| it["path"].as_str().unwrap().to_owned()));
    }
    paths
}
