use leptos::{ev, prelude::*};

use super::view::Experiments;
use crate::{
    browser::markup::{CollectNodes as _, IntoNode, el},
    model::ColumnKind,
    words::experiments::Experiments as T,
};

/// The list of all columns, each to be shown or not.
pub(super) fn column_picker(view: Experiments) -> impl IntoNode {
    let shown = Memo::new(move |_| -> Vec<usize> {
        view.columns.get().iter().map(|it| it.column).collect()
    });
    let choose = move |columns: Vec<usize>| {
        let report = view.page.report.get_untracked();
        let mut columns = columns;
        columns.sort_unstable_by_key(|column| {
            report.columns.get(*column).map(|it| (it.kind, *column))
        });
        let names: Vec<String> = columns
            .iter()
            .filter_map(|column| Some(report.columns.get(*column)?.id.full()))
            .collect();
        view.page
            .replace(view.page.address.get_untracked().with_list("cols", &names));
    };
    let set_shown = move |of: &[usize], is_shown: bool| {
        let mut columns = shown.get_untracked();
        columns.retain(|column| !of.contains(column));
        if is_shown {
            columns.extend_from_slice(of);
        }
        choose(columns);
    };
    let section = move |(kind, title): (ColumnKind, T)| {
        let report = view.report();
        let all: Vec<usize> = report.columns_of(kind).map(|(idx, _)| idx).collect();
        let option = |column: usize| {
            let name = report
                .columns
                .get(column)
                .map(|it| it.id.full())
                .unwrap_or_default();
            let is_shown = move || shown.read().contains(&column);
            el("li").child(
                el("label")
                    .child(
                        el("input")
                            .attr("type", "checkbox")
                            .prop("checked", is_shown)
                            .on(ev::change, move |event| {
                                set_shown(&[column], event_target_checked(&event));
                            }),
                    )
                    .child(el("code").child(name)),
            )
        };
        let options = all.iter().map(|column| option(*column)).collect_nodes();
        let of_kind = all.clone();
        let is_all = move || of_kind.iter().all(|column| shown.read().contains(column));
        (!all.is_empty()).then(|| {
            el("fieldset")
                .child(el("legend").child(view.say(title)))
                .child(
                    el("label")
                        .class("small")
                        .child(
                            el("input")
                                .attr("type", "checkbox")
                                .prop("checked", is_all)
                                .on(ev::change, move |event| {
                                    set_shown(&all, event_target_checked(&event))
                                }),
                        )
                        .child(view.say(T::AllOfThem)),
                )
                .child(el("ul").child(options))
        })
    };
    let sections = move || {
        [
            (ColumnKind::Param, T::Parameters),
            (ColumnKind::Metric, T::Metrics),
            (ColumnKind::Dependency, T::DependenciesTitle),
            (ColumnKind::Output, T::OutputsTitle),
        ]
        .map(section)
        .collect_nodes()
    };
    // The list may be 2,000 long: it is made when it is opened.
    let is_open = RwSignal::new(false);
    let summary = move || view.say(T::Columns(shown.read().len(), view.report().columns.len()));
    el("details")
        .class("menu")
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
                        .on(ev::click, move |_| choose(Vec::new()))
                        .child(move || view.say(T::ColumnsDefault)),
                )
                .child(move || is_open.get().then(sections)),
        )
}
