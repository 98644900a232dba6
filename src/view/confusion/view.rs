use leptos::{ev, prelude::*};

use super::{
    canvas::matrix_canvas,
    choose::{Confusion, class_words, run_name},
    legend::matrix_legend,
    lists::{class_measures_table, lists},
    pinned::pinned_cell,
    question::Question,
    shown::{MAX_DRAWN, Shown},
    table::{MAX_TABLE, cell_id, matrix_table},
    toolbar::toolbar,
};
use crate::{
    analysis::{class_order::class_order, matrix_text::markdown_text},
    browser,
    browser::markup::{CollectNodes as _, IntoNode, Node, el, group, show},
    model::{Order, Shared, distance},
    view::Page,
    words::{
        Say as _,
        confusion::{ConfusionWords, MatrixWords, shown_label},
    },
};

/// The Confusion view.
pub fn confusion_view() -> impl IntoNode {
    let page = Page::get();
    let question = Memo::new(move |_| page.address.with(Question::of));
    let shown = Memo::new(move |_| {
        let question = question.get();
        page.report
            .with(|report| Shown::new(report, &question))
            .map(Shared::new)
    });
    let pinned = Memo::new(move |_| page.address.with(|address| address.pair("cell")));
    let at = Confusion {
        page,
        shown,
        pinned,
        cursor: RwSignal::new((0, 0)),
        pointed: RwSignal::new(None),
    };
    follow_pin(at);
    page.quotes(move || quote(at));
    browser::provide_cell_at(move |actual, predicted| {
        let shown = shown.try_get_untracked()??;
        let (row, column) = shown.position(actual, predicted)?;
        let n = shown.heatmap.as_ref()?.classes.len();
        match n <= MAX_TABLE {
            true => browser::centre_of(&cell_id(row, column)),
            false => super::canvas::centre_at(row, column, n),
        }
    });
    let has_matrix = Memo::new(move |_| shown.with(Option::is_some));
    let lower = move || {
        let shown = shown.get()?;
        page.lang.track();
        let min = question.with(|it| it.min);
        Some(below(shown, min, at))
    };
    let parts = move || {
        group()
            .child(toolbar(question, at))
            .child(notes(at))
            .child(
                el("div")
                    .class("cf")
                    .child(el("div").child(move || matrix(at)))
                    .child(pinned_cell(at)),
            )
            .child(lower)
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
    let pinned = at.pinned.get_untracked().and_then(|(actual, predicted)| {
        let matrix = shown.matrix();
        Some((matrix.class(&actual)?, matrix.class(&predicted)?))
    });
    let first = shown.ranked.first().map(|it| (it.actual, it.predicted));
    let sentence = pinned.or(first).map(|(actual, predicted)| {
        format!("{}.", shown.sentence(words, actual, predicted).say(lang))
    });
    let headline = pinned.is_none().then(|| headline(&shown, at));
    let parts: Vec<String> = headline.into_iter().chain(sentence).collect();
    markdown_text(&parts.join(" "))
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
            MatrixWords::Headline(&name, matrix.trace(), matrix.total()).say(words, lang)
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
            }
        } else if let Some(shown) = at.shown.get() {
            // Fewer classes may be left than the cursor knows.
            let n = shown.heatmap.as_ref().map_or(0, |map| map.classes.len());
            let (row, column) = at.cursor.get_untracked();
            if row >= n || column >= n {
                at.cursor.set((0, 0));
            }
        }
        n_before.unwrap_or(0) + 1
    });
}

/// Headline, orientation, the cells and their legend.
fn matrix(at: Confusion) -> Option<Node> {
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
    let n = shown.heatmap.as_ref().map(|map| map.classes.len());
    let cells = match n {
        None => too_many(shown.clone(), at).into_node(),
        Some(n) if n <= MAX_TABLE => matrix_table(shown.clone(), at).into_node(),
        Some(_) => matrix_canvas(shown.clone(), at).into_node(),
    };
    let legend = n.map(|_| matrix_legend(shown.clone(), at));
    Some(
        group()
            .child(
                el("p")
                    .class("orient")
                    .attr("id", "matrix-orientation")
                    .child(el("b").child(headline))
                    .child(" ")
                    .child(orientation)
                    .child(" ")
                    .child(origin.say(lang)),
            )
            .child(cells)
            .child(legend)
            .into_node(),
    )
}

/// What stands in place of a matrix with too many classes.
fn too_many(shown: Shared<Shown>, at: Confusion) -> impl IntoNode {
    let n = shown.matrix().n_classes();
    let only_worst = move |_| {
        let worst = class_order(shown.matrix(), Order::Error);
        let labels: Vec<&str> = worst
            .iter()
            .take(MAX_TABLE)
            .map(|it| shown.label(*it))
            .collect();
        at.change(|address| address.with_list("only", &labels));
    };
    group()
        .child(
            el("p")
                .class("empty")
                .child(at.text(ConfusionWords::TooManyClasses(n, MAX_DRAWN))),
        )
        .child(
            el("button")
                .attr("type", "button")
                .on(ev::click, only_worst)
                .child(at.text(ConfusionWords::OnlyWorst(MAX_TABLE))),
        )
}

/// What the reader should know of what is shown, and of what the address names that is gone.
fn notes(at: Confusion) -> impl IntoNode {
    let note =
        move |note: &ConfusionWords| el("p").class("note").child(note.say(at.page.lang.get()));
    let notes = move || {
        let shown = at.shown.get()?;
        Some(shown.notes.iter().map(note).collect_nodes())
    };
    let gone = move || {
        let shown = at.shown.get()?;
        let (actual, predicted) = at.pinned.get()?;
        if shown.heatmap.is_none() || shown.position(&actual, &predicted).is_some() {
            return None;
        }
        let nearest = nearest_cell(&shown, &actual, &predicted).map(|(a, p)| {
            let address = at.page.address.get().with_pair("cell", Some((&a, &p)));
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
    el("div")
        .class("matrix-notes")
        .attr("role", "status")
        .child(notes)
        .child(gone)
}

/// The labels that are most like those of a cell that is gone, among the classes shown.
fn nearest_cell(shown: &Shown, actual: &str, predicted: &str) -> Option<(String, String)> {
    let classes = &shown.heatmap.as_ref()?.classes;
    let nearest = |label: &str| {
        let near = |class: &&usize| distance(label, shown.label(**class));
        classes
            .iter()
            .min_by_key(near)
            .map(|class| shown.label(*class).to_owned())
    };
    Some((nearest(actual)?, nearest(predicted)?))
}

/// What stands below the matrix.
fn below(shown: Shared<Shown>, min: Option<f64>, at: Confusion) -> impl IntoNode {
    let is_table = shown
        .heatmap
        .as_ref()
        .is_some_and(|map| map.classes.len() <= MAX_TABLE);
    let measures = match is_table {
        // The grid has them in its margins, where there is room.
        true => el("div")
            .class("only-narrow")
            .child(class_measures_table(shown.clone(), at))
            .into_node(),
        false => el("details")
            .class("measures")
            .child(el("summary").child(at.text(ConfusionWords::MeasuresByClass)))
            .child(class_measures_table(shown.clone(), at))
            .into_node(),
    };
    group().child(measures).child(lists(shown, min, at))
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
