use leptos::{ev, prelude::*};

use super::{
    choose::{Confusion, class_words},
    margins::{Margin, by_class},
    numbers::measure,
    one::{level_choice, level_of},
    shown::Shown,
    table::margin_value,
};
use crate::{
    analysis::{one_class::Level, overall::OverallMeasure, window::visible},
    browser::markup::{
        CollectNodes as _, ElementRef, IntoNode, Memo, Node, RwSignal, el, group, show,
    },
    model::{MatrixKind, Shared},
    words::{
        Say as _,
        confusion::{ConfusionWords, IntervalWords, MeasureWords, OneClassWords, shown_label},
    },
};

/// Height of a row of the measures by class, where only those in sight are there.
const ROW: f64 = 30.0;
/// What is seen of them at once.
const HEIGHT: f64 = 480.0;

/// The measures of the whole matrix, and those of each class where the matrix doesn't show them.
pub fn measures(
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let is_open = RwSignal::new(false);
    let by_class = move || {
        let shown = at.shown.get()?;
        at.page.lang.track();
        let by_class = match shown.is_table() {
            // The grid has them in its margins, where there is room.
            true => el("div").class("only-narrow scroll").child(class_table(
                &shown,
                0..shown.classes.len(),
                at,
            )),
            false => el("details")
                .class("measures")
                .attr("id", "matrix-classes")
                .child(el("summary").child(at.say(ConfusionWords::MeasuresByClass)))
                .on(ev::toggle, move |_| is_open.set(true))
                .child(show(
                    move || is_open.get(),
                    move || class_window(shown.clone(), at),
                )),
        };
        Some(by_class)
    };
    group().child(by_class).child(overall_of(at))
}

/// The measures of the whole matrix; another order or scale leaves them as they are.
fn overall_of(at: Confusion) -> impl IntoNode {
    let basis = Memo::new(move |_| Some(at.shown.get()?.basis().clone()));
    let level = Memo::new(move |_| at.address.with(level_of));
    // Nothing is counted for a table that nobody has opened.
    let is_open = RwSignal::new(false);
    let table = move || {
        let shown = basis.get().and_then(|_| at.shown.get_untracked())?;
        at.page.lang.track();
        Some(overall(&shown, level.get(), at))
    };
    let title = move || {
        let report = at.page.report.get();
        let shown = basis.get().and_then(|_| at.shown.get_untracked())?;
        let words = class_words(&report, &shown);
        Some(OneClassWords::OverallMeasures.say(words, at.page.lang.get()))
    };
    el("details")
        .class("measures")
        .attr("id", "matrix-measures")
        .child(el("summary").child(title))
        .on(ev::toggle, move |_| is_open.set(true))
        .child(show(move || is_open.get(), move || group().child(table)))
}

/// The same, with what each tells.
fn overall(shown: &Shared<Shown>, level: Level, at: Confusion) -> impl IntoNode + use<> {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let say = |it: OneClassWords<'_>| it.say(words, lang);
    let matrix = shown.matrix();
    let knows = !matches!(
        matrix.kind(),
        MatrixKind::NormalisedByRow | MatrixKind::NormalisedByColumn
    );
    let row = |it: &OverallMeasure| {
        let value = it.of(matrix, &shown.measures);
        // What a matrix of shares can't tell is not undefined.
        if value.is_none() && !knows {
            return None;
        }
        let interval = it.interval(matrix, &shown.measures, level);
        Some(measure_row(
            words_of(*it),
            value.map(|value| measure(Some(value), lang)),
            interval,
            say(OneClassWords::Undefined),
            at,
        ))
    };
    let title = say(OneClassWords::OverallMeasures);
    let table = el("table")
        .class("cls measure-table")
        .child(el("caption").class("vh").child(title.clone()))
        .child(measure_head(title, &say, level.percent()))
        .child(el("tbody").child(OverallMeasure::ALL.iter().filter_map(row).collect_nodes()));
    group().child(level_choice(at)).child(table)
}

/// The columns of a table of measures.
pub fn measure_head(
    // What the measures are of.
    title: String,
    say: &dyn Fn(OneClassWords<'_>) -> String,
    level: usize,
) -> impl IntoNode {
    let head =
        |class: &'static str, text: String| el("th").attr("scope", "col").class(class).child(text);
    el("thead").child(
        el("tr")
            .child(head("", title))
            .child(head("num", say(OneClassWords::Value)))
            .child(head("num", say(OneClassWords::Interval(level))))
            .child(head("only-wide", say(OneClassWords::Meaning))),
    )
}

/// One measure: its names, its value, its interval, what it tells.
pub fn measure_row(
    words: MeasureWords,
    value: Option<String>,
    interval: Option<(f64, f64)>,
    undefined: String,
    at: Confusion,
) -> Node {
    let lang = at.page.lang.get_untracked();
    let (name, code) = words.name(lang);
    let value = match value {
        Some(value) => el("b").child(value),
        None => el("span").class("quiet").child(undefined),
    };
    let interval = interval.map(|it| IntervalWords(it).say(lang));
    el("tr")
        .child(
            el("th")
                .attr("scope", "row")
                .child(name)
                .child(el("span").class("sub").child(code)),
        )
        .child(el("td").class("num").child(value))
        .child(el("td").class("num").child(interval))
        .child(el("td").class("only-wide quiet").child(words.meaning(lang)))
        .into_node()
}

fn words_of(measure: OverallMeasure) -> MeasureWords {
    match measure {
        OverallMeasure::Accuracy => MeasureWords::Accuracy,
        OverallMeasure::BalancedAccuracy => MeasureWords::BalancedAccuracy,
        OverallMeasure::MacroPrecision => MeasureWords::MacroPrecision,
        OverallMeasure::MacroF1 => MeasureWords::MacroF1,
        OverallMeasure::WeightedPrecision => MeasureWords::WeightedPrecision,
        OverallMeasure::WeightedF1 => MeasureWords::WeightedF1,
        OverallMeasure::Kappa => MeasureWords::Kappa,
        OverallMeasure::Mcc => MeasureWords::Mcc,
        OverallMeasure::ScottPi => MeasureWords::ScottPi,
        OverallMeasure::GwetAc1 => MeasureWords::GwetAc1,
        OverallMeasure::NoInformationRate => MeasureWords::NoInformationRate,
        OverallMeasure::HammingLoss => MeasureWords::HammingLoss,
    }
}

/// The measures of each of many classes: only the rows in sight are there.
fn class_window(shown: Shared<Shown>, at: Confusion) -> impl IntoNode {
    let (scroll, set_scroll) = signal(0.0);
    let window = ElementRef::new();
    let on_scroll = move |_: ev::Event| {
        if let Some(window) = window.get_untracked() {
            set_scroll.set(f64::from(window.scroll_top()));
        }
    };
    let seen = Memo::new({
        let n = shown.classes.len();
        move |_| visible(scroll.get(), HEIGHT, ROW, n)
    });
    el("div")
        .class("class-window scroll")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr(
            "aria-label",
            ConfusionWords::MeasuresByClass.say(at.page.lang.get_untracked()),
        )
        .refer(window)
        .on(ev::scroll, on_scroll)
        .child(move || class_table(&shown, seen.get(), at))
}

/// The measures of some classes, as rows of a table; what is above and below them is room.
fn class_table(shown: &Shared<Shown>, seen: std::ops::Range<usize>, at: Confusion) -> Node {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let n = shown.classes.len();
    let classes = shown.classes.get(seen.clone()).unwrap_or_default();
    let columns = by_class(shown, classes, lang);
    let head = |margin: &Margin| {
        el("th")
            .attr("scope", "col")
            .class("num")
            .child(margin.head.say(lang))
    };
    let row = |(idx, class): (usize, &usize)| {
        let label = shown.label(*class).to_owned();
        let value = |margin: &Margin| {
            let value = margin.values.get(idx).cloned().unwrap_or_default();
            el("td").class("num").child(margin_value(value))
        };
        let name = words.one(&label, lang).map(|noun| format!(" {noun}"));
        let shown_name = shown_label(&label);
        el("tr")
            .attr("aria-rowindex", seen.start + idx + 2)
            .child(
                el("th").attr("scope", "row").child(
                    el("button")
                        .attr("type", "button")
                        .class("plain")
                        .on(ev::click, move |_| at.open_class(&label))
                        .child(el("b").child(shown_name))
                        .child(name),
                ),
            )
            .child(columns.iter().map(value).collect_nodes())
    };
    let all = |margin: &Margin| {
        el("td")
            .class("num")
            .child(margin_value(margin.all.clone()))
    };
    let room = |n_rows: usize| {
        (n_rows > 0).then(|| {
            el("tr").attr("aria-hidden", "true").child(
                el("td").attr("colspan", columns.len() + 1).attr(
                    "style",
                    format!("height:{}px;padding:0;border:0", ROW * n_rows as f64),
                ),
            )
        })
    };
    el("table")
        .class("cls")
        .attr("aria-rowcount", n + 2)
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
        .child(
            el("tbody")
                .child(room(seen.start))
                .child(classes.iter().enumerate().map(row).collect_nodes())
                .child(room(n.saturating_sub(seen.end))),
        )
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
        .into_node()
}
