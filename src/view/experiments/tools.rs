use leptos::{ev, prelude::*};

use super::{
    asked::asked,
    chips::chips,
    columns::column_picker,
    export::{Sheet, copy_menu},
    filter::{filter_error, filter_field},
    groups::{group_choice, groups_sheet},
    state::NOBODY,
    view::Experiments,
};
use crate::{
    browser::markup::{CollectNodes as _, IntoNode, el, group},
    model::DeltaMode,
    words::{experiments::Experiments as T, picking::Picking as P},
};

/// Filter, what cells show, which columns, copying.
pub(super) fn tools(view: Experiments) -> impl IntoNode {
    let modes = [
        (DeltaMode::Value, None, T::Value),
        (DeltaMode::Absolute, Some("abs"), T::Difference),
        (DeltaMode::Relative, Some("rel"), T::Relative),
    ];
    let mode_button = move |(mode, key, name): (DeltaMode, Option<&'static str>, T)| {
        let is_on = move || (view.state.read().mode == mode).to_string();
        el("button")
            .attr("type", "button")
            .attr("aria-pressed", is_on)
            .on(ev::click, move |_| {
                view.go(|address| address.with("mode", key))
            })
            .child(move || view.say(name.clone()))
    };
    let copy_title = move || {
        let state = view.state.read();
        let n = state.selected.iter().filter(|it| **it != NOBODY).count();
        match n > 0 && state.group.is_none() {
            true => view.words(P::CopySelected(n)),
            false => view.say(T::CopyAs),
        }
    };
    group()
        .child(
            el("div")
                .class("tools xp-tools")
                .child(filter_field(view))
                .child(
                    el("div")
                        .class("seg")
                        .attr("role", "group")
                        .attr("aria-label", move || view.say(T::ShowAs))
                        .child(modes.map(mode_button).collect_nodes()),
                )
                .child(column_picker(view))
                .child(group_choice(view))
                .child(copy_menu(copy_title, move || {
                    let lang = view.page.lang.get_untracked();
                    let (selected, mode) = view
                        .state
                        .with_untracked(|it| (it.selected.clone(), it.mode));
                    groups_sheet(view, lang).unwrap_or_else(|| {
                        Sheet::of_grid(&view.grid.get_untracked(), &selected, mode, lang)
                    })
                })),
        )
        .child(filter_error(view))
        .child(
            el("div")
                .class("xp-line")
                .child(chips(view))
                .child(asked(view)),
        )
}

/// How many digits metrics have. Where fewer would make different values look alike, there are more,
/// or it is said below the table.
pub(super) fn digits_choice(view: Experiments) -> impl IntoNode {
    move || {
        let now = view.state.read().digits;
        let option = |n: usize| {
            el("option")
                .attr("value", n)
                .attr("selected", now == Some(n))
                .child(n)
        };
        let on_change = move |event| {
            let value = event_target_value(&event);
            view.go(|address| address.with("digits", Some(&value)));
        };
        el("label")
            .class("field xp-group-by")
            .child(view.words(P::Digits))
            .child(
                el("select")
                    .on(ev::change, on_change)
                    .child(
                        el("option")
                            .attr("value", "")
                            .attr("selected", now.is_none())
                            .child(view.words(P::AsNeeded)),
                    )
                    .child([1, 2, 3, 4, 5, 6, 8].map(option).collect_nodes()),
            )
    }
}
