use std::{collections::BTreeSet, ops::Range};

use leptos::{ev, prelude::*};

use super::{
    super::{
        grid::{GridColumn, shows_difference},
        head::head_cell,
        state::State,
        view::Experiments,
    },
    row::{group_row, line_id, member_row},
    shown::{Line, Metric, Shown},
};
use crate::{
    analysis::{run_groups::Group, table::SortBy, window::visible},
    browser,
    browser::markup::{
        CollectNodes as _, ElementRef, IntoNode, Memo, RwSignal, effect, el, group as pieces, kept,
    },
    model::{Direction, Shared},
    summary,
    words::{experiments::Experiments as T, groups::Groups as W, metric::Heads},
};

/// The id of the table; its keys are those of a tree.
const TABLE: &str = "groups";

/// Height of a row in CSS pixels, as in the style sheet.
const ROW_HEIGHT: f64 = 34.0;

/// Longer tables scroll in a box of their own.
const TALL: usize = 25;

/// The table of groups.
pub(in crate::view::experiments) fn groups_table(view: Experiments) -> impl IntoNode {
    // What is selected or open must not group 100,000 runs again.
    let question = Memo::new(move |_| State {
        selected: Vec::new(),
        starred: Vec::new(),
        folded: Vec::new(),
        open: Vec::new(),
        row: None,
        ..view.state.get()
    });
    let shown = Memo::new(move |_| Shown::new(view, &question.get()).map(Shared::new));
    // Groups that are open, by their first member: it stays when they are sorted anew.
    let open = Memo::new(move |_| {
        let state = view.state.read();
        state.open.iter().copied().collect::<BTreeSet<usize>>()
    });
    let active = RwSignal::new(0_usize);
    let lines = Memo::new(move |_| {
        let lines = shown.get().map(|it| it.lines(&open.read()));
        Shared::new(lines.unwrap_or_default())
    });
    let scroller = ElementRef::new();
    let seen = RwSignal::new((0.0_f64, 900.0_f64));
    effect(move || {
        if let Some(element) = scroller.get() {
            browser::on_resize(&element, move |_, height| seen.update(|it| it.1 = height));
        }
    });
    let on_scroll = move |_: ev::Event| {
        if let Some(element) = scroller.get_untracked() {
            seen.update(|it| it.0 = f64::from(element.scroll_top()));
        }
    };
    let drawn = Memo::new(move |_| {
        let (scroll, height) = seen.get();
        let n = lines.read().len();
        match n > TALL {
            true => visible(scroll, height, ROW_HEIGHT, n),
            false => 0..n,
        }
    });
    let toggle = move |first: usize| view.toggle_group(first);
    let go_to = move |row: usize| {
        active.set(row);
        if let Some(element) = scroller
            .get_untracked()
            .filter(|_| lines.read().len() > TALL)
        {
            let (top, height) = (
                f64::from(element.scroll_top()),
                f64::from(element.client_height()),
            );
            let above = row as f64 * ROW_HEIGHT;
            if above < top || above + 4.0 * ROW_HEIGHT > top + height {
                element.set_scroll_top((above - height / 2.0).max(0.0) as i32);
            }
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let has_modifier = event.alt_key() || event.ctrl_key() || event.meta_key();
        if has_modifier || event.target() != event.current_target() {
            return;
        }
        let (Some(shown), lines) = (shown.get_untracked(), lines.get_untracked()) else {
            return;
        };
        let now = active.get_untracked();
        let last = lines.len().saturating_sub(1);
        let line = lines.get(now).copied();
        let first = |at: usize| shown.group(at).map_or(usize::MAX, Group::first);
        let is_open = |at: usize| open.read_untracked().contains(&first(at));
        match (event.key().as_str(), line) {
            ("ArrowDown", _) => go_to((now + 1).min(last)),
            ("ArrowUp", _) => go_to(now.saturating_sub(1)),
            ("PageDown", _) => go_to((now + 14).min(last)),
            ("PageUp", _) => go_to(now.saturating_sub(14)),
            ("Home", _) => go_to(0),
            ("End", _) => go_to(last),
            ("Enter", Some(Line::Group(at))) => toggle(first(at)),
            ("ArrowRight", Some(Line::Group(at))) if !is_open(at) => toggle(first(at)),
            ("ArrowLeft", Some(Line::Group(at))) if is_open(at) => toggle(first(at)),
            ("ArrowLeft", Some(Line::Member(at, _))) => {
                let head = lines.iter().position(|it| *it == Line::Group(at));
                go_to(head.unwrap_or(0));
            }
            ("Enter", Some(Line::Member(_, row))) => view.open(Some(row)),
            (" ", Some(Line::Member(_, row))) => view.toggle_selected(row),
            ("Escape", _) if view.state.read_untracked().row.is_some() => view.open(None),
            ("/", _) => {
                browser::focus("filter");
            }
            _ => return,
        }
        event.prevent_default();
    };
    let look = Memo::new(move |before: Option<&u32>| {
        shown.track();
        view.page.lang.track();
        view.address.track();
        before.map_or(0, |it| it.wrapping_add(1))
    });
    let caption = move || {
        let shown = shown.get()?;
        Some(view.words(W::Caption(shown.order.len(), shown.n_runs)))
    };
    pieces()
        .child(
            el("div")
                .class("scroll xp-box")
                .class_if("is-tall", move || lines.read().len() > TALL)
                .refer(scroller)
                .on(ev::scroll, on_scroll)
                .child(
                    el("table")
                        .attr("id", TABLE)
                        .class("xp xp-groups")
                        .attr("role", "treegrid")
                        .attr("tabindex", "0")
                        .attr("aria-rowcount", move || {
                            (lines.read().len() + 1).to_string()
                        })
                        .attr("aria-activedescendant", move || line_id(active.get()))
                        .on(ev::keydown, on_key)
                        .child(el("caption").class("note").child(el("b").child(caption)))
                        .child(move || shown.get().map(|shown| head(view, &shown)))
                        .child(move || {
                            let (shown, lines) = (shown.get()?, lines.get());
                            let place = Place {
                                look: look.get(),
                                active: active.get(),
                                drawn: drawn.get(),
                            };
                            Some(body(view, shown, &lines, place, open))
                        }),
                ),
        )
        .child(
            el("p")
                .class("note")
                .child(move || notes(view, &*shown.get()?)),
        )
}

/// What the figures mean, and which run is not among them.
fn notes(view: Experiments, shown: &Shown) -> Option<String> {
    let twin = shown.same_run.clone().map(|it| view.words(W::SameRun(it)));
    let base = shown.base.filter(|_| shows_difference(shown.mode));
    let base = base.and_then(|it| shown.report.revisions.get(it));
    let base = base.map(|it| view.say(T::DifferenceNote(summary::called(it).name(view.lang()))));
    let notes = [Some(view.words(W::Note)), base, twin];
    Some(notes.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Which rows are drawn, and how.
struct Place {
    look: u32,
    active: usize,
    drawn: Range<usize>,
}

fn head(view: Experiments, shown: &Shown) -> impl IntoNode + use<> {
    let heads = Heads::new(&shown.report, view.lang());
    let name = |column: &GridColumn| {
        let name = heads.name(column.column);
        name.unwrap_or_else(|| column.name.clone())
    };
    let param = |column: &GridColumn| {
        let by = SortBy::Column(column.column);
        let class = if column.is_number { "num" } else { "" };
        head_cell(view, by, name(column), false, class, false)
            .attr("title", heads.title(column.column, &column.id))
    };
    let metric = |it: &Metric| {
        let by = SortBy::Column(it.column.column);
        let is_lower_better = it.column.direction == Direction::LowerIsBetter;
        let title = heads.title(it.column.column, &it.column.id);
        let name = name(&it.column);
        head_cell(view, by, name, is_lower_better, "num gs", !is_lower_better).attr("title", title)
    };
    el("thead").child(
        el("tr")
            .attr("aria-rowindex", "1")
            .child(
                el("th")
                    .attr("scope", "col")
                    .attr("role", "columnheader")
                    .child(view.words(W::Runs)),
            )
            .child(shown.params.iter().map(param).collect_nodes())
            .child(shown.metrics.iter().map(metric).collect_nodes()),
    )
}

fn body(
    view: Experiments,
    shown: Shared<Shown>,
    lines: &[Line],
    place: Place,
    open: Memo<BTreeSet<usize>>,
) -> impl IntoNode + use<> {
    let n_columns = (1 + shown.params.len() + shown.metrics.len()).to_string();
    let spacer = |n_hidden: usize| {
        (n_hidden > 0).then(|| {
            let style = format!("height: {}px", n_hidden as f64 * ROW_HEIGHT);
            el("tr")
                .class("xp-spacer")
                .attr("aria-hidden", "true")
                .attr("style", style)
                .child(el("td").attr("colspan", n_columns.clone()))
        })
    };
    let Place {
        look,
        active,
        drawn,
    } = place;
    let (above, below) = (drawn.start, lines.len().saturating_sub(drawn.end));
    let rows = lines.iter().copied().enumerate();
    let rows = rows.skip(drawn.start).take(drawn.len());
    let rows = rows.map(|(row, line)| {
        let is_active = row == active;
        let (key, is_open) = match line {
            Line::Group(at) => {
                let first = shown.group(at).map_or(usize::MAX, Group::first);
                (format!("g{first}"), open.read().contains(&first))
            }
            Line::Member(_, member) => (format!("m{member}"), false),
        };
        let stamp = u64::from(look) << 32
            | (row as u64) << 2
            | u64::from(is_active) << 1
            | u64::from(is_open);
        let shown = shown.clone();
        kept(key, stamp, move || match line {
            Line::Group(at) => group_row(view, &shown, (row, at), is_active, open),
            Line::Member(_, member) => member_row(view, &shown, row, member, is_active),
        })
    });
    let rows = rows.collect_nodes();
    el("tbody")
        .child(spacer(above))
        .child(rows)
        .child(spacer(below))
}
