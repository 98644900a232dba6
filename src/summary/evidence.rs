use super::sentence::baseline_name;
use crate::{
    analysis::{evidence, numbers::NumberRow, records, stated, statistics, verdict},
    model::{Caution, Evidence, Lang, MatrixKind, Outcome, Problem, Report, Verdict},
    words::{
        Say as _,
        evidence::{Method, Told},
        judged::Around,
        metric::{metric_name, metric_title, samples},
        overview::Overview,
    },
};

/// What chance says: the conclusion, and what stands behind it.
pub(super) struct Chance {
    pub title: String,
    pub text: String,
    /// Answers that were lost and won.
    pub pairs: Option<(u64, u64)>,
}

/// How a change is told from chance; `None` where nothing does.
pub fn method(evidence: &Evidence) -> Option<Method> {
    Some(match evidence {
        Evidence::None => return None,
        Evidence::McNemar { .. } => Method::McNemar,
        Evidence::Permutation { draws, .. } => Method::Permutation {
            is_exact: draws.is_none(),
        },
        Evidence::Counts { .. } => Method::Newcombe,
        Evidence::Bootstrap { .. } => Method::Bootstrap,
        Evidence::Welch { .. } => Method::Welch,
    })
}

/// By what it is judged, as a line under the answer; nothing where there was nothing to judge by.
pub fn judged_by(report: &Report, judged: &Verdict, lang: Lang) -> Option<String> {
    judged.current_value?;
    let metric = metric_name(report, judged.metric, lang);
    let samples = |n: u64| samples(&report.settings, n, lang);
    let selection = judged.selection.as_ref();
    let n_corrected = selection.filter(|it| it.p.is_some()).map(|it| it.n_judged);
    let by_pairs = |n: u64, method: Method, p: f64| Told::JudgedOnPairs {
        metric: metric.clone(),
        samples: samples(n),
        method,
        p: judged.p().unwrap_or(p),
        n_corrected,
    };
    let Some(method) = method(&judged.evidence) else {
        let direction = judged.direction;
        return Some(Around::JudgedBy { metric, direction }.say(lang));
    };
    let told = match &judged.evidence {
        Evidence::McNemar { pairs, p, .. } => by_pairs(pairs.total(), method, *p),
        Evidence::Permutation { n, p, .. } => by_pairs(*n, method, *p),
        Evidence::Welch {
            baseline,
            current,
            p,
            ..
        } => Told::JudgedOnRuns {
            metric,
            baseline: baseline.n,
            current: current.n,
            p: *p,
        },
        Evidence::None | Evidence::Counts { .. } | Evidence::Bootstrap { .. } => {
            Told::JudgedOnCounts {
                metric,
                samples: samples(judged.evidence.n().unwrap_or(0)),
                method,
            }
        }
    };
    Some(told.say(lang))
}

/// How it was decided, one paragraph each.
pub fn how_decided(judged: &Verdict, lang: Lang) -> Vec<String> {
    let told = match method(&judged.evidence) {
        Some(method) => vec![
            Told::How(method, judged.confidence),
            Told::HowInterval(method, judged.confidence),
        ],
        None => vec![Told::HowNothing],
    };
    told.iter().map(|it| it.say(lang)).collect()
}

/// What the interval of the metric that decides is, which of the other metrics that are shown have
/// an interval that says something else than their test, and why those that got worse don't decide.
pub fn interval_notes(report: &Report, judged: &Verdict, rows: &[NumberRow], lang: Lang) -> String {
    let mut notes = Vec::new();
    if let (Some(method), Some(_)) = (method(&judged.evidence), judged.evidence.interval()) {
        notes.push(Told::Note {
            metric: metric_title(report, judged.metric, lang),
            method,
            is_short: evidence::is_short(&judged.evidence),
        });
    }
    let is_shown = |column: usize| rows.iter().any(|it| it.column == Some(column));
    for other in judged.others.iter().filter(|it| is_shown(it.column)) {
        if evidence::disagrees(&other.evidence, judged.confidence)
            && let Some(p) = other.evidence.p()
        {
            notes.push(Told::DisagreesToo {
                metric: metric_title(report, Some(other.column), lang),
                is_change: p < evidence::level(judged.confidence),
                p,
            });
        }
    }
    let is_worse =
        |it: &NumberRow| !it.is_primary && it.is_clear == Some(true) && it.is_better == Some(false);
    let is_bad = matches!(judged.outcome, Outcome::Worse | Outcome::Mixed);
    if !is_bad && rows.iter().any(is_worse) {
        notes.push(Told::OthersDontDecide {
            metric: metric_name(report, judged.metric, lang),
            has_guards: !judged.guards.is_empty(),
        });
    }
    let notes: Vec<String> = notes.iter().map(|it| it.say(lang)).collect();
    notes.join(" ")
}

/// What chance says about the metric that decides.
pub(super) fn chance(report: &Report, judged: &Verdict, lang: Lang) -> Option<Chance> {
    judged.current_value?;
    let say = |title: String, text: String| Chance {
        title,
        text,
        pairs: None,
    };
    if judged.baseline.is_none() {
        let key = |it: &Problem| it.place.as_ref().and_then(|it| it.key.clone());
        let mut problems = report.problems.iter();
        let is_given = problems.any(|it| key(it).as_deref() == Some("--baseline"));
        let mut text = match is_given {
            true => Overview::BaselineIsEmpty.say(lang),
            false => Overview::NoBaselineHelp.say(lang),
        };
        if let Some(long_run) = long_run(report, judged) {
            text = format!("{} {text}", long_run.say(lang));
        }
        return Some(say(Overview::NoBaseline.say(lang), text));
    }
    judged.baseline_value?;
    let samples = |n: u64| samples(&report.settings, n, lang);
    let (mut texts, mut pair) = (Vec::new(), None);
    match &judged.evidence {
        Evidence::None => {
            let title = Overview::ChanceUntold.say(lang);
            return Some(say(title, untold(report, judged).say(lang)));
        }
        Evidence::McNemar { pairs, p, .. } => {
            if pairs.lost + pairs.won == 0 {
                let samples = samples(pairs.total());
                let stays = Overview::AllAnswersStay { samples }.say(lang);
                return Some(say(Overview::NoAnswerChanged.say(lang), stays));
            }
            pair = Some((pairs.lost, pairs.won));
            let split = Overview::LostAndWon {
                samples: samples(pairs.total()),
                lost: pairs.lost,
                won: pairs.won,
                p: *p,
                baseline: baseline_name(report, judged),
            };
            texts.push(split.say(lang));
        }
        Evidence::Permutation {
            n, n_differing, p, ..
        } => {
            if *n_differing == 0 {
                let stays = Overview::AllAnswersStay {
                    samples: samples(*n),
                };
                return Some(say(Overview::NoAnswerChanged.say(lang), stays.say(lang)));
            }
            let swapped = Told::Swapped {
                samples: samples(*n),
                n_differing: *n_differing,
                p: *p,
            };
            texts.push(swapped.say(lang));
        }
        Evidence::Welch {
            baseline,
            current,
            p,
            ..
        } => {
            let repeated = Told::Repeated {
                baseline: (baseline.n, baseline.mean),
                current: (current.n, current.mean),
                p: *p,
            };
            texts.push(repeated.say(lang));
        }
        Evidence::Counts { .. } | Evidence::Bootstrap { .. } => {
            if let Some(interval) = judged.evidence.interval() {
                let samples = samples(judged.evidence.n().unwrap_or(0));
                texts.push(Told::Unpaired { samples, interval }.say(lang));
            }
        }
    }
    let corrected = judged
        .selection
        .as_ref()
        .and_then(|it| Some((it.n_judged, it.p?)));
    if let Some((n, p)) = corrected {
        texts.push(Told::Corrected { n, p }.say(lang));
    }
    let title = match verdict::is_beyond_chance(judged) {
        _ if few(judged).is_some() => Told::TooFew.say(lang),
        Some(true) => Overview::ChanceHardly.say(lang),
        Some(false) => Overview::ChanceCould.say(lang),
        None => Overview::ChanceUntold.say(lang),
    };
    if let Some((n, needed)) = few(judged) {
        let told = match &judged.evidence {
            Evidence::Welch { .. } => Told::TooFewRuns { n, needed },
            _ => Told::TooFewSamples {
                samples: samples(n),
                needed,
            },
        };
        texts.push(told.say(lang));
    } else if evidence::disagrees(&judged.evidence, judged.confidence)
        && let (Some(interval), Some(p)) = (judged.evidence.interval(), judged.evidence.p())
    {
        let is_change = p < evidence::level(judged.confidence);
        let told = Told::Disagrees {
            is_change,
            interval,
        };
        texts.push(told.say(lang));
    }
    Some(Chance {
        title,
        text: texts.join(" "),
        pairs: pair,
    })
}

/// Whether predictions of both sides would give the metric that decides, and so a test.
pub(super) fn could_be_counted(report: &Report, judged: &Verdict) -> bool {
    matches!(
        untold(report, judged),
        Overview::ChanceUntoldWhy {
            has_answers: false,
            is_counted: true,
        }
    )
}

/// Why nothing tells, and what would.
fn untold(report: &Report, judged: &Verdict) -> Overview {
    let has_own = |revision: usize| {
        let matrix = records::of_revision(&report.matrices, revision);
        records::of_revision(&report.predictions, revision).is_some()
            || matrix.is_some_and(|it| it.matrix.kind() == MatrixKind::Counts)
    };
    let has_answers = judged.baseline.is_some_and(has_own) && has_own(judged.current);
    Overview::ChanceUntoldWhy {
        has_answers,
        is_counted: judged
            .metric
            .is_none_or(|it| stated::may_be_counted(report, it)),
    }
}

/// Whether it is the best of several experiments, and what that means.
pub(super) fn best_of(judged: &Verdict, lang: Lang) -> Option<(String, String)> {
    let selection = judged.selection.as_ref()?;
    let n_corrected = selection.p.map(|_| selection.n_judged);
    let why = Told::BestOfWhy { n_corrected };
    Some((Told::BestOf(selection.n_tried).say(lang), why.say(lang)))
}

/// A caution about the evidence; `None` for those of other kinds, and for what is told elsewhere.
pub(super) fn caution(report: &Report, judged: &Verdict, caution: &Caution) -> Option<Told> {
    Some(match caution {
        Caution::AccuracyDiffers { stated, counted } => Told::AccuracyDiffers {
            stated: *stated,
            counted: *counted,
            by_predictions: records::of_revision(&report.predictions, judged.current).is_some(),
        },
        Caution::MeasureDiffers { stated, counted } => Told::MeasureDiffers {
            stated: *stated,
            counted: *counted,
        },
        Caution::OtherFile { baseline, current } => Told::OtherFile {
            baseline: baseline.clone(),
            current: current.clone(),
        },
        _ => return None,
    })
}

fn few(judged: &Verdict) -> Option<(u64, u64)> {
    judged.cautions.iter().find_map(|it| match it {
        Caution::FewSamples { n, needed } => Some((*n, *needed)),
        _ => None,
    })
}

/// The share of right answers in the long run, where there is nothing to compare it with.
fn long_run(report: &Report, judged: &Verdict) -> Option<Told> {
    let right = records::right_of(report, judged.current);
    let (right, total) = right.filter(|_| verdict::is_share_of_right(report, judged))?;
    let z = evidence::reach(judged.confidence);
    Some(Told::LongRun {
        interval: statistics::wilson_interval(right as f64, total as f64, z)?,
        confidence: judged.confidence,
    })
}
