use leptos::ev;

use super::{
    across::{Across, FIRST_COLUMNS, PINS},
    cell::{ShownCell, cell},
    grid::{Grid, GridColumn},
    head::head_class,
    view::Experiments,
};
use crate::{
    analysis::table::TableRow,
    browser,
    browser::markup::{CollectNodes as _, El, IntoNode, Node, el, group},
    model::{ColumnKind, DeltaMode, RefKind, Report, Revision, RevisionKind, State},
    view::{Page, run_sign::run_style},
    words::{experiments::Experiments as T, picking::Picking as P},
};

/// The place of the frozen baseline among the rows that the keyboard can reach.
pub(super) const BASELINE_ROW: usize = 0;

/// So many rows are at most seen together with the first one: longer tables scroll in a box of
/// their own.
pub(super) const SEEN_WITH_FIRST: usize = 25;

/// Longer names are cut, as the style sheet has it.
const MOST_OF_NAME: usize = 18;

/// The id of a row.
pub(super) fn row_id(revision: usize) -> String {
    format!("row-{revision}")
}

/// The id of a cell: row of the table, column from the left.
pub(super) fn cell_id(row: usize, column: usize) -> String {
    format!("cell-{row}-{column}")
}

/// A revision as a row; `row` is its place among the rows, 0 for the frozen baseline.
pub(super) fn row_view(
    view: Experiments,
    grid: &Grid,
    across: &Across,
    row: usize,
    of_table: TableRow,
) -> El {
    let revision = of_table.revision;
    let state = view.state.get();
    let lang = view.lang();
    let active = view.active.get();
    let is_baseline = row == BASELINE_ROW;
    let place = state.selected.iter().position(|it| *it == revision);
    let of = grid.report.revisions.get(revision);
    let has_reason = of.is_some_and(|it| !it.is_ranked());
    let is_metric = |column: &GridColumn| column.kind == ColumnKind::Metric;
    // One cell stands for all metrics of a row without results: whichever of them is active, it is.
    let stands_for = |column: usize| {
        let at = column.checked_sub(FIRST_COLUMNS);
        let is_replaced = |at: &usize| has_reason && grid.columns.get(*at).is_some_and(is_metric);
        let replaced = at.filter(is_replaced);
        replaced.map_or(column, |_| {
            let first = drawn_metric(grid, across);
            first.map_or(column, |it| it + FIRST_COLUMNS)
        })
    };
    let active = (active.0, stands_for(active.1));
    let is_active = move |column: usize| active == (row, column);
    // The active cell alone is ever pointed to.
    let pointed = view.active.get().1;
    let active_id = move |column: usize| is_active(column).then(|| cell_id(row, pointed));
    // Without results of its own a row says why, once, in place of all its metrics.
    let reason = of.filter(|it| !it.is_ranked()).map(|it| why(view, it));
    let mut reason = reason;
    let drawn = || {
        let columns = || grid.columns.iter().zip(&across.starts).enumerate();
        let start = across.drawn.start.max(across.n_pinned);
        let n = across.drawn.end.saturating_sub(start);
        columns()
            .take(across.n_pinned)
            .chain(columns().skip(start).take(n))
    };
    // Among pinned columns there may be others between two metrics.
    let n_results = match across.n_pinned {
        0 => drawn().filter(|(_, (it, _))| is_metric(it)).count(),
        _ => 1,
    };
    let (left, right) = across.n_left_out();
    let cells = drawn()
        .filter_map(|(at, (column, is_start))| {
            let is_replaced = has_reason && is_metric(column);
            let place = at + FIRST_COLUMNS;
            let id = active_id(place);
            let colindex = across.colindex(place);
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
                    width: across.width_of(at),
                };
                let class = head_class(column.is_number, *is_start);
                let cell = cell(view, grid, shown, class, id);
                let cell = cell.attr("aria-colindex", colindex);
                return Some(pinned(cell, at, across, left));
            }
            let Some(text) = reason.take() else {
                let empty = el("td")
                    .class("quiet")
                    .attr("data-column", column.id.clone());
                return (across.n_pinned > 0).then(|| pinned(empty.child("–"), at, across, left));
            };
            let id_of_column = column.id.clone();
            Some(pinned(
                el("td")
                    .class("xp-why gs")
                    .class_if("active", id.is_some())
                    .attr("id", id)
                    .attr("colspan", n_results.to_string())
                    .attr("aria-colindex", colindex)
                    .attr("data-column", id_of_column)
                    .attr("data-value", "")
                    .child(el("span").child(text)),
                at,
                across,
                left,
            ))
        })
        .collect_nodes();
    let colour = place.map(run_style);
    // The head is the first row, and the baseline the second where it is counted.
    let n_above = 1 + usize::from(grid.is_frozen_counted());
    let index = match row {
        BASELINE_ROW => grid.is_frozen_counted().then_some(n_above),
        row => Some(row + n_above),
    };
    let left_out_first = (across.n_pinned == 0).then(|| left_out(left));
    // Levels are a tree's alone.
    let is_tree = view.is_tree();
    let is_open = !view.collapsed.read().contains(&revision);
    let has_rows = is_tree && of_table.n_inside > 0;
    let in_tree = |number: usize| is_tree.then(|| number.to_string());
    el("tr")
        .attr("id", row_id(revision))
        .attr("aria-level", in_tree(of_table.depth + 1))
        .attr("aria-posinset", in_tree(of_table.place))
        .attr("aria-setsize", in_tree(of_table.n_siblings))
        .attr("aria-expanded", has_rows.then(|| is_open.to_string()))
        .attr("data-revision", grid.key(revision).to_owned())
        .attr("data-baseline", is_baseline.then_some(""))
        .attr("aria-rowindex", index.map(|it| it.to_string()))
        .attr("aria-selected", place.is_some().to_string())
        .class_if("selected", place.is_some())
        .class_if("open", state.row == Some(revision))
        .attr("style", colour)
        .on(ev::click, move |event: ev::MouseEvent| {
            // Its own click has come before, where there is one.
            let is_own = browser::is_inside(&event, "a, button, input, summary");
            if !is_own && !is_baseline && event.shift_key() {
                view.select_to(revision);
            } else if !is_own && !is_baseline && (event.ctrl_key() || event.meta_key()) {
                view.toggle_selected(revision);
            }
            view.active.set((row, 0));
        })
        .child(of.map(|of| name_cell(view, grid, of, row, of_table, is_active(0))))
        .child(
            el("td")
                .class("only-wide")
                .class_if("active", is_active(1))
                .class_if("cut", of.is_some_and(|it| it.state != State::Ok))
                .attr("id", active_id(1))
                .attr("data-column", "state")
                .attr("data-value", of.map(|it| state_key(&it.state)))
                .child(of.map(|of| state_mark(view, &of.state))),
        )
        .child(left_out_first)
        .child(cells)
        .child(left_out(right))
}

/// The first metric that a row draws: where the message of a row without results stands.
fn drawn_metric(grid: &Grid, across: &Across) -> Option<usize> {
    let is_drawn = |at: &usize| *at < across.n_pinned || across.drawn.contains(at);
    let columns = grid.columns.iter().enumerate();
    let metrics = columns.filter(|(_, it)| it.kind == ColumnKind::Metric);
    metrics.map(|(at, _)| at).find(is_drawn)
}

/// A cell at its place: a pinned one stays at the left, and what stands for those that are not drawn
/// comes behind the last of them.
fn pinned(cell: El, at: usize, across: &Across, n_left_out: usize) -> Node {
    let Some(class) = PINS.get(at).filter(|_| at < across.n_pinned) else {
        return cell.into_node();
    };
    let is_last = at + 1 == across.n_pinned;
    group()
        .child(cell.class_if("xp-pin", true).class_if(class, true))
        .child(is_last.then(|| left_out(n_left_out)))
        .into_node()
}

/// What stands for columns that are not drawn.
fn left_out(n: usize) -> Option<El> {
    (n > 0).then(|| {
        el("td")
            .attr("aria-hidden", "true")
            .attr("colspan", n.to_string())
    })
}

fn name_cell(
    view: Experiments,
    grid: &Grid,
    of: &Revision,
    row: usize,
    of_table: TableRow,
    is_active: bool,
) -> impl IntoNode + use<> {
    let TableRow {
        revision,
        depth,
        n_inside: inside,
        ..
    } = of_table;
    let label = of.label().to_owned();
    let is_baseline = row == BASELINE_ROW;
    let key = grid.key(revision).to_owned();
    let href = view.link(|it| it.with("row", Some(&key)));
    let sha = of
        .short_sha()
        .filter(|sha| *sha != label)
        .map(str::to_owned);
    let is_folded = view.collapsed.read().contains(&revision);
    let fold = (inside > 0 && !grid.table.is_flat).then(|| {
        let (mark, message) = match is_folded {
            true => ("▸", T::UnfoldRow(label.clone())),
            false => ("▾", T::FoldRow(label.clone())),
        };
        el("button")
            .attr("type", "button")
            .attr("tabindex", "-1")
            .class("xp-fold")
            .attr("aria-expanded", (!is_folded).to_string())
            .attr("aria-label", view.say(message))
            .on(ev::click, move |_| view.toggle_folded(revision))
            .child(mark)
    });
    // Rows in the frozen one have the workspace above them, and would be taken for its own.
    let at = row.checked_sub(1).filter(|at| *at < SEEN_WITH_FIRST);
    let is_apart = depth == 1 && at.is_some_and(|at| grid.table.is_apart_from_frozen(at));
    let above = of.parent.or(of.tip);
    let parent = above.filter(|_| (grid.table.is_flat && !is_baseline) || is_apart);
    let tag = match (is_baseline, parent, is_folded && inside > 0) {
        (true, _, false) => Some(T::Baseline),
        (_, Some(parent), _) => Some(T::OnParent(grid.label(parent).to_owned())),
        (_, _, true) => Some(T::Inside(inside)),
        _ => None,
    };
    let tag = tag.map(|tag| {
        let class = if is_apart { "tag xp-on" } else { "tag" };
        el("span").class(class).child(view.say(tag))
    });
    let is_current = grid.report.current == Some(revision);
    let is_selected = view.state.read().selected.contains(&revision);
    let check = (!is_baseline).then(|| {
        el("input")
            .attr("type", "checkbox")
            .attr("tabindex", "-1")
            .attr("aria-label", view.say(T::SelectRow(label.clone())))
            .prop("checked", is_selected)
            .on(ev::click, move |event: ev::MouseEvent| {
                // With Shift, all from the last one to this one.
                match event.shift_key() {
                    true => view.select_to(revision),
                    false => view.toggle_selected(revision),
                }
            })
    });
    let star = view.state.read().starred.contains(&revision).then(|| {
        el("button")
            .attr("type", "button")
            .attr("tabindex", "-1")
            .class("xp-star")
            .attr("aria-pressed", "true")
            .attr("aria-label", view.words(P::Unstar(label.clone())))
            .on(ev::click, move |_| view.toggle_starred(revision))
            .child("★")
    });
    let swatch = is_selected.then(|| el("span").class("swatch").attr("aria-hidden", "true"));
    let dot = (is_baseline || is_current).then(|| dot(view.page, is_baseline));
    let kind = kind_word(&grid.report, of).map(|it| {
        // What has room in the table, and tells them apart.
        let sign = match it {
            P::KindExperiment => "exp".to_owned(),
            P::BranchOrTag => "ref".to_owned(),
            _ => view.words(it.clone()),
        };
        let word = view.words(it);
        el("span")
            .class("xp-kind")
            .attr("role", "img")
            .attr("aria-label", word.clone())
            .attr("title", word)
            .child(sign)
    });
    // Where there is no column for it.
    let mark = (of.state != State::Ok).then(|| {
        let (sign, word) = state_words(&of.state);
        let word = view.say(word);
        el("span")
            .class("xp-mark state-mark")
            .attr("data-state", state_key(&of.state))
            .attr("title", word.clone())
            .child(el("i").attr("aria-hidden", "true").child(sign))
            .child(el("span").class("vh").child(word))
    });
    let created = of.created.clone().unwrap_or_default();
    let style = format!("--depth: {}", depth.min(6));
    el("th")
        .attr("scope", "row")
        .attr("role", "rowheader")
        .class_if("active", is_active)
        .attr("id", is_active.then(|| cell_id(row, 0)))
        .attr("data-column", "name")
        .attr("data-value", label.clone())
        .attr("data-created", created)
        .child(
            el("span")
                .class("xp-name")
                .attr("style", style)
                .child(fold)
                .child(check)
                .child(swatch)
                .child(dot)
                .child(
                    el("a")
                        .class_if("cut", label.chars().count() > MOST_OF_NAME)
                        .attr("href", href)
                        .attr("tabindex", "-1")
                        .attr("title", label.clone())
                        .child(label.clone()),
                )
                .child(sha.map(|sha| el("code").class("xp-sha").child(sha)))
                .child(kind)
                .child(mark)
                .child(star)
                .child(tag),
        )
}

/// ○ for the baseline, ● for the revision that the report is about.
pub fn dot(page: Page, is_baseline: bool) -> impl IntoNode + use<> {
    let (class, radius, word) = match is_baseline {
        true => ("dot-base", "4.5", T::Baseline),
        false => ("dot-now", "5", T::ThisChange),
    };
    group()
        .child(
            el("svg")
                .class("xp-dot")
                .attr("width", "12")
                .attr("height", "12")
                .attr("viewBox", "0 0 12 12")
                .attr("aria-hidden", "true")
                .child(
                    el("circle")
                        .class(class)
                        .attr("cx", "6")
                        .attr("cy", "6")
                        .attr("r", radius),
                ),
        )
        .child(el("span").class("vh").child(page.say(&word)))
}

/// What a revision is, where its name doesn't say so.
pub(super) fn kind_word(report: &Report, of: &Revision) -> Option<P> {
    match of.kind {
        RevisionKind::Workspace | RevisionKind::Named => None,
        RevisionKind::Commit => Some(match &of.name {
            Some(name) => match report.origin.ref_kind(name) {
                RefKind::Branch => P::KindBranch,
                RefKind::Tag => P::KindTag,
                RefKind::Unknown => P::BranchOrTag,
            },
            None => P::KindCommit,
        }),
        RevisionKind::Experiment => Some(P::KindExperiment),
    }
}

/// A state as `data-value` has it.
pub fn state_key(state: &State) -> &'static str {
    match state {
        State::Ok => "ok",
        State::Failed(_) => "failed",
        State::Queued => "queued",
        State::Running => "running",
    }
}

/// A state as a sign and in words.
pub fn state_words(state: &State) -> (&'static str, T) {
    match state {
        State::Ok => ("✓", T::Ok),
        State::Failed(_) => ("✕", T::Failed),
        State::Queued => ("◷", T::Queued),
        State::Running => ("▷", T::Running),
    }
}

/// A state as sign and word.
pub(super) fn state_mark(view: Experiments, state: &State) -> impl IntoNode + use<> {
    let (sign, word) = state_words(state);
    el("span")
        .class("state-mark")
        .attr("data-state", state_key(state))
        .child(el("i").attr("aria-hidden", "true").child(sign))
        .child(view.say(word))
}

/// Why a row has no results, the whole message on demand.
fn why(view: Experiments, of: &Revision) -> impl IntoNode + use<> {
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
        el("details")
            .class("menu")
            .attr("name", "menu")
            .child(el("summary").attr("tabindex", "-1").child(view.say(T::Log)))
            .child(el("pre").class("menu-list").child(message))
    });
    let state = state_mark(view, &of.state);
    group()
        .child(
            el("span")
                .class("only-narrow-inline")
                .child(state)
                .child(" "),
        )
        .child(first)
        .child(" ")
        .child(rest)
}
