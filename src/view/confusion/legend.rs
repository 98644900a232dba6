use leptos::prelude::*;

use super::{
    choose::{Confusion, class_words},
    numbers::CellNumbers,
    shown::Shown,
};
use crate::{
    analysis::heatmap::Legend,
    model::{Normalisation, Scale, Shared},
    words::{
        Say as _,
        confusion::{ConfusionWords, MatrixWords},
    },
};

/// What the colours mean, with the values at their ends.
#[component]
pub fn MatrixLegend(
    /// What is shown.
    shown: Shared<Shown>,
    /// The parts' common state.
    at: Confusion,
) -> impl IntoView {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, &shown);
    let legend = shown
        .heatmap
        .as_ref()
        .map(|map| map.legend)
        .unwrap_or_default();
    let numbers = CellNumbers {
        kind: shown.kind(),
        normalisation: shown.normalisation,
        is_difference: false,
        has_room: true,
        lang,
    };
    let value = |value: f64| {
        let percent = if numbers.is_share() { "\u{a0}%" } else { "" };
        format!("{}{percent}", numbers.value(value))
    };
    if shown.is_difference {
        let most = format!("±{}", numbers.value(legend.max));
        let unit = match shown.normalisation {
            Normalisation::None => MatrixWords::LegendUnit(Normalisation::None),
            _ => MatrixWords::Points,
        };
        let most = format!("{most} {}", unit.say(words, lang));
        let noise = shown.noise_words.clone().map(|it| it.say(lang));
        let is_hatched = shown.noise.iter().any(|it| *it);
        let hatch = is_hatched.then(|| view! { <i class="hatch"></i> });
        return view! {
            <div class="legend">
                <span>
                    {ConfusionWords::Worse.say(lang)} <i class="ramp ramp-difference"></i>
                    {ConfusionWords::Better.say(lang)}
                </span>
                <span>{most}</span>
                {noise.map(|noise| view! { <span>{hatch} {noise}</span> })}
            </div>
        }
        .into_any();
    }
    let colours: Vec<String> = legend.ramp(11).into_iter().map(|it| it.css()).collect();
    let ramp = format!("background:linear-gradient(90deg,{})", colours.join(","));
    let unit = MatrixWords::LegendUnit(shown.normalisation).say(words, lang);
    let middle =
        has_middle(legend).then(|| view! { <i class="middle">{value(legend.middle())}</i> });
    let has_values = legend.max > 0.0;
    let scale = has_values.then(|| {
        view! {
            <span>
                {value(legend.min)} <i class="ramp" style=ramp>{middle}</i>
                {format!("{} {unit}", value(legend.max))}
            </span>
        }
    });
    view! {
        <div class="legend">
            {scale} <span>
                <i class="swatch-zero"></i>
                {ConfusionWords::NoneThere.say(lang)}
            </span>
        </div>
    }
    .into_any()
}

/// The middle tells the scale where that is not linear.
fn has_middle(legend: Legend) -> bool {
    legend.scale != Scale::Linear && legend.max > legend.min
}
