use std::collections::BTreeSet;

use leptos::ev;

use super::{
    super::{
        cell::{arrow_mark, changed_text},
        grid::{cell_text, full_value},
        view::Experiments,
    },
    shown::{Metric, Shown},
};
use crate::{
    analysis::{compare::Change, run_groups::Group, table::known},
    browser::markup::{CollectNodes as _, El, IntoNode, Memo, el},
    model::{Cell, ColumnKind},
    view::run_sign::run_style,
    words::{Say as _, experiments::Experiments as T, groups::Groups as W, number},
};

pub(super) fn line_id(row: usize) -> String {
    format!("group-row-{row}")
}

pub(super) fn group_row(
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

pub(super) fn member_row(
    view: Experiments,
    shown: &Shown,
    row: usize,
    member: usize,
    is_active: bool,
) -> El {
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
