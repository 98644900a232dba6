use leptos::ev;

use super::{
    state::{State, matches},
    view::{Compare, line_id},
};
use crate::{
    analysis::{
        changed::is_stated,
        compare::{Change, Group, Line, change},
        digits::Digits,
        direction::direction_of,
        table::known,
    },
    browser::markup::{CollectNodes as _, IntoNode, Node, el, group},
    model::{Cell, ColumnId, ColumnKind, Direction, Lang, Report},
    view::{
        code_text::breakable,
        experiments::{cell_text, column_digits, difference_text, full_value},
    },
    words::{Say as _, compare::Compare as T, experiments::Experiments as E, metric::Heads},
};

/// So many rows are drawn unless the reader asks for all: each costs the browser several cells.
pub(super) const MOST_DRAWN: usize = 400;

/// All rows, by file.
pub(super) fn lines(view: Compare) -> impl IntoNode + use<> {
    let state = view.state.get();
    let report = view.report();
    let search = view.search.get();
    let heads = Heads::new(&report, view.lang());
    let is_shown = |line: &&Line| {
        let is_wanted = line.is_different || !state.only_different;
        is_wanted && matches(&report, &heads, line.column, &search)
    };
    let n_columns = (state.runs.len() + 3).to_string();
    let all = || state.comparison.groups.iter().flat_map(|it| &it.lines);
    let n_shown = all().filter(is_shown).count();
    // The current row is drawn, wherever it is.
    let current = all()
        .filter(is_shown)
        .position(|it| Some(it.column) == state.metric);
    let most = match view.draws_all.get() {
        true => n_shown,
        false => MOST_DRAWN.max(current.map_or(0, |it| it + 1)),
    };
    let mut n_drawn = 0;
    let groups: Vec<_> = state
        .comparison
        .groups
        .iter()
        .filter_map(|group| {
            let listed = group.lines.iter().filter(is_shown);
            let listed: Vec<&Line> = listed.take(most.saturating_sub(n_drawn)).collect();
            n_drawn += listed.len();
            let section = |line: &Line| {
                let id = report.columns.get(line.column).map(|it| &it.id);
                id.map_or_else(String::new, ColumnId::section)
            };
            let mut rows: Vec<Node> = Vec::new();
            for lines in listed.chunk_by(|a, b| section(a) == section(b)) {
                // One row needs no heading of its own.
                let title = lines.first().map(|line| section(line));
                let title = title.filter(|title| lines.len() > 1 && !title.is_empty());
                let is_inside = title.is_some();
                rows.extend(title.map(|title| heading("cmp-section", &n_columns, title)));
                let row = |it: &&Line| line(view, &report, &heads, &state, group, it, is_inside);
                rows.extend(lines.iter().filter_map(row).map(IntoNode::into_node));
            }
            let title = match group.kind {
                ColumnKind::Dependency => E::Dependencies.say(view.lang()),
                ColumnKind::Output => E::Outputs.say(view.lang()),
                _ => group.file.clone(),
            };
            (!rows.is_empty()).then(|| {
                el("tbody")
                    .child(heading("cmp-group", &n_columns, title))
                    .child(rows)
            })
        })
        .collect();
    let is_empty = n_shown == 0 && !search.trim().is_empty();
    let empty = is_empty.then(|| {
        el("tbody").child(
            el("tr").child(
                el("td")
                    .attr("colspan", n_columns.clone())
                    .child(view.say(T::NoRows)),
            ),
        )
    });
    let n_more = n_shown.saturating_sub(n_drawn);
    let more = (n_more > 0).then(|| {
        let button = el("button")
            .attr("type", "button")
            .on(ev::click, move |_| view.draws_all.set(true))
            .child(view.say(T::MoreRows(n_more)));
        let head = el("th").attr("colspan", n_columns.clone()).child(button);
        el("tbody").child(el("tr").child(head))
    });
    group().child(groups).child(empty).child(more)
}

/// What the rows after it have in common.
fn heading(class: &'static str, n_columns: &str, title: String) -> Node {
    el("tr")
        .class(class)
        .child(
            el("th")
                .attr("colspan", n_columns.to_owned())
                .attr("scope", "rowgroup")
                .child(el("span").child(title)),
        )
        .into_node()
}

fn line(
    view: Compare,
    report: &Report,
    heads: &Heads<'_>,
    state: &State,
    group: &Group,
    line: &Line,
    is_inside: bool,
) -> Option<impl IntoNode + use<>> {
    let column = report.columns.get(line.column)?;
    let all = state.all();
    let shown = ShownLine::new(report, state, line.column)?;
    let narrow = view.narrow_run.get();
    let cells = all
        .iter()
        .enumerate()
        .map(|(at, revision)| {
            let is_best = line.best.contains(revision);
            let class = state.cell_class(at, narrow);
            cell(view, &shown, *revision, is_best, (at == 0, class))
        })
        .collect_nodes();
    let is_current = state.metric == Some(line.column);
    let lower = (shown.direction == Direction::LowerIsBetter).then(|| {
        el("span")
            .class("sub")
            .child(E::LowerIsBetter.say(view.lang()))
    });
    let meaning = heads.meaning(line.column);
    let meaning = meaning.map(|it| el("span").class("sub cmp-meaning").child(it.to_owned()));
    let id = column.id.full();
    let strip =
        (column.kind == ColumnKind::Metric).then(|| spread(report, state, group, line.column));
    let sources: Vec<&str> = column
        .sources
        .iter()
        .map(|it| it.artifact.as_str())
        .collect();
    Some(
        el("tr")
            .attr("id", line_id(line.column))
            .class_if("here", is_current)
            .class_if("cmp-inside", is_inside)
            .attr("aria-current", is_current.then_some("true"))
            .attr("data-column", id.clone())
            .attr("data-different", line.is_different.to_string())
            .child(
                el("th")
                    .attr("scope", "row")
                    .attr("title", format!("{id} ({})", sources.join(", ")))
                    .child(breakable(&match (heads.name(line.column), is_inside) {
                        (Some(name), _) => name,
                        (None, true) => column.id.leaf().to_owned(),
                        (None, false) => column.id.key(),
                    }))
                    .child(lower)
                    .child(meaning),
            )
            .child(cells)
            .child(el("td").class(spread_class(state)).child(strip)),
    )
}

/// What all cells of a row have in common.
pub(super) struct ShownLine<'a> {
    kind: ColumnKind,
    direction: Direction,
    digits: Digits,
    base: Cell<'a>,
    is_hash: bool,
    report: &'a Report,
    column: usize,
    /// Whether the baseline has values of that file at all.
    is_base_stated: bool,
}

impl<'a> ShownLine<'a> {
    /// Of a column of the report.
    pub fn new(report: &'a Report, state: &State, at: usize) -> Option<Self> {
        let column = report.columns.get(at)?;
        let base = state.base;
        Some(Self {
            kind: column.kind,
            direction: direction_of(report, at),
            digits: column_digits(report, at, &state.all()),
            base: base.map_or(Cell::Missing, |base| known(report, at, base)),
            is_hash: matches!(column.kind, ColumnKind::Dependency | ColumnKind::Output),
            report,
            column: at,
            is_base_stated: base.is_some_and(|base| is_stated(report, at, base)),
        })
    }

    /// A value as it is written.
    pub fn value(&self, value: Cell<'_>, lang: Lang) -> String {
        cell_text(value, self.kind, self.digits, lang)
    }

    /// By how much a number differs from the baseline's, where it can be told.
    pub fn difference(&self, value: Cell<'_>) -> Option<f64> {
        match change(self.base, value, self.direction) {
            Change::Number { difference, .. } => Some(difference),
            Change::Same => value.as_number().map(|_| 0.0),
            _ => None,
        }
    }

    /// How a run's value differs from the baseline's, in words.
    pub fn told(&self, revision: usize, lang: Lang) -> ToldChange {
        let value = known(self.report, self.column, revision);
        let say = |message: E| message.say(lang);
        let change = change(self.base, value, self.direction);
        let mut told = ToldChange::default();
        told.text = match change {
            // Seven digits of a hash say by themselves that they differ.
            _ if self.is_hash => String::new(),
            Change::Same if value.is_missing() => String::new(),
            Change::Same => say(E::Same),
            Change::New if self.is_base_stated => say(E::New),
            Change::Gone if is_stated(self.report, self.column, revision) => say(E::Gone),
            Change::New | Change::Gone => String::new(),
            Change::Number {
                difference,
                is_better,
                ..
            } if self.kind == ColumnKind::Metric => {
                told.is_better = is_better;
                told.arrow = Some(if difference > 0.0 { "▲" } else { "▼" });
                difference_text(difference, self.digits, lang)
            }
            Change::Number { .. } | Change::Other => say(E::Changed),
        };
        told
    }
}

/// How a value differs from the baseline's.
#[derive(Default)]
pub(super) struct ToldChange {
    /// Up or down.
    pub arrow: Option<&'static str>,
    /// By how much, or how; empty where there is nothing to say.
    pub text: String,
    /// Whether that is better, where it is known.
    pub is_better: Option<bool>,
}

impl ToldChange {
    /// "better", "worse".
    pub fn word(&self, lang: Lang) -> Option<String> {
        let is_better = self.is_better?;
        Some(if is_better { E::Better } else { E::Worse }.say(lang))
    }
}

fn cell(
    view: Compare,
    line: &ShownLine<'_>,
    revision: usize,
    is_best: bool,
    (is_base, class): (bool, &'static str),
) -> impl IntoNode + use<> {
    let lang = view.lang();
    let value = known(line.report, line.column, revision);
    let told = match is_base {
        true => ToldChange::default(),
        false => line.told(revision, lang),
    };
    let judgement = told.is_better;
    let word = told.word(lang);
    let word = word.map(|word| el("span").class("vh").child(" ").child(word));
    let star = is_best.then(|| {
        group()
            .child(el("span").attr("aria-hidden", "true").child("★ "))
            .child(
                el("span")
                    .class("vh")
                    .child(view.say(T::BestNote))
                    .child(" "),
            )
    });
    let shown = line.value(value, lang);
    let full = full_value(value);
    let difference = (!is_base && !line.is_hash).then(|| {
        el("span")
            .class("cmp-change")
            .class_if("better", judgement == Some(true))
            .class_if("worse", judgement == Some(false))
            .child(told.arrow.map(|it| {
                el("span")
                    .class("arrow")
                    .attr("aria-hidden", "true")
                    .child(it)
            }))
            .child(told.text)
            .child(word)
    });
    el("td")
        .class(class)
        .class_if("best", is_best)
        .class_if("hash", line.is_hash)
        .attr("data-value", full.clone())
        .child(
            el("span")
                .class("cmp-value")
                .attr("title", full)
                .child(star)
                .child(shown),
        )
        .child(difference)
}

/// The class of the cells with pictures: beside more runs paper has no room for them.
pub(super) fn spread_class(state: &State) -> &'static str {
    match state.runs.len() {
        0..=2 => "cmp-spread only-wide",
        _ => "cmp-spread only-wide no-print",
    }
}

/// All values of a row on the scale of its file: ○ baseline, ● this change.
fn spread(
    report: &Report,
    state: &State,
    group: &Group,
    column: usize,
) -> Option<impl IntoNode + use<>> {
    let (low, high) = group.range.filter(|(low, high)| high > low)?;
    let place = |value: f64| 6.0 + (value - low) / (high - low) * 108.0;
    let of = |revision: usize| {
        let value = known(report, column, revision).as_number()?;
        value.is_finite().then(|| place(value))
    };
    let others = state.runs.iter().filter(|it| Some(**it) != report.current);
    let others: Vec<_> = others
        .filter_map(|run| of(*run))
        .map(|at| {
            el("circle")
                .class("cmp-dot")
                .attr("cx", at)
                .attr("cy", "8")
                .attr("r", "3")
        })
        .collect();
    let is_run = |it: &usize| state.runs.contains(it);
    let current = report.current.filter(is_run).and_then(of);
    let current = current.map(|at| {
        el("circle")
            .class("dot-now")
            .attr("cx", at)
            .attr("cy", "8")
            .attr("r", "4.5")
    });
    let base = state.base.and_then(of);
    let base = base.map(|at| {
        el("circle")
            .class("dot-base")
            .attr("cx", at)
            .attr("cy", "8")
            .attr("r", "4.5")
    });
    Some(
        el("svg")
            .attr("width", "120")
            .attr("height", "16")
            .attr("viewBox", "0 0 120 16")
            .attr("aria-hidden", "true")
            .child(
                el("line")
                    .class("cmp-track")
                    .attr("x1", "0")
                    .attr("x2", "120")
                    .attr("y1", "8")
                    .attr("y2", "8"),
            )
            .child(others)
            .child(current)
            .child(base),
    )
}
