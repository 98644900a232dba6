mod chart;

use leptos::prelude::*;

use crate::{
    analysis::{
        tried::{self, Answer, Tried},
        verdict,
    },
    model::{Lang, Report, Verdict},
    route::{Address, View},
    summary,
    view::Page,
    words::{Say as _, metric::metric_title, tried::Tried as Words},
};

/// What was tried: the picture, the reader's question, and what stands out.
#[component]
pub fn WhatWasTried(
    /// The verdict on show.
    judged: Memo<Option<Verdict>>,
) -> impl IntoView {
    let page = Page::get();
    let tried = Memo::new(move |_| {
        page.report
            .with(|report| judged.with(|it| it.as_ref().map(|it| tried::tried(report, it))))
    });
    let body = move || {
        let lang = page.lang.get();
        page.report.with(|report| {
            judged.with(|judged| {
                tried.with(|tried| match (judged, tried) {
                    (Some(judged), Some(tried)) => section(report, judged, tried, lang),
                    _ => ().into_any(),
                })
            })
        })
    };
    view! { {body} }
}

fn section(report: &Report, judged: &Verdict, tried: &Tried, lang: Lang) -> AnyView {
    let title = Words::Title.say(lang);
    let rows = summary::tried_rows(report, judged, tried, lang);
    let link = Address::new(View::Experiments).to_fragment();
    let Some(param) = tried.param else {
        let has_several = report.revisions.len() > 1;
        let never = summary::never_varied(report, judged, tried, lang);
        let never = never.map(|it| format!("{}: {}", it.label, it.text));
        return has_several
            .then(|| {
                view! {
                    <section class="sec">
                        <h2>{title}</h2>
                        <p class="quiet">{Words::NothingVaried.say(lang)} " " {never}</p>
                    </section>
                }
            })
            .into_any();
    };
    let names = report.column_names();
    let name = names.get(param).cloned().unwrap_or_default();
    let by = Words::By {
        metric: metric_title(report, judged.metric, lang),
        param: name.clone(),
    };
    let rows = rows.into_iter();
    let rows = rows
        .map(|it| view! { <dt>{it.label}</dt> <dd>{it.text}</dd> })
        .collect_view();
    let file = report.columns.get(param).map(|it| it.id.full());
    view! {
        <section class="sec">
            <h2>{title} <span class="sub" title=file>{by.say(lang)}</span></h2>
            <div class="tried">
                {chart::chart(report, judged, tried, &name, lang)}
                <div>
                    <DidYouTry param name />
                    <dl>{rows}</dl>
                    <p class="note">
                        <a href=link>{Words::AllExperiments.say(lang)}</a>
                    </p>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// "Did you try C = …": answers in words while the reader types.
#[component]
fn DidYouTry(
    /// Index of the parameter.
    param: usize,
    /// What it is called.
    name: String,
) -> impl IntoView {
    let page = Page::get();
    let (typed, set_typed) = signal(String::new());
    let on_input = move |event| set_typed.set(event_target_value(&event));
    let answer = move || {
        let lang = page.lang.get();
        let typed = typed.get();
        if typed.trim().is_empty() {
            return view! { <span class="quiet">{Words::DidYouTryHelp.say(lang)}</span> }
                .into_any();
        }
        page.report.with(|report| {
            let metric = page.address.with(|address| address.get("metric"));
            let metric = metric.and_then(|name| report.find_column(&name));
            let judged = verdict::of_report(report, metric);
            let answer = judged.map(|it| tried::answer(report, &it, param, &typed));
            answer.map(|it| told(report, it, lang)).into_any()
        })
    };
    let label = move || Words::DidYouTry(name.clone()).say(page.lang.get());
    view! {
        <form class="tried-ask" on:submit=move |event| event.prevent_default()>
            <label for="tried-ask">{label}</label>
            <input
                id="tried-ask"
                autocomplete="off"
                inputmode="decimal"
                prop:value=typed
                on:input=on_input
            />
            <span role="status">{answer}</span>
        </form>
    }
}

fn told(report: &Report, answer: Answer, lang: Lang) -> AnyView {
    let found = match answer {
        Answer::Tried(found) => found,
        Answer::Nearest(below, above) => {
            return Words::No(below, above).say(lang).into_any();
        }
        Answer::No => return Words::NoWord.say(lang).into_any(),
    };
    let Some((revision, score)) = found.first().copied() else {
        return Words::NoWord.say(lang).into_any();
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
    view! {
        {Words::YesWord.say(lang)} " " <a href=href>{key}</a> ": " {rest.say(lang)}
    }
    .into_any()
}
