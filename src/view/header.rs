use leptos::{ev, prelude::*};

use super::{
    Page,
    copy::{copy_for_discussion, copy_link},
    links::{commit_address, web_address},
    session::{Session, Stage},
    site::Front,
};
use crate::{
    browser,
    browser::markup::{CollectNodes as _, IntoNode, el, group, show},
    model::Lang,
    route::{Address, View},
    summary,
    view::dot::{dot_base, dot_now},
    words::{date::moment, shell::Shell, verdict::Baseline},
};

/// What stands above every view.
pub fn header() -> impl IntoNode {
    let session = Session::get();
    let is_shown = move || session.stage.get() == Stage::Shown;
    el("header")
        .child(bar())
        .child(meta())
        .child(show(is_shown, tabs))
}

/// The mark, what this is about, and what to do with it.
fn bar() -> impl IntoNode {
    let page = Page::get();
    let session = Session::get();
    let repository = move || page.report.with(|report| report.origin.repository.clone());
    let is_shown = move || session.stage.get() == Stage::Shown;
    el("div").class("bar").child(
        el("div")
            .class("wrap")
            .child(
                el("a")
                    .class("brand")
                    .attr("href", "#/overview")
                    .child(
                        el("svg")
                            .attr("width", "26")
                            .attr("height", "14")
                            .attr("viewBox", "0 0 26 14")
                            .attr("aria-hidden", "true")
                            .child(
                                el("circle")
                                    .class("brand-base")
                                    .attr("cx", "7")
                                    .attr("cy", "7")
                                    .attr("r", "5.5"),
                            )
                            .child(
                                el("circle")
                                    .class("dot-now")
                                    .attr("cx", "19")
                                    .attr("cy", "7")
                                    .attr("r", "6.5"),
                            ),
                    )
                    .child("careo"),
            )
            .child(
                el("div")
                    .class("title")
                    .child(el("span").class("quiet").child(repository))
                    .child(" ")
                    .child(el("b").child(move || title(page))),
            )
            .child(show(is_shown, move || {
                el("div")
                    .class("acts")
                    .child(copy_link())
                    .child(copy_for_discussion())
                    .child(discuss())
            })),
    )
}

/// The way back to the pull request.
fn discuss() -> impl IntoNode {
    let page = Page::get();
    move || {
        let discussion = page
            .report
            .with(|report| report.origin.discussion.clone())?;
        let url = web_address(&discussion.url)?.to_owned();
        let text = page.say(&Shell::DiscussOn(discussion.label));
        Some(
            el("a")
                .class("btn main")
                .attr("rel", "discussion noopener noreferrer")
                .attr("href", url)
                .child(text)
                .child(el("span").attr("aria-hidden", "true").child("↗")),
        )
    }
}

/// Commits, CI run, time; language and theme.
fn meta() -> impl IntoNode {
    let page = Page::get();
    let session = Session::get();
    let is_shown = move || session.stage.get() == Stage::Shown;
    el("div")
        .class("wrap meta")
        .child(show(is_shown, move || {
            group()
                .child(
                    el("span")
                        .class("ttl only-narrow")
                        .child(move || title(page)),
                )
                .child(move || current(page))
                .child(move || baseline(page))
                .child(move || run(page))
                .child(move || {
                    let made_at = page.report.with(|report| report.origin.made_at.clone())?;
                    let text = moment(&made_at, page.lang.get());
                    Some(el("time").attr("datetime", made_at).child(text))
                })
        }))
        .child(
            el("span")
                .class("end")
                .child(languages())
                .child(theme_switch()),
        )
}

fn languages() -> impl IntoNode {
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
        el("button")
            .class("plain")
            .attr("type", "button")
            .attr("lang", lang.code())
            .attr("aria-label", name)
            .attr("aria-pressed", move || is_on().to_string())
            .on(ev::click, on_click)
            .child(lang.code().to_ascii_uppercase())
    });
    el("span")
        .class("languages")
        .attr("role", "group")
        .attr("aria-label", move || page.say(&Shell::Language))
        .child(choices.collect_nodes())
}

fn theme_switch() -> impl IntoNode {
    let page = Page::get();
    let session = Session::get();
    let help = move || page.say(&Shell::ThemeHelp(!session.is_dark.get()));
    el("button")
        .class("plain")
        .attr("type", "button")
        .attr("id", "theme")
        .attr("aria-label", help)
        .on(ev::click, move |_| session.change_theme())
        .child(move || page.say(&Shell::Theme))
}

/// The views. Links, so that they can be opened beside each other; the keys 1–7 follow them.
fn tabs() -> impl IntoNode {
    let page = Page::get();
    let tabs = View::ALL.into_iter().enumerate().map(|(idx, view)| {
        let is_here = move || {
            page.address
                .with(|address| address.view == view && address.unknown_view.is_none())
        };
        el("li").child(
            el("a")
                .attr("id", tab_id(view))
                .attr("href", move || {
                    page.address
                        .with(|from| tab_address(from, view).to_fragment())
                })
                .attr("aria-current", move || is_here().then_some("page"))
                .child(move || page.say(&view_name(view)))
                .child(el("kbd").attr("aria-hidden", "true").child(idx + 1)),
        )
    });
    el("nav")
        .class("tabs")
        .attr("aria-label", move || page.say(&Shell::Views))
        .child(
            el("div").class("wrap").child(
                el("ul")
                    .child(tabs.collect_nodes())
                    .child(all_reports(page)),
            ),
        )
}

/// The way to the site's front page, where the report stands in a site.
fn all_reports(page: Page) -> Option<impl IntoNode> {
    let href = match use_context::<Front>() {
        Some(_) => Address::new(View::Site).to_fragment(),
        None => {
            let root = browser::root_attribute("data-root")?;
            format!("{root}{}", Address::new(View::Site).to_fragment())
        }
    };
    let link = el("a")
        .attr("href", href)
        .child(move || page.say(&view_name(View::Site)));
    Some(el("li").class("tabs-out").child(link))
}

/// The id of a view's tab.
pub(super) fn tab_id(view: View) -> String {
    format!("tab-{}", view.name())
}

/// Where a tab leads: the view as it starts, with the baseline and the runs that the reader chose,
/// each at the place that is its colour.
pub(super) fn tab_address(from: &Address, to: View) -> Address {
    if from.view == to && from.unknown_view.is_none() {
        return from.clone();
    }
    let base = from.get("base").filter(|_| to.keys().contains(&"base"));
    let key_of = |view: View| match view {
        View::Experiments => Some("sel"),
        View::Compare | View::Plots => Some("runs"),
        _ => None,
    };
    let address = Address::new(to).with("base", base.as_deref());
    match (key_of(from.view), key_of(to)) {
        (Some(key), Some(to)) => address.with_list(to, &from.places(key)),
        _ => address,
    }
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
        View::Site => Shell::Site,
    }
}

fn title(page: Page) -> Option<String> {
    page.report.with(|report| report.origin.title.clone())
}

fn current(page: Page) -> Option<impl IntoNode> {
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
    Some(
        el("span")
            .class("key")
            .child(dot_now())
            .child(el("span").child(label).child(" ").child(commit)),
    )
}

fn baseline(page: Page) -> Option<impl IntoNode> {
    let report = page.report.get();
    let revision = report.revisions.get(report.baseline?)?;
    let sha = revision.sha.clone();
    let name = match summary::called(revision) {
        // Its commit follows.
        Baseline::Named(_) => revision.name.clone().unwrap_or_default(),
        unnamed => unnamed.name(page.lang.get()),
    };
    let text = page.say(&Shell::Against(name));
    let commit = sha.map(|sha| commit_link(page, &sha));
    Some(
        el("span")
            .class("key")
            .child(dot_base())
            .child(el("span").child(text).child(" ").child(commit)),
    )
}

fn commit_link(page: Page, sha: &str) -> impl IntoNode + use<> {
    let short = sha.get(..7).unwrap_or(sha).to_owned();
    let href = page
        .report
        .with(|report| commit_address(&report.origin, sha));
    match href {
        Some(href) => el("a")
            .attr("href", href)
            .attr("rel", "noopener noreferrer nofollow")
            .child(el("code").child(short))
            .into_node(),
        None => el("code").child(short).into_node(),
    }
}

fn run(page: Page) -> Option<impl IntoNode> {
    let origin = page.report.with(|report| report.origin.clone());
    let text = match &origin.run {
        Some(run) => page.say(&Shell::CiRun(run.clone())),
        None if origin.run_url.is_some() => page.say(&Shell::CiRunUnnamed),
        None => return None,
    };
    Some(match origin.run_url.as_deref().and_then(web_address) {
        Some(url) => {
            let url = url.to_owned();
            el("a")
                .attr("href", url)
                .attr("rel", "noopener noreferrer nofollow")
                .child(text)
                .into_node()
        }
        None => el("span").child(text).into_node(),
    })
}
