use leptos::ev;

use super::{
    across::FIRST_COLUMNS,
    grid::{Grid, starts_descending},
    head::sort_by,
    table::ROW_HEIGHT,
    view::Experiments,
};
use crate::{analysis::table::SortBy, browser};

/// Rows that Page Up and Page Down go by.
const PAGE: usize = (500.0 / ROW_HEIGHT) as usize;

/// Keys of the WAI-ARIA grid, and `b`, `s`, `*`, `/`: the table is one stop of the Tab key, and all
/// that can be done with a row or a column has a key. Whether the key meant something here.
pub(super) fn on_key(
    view: Experiments,
    event: &ev::KeyboardEvent,
    scroll_to: &dyn Fn(usize, usize),
) -> bool {
    if event.alt_key() || event.meta_key() {
        return false;
    }
    let grid = view.grid.get_untracked();
    let now = view.active.get_untracked();
    let size = (grid.table.rows.len(), grid.columns.len() + FIRST_COLUMNS);
    let has_frozen = grid.state.base.is_some();
    let key = event.key();
    if now.1 == 0 && !event.ctrl_key() && fold(view, &grid, &key, now.0) {
        return true;
    }
    if let Some(next) = moved(&key, event.ctrl_key(), now, size, has_frozen) {
        view.active.set(next);
        scroll_to(next.0, next.1);
        return true;
    }
    if event.ctrl_key() {
        return false;
    }
    let revision = revision_at(&grid, now.0);
    match (key.as_str(), revision) {
        ("Enter", Some(revision)) => view.open(Some(revision)),
        ("Escape", _) if view.state.read_untracked().row.is_some() => view.open(None),
        (" ", Some(revision)) if now.0 > 0 && event.shift_key() => view.select_to(revision),
        (" ", Some(revision)) if now.0 > 0 => view.toggle_selected(revision),
        ("*", Some(revision)) => view.toggle_starred(revision),
        ("b", Some(revision)) => view.rebase(revision),
        ("s" | "S", _) => {
            let column = now
                .1
                .checked_sub(FIRST_COLUMNS)
                .and_then(|at| grid.columns.get(at));
            let (by, is_descending) = match (column, now.1) {
                (Some(column), _) => (column.sort_by(&grid.report), starts_descending(column)),
                (None, 1) => (SortBy::State, false),
                _ => (SortBy::Name, false),
            };
            sort_by(view, by, is_descending, event.shift_key());
        }
        ("<" | ">", _) => {
            let Some(from) = now.1.checked_sub(FIRST_COLUMNS) else {
                return false;
            };
            let to = match key.as_str() {
                "<" => from.saturating_sub(1),
                _ => (from + 1).min(grid.columns.len().saturating_sub(1)),
            };
            view.move_column(from, to);
            view.active.set((now.0, to + FIRST_COLUMNS));
        }
        ("+" | "-" | "p", _) => {
            let Some(at) = now.1.checked_sub(FIRST_COLUMNS) else {
                return false;
            };
            match (key.as_str(), grid.columns.get(at)) {
                ("+", Some(_)) => view.change_width(at, 16.0),
                ("-", Some(_)) => view.change_width(at, -16.0),
                (_, Some(column)) => view.toggle_pinned(column.column),
                (_, None) => return false,
            }
        }
        ("/", _) => {
            browser::focus("filter");
        }
        _ => return false,
    }
    true
}

/// Opens the row of a tree by the right arrow, closes it by the left one, as every treegrid does.
/// Whether there was anything to open or close.
fn fold(view: Experiments, grid: &Grid, key: &str, row: usize) -> bool {
    let Some(revision) = revision_at(grid, row).filter(|_| !grid.table.is_flat) else {
        return false;
    };
    let n_inside = match row.checked_sub(1) {
        None => grid.table.n_inside_frozen,
        Some(at) => grid.table.rows.get(at).map_or(0, |it| it.n_inside),
    };
    let is_folded = view.collapsed.read_untracked().contains(&revision);
    let is_meant = n_inside > 0
        && match key {
            "ArrowRight" => is_folded,
            "ArrowLeft" => !is_folded,
            _ => false,
        };
    if is_meant {
        view.toggle_folded(revision);
    }
    is_meant
}

/// The revision in a row of the table; row 0 is the frozen baseline.
fn revision_at(grid: &Grid, row: usize) -> Option<usize> {
    match row.checked_sub(1) {
        None => grid.state.base,
        Some(at) => grid.table.rows.get(at).map(|it| it.revision),
    }
}

/// Where a key leads from a cell; `None` for a key that doesn't move.
fn moved(
    key: &str,
    is_far: bool,
    (row, column): (usize, usize),
    (n_rows, n_columns): (usize, usize),
    has_frozen: bool,
) -> Option<(usize, usize)> {
    let first = usize::from(!has_frozen).min(n_rows);
    let last_column = n_columns.saturating_sub(1);
    let clamp = |row: usize| row.clamp(first, n_rows.max(first));
    Some(match key {
        "ArrowDown" => (clamp(row + 1), column),
        "ArrowUp" => (clamp(row.saturating_sub(1)), column),
        "ArrowRight" => (row, (column + 1).min(last_column)),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "PageDown" => (clamp(row + PAGE), column),
        "PageUp" => (clamp(row.saturating_sub(PAGE)), column),
        "Home" if is_far => (first, 0),
        "End" if is_far => (n_rows.max(first), last_column),
        "Home" => (row, 0),
        "End" => (row, last_column),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_move_as_in_every_grid() {
        let go = |key, is_far, from| moved(key, is_far, from, (100, 5), true);
        for (key, is_far, from, to) in [
            ("ArrowDown", false, (0, 2), (1, 2)),
            ("ArrowUp", false, (0, 2), (0, 2)),
            ("ArrowDown", false, (100, 2), (100, 2)),
            ("ArrowRight", false, (3, 4), (3, 4)),
            ("ArrowLeft", false, (3, 0), (3, 0)),
            ("PageDown", false, (3, 0), (3 + PAGE, 0)),
            ("PageUp", false, (3, 0), (0, 0)),
            ("Home", false, (3, 4), (3, 0)),
            ("End", false, (3, 1), (3, 4)),
            ("Home", true, (3, 4), (0, 0)),
            ("End", true, (3, 1), (100, 4)),
        ] {
            assert_eq!(go(key, is_far, from), Some(to), "{key}");
        }
        assert_eq!(go("x", false, (0, 0)), None);
        assert_eq!(moved("ArrowUp", false, (1, 0), (9, 2), false), Some((1, 0)));
        assert_eq!(
            moved("ArrowDown", false, (0, 0), (0, 2), true),
            Some((0, 0))
        );
    }
}
