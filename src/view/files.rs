use leptos::prelude::*;

/// The Files view.
#[component]
pub fn FilesView() -> impl IntoView {}
