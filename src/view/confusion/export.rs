use leptos::{ev, prelude::*, task::spawn_local};

use super::{
    choose::{Confusion, class_words, run_name},
    numbers::CellNumbers,
    pinned::copy_button,
    shown::Shown,
};
use crate::{
    analysis::{
        colour::Rgb,
        drawing::{Drawing, DrawnCell, MAX_CELLS, Svg},
        heatmap::{Fill, HeatCell, Heatmap},
        matrix_text::{to_cell_csv, to_cell_json, to_csv, to_json, to_markdown},
        picture::{Part, Theme, is_noise_code},
    },
    browser,
    browser::markup::{IntoNode, el, group},
    model::Shared,
    words::{
        Say as _,
        confusion::{ConfusionWords, MatrixWords, shown_label},
    },
};

/// Up to so many classes a matrix is a table in a file; more are one row a cell.
const MAX_IN_TABLE: usize = 1_000;
/// Up to so many classes Markdown is offered: more are no comment.
const MAX_IN_MARKDOWN: usize = 50;
/// The ink of both themes, and their grounds and lines, as in `base.css`.
const LIGHT: [Rgb; 5] = [
    Rgb(0xff, 0xff, 0xff),
    Rgb(0x17, 0x1c, 0x21),
    Rgb(0xdd, 0xe2, 0xe6),
    Rgb(0x2e, 0x78, 0xcc),
    Rgb(0xcd, 0x6a, 0x12),
];
const DARK: [Rgb; 5] = [
    Rgb(0x0e, 0x13, 0x18),
    Rgb(0xe6, 0xeb, 0xef),
    Rgb(0x2a, 0x33, 0x3c),
    Rgb(0x4f, 0x97, 0xe8),
    Rgb(0xd9, 0x7f, 0x2e),
];
/// The strongest change keeps its ink readable.
const STRONGEST: f64 = 0.62;

/// What is shown as text, table and picture.
pub fn export(at: Confusion) -> impl IntoNode {
    let of_shown = move |make: fn(&Shown, Confusion) -> String| {
        move || {
            let shown = at.shown.get_untracked();
            shown.map(|it| make(&it, at)).unwrap_or_default()
        }
    };
    let file = move |label: ConfusionWords,
                     name: &'static str,
                     kind: &'static str,
                     make: fn(&Shown, Confusion) -> String| {
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
    el("details")
        .class("drop drop-end")
        .attr("id", "matrix-export")
        .attr("name", "menu")
        .child(el("summary").child(at.text(ConfusionWords::Export)))
        .child(
            el("div")
                .class("drop-body")
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
                .child(pictures),
        )
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

/// Names the axes: programs read English.
fn corner(shown: &Shown) -> &'static str {
    match shown.is_transposed {
        false => "actual \\ predicted",
        true => "predicted \\ actual",
    }
}

fn csv(shown: &Shown, _: Confusion) -> String {
    match shown.classes.len() <= MAX_IN_TABLE {
        true => to_csv(&map(shown), shown.matrix().labels(), corner(shown)),
        false => to_cell_csv(shown.matrix(), &shown.classes),
    }
}

fn json(shown: &Shown, _: Confusion) -> String {
    match shown.classes.len() <= MAX_IN_TABLE {
        true => to_json(shown.matrix(), &shown.classes),
        false => to_cell_json(shown.matrix(), &shown.classes),
    }
}

fn markdown(shown: &Shown, at: Confusion) -> String {
    let lang = at.page.lang.get_untracked();
    let numbers = numbers(shown, true, at);
    let percent = if numbers.is_share() { "\u{a0}%" } else { "" };
    let [actual, predicted] =
        [ConfusionWords::Actual, ConfusionWords::Predicted].map(|it| it.say(lang));
    let corner = match shown.is_transposed {
        false => format!("{actual} ↓, {predicted} →"),
        true => format!("{predicted} ↓, {actual} →"),
    };
    to_markdown(&map(shown), shown.matrix().labels(), &corner, |cell| {
        format!("{}{percent}", numbers.cell(cell))
    })
}

fn map(shown: &Shown) -> Heatmap {
    let known = shown.heatmap.clone();
    known.unwrap_or_else(|| shown.map())
}

fn numbers(shown: &Shown, has_room: bool, at: Confusion) -> CellNumbers {
    CellNumbers {
        kind: shown.kind(),
        normalisation: shown.normalisation,
        is_difference: shown.is_difference,
        has_room,
        lang: at.page.lang.get_untracked(),
    }
}

fn drawing(shown: &Shared<Shown>, is_dark: bool, at: Confusion) -> Svg {
    let [ground, ink, line, better, worse] = if is_dark { DARK } else { LIGHT };
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let name = run_name(shown, report.current, lang);
    let headline = match &shown.against {
        Some(against) if shown.is_difference => {
            MatrixWords::DifferenceHeadline(&name, &against.name)
        }
        _ => MatrixWords::Headline(&name, shown.matrix().trace(), shown.matrix().total()),
    };
    let orientation = MatrixWords::Orientation {
        titles: &shown.source.titles,
        is_transposed: shown.is_transposed,
    };
    let mut titles = vec![headline.say(words, lang), orientation.say(words, lang)];
    if shown.has_amounts() {
        titles.push(MatrixWords::LegendUnit(shown.normalisation).say(words, lang));
    }
    let theme = Theme {
        ground,
        better,
        worse,
    };
    let cells = match shown.is_table() {
        true => cells_of_table(shown, theme, at),
        false => cells_of_picture(theme, at),
    };
    let label = |class: &usize| shown_label(shown.label(*class));
    let labels: Vec<String> = shown.classes.iter().map(label).collect();
    let drawing = Drawing {
        titles: &titles,
        labels: &labels,
        cells: &cells,
        ground,
        ink,
        line,
    };
    drawing.svg()
}

fn cells_of_table(shown: &Shown, theme: Theme, at: Confusion) -> Vec<DrawnCell> {
    let n = shown.classes.len();
    let numbers = numbers(shown, n <= 8, at);
    let cell = |(idx, it): (usize, &HeatCell)| DrawnCell {
        row: idx / n.max(1),
        column: idx % n.max(1),
        fill: match it.fill {
            Fill::Empty => None,
            Fill::Tone(_) => it.fill.colours().map(|it| it.0),
            Fill::Better(tone) => Some(theme.better.over(theme.ground, tone * STRONGEST)),
            Fill::Worse(tone) => Some(theme.worse.over(theme.ground, tone * STRONGEST)),
        },
        text: numbers.cell(it),
        is_hatched: shown.noisy.get(idx).copied().unwrap_or(false),
    };
    let map = map(shown);
    map.cells.iter().enumerate().map(cell).collect()
}

fn cells_of_picture(theme: Theme, at: Confusion) -> Vec<DrawnCell> {
    let Some((of, picture)) = at.picture.get_untracked() else {
        return Vec::new();
    };
    let palette = picture.palette(theme);
    let image = picture.image(Part {
        x: 0.0,
        y: 0.0,
        width: picture.n as f64,
        height: picture.n as f64,
        columns: picture.n,
        rows: picture.n,
    });
    let columns = image.columns.max(1);
    let filled = image
        .codes
        .iter()
        .enumerate()
        .filter(|(_, code)| **code != 0);
    let cell = |(idx, code): (usize, &u8)| DrawnCell {
        row: idx / columns,
        column: idx % columns,
        fill: palette.get(usize::from(*code)).copied(),
        text: String::new(),
        is_hatched: of.is_difference && is_noise_code(*code),
    };
    filled.map(cell).collect()
}
