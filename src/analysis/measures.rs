//! Measures of a confusion matrix, as scikit-learn defines them.
//!
//! A division by zero is undefined here: `None`, never 0. Averages over classes leave undefined
//! classes out, as scikit-learn does with `zero_division=np.nan`; its default of 0 would mix "never
//! said" with "always wrong". Source of the formulas: the scikit-learn user guide, section 3.4.4
//! (`precision_recall_fscore_support`, `balanced_accuracy_score`, `cohen_kappa_score`,
//! `matthews_corrcoef`).

use crate::model::{ConfusionMatrix, MatrixKind};

/// What a confusion matrix says about a classifier.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// Share of samples that are right.
    pub accuracy: Option<f64>,
    /// One for each class, in the matrix's order.
    pub classes: Vec<ClassMeasures>,
    /// Plain mean over the classes where each is defined.
    pub macro_average: Averages,
    /// Mean weighted by support, over the classes where each is defined.
    pub weighted_average: Averages,
    /// Mean recall of the classes that occur.
    pub balanced_accuracy: Option<f64>,
    /// Agreement beyond what the margins alone give; undefined where only one class occurs.
    pub cohen_kappa: Option<f64>,
    /// Matthews correlation of actual and predicted; undefined where either is one class only
    /// (scikit-learn says 0 there).
    pub mcc: Option<f64>,
}

/// What a confusion matrix says about one class.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClassMeasures {
    /// Of those that were called so, the share that was; undefined for a class never predicted.
    pub precision: Option<f64>,
    /// Of those that were so, the share that was found; undefined for a class that never occurs.
    pub recall: Option<f64>,
    /// Harmonic mean of both, `2·tp / (2·tp + fp + fn)`: 0 where one of both is undefined.
    pub f1: Option<f64>,
    /// How many were so; unknown where rows or columns are normalised.
    pub support: Option<f64>,
    /// How many were called so; unknown where rows or columns are normalised.
    pub predicted: Option<f64>,
}

/// Averages over classes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Averages {
    /// Of precision.
    pub precision: Option<f64>,
    /// Of recall.
    pub recall: Option<f64>,
    /// Of F1.
    pub f1: Option<f64>,
}

impl Measures {
    /// Measures of a matrix. Where rows are normalised only recall is known, where columns are
    /// only precision; the rest is `None`.
    pub fn of(matrix: &ConfusionMatrix) -> Self {
        let (actual, predicted) = matrix.totals();
        let kind = matrix.kind();
        let (knows_recall, knows_precision) = (
            kind != MatrixKind::NormalisedByColumn,
            kind != MatrixKind::NormalisedByRow,
        );
        let knows_all = knows_recall && knows_precision;
        let classes: Vec<ClassMeasures> = actual
            .iter()
            .zip(&predicted)
            .enumerate()
            .map(|(class, (&actual, &predicted))| {
                let hits = matrix.get(class, class);
                ClassMeasures {
                    precision: ratio(hits, predicted).filter(|_| knows_precision),
                    recall: ratio(hits, actual).filter(|_| knows_recall),
                    f1: ratio(2.0 * hits, actual + predicted).filter(|_| knows_all),
                    support: Some(actual).filter(|_| knows_all),
                    predicted: Some(predicted).filter(|_| knows_all),
                }
            })
            .collect();
        let macro_average = Averages {
            precision: mean(classes.iter().map(|it| it.precision)),
            recall: mean(classes.iter().map(|it| it.recall)),
            f1: mean(classes.iter().map(|it| it.f1)),
        };
        let mut measures = Self {
            accuracy: None,
            balanced_accuracy: macro_average.recall,
            classes,
            macro_average,
            weighted_average: Averages::default(),
            cohen_kappa: None,
            mcc: None,
        };
        if knows_all {
            let weighted = |value: fn(&ClassMeasures) -> Option<f64>| {
                weighted_mean(measures.classes.iter().map(value).zip(&actual))
            };
            measures.weighted_average = Averages {
                precision: weighted(|it| it.precision),
                recall: weighted(|it| it.recall),
                f1: weighted(|it| it.f1),
            };
            let (total, right) = (matrix.total(), matrix.trace());
            measures.accuracy = ratio(right, total);
            measures.cohen_kappa = cohen_kappa(total, right, &actual, &predicted);
            measures.mcc = mcc(total, right, &actual, &predicted);
        }
        measures
    }
}

/// `(observed - expected) / (1 - expected)` agreement, over counts.
fn cohen_kappa(total: f64, right: f64, actual: &[f64], predicted: &[f64]) -> Option<f64> {
    let expected: f64 = actual.iter().zip(predicted).map(|(a, p)| a * p).sum();
    let expected = ratio(expected, total)?;
    ratio(total - right, total - expected).map(|disagreement| 1.0 - disagreement)
}

/// The multi-class R_K of Gorodkin 2004.
fn mcc(total: f64, right: f64, actual: &[f64], predicted: &[f64]) -> Option<f64> {
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let square = total * total;
    let (spread_actual, spread_predicted) = (
        square - dot(actual, actual),
        square - dot(predicted, predicted),
    );
    let covariance = right * total - dot(actual, predicted);
    ratio(
        covariance,
        libm::sqrt(spread_actual) * libm::sqrt(spread_predicted),
    )
}

/// The quotient of two non-negative sums; `None` by zero.
pub(super) fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

fn mean(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let (mut sum, mut n) = (0.0, 0.0);
    for value in values.flatten() {
        sum += value;
        n += 1.0;
    }
    ratio(sum, n)
}

/// As scikit-learn's `_nanaverage`: a plain mean where no class that is defined has weight.
fn weighted_mean<'a>(values: impl Iterator<Item = (Option<f64>, &'a f64)> + Clone) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (value, weight) in values.clone() {
        if let Some(value) = value {
            sum += value * weight;
            weights += weight;
        }
    }
    ratio(sum, weights).or_else(|| mean(values.map(|(value, _)| value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(rows: &[Vec<f64>]) -> Measures {
        let labels = (0..rows.len()).map(|class| class.to_string()).collect();
        Measures::of(&ConfusionMatrix::from_rows(labels, rows).unwrap())
    }

    #[test]
    fn a_division_by_zero_is_undefined() {
        let never_said = measures(&[vec![3.0, 0.0], vec![2.0, 0.0]]);
        assert_eq!(never_said.classes[1].precision, None);
        assert_eq!(never_said.classes[1].recall, Some(0.0));
        assert_eq!(never_said.classes[1].f1, Some(0.0));
        assert_eq!(never_said.macro_average.precision, Some(0.6));
        assert_eq!(never_said.mcc, None);
        assert_eq!(never_said.cohen_kappa, Some(0.0));
        let nothing = measures(&[vec![0.0]]);
        assert_eq!((nothing.accuracy, nothing.balanced_accuracy), (None, None));
        let one_class = measures(&[vec![4.0]]);
        assert_eq!(
            (one_class.accuracy, one_class.cohen_kappa),
            (Some(1.0), None)
        );
    }

    #[test]
    fn shares_tell_only_what_they_can() {
        let by_row = measures(&[vec![0.75, 0.25], vec![0.5, 0.5]]);
        assert_eq!(by_row.balanced_accuracy, Some(0.625));
        assert_eq!(by_row.classes[0].precision, None);
        assert_eq!((by_row.accuracy, by_row.classes[0].support), (None, None));
        let by_all = measures(&[vec![0.5, 0.25], vec![0.0, 0.25]]);
        assert_eq!(by_all.accuracy, Some(0.75));
    }
}
