//! What is somebody else's: checkouts, files, links, names, artifacts.

use std::{collections::BTreeSet, fs, os::unix::fs::symlink};

use super::PULL;
use super::lab::{Lab, indexed, texts, tree};

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
fn a_site_that_is_built_of_markdown_keeps_its_front_page() {
    for name in ["index.md", "README.md"] {
        let lab = Lab::new();
        lab.edit("gh-pages", &[(name, Some("# Docs"))]);
        lab.metrics("metrics.json", 0.5);
        for place in ["pr/1", "pr/2"] {
            lab.fine(&format!(
                "publish metrics.json --branch gh-pages --for {place}"
            ));
        }
        let files = lab.branch("gh-pages");
        assert!(!files.contains_key(".nojekyll") && !files.contains_key("index.html"));
        assert!(files.contains_key("careo/index.html"));
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
