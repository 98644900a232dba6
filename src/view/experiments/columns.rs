use leptos::{ev, prelude::*};

use super::{
    across::{FIRST_COLUMNS, widths},
    state::{LEAST_WIDE, MOST_PINNED, MOST_WIDE, pattern_text, with_pattern},
    tools::digits_choice,
    view::Experiments,
};
use crate::{
    analysis::{
        arrange::{moved, with_new},
        pattern::Pattern,
        table::{Attribute, column_id},
    },
    browser::markup::{CollectNodes as _, El, IntoNode, Memo, RwSignal, el, group, show},
    model::{ColumnKind, Report},
    view::code_text::breakable,
    words::{columns::Columns as W, experiments::Experiments as T, metric::Heads},
};

/// The kinds of columns, as the picker has them.
const KINDS: [(ColumnKind, T); 4] = [
    (ColumnKind::Param, T::Parameters),
    (ColumnKind::Metric, T::Metrics),
    (ColumnKind::Dependency, T::DependenciesTitle),
    (ColumnKind::Output, T::OutputsTitle),
];

impl Experiments {
    /// The columns of the table, from left to right.
    fn shown_columns(self) -> Vec<usize> {
        self.columns
            .get_untracked()
            .iter()
            .map(|it| it.column)
            .collect()
    }

    /// Shows these columns in this order; none for those that the page chooses.
    fn show_columns(self, columns: &[usize]) {
        let report = self.page.report.get_untracked();
        let name = |column: &usize| column_id(&report, *column);
        let names: Vec<String> = columns.iter().filter_map(name).collect();
        let address = self.page.address.get_untracked();
        self.page.replace(address.with_list("cols", &names));
    }

    /// Moves a column to another place.
    pub fn move_column(self, from: usize, to: usize) {
        self.show_columns(&moved(&self.shown_columns(), from, to));
    }

    /// Gives a column a width in CSS pixels, or that of its cells.
    pub fn set_width(self, column: usize, width: Option<f64>) {
        let report = self.page.report.get_untracked();
        let mut wide = self.state.with_untracked(|it| it.wide.clone());
        wide.retain(|it| it.0 != column);
        wide.extend(width.map(|width| (column, width.round())));
        let pair = |(column, width): &(usize, f64)| {
            Some((column_id(&report, *column)?, width.to_string()))
        };
        let pairs: Vec<(String, String)> = wide.iter().filter_map(pair).collect();
        let address = self.page.address.get_untracked();
        self.page.replace(address.with_pairs("wide", &pairs));
    }

    /// Makes a column wider or narrower by some CSS pixels.
    pub fn change_width(self, at: usize, by: f64) {
        let grid = self.grid.get_untracked();
        let Some(column) = grid.columns.get(at).map(|it| it.column) else {
            return;
        };
        let state = self.state.get_untracked();
        let given = state.wide.iter().find(|it| it.0 == column).map(|it| it.1);
        let width = given.unwrap_or_else(|| {
            let lang = self.page.lang.get_untracked();
            let widths = widths(&grid, state.mode, lang, false);
            widths
                .get(at + FIRST_COLUMNS)
                .copied()
                .unwrap_or(LEAST_WIDE)
        });
        self.set_width(column, Some((width + by).clamp(LEAST_WIDE, MOST_WIDE)));
    }

    /// Has a column stay at the left, or lets it go.
    pub fn toggle_pinned(self, column: usize) {
        let report = self.page.report.get_untracked();
        let mut pinned = self.state.with_untracked(|it| it.pinned.clone());
        match pinned.iter().position(|it| *it == column) {
            Some(at) => drop(pinned.remove(at)),
            None if pinned.len() < MOST_PINNED => pinned.push(column),
            None => return,
        }
        let name = |column: &usize| column_id(&report, *column);
        let names: Vec<String> = pinned.iter().filter_map(name).collect();
        let address = self.page.address.get_untracked();
        self.page.replace(address.with_list("pin", &names));
    }

    /// Shows columns, or hides them.
    fn set_shown(self, of: &[usize], is_shown: bool) {
        let report = self.page.report.get_untracked();
        let kind = |column: usize| report.columns.get(column).map(|it| it.kind);
        let mut columns = self.shown_columns();
        match is_shown {
            true => {
                for column in of {
                    columns = with_new(&columns, *column, kind);
                }
            }
            false => columns.retain(|it| !of.contains(it)),
        }
        self.show_columns(&columns);
    }
}

/// The list of all columns: those that are shown in their order, then all by kind.
pub(super) fn column_picker(view: Experiments) -> impl IntoNode {
    // The lists may be 2,000 long: they are made when they are opened.
    let is_open = RwSignal::new(false);
    let search = RwSignal::new(String::new());
    let shown = Memo::new(move |_| -> Vec<usize> {
        view.columns.get().iter().map(|it| it.column).collect()
    });
    let summary = move || {
        let n_columns = view.report().columns.len();
        let n_shown = shown.read().iter().filter(|it| **it < n_columns).count();
        view.say(T::Columns(n_shown, n_columns))
    };
    let list = move || {
        let search_field = el("input")
            .attr("type", "search")
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .attr("aria-label", view.words(W::Search))
            .attr("placeholder", view.words(W::Search))
            .prop("value", move || search.get())
            .on(ev::input, move |event| {
                search.set(event_target_value(&event))
            });
        group()
            .child(search_field)
            .child(move || in_order(view, &shown.read(), &search.read()))
            .child(
                KINDS
                    .map(|(kind, title)| {
                        let all = move || {
                            let of_kind = view.report();
                            let of_kind = of_kind.columns_of(kind).map(|(idx, _)| idx);
                            of_kind.collect()
                        };
                        choice_of(view, shown, search, view.say(title), all)
                    })
                    .collect_nodes(),
            )
            .child(choice_of(
                view,
                shown,
                search,
                view.words(W::Run),
                move || stated_attributes(&view.report()),
            ))
            .child(patterns(view))
            .child(digits_choice(view))
    };
    el("details")
        .class("menu")
        .attr("name", "menu")
        .on(ev::toggle, move |_| is_open.update(|it| *it = !*it))
        .child(el("summary").class("btn").child(summary))
        .child(
            el("div")
                .class("menu-list xp-columns")
                .attr("role", "group")
                .attr("aria-label", move || view.say(T::ColumnsTitle))
                .child(
                    el("button")
                        .attr("type", "button")
                        .class("plain")
                        .on(ev::click, move |_| view.show_columns(&[]))
                        .child(move || view.say(T::ColumnsDefault)),
                )
                .child(show(move || is_open.get(), list)),
        )
}

/// Whether a column's identity, or what the team calls it, has the searched text in it.
fn is_found(name: &str, also: Option<&str>, search: &str) -> bool {
    let search = search.trim().to_lowercase();
    let has = |name: &str| name.to_lowercase().contains(&search);
    has(name) || also.is_some_and(has)
}

/// What the team calls a column, and its identity.
fn called(name: String, also: Option<String>) -> El {
    let class = also.is_some().then_some("sub");
    el("span")
        .class("xp-called")
        .child(also)
        .child(el("code").class(class).child(breakable(&name)))
}

/// The columns on show in their order, each to be moved.
fn in_order(view: Experiments, shown: &[usize], search: &str) -> impl IntoNode + use<> {
    let report = view.report();
    let n = shown.len();
    let pinned = view.state.read().pinned.clone();
    let pin = |column: usize, name: String| {
        let is_pinned = pinned.contains(&column);
        el("button")
            .attr("type", "button")
            .class("xp-move")
            .attr("aria-pressed", is_pinned.to_string())
            .attr("aria-label", view.words(W::Pin(name)))
            .attr("disabled", !is_pinned && pinned.len() >= MOST_PINNED)
            .on(ev::click, move |_| view.toggle_pinned(column))
            .child(if is_pinned { "◼" } else { "◻" })
    };
    let heads = Heads::new(&report, view.lang());
    let item = |(at, column): (usize, &usize)| {
        let name = column_id(&report, *column)?;
        let also = heads.name(*column);
        let button = |sign: &'static str, label: W, to: Option<usize>| {
            el("button")
                .attr("type", "button")
                .class("xp-move")
                .attr("aria-label", view.words(label))
                .attr("disabled", to.is_none())
                .on(ev::click, move |_| {
                    if let Some(to) = to {
                        view.move_column(at, to);
                    }
                })
                .child(sign)
        };
        is_found(&name, also.as_deref(), search).then(|| {
            el("li")
                .key(name.clone())
                .child(called(name.clone(), also))
                .child(pin(*column, name.clone()))
                .child(button("⇤", W::ToStart(name.clone()), (at > 0).then_some(0)))
                .child(button("←", W::Left(name.clone()), at.checked_sub(1)))
                .child(button("→", W::Right(name), (at + 1 < n).then_some(at + 1)))
        })
    };
    let items = shown.iter().enumerate().filter_map(item).collect_nodes();
    el("fieldset")
        .child(el("legend").child(view.words(W::Order)))
        .child(el("ol").class("xp-order").child(items))
}

/// The attributes that any run has.
fn stated_attributes(report: &Report) -> Vec<usize> {
    let is_stated = |it: &Attribute| report.revisions.iter().any(|run| it.of(run).is_some());
    let stated = Attribute::ALL.into_iter().filter(is_stated);
    stated.map(|it| it.index(report)).collect()
}

/// All columns of a kind, each to be shown or not.
fn choice_of(
    view: Experiments,
    shown: Memo<Vec<usize>>,
    search: RwSignal<String>,
    title: String,
    all: impl Fn() -> Vec<usize> + 'static,
) -> impl IntoNode {
    let all: Box<dyn Fn() -> Vec<usize>> = Box::new(all);
    move || {
        let report = view.report();
        let name = |column: usize| column_id(&report, column);
        let heads = Heads::new(&report, view.lang());
        let is_listed = |idx: &usize| {
            let name = name(*idx).unwrap_or_default();
            is_found(&name, heads.name(*idx).as_deref(), &search.read())
        };
        let all: Vec<usize> = all().into_iter().filter(is_listed).collect();
        let check = |text: El, of: Vec<usize>| {
            let is_on = {
                let of = of.clone();
                move || of.iter().all(|column| shown.read().contains(column))
            };
            let field = el("input")
                .attr("type", "checkbox")
                .prop("checked", is_on)
                .on(ev::change, move |event| {
                    view.set_shown(&of, event_target_checked(&event));
                });
            el("label").child(field).child(text)
        };
        let option = |column: &usize| {
            let text = called(name(*column).unwrap_or_default(), heads.name(*column));
            el("li").child(check(text, vec![*column]))
        };
        let options = all.iter().map(option).collect_nodes();
        (!all.is_empty()).then(|| {
            let every = el("span").child(view.say(T::AllOfThem));
            el("fieldset")
                .child(el("legend").child(title.clone()))
                .child(check(every, all).class("small"))
                .child(el("ul").child(options))
        })
    }
}

/// Patterns of columns to leave out and to keep, as `dvc exp show` has them.
fn patterns(view: Experiments) -> impl IntoNode {
    let field = move |key: &'static str, label: W| {
        let text = move || {
            view.address
                .with(|it| pattern_text(&view.report(), it, key))
        };
        let is_bad = Memo::new(move |_| Pattern::new(&text()).is_err());
        let on_change = move |event| {
            let text = event_target_value(&event);
            view.go(|address| with_pattern(&view.report(), address, key, &text));
        };
        el("label")
            .class("small xp-pattern")
            .child(el("span").child(view.words(label)))
            .child(
                el("input")
                    .attr("type", "text")
                    .attr("autocomplete", "off")
                    .attr("spellcheck", "false")
                    .attr("aria-invalid", move || is_bad.get().then_some("true"))
                    .prop("value", text)
                    .on(ev::change, on_change),
            )
            .child(move || {
                is_bad.get().then(|| {
                    el("span")
                        .class("problem-text")
                        .attr("role", "status")
                        .child(view.words(W::BadPattern))
                })
            })
    };
    el("fieldset")
        .child(el("legend").child(view.words(W::Patterns)))
        .child(field("drop", W::Drop))
        .child(field("keep", W::Keep))
}
