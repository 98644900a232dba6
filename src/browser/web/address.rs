use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{UrlSearchParams, window};

/// The fragment of the page's address, with `#`; empty where there is none.
pub fn fragment() -> String {
    window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// Adds a fragment to the history. Fires no `hashchange`.
pub fn push_fragment(fragment: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        // A page that may not write its history still shows the view.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// Puts a fragment in place of the current one. Fires no `hashchange`.
pub fn replace_fragment(fragment: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// Calls back with the fragment after Back, Forward, a followed `#` link or an edited address.
pub fn on_fragment_change(callback: impl Fn(String) + 'static) {
    let Some(window) = window() else { return };
    let on_change = Closure::<dyn Fn()>::new(move || callback(fragment())).into_js_value();
    // Following a link fires both; the second one finds nothing changed.
    for event in ["hashchange", "popstate"] {
        let _ = window.add_event_listener_with_callback(event, on_change.unchecked_ref());
    }
}

/// The page's address without its fragment; empty where there is none.
pub fn page_url() -> String {
    let href = window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default();
    match href.split_once('#') {
        Some((page, _)) => page.to_owned(),
        None => href,
    }
}

/// Every value of a key in the query of the page's address, in order, decoded.
pub fn query_values(key: &str) -> Vec<String> {
    let query = window()
        .and_then(|window| window.location().search().ok())
        .unwrap_or_default();
    let Ok(parameters) = UrlSearchParams::new_with_str(&query) else {
        return Vec::new();
    };
    let values = parameters.get_all(key).into_iter();
    values.filter_map(|value| value.as_string()).collect()
}
