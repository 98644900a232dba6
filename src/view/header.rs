use leptos::prelude::*;

use super::{
    Page,
    copy::{CopyForDiscussion, CopyLink},
    links::{commit_address, web_address},
    session::{Session, Stage},
};
use crate::{
    browser,
    model::Lang,
    route::{Address, View},
    words::{date::moment, shell::Shell},
};

/// What stands above every view.
#[component]
pub fn Header() -> impl IntoView {
    let session = Session::get();
    let is_shown = move || session.stage.get() == Stage::Shown;
    view! {
        <header>
            <Bar />
            <Meta />
            <Show when=is_shown>
                <Tabs />
            </Show>
        </header>
    }
}

/// The mark, what this is about, and what to do with it.
#[component]
fn Bar() -> impl IntoView {
    let page = Page::get();
    let session = Session::get();
    let repository = move || page.report.with(|report| report.origin.repository.clone());
    let is_shown = move || session.stage.get() == Stage::Shown;
    view! {
        <div class="bar">
            <div class="wrap">
                <a class="brand" href="#/overview">
                    <svg width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">
                        <circle class="brand-base" cx="7" cy="7" r="5.5" />
                        <circle class="dot-now" cx="19" cy="7" r="6.5" />
                    </svg>
                    "careo"
                </a>
                <div class="title">
                    <span class="quiet">{repository}</span>
                    " "
                    <b>{move || title(page)}</b>
                </div>
                <Show when=is_shown>
                    <div class="acts">
                        <CopyLink />
                        <CopyForDiscussion />
                        <Discuss />
                    </div>
                </Show>
            </div>
        </div>
    }
}

/// The way back to the pull request.
#[component]
fn Discuss() -> impl IntoView {
    let page = Page::get();
    move || {
        let discussion = page
            .report
            .with(|report| report.origin.discussion.clone())?;
        let url = web_address(&discussion.url)?.to_owned();
        let text = page.say(&Shell::DiscussOn(discussion.label));
        Some(view! {
            <a class="btn main" rel="discussion noopener noreferrer" href=url>
                {text}
                <span aria-hidden="true">"↗"</span>
            </a>
        })
    }
}

/// Commits, CI run, time; language and theme.
#[component]
fn Meta() -> impl IntoView {
    let page = Page::get();
    let session = Session::get();
    let is_shown = move || session.stage.get() == Stage::Shown;
    view! {
        <div class="wrap meta">
            <Show when=is_shown>
                <span class="ttl only-narrow">{move || title(page)}</span>
                {move || current(page)}
                {move || baseline(page)}
                {move || run(page)}
                {move || {
                    let made_at = page.report.with(|report| report.origin.made_at.clone())?;
                    let text = moment(&made_at, page.lang.get());
                    Some(view! { <time datetime=made_at>{text}</time> })
                }}
            </Show>
            <span class="end">
                <Languages />
                <ThemeSwitch />
            </span>
        </div>
    }
}

#[component]
fn Languages() -> impl IntoView {
    let page = Page::get();
    let choices = Lang::ALL.map(|lang| {
        let is_on = move || page.lang.get() == lang;
        let name = match lang {
            // What is written on a control has to be in its name (WCAG 2.5.3).
            Lang::En => "EN: English",
            Lang::Es => "ES: Español",
        };
        let on_click = move |_| {
            browser::store("lang", Some(lang.code()));
            page.speak(lang);
        };
        view! {
            <button
                class="plain"
                type="button"
                lang=lang.code()
                aria-label=name
                aria-pressed=move || is_on().to_string()
                on:click=on_click
            >
                {lang.code().to_ascii_uppercase()}
            </button>
        }
    });
    view! {
        <span class="languages" role="group" aria-label=move || page.say(&Shell::Language)>
            {choices.collect_view()}
        </span>
    }
}

#[component]
fn ThemeSwitch() -> impl IntoView {
    let page = Page::get();
    let session = Session::get();
    let help = move || page.say(&Shell::ThemeHelp(!session.is_dark.get()));
    view! {
        <button
            class="plain"
            type="button"
            id="theme"
            aria-label=help
            on:click=move |_| session.change_theme()
        >
            {move || page.say(&Shell::Theme)}
        </button>
    }
}

/// The views. Links, so that they can be opened beside each other; the keys 1–7 follow them.
#[component]
fn Tabs() -> impl IntoView {
    let page = Page::get();
    let tabs = View::ALL.into_iter().enumerate().map(|(idx, view)| {
        let is_here = move || {
            page.address
                .with(|address| address.view == view && address.unknown_view.is_none())
        };
        view! {
            <li>
                <a
                    id=tab_id(view)
                    href=move || page.address.with(|from| tab_address(from, view).to_fragment())
                    aria-current=move || is_here().then_some("page")
                >
                    {move || page.say(&view_name(view))}
                    <kbd aria-hidden="true">{idx + 1}</kbd>
                </a>
            </li>
        }
    });
    view! {
        <nav class="tabs" aria-label=move || page.say(&Shell::Views)>
            <div class="wrap">
                <ul>{tabs.collect_view()}</ul>
            </div>
        </nav>
    }
}

/// The id of a view's tab.
pub(super) fn tab_id(view: View) -> String {
    format!("tab-{}", view.name())
}

/// Where a tab leads: the view as it starts, with the baseline that the reader chose.
pub(super) fn tab_address(from: &Address, to: View) -> Address {
    if from.view == to && from.unknown_view.is_none() {
        return from.clone();
    }
    let base = from.get("base").filter(|_| to.keys().contains(&"base"));
    Address::new(to).with("base", base.as_deref())
}

/// What a view is called.
pub(super) fn view_name(view: View) -> Shell {
    match view {
        View::Overview => Shell::Overview,
        View::Compare => Shell::Compare,
        View::Experiments => Shell::Experiments,
        View::Confusion => Shell::Confusion,
        View::Plots => Shell::Plots,
        View::Report => Shell::Report,
        View::Files => Shell::Files,
    }
}

fn title(page: Page) -> Option<String> {
    page.report.with(|report| report.origin.title.clone())
}

fn current(page: Page) -> Option<impl IntoView> {
    let report = page.report.get();
    let revision = report.current.and_then(|idx| report.revisions.get(idx));
    let branch = report.origin.branch.clone();
    let name = branch.or_else(|| revision?.name.clone());
    let sha = report.origin.commit.clone();
    let sha = sha.or_else(|| revision?.sha.clone());
    let label = match (&name, &sha, revision) {
        (None, None, None) => return None,
        (None, None, Some(revision)) => revision.label().to_owned(),
        (name, ..) => name.clone().unwrap_or_default(),
    };
    let commit = sha.map(|sha| commit_link(page, &sha));
    Some(view! {
        <span class="key">
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
                <circle class="dot-now" cx="6" cy="6" r="5" />
            </svg>
            <span>{label} " " {commit}</span>
        </span>
    })
}

fn baseline(page: Page) -> Option<impl IntoView> {
    let report = page.report.get();
    let revision = report.revisions.get(report.baseline?)?;
    let sha = revision.sha.clone();
    let text = page.say(&Shell::Against(revision.name.clone().unwrap_or_default()));
    let commit = sha.map(|sha| commit_link(page, &sha));
    Some(view! {
        <span class="key">
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
                <circle class="dot-base" cx="6" cy="6" r="4.5" />
            </svg>
            <span>{text} " " {commit}</span>
        </span>
    })
}

fn commit_link(page: Page, sha: &str) -> impl IntoView + use<> {
    let short = sha.get(..7).unwrap_or(sha).to_owned();
    let href = page
        .report
        .with(|report| commit_address(&report.origin, sha));
    match href {
        Some(href) => view! {
            <a href=href rel="noopener noreferrer nofollow">
                <code>{short}</code>
            </a>
        }
        .into_any(),
        None => view! { <code>{short}</code> }.into_any(),
    }
}

fn run(page: Page) -> Option<impl IntoView> {
    let origin = page.report.with(|report| report.origin.clone());
    let text = match &origin.run {
        Some(run) => page.say(&Shell::CiRun(run.clone())),
        None if origin.run_url.is_some() => page.say(&Shell::CiRunUnnamed),
        None => return None,
    };
    Some(match origin.run_url.as_deref().and_then(web_address) {
        Some(url) => {
            let url = url.to_owned();
            view! {
                <a href=url rel="noopener noreferrer nofollow">
                    {text}
                </a>
            }
            .into_any()
        }
        None => view! { <span>{text}</span> }.into_any(),
    })
}
