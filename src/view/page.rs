use leptos::prelude::*;

use crate::{
    model::{Lang, Report, Shared},
    route::Address,
};

/// What every view reads and the few things that it may do; views get it by `Page::get()`.
#[derive(Clone, Copy)]
pub struct Page {
    /// The report on show; never changes in place.
    pub report: Signal<Shared<Report>>,
    /// The address: all view state is in it.
    pub address: Signal<Address>,
    /// The language of the page.
    pub lang: Signal<Lang>,
    set_address: WriteSignal<Address>,
}

impl Page {
    /// The page of this part of the tree.
    pub fn get() -> Self {
        expect_context::<Self>()
    }
}
