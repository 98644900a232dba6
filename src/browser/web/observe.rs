use leptos::prelude::StoredValue;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{
    EventTarget, IntersectionObserver, IntersectionObserverEntry, MediaQueryList,
    MediaQueryListEvent, ResizeObserver, ResizeObserverEntry, window,
};

use crate::browser::Element;

/// Whether a media query holds: `(prefers-color-scheme: dark)`.
pub fn matches_media(query: &str) -> bool {
    media(query).is_some_and(|media| media.matches())
}

/// Calls back when a media query starts or stops to hold, until the current owner is disposed of.
pub fn on_media_change(query: &str, callback: impl Fn(bool) + 'static) {
    if let Some(media) = media(query) {
        let on_change =
            Closure::<dyn Fn(MediaQueryListEvent)>::new(move |event: MediaQueryListEvent| {
                callback(event.matches())
            });
        Listener::keep(media.into(), &["change"], on_change);
    }
}

/// Calls back with width and height in CSS pixels, once at first and then whenever they change,
/// until the current owner is disposed of.
pub fn on_resize(element: &Element, callback: impl Fn(f64, f64) + 'static) {
    let on_change = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let last = entries.pop();
        if let Some(entry) = last.dyn_ref::<ResizeObserverEntry>() {
            let rect = entry.content_rect();
            callback(rect.width(), rect.height());
        }
    });
    if let Ok(observer) = ResizeObserver::new(on_change.as_ref().unchecked_ref()) {
        observer.observe(element);
        StoredValue::new_local(SizeWatch {
            observer,
            _on_change: on_change,
        });
    }
}

/// Calls back with whether any of an element is in the window, once at first and then whenever that
/// changes, until the current owner is disposed of.
pub fn on_visible(element: &Element, callback: impl Fn(bool) + 'static) {
    let on_change = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let last = entries.pop();
        if let Some(entry) = last.dyn_ref::<IntersectionObserverEntry>() {
            callback(entry.is_intersecting());
        }
    });
    if let Ok(observer) = IntersectionObserver::new(on_change.as_ref().unchecked_ref()) {
        observer.observe(element);
        StoredValue::new_local(SightWatch {
            observer,
            _on_change: on_change,
        });
    }
}

/// Calls back with the scroll offset from the top and the height of the visible part, in CSS
/// pixels, whenever the window is scrolled or resized, until the current owner is disposed of.
pub fn on_window_scroll(callback: impl Fn(f64, f64) + 'static) {
    let Some(window) = window() else { return };
    let target: EventTarget = window.clone().into();
    let on_change = Closure::<dyn Fn()>::new(move || {
        let height = window.inner_height().ok().and_then(|it| it.as_f64());
        callback(
            window.scroll_y().unwrap_or_default(),
            height.unwrap_or_default(),
        );
    });
    Listener::keep(target, &["scroll", "resize"], on_change);
}

fn media(query: &str) -> Option<MediaQueryList> {
    window()?.match_media(query).ok().flatten()
}

/// Disconnects when the owner that it was made under goes.
struct SizeWatch {
    observer: ResizeObserver,
    _on_change: Closure<dyn Fn(js_sys::Array)>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Disconnects when the owner that it was made under goes.
struct SightWatch {
    observer: IntersectionObserver,
    _on_change: Closure<dyn Fn(js_sys::Array)>,
}

impl Drop for SightWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// An event listener that goes with the owner that it was made under.
struct Listener<F: ?Sized> {
    target: EventTarget,
    events: &'static [&'static str],
    callback: Closure<F>,
}

impl<F: ?Sized + 'static> Listener<F> {
    fn keep(target: EventTarget, events: &'static [&'static str], callback: Closure<F>) {
        for event in events {
            let function = callback.as_ref().unchecked_ref();
            let _ = target.add_event_listener_with_callback(event, function);
        }
        StoredValue::new_local(Self {
            target,
            events,
            callback,
        });
    }
}

impl<F: ?Sized> Drop for Listener<F> {
    fn drop(&mut self) {
        for event in self.events {
            let function = self.callback.as_ref().unchecked_ref();
            let _ = self
                .target
                .remove_event_listener_with_callback(event, function);
        }
    }
}
