use leptos::prelude::*;

use crate::{
    model::{Report, Shared},
    route::Address,
    summary::verdict_sentence,
    view::App,
};

/// The page's first view as HTML, by its own components, and the verdict's sentence.
pub fn overview(report: &Report) -> (String, String) {
    let lang = report.settings.lang.unwrap_or_default();
    let verdict = report.verdict.as_ref();
    let sentence = verdict.map(|it| verdict_sentence(report, it, lang));
    let shared = Shared::new(report.clone());
    let owner = Owner::new();
    let html = owner
        .with(|| view! { <App report=Some(shared) address=Address::default() lang /> }.to_html());
    owner.cleanup();
    (html, sentence.unwrap_or_default())
}
