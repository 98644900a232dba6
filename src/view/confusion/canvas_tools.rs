use leptos::{ev, prelude::*};

use super::{basis::Basis, canvas::STEP, canvas_paint::Colours, choose::Confusion, sight::Frame};
use crate::{
    analysis::picture::Part,
    browser::markup::{CollectNodes as _, El, ElementRef, IntoNode, Memo, effect, el},
    browser::{self, Surface},
    model::Lang,
    words::{
        Say as _,
        confusion::{ConfusionWords, shown_label},
        number,
    },
};

/// The most matches of a search that are offered.
const MAX_MATCHES: usize = 8;

/// Search for a class, and zoom.
pub fn canvas_tools(frame: Memo<Frame>, at: Confusion) -> impl IntoNode {
    let lang = at.page.lang.get_untracked();
    let (text, set_text) = signal(String::new());
    let zoom = move |label: ConfusionWords, sign: Option<&'static str>, factor: f64| {
        let label = label.say(lang);
        let on_click = move |_| {
            let sight = at.sight.get_untracked();
            let frame = frame.get_untracked();
            at.sight.set(frame.zoomed_at_middle(sight, factor));
        };
        el("button")
            .attr("type", "button")
            .attr("aria-label", label.clone())
            .attr("title", label.clone())
            .on(ev::click, on_click)
            .child(sign.map_or(label, str::to_owned))
    };
    let go_to = move |place: usize| {
        let cell = (place, place);
        set_text.set(String::new());
        at.cursor.set(cell);
        at.pointed.set(Some(cell));
        let sight = at.sight.get_untracked();
        at.sight.set(frame.get_untracked().looking_at(sight, cell));
    };
    let matches = Memo::new(move |_| {
        let shown = at.shown.get();
        shown.map_or_else(Default::default, |shown| {
            text.with(|text| find(&shown, &shown.classes, text))
        })
    });
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter"
            && let Some(place) = matches.get_untracked().0.first()
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
        let ((found, n_found), shown) = (matches.get(), at.shown.get()?);
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
        Some(
            el("ul")
                .class("matrix-found")
                .child(found.iter().map(item).collect_nodes())
                .child(matches_note(false, found.len(), n_found, lang)),
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
                .prop("value", move || text.get())
                .on(ev::input, move |event| {
                    set_text.set(event_target_value(&event))
                })
                .on(ev::keydown, on_keydown),
        )
        .child(
            el("div")
                .class("seg")
                .child(zoom(ConfusionWords::ZoomOut, Some("−"), 1.0 / STEP))
                .child(zoom(ConfusionWords::ZoomWhole, None, 0.0))
                .child(zoom(ConfusionWords::ZoomIn, Some("+"), STEP)),
        )
        .child(el("div").attr("role", "status").child(found))
}

/// What stands below the matches of a search: that there is none, or how many more.
pub fn matches_note(is_blank: bool, n_listed: usize, n_found: usize, lang: Lang) -> Option<El> {
    let text = match n_found - n_listed.min(n_found) {
        _ if is_blank => return None,
        _ if n_found == 0 => ConfusionWords::NoSuchClass.say(lang),
        0 => return None,
        n_more => number::more(n_more, lang),
    };
    Some(el("li").class("quiet").child(text))
}

/// Places of the first classes whose labels match, among those given, and how many match: the same,
/// then those that begin so, then those that hold it; letters without regard to ASCII case.
pub fn find(basis: &Basis, classes: &[usize], text: &str) -> (Vec<usize>, usize) {
    let wanted = text.trim().to_ascii_lowercase();
    if wanted.is_empty() {
        return Default::default();
    }
    let rank = |class: usize| {
        let label = basis.label(class).to_ascii_lowercase();
        match label.find(&wanted)? {
            0 if label.len() == wanted.len() => Some(0),
            0 => Some(1),
            _ => Some(2),
        }
    };
    let mut found: [Vec<usize>; 3] = Default::default();
    for (place, class) in classes.iter().enumerate() {
        if let Some(of_rank) = rank(*class).and_then(|rank: usize| found.get_mut(rank)) {
            of_rank.push(place);
        }
    }
    let mut found = found.concat();
    let n_found = found.len();
    found.truncate(MAX_MATCHES);
    (found, n_found)
}

/// The whole matrix in the corner, with what is seen of it; pressing it goes there.
pub fn mini_map(frame: Memo<Frame>, colours: Memo<Colours>, at: Confusion) -> impl IntoNode {
    const ID: &str = "matrix-mini";
    let canvas = ElementRef::new();
    let side = move || frame.get().origin - 14.0;
    effect(move || {
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
