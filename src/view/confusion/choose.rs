use std::sync::Arc;

use crate::browser::markup::{Memo, RwSignal};
use leptos::{prelude::*, task::spawn_local};

use super::{
    basis::Basis,
    shown::{Lists, Shown},
    sight::Sight,
};
use crate::{
    analysis::picture::Picture,
    browser,
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
    /// The page's address, as long as it is one of this view: what is drawn follows this one only.
    pub address: Memo<Address>,
    /// The answer to the address; `None` without a matrix.
    pub shown: Memo<Option<Shared<Shown>>>,
    /// The confusions of the classes shown.
    pub lists: Memo<Option<Shared<Lists>>>,
    /// Labels of the pinned cell, actual and predicted, whether it exists or not.
    pub pinned: Memo<Option<(String, String)>>,
    /// Whether the reader pinned it in the matrix, and has it before the eyes; else a link did.
    pub is_pinned_by_hand: RwSignal<bool>,
    /// Row and column of the cell that has, or would get, the focus.
    pub cursor: RwSignal<(usize, usize)>,
    /// Row and column of the cell under the pointer.
    pub pointed: RwSignal<Option<(usize, usize)>>,
    /// Which part of a large matrix is seen.
    pub sight: RwSignal<Sight>,
    /// The picture of a large matrix, with what it shows.
    pub picture: RwSignal<Option<(Shared<Shown>, Shared<Picture>)>>,
    /// The order by similarity of a large matrix.
    pub similar: RwSignal<Similar>,
    /// What was done last, for those who don't see it.
    pub said: RwSignal<Option<ConfusionWords>>,
}

/// How far the order by similarity is.
#[derive(Clone, PartialEq)]
pub enum Similar {
    /// Nobody asked for it yet.
    Unknown,
    /// Of this matrix: how much is done, and whether a worker does it; of few classes nothing is
    /// told, as it is there before anybody could read of it.
    Running(Shared<Basis>, Option<(f64, bool)>),
    /// Of this matrix: the reader stopped it, or it failed.
    Stopped(Shared<Basis>),
    /// Of this matrix: there it is.
    Found(Shared<Basis>, Shared<Vec<usize>>),
}

impl Similar {
    /// The matrix that it is about.
    pub fn basis(&self) -> Option<&Shared<Basis>> {
        match self {
            Self::Unknown => None,
            Self::Running(basis, ..) | Self::Stopped(basis) | Self::Found(basis, _) => Some(basis),
        }
    }
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
            let is_new = self.pinned.with_untracked(|it| {
                let now = it.as_ref().map(|it| (it.0.as_str(), it.1.as_str()));
                now != pair
            });
            self.is_pinned_by_hand.set(is_new);
            self.change(|address| address.with_pair("cell", pair));
        }
    }

    /// Takes the pin out.
    pub fn unpin(self) {
        self.change(|address| address.with_pair("cell", None));
    }

    /// Moves the cursor by a key of the grid, or its row's class with Alt; whether the key meant
    /// anything.
    pub fn press(self, key: &str, is_ctrl: bool, is_alt: bool, n_classes: usize) -> bool {
        /// So many rows or columns are a page.
        const PAGE: usize = 10;
        let (row, column) = self.cursor.get_untracked();
        let last = n_classes.saturating_sub(1);
        if is_alt {
            let to = match key {
                "ArrowUp" => row.saturating_sub(1),
                "ArrowDown" => (row + 1).min(last),
                _ => return false,
            };
            if to != row {
                self.cursor.set((to, column));
                self.move_class(row, to);
            }
            return true;
        }
        let to = match (key, is_ctrl) {
            ("ArrowUp", false) => (row.saturating_sub(1), column),
            ("ArrowDown", false) => ((row + 1).min(last), column),
            ("ArrowLeft", false) => (row, column.saturating_sub(1)),
            ("ArrowRight", false) => (row, (column + 1).min(last)),
            ("PageUp", false) => (row.saturating_sub(PAGE), column),
            ("PageDown", false) => ((row + PAGE).min(last), column),
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

    /// Moves the class at a place to another place.
    pub fn move_class(self, from: usize, to: usize) {
        let Some(shown) = self.shown.get_untracked() else {
            return;
        };
        let label = |place: usize| {
            let class = *shown.classes.get(place)?;
            Some(shown.label(class).to_owned())
        };
        let Some(moved) = label(from).filter(|_| from != to) else {
            return;
        };
        let before = label(if to > from { to + 1 } else { to }).unwrap_or_default();
        let mut moves = self.page.address.get_untracked().pairs("moves");
        // Another move of the same class takes the place of the last one.
        if moves.last().is_some_and(|it| it.0 == moved) {
            moves.pop();
        }
        moves.push((moved.clone(), before));
        let place = to.min(shown.classes.len().saturating_sub(1));
        let said = ConfusionWords::MovedTo(
            crate::words::confusion::shown_label(&moved),
            place + 1,
            shown.classes.len(),
        );
        self.said.set(Some(said));
        self.change(|address| address.with_pairs("moves", &moves));
    }

    /// Opens what is known of the class at a place, against the rest.
    pub fn open_class_at(self, place: usize) {
        let shown = self.shown.get_untracked();
        if let Some(shown) = shown
            && let Some(class) = shown.classes.get(place)
        {
            self.open_class(shown.label(*class));
        }
    }

    /// The same of a class by its label.
    pub fn open_class(self, label: &str) {
        self.set("class", label);
        spawn_local(async {
            // It is being drawn.
            browser::yield_to_browser().await;
            browser::focus(super::one::ID);
            browser::scroll_to(super::one::ID);
        });
    }

    /// Puts the focus on the cell of the cursor, of a picture on its only one.
    pub fn focus_cell(self) {
        let (row, column) = self.cursor.get_untracked();
        if !browser::focus(&super::table::cell_id(row, column)) {
            browser::focus("matrix-cell");
        }
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
