mod chart;

use leptos::{ev, prelude::*};

use super::ledger::{ledger, team_notes};
use crate::{
    analysis::{
        filter::Comparison,
        ledger,
        question::{self, Question},
        tried::{self, Answer, Setting, TrialValue, Tried},
        verdict,
    },
    browser::markup::{CollectNodes as _, IntoNode, Memo, Node, el, group},
    model::{ColumnKind, Lang, Report, Verdict},
    route::{Address, View},
    summary,
    view::{Page, code_text::breakable},
    words::{
        Say as _,
        metric::{metric_title, param_name},
        number,
        tried::Tried as Words,
    },
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
        let notes = team_notes(report);
        let never = summary::never_varied(report, judged, tried, lang);
        let never = never.map(|it| format!("{}: {}", it.label, it.text));
        return (has_several || notes.is_some())
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
                    .child(notes)
            })
            .into_node();
    };
    let name = param_name(report, param, lang);
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
                    .child(breakable(&by.say(lang))),
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
        .child(ledger())
        .child(team_notes(report))
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
                .map(|it| match question::value_of(report, param, &typed) {
                    Question::Settings(settings) => match settings.as_slice() {
                        [one] if one.param == param && one.how == Comparison::Equal => {
                            told(report, &it, &settings, lang)
                        }
                        _ => understood(report, &it, &settings, lang),
                    },
                    other => not_understood(report, other, lang),
                })
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
        .child(el("span").attr("aria-hidden", "true").child("?"))
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

/// What is wrong with a question; nothing where it was understood.
pub fn not_understood(report: &Report, question: Question, lang: Lang) -> Node {
    let name = |param: usize| param_name(report, param, lang);
    let text = match question {
        Question::Settings(_) => return Node::Empty,
        Question::NoSuchParam(typed, Some(near)) => Words::NoSuchParam(typed, Some(name(near))),
        Question::NoSuchParam(typed, None) => {
            let params = report.columns_of(ColumnKind::Param);
            let (names, n_more) = listed(params.map(|it| name(it.0)).collect());
            return el("span")
                .class("quiet")
                .child(Words::NoSuchParam(typed, None).say(lang))
                .child(" ")
                .child(Words::Params(names, n_more).say(lang))
                .into_node();
        }
        Question::Several(param) => Words::OneValue(name(param)),
        Question::Unclear => Words::Unclear,
    };
    let text = el("span").class("quiet").child(text.say(lang));
    text.into_node()
}

/// What was understood of a question, and the answer.
pub fn understood(report: &Report, judged: &Verdict, settings: &[Setting], lang: Lang) -> Node {
    let name = |param: usize| param_name(report, param, lang);
    let named = settings.iter();
    let named = named.map(|it| (name(it.param), it.how.symbol(), it.value.clone()));
    group()
        .child(el("b").child(Words::Understood(named.collect()).say(lang)))
        .child(" ")
        .child(told(report, judged, settings, lang))
        .child(" ")
        .into_node()
}

/// Whether values were tried, in words, with a link to the best run that has them.
pub fn told(report: &Report, judged: &Verdict, settings: &[Setting], lang: Lang) -> Node {
    let keys = report.revision_keys();
    let link = |revision: usize| {
        let key = keys.get(revision).cloned().unwrap_or_default();
        let href = Address::new(View::Experiments)
            .with("row", Some(&key))
            .to_fragment();
        el("a").attr("href", href).child(key)
    };
    let found = match tried::answer(report, judged, settings) {
        Answer::Tried(found) => found,
        Answer::Unfinished(revision, others) => {
            let state = report.revisions.get(revision).map(|it| it.state.clone());
            let state = state.unwrap_or_default();
            return group()
                .child(Words::NoResultWord(state.clone()).say(lang))
                .child(" ")
                .child(link(revision))
                .child(" ")
                .child(Words::NoResult(state).say(lang))
                .child(" ")
                .child(instead(*others, true, lang).map(|it| it.say(lang)))
                .into_node();
        }
        others => {
            let is_unknown = |it: &Setting| tried::is_baseline_unknown(report, judged, it.param);
            let baseline = judged.baseline.filter(|_| settings.iter().any(is_unknown));
            let name = baseline.and_then(|it| report.revisions.get(it));
            let unknown = name.map(|it| Words::BaselineUnknown(it.label().to_owned()).say(lang));
            return group()
                .child(instead(others, false, lang).map(|it| it.say(lang)))
                .child(unknown.map(|it| format!(" {it}")))
                .into_node();
        }
    };
    let Some((revision, score)) = found.first().copied() else {
        return Node::Empty;
    };
    let rest = match score {
        Some(score) => Words::Yes {
            result: summary::score_text(score, lang),
            n_more: found.len() - 1,
        },
        None => Words::YesWithoutResult,
    };
    // What a limit was met by.
    let limits = settings.iter().filter(|it| it.how != Comparison::Equal);
    let mut limits: Vec<usize> = limits.map(|it| it.param).collect();
    limits.dedup();
    let met = limits.into_iter();
    let met: Vec<String> = met
        .map(|param| summary::setting(report, param, revision, lang))
        .collect();
    group()
        .child(Words::YesWord.say(lang))
        .child(" ")
        .child(link(revision))
        .child((!met.is_empty()).then(|| format!(" ({})", met.join(", "))))
        .child(": ")
        .child(rest.say(lang))
        .into_node()
}

/// What was tried in place of what was asked for; after it was said that that has no result, or as
/// the whole answer.
fn instead(answer: Answer, has_no_result: bool, lang: Lang) -> Option<Words> {
    Some(match (answer, has_no_result) {
        (Answer::Nearest(below, above), false) => Words::No(below, above),
        (Answer::Nearest(below, above), true) => Words::NearestWithResult(below, above),
        (Answer::NotTogether, false) => Words::NotTogether,
        (Answer::Others(values), _) => {
            let text = |it| match it {
                TrialValue::Number(value) => number::value(value, 12, lang),
                TrialValue::Text(text) => text.chars().take(40).collect(),
            };
            let (values, n_more) = listed(values.into_iter().map(text).collect());
            match has_no_result {
                true => Words::OthersWithResult(values, n_more),
                false => Words::Others(values, n_more),
            }
        }
        (Answer::NotTogether | Answer::Unfinished(..) | Answer::Tried(_), _) => return None,
    })
}
