//! The numbers of a plot as a table below it.

use super::{
    chart::{Frame, n_more_at},
    figures::{Figure, Line},
    value_text,
};
use crate::{
    analysis::{
        digits::{Digits, METRIC_DIGITS, digits},
        plot,
    },
    browser::markup::{CollectNodes as _, IntoNode as _, Node, el},
    model::{CurveKind, Lang},
    view::experiments::number_text,
    words::{Say as _, number, plots::PlotText},
};

/// The same numbers as a table: of the pointed place, else last, lowest and highest; the last and
/// the lowest point of a curve mean nothing, but the area under one may.
pub(super) fn table(figure: &Figure, frame: &Frame, pointed: Option<f64>, lang: Lang) -> Node {
    let is_dots = figure.is_dots();
    let digits = table_digits(figure);
    let rows = figure.lines.iter().map(|line| {
        let style = line.style.clone();
        let class = if line.is_baseline {
            "plot-key hollow"
        } else {
            "plot-key"
        };
        let n_more = n_more_at(figure, frame, line);
        let cells = match (is_dots, figure.curve) {
            (true, _) => dot_cells(line, digits, lang),
            (false, Some(kind)) => curve_cells(line, kind, pointed, lang),
            (false, None) => line_cells(line, pointed, digits, lang),
        };
        let cells = cells
            .into_iter()
            .map(|cell| el("td").class("num").child(cell));
        el("tr")
            .child(
                el("th")
                    .attr("scope", "row")
                    .child(
                        el("i")
                            .class(class)
                            .attr("style", style)
                            .attr("aria-hidden", "true"),
                    )
                    .child(line.label.clone())
                    .child((n_more > 0).then(|| {
                        el("span")
                            .class("quiet")
                            .child(number::more_here(n_more, lang))
                    })),
            )
            .child(cells.collect_nodes())
    });
    let rows = rows.collect_nodes();
    let here = pointed.map(|x| {
        let (x_title, x) = (&figure.x_title, value_text(x, lang));
        PlotText::At { x_title, x: &x }.say(lang)
    });
    let heads: Vec<String> = match figure.curve {
        _ if is_dots => vec![figure.x_title.clone(), figure.title.clone()],
        Some(CurveKind::Roc) => vec![here.unwrap_or_else(|| PlotText::Area.say(lang))],
        Some(_) => here.into_iter().collect(),
        None => {
            let last = here.unwrap_or_else(|| PlotText::Last.say(lang));
            let [lowest, highest] = [PlotText::Lowest, PlotText::Highest].map(|it| it.say(lang));
            vec![last, lowest, highest]
        }
    };
    let heads = heads
        .into_iter()
        .map(|head| el("th").attr("scope", "col").class("num").child(head));
    el("table")
        .class("plot-table")
        .child(el("caption").class("vh").child(figure.title.clone()))
        .child(
            el("thead").child(
                el("tr")
                    .child(el("th").attr("scope", "col").child(PlotText::Run.say(lang)))
                    .child(heads.collect_nodes()),
            ),
        )
        .child(el("tbody").child(rows))
        .into_node()
}

/// How the values of a table are written: a column whose numbers have each their own number of
/// digits can't be read down.
pub(super) fn table_digits(figure: &Figure) -> Digits {
    let of_line = |line: &Line| {
        let range = plot::range(line.y.iter().copied());
        let range = range.map_or([None; 2], |it| [Some(it.0), Some(it.1)]);
        range
            .into_iter()
            .chain([line.y.last().copied()])
            .flatten()
            .collect::<Vec<f64>>()
    };
    digits(figure.lines.iter().flat_map(of_line), METRIC_DIGITS)
}

fn dot_cells(line: &Line, digits: Digits, lang: Lang) -> Vec<String> {
    let x = line.x.first().map(|it| number::value(*it, 12, lang));
    let y = line.y.first().map(|it| number_text(*it, digits, lang));
    vec![x.unwrap_or_default(), y.unwrap_or_default()]
}

fn line_cells(line: &Line, pointed: Option<f64>, digits: Digits, lang: Lang) -> Vec<String> {
    let text = |value: Option<f64>| {
        value.map_or_else(|| "–".to_owned(), |it| number_text(it, digits, lang))
    };
    let at = match pointed {
        Some(x) => nearest_value(line, x),
        None => line.y.last().copied(),
    };
    let range = plot::range(line.y.iter().copied());
    vec![
        text(at),
        text(range.map(|it| it.0)),
        text(range.map(|it| it.1)),
    ]
}

/// The value at the pointed place, else the area where it is one of the curve.
fn curve_cells(line: &Line, kind: CurveKind, pointed: Option<f64>, lang: Lang) -> Vec<String> {
    let text = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |it| value_text(it, lang));
    match (pointed, kind) {
        (Some(x), _) => vec![text(nearest_value(line, x))],
        (None, CurveKind::Roc) => {
            let area = plot::area(&line.x, &line.y);
            vec![area.map_or_else(|| "–".to_owned(), |it| number::decimal(it, 4, lang))]
        }
        (None, _) => Vec::new(),
    }
}

/// The value at the last point that is not beyond `x`, none before the first point and behind the
/// last one; recall and others descend.
pub(super) fn nearest_value(line: &Line, x: f64) -> Option<f64> {
    let (first, last) = (*line.x.first()?, *line.x.last()?);
    if !(first.min(last)..=first.max(last)).contains(&x) {
        return None;
    }
    let ascends = first <= last;
    let at = match ascends {
        true => line.x.partition_point(|it| *it <= x).saturating_sub(1),
        false => line.x.partition_point(|it| *it > x),
    };
    line.y.get(at).or(line.y.last()).copied()
}
