use leptos::ev;

use super::{Page, session::Session};
use crate::{
    browser,
    browser::markup::{ElementRef, IntoNode, RwSignal, el, show},
    words::shell::Shell,
};

/// What stands where there is no report: files and folders can be dropped or picked.
pub fn drop_area() -> impl IntoNode {
    let page = Page::get();
    el("section")
        .class("drop-area")
        .child(el("h1").child(move || page.say(&Shell::DropTitle)))
        .child(el("p").child(move || page.say(&Shell::DropHelp)))
        .child(
            el("div")
                .class("drop-picks")
                .child(pick("pick-files", Shell::PickFiles, false))
                .child(pick("pick-folder", Shell::PickFolder, true)),
        )
        .child(
            el("p")
                .class("quiet")
                .child(move || page.say(&Shell::DropPrivacy)),
        )
}

/// A file field that looks like a button.
fn pick(
    // Its id.
    id: &'static str,
    // What it says.
    label: Shell,
    // Whether it takes a folder.
    is_folder: bool,
) -> impl IntoNode {
    let page = Page::get();
    let session = Session::get();
    let field = ElementRef::new();
    let on_change = move |_| {
        if let Some(field) = field.get_as() {
            session.read(page, browser::chosen_files(&field));
        }
    };
    el("span")
        .class("pick")
        .child(
            el("input")
                .attr("webkitdirectory", is_folder)
                .class("vh")
                .attr("type", "file")
                .attr("id", id)
                .refer(field)
                .attr("multiple", !is_folder)
                .on(ev::change, on_change),
        )
        .child(
            el("label")
                .class(if is_folder { "btn" } else { "btn main" })
                .attr("for", id)
                .child(move || page.say(&label)),
        )
}

/// Takes what is dropped anywhere on the page, and says so while something is over it.
pub fn drop_curtain() -> impl IntoNode {
    let page = Page::get();
    let session = Session::get();
    let is_over = RwSignal::new(false);
    browser::on_drop(
        move |over| {
            is_over.set(over);
        },
        move |files| session.read(page, files),
    );
    show(
        move || is_over.get(),
        move || {
            el("div")
                .class("drop-curtain")
                .attr("aria-hidden", "true")
                .child(el("p").child(move || page.say(&Shell::DropHere)))
        },
    )
}
