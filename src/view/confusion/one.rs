use leptos::{ev, prelude::*};

use super::{
    choose::{Confusion, class_words},
    field::choice,
    lists::ranked_row,
    measures::{measure_head, measure_row},
    numbers::measure,
    shown::Shown,
};
use crate::{
    analysis::{
        confusions::{Confusion as Pair, most_changed, most_frequent},
        one_class::{Level, OneMeasure, TwoByTwo},
    },
    browser::markup::{CollectNodes as _, IntoNode, Memo, Node, el, group},
    model::Shared,
    route::Address,
    words::{
        Say as _,
        confusion::{ConfusionWords, MeasureWords, OneClassWords},
        number,
    },
};

/// The id of the section.
pub const ID: &str = "matrix-class";
/// So many confusions are listed each way.
const N_LISTED: usize = 8;

/// One class against the rest, where the address names one: its 2×2 table, what it is taken for and
/// what is taken for it, its measures.
pub fn one_class(
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let asked = Memo::new(move |_| at.address.with(|it| it.get("class")));
    move || {
        let (shown, label) = (at.shown.get()?, asked.get()?);
        at.page.lang.track();
        Some(section(&shown, shown.class_of(&label)?, at))
    }
}

/// The level of intervals that an address asks for.
pub fn level_of(address: &Address) -> Level {
    asked_level(address).unwrap_or_default()
}

/// The same, or what stands there and is none.
pub fn asked_level(address: &Address) -> Result<Level, String> {
    let asked = address.get("level").unwrap_or_default();
    if asked.is_empty() {
        return Ok(Level::default());
    }
    let mut levels = Level::ALL.into_iter();
    levels
        .find(|it| it.percent().to_string() == asked)
        .ok_or(asked)
}

fn section(shown: &Shared<Shown>, class: usize, at: Confusion) -> Node {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let label = shown.label(class);
    let say = |it: OneClassWords<'_>| it.say(words, lang);
    let open = shown.closed_group(class).map(|path| {
        let path = path.to_owned();
        let on_click = move |_| {
            at.change(|address| {
                let mut closed = address.list("groups");
                closed.retain(|it| *it != path);
                address.with_list("groups", &closed)
            });
        };
        el("button")
            .attr("type", "button")
            .on(ev::click, on_click)
            .child(ConfusionWords::OpenGroup.say(lang))
    });
    let table = TwoByTwo::of(shown.matrix(), class);
    let body = match table {
        Some(table) => group()
            .child(
                el("div")
                    .child(two_by_two(&table, label, shown, at))
                    .child(confused(shown, class, true, at))
                    .child(confused(shown, class, false, at)),
            )
            .child(el("div").child(measure_table(&table, shown, at)))
            .into_node(),
        None => el("p")
            .class("note")
            .child(say(OneClassWords::SharesOnly))
            .into_node(),
    };
    el("section")
        .attr("id", ID)
        .attr("tabindex", "-1")
        .class("one-class panel")
        .attr("aria-labelledby", "matrix-class-title")
        .child(
            el("header")
                .child(
                    el("h2")
                        .attr("id", "matrix-class-title")
                        .child(say(OneClassWords::Title(label))),
                )
                .child(open)
                .child(level_choice(at))
                .child(
                    el("button")
                        .attr("type", "button")
                        .class("no-edge no-print")
                        .attr("aria-label", say(OneClassWords::Close))
                        .on(ev::click, move |_| {
                            at.set("class", "");
                            at.focus_cell();
                        })
                        .child("✕"),
                ),
        )
        .child(el("div").class("one-parts").child(body))
        .into_node()
}

/// The choice of the level of intervals.
pub fn level_choice(at: Confusion) -> impl IntoNode {
    let report = at.page.report.get_untracked();
    let lang = at.page.lang.get_untracked();
    let words = at
        .shown
        .get_untracked()
        .map(|shown| OneClassWords::Level.say(class_words(&report, &shown), lang));
    let words = words.unwrap_or_default();
    let options: Vec<(String, String)> = Level::ALL
        .iter()
        .map(|it| {
            let percent = it.percent();
            (
                percent.to_string(),
                number::percent(percent as f64 / 100.0, 0, lang),
            )
        })
        .collect();
    choice(
        Signal::derive(move || words.clone()),
        Signal::derive(move || options.clone()),
        Signal::derive(move || level_of(&at.address.get()).percent().to_string()),
        Callback::new(move |level: String| {
            let is_default = level == Level::default().percent().to_string();
            at.set("level", if is_default { "" } else { &level });
        }),
    )
}

/// The four numbers, with their totals.
fn two_by_two(
    table: &TwoByTwo,
    label: &str,
    shown: &Shared<Shown>,
    at: Confusion,
) -> impl IntoNode + use<> {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let say = |it: OneClassWords<'_>| it.say(words, lang);
    let amount = |value: f64| words.amount(value, lang);
    let head = |text: String| el("th").attr("scope", "col").class("num").child(text);
    let cell = |name: &'static str, value: f64| {
        el("td")
            .class("num")
            .attr("data-count", value.to_string())
            .child(el("b").child(amount(value)))
            .child(el("span").class("sub").child(name))
    };
    let total = |value: f64| el("td").class("num quiet").child(amount(value));
    let row = |text: String| el("tr").child(el("th").attr("scope", "row").child(text));
    el("table")
        .class("two-by-two")
        .child(
            el("caption")
                .class("vh")
                .child(say(OneClassWords::Title(label))),
        )
        .child(
            el("thead").child(
                el("tr")
                    .child(el("td"))
                    .child(head(say(OneClassWords::Called(label))))
                    .child(head(say(OneClassWords::CalledElse)))
                    .child(el("td")),
            ),
        )
        .child(
            el("tbody")
                .child(
                    row(say(OneClassWords::Are(label)))
                        .child(cell("TP", table.hits))
                        .child(cell("FN", table.missed))
                        .child(total(table.hits + table.missed)),
                )
                .child(
                    row(say(OneClassWords::Rest))
                        .child(cell("FP", table.wrongly))
                        .child(cell("TN", table.others))
                        .child(total(table.wrongly + table.others)),
                )
                .child(
                    el("tr")
                        .child(el("td"))
                        .child(total(table.hits + table.wrongly))
                        .child(total(table.missed + table.others))
                        .child(total(table.total())),
                ),
        )
}

/// What a class is taken for, or what is taken for it.
fn confused(
    shown: &Shared<Shown>,
    class: usize,
    is_actual: bool,
    at: Confusion,
) -> impl IntoNode + use<> {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let label = shown.label(class);
    let is_wanted =
        |actual: usize, predicted: usize| class == if is_actual { actual } else { predicted };
    let (matrix, before) = (shown.matrix(), shown.before_matrix());
    let (found, n_all) = match before.filter(|_| shown.is_difference) {
        Some(before) => most_changed(matrix, before, &is_wanted, N_LISTED),
        None => most_frequent(matrix, before, &is_wanted, N_LISTED),
    };
    let most = found.iter().map(|it| it.share.count).fold(0.0, f64::max);
    let row = |it: &Pair| ranked_row(shown, it, most, at);
    let title = match is_actual {
        true => OneClassWords::TakenFor(label),
        false => OneClassWords::TakenForIt(label),
    };
    let title = title.say(words, lang);
    let none = found.is_empty().then(|| {
        el("p")
            .class("quiet")
            .child(OneClassWords::Nothing.say(words, lang))
    });
    let cut = (n_all > found.len()).then(|| {
        let text = ConfusionWords::Cut(found.len(), n_all).say(lang);
        el("p").class("note").child(text)
    });
    group()
        .child(el("h3").child(title.clone()))
        .child(none)
        .child(
            el("table")
                .class("ranked")
                .child(el("caption").class("vh").child(title))
                .child(el("tbody").child(found.iter().map(row).collect_nodes())),
        )
        .child(cut)
}

fn measure_table(table: &TwoByTwo, shown: &Shared<Shown>, at: Confusion) -> impl IntoNode + use<> {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let say = |it: OneClassWords<'_>| it.say(words, lang);
    let level = level_of(&at.address.get());
    let has_counts = shown.kind().has_counts();
    let row = |it: &OneMeasure| {
        let value = it.of(table).map(|value| measure(Some(value), lang));
        let interval = it.interval(table, level).filter(|_| has_counts);
        measure_row(
            words_of(*it),
            value,
            interval,
            say(OneClassWords::Undefined),
            at,
        )
    };
    el("table")
        .class("cls measure-table")
        .child(
            el("caption")
                .class("vh")
                .child(say(OneClassWords::Measures)),
        )
        .child(measure_head(
            say(OneClassWords::Measures),
            &say,
            level.percent(),
        ))
        .child(el("tbody").child(OneMeasure::ALL.iter().map(row).collect_nodes()))
}

fn words_of(measure: OneMeasure) -> MeasureWords {
    match measure {
        OneMeasure::Recall => MeasureWords::Recall,
        OneMeasure::Precision => MeasureWords::Precision,
        OneMeasure::F1 => MeasureWords::F1,
        OneMeasure::Specificity => MeasureWords::Specificity,
        OneMeasure::NegativePredictive => MeasureWords::NegativePredictive,
        OneMeasure::FalseAlarms => MeasureWords::FalseAlarms,
        OneMeasure::Missed => MeasureWords::Missed,
        OneMeasure::Accuracy => MeasureWords::Accuracy,
        OneMeasure::Prevalence => MeasureWords::Prevalence,
        OneMeasure::Jaccard => MeasureWords::Jaccard,
        OneMeasure::Mcc => MeasureWords::Mcc,
        OneMeasure::Kappa => MeasureWords::Kappa,
        OneMeasure::Informedness => MeasureWords::Informedness,
        OneMeasure::Markedness => MeasureWords::Markedness,
        OneMeasure::PositiveLikelihood => MeasureWords::PositiveLikelihood,
        OneMeasure::NegativeLikelihood => MeasureWords::NegativeLikelihood,
        OneMeasure::OddsRatio => MeasureWords::OddsRatio,
    }
}
