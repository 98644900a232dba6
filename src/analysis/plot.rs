//! Lines for a plot: fewer points that look the same, ranges and round ticks.

use super::ticks::{log_ticks, ticks};

/// The points of a line that a plot of `n_pixels` columns needs: of each column of pixels the
/// first, the lowest, the highest and the last value, in their order, so that no peak is lost.
/// Gaps (`NaN`) stay gaps.
///
/// `x` ascends; where it doesn't, the line is drawn as it is.
pub fn decimate(x: &[f64], y: &[f64], n_pixels: usize) -> Vec<(f64, f64)> {
    let points = || x.iter().copied().zip(y.iter().copied());
    let n = x.len().min(y.len());
    let is_ascending = x.windows(2).all(|pair| pair[0] <= pair[1]);
    if n <= n_pixels * 4 || n_pixels == 0 || !is_ascending {
        return points().collect();
    }
    let (first, last) = (x[0], x[n - 1]);
    let width = (last - first) / n_pixels as f64;
    if !width.is_finite() || width <= 0.0 {
        return points().collect();
    }
    let column_of = |x: f64| ((x - first) / width) as usize;
    let mut kept = Vec::with_capacity(n_pixels * 4);
    let mut start = 0;
    while start < n {
        let column = column_of(x[start]);
        let len = x[start..n]
            .iter()
            .take_while(|x| column_of(**x) == column)
            .count();
        let end = start + len.max(1);
        keep_column(start, end, y, |idx| kept.push((x[idx], y[idx])));
        start = end;
    }
    kept
}

/// Keeps of `start..end` the first, the lowest, the highest, the last, and one gap.
fn keep_column(start: usize, end: usize, y: &[f64], mut keep: impl FnMut(usize)) {
    let finite = || (start..end).filter(|idx| y[*idx].is_finite());
    let by_value = |a: &usize, b: &usize| y[*a].total_cmp(&y[*b]);
    let mut idxs = [
        Some(start),
        finite().min_by(by_value),
        finite().max_by(by_value),
        (start..end).find(|idx| !y[*idx].is_finite()),
        Some(end - 1),
    ];
    idxs.sort_unstable();
    let mut before = None;
    for idx in idxs.into_iter().flatten() {
        if before != Some(idx) {
            keep(idx);
        }
        before = Some(idx);
    }
}

/// The smallest and largest finite value; `None` where there is none.
pub fn range(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let finite = values.into_iter().filter(|value| value.is_finite());
    finite.fold(None, |range, value| match range {
        None => Some((value, value)),
        Some((low, high)) => Some((low.min(value), high.max(value))),
    })
}

/// The area under a curve by trapezoids, which is exact for one whose points are joined by straight
/// lines, as those of ROC are. `None` unless it runs from 0 to 1 without turning back.
pub fn area(x: &[f64], y: &[f64]) -> Option<f64> {
    let is_forward = x.is_sorted();
    let is_whole = match is_forward {
        true => x.first() == Some(&0.0) && x.last() == Some(&1.0),
        false => x.first() == Some(&1.0) && x.last() == Some(&0.0) && x.iter().rev().is_sorted(),
    };
    if !is_whole || x.len() != y.len() {
        return None;
    }
    let pairs = x.windows(2).zip(y.windows(2));
    let parts = pairs.map(|(x, y)| (x[1] - x[0]).abs() * (y[0] + y[1]) / 2.0);
    let area: f64 = parts.sum();
    area.is_finite().then_some(area)
}

/// An axis: data to pixels, with its ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    low: f64,
    high: f64,
    is_log: bool,
    /// Round values within the range, ascending.
    pub ticks: Vec<f64>,
    /// Digits after the decimal sign that tell the ticks apart.
    pub digits: usize,
}

impl Axis {
    /// An axis over a range with about `n_ticks` ticks. A logarithmic one needs positive values;
    /// where there are others, it is linear.
    pub fn new((low, high): (f64, f64), is_log: bool, n_ticks: usize) -> Self {
        let is_log = is_log && low > 0.0;
        let (low, high) = widen(low, high, is_log);
        let of_powers = if is_log {
            log_ticks(low, high)
        } else {
            Vec::new()
        };
        // Between two marks of powers of ten, even ones are all there is to read.
        let ticks = if of_powers.len() > 1 {
            of_powers
        } else {
            ticks(low, high, n_ticks)
        };
        let step = ticks
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .fold(f64::INFINITY, f64::min);
        let digits = if step.is_finite() && step > 0.0 {
            (-libm::floor(libm::log10(step) + 1e-9)).clamp(0.0, 12.0) as usize
        } else {
            0
        };
        Self {
            low,
            high,
            is_log,
            ticks,
            digits,
        }
    }

    /// Whether it is logarithmic.
    pub fn is_log(&self) -> bool {
        self.is_log
    }

    /// Where a value stands, from 0 at the low end to 1 at the high end.
    pub fn share(&self, value: f64) -> f64 {
        let (low, high) = (self.low, self.high);
        if self.is_log {
            let at = |value: f64| libm::log10(value);
            return (at(value) - at(low)) / (at(high) - at(low));
        }
        match (high - low).is_finite() {
            true => (value - low) / (high - low),
            // Beyond the largest number; halves are not.
            false => (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0),
        }
    }

    /// The value at a share of the axis.
    pub fn value(&self, share: f64) -> f64 {
        if self.is_log {
            let (low, high) = (libm::log10(self.low), libm::log10(self.high));
            libm::pow(10.0, low + share * (high - low))
        } else {
            // As the span may be beyond the largest number.
            self.low * (1.0 - share) + self.high * share
        }
    }
}

/// A range without width gets one, so that a constant line stands in the middle; as far as there are
/// smaller and larger numbers.
fn widen(low: f64, high: f64, is_log: bool) -> (f64, f64) {
    if low < high {
        return (low, high);
    }
    if is_log {
        // The smallest one can't be halved.
        return (
            (low / 2.0).max(f64::from_bits(1)),
            (high * 2.0).min(f64::MAX),
        );
    }
    let tenth = low.abs() * 0.1;
    let half = if tenth > 0.0 { tenth } else { 1.0 };
    ((low - half).max(f64::MIN), (high + half).min(f64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimation_keeps_every_peak_in_few_points() {
        let n = 100_000;
        let x: Vec<f64> = (0..n).map(f64::from).collect();
        let mut y: Vec<f64> = x.iter().map(|x| libm::sin(x / 500.0)).collect();
        y[54_321] = 9.0;
        y[12_345] = -9.0;
        y[70_000] = f64::NAN;
        let kept = decimate(&x, &y, 800);
        assert!(kept.len() <= 800 * 5, "{}", kept.len());
        for idx in [0, 12_345, 54_321, 99_999] {
            assert!(kept.contains(&(x[idx], y[idx])), "point {idx} is lost");
        }
        assert!(
            kept.iter().any(|(x, y)| *x == 70_000.0 && y.is_nan()),
            "the gap is lost"
        );
        assert!(
            kept.windows(2).all(|pair| pair[0].0 < pair[1].0),
            "out of order"
        );
    }

    #[test]
    fn short_lines_and_odd_ones_stay_as_they_are() {
        assert_eq!(
            decimate(&[0.0, 1.0], &[5.0, 6.0], 800),
            [(0.0, 5.0), (1.0, 6.0)]
        );
        let x: Vec<f64> = (0..5000).rev().map(f64::from).collect();
        assert_eq!(decimate(&x, &x, 10).len(), 5000, "not ascending");
        assert_eq!(decimate(&[], &[], 10), []);
    }

    #[test]
    fn ticks_are_round() {
        let axis = Axis::new((0.4943, 0.5284), false, 4);
        assert_eq!(axis.digits, 2);
        let told: Vec<String> = axis.ticks.iter().map(|tick| format!("{tick:.2}")).collect();
        assert_eq!(told, ["0.50", "0.51", "0.52"]);
        let axis = Axis::new((5.0, 120.0), true, 5);
        assert_eq!(axis.ticks, [5.0, 10.0, 20.0, 50.0, 100.0]);
        assert!((axis.share(5.0)).abs() < 1e-12 && (axis.share(120.0) - 1.0).abs() < 1e-12);
        assert!((axis.value(axis.share(30.0)) - 30.0).abs() < 1e-9);
        let narrow = Axis::new((0.8, 0.9), true, 5);
        assert!(
            narrow.ticks.len() > 2 && narrow.ticks.iter().all(|it| (0.8..=0.9).contains(it)),
            "{narrow:?}"
        );
        assert!(
            !Axis::new((0.0, 1.0), true, 5).is_log(),
            "no logarithm of zero"
        );
        assert!(Axis::new((3.0, 3.0), false, 5).share(3.0) == 0.5);
    }

    #[test]
    fn the_smallest_and_the_largest_numbers_have_places() {
        let (tiny, huge) = (f64::from_bits(1), f64::MAX);
        let ranges = [
            (tiny, tiny),
            (0.0, tiny),
            (tiny, 3.0 * tiny),
            (huge, huge),
            (-huge, huge),
        ];
        for (low, high) in ranges {
            for is_log in [false, true] {
                let axis = Axis::new((low, high), is_log, 5);
                for value in [low, high].into_iter().chain(axis.ticks.iter().copied()) {
                    let share = axis.share(value);
                    assert!((0.0..=1.0).contains(&share), "{value}: {share} of {axis:?}");
                }
                assert!(axis.value(0.5).is_finite());
            }
        }
        assert_eq!(Axis::new((tiny, tiny), false, 5).share(tiny), 0.5);
    }

    #[test]
    fn the_area_of_a_whole_curve_is_known() {
        let (x, y) = ([0.0, 0.0, 0.5, 1.0], [0.0, 0.5, 1.0, 1.0]);
        assert_eq!(area(&x, &y), Some(0.875));
        let back = [1.0, 0.5, 0.0, 0.0];
        assert_eq!(area(&back, &[1.0, 1.0, 0.5, 0.0]), Some(0.875));
        assert_eq!(area(&x[1..3], &y[1..3]), None, "a part");
        assert_eq!(area(&[0.0, 0.7, 0.2, 1.0], &y), None, "it turns back");
        assert_eq!(area(&x, &[0.0, f64::NAN, 1.0, 1.0]), None);
        assert_eq!(area(&[], &[]), None);
    }

    #[test]
    fn the_range_passes_over_what_is_not_finite() {
        assert_eq!(
            range([f64::NAN, 2.0, f64::INFINITY, -1.0]),
            Some((-1.0, 2.0))
        );
        assert_eq!(range([f64::NAN]), None);
    }
}
