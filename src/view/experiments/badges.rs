use leptos::{ev, prelude::*};

use super::{
    state::{NOBODY, with_pattern, with_sort},
    view::Experiments,
};
use crate::{
    analysis::{
        filter::{FieldName, Filter, Span},
        run_groups::GroupBy,
        table::SortBy,
    },
    browser::markup::{IntoNode, el, group},
    route::{Address, View},
    view::{gone::gone_lines, run_sign::N_SIGNS},
    words::{
        columns::Columns as C, experiments::Experiments as T, groups::Groups as W,
        picking::Picking as P,
    },
};

/// How many rows are shown, and why the others are not: each reason with its count and a way to
/// undo it. Empty where nothing is hidden.
pub(super) fn badges(view: Experiments) -> impl IntoNode {
    let n_shown = move || view.grid.get().n_shown();
    // Groups are counted above their table.
    let rows = move || {
        let is_grouped = view.state.read().group.is_some();
        let of = view.report().revisions.len();
        (!is_grouped).then(|| view.say(T::Rows(n_shown(), of)))
    };
    group()
        .child(
            el("div")
                .class("badges")
                .child(
                    el("output")
                        .attr("id", "count")
                        .attr("for", "filter")
                        .attr("data-count", move || n_shown().to_string())
                        .child(el("b").child(rows)),
                )
                .child(move || reasons(view)),
        )
        .child(move || gone(view))
}

fn reasons(view: Experiments) -> impl IntoNode + use<> {
    let grid = view.grid.get();
    let state = view.state.get();
    let n_rows = grid.report.revisions.len();
    let n_filtered = n_rows.saturating_sub(grid.table.n_matching);
    let change = move |message: T, button: T, change: fn(Address) -> Address| {
        badge(view.say(message), view.say(button), move || view.go(change))
    };
    let filter = (n_filtered > 0).then(|| {
        change(T::FilterHides(n_filtered), T::Clear, |it| {
            it.with("where", None)
        })
    });
    let n_folded = grid.table.n_collapsed;
    let folded = (n_folded > 0).then(|| {
        badge(
            view.say(T::Folded(n_folded)),
            view.say(T::Unfold),
            move || view.go(|it| it.with("folded", None)),
        )
    });
    let names = view.names();
    let sorted_by: Vec<String> = state
        .sort
        .iter()
        .map(|key| match key.by {
            SortBy::Name => view.say(T::Experiment),
            SortBy::State => view.say(T::State),
            SortBy::Created => view.say(T::Created),
            SortBy::Column(column) => match names.get(column) {
                Some(name) => name.clone(),
                None => view.words(C::Executor),
            },
        })
        .collect();
    let sorted = (!sorted_by.is_empty()).then(|| {
        badge(
            view.say(T::Sorted(sorted_by)),
            view.say(T::BackToTree),
            move || {
                let report = view.page.report.get_untracked();
                view.go(|address| with_sort(address, &report, &[]));
            },
        )
    });
    let grouped = state.group.map(|by| {
        let (GroupBy::Param(column) | GroupBy::AllBut(column)) = by;
        let name = names.get(column).cloned().unwrap_or_default();
        let name = match by {
            GroupBy::Param(_) => name,
            GroupBy::AllBut(_) => view.words(W::AllBut(name)),
        };
        let undo = move || view.go(|it| it.with("group", None));
        badge(view.words(W::Badge(name)), view.words(W::Undo), undo)
    });
    let show_all = |it: Address| it.with("changed", Some("0"));
    let equal = (grid.n_equal > 0).then(|| change(T::EqualHidden(grid.n_equal), T::Show, show_all));
    let is_chosen = state.columns.is_some();
    let dropped = (grid.n_dropped > 0).then(|| {
        let undo = move || view.go(|it| with_pattern(&view.report(), it, "drop", ""));
        let message = view.words(C::Dropped(grid.n_dropped));
        badge(message, view.words(C::Undo), undo)
    });
    let others = (grid.n_other > 0 && !is_chosen)
        .then(|| change(T::OthersHidden(grid.n_other), T::Show, show_all));
    let chosen = is_chosen.then(|| {
        change(T::ColumnsChosen, T::ColumnsDefault, |it| {
            it.with("cols", None)
        })
    });
    let all_shown = (!state.only_changed && !is_chosen)
        .then(|| change(T::EqualShown, T::Hide, |it| it.with("changed", None)));
    let is_hidden = n_filtered + n_folded > 0;
    let why = is_hidden.then(|| el("span").class("only-wide").child(view.say(T::WhyNot)));
    let n_selected = state.selected.iter().filter(|it| **it != NOBODY).count();
    let selected = (n_selected > 0).then(|| {
        let keys: Vec<&str> = state.selected.iter().map(|it| grid.key(*it)).collect();
        let base = view.address.with(|it| it.get("base"));
        let compare = Address::new(View::Compare)
            .with_list("runs", &keys)
            .with("base", base.as_deref());
        let plots = (n_selected <= 10).then(|| Address::new(View::Plots).with_list("runs", &keys));
        let n_left_out = view.n_not_selected.get();
        let too_many = (n_left_out > 0).then(|| view.words(P::NotSelected(n_left_out)));
        let is_repeated = state.selected.len() > N_SIGNS;
        let colours = is_repeated.then(|| view.words(P::SignsRepeat(N_SIGNS)));
        el("span")
            .class("badge")
            .child(view.say(T::Selected(n_selected)))
            .child(colours)
            .child(
                el("a")
                    .attr("href", compare.to_fragment())
                    .child(view.say(T::CompareSelected)),
            )
            .child(plots.map(|plots| {
                el("a")
                    .attr("href", plots.to_fragment())
                    .child(view.words(P::Plots))
            }))
            .child(too_many)
            .child(
                el("button")
                    .attr("type", "button")
                    .class("plain")
                    .on(ev::click, move |_| view.go(|it| it.with("sel", None)))
                    .child(view.say(T::Clear)),
            )
    });
    let n_starred = state.starred.len();
    let starred = (n_starred > 0).then(|| {
        let names = state.starred.iter().map(|it| grid.label(*it).to_owned());
        let only = Filter::In(
            FieldName {
                text: "name".to_owned(),
                is_difference: false,
                at: Span::default(),
            },
            names.collect(),
        );
        let only = only.to_string();
        el("span")
            .class("badge")
            .child(view.words(P::Starred(n_starred)))
            .child(
                el("button")
                    .attr("type", "button")
                    .class("plain")
                    .on(ev::click, move |_| {
                        view.go(|it| it.with("where", Some(&only)))
                    })
                    .child(view.words(P::OnlyThese)),
            )
            .child(
                el("button")
                    .attr("type", "button")
                    .class("plain")
                    .on(ev::click, move |_| view.go(|it| it.with("star", None)))
                    .child(view.say(T::Clear)),
            )
    });
    group()
        .child(why)
        .child(filter)
        .child(folded)
        .child(grouped)
        .child(sorted)
        .child(equal)
        .child(dropped)
        .child(others)
        .child(all_shown)
        .child(chosen)
        .child(selected)
        .child(starred)
}

fn badge<F: Fn() + 'static>(message: String, button: String, undo: F) -> impl IntoNode + use<F> {
    el("span").class("badge").child(message).child(
        el("button")
            .attr("type", "button")
            .class("plain")
            .on(ev::click, move |_| undo())
            .child(button),
    )
}

/// What the address names and this report has not, with what is nearest.
fn gone(view: Experiments) -> impl IntoNode + use<> {
    let state = view.state.get();
    let grid = view.grid.get();
    let hidden = state
        .row
        .filter(|row| Some(*row) != grid.state.base && grid.position(*row).is_none())
        .filter(|_| grid.table.n_collapsed == 0)
        .map(|row| {
            let undo = move || view.go(|it| it.with("where", None));
            let message = T::RowHidden(grid.label(row).to_owned());
            el("p").class("xp-gone").attr("role", "status").child(badge(
                view.say(message),
                view.say(T::Clear),
                undo,
            ))
        });
    group()
        .child(gone_lines(view.page, &view.address.read(), &state.gone))
        .child(hidden)
}
