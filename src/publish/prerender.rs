use leptos::prelude::Owner;

use crate::{
    browser::markup::to_html,
    model::{Report, Shared},
    route::Address,
    summary::verdict_sentence,
    view::app,
};

/// The page's first view as HTML, by its own components, and the verdict's sentence.
pub fn overview(report: &Report) -> (String, String) {
    let lang = report.settings.lang.unwrap_or_default();
    let verdict = report.verdict.as_ref();
    let sentence = verdict.map(|it| verdict_sentence(report, it, lang));
    let shared = Shared::new(report.clone());
    let owner = Owner::new();
    let html = owner.with(|| {
        to_html(app(
            Some(shared),
            Vec::new(),
            None,
            Address::default(),
            lang,
        ))
    });
    owner.cleanup();
    (html, sentence.unwrap_or_default())
}
