use std::ops::Range;

use leptos::{ev, prelude::*};

use super::{
    across::{Across, FIRST_COLUMNS, NARROW, name_width, widths},
    grid::{Grid, GridColumn, shows_difference},
    head::{head, height_of_head},
    keys::on_key,
    row::{BASELINE_ROW, SEEN_WITH_FIRST, cell_id, row_id, row_view},
    view::Experiments,
};
use crate::{
    analysis::window::visible,
    browser,
    browser::markup::{
        CollectNodes as _, ElementRef, IntoNode, Memo, RwSignal, effect, el, group, kept,
    },
    model::{ColumnKind, DeltaMode, Direction, Lang, Shared},
    words::{experiments::Experiments as T, metric::Heads, picking::Picking as P},
};

/// Longer tables draw only the rows that are seen.
const MOST_DRAWN: usize = 300;

/// Tables with more columns draw only those that are seen.
const MOST_COLUMNS: usize = 60;

/// Height of a row in CSS pixels, where only seen rows are drawn.
pub(super) const ROW_HEIGHT: f64 = 34.0;

/// What the style sheet gives the table, in CSS pixels: all of the window but its margins, up to a
/// width, and a height. Reckoned before it is drawn, so that it is drawn once.
const MARGINS: f64 = 64.0;
const WIDEST: f64 = 1216.0;
const ABOVE_BOX: f64 = 200.0;
const LEAST_HIGH: f64 = 440.0;

/// The table of all revisions.
pub(super) fn experiments_table(view: Experiments) -> impl IntoNode {
    let scroller = ElementRef::new();
    // Offset and size of what is seen of the table, at first about.
    let (wide, high) = browser::window_size();
    let down = RwSignal::new((0.0_f64, (high - ABOVE_BOX).max(LEAST_HIGH)));
    let aside = RwSignal::new((0.0_f64, (wide - MARGINS).clamp(0.0, WIDEST)));
    let n_rows = move || view.grid.get().table.rows.len();
    // By all rows there are, so that a filter changes neither the layout nor how much is drawn.
    let is_long = Memo::new(move |_| view.grid.get().report.revisions.len() > MOST_DRAWN);
    let drawn = Memo::new(move |_| match is_long.get() {
        true => {
            let (scroll, height) = down.get();
            visible(scroll, height, ROW_HEIGHT, n_rows())
        }
        false => 0..n_rows(),
    });
    let is_narrow = Memo::new(move |_| aside.get().1 > 0.0 && aside.get().1 < NARROW);
    let mode = Memo::new(move |_| view.state.read().mode);
    // What the reader gave: widths, the one that is being dragged among them, and pins.
    let given = Memo::new(move |_| {
        let state = view.state.read();
        let dragged = view.resized.get();
        let wide: Vec<(usize, f64)> = dragged
            .into_iter()
            .chain(state.wide.iter().copied())
            .collect();
        (wide, !state.pinned.is_empty())
    });
    let widths = Memo::new(move |_| {
        let heads = view.heads.get();
        let (wide, n_pinned) = given.get();
        let is_set = is_long.get() || heads.len() > MOST_COLUMNS || n_pinned || !wide.is_empty();
        is_set.then(|| {
            let grid = view.grid.get_untracked();
            let mut widths = widths(&grid, mode.get(), view.lang(), is_narrow.get());
            let places = grid
                .columns
                .iter()
                .zip(widths.iter_mut().skip(FIRST_COLUMNS));
            for (column, width) in places {
                if let Some(given) = wide.iter().find(|it| it.0 == column.column) {
                    *width = given.1;
                }
            }
            widths
        })
    });
    let across = Memo::new(move |before: Option<&Shared<Across>>| {
        view.heads.track();
        let grid = view.grid.get_untracked();
        let across = match widths.get() {
            Some(widths) => {
                let (scroll, width) = aside.get();
                Across::seen(&grid, widths, scroll, width)
            }
            None => Across::whole(&grid),
        };
        match before.filter(|before| ***before == across) {
            Some(before) => before.clone(),
            None => Shared::new(across),
        }
    });
    // All that rows show but which cell is active: while this stays, a drawn row stays.
    let look = Memo::new(move |before: Option<&u32>| {
        view.grid.track();
        view.state.track();
        view.address.track();
        view.page.lang.track();
        across.track();
        before.map_or(0, |it| it.wrapping_add(1))
    });
    let on_scroll = move |_: ev::Event| {
        let Some(element) = scroller.get_untracked() else {
            return;
        };
        let (top, left) = (element.scroll_top(), element.scroll_left());
        if is_long.get_untracked() {
            down.update(|it| it.0 = f64::from(top));
        }
        if aside.get_untracked().0 != f64::from(left) {
            aside.update(|it| it.0 = f64::from(left));
        }
    };
    // The frozen row stands below the head, and what is scrolled to below both.
    let head_place = ElementRef::new();
    let head_height = RwSignal::new(height_of_head(&view.grid.get_untracked()));
    effect(move || {
        if let Some(element) = head_place.get() {
            browser::on_resize(&element, move |_, height| head_height.set(height));
        }
    });
    effect(move || {
        if let Some(element) = scroller.get() {
            browser::on_resize(&element, move |width, height| {
                down.update(|it| it.1 = height);
                aside.update(|it| it.1 = width);
            });
        }
    });
    let scroll_aside = move |column: usize| {
        let across = across.get_untracked();
        let Some(element) = scroller.get_untracked() else {
            return;
        };
        let Some((left, width)) = across.extent(column) else {
            return;
        };
        let now = f64::from(element.scroll_left());
        let room = f64::from(element.client_width());
        if left < now || left + width > now + room {
            let middle = left - (room - width) / 2.0;
            element.set_scroll_left(middle.max(0.0) as i32);
            aside.update(|it| it.0 = f64::from(element.scroll_left()));
        }
    };
    let scroll_down = move |row: usize| {
        let Some(at) = row.checked_sub(1) else {
            // The frozen row is always seen; what follows it is the top of the table.
            if let Some(element) = scroller.get_untracked() {
                element.set_scroll_top(0);
            }
            return;
        };
        if is_long.get_untracked() {
            if let Some(element) = scroller.get_untracked() {
                let (top, height) = (
                    f64::from(element.scroll_top()),
                    f64::from(element.client_height()),
                );
                let head = head_height.get_untracked() + ROW_HEIGHT;
                let above = at as f64 * ROW_HEIGHT;
                let below = above + head + ROW_HEIGHT - height;
                if above < top || below > top {
                    let middle = (above - (height - head) / 2.0).max(0.0);
                    element.set_scroll_top(middle as i32);
                    down.set((middle, height));
                }
            }
        } else {
            let grid = view.grid.get_untracked();
            if let Some(row) = grid.table.rows.get(at) {
                browser::scroll_to(&row_id(row.revision));
            }
        }
    };
    let scroll_to = move |row: usize, column: usize| {
        scroll_down(row);
        scroll_aside(column);
    };
    // A link to a row shows it, wherever it stands.
    Effect::new(move |before: Option<Option<usize>>| {
        let row = view.state.read().row;
        let position = row.and_then(|row| view.grid.get_untracked().position(row));
        if let Some(position) = position.filter(|_| before.flatten() != row) {
            scroll_down(position + 1);
            view.active.update(|it| it.0 = position + 1);
            // The next key of who came by the link moves on from there.
            if before.is_none() && !browser::has_focus() {
                browser::focus("table");
            }
        }
        row
    });
    let active_id = move || {
        let (row, column) = view.active.get();
        // Without a baseline there is no frozen row to start in.
        let is_nowhere = row == BASELINE_ROW && view.grid.get().state.base.is_none();
        cell_id(row + usize::from(is_nowhere), column)
    };
    let caption = move || view.say(T::Caption(view.listed().base_name(view.lang())));
    let row_count = move || (view.grid.get().n_shown() + 1).to_string();
    let column_count = move || (view.heads.get().len() + FIRST_COLUMNS).to_string();
    let layout = move || {
        let height = if is_long.get() { "--row: 34px; " } else { "" };
        let width = across.read().width();
        let width = width.map(|it| format!("; width: max(100%, {it}px)"));
        let head = head_height.get();
        let pins = across.read().pins();
        let name = name_width(&view.listed(), is_narrow.get());
        format!(
            "{height}--head: {head}px; --name: {name}px{}{pins}",
            width.unwrap_or_default()
        )
    };
    group()
        .child(
            el("div")
                .class("scroll xp-box")
                .class_if("is-tall", move || n_rows() > SEEN_WITH_FIRST)
                .refer(scroller)
                .on(ev::scroll, on_scroll)
                .child(
                    el("table")
                        .attr("id", "table")
                        .class("xp")
                        .class_if("has-pins", move || across.read().n_pinned > 0)
                        .class_if("is-set", move || across.read().widths.is_some())
                        .attr("role", move || match view.is_tree() {
                            true => "treegrid",
                            false => "grid",
                        })
                        .attr("tabindex", "0")
                        .attr("aria-multiselectable", "true")
                        .attr("aria-rowcount", row_count)
                        .attr("aria-colcount", column_count)
                        .attr("aria-activedescendant", active_id)
                        .attr("style", layout)
                        .on(ev::keydown, move |event| {
                            if event.target() == event.current_target()
                                && on_key(view, &event, &scroll_to)
                            {
                                event.prevent_default();
                            }
                        })
                        .child(el("caption").class("vh").child(caption))
                        .child(move || widths.get().map(column_widths))
                        .child(move || head(view).refer(head_place))
                        // Both may be asked once more while the view goes: what they read is
                        // gone by then.
                        .child(move || {
                            let across = across.try_get()?;
                            Some(baseline(view, &across))
                        })
                        .child(move || {
                            let across = across.try_get()?;
                            Some(body(view, across, look.try_get()?, drawn.try_get()?))
                        }),
                ),
        )
        .child(move || {
            (n_rows() == 0 && view.grid.get().n_shown() == 0)
                .then(|| el("p").class("note").child(view.say(T::NoRows)))
        })
        .child(
            el("p")
                .class("note")
                .child(move || notes(view, mode.get()))
                .child(" ")
                .child(move || {
                    let n_rows = n_rows().saturating_sub(drawn.get().len());
                    let (left, right) = across.read().n_left_out();
                    let is_all = n_rows + left + right == 0;
                    (!is_all).then(|| {
                        let note = P::NotPrinted(n_rows, left + right);
                        el("span").class("xp-on-paper").child(view.words(note))
                    })
                })
                .child(
                    el("span")
                        .class("no-print only-wide")
                        .child(move || view.say(T::KeysNote)),
                ),
        )
}

/// The width of each column.
fn column_widths(widths: Vec<f64>) -> impl IntoNode {
    let column = |(place, width): (usize, f64)| {
        // The state is not there on a phone.
        let class = (place == 1).then_some("only-wide");
        let style = format!("width: {width}px");
        el("col").class(class).attr("style", style)
    };
    let columns = widths.into_iter().enumerate().map(column);
    el("colgroup").child(columns.collect_nodes())
}

/// The baseline: a row of its own above all others.
fn baseline(view: Experiments, across: &Across) -> impl IntoNode + use<> {
    let grid = view.grid.get();
    let row = grid
        .state
        .base
        .map(|base| grid.table.frozen_row(base))
        .map(|row| row_view(view, &grid, across, BASELINE_ROW, row));
    el("tbody").class("xp-frozen").child(row)
}

/// The rows that are seen. Rows that were there and look as they did are left alone.
fn body(
    view: Experiments,
    across: Shared<Across>,
    look: u32,
    drawn: Range<usize>,
) -> impl IntoNode + use<> {
    let grid = view.grid.get();
    let active = view.active.get();
    let n_rows = grid.table.rows.len();
    let n_columns = (grid.columns.len() + FIRST_COLUMNS).to_string();
    let spacer = |n_hidden: usize| {
        let style = format!("height: {}px", n_hidden as f64 * ROW_HEIGHT);
        let n_columns = n_columns.clone();
        (n_hidden > 0).then(|| {
            el("tr")
                .class("xp-spacer")
                .attr("aria-hidden", "true")
                .attr("style", style)
                .child(el("td").attr("colspan", n_columns))
        })
    };
    let (above, below) = (drawn.start, n_rows.saturating_sub(drawn.end));
    let rows = grid
        .table
        .rows
        .iter()
        .enumerate()
        .skip(drawn.start)
        .take(drawn.len())
        .map(|(at, row)| {
            let (row, at, key) = (*row, at + 1, grid.key(row.revision).to_owned());
            let active = if active.0 == at { active.1 + 1 } else { 0 };
            let stamp = u64::from(look) << 32 | active as u64;
            let (grid, across) = (grid.clone(), across.clone());
            kept(key, stamp, move || row_view(view, &grid, &across, at, row))
        })
        .collect_nodes();
    el("tbody")
        .child(spacer(above))
        .child(rows)
        .child(spacer(below))
}

/// What the signs mean, and what the eye may miss.
fn notes(view: Experiments, mode: DeltaMode) -> String {
    let grid = view.listed();
    let mut notes = Vec::new();
    if grid.columns.iter().any(|it| !it.best.is_empty()) {
        notes.push(view.say(T::BestNote));
    }
    if grid.columns.iter().any(|it| !it.worst.is_empty()) {
        notes.push(view.words(P::WorstNote));
    }
    let mut add = |note: T| notes.push(view.say(note));
    let has_metric = grid.columns.iter().any(|it| it.kind == ColumnKind::Metric);
    if let Some(base) = grid.base_name(view.lang()).filter(|_| has_metric) {
        match shows_difference(mode) {
            true => add(T::DifferenceNote(base)),
            false => add(T::TickNote(base)),
        }
    }
    let heads = Heads::new(&grid.report, view.lang());
    let name = |column: &GridColumn| {
        let name = heads.name(column.column);
        name.unwrap_or_else(|| column.name.clone())
    };
    if let Some(note) = beats(&grid, &name, view.lang()) {
        add(note);
    }
    let hiding = grid.columns.iter().filter(|it| it.digits.hides_differences);
    let hiding: Vec<String> = hiding
        .filter(|it| it.kind == ColumnKind::Metric)
        .map(name)
        .collect();
    if !hiding.is_empty() {
        add(T::DigitsNote(hiding));
    }
    notes.join(" ")
}

/// How many experiments are better than the baseline by the metric that decides, else by the first
/// one with a direction.
fn beats(grid: &Grid, name: &dyn Fn(&GridColumn) -> String, lang: Lang) -> Option<T> {
    let judged = grid.report.verdict.as_ref().and_then(|it| it.metric);
    let mut directed = (grid.columns.iter()).filter(|it| it.direction != Direction::Unknown);
    let deciding = directed.clone().find(|it| Some(it.column) == judged);
    let column = deciding.or_else(|| directed.next())?;
    let base = grid.base_name(lang)?;
    let values = grid.ranked.values(&grid.report, column.column);
    let level = values.number(grid.state.base?)?;
    let (mut n, mut of) = (0, 0);
    for row in &grid.table.rows {
        let of_row = grid.report.revisions.get(row.revision);
        let is_experiment = of_row.is_some_and(|it| it.parent.is_some());
        let Some(value) = values.number(row.revision).filter(|_| is_experiment) else {
            continue;
        };
        of += 1;
        n += usize::from(match column.direction {
            Direction::LowerIsBetter => value < level,
            _ => value > level,
        });
    }
    (of > 0).then(|| T::BeatsNote {
        base,
        metric: name(column),
        n,
        of,
    })
}
