use leptos::prelude::*;

use super::{
    Page,
    keys::open_keys,
    session::{Session, Stage},
};
use crate::words::shell::Shell;

/// What stands below every view.
#[component]
pub fn Footer() -> impl IntoView {
    let page = Page::get();
    let session = Session::get();
    let is_shown = move || session.stage.get() == Stage::Shown;
    let made_by = move || {
        page.say(&Shell::MadeBy {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            n_files: page.report.with(|report| report.artifacts.len()),
        })
    };
    view! {
        <footer class="foot">
            <div class="wrap">
                <Show when=is_shown>
                    <span>{made_by}</span>
                    {move || digest(page)}
                </Show>
                <button class="plain" type="button" on:click=move |_| open_keys()>
                    <kbd aria-hidden="true">"?"</kbd>
                    " "
                    {move || page.say(&Shell::Keys)}
                </button>
            </div>
        </footer>
    }
}

/// The verdict's digest, with a dot in its middle: it is compared by eye with the comment's.
fn digest(page: Page) -> Option<impl IntoView> {
    let report = page.report.get();
    let digest = report.verdict.as_ref()?.digest.clone();
    let (first, last) = digest.split_at_checked(4)?;
    let label = report.origin.discussion.as_ref().map(|it| it.label.clone());
    let text = page.say(&Shell::SameDigest(label));
    let code = format!("{first}·{last}");
    Some(view! {
        <span>
            {text} " " <code id="digest" data-digest=digest>
                {code}
            </code>
        </span>
    })
}
