use leptos::prelude::*;

/// The Overview view.
#[component]
pub fn OverviewView() -> impl IntoView {}
