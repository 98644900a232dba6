use js_sys::Promise;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, window};

use crate::browser::Element;

/// Whether this is a page: a worker has none.
pub fn has_document() -> bool {
    window().is_some_and(|window| window.document().is_some())
}

/// The languages that the reader prefers, as BCP 47 tags.
pub fn languages() -> Vec<String> {
    let Some(window) = window() else {
        return Vec::new();
    };
    let tags = window.navigator().languages().into_iter();
    tags.filter_map(|tag| tag.as_string()).collect()
}

/// Sets an attribute of `<html>`; `None` takes it away.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let document = window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.document_element()) {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// An attribute of `<html>`.
pub fn root_attribute(name: &str) -> Option<String> {
    let root = window()?.document()?.document_element()?;
    root.get_attribute(name)
}

/// Sets the document's title.
pub fn set_title(title: &str) {
    if let Some(document) = window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Empties the element with this id and returns it; the body where there is none.
pub fn clear(id: &str) -> Option<Element> {
    let found = element(id);
    if let Some(element) = &found {
        element.set_text_content(None);
    }
    found.or_else(|| window()?.document()?.body())
}

/// Writes a text into the element with this id, as a paragraph of this class, unless there is
/// something in it.
pub fn fill_if_empty(id: &str, class: &str, text: &str) {
    let fill = || {
        let document = window()?.document()?;
        let place = document.get_element_by_id(id)?;
        if place.has_child_nodes() {
            return None;
        }
        let paragraph = document.create_element("p").ok()?;
        paragraph.set_class_name(class);
        paragraph.set_text_content(Some(text));
        place.append_child(&paragraph).ok()
    };
    let _ = fill();
}

/// Moves the focus to the element with this id; `false` when there is none.
pub fn focus(id: &str) -> bool {
    element(id).is_some_and(|element| element.focus().is_ok())
}

/// Whether anything on the page has the focus.
pub fn has_focus() -> bool {
    let document = window().and_then(|window| window.document());
    let focused = document.as_ref().and_then(|it| it.active_element());
    let body = document.and_then(|it| it.body());
    focused.is_some_and(|it| body.is_none_or(|body| !body.is_same_node(Some(&it))))
}

/// Scrolls the element with this id into view, as little as possible.
pub fn scroll_to(id: &str) {
    if let Some(element) = element(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls the page to its top.
pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// The element's box in the window: left, top, width, height in CSS pixels.
pub fn bounds(element: &Element) -> (f64, f64, f64, f64) {
    let bounds = element.get_bounding_client_rect();
    (bounds.left(), bounds.top(), bounds.width(), bounds.height())
}

/// Milliseconds since the page was opened.
pub fn now_millis() -> f64 {
    window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

/// Width and height of the window in CSS pixels.
pub fn window_size() -> (f64, f64) {
    let length = |value: Result<JsValue, JsValue>| value.ok()?.as_f64();
    let size = || {
        let window = window()?;
        Some((
            length(window.inner_width())?,
            length(window.inner_height())?,
        ))
    };
    size().unwrap_or_default()
}

/// Goes on once the browser has painted what is there now.
pub async fn after_paint() {
    let Some(window) = window() else { return };
    // A hidden tab gets no frames.
    if window.document().is_some_and(|document| !document.hidden()) {
        let frame = Promise::new(&mut |resolve, _| {
            let _ = window.request_animation_frame(&resolve);
        });
        let _ = JsFuture::from(frame).await;
    }
    // The frame's callbacks come before its paint, a timer after it.
    yield_to_browser().await;
}

/// Lets the browser paint and take input before going on.
pub async fn yield_to_browser() {
    let Some(window) = window() else { return };
    let promise = Promise::new(&mut |resolve, _| {
        // A timer, since a hidden tab gets no animation frames.
        let _ = window.set_timeout_with_callback(&resolve);
    });
    let _ = JsFuture::from(promise).await;
}

fn element(id: &str) -> Option<HtmlElement> {
    window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}
