use leptos::prelude::*;

/// The Report view.
#[component]
pub fn ReportView() -> impl IntoView {}
