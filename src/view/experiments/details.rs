use std::collections::BTreeSet;

use leptos::{ev, prelude::*, task::spawn_local};

use super::{
    cell::arrow_mark,
    export::offer_copy,
    grid::{Grid, cell_text, column_digits, difference_text, full_value},
    row::{kind_word, state_mark},
    view::Experiments,
};
use crate::{
    analysis::{
        changed::{differs, is_stated},
        compare::{Change, change, is_repeated},
        direction::direction_of,
        matrix_source::revisions_with_matrices,
        table::known,
    },
    browser,
    browser::markup::{CollectNodes as _, IntoNode, RwSignal, el, group},
    model::{Cell, Column, ColumnKind, Report, State, TextKind},
    route::{Address, View},
    view::{
        code_text::breakable,
        copy::address_of,
        links::{commit_address, web_address},
        run_sign::run_style,
        session::Session,
    },
    words::{date::moment, experiments::Experiments as T, metric::Heads, picking::Picking as P},
};

/// So many parameters that differ from the baseline are named at the head.
const MOST_TOLD: usize = 3;

/// The id of the panel.
const PANEL: &str = "xp-details";

/// In windows up to this width the style sheet puts the panel below the table.
const NARROW_WINDOW: f64 = 1000.0;

/// Everything about one row: what differs first, then where each value comes from.
pub(super) fn details(view: Experiments) -> impl IntoNode {
    let open = move || view.state.read().row;
    // In a narrow window it stands below the table: a row that is opened there shows it.
    Effect::new(move |before: Option<Option<usize>>| {
        let row = open();
        let is_opened = row.is_some() && before.is_some_and(|it| it != row);
        if is_opened && browser::window_size().0 <= NARROW_WINDOW {
            spawn_local(async {
                browser::yield_to_browser().await;
                browser::scroll_to(PANEL);
            });
        }
        row
    });
    move || open().map(|revision| panel(view, revision))
}

fn panel(view: Experiments, revision: usize) -> Option<impl IntoNode + use<>> {
    let grid = view.grid.get();
    let of = grid.report.revisions.get(revision)?;
    let label = of.label().to_owned();
    let place = view
        .state
        .read()
        .selected
        .iter()
        .position(|it| *it == revision);
    let swatch = place.map(|place| {
        el("span")
            .class("swatch")
            .attr("style", run_style(place))
            .attr("aria-hidden", "true")
    });
    let sha = of
        .short_sha()
        .filter(|sha| *sha != label)
        .map(str::to_owned);
    let failed = match &of.state {
        State::Ok => None,
        State::Failed(message) => Some((state_mark(view, &of.state), message.clone())),
        other => Some((state_mark(view, other), String::new())),
    };
    let failed = failed.map(|(mark, message)| {
        let message = (!message.is_empty()).then(|| el("pre").child(message));
        group()
            .child(el("p").class("lead").child(mark))
            .child(message)
    });
    let kinds = [
        (ColumnKind::Metric, T::Metrics),
        (ColumnKind::Param, T::Parameters),
        (ColumnKind::Dependency, T::DependenciesTitle),
        (ColumnKind::Output, T::OutputsTitle),
    ];
    let sections = kinds
        .map(|(kind, title)| section(view, &grid, revision, kind, title))
        .into_iter()
        .collect_nodes();
    let name = view.say(T::DetailsOf(label.clone()));
    let kind = kind_word(&grid.report, of).map(|it| view.words(it));
    let close = move |_| {
        view.open(None);
        browser::focus("table");
    };
    let has_sources = view.has_sources;
    let sources = el("label")
        .class("small field")
        .child(
            el("input")
                .attr("type", "checkbox")
                .prop("checked", move || has_sources.get())
                .on(ev::change, move |event| {
                    let files = event_target_checked(&event).then_some("1");
                    view.go(|it| it.with("files", files));
                }),
        )
        .child(view.words(P::Sources));
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            view.open(None);
            browser::focus("table");
        }
    };
    Some(
        el("aside")
            .class("panel xp-panel")
            .attr("id", PANEL)
            .class_if("has-sources", move || has_sources.get())
            .attr("aria-label", name)
            .attr("data-details", grid.key(revision).to_owned())
            .on(ev::keydown, on_key)
            .child(
                el("header")
                    .child(swatch)
                    .child(el("h2").child(label))
                    .child(sha.map(|sha| el("code").class("quiet").child(sha)))
                    .child(
                        el("button")
                            .attr("type", "button")
                            .attr("aria-label", view.say(T::CloseDetails))
                            .on(ev::click, close)
                            .child("✕"),
                    ),
            )
            .child(kind.map(|it| el("p").class("xp-kind").child(it)))
            .child(lead(view, &grid, revision))
            .child(failed)
            .child(sections)
            .child(sources)
            .child(origin(view, &grid, revision))
            .child(links(view, &grid, revision)),
    )
}

/// How far a row is from the baseline, in words.
fn lead(view: Experiments, grid: &Grid, revision: usize) -> Option<impl IntoNode + use<>> {
    let base = grid.state.base?;
    let has_params = |row: usize| {
        let mut params = grid.report.columns_of(ColumnKind::Param);
        params.any(|(idx, _)| !known(&grid.report, idx, row).is_missing())
    };
    if base != revision && !(has_params(base) && has_params(revision)) {
        return None;
    }
    let changed: Vec<usize> = grid
        .report
        .columns_of(ColumnKind::Param)
        .map(|(idx, _)| idx)
        .filter(|idx| differs(&grid.report, &grid.ranked, *idx, &[base, revision]))
        .collect();
    let message = match base == revision {
        true => T::IsBaseline,
        false => T::Apart {
            base: grid.label(base).to_owned(),
            n: changed.len(),
        },
    };
    let names = grid.report.column_names();
    let told = changed.iter().take(MOST_TOLD).filter_map(|idx| {
        let column = grid.report.columns.get(*idx)?;
        let text = |row| {
            let digits = column_digits(&grid.report, *idx, &[]);
            let cell = known(&grid.report, *idx, row);
            cell_text(cell, column.kind, digits, view.lang())
        };
        let (before, now) = (text(base), text(revision));
        Some(format!("{} {before} → {now}", names.get(*idx)?))
    });
    let mut told: Vec<String> = told.collect();
    if changed.len() > told.len() {
        told.push("…".to_owned());
    }
    let told = (!told.is_empty()).then(|| el("b").child(format!(" {}", told.join("; "))));
    Some(el("p").class("lead").child(view.say(message)).child(told))
}

/// The values of one kind: those that differ from the baseline's, the others counted.
fn section(
    view: Experiments,
    grid: &Grid,
    revision: usize,
    kind: ColumnKind,
    title: T,
) -> Option<impl IntoNode + use<>> {
    let has_kind = |row: usize| {
        let mut columns = grid.report.columns_of(kind);
        columns.any(|(idx, _)| !known(&grid.report, idx, row).is_missing())
    };
    // A baseline without any parameters has none to differ from.
    let base = grid.state.base;
    let base = base.filter(|base| *base != revision && has_kind(*base));
    let lang = view.lang();
    let heads = Heads::new(&grid.report, lang);
    let others = artifacts_of_others(&grid.report, revision);
    let names = grid.report.column_names();
    let mut different = Vec::new();
    let mut same = Vec::new();
    for (idx, column) in grid.report.columns_of(kind) {
        let value = known(&grid.report, idx, revision);
        let before = base.map_or(Cell::Missing, |base| known(&grid.report, idx, base));
        // What the row has nothing of is no difference, and would be a long list.
        if is_repeated(&grid.report, idx)
            || !is_stated(&grid.report, idx, revision)
            || (value.is_missing() && before.is_missing())
        {
            continue;
        }
        let rows: Vec<usize> = base.into_iter().chain([revision]).collect();
        let digits = column_digits(&grid.report, idx, &rows);
        // What is long has some lines of its own.
        let text = |cell: Cell<'_>| {
            let text = cell_text(cell, kind, digits, lang);
            let is_text = matches!(cell, Cell::Text(kind, _) if kind != TextKind::Hash);
            match is_text {
                true => el("span").class("xp-long").child(text).into_node(),
                false => text.into_node(),
            }
        };
        let change = change(before, value, direction_of(&grid.report, idx));
        let difference = match change {
            Change::Number {
                difference,
                is_better,
                ..
            } if kind == ColumnKind::Metric => Some((difference, is_better)),
            _ => None,
        };
        let difference = difference.map(|(difference, is_better)| {
            let (class, word) = match is_better {
                Some(true) => ("better", Some(T::Better)),
                Some(false) => ("worse", Some(T::Worse)),
                None => ("", None),
            };
            el("span")
                .class(class)
                .child(arrow_mark(difference))
                .child(difference_text(difference, digits, lang))
                .child(word.map(|it| el("span").class("vh").child(" ").child(view.say(it))))
        });
        let artifacts = artifacts_of(column, &others);
        let title = format!("{} ({})", column.id.full(), artifacts.join(", "));
        let is_hash = matches!(kind, ColumnKind::Dependency | ColumnKind::Output);
        let class = if is_hash { "num hash" } else { "num" };
        let is_different = base.is_none() || change != Change::Same;
        let row = el("tr")
            .attr("data-column", column.id.full())
            .attr("data-value", full_value(value))
            .child(
                el("th")
                    .attr("scope", "row")
                    .attr("title", title.clone())
                    .child(breakable(names.get(idx).unwrap_or(&column.id.key())))
                    .child(heads.name(idx).map(|it| el("span").class("sub").child(it)))
                    .child(el("code").class("xp-source").child(title)),
            )
            .child(base.map(|_| {
                el("td")
                    .class(class)
                    .attr("title", full_value(before))
                    .child(text(before))
            }))
            .child(
                el("td")
                    .class(class)
                    .attr("title", full_value(value))
                    .child(el("b").child(text(value))),
            )
            .child(
                (kind == ColumnKind::Metric && base.is_some())
                    .then(|| el("td").class("num xp-diff").child(difference)),
            );
        match is_different {
            true => different.push(row),
            false => same.push(row),
        }
    }
    let n_same = same.len();
    if different.is_empty() && n_same == 0 {
        return None;
    }
    let base_label = base.map(|base| grid.label(base).to_owned());
    let heads = base_label.filter(|_| !different.is_empty()).map(|base| {
        let last = (kind == ColumnKind::Metric).then(|| {
            el("th")
                .class("num xp-diff")
                .attr("scope", "col")
                .child(view.say(T::Diff))
        });
        el("thead").child(
            el("tr")
                .child(el("td"))
                .child(
                    el("th")
                        .class("num")
                        .attr("scope", "col")
                        .attr("title", base.clone())
                        .child(base),
                )
                .child(
                    el("th")
                        .class("num")
                        .attr("scope", "col")
                        .child(view.say(T::This)),
                )
                .child(last),
        )
    });
    let the_same = (n_same > 0).then(|| {
        el("details")
            .child(el("summary").child(view.say(T::TheSame(n_same))))
            .child(el("table").child(el("tbody").child(same)))
    });
    Some(
        group()
            .child(el("h3").child(view.say(title)))
            .child(el("table").child(heads).child(el("tbody").child(different)))
            .child(the_same),
    )
}

/// The artifacts that are about one other revision: none of their values is this one's.
fn artifacts_of_others(report: &Report, revision: usize) -> BTreeSet<&str> {
    let artifacts = report.artifacts.iter();
    let others = artifacts.filter(|it| it.revision.is_some_and(|of| of != revision));
    others.map(|it| it.path.as_str()).collect()
}

/// The artifacts that state a revision's value of a column.
fn artifacts_of<'a>(column: &'a Column, others: &BTreeSet<&str>) -> Vec<&'a str> {
    let artifacts = column.sources.iter().map(|it| it.artifact.as_str());
    artifacts.filter(|it| !others.contains(it)).collect()
}

/// Parent, executor, time and artifacts.
fn origin(view: Experiments, grid: &Grid, revision: usize) -> Option<impl IntoNode + use<>> {
    let of = grid.report.revisions.get(revision)?;
    let parent = of.parent.map(|parent| {
        let key = grid.key(parent).to_owned();
        let href = view.link(|it| it.with("row", Some(&key)));
        group()
            .child(view.say(T::Parent))
            .child(" ")
            .child(
                el("a")
                    .attr("href", href)
                    .child(grid.label(parent).to_owned()),
            )
            .child(", ")
    });
    let facts: Vec<String> = [
        of.executor.clone(),
        of.created.as_deref().map(|it| moment(it, view.lang())),
    ]
    .into_iter()
    .flatten()
    .collect();
    let has_value = |idx: usize| !known(&grid.report, idx, revision).is_missing();
    let others = artifacts_of_others(&grid.report, revision);
    let mut artifacts: Vec<String> = grid
        .report
        .columns
        .iter()
        .enumerate()
        .filter(|(idx, column)| column.kind == ColumnKind::Metric && has_value(*idx))
        .flat_map(|(_, column)| artifacts_of(column, &others))
        .map(str::to_owned)
        .collect();
    artifacts.sort_unstable();
    artifacts.dedup();
    let artifacts = (!artifacts.is_empty()).then(|| {
        let codes = artifacts
            .into_iter()
            .map(|it| group().child(" ").child(el("code").child(it)));
        el("p")
            .class("small quiet")
            .child(view.say(T::ValuesFrom))
            .child(codes.collect_nodes())
    });
    let errors = (!of.file_errors.is_empty()).then(|| {
        let lines = of.file_errors.iter().map(|(file, message)| {
            el("li")
                .child(el("code").child(file.clone()))
                .child(" ")
                .child(message.clone())
        });
        group()
            .child(el("h3").child(view.say(T::FileErrors)))
            .child(el("ul").class("small").child(lines.collect_nodes()))
    });
    Some(
        group()
            .child(errors)
            .child(el("h3").child(view.say(T::WhereFrom)))
            .child(
                el("p")
                    .class("small quiet")
                    .child(parent)
                    .child(facts.join(", ")),
            )
            .child(artifacts),
    )
}

fn links(view: Experiments, grid: &Grid, revision: usize) -> impl IntoNode + use<> {
    let key = grid.key(revision).to_owned();
    let base = view.address.with(|it| it.get("base"));
    let compare = Address::new(View::Compare)
        .with_list("runs", &[&key])
        .with("base", base.as_deref());
    let has_matrix = revisions_with_matrices(&grid.report).contains(&revision);
    let confusion = has_matrix.then(|| {
        let address = Address::new(View::Confusion)
            .with("run", Some(&key))
            .with("base", base.as_deref());
        el("a")
            .attr("href", address.to_fragment())
            .child(view.say(T::Confusion))
    });
    let rebase = (grid.state.base != Some(revision)).then(|| {
        el("button")
            .attr("type", "button")
            .class("plain")
            .on(ev::click, move |_| view.rebase(revision))
            .child(view.say(T::MakeBaseline))
    });
    let label = grid.label(revision).to_owned();
    let is_starred = view.state.read().starred.contains(&revision);
    let star = el("button")
        .attr("type", "button")
        .class("plain")
        .attr("aria-pressed", is_starred.to_string())
        .attr("aria-label", view.words(P::Star(label)))
        .on(ev::click, move |_| view.toggle_starred(revision))
        .child(if is_starred { "★" } else { "☆" });
    let origin = &grid.report.origin;
    let sha = grid
        .report
        .revisions
        .get(revision)
        .and_then(|it| it.sha.as_deref());
    let commit = sha.and_then(|sha| commit_address(origin, sha));
    let is_built = grid.report.current == Some(revision);
    let run = origin.run_url.as_deref().filter(|_| is_built);
    let run = run.and_then(web_address).map(str::to_owned);
    let outside = |address: String, text: String| {
        el("a")
            .attr("href", address)
            .attr("rel", "noopener noreferrer")
            .child(text)
    };
    let commit = commit.map(|it| outside(it, view.words(P::Commit)));
    let run = run.map(|it| outside(it, view.words(P::CiRun)));
    let said = RwSignal::new(None::<bool>);
    let session = Session::get();
    let is_local = session.is_local.get_untracked();
    let copy = move |_| {
        let address = view.page.address.get_untracked().with("row", Some(&key));
        if let Some(address) = address_of(view.page, session, &address) {
            offer_copy(address, said);
        }
    };
    let status = move || {
        let message = if said.get()? { T::Copied } else { T::NotCopied };
        Some(view.say(message))
    };
    el("div")
        .class("go no-print")
        .child(
            el("a")
                .attr("href", compare.to_fragment())
                .child(view.say(T::Compare)),
        )
        .child(confusion)
        .child(commit)
        .child(run)
        .child(rebase)
        .child(star)
        .child((!is_local).then(|| {
            el("button")
                .attr("type", "button")
                .class("plain")
                .on(ev::click, copy)
                .child(view.say(T::CopyRowLink))
        }))
        .child(
            el("span")
                .attr("role", "status")
                .class("small")
                .child(status),
        )
}
