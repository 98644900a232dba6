use leptos::{ev, prelude::*};

use super::{export::sheet, state::matches, view::Compare};
use crate::{
    browser::markup::{CollectNodes as _, IntoNode, el, group},
    model::State as RunState,
    view::{
        experiments::{copy_menu, state_words},
        gone::{gone_lines, lose_row, lose_value},
        search_field::{search_field, search_input},
    },
    words::{Say as _, compare::Compare as T, experiments::Experiments as E, metric::Heads},
};

/// Search, only what differs, differences, runs, copying.
pub(super) fn tools(view: Compare) -> impl IntoNode {
    let search = view.search;
    let only_different = move || view.state.read().only_different;
    let on_change = move |event| {
        let value = (!event_target_checked(&event)).then_some("0");
        view.go(|address| address.with("changed", value));
    };
    let position = move || {
        let state = view.state.get();
        let differences = state.differences(&view.report(), &search.read(), view.lang());
        let at = differences
            .iter()
            .position(|it| Some(*it) == state.metric)?;
        Some(view.say(T::Position(at + 1, differences.len())))
    };
    let step = move |is_forward: bool| {
        let (label, sign, key) = match is_forward {
            true => (T::Next, "↓ ", "n"),
            false => (T::Previous, "↑ ", "p"),
        };
        el("button")
            .attr("type", "button")
            .on(ev::click, move |_| view.step(is_forward))
            .child(
                el("span")
                    .class("vh")
                    .child(move || view.say(label.clone())),
            )
            .child(sign)
            .child(el("kbd").child(key))
    };
    let copy_sheet = move || {
        let report = view.page.report.get_untracked();
        let state = view.state.get_untracked();
        sheet(
            &report,
            &state,
            &search.read_untracked(),
            view.page.lang.get_untracked(),
        )
    };
    el("div")
        .class("tools")
        .child(search_field(search_input(
            move || view.say(T::Search),
            move || view.say(T::SearchHint),
            move || search.get(),
            move |text: String| view.search_for(&text),
        )))
        .child(
            el("label")
                .class("field")
                .child(
                    el("input")
                        .attr("type", "checkbox")
                        .prop("checked", only_different)
                        .on(ev::change, on_change),
                )
                .child(move || view.say(T::OnlyDifferent)),
        )
        .child(
            el("span")
                .class("seg")
                .attr("role", "group")
                .attr("aria-label", move || view.say(T::Differences))
                .child(step(false))
                .child(step(true)),
        )
        .child(
            el("span")
                .class("quiet small")
                .attr("role", "status")
                .child(position),
        )
        .child(move || narrow_runs(view))
        .child(move || add_run(view))
        .child(copy_menu(move || E::CopyAs.say(view.lang()), copy_sheet))
}

/// On a narrow screen one run is shown beside the baseline: which one.
fn narrow_runs(view: Compare) -> impl IntoNode + use<> {
    let state = view.state.get();
    let report = view.report();
    let now = view.narrow_run.get();
    let options = state
        .runs
        .iter()
        .enumerate()
        .map(|(at, run)| {
            let label = report.revisions.get(*run).map(|it| match it.state {
                RunState::Ok => it.label().to_owned(),
                _ => {
                    let state = state_words(&it.state).1.say(view.lang());
                    format!("{} ({state})", it.label())
                }
            });
            el("option")
                .attr("value", at.to_string())
                .attr("selected", at == now)
                .child(label)
        })
        .collect_nodes();
    let on_change = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            view.turn_to(at);
        }
    };
    el("div")
        .class("only-narrow cmp-runs")
        .child(
            el("button")
                .attr("type", "button")
                .attr("aria-label", view.say(T::PreviousRun))
                .on(ev::click, move |_| view.turn(false))
                .child("←"),
        )
        .child(
            el("label")
                .class("field")
                .child(view.say(T::Run))
                .child(" ")
                .child(el("select").on(ev::change, on_change).child(options)),
        )
        .child(
            el("button")
                .attr("type", "button")
                .attr("aria-label", view.say(T::NextRun))
                .on(ev::click, move |_| view.turn(true))
                .child("→"),
        )
}

/// Longer lists are no help; the Experiments view selects from all.
const MOST_OPTIONS: usize = 500;

/// Another run for the comparison.
fn add_run(view: Compare) -> Option<impl IntoNode + use<>> {
    let state = view.state.get();
    let report = view.report();
    let shown = state.all();
    let others: Vec<usize> = (0..report.revisions.len())
        .filter(|revision| !shown.contains(revision))
        .take(MOST_OPTIONS)
        .collect();
    if others.is_empty() {
        return None;
    }
    let options = others
        .into_iter()
        .map(|revision| {
            let label = report
                .revisions
                .get(revision)
                .map(|it| it.label().to_owned());
            el("option")
                .attr("value", revision.to_string())
                .child(label)
        })
        .collect_nodes();
    let on_change = move |event| {
        if let Ok(revision) = event_target_value(&event).parse() {
            let state = view.state.get_untracked();
            let mut runs = state.runs.clone();
            runs.push(revision);
            view.page.navigate(view.with_runs(state.base, &runs));
        }
    };
    Some(
        el("select")
            .class("cmp-add")
            .attr("aria-label", view.say(T::AddRun))
            .on(ev::change, on_change)
            .child(
                el("option")
                    .attr("value", "")
                    .attr("selected", true)
                    .child(view.say(T::AddRun)),
            )
            .child(options),
    )
}

/// How many rows differ, what is hidden, what the signs mean.
pub(super) fn strips(view: Compare) -> impl IntoNode + use<> {
    let state = view.state.get();
    let report = view.report();
    let search = view.search.get();
    let n_equal = state.comparison.n_equal;
    let is_hidden = state.only_different && n_equal > 0;
    let equal = is_hidden.then(|| {
        el("span")
            .class("badge")
            .child(view.say(T::EqualHidden(n_equal)))
            .child(
                el("button")
                    .attr("type", "button")
                    .class("plain")
                    .on(ev::click, move |_| {
                        view.go(|it| it.with("changed", Some("0")))
                    })
                    .child(E::Show.say(view.lang())),
            )
    });
    let lines = state
        .comparison
        .groups
        .iter()
        .flat_map(|group| &group.lines);
    let heads = Heads::new(&report, view.lang());
    let n_searched = lines
        .filter(|it| it.is_different || !state.only_different)
        .filter(|it| !matches(&report, &heads, it.column, &search))
        .count();
    let searched = (n_searched > 0).then(|| {
        el("span")
            .class("badge")
            .child(view.say(T::SearchHides(n_searched)))
            .child(
                el("button")
                    .attr("type", "button")
                    .class("plain")
                    .on(ev::click, move |_| view.search_for(""))
                    .child(E::Clear.say(view.lang())),
            )
    });
    let chosen = (!state.is_default).then(|| {
        el("span").class("badge").child(
            el("button")
                .attr("type", "button")
                .class("plain")
                .on(ev::click, move |_| view.go(|it| it.with("runs", None)))
                .child(view.say(T::DefaultRuns)),
        )
    });
    let too_many = (state.n_asked > state.runs.len()).then(|| {
        let message = T::TooManyRuns {
            shown: state.runs.len(),
            asked: state.n_asked,
        };
        el("span").child(view.say(message))
    });
    let n_printed = state.on_paper.len();
    let on_paper = (n_printed < state.runs.len()).then(|| {
        let message = T::OnPaper(n_printed, state.runs.len());
        el("span").class("cmp-on-paper").child(view.say(message))
    });
    // The run of a narrow screen is no part of the question, so that turning to it asks nothing anew.
    let mut gone = state.gone;
    if let Some(run) = view.address.with(|it| it.get("run")) {
        match report.find_revision(&run) {
            None => lose_row(&mut gone, &report, "run", &run),
            Some(found) if !state.runs.contains(&found) => {
                lose_value(&mut gone, "run", &run, None);
            }
            Some(_) => {}
        }
    }
    group()
        .child(
            el("div")
                .class("badges")
                .child(
                    el("output")
                        .attr("for", "filter")
                        .attr("data-count", state.comparison.n_different.to_string())
                        .child(
                            el("b").child(view.say(T::RowsDiffer(state.comparison.n_different))),
                        ),
                )
                .child(equal)
                .child(searched)
                .child(chosen)
                .child(too_many)
                .child(on_paper)
                .child(el("span").class("only-wide").child(view.say(T::BestNote)))
                .child(
                    el("span")
                        .class("only-wide no-print")
                        .child(view.say(T::RebaseNote)),
                ),
        )
        .child(gone_lines(view.page, &view.address.read(), &gone))
}
