//! The only place that names web-sys and gloo: fetch, drop, fragment, clipboard, canvas, storage,
//! worker.
//!
//! `native` holds inert functions with the same signatures, so that views compile and render
//! natively. Nothing here unwraps what a locked-down browser or a `file://` page may refuse: such
//! a call then does nothing, and says so in its result where that matters.

pub mod markup;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod opened;
#[cfg(target_arch = "wasm32")]
mod pipeline;
#[cfg(target_arch = "wasm32")]
mod web;

/// A canvas element, as an `ElementRef` gives it.
pub type Canvas = leptos::web_sys::HtmlCanvasElement;
/// Any event.
pub type Event = leptos::web_sys::Event;
/// A file field, as an `ElementRef` or an event gives it.
pub type FileInput = leptos::web_sys::HtmlInputElement;
/// Any HTML element, as an `ElementRef` gives it.
pub type Element = leptos::web_sys::HtmlElement;

#[cfg(not(target_arch = "wasm32"))]
pub use native::*;
pub use opened::Opened;
#[cfg(target_arch = "wasm32")]
pub use web::*;
