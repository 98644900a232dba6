//! Work that is too long for one go: the order by similarity, and the picture of a large matrix.

use crate::browser::markup::{Memo, effect};
use leptos::{prelude::*, task::spawn_local};

use super::{
    choose::{Confusion, Similar},
    shown::Shown,
};
use crate::{analysis::picture::Painting, browser, model::Shared};

/// A picture of so many cells is made at once.
const PAINTED_AT_ONCE: usize = 4_000;
/// Cells between two looks at the clock, of larger ones.
const CELLS_OF_A_STEP: usize = 10_000;
/// How long a slice of that work may take, in milliseconds.
const SLICE_MILLIS: f64 = 8.0;

/// Up to so many classes the order by similarity is found in the page: a worker takes longer to
/// start.
const MAX_ORDERED_HERE: usize = 150;

/// Has the order by similarity looked for where it is asked for and not known.
pub fn find_order(at: Confusion) {
    let running: StoredValue<Option<browser::Ordering>, LocalStorage> =
        StoredValue::new_local(None);
    let is_unknown = Memo::new(move |_| at.similar.with(|it| matches!(it, Similar::Unknown)));
    effect(move || {
        is_unknown.track();
        let Some(shown) = at.shown.get().filter(|it| it.is_unordered) else {
            running.set_value(None);
            // Nobody goes on with it: asked for again, it begins anew.
            if matches!(at.similar.get_untracked(), Similar::Running(..)) {
                at.similar.set(Similar::Unknown);
            }
            return;
        };
        let basis = shown.basis().clone();
        let similar = at.similar.get_untracked();
        if similar.basis() == Some(&basis) {
            return;
        }
        let is_small = basis.matrix().n_classes() <= MAX_ORDERED_HERE;
        let start = (!is_small).then_some((0.0, true));
        at.similar.set(Similar::Running(basis.clone(), start));
        let is_wanted = {
            let basis = basis.clone();
            move || {
                let similar = at.similar.try_get_untracked();
                similar.is_some_and(|it| matches!(it, Similar::Running(of, ..) if of == basis))
            }
        };
        let (on_progress, on_done) = (is_wanted.clone(), is_wanted);
        let (told, found) = (basis.clone(), basis.clone());
        let ordering = browser::Ordering::start(
            basis.matrix().clone(),
            is_small,
            move |share, is_worker| {
                if !is_small && on_progress() {
                    let progress = Some((share, is_worker));
                    at.similar.set(Similar::Running(told.clone(), progress));
                }
            },
            move |order| {
                if on_done() {
                    at.similar.set(match order {
                        Some(order) if order.len() == found.matrix().n_classes() => {
                            Similar::Found(found, Shared::new(order))
                        }
                        _ => Similar::Stopped(found),
                    });
                }
            },
        );
        running.set_value(Some(ordering));
    });
    // Whoever stops it ends the worker too.
    effect(move || {
        if at.similar.with(|it| matches!(it, Similar::Stopped(_))) {
            running.set_value(None);
        }
    });
}

/// Makes the picture of a large matrix: at once, or in slices that leave the page alive.
pub fn make_picture(at: Confusion) {
    let turn = StoredValue::new(0u32);
    effect(move || {
        turn.update_value(|turn| *turn += 1);
        let Some(shown) = at.shown.get().filter(|it| !it.is_table()) else {
            at.picture.set(None);
            return;
        };
        let has_it = |it: &Option<(Shared<Shown>, _)>| {
            it.as_ref()
                .is_some_and(|(of, _)| of.is_same_picture(&shown))
        };
        if at.picture.with_untracked(has_it) {
            return;
        }
        let mut painting = Painting::new(shown.drawn(), &shown.choice());
        if shown.matrix().n_filled() <= PAINTED_AT_ONCE {
            while painting.step(shown.drawn(), usize::MAX) {}
            let picture = Shared::new(painting.finish());
            at.picture.set(Some((shown, picture)));
            return;
        }
        let own_turn = turn.get_value();
        spawn_local(async move {
            loop {
                browser::yield_to_browser().await;
                // Another one is wanted, or the view is gone.
                if turn.try_get_value() != Some(own_turn) {
                    return;
                }
                let start = browser::now_millis();
                let mut goes_on = true;
                while goes_on && browser::now_millis() - start < SLICE_MILLIS {
                    goes_on = painting.step(shown.drawn(), CELLS_OF_A_STEP);
                }
                if !goes_on {
                    break;
                }
            }
            let picture = Shared::new(painting.finish());
            at.picture.set(Some((shown, picture)));
        });
    });
}
