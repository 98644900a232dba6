use leptos::{ev, prelude::*};

use super::{
    across::PINS,
    grid::{Grid, GridColumn, starts_descending},
    state::{LEAST_WIDE, MOST_WIDE, next_sort, sort_name, with_sort},
    view::Experiments,
};
use crate::{
    analysis::table::{Attribute, SortBy, SortKey},
    browser,
    browser::markup::{CollectNodes as _, El, ElementRef, RwSignal, el},
    model::{ColumnId, ColumnKind, Direction},
    view::code_text::breakable,
    words::{columns::Columns as W, experiments::Experiments as T, metric::Heads},
};

/// The rows of the head above the names: files, and sections where columns share one. Each is a
/// list of texts with the number of columns that they stand over.
fn head_rows(grid: &Grid) -> Vec<Vec<(String, usize)>> {
    let file = |column: &GridColumn| match column.kind {
        ColumnKind::Dependency => "\u{1}deps".to_owned(),
        ColumnKind::Output => "\u{1}outs".to_owned(),
        _ => column.file.clone(),
    };
    // What is pinned stays when the rest is scrolled, and so does what stands over it.
    let pins = (0..grid.columns.len()).map(|at| at < grid.n_pinned());
    let mut rows = vec![spans(grid.columns.iter().map(file).zip(pins.clone()))];
    let sections = grid.columns.iter().map(|it| {
        let id = grid.report.columns.get(it.column).map(|it| &it.id);
        let section = id.map_or_else(String::new, ColumnId::section);
        // The file before it keeps two sections of one name apart.
        format!("{}\u{0}{section}", it.file)
    });
    let sections = spans(sections.zip(pins));
    let is_shared = |(text, n): &(String, usize)| *n > 1 && !text.ends_with('\u{0}');
    if sections.iter().any(is_shared) {
        let name = |(text, n): (String, usize)| {
            let section = text.split_once('\u{0}').map_or("", |(_, it)| it);
            (section.to_owned(), n)
        };
        rows.push(sections.into_iter().map(name).collect());
    }
    rows
}

/// Height of a row of the head above the names, and of the names, in CSS pixels.
const GROUP_HEIGHT: f64 = 26.0;
const NAMES_HEIGHT: f64 = 41.0;

/// How high the head becomes, about, in CSS pixels.
pub(super) fn height_of_head(grid: &Grid) -> f64 {
    head_rows(grid).len() as f64 * GROUP_HEIGHT + NAMES_HEIGHT
}

fn spans(texts: impl Iterator<Item = (String, bool)>) -> Vec<(String, usize)> {
    let mut spans: Vec<(String, usize)> = Vec::new();
    let mut was_pinned = false;
    for (text, is_pinned) in texts {
        match spans.last_mut() {
            Some((last, n)) if *last == text && is_pinned == was_pinned => *n += 1,
            _ => spans.push((text, 1)),
        }
        was_pinned = is_pinned;
    }
    spans
}

/// The head: files, sections, and names that sort. Other rows in the table change nothing in it.
pub(super) fn head(view: Experiments) -> El {
    view.heads.track();
    let grid = view.grid.get_untracked();
    let rows = head_rows(&grid);
    let has_sections = rows.len() > 1;
    let n_pinned = grid.n_pinned();
    let group = |at: usize, (text, n): (String, usize)| {
        let text = match text.as_str() {
            "\u{1}deps" => view.say(T::Dependencies),
            "\u{1}outs" => view.say(T::Outputs),
            _ => text,
        };
        let cell = el("th")
            .class("xp-group")
            .attr("scope", "colgroup")
            .attr("colspan", n.to_string())
            .child(text);
        match PINS.get(at).filter(|_| at < n_pinned) {
            Some(pin) => cell.class_if("xp-pin", true).class_if(pin, true),
            None => cell,
        }
    };
    let groups = rows
        .into_iter()
        .map(|row| {
            let mut at = 0;
            let cells = row.into_iter().map(|it| {
                let n = it.1;
                at += n;
                group(at - n, it)
            });
            el("tr")
                .child(el("td"))
                .child(el("td").class("only-wide"))
                .child(cells.collect_nodes())
        })
        .collect_nodes();
    let starts = group_starts(&grid);
    let heads = Heads::new(&grid.report, view.lang());
    let columns = grid
        .columns
        .iter()
        .zip(starts)
        .enumerate()
        .map(|(at, (column, is_start))| {
            let name = match Attribute::at(&grid.report, column.column) {
                Some(Attribute::Created) => view.say(T::Created),
                Some(Attribute::Executor) => view.words(W::Executor),
                None => column_name(&grid, column, has_sections, &heads),
            };
            let is_lower_better = column.direction == Direction::LowerIsBetter;
            let by = column.sort_by(&grid.report);
            let class = head_class(column.is_number, is_start);
            let cell = head_cell(
                view,
                by,
                name,
                is_lower_better,
                class,
                starts_descending(column),
            )
            .attr("title", heads.title(column.column, &column.id));
            match PINS.get(at).filter(|_| at < n_pinned) {
                Some(pin) => cell.class_if("xp-pin", true).class_if(pin, true),
                None => cell,
            }
        })
        .collect_nodes();
    el("thead").child(groups).child(
        el("tr")
            .attr("aria-rowindex", "1")
            .child(head_cell(
                view,
                SortBy::Name,
                view.say(T::Experiment),
                false,
                "",
                false,
            ))
            .child(head_cell(
                view,
                SortBy::State,
                view.say(T::State),
                false,
                "only-wide",
                false,
            ))
            .child(columns),
    )
}

/// What stands over a column: the team's name, else the whole key, or its last part under a section.
pub(super) fn column_name(
    grid: &Grid,
    column: &GridColumn,
    has_sections: bool,
    heads: &Heads<'_>,
) -> String {
    if let Some(name) = heads.name(column.column) {
        return name;
    }
    match grid.report.columns.get(column.column).map(|it| &it.id) {
        Some(id) if has_sections => id.leaf().to_owned(),
        Some(id) => id.key(),
        None => column.name.clone(),
    }
}

/// Whether sections have a row of the head.
pub(super) fn shows_sections(grid: &Grid) -> bool {
    head_rows(grid).len() > 1
}

/// Whether each column is the first under its file: a line stands before it.
pub(super) fn group_starts(grid: &Grid) -> Vec<bool> {
    let mut before: Option<(&str, ColumnKind)> = None;
    grid.columns
        .iter()
        .map(|column| {
            let group = Some((column.file.as_str(), column.kind));
            let is_start = before != group;
            before = group;
            is_start
        })
        .collect()
}

pub(super) fn head_class(is_number: bool, is_start: bool) -> &'static str {
    match (is_number, is_start) {
        (true, true) => "num gs",
        (true, false) => "num",
        (false, true) => "gs",
        (false, false) => "",
    }
}

pub(super) fn head_cell(
    view: Experiments,
    by: SortBy,
    name: String,
    is_lower_better: bool,
    class: &'static str,
    is_descending_first: bool,
) -> El {
    let id = sort_name(&view.report(), by);
    let is_grouped = view.state.with_untracked(|it| it.group.is_some());
    let place = move || -> Option<(usize, SortKey)> {
        let state = view.state.read();
        let at = state.sort.iter().position(|key| key.by == by)?;
        Some((at, *state.sort.get(at)?))
    };
    let direction = move || match place() {
        Some((_, key)) if key.is_descending => "descending",
        Some(_) => "ascending",
        None => "none",
    };
    let mark = move || {
        let (at, key) = place()?;
        let arrow = if key.is_descending { "▾" } else { "▴" };
        let n_keys = view.state.read().sort.len();
        Some(match n_keys {
            1 => arrow.to_owned(),
            _ => format!("{arrow}{}", at + 1),
        })
    };
    let hint = is_lower_better.then(|| {
        el("span")
            .class("xp-lower")
            .child(view.say(T::LowerIsBetter))
    });
    let on_click = move |event: ev::MouseEvent| {
        sort_by(view, by, is_descending_first, event.shift_key());
    };
    // A column is moved by dragging its head to another's; the grid's keys do the same.
    let column = match by {
        SortBy::Column(column) => Some(column),
        SortBy::Created => Some(Attribute::Created.index(&view.report())),
        _ => None,
    };
    let place_of = move |column: usize| {
        let columns = view.columns.get_untracked();
        columns.iter().position(|it| it.column == column)
    };
    let place_on_page = ElementRef::new();
    let from = RwSignal::new((0.0_f64, 0.0_f64));
    let grip = column.map(|column| {
        let on_down = move |event: ev::PointerEvent| {
            browser::capture_pointer(&event);
            let width = place_on_page
                .get_untracked()
                .map_or(0.0, |it| browser::bounds(&it).2);
            from.set((f64::from(event.client_x()), width));
            view.resized.set(Some((column, width)));
        };
        let on_move = move |event: ev::PointerEvent| {
            if view.resized.get_untracked().is_some() {
                let (x, width) = from.get_untracked();
                let width = width + f64::from(event.client_x()) - x;
                view.resized
                    .set(Some((column, width.clamp(LEAST_WIDE, MOST_WIDE))));
            }
        };
        let on_up = move |_: ev::PointerEvent| {
            if let Some((column, width)) = view.resized.get_untracked() {
                view.resized.set(None);
                view.set_width(column, Some(width));
            }
        };
        el("span")
            .class("xp-grip")
            .attr("aria-hidden", "true")
            .on(ev::pointerdown, on_down)
            .on(ev::pointermove, on_move)
            .on(ev::pointerup, on_up)
            .on(ev::pointercancel, move |_| view.resized.set(None))
            .on(ev::dblclick, move |_| view.set_width(column, None))
    });
    let on_drop = move |event: ev::DragEvent| {
        let from = view.dragged.get_untracked().and_then(place_of);
        view.dragged.set(None);
        if let (Some(from), Some(to)) = (from, column.and_then(place_of)) {
            event.prevent_default();
            event.stop_propagation();
            view.move_column(from, to);
        }
    };
    el("th")
        .attr("draggable", column.map(|_| "true"))
        .refer(place_on_page)
        .on(ev::dragstart, move |event: ev::DragEvent| {
            // Its edge is being dragged.
            if view.resized.get_untracked().is_some() {
                return event.prevent_default();
            }
            view.dragged.set(column);
        })
        .on(ev::dragend, move |_| view.dragged.set(None))
        .on(ev::dragover, move |event: ev::DragEvent| {
            if column.is_some() && view.dragged.get_untracked().is_some() {
                event.prevent_default();
            }
        })
        .on(ev::drop, on_drop)
        .attr("scope", "col")
        .attr("role", "columnheader")
        .class(class)
        .attr("aria-sort", direction)
        .attr("data-column", id)
        .child(
            el("button")
                .attr("type", "button")
                // The grid is one stop of the Tab key: `s` sorts by the column that it is at. A table
                // of groups goes by rows.
                .attr("tabindex", (!is_grouped).then_some("-1"))
                .on(ev::click, on_click)
                .child(breakable(&name))
                .child(
                    el("span")
                        .class("xp-sorted")
                        .attr("aria-hidden", "true")
                        .child(mark),
                ),
        )
        .child(hint)
        .child(grip)
}

/// Sorts as a click on a head does.
pub(super) fn sort_by(view: Experiments, by: SortBy, is_descending_first: bool, is_added: bool) {
    let sort = view
        .state
        .with_untracked(|state| next_sort(&state.sort, by, is_descending_first, is_added));
    let report = view.page.report.get_untracked();
    view.go(|address| with_sort(address, &report, &sort));
}
