use leptos::prelude::Effect;

/// Does something now, and again whenever a signal that it looked at has changed.
///
/// Leptos' own effect, of one type for all: the compiler would write its loop anew for each.
pub fn effect(act: impl FnMut() + 'static) {
    boxed(Box::new(act));
}

/// The one effect that is compiled.
#[inline(never)]
fn boxed(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| act());
}
