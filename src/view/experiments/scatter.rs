use leptos::{ev, prelude::*};

use super::{
    cloud::{BOX, Cloud, Plot, SIZE, varies},
    grid::{Grid, number_text},
    view::Experiments,
};
use crate::{
    analysis::{
        digits::digits,
        points::{Brush, coverage},
        table::column_id,
        ticks::ticks,
    },
    browser::markup::{
        CollectNodes as _, ElementRef, IntoNode, Memo, RwSignal, effect, el, group, show,
    },
    browser::{self, Surface},
    model::{ColumnKind, Shared},
    view::run_sign::{run_colour, run_mark},
    words::{experiments::Experiments as T, number, picking::Picking as P},
};

/// More points than this are painted on a canvas; fewer are an element each.
const MOST_ELEMENTS: usize = 300;

/// Points that get their name written beside them at most.
const MOST_NAMES: usize = 12;

/// How far from a point the pointer may be to mean it, as the SVG counts.
const REACH: f64 = 12.0;

/// The ids of the picture, and of the point that is named.
const PLOT: &str = "xp-plot";
const POINT: &str = "xp-point";

/// One column against another, a point for each row of the table.
pub(super) fn scatter(view: Experiments) -> impl IntoNode {
    let chosen = Memo::new(move |_| view.state.with(|it| it.plot));
    let is_log = Memo::new(move |_| view.state.with(|it| !it.is_linear));
    let choose = move |key: &str, value: Option<&str>| {
        let address = view.page.address.get_untracked();
        view.page.replace(address.with(key, value));
    };
    let axes = Memo::new(move |_| {
        let grid = view.listed();
        let numeric = numeric(&grid);
        let is_metric = |column: &usize| {
            let column = grid.report.columns.get(*column);
            column.is_some_and(|it| it.kind == ColumnKind::Metric)
        };
        let metric = numeric.iter().copied().find(is_metric);
        let known_choice = |it: Option<usize>| it.filter(|it| numeric.contains(it));
        let [x, y] = chosen.get();
        let y = known_choice(y).or(metric)?;
        let x = known_choice(x).or_else(|| {
            let others = numeric.iter().copied().filter(|it| *it != y);
            let (mut others, metrics): (Vec<usize>, Vec<usize>) =
                others.partition(|it| !is_metric(it));
            others.extend(metrics);
            let varied = others.iter().find(|it| varies(&grid, **it, y));
            varied.or(others.first()).copied()
        })?;
        Some((x, y, numeric))
    });
    let plot = Memo::new(move |_| {
        let (x, y, _) = axes.get()?;
        let cloud = Cloud::new(&view.listed(), x, y);
        let is_log = is_log.get() && cloud.log_helps();
        (cloud.points.len() > 1).then(|| Plot::new(Shared::new(cloud), is_log))
    });
    let select = move |label: T, now: usize, key: &'static str| {
        let names = view.names();
        let numeric = axes.get().map(|it| it.2).unwrap_or_default();
        let option = |column: &usize| {
            el("option")
                .attr("value", column.to_string())
                .attr("selected", *column == now)
                .child(names.get(*column).cloned())
        };
        let options = numeric.iter().map(option).collect_nodes();
        el("label")
            .class("field small")
            .child(view.say(label))
            .child(
                el("select")
                    .on(ev::change, move |event| {
                        let column = event_target_value(&event).parse().ok();
                        let report = view.page.report.get_untracked();
                        let name = column.and_then(|it| column_id(&report, it));
                        choose(key, name.as_deref());
                    })
                    .child(options),
            )
    };
    let selects = move || {
        let (x, y, _) = axes.get()?;
        Some(
            group()
                .child(select(T::XAxis, x, "x"))
                .child(select(T::YAxis, y, "y")),
        )
    };
    let log_helps = move || plot.read().as_ref().is_some_and(|it| it.cloud.log_helps());
    let log = move || {
        el("label")
            .class("field small")
            .child(
                el("input")
                    .attr("type", "checkbox")
                    .prop("checked", move || is_log.get())
                    .on(ev::change, move |event| {
                        choose("xlog", (!event_target_checked(&event)).then_some("0"));
                    }),
            )
            .child(view.say(T::LogX))
    };
    show(
        move || plot.read().is_some(),
        move || {
            el("figure")
                .class("xp-scatter")
                .child(
                    el("div")
                        .class("xp-figure-head")
                        .child(el("h2").child(move || view.say(T::Scatter)))
                        .child(selects)
                        .child(show(log_helps, log)),
                )
                .child(picture(view, plot))
                .child(
                    el("p")
                        .class("note")
                        .attr("id", "xp-plot-note")
                        .child(move || plot.get().map(|it| note(view, &it))),
                )
        },
    )
}

/// The shown columns that have numbers to draw.
fn numeric(grid: &Grid) -> Vec<usize> {
    let is_drawn = |kind| matches!(kind, ColumnKind::Param | ColumnKind::Metric);
    let columns = grid.columns.iter();
    let columns = columns.filter(|it| it.is_number && is_drawn(it.kind));
    columns.map(|it| it.column).collect()
}

/// The picture in words, and its keys.
fn note(view: Experiments, plot: &Plot) -> impl IntoNode + use<> {
    let lang = view.lang();
    let names = view.names();
    let extent = |column: usize, (low, high): (f64, f64)| {
        let text = |value| number::value(value, 4, lang);
        let name = names.get(column).cloned().unwrap_or_default();
        (name, text(low), text(high))
    };
    let told = view.say(T::ScatterNote {
        n: plot.cloud.points.len(),
        x: extent(plot.cloud.x, plot.cloud.range_x),
        y: extent(plot.cloud.y, plot.cloud.range_y),
    });
    let told = match plot.cloud.n_without {
        0 => told,
        n => format!("{told} {}", view.words(P::NoPoint(n))),
    };
    let keys = el("span")
        .class("no-print only-wide")
        .child(view.say(T::ScatterKeys));
    group().child(told).child(" ").child(keys)
}

/// Points and axes. For assistive technology it is a list of points, from left to right, of which
/// the one that is pointed to is there.
fn picture(view: Experiments, plot: Memo<Option<Plot>>) -> impl IntoNode {
    let canvas = ElementRef::new();
    let frame = ElementRef::new();
    let size = RwSignal::new(SIZE);
    let theme = Trigger::new();
    browser::on_media_change("print", move |_| theme.notify());
    // The place in the cloud of the point that is named.
    let pointed = RwSignal::new(None::<usize>);
    let order = Memo::new(move |_| {
        let cloud = plot.get().map(|it| it.cloud);
        Shared::new(cloud.map(|it| it.left_to_right()).unwrap_or_default())
    });
    // All of the state that a point shows: another order of the table draws none anew.
    let shown = Memo::new(move |_| {
        let state = view.state.read();
        (state.selected.clone(), state.row, state.base)
    });
    effect(move || {
        plot.track();
        pointed.set(None);
    });
    effect(move || {
        if let Some(frame) = frame.get() {
            browser::on_resize(&frame, move |width, height| {
                size.set((width, height));
            });
        }
    });
    effect(move || {
        theme.track();
        if let (Some(canvas), Some(plot)) = (canvas.get_as(), plot.get()) {
            paint(&canvas, &plot, size.get());
        }
    });
    let at = move |event: &ev::MouseEvent| {
        let (left, top, width, _) = browser::bounds_of(PLOT)?;
        let scale = SIZE.0 / width.max(1.0);
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let plot = plot.get_untracked()?;
        plot.nearest(((x - left) * scale, (y - top) * scale), REACH)
    };
    let open = move |at: Option<usize>| {
        let plot = plot.get_untracked();
        let point = at.and_then(|at| plot?.cloud.points.get(at).copied());
        if let Some((revision, ..)) = point {
            view.open(Some(revision));
        }
    };
    let on_keydown = move |event: ev::KeyboardEvent| {
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let order = order.get_untracked();
        let now = pointed.get_untracked();
        let place = now.and_then(|now| order.iter().position(|it| *it == now));
        let last = order.len().saturating_sub(1);
        let next = match (event.key().as_str(), place) {
            ("ArrowRight" | "ArrowDown", place) => place.map_or(0, |it| (it + 1).min(last)),
            ("ArrowLeft" | "ArrowUp", place) => place.map_or(last, |it| it.saturating_sub(1)),
            ("Home", _) => 0,
            ("End", _) => last,
            ("Enter", Some(_)) => {
                event.prevent_default();
                return open(now);
            }
            ("Escape", Some(_)) => return pointed.set(None),
            ("Escape", None) => return view.open(None),
            _ => return,
        };
        event.prevent_default();
        pointed.set(order.get(next).copied());
    };
    let label = move || {
        let plot = plot.get()?;
        let names = view.names();
        let name = |column: usize| names.get(column).cloned().unwrap_or_default();
        let (x, y) = (name(plot.cloud.x), name(plot.cloud.y));
        Some(view.say(T::ScatterLabel { x, y }))
    };
    el("div")
        .attr("id", PLOT)
        .class("xp-plot")
        .refer(frame)
        .attr("role", "listbox")
        .attr("tabindex", "0")
        .attr("aria-label", label)
        .attr("aria-describedby", "xp-plot-note")
        .attr("aria-activedescendant", POINT)
        // May be asked once more while the view goes: what it reads is gone by then.
        .class_if("is-pointed", move || pointed.try_get().flatten().is_some())
        .on(ev::mousemove, move |event| {
            let found = at(&event);
            if pointed.get_untracked() != found {
                pointed.set(found);
            }
        })
        .on(ev::mouseleave, move |_| pointed.set(None))
        .on(ev::click, move |event| open(at(&event)))
        .on(ev::keydown, on_keydown)
        .child(
            el("canvas")
                .refer(canvas)
                .attr("aria-hidden", "true")
                .on(ev::transitionend, move |_| theme.notify()),
        )
        .child(
            el("svg")
                .attr("viewBox", format!("0 0 {} {}", SIZE.0, SIZE.1))
                .attr("width", "100%")
                .attr("aria-hidden", "true")
                .child(move || plot.get().map(|it| axes(view, &it)))
                .child(move || {
                    let plot = plot.get()?;
                    Some(marks(&view.listed(), &plot, &shown.read()))
                })
                .child(move || pointed_mark(view, &plot.get()?, pointed.get()?)),
        )
        .child(move || {
            let plot = plot.get()?;
            // The order is made only once there is something to find in it.
            let at = pointed.get();
            let place = at.and_then(|at| order.read().iter().position(|it| *it == at));
            let at = at.unwrap_or(0);
            let (revision, ..) = *plot.cloud.points.get(at)?;
            let is_selected = shown.read().0.contains(&revision);
            Some(
                el("div")
                    .class("vh")
                    .attr("id", POINT)
                    .attr("role", "option")
                    .attr("aria-selected", is_selected.to_string())
                    .attr("aria-posinset", place.map(|it| it + 1))
                    .attr("aria-setsize", place.map(|_| plot.cloud.points.len()))
                    .child(point_text(view, &plot, at)),
            )
        })
}

/// A point in words.
fn point_text(view: Experiments, plot: &Plot, at: usize) -> Option<String> {
    let (revision, x, y) = *plot.cloud.points.get(at)?;
    let grid = view.grid.get_untracked();
    let names = view.names();
    let value = |column: usize, value: f64| {
        let name = names.get(column).cloned().unwrap_or_default();
        (name, number::value(value, 12, view.lang()))
    };
    Some(view.say(T::PointLabel {
        name: grid.label(revision).to_owned(),
        x: value(plot.cloud.x, x),
        y: value(plot.cloud.y, y),
        n_more: plot.n_more_at(at),
    }))
}

/// Paints the points; where they are elements, nothing.
fn paint(canvas: &browser::Canvas, plot: &Plot, (width, height): (f64, f64)) {
    let Some(surface) = Surface::new(canvas, width, height) else {
        return;
    };
    let n = plot.cloud.points.len();
    if n <= MOST_ELEMENTS {
        return;
    }
    let ratio = browser::pixel_ratio();
    let side = |length: f64| (length * ratio).round().max(1.0) as usize;
    let size = (side(width), side(height));
    let scale = size.0 as f64 / SIZE.0;
    let brush = Brush::for_points(n);
    let brush = Brush {
        radius: brush.radius * ratio,
        ..brush
    };
    let places = plot.cloud.points.iter().map(|point| {
        let (x, y) = plot.place(*point);
        (x * scale, y * scale)
    });
    let alpha = coverage(places, size, brush);
    let ink = browser::colour("--ink-2");
    let mut ink = ink
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|it| it.parse().ok());
    let mut channel = || ink.next().unwrap_or(128_u8);
    let (red, green, blue) = (channel(), channel(), channel());
    let pixels: Vec<u8> = alpha
        .into_iter()
        .flat_map(|alpha| [red, green, blue, alpha])
        .collect();
    surface.pixels(&pixels, size.0 as u32, 0.0, 0.0, width, height);
}

fn axes(view: Experiments, plot: &Plot) -> impl IntoNode + use<> {
    let lang = view.lang();
    let (left, right, _, bottom) = BOX;
    let names = view.names();
    let name = |column: usize| names.get(column).cloned().unwrap_or_default();
    let y_marks = ticks(plot.y.low, plot.y.high, 5);
    let digits = digits(y_marks.iter().copied(), 2);
    let line = |class: &'static str, from: (f64, f64), to: (f64, f64)| {
        el("line")
            .class(class)
            .attr("x1", from.0)
            .attr("x2", to.0)
            .attr("y1", from.1)
            .attr("y2", to.1)
    };
    let text = |x: f64, y: f64, anchor: &'static str, text: String| {
        el("text")
            .attr("x", x)
            .attr("y", y)
            .attr("text-anchor", anchor)
            .child(text)
    };
    let rows = y_marks.into_iter().map(|value| {
        let at = plot.y.place(value);
        group()
            .child(line("xp-grid", (left, at), (right, at)))
            .child(text(
                left - 8.0,
                at + 4.0,
                "end",
                number_text(value, digits, lang),
            ))
    });
    let columns = plot.marks().into_iter().map(|value| {
        let at = plot.x.place(value);
        group()
            .child(line("xp-axis", (at, bottom), (at, bottom + 4.0)))
            .child(text(
                at,
                bottom + 18.0,
                "middle",
                number::value(value, 6, lang),
            ))
    });
    let x_name = match plot.x.is_log {
        true => view.say(T::LogScale(name(plot.cloud.x))),
        false => name(plot.cloud.x),
    };
    group()
        .child(rows.collect_nodes())
        .child(columns.collect_nodes())
        .child(line("xp-axis", (left, bottom), (right, bottom)))
        .child(text(right, SIZE.1 - 2.0, "end", x_name).class("xp-x-name"))
        .child(text(0.0, 12.0, "start", name(plot.cloud.y)))
}

/// What of the state the points show: selected revisions, the open one, the baseline.
type Shown = (Vec<usize>, Option<usize>, Option<usize>);

/// The points that are elements: all where they are few, else what is chosen; with their names.
fn marks(grid: &Grid, plot: &Plot, (selected, open, base): &Shown) -> impl IntoNode + use<> {
    let (left, right, ..) = BOX;
    let current = grid.report.current;
    let all = &plot.cloud.points;
    let is_special =
        |row: usize| [*base, current, *open].contains(&Some(row)) || selected.contains(&row);
    let is_element = |row: usize| all.len() <= MOST_ELEMENTS || is_special(row);
    let mut points: Vec<(usize, f64, f64)> = all.to_vec();
    points.retain(|it| is_element(it.0));
    // The baseline and what is chosen lie on top.
    points.sort_by_key(|it| {
        (
            Some(it.0) == *base,
            selected.contains(&it.0),
            Some(it.0) == current,
        )
    });
    let level = plot.cloud.level.map(|level| {
        let at = plot.y.place(level);
        el("line")
            .class("xp-level")
            .attr("x1", left)
            .attr("x2", right)
            .attr("y1", at)
            .attr("y2", at)
    });
    // Names that would stand on each other stand once.
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut marks = Vec::with_capacity(points.len());
    let mut texts = Vec::new();
    for point in points.into_iter().rev() {
        let row = point.0;
        let at = plot.place(point);
        let place = selected.iter().position(|it| *it == row);
        let class = match (Some(row) == *base, Some(row) == current) {
            (true, _) => "dot-base",
            (_, true) => "dot-now",
            _ => "xp-point",
        };
        let colour = place.filter(|_| class != "dot-base");
        let colour = colour.map(|it| format!("fill: {}", run_colour(it)));
        let sign = place.filter(|_| class == "xp-point");
        marks.push(run_mark(sign, at, 5.5).class(class).attr("style", colour));
        let is_free = taken
            .iter()
            .all(|it| (it.0 - at.0).abs() > 70.0 || (it.1 - at.1).abs() > 13.0);
        if is_free && (all.len() <= MOST_NAMES || is_special(row)) {
            taken.push(at);
            let is_strong = class != "xp-point" || place.is_some();
            let class = if is_strong { "xp-mark on" } else { "xp-mark" };
            texts.push(beside(at, class, grid.label(row).to_owned()));
        }
    }
    marks.reverse();
    group().child(level).child(marks).child(texts)
}

/// The point that is pointed to, with its name and numbers.
fn pointed_mark(view: Experiments, plot: &Plot, at: usize) -> Option<impl IntoNode + use<>> {
    let place = plot.place(*plot.cloud.points.get(at)?);
    let text = point_text(view, plot, at)?;
    let ring = el("circle")
        .class("xp-pointed")
        .attr("cx", place.0)
        .attr("cy", place.1)
        .attr("r", "7.5");
    Some(group().child(ring).child(beside(place, "on", text)))
}

/// A text beside a point, on the side where there is room.
fn beside(at: (f64, f64), class: &'static str, text: String) -> impl IntoNode {
    // About as wide as it is written.
    let width = 6.5 * text.chars().count() as f64 + 12.0;
    let is_left = at.0 + width > SIZE.0;
    let (offset, anchor) = if is_left {
        (-10.0, "end")
    } else {
        (10.0, "start")
    };
    el("text")
        .class(class)
        .attr("x", at.0 + offset)
        .attr("y", at.1 - 7.0)
        .attr("text-anchor", anchor)
        .child(text)
}
