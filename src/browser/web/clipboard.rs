use js_sys::{Array, Uint8Array};
use leptos::prelude::StoredValue;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, HtmlAnchorElement, HtmlDocument, HtmlTextAreaElement, Url, window,
};

/// Puts text on the clipboard; `false` when the browser refuses every way.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    // Over plain http there is no `navigator.clipboard` at all, whatever the binding says.
    if window.is_secure_context() {
        let promise = window.navigator().clipboard().write_text(text);
        if JsFuture::from(promise).await.is_ok() {
            return true;
        }
    }
    copy_by_selection(text).unwrap_or(false)
}

/// The older way: select a text field's text and copy the selection.
fn copy_by_selection(text: &str) -> Option<bool> {
    let document = window()?.document()?;
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_value(text);
    field.set_class_name("vh");
    document.body()?.append_child(&field).ok()?;
    let before = document.active_element();
    field.select();
    let is_copied = document
        .unchecked_ref::<HtmlDocument>()
        .exec_command("copy")
        .unwrap_or(false);
    field.remove();
    if let Some(before) = before.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = before.focus();
    }
    Some(is_copied)
}

/// Offers bytes as a download under a name.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) {
    let offer = || {
        let url = blob_url(media_type, bytes)?;
        let document = window()?.document()?;
        let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
        link.set_href(&url);
        link.set_download(name);
        link.click();
        // The browser holds the blob for the download that has begun.
        Url::revoke_object_url(&url).ok()
    };
    let _ = offer();
}

/// An address under which this page can show bytes, until the current owner is disposed of.
pub fn object_url(media_type: &str, bytes: &[u8]) -> Option<String> {
    let url = blob_url(media_type, bytes)?;
    StoredValue::new_local(Lease(url.clone()));
    Some(url)
}

struct Lease(String);

impl Drop for Lease {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

pub(super) fn blob_url(media_type: &str, bytes: &[u8]) -> Option<String> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}
