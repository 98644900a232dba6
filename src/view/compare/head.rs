use leptos::ev;

use super::{lines::spread_class, view::Compare};
use crate::{
    browser::markup::{CollectNodes as _, IntoNode, el, group},
    model::{Lang, Revision, State},
    view::experiments::{dot, state_key, state_words},
    words::{Say as _, compare::Compare as T},
};

/// Names of the revisions; a click makes one the baseline.
pub(super) fn head(view: Compare) -> impl IntoNode + use<> {
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
        let name = match is_base {
            true => el("b").child(dot).child(label).into_node(),
            false => {
                let title = view.say(T::CompareWith(label.clone()));
                let remove = view.say(T::Remove(label.clone()));
                let n_runs = state.runs.len();
                group()
                    .child(
                        el("button")
                            .attr("type", "button")
                            .class("cmp-name")
                            .attr("title", title)
                            .on(ev::click, move |_| rebase(view, revision))
                            .child(dot)
                            .child(label),
                    )
                    .child((n_runs > 1).then(|| {
                        el("button")
                            .attr("type", "button")
                            .class("cmp-remove no-print only-wide")
                            .attr("aria-label", remove)
                            .on(ev::click, move |_| take_out(view, revision))
                            .child("×")
                    }))
                    .into_node()
            }
        };
        Some(
            el("th")
                .attr("scope", "col")
                .class(state.cell_class(at, narrow))
                .attr("data-revision", keys.get(revision).cloned())
                .attr("data-baseline", is_base.then_some(""))
                .child(el("span").class("cmp-head").child(name))
                .child(el("code").child(sha))
                .child(no_result(of, view.lang())),
        )
    };
    let columns = state
        .all()
        .into_iter()
        .enumerate()
        .filter_map(column)
        .collect_nodes();
    el("thead").child(
        el("tr")
            .child(
                el("th")
                    .attr("scope", "col")
                    .refer(view.key_head)
                    .child(view.say(T::Key)),
            )
            .child(columns)
            .child(
                el("th")
                    .attr("scope", "col")
                    .class(spread_class(&state))
                    .child(view.say(T::Spread)),
            ),
    )
}

/// That a run has no result of its own, and on demand what it said when it failed.
fn no_result(of: &Revision, lang: Lang) -> Option<impl IntoNode + use<>> {
    let message = match &of.state {
        State::Ok => return None,
        State::Failed(message) => message.trim(),
        State::Queued | State::Running => "",
    };
    let (sign, word) = state_words(&of.state);
    let mark = el("span")
        .class("state-mark")
        .attr("data-state", state_key(&of.state))
        .child(el("i").attr("aria-hidden", "true").child(sign))
        .child(word.say(lang));
    Some(match message.is_empty() {
        true => mark.into_node(),
        false => el("details")
            .class("menu cmp-failed")
            .attr("name", "menu")
            .child(el("summary").child(mark))
            .child(el("pre").class("menu-list").child(message.to_owned()))
            .into_node(),
    })
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
