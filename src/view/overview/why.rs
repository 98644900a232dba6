use leptos::prelude::*;

use crate::{
    model::{Lang, Report, Verdict},
    summary::{self, Reason},
    words::{Say as _, overview::Overview},
};

/// The reasons, the conclusion of each first.
pub(super) fn why(report: &Report, judged: &Verdict, lang: Lang) -> AnyView {
    let reasons = summary::reasons(report, judged, lang);
    if reasons.is_empty() {
        return ().into_any();
    }
    let reasons = reasons.into_iter();
    let reasons = reasons.map(|it| reason(it, lang)).collect_view();
    view! {
        <section class="sec">
            <h2>{Overview::Why.say(lang)}</h2>
            <ul class="why">{reasons}</ul>
        </section>
    }
    .into_any()
}

fn reason(reason: Reason, lang: Lang) -> AnyView {
    let code = reason.code.into_iter();
    let code = code
        .map(|it| view! { " " <code>{it}</code> })
        .collect_view();
    let pairs = reason.pairs.map(|(lost, won)| {
        view! {
            <div class="why-units">
                <span class="worse">{marks(lost, "▼")} {Overview::Lost(lost).say(lang)}</span>
                <span class="better">{marks(won, "▲")} {Overview::Won(won).say(lang)}</span>
            </div>
        }
    });
    view! {
        <li>
            <b>{reason.title}</b>
            <p>{reason.text} {code}</p>
            {pairs}
        </li>
    }
    .into_any()
}

/// One mark for each answer; beyond 40 the number alone has to do.
fn marks(n: u64, mark: &str) -> impl IntoView + use<> {
    let n = usize::try_from(n).ok().filter(|n| (1..=40).contains(n))?;
    Some(view! { <i aria-hidden="true">{mark.repeat(n)}</i> })
}
