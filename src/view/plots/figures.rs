//! What there is to draw, before anything is drawn.

use std::collections::BTreeSet;

use crate::{
    analysis::plot,
    model::{Column, ColumnKind, CurveKind, Lang, Report},
    route::Address,
    view::experiments::{NOBODY, run_colour},
    words::{Say as _, plots::PlotText},
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
    /// How many more there are, when none were named.
    pub n_left_out: Option<usize>,
    /// The only metric to draw.
    pub metric: Option<String>,
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

/// Something that the address names but the report doesn't have.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Gone {
    /// A metric.
    Metric {
        /// Its name.
        name: String,
        /// The nearest that is there.
        nearest: Option<String>,
    },
    /// A run.
    Run(String),
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
    /// Its colour, as a CSS value.
    pub colour: String,
    /// Whether it is the baseline: dashed, hollow.
    pub is_baseline: bool,
    /// Whether its points are drawn, not joined.
    pub is_dots: bool,
    /// Places.
    pub x: Vec<f64>,
    /// Values.
    pub y: Vec<f64>,
}

/// Reads the address.
pub(super) fn chosen(report: &Report, address: &Address) -> Chosen {
    let mut chosen = Chosen {
        baseline: report.baseline,
        current: report.current,
        ..Chosen::default()
    };
    let named = address.places("runs");
    for (place, name) in named.iter().enumerate().filter(|it| !it.1.is_empty()) {
        match report.find_revision(name) {
            Some(run) if !chosen.runs.contains(&run) => {
                chosen.runs.push(run);
                chosen.places.push(place);
            }
            Some(_) => {}
            None => chosen.gone.push(Gone::Run(name.clone())),
        }
    }
    if chosen.runs.is_empty() {
        let first = [report.baseline, report.current].into_iter().flatten();
        let others = 0..report.revisions.len();
        for run in first.chain(others) {
            if !chosen.runs.contains(&run) {
                chosen.runs.push(run);
            }
        }
        let n = chosen.runs.len();
        chosen.n_left_out = (n > MAX_RUNS).then(|| n - MAX_RUNS);
    }
    chosen.runs.truncate(MAX_RUNS);
    let keys = report.revision_keys();
    chosen.labels = chosen
        .runs
        .iter()
        .filter_map(|run| keys.get(*run).cloned())
        .collect();
    if let Some(name) = address.get("metric") {
        let known = metrics(report);
        if known.contains(&name) {
            chosen.metric = Some(name);
        } else {
            let nearest = nearest(&known, &name);
            chosen.gone.push(Gone::Metric { name, nearest });
        }
    }
    chosen
}

/// The colour of a run: grey for the baseline; for those that the reader chose the one that they have
/// in the table of experiments; else ink for this change, and a fixed one for each other.
pub(super) fn colour(chosen: &Chosen, slot: usize) -> String {
    let run = chosen.runs.get(slot).copied();
    if let Some(place) = chosen.places.get(slot)
        && run != chosen.baseline
    {
        return run_colour(*place);
    }
    if run.is_some() && run == chosen.current {
        return "var(--ink)".to_owned();
    }
    if run.is_some() && run == chosen.baseline {
        return "var(--line-strong)".to_owned();
    }
    let is_other = |run: &&usize| Some(**run) != chosen.current && Some(**run) != chosen.baseline;
    let before = chosen.runs.iter().take(slot).filter(is_other).count();
    run_colour(before)
}

/// Whether there is nothing to draw at all.
pub(super) fn is_empty(report: &Report) -> bool {
    report.series.is_empty()
        && report.curves.is_empty()
        && pictures(report).is_empty()
        && varied_parameter(report).is_none()
}

/// The names of what can be drawn by step or by parameter, sorted.
pub(super) fn metrics(report: &Report) -> Vec<String> {
    let mut names: BTreeSet<String> = report.series.iter().map(|it| it.name.clone()).collect();
    if varied_parameter(report).is_some() {
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
    if let Some(parameter) = varied_parameter(report) {
        add(
            PlotText::ByParameter {
                parameter: &parameter.id.key(),
            },
            by_parameter(report, chosen, parameter),
        );
    }
    sections
}

fn line(chosen: &Chosen, run: usize) -> Option<Line> {
    let slot = chosen.runs.iter().position(|it| *it == run)?;
    Some(Line {
        label: chosen.labels.get(slot)?.clone(),
        colour: colour(chosen, slot),
        is_baseline: chosen.baseline == Some(run) && chosen.current != Some(run),
        is_dots: false,
        x: Vec::new(),
        y: Vec::new(),
    })
}

fn by_step(report: &Report, chosen: &Chosen, lang: Lang) -> Vec<Figure> {
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
            title: name.clone(),
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

/// The numeric parameter with the most different values among the runs; at least three.
fn varied_parameter(report: &Report) -> Option<&Column> {
    let n_values = |column: &Column| {
        let values = (0..report.revisions.len()).filter_map(|row| column.cells.number(row));
        let distinct: BTreeSet<u64> = values.map(f64::to_bits).collect();
        distinct.len()
    };
    let params = report
        .columns_of(ColumnKind::Param)
        .map(|(_, column)| (n_values(column), column));
    // The first of several: `max_by_key` would take the last.
    let most = params.fold(None, |best: Option<(usize, &Column)>, it| match best {
        Some(best) if best.0 >= it.0 => Some(best),
        _ => Some(it),
    })?;
    (most.0 >= 3).then_some(most.1)
}

/// Each metric against the varied parameter, one dot a run.
fn by_parameter(report: &Report, chosen: &Chosen, parameter: &Column) -> Vec<Figure> {
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
                title: name.clone(),
                x_title: parameter.id.key(),
                y_title: None,
                is_log_x,
                is_unit: false,
                lines,
            });
        }
    }
    figures
}

/// The name that shares the longest start or end with what was asked for.
fn nearest(known: &[String], name: &str) -> Option<String> {
    let shared = |it: &&String| {
        let start = it
            .chars()
            .zip(name.chars())
            .take_while(|(a, b)| a == b)
            .count();
        let end = it
            .chars()
            .rev()
            .zip(name.chars().rev())
            .take_while(|(a, b)| a == b)
            .count();
        start.max(end)
    };
    known
        .iter()
        .filter(|it| shared(it) > 0)
        .max_by_key(shared)
        .cloned()
}
