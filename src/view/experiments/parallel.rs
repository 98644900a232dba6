use leptos::{ev, prelude::*, task::spawn_local};

use super::{
    strokes::{ABOVE, BELOW, HEIGHT, Lines, RIGHT, counted, paint},
    view::Experiments,
};
use crate::{
    analysis::{
        digits::digits,
        filter::{Brush, FieldName, brush, clauses, joined, limit, with_brush},
        parallel::{Dimension, Scale, places},
    },
    browser::markup::{CollectNodes as _, ElementRef, IntoNode, Memo, RwSignal, effect, el, group},
    browser::{self, Canvas},
    model::{ColumnKind, Report, Shared},
    words::{number, parallel::Parallel as W},
};

/// Axes that are shown at most unless the reader chooses more.
const MOST_AXES: usize = 7;

/// Room for the marks of the first axis.
const LEFT: f64 = 68.0;

/// The least room between two axes; the picture scrolls where there is less.
const GAP: f64 = 84.0;

/// How wide a letter of a name is, about.
const LETTER: f64 = 8.4;

/// The same of a mark, and how far its end is from the axis before it.
const SMALL_LETTER: f64 = 7.0;
const MARK: f64 = 14.0;

/// Half of what takes the pointer around an axis.
const REACH: f64 = 14.0;

/// A brush in the making: axis, where it began, where it is.
type Drag = Option<(usize, f64, f64)>;

/// An axis with all that is said of it.
#[derive(Clone, PartialEq)]
struct Axis {
    of: Dimension,
    name: String,
    x: f64,
    /// Its brush, where it has one, and where the ends of that stand.
    brush: Option<Brush>,
    ends: Option<(f64, f64)>,
}

/// The columns of the axes: the reader's, else parameters and metrics that the table shows.
fn columns(view: Experiments) -> Vec<usize> {
    if let Some(chosen) = view.state.read().axes.clone() {
        return chosen;
    }
    let grid = view.listed();
    let of = |kind: ColumnKind| {
        let columns = grid.columns.iter().filter(move |it| it.kind == kind);
        columns.map(|it| it.column).collect::<Vec<usize>>()
    };
    let (params, metrics) = (of(ColumnKind::Param), of(ColumnKind::Metric));
    let n_params = params
        .len()
        .min(MOST_AXES.saturating_sub(metrics.len()).max(4));
    let n_metrics = MOST_AXES.saturating_sub(n_params.min(params.len()));
    let params = params.into_iter().take(n_params);
    params.chain(metrics.into_iter().take(n_metrics)).collect()
}

/// Runs as lines over several axes; what is brushed on an axis is written into the filter.
pub(super) fn parallel(view: Experiments) -> impl IntoNode {
    let chosen = Memo::new(move |_| columns(view));
    let dimensions = Memo::new(move |_| {
        let report = view.report();
        let of = |column: &usize| Dimension::new(&report, *column);
        Shared::new(
            chosen
                .read()
                .iter()
                .filter_map(of)
                .collect::<Vec<Dimension>>(),
        )
    });
    let is_drawn =
        Memo::new(move |_| dimensions.read().len() > 1 && view.report().revisions.len() > 1);
    let width = RwSignal::new(640.0_f64);
    let drag = RwSignal::new(None::<(usize, f64, f64)>);
    let axes = Memo::new(move |_| axes(view, &dimensions.get(), width.get(), drag.get()));
    // Nothing is reckoned for a picture that nobody sees. Places follow from the report; the filter
    // changes which of them are drawn.
    let is_seen = RwSignal::new(false);
    // But paper shows all of the page.
    let is_printed = RwSignal::new(false);
    browser::on_media_change("print", move |it| is_printed.set(it));
    let placed = Memo::new(move |_| {
        let places = || Shared::new(places(&view.report(), &dimensions.read()));
        (is_seen.get() || is_printed.get()).then(places)
    });
    move || {
        is_drawn.get().then(|| {
            el("figure")
                .class("xp-scatter xp-parallel")
                .child(
                    el("div")
                        .class("xp-figure-head")
                        .child(el("h2").child(view.words(W::Heading)))
                        .child(el("span").class("small quiet").child(view.words(W::Hint)))
                        .child(axis_menu(view, chosen)),
                )
                .child(picture(
                    view,
                    axes,
                    placed,
                    width,
                    drag,
                    [is_seen, is_printed],
                ))
                .child(move || notes(view, &placed.get()?))
        })
    }
}

/// Where the axes stand, and what is brushed on them.
fn axes(view: Experiments, of: &[Dimension], width: f64, drag: Drag) -> Vec<Axis> {
    let report = view.report();
    let names = view.names();
    let state = view.state.read();
    let clauses = clauses(&state.filter).unwrap_or_default();
    let n_gaps = of.len().saturating_sub(1).max(1) as f64;
    let gap = ((width - LEFT - RIGHT) / n_gaps).max(GAP);
    let axis = |(at, of): (usize, &Dimension)| {
        let is_column = |field: &FieldName| report.find_called(&field.text) == Some(of.column);
        let (brush, ends) = match drag {
            Some((axis, from, to)) if axis == at => {
                (of.brush(from, to), Some((from.min(to), from.max(to))))
            }
            _ => {
                let brush = brush(&clauses, &is_column);
                let ends = brush.as_ref().and_then(|it| of.ends(it));
                (brush, ends)
            }
        };
        Axis {
            of: of.clone(),
            name: names.get(of.column).cloned().unwrap_or_default(),
            x: LEFT + gap * at as f64,
            brush,
            ends,
        }
    };
    of.iter().enumerate().map(axis).collect()
}

/// Writes the brush of an axis into the filter; `None` takes it away. Nothing where the filter
/// can't be read: what is wrong with it stands below it.
fn write_brush(view: Experiments, of: &Dimension, brush: Option<&Brush>) {
    let report = view.page.report.get_untracked();
    let filter = view.state.with_untracked(|it| it.filter.clone());
    let Ok(clauses) = clauses(&filter) else {
        return;
    };
    let names = report.column_names();
    let name = names.get(of.column).map_or("", String::as_str);
    let is_column = |field: &FieldName| report.find_called(&field.text) == Some(of.column);
    let text = joined(with_brush(clauses, &is_column, name, brush));
    let address = view.page.address.get_untracked();
    let address = address.with("where", Some(&text));
    view.page.replace(address);
}

fn picture(
    view: Experiments,
    axes: Memo<Vec<Axis>>,
    placed: Memo<Option<Shared<Vec<Vec<f32>>>>>,
    width: RwSignal<f64>,
    drag: RwSignal<Drag>,
    [is_seen, is_printed]: [RwSignal<bool>; 2],
) -> impl IntoNode + use<> {
    let (frame, canvas) = (ElementRef::new(), ElementRef::new());
    let n_axes = Memo::new(move |_| axes.read().len());
    let theme = Trigger::new();
    effect(move || {
        if let Some(frame) = frame.get() {
            browser::on_visible(&frame, move |it| {
                // What made room for it is shown first.
                spawn_local(async move {
                    browser::yield_to_browser().await;
                    is_seen.set(it);
                });
            });
            browser::on_resize(&frame, move |it, _| {
                width.set(it);
            });
        }
    });
    let n_asked = StoredValue::new(0_u32);
    effect(move || {
        theme.track();
        let (Some(placed), Some(canvas)) = (placed.get(), canvas.get_as::<Canvas>()) else {
            return;
        };
        let lines = Lines::new(view, &view.listed(), placed);
        let x: Vec<f64> = axes.read().iter().map(|it| it.x).collect();
        n_asked.update_value(|it| *it = it.wrapping_add(1));
        let asked = n_asked.get_value();
        // Paper doesn't wait, and has colours of its own.
        let is_printed = is_printed.get();
        // What was typed is shown first; only the last of several changes is painted.
        spawn_local(async move {
            if !is_printed {
                browser::yield_to_browser().await;
            }
            let is_wanted = || n_asked.try_get_value() == Some(asked);
            if let Some(sheets) = counted(&lines, &x, &is_wanted, is_printed).await {
                paint(&canvas, &lines, &x, &sheets);
            }
        });
    });
    let size = move || {
        let last = axes.read().last().map_or(0.0, |it| it.x) + RIGHT;
        let height = ABOVE + HEIGHT + BELOW;
        format!("width:{last}px;height:{height}px;--wide:{last}")
    };
    let label = move || {
        let n_runs = view.grid.get().table.n_matching;
        view.words(W::Label(n_runs, axes.read().len()))
    };
    el("div")
        .class("scroll xp-parallel-room")
        .refer(frame)
        .child(
            el("div")
                .class("xp-parallel-frame")
                .attr("role", "group")
                .attr("aria-label", label)
                .attr("style", size)
                .child(
                    el("canvas")
                        .refer(canvas)
                        .attr("aria-hidden", "true")
                        .attr("style", size)
                        .on(ev::transitionend, move |_| theme.notify()),
                )
                .child(move || overlay(view, &axes.read()))
                .child(move || {
                    (0..n_axes.get())
                        .map(|at| handles(view, axes, at, drag))
                        .collect_nodes()
                }),
        )
}

/// Axes with their marks, names and brushes.
fn overlay(view: Experiments, axes: &[Axis]) -> impl IntoNode + use<> {
    let lang = view.lang();
    let gap = match axes {
        [first, second, ..] => second.x - first.x,
        _ => GAP,
    };
    let y = |share: f64| ABOVE + (1.0 - share) * HEIGHT;
    let end = axes.last().map_or(0.0, |it| it.x) + RIGHT;
    let axis = |it: &Axis| {
        let marks: Vec<(f64, String)> = match &it.of.scale {
            Scale::Numbers(axis) => {
                let digits = digits(axis.ticks.iter().copied(), 4);
                let text = |value: f64| match axis.is_log() {
                    true => number::value(value, 6, lang),
                    false => super::grid::number_text(value, digits, lang),
                };
                let ticks = axis.ticks.iter();
                ticks
                    .map(|value| (axis.share(*value), text(*value)))
                    .collect()
            }
            Scale::Texts(texts) => {
                let n_letters = (gap.min(it.x) - MARK) / SMALL_LETTER;
                let short = |it: &String| clipped(it, n_letters as usize);
                it.of
                    .stops
                    .iter()
                    .copied()
                    .zip(texts.iter().map(short))
                    .collect()
            }
        };
        let mut last = f64::INFINITY;
        let marks = marks.into_iter().filter_map(|(share, text)| {
            let at = y(share);
            // Marks that would stand on each other stand once.
            (last - at >= 13.0).then(|| {
                last = at;
                el("text")
                    .class("xp-halo")
                    .attr("x", it.x - 11.0)
                    .attr("y", at + 4.0)
                    .attr("text-anchor", "end")
                    .child(text)
            })
        });
        let marks = marks.collect_nodes();
        let band = it.ends.map(|(from, to)| {
            el("rect")
                .class("xp-brush")
                .attr("x", it.x - 6.0)
                .attr("width", 12.0)
                .attr("y", y(to) - 1.0)
                .attr("height", (to - from) * HEIGHT + 2.0)
        });
        let said = it.ends.map(|_| {
            el("text")
                .attr("x", it.x)
                .attr("y", ABOVE + HEIGHT + 20.0)
                .attr("text-anchor", "middle")
                .child(said(view, it.brush.as_ref()))
        });
        let is_log = matches!(&it.of.scale, Scale::Numbers(axis) if axis.is_log());
        let name = match is_log {
            true => view.words(W::Log(it.name.clone())),
            false => it.name.clone(),
        };
        // At an edge there is room on one side only.
        let room = gap.min(it.x + gap / 2.0).min(end - it.x + gap / 2.0);
        let name = clipped(&name, (room / LETTER) as usize);
        let (x, anchor) = anchored(it.x, &name, end);
        group()
            .child(
                el("line")
                    .class("xp-axis")
                    .attr("x1", it.x)
                    .attr("x2", it.x)
                    .attr("y1", ABOVE)
                    .attr("y2", ABOVE + HEIGHT),
            )
            .child(band)
            .child(marks)
            .child(
                el("text")
                    .class("on xp-halo")
                    .attr("x", x)
                    .attr("y", 16.0)
                    .attr("text-anchor", anchor)
                    .child(name),
            )
            .child(said)
    };
    el("svg")
        .attr("width", "100%")
        .attr("height", "100%")
        .attr("aria-hidden", "true")
        .child(axes.iter().map(axis).collect_nodes())
}

/// Where the name of an axis stands, and by which of its ends: over the axis, but not over the edges.
fn anchored(x: f64, name: &str, end: f64) -> (f64, &'static str) {
    let half = name.chars().count() as f64 * LETTER / 2.0;
    match (half > x, x + half > end) {
        (true, _) => (0.0, "start"),
        (false, true) => (end, "end"),
        (false, false) => (x, "middle"),
    }
}

/// As much of a name as there is room for: of a key the end, of words the beginning tells more.
pub(super) fn clipped(name: &str, n_most: usize) -> String {
    let n = name.chars().count();
    let n_kept = n_most.saturating_sub(1);
    match (n > n_most, name.contains(' ')) {
        (false, _) => name.to_owned(),
        (true, true) => name.chars().take(n_kept).chain(['…']).collect(),
        (true, false) => ['…']
            .into_iter()
            .chain(name.chars().skip(n - n_kept))
            .collect(),
    }
}

/// A brush in words: `≥ 5`.
fn said(view: Experiments, brush: Option<&Brush>) -> String {
    let text = |value: f64| number::value(value, 6, view.lang());
    match brush {
        Some(Brush::Range(Some(low), Some(high))) if low == high => text(*low),
        Some(Brush::Range(Some(low), Some(high))) => {
            view.words(W::Between(text(*low), text(*high)))
        }
        Some(Brush::Range(Some(low), None)) => {
            let (limit, is_included) = limit(*low, low.next_down());
            view.words(W::From(text(limit), is_included))
        }
        Some(Brush::Range(None, Some(high))) => {
            let (limit, is_included) = limit(*high, high.next_up());
            view.words(W::UpTo(text(limit), is_included))
        }
        Some(Brush::Texts(texts)) => texts.join(", "),
        _ => view.words(W::Open),
    }
}

/// What takes the pointer and the keys of an axis.
fn handles(
    view: Experiments,
    axes: Memo<Vec<Axis>>,
    at: usize,
    drag: RwSignal<Drag>,
) -> impl IntoNode + use<> {
    let axis = move || axes.read_untracked().get(at).cloned();
    let zone = ElementRef::new();
    let share_of = move |event: &ev::PointerEvent| {
        let top = zone
            .get_untracked()
            .map_or(0.0, |it| browser::bounds(&it).1);
        let y = f64::from(event.client_y()) - top;
        (1.0 - y / HEIGHT).clamp(0.0, 1.0)
    };
    let commit = move |from: f64, to: f64| {
        if let Some(axis) = axis() {
            write_brush(view, &axis.of, axis.of.brush(from, to).as_ref());
        }
    };
    let on_down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        browser::capture_pointer(&event);
        event.prevent_default();
        let share = share_of(&event);
        let ends = axis().and_then(|it| it.ends);
        // Near an end of a brush, that end is moved.
        let near = |end: f64| (end - share).abs() * HEIGHT <= 8.0;
        drag.set(Some(match ends {
            Some((from, to)) if near(to) => (at, from, share),
            Some((from, to)) if near(from) => (at, to, share),
            _ => (at, share, share),
        }));
    };
    // Filtered when it is let go: a table that grows shorter meanwhile would move the axis away.
    let on_move = move |event: ev::PointerEvent| {
        if let Some((axis, from, _)) = drag.get_untracked().filter(|it| it.0 == at) {
            let to = share_of(&event);
            drag.set(Some((axis, from, to)));
        }
    };
    let on_up = move |_: ev::PointerEvent| {
        if let Some((_, from, to)) = drag.get_untracked().filter(|it| it.0 == at) {
            drag.set(None);
            // A click lets everything through again.
            match (from - to).abs() * HEIGHT > 3.0 {
                true => commit(from, to),
                false => commit(0.0, 1.0),
            }
        }
    };
    let style = move || {
        let x = axes.read().get(at).map_or(0.0, |it| it.x) - REACH;
        format!(
            "left:{x}px;top:{ABOVE}px;width:{}px;height:{HEIGHT}px",
            2.0 * REACH
        )
    };
    let thumb = move |is_high: bool| {
        let ends = move || {
            let axes = axes.read();
            axes.get(at).and_then(|it| it.ends).unwrap_or((0.0, 1.0))
        };
        let share = move || if is_high { ends().1 } else { ends().0 };
        let label = move || {
            let name = axes
                .read()
                .get(at)
                .map(|it| it.name.clone())
                .unwrap_or_default();
            view.words(if is_high {
                W::Highest(name)
            } else {
                W::Lowest(name)
            })
        };
        let text = move || {
            let axes = axes.read();
            let of = axes.get(at).map(|it| &it.of)?;
            let is_open = share() == if is_high { 1.0 } else { 0.0 };
            Some(match (&of.scale, is_open) {
                (_, true) => view.words(W::Open),
                (Scale::Numbers(_), _) => number::value(of.value(share()), 6, view.lang()),
                (Scale::Texts(_), _) => said(view, of.brush(share(), share()).as_ref()),
            })
        };
        let on_key = move |event: ev::KeyboardEvent| {
            let Some(axis) = axis() else { return };
            let (from, to) = axis.ends.unwrap_or((0.0, 1.0));
            let now = if is_high { to } else { from };
            let next = match event.key().as_str() {
                "ArrowUp" | "ArrowRight" => axis.of.step(now, true, 1),
                "ArrowDown" | "ArrowLeft" => axis.of.step(now, false, 1),
                "PageUp" => axis.of.step(now, true, 5),
                "PageDown" => axis.of.step(now, false, 5),
                "Home" => 0.0,
                "End" => 1.0,
                "Delete" | "Backspace" | "Escape" => {
                    event.prevent_default();
                    return commit(0.0, 1.0);
                }
                _ => return,
            };
            event.prevent_default();
            // An end stops at the other one.
            let (from, to) = match is_high {
                true => (from, next.max(from)),
                false => (next.min(to), to),
            };
            // Where any number may stand, none is likely to stand in one place.
            if !axis.of.stops.is_empty() || to - from > 0.01 {
                commit(from, to);
            }
        };
        el("div")
            .class("xp-thumb")
            .attr("role", "slider")
            .attr("tabindex", "0")
            .attr("aria-orientation", "vertical")
            .attr("aria-label", label)
            .attr("aria-valuemin", "0")
            .attr("aria-valuemax", "100")
            .attr("aria-valuenow", move || format!("{:.0}", share() * 100.0))
            .attr("aria-valuetext", text)
            .attr("style", move || {
                format!("top:{}px", (1.0 - share()) * HEIGHT)
            })
            .on(ev::keydown, on_key)
    };
    el("div")
        .class("xp-axis-zone")
        .refer(zone)
        .attr("style", style)
        .on(ev::pointerdown, on_down)
        .on(ev::pointermove, on_move)
        .on(ev::pointerup, on_up)
        .on(ev::pointercancel, move |_| drag.set(None))
        .child(thumb(false))
        .child(thumb(true))
}

/// What the eye may miss.
fn notes(view: Experiments, places: &[Vec<f32>]) -> Option<impl IntoNode + use<>> {
    let grid = view.listed();
    let lacks = |row: &&usize| {
        let mut places = places.iter();
        places.any(|it| it.get(**row).is_none_or(|it| it.is_nan()))
    };
    let n_gaps = grid.matching().iter().filter(lacks).count();
    let cant = grid.error.is_some().then(|| view.words(W::NotNow));
    let gaps = (n_gaps > 0).then(|| view.words(W::Gaps(n_gaps)));
    let text: Vec<String> = cant.into_iter().chain(gaps).collect();
    (!text.is_empty()).then(|| el("p").class("note").child(text.join(" ")))
}

/// Which columns have an axis.
fn axis_menu(view: Experiments, chosen: Memo<Vec<usize>>) -> impl IntoNode + use<> {
    let is_open = RwSignal::new(false);
    let set = move |column: usize, is_shown: bool| {
        let report = view.page.report.get_untracked();
        let mut columns = chosen.get_untracked();
        columns.retain(|it| *it != column);
        if is_shown {
            columns.push(column);
        }
        let name = |it: &usize| report.columns.get(*it).map(|it| it.id.full());
        let names: Vec<String> = columns.iter().filter_map(name).collect();
        let address = view.page.address.get_untracked();
        view.page.replace(address.with_list("axes", &names));
    };
    let options = move || {
        let report = view.report();
        let names = view.names();
        let kinds = [ColumnKind::Param, ColumnKind::Metric];
        let all = kinds.into_iter().flat_map(|kind| report.columns_of(kind));
        let can = all.filter(|(idx, _)| can_be_axis(&report, *idx));
        let options = can.map(|(idx, _)| {
            el("li").child(
                el("label")
                    .child(
                        el("input")
                            .attr("type", "checkbox")
                            .prop("checked", move || chosen.read().contains(&idx))
                            .on(ev::change, move |event| {
                                set(idx, event_target_checked(&event))
                            }),
                    )
                    .child(names.get(idx).cloned()),
            )
        });
        el("ul").child(options.collect_nodes())
    };
    el("details")
        .class("menu")
        .attr("name", "menu")
        .on(ev::toggle, move |_| is_open.update(|it| *it = !*it))
        .child(
            el("summary")
                .class("btn")
                .child(move || view.words(W::Axes(chosen.read().len()))),
        )
        .child(
            el("div")
                .class("menu-list xp-columns")
                .child(move || is_open.get().then(options)),
        )
}

fn can_be_axis(report: &Report, column: usize) -> bool {
    Dimension::new(report, column).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_where_it_tells_least() {
        assert_eq!(clipped("train.max_iter", 20), "train.max_iter");
        assert_eq!(clipped("train.max_iter", 9), "…max_iter");
        assert_eq!(clipped("Share of frauds found", 9), "Share of…");
        assert_eq!(clipped("train", 0), "…");
    }

    #[test]
    fn a_name_stays_within_the_picture() {
        assert_eq!(anchored(58.0, "C (log)", 700.0), (58.0, "middle"));
        assert_eq!(
            anchored(58.0, "Regularisation C (log)", 700.0),
            (0.0, "start")
        );
        assert_eq!(
            anchored(654.0, "Found of each class", 700.0),
            (700.0, "end")
        );
    }
}
