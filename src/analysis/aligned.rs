//! Two matrices over the same classes.

use crate::{
    analysis::class_order::classes_of,
    model::{ConfusionMatrix, MatrixError},
};

/// Two matrices with the same labels in the same order, ready to be subtracted.
#[derive(Clone, Debug, PartialEq)]
pub struct Aligned {
    /// The current one; classes that only the baseline has come last, and are empty in it.
    pub current: ConfusionMatrix,
    /// The baseline, in the current one's order.
    pub baseline: ConfusionMatrix,
    /// Labels that only the current one has.
    pub only_current: Vec<String>,
    /// Labels that only the baseline has.
    pub only_baseline: Vec<String>,
}

impl Aligned {
    /// Two matrices by label.
    ///
    /// # Errors
    /// More classes together than a matrix may have.
    pub fn new(current: &ConfusionMatrix, baseline: &ConfusionMatrix) -> Result<Self, MatrixError> {
        let missing = |from: &ConfusionMatrix, of: &ConfusionMatrix| -> Vec<String> {
            let places = classes_of(from, of.labels());
            let absent = of.labels().iter().zip(places);
            absent
                .filter(|(_, place)| place.is_none())
                .map(|(label, _)| label.clone())
                .collect()
        };
        let only_current = missing(baseline, current);
        let only_baseline = missing(current, baseline);
        let mut labels = current.labels().to_vec();
        labels.extend(only_baseline.iter().cloned());
        Ok(Self {
            current: over(current, &labels)?,
            baseline: over(baseline, &labels)?,
            only_current,
            only_baseline,
        })
    }

    /// Whether both have the same classes, in whatever order.
    pub fn has_same_classes(&self) -> bool {
        self.only_current.is_empty() && self.only_baseline.is_empty()
    }
}

/// The same cells over other labels, all of the matrix's own among them.
fn over(matrix: &ConfusionMatrix, labels: &[String]) -> Result<ConfusionMatrix, MatrixError> {
    if matrix.labels() == labels {
        return Ok(matrix.clone());
    }
    let mut place = vec![0; matrix.n_classes()];
    for (to, from) in classes_of(matrix, labels).into_iter().enumerate() {
        if let Some(slot) = from.and_then(|from| place.get_mut(from)) {
            *slot = to;
        }
    }
    let place = |class: usize| place.get(class).copied().unwrap_or(0);
    let mut filled: Vec<(usize, usize, f64)> = matrix
        .filled()
        .map(|(actual, predicted, value)| (place(actual), place(predicted), value))
        .collect();
    filled.sort_by_key(|(actual, predicted, _)| (*actual, *predicted));
    ConfusionMatrix::from_filled(labels.to_vec(), filled, matrix.kind())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::nba;

    #[test]
    fn equal_classes_change_nothing() {
        let aligned = Aligned::new(&nba::now(), &nba::before()).unwrap();
        assert_eq!(aligned.current, nba::now());
        assert_eq!(aligned.baseline, nba::before());
        assert!(aligned.has_same_classes());
    }

    #[test]
    fn other_classes_are_told_and_totals_stay() {
        let labels = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        let rows = [vec![5.0, 1.0], vec![2.0, 6.0]];
        let now = ConfusionMatrix::from_rows(labels(&["a", "b"]), &rows).unwrap();
        let before = ConfusionMatrix::from_rows(labels(&["c", "a"]), &rows).unwrap();
        let aligned = Aligned::new(&now, &before).unwrap();
        assert_eq!(aligned.current.labels(), ["a", "b", "c"]);
        assert_eq!(aligned.baseline.labels(), aligned.current.labels());
        assert_eq!(
            (aligned.only_current, aligned.only_baseline),
            (labels(&["b"]), labels(&["c"]))
        );
        assert_eq!(
            (aligned.current.total(), aligned.baseline.total()),
            (14.0, 14.0)
        );
        // c taken for a stood in the first row.
        assert_eq!(aligned.baseline.get(2, 0), 1.0);
        assert_eq!(aligned.baseline.get(0, 0), 6.0);
    }
}
