use leptos::{prelude::*, task::spawn_local};

use super::{
    Page,
    problem_card::problem_cards,
    session::{Session, Stage},
};
use crate::{
    browser,
    browser::markup::{IntoNode, el, group, show},
    model::{NoticeKind, distance},
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
                    has_no_worker(page).then(|| {
                        el("p")
                            .class("remark")
                            .attr("role", "note")
                            .attr("data-notice", "no-worker")
                            .child(page.say(&NoticeKind::NoWorker))
                    })
                })
        }))
}

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
            let nearest = nearest_view(&name);
            let text = page.say(&super::header::view_name(nearest));
            let href = Address::new(nearest).to_fragment();
            el("p")
                .class("remark")
                .attr("role", "status")
                .child(page.say(&Shell::NoSuchView(name)))
                .child(" ")
                .child(
                    el("a")
                        .attr("href", href)
                        .child(page.say(&Shell::OpenInstead(text))),
                )
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

fn has_no_worker(page: Page) -> bool {
    let is_it = |kind: &NoticeKind| *kind == NoticeKind::NoWorker;
    page.report
        .with(|report| report.notices.iter().any(|notice| is_it(&notice.kind)))
}

/// The view whose name is most like a given one.
fn nearest_view(name: &str) -> View {
    View::ALL
        .into_iter()
        .min_by_key(|view| distance(name, view.name()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_view_is_offered() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "plots"), 5);
        for (name, view) in [
            ("experiment", View::Experiments),
            ("matrix-confusion", View::Confusion),
            ("Plot", View::Plots),
            ("file", View::Files),
        ] {
            assert_eq!(nearest_view(name), view, "{name}");
        }
    }
}
