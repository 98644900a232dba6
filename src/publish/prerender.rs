use leptos::prelude::*;

use crate::{
    model::{Report, Shared},
    route::Address,
    summary::verdict_sentence,
    view::{OverviewView, Page},
};

/// The first view as HTML, from the page's own components, and the verdict's sentence.
pub fn overview(report: &Report) -> (String, String) {
    let lang = report.settings.lang.unwrap_or_default();
    let sentence = report
        .verdict
        .as_ref()
        .map(|it| verdict_sentence(report, it, lang));
    let report = Shared::new(report.clone());
    let owner = Owner::new();
    let html = owner.with(|| {
        Page::provide(report, Address::default(), lang);
        view! { <OverviewView /> }.to_html()
    });
    owner.cleanup();
    (html, sentence.unwrap_or_default())
}
