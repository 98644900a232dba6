use leptos::prelude::*;

/// A labelled choice of one of several values.
#[component]
pub fn Choice(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// Value and text of each option.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Takes another one.
    on_choose: Callback<String>,
) -> impl IntoView {
    let option = move |(key, text): (String, String)| {
        let is_chosen = value.get() == key;
        view! { <option value=key selected=is_chosen>{text}</option> }
    };
    view! {
        <label class="field">
            {label}
            <select
                prop:value=value
                on:change=move |event| on_choose.run(event_target_value(&event))
            >
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}
