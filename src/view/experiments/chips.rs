use leptos::{ev, prelude::*};

use super::{filter::named, view::Experiments};
use crate::{
    analysis::filter::{Comparison, Filter, How, Simple, clauses, joined},
    browser::{
        self,
        markup::{CollectNodes as _, El, IntoNode, Memo, RwSignal, el, group},
    },
    model::{ATTRIBUTES, ColumnKind, Report},
    words::filter::Filter as W,
};

/// The form for a condition: which one it changes, and what is in it.
#[derive(Clone, PartialEq)]
struct Form {
    /// The place of the condition; `None` for a new one.
    at: Option<usize>,
    of: Simple,
}

/// The conditions of the filter, each to be changed and taken away by click: they are the same text
/// as the field above them.
pub(super) fn chips(view: Experiments) -> impl IntoNode {
    let form = RwSignal::new(None::<Form>);
    let filter = Memo::new(move |_| view.state.read().filter.clone());
    // No chips of a text that can't be read: what is wrong with it stands there.
    let conditions = Memo::new(move |_| clauses(&filter.read()).ok());
    let chip = move |(at, condition): (usize, &Filter)| {
        let text = condition.to_string();
        let change = Simple::of(condition).map(|of| {
            el("button")
                .attr("type", "button")
                .class("chip-text")
                .attr("aria-label", view.words(W::Change(text.clone())))
                .on(ev::click, move |_| {
                    form.set(Some(Form {
                        at: Some(at),
                        of: of.clone(),
                    }));
                })
                .child(text.clone())
        });
        // What no form has is changed in the text.
        let change = change.unwrap_or_else(|| {
            el("button")
                .attr("type", "button")
                .class("chip-text")
                .attr("aria-label", view.words(W::Change(text.clone())))
                .on(ev::click, |_| {
                    browser::focus("filter");
                })
                .child(text.clone())
        });
        el("li").class("chip").child(change).child(
            el("button")
                .attr("type", "button")
                .class("chip-remove")
                .attr("aria-label", view.words(W::Remove(text)))
                .on(ev::click, move |_| {
                    form.set(None);
                    change_conditions(view, |all| {
                        if at < all.len() {
                            all.remove(at);
                        }
                    });
                })
                .child("×"),
        )
    };
    let list = move || {
        let conditions = conditions.get()?;
        let chips = conditions.iter().enumerate().map(chip).collect_nodes();
        let add = move |_| {
            let of = Simple {
                field: first_field(&view.page.report.get_untracked()),
                is_difference: false,
                how: How::Compare(Comparison::GreaterOrEqual),
                value: String::new(),
            };
            form.set(Some(Form { at: None, of }));
        };
        Some(
            el("div")
                .class("xp-chips")
                .child((!conditions.is_empty()).then(|| {
                    el("ul")
                        .attr("aria-label", view.words(W::Conditions))
                        .child(chips)
                }))
                .child(
                    el("button")
                        .attr("type", "button")
                        .class("plain")
                        .on(ev::click, add)
                        .child(view.words(W::Add)),
                ),
        )
    };
    let is_open = move || form.read().is_some();
    group()
        .child(list)
        .child(crate::browser::markup::show(is_open, move || {
            condition_form(view, form)
        }))
}

/// Changes the list of conditions, and so the text.
fn change_conditions(view: Experiments, change: impl FnOnce(&mut Vec<Filter>)) {
    let text = view.state.with_untracked(|it| it.filter.clone());
    let Ok(mut all) = clauses(&text) else { return };
    change(&mut all);
    let text = joined(all);
    view.go(|address| address.with("where", Some(&text)));
}

/// The first metric, else the first column.
fn first_field(report: &Report) -> String {
    let metric = report.columns_of(ColumnKind::Metric).next();
    let at = metric.map_or(0, |it| it.0);
    report
        .column_names()
        .get(at)
        .cloned()
        .unwrap_or_else(|| "name".to_owned())
}

fn condition_form(view: Experiments, form: RwSignal<Option<Form>>) -> impl IntoNode + use<> {
    let of = move || form.get().map(|it| it.of);
    let change = move |change: &dyn Fn(&mut Simple)| {
        form.update(|it| {
            if let Some(form) = it {
                change(&mut form.of);
            }
        });
    };
    let close = move || {
        form.set(None);
        browser::focus("filter");
    };
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(Form { at, of }) = form.get_untracked() else {
            return;
        };
        let Some(filter) = of.filter() else { return };
        form.set(None);
        change_conditions(view, |all| match at.filter(|at| *at < all.len()) {
            Some(at) => all[at] = filter,
            None => all.push(filter),
        });
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            close();
        }
    };
    let title = move || match form.get() {
        Some(Form { at: Some(_), of }) => {
            let text = of.filter().map(|it| it.to_string()).unwrap_or_default();
            view.words(W::Change(text))
        }
        _ => view.words(W::NewCondition),
    };
    let fields = move || {
        let now = form
            .read()
            .as_ref()
            .map(|it| it.of.field.clone())
            .unwrap_or_default();
        let mut all = named(view);
        all.extend(ATTRIBUTES.map(|it| (it.to_owned(), String::new())));
        // As it was written: a longer name of the same column stays what it is.
        if !now.is_empty() && !all.iter().any(|it| it.0 == now) {
            all.insert(0, (now.clone(), String::new()));
        }
        let option = |(name, also): (String, String)| {
            let text = match also.is_empty() {
                true => name.clone(),
                false => format!("{name} · {also}"),
            };
            el("option")
                .attr("selected", name == now)
                .attr("value", name)
                .child(text)
        };
        all.into_iter().map(option).collect_nodes()
    };
    let hows = move || {
        let now = of().map(|it| it.how);
        let option = |(at, how): (usize, How)| {
            el("option")
                .attr("value", at.to_string())
                .attr("selected", now == Some(how))
                .child(how_text(view, how))
        };
        How::ALL.into_iter().enumerate().map(option).collect_nodes()
    };
    let has_value = move || of().is_some_and(|it| it.how.has_value());
    let can_differ = move || {
        let name = of().map(|it| it.field).unwrap_or_default();
        let report = view.report();
        let column = report
            .find_called(&name)
            .and_then(|it| report.columns.get(it));
        column.is_some_and(|it| it.cells.has_numbers())
    };
    let hint = move || {
        let is_list = of().is_some_and(|it| it.how == How::In);
        is_list.then(|| view.words(W::SeveralHint))
    };
    let labelled = move |label: W, field: El| {
        el("label")
            .class("field small")
            .child(move || view.words(label.clone()))
            .child(field)
    };
    let field = el("select")
        .attr("id", "condition-field")
        .on(ev::change, move |event| {
            let name = event_target_value(&event);
            change(&|it| it.field.clone_from(&name));
        })
        .child(fields);
    let how = el("select")
        .on(ev::change, move |event| {
            let at: Option<usize> = event_target_value(&event).parse().ok();
            if let Some(how) = at.and_then(|at| How::ALL.get(at)).copied() {
                change(&|it| it.how = how);
            }
        })
        .child(hows);
    let value = move || {
        has_value().then(|| {
            let value = el("input")
                .attr("type", "text")
                .attr("autocomplete", "off")
                .attr("placeholder", hint)
                .prop("value", move || of().map(|it| it.value).unwrap_or_default())
                .on(ev::input, move |event| {
                    let text = event_target_value(&event);
                    change(&|it| it.value.clone_from(&text));
                });
            labelled(W::Value, value)
        })
    };
    let difference = move || {
        can_differ().then(|| {
            el("label")
                .class("field small")
                .child(
                    el("input")
                        .attr("type", "checkbox")
                        .prop("checked", move || of().is_some_and(|it| it.is_difference))
                        .on(ev::change, move |event| {
                            let is_on = event_target_checked(&event);
                            change(&|it| it.is_difference = is_on);
                        }),
                )
                .child(view.words(W::Difference))
        })
    };
    el("form")
        .class("xp-form panel")
        .attr("aria-label", title)
        .on(ev::submit, on_submit)
        .on(ev::keydown, on_key)
        .child(labelled(W::Field, field))
        .child(labelled(W::How, how))
        .child(value)
        .child(difference)
        .child(
            el("button")
                .attr("type", "submit")
                .attr("disabled", move || {
                    of().is_none_or(|it| it.filter().is_none())
                })
                .child(move || view.words(W::Apply)),
        )
        .child(
            el("button")
                .attr("type", "button")
                .class("plain")
                .on(ev::click, move |_| close())
                .child(move || view.words(W::Cancel)),
        )
}

fn how_text(view: Experiments, how: How) -> String {
    let words = match how {
        How::Compare(Comparison::Contains) => W::Contains,
        How::Compare(Comparison::ContainsNot) => W::ContainsNot,
        How::Compare(Comparison::GreaterOrEqual) => return "≥".to_owned(),
        How::Compare(Comparison::LessOrEqual) => return "≤".to_owned(),
        How::Compare(Comparison::NotEqual) => return "≠".to_owned(),
        How::Compare(how) => return how.symbol().to_owned(),
        How::In => W::In,
        How::Missing => W::Missing,
        How::NotMissing => W::NotMissing,
        How::Changed => W::Changed,
    };
    view.words(words)
}
