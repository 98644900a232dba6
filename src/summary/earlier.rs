//! The verdicts of earlier pushes, folded below the comment that takes their place.
//!
//! The comment itself is the only store: it carries its own line hidden at its end, and those of
//! the comments before it in a folded list.

use super::markdown::{code, escape, link, shortened};
use super::sentence;
use crate::{
    model::{Lang, Report, Verdict},
    words::{Say as _, forge::Forge, judged::Around},
};

/// Earlier verdicts that are kept.
const MAX_LINES: usize = 10;
/// Bytes of them at most: what a comment leaves free of GitHub's 65,536.
const MAX_BYTES: usize = 5_000;

const LIST_START: &str = "<!-- careo earlier -->";
const LIST_END: &str = "<!-- /careo earlier -->";
const OWN_START: &str = "<!-- careo verdict\n";
const OWN_END: &str = "\n-->";

/// A comment with the verdicts of `old`, the comment that it replaces, folded below.
///
/// The verdict of `old` becomes the newest of them, unless it is of the same commit: judged again,
/// a commit has one verdict, and that is the comment's.
pub fn with_earlier(
    comment: &str,
    old: Option<&str>,
    report: &Report,
    judged: &Verdict,
    lang: Lang,
) -> String {
    let own = line(report, judged, lang);
    let mut lines = old.map(lines_of).unwrap_or_default();
    let of_commit = commit_of(report).map(|it| format!("{it} · "));
    lines.retain(|it| match &of_commit {
        Some(commit) => !undated(it).starts_with(commit),
        None => undated(it) != undated(&own),
    });
    // Two hyphens could end the hidden part; shown, this is a hyphen again.
    written(comment, lines, &own.replace("--", "-&#45;"), lang)
}

/// The comment of a newer commit, with the verdict of an older one among the earlier ones.
pub fn below_newer(newer: &str, report: &Report, judged: &Verdict, lang: Lang) -> String {
    let newer = newer.replace("\r\n", "\n");
    let line = line(report, judged, lang);
    let of_commit = commit_of(report).map(|it| format!("{it} · "));
    let shown = between(&newer, OWN_START, OWN_END).unwrap_or_default();
    let mut lines = lines_of(&newer);
    lines.retain(|it| {
        let is_own = of_commit
            .as_ref()
            .is_some_and(|commit| undated(it).starts_with(commit));
        it != shown && !is_own
    });
    lines.insert(0, line);
    let comment = newer.rsplit_once(OWN_START).map_or("", |it| it.0);
    let above_list = comment
        .rsplit_once(LIST_START)
        .and_then(|(above, _)| above.rsplit_once("<details>"));
    let comment = above_list.map_or(comment, |it| it.0);
    written(comment, lines, shown, lang)
}

/// The commit that a comment is of, in short.
pub fn shown_commit(comment: &str) -> Option<String> {
    let comment = comment.replace("\r\n", "\n");
    let own = undated(between(&comment, OWN_START, OWN_END)?);
    let (commit, _) = own.strip_prefix('`')?.split_once("` · ")?;
    Some(commit.to_owned())
}

/// A comment with lines folded below, and its own one hidden.
fn written(comment: &str, mut lines: Vec<String>, own: &str, lang: Lang) -> String {
    lines.truncate(MAX_LINES);
    while lines.iter().map(|it| it.len() + 1).sum::<usize>() > MAX_BYTES {
        lines.pop();
    }
    let mut text = comment.trim_end().to_owned();
    if !lines.is_empty() {
        let heading = Forge::Earlier(lines.len()).say(lang);
        let lines = lines.join("\n");
        text.push_str(&format!(
            "\n\n<details>\n<summary>{heading}</summary>\n{LIST_START}\n\n{lines}\n\n{LIST_END}\n</details>"
        ));
    }
    format!("{text}\n\n{OWN_START}{own}{OWN_END}\n")
}

/// One verdict: day, commit, outcome, sentence, the report's own address.
fn line(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let origin = &report.origin;
    let day = origin.made_at.as_deref().and_then(|it| it.get(..10));
    let commit = commit_of(report);
    let pill = Around::Pill(judged.outcome).say(lang);
    let sentence = sentence::verdict_sentence(report, judged, lang);
    let told = format!(
        "**{}** {}",
        escape(&pill),
        escape(&shortened(&sentence, 300))
    );
    let url = origin.base_url.as_deref();
    let url = url.map(|url| link(&Forge::Report.say(lang), Some(url)));
    let parts = [Some(day.unwrap_or("–").to_owned()), commit, Some(told), url];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("- {}", parts.join(" · "))
}

/// The commit, as a line has it.
fn commit_of(report: &Report) -> Option<String> {
    report.origin.commit.as_deref().map(|it| {
        let short: String = it.chars().take(7).collect();
        code(&short)
    })
}

/// The lines that a comment holds: its own first, then the earlier ones as they stand.
fn lines_of(old: &str) -> Vec<String> {
    let old = old.replace("\r\n", "\n");
    let own = between(&old, OWN_START, OWN_END);
    let list = between(&old, LIST_START, LIST_END);
    let lines = [own, list].into_iter().flatten().flat_map(str::lines);
    let is_line = |it: &&str| it.starts_with("- ") && !it.contains("<!--") && !it.contains("-->");
    lines.filter(is_line).map(str::to_owned).collect()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    // What an artifact says comes before.
    let (_, rest) = text.rsplit_once(start)?;
    Some(rest.split_once(end)?.0)
}

/// A line without its day: the same verdict, judged again on another day, is no other.
fn undated(line: &str) -> String {
    let rest = line.split_once(" · ").map_or(line, |(_, rest)| rest);
    rest.replace("-&#45;", "--")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Origin, Outcome};

    fn judged(outcome: Outcome) -> Verdict {
        Verdict {
            outcome,
            ..Verdict::default()
        }
    }

    fn report(commit: &str) -> Report {
        Report {
            origin: Origin {
                commit: Some(commit.to_owned()),
                made_at: Some("2026-11-24T15:04:05Z".to_owned()),
                base_url: Some(format!("https://t.github.io/r/pr/1/{commit}/")),
                ..Origin::default()
            },
            ..Report::default()
        }
    }

    fn push(commit: &str, old: Option<&str>) -> String {
        with_earlier(
            "<!-- careo key= digest=1 -->\n### Now\n",
            old,
            &report(commit),
            &judged(Outcome::Unknown),
            Lang::En,
        )
    }

    #[test]
    fn each_push_keeps_the_verdicts_before_it() {
        let first = push("aaaaaaaa", None);
        assert!(!first.contains("<details>"), "{first}");
        let second = push("bbbbbbbb", Some(&first));
        let third = push("cccccccc", Some(&second.replace('\n', "\r\n")));
        assert!(third.contains("2 earlier verdicts"), "{third}");
        let at = |commit: &str| third.find(commit).unwrap();
        assert!(at("`bbbbbbb`") < at("`aaaaaaa`") && at("`aaaaaaa`") < at("`ccccccc`"));
        assert_eq!(
            third
                .matches("https://t.github.io/r/pr/1/aaaaaaaa/")
                .count(),
            1
        );
        assert_eq!(push("cccccccc", Some(&third)), third, "judged again");
        // Judged again, with another verdict at another address.
        let again = with_earlier(
            "<!-- careo key= digest=2 -->\n### Now\n",
            Some(&third),
            &Report {
                origin: Origin {
                    base_url: Some("https://t.github.io/r/pr/1/cccccccc-2/".to_owned()),
                    ..report("cccccccc").origin
                },
                ..Report::default()
            },
            &judged(Outcome::Improved),
            Lang::En,
        );
        assert!(again.contains("2 earlier verdicts"), "{again}");
        assert_eq!(again.matches("`ccccccc`").count(), 1, "{again}");
    }

    #[test]
    fn the_verdict_of_an_older_commit_goes_below() {
        let second = push("bbbbbbbb", Some(&push("aaaaaaaa", None)));
        assert_eq!(shown_commit(&second).as_deref(), Some("bbbbbbb"));
        let below = |old: &str, commit: &str, outcome| {
            let old = old.replace('\n', "\r\n");
            below_newer(&old, &report(commit), &judged(outcome), Lang::En)
        };
        let again = below(&second, "aaaaaaaa", Outcome::Worse);
        assert_eq!(shown_commit(&again).as_deref(), Some("bbbbbbb"));
        assert!(again.starts_with("<!-- careo key= digest=1 -->\n### Now\n\n<details>"));
        assert_eq!(again.matches("`aaaaaaa`").count(), 1, "{again}");
        assert!(again.contains("**Worse**"), "{again}");
        let alone = below(&push("bbbbbbbb", None), "aaaaaaaa", Outcome::Unknown);
        assert_eq!(alone, second);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut comment = None;
        for idx in 0..30 {
            comment = Some(push(&format!("{idx:07}"), comment.as_deref()));
        }
        let comment = comment.unwrap();
        let lines = comment.lines().filter(|it| it.starts_with("- ")).count();
        assert!(lines <= MAX_LINES + 1, "{comment}");
        assert!(comment.len() < MAX_BYTES + 1_500, "{}", comment.len());
        assert!(comment.contains("`0000028`") && !comment.contains("`0000010`"));
    }

    #[test]
    fn nothing_but_lines_is_taken_over() {
        let old =
            format!("{OWN_START}- a · b -->{OWN_END}\n<b>\n{LIST_START}\n- c\n# d\n{LIST_END}");
        assert_eq!(lines_of(&old), ["- c"]);
        assert!(lines_of("no comment of ours").is_empty());
    }
}
