use std::{collections::BTreeSet, ops::Range};

use leptos::{ev, prelude::*};

use super::{
    cell::{arrow_mark, changed_text, percent_text},
    export::{Exact, Sheet, difference_note, key_of},
    grid::{GridColumn, cell_text, full_value, number_text, shows_difference},
    head::head_cell,
    state::{State, group_text},
    view::Experiments,
};
use crate::{
    analysis::{
        compare::{Change, change},
        digits::{Digits, METRIC_DIGITS, digits},
        run_groups::{Group, GroupBy, Grouping, Spread, group, sorted, varies, workspace_twin},
        table::{SortBy, known},
        window::visible,
    },
    browser,
    browser::markup::{
        CollectNodes as _, El, ElementRef, IntoNode, Memo, RwSignal, effect, el, group as pieces,
        kept,
    },
    model::{Cell, ColumnKind, DeltaMode, Direction, Lang, Report, Shared},
    view::run_sign::run_style,
    words::{Say as _, experiments::Experiments as T, groups::Groups as W, metric::Heads, number},
};

/// The id of the table; its keys are those of a tree.
const TABLE: &str = "groups";

/// Height of a row in CSS pixels, as in the style sheet.
const ROW_HEIGHT: f64 = 34.0;

/// Longer tables scroll in a box of their own.
const TALL: usize = 25;

/// The table of groups as it is shown: indices, and what all cells of a column share.
struct Shown {
    report: Shared<Report>,
    keys: Shared<Vec<String>>,
    base: Option<usize>,
    mode: DeltaMode,
    grouping: Grouping,
    /// The groups from top to bottom.
    order: Vec<usize>,
    /// How many runs are in them.
    n_runs: usize,
    /// To what differences are shown, in words.
    note: Option<String>,
    /// The run that the workspace is, and counts as.
    same_run: Option<String>,
    /// What tells the groups apart, and what was left out of account.
    params: Vec<GridColumn>,
    metrics: Vec<Metric>,
}

/// A metric of the groups.
struct Metric {
    column: GridColumn,
    /// How means are written.
    digits: Digits,
    /// The groups with the best mean.
    best: Vec<usize>,
}

/// A row: a group, or one of its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Group(usize),
    Member(usize, usize),
}

impl Shown {
    fn new(view: Experiments, state: &State) -> Option<Self> {
        let by = state.group?;
        let grid = view.grid.get();
        let report = grid.report.clone();
        let mut rows = grid.matching();
        let twins = workspace_twin(&report, &rows);
        rows.retain(|row| twins.is_none_or(|(workspace, _)| workspace != *row));
        let grouping = group(&report, by, &rows);
        let mut params = grouping.told_by.clone();
        if let GroupBy::AllBut(param) = by {
            params.push(param);
        }
        let names = report.column_names();
        let param = |idx: &usize| param_column(&report, *idx, names.get(*idx)?.clone());
        let params = params.iter().filter_map(param).collect();
        let metrics = grid.columns.iter();
        let metrics = metrics.filter(|it| it.kind == ColumnKind::Metric && it.is_number);
        let metrics = metrics
            .map(|it| Metric::new(&report, &grouping, it, state.n_digits()))
            .collect();
        Some(Self {
            order: sorted(&report, &grouping, &state.sort),
            keys: grid.keys.clone(),
            base: state.base,
            mode: state.mode,
            n_runs: rows.len(),
            note: difference_note(&grid, state.mode, view.lang()),
            same_run: twins.map(|(_, twin)| grid.label(twin).to_owned()),
            report,
            grouping,
            params,
            metrics,
        })
    }

    fn group(&self, at: usize) -> Option<&Group> {
        self.grouping.groups.get(at)
    }

    /// The rows: each group, and under those that are open their members.
    fn lines(&self, open: &BTreeSet<usize>) -> Vec<Line> {
        let mut lines = Vec::with_capacity(self.order.len());
        for at in &self.order {
            lines.push(Line::Group(*at));
            let group = self.group(*at).filter(|it| open.contains(&it.first()));
            let members = group.into_iter().flat_map(|it| &it.members);
            lines.extend(members.map(|row| Line::Member(*at, *row)));
        }
        lines
    }

    fn key(&self, revision: usize) -> String {
        self.keys.get(revision).cloned().unwrap_or_default()
    }
}

fn param_column(report: &Report, idx: usize, name: String) -> Option<GridColumn> {
    let column = report.columns.get(idx)?;
    Some(GridColumn {
        column: idx,
        id: column.id.full(),
        name,
        file: column.id.file.clone(),
        kind: column.kind,
        direction: Direction::Unknown,
        is_number: column.cells.has_numbers(),
        digits: digits([], METRIC_DIGITS),
        range: (0.0, 0.0),
        reach: 0.0,
        best: Vec::new(),
        worst: Vec::new(),
    })
}

impl Metric {
    fn new(report: &Report, grouping: &Grouping, column: &GridColumn, n_digits: usize) -> Self {
        let mean = |it: &Group| it.spread(report, column.column).map(|it| it.mean);
        let means: Vec<Option<f64>> = grouping.groups.iter().map(mean).collect();
        let sign = match column.direction {
            Direction::HigherIsBetter => Some(1.0),
            Direction::LowerIsBetter => Some(-1.0),
            Direction::Unknown => None,
        };
        let best = sign.and_then(|sign| {
            let scores = means.iter().flatten().map(|it| it * sign);
            let high = scores.clone().fold(f64::NEG_INFINITY, f64::max);
            let low = scores.fold(f64::INFINITY, f64::min);
            (high > low).then_some(high * sign)
        });
        let is_best = |at: &usize| best.is_some() && means.get(*at) == Some(&best);
        Self {
            digits: digits(means.iter().flatten().copied(), n_digits),
            best: (0..means.len()).filter(is_best).collect(),
            column: column.clone(),
        }
    }
}

/// Which parameters runs may be grouped by.
pub(super) fn group_choice(view: Experiments) -> impl IntoNode {
    move || {
        let report = view.report();
        let by = view.state.read().group;
        let (GroupBy::Param(now) | GroupBy::AllBut(now)) = by.unwrap_or(GroupBy::Param(usize::MAX));
        let params: Vec<usize> = report
            .columns_of(ColumnKind::Param)
            .map(|(idx, _)| idx)
            .filter(|idx| *idx == now || varies(&report, *idx))
            .collect();
        if params.is_empty() {
            return None;
        }
        let names = view.names();
        let option = |of: GroupBy| {
            let (GroupBy::Param(column) | GroupBy::AllBut(column)) = of;
            let name = names.get(column).cloned().unwrap_or_default();
            let text = match of {
                GroupBy::Param(_) => name,
                GroupBy::AllBut(_) => view.words(W::AllBut(name)),
            };
            el("option")
                .attr("value", group_text(&report, of))
                .attr("selected", by == Some(of))
                .child(text)
        };
        let options = |title: W, of: fn(usize) -> GroupBy| {
            el("optgroup")
                .attr("label", view.words(title))
                .child(params.iter().map(|it| option(of(*it))).collect_nodes())
        };
        let on_change = move |event| {
            let value = event_target_value(&event);
            view.go(|address| address.with("group", Some(&value)).with("open", None));
        };
        Some(
            el("label")
                .class("field xp-group-by")
                .child(view.words(W::Group))
                .child(
                    el("select")
                        .on(ev::change, on_change)
                        .child(
                            el("option")
                                .attr("value", "")
                                .attr("selected", by.is_none())
                                .child(view.words(W::NotGrouped)),
                        )
                        .child(options(W::ByOne, GroupBy::Param))
                        .child(options(W::ByAllBut, GroupBy::AllBut)),
                ),
        )
    }
}

/// The table of groups.
pub(super) fn groups_table(view: Experiments) -> impl IntoNode {
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
                        .child(el("caption").class("vh").child(caption))
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
    let base = base.map(|it| view.say(T::DifferenceNote(it.label().to_owned())));
    let notes = [Some(view.words(W::Note)), base, twin];
    Some(notes.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Which rows are drawn, and how.
struct Place {
    look: u32,
    active: usize,
    drawn: Range<usize>,
}

fn line_id(row: usize) -> String {
    format!("group-row-{row}")
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

fn group_row(
    view: Experiments,
    shown: &Shown,
    (row, at): (usize, usize),
    is_active: bool,
    open: Memo<BTreeSet<usize>>,
) -> El {
    let no_one = Group::default();
    let group = shown.group(at).unwrap_or(&no_one);
    let (first, n) = (group.first(), group.members.len());
    let is_open = open.read().contains(&first);
    let lang = view.lang();
    let label = match is_open {
        true => W::Close(n),
        false => W::Open(n),
    };
    let params = shown.params.iter().map(|column| {
        let class = if column.is_number { "num" } else { "" };
        let (text, full) = match group.n_values(&shown.report, column.column) {
            0 | 1 => {
                let value = known(&shown.report, column.column, first);
                (
                    cell_text(value, column.kind, column.digits, lang),
                    full_value(value),
                )
            }
            n => (view.words(W::NValues(n)), String::new()),
        };
        el("td")
            .class(class)
            .attr("role", "gridcell")
            .attr("data-column", column.id.clone())
            .attr("data-value", full)
            .child(text)
    });
    let params = params.collect_nodes();
    let metrics = shown.metrics.iter();
    let metrics = metrics
        .map(|it| figures(view, shown, it, group, it.best.binary_search(&at).is_ok()))
        .collect_nodes();
    el("tr")
        .attr("id", line_id(row))
        .attr("role", "row")
        .attr("aria-level", "1")
        .attr("aria-expanded", is_open.to_string())
        .attr("aria-rowindex", (row + 2).to_string())
        .attr("data-group", n.to_string())
        .class_if("active", is_active)
        .child(
            el("th")
                .attr("scope", "row")
                .attr("role", "rowheader")
                .child(
                    el("span")
                        .class("xp-name")
                        .child(
                            el("button")
                                .attr("type", "button")
                                .attr("tabindex", "-1")
                                .class("xp-fold")
                                .attr("aria-expanded", is_open.to_string())
                                .attr("aria-label", label.say(lang))
                                .on(ev::click, move |_| view.toggle_group(first))
                                .child(if is_open { "▾" } else { "▸" }),
                        )
                        .child(view.words(W::NRuns(n))),
                ),
        )
        .child(params)
        .child(metrics)
}

/// Mean, standard deviation, lowest and highest of a metric.
fn figures(
    view: Experiments,
    shown: &Shown,
    metric: &Metric,
    group: &Group,
    is_best: bool,
) -> impl IntoNode + use<> {
    let column = &metric.column;
    let cell = el("td")
        .attr("role", "gridcell")
        .attr("data-column", column.id.clone());
    let Some(spread) = group.spread(&shown.report, column.column) else {
        return cell.class("num gs quiet").attr("data-value", "").child("–");
    };
    let lang = view.lang();
    let change = shown.change(column, Cell::Number(spread.mean));
    let judgement = match change {
        Some(Change::Number { is_better, .. }) => is_better,
        _ => None,
    };
    let class = match judgement {
        Some(true) => "num gs better",
        Some(false) => "num gs worse",
        None => "num gs",
    };
    let word = judgement.map(|it| if it { T::Better } else { T::Worse });
    let word = word.map(|it| el("span").class("vh").child(" ").child(view.say(it)));
    let figures = shown.figures(metric, spread, lang);
    let whole = W::Figures {
        n: spread.n,
        mean: number::value(spread.mean, 12, lang),
        deviation: spread.deviation.map(|it| number::value(it, 12, lang)),
        min: number::value(spread.min, 12, lang),
        max: number::value(spread.max, 12, lang),
    };
    let n_members = group.members.len();
    let of = (spread.n < n_members).then(|| W::NOf(spread.n, n_members).say(lang));
    let quiet = |text: String| el("span").class("quiet small").child(" ").child(text);
    cell.class(class)
        .class_if("best", is_best)
        .attr("data-value", full_value(Cell::Number(spread.mean)))
        .attr("data-n", spread.n.to_string())
        .attr("data-deviation", spread.deviation.map(|it| it.to_string()))
        .attr("title", whole.say(lang))
        .child(change.and_then(arrow_of))
        .child(figures.mean)
        .child(word)
        .child(figures.deviation.map(|it| quiet(format!("± {it}"))))
        .child(figures.range.map(quiet))
        .child(of.map(|it| quiet(format!("({it})"))))
}

/// The arrow before a difference, where there is one.
fn arrow_of(change: Change) -> Option<El> {
    match change {
        Change::Number { difference, .. } => Some(arrow_mark(difference)),
        _ => None,
    }
}

/// What the cell of a group says.
struct Figures {
    mean: String,
    deviation: Option<String>,
    /// From the lowest to the highest; `None` where they are one.
    range: Option<String>,
}

impl Shown {
    /// How a number of a metric differs from the baseline; `None` where values are shown, or the
    /// baseline has none.
    fn change(&self, column: &GridColumn, value: Cell<'_>) -> Option<Change> {
        let base = self.base.filter(|_| shows_difference(self.mode))?;
        let base = known(&self.report, column.column, base);
        let change = change(base, value, column.direction);
        matches!(change, Change::Number { .. } | Change::Same).then_some(change)
    }

    /// A number of a metric as the table shows it.
    fn text(&self, column: &GridColumn, value: f64, digits: Digits, lang: Lang) -> String {
        let change = self.change(column, Cell::Number(value));
        let changed = change.and_then(|it| changed_text(it, self.mode, column, lang));
        changed.unwrap_or_else(|| number_text(value, digits, lang))
    }

    /// Mean, deviation and range, all of them in what the table shows: values, differences, or
    /// percent of the baseline's value.
    fn figures(&self, metric: &Metric, spread: Spread, lang: Lang) -> Figures {
        let column = &metric.column;
        let base = self.base.map(|it| known(&self.report, column.column, it));
        let base = base.and_then(Cell::as_number).filter(|it| *it != 0.0);
        let is_changed = self.change(column, Cell::Number(spread.mean)).is_some();
        let of_base = base.filter(|_| is_changed && self.mode == DeltaMode::Relative);
        let deviation = |it: f64| match of_base {
            Some(base) => percent_text(it / base.abs(), base, column, lang),
            None => number::value(it, 2, lang),
        };
        // A minus before a dash is hard to read.
        let dash = if is_changed { " … " } else { "–" };
        let end = |value: f64| match self.change(column, Cell::Number(value)) {
            Some(Change::Same) => "0".to_owned(),
            _ => self.text(column, value, column.digits, lang),
        };
        let ends = || [spread.min, spread.max].map(end);
        Figures {
            // A mean that merely equals the baseline says nothing of its runs.
            mean: match self.change(column, Cell::Number(spread.mean)) {
                Some(Change::Same) if spread.min < spread.max => "0".to_owned(),
                _ => self.text(column, spread.mean, metric.digits, lang),
            },
            deviation: spread.deviation.map(deviation),
            range: (spread.min < spread.max).then(|| ends().join(dash)),
        }
    }
}

fn member_row(view: Experiments, shown: &Shown, row: usize, member: usize, is_active: bool) -> El {
    let lang = view.lang();
    let key = shown.key(member);
    let label = shown.report.revisions.get(member);
    let label = label.map(|it| it.label().to_owned()).unwrap_or_default();
    let href = view.link(|it| it.with("row", Some(&key)));
    let state = view.state.read();
    let place = state.selected.iter().position(|it| *it == member);
    let style = place.map(run_style);
    let columns = shown.params.iter().map(|it| (it, it.digits));
    let columns = columns.chain(
        shown
            .metrics
            .iter()
            .map(|it| (&it.column, it.column.digits)),
    );
    let cells = columns.map(|(column, digits)| {
        let value = known(&shown.report, column.column, member);
        let is_metric = column.kind == ColumnKind::Metric;
        let class = match (is_metric, column.is_number) {
            (true, _) => "num gs",
            (false, true) => "num",
            (false, false) => "",
        };
        let change = match is_metric {
            true => shown.change(column, value),
            false => None,
        };
        let changed = change.and_then(|it| changed_text(it, shown.mode, column, lang));
        el("td")
            .class(class)
            .attr("role", "gridcell")
            .attr("data-column", column.id.clone())
            .attr("data-value", full_value(value))
            .child(change.and_then(arrow_of))
            .child(changed.unwrap_or_else(|| cell_text(value, column.kind, digits, lang)))
    });
    let cells = cells.collect_nodes();
    let swatch = place.map(|_| el("span").class("swatch").attr("aria-hidden", "true"));
    el("tr")
        .attr("id", line_id(row))
        .attr("role", "row")
        .attr("aria-level", "2")
        .attr("aria-rowindex", (row + 2).to_string())
        .attr("aria-selected", place.is_some().to_string())
        .attr("data-member", key)
        .class_if("active", is_active)
        .class_if("selected", place.is_some())
        .class_if("open", state.row == Some(member))
        .attr("style", style)
        .child(
            el("th")
                .attr("scope", "row")
                .attr("role", "rowheader")
                .child(
                    el("span")
                        .class("xp-name")
                        .attr("style", "--depth: 1")
                        .child(swatch)
                        .child(
                            el("a")
                                .attr("href", href)
                                .attr("tabindex", "-1")
                                .attr("title", label.clone())
                                .child(label),
                        ),
                ),
        )
        .child(cells)
}

/// The groups as a table to be copied: one row each, mean, deviation, lowest and highest.
pub(super) fn groups_sheet(view: Experiments, lang: Lang) -> Option<Sheet> {
    let shown = untrack(|| Shown::new(view, &view.state.get()))?;
    let mut sheet = Sheet {
        name: "groups",
        note: shown.note.clone(),
        ..Sheet::default()
    };
    let heads = Heads::new(&shown.report, lang);
    let head = |column: &GridColumn| {
        let named = heads.name(column.column);
        named.unwrap_or_else(|| column.name.clone())
    };
    sheet.add_column(W::Runs.say(lang), "n".to_owned(), true);
    for column in &shown.params {
        sheet.add_column(head(column), key_of(column), column.is_number);
    }
    for Metric { column, .. } in &shown.metrics {
        for (of, key) in [
            (W::Counted as fn(String) -> W, "n"),
            (W::Mean, "mean"),
            (W::Deviation, "std"),
            (W::Min, "min"),
            (W::Max, "max"),
        ] {
            let key = format!("{}:{key}", column.name);
            sheet.add_column(of(head(column)).say(lang), key, true);
        }
    }
    for group in shown.order.iter().filter_map(|at| shown.group(*at)) {
        let n = group.members.len();
        let mut row = vec![n.to_string()];
        let mut full = vec![Exact::number(Some(n as f64))];
        for column in &shown.params {
            let value = known(&shown.report, column.column, group.first());
            let n = group.n_values(&shown.report, column.column);
            row.push(match n {
                0 | 1 => cell_text(value, column.kind, column.digits, lang),
                n => W::NValues(n).say(lang),
            });
            full.push(match n {
                0 | 1 => Exact::of(value),
                n => Exact::Text(W::NValues(n).say(Lang::En)),
            });
        }
        for metric in &shown.metrics {
            let found = group.spread(&shown.report, metric.column.column);
            let n = found.map_or(0, |it| it.n);
            row.push(n.to_string());
            full.push(Exact::number(Some(n as f64)));
            let Some(spread) = found else {
                row.extend(["–"; 4].map(str::to_owned));
                full.extend([const { Exact::None }; 4]);
                continue;
            };
            let figures = shown.figures(metric, spread, lang);
            let none = || "–".to_owned();
            let column = &metric.column;
            let ends = [spread.min, spread.max];
            let ends = ends.map(|it| shown.text(column, it, column.digits, lang));
            row.extend([figures.mean, figures.deviation.unwrap_or_else(none)]);
            row.extend(ends);
            let numbers = [
                Some(spread.mean),
                spread.deviation,
                Some(spread.min),
                Some(spread.max),
            ];
            full.extend(numbers.map(Exact::number));
        }
        sheet.shown.push(row);
        sheet.full.push(full);
    }
    Some(sheet)
}
