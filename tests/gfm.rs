//! The comment as GitHub and GitLab show it: rendered by comrak with the extensions of GitHub
//! Flavored Markdown, and looked at as a reader would.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

use careo::{
    analysis::{digest::digest, verdict::of_report},
    model::{Artifact, Lang, Report, RevisionRef, Verdict},
    readers::{assemble::Context, read_all},
    summary::{CommentOptions, MAX_COMMENT_BYTES, comment},
};

/// What a forge makes of Markdown. Raw HTML is left out, and leaves a note.
fn rendered(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    let extension = &mut options.extension;
    extension.table = true;
    extension.strikethrough = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    comrak::markdown_to_html(markdown, &options)
}

/// The content of each element of a name, tags and all.
fn elements<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let parts = html.split(open.as_str()).skip(1);
    let parts = parts.filter(|it| it.starts_with(['>', ' ']));
    parts
        .map(|it| {
            it.split_once('>')
                .unwrap()
                .1
                .split(close.as_str())
                .next()
                .unwrap()
        })
        .collect()
}

/// The names of all elements, each once.
fn names(html: &str) -> Vec<&str> {
    let mut names: Vec<&str> = html
        .split('<')
        .skip(1)
        .filter(|it| it.starts_with(|it: char| it.is_ascii_alphabetic()))
        .map(|it| {
            it.split(|it: char| !it.is_ascii_alphanumeric())
                .next()
                .unwrap()
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The text of a piece of HTML.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => text.push(letter),
            _ => {}
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

fn nba(rename: impl Fn(&mut Report)) -> (Report, Verdict) {
    let artifact = |path: &str, revision: Option<RevisionRef>| {
        let bytes = fs::read(Path::new("tests/fixtures/nba").join(path)).unwrap();
        let path = path.strip_prefix("baselines/C10/").unwrap_or(path);
        Artifact {
            revision,
            ..Artifact::new(path, bytes)
        }
    };
    let now = [
        "metrics.json",
        "predictions.csv",
        "confusion_matrix.json",
        "exp-show.json",
    ];
    let before = [
        "baselines/C10/metrics.json",
        "baselines/C10/predictions.csv",
    ];
    let artifacts = now.map(|it| artifact(it, None)).into_iter();
    let artifacts = artifacts.chain(before.map(|it| artifact(it, Some(RevisionRef::Baseline))));
    let context = Context {
        baseline_name: Some("master".into()),
        ..Context::default()
    };
    let mut report = read_all(artifacts.collect(), context, 0);
    report.settings.left_out.drop = Some(".*(assets|src)".to_owned());
    report.origin.base_url = Some("https://team.example/repo/pr/12/2a1f591a8584/".into());
    rename(&mut report);
    report.verdict = None;
    let mut judged = of_report(&report, None).unwrap();
    judged.digest = digest(&report, &judged);
    (report, judged)
}

fn comment_of(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let options = CommentOptions {
        lang,
        key: "default",
    };
    comment(report, judged, options)
}

#[test]
fn the_comment_has_its_structure_on_every_forge() {
    let (report, judged) = nba(|_| {});
    for lang in Lang::ALL {
        let markdown = comment_of(&report, &judged, lang);
        let html = rendered(&markdown);
        assert_eq!(elements(&html, "h3").len(), 1, "one verdict");
        let tables = elements(&html, "table");
        assert_eq!(tables.len(), 2, "metrics, experiments");
        // Metric, baseline, now, difference, interval.
        let rows = elements(tables[0], "tr");
        assert_eq!(elements(rows[0], "th").len(), 5);
        assert_eq!(rows.len(), 3, "accuracy and recall");
        for row in &rows[1..] {
            assert_eq!(elements(row, "td").len(), 5);
        }
        let interval = text(elements(rows[1], "td")[4]);
        assert!(interval.starts_with(match lang {
            Lang::En => "−0.077 to ",
            Lang::Es => "−0,077 a ",
        }));
        // This change, the baseline, then the best experiment first.
        let runs: Vec<String> = elements(tables[1], "tr")[1..]
            .iter()
            .map(|row| text(elements(row, "td")[0]))
            .collect();
        assert!(
            runs[0].starts_with('●') && runs[1].starts_with('○'),
            "{runs:?}"
        );
        assert_eq!(runs[2], "bovid-rime", "92 of 176: {runs:?}");
        // Each confusion is a link to its cell; the report's link has the digest.
        let links: Vec<&str> = html
            .split("href=\"")
            .skip(1)
            .map(|it| it.split('"').next().unwrap())
            .collect();
        let base = "https://team.example/repo/pr/12/2a1f591a8584/#/";
        assert!(links.iter().all(|it| it.starts_with(base)), "{links:?}");
        let has = |part: &str| links.iter().any(|it| it.contains(part));
        assert!(has("confusion?cell=SF~PF"), "{links:?}");
        assert!(
            has(&format!("overview?digest={}", judged.digest)),
            "{links:?}"
        );
        assert_eq!(elements(&html, "pre").len(), 1, "the matrix");
        // No raw HTML but the marker and what folds: reasons, experiments, confusions.
        assert_eq!(html.matches("raw HTML omitted").count(), 1 + 2 * 3);
        assert!(html.starts_with("<!-- raw HTML omitted -->"));
        let (marker, rest) = markdown.split_once('\n').unwrap();
        assert_eq!(
            marker,
            format!("<!-- careo key=default digest={} -->", judged.digest)
        );
        let of_ours = ["<details>\n<summary>", "</summary>\n\n", "\n\n</details>\n"];
        let mut others = rest.to_owned();
        for tag in of_ours {
            assert_eq!(rest.matches(tag).count(), 3, "{tag}: {rest}");
            others = others.replace(tag, "");
        }
        assert!(!others.contains('<'), "{rest}");
        // What a product owner reads first is there at once, and so are the links.
        let open = open_part(rest);
        let lines = open.lines().filter(|it| !it.trim().is_empty()).count();
        assert!(lines <= 14, "{lines}: {open}");
        let sentence = text(elements(&html, "strong")[0]);
        let tried = ["#### What was tried", "#### Qué se ha probado"];
        for part in [
            sentence.as_str(),
            "| :-- |",
            tried[lang as usize],
            "#/overview?digest=",
        ] {
            assert!(open.contains(part), "{part}: {open}");
        }
    }
}

/// What a forge shows before anything is unfolded.
fn open_part(markdown: &str) -> String {
    let mut open = String::new();
    for (at, part) in markdown.split("<details>").enumerate() {
        match at {
            0 => open.push_str(part),
            _ => open.push_str(part.split_once("</details>").unwrap().1),
        }
    }
    open
}

#[test]
fn hostile_text_stays_text_on_every_forge() {
    let hostile = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/x.png)",
        "https://evil.example www.evil.example a@evil.example",
        "@everyone #1 GH-1",
        "| a | b |\n| - | - |",
        "```\n</details>",
        "- [ ] task\n1. one\n# head\n> quote\n***",
        "~~gone~~ **bold** _em_ `code` $math$ [^1]\n\n[^1]: note",
        "-->\n<!-- x",
        "&lt;b&gt; &#x3c;b&#x3e; \\<b\\>",
        "\u{202e}txt.exe\u{200b}",
    ];
    for text_of_artifact in hostile {
        let (report, judged) = nba(|report| {
            for (idx, revision) in report.revisions.iter_mut().enumerate() {
                revision.name = Some(format!("{text_of_artifact}{idx}"));
            }
            for column in &mut report.columns {
                for key in &mut column.id.path {
                    key.push_str(text_of_artifact);
                }
            }
            for record in &mut report.predictions {
                for label in &mut record.predictions.labels {
                    label.push_str(text_of_artifact);
                }
            }
            report.matrices.clear();
        });
        let markdown = comment_of(&report, &judged, Lang::En);
        let html = rendered(&markdown);
        let known = [
            "a", "code", "em", "h3", "h4", "li", "p", "pre", "strong", "table", "tbody", "td",
            "th", "thead", "tr", "ul",
        ];
        for name in names(&html) {
            assert!(
                known.contains(&name),
                "<{name}> from {text_of_artifact:?}: {html}"
            );
        }
        assert_eq!(elements(&html, "h3").len(), 1, "{text_of_artifact:?}");
        assert_eq!(
            elements(&html, "table").len(),
            2,
            "{text_of_artifact:?}: {html}"
        );
        assert!(!elements(&html, "em").iter().any(|it| it.contains("em")));
        assert_eq!(
            html.matches("raw HTML omitted").count(),
            1 + 2 * 3,
            "{text_of_artifact:?}"
        );
        for link in html.split("href=\"").skip(1) {
            assert!(
                link.starts_with("https://team.example/"),
                "{text_of_artifact:?}: {html}"
            );
        }
        // Every column stands where its head is.
        for table in elements(&html, "table") {
            let rows = elements(table, "tr");
            let n_heads = elements(rows[0], "th").len();
            for row in &rows[1..] {
                assert_eq!(elements(row, "td").len(), n_heads, "{text_of_artifact:?}");
            }
        }
    }
}

#[test]
fn a_long_report_leaves_the_lowest_ranks_to_the_page() {
    let (report, judged) = nba(|report| {
        let long = "long name ".repeat(30);
        for idx in 0..3000 {
            let mut more = report.revisions[1].clone();
            more.name = Some(format!("run-{idx} {long}"));
            report.revisions.push(more);
        }
        for column in &mut report.columns {
            column.cells.grow(report.revisions.len());
        }
    });
    let markdown = comment_of(&report, &judged, Lang::En);
    assert!(markdown.len() < MAX_COMMENT_BYTES, "{}", markdown.len());
    let html = rendered(&markdown);
    let table = elements(&html, "table")[1];
    assert!(table.contains("bovid-rime"), "the best stays");
    assert!(text(&html).contains("more rows, those that rank lowest, are on the page."));
}
