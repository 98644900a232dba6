use std::ops::Range;

use leptos::{ev, html, prelude::*};

use super::{
    grid::{Grid, GridColumn, shows_difference, starts_descending},
    keys::on_key,
    row::{BASELINE_ROW, cell_id, row_id, row_view},
    state::{next_sort, sort_name, with_sort},
    view::Experiments,
};
use crate::{
    analysis::{
        compare::Change,
        table::{SortBy, SortKey},
        window::visible,
    },
    browser,
    model::{ColumnKind, Direction},
    words::experiments::Experiments as T,
};

/// Longer tables draw only the rows that are seen.
const MOST_DRAWN: usize = 300;

/// Longer tables scroll in a box of their own, under their head.
const TALL: usize = 25;

/// Height of a row in CSS pixels, where only seen rows are drawn.
pub(super) const ROW_HEIGHT: f64 = 34.0;

/// Height of head and frozen row, about: a row that is scrolled to has to stand below them.
const HEAD_HEIGHT: f64 = 100.0;

/// The table of all revisions.
#[component]
pub(super) fn ExperimentsTable(view: Experiments) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let seen = RwSignal::new((0.0_f64, 900.0_f64));
    let n_rows = move || view.grid.get().table.rows.len();
    let is_windowed = move || n_rows() > MOST_DRAWN;
    let drawn = Memo::new(move |_| {
        let (scroll, height) = if is_windowed() {
            seen.get()
        } else {
            (0.0, 0.0)
        };
        match is_windowed() {
            true => visible(scroll, height, ROW_HEIGHT, n_rows()),
            false => 0..n_rows(),
        }
    });
    let on_scroll = move |_: ev::Event| {
        if let Some(element) = scroller.get_untracked().filter(|_| is_windowed()) {
            seen.update(|it| it.0 = f64::from(element.scroll_top()));
        }
    };
    Effect::new(move |_| {
        if let Some(element) = scroller.get() {
            browser::on_resize(&element, move |_, height| seen.update(|it| it.1 = height));
        }
    });
    let scroll_to = move |row: usize| {
        let Some(at) = row.checked_sub(1) else { return };
        if is_windowed() {
            if let Some(element) = scroller.get_untracked() {
                let (top, height) = (
                    f64::from(element.scroll_top()),
                    f64::from(element.client_height()),
                );
                let above = at as f64 * ROW_HEIGHT;
                let below = above + HEAD_HEIGHT + ROW_HEIGHT - height;
                if above < top || below > top {
                    let middle = (above - (height - HEAD_HEIGHT) / 2.0).max(0.0);
                    element.set_scroll_top(middle as i32);
                    seen.set((middle, height));
                }
            }
        } else {
            let grid = view.grid.get_untracked();
            if let Some(row) = grid.table.rows.get(at) {
                browser::scroll_to(&row_id(row.revision));
            }
        }
    };
    // A link to a row shows it, wherever it stands.
    Effect::new(move |before: Option<Option<usize>>| {
        let row = view.state.read().row;
        let position = row.and_then(|row| view.grid.get_untracked().position(row));
        if let Some(position) = position.filter(|_| before.flatten() != row) {
            scroll_to(position + 1);
            view.active.update(|it| it.0 = position + 1);
        }
        row
    });
    let active_id = move || {
        let (row, column) = view.active.get();
        cell_id(row, column)
    };
    let caption = move || view.say(T::Caption(view.grid.get().base_label()));
    let row_count = move || (view.grid.get().n_shown() + 1).to_string();
    let column_count = move || (view.grid.get().columns.len() + 2).to_string();
    let layout = move || {
        let height = if is_windowed() { "--row: 34px; " } else { "" };
        format!("{height}--heads: {}", head_rows(&view.grid.get()).len() + 1)
    };
    view! {
        <div
            class="scroll xp-box"
            class:is-tall=move || { n_rows() > TALL }
            node_ref=scroller
            on:scroll=on_scroll
        >
            <table
                id="table"
                class="xp"
                role="grid"
                tabindex="0"
                aria-multiselectable="true"
                aria-rowcount=row_count
                aria-colcount=column_count
                aria-activedescendant=active_id
                style=layout
                on:keydown=move |event| {
                    if event.target() == event.current_target() && on_key(view, &event, &scroll_to) {
                        event.prevent_default();
                    }
                }
            >
                <caption class="vh">{caption}</caption>
                {move || head(view)}
                {move || baseline(view)}
                {move || body(view, drawn.get())}
            </table>
        </div>
        {move || (n_rows() == 0 && view.grid.get().n_shown() == 0)
            .then(|| view! { <p class="note">{view.say(T::NoRows)}</p> })}
        <p class="note">{move || notes(view)}</p>
    }
}

/// The rows of the head above the names: files, and sections where columns share one. Each is a
/// list of texts with the number of columns that they stand over.
fn head_rows(grid: &Grid) -> Vec<Vec<(String, usize)>> {
    let file = |column: &GridColumn| match column.kind {
        ColumnKind::Dependency => "\u{1}deps".to_owned(),
        ColumnKind::Output => "\u{1}outs".to_owned(),
        _ => column.file.clone(),
    };
    let mut rows = vec![spans(grid.columns.iter().map(file))];
    let sections = spans(grid.columns.iter().map(|it| {
        let section = section(grid, it);
        // The file before it keeps two sections of one name apart.
        format!("{}\u{0}{section}", it.file)
    }));
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

/// All keys but the last.
fn section(grid: &Grid, column: &GridColumn) -> String {
    let path = grid.report.columns.get(column.column).map(|it| &it.id.path);
    match path.and_then(|path| path.split_last()) {
        Some((_, before)) => before.join("."),
        None => String::new(),
    }
}

fn spans(texts: impl Iterator<Item = String>) -> Vec<(String, usize)> {
    let mut spans: Vec<(String, usize)> = Vec::new();
    for text in texts {
        match spans.last_mut() {
            Some((last, n)) if *last == text => *n += 1,
            _ => spans.push((text, 1)),
        }
    }
    spans
}

fn head(view: Experiments) -> impl IntoView + use<> {
    let grid = view.grid.get();
    let rows = head_rows(&grid);
    let has_sections = rows.len() > 1;
    let group = |(text, n): (String, usize)| {
        let text = match text.as_str() {
            "\u{1}deps" => view.say(T::Dependencies),
            "\u{1}outs" => view.say(T::Outputs),
            _ => text,
        };
        view! { <th class="xp-group" scope="colgroup" colspan=n.to_string()>{text}</th> }
    };
    let groups = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    <td colspan="2"></td>
                    {row.into_iter().map(group).collect_view()}
                </tr>
            }
        })
        .collect_view();
    let starts = group_starts(&grid);
    let columns = grid
        .columns
        .iter()
        .zip(starts)
        .map(|(column, is_start)| {
            let name = match has_sections {
                true => leaf(&grid, column),
                false => column_key(&grid, column),
            };
            let is_lower_better = column.direction == Direction::LowerIsBetter;
            let by = SortBy::Column(column.column);
            let class = head_class(column.is_number, is_start);
            head_cell(
                view,
                by,
                name,
                is_lower_better,
                class,
                starts_descending(column),
            )
        })
        .collect_view();
    view! {
        <thead>
            {groups}
            <tr aria-rowindex="1">
                {head_cell(view, SortBy::Name, view.say(T::Experiment), false, "", false)}
                {head_cell(view, SortBy::State, view.say(T::State), false, "only-wide", false)}
                {columns}
            </tr>
        </thead>
    }
}

fn leaf(grid: &Grid, column: &GridColumn) -> String {
    let id = grid
        .report
        .columns
        .get(column.column)
        .map(|it| it.id.leaf().to_owned());
    id.unwrap_or_default()
}

fn column_key(grid: &Grid, column: &GridColumn) -> String {
    let id = grid.report.columns.get(column.column).map(|it| it.id.key());
    id.unwrap_or_default()
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

fn head_cell(
    view: Experiments,
    by: SortBy,
    name: String,
    is_lower_better: bool,
    class: &'static str,
    is_descending_first: bool,
) -> impl IntoView + use<> {
    let id = sort_name(&view.report(), by);
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
    let hint = is_lower_better
        .then(|| view! { <span class="xp-lower">{view.say(T::LowerIsBetter)}</span> });
    let on_click = move |event: ev::MouseEvent| {
        sort_by(view, by, is_descending_first, event.shift_key());
    };
    view! {
        <th scope="col" role="columnheader" class=class aria-sort=direction data-column=id>
            <button type="button" on:click=on_click>
                {name}
                <span class="xp-sorted" aria-hidden="true">{mark}</span>
            </button>
            {hint}
        </th>
    }
}

/// Sorts as a click on a head does.
pub(super) fn sort_by(view: Experiments, by: SortBy, is_descending_first: bool, is_added: bool) {
    let sort = view
        .state
        .with_untracked(|state| next_sort(&state.sort, by, is_descending_first, is_added));
    let report = view.page.report.get_untracked();
    view.go(|address| with_sort(address, &report, &sort));
}

/// The baseline: a row of its own above all others.
fn baseline(view: Experiments) -> impl IntoView + use<> {
    let grid = view.grid.get();
    let row = grid
        .state
        .base
        .map(|base| row_view(view, &grid, BASELINE_ROW, base, 0));
    view! { <tbody class="xp-frozen">{row}</tbody> }
}

fn body(view: Experiments, drawn: Range<usize>) -> impl IntoView + use<> {
    let grid = view.grid.get();
    let n_rows = grid.table.rows.len();
    let n_columns = (grid.columns.len() + 2).to_string();
    let spacer = |n_hidden: usize| {
        let style = format!("height: {}px", n_hidden as f64 * ROW_HEIGHT);
        let n_columns = n_columns.clone();
        (n_hidden > 0).then(|| {
            view! {
                <tr class="xp-spacer" aria-hidden="true" style=style>
                    <td colspan=n_columns></td>
                </tr>
            }
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
        .map(|(at, row)| row_view(view, &grid, at + 1, row.revision, row.depth))
        .collect_view();
    view! { <tbody>{spacer(above)} {rows} {spacer(below)}</tbody> }
}

/// What the signs mean, and what the eye may miss.
fn notes(view: Experiments) -> String {
    let grid = view.grid.get();
    let mut notes = Vec::new();
    let mut add = |note: T| notes.push(view.say(note));
    if grid.columns.iter().any(|it| !it.best.is_empty()) {
        add(T::BestNote);
    }
    let has_metric = grid.columns.iter().any(|it| it.kind == ColumnKind::Metric);
    if let Some(base) = grid.base_label().filter(|_| has_metric) {
        match shows_difference(view.state.read().mode) {
            true => add(T::DifferenceNote(base)),
            false => add(T::TickNote(base)),
        }
    }
    if let Some(note) = beats(&grid) {
        add(note);
    }
    let hiding = grid.columns.iter().filter(|it| it.digits.hides_differences);
    let hiding: Vec<String> = hiding
        .filter(|it| it.kind == ColumnKind::Metric)
        .map(|it| it.name.clone())
        .collect();
    if !hiding.is_empty() {
        add(T::DigitsNote(hiding));
    }
    add(T::KeysNote);
    notes.join(" ")
}

/// How many experiments are better than the baseline by the first metric with a direction.
fn beats(grid: &Grid) -> Option<T> {
    let column = grid
        .columns
        .iter()
        .find(|it| it.direction != Direction::Unknown)?;
    let base = grid.base_label()?;
    let changes = grid.table.rows.iter().filter_map(|row| {
        let is_experiment = grid.report.revisions.get(row.revision)?.parent.is_some();
        is_experiment.then(|| grid.change(column, row.revision))
    });
    let (mut n, mut of) = (0, 0);
    for change in changes {
        match change {
            Change::Number { is_better, .. } => {
                of += 1;
                n += usize::from(is_better == Some(true));
            }
            Change::Same => of += 1,
            _ => {}
        }
    }
    (of > 0).then(|| T::BeatsNote {
        base,
        metric: column.name.clone(),
        n,
        of,
    })
}
