//! Which measure a metric states: told by its name, and confirmed by counting.
//!
//! "recall" may be a macro or weighted average, or one class's. The one that predictions or
//! matrices give back, to the digits that are stated, on both sides, is the one that is meant.

use super::{
    direction,
    primary::{self, is_same_share},
    records,
    statistics::{Average, Family, Margins, Measure},
};
use crate::model::{MatrixKind, Report, Verdict};

/// What a metric states.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stated {
    /// This measure.
    Measure(Measure),
    /// The name says which measure, but the values are others: stated, counted.
    Belied(f64, f64),
    /// None that careo can count, or nobody knows which.
    Unknown,
}

/// What both sides were counted to be.
#[derive(Clone, Debug)]
pub struct CountedMargins<'a> {
    /// The classes, in the order of the margins.
    pub labels: &'a [String],
    /// Of the baseline.
    pub before: Margins,
    /// Now.
    pub now: Margins,
}

/// Finds the measure that the metric `column` states, given its values before and now.
pub fn stated(
    report: &Report,
    column: usize,
    (before, now): (Option<f64>, Option<f64>),
    counted: &CountedMargins<'_>,
) -> Stated {
    let Some((candidates, is_explicit)) = candidates(report, column, counted.labels) else {
        return Stated::Unknown;
    };
    if before.is_none() && now.is_none() {
        return Stated::Unknown;
    }
    let sides = |measure: &Measure| {
        let before = before.map(|it| (it, measure.value(&counted.before)));
        let now = now.map(|it| (it, measure.value(&counted.now)));
        [now, before].into_iter().flatten()
    };
    let differing = |measure: &Measure| {
        let mut sides = sides(measure);
        sides.find(|(stated, counted)| !is_same_share(*stated, *counted))
    };
    if let Some(found) = candidates.iter().find(|it| differing(it).is_none()) {
        return Stated::Measure(*found);
    }
    match candidates.first().and_then(differing) {
        Some((stated, counted)) if is_explicit => {
            Stated::Belied(stated, counted * scale((Some(stated), None)))
        }
        _ => Stated::Unknown,
    }
}

/// By how much the units of a metric that states a measure are smaller than the measure's: 100 for
/// percentages.
pub fn scale((before, now): (Option<f64>, Option<f64>)) -> f64 {
    let is_percentage = [before, now].into_iter().flatten().any(|it| it > 1.0);
    if is_percentage { 100.0 } else { 1.0 }
}

/// What a metric of what is judged states and what counting gives, where its name leaves no doubt
/// about what it measures and the two differ. One of another split than the test's is not counted.
pub fn belied(report: &Report, judged: &Verdict, column: usize) -> Option<(f64, f64)> {
    let id = &report.columns.get(column)?.id;
    let leaf = id.path.last().map(String::as_str);
    let mut words = direction::words_of(leaf.unwrap_or(&id.file)).into_iter();
    if words.any(|it| ["train", "training", "val", "valid", "validation", "dev"].contains(&&*it)) {
        return None;
    }
    let value = primary::value_of(report, column, judged.current);
    let [_, matrix] = records::matrices_of(report, (judged.baseline, judged.current));
    let matrix = matrix?;
    if matrix.kind() != MatrixKind::Counts {
        return None;
    }
    let n_classes = matrix.n_classes();
    let mut now = Margins::new(n_classes);
    for (actual, predicted, count) in matrix.filled() {
        now.add(actual, predicted, count);
    }
    let counted = CountedMargins {
        labels: matrix.labels(),
        before: Margins::new(n_classes),
        now,
    };
    match stated(report, column, (None, value), &counted) {
        Stated::Belied(stated, counted) => Some((stated, counted)),
        Stated::Measure(_) | Stated::Unknown => None,
    }
}

/// Whether a metric may be a measure that only resampling can judge.
pub fn may_need_resampling(report: &Report, column: usize) -> bool {
    let candidates = candidates(report, column, &[]);
    candidates.is_some_and(|(candidates, _)| {
        let mut families = candidates.iter().map(|it| it.family);
        families.any(|family| family != Family::Accuracy)
    })
}

/// Whether a metric may be a measure that is counted from what each sample was and was called.
pub fn may_be_counted(report: &Report, column: usize) -> bool {
    candidates(report, column, &[]).is_some()
}

/// The measures that a metric may mean, the likeliest first, and whether its name leaves no doubt.
fn candidates(report: &Report, column: usize, labels: &[String]) -> Option<(Vec<Measure>, bool)> {
    let id = &report.columns.get(column)?.id;
    let leaf = id.path.last().map_or_else(
        || direction::file_stem(&id.file).to_owned(),
        |leaf| leaf.to_ascii_lowercase(),
    );
    let own = direction::words_of(&leaf);
    let has = |known: &[&str]| own.iter().any(|word| known.contains(&word.as_str()));
    if has(&[
        "loss", "error", "err", "std", "at", "top", "auc", "ap", "map", "support",
    ]) {
        return None;
    }
    let is_accuracy = has(&["accuracy", "acc"]);
    let family = match () {
        () if is_accuracy && has(&["balanced"]) => Family::BalancedAccuracy,
        () if is_accuracy => Family::Accuracy,
        () if has(&["kappa"]) => Family::Kappa,
        () if has(&["mcc", "matthews"]) => Family::Mcc,
        () if has(&["precision", "ppv"]) => Family::Precision,
        () if has(&["recall", "sensitivity", "tpr"]) => Family::Recall,
        () if has(&["f1", "fscore", "f1score"]) => Family::F1,
        () => return None,
    };
    if !matches!(family, Family::Precision | Family::Recall | Family::F1) {
        return Some((vec![Measure::of(family)], true));
    }
    // "macro avg.f1-score", "weighted.recall", "PF.precision", "f1_macro".
    let above = id.path.len().checked_sub(2).and_then(|it| id.path.get(it));
    let mut words = own.clone();
    words.extend(above.map(|it| direction::words_of(it)).unwrap_or_default());
    let says = |known: &str| words.iter().any(|word| word == known);
    let over = |average: Average, leaves_out: bool| Measure {
        family,
        average,
        leaves_out,
    };
    let both = |average| [over(average, false), over(average, true)];
    if says("micro") {
        return Some((vec![Measure::of(Family::Accuracy)], true));
    }
    if says("macro") {
        return Some((both(Average::Macro).to_vec(), true));
    }
    if says("weighted") {
        return Some((both(Average::Weighted).to_vec(), true));
    }
    let class = |label: &str| labels.iter().position(|known| known == label);
    let of_class = |class| over(Average::Class(class), false);
    if let Some(class) = above.and_then(|it| class(it)) {
        return Some((vec![of_class(class)], true));
    }
    let named = labels.iter().position(|label| {
        let label = label.to_ascii_lowercase();
        label.len() > 1 && words.contains(&label)
    });
    let chosen = report.settings.positive_class.as_deref().and_then(class);
    let mut candidates: Vec<Measure> = named.into_iter().chain(chosen).map(of_class).collect();
    if labels.len() == 2 {
        // scikit-learn's `average="binary"` is about the class that is looked for.
        const POSITIVE: [&str; 6] = ["1", "1.0", "true", "True", "yes", "positive"];
        let positive = POSITIVE.iter().find_map(|label| class(label)).unwrap_or(1);
        candidates.push(of_class(positive));
        candidates.push(of_class(1 - positive));
    }
    candidates.extend(both(Average::Macro));
    candidates.extend(both(Average::Weighted));
    Some((candidates, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cells, Column, ColumnId, ColumnKind, Direction};

    fn found(path: &[&str], value: f64, labels: &[&str], cells: &[(usize, usize, f64)]) -> Stated {
        found_by(None, path, value, labels, cells)
    }

    fn found_by(
        positive_class: Option<&str>,
        path: &[&str],
        value: f64,
        labels: &[&str],
        cells: &[(usize, usize, f64)],
    ) -> Stated {
        let mut report = Report {
            columns: vec![Column {
                id: ColumnId::new("m.json", path),
                kind: ColumnKind::Metric,
                direction: Direction::Unknown,
                cells: Cells::from_numbers([Some(value)]),
                sources: Vec::new(),
            }],
            ..Report::default()
        };
        report.settings.positive_class = positive_class.map(str::to_owned);
        let labels: Vec<String> = labels.iter().map(|&it| it.to_owned()).collect();
        let mut now = Margins::new(labels.len());
        for &(actual, said, n) in cells {
            now.add(actual, said, n);
        }
        let counted = CountedMargins {
            labels: &labels,
            before: Margins::new(labels.len()),
            now,
        };
        stated(&report, 0, (None, Some(value)), &counted)
    }

    #[test]
    fn a_metric_is_the_measure_that_counting_gives_back() {
        // Class "1": 30 of 40 found, 30 of 50 said rightly; class "0": 40 of 60, 40 of 50.
        let cells = [(1, 1, 30.0), (1, 0, 10.0), (0, 1, 20.0), (0, 0, 40.0)];
        let binary = |path: &[&str], value| found(path, value, &["0", "1"], &cells);
        let of = |family, average| {
            Stated::Measure(Measure {
                family,
                average,
                leaves_out: false,
            })
        };
        let cases = [
            (
                &["test_recall"][..],
                0.75,
                of(Family::Recall, Average::Class(1)),
            ),
            (&["recall"], 0.667, of(Family::Recall, Average::Class(0))),
            (
                &["recall"],
                (0.75 + 2.0 / 3.0) / 2.0,
                of(Family::Recall, Average::Macro),
            ),
            (
                &["precision"],
                0.72,
                of(Family::Precision, Average::Weighted),
            ),
            (
                &["weighted avg", "precision"],
                72.0,
                of(Family::Precision, Average::Weighted),
            ),
            (
                &["1", "precision"],
                0.6,
                of(Family::Precision, Average::Class(1)),
            ),
            (
                &["f1_macro"],
                0.72,
                Stated::Belied(0.72, 0.696_969_696_969_697),
            ),
            (
                &["f1_macro"],
                72.0,
                Stated::Belied(72.0, 100.0 * 0.696_969_696_969_697),
            ),
            (&["recall"], 0.2, Stated::Unknown),
            (&["recall_loss"], 0.75, Stated::Unknown),
            (
                &["micro avg", "f1-score"],
                0.7,
                of(Family::Accuracy, Average::Macro),
            ),
            (
                &["balanced_accuracy"],
                0.7083,
                of(Family::BalancedAccuracy, Average::Macro),
            ),
        ];
        for (path, value, expected) in cases {
            assert_eq!(binary(path, value), expected, "{path:?} {value}");
        }
    }

    #[test]
    fn of_many_classes_the_positive_one_may_be_meant() {
        let cells = [
            (0, 0, 30.0),
            (0, 1, 10.0),
            (1, 1, 25.0),
            (1, 2, 25.0),
            (2, 2, 60.0),
        ];
        let labels = ["fraud", "doubtful", "legit"];
        let recall = |positive| found_by(positive, &["test_recall"], 0.75, &labels, &cells);
        let of = |average| {
            Stated::Measure(Measure {
                average,
                ..Measure::of(Family::Recall)
            })
        };
        // The macro average is 0.75 as well.
        assert_eq!(recall(Some("fraud")), of(Average::Class(0)));
        assert_eq!(recall(None), of(Average::Macro));
        let precision = |positive| found_by(positive, &["precision"], 1.0, &labels, &cells);
        assert_eq!(precision(None), Stated::Unknown);
        assert_eq!(precision(Some("legit")), Stated::Unknown);
        assert!(matches!(precision(Some("fraud")), Stated::Measure(_)));
    }

    #[test]
    fn what_is_undefined_counts_as_nothing_or_not_at_all() {
        // Nobody says "c".
        let cells = [(0, 0, 8.0), (1, 1, 6.0), (2, 1, 6.0)];
        let of = |value| found(&["macro avg", "precision"], value, &["a", "b", "c"], &cells);
        let macro_precision = |leaves_out| {
            Stated::Measure(Measure {
                family: Family::Precision,
                average: Average::Macro,
                leaves_out,
            })
        };
        assert_eq!(of(0.5), macro_precision(false));
        assert_eq!(of(0.75), macro_precision(true));
    }
}
