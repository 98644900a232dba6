use leptos::prelude::*;

/// The Confusion view.
#[component]
pub fn ConfusionView() -> impl IntoView {}
