use leptos::{ev, prelude::*};

use super::{
    choose::{Confusion, class_words},
    numbers::CellNumbers,
    shown::Shown,
    sight::{Frame, Sight},
    table::caption,
};
use crate::{
    analysis::{
        colour::Rgb,
        heatmap::{Fill, HeatCell, Values},
        picture::{Image, Part, Picture, Theme, is_noise_code},
    },
    browser::markup::{CollectNodes as _, ElementRef, IntoNode, el, group, show},
    browser::{self, Surface},
    model::{Lang, Shared},
    words::{
        Say as _,
        confusion::{ConfusionWords, shown_label},
    },
};

/// Labels nearer than this run into each other.
const LABEL_STEP: f64 = 13.0;
/// Cells have a hairline between them from this size on.
const LINED: f64 = 6.0;
/// Hatching of noise is seen from this size on.
const HATCHED: f64 = 8.0;
/// Numbers fit into cells from this size on.
const NUMBERED: f64 = 28.0;
/// The real cell is never smaller, so that its ring can be seen.
const SMALLEST_RING: f64 = 8.0;
/// The most matches of a search that are offered.
const MAX_MATCHES: usize = 8;
/// How much a key or a button zooms.
const STEP: f64 = 1.6;
/// The id of the picture's frame.
pub const FRAME: &str = "matrix";

/// The centre of a cell in the window, in CSS pixels; brings it into sight.
pub fn centre_at(at: Confusion, row: usize, column: usize, n: usize) -> Option<(f64, f64)> {
    let (x, y, width, _) = browser::bounds_of(FRAME)?;
    let frame = Frame::new(width, n);
    let sight = frame.showing(at.sight.get_untracked(), (row, column));
    at.sight.set(sight);
    let ((left, top), cell) = (frame.corner(sight, row, column), frame.cell(sight));
    Some((x + left + cell / 2.0, y + top + cell / 2.0))
}

/// The matrix as a picture, with one real cell over the one that is pointed at or has the focus.
pub fn matrix_canvas(
    // What to show.
    shown: Shared<Shown>,
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let lang = at.page.lang.get_untracked();
    let n = shown.classes.len();
    let canvas = ElementRef::new();
    let holder = ElementRef::new();
    let (width, set_width) = signal(848.0);
    let frame = Memo::new(move |_| Frame::new(width.get(), n));
    Effect::new(move |_| {
        if let Some(holder) = holder.get() {
            browser::on_resize(&holder, move |width, _| {
                let _ = set_width.try_set(width);
            });
        }
    });
    let size = move || {
        let side = frame.get().size();
        format!("width:{side}px;height:{side}px")
    };
    let theme = Trigger::new();
    // Asking the browser for colours makes it lay out the page: not for each step of a wheel.
    let colours = Memo::new(move |_| {
        theme.track();
        Colours::now()
    });
    let painted = shown.clone();
    Effect::new(move |_| {
        let (frame, sight) = (frame.get(), at.sight.get());
        if let (Some(canvas), Some((of, picture))) = (canvas.get_as(), at.picture.get()) {
            // The picture of what was shown before stays until that of this is there.
            let is_of_this = of.is_same_picture(&painted);
            let shown = if is_of_this { &painted } else { &of };
            colours.with(|colours| paint(&canvas, shown, &picture, (frame, sight), colours, lang));
        }
    });
    let offset = move |event: &leptos::ev::MouseEvent| {
        let (left, top, ..) = browser::bounds_of(FRAME).unwrap_or_default();
        (
            f64::from(event.client_x()) - left,
            f64::from(event.client_y()) - top,
        )
    };
    // What a pressed pointer does: moves the matrix, or a class by its label.
    let pressed: RwSignal<Option<Press>> = RwSignal::new(None);
    let on_down = move |event: leptos::ev::PointerEvent| {
        if event.button() == 0 {
            let (x, y) = offset(&event);
            let frame = frame.get_untracked();
            let sight = at.sight.get_untracked();
            let class = match (x < frame.origin, y < frame.origin) {
                (true, false) => frame.place(sight, y, true),
                (false, true) => frame.place(sight, x, false),
                _ => None,
            };
            pressed.set(Some(Press {
                last: (x, y),
                has_moved: false,
                class,
            }));
            browser::capture_pointer(&event);
        }
    };
    let on_move = move |event: leptos::ev::PointerEvent| {
        let (x, y) = offset(&event);
        let (frame, sight) = (frame.get_untracked(), at.sight.get_untracked());
        if let Some(mut press) = pressed.get_untracked() {
            let (right, down) = (press.last.0 - x, press.last.1 - y);
            if press.has_moved || right.abs().max(down.abs()) > 3.0 {
                press.has_moved = true;
                press.last = (x, y);
                if press.class.is_none() {
                    at.sight.set(frame.moved(sight, right, down));
                }
                pressed.set(Some(press));
            }
            return;
        }
        let cell = frame.at(sight, x, y);
        if at.pointed.get_untracked() != cell {
            at.pointed.set(cell);
            if let Some(cell) = cell {
                at.cursor.set(cell);
            }
        }
    };
    let on_up = move |event: leptos::ev::PointerEvent| {
        let Some(press) = pressed.get_untracked() else {
            return;
        };
        pressed.set(None);
        let (x, y) = offset(&event);
        let (frame, sight) = (frame.get_untracked(), at.sight.get_untracked());
        match (press.class, press.has_moved) {
            (Some(class), true) => {
                let along_rows = x < frame.origin;
                let to = frame.place(sight, if along_rows { y } else { x }, along_rows);
                if let Some(to) = to {
                    at.move_class(class, to);
                }
            }
            (Some(class), false) => at.open_class_at(class),
            (None, false) => {
                if let Some(cell) = frame.at(sight, x, y) {
                    at.cursor.set(cell);
                    at.pin(cell);
                    browser::focus("matrix-cell");
                }
            }
            (None, true) => {}
        }
    };
    let on_wheel = move |event: leptos::ev::WheelEvent| {
        let (frame, sight) = (frame.get_untracked(), at.sight.get_untracked());
        // Lines and pages, as some mice count, are steps too.
        let unit = if event.delta_mode() == 0 { 1.0 } else { 40.0 };
        let factor = libm::exp2(-event.delta_y() * unit / 240.0);
        let to = frame.zoomed(sight, factor, offset(&event));
        // Who scrolls past a whole matrix is let through.
        if to != sight {
            event.prevent_default();
            at.sight.set(to);
        }
    };
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        let is_ctrl = event.ctrl_key() || event.meta_key();
        let (frame, sight) = (frame.get_untracked(), at.sight.get_untracked());
        let key = event.key();
        let zoom = match (key.as_str(), is_ctrl || event.alt_key()) {
            ("+" | "=", false) => Some(STEP),
            ("-", false) => Some(1.0 / STEP),
            ("0", false) => Some(0.0),
            _ => None,
        };
        if let Some(factor) = zoom {
            event.prevent_default();
            let cell = at.cursor.get_untracked();
            let (x, y) = frame.corner(sight, cell.0, cell.1);
            let half = frame.cell(sight) / 2.0;
            at.sight
                .set(frame.zoomed(sight, factor, (x + half, y + half)));
            return;
        }
        if at.press(&key, is_ctrl, event.alt_key(), n) {
            event.prevent_default();
            let cell = at.cursor.get_untracked();
            at.sight.set(frame.showing(sight, cell));
            at.pointed.set(Some(cell));
            browser::focus("matrix-cell");
        }
    };
    let on_focusin = move |event: leptos::ev::FocusEvent| {
        if browser::closest_id(&event, "[role=gridcell]").is_none() {
            browser::focus("matrix-cell");
        }
    };
    let caption = caption(&shown, at, lang);
    let pin_shown = shown.clone();
    let pin = move || {
        let (actual, predicted) = at.pinned.get()?;
        let cell = pin_shown.position(&actual, &predicted)?;
        let style = cell_style(frame.get(), at.sight.get(), cell)?;
        Some(
            el("div")
                .class("matrix-pin")
                .attr("aria-hidden", "true")
                .attr("style", style),
        )
    };
    let picture = el("div")
        .attr("id", FRAME)
        .class("matrix-canvas")
        .class_if("is-part", move || frame.get().is_part(at.sight.get()))
        .refer(holder)
        .attr("role", "grid")
        .attr("tabindex", "-1")
        .attr("aria-label", caption)
        .attr("aria-rowcount", n + 1)
        .attr("aria-colcount", n + 1)
        .attr("aria-describedby", "matrix-orientation matrix-keys")
        .on(ev::pointerdown, on_down)
        .on(ev::pointermove, on_move)
        .on(ev::pointerup, on_up)
        .on(ev::pointercancel, move |_| pressed.set(None))
        .on(ev::pointerleave, move |_| at.pointed.set(None))
        .on(ev::wheel, on_wheel)
        .on(ev::keydown, on_keydown)
        .on(ev::focusin, on_focusin)
        .child(
            el("canvas")
                .attr("style", size)
                .refer(canvas)
                .attr("aria-hidden", "true")
                .on(ev::transitionend, move |_| theme.notify()),
        )
        .child(bands(shown.clone(), frame, at))
        .child(pin)
        .child(real_cell(shown.clone(), frame, at))
        .child(show(
            move || frame.get().is_part(at.sight.get()),
            move || mini_map(frame, colours, at),
        ));
    group().child(tools(shown, frame, at)).child(picture).child(
        el("p")
            .class("note no-print")
            .attr("id", "matrix-keys")
            .child(ConfusionWords::CanvasHint.say(lang))
            .child(" ")
            .child(ConfusionWords::MoveHint.say(lang)),
    )
}

/// A pressed pointer.
#[derive(Clone, Copy)]
struct Press {
    last: (f64, f64),
    has_moved: bool,
    /// Place of the class whose label was pressed.
    class: Option<usize>,
}

/// Search for a class, and zoom.
fn tools(shown: Shared<Shown>, frame: Memo<Frame>, at: Confusion) -> impl IntoNode {
    let lang = at.page.lang.get_untracked();
    let (text, set_text) = signal(String::new());
    let zoom = move |label: ConfusionWords, sign: &'static str, factor: f64| {
        let on_click = move |_| {
            let sight = at.sight.get_untracked();
            let frame = frame.get_untracked();
            at.sight.set(frame.zoomed_at_middle(sight, factor));
        };
        el("button")
            .attr("type", "button")
            .attr("aria-label", label.say(lang))
            .attr("title", label.say(lang))
            .on(ev::click, on_click)
            .child(sign)
    };
    let go_to = move |place: usize| {
        let cell = (place, place);
        at.cursor.set(cell);
        at.pointed.set(Some(cell));
        let sight = at.sight.get_untracked();
        at.sight.set(frame.get_untracked().looking_at(sight, cell));
    };
    let matches = {
        let shown = shown.clone();
        Memo::new(move |_| text.with(|text| find(&shown, text)))
    };
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter"
            && let Some(place) = matches.get_untracked().first()
        {
            event.prevent_default();
            go_to(*place);
            browser::focus("matrix-cell");
        }
    };
    let found = move || {
        if text.with(|text| text.trim().is_empty()) {
            return None;
        }
        let found = matches.get();
        let item = |place: &usize| {
            let place = *place;
            let class = shown.classes.get(place).copied().unwrap_or_default();
            let on_click = move |_| {
                go_to(place);
                browser::focus("matrix-cell");
            };
            el("li").child(
                el("button")
                    .attr("type", "button")
                    .class("plain")
                    .on(ev::click, on_click)
                    .child(shown_label(shown.label(class))),
            )
        };
        let none = found.is_empty().then(|| {
            el("li")
                .class("quiet")
                .child(ConfusionWords::NoSuchClass.say(lang))
        });
        Some(
            el("ul")
                .class("matrix-found")
                .child(found.iter().map(item).collect_nodes())
                .child(none),
        )
    };
    el("div")
        .class("matrix-tools no-print")
        .child(
            el("input")
                .attr("type", "search")
                .attr("id", "matrix-find")
                .attr("autocomplete", "off")
                .attr("aria-label", ConfusionWords::FindClass.say(lang))
                .attr("placeholder", ConfusionWords::FindClass.say(lang))
                .on(ev::input, move |event| {
                    set_text.set(event_target_value(&event))
                })
                .on(ev::keydown, on_keydown),
        )
        .child(
            el("div")
                .class("seg")
                .child(zoom(ConfusionWords::ZoomOut, "−", 1.0 / STEP))
                .child(zoom(ConfusionWords::ZoomWhole, "⛶", 0.0))
                .child(zoom(ConfusionWords::ZoomIn, "+", STEP)),
        )
        .child(el("div").attr("role", "status").child(found))
}

/// Places of the classes whose labels match: the same, then those that begin so, then those that
/// hold it; letters without regard to ASCII case.
fn find(shown: &Shown, text: &str) -> Vec<usize> {
    let wanted = text.trim().to_ascii_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let rank = |class: usize| {
        let label = shown.label(class).to_ascii_lowercase();
        match label.find(&wanted)? {
            0 if label.len() == wanted.len() => Some(0),
            0 => Some(1),
            _ => Some(2),
        }
    };
    let mut found: [Vec<usize>; 3] = Default::default();
    for (place, class) in shown.classes.iter().enumerate() {
        if let Some(of_rank) = rank(*class).and_then(|rank: usize| found.get_mut(rank))
            && of_rank.len() < MAX_MATCHES
        {
            of_rank.push(place);
        }
    }
    let mut found = found.concat();
    found.truncate(MAX_MATCHES);
    found
}

/// The row and the column of the cell that is pointed at, with the whole labels of both classes.
fn bands(shown: Shared<Shown>, frame: Memo<Frame>, at: Confusion) -> impl IntoNode {
    move || {
        let (row, column) = at.pointed.get()?;
        let (frame, sight) = (frame.get(), at.sight.get());
        let (x, y) = frame.corner(sight, row, column);
        let (cell, half) = (frame.cell(sight), frame.cell(sight) / 2.0);
        let label = |place: usize| {
            let class = shown.classes.get(place).copied().unwrap_or_default();
            shown_label(shown.label(class))
        };
        let band = |style: String| el("div").class("matrix-band").attr("style", style);
        let tag = |class: &'static str, style: String, text: String| {
            el("div").class(class).attr("style", style).child(text)
        };
        let bands = group()
            .child(band(format!(
                "left:{}px;width:{}px;top:{y}px;height:{cell}px",
                frame.origin, frame.side
            )))
            .child(band(format!(
                "top:{}px;height:{}px;left:{x}px;width:{cell}px",
                frame.origin, frame.side
            )))
            .child(tag(
                "matrix-tag at-row",
                format!(
                    "right:calc(100% - {}px);top:{}px",
                    frame.origin - 4.0,
                    y + half
                ),
                label(row),
            ))
            .child(tag(
                "matrix-tag at-column",
                format!(
                    "left:{}px;bottom:calc(100% - {}px)",
                    x + half,
                    frame.origin - 4.0
                ),
                label(column),
            ));
        Some(
            el("div")
                .class("matrix-bands")
                .attr("aria-hidden", "true")
                .child(bands),
        )
    }
}

/// The whole matrix in the corner, with what is seen of it; pressing it goes there.
fn mini_map(frame: Memo<Frame>, colours: Memo<Colours>, at: Confusion) -> impl IntoNode {
    const ID: &str = "matrix-mini";
    let canvas = ElementRef::new();
    let side = move || frame.get().origin - 14.0;
    Effect::new(move |_| {
        let side = side();
        if let (Some(canvas), Some((_, picture))) = (canvas.get_as(), at.picture.get())
            && let Some(surface) = Surface::new(&canvas, side, side)
        {
            let n = picture.n as f64;
            let part = Part {
                x: 0.0,
                y: 0.0,
                width: n,
                height: n,
                columns: side as usize,
                rows: side as usize,
            };
            let image = picture.image(part);
            let theme = colours.with(|it| it.theme);
            let rgba = image.rgba(&picture.palette(theme));
            surface.pixels(&rgba, image.columns as u32, 0.0, 0.0, side, side);
        }
    });
    let seen = move || {
        let (frame, sight, side) = (frame.get(), at.sight.get(), side());
        let scale = side / frame.n.max(1) as f64;
        let (x, y) = frame.start(sight);
        let size = (frame.span(sight) * scale).max(4.0);
        format!(
            "left:{}px;top:{}px;width:{size}px;height:{size}px",
            x * scale,
            y * scale
        )
    };
    let go = move |event: &leptos::ev::PointerEvent| {
        let Some((left, top, width, height)) = browser::bounds_of(ID) else {
            return;
        };
        let share = |at: i32, from: f64, size: f64| (f64::from(at) - from) / size.max(1.0);
        let point = (
            share(event.client_x(), left, width),
            share(event.client_y(), top, height),
        );
        let sight = at.sight.get_untracked();
        at.sight.set(frame.get_untracked().centred(sight, point));
    };
    let on_down = move |event: leptos::ev::PointerEvent| {
        event.stop_propagation();
        browser::capture_pointer(&event);
        go(&event);
    };
    let on_move = move |event: leptos::ev::PointerEvent| {
        event.stop_propagation();
        if event.buttons() & 1 == 1 {
            go(&event);
        }
    };
    el("div")
        .attr("id", ID)
        .class("matrix-mini")
        .attr("aria-hidden", "true")
        .attr("style", move || format!("width:{0}px;height:{0}px", side()))
        .on(ev::pointerdown, on_down)
        .on(ev::pointermove, on_move)
        .on(ev::pointerup, move |event| event.stop_propagation())
        .child(
            el("canvas")
                .attr("style", move || format!("width:{0}px;height:{0}px", side()))
                .refer(canvas),
        )
        .child(el("i").attr("style", seen))
}

/// The one real cell, where the cursor is.
fn real_cell(shown: Shared<Shown>, frame: Memo<Frame>, at: Confusion) -> impl IntoNode {
    let place = Memo::new(move |_| at.cursor.get());
    let shown = StoredValue::new(shown);
    let classes = Memo::new(move |_| {
        let (row, column) = place.get();
        shown
            .with_value(|shown| shown.classes_at(row, column))
            .unwrap_or_default()
    });
    let label = move |of: fn((usize, usize)) -> usize| {
        shown.with_value(|shown| shown.label(of(classes.get())).to_owned())
    };
    let count = move || {
        let (actual, predicted) = classes.get();
        shown
            .with_value(|shown| shown.matrix().get(actual, predicted))
            .to_string()
    };
    let sentence = move || {
        let (actual, predicted) = classes.get();
        let report = at.page.report.get();
        shown.with_value(|shown| {
            let words = class_words(&report, shown);
            shown
                .sentence(words, actual, predicted)
                .say(at.page.lang.get())
        })
    };
    let is_pinned = move || {
        let pinned = at.pinned.get();
        pinned.is_some_and(|(actual, predicted)| {
            shown.with_value(|shown| shown.position(&actual, &predicted)) == Some(place.get())
        })
    };
    let style = move || {
        let hidden = || format!("left:{0}px;top:{0}px;opacity:0", frame.get().origin);
        cell_style(frame.get(), at.sight.get(), place.get()).unwrap_or_else(hidden)
    };
    el("div")
        .attr("role", "row")
        .attr("aria-rowindex", move || place.get().0 + 2)
        .child(
            el("div")
                .attr("id", "matrix-cell")
                .attr("role", "gridcell")
                .attr("tabindex", "0")
                .attr("aria-colindex", move || place.get().1 + 2)
                .attr("aria-selected", move || is_pinned().to_string())
                .attr("data-actual", move || label(|it| it.0))
                .attr("data-predicted", move || label(|it| it.1))
                .attr("data-count", count)
                .attr("aria-label", sentence)
                .attr("style", style),
        )
}

/// Where a cell is, and how large; `None` where it is out of sight.
fn cell_style(frame: Frame, sight: Sight, (row, column): (usize, usize)) -> Option<String> {
    let ((x, y), cell) = (frame.corner(sight, row, column), frame.cell(sight));
    let is_in = |at: f64| at + cell / 2.0 >= frame.origin && at + cell / 2.0 <= frame.size();
    let size = cell.max(SMALLEST_RING);
    let shift = (cell - size) / 2.0;
    (is_in(x) && is_in(y)).then(|| {
        format!(
            "left:{}px;top:{}px;width:{size}px;height:{size}px",
            x + shift,
            y + shift
        )
    })
}

/// The colours of the page.
#[derive(Clone, PartialEq)]
struct Colours {
    theme: Theme,
    ink: String,
    line: String,
    ground: String,
}

impl Colours {
    /// As it is now.
    fn now() -> Self {
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
fn paint(
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
        write_numbers(&surface, (shown, lang), &image, &palette, &|column, row| {
            (place(column as f64 + 0.5, x), place(row as f64 + 0.5, y))
        });
    }
    // Cells that are seen in part reach into the room of the labels.
    surface.rect(0.0, 0.0, frame.origin, frame.size(), ground);
    surface.rect(0.0, 0.0, frame.size(), frame.origin, ground);
    let step = (LABEL_STEP / cell).ceil().max(1.0) as usize;
    let font = "12px sans-serif";
    let label = |place: usize| {
        let class = shown.classes.get(place).copied().unwrap_or_default();
        clipped(&shown_label(shown.label(class)), frame.origin)
    };
    let is_in = |at: f64| (frame.origin..frame.size()).contains(&at);
    for row in seen(y).filter(|row| row % step == 0) {
        let middle = place(row as f64 + 0.5, y);
        if is_in(middle) {
            surface.text(&label(row), frame.origin - 6.0, middle, font, "right", ink);
        }
    }
    for column in seen(x).filter(|column| column % step == 0) {
        let middle = place(column as f64 + 0.5, x);
        if is_in(middle) {
            surface.text_upwards(&label(column), middle, frame.origin - 6.0, font, ink);
        }
    }
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
    palette: &[Rgb],
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
            value,
            fill: Fill::Empty,
        });
        let on = palette.get(usize::from(*code)).copied().unwrap_or(ground);
        let (x, y) = middle(column, row);
        let font = match text.chars().count() {
            0..=3 => "12px sans-serif",
            4..=5 => "10px sans-serif",
            _ => continue,
        };
        surface.text(&text, x, y, font, "center", &on.ink().css());
    }
}

/// As much of a label as there is room for.
fn clipped(label: &str, room: f64) -> String {
    const CHAR_WIDTH: f64 = 7.2;
    let max_chars = (room / CHAR_WIDTH) as usize;
    match label.char_indices().nth(max_chars) {
        Some((end, _)) => format!("{}…", label.get(..end).unwrap_or(label)),
        None => label.to_owned(),
    }
}
