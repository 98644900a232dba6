use leptos::prelude::*;

use super::view::Experiments;
use crate::{model::ColumnKind, words::experiments::Experiments as T};

/// The list of all columns, each to be shown or not.
#[component]
pub(super) fn ColumnPicker(view: Experiments) -> impl IntoView {
    let shown = Memo::new(move |_| -> Vec<usize> {
        view.grid.get().columns.iter().map(|it| it.column).collect()
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
            view! {
                <li>
                    <label>
                        <input
                            type="checkbox"
                            prop:checked=is_shown
                            on:change=move |event| {
                                set_shown(&[column], event_target_checked(&event));
                            }
                        />
                        <code>{name}</code>
                    </label>
                </li>
            }
        };
        let options = all.iter().map(|column| option(*column)).collect_view();
        let of_kind = all.clone();
        let is_all = move || of_kind.iter().all(|column| shown.read().contains(column));
        (!all.is_empty()).then(|| {
            view! {
                <fieldset>
                    <legend>{view.say(title)}</legend>
                    <label class="small">
                        <input
                            type="checkbox"
                            prop:checked=is_all
                            on:change=move |event| set_shown(&all, event_target_checked(&event))
                        />
                        {view.say(T::AllOfThem)}
                    </label>
                    <ul>{options}</ul>
                </fieldset>
            }
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
        .collect_view()
    };
    // The list may be 2,000 long: it is made when it is opened.
    let is_open = RwSignal::new(false);
    let summary = move || view.say(T::Columns(shown.read().len(), view.report().columns.len()));
    view! {
        <details
            class="menu"
            on:toggle=move |_| is_open.update(|it| *it = !*it)
        >
            <summary class="btn">{summary}</summary>
            <div class="menu-list xp-columns" role="group" aria-label=move || view.say(T::ColumnsTitle)>
                <button type="button" class="plain" on:click=move |_| choose(Vec::new())>
                    {move || view.say(T::ColumnsDefault)}
                </button>
                {move || is_open.get().then(sections)}
            </div>
        </details>
    }
}
