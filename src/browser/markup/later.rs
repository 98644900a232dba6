use leptos::prelude::{Get as _, RwSignal};

use super::{IntoNode, Node, show};

/// Something that is drawn only once what is around it has been painted: it lies below the first
/// screen, and nobody shall wait for it. Natively it is there at once.
pub fn later<T: IntoNode>(what: impl FnMut() -> T + 'static) -> Node {
    let is_due = RwSignal::new(cfg!(not(target_arch = "wasm32")));
    #[cfg(target_arch = "wasm32")]
    leptos::task::spawn_local(async move {
        use leptos::prelude::Set as _;
        crate::browser::after_paint().await;
        // Its owner may be gone by then.
        let _ = is_due.try_set(true);
    });
    show(move || is_due.get(), what)
}
