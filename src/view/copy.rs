use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::{Page, links::shared_address, session::Session};
use crate::{browser, summary::verdict_sentence, words::shell::Shell};

/// Copies the address of the view as it stands.
#[component]
pub fn CopyLink() -> impl IntoView {
    let page = Page::get();
    let session = Session::get();
    let text = move || address(page, session);
    view! { <CopyButton label=Shell::CopyLink class="btn" text /> }
}

/// Copies one sentence with the numbers and the link to this view, as Markdown.
#[component]
pub fn CopyForDiscussion() -> impl IntoView {
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
        let name = page.say(&super::header::view_name(page.address.read().view));
        format!("{sentence} ([{name}]({}))", address(page, session))
            .trim()
            .to_owned()
    };
    view! { <CopyButton label=Shell::CopyForDiscussion class="btn copy-talk" text /> }
}

fn address(page: Page, session: Session) -> String {
    let is_published = session.n_files_read.get_untracked().is_none();
    let report = page.report.get_untracked();
    let address = page.address.get_untracked();
    shared_address(&report.origin, is_published, &address)
}

/// A button that copies a text, says so, and shows the text where the browser refuses.
#[component]
fn CopyButton(
    /// What it says.
    label: Shell,
    /// Its classes.
    class: &'static str,
    /// What it copies, asked for when it is pressed.
    text: impl Fn() -> String + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let page = Page::get();
    let is_copied = RwSignal::new(false);
    let by_hand = RwSignal::new(None::<String>);
    let on_click = move |_| {
        let text = untrack(text);
        spawn_local(async move {
            if browser::copy(&text).await {
                is_copied.try_set(true);
                by_hand.try_set(None);
                set_timeout(
                    move || {
                        is_copied.try_set(false);
                    },
                    Duration::from_secs(2),
                );
            } else {
                by_hand.try_set(Some(text));
            }
        });
    };
    let words = label.clone();
    view! {
        <span class="copy">
            <button class=class type="button" on:click=on_click>
                <span class="copy-label">{move || page.say(&words)}</span>
            </button>
            <span class="vh" role="status">
                {move || is_copied.get().then(|| page.say(&Shell::Copied))}
            </span>
            {move || is_copied.get().then(|| view! { <span class="copy-done" aria-hidden="true">{page.say(&Shell::Copied)}</span> })}
            {move || by_hand.get().map(|text| view! {
                <label class="copy-by-hand panel">
                    {page.say(&Shell::CopyByHand)}
                    <input type="text" readonly prop:value=text.clone() value=text />
                    <button class="plain" type="button" on:click=move |_| by_hand.set(None)>
                        {page.say(&Shell::Close)}
                    </button>
                </label>
            })}
        </span>
    }
}
