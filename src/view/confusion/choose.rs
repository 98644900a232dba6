use std::sync::Arc;

use leptos::prelude::*;

use super::shown::Shown;
use crate::{
    model::{Lang, Shared},
    route::Address,
    view::Page,
    words::{
        Say as _,
        confusion::{ClassWords, ConfusionWords},
    },
};

/// What every part of the view reads, and the ways to change the address.
#[derive(Clone, Copy)]
pub struct Confusion {
    /// The page.
    pub page: Page,
    /// The answer to the address; `None` without a matrix.
    pub shown: Memo<Option<Shared<Shown>>>,
    /// Labels of the pinned cell, actual and predicted, whether it exists or not.
    pub pinned: Memo<Option<(String, String)>>,
    /// Row and column of the cell that has, or would get, the focus.
    pub cursor: RwSignal<(usize, usize)>,
    /// Row and column of the cell under the pointer.
    pub pointed: RwSignal<Option<(usize, usize)>>,
}

impl Confusion {
    /// A sentence in the page's language; follows it.
    pub fn say(self, message: ConfusionWords) -> String {
        message.say(self.page.lang.get())
    }

    /// The same for a closure that is called again and again.
    pub fn text(self, message: ConfusionWords) -> Signal<String> {
        let message = Arc::new(message);
        Signal::derive(move || message.say(self.page.lang.get()))
    }

    /// Goes to the address with one value changed; empty takes the key out.
    pub fn set(self, key: &str, value: &str) {
        self.change(|address| address.with(key, Some(value)));
    }

    /// Goes to another address of this view.
    pub fn change(self, change: impl FnOnce(Address) -> Address) {
        let address = self.page.address.get_untracked();
        self.page.navigate(change(address));
    }

    /// Pins the cell at a row and column as shown.
    pub fn pin(self, (row, column): (usize, usize)) {
        let Some(shown) = self.shown.get_untracked() else {
            return;
        };
        if let Some((actual, predicted)) = shown.classes_at(row, column) {
            let pair = Some((shown.label(actual), shown.label(predicted)));
            self.change(|address| address.with_pair("cell", pair));
        }
    }

    /// Takes the pin out.
    pub fn unpin(self) {
        self.change(|address| address.with_pair("cell", None));
    }

    /// Moves the cursor by a key of the grid; whether the key meant anything.
    pub fn press(self, key: &str, is_ctrl: bool, n_classes: usize) -> bool {
        let (row, column) = self.cursor.get_untracked();
        let last = n_classes.saturating_sub(1);
        let to = match (key, is_ctrl) {
            ("ArrowUp", false) => (row.saturating_sub(1), column),
            ("ArrowDown", false) => ((row + 1).min(last), column),
            ("ArrowLeft", false) => (row, column.saturating_sub(1)),
            ("ArrowRight", false) => (row, (column + 1).min(last)),
            ("Home", false) => (row, 0),
            ("End", false) => (row, last),
            ("Home", true) => (0, 0),
            ("End", true) => (last, last),
            ("Enter", false) => {
                self.pin((row, column));
                return true;
            }
            ("Escape", false) => {
                self.unpin();
                return true;
            }
            _ => return false,
        };
        self.cursor.set(to);
        true
    }
}

/// What the revision on show is called: the report's own one is "this change".
pub fn run_name(shown: &Shown, current: Option<usize>, lang: Lang) -> String {
    match current == Some(shown.run.0) {
        true => ConfusionWords::ThisChange.say(lang),
        false => crate::words::confusion::shown_label(&shown.run.1),
    }
}

/// What classes and samples are called in the report.
pub fn class_words<'a>(report: &'a crate::model::Report, shown: &Shown) -> ClassWords<'a> {
    ClassWords::new(&report.settings, shown.kind())
}
