use leptos::{ev, prelude::*};

use super::{
    figures::{Figure, Line},
    numbers::{table, table_digits},
    value_text,
};
use crate::{
    analysis::plot::{self, Axis},
    browser,
    browser::markup::{CollectNodes as _, ElementRef, IntoNode, Memo, Node, effect, el, group},
    model::Lang,
    view::{Page, experiments::number_text, run_sign::run_mark},
    words::{Say as _, experiments::Experiments, number, plots::PlotText},
};

/// Height of the drawing in CSS pixels.
const HEIGHT: f64 = 240.0;
/// Width before the browser has said how wide there is room.
const FIRST_WIDTH: f64 = 520.0;
/// How far from a dot a pointer may be, and how near two dots lie that look like one, in CSS pixels.
const REACH: f64 = 24.0;
const SAME_PLACE: f64 = 1.5;
/// Room for tick labels on the left, which may be more, below, above and on the right; and more above for a title, which
/// would be in the way of lines.
const MARGIN: (f64, f64, f64, f64) = (52.0, 36.0, 10.0, 14.0);
const TITLE_ROOM: f64 = 16.0;

/// One plot: lines or dots over two axes, with the values of the pointed place and a table of the
/// same numbers.
pub(super) fn chart(
    // What to draw.
    figure: Figure,
    // Whether y is drawn on a logarithmic axis, where all values allow it.
    is_log: Memo<bool>,
) -> impl IntoNode {
    let page = Page::get();
    let canvas = ElementRef::new();
    let (width, set_width) = signal(FIRST_WIDTH);
    // The place in the drawing.
    let (pointed, set_pointed) = signal(None::<(f64, f64)>);
    effect(move || {
        if let Some(element) = canvas.get() {
            browser::on_resize(&element, move |width, _| {
                if width > 0.0 {
                    set_width.try_set(width);
                }
            });
        }
    });
    let figure = StoredValue::new(figure);
    let frame =
        Memo::new(move |_| figure.with_value(|it| Frame::new(it, width.get(), is_log.get())));
    let on_move = move |ev: ev::PointerEvent| {
        let Some(element) = canvas.get_untracked() else {
            return;
        };
        let (left, top, ..) = browser::bounds(&element);
        let (x, y) = (f64::from(ev.client_x()), f64::from(ev.client_y()));
        set_pointed.set(Some((x - left, y - top)));
    };
    let pointed_x = move || {
        let (x, _) = pointed.get()?;
        frame.with(|frame| frame.x_at(x))
    };
    let drawing =
        move || frame.with(|frame| figure.with_value(|it| draw(it, frame, page.lang.get())));
    let cursor = move || {
        let is_dots = figure.with_value(Figure::is_dots);
        let x = pointed_x().filter(|_| !is_dots);
        x.map(|x| {
            let x = frame.with(|frame| frame.x(x));
            el("line")
                .class("plot-cursor")
                .attr("x1", x)
                .attr("x2", x)
                .attr("y1", frame.with(|frame| frame.top))
                .attr("y2", HEIGHT - MARGIN.1)
        })
    };
    let summary = move || {
        let lang = page.lang.get();
        frame.with(|frame| figure.with_value(|it| summary(it, frame, lang)))
    };
    let table = move || {
        let (lang, x) = (page.lang.get(), pointed_x());
        frame.with(|frame| figure.with_value(|it| table(it, frame, x, lang)))
    };
    let pointed_at = move || {
        let lang = page.lang.get();
        if figure.with_value(Figure::is_dots) {
            let place = pointed.get()?;
            return frame.with(|frame| figure.with_value(|it| dot_at(it, frame, place, lang)));
        }
        let x = value_text(pointed_x()?, lang);
        figure.with_value(|it| {
            let x_title = &it.x_title;
            Some(page.say(&PlotText::At { x_title, x: &x }))
        })
    };
    let at = move || {
        let is_refused = move || is_log.get() && frame.with(|it| !it.y.is_log());
        pointed_at().or_else(|| is_refused().then(|| page.say(&PlotText::NotLog)))
    };
    let room = match figure.with_value(Figure::has_numbers) {
        false => el("p")
            .class("plots-note")
            .child(move || page.say(&PlotText::NoNumber)),
        true => el("div")
            .class("plot-room")
            .refer(canvas)
            .on(ev::pointermove, on_move)
            .on(ev::pointerleave, move |_| set_pointed.set(None))
            .child(
                el("svg")
                    .attr("width", move || width.get())
                    .attr("height", HEIGHT)
                    .attr("viewBox", move || format!("0 0 {} {HEIGHT}", width.get()))
                    .attr("role", "img")
                    .attr("aria-label", summary)
                    .child(drawing)
                    .child(cursor),
            ),
    };
    let note = figure.with_value(|it| it.note.clone());
    let note = note.map(|text| el("p").class("plots-note").child(text));
    el("figure")
        .class("plot")
        .child(
            el("figcaption")
                .child(el("b").child(figure.with_value(|it| it.title.clone())))
                .child(el("span").class("plot-at").child(at)),
        )
        .child(room)
        .child(table)
        .child(note)
}

/// Both axes with the size of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Frame {
    width: f64,
    left: f64,
    top: f64,
    x: Axis,
    y: Axis,
}

impl Frame {
    fn new(figure: &Figure, width: f64, is_log: bool) -> Self {
        let all = |of: fn(&Line) -> &Vec<f64>| figure.lines.iter().flat_map(of).copied();
        let unit = Some((0.0, 1.0)).filter(|_| figure.curve.is_some());
        let range_of = |values| unit.or_else(|| plot::range(values)).unwrap_or((0.0, 1.0));
        let n_ticks = ((width / 90.0) as usize).clamp(2, 8);
        let x = range_of(all(|line| &line.x).collect::<Vec<_>>());
        let y = range_of(all(|line| &line.y).collect::<Vec<_>>());
        let y = if figure.is_dots() && !is_log {
            with_room(y)
        } else {
            y
        };
        let y = Axis::new(y, is_log, 5);
        let n_chars = |tick: &f64| tick_text(*tick, &y, Lang::En).chars().count();
        let longest = y.ticks.iter().map(n_chars).max().unwrap_or(0);
        let title_room = figure.y_title.as_ref().map_or(0.0, |_| TITLE_ROOM);
        Self {
            width,
            left: MARGIN.0.max(12.0 + 7.0 * longest as f64),
            top: MARGIN.2 + title_room,
            x: Axis::new(x, figure.is_log_x, n_ticks),
            y,
        }
    }

    fn x(&self, value: f64) -> f64 {
        // Dots at the very ends keep clear of the axes.
        let inner = self.width - self.left - MARGIN.3 - 16.0;
        self.left + 8.0 + self.x.share(value) * inner
    }

    fn y(&self, value: f64) -> f64 {
        let inner = HEIGHT - MARGIN.1 - self.top;
        HEIGHT - MARGIN.1 - self.y.share(value) * inner
    }

    /// The value under a place in the drawing, within the axis.
    fn x_at(&self, place: f64) -> Option<f64> {
        let inner = self.width - self.left - MARGIN.3 - 16.0;
        let share = (place - self.left - 8.0) / inner;
        (-0.02..=1.02)
            .contains(&share)
            .then(|| self.x.value(share.clamp(0.0, 1.0)))
    }
}

/// A little room above and below dots.
fn with_room((low, high): (f64, f64)) -> (f64, f64) {
    // In parts: the span of the largest numbers is beyond them.
    let room = high * 0.08 - low * 0.08;
    ((low - room).max(f64::MIN), (high + room).min(f64::MAX))
}

fn draw(figure: &Figure, frame: &Frame, lang: Lang) -> Node {
    let right = frame.width - MARGIN.3;
    let bottom = HEIGHT - MARGIN.1;
    let y_ticks = frame.y.ticks.iter().map(|tick| {
        let y = frame.y(*tick);
        let text = tick_text(*tick, &frame.y, lang);
        group()
            .child(
                el("line")
                    .class("plot-grid")
                    .attr("x1", frame.left)
                    .attr("x2", right)
                    .attr("y1", y)
                    .attr("y2", y),
            )
            .child(
                el("text")
                    .class("plot-tick")
                    .attr("x", frame.left - 8.0)
                    .attr("y", y + 4.0)
                    .attr("text-anchor", "end")
                    .child(text),
            )
    });
    let x_ticks = frame.x.ticks.iter().map(|tick| {
        let x = frame.x(*tick);
        let text = tick_text(*tick, &frame.x, lang);
        group()
            .child(
                el("line")
                    .class("plot-axis")
                    .attr("x1", x)
                    .attr("x2", x)
                    .attr("y1", bottom)
                    .attr("y2", bottom + 4.0),
            )
            .child(
                el("text")
                    .class("plot-tick")
                    .attr("x", x)
                    .attr("y", bottom + 17.0)
                    .attr("text-anchor", "middle")
                    .child(text),
            )
    });
    // This change lies on top of what has the same values.
    let others = figure.lines.iter().filter(|it| !it.is_this_change());
    let this = figure.lines.iter().filter(|it| it.is_this_change());
    let lines = others
        .chain(this)
        .map(|line| draw_line(line, frame))
        .collect_nodes();
    let x_title = match frame.x.is_log() {
        true => Experiments::LogScale(figure.x_title.clone()).say(lang),
        false => figure.x_title.clone(),
    };
    let y_title = figure.y_title.clone().map(|title| {
        el("text")
            .class("plot-title")
            .attr("x", 0.0)
            .attr("y", MARGIN.2 + 2.0)
            .child(title)
    });
    group()
        .child(y_ticks.collect_nodes())
        .child(
            el("line")
                .class("plot-axis")
                .attr("x1", frame.left)
                .attr("x2", right)
                .attr("y1", bottom)
                .attr("y2", bottom),
        )
        .child(x_ticks.collect_nodes())
        .child(
            el("text")
                .class("plot-title")
                .attr("x", right)
                .attr("y", HEIGHT - 4.0)
                .attr("text-anchor", "end")
                .child(x_title),
        )
        .child(y_title)
        .child(lines)
        .into_node()
}

fn tick_text(tick: f64, axis: &Axis, lang: Lang) -> String {
    let is_plain = (1e-4..1e7).contains(&tick.abs()) || tick == 0.0;
    if is_plain && !axis.is_log() {
        number::decimal(tick, axis.digits, lang)
    } else {
        value_text(tick, lang)
    }
}

fn draw_line(line: &Line, frame: &Frame) -> Node {
    let style = line.style.clone();
    if line.is_dots {
        // What is infinite has no place; the table has it.
        let places = line.x.iter().zip(&line.y);
        let places = places.filter(|(x, y)| x.is_finite() && y.is_finite());
        let dots = places.map(|(x, y)| {
            let class = if line.is_baseline {
                "plot-dot hollow"
            } else {
                "plot-dot"
            };
            run_mark(line.place, (frame.x(*x), frame.y(*y)), 5.0).class(class)
        });
        return el("g")
            .attr("style", style)
            .child(dots.collect_nodes())
            .into_node();
    }
    let points = plot::decimate(&line.x, &line.y, frame.width as usize);
    let class = if line.is_baseline {
        "plot-line dashed"
    } else {
        "plot-line"
    };
    el("path")
        .class(class)
        .attr("style", style)
        .attr("d", path(&points, frame))
        .into_node()
}

/// Where the dot of a run lies.
fn dot(line: &Line, frame: &Frame) -> Option<(f64, f64)> {
    let (x, y) = (line.x.first()?, line.y.first()?);
    line.is_dots.then(|| (frame.x(*x), frame.y(*y)))
}

/// How many other dots lie on the one of a run, so that nobody can tell them apart.
pub(super) fn n_more_at(figure: &Figure, frame: &Frame, of: &Line) -> usize {
    let Some(here) = dot(of, frame) else {
        return 0;
    };
    let lies_here = |line: &&Line| {
        let place = dot(line, frame);
        place.is_some_and(|it| {
            (it.0 - here.0).abs() <= SAME_PLACE && (it.1 - here.1).abs() <= SAME_PLACE
        })
    };
    let here = figure.lines.iter().filter(lies_here).count();
    here.saturating_sub(1)
}

/// The dot that is pointed to, in words.
fn dot_at(figure: &Figure, frame: &Frame, place: (f64, f64), lang: Lang) -> Option<String> {
    let mut nearest: Option<(f64, &Line)> = None;
    for line in &figure.lines {
        let Some(at) = dot(line, frame) else {
            continue;
        };
        let (across, up) = (at.0 - place.0, at.1 - place.1);
        let distance = across * across + up * up;
        if distance <= nearest.map_or(REACH * REACH, |it| it.0) {
            nearest = Some((distance, line));
        }
    }
    let (_, line) = nearest?;
    let x = number::value(*line.x.first()?, 12, lang);
    let at = PlotText::At {
        x_title: &figure.x_title,
        x: &x,
    };
    let y = number_text(*line.y.first()?, table_digits(figure), lang);
    let more = number::more_here(n_more_at(figure, frame, line), lang);
    Some(format!("{}: {}; {y}{more}", line.label, at.say(lang)))
}

/// An SVG path; a value that is not a number leaves a gap.
fn path(points: &[(f64, f64)], frame: &Frame) -> String {
    let mut path = String::with_capacity(points.len() * 14);
    let mut is_down = false;
    for (x, y) in points {
        let (x, y) = (frame.x(*x), frame.y(*y));
        if !x.is_finite() || !y.is_finite() {
            is_down = false;
            continue;
        }
        path.push_str(&format!("{}{x:.1} {y:.1}", if is_down { "L" } else { "M" }));
        is_down = true;
    }
    path
}

/// What a screen reader hears of the whole plot.
fn summary(figure: &Figure, frame: &Frame, lang: Lang) -> String {
    let lines = figure.lines.iter().map(|line| {
        let text = |value: Option<&f64>| value.map(|it| value_text(*it, lang)).unwrap_or_default();
        PlotText::Line {
            run: &line.label,
            n_points: line.y.len(),
            first: &text(line.y.first()),
            last: &text(line.y.last()),
        }
        .say(lang)
            + &number::more_here(n_more_at(figure, frame, line), lang)
    });
    let lines: Vec<String> = lines.collect();
    format!("{}. {}", figure.title, lines.join("; "))
}
