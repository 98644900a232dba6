//! What `public/loader.js` has done by the time that the program runs, and what it does for it.

use gloo_net::http::{Request, Response};
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Url, Worker};

use super::address::page_url;

#[wasm_bindgen]
extern "C" {
    /// A promise of `[Response, Blob]`.
    #[wasm_bindgen(js_namespace = careo, js_name = takeFetched, catch)]
    fn fetched(url: &str) -> Result<Option<Promise>, JsValue>;

    #[wasm_bindgen(js_namespace = careo, js_name = takeWorker, catch)]
    fn worker() -> Result<Option<Worker>, JsValue>;
}

/// A worker that waits for its job; `None` where none starts, or where the page's address says
/// `worker=off`.
pub(super) fn take_worker() -> Option<Worker> {
    worker().ok().flatten()
}

/// What the server says to an address, relative to the page's, and what it sent: as a blob, so that
/// a worker can take it over.
///
/// # Errors
/// There was no answer, or it broke off.
pub(super) async fn fetch(path: &str) -> Result<(Response, Blob), JsValue> {
    let url = Url::new_with_base(path, &page_url())?.href();
    if let Ok(Some(promise)) = fetched(&url) {
        let pair: Array = JsFuture::from(promise).await?.unchecked_into();
        let response: web_sys::Response = pair.get(0).unchecked_into();
        return Ok((response.into(), pair.get(1).unchecked_into()));
    }
    let response = Request::get(&url).send().await;
    let response = response.map_err(|error| JsValue::from(error.to_string()))?;
    let response: web_sys::Response = response.into();
    let blob = JsFuture::from(response.blob()?).await?.unchecked_into();
    Ok((response.into(), blob))
}
