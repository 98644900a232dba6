use crate::{
    analysis::verdict,
    browser::markup::{CollectNodes as _, IntoNode as _, Node, el},
    model::{Lang, Report, Verdict},
    summary,
    words::{Say as _, gate::Gate, metric::capitalised, overview::Overview},
};

/// What the team insists on: the limit, the value, and whether it is met. Gates are held against
/// the report's own verdict, whatever metric its reader looks at.
pub(super) fn gates(report: &Report, _judged: &Verdict, lang: Lang) -> Node {
    let own = verdict::of_report(report, None);
    let rows = own.map_or_else(Vec::new, |own| summary::gate_rows(report, &own, lang));
    if rows.is_empty() {
        return ().into_node();
    }
    let title = Gate::Title.say(lang);
    let heads = [
        Overview::Metric.say(lang),
        Gate::Required.say(lang),
        capitalised(&Overview::ThisChange.say(lang)),
        String::new(),
    ];
    let head = heads.into_iter().enumerate().map(|(idx, text)| {
        let class = if idx == 0 { "" } else { "num" };
        el("th").attr("scope", "col").class(class).child(text)
    });
    let body = rows.into_iter().map(|it| {
        let (sign, class) = match it.holds {
            true => ("✓", "num better"),
            false => ("✗", "num worse"),
        };
        el("tr")
            .attr("data-met", it.holds.to_string())
            .child(el("th").attr("scope", "row").child(it.name))
            .child(el("td").class("num").child(it.required))
            .child(el("td").class("num").child(it.found))
            .child(
                el("td")
                    .class(class)
                    .child(
                        el("span")
                            .class("arrow")
                            .attr("aria-hidden", "true")
                            .child(sign),
                    )
                    .child(" ")
                    .child(Gate::Met(it.holds).say(lang)),
            )
    });
    el("section")
        .class("sec")
        .child(el("h2").child(title.clone()))
        .child(
            el("div").child(
                el("table")
                    .class("gates")
                    .attr("id", "gates")
                    .child(el("caption").class("vh").child(title))
                    .child(el("thead").child(el("tr").child(head.collect_nodes())))
                    .child(el("tbody").child(body.collect_nodes())),
            ),
        )
        .into_node()
}
