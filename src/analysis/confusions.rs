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

impl Confusion {
    /// By how much its number differs from the baseline's; 0 where that isn't known.
    pub fn change(&self) -> f64 {
        let before = self.baseline.map_or(self.share.count, |it| it.count);
        (self.share.count - before).abs()
    }
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
    most_frequent(matrix, baseline, &|_, _| true, usize::MAX).0
}

/// The `n_most` most frequent confusions of those that are wanted, as [`ranked`], and how many of
/// them happen at all.
pub fn most_frequent(
    matrix: &ConfusionMatrix,
    baseline: Option<&ConfusionMatrix>,
    is_wanted: &dyn Fn(usize, usize) -> bool,
    n_most: usize,
) -> (Vec<Confusion>, usize) {
    let totals = matrix.actual_totals();
    let of = |class: usize| totals.get(class).copied().unwrap_or(0.0);
    let mut most = Most::new(n_most);
    matrix.for_each(&mut |actual, predicted, count| {
        if actual != predicted && is_wanted(actual, predicted) {
            let share = Share {
                count,
                of: of(actual),
            };
            most.add(actual, predicted, share);
        }
    });
    beside(most, &Before::new(matrix, baseline))
}

/// The `n_most` confusions of those that are wanted whose number differs most from the baseline's,
/// and how many happen on either side: what has vanished is among them, with a share of nothing.
/// Those whose change isn't known come last.
pub fn most_changed(
    matrix: &ConfusionMatrix,
    baseline: &ConfusionMatrix,
    is_wanted: &dyn Fn(usize, usize) -> bool,
    n_most: usize,
) -> (Vec<Confusion>, usize) {
    let mut most = Most::new(n_most);
    for_each_change(matrix, baseline, is_wanted, &mut |it| {
        most.add_by(it.change(), it.actual, it.predicted, it.share);
    });
    beside(most, &Before::new(matrix, Some(baseline)))
}

/// Each of the most, with the baseline's number beside it; and how many there are.
fn beside(most: Most, before: &Before<'_>) -> (Vec<Confusion>, usize) {
    let (found, n_found) = most.found();
    let found = found
        .into_iter()
        .map(|(actual, predicted, share)| Confusion {
            actual,
            predicted,
            share,
            baseline: before.share(actual, predicted),
        });
    (found.collect(), n_found)
}

/// How many confusions of those that are wanted differ from the baseline by so much.
pub fn n_changed(
    matrix: &ConfusionMatrix,
    baseline: &ConfusionMatrix,
    is_wanted: &dyn Fn(usize, usize) -> bool,
    min: f64,
) -> usize {
    let mut n_changed = 0;
    for_each_change(matrix, baseline, is_wanted, &mut |it| {
        n_changed += usize::from(it.change() >= min);
    });
    n_changed
}

/// Each confusion of the matrix, then each that only the baseline has.
fn for_each_change(
    matrix: &ConfusionMatrix,
    baseline: &ConfusionMatrix,
    is_wanted: &dyn Fn(usize, usize) -> bool,
    found: &mut dyn FnMut(Confusion),
) {
    let totals = matrix.actual_totals();
    let of = |class: usize| totals.get(class).copied().unwrap_or(0.0);
    let before = Before::new(matrix, Some(baseline));
    let mut tell = |actual: usize, predicted: usize, count: f64| {
        found(Confusion {
            actual,
            predicted,
            share: Share {
                count,
                of: of(actual),
            },
            baseline: before.share(actual, predicted),
        });
    };
    matrix.for_each(&mut |actual, predicted, count| {
        if actual != predicted && is_wanted(actual, predicted) {
            tell(actual, predicted, count);
        }
    });
    let Some(baseline) = before.baseline else {
        return;
    };
    let places = super::class_order::classes_of(matrix, baseline.labels());
    let place = |class: usize| places.get(class).copied().flatten();
    baseline.for_each(&mut |actual, predicted, _| {
        let (Some(actual), Some(predicted)) = (place(actual), place(predicted)) else {
            return;
        };
        // Where the class has no samples, nothing has become of its confusions.
        let has_vanished = of(actual) > 0.0 && matrix.get(actual, predicted) == 0.0;
        if actual != predicted && has_vanished && is_wanted(actual, predicted) {
            tell(actual, predicted, 0.0);
        }
    });
}

/// How often two classes are taken for each other, in the order of [`ranked`].
pub fn mutual(
    matrix: &ConfusionMatrix,
    baseline: Option<&ConfusionMatrix>,
) -> Vec<MutualConfusion> {
    most_mutual(matrix, baseline, &|_, _| true, usize::MAX).0
}

/// The `n_most` most frequent mutual confusions of those that are wanted, and how many of them
/// happen at all.
pub fn most_mutual(
    matrix: &ConfusionMatrix,
    baseline: Option<&ConfusionMatrix>,
    is_wanted: &dyn Fn(usize, usize) -> bool,
    n_most: usize,
) -> (Vec<MutualConfusion>, usize) {
    let totals = matrix.actual_totals();
    let of = |class: usize| totals.get(class).copied().unwrap_or(0.0);
    let mut most = Most::new(n_most);
    matrix.for_each(&mut |actual, predicted, count| {
        if actual == predicted || !is_wanted(actual, predicted) {
            return;
        }
        let back = matrix.get(predicted, actual);
        // A pair is met twice where both happen; once is enough.
        if actual < predicted || back == 0.0 {
            let share = Share {
                count: count + back,
                of: of(actual) + of(predicted),
            };
            most.add(actual.min(predicted), actual.max(predicted), share);
        }
    });
    let before = Before::new(matrix, baseline);
    let (found, n_found) = most.found();
    let found = found
        .into_iter()
        .map(|(first, second, share)| MutualConfusion {
            first,
            second,
            share,
            baseline: before.mutual_share(first, second),
        });
    (found.collect(), n_found)
}

/// The largest of many pairs of classes, so that a million of them take no room.
struct Most {
    n_most: usize,
    /// With what they are ranked by.
    found: Vec<(f64, (usize, usize, Share))>,
    n_found: usize,
    /// What a pair has to reach, once there are enough.
    least: f64,
}

impl Most {
    fn new(n_most: usize) -> Self {
        Self {
            n_most,
            found: Vec::new(),
            n_found: 0,
            least: 0.0,
        }
    }

    fn add(&mut self, first: usize, second: usize, share: Share) {
        self.add_by(share.count, first, second, share);
    }

    fn add_by(&mut self, by: f64, first: usize, second: usize, share: Share) {
        self.n_found += 1;
        if by < self.least {
            return;
        }
        self.found.push((by, (first, second, share)));
        // Twice as many are kept, so that sorting is seldom.
        if self.found.len() >= self.n_most.saturating_mul(2).max(64) {
            self.cut();
            self.least = self.found.last().map_or(0.0, |it| it.0);
        }
    }

    fn cut(&mut self) {
        self.found.sort_by(|(by_a, a), (by_b, b)| {
            (by_b.total_cmp(by_a))
                .then_with(|| largest_first(a.2, b.2))
                .then((a.0, a.1).cmp(&(b.0, b.1)))
        });
        self.found.truncate(self.n_most);
    }

    fn found(mut self) -> (Vec<(usize, usize, Share)>, usize) {
        self.cut();
        let found = self.found.into_iter().map(|(_, it)| it);
        (found.collect(), self.n_found)
    }
}

/// How often confusions of those that are wanted reach a count.
pub fn n_reaching(
    matrix: &ConfusionMatrix,
    is_wanted: &dyn Fn(usize, usize) -> bool,
    min: f64,
) -> usize {
    let mut n_reaching = 0;
    matrix.for_each(&mut |actual, predicted, count| {
        let is_one = actual != predicted && count >= min && is_wanted(actual, predicted);
        n_reaching += usize::from(is_one);
    });
    n_reaching
}

/// The smallest number that at most `n_most` confusions reach: what a short list starts with.
/// Where even the first one's is shared by more, it is that number. `by` is what they are ranked by.
pub fn threshold(ranked: &[Confusion], by: fn(&Confusion) -> f64, n_most: usize) -> f64 {
    let Some(first) = ranked.first() else {
        return 0.0;
    };
    let mut min = by(first);
    let mut n_reaching = 0;
    for run in ranked.chunk_by(|a, b| by(a) == by(b)) {
        n_reaching += run.len();
        if n_reaching > n_most {
            break;
        }
        min = run.first().map_or(min, by);
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
        let by = |it: &Confusion| it.share.count;
        assert_eq!(threshold(&found, by, 8), 6.0);
        assert_eq!(threshold(&found, by, 0), 14.0);
        assert_eq!(threshold(&[], by, 8), 0.0);
    }

    #[test]
    fn what_has_vanished_is_a_change() {
        let labels = |names: [&str; 3]| names.map(str::to_owned).to_vec();
        let now = [
            vec![9.0, 0.0, 1.0],
            vec![2.0, 7.0, 1.0],
            vec![0.0, 0.0, 0.0],
        ];
        let now = ConfusionMatrix::from_rows(labels(["a", "b", "c"]), &now).unwrap();
        let before = [
            vec![7.0, 2.0, 1.0],
            vec![5.0, 5.0, 0.0],
            vec![3.0, 0.0, 1.0],
        ];
        // In another order: a class is known by its label.
        let before = ConfusionMatrix::from_rows(labels(["b", "a", "c"]), &before).unwrap();
        let all = |_: usize, _: usize| true;
        let (found, n_found) = most_changed(&now, &before, &all, 9);
        let told: Vec<_> = found
            .iter()
            .map(|it| (it.actual, it.predicted, it.share.count, it.change()))
            .collect();
        // a as b: 5 and now none. c has no samples any more, so its 3 say nothing.
        let expected = [
            (0, 1, 0.0, 5.0),
            (0, 2, 1.0, 1.0),
            (1, 0, 2.0, 0.0),
            (1, 2, 1.0, 0.0),
        ];
        assert_eq!((told.as_slice(), n_found), (&expected[..], 4));
        assert_eq!(found[0].share.of, 10.0);
        assert_eq!(n_changed(&now, &before, &all, 1.0), 2);
        assert_eq!(threshold(&found, Confusion::change, 2), 1.0);
        let (first, n_found) = most_changed(&now, &before, &all, 1);
        assert_eq!((first.as_slice(), n_found), (&found[..1], 4));
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
    fn the_most_frequent_of_many_are_those_of_all() {
        let n = 70;
        let labels = (0..n).map(|class| class.to_string()).collect();
        let values = (0..n * n).map(|idx| ((idx * 7919) % 97) as f64).collect();
        let kind = crate::model::MatrixKind::Counts;
        let matrix = ConfusionMatrix::from_dense(labels, values, kind).unwrap();
        let (all, both) = (ranked(&matrix, None), mutual(&matrix, None));
        for n_most in [0, 1, 30, 200] {
            let is_wanted = |_, _| true;
            let (most, n_found) = most_frequent(&matrix, None, &is_wanted, n_most);
            assert_eq!((most.as_slice(), n_found), (&all[..n_most], all.len()));
            let (most, n_found) = most_mutual(&matrix, None, &is_wanted, n_most);
            assert_eq!((most.as_slice(), n_found), (&both[..n_most], both.len()));
        }
        let of_three = |actual: usize, _| actual == 3;
        let (most, n_found) = most_frequent(&matrix, None, &of_three, 5);
        assert!(most.iter().all(|it| it.actual == 3) && n_found < n);
        assert_eq!(n_reaching(&matrix, &of_three, 0.0), n_found);
        assert_eq!(n_reaching(&matrix, &of_three, 1e9), 0);
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
