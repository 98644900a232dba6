use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    io::Read as _,
    ops::Range,
    path::{Component, Path, PathBuf},
};

use super::{cli::Input, page};
use crate::{
    bundle,
    model::{Artifact, Limit, Place, Problem, ProblemKind, RevisionRef, may_be_same_file},
    readers::{
        Choice,
        assemble::{STDIN, is_baseline_folder},
        choose, split_as,
    },
};

/// Whether a folder holds no results, whatever the folder above is given for: what others install
/// or build. `target` and `venv` are so by what is in them: branches are called like that, too.
fn is_passed_over(name: &str, path: &Path) -> bool {
    match name {
        "node_modules" | "__pycache__" => true,
        "target" => path.join("CACHEDIR.TAG").is_file(),
        "venv" => path.join("pyvenv.cfg").is_file(),
        _ => false,
    }
}

/// What was found at the inputs.
#[derive(Debug, Default)]
pub struct Scan {
    /// By input, in path order within a folder.
    pub artifacts: Vec<Artifact>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// What `--baseline NAME=INPUT` calls the baseline.
    pub baseline_name: Option<String>,
    /// Bundles in folders that careo made of the files beside them; they are passed over.
    pub outputs: Vec<String>,
    /// Where each artifact's file is, as far as that is below the folder that this runs in.
    pub files: Vec<String>,
}

/// Reads all inputs.
///
/// Paths are relative to the folder that was given, or as given for a file; never absolute.
pub fn scan(inputs: &[String], baselines: &[String], readers: &[String]) -> Scan {
    let mut scan = Scan::default();
    let (mut folders, mut assigned) = (Vec::new(), Vec::new());
    for input in inputs {
        let (name, path) = split_name(input);
        let n_before = scan.artifacts.len();
        scan.read_input(path, name.map(|name| RevisionRef::Named(name.to_owned())));
        let found = n_before..scan.artifacts.len();
        match name {
            Some(name) => assigned.push((name, path, found)),
            None if Path::new(path).is_dir() => folders.push((path, found)),
            None => {}
        }
    }
    let is_told = !assigned.is_empty() || !baselines.is_empty();
    if !scan.tell_folders_apart(&folders) && inputs.len() > 1 && !is_told {
        for (folder, found) in folders {
            scan.name_baselines(folder, found);
        }
    }
    for input in baselines {
        let (name, path) = split_name(input);
        scan.baseline_name = scan.baseline_name.or(name.map(str::to_owned));
        let n_before = scan.artifacts.len();
        scan.read_baseline(path);
        let found = n_before..scan.artifacts.len();
        assigned.push((name.unwrap_or("baseline"), path, found));
    }
    for (name, path, found) in assigned {
        scan.tell_revision_apart(name, path, found);
    }
    for rule in readers {
        scan.choose_reader(rule);
    }
    scan
}

/// What a problem with something to compare with has as its key.
pub const BASELINE: &str = "--baseline";

/// Something to compare with that held nothing.
pub fn no_baseline(input: &str) -> Problem {
    Problem {
        kind: ProblemKind::NothingFound,
        place: Some(Place {
            key: Some(BASELINE.to_owned()),
            ..Place::artifact(split_name(input).1)
        }),
        reader: None,
    }
}

/// The inputs that have a name: name and path.
pub fn named(inputs: &[String]) -> Vec<(&str, &str)> {
    let named = inputs.iter().map(|it| split_name(it));
    named
        .filter_map(|(name, path)| Some((name?, path)))
        .collect()
}

/// Where all inputs are.
pub fn paths(input: &Input) -> impl Iterator<Item = &str> {
    let inputs = input.inputs.iter().chain(&input.baseline);
    let inputs = inputs.map(|it| split_name(it).1);
    let chosen = input.readers.iter().filter_map(|it| split_as(it));
    inputs.chain(chosen.map(|it| it.1))
}

impl Scan {
    /// An input to compare with: what can't be read, or is empty, changes what is compared, so it
    /// is never left out without a word.
    fn read_baseline(&mut self, input: &str) {
        let (n_artifacts, n_problems) = (self.artifacts.len(), self.problems.len());
        self.read_input(input, Some(RevisionRef::Baseline));
        for problem in self.problems.iter_mut().skip(n_problems) {
            if let Some(place) = &mut problem.place {
                place.key = Some(BASELINE.to_owned());
            }
        }
        if self.artifacts.len() == n_artifacts && self.problems.len() == n_problems {
            self.problems.push(no_baseline(input));
        }
    }

    fn read_input(&mut self, input: &str, revision: Option<RevisionRef>) {
        if input == "-" {
            let n_before = self.artifacts.len();
            self.read_all(io::stdin().lock(), STDIN, STDIN.to_owned(), revision);
            self.artifacts
                .iter_mut()
                .skip(n_before)
                .for_each(take_as_metrics);
            return;
        }
        let path = Path::new(input);
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.read_folder(path, revision.as_ref()),
            Ok(_) => self.read_file(path, shown_path(path), revision),
            Err(error) => self.fail(input, &error),
        }
    }

    /// A folder beside other inputs that is called like one of baselines keeps its name, by which
    /// the report knows it.
    fn name_baselines(&mut self, folder: &str, found: Range<usize>) {
        let path = Path::new(folder);
        let name = path.file_name().map(|it| it.to_string_lossy());
        let Some(name) = name.filter(|it| is_baseline_folder(it)) else {
            return;
        };
        // Beside files of the folder that it is in, it is named as these are.
        let shown = shown_path(path);
        let above = shown.strip_suffix(&*name).unwrap_or_default();
        let mut paths = self.artifacts.iter().map(|it| it.path.as_str());
        let is_beside = paths.any(|it| it.starts_with(above));
        let above = if is_beside { above } else { "" };
        for artifact in self.artifacts.get_mut(found).into_iter().flatten() {
            artifact.path = format!("{above}{name}/{}", artifact.path);
        }
    }

    /// Several folders that have the same files keep their names, as when they are dropped on a
    /// page: `out/new` and `out/old` each have a `metrics.json`. Whether there were such.
    fn tell_folders_apart(&mut self, folders: &[(&str, Range<usize>)]) -> bool {
        let mut seen = BTreeSet::new();
        let mut of_folders = folders
            .iter()
            .flat_map(|it| self.artifacts.get(it.1.clone()));
        if of_folders.all(|found| found.iter().all(|it| seen.insert(it.path.as_str()))) {
            return false;
        }
        for (folder, range) in folders {
            let name = shown_path(Path::new(folder));
            if name.is_empty() {
                // The folder that this runs in.
                continue;
            }
            for artifact in self.artifacts.get_mut(range.clone()).into_iter().flatten() {
                artifact.path = format!("{name}/{}", artifact.path);
            }
        }
        true
    }

    /// What belongs to a named revision or the baseline keeps its folder's name where another input
    /// has a file of the same path: messages on two `metrics.json` say which. The files that the
    /// report is about keep their paths, by which metrics are known from one report to the next.
    fn tell_revision_apart(&mut self, name: &str, path: &str, found: Range<usize>) {
        let mut others = BTreeSet::new();
        for (idx, artifact) in self.artifacts.iter().enumerate() {
            if idx < found.start || (idx >= found.end && artifact.revision.is_none()) {
                others.insert(artifact.path.clone());
            }
        }
        let folder = match Path::new(path).is_dir() {
            true => shown_path(Path::new(path)),
            false => String::new(),
        };
        let own = self.artifacts.get_mut(found).unwrap_or_default();
        // Where this machine's folders are called alike, or may not be shown, the revision is named.
        for above in ["", folder.as_str(), name] {
            let at = |path: &str| match above {
                "" => path.to_owned(),
                above => format!("{above}/{path}"),
            };
            if !own.iter().any(|it| others.contains(&at(&it.path))) {
                own.iter_mut().for_each(|it| it.path = at(&it.path));
                return;
            }
        }
    }

    fn read_folder(&mut self, root: &Path, revision: Option<&RevisionRef>) {
        let bundle = root.join("report.json");
        if is_our_page(&root.join("index.html")) && bundle.is_file() {
            // A site's other files are parts of its report.
            return self.read_file(&bundle, "report.json".to_owned(), revision.cloned());
        }
        let mut files = BTreeMap::new();
        let canonical = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        for (folder, error) in list(root, &canonical, &mut files, &|it| fs::read_dir(it)) {
            self.fail(&folder, &error);
        }
        let n_before = self.artifacts.len();
        for (name, path) in files {
            self.read_file(&path, name, revision.cloned());
        }
        self.pass_over_outputs(n_before);
    }

    /// A bundle that was made of files which lie there as well is what careo wrote earlier, as a
    /// verdict always is: it would state what they said then.
    fn pass_over_outputs(&mut self, from: usize) {
        let found = self.artifacts.split_off(from);
        let files = self.files.split_off(from);
        let is_output = |it: &Artifact| {
            if it.file_name() == "verdict.json" && is_verdict(&it.bytes) {
                return true;
            }
            // Not every artifact is parsed for that.
            let report = bundle::read_origin(&it.bytes).and_then(|_| bundle::read(&it.bytes).ok());
            report.is_some_and(|report| {
                let made_of = report.artifacts.iter();
                let mut paths = made_of.map(|of| &of.path).filter(|of| **of != it.path);
                paths.any(|of| {
                    found
                        .iter()
                        .any(|other| !std::ptr::eq(other, it) && may_be_same_file(&other.path, of))
                })
            })
        };
        let outputs: Vec<bool> = found.iter().map(is_output).collect();
        for ((artifact, file), is_output) in found.into_iter().zip(files).zip(outputs) {
            match is_output {
                true => self.outputs.push(artifact.path),
                false => {
                    self.artifacts.push(artifact);
                    self.files.push(file);
                }
            }
        }
    }

    fn read_file(&mut self, path: &Path, shown: String, revision: Option<RevisionRef>) {
        if fs::metadata(path).is_ok_and(|it| it.len() > Artifact::MAX_BYTES) {
            return self.too_large(&shown);
        }
        match fs::File::open(path) {
            Ok(file) => self.read_all(file, &relative(path), shown, revision),
            Err(error) => self.fail(&shown, &error),
        }
    }

    /// Reads no more than it takes to see that it is too much: a pipe doesn't tell its length.
    fn read_all(
        &mut self,
        from: impl io::Read,
        file: &str,
        shown: String,
        revision: Option<RevisionRef>,
    ) {
        let mut bytes = Vec::new();
        match from.take(Artifact::MAX_BYTES + 1).read_to_end(&mut bytes) {
            Ok(_) => self.add(file, shown, bytes, revision),
            Err(error) => self.fail(&shown, &error),
        }
    }

    fn add(&mut self, file: &str, path: String, bytes: Vec<u8>, revision: Option<RevisionRef>) {
        if bytes.len() as u64 > Artifact::MAX_BYTES {
            return self.too_large(&path);
        }
        let mut artifact = Artifact::new(path, bytes);
        artifact.revision = revision;
        self.artifacts.push(artifact);
        self.files.push(file.to_owned());
    }

    fn too_large(&mut self, path: &str) {
        self.problems.push(Problem {
            kind: ProblemKind::TooLarge {
                what: Limit::Bytes,
                limit: Artifact::MAX_BYTES,
            },
            place: Some(Place::artifact(path)),
            reader: None,
        });
    }

    fn fail(&mut self, path: &str, error: &io::Error) {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => ProblemKind::NotFound,
            _ => ProblemKind::Unreadable {
                message: error.to_string(),
            },
        };
        self.problems.push(Problem {
            kind,
            place: Some(Place::artifact(path)),
            reader: None,
        });
    }

    /// `READER:PATH`: of what was found at that path, or else what is read from there.
    fn choose_reader(&mut self, rule: &str) {
        // The command line takes no other rules.
        let Some((reader, path)) = split_as(rule) else {
            return;
        };
        let shown = if path == "-" {
            STDIN.to_owned()
        } else {
            shown_path(Path::new(path))
        };
        let is_it = |artifact: &Artifact| {
            let before = artifact.path.strip_suffix(&shown);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        if !self.artifacts.iter().any(is_it) {
            self.read_input(path, None);
        }
        for artifact in self.artifacts.iter_mut().filter(|artifact| is_it(artifact)) {
            artifact.reader = Some(reader.to_owned());
        }
    }
}

/// `NAME=PATH`, unless a file of that very name exists.
fn split_name(input: &str) -> (Option<&str>, &str) {
    match input.split_once('=') {
        Some((name, path))
            if !name.is_empty() && !name.contains('/') && !Path::new(input).exists() =>
        {
            (Some(name), path)
        }
        _ => (None, input),
    }
}

/// JSON on standard input has no name by which metrics are told from parameters: it is metrics. YAML
/// may be either.
fn take_as_metrics(artifact: &mut Artifact) {
    let is_json = artifact.bytes.trim_ascii_start().starts_with(b"{");
    if is_json && matches!(choose(artifact), Ok(Choice::Ambiguous)) {
        artifact.reader = Some("metrics".to_owned());
    }
}

/// A path seen from where this runs, where it leads down from there; as it was given elsewhere.
fn relative(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let below = path.strip_prefix(&here).unwrap_or(path);
    let below = below.strip_prefix(".").unwrap_or(below);
    below.to_string_lossy().replace('\\', "/")
}

/// What a file is called: as it was given, without what leads out of the folder or down from the
/// root of this machine.
fn shown_path(path: &Path) -> String {
    if path.is_absolute() {
        let name = path.file_name().unwrap_or_default();
        return name.to_string_lossy().into_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::ParentDir => parts.clear(),
            _ => {}
        }
    }
    parts.join("/")
}

/// Collects the files below a folder by their `/`-separated path; gives the folders that can't be
/// read. Links that lead out of `root`, pipes and devices are passed over, and so are hidden
/// folders, those that hold no results ([`is_passed_over`]), and the sites and packed files that careo itself wrote there.
fn list(
    folder: &Path,
    root: &Path,
    files: &mut BTreeMap<String, PathBuf>,
    read_dir: &dyn Fn(&Path) -> io::Result<fs::ReadDir>,
) -> Vec<(String, io::Error)> {
    let mut failed = Vec::new();
    let mut todo = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = todo.pop() {
        let mut add = |entry: &fs::DirEntry| -> io::Result<()> {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_link = entry.file_type()?.is_symlink();
            let path = entry.path();
            if is_link && !fs::canonicalize(&path).is_ok_and(|path| path.starts_with(root)) {
                return Ok(());
            }
            let shown = format!("{prefix}{name}");
            if name.starts_with('.') {
                return Ok(());
            }
            if path.is_file() {
                if !(name.ends_with(".html") && is_our_page(&path)) {
                    files.insert(shown, path);
                }
            } else if path.is_dir()
                && !is_link
                && !is_passed_over(&name, &path)
                && !is_our_page(&path.join("index.html"))
            {
                todo.push((path, format!("{shown}/")));
            }
            Ok(())
        };
        let read = read_dir(&folder).and_then(|mut all| all.try_for_each(|it| add(&it?)));
        if let Err(error) = read {
            let shown = match prefix.trim_end_matches('/') {
                "" => folder.to_string_lossy().into_owned(),
                below => below.to_owned(),
            };
            failed.push((shown, error));
        }
    }
    failed
}

/// Whether a file is what `careo check -o` wrote.
pub fn is_verdict(bytes: &[u8]) -> bool {
    let kind = || {
        let document: serde_json::Value = serde_json::from_slice(bytes).ok()?;
        Some(document.get("careo")?.get("kind")? == "verdict")
    };
    kind() == Some(true)
}

/// Whether a file is a page that careo wrote: of a site, or packed.
fn is_our_page(path: &Path) -> bool {
    let mut head = Vec::new();
    let file = fs::File::open(path);
    let read = file.and_then(|it| it.take(MAX_HEAD_BYTES).read_to_end(&mut head));
    read.is_ok() && page::is_ours(&head)
}

/// So much of a page tells whose it is.
const MAX_HEAD_BYTES: u64 = 2_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_passed_over_by_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for (name, mark) in [("a", None), ("b", Some("CACHEDIR.TAG"))] {
            let target = root.join(name).join("target");
            fs::create_dir_all(&target).unwrap();
            fs::write(target.join("metrics.json"), "{\"a\": 1}").unwrap();
            if let Some(mark) = mark {
                fs::write(target.join(mark), "").unwrap();
            }
        }
        let scan = scan(&[root.to_string_lossy().into_owned()], &[], &[]);
        let paths: Vec<&str> = scan.artifacts.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["a/target/metrics.json"]);
    }

    #[test]
    fn paths_never_show_this_machine() {
        let cases = [
            ("metrics.json", "metrics.json"),
            ("./a/b.json", "a/b.json"),
            ("../other/x/m.json", "other/x/m.json"),
            ("a/../../b.json", "b.json"),
            ("/builds/team/m.json", "m.json"),
        ];
        for (given, shown) in cases {
            assert_eq!(shown_path(Path::new(given)), shown);
        }
    }

    #[test]
    fn what_is_too_large_or_no_file_is_never_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        // Takes no room on the disk; to read it would take minutes.
        let large = fs::File::create(path("model.bin")).unwrap();
        large.set_len(1 << 40).unwrap();
        fs::write(path("m.json"), "{}").unwrap();
        #[cfg(unix)]
        let _socket = std::os::unix::net::UnixListener::bind(path("socket")).unwrap();
        let scan = scan(&[folder.path().to_string_lossy().into_owned()], &[], &[]);
        let kinds: Vec<_> = scan.problems.iter().map(|it| &it.kind).collect();
        let limit = Artifact::MAX_BYTES;
        let what = Limit::Bytes;
        assert_eq!(kinds, [&ProblemKind::TooLarge { what, limit }]);
        let read: Vec<_> = scan.artifacts.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(read, ["m.json"]);
    }

    #[test]
    fn a_folder_that_can_not_be_read_hides_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["a", "shut/in", "z"] {
            fs::create_dir_all(root.join(name)).unwrap();
            fs::write(root.join(name).join("m.json"), "{}").unwrap();
        }
        // Who runs this may be root, whom no mode keeps out.
        let read_dir = |path: &Path| match path.ends_with("shut") {
            true => Err(io::ErrorKind::PermissionDenied.into()),
            false => fs::read_dir(path),
        };
        let mut files = BTreeMap::new();
        let failed = list(root, root, &mut files, &read_dir);
        let failed: Vec<&str> = failed.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(failed, ["shut"]);
        let found: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(found, ["a/m.json", "z/m.json"]);
    }

    #[test]
    fn folders_with_the_same_files_keep_their_names() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "new/m.json",
            "old/m.json",
            "more/p.csv",
            "baselines/C10/m.json",
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{}").unwrap();
        }
        let paths = |names: &[&str]| {
            let given = names.iter().map(|name| match name.split_once('=') {
                Some((name, path)) => format!("{name}={}", folder.path().join(path).display()),
                None => folder.path().join(name).to_string_lossy().into_owned(),
            });
            let scan = scan(&given.collect::<Vec<_>>(), &[], &[]);
            scan.artifacts
                .into_iter()
                .map(|it| it.path)
                .collect::<Vec<_>>()
        };
        assert_eq!(paths(&["new", "old"]), ["new/m.json", "old/m.json"]);
        assert_eq!(paths(&["new", "more"]), ["m.json", "p.csv"]);
        // By its name the report knows it.
        let of_baseline = "baselines/C10/m.json";
        assert_eq!(paths(&["new", "baselines"]), ["m.json", of_baseline]);
        assert_eq!(paths(&["new/m.json", "baselines"]), ["m.json", of_baseline]);
        assert_eq!(paths(&["baselines"]), ["C10/m.json"]);
        assert_eq!(paths(&["x=new", "baselines"]), ["m.json", "C10/m.json"]);
        assert_eq!(paths(&["x=new", "old"]), ["new/m.json", "m.json"]);
        assert_eq!(paths(&["x=new", "y=old"]), ["m.json", "old/m.json"]);
        assert_eq!(paths(&["new", "new"]), ["new/m.json", "new/m.json"]);
    }

    #[test]
    fn the_baseline_has_paths_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "m.json",
            "a/out/m.json",
            "b/out/m.json",
            "b/out/more.csv",
            "c/m.json",
            "c/out/m.json",
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{}").unwrap();
        }
        let paths = |input: &str, baseline: &str| {
            let given = |path: &str| match path.split_once('=') {
                Some((name, path)) => format!("{name}={}", folder.path().join(path).display()),
                None => folder.path().join(path).to_string_lossy().into_owned(),
            };
            let scan = scan(&[given(input)], &[given(baseline)], &[]);
            let paths = scan.artifacts.into_iter().map(|it| it.path);
            paths.collect::<Vec<_>>()
        };
        // All of a folder goes along.
        let told = ["m.json", "out/m.json", "out/more.csv"];
        assert_eq!(paths("m.json", "b/out"), told);
        assert_eq!(
            paths("m.json", "a/out/m.json"),
            ["m.json", "baseline/m.json"]
        );
        assert_eq!(paths("m.json", "v1=a/out/m.json"), ["m.json", "v1/m.json"]);
        // Absolute paths tell no more than their ends.
        let told = ["m.json", "out/m.json", "out/more.csv"];
        assert_eq!(paths("a/out", "b/out"), told);
        let told = ["m.json", "out/m.json", "baseline/m.json"];
        assert_eq!(paths("c", "a/out"), told);
        // Nothing is to be told apart.
        assert_eq!(paths("b/out/more.csv", "a/out"), ["more.csv", "m.json"]);
    }

    #[test]
    fn names_are_split_off() {
        assert_eq!(split_name("new=out/m.json"), (Some("new"), "out/m.json"));
        assert_eq!(split_name("out/a=b.json"), (None, "out/a=b.json"));
    }

    #[cfg(unix)]
    #[test]
    fn folders_are_read_in_order_and_links_do_not_lead_out() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.json"), "{}").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/.git")).unwrap();
        for name in ["b/z.json", "a.json", ".hidden", "b/.git/config"] {
            fs::write(root.join(name), "{}").unwrap();
        }
        std::os::unix::fs::symlink(outside.path(), root.join("b/out")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.json"), root.join("s.json"))
            .unwrap();
        std::os::unix::fs::symlink(root.join("a.json"), root.join("c.json")).unwrap();
        let scan = scan(&[root.to_string_lossy().into_owned()], &[], &[]);
        let paths: Vec<&str> = scan.artifacts.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["a.json", "b/z.json", "c.json"]);
        assert!(scan.problems.is_empty());
    }
}
