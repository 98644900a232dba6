use super::*;
use crate::{
    analysis::{
        nba_report::{self, BASELINE, CURRENT},
        tried,
        verdict::verdict,
    },
    model::{ClassName, Lang, Noun, Report, State, Verdict},
    words::Say as _,
};

fn nba() -> (Report, Verdict) {
    let mut report = nba_report::report();
    let nouns = [
        ("C", Lang::En, "centre", "centres"),
        ("PF", Lang::En, "power forward", "power forwards"),
        ("SF", Lang::En, "small forward", "small forwards"),
        ("C", Lang::Es, "pívot", "pívots"),
        ("PF", Lang::Es, "ala-pívot", "ala-pívots"),
        ("SF", Lang::Es, "alero", "aleros"),
    ];
    report.settings.classes = nouns
        .map(|(label, lang, one, many)| ClassName {
            label: label.to_owned(),
            lang,
            noun: Noun {
                one: one.to_owned(),
                many: many.to_owned(),
            },
        })
        .to_vec();
    let judged = verdict(&report, CURRENT, Some(BASELINE), None);
    (report, judged)
}

/// Everything that the Overview says, as text.
fn told(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let mut lines = vec![verdict_sentence(report, judged, lang)];
    lines.extend(judged_by(report, judged, lang).map(|it| it.say(lang)));
    for reason in reasons(report, judged, lang) {
        let code = reason.code.join(" ");
        lines.push(format!(
            "* {} {} {code} {:?}",
            reason.title, reason.text, reason.pairs
        ));
    }
    let tried = tried::tried(report, judged);
    for row in tried_rows(report, judged, &tried, lang) {
        lines.push(format!("- {}: {}", row.label, row.text));
    }
    for mix_up in mix_ups(report, judged, 2, lang) {
        lines.push(format!(
            "{} {} {:?}",
            mix_up.title, mix_up.text, mix_up.cells
        ));
    }
    lines.join("\n")
}

#[test]
fn the_nba_case_in_english() {
    let (report, judged) = nba();
    insta::assert_snapshot!(told(&report, &judged, Lang::En));
}

#[test]
fn the_nba_case_in_spanish() {
    let (report, judged) = nba();
    insta::assert_snapshot!(told(&report, &judged, Lang::Es));
}

#[test]
fn a_failed_run_says_so() {
    let (mut report, _) = nba();
    report.revisions[CURRENT].state = State::Failed("out of memory".into());
    let judged = verdict(&report, CURRENT, Some(BASELINE), None);
    insta::assert_snapshot!(told(&report, &judged, Lang::En));
}

#[test]
fn without_a_baseline_the_level_is_told() {
    let (report, _) = nba();
    let judged = verdict(&report, CURRENT, None, None);
    insta::assert_snapshot!(told(&report, &judged, Lang::En));
}
