use leptos::{ev, prelude::*, task::spawn_local};

use super::{
    basis::Basis,
    canvas::matrix_canvas,
    choose::{Confusion, Similar, class_words, run_name},
    jobs::{find_order, make_picture},
    legend::matrix_legend,
    lists::lists,
    lost::lost,
    measures::measures,
    one::one_class,
    pinned::{SENTENCE, pinned_cell},
    question::Question,
    shown::{Lists, Shown},
    sight::Sight,
    table::{MOST_CLOSE, cell_id, matrix_table},
    toolbar::toolbar,
};
use crate::{
    browser,
    browser::markup::{CollectNodes as _, IntoNode, Memo, Node, RwSignal, effect, el, group, show},
    model::{Shared, distance},
    view::{Page, gone::gone_lines},
    words::{
        Say as _,
        confusion::{ConfusionWords, MatrixWords, shown_label},
    },
};

/// The Confusion view.
pub fn confusion_view() -> impl IntoNode {
    let page = Page::get();
    let address = page.own_address();
    let question = Memo::new(move |_| address.with(Question::of));
    let of_basis = Memo::new(move |_| question.with(|it| it.basis.clone()));
    let basis = Memo::new(move |_| {
        let question = of_basis.get();
        page.report
            .with(|report| Basis::new(report, &question))
            .map(Shared::new)
    });
    let similar = RwSignal::new(Similar::Unknown);
    let found = Memo::new(move |_| {
        similar.with(|it| match it {
            Similar::Found(of, order) => Some((of.clone(), order.clone())),
            _ => None,
        })
    });
    let shown = Memo::new(move |_| {
        let basis = basis.get()?;
        let found = found.get().filter(|it| it.0 == basis);
        let report = page.report.get();
        let similar = found.as_ref().map(|it| it.1.as_slice());
        let shown = question.with(|it| Shown::new(basis, it, &report.settings, similar));
        Some(Shared::new(shown))
    });
    let filter = Memo::new(move |_| question.with(|it| it.filter.clone()));
    let lists_of = Memo::new(move |_| {
        let basis = basis.get()?;
        Some(Shared::new(filter.with(|it| Lists::new(&basis, it))))
    });
    let pinned = Memo::new(move |_| address.with(|address| address.pair("cell")));
    let at = Confusion {
        page,
        address,
        shown,
        lists: lists_of,
        pinned,
        is_pinned_by_hand: RwSignal::new(false),
        cursor: RwSignal::new((0, 0)),
        pointed: RwSignal::new(None),
        sight: RwSignal::new(Sight::default()),
        picture: RwSignal::new(None),
        similar,
        said: RwSignal::new(None),
    };
    find_order(at);
    make_picture(at);
    follow_pin(at);
    show_sentence(at);
    page.quotes(move || Some(quote(at)));
    browser::provide_cell_at(move |actual, predicted| {
        let shown = shown.try_get_untracked()??;
        let (row, column) = shown.position(actual, predicted)?;
        match shown.is_table() {
            true => browser::centre_of(&cell_id(row, column)),
            false => super::canvas::centre_at(at, row, column, shown.classes.len()),
        }
    });
    let has_matrix = Memo::new(move |_| shown.with(Option::is_some));
    // What stands below a large matrix comes after it.
    let has_picture = Memo::new(move |_| {
        shown.with(|it| it.as_ref().is_none_or(|it| it.is_table()))
            || at.picture.with(Option::is_some)
            || !browser::has_document()
    });
    let parts = move || {
        group()
            .child(toolbar(question, at))
            .child(notes(at))
            .child(
                el("div")
                    .class("cf")
                    .child(el("div").child(matrix(at)))
                    .child(pinned_cell(at)),
            )
            .child(one_class(at))
            .child(show(
                move || has_picture.get(),
                move || group().child(lists(at)).child(measures(at)),
            ))
    };
    let nothing = move || {
        el("p")
            .class("empty")
            .child(at.text(ConfusionWords::NoMatrix))
    };
    group()
        .child(el("h1").class("vh").child(at.text(ConfusionWords::Title)))
        .child(show(move || has_matrix.get(), parts))
        .child(show(move || !has_matrix.get(), nothing))
}

/// What is copied for the discussion: the pinned cell's sentence, else the headline with the most
/// frequent confusion.
fn quote(at: Confusion) -> String {
    let Some(shown) = at.shown.get_untracked() else {
        return ConfusionWords::NoMatrix.say(at.page.lang.get_untracked());
    };
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, &shown);
    let pinned = at
        .pinned
        .get_untracked()
        .and_then(|(actual, predicted)| Some((shown.class(&actual)?, shown.class(&predicted)?)));
    let lists = at.lists.get_untracked();
    let first = lists.and_then(|it| it.listed.first().copied());
    let first = first.map(|it| (it.actual, it.predicted));
    let sentence = pinned.or(first).map(|(actual, predicted)| {
        format!("{}.", shown.sentence(words, actual, predicted).say(lang))
    });
    let headline = pinned.is_none().then(|| headline(&shown, at));
    let parts: Vec<String> = headline.into_iter().chain(sentence).collect();
    parts.join(" ")
}

/// How much is right; of a difference, what is subtracted from what.
fn headline(shown: &Shown, at: Confusion) -> String {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let name = run_name(shown, report.current, lang);
    match &shown.against {
        Some(against) if shown.is_difference => {
            MatrixWords::DifferenceHeadline(&name, &against.name).say(words, lang)
        }
        _ => {
            let matrix = shown.matrix();
            MatrixWords::Headline(&name, matrix.trace(), shown.sum()).say(words, lang)
        }
    }
}

/// Puts the cursor on a cell that an address pins.
fn follow_pin(at: Confusion) {
    let cell = move || {
        let (actual, predicted) = at.pinned.get()?;
        at.shown.get()?.position(&actual, &predicted)
    };
    let start = untrack(cell);
    at.cursor.set(start.unwrap_or_default());
    Effect::new(move |n_before: Option<usize>| {
        let is_first = n_before.is_none();
        if let Some(cell) = cell() {
            at.cursor.set(cell);
            if is_first {
                browser::scroll_to(&cell_id(cell.0, cell.1));
                // The next key moves on from there.
                browser::focus(&cell_id(cell.0, cell.1));
            }
        } else if let Some(shown) = at.shown.get() {
            // Fewer classes may be left than the cursor knows.
            let n = shown.classes.len();
            let (row, column) = at.cursor.get_untracked();
            if row >= n || column >= n {
                at.cursor.set((0, 0));
            }
        }
        n_before.unwrap_or(0) + 1
    });
}

/// Brings a cell that a link pins and its sentence into view: on a narrow page that stands at the
/// foot of the window. A reader who pins a cell by hand keeps it in view, with the sentence where there
/// is room for both.
///
/// Without any motion, so nobody has to be asked whether they want some.
fn show_sentence(at: Confusion) {
    let is_there = Memo::new(move |_| at.shown.with(Option::is_some));
    effect(move || {
        let Some((actual, predicted)) = at.pinned.get().filter(|_| is_there.get()) else {
            return;
        };
        let is_by_hand = at.is_pinned_by_hand.get_untracked();
        at.is_pinned_by_hand.set(false);
        spawn_local(async move {
            // The panel is being drawn, and the page may go to its top.
            browser::yield_to_browser().await;
            let shown = at.shown.try_get_untracked().flatten();
            let cell = shown.and_then(|shown| {
                let (row, column) = shown.position(&actual, &predicted)?;
                Some(match shown.is_table() {
                    true => (cell_id(row, column), shown.classes.len() > MOST_CLOSE),
                    // The picture has one cell, which may still be on its way.
                    false => ("matrix".to_owned(), false),
                })
            });
            let Some((cell, is_tight)) = cell else {
                return;
            };
            // On a narrow page, and below many classes, the panel is at the foot of the window,
            // above which the cell goes.
            let is_docked = is_tight || browser::matches_media("(max-width: 1000px)");
            if !is_by_hand || is_docked {
                browser::scroll_to(&cell);
            }
            if is_docked {
                return;
            }
            if is_by_hand && !has_room_for(&cell, SENTENCE) {
                return;
            }
            browser::scroll_to(SENTENCE);
        });
    });
}

/// Whether two elements fit into the window, the upper one below the page's head.
fn has_room_for(upper: &str, lower: &str) -> bool {
    /// Height of the head and some air, in CSS pixels.
    const HEAD: f64 = 80.0;
    let boxes = browser::bounds_of(upper).zip(browser::bounds_of(lower));
    boxes.is_some_and(|((_, top, ..), (_, low, _, height))| {
        let needed = (low + height - top + HEAD).max(0.0);
        browser::matches_media(&format!("(min-height: {needed:.0}px)"))
    })
}

/// Headline, orientation, the cells and their legend.
fn matrix(at: Confusion) -> impl IntoNode {
    // Of a picture: the matrix, and how many of its classes are shown.
    let large = Memo::new(move |_| {
        let shown = at.shown.get().filter(|it| !it.is_table())?;
        Some((shown.basis().clone(), shown.classes.len()))
    });
    let cells = move || {
        at.page.lang.track();
        Some(match large.get() {
            Some((_, n)) => matrix_canvas(n, at).into_node(),
            None => matrix_table(at.shown.get()?, at).into_node(),
        })
    };
    group()
        .child(move || orientation(at))
        .child(cells)
        .child(matrix_legend(at))
}

/// What the matrix says in one sentence, what its rows and columns are, and where it comes from.
fn orientation(at: Confusion) -> Option<Node> {
    let shown = at.shown.get()?;
    let lang = at.page.lang.get();
    let report = at.page.report.get();
    let words = class_words(&report, &shown);
    let headline = headline(&shown, at);
    let orientation = MatrixWords::Orientation {
        titles: &shown.source.titles,
        is_transposed: shown.is_transposed,
    };
    let orientation = orientation.say(words, lang);
    let artifact = shown_label(&shown.source.artifact);
    let origin = match shown.source.is_counted {
        true => ConfusionWords::CountedFrom(artifact),
        false => ConfusionWords::ReadFrom(artifact),
    };
    Some(
        el("p")
            .class("orient")
            .attr("id", "matrix-orientation")
            .child(el("b").child(headline))
            .child(" ")
            .child(orientation)
            .child(" ")
            .child(origin.say(lang))
            .into_node(),
    )
}

/// How far the order by similarity is, where it isn't there.
fn ordering(at: Confusion) -> Option<Node> {
    if !at.shown.get()?.is_unordered {
        return None;
    }
    let button = |label: ConfusionWords, to: fn(Shared<Basis>) -> Similar| {
        let on_click = move |_| {
            if let Some(basis) = at.similar.get_untracked().basis() {
                at.similar.set(to(basis.clone()));
            }
        };
        el("button")
            .attr("type", "button")
            .on(ev::click, on_click)
            .child(label.say(at.page.lang.get()))
    };
    let (words, button) = match at.similar.get() {
        Similar::Running(_, Some((share, is_worker))) => {
            let words = match is_worker {
                true => ConfusionWords::Ordering(share),
                false => ConfusionWords::OrderingHere(share),
            };
            (words, button(ConfusionWords::Stop, Similar::Stopped))
        }
        Similar::Stopped(_) => {
            let again = |_: Shared<Basis>| Similar::Unknown;
            (
                ConfusionWords::OrderStopped,
                button(ConfusionWords::SearchAgain, again),
            )
        }
        Similar::Unknown | Similar::Running(_, None) | Similar::Found(..) => return None,
    };
    Some(
        el("p")
            .class("note no-print")
            .attr("id", "matrix-ordering")
            .child(words.say(at.page.lang.get()))
            .child(" ")
            .child(button)
            .into_node(),
    )
}

/// Which classes were moved by hand, and the way back.
fn moved(at: Confusion) -> Option<Node> {
    let moves = at.address.with(|address| address.pairs("moves"));
    let shown = at.shown.get()?;
    let moves = moves.iter().filter(|it| shown.class(&it.0).is_some());
    let mut labels: Vec<String> = moves.map(|it| shown_label(&it.0)).collect();
    labels.sort();
    labels.dedup();
    if labels.is_empty() {
        return None;
    }
    Some(
        el("p")
            .class("note")
            .child(at.say(ConfusionWords::MovedByHand(labels)))
            .child(" ")
            .child(
                el("button")
                    .attr("type", "button")
                    .class("plain no-print")
                    .on(ev::click, move |_| at.set("moves", ""))
                    .child(at.say(ConfusionWords::UndoMoves)),
            )
            .into_node(),
    )
}

/// What the reader should know of what is shown, and of what the address names that is gone.
fn notes(at: Confusion) -> impl IntoNode {
    let note =
        move |note: &ConfusionWords| el("p").class("note").child(note.say(at.page.lang.get()));
    let told = move || {
        let shown = at.shown.get()?;
        Some(shown.notes.iter().map(note).collect_nodes())
    };
    let gone = move || {
        let shown = at.shown.get()?;
        let (actual, predicted) = at.pinned.get()?;
        if shown.position(&actual, &predicted).is_some() {
            return None;
        }
        let nearest = nearest_cell(&shown, &actual, &predicted).map(|(a, p)| {
            let address = at.address.get().with_pair("cell", Some((&a, &p)));
            let text = format!("{} → {}", shown_label(&a), shown_label(&p));
            group()
                .child(" ")
                .child(at.say(ConfusionWords::Nearest))
                .child(" ")
                .child(el("a").attr("href", address.to_fragment()).child(text))
                .child(".")
        });
        let (actual, predicted) = (shown_label(&actual), shown_label(&predicted));
        let text = at.say(ConfusionWords::CellGone(actual, predicted));
        Some(el("p").class("note").child(text).child(nearest))
    };
    let strange = move || {
        let (shown, address) = (at.shown.get()?, at.address.get());
        Some(gone_lines(at.page, &address, &lost(&address, &shown)))
    };
    let notes = el("div")
        .class("matrix-notes")
        .attr("role", "status")
        .child(told)
        .child(gone)
        .child(move || moved(at))
        .child(
            el("span")
                .class("vh")
                .child(move || Some(at.say(at.said.get()?))),
        );
    group()
        .child(strange)
        .child(notes)
        .child(move || ordering(at))
}

/// The labels that are most like those of a cell that is gone, among the classes shown.
fn nearest_cell(shown: &Shown, actual: &str, predicted: &str) -> Option<(String, String)> {
    let classes = &shown.classes;
    let nearest = |label: &str| {
        let near = |class: &&usize| distance(label, shown.label(**class));
        classes
            .iter()
            .min_by_key(near)
            .map(|class| shown.label(*class).to_owned())
    };
    Some((nearest(actual)?, nearest(predicted)?))
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distance_counts_letters() {
        for (a, b, expected) in [
            ("PF", "PG", 1),
            ("", "abc", 3),
            ("SF", "sf", 0),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
