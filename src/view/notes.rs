use leptos::{prelude::*, task::spawn_local};

use super::{
    Page,
    code_text::code_text,
    header::view_name,
    problem_card::problem_cards,
    session::{Session, Stage},
};
use crate::{
    browser,
    browser::markup::{CollectNodes as _, IntoNode, RwSignal, el, group, show},
    model::{NoticeKind, nearest},
    route::{Address, View},
    words::{shell::Shell, site::Site},
};

/// What the reader should know before the view: what failed, what the address names in vain,
/// that the verdict was computed here.
pub fn notes() -> impl IntoNode {
    let page = Page::get();
    let session = Session::get();
    let problems = Signal::derive(move || {
        let mut problems = session.problems.get();
        if session.stage.get() == Stage::Shown {
            page.report
                .with(|report| problems.extend(report.problems.iter().cloned()));
        }
        problems
    });
    let is_shown = move || session.stage.get() == Stage::Shown;
    group()
        .child(problem_cards(problems))
        .child(move || {
            let notices = session.passed_over.get().into_iter().take(MOST_PASSED_OVER);
            let notes = notices.map(|it| {
                let path = it.place.map(|place| el("code").child(place.artifact));
                el("p")
                    .class("remark")
                    .attr("role", "note")
                    .child(path)
                    .child(" ")
                    .child(code_text(&page.say(&it.kind)))
            });
            notes.collect_nodes()
        })
        .child(show(is_shown, move || {
            group()
                .child(newer_note())
                .child(address_notes())
                .child(move || {
                    session.n_files_read.get().map(|n_files| {
                        el("p")
                            .class("remark")
                            .attr("role", "note")
                            .child(page.say(&Shell::ReadHere { n_files }))
                    })
                })
                .child(move || {
                    let on_all = page.report.with(|report| {
                        let kinds = report.notices.iter().map(|it| &it.kind);
                        kinds.filter_map(note_on_all).collect::<Vec<_>>()
                    });
                    let notes = on_all.into_iter().map(|(name, kind)| {
                        el("p")
                            .class("remark")
                            .attr("role", "note")
                            .attr("data-notice", name)
                            .child(code_text(&page.say(&kind)))
                    });
                    notes.collect_nodes()
                })
        }))
}

/// What is said of files in which there was nothing to show: the first of them.
const MOST_PASSED_OVER: usize = 20;

/// That the site has a newer report on the same: what is on show may be out of date.
fn newer_note() -> impl IntoNode {
    let page = Page::get();
    let session = Session::get();
    let has_newer = RwSignal::new(false);
    if browser::root_attribute("data-root").is_some() {
        spawn_local(async move { has_newer.set(browser::has_newer_report().await) });
    }
    let is_shown = move || has_newer.get() && session.n_files_read.get().is_none();
    show(is_shown, move || {
        // The same view of it.
        let href = move || format!("../{}", page.address.read().to_fragment());
        el("p")
            .class("remark")
            .attr("role", "status")
            .attr("data-notice", "newer-report")
            .child(move || page.say(&Site::NewerExists))
            .child(" ")
            .child(
                el("a")
                    .attr("href", href)
                    .child(move || page.say(&Site::OpenNewest)),
            )
    })
}

/// What in the address is not understood.
fn address_notes() -> impl IntoNode {
    let page = Page::get();
    let address = page.address;
    move || match address.with(|address| address.unknown_view.clone()) {
        Some(name) => {
            let title = |view: View| page.say(&view_name(view));
            let shown = address.with(|address| address.view);
            let nearest = nearest_view(&name, &title).filter(|it| *it != shown);
            let offer = nearest.map(|it| {
                let open = Shell::OpenInstead(title(it));
                el("a")
                    .attr("href", Address::new(it).to_fragment())
                    .child(page.say(&open))
            });
            let shown = title(shown);
            el("p")
                .class("remark")
                .attr("role", "status")
                .child(page.say(&Shell::NoSuchView { name, shown }))
                .child(" ")
                .child(offer)
                .into_node()
        }
        None => {
            let keys = address.with(Address::unknown_keys);
            let text =
                (!keys.is_empty()).then(|| page.say(&NoticeKind::UnknownAddressKeys { keys }));
            text.map(|text| el("p").class("remark").attr("role", "status").child(text))
                .into_node()
        }
    }
}

/// What is said of the whole report, above every view, with its name for tools.
fn note_on_all(kind: &NoticeKind) -> Option<(&'static str, NoticeKind)> {
    let name = match kind {
        NoticeKind::NoWorker => "no-worker",
        NoticeKind::RevisionFolders { .. } => "revision-folders",
        _ => return None,
    };
    Some((name, kind.clone()))
}

/// The view whose name, or title in the reader's language, is like a given one, if any is.
fn nearest_view(name: &str, title: &dyn Fn(View) -> String) -> Option<View> {
    let titles: Vec<(View, String)> = View::ALL.map(|view| (view, title(view))).into();
    let known = titles
        .iter()
        .flat_map(|it| [(it.0, it.0.name()), (it.0, it.1.as_str())]);
    let near = nearest(name, known.clone().map(|it| it.1));
    let lower = name.to_ascii_lowercase();
    known
        .clone()
        .find(|it| Some(it.1) == near)
        .or_else(|| known.clone().find(|it| lower.contains(it.1)))
        .map(|it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, Report, Shared};

    /// The note on an address, as HTML.
    fn note(fragment: &str, lang: Lang) -> String {
        let owner = Owner::new();
        owner.set();
        let html = owner.with(|| {
            let report = Shared::new(Report::default());
            Page::provide(report, Address::parse(fragment), lang);
            browser::markup::to_html(address_notes())
        });
        html.replace("<!>", "")
    }

    #[test]
    fn a_view_that_is_none_is_told_with_what_is_shown() {
        let html = note("#/nosuch", Lang::En);
        assert!(
            html.contains("no view “nosuch”; the page shows Overview instead."),
            "{html}"
        );
        assert!(!html.contains("<a"), "nothing is like it: {html}");
        let html = note("#/overveiw", Lang::Es);
        assert!(
            html.contains("«overveiw»; la página muestra Resumen."),
            "{html}"
        );
        assert!(!html.contains("<a"), "it is shown already: {html}");
        for (fragment, lang, href) in [
            ("#/experiment", Lang::En, "#/experiments"),
            ("#/matrix-confusion", Lang::En, "#/confusion"),
            ("#/Plot", Lang::Es, "#/plots"),
            ("#/file", Lang::En, "#/files"),
            ("#/comparar", Lang::Es, "#/compare"),
        ] {
            let html = note(fragment, lang);
            assert!(
                html.contains(&format!("href=\"{href}\"")),
                "{fragment}: {html}"
            );
        }
        assert!(!note("#/plots", Lang::En).contains("remark"));
    }
}
