use leptos::prelude::*;

use super::{export::sheet, state::matches, view::Compare};
use crate::{
    view::experiments::CopyMenu,
    words::{Say as _, compare::Compare as T, experiments::Experiments as E},
};

/// Search, only what differs, differences, runs, copying.
#[component]
pub(super) fn Tools(view: Compare) -> impl IntoView {
    let search = view.search;
    let only_different = move || view.state.read().only_different;
    let on_change = move |event| {
        let value = (!event_target_checked(&event)).then_some("0");
        view.go(|address| address.with("changed", value));
    };
    let position = move || {
        let state = view.state.get();
        let differences = state.differences(&view.report(), &search.read());
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
        view! {
            <button type="button" on:click=move |_| view.step(is_forward)>
                <span class="vh">{move || view.say(label.clone())}</span>
                {sign}
                <kbd>{key}</kbd>
            </button>
        }
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
    view! {
        <div class="tools">
            <div class="filter" role="search">
                <input
                    type="search"
                    id="filter"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=move || view.say(T::Search)
                    placeholder=move || view.say(T::SearchHint)
                    prop:value=move || search.get()
                    on:input=move |event| search.set(event_target_value(&event))
                />
                <kbd aria-hidden="true" class="only-wide">"/"</kbd>
            </div>
            <label class="field">
                <input type="checkbox" prop:checked=only_different on:change=on_change />
                {move || view.say(T::OnlyDifferent)}
            </label>
            <span class="seg" role="group" aria-label=move || view.say(T::Differences)>
                {step(false)}
                {step(true)}
            </span>
            <span class="quiet small" role="status">{position}</span>
            {move || narrow_runs(view)}
            {move || add_run(view)}
            <CopyMenu sheet=copy_sheet />
        </div>
    }
}

/// On a narrow screen one run is shown beside the baseline: which one.
fn narrow_runs(view: Compare) -> impl IntoView + use<> {
    let state = view.state.get();
    let report = view.report();
    let now = view.narrow_run.get();
    let options = state
        .runs
        .iter()
        .enumerate()
        .map(|(at, run)| {
            let label = report.revisions.get(*run).map(|it| it.label().to_owned());
            view! { <option value=at.to_string() selected=at == now>{label}</option> }
        })
        .collect_view();
    let on_change = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            view.narrow_run.set(at);
        }
    };
    view! {
        <div class="only-narrow cmp-runs">
            <button
                type="button"
                aria-label=view.say(T::PreviousRun)
                on:click=move |_| view.turn(false)
            >
                "←"
            </button>
            <label class="field">
                {view.say(T::Run)} " " <select on:change=on_change>{options}</select>
            </label>
            <button type="button" aria-label=view.say(T::NextRun) on:click=move |_| view.turn(true)>
                "→"
            </button>
        </div>
    }
}

/// Longer lists are no help; the Experiments view selects from all.
const MOST_OPTIONS: usize = 500;

/// Another run for the comparison.
fn add_run(view: Compare) -> Option<impl IntoView + use<>> {
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
            view! { <option value=revision.to_string()>{label}</option> }
        })
        .collect_view();
    let on_change = move |event| {
        if let Ok(revision) = event_target_value(&event).parse() {
            let state = view.state.get_untracked();
            let mut runs = state.runs.clone();
            runs.push(revision);
            view.page.navigate(view.with_runs(state.base, &runs));
        }
    };
    Some(view! {
        <select class="cmp-add" aria-label=view.say(T::AddRun) on:change=on_change>
            <option value="" selected=true>{view.say(T::AddRun)}</option>
            {options}
        </select>
    })
}

/// How many rows differ, what is hidden, what the signs mean.
pub(super) fn strips(view: Compare) -> impl IntoView + use<> {
    let state = view.state.get();
    let report = view.report();
    let search = view.search.get();
    let n_equal = state.comparison.n_equal;
    let is_hidden = state.only_different && n_equal > 0;
    let equal = is_hidden.then(|| {
        view! {
            <span class="badge">
                {view.say(T::EqualHidden(n_equal))}
                <button
                    type="button"
                    class="plain"
                    on:click=move |_| view.go(|it| it.with("changed", Some("0")))
                >
                    {E::Show.say(view.lang())}
                </button>
            </span>
        }
    });
    let lines = state
        .comparison
        .groups
        .iter()
        .flat_map(|group| &group.lines);
    let n_searched = lines
        .filter(|it| it.is_different || !state.only_different)
        .filter(|it| !matches(&report, it.column, &search))
        .count();
    let searched = (n_searched > 0).then(|| {
        view! {
            <span class="badge">
                {view.say(T::SearchHides(n_searched))}
                <button
                    type="button"
                    class="plain"
                    on:click=move |_| view.search.set(String::new())
                >
                    {E::Clear.say(view.lang())}
                </button>
            </span>
        }
    });
    let chosen = (!state.is_default).then(|| {
        view! {
            <span class="badge">
                <button type="button" class="plain" on:click=move |_| view.go(|it| it.with("runs", None))>
                    {view.say(T::DefaultRuns)}
                </button>
            </span>
        }
    });
    let too_many = (state.n_asked > state.runs.len()).then(|| {
        let message = T::TooManyRuns {
            shown: state.runs.len(),
            asked: state.n_asked,
        };
        view! { <span>{view.say(message)}</span> }
    });
    let gone = (!state.gone.is_empty()).then(
        || view! { <p class="xp-gone" role="status">{view.say(T::NoSuchRun(state.gone))}</p> },
    );
    view! {
        <div class="badges">
            <output for="filter" data-count=state.comparison.n_different.to_string()>
                <b>{view.say(T::RowsDiffer(state.comparison.n_different))}</b>
            </output>
            {equal}
            {searched}
            {chosen}
            {too_many}
            <span class="only-wide">{view.say(T::BestNote)}</span>
            <span class="only-wide">{view.say(T::RebaseNote)}</span>
        </div>
        {gone}
    }
}
