use leptos::{either::Either, prelude::*};

use super::{
    grid::{Grid, GridColumn, cell_text, difference_text, full_value},
    table::{group_starts, head_class},
    view::Experiments,
};
use crate::{
    analysis::{compare::Change, table::known},
    model::{Cell, ColumnKind, DeltaMode, Lang, Revision, State},
    view::Page,
    words::{experiments::Experiments as T, number},
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

#[derive(Clone, Copy)]
struct ShownCell<'a> {
    column: &'a GridColumn,
    revision: usize,
    mode: DeltaMode,
    lang: Lang,
}

fn cell(
    view: Experiments,
    grid: &Grid,
    shown: ShownCell<'_>,
    class: &'static str,
    id: String,
    is_active: bool,
) -> impl IntoView + use<> {
    let ShownCell {
        column,
        revision,
        lang,
        ..
    } = shown;
    let value = known(&grid.report, column.column, revision);
    let is_metric = column.kind == ColumnKind::Metric;
    let is_best = column.best.contains(&revision);
    let change = grid.change(column, revision);
    let text = match (shown.mode, is_metric || column.is_number) {
        (DeltaMode::Value, _) | (_, false) => None,
        (mode, true) => changed_text(change, mode, column, lang),
    };
    let judgement = match change {
        Change::Number {
            is_better: Some(is_better),
            ..
        } if text.is_some() => Some(is_better),
        _ => None,
    };
    let is_same = text.is_some() && change == Change::Same;
    let arrow = match change {
        Change::Number { difference, .. } if text.is_some() => {
            Some(if difference > 0.0 { "▲" } else { "▼" })
        }
        _ => None,
    };
    let word = judgement.map(|is_better| if is_better { T::Better } else { T::Worse });
    let word = word.map(|it| view! { <span class="vh">" " {view.say(it)}</span> });
    let shows_value = text.is_none();
    let is_hash = matches!(value, Cell::Text(crate::model::TextKind::Hash, _));
    let text = match (is_same, text) {
        (true, _) => view.say(T::Same),
        (false, Some(text)) => text,
        (false, None) => cell_text(value, column.kind, column.digits, lang),
    };
    let title =
        (value.as_number().is_some() || text.chars().count() > 24).then(|| full_value(value));
    let picture = is_metric.then(|| picture(grid, column, value, change, shows_value));
    let star = is_metric.then(|| {
        view! { <span class="xp-star" aria-hidden="true">{is_best.then_some("★")}</span> }
    });
    let best_word = is_best.then(|| view! { <span class="vh">{view.say(T::BestNote)} " "</span> });
    view! {
        <td
            class=class
            class:active=is_active
            class:best=is_best
            class:hash=is_hash
            class:quiet=is_same || value.is_missing()
            id=id
            role="gridcell"
            data-column=column.id.clone()
            data-value=full_value(value)
            title=title
        >
            <span class="xp-cell">
                {best_word} {star}
                <span
                    class="xp-text"
                    class:better=judgement == Some(true)
                    class:worse=judgement == Some(false)
                >
                    {arrow.map(|it| view! { <span class="arrow" aria-hidden="true">{it}</span> })}
                    {text} {word}
                </span>
                {picture}
            </span>
        </td>
    }
}

fn changed_text(
    change: Change,
    mode: DeltaMode,
    column: &GridColumn,
    lang: Lang,
) -> Option<String> {
    match (change, mode) {
        (
            Change::Number {
                relative: Some(share),
                ..
            },
            DeltaMode::Relative,
        ) => {
            let sign = if share > 0.0 { "+" } else { "" };
            Some(format!("{sign}{}", number::percent(share, 1, lang)))
        }
        (Change::Number { difference, .. }, _) => Some(match column.kind {
            ColumnKind::Metric => difference_text(difference, column.digits, lang),
            _ => {
                let sign = if difference > 0.0 { "+" } else { "" };
                format!("{sign}{}", number::value(difference, 12, lang))
            }
        }),
        (Change::Same, _) => Some(String::new()),
        _ => None,
    }
}

/// A dot against the baseline's tick, or a bar from the baseline: one element, drawn by CSS.
fn picture(
    grid: &Grid,
    column: &GridColumn,
    value: Cell<'_>,
    change: Change,
    shows_value: bool,
) -> impl IntoView + use<> {
    let share = |value: f64| {
        let (low, high) = column.range;
        match high > low {
            true => ((value - low) / (high - low)).clamp(0.0, 1.0),
            false => 0.5,
        }
    };
    let base = grid.state.base.and_then(|base| {
        known(&grid.report, column.column, base)
            .as_number()
            .filter(|it| it.is_finite())
    });
    let value = value.as_number().filter(|it| it.is_finite());
    let (class, style) = match (shows_value, value, change) {
        (true, Some(value), _) => {
            let base = base
                .map(|it| format!("; --base: {:.4}", share(it)))
                .unwrap_or_default();
            ("xp-strip", format!("--at: {:.4}{base}", share(value)))
        }
        (
            false,
            Some(_),
            Change::Number {
                difference,
                is_better,
                ..
            },
        ) if column.reach > 0.0 => {
            let end = (difference / column.reach).clamp(-1.0, 1.0);
            let (from, to) = (0.5 + end.min(0.0) / 2.0, 0.5 + end.max(0.0) / 2.0);
            let class = match is_better {
                Some(true) => "xp-bar better",
                Some(false) => "xp-bar worse",
                None => "xp-bar",
            };
            (class, format!("--from: {from:.4}; --to: {to:.4}"))
        }
        _ => ("xp-none", String::new()),
    };
    view! { <i class=class style=style aria-hidden="true"></i> }
}
