use leptos::{ev, prelude::*};

use super::{
    Page,
    header::{tab_address, tab_id},
};
use crate::{
    browser,
    browser::markup::{CollectNodes as _, IntoNode, el, group},
    route::View,
    words::shell::{Shell, key_names},
};

const SHEET: &str = "keys";

/// Shows the list of keys.
pub(super) fn open_keys() {
    browser::open_dialog(SHEET);
}

/// What a key does that no view has taken. Single keys act only in the tabs and in grids, never in
/// a field (WCAG 2.2, 2.1.4).
pub(super) fn on_key(page: Page, event: &ev::KeyboardEvent) {
    if event.key() == "Escape" && browser::close_menu(event, true) {
        return event.prevent_default();
    }
    let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    let is_here = browser::is_inside(event, "nav.tabs, [role=grid], [role=treegrid]")
        && !browser::is_inside(
            event,
            "input:not([type=checkbox]), select, textarea, dialog",
        );
    if has_modifier || event.default_prevented() || !is_here {
        return;
    }
    let key = event.key();
    let is_in_tabs = browser::is_inside(event, "nav.tabs");
    let is_taken = match key.as_str() {
        "/" => browser::focus("filter"),
        "?" => {
            open_keys();
            true
        }
        "ArrowLeft" | "ArrowRight" | "Home" | "End" if is_in_tabs => {
            move_in_tabs(event, &key);
            true
        }
        digit => view_of_digit(digit).is_some_and(|view| {
            let to = page.address.with_untracked(|from| tab_address(from, view));
            page.navigate(to);
            if is_in_tabs {
                browser::focus(&tab_id(view));
            } else {
                browser::focus("content");
            }
            true
        }),
    };
    if is_taken {
        event.prevent_default();
    }
}

/// The list of keys.
pub(super) fn key_sheet() -> impl IntoNode {
    let page = Page::get();
    let row = move |(key, does): (&'static str, Shell)| {
        group()
            .child(el("dt").child(el("kbd").child(move || key_names(key, page.lang.get()))))
            .child(el("dd").child(move || page.say(&does)))
    };
    let list = move |rows: Vec<(&'static str, Shell)>| {
        el("dl").child(rows.into_iter().map(row).collect_nodes())
    };
    let section = move |title: Shell, rows: Vec<(&'static str, Shell)>| {
        group()
            .child(el("h3").child(move || page.say(&title)))
            .child(list(rows))
    };
    let everywhere = vec![
        ("1–7", Shell::KeyViews),
        ("/", Shell::KeyFilter),
        ("← → ↑ ↓", Shell::KeyArrows),
        ("Enter", Shell::KeyEnter),
        ("Esc", Shell::KeyEscape),
        ("?", Shell::KeyHelp),
    ];
    let table = vec![
        ("Home End PgUp PgDn", Shell::KeyFar),
        ("Space", Shell::KeySelect),
        ("Shift Space", Shell::KeyRange),
        ("*", Shell::KeyStar),
        ("b", Shell::KeyBaseline),
        ("s", Shell::KeySort),
        ("< >", Shell::KeyMove),
        ("+ -", Shell::KeyWidth),
        ("p", Shell::KeyPin),
        ("← →", Shell::KeyGroup),
    ];
    let compare = vec![("n p", Shell::KeyDifference)];
    let confusion = vec![("Alt ↑ ↓", Shell::KeyClass), ("+ - 0", Shell::KeyZoom)];
    let axis = vec![("↑ ↓", Shell::KeyBrush)];
    el("dialog")
        .attr("id", SHEET)
        .class("keys panel")
        .attr("aria-labelledby", "keys-title")
        // Its button first: it has the focus, and the head stays in view.
        .child(
            el("header")
                .child(
                    el("h2")
                        .attr("id", "keys-title")
                        .child(move || page.say(&Shell::KeysTitle)),
                )
                .child(
                    el("button")
                        .attr("type", "button")
                        .on(ev::click, move |_| browser::close_dialog(SHEET))
                        .child(move || page.say(&Shell::Close)),
                ),
        )
        .child(
            el("p")
                .class("quiet")
                .child(move || page.say(&Shell::KeysWhere)),
        )
        .child(list(everywhere))
        .child(section(Shell::KeysTable, table))
        .child(section(Shell::KeysCompare, compare))
        .child(section(Shell::Confusion, confusion))
        .child(section(Shell::KeysAxis, axis))
}

fn move_in_tabs(event: &ev::KeyboardEvent, key: &str) {
    let n_views = View::ALL.len();
    let is_focused = |view: &View| browser::is_inside(event, &format!("#{}", tab_id(*view)));
    let here = View::ALL.iter().position(is_focused).unwrap_or(0);
    let to = match key {
        "ArrowLeft" => (here + n_views - 1) % n_views,
        "ArrowRight" => (here + 1) % n_views,
        "Home" => 0,
        _ => n_views - 1,
    };
    if let Some(view) = View::ALL.get(to) {
        browser::focus(&tab_id(*view));
    }
}

fn view_of_digit(key: &str) -> Option<View> {
    let digit: usize = key.parse().ok()?;
    View::ALL.get(digit.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_views() {
        assert_eq!(view_of_digit("1"), Some(View::Overview));
        assert_eq!(view_of_digit("7"), Some(View::Files));
        for key in ["0", "8", "a", "Enter", "-1"] {
            assert_eq!(view_of_digit(key), None, "{key}");
        }
    }
}
