use leptos::prelude::*;

/// The Plots view.
#[component]
pub fn PlotsView() -> impl IntoView {}
