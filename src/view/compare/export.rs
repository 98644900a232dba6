use super::{
    lines::ShownLine,
    state::{State, matches},
};
use crate::{
    analysis::table::known,
    model::{Lang, Report, State as RunState},
    view::experiments::{Exact, Sheet, state_words},
    words::{Say as _, compare::Compare as T, metric::Heads},
};

/// The rows that are shown, as a table to be copied: people get value and change, as they see them;
/// programs get values, and behind them the differences to the baseline.
pub(super) fn sheet(report: &Report, state: &State, search: &str, lang: Lang) -> Sheet {
    let keys = report.revision_keys();
    let all = state.all();
    let heads = Heads::new(report, lang);
    let mut sheet = Sheet {
        name: "compare",
        ..Sheet::default()
    };
    sheet.add_column(T::Key.say(lang), "key".to_owned(), false);
    let key = |revision: &usize| keys.get(*revision).cloned().unwrap_or_default();
    for revision in &all {
        let run_state = report.revisions.get(*revision).map(|it| &it.state);
        let no_result = run_state.filter(|it| **it != RunState::Ok);
        let head = match no_result {
            None => key(revision),
            Some(it) => format!("{} ({})", key(revision), state_words(it).1.say(lang)),
        };
        sheet.add_column(head, key(revision), true);
    }
    for revision in &state.runs {
        sheet.add_key(format!("{} difference", key(revision)));
        sheet.are_numbers.push(true);
    }
    for line in state
        .comparison
        .groups
        .iter()
        .flat_map(|group| &group.lines)
    {
        let is_wanted = line.is_different || !state.only_different;
        let (Some(column), Some(of_line)) = (
            report.columns.get(line.column),
            ShownLine::new(report, state, line.column),
        ) else {
            continue;
        };
        if !is_wanted || !matches(report, &heads, line.column, search) {
            continue;
        }
        let id = column.id.full();
        let mut shown = vec![heads.name(line.column).unwrap_or_else(|| id.clone())];
        let mut full = vec![Exact::Text(id)];
        let mut differences = Vec::new();
        for revision in &all {
            let cell = known(report, line.column, *revision);
            let star = if line.best.contains(revision) {
                "★ "
            } else {
                ""
            };
            let mut text = format!("{star}{}", of_line.value(cell, lang));
            full.push(Exact::of(cell));
            if Some(*revision) != state.base {
                let change = of_line.told(*revision, lang);
                let parts = [change.arrow.map(str::to_owned), Some(change.text.clone())];
                let parts = parts.into_iter().flatten().chain(change.word(lang));
                let parts: Vec<String> = parts.filter(|it| !it.is_empty()).collect();
                if !parts.is_empty() {
                    text.push_str(&format!(" ({})", parts.join(" ")));
                }
                differences.push(Exact::number(of_line.difference(cell)));
            }
            shown.push(text);
        }
        full.extend(differences);
        sheet.shown.push(shown);
        sheet.full.push(full);
    }
    sheet
}
