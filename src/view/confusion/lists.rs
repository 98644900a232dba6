use leptos::prelude::*;

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
#[component]
pub fn Lists(
    /// What is shown.
    shown: Shared<Shown>,
    /// The smallest count that is listed, where the address says one.
    min: Option<f64>,
    /// The parts' common state.
    at: Confusion,
) -> impl IntoView {
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
        view! {
            <button class="plain no-print" type="button" on:click=move |_| at.set("min", value)>
                {label.say(lang)}
            </button>
        }
    });
    let mutual: Vec<&MutualConfusion> = shown
        .mutual
        .iter()
        .filter(|it| is_shown(it.first) && is_shown(it.second))
        .take(N_MUTUAL)
        .collect();
    let pair = |it: &&MutualConfusion| mutual_item(&shown, it, at);
    let both = (!mutual.is_empty()).then(|| {
        view! {
            <div>
                <h3>{ConfusionWords::BothWays.say(lang)}</h3>
                <ul class="both">{mutual.iter().map(pair).collect_view()}</ul>
            </div>
        }
    });
    let at_least = (!all.is_empty())
        .then(|| ConfusionWords::AtLeast(words.amount(min.max(0.0), lang)).say(lang));
    view! {
        <section class="sec confusions">
            <h2>
                {ConfusionWords::Confusions.say(lang)}
                {at_least.map(|text| view! { <span class="sub">{text}</span> })}
            </h2>
            <div class="two">
                <div>
                    {none.map(|none| view! { <p>{none}</p> })}
                    <table class="ranked">
                        <caption class="vh">{ConfusionWords::Confusions.say(lang)}</caption>
                        <tbody>
                            {listed.iter().take(MAX_LISTED).map(row).collect_view()}
                        </tbody>
                    </table>
                    {cut.map(|cut| view! { <p class="note">{cut}</p> })} {switch}
                </div>
                {both}
            </div>
        </section>
    }
}

/// One confusion: bar, number, words, change.
fn ranked_row(shown: &Shown, it: &Pair, most: f64, at: Confusion) -> impl IntoView + use<> {
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
    let change = it.baseline.zip(shown.against.as_ref()).map(|(before, against)| {
        let difference = it.share.count - before.count;
        let Some(is_better) = is_better(it.actual, it.predicted, difference) else {
            return view! { <span class="quiet">{ConfusionWords::AsOn(against.name.clone()).say(lang)}</span> }
                .into_any();
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
        view! {
            <span class=class>
                <span class="arrow" aria-hidden="true">{arrow}</span>
                {format!("{text}, {}", word.say(lang))}
            </span>
        }
        .into_any()
    });
    view! {
        <tr>
            <td class="only-wide">
                <div class="bar-x" style=width></div>
            </td>
            <td class="n">{words.amount(it.share.count, lang)}</td>
            <td>
                <a href=href>
                    {CellRest(sentence).say(lang)} " "
                    <b>{words.taken_for(sentence.predicted, it.share.count, lang)}</b>
                </a>
                <span class="quiet">{rate}</span>
            </td>
            <td class="num">{change}</td>
        </tr>
    }
}

fn mutual_item(shown: &Shown, it: &MutualConfusion, at: Confusion) -> impl IntoView + use<> {
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
    view! {
        <li>
            <b>{words.amount(it.share.count, lang)}</b>
            <span>{sentence.rest(lang)} <span class="quiet">{before}</span></span>
        </li>
    }
}

/// The measures of each class, as a table of its own: where the grid has no room for margins.
#[component]
pub fn ClassMeasuresTable(
    /// What is shown.
    shown: Shared<Shown>,
    /// The parts' common state.
    at: Confusion,
) -> impl IntoView {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, &shown);
    let classes = match &shown.heatmap {
        Some(map) => map.classes.clone(),
        None => (0..shown.matrix().n_classes().min(MAX_LISTED)).collect(),
    };
    let columns = by_class(&shown, &classes, lang);
    let head = |margin: &Margin| view! { <th scope="col" class="num">{margin.head.say(lang)}</th> };
    let row = |(idx, class): (usize, &usize)| {
        let label = shown.label(*class);
        let value = |margin: &Margin| {
            let value = margin.values.get(idx).cloned().unwrap_or_default();
            view! { <td class="num">{margin_value(value)}</td> }
        };
        view! {
            <tr>
                <th scope="row">
                    <b>{shown_label(label)}</b>
                    {words.one(label, lang).map(|noun| format!(" {noun}"))}
                </th>
                {columns.iter().map(value).collect_view()}
            </tr>
        }
    };
    let all = |margin: &Margin| view! { <td class="num">{margin_value(margin.all.clone())}</td> };
    view! {
        <table class="cls">
            <caption class="vh">{ConfusionWords::MeasuresByClass.say(lang)}</caption>
            <thead>
                <tr>
                    <th scope="col">{ConfusionWords::Class.say(lang)}</th>
                    {columns.iter().map(head).collect_view()}
                </tr>
            </thead>
            <tbody>{classes.iter().enumerate().map(row).collect_view()}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" class="quiet">{ConfusionWords::MacroAverages.say(lang)}</th>
                    {columns.iter().map(all).collect_view()}
                </tr>
            </tfoot>
        </table>
    }
}
