//! One class against the rest: the 2×2 table, and the measures that are made of it, as scikit-learn
//! and PyCM define them. A division by zero is undefined: `None`, never 0.

use super::{
    measures::ratio,
    statistics::{Z95, wilson_interval},
};
use crate::model::{ConfusionMatrix, MatrixKind};

/// One class against all others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TwoByTwo {
    /// Were it, and are called so (TP).
    pub hits: f64,
    /// Were it, and are called something else (FN).
    pub missed: f64,
    /// Were something else, and are called so (FP).
    pub wrongly: f64,
    /// Were something else, and are called something else (TN).
    pub others: f64,
}

/// A measure of one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OneMeasure {
    /// Recall, sensitivity, TPR: of those that were it, the share that is found.
    Recall,
    /// Precision, PPV: of those called so, the share that is right.
    Precision,
    /// F1: harmonic mean of both, `2·TP / (2·TP + FP + FN)`.
    F1,
    /// Specificity, TNR: of all others, the share that is not called so.
    Specificity,
    /// NPV: of those not called so, the share that is something else.
    NegativePredictive,
    /// FPR: of all others, the share that is called so.
    FalseAlarms,
    /// FNR: of those that were it, the share that is missed.
    Missed,
    /// ACC: the share of all that is right, for this class.
    Accuracy,
    /// Prevalence, PRE: the share of all that was it.
    Prevalence,
    /// Jaccard index: of all that were it or are called so, the share that is both.
    Jaccard,
    /// MCC of the 2×2 table.
    Mcc,
    /// Cohen's kappa of the 2×2 table.
    Kappa,
    /// Informedness, BM, Youden's J: recall + specificity − 1.
    Informedness,
    /// Markedness, MK: precision + NPV − 1.
    Markedness,
    /// Positive likelihood ratio, PLR: recall / FPR.
    PositiveLikelihood,
    /// Negative likelihood ratio, NLR: FNR / specificity.
    NegativeLikelihood,
    /// Diagnostic odds ratio, DOR: PLR / NLR.
    OddsRatio,
}

impl OneMeasure {
    /// All of them, the best known first.
    pub const ALL: [Self; 17] = [
        Self::Recall,
        Self::Precision,
        Self::F1,
        Self::Specificity,
        Self::NegativePredictive,
        Self::FalseAlarms,
        Self::Missed,
        Self::Accuracy,
        Self::Prevalence,
        Self::Jaccard,
        Self::Mcc,
        Self::Kappa,
        Self::Informedness,
        Self::Markedness,
        Self::PositiveLikelihood,
        Self::NegativeLikelihood,
        Self::OddsRatio,
    ];

    /// What it is of a table; `None` where it would be divided by zero.
    pub fn of(self, table: &TwoByTwo) -> Option<f64> {
        if let Some((part, whole)) = self.share(table) {
            return ratio(part, whole);
        }
        let get = |it: Self| it.of(table);
        let TwoByTwo {
            hits,
            missed,
            wrongly,
            others,
        } = *table;
        match self {
            Self::F1 => ratio(2.0 * hits, 2.0 * hits + missed + wrongly),
            Self::Mcc => {
                let spread = libm::sqrt(hits + missed)
                    * libm::sqrt(hits + wrongly)
                    * libm::sqrt(others + missed)
                    * libm::sqrt(others + wrongly);
                ratio(hits * others - missed * wrongly, spread)
            }
            Self::Kappa => {
                let total = table.total();
                let expected =
                    (hits + missed) * (hits + wrongly) + (others + missed) * (others + wrongly);
                let expected = ratio(expected, total)?;
                let disagreement = ratio(missed + wrongly, total - expected)?;
                Some(1.0 - disagreement)
            }
            Self::Informedness => Some(get(Self::Recall)? + get(Self::Specificity)? - 1.0),
            Self::Markedness => Some(get(Self::Precision)? + get(Self::NegativePredictive)? - 1.0),
            Self::PositiveLikelihood => ratio(get(Self::Recall)?, get(Self::FalseAlarms)?),
            Self::NegativeLikelihood => ratio(get(Self::Missed)?, get(Self::Specificity)?),
            Self::OddsRatio => ratio(
                get(Self::PositiveLikelihood)?,
                get(Self::NegativeLikelihood)?,
            ),
            _ => None,
        }
    }

    /// Its interval at a level, where it is a share of a number of samples.
    pub fn interval(self, table: &TwoByTwo, level: Level) -> Option<(f64, f64)> {
        let (part, whole) = self.share(table)?;
        wilson(part, whole, level)
    }

    /// The part and the whole, where it is a share.
    fn share(self, table: &TwoByTwo) -> Option<(f64, f64)> {
        let TwoByTwo {
            hits,
            missed,
            wrongly,
            others,
        } = *table;
        Some(match self {
            Self::Recall => (hits, hits + missed),
            Self::Precision => (hits, hits + wrongly),
            Self::Specificity => (others, others + wrongly),
            Self::NegativePredictive => (others, others + missed),
            Self::FalseAlarms => (wrongly, others + wrongly),
            Self::Missed => (missed, hits + missed),
            Self::Accuracy => (hits + others, table.total()),
            Self::Prevalence => (hits + missed, table.total()),
            Self::Jaccard => (hits, hits + missed + wrongly),
            _ => return None,
        })
    }
}

impl TwoByTwo {
    /// Of one class; `None` of a matrix whose rows or columns are normalised: it doesn't tell how
    /// many there are of one class and of another.
    pub fn of(matrix: &ConfusionMatrix, class: usize) -> Option<Self> {
        let knows_all = !matches!(
            matrix.kind(),
            MatrixKind::NormalisedByRow | MatrixKind::NormalisedByColumn
        );
        if !knows_all || class >= matrix.n_classes() {
            return None;
        }
        let mut table = Self::default();
        matrix.for_each(&mut |actual, predicted, value| {
            *match (actual == class, predicted == class) {
                (true, true) => &mut table.hits,
                (true, false) => &mut table.missed,
                (false, true) => &mut table.wrongly,
                (false, false) => &mut table.others,
            } += value;
        });
        Some(table)
    }

    /// All samples.
    pub fn total(&self) -> f64 {
        self.hits + self.missed + self.wrongly + self.others
    }
}

/// The confidence of an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// 90 %.
    Of90,
    /// 95 %.
    #[default]
    Of95,
    /// 99 %.
    Of99,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Of90, Self::Of95, Self::Of99];

    /// In per cent.
    pub fn percent(self) -> usize {
        match self {
            Self::Of90 => 90,
            Self::Of95 => 95,
            Self::Of99 => 99,
        }
    }

    /// The point of the normal distribution that leaves half of the rest above it.
    fn z(self) -> f64 {
        match self {
            Self::Of90 => 1.644_853_626_951_472_2,
            Self::Of95 => Z95,
            Self::Of99 => 2.575_829_303_548_900_4,
        }
    }
}

/// Wilson's score interval (1927), without continuity correction, of `part` of `whole`; `None` of
/// nothing.
pub fn wilson(part: f64, whole: f64, level: Level) -> Option<(f64, f64)> {
    wilson_interval(part, whole, level.z())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::nba;

    #[test]
    fn a_class_against_the_rest() {
        let table = TwoByTwo::of(&nba::now(), 3).unwrap();
        let expected = TwoByTwo {
            hits: 12.0,
            missed: 24.0,
            wrongly: 23.0,
            others: 117.0,
        };
        assert_eq!((table, table.total()), (expected, 176.0));
        assert_eq!(OneMeasure::Recall.of(&table), Some(12.0 / 36.0));
        assert_eq!(OneMeasure::Precision.of(&table), Some(12.0 / 35.0));
        assert_eq!(OneMeasure::F1.of(&table), Some(24.0 / 71.0));
        assert_eq!(TwoByTwo::of(&nba::now(), 9), None);
    }

    #[test]
    fn what_is_divided_by_zero_is_undefined() {
        let never_said = TwoByTwo {
            missed: 4.0,
            others: 6.0,
            ..TwoByTwo::default()
        };
        let undefined = OneMeasure::ALL
            .into_iter()
            .filter(|it| it.of(&never_said).is_none());
        assert_eq!(
            undefined.collect::<Vec<_>>(),
            [
                OneMeasure::Precision,
                OneMeasure::Mcc,
                OneMeasure::Markedness,
                OneMeasure::PositiveLikelihood,
                OneMeasure::OddsRatio,
            ]
        );
        assert_eq!(
            OneMeasure::Precision.interval(&never_said, Level::Of95),
            None
        );
        assert!(
            OneMeasure::ALL
                .iter()
                .all(|it| it.of(&TwoByTwo::default()).is_none())
        );
    }

    #[test]
    fn intervals_stay_within_what_a_share_can_be() {
        for level in Level::ALL {
            for whole in [1.0, 5.0, 36.0, 1e9] {
                for part in [0.0, 1.0, whole] {
                    let (low, high) = wilson(part, whole, level).unwrap();
                    let share = part / whole;
                    assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
                }
            }
        }
        let width = |level| {
            let (low, high) = wilson(12.0, 36.0, level).unwrap();
            high - low
        };
        assert!(width(Level::Of90) < width(Level::Of95) && width(Level::Of95) < width(Level::Of99));
    }
}
