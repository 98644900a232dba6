use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDialogElement, HtmlElement, window};

use crate::browser::Event;

/// Opens the dialog with this id, above everything; Escape closes it and returns the focus.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = dialog(id).filter(|dialog| !dialog.open()) {
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog with this id.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

/// Whether an event happened inside of an element that a CSS selector names.
pub fn is_inside(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}

/// Closes the menu that is open, unless the event happened in it; a key's event, wherever it
/// happened, and the focus goes to the menu's head. Whether one was open.
pub fn close_menu(event: &Event, is_key: bool) -> bool {
    let open = || {
        window()?
            .document()?
            .query_selector("details[name=menu][open]")
            .ok()?
    };
    let Some(menu) = open() else { return false };
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    if !is_key && menu.contains(target.as_deref()) {
        return false;
    }
    let _ = menu.remove_attribute("open");
    if is_key && let Ok(Some(head)) = menu.query_selector("summary") {
        let _ = head.unchecked_into::<HtmlElement>().focus();
    }
    true
}

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}
