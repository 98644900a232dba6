//! Which metric the verdict is about.

use super::{direction, stated};
use crate::model::{ColumnKind, Direction, Report, TextKind};

/// What decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Primary {
    /// The column; `None` for the accuracy that is counted from predictions or a matrix, or when
    /// there is nothing to judge by.
    pub column: Option<usize>,
    /// Whether somebody named it.
    pub is_chosen: bool,
    /// A stated accuracy that the counted one belies: stated, counted.
    pub belied: Option<(f64, f64)>,
    /// A name that the team set and no metric has.
    pub missing: Option<String>,
}

/// The accuracies that were counted, where they were.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counted {
    /// On the baseline.
    pub baseline: Option<f64>,
    /// Now.
    pub current: Option<f64>,
}

/// Chooses: what `chosen` or the settings name; else an accuracy that the predictions confirm, or
/// the counted one; else by well-known names; else the first metric with a known direction; else
/// the first. Metrics of the training split come last in each.
pub fn primary(
    report: &Report,
    (baseline, current): (Option<usize>, usize),
    chosen: Option<usize>,
    counted: Counted,
) -> Primary {
    let named = report.settings.primary_metric.as_deref();
    let found = named.and_then(|name| report.find_column(name));
    let found = found.filter(|idx| is_metric(report, *idx));
    let mut primary = Primary {
        column: chosen.filter(|idx| is_metric(report, *idx)).or(found),
        is_chosen: true,
        belied: None,
        missing: named.filter(|_| found.is_none()).map(str::to_owned),
    };
    let belied = |column: usize| {
        let value = |revision: usize| value_of(report, column, revision);
        let now = value(current).zip(counted.current);
        let before = baseline.and_then(value).zip(counted.baseline);
        let differs = |(stated, counted): &(f64, f64)| !is_same_share(*stated, *counted);
        let (stated, counted) = now.filter(differs).or(before.filter(differs))?;
        Some((stated, counted * stated::scale((Some(stated), None))))
    };
    if let Some(column) = primary.column {
        if rank(report, column).is_accuracy() {
            primary.belied = belied(column);
        }
        return primary;
    }
    primary.is_chosen = false;
    let mut candidates: Vec<(Rank, usize)> = report
        .columns_of(ColumnKind::Metric)
        .filter(|(idx, _)| value_of(report, *idx, current).is_some())
        .map(|(idx, _)| (rank(report, idx), idx))
        .collect();
    candidates.sort_unstable();
    if counted.current.is_none() {
        primary.column = candidates.first().map(|(_, idx)| *idx);
        return primary;
    }
    let accuracies = candidates.iter().filter(|(rank, _)| rank.is_accuracy());
    let mut accuracies = accuracies.map(|(_, idx)| *idx).peekable();
    let first = accuracies.peek().copied();
    primary.column = accuracies.find(|idx| belied(*idx).is_none());
    if primary.column.is_none() {
        primary.belied = first.and_then(belied);
    }
    primary
}

/// Whether a column states the accuracy that is counted.
pub fn is_accuracy(report: &Report, column: usize) -> bool {
    rank(report, column).is_accuracy()
}

/// The finite number that a metric has in a revision.
pub fn value_of(report: &Report, column: usize, revision: usize) -> Option<f64> {
    let cells = &report.columns.get(column)?.cells;
    cells.number(revision).filter(|value| value.is_finite())
}

/// Whether a metric states a number as text: `"0.81"`. An integer beyond 2^53 is kept as text to
/// lose no digit, which is not what the artifact did.
pub fn number_in_text(report: &Report, column: usize, revision: usize) -> bool {
    let found = report.columns.get(column);
    let text = found.and_then(|it| it.cells.text(revision));
    text.is_some_and(|(_, kind, text)| {
        kind == TextKind::Plain && text.trim().parse::<f64>().is_ok()
    })
}

/// Metrics in the order in which they should be shown: the one that a verdict would choose first.
pub fn ranked_metrics(report: &Report) -> Vec<usize> {
    let metrics = report.columns_of(ColumnKind::Metric);
    let mut ranked: Vec<(Rank, usize)> = metrics
        .filter(|(_, column)| column.cells.has_numbers())
        .map(|(idx, _)| (rank(report, idx), idx))
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, idx)| idx).collect()
}

/// Whether a metric is about one class, as in a scikit-learn report: too fine for a summary.
pub fn is_of_class(report: &Report, column: usize) -> bool {
    let column = report.columns.get(column);
    column.is_some_and(|it| standing(&it.id.path) == Standing::OfClass)
}

/// Whose number a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// The team's own.
    Own,
    /// An average of a scikit-learn report.
    Average,
    /// One class's of such a report.
    OfClass,
}

fn standing(path: &[String]) -> Standing {
    let [.., parent, leaf] = path else {
        return Standing::Own;
    };
    let is_of_report = ["precision", "recall", "f1-score", "support"].contains(&leaf.as_str());
    match is_of_report {
        true if parent.ends_with(" avg") => Standing::Average,
        true => Standing::OfClass,
        false => Standing::Own,
    }
}

/// How fit a metric is to decide; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    is_of_training: bool,
    standing: Standing,
    kind: u8,
    is_of_validation: bool,
}

impl Rank {
    fn is_accuracy(self) -> bool {
        self.kind == 0
    }
}

fn rank(report: &Report, column: usize) -> Rank {
    let Some(found) = report.columns.get(column) else {
        return Rank {
            is_of_training: true,
            standing: Standing::OfClass,
            kind: u8::MAX,
            is_of_validation: true,
        };
    };
    let words = direction::words_of(&found.id.full());
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let own = direction::words_of(found.id.path.last().unwrap_or(&found.id.file));
    let ends_in = |known: &[&str]| own.iter().any(|word| known.contains(&word.as_str()));
    let is_variant = ends_in(&["balanced", "top", "top1", "top3", "top5", "top10", "k"]);
    let kind = if ends_in(&["accuracy", "acc"]) && !is_variant && !ends_in(&["error", "loss"]) {
        0
    } else if ends_in(&[
        "accuracy", "acc", "f1", "fscore", "fbeta", "auc", "auroc", "mcc",
    ]) {
        1
    } else if ends_in(&[
        "map",
        "map50",
        "miou",
        "iou",
        "dice",
        "recall",
        "precision",
        "kappa",
    ]) {
        2
    } else if direction::direction_of(report, column) != Direction::Unknown {
        3
    } else {
        4
    };
    Rank {
        standing: standing(&found.id.path),
        is_of_training: has(&["train", "training"]) && !has(&["test"]),
        kind,
        is_of_validation: has(&["val", "valid", "validation", "dev"]),
    }
}

fn is_metric(report: &Report, column: usize) -> bool {
    let column = report.columns.get(column);
    column.is_some_and(|it| it.kind == ColumnKind::Metric)
}

/// Whether a stated share is the counted one: to the digits that are stated, as a percentage too.
pub(super) fn is_same_share(stated: f64, counted: f64) -> bool {
    let is_close = |stated: f64, counted: f64| {
        let text = format!("{stated}");
        let n_digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
        let half = 0.500_001 * libm::pow(10.0, -(n_digits as f64));
        (stated - counted).abs() <= half.max(1e-9)
    };
    if stated > 1.0 {
        return is_close(stated, counted * 100.0);
    }
    // 0 and 1 are exact; one digit would confirm nearly anything.
    is_close(stated, counted) && (stated - counted).abs() <= 0.005
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cells, Column, ColumnId, Revision, RevisionKind};

    fn report(metrics: &[(&str, f64)]) -> Report {
        let columns = metrics.iter().map(|(name, value)| Column {
            id: ColumnId::new("m.json", &name.split('.').collect::<Vec<_>>()),
            kind: ColumnKind::Metric,
            direction: Direction::Unknown,
            cells: Cells::from_numbers([Some(*value)]),
            sources: Vec::new(),
        });
        Report {
            columns: columns.collect(),
            revisions: vec![Revision::new(RevisionKind::Workspace)],
            ..Report::default()
        }
    }

    #[test]
    fn a_well_known_name_decides_else_the_first() {
        let cases: [(&[&str], usize); 7] = [
            (&["loss", "test_recall", "test_accuracy"], 2),
            (&["train.acc", "val.acc", "test.acc"], 2),
            (&["epoch", "rmse", "r2"], 1),
            (&["balanced_accuracy", "accuracy"], 1),
            (&["auc", "recall"], 0),
            (&["alpha", "beta"], 0),
            (&["train.accuracy", "val.f1"], 1),
        ];
        for (names, expected) in cases {
            let metrics: Vec<_> = names.iter().map(|name| (*name, 0.5)).collect();
            let found = primary(&report(&metrics), (None, 0), None, Counted::default());
            assert_eq!(found.column, Some(expected), "{names:?}");
            assert!(!found.is_chosen);
        }
    }

    #[test]
    fn predictions_confirm_or_belie_an_accuracy() {
        let report = report(&[("val_acc", 0.91), ("acc", 0.494)]);
        let counted = |current| Counted {
            current: Some(current),
            baseline: None,
        };
        let found = primary(&report, (None, 0), None, counted(87.0 / 176.0));
        assert_eq!((found.column, found.belied), (Some(1), None));
        let found = primary(&report, (None, 0), None, counted(0.7));
        assert_eq!((found.column, found.belied), (None, Some((0.494, 0.7))));
        // What is counted, in the units of what is stated.
        let mut percent = report.clone();
        percent.columns[1].cells = Cells::from_numbers([Some(49.4)]);
        let found = primary(&percent, (None, 0), None, counted(0.7));
        assert_eq!(found.belied, Some((49.4, 70.0)));
        let found = primary(&report, (None, 0), Some(0), counted(0.7));
        assert_eq!((found.column, found.belied), (Some(0), Some((0.91, 0.7))));
        for (stated, counted, expected) in [
            (0.49, 0.4943, true),
            (49.4, 0.4943, true),
            (0.4943181818181818, 87.0 / 176.0, true),
            (0.5, 0.4943, false),
            (1.0, 0.99, false),
            (0.4944, 0.4943181, false),
        ] {
            assert_eq!(is_same_share(stated, counted), expected, "{stated}");
        }
    }

    #[test]
    fn a_name_that_no_metric_has_is_told() {
        let mut report = report(&[("acc", 0.5), ("f1", 0.4)]);
        report.settings.primary_metric = Some("f1".into());
        let found = primary(&report, (None, 0), None, Counted::default());
        assert_eq!((found.column, found.is_chosen), (Some(1), true));
        report.settings.primary_metric = Some("value".into());
        let found = primary(&report, (None, 0), None, Counted::default());
        assert_eq!((found.column, found.is_chosen), (Some(0), false));
        assert_eq!(found.missing.as_deref(), Some("value"));
    }
}
