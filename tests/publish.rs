//! Sites with history: the real program, real git, a bare remote.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(unix)]

#[path = "publish/lab.rs"]
mod lab;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::symlink,
    path::Path,
};

use lab::{Lab, data, indexed, ran, tree};

fn texts(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    files
        .iter()
        .map(|(path, bytes)| (path.clone(), text(bytes)))
        .collect()
}

const PULL: &str = "--pr https://github.com/o/r/pull/12";

#[test]
fn a_report_gets_an_address_that_never_changes_and_one_that_opens_the_newest() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    let first = lab.fine(&format!("publish metrics.json --branch gh-pages {PULL}"));
    let url = first.out.trim();
    assert!(url.starts_with("https://o.github.io/r/pr/12/"), "{url}");
    let one = lab.branch("gh-pages");
    let folder = url.strip_prefix("https://o.github.io/r/").unwrap();
    for file in ["index.html", "report.json", "entry.json"] {
        assert!(
            one.contains_key(&format!("{folder}{file}")),
            "{file}: {:?}",
            one.keys()
        );
    }
    assert!(one.contains_key(".nojekyll"));
    assert!(one["index.html"].contains("id=\"careo-site\""));
    assert!(
        one["pr/12/index.html"].contains(folder.trim_end_matches('/').rsplit('/').next().unwrap())
    );
    let page = &one[&format!("{folder}index.html")];
    assert!(page.contains("../../../careo/viewer/"), "{page}");
    assert!(page.contains("data-root=\"../../../\""));

    // The same commit with the same results is the same report.
    let again = lab.fine(&format!("publish metrics.json --branch gh-pages {PULL}"));
    assert!(again.err.contains("already"), "{}", again.err);
    assert_eq!(again.out, first.out);
    assert_eq!(lab.branch("gh-pages"), one);

    // With others it is another one beside it.
    lab.metrics("metrics.json", 0.6);
    let other = lab.fine(&format!("publish metrics.json --branch gh-pages {PULL}"));
    assert_eq!(
        other.out.trim(),
        format!("{}-2/", url.trim_end_matches('/'))
    );
    lab.git("work", "commit --quiet --allow-empty -m second");
    let second = lab.fine(&format!(
        "publish metrics.json --branch gh-pages {PULL} --key fraud"
    ));
    assert!(second.out.contains("/pr/12/fraud/"), "{}", second.out);
    let after = lab.branch("gh-pages");
    for (path, text) in one.iter().filter(|(path, _)| path.starts_with(folder)) {
        assert_eq!(&after[path], text, "{path} never changes");
    }
    assert_eq!(indexed(&after).len(), 3);
    let viewers = after.keys().filter(|it| it.ends_with("viewer.js")).count();
    assert_eq!(viewers, 1, "each viewer is there once");
}

#[test]
fn twenty_publishers_at_once_lose_nothing() {
    let lab = Lab::new();
    let mut children = Vec::new();
    for number in 0..20 {
        lab.metrics(&format!("{number}.json"), f64::from(number) / 20.0);
        let place = match number % 4 {
            0 => "branch/main".to_owned(),
            _ => format!("pr/{number}"),
        };
        let arguments =
            format!("publish {number}.json --branch gh-pages --for {place} --title t{number}");
        children.push(lab.spawn(&arguments));
    }
    for child in children {
        let ran = ran(child.wait_with_output().unwrap());
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let files = lab.branch("gh-pages");
    let paths: BTreeSet<String> = indexed(&files).into_iter().collect();
    assert_eq!(paths.len(), 20);
    for path in &paths {
        assert!(files.contains_key(&format!("{path}/report.json")), "{path}");
    }
    let index = data(&files["careo/index/site.json"]);
    assert_eq!(index["reports"], 20);
    assert_eq!(index["next"], 20);
    assert_eq!(index["pull_count"], 15);
    assert_eq!(index["trends"][0]["points"].as_array().unwrap().len(), 5);
    let commits = lab.git("remote.git", "rev-list --count gh-pages");
    assert_eq!(commits.trim(), "20", "one commit each, none merged");
    let numbers: BTreeSet<u64> = paths
        .iter()
        .map(|path| {
            data(&files[&format!("{path}/entry.json")])["number"]
                .as_u64()
                .unwrap()
        })
        .collect();
    assert_eq!(numbers, (0..20).collect());
}

#[test]
fn a_remote_that_rejects_every_push_is_told_and_nothing_is_left() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    lab.hook("pre-receive", "echo no reports on Fridays >&2; exit 1");
    let ran = lab.run(&format!("publish metrics.json --branch gh-pages {PULL}"));
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(
        ran.err.contains("rejected every push (5 tries)"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("no reports on Fridays"), "{}", ran.err);
    assert_eq!(ran.out, "");
    assert_eq!(lab.git("remote.git", "branch --list gh-pages"), "");
    assert_nothing_left(&lab);
}

#[test]
fn a_remote_that_is_gone_is_told() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    lab.fine(&format!("publish metrics.json --branch gh-pages {PULL}"));
    fs::rename(lab.path("remote.git"), lab.path("away.git")).unwrap();
    lab.metrics("metrics.json", 0.6);
    let ran = lab.run(&format!("publish metrics.json --branch gh-pages {PULL}"));
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(ran.err.contains("does not answer"), "{}", ran.err);
    let ran = lab.run(&format!(
        "publish metrics.json --branch gh-pages {PULL} --remote elsewhere"
    ));
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_nothing_left(&lab);
}

/// No folder of ours stays in the temporary folder.
fn assert_nothing_left(lab: &Lab) {
    let names = fs::read_dir(lab.folder.path()).unwrap();
    let names = names.map(|it| it.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = names.filter(|it| it.starts_with("careo-")).collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn a_token_in_the_remotes_address_is_never_told() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    lab.git(
        "work",
        "remote set-url origin http://x-access-token:ghs_secret@127.0.0.1:1/o/r.git",
    );
    let ran = lab.run(&format!("publish metrics.json --branch gh-pages {PULL}"));
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(!ran.err.contains("ghs_secret"), "{}", ran.err);
    assert!(ran.err.contains("127.0.0.1"), "{}", ran.err);
}

#[test]
fn a_shallow_detached_checkout_with_changes_will_do_and_stays_as_it_is() {
    let lab = Lab::new();
    for name in ["second", "third"] {
        lab.git("work", &format!("commit --quiet --allow-empty -m {name}"));
    }
    lab.git("work", "push --quiet origin main");
    fs::remove_dir_all(lab.path("work")).unwrap();
    let url = format!("file://{}", lab.path("remote.git").display());
    lab.git(".", &format!("clone --quiet --depth=1 {url} work"));
    lab.git("work", "checkout --quiet --detach");
    fs::write(lab.path("work/README"), "changed").unwrap();
    lab.metrics("metrics.json", 0.5);
    let state = || {
        let status = lab.git("work", "status --porcelain --branch");
        (
            status,
            lab.git("work", "for-each-ref"),
            tree(&lab.path("work/.git")),
        )
    };
    let before = state();
    lab.fine(&format!("publish metrics.json --branch gh-pages {PULL}"));
    lab.metrics("metrics.json", 0.6);
    lab.fine(&format!("publish metrics.json --branch gh-pages {PULL}"));
    assert_eq!(indexed(&lab.branch("gh-pages")).len(), 2);
    let after = state();
    assert_eq!((after.0, after.1), (before.0, before.1));
    assert_eq!(
        after.2, before.2,
        "no file of the checkout's repository changed"
    );
}

#[test]
fn a_foreign_site_keeps_every_byte() {
    let lab = Lab::new();
    let foreign = [
        ("index.html", Some("<h1>Docs</h1>")),
        ("_config.yml", Some("title: x")),
        ("guide/a.html", Some("a")),
        ("CNAME", Some("models.example.org\n")),
        ("pr/readme.txt", Some("theirs")),
    ];
    lab.edit("gh-pages", &foreign);
    lab.metrics("metrics.json", 0.5);
    let ran = lab.fine(&format!("publish metrics.json --branch gh-pages {PULL}"));
    assert!(
        ran.out.starts_with("https://models.example.org/pr/12/"),
        "{}",
        ran.out
    );
    let files = lab.branch("gh-pages");
    for (path, text) in foreign {
        assert_eq!(files[path], text.unwrap());
    }
    assert!(
        !files.contains_key(".nojekyll"),
        "their site wants to be built"
    );
    assert!(files["careo/index.html"].contains("id=\"careo-site\""));
    assert!(files["careo/index.html"].contains("data-root=\"../\""));
    // A page of theirs where ours would stand is in the way.
    lab.edit("gh-pages", &[("pr/13/index.html", Some("theirs"))]);
    let before = lab.branch("gh-pages");
    let ran = lab.run("publish metrics.json --branch gh-pages --for pr/13");
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(ran.err.contains("pr/13/index.html"), "{}", ran.err);
    assert_eq!(lab.branch("gh-pages"), before);
}

#[test]
fn what_somebody_else_edited_is_left_and_told_apart() {
    let lab = Lab::new();
    for number in 1..4 {
        lab.metrics("metrics.json", 0.5 + f64::from(number) / 10.0);
        lab.fine(&format!(
            "publish metrics.json --branch gh-pages --for pr/{number}"
        ));
    }
    let files = lab.branch("gh-pages");
    let report = files
        .keys()
        .find(|it| it.starts_with("pr/1/") && it.ends_with("report.json"));
    let report = report.unwrap().clone();
    let entry = report.replace("report.json", "entry.json");
    let damaged = files[&entry].replace("0.6", "0.9");
    let shard = files["careo/index/0.json"].replace("pr/2", "pr/9");
    lab.edit(
        "gh-pages",
        &[
            (&report, Some("edited")),
            (&entry, Some(&damaged)),
            ("careo/index/0.json", Some(&shard)),
        ],
    );
    lab.metrics("metrics.json", 0.95);
    let ran = lab.fine("publish metrics.json --branch gh-pages --for pr/4");
    assert!(ran.err.contains("not as careo wrote it"), "{}", ran.err);
    let files = lab.branch("gh-pages");
    assert_eq!(files[&report], "edited", "a report is never written again");
    assert_eq!(files[&entry], damaged);
    let places: Vec<String> = indexed(&files)
        .iter()
        .map(|it| it.rsplit_once('/').unwrap().0.to_owned())
        .collect();
    assert_eq!(
        places,
        ["pr/2", "pr/3", "pr/4"],
        "what was edited is not believed"
    );
}

#[test]
fn a_corrupt_index_is_built_anew_from_the_folders() {
    for broken in [
        "<<<<<<< HEAD\n{}\n=======\n",
        "",
        "{\"careo\":{\"schema\":1}}",
    ] {
        let lab = Lab::new();
        for number in 1..4 {
            lab.metrics("metrics.json", 0.5 + f64::from(number) / 10.0);
            lab.fine(&format!(
                "publish metrics.json --branch gh-pages --for pr/{number}"
            ));
        }
        let before = lab.branch("gh-pages");
        lab.edit("gh-pages", &[("careo/index/site.json", Some(broken))]);
        let ran = lab.fine("publish --reindex --branch gh-pages");
        assert!(ran.err.contains("3 reports"), "{}", ran.err);
        assert_eq!(lab.branch("gh-pages"), before, "the very same index");
        // Nobody has to ask for it.
        lab.edit(
            "gh-pages",
            &[
                ("careo/index/site.json", Some(broken)),
                ("careo/index/0.json", None),
            ],
        );
        lab.metrics("metrics.json", 0.95);
        let ran = lab.fine("publish metrics.json --branch gh-pages --for pr/4");
        assert!(ran.err.contains("not as careo wrote it"), "{}", ran.err);
        assert_eq!(indexed(&lab.branch("gh-pages")).len(), 4);
    }
}

#[test]
fn an_index_of_a_newer_careo_is_left_alone() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    lab.fine("publish metrics.json --branch gh-pages --for pr/1");
    let index =
        lab.branch("gh-pages")["careo/index/site.json"].replace("\"schema\":1", "\"schema\":7");
    lab.edit("gh-pages", &[("careo/index/site.json", Some(&index))]);
    let ran = lab.run("publish metrics.json --branch gh-pages --for pr/2");
    assert_eq!(ran.code, 6);
    assert!(ran.err.contains("newer careo (schema 7)"), "{}", ran.err);
}

#[test]
fn a_clock_that_goes_backwards_changes_no_order() {
    let mut lab = Lab::new();
    let mut urls = Vec::new();
    for (at, accuracy) in [
        ("1800000000", 0.5),
        ("1700000000", 0.6),
        ("1000000000", 0.7),
    ] {
        lab.set("SOURCE_DATE_EPOCH", at);
        lab.metrics("metrics.json", accuracy);
        urls.push(
            lab.fine(&format!("publish metrics.json --branch gh-pages {PULL}"))
                .out,
        );
    }
    let files = lab.branch("gh-pages");
    let latest = data(&files["pr/12/latest.json"]);
    let newest = urls.last().unwrap().trim().trim_end_matches('/');
    assert!(
        newest.ends_with(latest["path"].as_str().unwrap()),
        "{newest}"
    );
    assert_eq!(latest["number"], 2);
    let index = data(&files["careo/index/site.json"]);
    assert_eq!(index["pulls"][0]["path"], latest["path"]);
}

#[test]
fn a_forks_artifact_chooses_no_pull_request() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    lab.fine("build metrics.json --pr https://github.com/o/r/pull/13 -o bundle.json");
    let publish = "publish bundle.json --branch gh-pages";
    // CI says 12, the artifact 13.
    let ran = lab.run(&format!("{publish} {PULL}"));
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(
        ran.err.contains("bundle.json") && ran.err.contains("pr/13"),
        "{}",
        ran.err
    );
    let ran = lab.run(&format!("{publish} --for pr/12"));
    assert_eq!(ran.code, 6, "{}", ran.err);
    let ran = lab.run(&format!("{publish} --for branch/main"));
    assert_eq!(ran.code, 6, "{}", ran.err);
    // CI says nothing of a pull request.
    let in_ci = Lab::new()
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_REPOSITORY", "o/r")
        .env("GITHUB_REF_NAME", "main");
    fs::copy(lab.path("work/bundle.json"), in_ci.path("work/bundle.json")).unwrap();
    let ran = in_ci.run(publish);
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(ran.err.contains("only an artifact says"), "{}", ran.err);
    for lab in [&lab, &in_ci] {
        assert_eq!(lab.git("remote.git", "branch --list gh-pages"), "");
    }
    // What agrees is published.
    let ran = lab.fine(&format!("{publish} --pr https://github.com/o/r/pull/13"));
    assert!(ran.out.contains("/pr/13/"), "{}", ran.out);
}

#[test]
fn names_of_strangers_never_leave_their_folder() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    let places = [
        "branch/../../escape",
        "branch//etc/passwd",
        "branch/Main",
        "branch/main",
        "branch/CON",
        "branch/con",
        "branch/a:b*?",
        "tag/.git",
        "tag/x.",
    ];
    for place in places {
        lab.fine(&format!("publish metrics.json --dir site --for {place}"));
    }
    let files = texts(tree(&lab.path("work/site")));
    assert_eq!(indexed(&files).len(), places.len());
    let mut folded = BTreeSet::new();
    for path in files.keys().filter(|it| *it != ".nojekyll") {
        assert!(folded.insert(path.to_lowercase()), "{path} clashes");
        for part in path.split('/') {
            let is_safe =
                |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "._~-".contains(it);
            assert!(part.chars().all(is_safe), "{path}");
            assert!(!part.starts_with('.') && !part.ends_with('.'), "{path}");
        }
    }
    assert!(!lab.path("work/escape").exists() && !lab.path("escape").exists());
    for bad in ["pr/../x", "elsewhere/x", "pr/1/../2"] {
        assert_eq!(
            lab.run(&format!("publish metrics.json --dir site --for {bad}"))
                .code,
            2
        );
    }
}

#[test]
fn nothing_is_written_through_a_link() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    fs::create_dir_all(lab.path("work/site")).unwrap();
    fs::create_dir_all(lab.path("elsewhere")).unwrap();
    symlink(lab.path("elsewhere"), lab.path("work/site/pr")).unwrap();
    let ran = lab.run("publish metrics.json --dir site --for pr/12");
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(ran.err.contains("pr: not careo's"), "{}", ran.err);
    assert_eq!(tree(&lab.path("elsewhere")).len(), 0);
    assert_eq!(tree(&lab.path("work/site")).len(), 1);

    lab.edit("gh-pages", &[("x", Some("x"))]);
    symlink("/etc", lab.path("edit/careo")).unwrap();
    lab.git("edit", "add careo");
    lab.git("edit", "commit --quiet -m link");
    lab.git("edit", "push --quiet origin gh-pages");
    let ran = lab.run("publish metrics.json --branch gh-pages --for pr/12");
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(ran.err.contains("careo: not careo's"), "{}", ran.err);
    assert_eq!(
        lab.git("remote.git", "rev-list --count gh-pages").trim(),
        "2"
    );
}

/// `SIGKILL` whenever so many files of the next state are there: before the first, after the last,
/// and between. What is there then is the old site or the new one, to the byte.
#[test]
fn a_publisher_that_is_killed_leaves_the_old_site_or_the_new_one() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    for number in 1..9 {
        lab.fine(&format!(
            "publish metrics.json --dir site --for pr/{number}"
        ));
    }
    let site = lab.path("work/site");
    let staged = lab.path("work/.site.careo-new");
    let old = tree(&site);
    // What it becomes.
    let copied = std::process::Command::new("cp")
        .arg("-a")
        .arg(&site)
        .arg(lab.path("work/copy"))
        .status();
    assert!(copied.unwrap().success());
    lab.metrics("metrics.json", 0.9);
    lab.fine("publish metrics.json --dir copy --for pr/1");
    let new = tree(&lab.path("work/copy"));
    assert_ne!(old, new);
    let count = |folder: &Path| if folder.is_dir() { n_files(folder) } else { 0 };
    let (mut n_killed_midway, mut n_old, mut n_new) = (0, 0, 0);
    for moment in 0..=new.len() {
        let mut child = lab.spawn("publish metrics.json --dir site --for pr/1");
        while count(&staged) < moment && child.try_wait().unwrap().is_none() {}
        child.kill().unwrap();
        child.wait().unwrap();
        n_killed_midway += usize::from(staged.exists());
        let found = tree(&site);
        match (found == old, found == new) {
            (true, _) => n_old += 1,
            (_, true) => {
                n_new += 1;
                // Back to the old one for the next moment.
                fs::remove_dir_all(&site).unwrap();
                restore(&site, &old);
            }
            (false, false) => panic!("killed at {moment}: neither the old site nor the new one"),
        }
    }
    assert!(
        n_killed_midway > 3,
        "killed midway {n_killed_midway} times, old {n_old}, new {n_new}"
    );
    // Whoever comes next publishes as if nothing had happened, and clears up.
    lab.fine("publish metrics.json --dir site --for pr/1");
    assert_eq!(tree(&site), new);
    assert!(!staged.exists());
}

fn n_files(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let count = |path: &Path| if path.is_dir() { n_files(path) } else { 1 };
    entries.flatten().map(|entry| count(&entry.path())).sum()
}

fn restore(root: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// A disk that is full: as a limit on the size of files, which any user may set.
#[test]
fn a_disk_that_is_full_changes_nothing() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    lab.fine("publish metrics.json --dir site --for pr/1");
    let before = tree(&lab.path("work/site"));
    lab.metrics("metrics.json", 0.6);
    let mut command = std::process::Command::new("bash");
    let script =
        "trap '' XFSZ; ulimit -f 2; exec \"$0\" publish metrics.json --dir site --for pr/2";
    command
        .arg("-c")
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_careo"));
    command.current_dir(lab.path("work"));
    lab.clean(&mut command)
        .env("CAREO_VIEWER", lab.path("viewer"));
    let ran = ran(command.output().unwrap());
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(ran.err.contains("site is as it was"), "{}", ran.err);
    assert_eq!(tree(&lab.path("work/site")), before);
    assert!(!lab.path("work/.site.careo-new").exists());
    lab.fine("publish metrics.json --dir site --for pr/2");
}

#[test]
fn plain_metrics_are_compared_with_the_target_branch() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    lab.fine("publish metrics.json --branch gh-pages --for branch/main");
    lab.git("work", "checkout --quiet -b better");
    lab.git("work", "commit --quiet --allow-empty -m better");
    lab.metrics("metrics.json", 0.75);
    let pull = Lab::env(lab, "GITHUB_ACTIONS", "true")
        .env("GITHUB_REPOSITORY", "o/r")
        .env("GITHUB_REF", "refs/pull/12/merge")
        .env("GITHUB_HEAD_REF", "better")
        .env("GITHUB_BASE_REF", "main");
    let ran = pull.fine("publish metrics.json --branch gh-pages");
    let path = ran
        .out
        .trim()
        .strip_prefix("https://o.github.io/r/")
        .unwrap();
    let files = pull.branch("gh-pages");
    let entry = data(&files[&format!("{path}entry.json")]);
    assert_eq!(entry["decisive"]["baseline"], 0.5);
    assert_eq!(entry["decisive"]["current"], 0.75);
    assert!(
        files[&format!("{path}index.html")].contains("main"),
        "the baseline has its name"
    );
    let index = data(&files["careo/index/site.json"]);
    assert_eq!(index["main_branch"], "main");
    assert_eq!(index["trends"][0]["points"].as_array().unwrap().len(), 1);
    // The author's date of the commit, not when it was published.
    let point = &index["trends"][0]["points"][0];
    assert!(
        !point["date"].as_str().unwrap().starts_with("2023-11-14"),
        "{point}"
    );
}

#[test]
fn pruning_takes_what_was_asked_for_and_the_viewers_that_nobody_needs() {
    for target in ["--branch gh-pages", "--dir site"] {
        let lab = Lab::new();
        let files = || match target {
            "--dir site" => texts(tree(&lab.path("work/site"))),
            _ => lab.branch("gh-pages"),
        };
        let viewer = lab.path("viewer/viewer.js");
        let publish = |place: &str, accuracy: f64| {
            lab.metrics("metrics.json", accuracy);
            lab.fine(&format!("publish metrics.json {target} --for {place}"));
        };
        publish("pr/1", 0.1);
        fs::write(&viewer, "// 2").unwrap();
        publish("pr/2", 0.2);
        publish("pr/2", 0.3);
        fs::write(&viewer, "// 3").unwrap();
        publish("branch/main", 0.4);
        publish("branch/main", 0.5);
        let before = files();
        let n_viewers = |files: &BTreeMap<String, String>| {
            files.keys().filter(|it| it.ends_with("viewer.js")).count()
        };
        assert_eq!(n_viewers(&before), 3);

        assert_eq!(lab.run(&format!("prune {target}")).code, 2, "no rule");
        let dry = lab.fine(&format!("prune {target} --closed 1 --keep 1 --dry-run"));
        assert_eq!(dry.out.lines().count(), 3, "{}", dry.out);
        assert_eq!(files(), before);
        let ran = lab.fine(&format!("prune {target} --closed #1 --keep 1"));
        assert_eq!(ran.out, dry.out);
        let after = files();
        assert!(
            after.keys().all(|it| !it.starts_with("pr/1/")),
            "{:?}",
            after.keys()
        );
        let left = indexed(&after);
        assert_eq!(left.len(), 2, "{left:?}");
        for path in &left {
            let page = &after[&format!("{path}/index.html")];
            let viewer = page
                .split("careo/viewer/")
                .nth(1)
                .unwrap()
                .split('/')
                .next()
                .unwrap();
            assert!(after.contains_key(&format!("careo/viewer/{viewer}/viewer.js")));
        }
        assert_eq!(n_viewers(&after), 2, "the first one's report is gone");
        let index = data(&after["careo/index/site.json"]);
        assert_eq!(
            (&index["reports"], &index["pull_count"]),
            (&2.into(), &1.into())
        );
        assert_eq!(index["next"], 5, "numbers are never given again");
        let again = lab.fine(&format!("prune {target} --closed 1 --keep 1"));
        assert!(again.err.contains("nothing has to go"), "{}", again.err);
        lab.fine(&format!("publish --reindex {target}"));
        let reindexed = files();
        assert_eq!(indexed(&reindexed), left);
        let ran = lab.fine(&format!("prune {target} --max-size 1kB"));
        assert!(ran.err.contains("stays"), "{}", ran.err);
    }
}

#[test]
fn the_address_is_waited_for() {
    use std::{
        io::{Read as _, Write as _},
        net::TcpListener,
        sync::atomic::{AtomicUsize, Ordering},
    };
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/repo/", listener.local_addr().unwrap());
    let site = lab.path("work/site");
    let n_asked = AtomicUsize::new(0);
    let arguments = format!("publish metrics.json --dir site --for pr/1 --site-url {url} --wait");
    std::thread::scope(|scope| {
        // A host that has the page only when it is asked for the second time.
        scope.spawn(|| {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = [0; 2048];
                let n = stream.read(&mut request).unwrap();
                let request = String::from_utf8_lossy(&request[..n]).into_owned();
                let target = request.split(' ').nth(1).unwrap();
                let path = target
                    .split('?')
                    .next()
                    .unwrap()
                    .strip_prefix("/repo/")
                    .unwrap();
                let n_before = n_asked.fetch_add(1, Ordering::Relaxed);
                let (status, body) = match n_before {
                    0 => ("404 Not Found", Vec::new()),
                    _ => ("200 OK", fs::read(site.join(path)).unwrap()),
                };
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                stream.write_all(head.as_bytes()).unwrap();
                stream.write_all(&body).unwrap();
                if n_before > 0 {
                    break;
                }
            }
        });
        let ran = lab.fine(&arguments);
        assert!(ran.out.starts_with(&format!("{url}pr/1/")), "{}", ran.out);
        assert!(
            ran.err.contains("waiting for") && ran.err.contains("answers"),
            "{}",
            ran.err
        );
    });
    assert_eq!(n_asked.into_inner(), 2);
    let ran = lab.run("publish metrics.json --dir site --for pr/1 --wait");
    assert_eq!(ran.code, 2, "no address: {}", ran.err);
}

#[test]
fn the_index_is_whole_for_a_site_of_several_shards() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    lab.fine("publish metrics.json --dir site --for pr/1");
    // Many more, by hand: entries as careo writes them.
    let site = lab.path("work/site");
    let files = texts(tree(&site));
    let entry = files.keys().find(|it| it.ends_with("entry.json")).unwrap();
    let folder = entry.strip_suffix("/entry.json").unwrap();
    for number in 1..450 {
        let path = format!("pr/{number}0/{number:012x}");
        let text = files[entry].split("\"data\":").nth(1).unwrap();
        let text = text.strip_suffix("}\n").unwrap();
        let text = text.replace("\"number\":0", &format!("\"number\":{number}"));
        let text = text
            .replace(folder, &path)
            .replace("\"name\":\"1\"", &format!("\"name\":\"{number}0\""));
        let sealed = seal(&text);
        fs::create_dir_all(site.join(&path)).unwrap();
        fs::write(site.join(path).join("entry.json"), sealed).unwrap();
    }
    lab.fine("publish --reindex --dir site");
    lab.metrics("metrics.json", 0.6);
    lab.fine("publish metrics.json --dir site --for pr/2");
    let files = texts(tree(&site));
    assert_eq!(indexed(&files).len(), 451);
    let index = data(&files["careo/index/site.json"]);
    assert_eq!(index["shards"].as_array().unwrap().len(), 3);
    assert_eq!(index["pulls"].as_array().unwrap().len(), 100);
    assert_eq!(index["pulls"][0]["name"], "2");
}

/// A document of a site around these data.
fn seal(data: &str) -> String {
    use sha2::{Digest as _, Sha256};
    let check = Sha256::digest(data.as_bytes());
    let check: String = check.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{{\"careo\":{{\"schema\":1,\"kind\":\"entry\",\"made_by\":\"careo\"}},\n\"check\":\"{check}\",\n\"data\":{data}}}\n"
    )
}
