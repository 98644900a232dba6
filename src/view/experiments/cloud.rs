use super::grid::Grid;
use crate::{
    analysis::{
        order::{number_key, sort_by_keys},
        ticks::{log_ticks, ticks},
    },
    model::Shared,
};

/// The picture's size, as its SVG counts: a point of this is a CSS pixel or a little more.
pub(super) const SIZE: (f64, f64) = (600.0, 250.0);

/// The picture's inner box: left, right, top, bottom.
pub(super) const BOX: (f64, f64, f64, f64) = (56.0, 590.0, 36.0, 214.0);

/// How much larger the largest value has to be for a logarithmic axis to help.
const LOG_HELPS: f64 = 10.0;

/// Points that are no farther from each other, as the SVG counts, look like one.
const SAME_PLACE: f64 = 1.5;

/// Values that get a mark each at most.
const MOST_VALUES: usize = 8;

/// The points of a scatter: every row of the table with a number in both columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cloud {
    pub x: usize,
    pub y: usize,
    /// Revision and its two numbers; the baseline first.
    pub points: Vec<(usize, f64, f64)>,
    pub range_x: (f64, f64),
    pub range_y: (f64, f64),
    /// The baseline's number in the vertical column, which may have no point.
    pub level: Option<f64>,
    /// How many rows have no point.
    pub n_without: usize,
}

impl Cloud {
    pub fn new(grid: &Grid, x: usize, y: usize) -> Self {
        let n_rows = grid.table.rows.len() + usize::from(grid.state.base.is_some());
        let mut found = Vec::with_capacity(n_rows);
        found.extend(points(grid, x, y));
        let points: Vec<(usize, f64, f64)> = found;
        let values = grid.ranked.values(&grid.report, y);
        let level = grid.state.base.and_then(|it| values.number(it));
        Self {
            x,
            y,
            level: level.filter(|it| it.is_finite()),
            range_x: range(points.iter().map(|it| it.1)),
            range_y: range(points.iter().map(|it| it.2)),
            n_without: n_rows - points.len(),
            points,
        }
    }

    /// Whether a logarithmic horizontal axis helps.
    pub fn log_helps(&self) -> bool {
        let (low, high) = self.range_x;
        low > 0.0 && high >= LOG_HELPS * low
    }

    /// The points from left to right, as their places in the list.
    pub fn left_to_right(&self) -> Vec<usize> {
        let keys: Vec<u64> = self.points.iter().map(|it| number_key(it.1)).collect();
        let mut order = (0..self.points.len()).collect();
        sort_by_keys(&mut order, &keys);
        order
    }
}

/// The rows of the table that have a number in both columns; the baseline first.
fn points(grid: &Grid, x: usize, y: usize) -> impl Iterator<Item = (usize, f64, f64)> + '_ {
    let values = |column| grid.ranked.values(&grid.report, column);
    let (of_x, of_y) = (values(x), values(y));
    let rows = grid.table.rows.iter().map(|it| it.revision);
    let point = move |row| Some((row, of_x.number(row)?, of_y.number(row)?));
    let points = grid.state.base.into_iter().chain(rows).filter_map(point);
    points.filter(|it| it.1.is_finite() && it.2.is_finite())
}

/// Whether the points of two columns have more than one place across: a parameter that only runs
/// without a result have otherwise would draw one upright line.
pub(super) fn varies(grid: &Grid, x: usize, y: usize) -> bool {
    let mut places = points(grid, x, y).map(|it| it.1);
    let first = places.next();
    places.any(|it| Some(it) != first)
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let start = (f64::INFINITY, f64::NEG_INFINITY);
    values.fold(start, |(low, high), it| (low.min(it), high.max(it)))
}

/// The points and where they lie.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plot {
    pub cloud: Shared<Cloud>,
    pub x: Scale,
    pub y: Scale,
}

impl Plot {
    pub fn new(cloud: Shared<Cloud>, is_log: bool) -> Self {
        let (left, right, top, bottom) = BOX;
        let x = Scale::new(cloud.range_x, (left, right), is_log);
        let (low, high) = cloud.range_y;
        let range_y = range([low, high].into_iter().chain(cloud.level));
        let y = Scale::new(range_y, (bottom, top), false);
        Self { cloud, x, y }
    }

    /// Where a point lies, as the SVG counts.
    pub fn place(&self, point: (usize, f64, f64)) -> (f64, f64) {
        (self.x.place(point.1), self.y.place(point.2))
    }

    /// The point nearest to a place, if it is not farther than `reach`.
    pub fn nearest(&self, (x, y): (f64, f64), reach: f64) -> Option<usize> {
        let mut best = (reach * reach, None);
        for (idx, point) in self.cloud.points.iter().enumerate() {
            let at = self.place(*point);
            let distance = (at.0 - x) * (at.0 - x) + (at.1 - y) * (at.1 - y);
            if distance <= best.0 {
                best = (distance, Some(idx));
            }
        }
        best.1
    }

    /// How many other points lie on a point, so that nobody can tell them apart.
    pub fn n_more_at(&self, at: usize) -> usize {
        let Some(point) = self.cloud.points.get(at) else {
            return 0;
        };
        let here = self.place(*point);
        let lies_here = |it: &&(usize, f64, f64)| {
            let place = self.place(**it);
            (place.0 - here.0).abs() <= SAME_PLACE && (place.1 - here.1).abs() <= SAME_PLACE
        };
        let here = self.cloud.points.iter().filter(lies_here).count();
        here.saturating_sub(1)
    }

    /// The values that the horizontal axis is marked at.
    pub fn marks(&self) -> Vec<f64> {
        self.x.marks(self.cloud.points.iter().map(|it| it.1))
    }
}

/// A number's place on an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
    from: f64,
    to: f64,
    pub is_log: bool,
}

impl Scale {
    /// A scale with some air on both sides.
    fn new((low, high): (f64, f64), (from, to): (f64, f64), is_log: bool) -> Self {
        let turned = |value: f64| if is_log { libm::log10(value) } else { value };
        let (low, high) = (turned(low), turned(high));
        let air = if high > low { (high - low) * 0.06 } else { 0.5 };
        Self {
            low: low - air,
            high: high + air,
            from,
            to,
            is_log,
        }
    }

    pub fn place(self, value: f64) -> f64 {
        let value = if self.is_log {
            libm::log10(value)
        } else {
            value
        };
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    fn marks(self, values: impl Iterator<Item = f64>) -> Vec<f64> {
        // A parameter that was tried at a few values is marked at these.
        let mut distinct: Vec<f64> = Vec::new();
        for value in values {
            if !distinct.contains(&value) {
                distinct.push(value);
            }
            if distinct.len() > MOST_VALUES {
                break;
            }
        }
        distinct.sort_unstable_by(f64::total_cmp);
        let gap = |pair: &[f64]| match pair {
            [a, b] => (self.place(*b) - self.place(*a)).abs(),
            _ => f64::INFINITY,
        };
        if distinct.len() <= MOST_VALUES && distinct.windows(2).all(|pair| gap(pair) >= 26.0) {
            return distinct;
        }
        match self.is_log {
            true => log_ticks(libm::pow(10.0, self.low), libm::pow(10.0, self.high)),
            false => ticks(self.low, self.high, 6),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_marked_where_it_was_tried() {
        let x = Scale::new((5.0, 120.0), (0.0, 500.0), true);
        let marks = x.marks([5.0, 30.0, 60.0, 120.0, 30.0].into_iter());
        assert_eq!(marks, [5.0, 30.0, 60.0, 120.0]);
        assert!(x.place(5.0) > 0.0 && x.place(120.0) < 500.0);
        let x = Scale::new((0.0, 99.0), (0.0, 500.0), false);
        let marks = x.marks((0..100).map(f64::from));
        assert_eq!(marks, [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        let same = Scale::new((3.0, 3.0), (0.0, 500.0), false);
        assert_eq!(same.place(3.0), 250.0);
    }

    #[test]
    fn the_nearest_point_is_the_one_pointed_at() {
        let points: Vec<(usize, f64, f64)> = (0..50)
            .map(|it| (it, f64::from(it as u32 * 37 % 50), f64::from(it as u32)))
            .collect();
        let cloud = Cloud {
            n_without: 0,
            level: None,
            x: 0,
            y: 1,
            range_x: (0.0, 49.0),
            range_y: (0.0, 49.0),
            points,
        };
        let plot = Plot::new(Shared::new(cloud), false);
        for (idx, point) in plot.cloud.points.iter().enumerate() {
            let (x, y) = plot.place(*point);
            assert_eq!(plot.nearest((x + 1.0, y - 1.0), 4.0), Some(idx));
        }
        assert_eq!(plot.nearest((-500.0, 0.0), 20.0), None);
        let order = plot.cloud.left_to_right();
        assert!(order.is_sorted_by_key(|at| plot.cloud.points[*at].1) && order.len() == 50);
    }

    #[test]
    fn points_on_each_other_are_counted() {
        let points = vec![
            (0, 120.0, 0.49),
            (1, 5.0, 0.52),
            (2, 120.0, 0.49),
            (3, 120.0, 0.51),
            // No eye tells it from the first.
            (4, 120.0, 0.4901),
        ];
        let cloud = Cloud {
            n_without: 0,
            level: Some(0.53),
            x: 0,
            y: 1,
            range_x: (5.0, 120.0),
            range_y: (0.49, 0.52),
            points,
        };
        let plot = Plot::new(Shared::new(cloud), true);
        let n_more = |at| plot.n_more_at(at);
        assert_eq!([0, 1, 2, 3, 4, 9].map(n_more), [2, 0, 2, 0, 2, 0]);
        // The baseline's level has room, whether it has a point or not.
        assert!(plot.y.place(0.53) >= BOX.2);
    }
}
