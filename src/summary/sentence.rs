use crate::{
    analysis::{primary, records, verdict},
    model::{
        Caution, Evidence, Hold, Lang, MetricChange, NotComparable, Outcome, Report, Revision,
        RevisionKind, State, Verdict,
    },
    words::{
        Say as _,
        judged::Around,
        metric::{is_key, metric_name, samples},
        verdict::{Answer, Baseline, Difference, Effect, Guard, Level, Unfinished},
    },
};

/// The verdict in one sentence: the page's title and the comment's first line say the same.
pub fn verdict_sentence(report: &Report, judged: &Verdict, lang: Lang) -> String {
    answer(report, judged, lang).say(lang)
}

/// The verdict as a message; nouns and names are those of `lang`.
pub fn answer(report: &Report, judged: &Verdict, lang: Lang) -> Answer {
    if let Some(unfinished) = unfinished(report, judged.current) {
        return Answer::NoResults(unfinished);
    }
    let baseline = baseline_name(report, judged);
    if let Some(difference) = judged.not_comparable.first() {
        return Answer::NotComparable(difference_words(report, difference, baseline, lang));
    }
    let Some(effect) = effect(report, judged, lang) else {
        return without_effect(report, judged, baseline, lang);
    };
    let change = change(judged);
    let is_better = change.and_then(|it| verdict::is_better(it, judged.direction));
    let is_same = change.is_some_and(|it| it.difference() == 0.0);
    let guard = guard(report, judged, lang);
    let but = |answer: Answer, guard: Option<Guard>| match guard {
        Some(guard) => Answer::But(Box::new(answer), guard),
        None => answer,
    };
    match judged.outcome {
        Outcome::Improved => but(Answer::Improved(effect), guard),
        Outcome::Worse => match (guard, judged.by_metric) {
            (Some(guard), Some(by_metric)) if guard.hold.is_broken() => {
                let metric = metric_name(report, judged.metric, lang);
                Answer::GuardDown(guard, metric, by_metric == Outcome::Improved)
            }
            _ => Answer::Worse(effect),
        },
        Outcome::Mixed => match guard {
            Some(guard) => Answer::Mixed(effect, guard),
            None => Answer::Improved(effect),
        },
        Outcome::NoClearChange if judged.by_metric == Some(Outcome::Improved) => {
            Answer::TooSmall(effect)
        }
        Outcome::NoClearChange if is_same => Answer::Same(effect),
        Outcome::NoClearChange => Answer::Unclear(effect, is_better),
        // Where nothing moved, there is nothing that chance could explain.
        Outcome::NotComparable | Outcome::Unknown if is_same => {
            let guard = guard.filter(|it| it.hold.is_broken());
            but(Answer::Same(effect), guard)
        }
        Outcome::NotComparable | Outcome::Unknown => {
            let guard = guard.filter(|it| it.hold.is_broken());
            but(Answer::Untold(effect, is_better), guard)
        }
    }
}

/// The metric that has to hold and is worse: the surest loss, else one that may be chance.
fn guard(report: &Report, judged: &Verdict, lang: Lang) -> Option<Guard> {
    let of = |hold: Hold| judged.guards.iter().find(|it| it.hold == hold);
    let surest = of(Hold::Lost).or_else(|| of(Hold::LostAsMeasured));
    let guard = surest.or_else(|| of(Hold::WithinChance))?;
    Some(Guard {
        metric: metric_name(report, Some(guard.column), lang),
        now: guard.current,
        before: guard.baseline,
        hold: guard.hold,
    })
}

/// What the baseline is called: its branch, its experiment, its commit.
pub fn baseline_name(report: &Report, judged: &Verdict) -> Baseline {
    let revision = judged.baseline.and_then(|it| report.revisions.get(it));
    revision.map_or(Baseline::Unnamed, called)
}

/// What a revision is called as the baseline.
pub fn called(revision: &Revision) -> Baseline {
    let is_unnamed = revision.name.is_none() && revision.sha.is_none();
    match is_unnamed || revision.kind == RevisionKind::Workspace {
        true => Baseline::Unnamed,
        false => Baseline::of(revision.label()),
    }
}

pub(super) fn difference_words(
    report: &Report,
    difference: &NotComparable,
    baseline: Baseline,
    lang: Lang,
) -> Difference {
    match difference {
        NotComparable::Classes {
            only_baseline,
            only_current,
        } => Difference::Classes {
            only_baseline: only_baseline.clone(),
            only_current: only_current.clone(),
            baseline,
        },
        NotComparable::SampleSize {
            baseline: before,
            current,
        } => Difference::Size {
            before: *before,
            now: samples(&report.settings, *current, lang),
            baseline,
        },
        NotComparable::Samples { n_differing } => Difference::Samples { n: *n_differing },
        NotComparable::Split {
            baseline: before,
            current,
        } => Difference::Split {
            before: before.clone(),
            now: current.clone(),
            baseline,
        },
        NotComparable::Data { path } => Difference::Data(path.clone()),
    }
}

/// What changed: the means, where runs with other seeds are what is compared.
pub(super) fn change(judged: &Verdict) -> Option<MetricChange> {
    let change = judged.change()?;
    Some(judged.evidence.means().unwrap_or(change))
}

fn effect(report: &Report, judged: &Verdict, lang: Lang) -> Option<Effect> {
    let change = change(judged)?;
    let baseline = baseline_name(report, judged);
    if let Some(counts) = judged.counts() {
        return Some(Effect::Right {
            now: counts.now,
            before: counts.before,
            samples: samples(&report.settings, counts.total, lang),
            baseline,
        });
    }
    let metric = metric_name(report, judged.metric, lang);
    let is_mean = matches!(judged.evidence, Evidence::Welch { .. });
    Some(Effect::Value {
        is_key: !is_mean && is_key(report, judged.metric, lang),
        metric: match judged.evidence {
            Evidence::Welch { .. } => Around::MeanOf(metric).say(lang),
            _ => metric,
        },
        now: change.current,
        before: change.baseline,
        baseline,
    })
}

fn without_effect(report: &Report, judged: &Verdict, baseline: Baseline, lang: Lang) -> Answer {
    let Some(now) = judged.current_value else {
        let has_samples = !report.predictions.is_empty() || !report.matrices.is_empty();
        let has_matrix = records::of_revision(&report.matrices, judged.current).is_some();
        let metrics = primary::ranked_metrics(report);
        let is_stated = |column: usize| primary::value_of(report, column, judged.current).is_some();
        return match metrics.is_empty() {
            true if has_matrix => Answer::NothingCounted,
            true if has_samples => Answer::NothingOfThis,
            true => Answer::NothingToJudge,
            false if metrics.into_iter().any(is_stated) => {
                Answer::NoValueOf(metric_name(report, judged.metric, lang))
            }
            false => Answer::NoNumber,
        };
    };
    if judged.cautions.contains(&Caution::BaselineHasNoResults) {
        return Answer::BaselineHasNoResults(baseline);
    }
    let right = records::right_of(report, judged.current);
    let right = right.filter(|_| verdict::is_share_of_right(report, judged));
    let level = match right {
        Some((right, total)) => Level::Right {
            now: right,
            samples: samples(&report.settings, total, lang),
        },
        None => Level::Value {
            metric: metric_name(report, judged.metric, lang),
            now,
        },
    };
    match judged.baseline {
        None => Answer::NoBaseline(level),
        Some(_) => Answer::NoValueBefore(level, baseline),
    }
}

fn unfinished(report: &Report, revision: usize) -> Option<Unfinished> {
    match &report.revisions.get(revision)?.state {
        State::Ok => None,
        State::Failed(message) => Some(Unfinished::Failed(message.clone())),
        State::Queued => Some(Unfinished::Queued),
        State::Running => Some(Unfinished::Running),
    }
}
