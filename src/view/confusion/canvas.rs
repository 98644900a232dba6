use leptos::{ev, prelude::*, task::spawn_local};

use super::{
    canvas_cell::{bands, cell_style, real_cell},
    canvas_paint::{Colours, paint},
    canvas_tools::{canvas_tools, mini_map},
    choose::{Confusion, Similar},
    shown::Shown,
    sight::Frame,
    table::caption,
};
use crate::{
    browser,
    browser::markup::{ElementRef, IntoNode, Memo, RwSignal, effect, el, group, show},
    model::Shared,
    words::{Say as _, confusion::ConfusionWords},
};

/// How much a key or a button zooms.
pub const STEP: f64 = 1.6;
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

/// The matrix as a picture, with one real cell over the one that is pointed at or has the focus. It
/// stays where another order, scale or normalisation is chosen: to make it anew takes longer than
/// to paint it.
pub fn matrix_canvas(
    // How many classes there are.
    n: usize,
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let lang = at.page.lang.get_untracked();
    let canvas = ElementRef::new();
    let holder = ElementRef::new();
    // As wide as what stood there before.
    let width = browser::bounds_of(FRAME).map_or(0.0, |it| it.2);
    let (width, set_width) = signal(if width > 0.0 { width } else { 848.0 });
    let frame = Memo::new(move |_| Frame::new(width.get(), n));
    effect(move || {
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
    browser::on_media_change("print", move |_| theme.notify());
    // Asking the browser for colours makes it lay out the page: not for each step of a wheel.
    let colours = Memo::new(move |_| {
        theme.track();
        Colours::now()
    });
    effect(move || {
        let (frame, sight) = (frame.get(), at.sight.get());
        let (picture, shown) = (at.picture.get(), at.shown.get());
        if let (Some(canvas), Some((of, picture)), Some(shown)) = (canvas.get_as(), picture, shown)
        {
            // The picture of what was shown before stays until that of this is there.
            if of.is_same_picture(&shown) {
                colours.with(|colours| {
                    paint(&canvas, &shown, &picture, (frame, sight), colours, lang);
                });
            }
        }
    });
    // Whether what is asked for is still to come.
    let is_busy = Memo::new(move |_| {
        let Some(shown) = at.shown.get() else {
            return false;
        };
        let is_soon = at
            .similar
            .with(|it| matches!(it, Similar::Unknown | Similar::Running(_, None)));
        let has_it = |it: &Option<(Shared<Shown>, _)>| {
            it.as_ref()
                .is_some_and(|(of, _)| of.is_same_picture(&shown))
        };
        (shown.is_unordered && is_soon) || !at.picture.with(has_it)
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
            // Once it stands where the cursor is.
            spawn_local(async {
                browser::yield_to_browser().await;
                browser::scroll_to("matrix-cell");
            });
        }
    };
    let on_focusin = move |event: leptos::ev::FocusEvent| {
        if browser::closest_id(&event, "[role=gridcell]").is_none() {
            // Not within this very event, which moving the focus would raise again.
            spawn_local(async {
                browser::focus("matrix-cell");
            });
        }
    };
    let caption = move || {
        let shown = at.shown.get();
        shown.map_or_else(String::new, |shown| caption(&shown, at, lang))
    };
    let pin = move || {
        let (actual, predicted) = at.pinned.get()?;
        let cell = at.shown.get()?.position(&actual, &predicted)?;
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
        .attr("aria-busy", move || is_busy.get().to_string())
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
                // Pressing it takes the focus from nowhere; a click gives it to the cell.
                .on(ev::mousedown, |event| event.prevent_default())
                .on(ev::transitionend, move |_| theme.notify()),
        )
        .child(bands(frame, at))
        .child(pin)
        .child(real_cell(frame, at))
        .child(show(
            move || frame.get().is_part(at.sight.get()),
            move || mini_map(frame, colours, at),
        ));
    group().child(canvas_tools(frame, at)).child(picture).child(
        el("p")
            .class("note only-wide no-print")
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
