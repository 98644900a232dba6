use leptos::{ev, prelude::*};

use super::{grid::full_value, view::Experiments};
use crate::{
    analysis::{
        filter::{FieldName, Filter, Span},
        question::{Question, number_of, question},
        tried::{Answer, Setting, answer, varied},
        verdict,
    },
    browser::markup::{CollectNodes as _, IntoNode, Node, RwSignal, el, group, show},
    model::ColumnKind,
    view::overview::{not_understood, understood},
    words::tried::Tried as W,
};

/// "Did you try C = 60?": a question in plain words over all parameters, answered while it is typed.
pub(super) fn asked(view: Experiments) -> impl IntoNode {
    let typed = RwSignal::new(String::new());
    let has_params = move || view.report().columns_of(ColumnKind::Param).next().is_some();
    // An example: a parameter that the table shows, else any. The table waits for this, so nothing is
    // reckoned over all runs.
    let hint = move || {
        let grid = view.listed();
        let shown = grid.columns.iter().find(|it| it.kind == ColumnKind::Param);
        let param = shown.map(|it| it.column);
        let param = param.or_else(|| Some(grid.report.columns_of(ColumnKind::Param).next()?.0));
        let example = param.and_then(|param| {
            let name = grid.report.column_names().get(param)?.clone();
            let cells = &grid.report.columns.get(param)?.cells;
            let cells = (0..grid.report.revisions.len()).map(|it| cells.get(it));
            // With a value of its own that is short enough to be read there.
            let value = full_value(cells.rev().find(|it| !it.is_missing())?);
            (value.len() <= 12).then(|| view.words(W::AskHint(name, value)))
        });
        example.unwrap_or_else(|| view.words(W::NotUnderstood))
    };
    show(has_params, move || {
        el("form")
            .class("tried-ask xp-ask no-print")
            .on(ev::submit, move |event| event.prevent_default())
            .child(
                el("label")
                    .attr("for", "xp-ask")
                    .child(move || view.words(W::Ask)),
            )
            .child(
                el("input")
                    .attr("id", "xp-ask")
                    .attr("type", "text")
                    .attr("autocomplete", "off")
                    .attr("placeholder", hint)
                    .prop("value", move || typed.get())
                    .on(ev::input, move |event| {
                        typed.set(event_target_value(&event))
                    }),
            )
            .child(
                el("span")
                    .attr("role", "status")
                    .child(move || reply(view, &typed.read())),
            )
    })
}

fn reply(view: Experiments, typed: &str) -> Node {
    if typed.trim().is_empty() {
        return Node::Empty;
    }
    let report = view.report();
    let Some(judged) = verdict::of_report(&report, None) else {
        return Node::Empty;
    };
    let names = report.column_names();
    let name = |param: usize| names.get(param).cloned().unwrap_or_default();
    let settings = match question(&report, typed, varied(&report)) {
        Question::Settings(settings) => settings,
        other => return not_understood(&report, other, view.lang()),
    };
    let told = |settings: &[Setting]| understood(&report, &judged, settings, view.lang());
    // Where no run has all of them, what came of each.
    let (each, is_several) = match answer(&report, &judged, &settings) {
        Answer::NotTogether => (Some(settings.chunks(1).map(told).collect_nodes()), false),
        Answer::Tried(runs) => (None, runs.len() > 1),
        _ => (None, false),
    };
    let show_them = is_several.then(|| {
        let only = settings.iter().map(|it| {
            let field = FieldName {
                text: name(it.param),
                is_difference: false,
                at: Span::default(),
            };
            let value = match number_of(&it.value) {
                Some(number) if it.value.contains(',') => number.to_string(),
                _ => it.value.clone(),
            };
            Filter::Compare(field, it.how, value)
        });
        let only = Filter::All(only.collect()).to_string();
        el("button")
            .attr("type", "button")
            .class("plain")
            .on(ev::click, move |_| {
                view.go(|address| address.with("where", Some(&only)));
            })
            .child(view.words(W::ShowThem))
    });
    group()
        .child(told(&settings))
        .child(each)
        .child(show_them)
        .into_node()
}
