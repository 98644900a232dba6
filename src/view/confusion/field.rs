use crate::browser::markup::{CollectNodes as _, IntoNode, Memo, el};
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
    // Whatever else changes on the page, they mostly stay.
    let options = Memo::new(move |_| options.get());
    let value = Memo::new(move |_| value.get());
    let option = move |(key, text): (String, String)| {
        // Of other options; another value of the same ones is set below.
        let is_chosen = value.get_untracked() == key;
        el("option")
            .attr("value", key)
            .attr("selected", is_chosen)
            .child(text)
    };
    el("label").class("field").child(label).child(
        el("select")
            .prop("value", move || value.get())
            .on(ev::change, move |event| {
                on_choose.run(event_target_value(&event))
            })
            .child(move || options.get().into_iter().map(option).collect_nodes()),
    )
}
