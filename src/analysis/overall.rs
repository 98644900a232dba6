//! Measures of a whole matrix, as scikit-learn and PyCM name and define them. What would be divided
//! by zero is undefined; averages leave undefined classes out, as [`super::measures`] says.

use crate::{
    analysis::{
        measures::Measures,
        one_class::{Level, wilson},
    },
    model::ConfusionMatrix,
};

/// A measure of a whole matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverallMeasure {
    /// `accuracy_score`, Overall ACC: the share of all that is right.
    Accuracy,
    /// `balanced_accuracy_score`, TPR Macro: mean recall of the classes that occur.
    BalancedAccuracy,
    /// `precision_score(average="macro")`, PPV Macro.
    MacroPrecision,
    /// `f1_score(average="macro")`, F1 Macro.
    MacroF1,
    /// `precision_score(average="weighted")`: weighted by support.
    WeightedPrecision,
    /// `f1_score(average="weighted")`.
    WeightedF1,
    /// `cohen_kappa_score`, Kappa.
    Kappa,
    /// `matthews_corrcoef`, Overall MCC.
    Mcc,
    /// Scott PI: as kappa, with one distribution for both raters (Scott 1955).
    ScottPi,
    /// Gwet AC1: as kappa, with a chance agreement that rare classes don't distort (Gwet 2008).
    GwetAc1,
    /// NIR: what always naming the most frequent class would get right.
    NoInformationRate,
    /// `hamming_loss`, Hamming Loss: the share of all that is wrong.
    HammingLoss,
}

impl OverallMeasure {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Accuracy,
        Self::BalancedAccuracy,
        Self::MacroPrecision,
        Self::MacroF1,
        Self::WeightedPrecision,
        Self::WeightedF1,
        Self::Kappa,
        Self::Mcc,
        Self::ScottPi,
        Self::GwetAc1,
        Self::NoInformationRate,
        Self::HammingLoss,
    ];

    /// Its value; `None` where it is undefined, or where a matrix of shares doesn't tell it.
    pub fn of(self, matrix: &ConfusionMatrix, measures: &Measures) -> Option<f64> {
        match self {
            Self::Accuracy => measures.accuracy,
            Self::BalancedAccuracy => measures.balanced_accuracy,
            Self::MacroPrecision => measures.macro_average.precision,
            Self::MacroF1 => measures.macro_average.f1,
            Self::WeightedPrecision => measures.weighted_average.precision,
            Self::WeightedF1 => measures.weighted_average.f1,
            Self::Kappa => measures.cohen_kappa,
            Self::Mcc => measures.mcc,
            Self::HammingLoss => Some(1.0 - measures.accuracy?),
            Self::ScottPi => {
                let square = |share: f64| share * share;
                beyond_chance(measures.accuracy?, shares(measures).map(square).sum())
            }
            Self::GwetAc1 => {
                let n_others = matrix.n_classes().checked_sub(1).filter(|n| *n > 0)? as f64;
                let spread: f64 = shares(measures).map(|share| share * (1.0 - share)).sum();
                beyond_chance(measures.accuracy?, spread / n_others)
            }
            Self::NoInformationRate => {
                // Shares tell it only where everything sums to one: as the accuracy.
                measures.accuracy?;
                let supports = measures.classes.iter().filter_map(|it| it.support);
                let largest = supports.clone().fold(0.0, f64::max);
                Some(largest / supports.sum::<f64>())
            }
        }
    }

    /// Its Wilson interval, where it is a share of a number of samples.
    pub fn interval(
        self,
        matrix: &ConfusionMatrix,
        measures: &Measures,
        level: Level,
    ) -> Option<(f64, f64)> {
        let is_share = matches!(
            self,
            Self::Accuracy | Self::NoInformationRate | Self::HammingLoss
        );
        let share = self
            .of(matrix, measures)
            .filter(|_| is_share && matrix.kind().has_counts())?;
        let total = matrix.total();
        wilson(share * total, total, level)
    }
}

/// The mean of each class's share of what was and of what is said.
fn shares(measures: &Measures) -> impl Iterator<Item = f64> {
    let sums = measures.classes.iter();
    let sums = sums.map(|it| it.support.unwrap_or(0.0) + it.predicted.unwrap_or(0.0));
    let both: f64 = sums.clone().sum();
    sums.map(move |sum| sum / both)
}

/// Agreement beyond what chance gives.
fn beyond_chance(observed: f64, expected: f64) -> Option<f64> {
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}
