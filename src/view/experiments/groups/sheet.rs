use leptos::prelude::*;

use super::{
    super::{
        export::{Exact, Sheet},
        grid::{GridColumn, cell_text},
        view::Experiments,
    },
    shown::{Metric, Shown},
};
use crate::{
    analysis::table::known,
    model::Lang,
    words::{Say as _, groups::Groups as W, metric::Heads},
};

/// The groups as a table to be copied: one row each, mean, deviation, lowest and highest.
pub(in crate::view::experiments) fn groups_sheet(view: Experiments, lang: Lang) -> Option<Sheet> {
    let shown = untrack(|| Shown::new(view, &view.state.get()))?;
    let mut sheet = Sheet {
        name: "groups",
        note: shown.note.clone(),
        ..Sheet::default()
    };
    let heads = Heads::new(&shown.report, lang);
    let head = |column: &GridColumn| {
        let named = heads.name(column.column);
        named.unwrap_or_else(|| column.name.clone())
    };
    sheet.add_column(W::Runs.say(lang), "n".to_owned(), true);
    for column in &shown.params {
        sheet.add_column(head(column), column.name.clone(), column.is_number);
    }
    for Metric { column, .. } in &shown.metrics {
        for (of, key) in [
            (W::Counted as fn(String) -> W, "n"),
            (W::Mean, "mean"),
            (W::Deviation, "std"),
            (W::Min, "min"),
            (W::Max, "max"),
        ] {
            let key = format!("{}:{key}", column.name);
            sheet.add_column(of(head(column)).say(lang), key, true);
        }
    }
    for group in shown.order.iter().filter_map(|at| shown.group(*at)) {
        let n = group.members.len();
        let mut row = vec![n.to_string()];
        let mut full = vec![Exact::number(Some(n as f64))];
        for column in &shown.params {
            let value = known(&shown.report, column.column, group.first());
            let n = group.n_values(&shown.report, column.column);
            row.push(match n {
                0 | 1 => cell_text(value, column.kind, column.digits, lang),
                n => W::NValues(n).say(lang),
            });
            full.push(match n {
                0 | 1 => Exact::of(value),
                n => Exact::Text(W::NValues(n).say(Lang::En)),
            });
        }
        for metric in &shown.metrics {
            let found = group.spread(&shown.report, metric.column.column);
            let n = found.map_or(0, |it| it.n);
            row.push(n.to_string());
            full.push(Exact::number(Some(n as f64)));
            let Some(spread) = found else {
                row.extend(["–"; 4].map(str::to_owned));
                full.extend([const { Exact::None }; 4]);
                continue;
            };
            let figures = shown.figures(metric, spread, lang);
            let none = || "–".to_owned();
            let column = &metric.column;
            let ends = [spread.min, spread.max];
            let ends = ends.map(|it| shown.text(column, it, column.digits, lang));
            row.extend([figures.mean, figures.deviation.unwrap_or_else(none)]);
            row.extend(ends);
            let numbers = [
                Some(spread.mean),
                spread.deviation,
                Some(spread.min),
                Some(spread.max),
            ];
            full.extend(numbers.map(Exact::number));
        }
        sheet.shown.push(row);
        sheet.full.push(full);
    }
    Some(sheet)
}
