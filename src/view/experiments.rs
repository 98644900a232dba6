use leptos::prelude::*;

/// The Experiments view.
#[component]
pub fn ExperimentsView() -> impl IntoView {}
