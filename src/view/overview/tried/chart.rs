use crate::{
    analysis::tried::{self, Role, Trial, TrialValue, Tried},
    browser::markup::{IntoNode as _, Node, el, group},
    model::{Lang, Report, Verdict},
    summary,
    words::{Say as _, metric::metric_title, number, tried::Tried as Words},
};

/// The picture: one dot for each value that was tried, the baseline's level dotted.
pub(super) fn chart(
    report: &Report,
    judged: &Verdict,
    tried: &Tried,
    param: &str,
    lang: Lang,
) -> Node {
    let points: Vec<String> = tried
        .trials
        .iter()
        .map(|it| {
            format!(
                "{}: {}",
                value_text(it, lang),
                summary::score_text(it.score, lang)
            )
        })
        .collect();
    if points.is_empty() {
        return ().into_node();
    }
    let label = Words::Picture {
        metric: metric_title(report, judged.metric, lang),
        param: param.to_owned(),
        points,
    };
    let label = label.say(lang);
    let baseline = judged
        .baseline
        .and_then(|it| tried::score(report, judged, it));
    let legend = Words::Legend {
        baseline: summary::baseline_name(report, judged),
        result: baseline.map(|it| summary::score_text(it, lang)),
        has_point: tried.trials.iter().any(|it| it.role == Role::Baseline),
        has_others: tried.trials.iter().any(|it| it.role == Role::Other),
    };
    let level = baseline.map(|it| it.value);
    let legend = judged.baseline.is_some().then(|| legend.say(lang));
    let legend = legend.map(|it| el("figcaption").class("note").child(it));
    el("figure")
        .child(picture(
            tried,
            level,
            500.0,
            "tried-wide",
            label.clone(),
            lang,
        ))
        .child(picture(tried, level, 358.0, "only-narrow", label, lang))
        .child(legend)
        .into_node()
}

/// Where a trial stands in the picture.
#[derive(Clone, Copy)]
struct Spot {
    x: f64,
    y: f64,
    role: Role,
}

const HEIGHT: f64 = 132.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 90.0;

fn picture(
    tried: &Tried,
    level: Option<f64>,
    width: f64,
    class: &'static str,
    label: String,
    lang: Lang,
) -> Node {
    let (spots, height) = spots(tried, level, width);
    let level = height.map(|y| {
        let y = format!("{y:.1}");
        el("line")
            .class("tried-level")
            .attr("x1", "0")
            .attr("x2", format!("{width}"))
            .attr("y1", y.clone())
            .attr("y2", y)
    });
    let line: Vec<String> = spots
        .iter()
        .filter(|it| it.role != Role::Other)
        .map(|it| format!("{:.1},{:.1}", it.x, it.y))
        .collect();
    let line = (is_ordered(tried)).then(|| {
        el("polyline")
            .class("tried-link")
            .attr("points", line.join(" "))
    });
    // Counts beside shares would be two scales.
    let are_counts = tried.trials.iter().all(|it| it.score.right.is_some());
    let is_few = spots.len() <= MOST_LABELLED;
    let mut free_from = f64::NEG_INFINITY;
    let mut dots: Vec<Node> = Vec::with_capacity(spots.len());
    for (spot, trial) in spots.iter().zip(&tried.trials) {
        let labels = [
            result_text(trial, are_counts, lang),
            value_text(trial, lang),
        ];
        let n_letters = labels
            .iter()
            .map(|it| it.chars().count())
            .max()
            .unwrap_or(0);
        let half = n_letters as f64 * LETTER / 2.0;
        let has_room = is_few && spot.x - half >= free_from;
        let is_main = matches!(spot.role, Role::Baseline | Role::Current);
        let labels = (is_main || has_room).then_some(labels);
        if labels.is_some() {
            free_from = spot.x + half + LETTER;
        }
        // The baseline's ring stays visible around another dot at its place.
        let is_shared = |it: &&Spot| (it.x - spot.x).hypot(it.y - spot.y) < 4.0;
        let is_ring = spot.role == Role::Baseline && spots.iter().filter(is_shared).count() > 1;
        // Below, where the level would strike the label through.
        let is_struck = height.is_some_and(|it| (spot.y - 22.0..spot.y - 6.0).contains(&it));
        // Beside another label it would read as one with the value below the axis.
        let is_close = |it: &Spot| it.role != spot.role && (it.x - spot.x).abs() < 2.0 * half;
        let is_doubled = spot.role == Role::Current && spots.iter().any(is_close);
        let is_below = is_struck || is_doubled;
        dots.push(dot(*spot, (labels, is_below), is_ring));
    }
    el("svg")
        .class(class)
        .attr("viewBox", format!("0 0 {width} {HEIGHT}"))
        .attr("width", "100%")
        .attr("role", "img")
        .attr("aria-label", label)
        .child(level)
        .child(line)
        .child(dots)
        .into_node()
}

/// So many dots have labels at most, which are so wide for each letter, in units of the picture.
const MOST_LABELLED: usize = 12;
const LETTER: f64 = 7.0;

/// A result as the label of its dot.
fn result_text(trial: &Trial, is_count: bool, lang: Lang) -> String {
    match trial.score.right.filter(|_| is_count) {
        Some((right, _)) => number::count(usize::try_from(right).unwrap_or(usize::MAX), lang),
        None => number::value(trial.score.value, 3, lang),
    }
}

fn dot(spot: Spot, (labels, is_below): (Option<[String; 2]>, bool), is_ring: bool) -> Node {
    let is_main = matches!(spot.role, Role::Baseline | Role::Current);
    let (class, r) = match spot.role {
        Role::Baseline if is_ring => ("dot-base", "8"),
        Role::Baseline => ("dot-base", "5"),
        Role::Current => ("dot-now", "5"),
        Role::Experiment => ("tried-dot filled", "4"),
        Role::Other => ("tried-dot other", "3"),
    };
    let text_class = if is_main { "on" } else { "" };
    let labels = labels.map(|[result, value]| {
        let y = if is_below {
            spot.y + 19.0
        } else {
            spot.y - 10.0
        };
        let x = format!("{:.1}", spot.x);
        group()
            .child(
                el("text")
                    .class(text_class)
                    .attr("x", x.clone())
                    .attr("y", format!("{y:.1}"))
                    .attr("text-anchor", "middle")
                    .child(result),
            )
            .child(
                el("text")
                    .class(text_class)
                    .attr("x", x)
                    .attr("y", "124")
                    .attr("text-anchor", "middle")
                    .child(value),
            )
    });
    group()
        .child(
            el("circle")
                .class(class)
                .attr("cx", format!("{:.1}", spot.x))
                .attr("cy", format!("{:.1}", spot.y))
                .attr("r", r),
        )
        .child(labels)
        .into_node()
}

/// Where the trials stand, and the height of the baseline's level, which may have no trial.
fn spots(tried: &Tried, level: Option<f64>, width: f64) -> (Vec<Spot>, Option<f64>) {
    let positions: Vec<f64> = tried
        .trials
        .iter()
        .enumerate()
        .map(|(idx, trial)| match trial.value {
            TrialValue::Number(value) if tried.is_log => libm::log(value),
            TrialValue::Number(value) if is_ordered(tried) => value,
            TrialValue::Number(_) | TrialValue::Text(_) => idx as f64,
        })
        .collect();
    let x = scale(&positions, 34.0, width - 34.0);
    let values = tried.trials.iter().map(|it| it.score.value);
    let values: Vec<f64> = values.chain(level).collect();
    let y = scale(&values, BOTTOM, TOP);
    let level = level.and(y.last().copied());
    let spots = tried.trials.iter().zip(x.into_iter().zip(y));
    let spots = spots
        .map(|(trial, (x, y))| Spot {
            x,
            y,
            role: trial.role,
        })
        .collect();
    (spots, level)
}

/// Whether all values are finite numbers, so that a line between them means something.
fn is_ordered(tried: &Tried) -> bool {
    tried
        .trials
        .iter()
        .all(|it| matches!(it.value, TrialValue::Number(value) if value.is_finite()))
}

/// Spreads values over a range; the middle where they are all the same.
fn scale(values: &[f64], from: f64, to: f64) -> Vec<f64> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let share = |value: f64| match high > low {
        true => (value - low) / (high - low),
        false => 0.5,
    };
    values
        .iter()
        .map(|it| from + share(*it) * (to - from))
        .collect()
}

fn value_text(trial: &Trial, lang: Lang) -> String {
    match &trial.value {
        TrialValue::Number(value) => number::value(*value, 6, lang),
        TrialValue::Text(text) if text.chars().count() > 12 => {
            text.chars().take(11).chain(['…']).collect()
        }
        TrialValue::Text(text) => text.clone(),
    }
}
