//! What there is to draw, before anything is drawn.

use std::collections::BTreeSet;

use crate::{
    analysis::plot,
    model::{Column, ColumnKind, CurveKind, Lang, Report},
    route::Address,
    view::{
        experiments::NOBODY,
        gone::{self, Gone, SWITCH, What, lose, lose_one_of, lose_row},
        run_sign::run_style,
    },
    words::{Say as _, metric::Heads, plots::PlotText},
};

/// The most runs in one plot.
pub(super) const MAX_RUNS: usize = 10;
/// The most runs that the toolbar lists.
pub(super) const MAX_LISTED_RUNS: usize = 40;

/// What the address chooses, as far as the report has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Chosen {
    /// Indices of the revisions to draw.
    pub runs: Vec<usize>,
    /// The place of each in the address, which is its colour; none where the page chose them.
    places: Vec<usize>,
    /// What each of them is called.
    pub labels: Vec<String>,
    /// How many more there are, or were named.
    pub n_left_out: Option<usize>,
    /// Whether values are drawn on a logarithmic axis.
    pub is_log: bool,
    /// The only metric to draw.
    pub metric: Option<String>,
    /// The numeric parameters that were varied.
    pub parameters: Vec<usize>,
    /// The one of them that metrics stand against.
    pub parameter: Option<usize>,
    /// What the address names but the report doesn't have.
    pub gone: Vec<Gone>,
    baseline: Option<usize>,
    current: Option<usize>,
}

impl Chosen {
    /// The runs, each at the place that is its colour.
    pub fn placed(&self) -> Vec<usize> {
        let mut placed = Vec::new();
        for (slot, run) in self.runs.iter().enumerate() {
            let place = self.places.get(slot).copied().unwrap_or(slot);
            placed.resize(placed.len().max(place + 1), NOBODY);
            if let Some(free) = placed.get_mut(place) {
                *free = *run;
            }
        }
        placed
    }
}

/// Figures under one heading.
pub(super) struct Section {
    /// The heading.
    pub title: String,
    /// What is under it.
    pub figures: Vec<Figure>,
}

/// One plot.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    /// Its title: a metric or the kind of curve.
    pub title: String,
    /// Title of the x axis.
    pub x_title: String,
    /// Title of the y axis, where the title doesn't say it.
    pub y_title: Option<String>,
    /// Whether x is drawn on a logarithmic axis.
    pub is_log_x: bool,
    /// Whether x and y run from 0 to 1.
    pub is_unit: bool,
    /// The lines.
    pub lines: Vec<Line>,
}

impl Figure {
    /// Whether runs are dots, not lines.
    pub(super) fn is_dots(&self) -> bool {
        self.lines.iter().any(|line| line.is_dots)
    }
}

/// One run in a plot.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// The run.
    pub label: String,
    /// Its colour, and what else tells it apart, as a style.
    pub style: String,
    /// The place of its signs among those of runs; none where it has the ink of this change or of
    /// the baseline.
    pub place: Option<usize>,
    /// Whether it is the baseline: dashed, hollow.
    pub is_baseline: bool,
    /// Whether its points are drawn, not joined.
    pub is_dots: bool,
    /// Places.
    pub x: Vec<f64>,
    /// Values.
    pub y: Vec<f64>,
}

impl Line {
    /// Whether it is the change that the report is about, in the ink of no other run.
    pub(super) fn is_this_change(&self) -> bool {
        self.place.is_none() && !self.is_baseline
    }
}

/// Reads the address.
pub(super) fn chosen(report: &Report, address: &Address) -> Chosen {
    let mut chosen = Chosen {
        baseline: report.baseline,
        current: report.current,
        ..Chosen::default()
    };
    let named = address.places("runs");
    let found = report.find_revisions(&named.iter().map(String::as_str).collect::<Vec<_>>());
    let named = named.iter().zip(found).enumerate();
    for (place, (name, found)) in named.filter(|(_, (name, _))| !name.is_empty()) {
        match found {
            Some(run) if !chosen.runs.contains(&run) => {
                chosen.runs.push(run);
                chosen.places.push(place);
            }
            Some(_) => {}
            None => lose_row(&mut chosen.gone, report, "runs", name),
        }
    }
    let mut n = chosen.runs.len();
    if n == 0 {
        n = report.revisions.len();
        let first = [report.baseline, report.current].into_iter().flatten();
        for run in first.chain(0..n) {
            if chosen.runs.len() < MAX_RUNS && !chosen.runs.contains(&run) {
                chosen.runs.push(run);
            }
        }
    }
    chosen.n_left_out = (n > MAX_RUNS).then(|| n - MAX_RUNS);
    chosen.runs.truncate(MAX_RUNS);
    let log = gone::chosen(&mut chosen.gone, address, "log", &SWITCH, "0");
    chosen.is_log = log == Some("1");
    let keys = report.revision_keys();
    chosen.labels = chosen
        .runs
        .iter()
        .filter_map(|run| keys.get(*run).cloned())
        .collect();
    let varied = varied_parameters(report);
    chosen.parameters = varied.iter().map(|it| it.1).collect();
    chosen.parameter = most_varied(&varied);
    if let Some(name) = address.get("x") {
        let found = report.find_column(&name);
        match found.filter(|it| chosen.parameters.contains(it)) {
            None => {
                let what = (What::Axis, "x", name.as_str());
                lose_one_of(&mut chosen.gone, report, what, &chosen.parameters);
            }
            found => chosen.parameter = found,
        }
    }
    if let Some(name) = address.get("metric") {
        let known = metrics(report, &chosen);
        match known.contains(&name) {
            true => chosen.metric = Some(name),
            false => lose(
                &mut chosen.gone,
                What::Metric,
                "metric",
                &name,
                &[&|| known.clone()],
            ),
        }
    }
    chosen
}

/// The signs of a run, as a place among them: none for the baseline; for those that the reader chose
/// the ones that they have in the table of experiments; none for this change, and fixed ones for
/// each other.
fn sign(chosen: &Chosen, slot: usize) -> Option<usize> {
    let run = chosen.runs.get(slot).copied();
    if let Some(place) = chosen.places.get(slot)
        && run != chosen.baseline
    {
        return Some(*place);
    }
    let is_other = |run: usize| ![chosen.current, chosen.baseline].contains(&Some(run));
    let before = chosen.runs.iter().take(slot);
    run.filter(|it| is_other(*it))?;
    Some(before.filter(|it| is_other(**it)).count())
}

/// The signs of a run as a style: grey for the baseline, ink for this change.
pub(super) fn style(chosen: &Chosen, slot: usize) -> String {
    match sign(chosen, slot) {
        Some(place) => run_style(place),
        None if chosen.runs.get(slot).copied() == chosen.current => "--run: var(--ink)".to_owned(),
        None => "--run: var(--line-strong)".to_owned(),
    }
}

/// Whether there is nothing to draw at all.
pub(super) fn is_empty(report: &Report, chosen: &Chosen) -> bool {
    report.series.is_empty()
        && report.curves.is_empty()
        && pictures(report).is_empty()
        && chosen.parameter.is_none()
}

/// The names of what can be drawn by step or by parameter, sorted.
pub(super) fn metrics(report: &Report, chosen: &Chosen) -> Vec<String> {
    let mut names: BTreeSet<String> = report.series.iter().map(|it| it.name.clone()).collect();
    if chosen.parameter.is_some() {
        let all = report.column_names();
        let of = report.columns_of(ColumnKind::Metric);
        names.extend(of.filter_map(|(idx, _)| all.get(idx).cloned()));
    }
    names.into_iter().collect()
}

/// The paths of the pictures among the artifacts.
pub(super) fn pictures(report: &Report) -> Vec<String> {
    let is_picture = |media_type: &str| media_type.starts_with("image/");
    let found = report
        .artifacts
        .iter()
        .filter(|it| is_picture(&it.media_type));
    found.map(|record| record.path.clone()).collect()
}

/// Everything to draw, by heading.
pub(super) fn sections(report: &Report, chosen: &Chosen, lang: Lang) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut add = |title: PlotText<'_>, figures: Vec<Figure>| {
        if !figures.is_empty() {
            let title = title.say(lang);
            sections.push(Section { title, figures });
        }
    };
    add(PlotText::ByStep, by_step(report, chosen, lang));
    add(PlotText::Curves, curves(report, chosen, lang));
    if let Some((idx, parameter)) = chosen
        .parameter
        .and_then(|it| Some((it, report.columns.get(it)?)))
    {
        let heads = Heads::new(report, lang);
        let name = heads.name(idx).unwrap_or_else(|| parameter.id.key());
        let figures = by_parameter(report, chosen, parameter, &name, &heads);
        add(PlotText::ByParameter { parameter: &name }, figures);
    }
    sections
}

/// What people call a metric: the team's name of it, else what files call it.
pub(super) fn title(report: &Report, heads: &Heads<'_>, name: &str) -> String {
    let named = report.find_column(name).and_then(|it| heads.name(it));
    named.unwrap_or_else(|| name.to_owned())
}

fn line(chosen: &Chosen, run: usize) -> Option<Line> {
    let slot = chosen.runs.iter().position(|it| *it == run)?;
    Some(Line {
        label: chosen.labels.get(slot)?.clone(),
        style: style(chosen, slot),
        place: sign(chosen, slot),
        is_baseline: chosen.baseline == Some(run) && chosen.current != Some(run),
        is_dots: false,
        x: Vec::new(),
        y: Vec::new(),
    })
}

fn by_step(report: &Report, chosen: &Chosen, lang: Lang) -> Vec<Figure> {
    let heads = Heads::new(report, lang);
    let names: BTreeSet<&String> = report.series.iter().map(|it| &it.name).collect();
    let is_wanted = |name: &str| chosen.metric.as_deref().is_none_or(|metric| metric == name);
    let mut figures = Vec::new();
    for name in names.into_iter().filter(|name| is_wanted(name)) {
        let of = report.series.iter().filter(|it| it.name == *name);
        let lines = of.filter_map(|series| {
            let line = line(chosen, series.revision)?;
            Some(Line {
                x: series.steps.clone(),
                y: series.values.clone(),
                ..line
            })
        });
        figures.push(Figure {
            title: title(report, &heads, name),
            x_title: PlotText::Step.say(lang),
            y_title: None,
            is_log_x: false,
            is_unit: false,
            lines: lines.collect(),
        });
    }
    figures.retain(|figure| !figure.lines.is_empty());
    figures
}

fn curves(report: &Report, chosen: &Chosen, lang: Lang) -> Vec<Figure> {
    if chosen.metric.is_some() {
        return Vec::new();
    }
    let kinds: BTreeSet<CurveKind> = report.curves.iter().map(|curve| curve.kind).collect();
    let figure = |kind: CurveKind| {
        let of = report.curves.iter().filter(move |curve| curve.kind == kind);
        let lines = of.filter_map(|curve| {
            let line = line(chosen, curve.revision)?;
            Some(Line {
                x: curve.x.clone(),
                y: curve.y.clone(),
                ..line
            })
        });
        Figure {
            title: PlotText::Curve(kind).say(lang),
            x_title: PlotText::CurveX(kind).say(lang),
            y_title: Some(PlotText::CurveY(kind).say(lang)),
            is_log_x: false,
            is_unit: true,
            lines: lines.collect(),
        }
    };
    let figures = kinds.into_iter().map(figure);
    figures.filter(|figure| !figure.lines.is_empty()).collect()
}

/// The numeric parameters with several values among the runs: how many, and which column.
fn varied_parameters(report: &Report) -> Vec<(usize, usize)> {
    let n_values = |column: &Column| {
        let values = (0..report.revisions.len()).filter_map(|row| column.cells.number(row));
        let distinct: BTreeSet<u64> = values.map(f64::to_bits).collect();
        distinct.len()
    };
    let params = report.columns_of(ColumnKind::Param);
    let params = params.map(|(idx, column)| (n_values(column), idx));
    params.filter(|it| it.0 > 1).collect()
}

/// The one with the most values; at least three, else there is little to see.
fn most_varied(parameters: &[(usize, usize)]) -> Option<usize> {
    // The first of several: `max_by_key` would take the last.
    let most = parameters.iter().rev().max_by_key(|it| it.0)?;
    (most.0 >= 3).then_some(most.1)
}

/// Each metric against the varied parameter, one dot a run.
fn by_parameter(
    report: &Report,
    chosen: &Chosen,
    parameter: &Column,
    x_title: &str,
    heads: &Heads<'_>,
) -> Vec<Figure> {
    let names = report.column_names();
    let x_of = |row: usize| parameter.cells.number(row);
    let is_log_x = plot::range((0..report.revisions.len()).filter_map(x_of))
        .is_some_and(|(low, high)| low > 0.0 && high / low >= 10.0);
    let dots = |column: &Column| -> Vec<Line> {
        let of = |run: &usize| {
            let is_ranked = report.revisions.get(*run).is_some_and(|it| it.is_ranked());
            let (x, y) = (x_of(*run)?, column.cells.number(*run)?);
            let line = line(chosen, *run)?;
            is_ranked.then(|| Line {
                is_dots: true,
                x: vec![x],
                y: vec![y],
                ..line
            })
        };
        chosen.runs.iter().filter_map(of).collect()
    };
    let is_wanted = |name: &str| chosen.metric.as_deref().is_none_or(|metric| metric == name);
    let mut figures = Vec::new();
    for (idx, column) in report.columns_of(ColumnKind::Metric) {
        let Some(name) = names.get(idx).filter(|name| is_wanted(name)) else {
            continue;
        };
        // Without a choice, the headline metrics: not every class of every report.
        if chosen.metric.is_none() && column.id.path.len() > 1 {
            continue;
        }
        let lines = dots(column);
        if lines.len() > 1 {
            figures.push(Figure {
                title: heads.name(idx).unwrap_or_else(|| name.clone()),
                x_title: x_title.to_owned(),
                y_title: None,
                is_log_x,
                is_unit: false,
                lines,
            });
        }
    }
    figures
}
