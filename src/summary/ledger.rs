use super::tried::{score_text, setting};
use crate::{
    analysis::{
        ledger::{self, Ledger, ValueLedger},
        tried::{Score, TrialValue},
    },
    model::{Lang, Report, State, Verdict},
    words::{
        Say as _,
        date::moment,
        ledger::Ledger as Words,
        metric::param_name,
        number::{count, more, value},
    },
};

/// Values of a parameter in one line of the comment at most.
const MOST_IN_LINE: usize = 8;

/// A value that was tried, as a row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerRow {
    /// The value.
    pub value: String,
    /// How many finished runs have it.
    pub n_runs: String,
    /// The best result; a dash where there is none, or how far its runs got.
    pub best: String,
    /// What addresses call the revision of the best result.
    pub best_key: Option<String>,
    /// The median result.
    pub typical: String,
    /// When and in which commit it was tried first.
    pub first: String,
}

/// The rows of a parameter.
pub fn ledger_rows(report: &Report, values: &[ValueLedger], lang: Lang) -> Vec<LedgerRow> {
    let keys = report.revision_keys();
    let dash = || "–".to_owned();
    let rows = values.iter().map(|it| {
        let first = it.first.and_then(|it| report.revisions.get(it));
        let created = first.and_then(|it| it.created.as_deref());
        let created = created.map(|it| moment(it, lang));
        let commit = it.first.and_then(|it| ledger::commit_of(report, it));
        let commit = commit.map(str::to_owned);
        let state = it.unfinished.clone();
        let none = state.map_or_else(dash, |it| Words::NoResult(it).say(lang));
        let first: Vec<String> = created.into_iter().chain(commit).collect();
        LedgerRow {
            value: trial_text(&it.value, lang),
            n_runs: count(it.n_runs, lang),
            best: it.best.map_or(none, |best| score_text(best, lang)),
            best_key: it.best.and_then(|best| keys.get(best.revision).cloned()),
            typical: typical_text(it, lang),
            first: match first.is_empty() {
                true => dash(),
                false => first.join(" · "),
            },
        }
    });
    rows.collect()
}

/// The runs that should agree and don't, one sentence for each group.
pub fn differing_runs(report: &Report, groups: &[Vec<Score>], lang: Lang) -> Vec<String> {
    /// More runs would be a list, not a sentence.
    const MOST: usize = 5;
    let keys = report.revision_keys();
    let say = |group: &Vec<Score>| {
        let runs = group.iter().take(MOST).map(|score| {
            let key = keys.get(score.revision).map_or("", String::as_str);
            format!("{key} ({})", score_text(*score, lang))
        });
        Words::Differ(runs.collect()).say(lang)
    };
    groups.iter().map(say).collect()
}

/// Each parameter in one line, for the comment: its name, and what came of its values.
pub fn ledger_lines(
    report: &Report,
    ledger: &Ledger,
    judged: &Verdict,
    lang: Lang,
) -> Vec<(String, String)> {
    let lines = ledger.params.iter().map(|param| {
        let name = param_name(report, param.column, lang);
        let finished = || param.values.iter().filter(|it| it.unfinished.is_none());
        let unfinished = |has_failed: bool| -> Vec<String> {
            let values = param.values.iter().filter(|it| match &it.unfinished {
                Some(State::Failed(_)) => has_failed,
                Some(_) => !has_failed,
                None => false,
            });
            let mut values: Vec<String> = values.map(|it| trial_text(&it.value, lang)).collect();
            let n_over = values.len().saturating_sub(MOST_IN_LINE);
            values.truncate(MOST_IN_LINE);
            values.extend((n_over > 0).then(|| more(n_over, lang)));
            values
        };
        let n = finished().count();
        let scores: Vec<Score> = param.values.iter().filter_map(|it| it.best).collect();
        let best = crate::analysis::tried::best(&scores, judged.direction).map(|best| {
            let setting = setting(report, param.column, best.revision, lang);
            format!("{setting} ({})", score_text(best, lang))
        });
        let line = Words::Line {
            n,
            values: finished()
                .take(MOST_IN_LINE)
                .map(|it| trial_text(&it.value, lang))
                .collect(),
            // The best of one is no news.
            best: best.filter(|_| n > 1),
            waiting: unfinished(false),
            failed: unfinished(true),
        };
        (name, line.say(lang))
    });
    lines.collect()
}

/// The median, as the results are written: so many of so many, where all are of one test set.
fn typical_text(values: &ValueLedger, lang: Lang) -> String {
    let Some(typical) = values.typical else {
        return "–".to_owned();
    };
    let whole = values.best.and_then(|it| it.right).map(|it| it.1);
    match whole {
        Some(whole) => {
            let right = typical * whole as f64;
            let (part, whole) = (value(right, 4, lang), value(whole as f64, 6, lang));
            Words::Of { part, whole }.say(lang)
        }
        None => value(typical, 4, lang),
    }
}

fn trial_text(trial: &TrialValue, lang: Lang) -> String {
    match trial {
        TrialValue::Number(number) => value(*number, 6, lang),
        TrialValue::Text(text) => text.clone(),
    }
}
