use leptos::{ev, prelude::*};

use super::{
    columns::column_picker,
    export::{Sheet, copy_menu},
    view::Experiments,
};
use crate::{
    analysis::filter::{FilterError, FilterFault},
    browser::markup::{CollectNodes as _, IntoNode, el, group},
    model::{ColumnKind, DeltaMode},
    words::experiments::Experiments as T,
};

/// Filter, what cells show, which columns, copying.
pub(super) fn tools(view: Experiments) -> impl IntoNode {
    let filter = move || view.state.read().filter.clone();
    let on_input = move |event: ev::Event| {
        let text = event_target_value(&event);
        let text = (!text.is_empty()).then_some(text);
        let address = view.page.address.get_untracked();
        view.page.replace(address.with("where", text.as_deref()));
    };
    let hint = move || {
        let grid = view.listed();
        let metric = grid.columns.iter().find(|it| it.kind == ColumnKind::Metric);
        view.say(T::FilterHint(metric.map(|it| it.name.clone())))
    };
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
    let error = move || view.grid.get().error.clone();
    let invalid = move || error().is_some().then_some("true");
    group()
        .child(
            el("div")
                .class("tools xp-tools")
                .child(
                    el("div")
                        .class("filter")
                        .attr("role", "search")
                        .child(
                            el("input")
                                .attr("type", "search")
                                .attr("id", "filter")
                                .attr("autocomplete", "off")
                                .attr("spellcheck", "false")
                                .attr("aria-label", move || view.say(T::Filter))
                                .attr("aria-invalid", invalid)
                                .attr("aria-describedby", "filter-error")
                                .attr("placeholder", hint)
                                .prop("value", filter)
                                .on(ev::input, on_input),
                        )
                        .child(
                            el("kbd")
                                .attr("aria-hidden", "true")
                                .class("only-wide")
                                .child("/"),
                        ),
                )
                .child(
                    el("div")
                        .class("seg")
                        .attr("role", "group")
                        .attr("aria-label", move || view.say(T::ShowAs))
                        .child(modes.map(mode_button).collect_nodes()),
                )
                .child(column_picker(view))
                .child(copy_menu(move || {
                    Sheet::of_grid(&view.grid.get_untracked(), view.page.lang.get_untracked())
                })),
        )
        .child(
            el("div")
                .attr("id", "filter-error")
                .class("filter-error")
                .attr("role", "status")
                .child(move || error().map(|error| explain(view, &error))),
        )
}

/// The filter's text with a mark under the part at fault, and what is wrong with it.
fn explain(view: Experiments, error: &FilterError) -> impl IntoNode + use<> {
    let text = view.state.read().filter.clone();
    // The filter that was read had its spaces trimmed.
    let n_trimmed = text.len() - text.trim_start().len();
    let from = error.at.from + n_trimmed;
    let to = error.at.to + n_trimmed;
    let before = text.get(..from).unwrap_or(&text).to_owned();
    let fault = match text.get(from..to) {
        Some(part) if !part.trim().is_empty() => part.to_owned(),
        _ => "\u{a0}".to_owned(),
    };
    let after = text.get(to..).unwrap_or_default().to_owned();
    group()
        .child(
            el("code")
                .attr("aria-hidden", "true")
                .child(before)
                .child(el("mark").child(fault))
                .child(after),
        )
        .child(
            el("span")
                .child(view.say(fault_message(&error.fault)))
                .child(" ")
                .child(view.say(T::NotFiltered)),
        )
}

fn fault_message(fault: &FilterFault) -> T {
    match fault.clone() {
        FilterFault::NoValue => T::NoValue,
        FilterFault::NoCondition => T::NoCondition,
        FilterFault::NoField => T::NoField,
        FilterFault::OpenQuote => T::OpenQuote,
        FilterFault::OpenParenthesis => T::OpenParenthesis,
        FilterFault::Unexpected(text) => T::Unexpected(text),
        FilterFault::TooDeep => T::TooDeep,
        FilterFault::UnknownField(name, near) => T::UnknownField(name, near),
        FilterFault::AmbiguousField(name, several) => T::AmbiguousField(name, several),
    }
}
