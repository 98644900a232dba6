mod chart;

use leptos::{ev, prelude::*};

use super::ledger::ledger_and_notes;
use crate::{
    analysis::{
        ledger,
        tried::{self, Answer, TrialValue, Tried},
        verdict,
    },
    browser::markup::{CollectNodes as _, IntoNode, Memo, Node, el, group},
    model::{Lang, Report, Verdict},
    route::{Address, View},
    summary,
    view::Page,
    words::{Say as _, metric::metric_title, number, tried::Tried as Words},
};

/// What was tried: the picture, the reader's question, and what stands out.
pub fn what_was_tried(
    // The verdict on show.
    judged: Memo<Option<Verdict>>,
) -> impl IntoNode {
    let page = Page::get();
    let tried = Memo::new(move |_| {
        page.report
            .with(|report| judged.with(|it| it.as_ref().map(|it| tried::tried(report, it))))
    });

    move || {
        let lang = page.lang.get();
        page.report.with(|report| {
            judged.with(|judged| {
                tried.with(|tried| match (judged, tried) {
                    (Some(judged), Some(tried)) => section(report, judged, tried, lang),
                    _ => ().into_node(),
                })
            })
        })
    }
}

fn section(report: &Report, judged: &Verdict, tried: &Tried, lang: Lang) -> Node {
    let title = Words::Title.say(lang);
    let rows = summary::tried_rows(report, judged, tried, lang);
    let link = Address::new(View::Experiments).to_fragment();
    let Some(param) = tried.param else {
        let has_several = report.revisions.len() > 1;
        let never = summary::never_varied(report, judged, tried, lang);
        let never = never.map(|it| format!("{}: {}", it.label, it.text));
        return has_several
            .then(|| {
                el("section")
                    .class("sec")
                    .child(el("h2").child(title))
                    .child(
                        el("p")
                            .class("quiet")
                            .child(Words::NothingVaried.say(lang))
                            .child(" ")
                            .child(never),
                    )
            })
            .into_node();
    };
    let names = report.column_names();
    let name = names.get(param).cloned().unwrap_or_default();
    let by = Words::By {
        metric: metric_title(report, judged.metric, lang),
        param: name.clone(),
    };
    let rows = rows.into_iter();
    let rows = rows
        .map(|it| {
            group()
                .child(el("dt").child(it.label))
                .child(el("dd").child(it.text))
        })
        .collect_nodes();
    let file = report.columns.get(param).map(|it| it.id.full());
    el("section")
        .class("sec")
        .child(
            el("h2").child(title).child(
                el("span")
                    .class("sub")
                    .attr("title", file)
                    .child(by.say(lang)),
            ),
        )
        .child(
            el("div")
                .class("tried")
                .child(chart::chart(report, judged, tried, &name, lang))
                .child(
                    el("div")
                        .child(did_you_try(param, name))
                        .child(el("dl").child(rows))
                        .child(differing(report, judged, lang))
                        .child(
                            el("p").class("note").child(
                                el("a")
                                    .attr("href", link)
                                    .child(Words::AllExperiments.say(lang)),
                            ),
                        ),
                ),
        )
        .child(ledger_and_notes())
        .into_node()
}

/// Runs that should agree and don't.
fn differing(report: &Report, judged: &Verdict, lang: Lang) -> Node {
    let told = summary::differing_runs(report, &ledger::duplicates(report, judged), lang);
    let lines = told.into_iter().take(3).map(|it| {
        let sign = el("span").attr("aria-hidden", "true").child("⚠ ");
        el("p").class("tried-differ").child(sign).child(it)
    });
    lines.collect_nodes()
}

/// "Did you try C = …": answers in words while the reader types.
fn did_you_try(
    // Index of the parameter.
    param: usize,
    // What it is called.
    name: String,
) -> impl IntoNode {
    let page = Page::get();
    let (typed, set_typed) = signal(String::new());
    let on_input = move |event| set_typed.set(event_target_value(&event));
    let answer = move || {
        let lang = page.lang.get();
        let typed = typed.get();
        if typed.trim().is_empty() {
            return el("span")
                .class("quiet")
                .child(Words::DidYouTryHelp.say(lang))
                .into_node();
        }
        page.report.with(|report| {
            let metric = page.address.with(|address| address.get("metric"));
            let metric = metric.and_then(|name| report.find_column(&name));
            let judged = verdict::of_report(report, metric);
            judged
                .map(|it| told(report, &it, &[(param, typed)], lang))
                .into_node()
        })
    };
    let label = move || Words::DidYouTry(name.clone()).say(page.lang.get());
    el("form")
        .class("tried-ask")
        .on(ev::submit, move |event| event.prevent_default())
        .child(el("label").attr("for", "tried-ask").child(label))
        .child(
            el("input")
                .attr("id", "tried-ask")
                .attr("autocomplete", "off")
                .attr("inputmode", "decimal")
                .prop("value", move || typed.get())
                .on(ev::input, on_input),
        )
        .child(el("span").attr("role", "status").child(answer))
}

/// How many values or names are listed in an answer.
const MOST_LISTED: usize = 8;

/// The first of some names, and how many more there are.
pub fn listed(mut names: Vec<String>) -> (Vec<String>, usize) {
    let n_more = names.len().saturating_sub(MOST_LISTED);
    names.truncate(MOST_LISTED);
    (names, n_more)
}

/// Whether values were tried, in words, with a link to the best run that has them.
pub fn told(report: &Report, judged: &Verdict, settings: &[(usize, String)], lang: Lang) -> Node {
    let no = |words: Words| {
        let is_unknown = |it: &(usize, String)| tried::is_baseline_unknown(report, judged, it.0);
        let baseline = judged.baseline.filter(|_| settings.iter().any(is_unknown));
        let name = baseline.and_then(|it| report.revisions.get(it));
        let unknown = name.map(|it| Words::BaselineUnknown(it.label().to_owned()).say(lang));
        group()
            .child(words.say(lang))
            .child(unknown.map(|it| format!(" {it}")))
            .into_node()
    };
    let found = match tried::answer(report, judged, settings) {
        Answer::Tried(found) => found,
        Answer::Nearest(below, above) => return no(Words::No(below, above)),
        Answer::NotTogether => return no(Words::NotTogether),
        Answer::Others(values) => {
            let text = |it| match it {
                TrialValue::Number(value) => number::value(value, 12, lang),
                TrialValue::Text(text) => text.chars().take(40).collect(),
            };
            let (values, n_more) = listed(values.into_iter().map(text).collect());
            return no(Words::Others(values, n_more));
        }
    };
    let Some((revision, score)) = found.first().copied() else {
        return Node::Empty;
    };
    let keys = report.revision_keys();
    let key = keys.get(revision).cloned().unwrap_or_default();
    let href = Address::new(View::Experiments)
        .with("row", Some(&key))
        .to_fragment();
    let rest = match score {
        Some(score) => Words::Yes {
            result: summary::score_text(score, lang),
            n_more: found.len() - 1,
        },
        None => Words::YesWithoutResult,
    };
    group()
        .child(Words::YesWord.say(lang))
        .child(" ")
        .child(el("a").attr("href", href).child(key))
        .child(": ")
        .child(rest.say(lang))
        .into_node()
}
