use leptos::{ev, prelude::*};

use super::{list::reports, search::Search, trend::trends};
use crate::{
    browser,
    browser::markup::{IntoNode, Memo, el, group, show},
    model::{Shared, SiteIndex},
    route::{Address, View},
    view::Page,
    words::site::Site,
};

/// What the front page shows, and where the site's root is from there (`./`, `../`).
#[derive(Clone)]
pub struct Front {
    /// The index.
    pub index: Shared<SiteIndex>,
    /// Before every path of the site.
    pub root: String,
}

/// The front page; on a report's page, the way to it.
pub fn site_view() -> impl IntoNode {
    let page = Page::get();
    match use_context::<Front>() {
        Some(front) => front_view(page, front).into_node(),
        None => el("section")
            .class("site")
            .child(el("h1").child(move || page.say(&Site::Title)))
            .child(el("p").child(move || {
                match browser::root_attribute("data-root") {
                    Some(root) => el("a")
                        .attr("href", format!("{root}#/site"))
                        .child(page.say(&Site::AllReports))
                        .into_node(),
                    None => page.say(&Site::NoSite).into_node(),
                }
            }))
            .into_node(),
    }
}

fn front_view(page: Page, front: Front) -> impl IntoNode {
    let index = front.index.clone();
    let counts = Site::Counts {
        n_reports: index.n_reports as usize,
        n_pulls: index.n_pulls as usize,
    };
    let query = Memo::new(move |_| page.address.read().get("q").unwrap_or_default());
    let is_asked = move || query.with(|query| !query.trim().is_empty());
    let on_input = move |event: ev::Event| {
        let text = event_target_value(&event);
        page.replace(Address::new(View::Site).with("q", Some(&text)));
    };
    let search = Search::new(&front);
    let shown = front.clone();
    let found = front;
    el("section")
        .class("site")
        .child(
            el("div")
                .class("site-head")
                .child(
                    el("div")
                        .child(el("h1").child(move || page.say(&Site::Title)))
                        .child(el("p").class("quiet").child(move || page.say(&counts))),
                )
                .child(
                    el("div").attr("role", "search").child(
                        el("input")
                            .attr("type", "search")
                            .attr("id", "site-search")
                            .attr("autocomplete", "off")
                            .attr("spellcheck", "false")
                            .attr("aria-label", move || page.say(&Site::Search))
                            .attr("placeholder", move || page.say(&Site::Search))
                            .prop("value", move || query.get())
                            .on(ev::input, on_input),
                    ),
                ),
        )
        .child(show(is_asked, move || {
            search.found(page, found.clone(), query)
        }))
        .child(show(
            move || !is_asked(),
            move || {
                group()
                    .child(trends(page, &shown))
                    .child(pulls(page, &shown))
            },
        ))
}

fn pulls(page: Page, front: &Front) -> impl IntoNode + use<> {
    let n_more = (front.index.n_pulls as usize).saturating_sub(front.index.pulls.len());
    let front = front.clone();
    let is_empty = front.index.pulls.is_empty();
    el("section")
        .attr("id", "site-pulls")
        .child(el("h2").child(move || page.say(&Site::Pulls)))
        .child(move || match is_empty {
            true => el("p")
                .class("quiet")
                .child(page.say(&Site::NoPulls))
                .into_node(),
            false => {
                let title = page.say(&Site::Pulls);
                reports(&front.index.pulls, &front.root, title, page.lang.get()).into_node()
            }
        })
        .child(move || {
            (n_more > 0).then(|| {
                el("p")
                    .class("note")
                    .child(page.say(&Site::MorePulls(n_more)))
            })
        })
}
