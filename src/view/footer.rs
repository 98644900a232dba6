use crate::browser::markup::{IntoNode, el, group, show};
use leptos::{ev, prelude::*};

use super::{
    Page,
    keys::open_keys,
    session::{Session, Stage},
};
use crate::words::shell::Shell;

/// What stands below every view.
pub fn footer() -> impl IntoNode {
    let page = Page::get();
    let session = Session::get();
    let is_shown = move || session.stage.get() == Stage::Shown;
    let made_by = move || {
        page.say(&Shell::MadeBy {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            n_files: page.report.with(|report| report.artifacts.len()),
        })
    };
    el("footer").class("foot").child(
        el("div")
            .class("wrap")
            .child(show(is_shown, move || {
                group()
                    .child(el("span").child(made_by))
                    .child(move || digest(page))
            }))
            .child(
                el("button")
                    .class("plain")
                    .attr("type", "button")
                    .on(ev::click, move |_| open_keys())
                    .child(el("kbd").attr("aria-hidden", "true").child("?"))
                    .child(" ")
                    .child(move || page.say(&Shell::Keys)),
            ),
    )
}

/// The verdict's digest, with a dot in its middle: it is compared by eye with the comment's.
fn digest(page: Page) -> Option<impl IntoNode> {
    let report = page.report.get();
    let digest = report.verdict.as_ref()?.digest.clone();
    let (first, last) = digest.split_at_checked(4)?;
    let label = report.origin.discussion.as_ref().map(|it| it.label.clone());
    let text = page.say(&Shell::SameDigest(label));
    let code = format!("{first}·{last}");
    Some(
        el("span").child(text).child(" ").child(
            el("code")
                .attr("id", "digest")
                .attr("data-digest", digest)
                .child(code),
        ),
    )
}
