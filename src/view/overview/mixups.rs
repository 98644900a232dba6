use crate::{
    analysis::colour::viridis,
    browser::markup::{IntoNode as _, Node, el},
    model::{Lang, Report, Verdict},
    route::{Address, View},
    summary::{self, MixUp},
    words::{Say as _, confusion::clipped, metric::samples, mixups::MixUps, number},
};

/// The three pairs of classes that are mixed up most.
pub(super) fn mix_ups(report: &Report, judged: &Verdict, lang: Lang) -> Node {
    let found = summary::mix_ups(report, judged, 3, lang);
    if found.is_empty() {
        return ().into_node();
    }
    let total = judged.counts().map(|it| it.total);
    let of = total.map(|total| MixUps::Of(samples(&report.settings, total, lang)).say(lang));
    let of = of.map(|it| el("span").class("sub").child(it));
    let found: Vec<_> = found.into_iter().map(|it| mix_up(it, lang)).collect();
    let all = Address::new(View::Confusion).to_fragment();
    el("section")
        .class("sec")
        .child(el("h2").child(MixUps::Title.say(lang)).child(of))
        .child(
            el("div").child(el("ul").class("mixes").child(found)).child(
                el("p")
                    .class("note")
                    .child(MixUps::Orientation.say(lang))
                    .child(" ")
                    .child(el("a").attr("href", all).child(MixUps::All.say(lang))),
            ),
        )
        .into_node()
}

fn mix_up(found: MixUp, lang: Lang) -> Node {
    let cell = (found.actual.as_str(), found.predicted.as_str());
    let href = Address::new(View::Confusion)
        .with_pair("cell", Some(cell))
        .to_fragment();
    let [[hit, taken], [back, other_hit]] = found.cells;
    let scale = found.scale;
    let hit_cell = move |value: f64| {
        el("i")
            .class("mini-hit")
            .child(number::value(value, 3, lang))
    };
    let miss_cell = move |value: f64| {
        let ground = viridis(if scale > 0.0 { value / scale } else { 0.0 });
        let style = format!("background:{};color:{}", ground.css(), ground.ink().css());
        el("i")
            .attr("style", style)
            .child(number::value(value, 3, lang))
    };
    let [first, second] = [&found.actual, &found.predicted].map(|it| clipped(it, 6));
    let is_wide = [&first, &second].iter().any(|it| it.chars().count() > 3);
    el("li")
        .class("mix")
        .child(
            el("div")
                // What fits beside a wide cell; the title has more.
                .class("mini")
                .class_if("wide", is_wide)
                .attr("aria-hidden", "true")
                .child(el("span"))
                .child(el("span").child(first.clone()))
                .child(el("span").child(second.clone()))
                .child(el("span").child(first))
                .child(hit_cell(hit))
                .child(miss_cell(taken))
                .child(el("span").child(second))
                .child(miss_cell(back))
                .child(hit_cell(other_hit)),
        )
        .child(
            el("div")
                .child(el("h3").child(el("a").attr("href", href).child(found.title)))
                .child(el("p").child(found.text)),
        )
        .into_node()
}
