//! The short digest by which a comment, a page and a packed file show that they say the same.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::model::{Caution, Direction, Evidence, NotComparable, Report, Verdict};

/// First 8 hex digits of the SHA-256 over the canonical verdict and the artifacts' digests.
///
/// Numbers count with 6 significant digits, so that a last bit never tells two readings apart;
/// indices don't count, names do.
pub fn digest(report: &Report, verdict: &Verdict) -> String {
    let hash = Sha256::digest(canonical(report, verdict).as_bytes());
    hash.iter().take(4).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The verdict as text, one fact a line, then the digests of all artifacts in ascending order.
fn canonical(report: &Report, verdict: &Verdict) -> String {
    let keys = report.revision_keys();
    let key = |revision: usize| keys.get(revision).map_or("?", String::as_str);
    let metric = verdict.metric.and_then(|it| report.columns.get(it));
    let mut lines = vec![
        format!("outcome {}", verdict.outcome.code()),
        format!("current {}", key(verdict.current)),
        format!("baseline {}", verdict.baseline.map_or("", key)),
        format!(
            "metric {}",
            metric.map_or_else(String::new, |it| it.id.full())
        ),
        format!("direction {}", direction(verdict.direction)),
        format!(
            "now {}",
            verdict.current_value.map_or_else(String::new, number)
        ),
        format!(
            "before {}",
            verdict.baseline_value.map_or_else(String::new, number)
        ),
        evidence(&verdict.evidence),
    ];
    lines.extend(verdict.not_comparable.iter().map(difference));
    lines.extend(verdict.cautions.iter().map(caution));
    lines.extend(verdict.guards.iter().map(|it| {
        let column = report.columns.get(it.column);
        let name = column.map_or_else(String::new, |it| it.id.full());
        let values = [it.tolerance, it.baseline, it.current]
            .map(number)
            .join(" ");
        let state = if it.is_broken { "broken" } else { "holds" };
        format!("guard {name} {values} {state}")
    }));
    let mut artifacts: Vec<&str> = report
        .artifacts
        .iter()
        .map(|it| it.sha256.as_str())
        .collect();
    artifacts.sort_unstable();
    lines.extend(artifacts.iter().map(|sha256| format!("artifact {sha256}")));
    lines.join("\n")
}

fn number(value: f64) -> String {
    format!("{value:.5e}")
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::HigherIsBetter => "higher",
        Direction::LowerIsBetter => "lower",
        Direction::Unknown => "unknown",
    }
}

fn evidence(evidence: &Evidence) -> String {
    match evidence {
        Evidence::None => "evidence none".to_owned(),
        Evidence::Counts(it) => format!("evidence counts {} {} {}", it.before, it.now, it.total),
        Evidence::McNemar { pairs, p, interval } => {
            let (low, high) = interval.map_or((String::new(), String::new()), |(low, high)| {
                (number(low), number(high))
            });
            format!(
                "evidence mcnemar {} {} {} {} {} {low} {high}",
                pairs.both_right,
                pairs.lost,
                pairs.won,
                pairs.both_wrong,
                number(*p)
            )
        }
    }
}

fn difference(difference: &NotComparable) -> String {
    match difference {
        NotComparable::Classes {
            only_baseline,
            only_current,
        } => {
            let (before, now) = (quoted(only_baseline), quoted(only_current));
            format!("differs classes [{before}] [{now}]")
        }
        NotComparable::SampleSize { baseline, current } => {
            format!("differs size {baseline} {current}")
        }
        NotComparable::Samples { n_differing } => format!("differs samples {n_differing}"),
        NotComparable::Split { baseline, current } => {
            let of = |split: &Option<String>| match split {
                Some(split) => format!("Some(\"{split}\")"),
                None => "None".to_owned(),
            };
            format!("differs split {} {}", of(baseline), of(current))
        }
        NotComparable::Data { path } => format!("differs data \"{path}\""),
    }
}

fn quoted(labels: &[String]) -> String {
    let labels: Vec<String> = labels.iter().map(|it| format!("\"{it}\"")).collect();
    labels.join(", ")
}

fn caution(caution: &Caution) -> String {
    match caution {
        Caution::Dependency { path } => format!("caution dependency \"{path}\""),
        Caution::NoBaseline => "caution no baseline".to_owned(),
        Caution::CurrentHasNoResults => "caution current without results".to_owned(),
        Caution::BaselineHasNoResults => "caution baseline without results".to_owned(),
        Caution::AccuracyDiffers { stated, counted } => {
            format!("caution accuracy {} {}", number(*stated), number(*counted))
        }
        Caution::SmallGain { smallest } => format!("caution gain {}", number(*smallest)),
        Caution::UnknownDirection => "caution direction".to_owned(),
        Caution::NoSuchMetric { name } => format!("caution metric \"{name}\""),
    }
}
