//! Which classes are taken for which, most frequent first, with the baseline's numbers.

use std::cmp::Ordering;

use crate::model::ConfusionMatrix;

/// One class taken for another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Confusion {
    /// Class of the matrix: what it was.
    pub actual: usize,
    /// Class of the matrix: what the model said.
    pub predicted: usize,
    /// How often, and of how many of the actual class.
    pub share: Share,
    /// The same on the baseline; `None` without a baseline, or where it lacks one of the classes.
    pub baseline: Option<Share>,
}

/// Two classes that are taken for each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MutualConfusion {
    /// The class that stands first in the matrix.
    pub first: usize,
    /// The other one.
    pub second: usize,
    /// How often either is taken for the other, and of how many of both.
    pub share: Share,
    /// The same on the baseline; `None` without a baseline, or where it lacks one of the classes.
    pub baseline: Option<Share>,
}

/// So many of so many. In a matrix of shares both are shares, and never called counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// How many.
    pub count: f64,
    /// Of how many.
    pub of: f64,
}

impl Share {
    /// The quotient; `None` of nothing.
    pub fn rate(self) -> Option<f64> {
        (self.of > 0.0).then(|| self.count / self.of)
    }
}

/// How often each class is taken for each other one, most frequent first; then the larger share of
/// its class, then the matrix's own order. Pairs that never happen are left out.
pub fn ranked(matrix: &ConfusionMatrix, baseline: Option<&ConfusionMatrix>) -> Vec<Confusion> {
    let before = Before::new(matrix, baseline);
    let totals = matrix.actual_totals();
    let of = |class: usize| totals.get(class).copied().unwrap_or(0.0);
    let mut found: Vec<Confusion> = matrix
        .filled()
        .filter(|(actual, predicted, _)| actual != predicted)
        .map(|(actual, predicted, count)| Confusion {
            actual,
            predicted,
            share: Share {
                count,
                of: of(actual),
            },
            baseline: before.share(actual, predicted),
        })
        .collect();
    found.sort_by(|a, b| largest_first(a.share, b.share));
    found
}

/// How often two classes are taken for each other, in the order of [`ranked`].
pub fn mutual(
    matrix: &ConfusionMatrix,
    baseline: Option<&ConfusionMatrix>,
) -> Vec<MutualConfusion> {
    let before = Before::new(matrix, baseline);
    let totals = matrix.actual_totals();
    let of = |class: usize| totals.get(class).copied().unwrap_or(0.0);
    let mut pairs: Vec<(usize, usize)> = matrix
        .filled()
        .filter(|(actual, predicted, _)| actual != predicted)
        .map(|(actual, predicted, _)| (actual.min(predicted), actual.max(predicted)))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut found: Vec<MutualConfusion> = pairs
        .into_iter()
        .map(|(first, second)| MutualConfusion {
            first,
            second,
            share: Share {
                count: matrix.get(first, second) + matrix.get(second, first),
                of: of(first) + of(second),
            },
            baseline: before.mutual_share(first, second),
        })
        .collect();
    found.sort_by(|a, b| largest_first(a.share, b.share));
    found
}

/// The smallest count that at most `n_most` confusions reach: what a short list starts with.
/// Where even the most frequent count is shared by more, it is that count.
pub fn threshold(ranked: &[Confusion], n_most: usize) -> f64 {
    let Some(first) = ranked.first() else {
        return 0.0;
    };
    let mut min = first.share.count;
    let mut n_reaching = 0;
    for run in ranked.chunk_by(|a, b| a.share.count == b.share.count) {
        n_reaching += run.len();
        if n_reaching > n_most {
            break;
        }
        min = run.first().map_or(min, |it| it.share.count);
    }
    min
}

fn largest_first(a: Share, b: Share) -> Ordering {
    let rate = |share: Share| share.rate().unwrap_or(0.0);
    b.count
        .total_cmp(&a.count)
        .then_with(|| rate(b).total_cmp(&rate(a)))
}

/// The baseline's matrix, seen by the classes of the current one: by label, not by place.
struct Before<'a> {
    baseline: Option<&'a ConfusionMatrix>,
    totals: Vec<f64>,
    classes: Vec<Option<usize>>,
}

impl<'a> Before<'a> {
    fn new(matrix: &ConfusionMatrix, baseline: Option<&'a ConfusionMatrix>) -> Self {
        // Shares beside counts would be read as counts.
        let baseline = baseline.filter(|it| it.kind() == matrix.kind());
        let classes = baseline.map_or_else(Vec::new, |it| {
            super::class_order::classes_of(it, matrix.labels())
        });
        Self {
            baseline,
            totals: baseline.map_or_else(Vec::new, ConfusionMatrix::actual_totals),
            classes,
        }
    }

    fn class(&self, class: usize) -> Option<usize> {
        self.classes.get(class).copied().flatten()
    }

    fn share(&self, actual: usize, predicted: usize) -> Option<Share> {
        let (actual, predicted) = (self.class(actual)?, self.class(predicted)?);
        Some(Share {
            count: self.baseline?.get(actual, predicted),
            of: self.totals.get(actual).copied()?,
        })
    }

    fn mutual_share(&self, first: usize, second: usize) -> Option<Share> {
        let (there, back) = (self.share(first, second)?, self.share(second, first)?);
        Some(Share {
            count: there.count + back.count,
            of: there.of + back.of,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::nba;

    /// Actual, predicted, count, of, and the same of the baseline.
    fn told(it: &Confusion) -> (&'static str, &'static str, f64, f64, f64) {
        let label = |class: usize| nba::LABELS[class];
        let before = it.baseline.unwrap().count;
        (
            label(it.actual),
            label(it.predicted),
            it.share.count,
            it.share.of,
            before,
        )
    }

    #[test]
    fn confusions_are_ranked_with_the_baselines() {
        let (now, before) = (nba::now(), nba::before());
        let found = ranked(&now, Some(&before));
        let first: Vec<_> = found.iter().take(7).map(told).collect();
        assert_eq!(
            first,
            [
                ("SF", "PF", 14.0, 36.0, 12.0),
                ("PF", "C", 11.0, 33.0, 11.0),
                ("SG", "PG", 10.0, 44.0, 9.0),
                ("SG", "SF", 9.0, 44.0, 10.0),
                ("PF", "SF", 7.0, 33.0, 8.0),
                ("PG", "SG", 6.0, 35.0, 4.0),
                ("SF", "SG", 6.0, 36.0, 7.0),
            ]
        );
        assert_eq!(found.len(), 17);
        let n_wrong: f64 = found.iter().map(|it| it.share.count).sum();
        assert_eq!(n_wrong, 89.0);
        assert_eq!(threshold(&found, 8), 6.0);
        assert_eq!(threshold(&found, 0), 14.0);
        assert_eq!(threshold(&[], 8), 0.0);
    }

    #[test]
    fn both_ways_are_added() {
        let (now, before) = (nba::now(), nba::before());
        let found = mutual(&now, Some(&before));
        let first: Vec<_> = found
            .iter()
            .take(4)
            .map(|it| {
                let pair = (nba::LABELS[it.first], nba::LABELS[it.second]);
                (
                    pair,
                    it.share.count,
                    it.share.of,
                    it.baseline.unwrap().count,
                )
            })
            .collect();
        assert_eq!(
            first,
            [
                (("PF", "SF"), 21.0, 69.0, 20.0),
                (("C", "PF"), 16.0, 61.0, 15.0),
                (("PG", "SG"), 16.0, 79.0, 13.0),
                (("SF", "SG"), 15.0, 80.0, 17.0),
            ]
        );
    }

    #[test]
    fn a_baseline_is_read_by_label() {
        let labels = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        let rows = [vec![5.0, 1.0], vec![2.0, 6.0]];
        let now = ConfusionMatrix::from_rows(labels(&["a", "b"]), &rows).unwrap();
        let swapped = ConfusionMatrix::from_rows(labels(&["b", "a"]), &rows).unwrap();
        let other = ConfusionMatrix::from_rows(labels(&["a", "c"]), &rows).unwrap();
        let baseline = |it: &ConfusionMatrix| ranked(&now, Some(it))[0].baseline;
        // b taken for a: 2 now; on the swapped matrix b is the first row.
        assert_eq!(baseline(&swapped).unwrap().count, 1.0);
        assert_eq!(baseline(&other), None);
        let shares = [vec![0.75, 0.25], vec![0.5, 0.5]];
        let shares = ConfusionMatrix::from_rows(labels(&["a", "b"]), &shares).unwrap();
        assert_eq!(
            baseline(&shares),
            None,
            "shares are never set beside counts"
        );
    }
}
