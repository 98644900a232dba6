use crate::{
    analysis::verdict,
    browser::markup::{CollectNodes as _, IntoNode, Node, el, group},
    model::{Lang, Notice, NoticeKind, Outcome, Report, Verdict},
    route::{Address, View},
    summary,
    words::{
        Say as _,
        comment::Comment,
        judged::Around,
        metric::{metric_name, metric_title},
        verdict::Answer,
    },
};

/// The sign of an outcome, and the classes of its pill.
pub fn verdict_sign(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Improved => ("▲", "verdict-state better"),
        Outcome::Worse => ("▼", "verdict-state worse"),
        Outcome::NoClearChange => ("≈", "verdict-state"),
        Outcome::Mixed => ("▲▼", "verdict-state"),
        Outcome::NotComparable => ("≠", "verdict-state"),
        Outcome::Unknown => ("?", "verdict-state"),
    }
}

/// The question, the answer, and how it is decided.
pub(super) fn answer(
    report: &Report,
    judged: Option<&Verdict>,
    address: &Address,
    lang: Lang,
) -> Node {
    let outcome = judged.map_or(Outcome::Unknown, |it| it.outcome);
    let sentence = match judged {
        Some(judged) => summary::verdict_sentence(report, judged, lang),
        None => Answer::NothingToJudge.say(lang),
    };
    let (sign, class) = verdict_sign(outcome);
    let judged_by = judged.and_then(|it| summary::judged_by(report, it, lang));
    let judged_by = judged_by.map(|it| el("span").child(it));
    let how = judged.filter(|it| it.current_value.is_some());
    let how = how.map(|it| how_decided(report, it, lang));
    let requested = requested(report, judged, address, lang);
    group()
        .child(
            el("section")
                .class("verdict")
                .attr("id", "verdict")
                .attr("role", "status")
                .attr("data-verdict", outcome.code())
                .child(
                    el("h1")
                        .child(
                            el("span")
                                .class("verdict-ask")
                                .child(Around::Question.say(lang))
                                .child(" "),
                        )
                        .child(sentence),
                )
                .child(
                    el("div")
                        .class("verdict-tag")
                        .child(
                            el("span")
                                .class(class)
                                .child(el("span").attr("aria-hidden", "true").child(sign))
                                .child(Around::Pill(outcome).say(lang)),
                        )
                        .child(judged_by),
                )
                .child(requested)
                .child(same_as_comment(report, address, lang)),
        )
        .child(how)
        .into_node()
}

fn how_decided(report: &Report, judged: &Verdict, lang: Lang) -> Node {
    let metric = metric_title(report, judged.metric, lang);
    let by_metric = Around::HowMetric {
        metric,
        is_chosen: judged.metric_is_chosen,
    };
    let mut lines = vec![
        by_metric.say(lang),
        Around::HowDirection(judged.direction).say(lang),
    ];
    lines.extend(summary::how_decided(judged, lang));
    let lines = lines.into_iter();
    let lines = lines.map(|line| el("p").child(line)).collect_nodes();
    el("details")
        .class("verdict-how")
        .child(el("summary").child(Around::How.say(lang)))
        .child(lines)
        .into_node()
}

/// Whether the comment that linked here speaks of this very result; nothing where none did.
fn same_as_comment(report: &Report, address: &Address, lang: Lang) -> Option<Node> {
    let comment = address.get("digest")?;
    let page = report.verdict.as_ref()?.digest.clone();
    let is_same = comment == page;
    let words = match is_same {
        true => Comment::PageIsIt,
        false => Comment::PageIsOther { comment, page },
    };
    let (sign, class) = match is_same {
        true => ("✓ ", "note verdict-same"),
        false => ("⚠ ", "note verdict-other"),
    };
    let line = el("p")
        .class(class)
        .attr("id", "same-as-comment")
        .attr("data-same", is_same.to_string())
        .child(el("span").attr("aria-hidden", "true").child(sign))
        .child(words.say(lang));
    Some(line.into_node())
}

/// Another metric than the report's own is judged by, or the address names one that is gone.
fn requested(
    report: &Report,
    judged: Option<&Verdict>,
    address: &Address,
    lang: Lang,
) -> Option<impl IntoNode + use<>> {
    let asked = address.get("metric")?;
    let own = report.verdict.as_ref().and_then(|it| it.metric);
    let back = Address::new(View::Overview).to_fragment();
    let Some(column) = report.find_column(&asked) else {
        let gone = Notice {
            kind: NoticeKind::Gone {
                what: asked,
                nearest: judged.map(|it| metric_name(report, it.metric, lang)),
            },
            place: None,
        };
        let text = gone.kind.say(lang);
        return Some(el("p").class("note").child(text).into_node());
    };
    if own == Some(column) {
        return None;
    }
    let default = verdict::of_report(report, None)?;
    let default = metric_name(report, default.metric, lang);
    Some(
        el("p")
            .class("note")
            .child(Around::JudgedByRequest.say(lang))
            .child(" ")
            .child(
                el("a")
                    .attr("href", back)
                    .child(Around::JudgeByDefault(default).say(lang)),
            )
            .into_node(),
    )
}
