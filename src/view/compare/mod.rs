use leptos::prelude::*;

/// The Compare view.
#[component]
pub fn CompareView() -> impl IntoView {}
