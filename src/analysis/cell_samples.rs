//! Which samples stand in a cell, and whether a cell's change is more than noise.

use std::collections::BTreeMap;

use crate::{
    analysis::{
        mcnemar::{exact_p, pair},
        statistics::{Z95, newcombe_interval},
    },
    model::{ConfusionMatrix, Predictions},
};

/// A cell's change is noise where chance alone gives one at least this uneven in more than one case
/// of twenty.
const LEVEL: f64 = 0.05;

/// The samples of one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellRows {
    /// 1-based data rows of the artifact that stand in the cell, ascending as in the artifact, each
    /// with whether it is new there; nothing is new where the baseline's samples are unknown.
    pub rows: Vec<(u32, bool)>,
    /// Whether the baseline has the same samples, so that "new" means something.
    pub is_paired: bool,
}

/// The rows of the samples that were one of the `actual` labels and are called one of the
/// `predicted` ones: several where classes are grouped.
pub fn cell_rows(
    current: &Predictions,
    baseline: Option<&Predictions>,
    actual: &dyn Fn(&str) -> bool,
    predicted: &dyn Fn(&str) -> bool,
) -> CellRows {
    let baseline = baseline.filter(|it| pair(it, current).is_ok());
    let samples = samples_in(current, actual, predicted);
    let before = baseline.map(|it| samples_in(it, actual, predicted));
    let is_new = |sample: &usize| {
        before
            .as_ref()
            .is_some_and(|before| before.binary_search(sample).is_err())
    };
    CellRows {
        rows: samples
            .iter()
            .map(|sample| (current.row(*sample), is_new(sample)))
            .collect(),
        is_paired: baseline.is_some(),
    }
}

fn samples_in(
    predictions: &Predictions,
    actual: &dyn Fn(&str) -> bool,
    predicted: &dyn Fn(&str) -> bool,
) -> Vec<usize> {
    let is_in = |of: &dyn Fn(&str) -> bool| -> Vec<bool> {
        predictions.labels.iter().map(|label| of(label)).collect()
    };
    let (actual, predicted) = (is_in(actual), is_in(predicted));
    let holds = |of: &[bool], code: &u32| of.get(*code as usize).copied().unwrap_or(false);
    let pairs = predictions.actual.iter().zip(&predictions.predicted);
    pairs
        .enumerate()
        .filter(|(_, (a, p))| holds(&actual, a) && holds(&predicted, p))
        .map(|(sample, _)| sample)
        .collect()
}

/// How a cell's change is told from noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoiseTest {
    /// The same samples on both sides: exact sign test on those that entered and left the cell.
    Sign,
    /// Counts only: Newcombe's 95 % score interval of the difference of both shares of the actual
    /// class holds zero.
    Newcombe,
}

/// Tells a cell's change from noise.
#[derive(Clone, Debug, PartialEq)]
pub enum Noise {
    /// By paired samples: how many entered and left each cell.
    Paired(BTreeMap<(u32, u32), (u64, u64)>),
    /// By counts: the totals of the actual classes now and before.
    Counts(Vec<f64>, Vec<f64>),
    /// No sample size is known.
    Unknown,
}

/// The samples of both sides, and the class of each of their labels in the matrix on show.
pub struct Paired<'a> {
    /// Now.
    pub now: &'a Predictions,
    /// On the baseline.
    pub before: &'a Predictions,
    /// The class that a label belongs to.
    pub class_of: &'a dyn Fn(&str) -> Option<usize>,
}

impl Noise {
    /// The best test that both sides allow. The matrices have the same labels in the same order.
    pub fn new(
        current: &ConfusionMatrix,
        baseline: &ConfusionMatrix,
        paired: Option<Paired<'_>>,
    ) -> Self {
        if let Some(paired) = paired
            && pair(paired.before, paired.now).is_ok()
        {
            return Self::Paired(moves(&paired));
        }
        match current.kind().has_counts() && baseline.kind().has_counts() {
            true => Self::Counts(current.actual_totals(), baseline.actual_totals()),
            false => Self::Unknown,
        }
    }

    /// How it is told; `None` where it can't be.
    pub fn test(&self) -> Option<NoiseTest> {
        match self {
            Self::Paired(_) => Some(NoiseTest::Sign),
            Self::Counts(..) => Some(NoiseTest::Newcombe),
            Self::Unknown => None,
        }
    }

    /// Whether chance alone could explain the change of a cell; `false` where nobody can tell.
    pub fn is_noise(
        &self,
        current: &ConfusionMatrix,
        baseline: &ConfusionMatrix,
        actual: usize,
        predicted: usize,
    ) -> bool {
        match self {
            Self::Unknown => false,
            Self::Paired(moves) => {
                let cell = (actual as u32, predicted as u32);
                let (entered, left) = moves.get(&cell).copied().unwrap_or_default();
                exact_p(left, entered) > LEVEL
            }
            Self::Counts(totals, totals_before) => {
                let total = |totals: &[f64]| totals.get(actual).copied().unwrap_or(0.0);
                let now = current.get(actual, predicted);
                let before = baseline.get(actual, predicted);
                let counts = ((now, total(totals)), (before, total(totals_before)));
                match newcombe_interval(counts.0, counts.1, Z95) {
                    Some((low, high)) => low <= 0.0 && 0.0 <= high,
                    None => true,
                }
            }
        }
    }
}

/// How many samples entered and left each cell whose samples changed.
fn moves(paired: &Paired<'_>) -> BTreeMap<(u32, u32), (u64, u64)> {
    let classes = |of: &Predictions| -> Vec<Option<u32>> {
        let class = |label: &String| (paired.class_of)(label).and_then(|it| u32::try_from(it).ok());
        of.labels.iter().map(class).collect()
    };
    let (classes_now, classes_before) = (classes(paired.now), classes(paired.before));
    let class = |of: &[Option<u32>], code: u32| of.get(code as usize).copied().flatten();
    let mut moves: BTreeMap<(u32, u32), (u64, u64)> = BTreeMap::new();
    let said = paired.now.predicted.iter().zip(&paired.before.predicted);
    for (actual, (said_now, said_before)) in paired.now.actual.iter().zip(said) {
        let Some(actual) = class(&classes_now, *actual) else {
            continue;
        };
        let said_now = class(&classes_now, *said_now);
        let said_before = class(&classes_before, *said_before);
        if said_now != said_before {
            if let Some(said) = said_now {
                moves.entry((actual, said)).or_default().0 += 1;
            }
            if let Some(said) = said_before {
                moves.entry((actual, said)).or_default().1 += 1;
            }
        }
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{heatmap::is_better, nba};

    fn read(csv: &str) -> Predictions {
        let labels = nba::LABELS.map(str::to_owned).to_vec();
        let code = |label: &str| nba::LABELS.iter().position(|it| *it == label).unwrap() as u32;
        let pairs = csv
            .lines()
            .skip(1)
            .map(|line| line.split_once(',').unwrap());
        let (actual, predicted) = pairs.map(|(a, p)| (code(a), code(p))).unzip();
        Predictions {
            labels,
            actual,
            predicted,
            rows: Vec::new(),
        }
    }

    fn now() -> Predictions {
        read(include_str!("../../tests/fixtures/nba/predictions.csv"))
    }

    fn before() -> Predictions {
        read(include_str!(
            "../../tests/fixtures/nba/baselines/C10/predictions.csv"
        ))
    }

    fn rows_of(baseline: Option<&Predictions>, actual: &str, predicted: &str) -> CellRows {
        cell_rows(&now(), baseline, &|it| it == actual, &|it| it == predicted)
    }

    #[test]
    fn the_rows_of_a_cell_with_the_new_ones() {
        let found = rows_of(Some(&before()), "SF", "PF");
        let rows: Vec<u32> = found.rows.iter().map(|(row, _)| *row).collect();
        assert_eq!(
            rows,
            [
                2, 31, 44, 54, 63, 98, 127, 134, 135, 138, 139, 144, 173, 176
            ]
        );
        let new: Vec<u32> = found.rows.iter().filter(|it| it.1).map(|it| it.0).collect();
        assert_eq!(new, [134, 139]);
        assert!(found.is_paired);
        let alone = rows_of(None, "SF", "PF");
        assert!(!alone.is_paired && alone.rows.iter().all(|(_, is_new)| !is_new));
        assert_eq!(rows_of(None, "SF", "nobody"), CellRows::default());
    }

    #[test]
    fn every_nba_change_is_noise_by_either_test() {
        let (matrix, baseline) = (nba::now(), nba::before());
        let (now, before) = (now(), before());
        let class_of = |label: &str| matrix.class(label);
        let samples = Paired {
            now: &now,
            before: &before,
            class_of: &class_of,
        };
        let paired = Noise::new(&matrix, &baseline, Some(samples));
        let counts = Noise::new(&matrix, &baseline, None);
        assert_eq!(paired.test(), Some(NoiseTest::Sign));
        assert_eq!(counts.test(), Some(NoiseTest::Newcombe));
        let mut n_changed = 0;
        for (actual, predicted) in (0..5).flat_map(|a| (0..5).map(move |p| (a, p))) {
            let change = matrix.get(actual, predicted) - baseline.get(actual, predicted);
            n_changed += u32::from(is_better(actual, predicted, change).is_some());
            assert!(paired.is_noise(&matrix, &baseline, actual, predicted));
            assert!(counts.is_noise(&matrix, &baseline, actual, predicted));
        }
        assert_eq!(n_changed, 17);
    }

    #[test]
    fn a_large_change_is_not_noise() {
        let labels = vec!["a".to_owned(), "b".to_owned()];
        let predictions = |said: u32| Predictions {
            labels: labels.clone(),
            actual: vec![0; 20],
            predicted: vec![said; 20],
            rows: Vec::new(),
        };
        let (now, before) = (predictions(1), predictions(0));
        let matrix = |it: &Predictions| {
            let pairs = it.actual.iter().copied().zip(it.predicted.iter().copied());
            ConfusionMatrix::from_pairs(labels.clone(), pairs).unwrap()
        };
        let (current, baseline) = (matrix(&now), matrix(&before));
        let class_of = |label: &str| current.class(label);
        let samples = Paired {
            now: &now,
            before: &before,
            class_of: &class_of,
        };
        for paired in [Some(samples), None] {
            let noise = Noise::new(&current, &baseline, paired);
            assert!(!noise.is_noise(&current, &baseline, 0, 1));
        }
    }
}
