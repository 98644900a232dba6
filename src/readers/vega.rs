//! The part of a Vega-Lite specification that DVC's plot templates fill in: what stands on which
//! axis. Nothing else of a specification is looked at, least of all addresses and expressions.

use super::curves::CurveShape;
use super::pairs::{ACTUAL, PREDICTED, rank};
use crate::json::Node;

/// What a plot shows, with the keys of its records.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plot {
    /// One record a sample.
    Confusion { actual: String, predicted: String },
    /// A curve of a classifier.
    Curve(CurveShape),
    /// A value by step.
    Linear { x: String, y: String },
}

/// What a specification shows; `None` for scatter plots, bars and whatever isn't DVC's.
///
/// `anchors` are the values of DVC's `<DVC_METRIC_…>` placeholders that `--split` leaves in.
pub(super) fn plot(spec: Node<'_>, anchors: Option<Node<'_>>) -> Option<Plot> {
    let x = axis(spec, "x")?;
    let y = axis(spec, "y")?;
    let field = |axis: Node<'_>| -> Option<String> {
        let field = axis.get("field")?.as_text()?;
        let filled = anchors.and_then(|it| it.get(field)).and_then(Node::as_text);
        Some(filled.unwrap_or(field).to_owned())
    };
    let is_of_kind = |kind: &str| {
        [x, y]
            .iter()
            .all(|axis| axis.get("type").and_then(Node::as_text) == Some(kind))
    };
    let (x, y) = (field(x)?, field(y)?);
    if is_of_kind("nominal") {
        return is_counted(spec).then(|| confusion(x, y));
    }
    if !is_of_kind("quantitative") || !has_line(spec) {
        return None;
    }
    match CurveShape::by_axes(&x, &y) {
        Some(shape) => Some(Plot::Curve(shape)),
        None => Some(Plot::Linear { x, y }),
    }
}

/// DVC puts the first field, the actual class, along x: the transpose of scikit-learn's picture.
/// Fields that are called the other way round were set the other way round.
fn confusion(x: String, y: String) -> Plot {
    let is_turned = rank(&x, &PREDICTED).is_some() && rank(&y, &ACTUAL).is_some();
    let (actual, predicted) = if is_turned { (y, x) } else { (x, y) };
    Plot::Confusion { actual, predicted }
}

/// The first encoding of a channel that names a field, from the outside in.
fn axis<'d>(spec: Node<'d>, channel: &str) -> Option<Node<'d>> {
    let here = spec.get("encoding").and_then(|it| it.get(channel));
    if let Some(here) = here.filter(|it| it.get("field").is_some()) {
        return Some(here);
    }
    let inner = spec.get("spec").and_then(|it| axis(it, channel));
    inner.or_else(|| spec.get("layer")?.items().find_map(|it| axis(it, channel)))
}

/// Whether records are counted by both axes, as only the confusion templates do.
fn is_counted(spec: Node<'_>) -> bool {
    let counts = |transform: Node<'_>| {
        let ops = transform
            .get("aggregate")
            .map(Node::items)
            .into_iter()
            .flatten();
        let is_count = |op: Node<'_>| op.get("op").and_then(Node::as_text) == Some("count");
        let by = transform.get("groupby").map_or(0, Node::len);
        by == 2 && ops.into_iter().any(is_count)
    };
    let here = spec.get("transform").map(Node::items).into_iter().flatten();
    here.into_iter().any(counts)
        || spec.get("spec").is_some_and(is_counted)
        || spec
            .get("layer")
            .is_some_and(|it| it.items().any(is_counted))
}

fn has_line(spec: Node<'_>) -> bool {
    let is_line = spec.get("mark").is_some_and(|mark| {
        let kind = mark.as_text().or_else(|| mark.get("type")?.as_text());
        kind == Some("line")
    });
    is_line
        || spec.get("spec").is_some_and(has_line)
        || spec.get("layer").is_some_and(|it| it.items().any(has_line))
}
