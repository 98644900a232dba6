use leptos::{ev, prelude::*};

use super::{
    choose::{Confusion, class_words},
    shown::{Lists, Shown},
};
use crate::{
    analysis::{
        confusions::{Confusion as Pair, MutualConfusion},
        heatmap::is_better,
    },
    browser::markup::{CollectNodes as _, IntoNode, Memo, Node, el},
    model::{MatrixKind, Shared},
    words::{
        Say as _,
        confusion::{Before, CellRest, ConfusionWords, MutualSentence},
        number,
    },
};

/// The confusions in words: ranked, and both ways together.
pub fn lists(
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    // Another order or scale leaves them as they are.
    let basis = Memo::new(move |_| Some(at.shown.get()?.basis().clone()));
    move || {
        at.page.lang.track();
        let shown = basis.get().and_then(|_| at.shown.get_untracked())?;
        let lists = at.lists.get()?;
        Some(sections(&shown, &lists, at))
    }
}

fn sections(shown: &Shared<Shown>, lists: &Lists, at: Confusion) -> Node {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let is_cut = lists.n_listed > lists.listed.len();
    let cut = is_cut.then(|| ConfusionWords::Cut(lists.listed.len(), lists.n_listed).say(lang));
    let row = |it: &Pair| ranked_row(shown, it, lists.most, at);
    let has_none = lists.n_all == 0;
    let none = has_none.then(|| ConfusionWords::NoConfusion.say(lang));
    let switch = if lists.n_listed < lists.n_all {
        Some((ConfusionWords::ShowAll(lists.n_all), "0"))
    } else if lists.min < lists.first_min {
        Some((ConfusionWords::ShowMostFrequent, ""))
    } else {
        None
    };
    let switch = switch.map(|(label, value)| {
        el("button")
            .class("plain no-print")
            .attr("type", "button")
            .on(ev::click, move |_| at.set("min", value))
            .child(label.say(lang))
    });
    let mutual = &lists.mutual;
    let pair = |it: &MutualConfusion| mutual_item(shown, it, at);
    let both = (!mutual.is_empty()).then(|| {
        el("div")
            .child(el("h3").child(ConfusionWords::BothWays.say(lang)))
            .child(
                el("ul")
                    .class("both")
                    .child(mutual.iter().map(pair).collect_nodes()),
            )
    });
    let least = lists.min.max(0.0);
    let at_least = (!has_none).then(|| {
        let least = words.amount(least, lang);
        let words = match shown.is_difference {
            true => ConfusionWords::MostChanged(least),
            false => ConfusionWords::AtLeast(least),
        };
        el("span").class("sub").child(words.say(lang))
    });
    let threshold = (!has_none).then(|| {
        let on_change = move |event: leptos::ev::Event| at.set("min", &event_target_value(&event));
        el("label")
            .class("field no-print")
            .child(ConfusionWords::MinLabel.say(lang))
            .child(
                el("input")
                    .attr("type", "number")
                    .attr("min", "0")
                    .attr("step", "any")
                    .prop("value", least.to_string())
                    .on(ev::change, on_change),
            )
    });
    el("section")
        .class("sec confusions")
        .child(
            el("header")
                .child(
                    el("h2")
                        .child(ConfusionWords::Confusions.say(lang))
                        .child(at_least),
                )
                .child(threshold),
        )
        .child(
            el("div")
                .class("two")
                .child(
                    el("div")
                        .child(none.map(|none| el("p").child(none)))
                        .child(
                            el("table")
                                .class("ranked")
                                .child(
                                    el("caption")
                                        .class("vh")
                                        .child(ConfusionWords::Confusions.say(lang)),
                                )
                                .child(
                                    el("tbody").child(lists.listed.iter().map(row).collect_nodes()),
                                ),
                        )
                        .child(cut.map(|cut| el("p").class("note").child(cut)))
                        .child(switch),
                )
                .child(both),
        )
        .into_node()
}

/// One confusion: bar, number, words, change.
pub fn ranked_row(shown: &Shown, it: &Pair, most: f64, at: Confusion) -> impl IntoNode + use<> {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let sentence = shown.sentence(words, it.actual, it.predicted);
    let is_share = !matches!(shown.kind(), MatrixKind::Counts | MatrixKind::Weighted);
    let rate = it.share.rate().filter(|rate| !is_share && *rate > 0.0);
    let rate = rate.map(|rate| format!(" ({})", number::percent(rate, 0, lang)));
    let width = format!(
        "width:{:.0}%",
        100.0 * it.share.count / most.max(f64::MIN_POSITIVE)
    );
    let pair = (
        shown.label(it.actual).to_owned(),
        shown.label(it.predicted).to_owned(),
    );
    let href = move || {
        let pair = Some((pair.0.as_str(), pair.1.as_str()));
        at.address.get().with_pair("cell", pair).to_fragment()
    };
    let change = it
        .baseline
        .zip(shown.against.as_ref())
        .map(|(before, against)| {
            let difference = it.share.count - before.count;
            let Some(is_better) = is_better(it.actual, it.predicted, difference) else {
                return el("span")
                    .class("quiet")
                    .child(ConfusionWords::AsOn(against.name.clone()).say(lang))
                    .into_node();
            };
            let (class, arrow, word) = match (is_better, difference > 0.0) {
                (true, up) => ("better", if up { "▲" } else { "▼" }, ConfusionWords::Better),
                (false, up) => ("worse", if up { "▲" } else { "▼" }, ConfusionWords::Worse),
            };
            let (by, base) = (words.amount(difference.abs(), lang), against.name.clone());
            let text = match (is_share, difference > 0.0) {
                (true, _) => number::signed(difference * 100.0, 1, lang),
                (false, true) => ConfusionWords::MoreThanOn(by, base).say(lang),
                (false, false) => ConfusionWords::FewerThanOn(by, base).say(lang),
            };
            el("span")
                .class(class)
                .child(
                    el("span")
                        .class("arrow")
                        .attr("aria-hidden", "true")
                        .child(arrow),
                )
                .child(text)
                .child(
                    el("span")
                        .class("vh")
                        .child(format!(", {}", word.say(lang))),
                )
                .into_node()
        });
    let rest = CellRest(sentence);
    el("tr")
        .child(
            el("td")
                .class("only-wide")
                .child(el("div").class("bar-x").attr("style", width)),
        )
        .child(
            el("td")
                .class("n")
                .child((!rest.has_vanished()).then(|| words.amount(it.share.count, lang))),
        )
        .child(
            el("td")
                .child(
                    el("a")
                        .attr("href", href)
                        .child(rest.say(lang))
                        .child(" ")
                        .child(el("b").child(words.taken_for(
                            sentence.predicted,
                            it.share.count,
                            lang,
                        ))),
                )
                .child(el("span").class("quiet").child(rate)),
        )
        .child(el("td").class("num").child(change))
}

fn mutual_item(shown: &Shown, it: &MutualConfusion, at: Confusion) -> impl IntoNode + use<> {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let before = it
        .baseline
        .zip(shown.against.as_ref())
        .map(|(before, against)| Before {
            baseline: &against.name,
            count: before.count,
            of: before.of,
        });
    let words = class_words(&report, shown);
    let sentence = MutualSentence {
        words,
        first: shown.label(it.first),
        second: shown.label(it.second),
        count: it.share.count,
        of: it.share.of,
        before,
    };
    let before = sentence.before(lang).map(|it| format!(" ({it})"));
    el("li")
        .child(el("b").child(words.amount(it.share.count, lang)))
        .child(
            el("span")
                .child(sentence.rest(lang))
                .child(el("span").class("quiet").child(before)),
        )
}
