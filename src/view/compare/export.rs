use super::state::{State, matches};
use crate::{
    analysis::table::known,
    model::{Lang, Report},
    view::experiments::{Sheet, cell_text, column_digits, full_value},
    words::{Say as _, compare::Compare as T, metric::Heads},
};

/// The rows that are shown, as a table to be copied.
pub(super) fn sheet(report: &Report, state: &State, search: &str, lang: Lang) -> Sheet {
    let keys = report.revision_keys();
    let all = state.all();
    let heads = Heads::new(report, lang);
    let mut sheet = Sheet {
        name: "compare",
        ..Sheet::default()
    };
    sheet.add_column(T::Key.say(lang), "key".to_owned(), false);
    for revision in &all {
        let key = keys.get(*revision).cloned().unwrap_or_default();
        sheet.add_column(key.clone(), key, true);
    }
    for line in state
        .comparison
        .groups
        .iter()
        .flat_map(|group| &group.lines)
    {
        let is_wanted = line.is_different || !state.only_different;
        let Some(column) = report.columns.get(line.column) else {
            continue;
        };
        if !is_wanted || !matches(report, &heads, line.column, search) {
            continue;
        }
        let digits = column_digits(report, line.column, &all);
        let id = column.id.full();
        let mut shown = vec![heads.name(line.column).unwrap_or_else(|| id.clone())];
        let mut full = vec![id];
        for revision in &all {
            let cell = known(report, line.column, *revision);
            let star = if line.best.contains(revision) {
                "★ "
            } else {
                ""
            };
            shown.push(format!(
                "{star}{}",
                cell_text(cell, column.kind, digits, lang)
            ));
            full.push(full_value(cell));
        }
        sheet.shown.push(shown);
        sheet.full.push(full);
    }
    sheet
}
