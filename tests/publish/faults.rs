//! Remotes, disks and processes that fail; an index that is not as careo wrote it.

use std::{collections::BTreeMap, fs, path::Path};

use super::PULL;
use super::lab::{Lab, indexed, ran, tree};

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

#[test]
fn what_cant_be_done_afterwards_is_refused_before() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    let cases = [
        ("--bundle metrics.json/b.json", 6),
        ("--wait", 2),
        ("--summary", 2),
        ("--site-url team.github.io/model", 2),
        ("--site-url https://x.org/?a", 2),
        ("--base-url https://x.org/#/overview", 2),
    ];
    for (options, code) in cases {
        let ran = lab.run(&format!(
            "publish metrics.json --dir site --for pr/1 {options}"
        ));
        assert_eq!(ran.code, code, "{options}: {}", ran.err);
        assert!(!lab.path("work/site").exists(), "{options}");
    }
    // The site's own folder takes another one's place meanwhile.
    fs::create_dir(lab.path("work/site")).unwrap();
    let mut careo = lab.careo("publish ../metrics.json --dir . --for pr/1 --bundle b.json");
    let ran = ran(careo.current_dir(lab.path("work/site")).output().unwrap());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(lab.path("work/site/b.json").is_file());
}

#[test]
fn the_summary_is_of_the_report_as_it_was_published() {
    let lab = Lab::new();
    let summary = lab.path("summary.md");
    let lab = lab.env("GITHUB_STEP_SUMMARY", &summary.to_string_lossy());
    lab.metrics("metrics.json", 0.5);
    lab.fine(&format!(
        "publish metrics.json --branch gh-pages {PULL} --summary"
    ));
    let text = fs::read_to_string(summary).unwrap();
    assert!(text.contains("https://o.github.io/r/pr/12/"), "{text}");
}

#[test]
fn a_checkout_that_git_does_not_enter_is_told_in_its_words() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    fs::write(lab.path("work/.git/HEAD"), "broken").unwrap();
    let ran = lab.run(&format!("publish metrics.json --branch gh-pages {PULL}"));
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(ran.err.contains("fatal: "), "{}", ran.err);
}

/// No folder of ours stays in the temporary folder.
pub fn assert_nothing_left(lab: &Lab) {
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

/// However many reports there are, their entries come at once.
#[test]
fn building_the_index_anew_asks_the_remote_as_often_for_many_reports_as_for_few() {
    let mut lab = Lab::new();
    let mut n_requests = Vec::new();
    for number in 1..=6 {
        lab.metrics("metrics.json", f64::from(number) / 10.0);
        lab.fine(&format!(
            "publish metrics.json --branch gh-pages --for pr/{number}"
        ));
        if number % 3 == 0 {
            let trace = lab.path(&format!("trace-{number}"));
            lab.set("GIT_TRACE2_EVENT", trace.to_str().unwrap());
            lab.fine("publish --reindex --branch gh-pages");
            lab.set("GIT_TRACE2_EVENT", "0");
            let events = fs::read_to_string(trace).unwrap();
            let fetches = events
                .lines()
                .filter(|it| it.contains("\"event\":\"start\"") && it.contains("\"fetch\""));
            n_requests.push(fetches.count());
        }
    }
    assert_eq!(n_requests[0], n_requests[1]);
}
