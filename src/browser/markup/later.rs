use super::{IntoNode, Node, RwSignal, show};

/// Something that is drawn only once what is around it has been painted: it lies below the first
/// screen, and nobody shall wait for it. Natively it is there at once.
pub fn later<T: IntoNode>(what: impl FnMut() -> T + 'static) -> Node {
    let is_due = RwSignal::new(cfg!(not(target_arch = "wasm32")));
    #[cfg(target_arch = "wasm32")]
    leptos::task::spawn_local(async move {
        crate::browser::after_paint().await;
        is_due.set(true);
    });
    show(move || is_due.get(), what)
}
