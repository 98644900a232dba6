use leptos::ev;

use crate::browser::markup::{El, el};

/// The text field of a view's search or filter, `#filter`.
pub(super) fn search_input(
    label: impl Fn() -> String + 'static,
    hint: impl Fn() -> String + 'static,
    text: impl Fn() -> String + 'static,
    on_input: impl Fn(String) + 'static,
) -> El {
    el("input")
        .attr("type", "search")
        .attr("id", "filter")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("aria-label", label)
        .attr("placeholder", hint)
        .prop("value", text)
        .on(ev::input, move |event| {
            on_input(leptos::prelude::event_target_value(&event));
        })
}

/// The frame around the field, with the key that leads to it.
pub(super) fn search_field(input: El) -> El {
    el("div")
        .class("filter")
        .attr("role", "search")
        .child(input)
        .child(
            el("kbd")
                .attr("aria-hidden", "true")
                .class("only-wide")
                .child("/"),
        )
}
