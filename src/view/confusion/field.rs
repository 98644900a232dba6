use crate::browser::markup::{CollectNodes as _, IntoNode, el};
use leptos::{ev, prelude::*};

/// A labelled choice of one of several values.
pub fn choice(
    // Its label.
    label: Signal<String>,
    // Value and text of each option.
    options: Signal<Vec<(String, String)>>,
    // The value that is chosen.
    value: Signal<String>,
    // Takes another one.
    on_choose: Callback<String>,
) -> impl IntoNode {
    let option = move |(key, text): (String, String)| {
        let is_chosen = value.get() == key;
        el("option")
            .attr("value", key)
            .attr("selected", is_chosen)
            .child(text)
    };
    el("label").class("field").child(label).child(
        el("select")
            .prop("value", value)
            .on(ev::change, move |event| {
                on_choose.run(event_target_value(&event))
            })
            .child(move || options.get().into_iter().map(option).collect_nodes()),
    )
}
