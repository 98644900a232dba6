use super::{
    evidence,
    sentence::{baseline_name, change, difference_words},
    tried::{score_text, setting},
};
use crate::{
    analysis::{
        class_changes, comparable, guards, primary, seeds,
        tried::{self, Score, Tried},
        verdict,
    },
    model::{
        Caution, Cell, ColumnKind, Direction, Hold, Lang, MetricChange, Report, State, Verdict,
        nearest,
    },
    words::{
        Say as _,
        metric::{capitalised, class_count, metric_name, metric_title, param_name, sample_word},
        number,
        overview::Overview,
        tried::Tried as TriedWords,
    },
};

/// A reason of the verdict: the conclusion first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reason {
    /// One short sentence.
    pub title: String,
    /// What stands behind it.
    pub text: String,
    /// Paths or a tool's message that the text ends with, as they are.
    pub code: Vec<String>,
    /// Answers that were lost and won.
    pub pairs: Option<(u64, u64)>,
}

impl Reason {
    /// The first of its paths, each with what stands before it in a list, and how many more there
    /// are.
    pub fn listed(&self, lang: Lang) -> (Vec<(&'static str, String)>, String) {
        /// More would be no sentence.
        const MOST: usize = 5;
        let n = self.code.len();
        let more = match n > MOST {
            true => number::more(n - MOST, lang),
            false => String::new(),
        };
        let before = |at: usize, code: &String| match at {
            0 => " ",
            _ if at + 1 == n => number::and(code, lang),
            _ => ", ",
        };
        let first = self.code.iter().take(MOST).enumerate();
        let first = first.map(|(at, code)| (before(at, code), code.clone()));
        let more = match more.is_empty() {
            true => more,
            false => format!("{}{more}", number::and(&more, lang)),
        };
        (first.collect(), more)
    }
}

/// The reasons: metrics that have to hold, a gain too small, chance, what was tried, whether the
/// two can be compared.
pub fn reasons(report: &Report, judged: &Verdict, lang: Lang) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if let Some(reason) = unfinished(report, judged, lang) {
        reasons.push(reason);
        return reasons;
    }
    if judged.not_comparable.is_empty() {
        reasons.extend(small_gain(judged, lang));
        reasons.extend(stated_guards(report, judged, lang));
        reasons.extend(unstated_guards(report, judged, lang));
        reasons.extend(chance(report, judged, lang));
        reasons.extend(best_of_several(judged, lang));
    } else {
        reasons.push(not_comparable(report, judged, lang));
    }
    reasons.extend(lost_numbers(report, judged, lang));
    reasons.extend(classes(report, judged, lang));
    reasons.extend(what_was_tried(report, judged, lang));
    if judged.not_comparable.is_empty() {
        reasons.extend(comparable(report, judged, lang));
    }
    reasons
}

fn unfinished(report: &Report, judged: &Verdict, lang: Lang) -> Option<Reason> {
    let state = &report.revisions.get(judged.current)?.state;
    let code = match state {
        State::Ok => return None,
        State::Failed(message) if !message.is_empty() => vec![message.clone()],
        State::Failed(_) | State::Queued | State::Running => Vec::new(),
    };
    Some(Reason {
        title: Overview::NoResults.say(lang),
        text: Overview::NumbersAreInherited.say(lang),
        code,
        pairs: None,
    })
}

fn small_gain(judged: &Verdict, lang: Lang) -> Option<Reason> {
    let smallest = judged.cautions.iter().find_map(|it| match it {
        Caution::SmallGain { smallest } => Some(*smallest),
        _ => None,
    })?;
    let gain = change(judged)?.difference().abs();
    Some(Reason {
        title: Overview::SmallGain.say(lang),
        text: Overview::SmallGainWhy { gain, smallest }.say(lang),
        ..Reason::default()
    })
}

/// The guards that are broken; else those whose loss may be chance; else that all of them hold.
fn stated_guards(report: &Report, judged: &Verdict, lang: Lang) -> Option<Reason> {
    let n = |is_it: fn(Hold) -> bool| judged.guards.iter().filter(|it| is_it(it.hold)).count();
    let (n_broken, n_unclear) = (n(Hold::is_broken), n(|it| it == Hold::WithinChance));
    let title = match (n_broken, n_unclear, n(|it| it != Hold::Undirected)) {
        _ if judged.guards.is_empty() => return None,
        (0, 0, 0) => Overview::UnknownDirection,
        (0, 0, n) => Overview::GuardsHold(n),
        (0, n, _) => Overview::GuardsUnclear(n),
        (n, _, _) => Overview::GuardsBroken(n),
    };
    let is_told = |hold: Hold| match hold {
        Hold::Lost | Hold::LostAsMeasured | Hold::WithinChance => true,
        Hold::Holds | Hold::Undirected => n_broken + n_unclear == 0,
    };
    let told = judged.guards.iter().filter(|it| is_told(it.hold));
    let told: Vec<String> = told
        .map(|it| {
            let words = match it.hold {
                Hold::Undirected => {
                    Overview::GuardUnknown(metric_name(report, Some(it.column), lang))
                }
                hold => Overview::GuardFell {
                    metric: metric_title(report, Some(it.column), lang),
                    before: it.baseline,
                    now: it.current,
                    tolerance: it.tolerance,
                    hold,
                },
            };
            words.say(lang)
        })
        .collect();
    Some(Reason {
        title: title.say(lang),
        text: told.join(" "),
        ..Reason::default()
    })
}

/// "Of 35 point guards, 24 are found instead of 21."
fn classes(report: &Report, judged: &Verdict, lang: Lang) -> Option<Reason> {
    let changes = class_changes::class_changes(report, judged);
    if changes.is_empty() {
        return None;
    }
    let title = Overview::ClassesChanged {
        has_gain: changes.iter().any(|it| it.now > it.before),
        has_loss: changes.iter().any(|it| it.now < it.before),
    };
    let told: Vec<String> = changes
        .into_iter()
        .map(|it| {
            let found = Overview::Found {
                class: class_count(&report.settings, &it.label, it.total, lang),
                now: it.now,
                before: it.before,
            };
            found.say(lang)
        })
        .collect();
    Some(Reason {
        title: title.say(lang),
        text: told.join(" "),
        ..Reason::default()
    })
}

fn chance(report: &Report, judged: &Verdict, lang: Lang) -> Option<Reason> {
    let chance = evidence::chance(report, judged, lang)?;
    Some(Reason {
        title: chance.title,
        text: chance.text,
        pairs: chance.pairs,
        ..Reason::default()
    })
}

fn best_of_several(judged: &Verdict, lang: Lang) -> Option<Reason> {
    let (title, text) = evidence::best_of(judged, lang)?;
    Some(Reason {
        title,
        text,
        ..Reason::default()
    })
}

/// The metrics that have to hold and can't be judged.
fn unstated_guards(report: &Report, judged: &Verdict, lang: Lang) -> Option<Reason> {
    let mut names = guards::unstated(report, judged);
    // What no file has is told as a mistake of the settings.
    names.retain(|it| report.find_column(it).is_some());
    (!names.is_empty()).then(|| Reason {
        title: Overview::GuardsUnstated(names.len()).say(lang),
        text: Overview::GuardsUnstatedWhy(names.len()).say(lang),
        code: names.iter().map(|it| (*it).to_owned()).collect(),
        pairs: None,
    })
}

fn not_comparable(report: &Report, judged: &Verdict, lang: Lang) -> Reason {
    let differences = judged.not_comparable.iter().map(|it| {
        let baseline = baseline_name(report, judged);
        let words = difference_words(report, it, baseline, lang).say(lang);
        capitalised(&words) + "."
    });
    let differences: Vec<String> = differences.collect();
    Reason {
        title: Overview::NotComparable.say(lang),
        text: differences.join(" "),
        ..Reason::default()
    }
}

fn comparable(report: &Report, judged: &Verdict, lang: Lang) -> Option<Reason> {
    let is_shown = |it: &&Caution| {
        !matches!(
            it,
            Caution::NoBaseline | Caution::SmallGain { .. } | Caution::FewSamples { .. }
        )
    };
    let cautions: Vec<&Caution> = judged.cautions.iter().filter(is_shown).collect();
    let mut sentences = Vec::new();
    let mut code = Vec::new();
    let mut title = Overview::MoreReasons;
    if let Some(baseline) = judged.baseline {
        let comparison = comparable::comparison(report, baseline, judged.current);
        let (has_samples, has_counts) = (comparison.pairs.is_some(), comparison.counts.is_some());
        let has_data = !comparison.same_data.is_empty();
        title = match (has_samples || has_data, has_counts) {
            (true, _) => Overview::Comparable {
                n_cautions: cautions.len(),
            },
            (false, true) => Overview::SeemComparable,
            (false, false) => Overview::ComparableUntold,
        };
        sentences.push(Overview::Same {
            has_samples,
            has_counts,
            has_split: comparison.has_split,
            has_data,
            samples: sample_word(&report.settings, 2, lang),
        });
    }
    for caution in &cautions {
        match caution {
            Caution::Dependency { path } => code.push(path.clone()),
            Caution::AccuracyDiffers { .. }
            | Caution::MeasureDiffers { .. }
            | Caution::OtherFile { .. }
            | Caution::FewSamples { .. } => {}
            Caution::UnknownDirection => sentences.push(Overview::UnknownDirection),
            Caution::NoSuchMetric { name } => {
                sentences.push(Overview::NoSuchMetric(
                    name.clone(),
                    nearest_metric(report, name),
                ));
            }
            Caution::NoBaseline
            | Caution::CurrentHasNoResults
            | Caution::BaselineHasNoResults
            | Caution::SmallGain { .. } => {}
        }
    }
    if !code.is_empty() {
        sentences.push(Overview::OtherDependencies(code.len()));
    }
    let told = cautions.iter();
    let told = told.filter_map(|it| evidence::caution(report, judged, it));
    let mut text: Vec<String> = told.map(|it| it.say(lang)).collect();
    // The paths follow what is said last.
    text.extend(sentences.iter().map(|it| it.say(lang)));
    if text.is_empty() {
        return None;
    }
    Some(Reason {
        title: title.say(lang),
        text: text.join(" "),
        code,
        pairs: None,
    })
}

/// The metric whose name is most like a mistyped one.
fn nearest_metric(report: &Report, name: &str) -> Option<String> {
    let names = report.column_names();
    let metrics = report.columns_of(ColumnKind::Metric);
    let metrics = metrics.filter_map(|(idx, _)| names.get(idx));
    nearest(name, metrics.map(String::as_str)).map(str::to_owned)
}

/// Metrics that the baseline states as a number and this change doesn't, and those that this change
/// states as text.
fn lost_numbers(report: &Report, judged: &Verdict, lang: Lang) -> Option<Reason> {
    let names = report.column_names();
    let metrics = report.columns_of(ColumnKind::Metric).map(|(idx, _)| idx);
    let is_text = |column: &usize| primary::number_in_text(report, *column, judged.current);
    let is_lost = |column: &usize| {
        let value = |revision| primary::value_of(report, *column, revision);
        judged.baseline.and_then(value).is_some() && value(judged.current).is_none()
    };
    let mut lost: Vec<usize> = metrics.filter(|it| is_lost(it) || is_text(it)).collect();
    let ranked = primary::ranked_metrics(report);
    lost.sort_by_key(|it| {
        let at = ranked.iter().position(|ranked| ranked == it);
        at.unwrap_or(ranked.len())
    });
    let is_odd = |column: &usize| {
        let found = report.columns.get(*column);
        found.is_some_and(|it| it.cells.number(judged.current).is_some())
    };
    let why = [
        lost.iter().any(is_text).then_some(Overview::NumbersAreText),
        lost.iter()
            .any(is_odd)
            .then_some(Overview::NumbersAreNotFinite),
        Some(match lost.iter().any(is_lost) {
            true => Overview::NumbersLostWhy(baseline_name(report, judged)),
            false => Overview::NumbersInText,
        }),
    ];
    let why = why.into_iter().flatten().map(|it| it.say(lang));
    let why: Vec<String> = why.collect();
    let lost: Vec<String> = lost
        .into_iter()
        .filter_map(|it| names.get(it).cloned())
        .collect();
    (!lost.is_empty()).then(|| Reason {
        title: Overview::NumbersLost(lost.len()).say(lang),
        text: why.join(" "),
        code: lost,
        pairs: None,
    })
}

fn what_was_tried(report: &Report, judged: &Verdict, lang: Lang) -> Option<Reason> {
    let tried = tried::tried(report, judged);
    // The current revision may be one of the experiments: then the others count. Where means are
    // compared, these have the other runs of either side in them.
    let is_in_mean = |run: usize| {
        judged.evidence.means().is_some() && seeds::is_repetition_of_either(report, judged, run)
    };
    let others: Vec<Score> = tried
        .experiments
        .iter()
        .copied()
        .filter(|it| it.revision != judged.current && !is_in_mean(it.revision))
        .collect();
    if others.is_empty() {
        return None;
    }
    let Some(best) = tried::best(&others, judged.direction) else {
        let why = match judged.current_value {
            Some(_) => TriedWords::NoneIsBest,
            None => TriedWords::NothingBeside,
        };
        return Some(Reason {
            title: TriedWords::Several(others.len()).say(lang),
            text: why.say(lang),
            ..Reason::default()
        });
    };
    let beats = |value: Option<f64>| {
        let change = MetricChange {
            baseline: value?,
            current: best.value,
        };
        verdict::is_better(change, judged.direction)
    };
    let title = if !judged.not_comparable.is_empty() {
        // What was measured on something else is neither better nor worse.
        TriedWords::Several(others.len())
    } else if beats(judged.current_value) != Some(true) {
        let is_better_than_baseline = judged
            .change()
            .and_then(|it| verdict::is_better(it, judged.direction));
        match is_better_than_baseline {
            Some(true) => TriedWords::ThisIsBest,
            _ if judged.baseline_value.is_none() => TriedWords::ThisIsBest,
            _ => TriedWords::NothingBeats(baseline_name(report, judged)),
        }
    } else if judged.baseline_value.is_none() || beats(judged.baseline_value) == Some(true) {
        TriedWords::AnotherIsBetter
    } else {
        TriedWords::NothingBeats(baseline_name(report, judged))
    };
    let text = best_of(report, judged, &tried, &others, best, lang);
    Some(Reason {
        title: title.say(lang),
        text: text.map(|it| it.say(lang)).unwrap_or_default(),
        ..Reason::default()
    })
}

/// "The best of the 4 experiments is C = 5, with 92 of 176; then 90, 89 and 87 as C grows."
fn best_of(
    report: &Report,
    judged: &Verdict,
    tried: &Tried,
    others: &[Score],
    best: Score,
    lang: Lang,
) -> Option<TriedWords> {
    /// More than these would be a list, not a sentence.
    const MOST: usize = 5;
    let number = |score: &Score| {
        let cells = &report.columns.get(tried.param?)?.cells;
        match cells.get(score.revision) {
            Cell::Number(value) => Some(value),
            Cell::Missing | Cell::Text(..) => None,
        }
    };
    let mut rest: Vec<&Score> = others
        .iter()
        .filter(|it| it.revision != best.revision)
        .collect();
    if rest.len() > MOST {
        rest.clear();
    }
    rest.sort_by(|a, b| match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => std::cmp::Ordering::Equal,
    });
    // By the parameter where the results fall as it grows, else the better first.
    let is_falling = rest.len() > 1
        && rest.iter().all(|it| number(it) > number(&best))
        && rest.windows(2).all(|pair| match pair {
            [a, b] => {
                let change = MetricChange {
                    baseline: a.value,
                    current: b.value,
                };
                number(a) < number(b) && verdict::is_better(change, judged.direction) == Some(false)
            }
            _ => false,
        });
    if !is_falling {
        rest.sort_by(|a, b| tried::better_first(a.value, b.value, judged.direction));
    }
    let name = tried.param.map(|it| param_name(report, it, lang));
    let short = |score: &Score| match score.right {
        Some((right, _)) => right.to_string(),
        None => score_text(*score, lang),
    };
    Some(TriedWords::BestOf {
        n: others.len(),
        setting: {
            let label = report.revisions.get(best.revision)?.label();
            let runs: Vec<usize> = others.iter().map(|it| it.revision).collect();
            match tried.param {
                // One of several parameters doesn't say which run it is.
                Some(param) if !tried::varies_alone(report, param, &runs) => {
                    format!("{label} ({})", setting(report, param, best.revision, lang))
                }
                Some(param) => setting(report, param, best.revision, lang),
                None => label.to_owned(),
            }
        },
        result: score_text(best, lang),
        rest: rest.into_iter().map(short).collect(),
        falls_with: name.filter(|_| is_falling && judged.direction != Direction::Unknown),
    })
}
