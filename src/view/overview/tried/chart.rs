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
    let (spots, level) = spots(tried, level, width);
    let level = level.map(|y| {
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
    let n_trials = spots.len();
    let dots: Vec<_> = spots
        .iter()
        .zip(&tried.trials)
        .enumerate()
        .map(|(idx, (spot, trial))| {
            let before = idx.checked_sub(1).and_then(|it| spots.get(it));
            dot(*spot, trial, before, n_trials, lang)
        })
        .collect();
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

fn dot(spot: Spot, trial: &Trial, before: Option<&Spot>, n_trials: usize, lang: Lang) -> Node {
    let is_main = matches!(spot.role, Role::Baseline | Role::Current);
    let (class, r) = match spot.role {
        Role::Baseline => ("dot-base", "5"),
        Role::Current => ("dot-now", "5"),
        Role::Experiment => ("tried-dot filled", "4"),
        Role::Other => ("tried-dot", "3"),
    };
    let is_crowded = before.is_some_and(|it| spot.x - it.x < 26.0);
    let has_label = is_main || (n_trials <= 12 && !is_crowded);
    let text_class = if is_main { "on" } else { "" };
    let labels = has_label.then(|| {
        let below = spot.role == Role::Current;
        let y = if below { spot.y + 19.0 } else { spot.y - 10.0 };
        let result = match trial.score.right {
            Some((right, _)) => number::count(usize::try_from(right).unwrap_or(usize::MAX), lang),
            None => number::value(trial.score.value, 3, lang),
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
                    .child(value_text(trial, lang)),
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
