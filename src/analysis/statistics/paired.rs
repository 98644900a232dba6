//! From predictions and matrices to the cells that are resampled.

use super::bootstrap::Cell;
use crate::{
    analysis::mcnemar::labels_in,
    model::{ConfusionMatrix, Predictions},
};

/// The same samples, answered by both: how many were `actual`, were called `before` by the baseline
/// and `now` by the current revision; with the number of classes.
///
/// The caller has checked that the samples are the same ones. The labels are the current ones', then
/// those that only the baseline has.
pub fn cells_of_pairs(before: &Predictions, now: &Predictions) -> (Vec<Cell>, Vec<String>) {
    let mut labels = now.labels.clone();
    let mapped = mapped(&before.labels, &mut labels);
    let n = labels.len() as u64;
    let answers = before.predicted.iter().zip(&now.predicted);
    let samples = now.actual.iter().zip(answers);
    let key = |(actual, (said_before, said_now)): (&u32, (&u32, &u32))| {
        let said_before = mapped.get(*said_before as usize).copied().unwrap_or(0);
        (u64::from(*actual) * n + u64::from(said_before)) * n + u64::from(*said_now)
    };
    let cell = |key: u64, count: f64| {
        let (actual, rest) = ((key / n / n) as u32, key % (n * n));
        Cell {
            before: Some((actual, (rest / n) as u32)),
            now: Some((actual, (rest % n) as u32)),
            count,
        }
    };
    let mut cells = Vec::new();
    // Counting is faster than sorting where the table of all cells is small.
    const SMALL: u64 = 1 << 16;
    if n * n * n <= SMALL {
        let mut counts = vec![0_u32; (n * n * n) as usize];
        for sample in samples {
            if let Some(count) = counts.get_mut(key(sample) as usize) {
                *count += 1;
            }
        }
        for (key, count) in counts.into_iter().enumerate() {
            if count > 0 {
                cells.push(cell(key as u64, f64::from(count)));
            }
        }
        return (cells, labels);
    }
    let mut keys: Vec<u64> = samples.map(key).collect();
    keys.sort_unstable();
    for run in keys.chunk_by(|a, b| a == b) {
        if let Some(first) = run.first() {
            cells.push(cell(*first, run.len() as f64));
        }
    }
    (cells, labels)
}

/// Two matrices of counts over any samples, as two groups of cells, with their labels.
pub fn cells_of_matrices(
    before: &ConfusionMatrix,
    now: &ConfusionMatrix,
) -> ([Vec<Cell>; 2], Vec<String>) {
    let mut labels = now.labels().to_vec();
    let mapped = mapped(before.labels(), &mut labels);
    let class = |idx: usize| mapped.get(idx).copied().unwrap_or(0);
    let of_before = before.filled().map(|(actual, predicted, count)| Cell {
        before: Some((class(actual), class(predicted))),
        now: None,
        count,
    });
    let of_now = now.filled().map(|(actual, predicted, count)| Cell {
        before: None,
        now: Some((actual as u32, predicted as u32)),
        count,
    });
    ([of_before.collect(), of_now.collect()], labels)
}

/// For each label its index among the `known` ones, to which it is added where it is new.
fn mapped(labels: &[String], known: &mut Vec<String>) -> Vec<u32> {
    let mut mapped = Vec::with_capacity(labels.len());
    for (label, at) in labels.iter().zip(labels_in(labels, known)) {
        mapped.push(at.unwrap_or(known.len() as u32));
        if at.is_none() {
            known.push(label.clone());
        }
    }
    mapped
}
