//! The page: mounts the app over what was pre-rendered.

use leptos::prelude::*;

fn main() {
    leptos::mount::mount_to_body(|| view! { <p>"careo"</p> });
}
