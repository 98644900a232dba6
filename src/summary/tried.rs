use super::sentence::baseline_name;
use crate::{
    analysis::tried::{self, Role, Score, Tried},
    model::{Cell, Lang, Report, TextKind, Verdict},
    words::{
        Say as _,
        metric::param_name,
        number::{list, value},
        overview::Overview,
        tried::Tried as Words,
    },
};

/// A line beside the picture of what was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct TriedRow {
    /// What it is: "Best".
    pub label: String,
    /// "C = 10, already on master: 93 of 176".
    pub text: String,
}

/// A result in words: so many of so many, else the metric's value.
pub fn score_text(score: Score, lang: Lang) -> String {
    match score.right {
        Some((part, whole)) => Overview::Of { part, whole }.say(lang),
        None => value(score.value, 4, lang),
    }
}

/// "C = 10": a parameter's value in a revision.
pub fn setting(report: &Report, param: usize, revision: usize, lang: Lang) -> String {
    let cells = report.columns.get(param).map(|it| &it.cells);
    if cells.is_some_and(|it| it.get(revision).is_missing()) {
        return not_set(report, param, lang);
    }
    let name = param_name(report, param, lang);
    let value = value_text(report, param, revision, lang);
    Overview::Setting { name, value }.say(lang)
}

/// "no dropout": what stands in place of a setting that a revision lacks.
pub fn not_set(report: &Report, param: usize, lang: Lang) -> String {
    Overview::NotSet(param_name(report, param, lang)).say(lang)
}

/// How this change is set otherwise than the baseline; `None` where nothing is known to differ.
pub fn changed_params(report: &Report, judged: &Verdict, lang: Lang) -> Option<String> {
    /// More of them are in Compare.
    const MOST: usize = 6;
    let baseline = judged.baseline?;
    let apart = tried::set_apart(report, judged);
    let is_missing = |param: usize, revision: usize| {
        let column = report.columns.get(param);
        column.is_none_or(|it| it.cells.get(revision).is_missing())
    };
    let told = apart.iter().take(MOST).map(|&param| Overview::SetApart {
        now: match is_missing(param, judged.current) {
            true => not_set(report, param, lang),
            false => setting(report, param, judged.current, lang),
        },
        before: (!is_missing(param, baseline)).then(|| value_text(report, param, baseline, lang)),
    });
    let mut told: Vec<String> = told.map(|it| it.say(lang)).collect();
    if apart.len() > MOST {
        told.push(Words::More(apart.len() - MOST).say(lang));
    }
    let baseline = baseline_name(report, judged).name(lang);
    (!told.is_empty()).then(|| Overview::ParamsApart { baseline, told }.say(lang))
}

/// A parameter's value in a revision, written; lists as the number of their values.
pub fn value_text(report: &Report, column: usize, revision: usize, lang: Lang) -> String {
    let cells = report.columns.get(column).map(|it| it.cells.get(revision));
    match cells {
        None | Some(Cell::Missing) => "–".to_owned(),
        Some(Cell::Number(number)) => value(number, 6, lang),
        Some(Cell::Text(TextKind::Structure, text)) => match n_items(text) {
            Some(n) => Words::Values(n).say(lang),
            None => text.to_owned(),
        },
        Some(Cell::Text(_, text)) => text.to_owned(),
    }
}

/// The number of values of a flat list in compact JSON.
fn n_items(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    if inner.is_empty() {
        return Some(0);
    }
    let (mut n, mut is_in_text, mut is_escaped, mut depth) = (1, false, false, 0_usize);
    for letter in inner.chars() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_in_text => is_escaped = true,
            '"' => is_in_text = !is_in_text,
            '[' | '{' if !is_in_text => depth += 1,
            ']' | '}' if !is_in_text => depth = depth.saturating_sub(1),
            ',' if !is_in_text && depth == 0 => n += 1,
            _ => {}
        }
    }
    Some(n)
}

/// The best, this change, other commits.
pub fn tried_rows(report: &Report, judged: &Verdict, tried: &Tried, lang: Lang) -> Vec<TriedRow> {
    let Some(param) = tried.param else {
        return Vec::new();
    };
    let say = |score: &Score| Words::Outcome {
        setting: setting(report, param, score.revision, lang),
        result: score_text(*score, lang),
    };
    let mut rows = Vec::new();
    let scores: Vec<Score> = tried.trials.iter().map(|it| it.score).collect();
    // The baseline wins a tie: what stands there already needs no change.
    let of = |role: Role| {
        tried
            .trials
            .iter()
            .find(|it| it.role == role)
            .map(|it| it.score)
    };
    let best = tried::best(&scores, judged.direction);
    let best = best.map(|best| match of(Role::Baseline) {
        Some(baseline) if baseline.value == best.value => baseline,
        _ => best,
    });
    let row = |label: &Words, text: &Words| TriedRow {
        label: label.say(lang),
        text: text.say(lang),
    };
    if let Some(best) = best {
        let text = if Some(best.revision) == judged.baseline {
            Words::OutcomeOf {
                setting: setting(report, param, best.revision, lang),
                result: score_text(best, lang),
                baseline: baseline_name(report, judged),
            }
        } else {
            say(&best)
        };
        rows.push(row(&Words::Best, &text));
    }
    if let Some(now) = of(Role::Current) {
        rows.push(row(&Words::ThisChange, &say(&now)));
    }
    if let Some(before) = of(Role::Baseline).filter(|it| Some(*it) != best) {
        rows.push(row(&Words::Baseline, &say(&before)));
    }
    let others = tried.trials.iter().filter(|it| it.role == Role::Other);
    let others: Vec<String> = others.take(4).map(|it| say(&it.score).say(lang)).collect();
    if !others.is_empty() {
        rows.push(TriedRow {
            label: Words::Earlier.say(lang),
            text: list(&others, lang),
        });
    }
    rows.extend(never_varied(report, judged, tried, lang));
    rows
}

/// The parameters that have one value everywhere.
pub fn never_varied(
    report: &Report,
    judged: &Verdict,
    tried: &Tried,
    lang: Lang,
) -> Option<TriedRow> {
    const MOST: usize = 6;
    let shown = tried.never_varied.iter().take(MOST);
    let mut never: Vec<String> = shown
        .map(|&param| {
            let name = param_name(report, param, lang);
            format!("{name} {}", value_text(report, param, judged.current, lang))
        })
        .collect();
    if tried.never_varied.len() > MOST {
        never.push(Words::More(tried.never_varied.len() - MOST).say(lang));
    }
    (!never.is_empty()).then(|| TriedRow {
        label: Words::NeverVaried.say(lang),
        text: never.join(", "),
    })
}
