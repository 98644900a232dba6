use leptos::{ev, prelude::*};

use super::{
    choose::{Confusion, class_words},
    margins::{Margin, by_class},
    shown::Shown,
    table::margin_value,
};
use crate::{
    analysis::{
        confusions::{Confusion as Pair, MutualConfusion, threshold},
        heatmap::is_better,
    },
    browser::markup::{CollectNodes as _, IntoNode, el},
    model::{MatrixKind, Shared},
    words::{
        Say as _,
        confusion::{Before, CellRest, ConfusionWords, MutualSentence, shown_label},
        number,
    },
};

/// A list starts with at most so many.
const N_FIRST: usize = 8;
/// A list never has more.
const MAX_LISTED: usize = 200;
/// So many mutual pairs.
const N_MUTUAL: usize = 4;

/// The confusions in words: ranked, and both ways together.
pub fn lists(
    // What is shown.
    shown: Shared<Shown>,
    // The smallest count that is listed, where the address says one.
    min: Option<f64>,
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, &shown);
    let is_shown = |class: usize| shown.heatmap.is_none() || shown.place(class).is_some();
    let all: Vec<Pair> = shown
        .ranked
        .iter()
        .copied()
        .filter(|it| is_shown(it.actual) && is_shown(it.predicted))
        .collect();
    let first = threshold(&all, N_FIRST);
    let min = min.unwrap_or(first);
    let listed: Vec<Pair> = all
        .iter()
        .copied()
        .filter(|it| it.share.count >= min)
        .collect();
    let n_listed = listed.len();
    let cut = (n_listed > MAX_LISTED).then(|| ConfusionWords::Cut(MAX_LISTED, n_listed).say(lang));
    let most = all.first().map_or(1.0, |it| it.share.count);
    let row = |it: &Pair| ranked_row(&shown, it, most, at);
    let none = all
        .is_empty()
        .then(|| ConfusionWords::NoConfusion.say(lang));
    let switch = if n_listed < all.len() {
        Some((ConfusionWords::ShowAll(all.len()), "0"))
    } else if min < first {
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
    let mutual: Vec<&MutualConfusion> = shown
        .mutual
        .iter()
        .filter(|it| is_shown(it.first) && is_shown(it.second))
        .take(N_MUTUAL)
        .collect();
    let pair = |it: &&MutualConfusion| mutual_item(&shown, it, at);
    let both = (!mutual.is_empty()).then(|| {
        el("div")
            .child(el("h3").child(ConfusionWords::BothWays.say(lang)))
            .child(
                el("ul")
                    .class("both")
                    .child(mutual.iter().map(pair).collect_nodes()),
            )
    });
    let at_least = (!all.is_empty())
        .then(|| ConfusionWords::AtLeast(words.amount(min.max(0.0), lang)).say(lang));
    el("section")
        .class("sec confusions")
        .child(
            el("h2")
                .child(ConfusionWords::Confusions.say(lang))
                .child(at_least.map(|text| el("span").class("sub").child(text))),
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
                                .child(el("tbody").child(
                                    listed.iter().take(MAX_LISTED).map(row).collect_nodes(),
                                )),
                        )
                        .child(cut.map(|cut| el("p").class("note").child(cut)))
                        .child(switch),
                )
                .child(both),
        )
}

/// One confusion: bar, number, words, change.
fn ranked_row(shown: &Shown, it: &Pair, most: f64, at: Confusion) -> impl IntoNode + use<> {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let sentence = shown.sentence(words, it.actual, it.predicted);
    let is_share = !matches!(shown.kind(), MatrixKind::Counts | MatrixKind::Weighted);
    let rate = it.share.rate().filter(|_| !is_share);
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
        at.page.address.get().with_pair("cell", pair).to_fragment()
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
            let text = match shown.kind() {
                MatrixKind::Counts => number::signed(difference, 0, lang),
                MatrixKind::Weighted => number::signed(difference, 1, lang),
                _ => number::signed(difference * 100.0, 1, lang),
            };
            el("span")
                .class(class)
                .child(
                    el("span")
                        .class("arrow")
                        .attr("aria-hidden", "true")
                        .child(arrow),
                )
                .child(format!("{text}, {}", word.say(lang)))
                .into_node()
        });
    el("tr")
        .child(
            el("td")
                .class("only-wide")
                .child(el("div").class("bar-x").attr("style", width)),
        )
        .child(
            el("td")
                .class("n")
                .child(words.amount(it.share.count, lang)),
        )
        .child(
            el("td")
                .child(
                    el("a")
                        .attr("href", href)
                        .child(CellRest(sentence).say(lang))
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

/// The measures of each class, as a table of its own: where the grid has no room for margins.
pub fn class_measures_table(
    // What is shown.
    shown: Shared<Shown>,
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, &shown);
    let classes = match &shown.heatmap {
        Some(map) => map.classes.clone(),
        None => (0..shown.matrix().n_classes().min(MAX_LISTED)).collect(),
    };
    let columns = by_class(&shown, &classes, lang);
    let head = |margin: &Margin| {
        el("th")
            .attr("scope", "col")
            .class("num")
            .child(margin.head.say(lang))
    };
    let row = |(idx, class): (usize, &usize)| {
        let label = shown.label(*class);
        let value = |margin: &Margin| {
            let value = margin.values.get(idx).cloned().unwrap_or_default();
            el("td").class("num").child(margin_value(value))
        };
        el("tr")
            .child(
                el("th")
                    .attr("scope", "row")
                    .child(el("b").child(shown_label(label)))
                    .child(words.one(label, lang).map(|noun| format!(" {noun}"))),
            )
            .child(columns.iter().map(value).collect_nodes())
    };
    let all = |margin: &Margin| {
        el("td")
            .class("num")
            .child(margin_value(margin.all.clone()))
    };
    el("table")
        .class("cls")
        .child(
            el("caption")
                .class("vh")
                .child(ConfusionWords::MeasuresByClass.say(lang)),
        )
        .child(
            el("thead").child(
                el("tr")
                    .child(
                        el("th")
                            .attr("scope", "col")
                            .child(ConfusionWords::Class.say(lang)),
                    )
                    .child(columns.iter().map(head).collect_nodes()),
            ),
        )
        .child(el("tbody").child(classes.iter().enumerate().map(row).collect_nodes()))
        .child(
            el("tfoot").child(
                el("tr")
                    .child(
                        el("th")
                            .attr("scope", "row")
                            .class("quiet")
                            .child(ConfusionWords::MacroAverages.say(lang)),
                    )
                    .child(columns.iter().map(all).collect_nodes()),
            ),
        )
}
