use leptos::prelude::*;

use super::{
    choose::{Confusion, class_words, run_name},
    export::{copied, map, numbers},
    legend::ends,
    margins::{Margin, MarginValue, margins},
    shown::{Shown, noise_words},
};
use crate::{
    analysis::{
        colour::Rgb,
        drawing::{Drawing, DrawnCell, DrawnLegend, DrawnMargin, Svg},
        heatmap::{Fill, HeatCell, Legend},
        picture::{Part, Theme, is_noise_code},
    },
    model::{Lang, Shared},
    words::{
        Say as _,
        confusion::{ClassWords, ConfusionWords, MatrixWords, apart, shown_label},
    },
};

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

/// So many letters of a label fit beside a drawing.
const MAX_LABEL: usize = 24;

/// What is seen as a drawing, with what it is in words around it.
pub(super) fn drawing(shown: &Shared<Shown>, is_dark: bool, at: Confusion) -> Svg {
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
    titles.extend(wrapped(&copied(shown, &report, true, lang)));
    let theme = Theme {
        ground,
        better,
        worse,
    };
    let cells = match shown.is_table() {
        true => cells_of_table(shown, theme, lang),
        false => cells_of_picture(theme, at),
    };
    let label = |class: &usize| shown_label(shown.label(*class));
    let labels: Vec<String> = shown.classes.iter().map(label).collect();
    let labels = apart(&labels, MAX_LABEL);
    let picture = at.picture.get_untracked().filter(|_| !shown.is_table());
    let (legend, noise) = match (&shown.heatmap, &picture) {
        (Some(map), _) => (Some(&map.legend), shown.noise_words.clone()),
        (None, Some((of, picture))) => (
            Some(&picture.legend),
            noise_words(
                &of.noise,
                [picture.n_noise, picture.n_changed, picture.n_unknown],
            ),
        ),
        (None, None) => (None, Vec::new()),
    };
    let legend = legend.filter(|it| it.max > 0.0);
    let legend = legend.map(|it| drawn_legend(shown, it, theme, words, lang));
    let mut notes: Vec<String> = noise.into_iter().map(|it| it.say(lang)).collect();
    notes.extend(shown.notes.iter().flat_map(|it| wrapped(&it.say(lang))));
    let (right, below) = match shown.is_table() {
        true => margins(shown, &shown.classes, lang),
        false => (Vec::new(), Vec::new()),
    };
    let [right, below] = [right, below].map(|it| drawn_margins(&it, lang));
    let drawing = Drawing {
        titles: &titles,
        labels: &labels,
        cells: &cells,
        ground,
        ink,
        line,
        margins: (&right, &below),
        legend,
        notes: &notes,
    };
    drawing.svg()
}

/// A sentence in lines that no drawing is too narrow for.
fn wrapped(text: &str) -> Vec<String> {
    const MAX_CHARS: usize = 90;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < MAX_CHARS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn drawn_margins(margins: &[Margin], lang: Lang) -> Vec<DrawnMargin> {
    let value = |it: &MarginValue| match it.is_better {
        None => it.text.clone(),
        Some(true) => format!("▲ {}", it.text),
        Some(false) => format!("▼ {}", it.text),
    };
    let drawn = margins.iter().map(|it| DrawnMargin {
        head: it.head.say(lang),
        values: it.values.iter().map(value).collect(),
    });
    drawn.collect()
}

fn drawn_legend(
    shown: &Shown,
    legend: &Legend,
    theme: Theme,
    words: ClassWords<'_>,
    lang: Lang,
) -> DrawnLegend {
    let [from, to] = ends(shown, legend, words, lang);
    if !shown.is_difference {
        return DrawnLegend {
            from,
            colours: legend.ramp(11),
            to,
            none: Some(ConfusionWords::NoneThere.say(lang)),
        };
    }
    let colour = |step: i32| {
        let over = if step < 0 { theme.worse } else { theme.better };
        over.over(theme.ground, f64::from(step.abs()) / 5.0 * STRONGEST)
    };
    DrawnLegend {
        from: ConfusionWords::Worse.say(lang),
        colours: (-5..=5).map(colour).collect(),
        to: format!("{}, {to}", ConfusionWords::Better.say(lang)),
        none: None,
    }
}

fn cells_of_table(shown: &Shown, theme: Theme, lang: Lang) -> Vec<DrawnCell> {
    let n = shown.classes.len();
    let numbers = numbers(shown, n <= 8, lang);
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
