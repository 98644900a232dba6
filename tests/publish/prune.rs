//! What goes, and what stays.

use std::{collections::BTreeMap, fs};

use super::lab::{Lab, data, indexed, texts, tree};

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
        // A bare number may be days or weeks, bytes or megabytes.
        for (rule, unit) in [("--older-than 5", "12w"), ("--max-size 800", "MB")] {
            let ran = lab.run(&format!("prune {target} {rule}"));
            assert_eq!(ran.code, 2, "{rule}: {}", ran.err);
            assert!(
                ran.err.contains("help: ") && ran.err.contains(unit),
                "{}",
                ran.err
            );
            assert_eq!(files(), before, "{rule}");
        }
        // A list that a broken command gave, and what is no list of numbers.
        for rule in ["--open=", "--open", "--open 1,abc", "--closed abc"] {
            let ran = lab.run(&format!("prune {target} {rule}"));
            assert_eq!(ran.code, 2, "{rule}: {}", ran.err);
            assert_eq!(files(), before, "{rule}");
        }
        let dry = lab.fine(&format!("prune {target} --closed 1 --keep 1 --dry-run"));
        assert_eq!(dry.out.lines().count(), 3, "{}", dry.out);
        assert_eq!(files(), before);
        // Several at once: `prune` says so itself.
        let two = lab.fine(&format!("prune {target} --closed 1,2 --dry-run"));
        let one = lab.fine(&format!("prune {target} --closed 1 --closed 2 --dry-run"));
        assert_eq!(two.out, one.out);
        assert!(
            two.out.contains("pr/1/") && two.out.contains("pr/2/"),
            "{}",
            two.out
        );
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
fn what_is_no_site_is_not_pruned() {
    let lab = Lab::new();
    fs::create_dir_all(lab.path("work/other/folder")).unwrap();
    fs::write(lab.path("work/other/index.html"), "somebody's").unwrap();
    lab.git("work", "push --quiet origin main:refs/heads/pages");
    let before = tree(&lab.path("work"));
    for target in ["--dir other", "--dir gone/site", "--branch pages"] {
        let ran = lab.run(&format!("prune {target} --keep 1"));
        let place = target.split(' ').nth(1).unwrap();
        assert_eq!(ran.code, 2, "{target}: {}", ran.err);
        assert!(
            ran.err.starts_with(&format!("{place}: no site")),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("\n  help: "), "{}", ran.err);
        assert_eq!(tree(&lab.path("work")), before, "{target}: nothing is made");
    }
    // A workflow may clean up before anything was published.
    let ran = lab.fine("prune --branch gh-pages --closed 1");
    assert!(
        ran.err
            .contains("gh-pages: there is no such branch on origin"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("\n  help: check the name"), "{}", ran.err);
    assert!(!ran.err.contains("nothing has to go"), "{}", ran.err);
    let help = lab.fine("prune --help").out;
    assert!(!help.contains("; made where"), "{help}");
    // A site that lost its index is one.
    lab.metrics("metrics.json", 0.5);
    lab.fine("publish metrics.json --dir site --for pr/1");
    fs::remove_dir_all(lab.path("work/site/careo/index")).unwrap();
    let ran = lab.fine("prune --dir site --keep 1");
    assert!(ran.err.contains("nothing has to go"), "{}", ran.err);
}
