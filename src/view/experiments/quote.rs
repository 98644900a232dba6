use super::{
    grid::{cell_text, column_digits, difference_text},
    parallel::clipped,
};
use crate::{
    analysis::{
        changed::{differs, is_stated},
        compare::{Change, change},
        direction::direction_of,
        primary::{Counted, primary},
        table::known,
        values::Ranked,
    },
    model::{ColumnKind, Lang, Report, State},
    words::{
        Say as _,
        experiments::Experiments as T,
        metric::Heads,
        run_quote::{Params, RunQuote},
    },
};

/// Longer values are cut.
const LONGEST: usize = 60;

/// A run for the discussion: what sets it apart from the baseline, and its metrics with their
/// differences, the one that decides first.
pub fn quote(report: &Report, base: Option<usize>, run: usize, lang: Lang) -> Option<String> {
    let of = report.revisions.get(run)?;
    let is_baseline = base == Some(run);
    let base = base.filter(|it| *it != run);
    let names = Heads::new(report, lang).names(report);
    let name = |idx: usize| names.get(idx).cloned().unwrap_or_default();
    let text = |idx: usize, kind: ColumnKind, row: usize| {
        let rows: Vec<usize> = base.into_iter().chain([run]).collect();
        let digits = column_digits(report, idx, &rows);
        clipped(
            &cell_text(known(report, idx, row), kind, digits, lang),
            LONGEST,
        )
    };
    let has_params = |row: usize| {
        let mut params = report.columns_of(ColumnKind::Param);
        params.any(|(idx, _)| !known(report, idx, row).is_missing())
    };
    // Without any parameters there are none to differ from; of its own, those that vary are told.
    let before = base.filter(|base| has_params(*base) && has_params(run));
    let rows = match before {
        Some(base) => vec![base, run],
        None => (0..report.revisions.len()).collect(),
    };
    let ranked = Ranked::new(report);
    let params = report.columns_of(ColumnKind::Param);
    let params = params.filter(|(idx, _)| differs(report, &ranked, *idx, &rows));
    let params = params.filter(|(idx, _)| before.is_some() || is_stated(report, *idx, run));
    let param = |(idx, _)| {
        let now = text(idx, ColumnKind::Param, run);
        let before = before.map(|base| text(idx, ColumnKind::Param, base));
        let before = before.map(|it| format!("{it} → "));
        format!("{} {}{now}", name(idx), before.unwrap_or_default())
    };
    let params: Vec<String> = params.map(param).collect();
    let params = match before {
        Some(_) => Params::Different(params),
        None => Params::Own(params),
    };
    let metrics = report.columns_of(ColumnKind::Metric);
    let metrics = metrics.filter(|(idx, _)| !known(report, *idx, run).is_missing());
    let mut metrics: Vec<usize> = metrics.map(|(idx, _)| idx).collect();
    let deciding = primary(report, (base, run), None, Counted::default()).column;
    metrics.sort_by_key(|idx| Some(*idx) != deciding);
    let metric = |idx: &usize| {
        let now = format!("{} {}", name(*idx), text(*idx, ColumnKind::Metric, run));
        let Some(base) = base else { return now };
        let (before, after) = (known(report, *idx, base), known(report, *idx, run));
        let Change::Number {
            difference,
            is_better,
            ..
        } = change(before, after, direction_of(report, *idx))
        else {
            return match before.same_as(after) {
                true => format!("{now} ({})", T::Same.say(lang)),
                false => now,
            };
        };
        let digits = column_digits(report, *idx, &[base, run]);
        let word = is_better.map(|it| match it {
            true => format!(", {}", T::Better.say(lang)),
            false => format!(", {}", T::Worse.say(lang)),
        });
        format!(
            "{} {} → {} ({}{})",
            name(*idx),
            text(*idx, ColumnKind::Metric, base),
            text(*idx, ColumnKind::Metric, run),
            difference_text(difference, digits, lang),
            word.unwrap_or_default()
        )
    };
    let state = match &of.state {
        State::Ok => None,
        State::Failed(_) => Some(T::Failed),
        State::Queued => Some(T::Queued),
        State::Running => Some(T::Running),
    };
    let label = |row: usize| report.revisions.get(row).map(|it| it.label().to_owned());
    let quote = RunQuote {
        name: of.label().to_owned(),
        state: state.map(|it| it.say(lang)),
        base: base.and_then(label),
        is_baseline,
        params,
        metrics: metrics.iter().map(metric).collect(),
    };
    Some(quote.say(lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::small;

    #[test]
    fn a_run_is_told_with_what_differs_from_the_baseline() {
        let report = small();
        let told = |base, run, lang| quote(&report, base, run, lang).unwrap();
        assert_eq!(
            told(Some(0), 1, Lang::En),
            "topic, compared with main. Different parameters: C 10 → 120. \
             Metrics: accuracy 0.5300 → 0.4900 (−0.0400, worse); rmse 3.5000 (same)."
        );
        assert_eq!(
            told(Some(0), 3, Lang::Es),
            "bold-newt, en comparación con main. Parámetros distintos: C 10 → 30; solver lbfgs → –. \
             Métricas: accuracy 0,5300 → 0,5200 (−0,0100, peor); \
             rmse 3,5000 → 2,5000 (−1,0000, mejor)."
        );
        assert_eq!(
            told(Some(0), 4, Lang::En),
            "dead-rust (failed), compared with main. Different parameters: C 10 → 300."
        );
        let baseline = told(Some(0), 0, Lang::En);
        assert!(
            baseline.starts_with(
                "main, the baseline. Parameters: C 10; solver lbfgs. Metrics: accuracy 0.53"
            ),
            "{baseline}"
        );
        assert!(told(None, 1, Lang::En).starts_with("topic. Parameters: C 120; solver lbfgs. "));
        assert_eq!(quote(&report, Some(0), 99, Lang::En), None);
    }
}
