use crate::{
    model::{Lang, Report, Shared, SiteIndex},
    route::Address,
    summary::verdict_sentence,
    view,
};

/// The page's first view as HTML, by its own parts, and the verdict's sentence.
pub fn overview(report: &Report) -> (String, String) {
    let lang = report.settings.lang.unwrap_or_default();
    let verdict = report.verdict.as_ref();
    let sentence = verdict.map(|it| verdict_sentence(report, it, lang));
    let html = view::html(Shared::new(report.clone()), Address::default(), lang);
    (html, sentence.unwrap_or_default())
}

/// The front page of a site as HTML; `root` leads to the root of the site.
pub fn site(index: &SiteIndex, root: &str, lang: Lang) -> String {
    view::site_html(Shared::new(index.clone()), root, lang)
}
