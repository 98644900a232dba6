//! A report gets its place in the history: addresses, baseline, index, waiting.

use std::{collections::BTreeSet, fs};

use super::PULL;
use super::lab::{Lab, data, indexed, ran, texts, tree};

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
fn a_run_once_more_for_an_older_commit_is_compared_with_what_came_before_it() {
    let lab = Lab::new();
    let publish = |commit: char, accuracy: f64| {
        lab.metrics("metrics.json", accuracy);
        let sha = commit.to_string().repeat(40);
        let mut careo = lab.careo("publish metrics.json --branch gh-pages --for branch/main");
        let careo = careo
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_REPOSITORY", "o/r")
            .env("GITHUB_SHA", sha);
        let ran = ran(careo.output().unwrap());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran
    };
    publish('a', 0.5);
    let second = publish('b', 0.51);
    publish('c', 0.52);
    let before = lab.branch("gh-pages");
    let again = publish('b', 0.51);
    assert_eq!(
        again.out, second.out,
        "the same results are the same report"
    );
    assert_eq!(lab.branch("gh-pages"), before);

    // With other results, it is not the newest all the same.
    let other = publish('b', 0.4);
    assert!(
        other.out.trim().ends_with("/bbbbbbbbbbbb-2/"),
        "{}",
        other.out
    );
    let files = lab.branch("gh-pages");
    let latest = data(&files["branch/main/latest.json"]);
    assert_eq!(latest["path"], "branch/main/cccccccccccc");
    let compared = |path: &str| {
        let entry = data(&files[&format!("{path}/entry.json")]);
        entry["decisive"]["baseline"].clone()
    };
    assert_eq!(compared("branch/main/bbbbbbbbbbbb-2"), 0.5);
    let newest = publish('c', 0.52);
    assert!(
        newest.out.trim().ends_with("/cccccccccccc/"),
        "{}",
        newest.out
    );
    publish('d', 0.6);
    let files = lab.branch("gh-pages");
    let entry = data(&files["branch/main/dddddddddddd/entry.json"]);
    assert_eq!(entry["decisive"]["baseline"], 0.52);
}

#[test]
fn outside_ci_a_branch_is_compared_with_its_commit_before() {
    let lab = Lab::new();
    let publish = |options: &str, accuracy: f64| {
        lab.metrics("metrics.json", accuracy);
        let ran = lab.fine(&format!("publish metrics.json --dir site {options}"));
        let path = ran.out.trim().to_owned();
        let entry = fs::read_to_string(lab.path("work").join(&path).join("entry.json")).unwrap();
        (path, data(&entry)["decisive"]["baseline"].clone())
    };
    let first = publish("--for branch/main", 0.5);
    assert_eq!(publish("--for branch/main", 0.5), first, "the very report");
    lab.git("work", "commit --quiet --allow-empty -m second");
    assert_eq!(publish("", 0.6).1, 0.5);
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

/// A table of commits, as `dvc exp show --json` writes it.
fn table(rows: &[(&str, &str, f64)]) -> String {
    let row = |(sha, name, accuracy): &(&str, &str, f64)| {
        let metrics = serde_json::json!({"assets/metrics.json": {"data": {"accuracy": accuracy}}});
        serde_json::json!({
            "rev": sha,
            "name": if name.is_empty() { None } else { Some(name) },
            "data": {"rev": sha, "timestamp": null, "params": {}, "metrics": metrics,
                     "deps": {}, "outs": {}, "meta": {}},
            "error": null,
            "experiments": null,
        })
    };
    serde_json::Value::from(rows.iter().map(row).collect::<Vec<_>>()).to_string()
}

/// A pull request is compared with the target branch's report, also beside a table of commits,
/// unless that has the target branch.
#[test]
fn a_table_without_the_target_branch_does_not_hide_its_report() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    lab.fine("publish metrics.json --dir site --for branch/main");
    lab.git("work", "checkout --quiet -b better");
    lab.git("work", "commit --quiet --allow-empty -m better");
    let lab = Lab::env(lab, "GITHUB_ACTIONS", "true")
        .env("GITHUB_REPOSITORY", "o/r")
        .env("GITHUB_REF", "refs/pull/12/merge")
        .env("GITHUB_HEAD_REF", "better")
        .env("GITHUB_BASE_REF", "main");
    // DVC knows files by their whole path.
    let (sha, other) = ("a".repeat(40), "b".repeat(40));
    let work = ("workspace", "", 0.75);
    let own = table(&[work, (&sha, "better", 0.75)]);
    let with_main = table(&[work, (&sha, "better", 0.75), (&other, "main", 0.25)]);
    for (table, expected) in [(own, 0.5), (with_main, 0.25)] {
        fs::write(lab.path("work/exp-show.json"), table).unwrap();
        lab.fine("publish exp-show.json --dir site --bundle published.json");
        let published = fs::read_to_string(lab.path("work/published.json")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&published).unwrap();
        assert_eq!(report["verdict"]["baseline_value"], expected);
        assert_eq!(report["verdict"]["current_value"], 0.75);
    }
}

/// A run for the newest commit of a branch once more is compared with the one before.
#[test]
fn the_newest_commit_once_more_keeps_its_baseline() {
    let lab = Lab::new();
    let mut lab = Lab::env(lab, "GITHUB_ACTIONS", "true")
        .env("GITHUB_REPOSITORY", "o/r")
        .env("GITHUB_REF_NAME", "main");
    for (sha, accuracy, baseline) in [
        ("a", 0.5, None),
        ("b", 0.75, Some(0.5)),
        ("b", 0.7, Some(0.5)),
    ] {
        lab.set("GITHUB_SHA", &sha.repeat(40));
        lab.metrics("metrics.json", accuracy);
        lab.fine("publish metrics.json --dir site --bundle published.json");
        let published = fs::read_to_string(lab.path("work/published.json")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&published).unwrap();
        assert_eq!(report["verdict"]["baseline_value"].as_f64(), baseline);
    }
    // Without this key, nothing is there: that is told.
    let ran = lab.fine("publish metrics.json --dir site --key fraud");
    assert!(
        ran.err.contains("main: nothing to compare with"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("no key"), "{}", ran.err);
}

#[test]
fn what_is_no_site_gets_no_index() {
    let lab = Lab::new();
    fs::create_dir(lab.path("work/notsite")).unwrap();
    for target in ["--branch gh-pagez", "--dir notsite"] {
        let ran = lab.run(&format!("publish --reindex {target}"));
        assert_eq!(ran.code, 2, "{}", ran.err);
    }
    assert!(lab.git("remote.git", "branch --list gh-pagez").is_empty());
    assert!(!lab.path("work/notsite/careo").exists());
}

/// It is published; only nobody knows when it can be seen.
#[test]
fn waiting_in_vain_has_an_exit_code_of_its_own() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    let url = "http://127.0.0.1:9/repo/";
    let arguments = "publish metrics.json --dir site --for pr/1 --wait=0 --site-url";
    let ran = lab.run(&format!("{arguments} {url} --bundle published.json"));
    assert_eq!(ran.code, 7, "{}", ran.err);
    assert!(lab.path("work/published.json").exists());
}

/// What a bundle says it is about is as good as the same said by a flag, on somebody's own machine.
#[test]
fn a_bundle_that_names_its_pull_request_is_compared_with_the_target_branch() {
    for target in ["--branch gh-pages", "--dir site"] {
        let lab = Lab::new();
        lab.metrics("metrics.json", 0.5);
        lab.fine(&format!("publish metrics.json {target} --for branch/main"));
        lab.git("work", "commit --quiet --allow-empty -m better");
        lab.metrics("metrics.json", 0.75);
        lab.fine(&format!("build metrics.json {PULL} -o b.json"));
        lab.fine(&format!("publish b.json {target} --bundle published.json"));
        let published = fs::read_to_string(lab.path("work/published.json")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&published).unwrap();
        assert_eq!(report["verdict"]["baseline_value"], 0.5, "{target}");
        assert_eq!(report["verdict"]["current_value"], 0.75, "{target}");
        // The bundle has its artifacts inside, wherever the site has them.
        assert!(!published.contains("raw/"), "{target}");
    }
}
