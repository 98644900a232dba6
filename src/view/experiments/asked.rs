use leptos::{ev, prelude::*};

use super::view::Experiments;
use crate::{
    analysis::{
        filter::{Comparison, FieldName, Filter, Span},
        tried::{Answer, answer, question, tried},
        verdict,
    },
    browser::markup::{IntoNode, Node, el, group},
    model::ColumnKind,
    view::overview::told,
    words::tried::Tried as W,
};

/// "Did you try C = 60?": a question in plain words over all parameters, answered while it is typed.
pub(super) fn asked(view: Experiments) -> impl IntoNode {
    let typed = RwSignal::new(String::new());
    let has_params = move || view.report().columns_of(ColumnKind::Param).next().is_some();
    let hint = move || {
        let grid = view.listed();
        let param = grid.columns.iter().find(|it| it.kind == ColumnKind::Param);
        view.words(W::AskHint(
            param.map_or_else(String::new, |it| it.name.clone()),
        ))
    };
    crate::browser::markup::show(has_params, move || {
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
    let varied = tried(&report, &judged).param;
    let Some((param, value)) = question(&report, typed, varied) else {
        let text = view.words(W::NotUnderstood);
        return el("span").class("quiet").child(text).into_node();
    };
    let name = report
        .column_names()
        .get(param)
        .cloned()
        .unwrap_or_default();
    let found = answer(&report, &judged, param, &value);
    let is_several = matches!(&found, Answer::Tried(runs) if runs.len() > 1);
    let only = Filter::Compare(
        FieldName {
            text: name.clone(),
            is_difference: false,
            at: Span::default(),
        },
        Comparison::Equal,
        match value.replace(',', ".").parse::<f64>() {
            Ok(_) => value.replace(',', "."),
            Err(_) => value.clone(),
        },
    );
    let show = is_several.then(|| {
        let only = only.to_string();
        el("button")
            .attr("type", "button")
            .class("plain")
            .on(ev::click, move |_| {
                view.go(|address| address.with("where", Some(&only)));
            })
            .child(view.words(W::ShowThem))
    });
    group()
        .child(el("b").child(view.words(W::Understood(name, value.clone()))))
        .child(" ")
        .child(told(&report, &judged, param, &value, view.lang()))
        .child(" ")
        .child(show)
        .into_node()
}
