use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    browser,
    browser::markup::Memo,
    model::{Lang, Report, Shared},
    route::Address,
    words::Say,
};

/// What every view reads and the few things that it may do; views get it by `Page::get()`.
#[derive(Clone, Copy)]
pub struct Page {
    /// The report on show; never changes in place.
    pub report: ReadSignal<Shared<Report>>,
    /// The address: all view state is in it.
    pub address: ReadSignal<Address>,
    /// The language of the page.
    pub lang: ReadSignal<Lang>,
    quote: StoredValue<Option<Quote>>,
    set_report: WriteSignal<Shared<Report>>,
    set_address: WriteSignal<Address>,
    set_lang: WriteSignal<Lang>,
}

impl Page {
    /// The page of this part of the tree.
    pub fn get() -> Self {
        expect_context::<Self>()
    }

    /// Makes a page and hands it to everything below the current owner: the app does so once,
    /// pre-rendering and tests do so for one view.
    pub fn provide(report: Shared<Report>, address: Address, lang: Lang) -> Self {
        let (report, set_report) = signal(report);
        let (address, set_address) = signal(address);
        let (lang, set_lang) = signal(lang);
        let page = Self {
            report,
            address,
            lang,
            quote: StoredValue::new(None),
            set_report,
            set_address,
            set_lang,
        };
        provide_context(page);
        page
    }

    /// The address as long as it is one of the view that is open now. A view that follows it does
    /// nothing anew while it is being left, for an address that isn't its own.
    pub fn own_address(self) -> Memo<Address> {
        let view = self.address.with_untracked(|it| it.view);
        Memo::new(move |before: Option<&Address>| {
            let now = self.address.get();
            let is_left = now.view != view;
            before.filter(|_| is_left).cloned().unwrap_or(now)
        })
    }

    /// Goes to an address; the reader's Back button returns from there.
    pub fn navigate(self, address: Address) {
        if self.address.with_untracked(|now| *now != address) {
            browser::push_fragment(&address.to_fragment());
            self.set_address.set(address);
        }
    }

    /// Changes the address in place, as while typing: Back passes over it.
    pub fn replace(self, address: Address) {
        if self.address.with_untracked(|now| *now != address) {
            browser::replace_fragment(&address.to_fragment());
            self.set_address.set(address);
        }
    }

    /// Takes over an address that the browser already shows: after Back, or an edited address.
    pub fn follow(self, address: Address) {
        if self.address.with_untracked(|now| *now != address) {
            self.set_address.set(address);
        }
    }

    /// Shows another report.
    pub fn show(self, report: Shared<Report>) {
        self.set_report.set(report);
    }

    /// Speaks another language.
    pub fn speak(self, lang: Lang) {
        self.set_lang.set(lang);
    }

    /// Sets what "Copy for the discussion" copies as long as this view is open: one sentence with
    /// its numbers, as text, without the link; the verdict where there is none. It is asked for when
    /// the reader copies.
    pub fn quotes(self, sentence: impl Fn() -> Option<String> + Send + Sync + 'static) {
        self.quote.set_value(Some(Arc::new(sentence)));
    }

    /// The sentence that the open view set.
    pub(super) fn quote(self) -> Option<String> {
        let sentence = self.quote.get_value()?;
        untrack(|| sentence())
    }

    /// Forgets the sentence of a view that is being left.
    pub(super) fn forget_quote(self) {
        self.quote.set_value(None);
    }

    /// A message in the page's language; follows the language where it is read reactively.
    pub fn say(self, message: &impl Say) -> String {
        message.say(self.lang.get())
    }
}

type Quote = Arc<dyn Fn() -> Option<String> + Send + Sync>;
