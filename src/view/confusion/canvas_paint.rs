use super::{
    numbers::CellNumbers,
    shown::Shown,
    sight::{Frame, Sight},
};
use crate::{
    analysis::{
        colour::Rgb,
        heatmap::{Fill, HeatCell, Values, on_both_sides},
        picture::{Image, Part, Picture, Theme, is_noise_code},
    },
    browser::{self, Surface},
    model::Lang,
    words::confusion::{clipped, shown_label},
};

/// Labels nearer than this run into each other.
const LABEL_STEP: f64 = 13.0;
/// Cells have a hairline between them from this size on.
const LINED: f64 = 6.0;
/// Hatching of noise is seen from this size on.
const HATCHED: f64 = 8.0;
/// Numbers fit into cells from this size on.
const NUMBERED: f64 = 28.0;
/// Of a letter of 12 px, in CSS pixels, and what is left free before the first.
const CHAR_WIDTH: f64 = 7.4;
const AIR: f64 = 8.0;

/// The colours of the page.
#[derive(Clone, PartialEq)]
pub struct Colours {
    /// Of cells.
    pub theme: Theme,
    ink: String,
    line: String,
    ground: String,
}

impl Colours {
    /// As it is now.
    pub fn now() -> Self {
        let colour =
            |token: &str| Rgb::parse(&browser::colour(token)).unwrap_or(Rgb(255, 255, 255));
        Self {
            theme: Theme {
                ground: colour("--bg"),
                better: colour("--better-mark"),
                worse: colour("--worse-mark"),
            },
            ink: browser::colour("--ink-2"),
            line: browser::colour("--line"),
            ground: browser::colour("--bg"),
        }
    }
}

/// Cells, then what fits on them, then labels as far as there is room for them.
pub fn paint(
    canvas: &browser::Canvas,
    shown: &Shown,
    picture: &Picture,
    (frame, sight): (Frame, Sight),
    colours: &Colours,
    lang: Lang,
) {
    let Some(surface) = Surface::new(canvas, frame.size(), frame.size()) else {
        return;
    };
    let (cell, (x, y), span) = (frame.cell(sight), frame.start(sight), frame.span(sight));
    let image = picture.image(Part {
        x,
        y,
        width: span,
        height: span,
        columns: frame.side.ceil() as usize,
        rows: frame.side.ceil() as usize,
    });
    let palette = picture.palette(colours.theme);
    let place = |at: f64, start: f64| frame.origin + (at - start) * cell;
    surface.pixels(
        &image.rgba(&palette),
        image.columns as u32,
        place(image.x, x),
        place(image.y, y),
        image.width * cell,
        image.height * cell,
    );
    let Colours {
        ink, line, ground, ..
    } = colours;
    let seen = |start: f64| {
        let first = start.floor() as usize;
        first..((start + span).ceil() as usize).min(frame.n)
    };
    if cell >= LINED {
        for row in seen(y) {
            surface.rect(frame.origin, place(row as f64, y), frame.side, 1.0, line);
        }
        for column in seen(x) {
            surface.rect(place(column as f64, x), frame.origin, 1.0, frame.side, line);
        }
    }
    if cell >= HATCHED && shown.is_difference {
        let corners = noisy_corners(&image);
        let corners: Vec<(f64, f64)> = corners
            .map(|(column, row)| (place(image.x + column, x), place(image.y + row, y)))
            .collect();
        surface.hatch(&corners, cell, ink);
    }
    if cell >= NUMBERED {
        write_numbers(
            &surface,
            (shown, lang),
            &image,
            (&palette, ink),
            &|column, row| (place(column as f64 + 0.5, x), place(row as f64 + 0.5, y)),
        );
    }
    // Cells that are seen in part reach into the room of the labels.
    surface.rect(0.0, 0.0, frame.origin, frame.size(), ground);
    surface.rect(0.0, 0.0, frame.size(), frame.origin, ground);
    let step = (LABEL_STEP / cell).ceil().max(1.0) as usize;
    let font = "12px sans-serif";
    let n_fit = ((frame.origin - AIR) / CHAR_WIDTH).max(2.0) as usize;
    let label = |place: usize| {
        let class = shown.classes.get(place).copied().unwrap_or_default();
        clipped(&shown_label(shown.label(class)), n_fit)
    };
    // The labels with their middles.
    let labels = |start: f64| -> Vec<(String, f64)> {
        let places = seen(start).filter(|it| it % step == 0);
        let labels = places.map(|it| (label(it), place(it as f64 + 0.5, start)));
        labels
            .filter(|it| (frame.origin..frame.size()).contains(&it.1))
            .collect()
    };
    let end = frame.origin - 6.0;
    let rows = labels(y).into_iter().map(|(label, y)| (label, end, y));
    surface.texts(&rows.collect::<Vec<_>>(), font, ink);
    let columns = labels(x).into_iter().map(|(label, x)| (label, x, end));
    surface.texts_upwards(&columns.collect::<Vec<_>>(), font, ink);
}

/// Column and row, in the image, of each cell whose change is noise.
fn noisy_corners(image: &Image) -> impl Iterator<Item = (f64, f64)> + '_ {
    let columns = image.columns.max(1);
    let noisy = image.codes.iter().enumerate();
    let noisy = noisy.filter(|(_, code)| is_noise_code(**code));
    noisy.map(move |(idx, _)| ((idx % columns) as f64, (idx / columns) as f64))
}

/// The number of each cell that is seen, in ink that can be read on it.
fn write_numbers(
    surface: &Surface,
    (shown, lang): (&Shown, Lang),
    image: &Image,
    (palette, quiet): (&[Rgb], &str),
    middle: &dyn Fn(usize, usize) -> (f64, f64),
) {
    let numbers = CellNumbers {
        kind: shown.kind(),
        normalisation: shown.normalisation,
        is_difference: shown.is_difference,
        has_room: false,
        lang,
    };
    let now = Values::new(shown.matrix(), shown.normalisation);
    let before = shown
        .subtracted()
        .map(|it| Values::new(it, shown.normalisation));
    let is_on_both = shown
        .subtracted()
        .map(|it| on_both_sides(shown.matrix(), it));
    let is_known = |actual: usize| {
        let known = is_on_both.as_ref().and_then(|it| it.get(actual));
        known.copied().unwrap_or(true)
    };
    let ground = palette.first().copied().unwrap_or(Rgb(255, 255, 255));
    for (idx, code) in image.codes.iter().enumerate() {
        let columns = image.columns.max(1);
        let column = image.x as usize + idx % columns;
        let row = image.y as usize + idx / columns;
        let Some((actual, predicted)) = shown.classes_at(row, column) else {
            continue;
        };
        let value = now.get(actual, predicted);
        let value = match &before {
            Some(before) => value
                .zip(before.get(actual, predicted))
                .map(|(now, before)| now - before),
            None => value,
        };
        let text = numbers.cell(&HeatCell {
            actual,
            predicted,
            count: 0.0,
            value: value.filter(|_| is_known(actual)),
            fill: Fill::Empty,
        });
        let on = palette.get(usize::from(*code)).copied().unwrap_or(ground);
        let (x, y) = middle(column, row);
        let font = match text.chars().count() {
            0..=3 => "12px sans-serif",
            4..=5 => "10px sans-serif",
            _ => continue,
        };
        let ink = on.ink().css();
        // Zero is not a small number.
        let ink = if *code == 0 { quiet } else { &ink };
        surface.text(&text, x, y, font, "center", ink);
    }
}
