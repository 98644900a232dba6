mod baselines;
mod gates;
mod ledger;
mod mixups;
mod numbers;
mod tried;
mod verdict;
mod why;
mod worth;

pub(super) use self::tried::{not_understood, understood};
use leptos::prelude::*;
pub use verdict::verdict_sign;

use crate::{
    analysis,
    browser::markup::{IntoNode, Memo, Node, group},
    model::{Lang, Report, Verdict},
    route::Address,
    summary,
    view::Page,
};

/// The Overview: the question, the answer in one sentence, its reasons, the numbers, what was
/// tried, and what the model mixes up.
pub fn overview_view() -> impl IntoNode {
    let page = Page::get();
    let address = page.own_address();
    let judged = Memo::new(move |_| {
        page.report
            .with(|report| address.with(|address| judged(report, address)))
    });
    page.quotes(move || {
        let lang = page.lang.get_untracked();
        page.report.with_untracked(|report| {
            judged.with_untracked(|it| {
                it.as_ref()
                    .map(|it| summary::verdict_sentence(report, it, lang))
            })
        })
    });
    let part = move |draw: fn(&Report, &Verdict, Lang) -> Node| {
        move || {
            let lang = page.lang.get();
            page.report
                .with(|report| judged.with(|it| it.as_ref().map(|it| draw(report, it, lang))))
        }
    };
    let answer = move || {
        let lang = page.lang.get();
        page.report.with(|report| {
            let address = address.read();
            judged.with(|judged| verdict::answer(report, judged.as_ref(), &address, lang))
        })
    };
    group()
        .child(answer)
        .child(part(why::why))
        .child(part(numbers::numbers))
        .child(part(gates::gates))
        .child(part(baselines::other_baselines))
        .child(worth::what_it_is_worth(address, judged))
        .child(tried::what_was_tried(judged))
        .child(part(mixups::mix_ups))
}

/// The verdict on show: by the metric of the address where it names one that exists.
fn judged(report: &Report, address: &Address) -> Option<Verdict> {
    let metric = address.get("metric");
    let metric = metric.and_then(|name| report.find_column(&name));
    analysis::verdict::of_report(report, metric)
}

#[cfg(all(test, feature = "cli"))]
mod tests;
