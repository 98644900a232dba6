//! The numbers of a plot as a table below it.

use super::{
    chart::{Frame, n_more_at},
    figures::{Figure, Line},
};
use crate::{
    analysis::{
        digits::{Digits, METRIC_DIGITS, digits},
        plot,
    },
    browser::markup::{CollectNodes as _, IntoNode as _, Node, el},
    model::Lang,
    view::experiments::number_text,
    words::{Say as _, number, plots::PlotText},
};

/// The same numbers as a table: of the pointed place, else last, lowest and highest.
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
        let cells = if is_dots {
            dot_cells(line, digits, lang)
        } else {
            line_cells(line, pointed, digits, lang)
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
    let heads: Vec<String> = if is_dots {
        vec![figure.x_title.clone(), figure.title.clone()]
    } else {
        [PlotText::Last, PlotText::Lowest, PlotText::Highest]
            .map(|it| it.say(lang))
            .to_vec()
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
        let text = value.map(|it| number_text(it, digits, lang));
        text.unwrap_or_default()
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

/// The value at the last point that is not beyond `x`; x ascends.
fn nearest_value(line: &Line, x: f64) -> Option<f64> {
    let after = line.x.partition_point(|it| *it <= x);
    line.y.get(after.saturating_sub(1)).copied()
}
