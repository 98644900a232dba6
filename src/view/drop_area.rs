use leptos::{attr::custom::custom_attribute, html, prelude::*};

use super::{Page, session::Session};
use crate::{browser, words::shell::Shell};

/// What stands where there is no report: files and folders can be dropped or picked.
#[component]
pub fn DropArea() -> impl IntoView {
    let page = Page::get();
    view! {
        <section class="drop-area">
            <h1>{move || page.say(&Shell::DropTitle)}</h1>
            <p>{move || page.say(&Shell::DropHelp)}</p>
            <div class="drop-picks">
                <Pick id="pick-files" label=Shell::PickFiles is_folder=false />
                <Pick id="pick-folder" label=Shell::PickFolder is_folder=true />
            </div>
            <p class="quiet">{move || page.say(&Shell::DropPrivacy)}</p>
        </section>
    }
}

/// A file field that looks like a button.
#[component]
fn Pick(
    /// Its id.
    id: &'static str,
    /// What it says.
    label: Shell,
    /// Whether it takes a folder.
    is_folder: bool,
) -> impl IntoView {
    let page = Page::get();
    let session = Session::get();
    let field = NodeRef::<html::Input>::new();
    let on_change = move |_| {
        if let Some(field) = field.get_untracked() {
            session.read(page, browser::chosen_files(&field));
        }
    };
    let folder = custom_attribute("webkitdirectory", is_folder);
    view! {
        <span class="pick">
            <input
                {..folder}
                class="vh"
                type="file"
                id=id
                node_ref=field
                multiple=!is_folder
                on:change=on_change
            />
            <label class=if is_folder { "btn" } else { "btn main" } for=id>
                {move || page.say(&label)}
            </label>
        </span>
    }
}

/// Takes what is dropped anywhere on the page, and says so while something is over it.
#[component]
pub fn DropCurtain() -> impl IntoView {
    let page = Page::get();
    let session = Session::get();
    let is_over = RwSignal::new(false);
    browser::on_drop(
        move |over| {
            is_over.try_set(over);
        },
        move |files| session.read(page, files),
    );
    view! {
        <Show when=move || is_over.get()>
            <div class="drop-curtain" aria-hidden="true">
                <p>{move || page.say(&Shell::DropHere)}</p>
            </div>
        </Show>
    }
}
