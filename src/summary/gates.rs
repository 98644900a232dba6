use super::{evidence, sentence::baseline_name};
use crate::{
    analysis::{
        gates::{self, Checked, Finding, Gate},
        primary, stated,
    },
    model::{ColumnKind, Lang, Outcome, Report, Verdict, alike},
    words::{
        Say as _,
        gate::Gate as Words,
        judged::Around,
        metric::{COUNTED, metric_title},
        terminal::Terminal,
        verdict::both,
    },
};

/// A gate of `careo.toml` as a row: page and comment show the same.
#[derive(Clone, Debug, PartialEq)]
pub struct GateRow {
    /// The metric's name, or "Verdict".
    pub name: String,
    /// What it must be: "≥ 0.5".
    pub required: String,
    /// What it is.
    pub found: String,
    /// Whether the gate holds.
    pub holds: bool,
}

/// The gates that the team committed, against the report's own verdict.
pub fn gate_rows(report: &Report, judged: &Verdict, lang: Lang) -> Vec<GateRow> {
    let checked = gates::check(report, judged, &report.settings.gates);
    let row = |checked: &Checked| {
        let (sign, metric, limit) = match &checked.gate {
            Gate::Min { metric, limit } => ("≥", metric, *limit),
            Gate::Max { metric, limit } => ("≤", metric, *limit),
            Gate::NoWorse => {
                let mut row = by_verdict(judged, Words::NotWorse, checked.holds(), lang);
                if let Some(words) = by_guard(&checked.finding) {
                    row.found = words.say(lang);
                }
                return row;
            }
            Gate::Require(required) => {
                let required = Words::OrBetter(*required);
                return by_verdict(judged, required, checked.holds(), lang);
            }
        };
        let (found, value) = match &checked.finding {
            Finding::Holds(Some(value)) => (None, *value),
            Finding::Fails { now, .. } => (None, *now),
            Finding::NoMetric { .. } => (Some(Words::NotThere), limit),
            _ => (Some(Words::NothingFound), limit),
        };
        let (value, limit) = both(value, limit, lang);
        // The accuracy that is counted has a name, and no column.
        let is_known = !matches!(checked.finding, Finding::NoMetric { .. });
        GateRow {
            name: match is_known {
                true => metric_title(report, checked.column, lang),
                false => metric.clone(),
            },
            required: format!("{sign} {limit}"),
            found: found.map_or(value, |it| it.say(lang)),
            holds: checked.holds(),
        }
    };
    checked.iter().map(row).collect()
}

/// That a metric that must hold is what a gate fails by.
fn by_guard(finding: &Finding) -> Option<Words> {
    match finding {
        Finding::FailsByGuard { metric, is_stated } => Some(Words::Guard {
            metric: metric.clone(),
            is_stated: *is_stated,
        }),
        _ => None,
    }
}

fn by_verdict(judged: &Verdict, required: Words, holds: bool, lang: Lang) -> GateRow {
    GateRow {
        name: Words::Verdict.say(lang),
        required: required.say(lang),
        found: Around::Pill(judged.outcome).say(lang),
        holds,
    }
}

/// A gate in words: where, what, and what helps.
#[derive(Clone, Debug, PartialEq)]
pub struct GateText {
    /// Whether it holds.
    pub holds: bool,
    /// The gate as a flag: `--min test_recall=0.5`.
    pub gate: String,
    /// The file that states the metric; `None` for a gate on the verdict.
    pub artifact: Option<String>,
    /// What was found: a fragment in lower case.
    pub what: String,
    /// What helps, where it fails.
    pub help: String,
    /// That its metric states another value than counting gives.
    pub doubt: Option<String>,
}

impl GateText {
    /// The flag's name alone.
    pub fn flag_name(&self) -> &str {
        self.gate.split(' ').next().unwrap_or_default()
    }
}

/// Says what came of a gate.
pub fn gate_text(report: &Report, judged: &Verdict, checked: &Checked, lang: Lang) -> GateText {
    let gate = flag(&checked.gate);
    let of_gate = Words::Gate(format!("`{gate}`")).say(lang);
    let with = |help: String| format!("{help}; {of_gate}");
    let baseline = baseline_name(report, judged);
    let (what, help) = match &checked.finding {
        Finding::Holds(value) => (found(checked, *value, judged.outcome), String::new()),
        Finding::Fails { now, before } => {
            let before = before.map(|before| Words::Before { baseline, before }.say(lang));
            let help = before.map_or_else(|| of_gate.clone(), with);
            (found(checked, Some(*now), judged.outcome), help)
        }
        Finding::FailsBy(outcome) => {
            let what = match checked.gate {
                Gate::Require(required) => Words::NotReached {
                    required,
                    found: *outcome,
                },
                Gate::NoWorse | Gate::Min { .. } | Gate::Max { .. } => Words::NotAccepted(*outcome),
            };
            (what, with(verdict_help(report, judged, *outcome).say(lang)))
        }
        Finding::FailsByGuard { metric, is_stated } => {
            let what = Words::Guard {
                metric: metric.clone(),
                is_stated: *is_stated,
            };
            let help = match is_stated {
                true => verdict_help(report, judged, Outcome::Worse).say(lang),
                false => Words::GuardHelp.say(lang),
            };
            (what, with(help))
        }
        Finding::NoValue => {
            let metric = metric(&checked.gate);
            let is_text = |it: usize| primary::number_in_text(report, it, judged.current);
            let help = match checked.column.is_some_and(is_text) {
                true => Words::TextHelp,
                false => Words::NoValueHelp,
            };
            (Words::NoValue { metric }, with(help.say(lang)))
        }
        Finding::NoMetric { .. } => {
            return no_metric(report, judged, checked, gate, &of_gate, lang);
        }
    };
    let column = checked.column.and_then(|it| report.columns.get(it));
    GateText {
        holds: checked.holds(),
        gate,
        artifact: column.map(|it| it.id.file.clone()),
        what: what.say(lang),
        help,
        doubt: doubt(report, judged, checked, lang),
    }
}

/// What helps against a verdict.
fn verdict_help(report: &Report, judged: &Verdict, outcome: Outcome) -> Terminal {
    Terminal::Verdict {
        outcome,
        is_compared: judged.baseline.is_some(),
        is_counted: evidence::could_be_counted(report, judged),
    }
}

/// A gate goes by what the metric states: where counting gives another value, that is said.
fn doubt(report: &Report, judged: &Verdict, checked: &Checked, lang: Lang) -> Option<String> {
    let (stated, counted) = stated::belied(report, judged, checked.column?)?;
    let metric = metric(&checked.gate);
    let words = Words::Disputed {
        metric,
        stated,
        counted,
    };
    Some(words.say(lang))
}

/// A gate on a metric that isn't there, or is there more than once.
fn no_metric(
    report: &Report,
    judged: &Verdict,
    checked: &Checked,
    gate: String,
    of_gate: &str,
    lang: Lang,
) -> GateText {
    let metric = metric(&checked.gate);
    let several = report.metrics_called(&metric);
    let names = report.column_names();
    let metrics = report.columns_of(ColumnKind::Metric);
    let mut metrics: Vec<String> = metrics
        .filter_map(|(idx, _)| names.get(idx).cloned())
        .collect();
    // The accuracy that is counted from predictions is in no file.
    if judged.metric.is_none() && judged.current_value.is_some() {
        metrics.push(COUNTED.to_owned());
    }
    let like = alike(&metric, &metrics);
    let help = if several.len() > 1 {
        Terminal::NameOne(several.clone())
    } else if !like.is_empty() {
        Terminal::DidYouMean(like)
    } else if metrics.is_empty() {
        Terminal::NothingThere
    } else {
        Terminal::there_are(&metrics)
    };
    GateText {
        holds: false,
        gate,
        artifact: None,
        what: match several.len() > 1 {
            true => Terminal::SeveralMetrics(metric).say(lang),
            false => Words::NoMetric { metric }.say(lang),
        },
        help: format!("{} ({of_gate})", help.say(lang)),
        doubt: None,
    }
}

fn found(checked: &Checked, value: Option<f64>, outcome: Outcome) -> Words {
    let now = value.unwrap_or(f64::NAN);
    match &checked.gate {
        Gate::Min { metric, limit } => Words::Min {
            metric: metric.clone(),
            now,
            limit: *limit,
        },
        Gate::Max { metric, limit } => Words::Max {
            metric: metric.clone(),
            now,
            limit: *limit,
        },
        Gate::NoWorse | Gate::Require(_) => Words::Accepted(outcome),
    }
}

fn metric(gate: &Gate) -> String {
    match gate {
        Gate::Min { metric, .. } | Gate::Max { metric, .. } => metric.clone(),
        Gate::NoWorse | Gate::Require(_) => String::new(),
    }
}

/// As on the command line, where numbers have no language.
fn flag(gate: &Gate) -> String {
    match gate {
        Gate::Min { metric, limit } => format!("--min {metric}={limit}"),
        Gate::Max { metric, limit } => format!("--max {metric}={limit}"),
        Gate::NoWorse => "--no-worse".to_owned(),
        Gate::Require(required) => format!("--require {}", required.code()),
    }
}
