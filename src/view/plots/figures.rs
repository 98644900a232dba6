//! What there is to draw, before anything is drawn.

use std::collections::BTreeSet;

use super::chosen::{Chosen, sign, style};
use crate::{
    analysis::{plot, primary},
    model::{Column, CurveKind, Lang, Report, State},
    words::{
        Say as _,
        metric::Heads,
        plots::{PlotText, Why},
    },
};

/// The most metrics that are drawn unasked.
const MAX_METRICS: usize = 12;

/// Figures under one heading.
pub(super) struct Section {
    /// The heading.
    pub title: String,
    /// What is under it.
    pub figures: Vec<Figure>,
    /// What is not, in words.
    pub notes: Vec<String>,
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
    /// The kind of curve, whose x and y run from 0 to 1; none where it is a metric.
    pub curve: Option<CurveKind>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Which runs are not drawn, in words, and why.
    pub note: Option<String>,
}

impl Figure {
    /// Whether there is a number to draw.
    pub(super) fn has_numbers(&self) -> bool {
        self.lines.iter().any(Line::is_drawn)
    }

    /// Whether runs are dots, not lines.
    pub(super) fn is_dots(&self) -> bool {
        self.lines.iter().any(|line| line.is_dots)
    }
}

/// One run in a plot.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Index of the revision.
    pub run: usize,
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
    /// Whether it has a point with a place.
    fn is_drawn(&self) -> bool {
        let mut points = self.x.iter().zip(&self.y);
        points.any(|(x, y)| x.is_finite() && y.is_finite())
    }

    /// Whether it is the change that the report is about, in the ink of no other run.
    pub(super) fn is_this_change(&self) -> bool {
        self.place.is_none() && !self.is_baseline
    }
}

/// Whether there is nothing to draw at all, whatever is chosen.
pub(super) fn is_empty(report: &Report, chosen: &Chosen) -> bool {
    report.series.is_empty()
        && report.curves.is_empty()
        && pictures(report).is_empty()
        && chosen.parameter.is_none()
}

/// The names of what can be drawn by step or by parameter, sorted.
pub(super) fn metrics(report: &Report, chosen: &Chosen) -> Vec<String> {
    let mut names: BTreeSet<String> = report.series.iter().map(|it| it.name.clone()).collect();
    if let Some(parameter) = chosen.parameter.and_then(|it| report.columns.get(it)) {
        let all = report.column_names();
        // What is text, or stands in one run only, makes no plot.
        let has_dots = |metric: &Column| {
            let runs = report.revisions.iter().enumerate();
            let has = |of: &Column, row: usize| of.cells.number(row).is_some();
            let has_dot = |row: usize| has(parameter, row) && has(metric, row);
            let mut dots = runs.filter(|it| it.1.is_ranked() && has_dot(it.0));
            dots.nth(1).is_some()
        };
        let of = primary::ranked_metrics(report).into_iter();
        let of = of.filter(|idx| report.columns.get(*idx).is_some_and(has_dots));
        names.extend(of.filter_map(|idx| all.get(idx).cloned()));
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
    let mut add = |title: PlotText<'_>, mut figures: Vec<Figure>, axis: Axis<'_>| {
        if figures.is_empty() {
            return;
        }
        let (shown, total) = (figures.len(), axis.n_drawable);
        let limited = PlotText::MetricsLimited { shown, total };
        let limited = (shown < total).then(|| limited.say(lang));
        let missing = tell_missing(report, chosen, &mut figures, axis.parameter, lang);
        sections.push(Section {
            title: title.say(lang),
            figures,
            notes: limited.into_iter().chain(missing).collect(),
        });
    };
    let steps = by_step(report, chosen, lang);
    add(PlotText::ByStep, steps, Axis::default());
    let curves = curves(report, chosen, lang);
    add(PlotText::Curves, curves, Axis::default());
    if let Some((idx, parameter)) = chosen
        .parameter
        .and_then(|it| Some((it, report.columns.get(it)?)))
    {
        let heads = Heads::new(report, lang);
        let name = heads.name(idx).unwrap_or_else(|| parameter.id.key());
        let (figures, n_drawable) = by_parameter(report, chosen, parameter, &name, &heads);
        let axis = Axis {
            parameter: Some((parameter, &name)),
            n_drawable,
        };
        add(PlotText::ByParameter { parameter: &name }, figures, axis);
    }
    sections
}

/// What metrics stand against.
#[derive(Clone, Copy, Default)]
struct Axis<'a> {
    /// The parameter and its name; none where it is a step or a part of a curve.
    parameter: Option<(&'a Column, &'a str)>,
    /// How many metrics could be drawn.
    n_drawable: usize,
}

/// The runs that no figure draws, in words; each figure gets those that it alone lacks.
fn tell_missing(
    report: &Report,
    chosen: &Chosen,
    figures: &mut [Figure],
    parameter: Option<(&Column, &str)>,
    lang: Lang,
) -> Option<String> {
    let is_drawn = |figure: &Figure, run: usize| {
        let mut lines = figure.lines.iter();
        lines.any(|line| line.run == run && line.is_drawn())
    };
    let (nowhere, somewhere): (Vec<usize>, Vec<usize>) =
        (chosen.runs.iter()).partition(|run| !figures.iter().any(|figure| is_drawn(figure, **run)));
    let told = |figure: Option<&Figure>, runs: &[usize]| {
        let mut missing: Vec<(Why<'_>, Vec<String>)> = Vec::new();
        for run in runs {
            let state = report.revisions.get(*run).map(|it| &it.state);
            let lacks = |it: &(&Column, &str)| it.0.cells.number(*run).is_none();
            let has_row = |it: &Figure| it.lines.iter().any(|line| line.run == *run);
            let why = match (state, parameter.filter(lacks)) {
                (Some(State::Failed(_)), _) => Why::Failed,
                (Some(State::Queued), _) => Why::Queued,
                (Some(State::Running), _) => Why::Running,
                (_, Some((_, name))) => Why::NoParameter(name),
                _ if figure.is_some_and(has_row) => Why::NotFinite,
                _ => Why::NoValue,
            };
            let slot = chosen.runs.iter().position(|it| it == run);
            let label = slot.and_then(|it| chosen.labels.get(it)).cloned();
            let label = label.unwrap_or_default();
            match missing.iter_mut().find(|it| it.0 == why) {
                Some((_, labels)) => labels.push(label),
                None => missing.push((why, vec![label])),
            }
        }
        (!missing.is_empty()).then(|| PlotText::NotDrawn(&missing).say(lang))
    };
    for figure in figures.iter_mut() {
        let gaps = figure.lines.iter().filter(|it| it.is_drawn());
        let gaps = gaps.filter_map(|line| {
            let n = line.y.iter().filter(|it| !it.is_finite()).count();
            (n > 0).then(|| (line.label.clone(), n))
        });
        let gaps: Vec<(String, usize)> = gaps.collect();
        let here = somewhere.iter().copied();
        let here: Vec<usize> = here.filter(|run| !is_drawn(figure, *run)).collect();
        let gaps = (!gaps.is_empty()).then(|| PlotText::Gaps(&gaps).say(lang));
        let notes: Vec<String> = (told(Some(figure), &here).into_iter())
            .chain(gaps)
            .collect();
        figure.note = (!notes.is_empty()).then(|| notes.join(" "));
    }
    told(None, &nowhere)
}

/// What people call a metric: the team's name of it, else what files call it.
pub(super) fn title(report: &Report, heads: &Heads<'_>, name: &str) -> String {
    let named = report.find_column(name).and_then(|it| heads.name(it));
    named.unwrap_or_else(|| name.to_owned())
}

fn line(chosen: &Chosen, run: usize) -> Option<Line> {
    let slot = chosen.runs.iter().position(|it| *it == run)?;
    Some(Line {
        run,
        label: chosen.labels.get(slot)?.clone(),
        style: style(chosen, slot),
        place: sign(chosen, slot),
        is_baseline: chosen.baseline == Some(run) && chosen.current != Some(run),
        is_dots: false,
        x: Vec::new(),
        y: Vec::new(),
    })
}

/// Each line once: what two files state of a run with the same points is one. Where the points
/// differ, each line says its file.
fn each_once(stated: Vec<(&str, Line)>) -> Vec<Line> {
    let mut kept: Vec<(&str, Line)> = Vec::new();
    for (file, line) in stated {
        let is_it = |it: &(&str, Line)| {
            it.1.run == line.run && are_same(&it.1.x, &line.x) && are_same(&it.1.y, &line.y)
        };
        if !kept.iter().any(is_it) {
            kept.push((file, line));
        }
    }
    let runs: Vec<usize> = kept.iter().map(|it| it.1.run).collect();
    let named = |(file, mut line): (&str, Line)| {
        if runs.iter().filter(|it| **it == line.run).count() > 1 {
            line.label = format!("{} ({file})", line.label);
        }
        line
    };
    kept.into_iter().map(named).collect()
}

/// Whether numbers are the same, those that are none as well.
fn are_same(a: &[f64], b: &[f64]) -> bool {
    let mut pairs = a.iter().zip(b);
    a.len() == b.len() && pairs.all(|(a, b)| a == b || (a.is_nan() && b.is_nan()))
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
            let line = Line {
                x: series.steps.clone(),
                y: series.values.clone(),
                ..line
            };
            Some((series.artifact.as_str(), line))
        });
        figures.push(Figure {
            title: title(report, &heads, name),
            x_title: PlotText::Step.say(lang),
            y_title: None,
            is_log_x: false,
            curve: None,
            lines: each_once(lines.collect()),
            note: None,
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
            let line = Line {
                x: curve.x.clone(),
                y: curve.y.clone(),
                ..line
            };
            Some((curve.artifact.as_str(), line))
        });
        Figure {
            title: PlotText::Curve(kind).say(lang),
            x_title: PlotText::CurveX(kind).say(lang),
            y_title: Some(PlotText::CurveY(kind).say(lang)),
            is_log_x: false,
            curve: Some(kind),
            lines: each_once(lines.collect()),
            note: None,
        }
    };
    let figures = kinds.into_iter().map(figure);
    figures.filter(|figure| !figure.lines.is_empty()).collect()
}

/// Each metric against the varied parameter, one dot a run; and how many metrics could be drawn so.
fn by_parameter(
    report: &Report,
    chosen: &Chosen,
    parameter: &Column,
    x_title: &str,
    heads: &Heads<'_>,
) -> (Vec<Figure>, usize) {
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
    let name_of = |idx: usize| names.get(idx).map_or("", String::as_str);
    let is_wanted = |name: &str| chosen.metric.as_deref().is_none_or(|metric| metric == name);
    let mut drawable = Vec::new();
    for idx in primary::ranked_metrics(report) {
        let lines = report.columns.get(idx).filter(|_| is_wanted(name_of(idx)));
        let lines = lines.map(&dots).unwrap_or_default();
        if lines.len() > 1 {
            drawable.push((idx, lines));
        }
    }
    let total = drawable.len();
    // Without a choice, the metrics that matter most: not every class of every report.
    if drawable
        .iter()
        .any(|it| !primary::is_of_class(report, it.0))
        && chosen.metric.is_none()
    {
        drawable.retain(|it| !primary::is_of_class(report, it.0));
    }
    drawable.truncate(MAX_METRICS);
    let figure = |(idx, lines): (usize, Vec<Line>)| Figure {
        title: heads.name(idx).unwrap_or_else(|| name_of(idx).to_owned()),
        x_title: x_title.to_owned(),
        y_title: None,
        is_log_x,
        curve: None,
        lines,
        note: None,
    };
    (drawable.into_iter().map(figure).collect(), total)
}
