use crate::{
    browser::markup::{CollectNodes as _, IntoNode as _, Node, el},
    model::{Lang, Report, Verdict},
    route::{Address, View},
    summary,
    words::{Say as _, baselines::Baselines, judged::Around},
};

/// The verdict against the other baselines.
pub(super) fn other_baselines(report: &Report, judged: &Verdict, lang: Lang) -> Node {
    let others = summary::other_baselines(report, judged, lang);
    if others.is_empty() {
        return ().into_node();
    }
    let used = summary::used_baseline(report, judged, lang);
    let used = used.map(|it| el("span").class("sub").child(it));
    let rows = others.into_iter().map(|it| {
        let href = Address::new(View::Compare)
            .with("base", Some(&it.key))
            .to_fragment();
        el("li")
            .attr("data-baseline", it.key)
            .attr("data-verdict", it.outcome.code())
            .child(
                el("div").child(el("b").child(it.label)).child(" ").child(
                    el("span")
                        .class("verdict-state")
                        .child(Around::Pill(it.outcome).say(lang)),
                ),
            )
            .child(el("a").attr("href", href).child(it.sentence))
    });
    el("section")
        .class("sec")
        .child(el("h2").child(Baselines::Title.say(lang)).child(used))
        .child(el("ul").class("others").child(rows.collect_nodes()))
        .into_node()
}
