use crate::browser::{
    self,
    markup::{CollectNodes as _, El, ElementRef, IntoNode, Memo, RwSignal, el},
};
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

/// The id of the bar that menus stand in.
pub const BAR: &str = "matrix-bar";

/// A button with what it opens, which stands below the bar, where it covers no other button, and
/// under its own one, as far as there is room.
pub fn menu(id: &'static str, title: Signal<String>, body: impl IntoNode) -> El {
    let (button, list) = (ElementRef::new(), ElementRef::new());
    let place = RwSignal::new(None::<String>);
    let on_toggle = move |_| {
        let (Some(button), Some(list)) = (button.get_untracked(), list.get_untracked()) else {
            return;
        };
        let (left, ..) = browser::bounds(&button);
        let (.., width, _) = browser::bounds(&list);
        let Some((bar_left, _, bar_width, _)) = browser::bounds_of(BAR) else {
            return;
        };
        // Nothing to place once it is closed.
        if width > 0.0 {
            let x = (left - bar_left).min(bar_width - width).max(0.0);
            place.set(Some(format!("left:{x:.0}px;right:auto")));
        }
    };
    el("details")
        .class("drop")
        .attr("id", id)
        .attr("name", "menu")
        .on(ev::toggle, on_toggle)
        .refer(button)
        .child(el("summary").child(title))
        .child(
            el("div")
                .class("drop-body")
                .attr("style", move || place.get())
                .refer(list)
                .child(body),
        )
}
