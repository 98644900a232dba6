use leptos::{either::Either, prelude::*};

use super::{
    cell::{ShownCell, cell},
    grid::Grid,
    head::{group_starts, head_class},
    view::Experiments,
};
use crate::{
    model::{ColumnKind, DeltaMode, Revision, State},
    view::Page,
    words::experiments::Experiments as T,
};

/// The place of the frozen baseline among the rows that the keyboard can reach.
pub(super) const BASELINE_ROW: usize = 0;

/// The id of a row.
pub(super) fn row_id(revision: usize) -> String {
    format!("row-{revision}")
}

/// The id of a cell: row of the table, column from the left.
pub(super) fn cell_id(row: usize, column: usize) -> String {
    format!("cell-{row}-{column}")
}

/// The colour of a selected row, the same on every picture.
pub(super) fn run_colour(place: usize) -> String {
    format!("var(--run-{})", place % 3 + 1)
}

/// A revision as a row; `row` is its place among the rows, 0 for the frozen baseline.
pub(super) fn row_view(
    view: Experiments,
    grid: &Grid,
    row: usize,
    revision: usize,
    depth: usize,
) -> impl IntoView + use<> {
    let state = view.state.get();
    let lang = view.lang();
    let active = view.active.get();
    let is_baseline = row == BASELINE_ROW;
    let place = state.selected.iter().position(|it| *it == revision);
    let of = grid.report.revisions.get(revision);
    let is_active = move |column: usize| active == (row, column);
    let starts = group_starts(grid);
    // Without results of its own a row says why, once, in place of all its metrics.
    let reason = of.filter(|it| !it.is_ranked()).map(|it| why(view, it));
    let mut reason = reason;
    let n_results = grid
        .columns
        .iter()
        .filter(|it| it.kind == ColumnKind::Metric)
        .count();
    let has_reason = reason.is_some();
    let cells = grid
        .columns
        .iter()
        .zip(starts)
        .enumerate()
        .filter_map(|(at, (column, is_start))| {
            let is_replaced = has_reason && column.kind == ColumnKind::Metric;
            let id = cell_id(row, at + 2);
            let is_active = is_active(at + 2);
            if !is_replaced {
                let shown = ShownCell {
                    column,
                    revision,
                    mode: if is_baseline {
                        DeltaMode::Value
                    } else {
                        state.mode
                    },
                    lang,
                };
                let class = head_class(column.is_number, is_start);
                return Some(Either::Left(cell(view, grid, shown, class, id, is_active)));
            }
            let text = reason.take()?;
            let id_of_column = column.id.clone();
            Some(Either::Right(view! {
                <td
                    class="xp-why gs"
                    class:active=is_active
                    id=id
                    role="gridcell"
                    colspan=n_results.to_string()
                    data-column=id_of_column
                    data-value=""
                >
                    {text}
                </td>
            }))
        })
        .collect_view();
    let colour = place.map(|place| format!("--run: {}", run_colour(place)));
    let index = match row {
        BASELINE_ROW => grid
            .revisions()
            .first()
            .filter(|it| **it == revision)
            .map(|_| 2),
        row => Some(row + 1 + grid.revisions().len().saturating_sub(grid.table.rows.len())),
    };
    view! {
        <tr
            id=row_id(revision)
            data-revision=grid.key(revision).to_owned()
            data-baseline=is_baseline.then_some("")
            aria-rowindex=index.map(|it| it.to_string())
            aria-selected=place.is_some().to_string()
            class:selected=place.is_some()
            class:open=state.row == Some(revision)
            style=colour
            on:click=move |_| view.active.set((row, 0))
        >
            {of.map(|of| name_cell(view, grid, of, row, revision, depth, is_active(0)))}
            <td
                class="only-wide"
                class:active=is_active(1)
                id=cell_id(row, 1)
                role="gridcell"
                data-column="state"
                data-value=of.map(|it| state_key(&it.state))
            >
                {of.map(|of| state_mark(view, &of.state))}
            </td>
            {cells}
        </tr>
    }
}

fn name_cell(
    view: Experiments,
    grid: &Grid,
    of: &Revision,
    row: usize,
    revision: usize,
    depth: usize,
    is_active: bool,
) -> impl IntoView + use<> {
    let label = of.label().to_owned();
    let is_baseline = row == BASELINE_ROW;
    let key = grid.key(revision).to_owned();
    let href = view.link(|it| it.with("row", Some(&key)));
    let sha = of
        .short_sha()
        .filter(|sha| *sha != label)
        .map(str::to_owned);
    let inside = grid
        .table
        .rows
        .get(row.wrapping_sub(1))
        .map_or(0, |it| it.n_inside);
    let is_folded = view.collapsed.read().contains(&revision);
    let fold = (inside > 0 && !grid.table.is_flat).then(|| {
        let (mark, message) = match is_folded {
            true => ("▸", T::UnfoldRow(label.clone())),
            false => ("▾", T::FoldRow(label.clone())),
        };
        let toggle = move |_| {
            view.collapsed.update(|it| {
                if !it.remove(&revision) {
                    it.insert(revision);
                }
            });
        };
        view! {
            <button
                type="button"
                class="xp-fold"
                aria-expanded=(!is_folded).to_string()
                aria-label=view.say(message)
                on:click=toggle
            >
                {mark}
            </button>
        }
    });
    let parent = of.parent.filter(|_| grid.table.is_flat && !is_baseline);
    let tag = match (is_baseline, parent, is_folded && inside > 0) {
        (true, _, _) => Some(T::Baseline),
        (_, Some(parent), _) => Some(T::OnParent(grid.label(parent).to_owned())),
        (_, _, true) => Some(T::Inside(inside)),
        _ => None,
    };
    let tag = tag.map(|tag| view! { <span class="tag">{view.say(tag)}</span> });
    let is_current = grid.report.current == Some(revision);
    let is_selected = view.state.read().selected.contains(&revision);
    let check = (!is_baseline).then(|| {
        view! {
            <input
                type="checkbox"
                aria-label=view.say(T::SelectRow(label.clone()))
                prop:checked=is_selected
                on:change=move |_| view.toggle_selected(revision)
            />
        }
    });
    let swatch = is_selected.then(|| view! { <span class="swatch" aria-hidden="true"></span> });
    let dot = (is_baseline || is_current).then(|| dot(view.page, is_baseline));
    let created = of.created.clone().unwrap_or_default();
    let style = format!("--depth: {}", depth.min(6));
    view! {
        <th
            scope="row"
            role="rowheader"
            class:active=is_active
            id=cell_id(row, 0)
            data-column="name"
            data-value=label.clone()
            data-created=created
        >
            <span class="xp-name" style=style>
                {fold} {check} {swatch} {dot} <a href=href title=label.clone()>{label.clone()}</a>
                {sha.map(|sha| view! { <code class="xp-sha">{sha}</code> })} {tag}
            </span>
        </th>
    }
}

/// ○ for the baseline, ● for the revision that the report is about.
pub fn dot(page: Page, is_baseline: bool) -> impl IntoView + use<> {
    let (class, radius, word) = match is_baseline {
        true => ("dot-base", "4.5", T::Baseline),
        false => ("dot-now", "5", T::ThisChange),
    };
    view! {
        <svg class="xp-dot" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            <circle class=class cx="6" cy="6" r=radius />
        </svg>
        <span class="vh">{page.say(&word)}</span>
    }
}

fn state_key(state: &State) -> &'static str {
    match state {
        State::Ok => "ok",
        State::Failed(_) => "failed",
        State::Queued => "queued",
        State::Running => "running",
    }
}

/// A state as sign and word.
pub(super) fn state_mark(view: Experiments, state: &State) -> impl IntoView + use<> {
    let (sign, word) = match state {
        State::Ok => ("✓", T::Ok),
        State::Failed(_) => ("✕", T::Failed),
        State::Queued => ("◷", T::Queued),
        State::Running => ("▷", T::Running),
    };
    view! {
        <span class="state-mark" data-state=state_key(state)>
            <i aria-hidden="true">{sign}</i>
            {view.say(word)}
        </span>
    }
}

/// Why a row has no results, the whole message on demand.
fn why(view: Experiments, of: &Revision) -> impl IntoView + use<> {
    let (first, rest) = match &of.state {
        State::Failed(message) => {
            let message = message.trim();
            let first = message.lines().next().unwrap_or_default();
            let short: String = first.chars().take(60).collect();
            let is_whole = short.len() == message.len();
            match short.is_empty() {
                true => (view.say(T::FailedWhy), None),
                false => (short, (!is_whole).then(|| message.to_owned())),
            }
        }
        State::Queued => (view.say(T::QueuedWhy), None),
        State::Running | State::Ok => (view.say(T::RunningWhy), None),
    };
    let rest = rest.map(|message| {
        view! {
            <details class="menu">
                <summary>{view.say(T::Log)}</summary>
                <pre class="menu-list">{message}</pre>
            </details>
        }
    });
    let state = state_mark(view, &of.state);
    view! { <span class="only-narrow-inline">{state} " "</span> {first} " " {rest} }
}
