use leptos::{ev, prelude::*};

use super::{
    choose::Confusion,
    field::{choice, menu},
    question::{NO_SEPARATOR, Question},
};
use crate::{
    analysis::groups::Group,
    browser::markup::{CollectNodes as _, IntoNode, Memo, Node, el, group, show},
    words::confusion::{ConfusionWords, shown_label},
};

/// The most groups that are listed.
const MAX_LISTED: usize = 200;

/// Which groups of classes are closed, and what makes groups.
pub fn groups(
    // What the address asks.
    question: Memo<Question>,
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    // Another order or scale leaves the list as it is.
    let basis = Memo::new(move |_| Some(at.shown.get()?.basis().clone()));
    let closed = Memo::new(move |_| question.with(|it| it.basis.closed.clone()));
    let list = move || {
        let (shown, closed) = (basis.get()?, closed.get());
        let all = &shown.groups.all;
        if all.is_empty() {
            let words = at.say(ConfusionWords::NoGroups);
            return Some(el("p").class("note").child(words).into_node());
        }
        let item = |of: &Group| item(of, closed.contains(&of.path), at);
        let n = all.len();
        let cut = (n > MAX_LISTED).then(|| {
            let words = at.say(ConfusionWords::GroupsCut(MAX_LISTED, n));
            el("li").class("note").child(words)
        });
        let items = all.iter().take(MAX_LISTED).map(item).collect_nodes();
        Some(el("ul").child(items).child(cut).into_node())
    };
    let close_all = move |_| {
        let Some(shown) = at.shown.get_untracked() else {
            return;
        };
        let outer = shown.groups.all.iter().filter(|it| it.parent.is_none());
        let paths: Vec<&str> = outer.map(|it| it.path.as_str()).collect();
        at.change(|address| address.with_list("groups", &paths));
    };
    let button = move |label: ConfusionWords| {
        el("button")
            .attr("type", "button")
            .class("plain")
            .child(at.text(label))
    };
    let has_groups =
        move || basis.with(|it| it.as_ref().is_some_and(|it| !it.groups.all.is_empty()));
    let all_of_them = move || {
        group()
            .child(button(ConfusionWords::CloseAll).on(ev::click, close_all))
            .child(button(ConfusionWords::OpenAll).on(ev::click, move |_| at.set("groups", "")))
    };
    let body = group()
        .child(separator(at))
        .child(list)
        .child(show(has_groups, all_of_them));
    menu("matrix-groups", at.text(ConfusionWords::Groups), body)
}

fn item(group: &Group, is_closed: bool, at: Confusion) -> Node {
    let name = ConfusionWords::GroupOf(shown_label(&group.name), group.classes.len());
    let path = group.path.clone();
    let toggle = move |_| {
        at.change(|address| {
            let mut closed = address.list("groups");
            match closed.iter().position(|it| *it == path) {
                Some(place) => drop(closed.remove(place)),
                None => closed.push(path.clone()),
            }
            closed.sort();
            address.with_list("groups", &closed)
        });
    };
    el("li")
        .attr("style", format!("padding-left:{}px", 16 * group.depth))
        .child(
            el("button")
                .attr("type", "button")
                .class("plain")
                .attr("aria-expanded", (!is_closed).to_string())
                .on(ev::click, toggle)
                .child(if is_closed { "▸ " } else { "▾ " })
                .child(at.say(name)),
        )
        .into_node()
}

/// What labels are split by.
fn separator(at: Confusion) -> impl IntoNode {
    let options = Signal::derive(move || {
        let none = (NO_SEPARATOR.to_owned(), at.say(ConfusionWords::NoSeparator));
        let shown = at.shown.get();
        let known = shown.map(|it| it.separators.clone()).unwrap_or_default();
        let known = known.into_iter().map(|it| (it.to_owned(), it.to_owned()));
        std::iter::once(none).chain(known).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        let shown = at.shown.get();
        let separator = shown.map(|it| it.groups.separator.clone());
        match separator.unwrap_or_default().as_str() {
            "" => NO_SEPARATOR.to_owned(),
            separator => separator.to_owned(),
        }
    });
    choice(
        at.text(ConfusionWords::Separator),
        options,
        value,
        Callback::new(move |it: String| {
            at.change(|address| address.with("sep", Some(&it)).with("groups", None));
        }),
    )
}
