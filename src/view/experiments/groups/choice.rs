use leptos::{ev, prelude::*};

use super::super::{state::group_text, view::Experiments};
use crate::{
    analysis::run_groups::{GroupBy, varies},
    browser::markup::{CollectNodes as _, IntoNode, el},
    model::ColumnKind,
    words::groups::Groups as W,
};

/// Which parameters runs may be grouped by.
pub(in crate::view::experiments) fn group_choice(view: Experiments) -> impl IntoNode {
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
