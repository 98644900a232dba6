use leptos::{ev, prelude::*, task::spawn_local};

use super::view::Experiments;
use crate::{
    analysis::filter::{Completion, FilterError, FilterFault, complete, completed, with_keys},
    browser::{
        self, FileInput,
        markup::{CollectNodes as _, ElementRef, IntoNode, Memo, RwSignal, effect, el, group},
    },
    model::{ATTRIBUTES, ColumnKind},
    view::search_field::{search_field, search_input},
    words::{
        experiments::Experiments as T, filter::Filter as W, metric::Heads, picking::Picking as P,
    },
};

/// The id of the list of names.
const NAMES: &str = "filter-names";

/// The filter's field. While a name is being written, those that fit are offered.
pub(super) fn filter_field(view: Experiments) -> impl IntoNode {
    let field = ElementRef::new();
    let offered = RwSignal::new(Completion::default());
    // Which of the names is chosen.
    let chosen = RwSignal::new(None::<usize>);
    // Each with its whole key, and with what the table's head calls it.
    let names = Memo::new(move |_| {
        let report = view.report();
        let keys = report.columns.iter().map(|it| it.id.key());
        let both = named(view).into_iter().zip(keys);
        let both = both.map(|((name, called), key)| (name, format!("{key} {called}")));
        both.collect::<Vec<_>>()
    });
    let hint = move || {
        let grid = view.listed();
        let metric = grid.columns.iter().find(|it| it.kind == ColumnKind::Metric);
        view.say(T::FilterHint(metric.map(|it| it.name.clone())))
    };
    let close = move || {
        offered.set(Completion::default());
        chosen.set(None);
    };
    let on_input = move |text: String| {
        let caret = field
            .get_as::<FileInput>()
            .and_then(|it| it.selection_start().ok());
        let caret = caret
            .flatten()
            .map_or(text.len(), |units| bytes_of(&text, units));
        let found = names.with_untracked(|names| {
            let columns = names.iter().map(|it| (it.0.as_str(), it.1.as_str()));
            let all = columns.chain(ATTRIBUTES.map(|it| (it, "")));
            complete(&text, caret, all)
        });
        offered.set(found);
        chosen.set(None);
        let text = (!text.is_empty()).then_some(text);
        let address = view.page.address.get_untracked();
        view.page.replace(address.with("where", text.as_deref()));
    };
    let accept = move |at: usize| {
        let Completion { at: span, names } = offered.get_untracked();
        let Some(name) = names.get(at) else { return };
        let text = view.state.with_untracked(|it| it.filter.clone());
        let (text, caret) = completed(&text, span, name);
        let units = text.get(..caret).map_or(0, |it| it.encode_utf16().count()) as u32;
        close();
        let address = view.page.address.get_untracked();
        view.page.replace(address.with("where", Some(&text)));
        // The new text moves the caret to its end.
        spawn_local(async move {
            browser::yield_to_browser().await;
            if let Some(field) = field.get_as::<FileInput>() {
                let _ = field.set_selection_range(units, units);
            }
        });
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let n = offered.with_untracked(|it| it.names.len());
        if n == 0 || event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        match (event.key().as_str(), chosen.get_untracked()) {
            ("ArrowDown", now) => chosen.set(Some(now.map_or(0, |it| (it + 1) % n))),
            ("ArrowUp", now) => chosen.set(Some(now.map_or(n - 1, |it| (it + n - 1) % n))),
            ("Enter", Some(at)) => accept(at),
            ("Escape", _) => close(),
            _ => return,
        }
        event.prevent_default();
    };
    // Who has written it sees, and links to, what files call the columns.
    let settle = move || {
        let text = view.state.with_untracked(|it| it.filter.clone());
        let report = view.page.report.get_untracked();
        if let Some(text) = with_keys(&text, &report) {
            let address = view.page.address.get_untracked();
            view.page.replace(address.with("where", Some(&text)));
        }
    };
    let error = Memo::new(move |_| view.grid.get().error.clone());
    let invalid = move || error.read().is_some().then_some("true");
    let active = move || chosen.get().map(|at| format!("{NAMES}-{at}"));
    let list = move || {
        let found = offered.get();
        let option = |(at, name): (usize, String)| {
            let also = names.with_untracked(|names| {
                let of = names.iter().find(|it| it.0 == name && !it.1.is_empty());
                of.map(|it| it.1.clone())
            });
            el("li")
                .attr("id", format!("{NAMES}-{at}"))
                .attr("role", "option")
                .attr("aria-selected", move || {
                    (chosen.get() == Some(at)).to_string()
                })
                // Before the field loses the focus.
                .on(ev::pointerdown, move |event| {
                    event.prevent_default();
                    accept(at);
                })
                .child(name)
                .child(also.map(|it| el("span").class("sub").child(it)))
        };
        (!found.names.is_empty()).then(|| {
            el("ul")
                .attr("id", NAMES)
                .class("xp-names")
                .attr("role", "listbox")
                .attr("aria-label", view.words(W::Names))
                .child(
                    found
                        .names
                        .into_iter()
                        .enumerate()
                        .map(option)
                        .collect_nodes(),
                )
        })
    };
    // The field's text once more, unseen, of which the part at fault is underlined.
    let shade = ElementRef::new();
    let follow = move || {
        if let (Some(field), Some(shade)) = (field.get_untracked(), shade.get_untracked()) {
            shade.set_scroll_left(field.scroll_left());
        }
    };
    effect(move || {
        error.track();
        spawn_local(async move {
            browser::yield_to_browser().await;
            follow();
        });
    });
    let underline = el("div")
        .class("xp-fault")
        .attr("aria-hidden", "true")
        .refer(shade)
        .child(move || error.get().map(|it| el("span").child(marked(view, &it))));
    let controls = move || (!offered.read().names.is_empty()).then_some(NAMES);
    let n_offered = move || {
        let n = offered.read().names.len();
        (n > 0).then(|| view.words(W::NNames(n)))
    };
    let input = search_input(
        move || view.say(T::Filter),
        hint,
        move || view.state.read().filter.clone(),
        on_input,
    );
    let input = input
        .refer(field)
        .attr("aria-invalid", invalid)
        .attr("aria-describedby", "filter-error")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", controls)
        .attr("aria-activedescendant", active)
        .on(ev::keydown, on_key)
        .on(ev::blur, move |_| {
            close();
            settle();
        });
    search_field(input.on(ev::scroll, move |_| follow()))
        .child(underline)
        .child(list)
        .child(
            el("span")
                .class("vh")
                .attr("role", "status")
                .child(n_offered),
        )
}

/// The names of all columns, each with what the team calls it; that is empty where it has no name.
pub(super) fn named(view: Experiments) -> Vec<(String, String)> {
    let report = view.report();
    let heads = Heads::new(&report, view.lang());
    let names = report.column_names().into_iter().enumerate();
    let named = names.map(|(column, name)| (name, heads.name(column).unwrap_or_default()));
    named.collect()
}

/// Where so many UTF-16 units end, in bytes.
fn bytes_of(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    let mut bytes = 0;
    for char in text.chars() {
        let n = char.len_utf16();
        if left < n {
            break;
        }
        left -= n;
        bytes += char.len_utf8();
    }
    bytes
}

/// What is wrong with the filter, under the part that is at fault.
pub(super) fn filter_error(view: Experiments) -> impl IntoNode {
    let error = Memo::new(move |_| view.grid.get().error.clone());
    el("div")
        .attr("id", "filter-error")
        .class("filter-error")
        .attr("role", "status")
        .child(move || error.get().map(|error| explain(view, &error)))
}

/// Longer filters than this may not be seen whole in their field.
const FITS: usize = 40;

/// What is wrong with the filter. Where the field may hide the part at fault, the text as well.
fn explain(view: Experiments, error: &FilterError) -> impl IntoNode + use<> {
    let is_long = view.state.read().filter.chars().count() > FITS;
    let text = is_long.then(|| {
        el("code")
            .attr("aria-hidden", "true")
            .child(marked(view, error))
    });
    group().child(text).child(
        el("span")
            .child(fault_text(view, &error.fault))
            .child(" ")
            .child(view.say(T::NotFiltered)),
    )
}

/// The filter's text with a mark under the part at fault.
fn marked(view: Experiments, error: &FilterError) -> impl IntoNode + use<> {
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
        .child(before)
        .child(el("mark").child(fault))
        .child(after)
}

fn fault_text(view: Experiments, fault: &FilterFault) -> String {
    let message = match fault.clone() {
        FilterFault::NoNumber(column, text) => return view.words(P::NoNumber(column, text)),
        FilterFault::NoDate(text) => return view.words(P::NoDate(text)),
        FilterFault::NoValue => T::NoValue,
        FilterFault::NoCondition => T::NoCondition,
        FilterFault::NoField => T::NoField,
        FilterFault::OpenQuote => T::OpenQuote,
        FilterFault::OpenParenthesis => T::OpenParenthesis,
        FilterFault::Unexpected(text) => T::Unexpected(text),
        FilterFault::DecimalComma => T::DecimalComma,
        FilterFault::TooDeep => T::TooDeep,
        FilterFault::UnknownField(name, near) => T::UnknownField(name, near),
        FilterFault::AmbiguousField(name, several) => T::AmbiguousField(name, several),
    };
    view.say(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_are_counted_in_utf_16() {
        for (units, bytes) in [(0, 0), (1, 2), (3, 6), (4, 7), (9, 7)] {
            assert_eq!(bytes_of("é\u{1f600}a", units), bytes, "{units}");
        }
    }
}
