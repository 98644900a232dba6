use crate::{
    browser::markup::{CollectNodes as _, IntoNode, Node, el, group},
    model::{Lang, Report, Verdict},
    summary::{self, Reason},
    words::{Say as _, overview::Overview},
};

/// The reasons, the conclusion of each first.
pub(super) fn why(report: &Report, judged: &Verdict, lang: Lang) -> Node {
    let reasons = summary::reasons(report, judged, lang);
    if reasons.is_empty() {
        return ().into_node();
    }
    let reasons = reasons.into_iter();
    let reasons = reasons.map(|it| reason(it, lang)).collect_nodes();
    el("section")
        .class("sec")
        .child(el("h2").child(Overview::Why.say(lang)))
        .child(el("ul").class("why").child(reasons))
        .into_node()
}

fn reason(reason: Reason, lang: Lang) -> Node {
    let (code, more) = reason.listed(lang);
    let code = code.into_iter();
    let code = code
        .map(|(before, it)| group().child(before).child(el("code").child(it)))
        .collect_nodes();
    let pairs = reason.pairs.map(|(lost, won)| {
        el("div")
            .class("why-units")
            .child(
                el("span")
                    .class("worse")
                    .child(marks(lost, "▼"))
                    .child(Overview::Lost(lost).say(lang)),
            )
            .child(
                el("span")
                    .class("better")
                    .child(marks(won, "▲"))
                    .child(Overview::Won(won).say(lang)),
            )
    });
    el("li")
        .child(el("b").child(reason.title))
        .child(el("p").child(reason.text).child(code).child(more))
        .child(pairs)
        .into_node()
}

/// One mark for each answer; beyond 40 the number alone has to do.
fn marks(n: u64, mark: &str) -> impl IntoNode + use<> {
    let n = usize::try_from(n).ok().filter(|n| (1..=40).contains(n))?;
    Some(el("i").attr("aria-hidden", "true").child(mark.repeat(n)))
}
