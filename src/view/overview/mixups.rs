use leptos::prelude::*;

use crate::{
    analysis::colour::viridis,
    model::{Lang, Report, Verdict},
    route::{Address, View},
    summary::{self, MixUp},
    words::{Say as _, metric::samples, mixups::MixUps, number},
};

/// The three pairs of classes that are mixed up most.
pub(super) fn mix_ups(report: &Report, judged: &Verdict, lang: Lang) -> AnyView {
    let found = summary::mix_ups(report, judged, 3, lang);
    if found.is_empty() {
        return ().into_any();
    }
    let total = judged.counts().map(|it| it.total);
    let of = total.map(|total| MixUps::Of(samples(&report.settings, total, lang)).say(lang));
    let of = of.map(|it| view! { <span class="sub">{it}</span> });
    let found: Vec<_> = found.into_iter().map(|it| mix_up(it, lang)).collect();
    let all = Address::new(View::Confusion).to_fragment();
    view! {
        <section class="sec">
            <h2>{MixUps::Title.say(lang)} {of}</h2>
            <div>
                <ul class="mixes">{found}</ul>
                <p class="note">
                    {MixUps::Orientation.say(lang)} " " <a href=all>{MixUps::All.say(lang)}</a>
                </p>
            </div>
        </section>
    }
    .into_any()
}

fn mix_up(found: MixUp, lang: Lang) -> AnyView {
    let cell = (found.actual.as_str(), found.predicted.as_str());
    let href = Address::new(View::Confusion)
        .with_pair("cell", Some(cell))
        .to_fragment();
    let [[hit, taken], [back, other_hit]] = found.cells;
    let scale = found.scale;
    let hit_cell =
        move |value: f64| view! { <i class="mini-hit">{number::value(value, 3, lang)}</i> };
    let miss_cell = move |value: f64| {
        let ground = viridis(if scale > 0.0 { value / scale } else { 0.0 });
        let style = format!("background:{};color:{}", ground.css(), ground.ink().css());
        view! { <i style=style>{number::value(value, 3, lang)}</i> }
    };
    let (first, second) = (short(&found.actual), short(&found.predicted));
    view! {
        <li class="mix">
            <div class="mini" aria-hidden="true">
                <span></span>
                <span>{first.clone()}</span>
                <span>{second.clone()}</span>
                <span>{first}</span>
                {hit_cell(hit)}
                {miss_cell(taken)}
                <span>{second}</span>
                {miss_cell(back)}
                {hit_cell(other_hit)}
            </div>
            <div>
                <h3>
                    <a href=href>{found.title}</a>
                </h3>
                <p>{found.text}</p>
            </div>
        </li>
    }
    .into_any()
}

/// A label that fits beside a cell; the title has it whole.
fn short(label: &str) -> String {
    if label.chars().count() <= 3 {
        return label.to_owned();
    }
    label.chars().take(2).chain(['…']).collect()
}
