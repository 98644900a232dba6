use std::time::Duration;

use leptos::{ev, prelude::*, task::spawn_local};

use super::{Page, links::shared_address, session::Session};
use crate::{
    analysis::markdown::escape,
    browser,
    browser::markup::{IntoNode, RwSignal, el, show},
    route::Address,
    summary::verdict_sentence,
    words::shell::Shell,
};

/// Copies the address of the view as it stands; there is none of files that were dropped.
pub fn copy_link() -> impl IntoNode {
    let page = Page::get();
    let session = Session::get();
    let text = move || address(page, session).unwrap_or_default();
    show(
        move || !session.is_local.get(),
        move || copy_button(Shell::CopyLink, "btn", text),
    )
}

/// Copies one sentence with the numbers and the link to this view, where there is one, as Markdown.
pub fn copy_for_discussion() -> impl IntoNode {
    let page = Page::get();
    let session = Session::get();
    let text = move || {
        let sentence = page.quote().unwrap_or_else(|| {
            let report = page.report.get_untracked();
            let verdict = report.verdict.as_ref();
            let sentence =
                verdict.map(|it| verdict_sentence(&report, it, page.lang.get_untracked()));
            sentence.unwrap_or_default()
        });
        let sentence = escape(&sentence);
        let Some(address) = address(page, session) else {
            return sentence;
        };
        let name = page.say(&super::header::view_name(page.address.read().view));
        format!("{sentence} ([{name}]({address}))")
            .trim()
            .to_owned()
    };
    copy_button(Shell::CopyForDiscussion, "btn copy-talk", text)
}

fn address(page: Page, session: Session) -> Option<String> {
    address_of(page, session, &page.address.get_untracked())
}

/// The address of a view for other people; of files that were dropped the page's own shows another
/// report, or none.
pub(super) fn address_of(page: Page, session: Session, address: &Address) -> Option<String> {
    if session.is_local.get_untracked() {
        return None;
    }
    let is_published = session.n_files_read.get_untracked().is_none();
    let report = page.report.get_untracked();
    Some(shared_address(&report.origin, is_published, address))
}

/// A button that copies a text, says so, and shows the text where the browser refuses.
fn copy_button(
    // What it says.
    label: Shell,
    // Its classes.
    class: &'static str,
    // What it copies, asked for when it is pressed.
    text: impl Fn() -> String + Copy + Send + Sync + 'static,
) -> impl IntoNode {
    let page = Page::get();
    let is_copied = RwSignal::new(false);
    let by_hand = RwSignal::new(None::<String>);
    let on_click = move |_| {
        let text = untrack(text);
        spawn_local(async move {
            if browser::copy(&text).await {
                is_copied.set(true);
                by_hand.set(None);
                set_timeout(
                    move || {
                        is_copied.set(false);
                    },
                    Duration::from_secs(2),
                );
            } else {
                by_hand.set(Some(text));
            }
        });
    };
    let words = label.clone();
    el("span")
        .class("copy")
        .child(
            el("button")
                .class(class)
                .attr("type", "button")
                .on(ev::click, on_click)
                .child(
                    el("span")
                        .class("copy-label")
                        .child(move || page.say(&words)),
                ),
        )
        .child(
            el("span")
                .class("vh")
                .attr("role", "status")
                .child(move || is_copied.get().then(|| page.say(&Shell::Copied))),
        )
        .child(move || {
            is_copied.get().then(|| {
                el("span")
                    .class("copy-done")
                    .attr("aria-hidden", "true")
                    .child(page.say(&Shell::Copied))
            })
        })
        .child(move || {
            by_hand.get().map(|text| {
                el("label")
                    .class("copy-by-hand panel")
                    .child(page.say(&Shell::CopyByHand))
                    .child(
                        el("input")
                            .attr("type", "text")
                            .attr("readonly", true)
                            .prop("value", text.clone())
                            .attr("value", text),
                    )
                    .child(
                        el("button")
                            .class("plain")
                            .attr("type", "button")
                            .on(ev::click, move |_| by_hand.set(None))
                            .child(page.say(&Shell::Close)),
                    )
            })
        })
}
