use leptos::{ev, prelude::*};

use super::{
    Page,
    compare::compare_view,
    confusion::confusion_view,
    drop_area::drop_area,
    drop_area::drop_curtain,
    experiments::experiments_view,
    files::files_view,
    footer::footer,
    header::{header, view_name},
    keys::key_sheet,
    keys::on_key,
    notes::notes,
    overview::overview_view,
    plots::plots_view,
    report::report_view,
    session::Session,
    session::Stage,
    site::Front,
    site::site_view,
};
use crate::{
    browser,
    browser::markup::{IntoNode, Memo, effect, el, later},
    model::{Lang, Problem, Report, Shared},
    route::{Address, View},
    summary::verdict_sentence,
    words::{Say as _, shell::Shell},
};

/// The whole page: what stands around the views, and the view that the address names.
pub fn app(
    // The report, when there is one.
    report: Option<Shared<Report>>,
    // What failed on the way to it.
    problems: Vec<Problem>,
    // How many files the page read itself; `None` when the report is as published.
    n_files_read: Option<usize>,
    // The front page of a site, when this is one.
    front: Option<Front>,
    // The address at the start.
    address: Address,
    // The language at the start.
    lang: Lang,
) -> impl IntoNode {
    let has_report = report.is_some();
    let report = report.unwrap_or_else(|| {
        let mut report = Report::default();
        if let Some(front) = &front {
            report.origin.repository.clone_from(&front.index.repository);
        }
        Shared::new(report)
    });
    let page = Page::provide(report, address, lang);
    let session = Session::provide(has_report, problems, n_files_read);
    let has_front = front.is_some();
    if let Some(front) = front {
        provide_context(front);
    }
    browser::on_fragment_change(move |fragment| page.follow(Address::parse(&fragment)));
    session.follow_theme();
    tell_the_document(page, session, has_front);

    let skip = move |event: leptos::ev::MouseEvent| {
        // The fragment is the address of the view; a jump must not overwrite it.
        event.prevent_default();
        browser::focus("content");
    };
    el("div")
        .class("page")
        .on(ev::keydown, move |event| on_key(page, &event))
        .on(ev::pointerdown, |event| {
            browser::close_menu(&event, false);
        })
        .child(
            el("a")
                .class("skip btn")
                .attr("href", "#content")
                .on(ev::click, skip)
                .child(move || page.say(&Shell::SkipToContent)),
        )
        .child(header())
        .child(
            el("main")
                .attr("id", "content")
                .class("wrap")
                .attr("tabindex", "-1")
                .child(notes())
                .child(content()),
        )
        .child(footer())
        // No use without the program.
        .child(browser::has_document().then(|| later(key_sheet)))
        .child(drop_curtain())
}

/// The page as HTML, as it is at first.
#[cfg(not(target_arch = "wasm32"))]
pub fn html(report: Shared<Report>, address: Address, lang: Lang) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        let page = app(Some(report), Vec::new(), None, None, address, lang);
        crate::browser::markup::to_html(page)
    });
    owner.cleanup();
    html
}

/// The front page of a site as HTML, as it is at first; `root` leads from it to the site's root.
#[cfg(not(target_arch = "wasm32"))]
pub fn site_html(index: Shared<crate::model::SiteIndex>, root: &str, lang: Lang) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        let front = Front {
            index,
            root: root.to_owned(),
        };
        let address = Address::new(View::Site);
        let page = app(None, Vec::new(), None, Some(front), address, lang);
        crate::browser::markup::to_html(page)
    });
    owner.cleanup();
    html
}

/// The view, or what stands in its place.
fn content() -> impl IntoNode {
    let page = Page::get();
    let session = Session::get();
    let view = Memo::new(move |_| page.address.with(|address| address.view));
    let has_front = use_context::<Front>().is_some();
    move || match session.stage.get() {
        Stage::Empty if has_front => site_view().into_node(),
        Stage::Empty => drop_area().into_node(),
        Stage::Reading { n_files, .. } => el("p")
            .class("reading")
            .attr("role", "status")
            .child(move || page.say(&Shell::Reading { n_files }))
            .into_node(),
        Stage::Shown => {
            // Another report is another page: views may count on theirs.
            page.report.track();
            page.forget_quote();
            match view.get() {
                View::Overview => overview_view().into_node(),
                View::Compare => compare_view().into_node(),
                View::Experiments => experiments_view().into_node(),
                View::Confusion => confusion_view().into_node(),
                View::Plots => plots_view().into_node(),
                View::Report => report_view().into_node(),
                View::Files => files_view().into_node(),
                View::Site => site_view().into_node(),
            }
        }
    }
}

/// Keeps what lies outside of the app up to date: language, title and state of the document.
fn tell_the_document(page: Page, session: Session, has_front: bool) {
    effect(move || {
        let lang = page.lang.get();
        browser::set_root_attribute("lang", Some(lang.code()));
    });
    effect(move || {
        let is_shown = session.stage.get() == Stage::Shown;
        let lang = page.lang.get();
        let title = page.report.with(|report| title(report, lang));
        let title = match page.address.with(|address| address.view) {
            View::Overview => title,
            view => format!("{} · {title}", page.say(&view_name(view))),
        };
        match is_shown {
            true => browser::set_title(&title),
            // That of the front page stands in it already.
            false if has_front => {}
            false => browser::set_title("careo"),
        }
    });
    Effect::new(move |before: Option<View>| {
        let view = page.address.with(|address| address.view);
        if before.is_some_and(|before| before != view) {
            browser::scroll_to_top();
        }
        view
    });
    effect(move || {
        let has_problems = session.problems.with(|problems| !problems.is_empty());
        let state = match session.stage.get() {
            Stage::Reading { .. } => "loading",
            Stage::Empty if has_problems && !has_front => "error",
            Stage::Empty | Stage::Shown => "ready",
        };
        browser::set_root_attribute("data-state", Some(state));
    });
}

/// The document's title: the verdict's sentence, where there is one.
pub fn title(report: &Report, lang: Lang) -> String {
    if let Some(verdict) = &report.verdict {
        return verdict_sentence(report, verdict, lang);
    }
    let origin = &report.origin;
    let title = origin.title.clone().or_else(|| origin.repository.clone());
    let title = title.unwrap_or_else(|| Shell::Title.say(lang));
    format!("{title} · careo")
}
