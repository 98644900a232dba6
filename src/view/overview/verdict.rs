use leptos::{either::Either, prelude::*};

use crate::{
    analysis::verdict,
    model::{Evidence, Lang, Notice, NoticeKind, Outcome, Report, Verdict},
    route::{Address, View},
    summary,
    words::{
        Say as _,
        judged::Around,
        metric::{capitalised, metric_name},
        verdict::Answer,
    },
};

/// The question, the answer, and how it is decided.
pub(super) fn answer(
    report: &Report,
    judged: Option<&Verdict>,
    address: &Address,
    lang: Lang,
) -> AnyView {
    let outcome = judged.map_or(Outcome::Unknown, |it| it.outcome);
    let sentence = match judged {
        Some(judged) => summary::verdict_sentence(report, judged, lang),
        None => Answer::NothingToJudge.say(lang),
    };
    let (sign, class) = match outcome {
        Outcome::Improved => ("▲", "verdict-state better"),
        Outcome::Worse => ("▼", "verdict-state worse"),
        Outcome::NoClearChange => ("≈", "verdict-state"),
        Outcome::Mixed => ("▲▼", "verdict-state"),
        Outcome::NotComparable => ("≠", "verdict-state"),
        Outcome::Unknown => ("?", "verdict-state"),
    };
    let judged_by = judged.and_then(|it| summary::judged_by(report, it, lang));
    let judged_by = judged_by.map(|it| view! { <span>{it.say(lang)}</span> });
    let how = judged.filter(|it| it.current_value.is_some());
    let how = how.map(|it| how_decided(report, it, lang));
    let requested = requested(report, judged, address, lang);
    view! {
        <section class="verdict" id="verdict" role="status" data-verdict=outcome.code()>
            <h1>
                <span class="verdict-ask">{Around::Question.say(lang)} " "</span>
                {sentence}
            </h1>
            <div class="verdict-tag">
                <span class=class>
                    <span aria-hidden="true">{sign}</span>
                    {Around::Pill(outcome).say(lang)}
                </span>
                {judged_by}
            </div>
            {requested}
        </section>
        {how}
    }
    .into_any()
}

fn how_decided(report: &Report, judged: &Verdict, lang: Lang) -> AnyView {
    let metric = capitalised(&metric_name(report, judged.metric, lang));
    let mut lines = vec![
        Around::HowMetric {
            metric,
            is_chosen: judged.metric_is_chosen,
        },
        Around::HowDirection(judged.direction),
    ];
    match judged.evidence {
        Evidence::McNemar { .. } => lines.extend([Around::HowTest, Around::HowInterval]),
        Evidence::Counts(_) | Evidence::None => lines.push(Around::HowNoTest),
    }
    let lines = lines.into_iter();
    let lines = lines
        .map(|line| view! { <p>{line.say(lang)}</p> })
        .collect_view();
    view! {
        <details class="verdict-how">
            <summary>{Around::How.say(lang)}</summary>
            {lines}
        </details>
    }
    .into_any()
}

/// Another metric than the report's own is judged by, or the address names one that is gone.
fn requested(
    report: &Report,
    judged: Option<&Verdict>,
    address: &Address,
    lang: Lang,
) -> Option<impl IntoView + use<>> {
    let asked = address.get("metric")?;
    let own = report.verdict.as_ref().and_then(|it| it.metric);
    let back = Address::new(View::Overview).to_fragment();
    let Some(column) = report.find_column(&asked) else {
        let gone = Notice {
            kind: NoticeKind::Gone {
                what: asked,
                nearest: judged.map(|it| metric_name(report, it.metric, lang)),
            },
            place: None,
        };
        let text = gone.kind.say(lang);
        return Some(Either::Left(view! { <p class="note">{text}</p> }));
    };
    if own == Some(column) {
        return None;
    }
    let default = verdict::of_report(report, None)?;
    let default = metric_name(report, default.metric, lang);
    Some(Either::Right(view! {
        <p class="note">
            {Around::JudgedByRequest.say(lang)} " "
            <a href=back>{Around::JudgeByDefault(default).say(lang)}</a>
        </p>
    }))
}
