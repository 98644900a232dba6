use js_sys::{Array, Object, Reflect};
use leptos::prelude::on_cleanup;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{Element, PointerEvent, window};

use crate::browser::Event;

/// The id of the nearest element around an event's target that a CSS selector matches.
pub fn closest_id(event: &Event, selector: &str) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let found = target.closest(selector).ok()??;
    Some(found.id())
}

/// Has all that the pointer of an event does go to the event's target, until it is released.
pub fn capture_pointer(event: &PointerEvent) {
    if let Some(target) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) {
        // Refused for a pointer that is gone already.
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}

/// The centre of the element with this id in the window, in CSS pixels.
pub fn centre_of(id: &str) -> Option<(f64, f64)> {
    let (left, top, width, height) = bounds_of(id)?;
    Some((left + width / 2.0, top + height / 2.0))
}

/// The box in the window of the element with this id: left, top, width, height in CSS pixels.
pub fn bounds_of(id: &str) -> Option<(f64, f64, f64, f64)> {
    let element = window()?.document()?.get_element_by_id(id)?;
    let bounds = element.get_bounding_client_rect();
    Some((bounds.left(), bounds.top(), bounds.width(), bounds.height()))
}

/// Sets `window.careo.cellAt(actual, predicted)`, until the current owner is disposed of: the
/// centre of a cell in the window in CSS pixels, as `[x, y]` that has `x` and `y` as well; `null`
/// where there is no such cell.
pub fn provide_cell_at(centre: impl Fn(&str, &str) -> Option<(f64, f64)> + 'static) {
    let answer = move |actual: String, predicted: String| {
        let Some((x, y)) = centre(&actual, &predicted) else {
            return JsValue::NULL;
        };
        let point = Array::of2(&x.into(), &y.into());
        let _ = Reflect::set(&point, &"x".into(), &x.into());
        let _ = Reflect::set(&point, &"y".into(), &y.into());
        point.into()
    };
    let answer = Closure::<dyn Fn(String, String) -> JsValue>::new(answer).into_js_value();
    let Some(careo) = careo() else { return };
    let _ = Reflect::set(&careo, &"cellAt".into(), &answer);
    on_cleanup(|| {
        if let Some(careo) = self::careo() {
            let _ = Reflect::delete_property(&careo, &"cellAt".into());
        }
    });
}

/// `window.careo`, made where there is none.
fn careo() -> Option<Object> {
    let window = window()?;
    if let Ok(known) = Reflect::get(&window, &"careo".into())
        && let Ok(known) = known.dyn_into::<Object>()
    {
        return Some(known);
    }
    let made = Object::new();
    Reflect::set(&window, &"careo".into(), &made).ok()?;
    Some(made)
}
