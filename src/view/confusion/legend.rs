use leptos::prelude::*;

use super::{
    choose::{Confusion, class_words},
    numbers::CellNumbers,
    shown::{Shown, noise_words},
};
use crate::{
    analysis::heatmap::Legend,
    browser::markup::{CollectNodes as _, IntoNode, Memo, Node, el},
    model::{Lang, Scale},
    words::{
        Say as _,
        confusion::{ClassWords, ConfusionWords, MatrixWords},
    },
};

/// What the colours mean, with the values at their ends.
pub fn matrix_legend(
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let table = Memo::new(move |_| at.shown.get().filter(|it| it.is_table()));
    move || {
        at.page.lang.track();
        if let Some(shown) = table.get()
            && let Some(map) = &shown.heatmap
        {
            let (noise, has_noise) = (shown.noise_words.clone(), shown.noisy.contains(&true));
            return Some(legend_of(&shown, &map.legend, (noise, has_noise), at));
        }
        // Of a picture it is known once that is made.
        let (of, picture) = at.picture.get()?;
        let counts = [picture.n_noise, picture.n_changed, picture.n_unknown];
        let noise = noise_words(&of.noise, counts);
        let has_noise = picture.n_noise > 0;
        Some(legend_of(&of, &picture.legend, (noise, has_noise), at))
    }
}

fn legend_of(
    shown: &Shown,
    legend: &Legend,
    (noise, has_noise): (Vec<ConfusionWords>, bool),
    at: Confusion,
) -> Node {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let numbers = numbers_of(shown, lang);
    let value = |value: f64| {
        let percent = if numbers.is_share() { "\u{a0}%" } else { "" };
        format!("{}{percent}", numbers.value(value))
    };
    if shown.is_difference {
        let [.., most] = ends(shown, legend, words, lang);
        let noise = noise.into_iter().enumerate().map(|(idx, it)| {
            let hatch = (has_noise && idx == 0).then(|| el("i").class("hatch"));
            el("span").child(hatch).child(it.say(lang))
        });
        return el("div")
            .class("legend")
            .child(
                el("span")
                    .child(ConfusionWords::Worse.say(lang))
                    .child(el("i").class("ramp ramp-difference"))
                    .child(ConfusionWords::Better.say(lang)),
            )
            .child(el("span").child(most))
            .child(noise.collect_nodes())
            .into_node();
    }
    let colours: Vec<String> = legend.ramp(11).into_iter().map(|it| it.css()).collect();
    let ramp = format!("background:linear-gradient(90deg,{})", colours.join(","));
    let [from, to] = ends(shown, legend, words, lang);
    let middle = has_middle(legend).then(|| el("i").class("middle").child(value(legend.middle())));
    let has_values = legend.max > 0.0;
    let scale = has_values.then(|| {
        el("span")
            .child(from)
            .child(el("i").class("ramp").attr("style", ramp).child(middle))
            .child(to)
    });
    el("div")
        .class("legend")
        .child(scale)
        .child(
            el("span")
                .child(el("i").class("swatch-zero"))
                .child(ConfusionWords::NoneThere.say(lang)),
        )
        .into_node()
}

/// How numbers beside a scale are written: their size, without the sign of a difference.
fn numbers_of(shown: &Shown, lang: Lang) -> CellNumbers {
    CellNumbers {
        kind: shown.kind(),
        normalisation: shown.normalisation,
        is_difference: false,
        has_room: true,
        lang,
    }
}

/// The least and the most that colours stand for, with their unit; of differences the most is the
/// largest change either way.
pub fn ends(shown: &Shown, legend: &Legend, words: ClassWords<'_>, lang: Lang) -> [String; 2] {
    let numbers = numbers_of(shown, lang);
    let (sign, percent, unit) = match (shown.is_difference, numbers.is_share()) {
        (true, true) => ("±", "", MatrixWords::Points),
        (is_difference, is_share) => (
            if is_difference { "±" } else { "" },
            if is_share { "\u{a0}%" } else { "" },
            MatrixWords::LegendUnit(shown.normalisation),
        ),
    };
    let unit = unit.say(words, lang);
    [
        format!("{}{percent}", numbers.value(legend.min)),
        format!("{sign}{}{percent} {unit}", numbers.value(legend.max)),
    ]
}

/// The middle tells the scale where that is not linear.
fn has_middle(legend: &Legend) -> bool {
    legend.scale != Scale::Linear && legend.max > legend.min
}
