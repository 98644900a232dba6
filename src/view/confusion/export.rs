use leptos::{ev, prelude::*, task::spawn_local};

use super::{
    choose::{Confusion, class_words},
    drawn::drawing,
    field::menu,
    numbers::CellNumbers,
    pinned::copy_button,
    shown::Shown,
};
use crate::{
    analysis::{
        drawing::MAX_CELLS,
        heatmap::Heatmap,
        markdown::escape_inline,
        matrix_text::{Seen, to_cell_csv, to_cell_json, to_csv, to_json, to_markdown},
    },
    browser,
    browser::markup::{IntoNode, el, group},
    model::{Lang, Normalisation, Report},
    words::{
        Say as _,
        confusion::{ConfusionWords, Copied, MatrixWords, shown_label},
    },
};

/// Up to so many classes a matrix is a table in a file; more are one row a cell.
const MAX_IN_TABLE: usize = 1_000;
/// Up to so many classes Markdown is offered: more are no comment.
const MAX_IN_MARKDOWN: usize = 50;
/// What is shown as text, table and picture.
pub fn export(at: Confusion) -> impl IntoNode {
    let of_shown = move |make: fn(&Shown, &Report, Lang) -> String| {
        move || {
            let (report, lang) = (at.page.report.get_untracked(), at.page.lang.get_untracked());
            let shown = at.shown.get_untracked();
            shown.map(|it| make(&it, &report, lang)).unwrap_or_default()
        }
    };
    let file = move |label: ConfusionWords,
                     name: &'static str,
                     kind: &'static str,
                     make: fn(&Shown, &Report, Lang) -> String| {
        let text = of_shown(make);
        let on_click = move |_| browser::download(name, kind, text().as_bytes());
        el("button")
            .attr("type", "button")
            .on(ev::click, on_click)
            .child(at.text(label))
    };
    let picture = move |is_dark: bool, is_png: bool| {
        let label = match is_png {
            true => ConfusionWords::DownloadPng(is_dark),
            false => ConfusionWords::DownloadSvg(is_dark),
        };
        let on_click = move |_| {
            let Some(shown) = at.shown.get_untracked() else {
                return;
            };
            let svg = drawing(&shown, is_dark, at);
            if !is_png {
                let bytes = svg.text.as_bytes();
                return browser::download("confusion-matrix.svg", "image/svg+xml", bytes);
            }
            spawn_local(async move {
                if let Some(bytes) = browser::png_of(&svg.text, svg.width, svg.height).await {
                    browser::download("confusion-matrix.png", "image/png", &bytes);
                }
            });
        };
        el("button")
            .attr("type", "button")
            .on(ev::click, on_click)
            .child(at.text(label))
    };
    let pictures = move || {
        let shown = at.shown.get()?;
        let n_drawn = n_drawn(&shown);
        Some(match n_drawn > MAX_CELLS {
            true => el("p")
                .class("note")
                .child(at.say(ConfusionWords::TooManyToDraw(n_drawn, MAX_CELLS)))
                .into_node(),
            false => group()
                .child(picture(false, true))
                .child(picture(true, true))
                .child(picture(false, false))
                .child(picture(true, false))
                .into_node(),
        })
    };
    let as_markdown = move || {
        let n = at.shown.get()?.classes.len();
        (n <= MAX_IN_MARKDOWN)
            .then(|| copy_button(ConfusionWords::CopyMarkdown, of_shown(markdown), at))
    };
    let body = group()
        .child(as_markdown)
        .child(copy_button(ConfusionWords::CopyCsv, of_shown(csv), at))
        .child(copy_button(ConfusionWords::CopyJson, of_shown(json), at))
        .child(file(
            ConfusionWords::DownloadCsv,
            "confusion-matrix.csv",
            "text/csv",
            csv,
        ))
        .child(file(
            ConfusionWords::DownloadJson,
            "confusion-matrix.json",
            "application/json",
            json,
        ))
        .child(pictures);
    menu("matrix-export", at.text(ConfusionWords::Export), body).class_if("drop-end", true)
}

/// How many cells a drawing would hold.
fn n_drawn(shown: &Shown) -> usize {
    match shown.is_table() {
        true => shown.classes.len() * shown.classes.len(),
        // Of both sides, where it is a difference.
        false => {
            let before = shown.subtracted().map_or(0, |it| it.n_filled());
            shown.matrix().n_filled().max(before)
        }
    }
}

/// What is seen, in the words of programs.
fn seen(shown: &Shown) -> Seen<'_> {
    let baseline = shown.against.as_ref().zip(shown.subtracted());
    Seen {
        run: &shown.run.1,
        baseline: baseline.map(|(against, matrix)| (against.name.as_str(), matrix)),
        normalisation: shown.normalisation,
        is_transposed: shown.is_transposed,
    }
}

/// What the numbers of a copy are, in a sentence.
pub(super) fn copied(shown: &Shown, report: &Report, is_percent: bool, lang: Lang) -> String {
    let seen = seen(shown);
    let copied = Copied {
        run: &shown_label(seen.run),
        baseline: seen.baseline.map(|it| it.0),
        normalisation: shown.normalisation,
        is_percent,
        n_classes: (shown.classes.len(), shown.matrix().n_classes()),
    };
    MatrixWords::Copied(copied).say(class_words(report, shown), lang)
}

/// Names the axes, and what the numbers are where they are not simply all counts: programs read
/// English.
fn corner(shown: &Shown, report: &Report) -> String {
    let axes = match shown.is_transposed {
        false => "actual \\ predicted",
        true => "predicted \\ actual",
    };
    let is_all = shown.classes.len() == shown.matrix().n_classes();
    let is_plain = shown.normalisation == Normalisation::None && !shown.is_difference && is_all;
    match is_plain {
        true => axes.to_owned(),
        false => format!("{axes}; {}", copied(shown, report, false, Lang::En)),
    }
}

/// As CSV.
pub(super) fn csv(shown: &Shown, report: &Report, _: Lang) -> String {
    match shown.classes.len() <= MAX_IN_TABLE {
        true => to_csv(&map(shown), shown.matrix().labels(), &corner(shown, report)),
        false => to_cell_csv(shown.matrix(), &shown.classes, seen(shown)),
    }
}

/// As JSON.
pub(super) fn json(shown: &Shown, _: &Report, _: Lang) -> String {
    match shown.classes.len() <= MAX_IN_TABLE {
        true => to_json(shown.matrix(), &map(shown), seen(shown)),
        false => to_cell_json(shown.matrix(), &shown.classes, seen(shown)),
    }
}

/// As a table in Markdown, with what it is before it.
pub(super) fn markdown(shown: &Shown, report: &Report, lang: Lang) -> String {
    let numbers = numbers(shown, true, lang);
    let unit = match (numbers.is_share(), shown.is_difference) {
        (false, _) => String::new(),
        (true, false) => "\u{a0}%".to_owned(),
        (true, true) => {
            let points = MatrixWords::ShortPoints.say(class_words(report, shown), lang);
            format!("\u{a0}{points}")
        }
    };
    let [actual, predicted] =
        [ConfusionWords::Actual, ConfusionWords::Predicted].map(|it| it.say(lang));
    let corner = match shown.is_transposed {
        false => format!("{actual} ↓, {predicted} →"),
        true => format!("{predicted} ↓, {actual} →"),
    };
    let table = to_markdown(&map(shown), shown.matrix().labels(), &corner, |cell| {
        let unit = if cell.value.is_some() { &unit } else { "" };
        format!("{}{unit}", numbers.cell(cell))
    });
    let told = escape_inline(&copied(shown, report, true, lang));
    format!("{told}\n\n{table}")
}

/// Every cell.
pub(super) fn map(shown: &Shown) -> Heatmap {
    let known = shown.heatmap.clone();
    known.unwrap_or_else(|| shown.map())
}

/// How cells are written.
pub(super) fn numbers(shown: &Shown, has_room: bool, lang: Lang) -> CellNumbers {
    CellNumbers {
        kind: shown.kind(),
        normalisation: shown.normalisation,
        is_difference: shown.is_difference,
        has_room,
        lang,
    }
}
