//! Which samples stand in a cell, and whether a cell's change is more than noise.

use std::collections::BTreeMap;

use crate::{
    analysis::mcnemar::{exact_p, pair},
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

/// The rows that were `actual` and are called `predicted`.
pub fn cell_rows(
    current: &Predictions,
    baseline: Option<&Predictions>,
    actual: &str,
    predicted: &str,
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

fn samples_in(predictions: &Predictions, actual: &str, predicted: &str) -> Vec<usize> {
    let code = |label: &str| {
        let place = predictions.labels.iter().position(|known| known == label);
        place.and_then(|place| u32::try_from(place).ok())
    };
    let (Some(actual), Some(predicted)) = (code(actual), code(predicted)) else {
        return Vec::new();
    };
    let pairs = predictions.actual.iter().zip(&predictions.predicted);
    pairs
        .enumerate()
        .filter(|(_, pair)| *pair == (&actual, &predicted))
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
pub enum Noise<'a> {
    /// By paired samples: how many entered and left each cell, by label.
    Paired(BTreeMap<(&'a str, &'a str), (u64, u64)>),
    /// By counts, with the totals of the actual classes now and before.
    Counts(Box<CountsNoise<'a>>),
    /// No sample size is known.
    Unknown,
}

/// Two matrices of counts over the same labels, with their actual totals.
pub struct CountsNoise<'a> {
    current: &'a ConfusionMatrix,
    baseline: &'a ConfusionMatrix,
    totals: (Vec<f64>, Vec<f64>),
}

impl<'a> Noise<'a> {
    /// The best test that both sides allow. The matrices have the same labels in the same order.
    pub fn new(
        current: &'a ConfusionMatrix,
        baseline: &'a ConfusionMatrix,
        predictions: Option<(&'a Predictions, &'a Predictions)>,
    ) -> Self {
        if let Some((now, before)) = predictions
            && pair(before, now).is_ok()
        {
            return Self::Paired(moves(now, before));
        }
        if current.kind().has_counts() && baseline.kind().has_counts() {
            return Self::Counts(Box::new(CountsNoise {
                current,
                baseline,
                totals: (current.actual_totals(), baseline.actual_totals()),
            }));
        }
        Self::Unknown
    }

    /// How it is told; `None` where it can't be.
    pub fn test(&self) -> Option<NoiseTest> {
        match self {
            Self::Paired(_) => Some(NoiseTest::Sign),
            Self::Counts(_) => Some(NoiseTest::Newcombe),
            Self::Unknown => None,
        }
    }

    /// Whether chance alone could explain the change of a cell; `false` where nobody can tell.
    pub fn is_noise(&self, matrix: &ConfusionMatrix, actual: usize, predicted: usize) -> bool {
        match self {
            Self::Unknown => false,
            Self::Paired(moves) => {
                let label = |class: usize| matrix.labels().get(class).map_or("", String::as_str);
                let cell = (label(actual), label(predicted));
                let (entered, left) = moves.get(&cell).copied().unwrap_or_default();
                exact_p(left, entered) > LEVEL
            }
            Self::Counts(counts) => counts.is_noise(actual, predicted),
        }
    }
}

impl CountsNoise<'_> {
    fn is_noise(&self, actual: usize, predicted: usize) -> bool {
        let total = |totals: &[f64]| totals.get(actual).copied().unwrap_or(0.0);
        let (n_now, n_before) = (total(&self.totals.0), total(&self.totals.1));
        let now = self.current.get(actual, predicted);
        let before = self.baseline.get(actual, predicted);
        match newcombe(now, n_now, before, n_before) {
            Some((low, high)) => low <= 0.0 && 0.0 <= high,
            None => true,
        }
    }
}

/// How many samples entered and left each cell whose samples changed.
fn moves<'a>(
    now: &'a Predictions,
    before: &'a Predictions,
) -> BTreeMap<(&'a str, &'a str), (u64, u64)> {
    let label =
        |of: &'a Predictions, code: u32| of.labels.get(code as usize).map_or("", String::as_str);
    let mut moves: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
    let said = now.predicted.iter().zip(&before.predicted);
    for (actual, (said_now, said_before)) in now.actual.iter().zip(said) {
        let actual = label(now, *actual);
        let (said_now, said_before) = (label(now, *said_now), label(before, *said_before));
        if said_now != said_before {
            moves.entry((actual, said_now)).or_default().0 += 1;
            moves.entry((actual, said_before)).or_default().1 += 1;
        }
    }
    moves
}

/// The 95 % hybrid score interval of `a / n - b / m` (Newcombe 1998, method 10, without continuity
/// correction); `None` of nothing.
fn newcombe(a: f64, n: f64, b: f64, m: f64) -> Option<(f64, f64)> {
    if n <= 0.0 || m <= 0.0 {
        return None;
    }
    let (p, q) = (a / n, b / m);
    let ((low_p, high_p), (low_q, high_q)) = (wilson(p, n), wilson(q, m));
    let square = |x: f64| x * x;
    let below = libm::sqrt(square(p - low_p) + square(high_q - q));
    let above = libm::sqrt(square(high_p - p) + square(q - low_q));
    Some((p - q - below, p - q + above))
}

/// Wilson's 95 % score interval of a share of `n`.
fn wilson(share: f64, n: f64) -> (f64, f64) {
    /// The 97.5 % point of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    let z2 = Z * Z;
    let middle = share + z2 / (2.0 * n);
    let half = Z * libm::sqrt(share * (1.0 - share) / n + z2 / (4.0 * n * n));
    let scale = 1.0 + z2 / n;
    ((middle - half) / scale, (middle + half) / scale)
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

    #[test]
    fn the_rows_of_a_cell_with_the_new_ones() {
        let found = cell_rows(&now(), Some(&before()), "SF", "PF");
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
        let alone = cell_rows(&now(), None, "SF", "PF");
        assert!(!alone.is_paired && alone.rows.iter().all(|(_, is_new)| !is_new));
        assert_eq!(cell_rows(&now(), None, "SF", "nobody"), CellRows::default());
    }

    #[test]
    fn every_nba_change_is_noise_by_either_test() {
        let (matrix, baseline) = (nba::now(), nba::before());
        let (now, before) = (now(), before());
        let paired = Noise::new(&matrix, &baseline, Some((&now, &before)));
        let counts = Noise::new(&matrix, &baseline, None);
        assert_eq!(paired.test(), Some(NoiseTest::Sign));
        assert_eq!(counts.test(), Some(NoiseTest::Newcombe));
        let mut n_changed = 0;
        for (actual, predicted) in (0..5).flat_map(|a| (0..5).map(move |p| (a, p))) {
            let change = matrix.get(actual, predicted) - baseline.get(actual, predicted);
            n_changed += u32::from(is_better(actual, predicted, change).is_some());
            assert!(paired.is_noise(&matrix, actual, predicted));
            assert!(counts.is_noise(&matrix, actual, predicted));
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
        for predictions in [Some((&now, &before)), None] {
            let noise = Noise::new(&current, &baseline, predictions);
            assert!(!noise.is_noise(&current, 0, 1));
        }
    }

    #[test]
    fn newcombe_agrees_with_its_paper() {
        // Newcombe 1998, table II: 56/70 - 48/80, method 10.
        let (low, high) = newcombe(56.0, 70.0, 48.0, 80.0).unwrap();
        assert!((low - 0.0524).abs() < 5e-5 && (high - 0.3339).abs() < 5e-5);
        assert_eq!(newcombe(0.0, 0.0, 1.0, 2.0), None);
    }
}
