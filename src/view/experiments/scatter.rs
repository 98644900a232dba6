use leptos::{ev, prelude::*};

use super::{
    grid::{Grid, number_text},
    row::run_colour,
    view::Experiments,
};
use crate::{
    analysis::{
        digits::digits,
        table::known,
        ticks::{log_ticks, ticks},
    },
    browser::markup::{CollectNodes as _, IntoNode, el, group},
    model::{Cell, ColumnKind},
    words::{experiments::Experiments as T, number},
};

/// Points that are drawn at most: each is an element.
const MOST_POINTS: usize = 5000;

/// Points that get their name written beside them at most.
const MOST_NAMES: usize = 12;

/// The picture's inner box: left, right, top, bottom.
const BOX: (f64, f64, f64, f64) = (56.0, 590.0, 36.0, 214.0);

/// How much larger the largest value has to be for a logarithmic axis to help.
const LOG_HELPS: f64 = 10.0;

/// One column against another, a point for each row of the table.
pub(super) fn scatter(view: Experiments) -> impl IntoNode {
    let chosen_x = RwSignal::new(None::<usize>);
    let chosen_y = RwSignal::new(None::<usize>);
    let is_log = RwSignal::new(true);
    let axes = Memo::new(move |_| {
        let grid = view.listed();
        let numeric: Vec<usize> = grid
            .columns
            .iter()
            .filter(|it| it.is_number && matches!(it.kind, ColumnKind::Param | ColumnKind::Metric))
            .map(|it| it.column)
            .collect();
        let is_metric = |column: &usize| {
            grid.report
                .columns
                .get(*column)
                .is_some_and(|it| it.kind == ColumnKind::Metric)
        };
        let metric = numeric.iter().copied().find(is_metric);
        let param = numeric.iter().copied().find(|it| !is_metric(it));
        let known_choice = |it: Option<usize>| it.filter(|it| numeric.contains(it));
        let y = known_choice(chosen_y.get()).or(metric)?;
        let x = known_choice(chosen_x.get())
            .or(param)
            .or_else(|| numeric.iter().copied().find(|it| *it != y))?;
        Some((x, y, numeric))
    });
    // All of the state that a point shows: another order of the table draws none anew.
    let shown = Memo::new(move |_| {
        let state = view.state.read();
        (state.selected.clone(), state.row, state.base)
    });

    move || {
        let (x, y, numeric) = axes.get()?;
        let grid = view.listed();
        let names = grid.report.column_names();
        let cloud = Cloud::new(&grid, x, y);
        if cloud.points.len() < 2 {
            return None;
        }
        let select = move |label: T, now: usize, chosen: RwSignal<Option<usize>>| {
            let options = numeric
                .iter()
                .map(|column| {
                    let name = names.get(*column).cloned().unwrap_or_default();
                    el("option")
                        .attr("value", column.to_string())
                        .attr("selected", *column == now)
                        .child(name)
                })
                .collect_nodes();
            el("label")
                .class("field small")
                .child(view.say(label))
                .child(
                    el("select")
                        .on(ev::change, move |event| {
                            chosen.set(event_target_value(&event).parse().ok());
                        })
                        .child(options),
                )
        };
        let log_helps = cloud.log_helps();
        let log = log_helps.then(|| {
            el("label")
                .class("field small")
                .child(
                    el("input")
                        .attr("type", "checkbox")
                        .prop("checked", move || is_log.get())
                        .on(ev::change, move |event| {
                            is_log.set(event_target_checked(&event))
                        }),
                )
                .child(view.say(T::LogX))
        });
        let total = cloud.n_total;
        let too_many = (total > cloud.points.len()).then(|| {
            let shown = cloud.points.len();
            el("p")
                .class("note")
                .child(view.say(T::TooManyPoints { shown, total }))
        });
        Some(
            el("figure")
                .class("xp-scatter")
                .child(
                    el("div")
                        .class("xp-figure-head")
                        .child(el("h2").child(view.say(T::Scatter)))
                        .child(select(T::XAxis, x, chosen_x))
                        .child(select(T::YAxis, y, chosen_y))
                        .child(log),
                )
                .child(draw(
                    view,
                    &grid,
                    &cloud,
                    &shown.read(),
                    log_helps && is_log.get(),
                ))
                .child(too_many),
        )
    }
}

/// The points of a scatter.
#[derive(Clone, Debug, PartialEq)]
struct Cloud {
    x: usize,
    y: usize,
    /// Revision and its two numbers; the baseline first.
    points: Vec<(usize, f64, f64)>,
    n_total: usize,
}

impl Cloud {
    fn new(grid: &Grid, x: usize, y: usize) -> Self {
        let number = |column, row| match known(&grid.report, column, row) {
            Cell::Number(value) if value.is_finite() => Some(value),
            _ => None,
        };
        let rows = grid
            .state
            .base
            .into_iter()
            .chain(grid.table.rows.iter().map(|it| it.revision));
        let point = |row| Some((row, number(x, row)?, number(y, row)?));
        let mut points: Vec<(usize, f64, f64)> = rows.filter_map(point).collect();
        let n_total = points.len();
        points.truncate(MOST_POINTS);
        Self {
            x,
            y,
            points,
            n_total,
        }
    }

    fn range(&self, value: fn(&(usize, f64, f64)) -> f64) -> (f64, f64) {
        let start = (f64::INFINITY, f64::NEG_INFINITY);
        let values = self.points.iter().map(value);
        values.fold(start, |(low, high), it| (low.min(it), high.max(it)))
    }

    fn log_helps(&self) -> bool {
        let (low, high) = self.range(|it| it.1);
        low > 0.0 && high >= LOG_HELPS * low
    }
}

/// A number's place on an axis.
#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    is_log: bool,
}

impl Scale {
    /// A scale with some air on both sides.
    fn new((low, high): (f64, f64), (from, to): (f64, f64), is_log: bool) -> Self {
        let turned = |value: f64| if is_log { libm::log10(value) } else { value };
        let (low, high) = (turned(low), turned(high));
        let air = if high > low { (high - low) * 0.06 } else { 0.5 };
        Self {
            low: low - air,
            high: high + air,
            from,
            to,
            is_log,
        }
    }

    fn place(self, value: f64) -> f64 {
        let value = if self.is_log {
            libm::log10(value)
        } else {
            value
        };
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    fn marks(self, values: &[f64]) -> Vec<f64> {
        // A parameter that was tried at a few values is marked at these.
        let mut distinct = values.to_vec();
        distinct.sort_unstable_by(f64::total_cmp);
        distinct.dedup();
        let gap = |pair: &[f64]| match pair {
            [a, b] => (self.place(*b) - self.place(*a)).abs(),
            _ => f64::INFINITY,
        };
        if distinct.len() <= 8 && distinct.windows(2).all(|pair| gap(pair) >= 26.0) {
            return distinct;
        }
        match self.is_log {
            true => log_ticks(libm::pow(10.0, self.low), libm::pow(10.0, self.high)),
            false => ticks(self.low, self.high, 6),
        }
    }
}

/// What of the state the points show: selected revisions, the open one, the baseline.
type Shown = (Vec<usize>, Option<usize>, Option<usize>);

fn draw(
    view: Experiments,
    grid: &Grid,
    cloud: &Cloud,
    (selected, open, base): &Shown,
    is_log: bool,
) -> impl IntoNode + use<> {
    let lang = view.lang();
    let (open, base) = (*open, *base);
    let (left, right, top, bottom) = BOX;
    let x = Scale::new(cloud.range(|it| it.1), (left, right), is_log);
    let y = Scale::new(cloud.range(|it| it.2), (bottom, top), false);
    let names = grid.report.column_names();
    let name = |column: usize| names.get(column).cloned().unwrap_or_default();
    let label = T::ScatterLabel {
        x: name(cloud.x),
        y: name(cloud.y),
    };
    let y_marks = ticks(y.low, y.high, 5);
    let digits = digits(y_marks.iter().copied(), 2);
    let rows = y_marks.into_iter().map(|value| {
        let at = y.place(value);
        group()
            .child(
                el("line")
                    .class("xp-grid")
                    .attr("x1", left)
                    .attr("x2", right)
                    .attr("y1", at)
                    .attr("y2", at),
            )
            .child(
                el("text")
                    .attr("x", left - 8.0)
                    .attr("y", at + 4.0)
                    .attr("text-anchor", "end")
                    .child(number_text(value, digits, lang)),
            )
    });
    let rows = rows.collect_nodes();
    let values: Vec<f64> = cloud.points.iter().map(|it| it.1).collect();
    let columns = x.marks(&values).into_iter().map(|value| {
        let at = x.place(value);
        group()
            .child(
                el("line")
                    .class("xp-axis")
                    .attr("x1", at)
                    .attr("x2", at)
                    .attr("y1", bottom)
                    .attr("y2", bottom + 4.0),
            )
            .child(
                el("text")
                    .attr("x", at)
                    .attr("y", bottom + 18.0)
                    .attr("text-anchor", "middle")
                    .child(number::value(value, 6, lang)),
            )
    });
    let columns = columns.collect_nodes();
    let baseline = cloud.points.iter().find(|it| Some(it.0) == base);
    let level = baseline.map(|(_, _, value)| {
        let at = y.place(*value);
        el("line")
            .class("xp-level")
            .attr("x1", left)
            .attr("x2", right)
            .attr("y1", at)
            .attr("y2", at)
    });
    let is_named = |row: usize| {
        cloud.points.len() <= MOST_NAMES
            || Some(row) == base
            || Some(row) == grid.report.current
            || selected.contains(&row)
            || open == Some(row)
    };
    // Names that would stand on each other stand once.
    let mut taken: Vec<(f64, f64)> = Vec::new();
    // The baseline and what is chosen lie on top.
    let mut points = cloud.points.clone();
    points.sort_by_key(|it| {
        (
            Some(it.0) == base,
            selected.contains(&it.0),
            Some(it.0) == grid.report.current,
        )
    });
    let mut marks = Vec::with_capacity(points.len());
    let mut texts = Vec::new();
    for (row, value_x, value_y) in points.into_iter().rev() {
        let at = (x.place(value_x), y.place(value_y));
        let place = selected.iter().position(|it| *it == row);
        let class = match (Some(row) == base, Some(row) == grid.report.current) {
            (true, _) => "dot-base",
            (_, true) => "dot-now",
            _ => "xp-point",
        };
        let colour = place.filter(|_| class != "dot-base");
        let colour = colour.map(|it| format!("fill: {}", run_colour(it)));
        let text = format!(
            "{}: {}, {}",
            grid.label(row),
            number::value(value_x, 12, lang),
            number::value(value_y, 12, lang)
        );
        marks.push(
            el("circle")
                .class(class)
                .attr("style", colour)
                .attr("cx", at.0)
                .attr("cy", at.1)
                .attr("r", "5.5")
                .on(ev::click, move |_| view.open(Some(row)))
                .child(el("title").child(text)),
        );
        let is_free = taken
            .iter()
            .all(|it| (it.0 - at.0).abs() > 70.0 || (it.1 - at.1).abs() > 13.0);
        if is_named(row) && is_free {
            taken.push(at);
            let is_left = at.0 > right - 90.0;
            let (offset, anchor) = if is_left {
                (-10.0, "end")
            } else {
                (10.0, "start")
            };
            let is_strong = class != "xp-point" || place.is_some();
            let class = if is_strong { "on" } else { "" };
            texts.push(
                el("text")
                    .class(class)
                    .attr("x", at.0 + offset)
                    .attr("y", at.1 - 7.0)
                    .attr("text-anchor", anchor)
                    .child(grid.label(row).to_owned()),
            );
        }
    }
    marks.reverse();
    let x_name = match is_log {
        true => view.say(T::LogScale(name(cloud.x))),
        false => name(cloud.x),
    };
    el("svg")
        .attr("viewBox", "0 0 600 250")
        .attr("width", "100%")
        .attr("role", "img")
        .attr("aria-label", view.say(label))
        .child(rows)
        .child(columns)
        .child(
            el("line")
                .class("xp-axis")
                .attr("x1", left)
                .attr("x2", right)
                .attr("y1", bottom)
                .attr("y2", bottom),
        )
        .child(level)
        .child(marks)
        .child(texts)
        .child(
            el("text")
                .attr("x", right)
                .attr("y", "248")
                .attr("text-anchor", "end")
                .child(x_name),
        )
        .child(
            el("text")
                .attr("x", "0")
                .attr("y", "12")
                .child(name(cloud.y)),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_marked_where_it_was_tried() {
        let x = Scale::new((5.0, 120.0), (0.0, 500.0), true);
        assert_eq!(
            x.marks(&[5.0, 30.0, 60.0, 120.0, 30.0]),
            [5.0, 30.0, 60.0, 120.0]
        );
        assert!(x.place(5.0) > 0.0 && x.place(120.0) < 500.0);
        let crowded: Vec<f64> = (0..100).map(f64::from).collect();
        let x = Scale::new((0.0, 99.0), (0.0, 500.0), false);
        assert_eq!(x.marks(&crowded), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        let same = Scale::new((3.0, 3.0), (0.0, 500.0), false);
        assert_eq!(same.place(3.0), 250.0);
    }
}
