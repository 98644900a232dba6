use leptos::prelude::*;

use super::view::Compare;
use crate::{view::experiments::dot, words::compare::Compare as T};

/// Names of the revisions; a click makes one the baseline.
pub(super) fn head(view: Compare) -> impl IntoView + use<> {
    let state = view.state.get();
    let report = view.report();
    let keys = report.revision_keys();
    let narrow = view.narrow_run.get();
    let column = |(at, revision): (usize, usize)| {
        let of = report.revisions.get(revision)?;
        let label = of.label().to_owned();
        let sha = of
            .short_sha()
            .filter(|sha| *sha != label)
            .map(str::to_owned);
        let is_base = at == 0;
        let is_current = report.current == Some(revision);
        let dot = (is_base || is_current).then(|| dot(view.page, is_base));
        let is_shown = is_base || narrow + 1 == at;
        let class = match (is_base, is_shown) {
            (true, _) => "num cmp-base",
            (false, true) => "num",
            (false, false) => "num only-wide",
        };
        let name = match is_base {
            true => view! { <b>{dot} {label}</b> }.into_any(),
            false => {
                let title = view.say(T::CompareWith(label.clone()));
                let remove = view.say(T::Remove(label.clone()));
                let n_runs = state.runs.len();
                view! {
                    <button
                        type="button"
                        class="cmp-name"
                        title=title
                        on:click=move |_| rebase(view, revision)
                    >
                        {dot} {label}
                    </button>
                    {(n_runs > 1)
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="cmp-remove no-print only-wide"
                                    aria-label=remove
                                    on:click=move |_| take_out(view, revision)
                                >
                                    "×"
                                </button>
                            }
                        })}
                }
                .into_any()
            }
        };
        Some(view! {
            <th
                scope="col"
                class=class
                data-revision=keys.get(revision).cloned()
                data-baseline=is_base.then_some("")
            >
                <span class="cmp-head">{name}</span>
                <code>{sha}</code>
            </th>
        })
    };
    let columns = state
        .all()
        .into_iter()
        .enumerate()
        .filter_map(column)
        .collect_view();
    view! {
        <thead>
            <tr>
                <th scope="col">{view.say(T::Key)}</th>
                {columns}
                <th scope="col" class="cmp-spread only-wide">{view.say(T::Spread)}</th>
            </tr>
        </thead>
    }
}

/// Makes a run the baseline; the old one takes its place.
fn rebase(view: Compare, revision: usize) {
    let state = view.state.get_untracked();
    let runs: Vec<usize> = state
        .runs
        .iter()
        .filter_map(|run| {
            if *run == revision {
                state.base
            } else {
                Some(*run)
            }
        })
        .collect();
    view.page.navigate(view.with_runs(Some(revision), &runs));
}

fn take_out(view: Compare, revision: usize) {
    let state = view.state.get_untracked();
    let runs: Vec<usize> = state
        .runs
        .iter()
        .copied()
        .filter(|it| *it != revision)
        .collect();
    view.page.navigate(view.with_runs(state.base, &runs));
}
