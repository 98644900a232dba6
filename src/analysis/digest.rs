//! The short digest by which a comment, a page and a packed file show that they say the same.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::verdict::verdict;
use crate::model::{Caution, Direction, Evidence, NotComparable, Report, Selection, Verdict, hex};

/// Computes the verdict of a report that came without one, with its digest; whether it came without.
pub fn judge(report: &mut Report) -> bool {
    let is_computed = report.verdict.is_none();
    if let (None, Some(current)) = (&report.verdict, report.current) {
        let mut computed = verdict(report, current, report.baseline, None);
        computed.digest = digest(report, &computed);
        report.verdict = Some(computed);
    }
    is_computed
}

/// First 8 hex digits of the SHA-256 over the canonical verdict and the artifacts' digests.
///
/// Numbers count with 6 significant digits, so that a last bit never tells two readings apart;
/// indices don't count, names do.
pub fn digest(report: &Report, verdict: &Verdict) -> String {
    let hash = Sha256::digest(canonical(report, verdict).as_bytes());
    hex(hash.get(..4).unwrap_or_default())
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
        evidence(&verdict.evidence, verdict.selection.as_ref()),
        format!("confidence {}", number(verdict.confidence)),
    ];
    lines.extend(verdict.others.iter().map(|it| {
        let column = report.columns.get(it.column);
        let name = column.map_or_else(String::new, |it| it.id.full());
        format!(
            "other {name} {}",
            evidence(&it.evidence, it.selection.as_ref())
        )
    }));
    lines.extend(verdict.not_comparable.iter().map(difference));
    lines.extend(verdict.cautions.iter().map(caution));
    lines.extend(verdict.guards.iter().map(|it| {
        let column = report.columns.get(it.column);
        let name = column.map_or_else(String::new, |it| it.id.full());
        let values = [it.tolerance, it.baseline, it.current]
            .map(number)
            .join(" ");
        format!("guard {name} {values} {}", it.hold.code())
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

fn evidence(evidence: &Evidence, selection: Option<&Selection>) -> String {
    let (name, facts) = match evidence {
        Evidence::None => ("none", Vec::new()),
        Evidence::McNemar { pairs, .. } => {
            let counts = [pairs.both_right, pairs.lost, pairs.won, pairs.both_wrong];
            ("mcnemar", counts.map(|it| it as f64).to_vec())
        }
        Evidence::Permutation {
            n,
            support,
            n_differing,
            draws,
            ..
        } => {
            let draws = draws.map_or(0, u64::from);
            let counts = [*n, *support, *n_differing, draws];
            ("permutation", counts.map(|it| it as f64).to_vec())
        }
        Evidence::Counts { counts, .. } => {
            let counts = [counts.before, counts.now, counts.total];
            ("counts", counts.map(|it| it as f64).to_vec())
        }
        Evidence::Bootstrap { n, support, .. } => {
            ("bootstrap", [*n, *support].map(|it| it as f64).to_vec())
        }
        Evidence::Welch {
            baseline, current, ..
        } => {
            let runs = [f64::from(baseline.n), f64::from(current.n)];
            (
                "welch",
                [runs[0], baseline.mean, runs[1], current.mean].to_vec(),
            )
        }
    };
    let mut text = format!("evidence {name}");
    let (p, interval) = (evidence.p(), evidence.interval());
    let limits = interval
        .map(|(low, high)| [low, high])
        .into_iter()
        .flatten();
    for value in facts.into_iter().chain(p).chain(limits) {
        text.push(' ');
        text.push_str(&number(value));
    }
    if let Some(Selection {
        n_tried,
        n_judged,
        p,
    }) = selection
    {
        let p = p.map_or_else(String::new, number);
        let _ = write!(text, " best of {n_tried} {n_judged} {p}");
    }
    text
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
        Caution::MeasureDiffers { stated, counted } => {
            format!("caution measure {} {}", number(*stated), number(*counted))
        }
        Caution::FewSamples { n, needed } => format!("caution few {n} {needed}"),
        Caution::OtherFile { baseline, current } => {
            format!("caution file \"{baseline}\" \"{current}\"")
        }
        Caution::UnknownDirection => "caution direction".to_owned(),
        Caution::NoSuchMetric { name } => format!("caution metric \"{name}\""),
    }
}
