use leptos::{ev, prelude::*};

use super::{
    columns::ColumnPicker,
    export::{CopyMenu, Sheet},
    view::Experiments,
};
use crate::{
    analysis::filter::{FilterError, FilterFault},
    model::{ColumnKind, DeltaMode},
    words::experiments::Experiments as T,
};

/// Filter, what cells show, which columns, copying.
#[component]
pub(super) fn Tools(view: Experiments) -> impl IntoView {
    let filter = move || view.state.read().filter.clone();
    let on_input = move |event: ev::Event| {
        let text = event_target_value(&event);
        let text = (!text.is_empty()).then_some(text);
        let address = view.page.address.get_untracked();
        view.page.replace(address.with("where", text.as_deref()));
    };
    let hint = move || {
        let grid = view.grid.get();
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
        view! {
            <button
                type="button"
                aria-pressed=is_on
                on:click=move |_| view.go(|address| address.with("mode", key))
            >
                {move || view.say(name.clone())}
            </button>
        }
    };
    let error = move || view.grid.get().error.clone();
    let invalid = move || error().is_some().then_some("true");
    view! {
        <div class="tools xp-tools">
            <div class="filter" role="search">
                <input
                    type="search"
                    id="filter"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=move || view.say(T::Filter)
                    aria-invalid=invalid
                    aria-describedby="filter-error"
                    placeholder=hint
                    prop:value=filter
                    on:input=on_input
                />
                <kbd aria-hidden="true" class="only-wide">"/"</kbd>
            </div>
            <div class="seg" role="group" aria-label=move || view.say(T::ShowAs)>
                {modes.map(mode_button).collect_view()}
            </div>
            <ColumnPicker view />
            <CopyMenu sheet=move || {
                Sheet::of_grid(&view.grid.get_untracked(), view.page.lang.get_untracked())
            } />
        </div>
        <div id="filter-error" class="filter-error" role="status">
            {move || error().map(|error| explain(view, &error))}
        </div>
    }
}

/// The filter's text with a mark under the part at fault, and what is wrong with it.
fn explain(view: Experiments, error: &FilterError) -> impl IntoView + use<> {
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
    view! {
        <code aria-hidden="true">{before}<mark>{fault}</mark>{after}</code>
        <span>{view.say(fault_message(&error.fault))} " " {view.say(T::NotFiltered)}</span>
    }
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
