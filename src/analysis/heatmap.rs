//! What a picture of a matrix shows: the value of each cell, its colour, the legend. Nothing here
//! paints; the table, the canvas and the exports all take these cells.

use crate::{
    analysis::colour::{Rgb, viridis},
    model::{ConfusionMatrix, MatrixKind, Normalisation, Scale},
};

/// What the reader chose to see of a matrix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// What each cell is divided by.
    pub normalisation: Normalisation,
    /// How a value becomes a colour.
    pub scale: Scale,
    /// The classes to show, in order. Divisors always count all classes.
    pub classes: Vec<usize>,
    /// Whether columns are actual and rows predicted.
    pub is_transposed: bool,
}

/// The cells of a matrix as a picture, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heatmap {
    /// The class of each row, and of each column.
    pub classes: Vec<usize>,
    /// Row-major as shown.
    pub cells: Vec<HeatCell>,
    /// The range of values that the colours span.
    pub legend: Legend,
}

/// One cell of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatCell {
    /// What it was.
    pub actual: usize,
    /// What the model said.
    pub predicted: usize,
    /// The matrix's own number, whatever is shown.
    pub count: f64,
    /// What is shown: a count, a share or a difference; `None` where a share is undefined, of a
    /// class that never occurs.
    pub value: Option<f64>,
    /// How it is filled.
    pub fill: Fill,
}

/// How a cell is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Fill {
    /// An empty, outlined cell: zero is not a small number.
    #[default]
    Empty,
    /// A tone of viridis, 0 to 1.
    Tone(f64),
    /// A change for the better of this strength, 0 to 1.
    Better(f64),
    /// A change for the worse.
    Worse(f64),
}

impl Fill {
    /// The opaque colour and the ink on it, where both are the same in light and dark.
    pub fn colours(self) -> Option<(Rgb, Rgb)> {
        match self {
            Self::Tone(tone) => Some((viridis(tone), viridis(tone).ink())),
            Self::Empty | Self::Better(_) | Self::Worse(_) => None,
        }
    }
}

/// The values at the ends of the colours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// The smallest value above zero.
    pub min: f64,
    /// The largest value; of differences, the largest distance from zero.
    pub max: f64,
    /// How values become tones.
    pub scale: Scale,
    /// Of the scale by rank: distinct values, ascending, with the share of cells up to each.
    ranks: Vec<(f64, f64)>,
}

impl Legend {
    /// Of values, by their size; zeros don't count.
    pub fn of(scale: Scale, values: impl ExactSizeIterator<Item = f64>) -> Self {
        let mut range = Range::new(scale, values.len());
        values.for_each(|value| range.add(value));
        range.legend()
    }

    /// The tone of a value, 0 to 1: its share of the largest; of its root; by logarithm, its place
    /// between the smallest and the largest; or the share of cells that have no more.
    pub fn tone(&self, value: f64) -> f64 {
        if value <= 0.0 || self.max <= 0.0 {
            return 0.0;
        }
        let tone = match self.scale {
            Scale::Linear => value / self.max,
            Scale::Sqrt => libm::sqrt(value / self.max),
            Scale::Log if self.min >= self.max => 1.0,
            Scale::Log => libm::log(value / self.min) / libm::log(self.max / self.min),
            Scale::Quantile => {
                let n_below = self.ranks.partition_point(|it| it.0 <= value);
                let below = n_below.checked_sub(1).and_then(|it| self.ranks.get(it));
                below.map_or(0.0, |it| it.1)
            }
        };
        tone.clamp(0.0, 1.0)
    }

    /// The value halfway between the colours of [`Self::min`] and [`Self::max`]: tells the scale.
    pub fn middle(&self) -> f64 {
        let tone = f64::midpoint(self.tone(self.min), 1.0);
        match self.scale {
            Scale::Linear => tone * self.max,
            Scale::Sqrt => tone * tone * self.max,
            Scale::Log => self.min * libm::pow(self.max / self.min.max(f64::MIN_POSITIVE), tone),
            Scale::Quantile => {
                let reaching = self.ranks.iter().find(|it| it.1 >= tone);
                reaching.map_or(self.max, |it| it.0)
            }
        }
    }

    /// Colours from the smallest to the largest value, evenly spaced, for a ramp.
    pub fn ramp(&self, n_stops: usize) -> Vec<Rgb> {
        let from = self.tone(self.min);
        let step = (1.0 - from) / n_stops.saturating_sub(1).max(1) as f64;
        (0..n_stops)
            .map(|idx| viridis(from + step * idx as f64))
            .collect()
    }
}

/// The values of a picture, one after the other, on their way to a legend.
pub(super) struct Range {
    scale: Scale,
    min: f64,
    max: f64,
    sample: Vec<f64>,
    n_seen: usize,
    /// Each so many a value is taken for the ranks.
    step: usize,
}

impl Range {
    /// The most values that are sorted for the scale by rank; of more, one of several is taken.
    const MAX_RANKED: usize = 1 << 16;

    /// Nothing was seen yet of so many.
    pub fn new(scale: Scale, n_values: usize) -> Self {
        Self {
            scale,
            min: f64::INFINITY,
            max: 0.0,
            sample: Vec::new(),
            n_seen: 0,
            step: n_values.div_ceil(Self::MAX_RANKED).max(1),
        }
    }

    /// Sees a value.
    pub fn add(&mut self, value: f64) {
        let size = value.abs();
        if size > 0.0 {
            self.min = self.min.min(size);
            self.max = self.max.max(size);
            if self.scale == Scale::Quantile && self.n_seen.is_multiple_of(self.step) {
                self.sample.push(size);
            }
            self.n_seen += 1;
        }
    }

    /// What was seen.
    pub fn legend(mut self) -> Legend {
        self.sample.sort_unstable_by(f64::total_cmp);
        let n = self.sample.len() as f64;
        let mut ranks: Vec<(f64, f64)> = Vec::new();
        for (idx, value) in self.sample.iter().enumerate() {
            let share = (idx + 1) as f64 / n;
            match ranks.last_mut() {
                Some(last) if last.0 == *value => last.1 = share,
                _ => ranks.push((*value, share)),
            }
        }
        Legend {
            min: self.min.min(self.max),
            max: self.max,
            scale: self.scale,
            ranks,
        }
    }
}

/// The normalisation that a matrix allows: shares can't be divided again, and stay as they are.
pub fn allowed(kind: MatrixKind, asked: Normalisation) -> Normalisation {
    match kind {
        MatrixKind::Counts | MatrixKind::Weighted => asked,
        MatrixKind::NormalisedByRow => Normalisation::Row,
        MatrixKind::NormalisedByColumn => Normalisation::Column,
        MatrixKind::NormalisedByAll => Normalisation::All,
    }
}

/// A matrix as it is.
pub fn heatmap(matrix: &ConfusionMatrix, choice: &Choice) -> Heatmap {
    let values = Values::new(matrix, choice.normalisation);
    let mut map = cells(matrix, choice, |actual, predicted| {
        values.get(actual, predicted)
    });
    for cell in &mut map.cells {
        let value = cell.value.unwrap_or(0.0);
        if value > 0.0 {
            cell.fill = Fill::Tone(map.legend.tone(value));
        }
    }
    map
}

/// Which classes both sides have samples of. Where one has none, the cells of a class say nothing of
/// a change: the model was not asked.
pub fn on_both_sides(matrix: &ConfusionMatrix, baseline: &ConfusionMatrix) -> Vec<bool> {
    let (now, before) = (matrix.actual_totals(), baseline.actual_totals());
    let pairs = now.iter().zip(&before);
    pairs
        .map(|(now, before)| *now > 0.0 && *before > 0.0)
        .collect()
}

/// A matrix less its baseline, both with the same labels in the same order ([`super::aligned`]).
/// More on the diagonal is better, more elsewhere is worse.
pub fn difference(
    matrix: &ConfusionMatrix,
    baseline: &ConfusionMatrix,
    choice: &Choice,
) -> Heatmap {
    let now = Values::new(matrix, choice.normalisation);
    let before = Values::new(baseline, choice.normalisation);
    let is_on_both = on_both_sides(matrix, baseline);
    let mut map = cells(matrix, choice, |actual, predicted| {
        is_on_both.get(actual).filter(|it| **it)?;
        Some(now.get(actual, predicted)? - before.get(actual, predicted)?)
    });
    for cell in &mut map.cells {
        let value = cell.value.unwrap_or(0.0);
        let tone = map.legend.tone(value.abs());
        cell.fill = match is_better(cell.actual, cell.predicted, value) {
            Some(true) => Fill::Better(tone),
            Some(false) => Fill::Worse(tone),
            None => Fill::Empty,
        };
    }
    map
}

/// Whether a difference in this cell is for the better; `None` where there is none. Rounding noise
/// of subtracted shares is none.
pub fn is_better(actual: usize, predicted: usize, difference: f64) -> Option<bool> {
    const ROUNDING: f64 = 1e-12;
    (difference.abs() > ROUNDING).then_some((actual == predicted) == (difference > 0.0))
}

/// Every cell with its value, not filled yet.
fn cells(
    matrix: &ConfusionMatrix,
    choice: &Choice,
    value: impl Fn(usize, usize) -> Option<f64>,
) -> Heatmap {
    let classes: Vec<usize> = choice
        .classes
        .iter()
        .copied()
        .filter(|class| *class < matrix.n_classes())
        .collect();
    let mut cells = Vec::with_capacity(classes.len() * classes.len());
    for &row in &classes {
        for &column in &classes {
            let (actual, predicted) = match choice.is_transposed {
                false => (row, column),
                true => (column, row),
            };
            cells.push(HeatCell {
                actual,
                predicted,
                count: matrix.get(actual, predicted),
                value: value(actual, predicted),
                fill: Fill::Empty,
            });
        }
    }
    let legend = Legend::of(choice.scale, cells.iter().map(|it| it.value.unwrap_or(0.0)));
    Heatmap {
        classes,
        cells,
        legend,
    }
}

/// What the cells of a matrix are divided by.
#[derive(Clone, Debug)]
pub struct Divisors {
    /// Of a cell's row, or of its column; empty where that is one number.
    divisors: Vec<f64>,
    whole: f64,
    normalisation: Normalisation,
}

impl Divisors {
    /// A matrix of shares keeps its values, whatever is asked.
    pub fn new(matrix: &ConfusionMatrix, asked: Normalisation) -> Self {
        let is_shares = !matches!(matrix.kind(), MatrixKind::Counts | MatrixKind::Weighted);
        let normalisation = if is_shares {
            Normalisation::None
        } else {
            asked
        };
        let (divisors, whole) = match normalisation {
            Normalisation::None => (Vec::new(), 1.0),
            Normalisation::Row => (matrix.actual_totals(), 0.0),
            Normalisation::Column => (matrix.predicted_totals(), 0.0),
            Normalisation::All => (Vec::new(), matrix.total()),
        };
        Self {
            divisors,
            whole,
            normalisation,
        }
    }

    /// A cell's number divided; `None` where that is by zero.
    pub fn share(&self, actual: usize, predicted: usize, count: f64) -> Option<f64> {
        let divisor = match self.normalisation {
            Normalisation::None | Normalisation::All => self.whole,
            Normalisation::Row => self.divisors.get(actual).copied()?,
            Normalisation::Column => self.divisors.get(predicted).copied()?,
        };
        (divisor > 0.0).then(|| count / divisor)
    }
}

/// The cells of a matrix under a normalisation.
pub struct Values<'a> {
    matrix: &'a ConfusionMatrix,
    divisors: Divisors,
}

impl<'a> Values<'a> {
    /// A matrix of shares keeps its values, whatever is asked.
    pub fn new(matrix: &'a ConfusionMatrix, asked: Normalisation) -> Self {
        Self {
            matrix,
            divisors: Divisors::new(matrix, asked),
        }
    }

    /// One cell; `None` where it would be divided by zero.
    pub fn get(&self, actual: usize, predicted: usize) -> Option<f64> {
        let count = self.matrix.get(actual, predicted);
        self.divisors.share(actual, predicted, count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{class_order::class_order, measures::Measures, nba},
        model::Order,
    };

    const NORMALISATIONS: [Normalisation; 4] = [
        Normalisation::None,
        Normalisation::Row,
        Normalisation::Column,
        Normalisation::All,
    ];

    fn choice(normalisation: Normalisation) -> Choice {
        Choice {
            normalisation,
            classes: (0..5).collect(),
            ..Choice::default()
        }
    }

    fn at(map: &Heatmap, actual: usize, predicted: usize) -> HeatCell {
        let is_it = |cell: &&HeatCell| cell.actual == actual && cell.predicted == predicted;
        *map.cells.iter().find(is_it).unwrap()
    }

    #[test]
    fn a_cell_under_each_normalisation() {
        // Small forwards taken for power forwards: 14 of 36, of 35 called so, of 176.
        let expected = [14.0, 14.0 / 36.0, 14.0 / 35.0, 14.0 / 176.0];
        for (normalisation, expected) in NORMALISATIONS.into_iter().zip(expected) {
            let map = heatmap(&nba::now(), &choice(normalisation));
            let cell = at(&map, 3, 1);
            assert_eq!(
                (cell.value, cell.count),
                (Some(expected), 14.0),
                "{normalisation:?}"
            );
        }
    }

    #[test]
    fn colours_span_zero_to_the_largest() {
        let map = heatmap(&nba::now(), &choice(Normalisation::None));
        assert_eq!((map.legend.min, map.legend.max), (1.0, 24.0));
        assert_eq!(at(&map, 2, 2).fill, Fill::Tone(1.0));
        assert_eq!(at(&map, 2, 0).fill, Fill::Empty);
        assert_eq!(map.legend.ramp(2), [viridis(1.0 / 24.0), viridis(1.0)]);
    }

    #[test]
    fn the_middle_of_the_legend_has_the_middle_tone() {
        for scale in [Scale::Linear, Scale::Sqrt, Scale::Log] {
            let legend = Legend::of(scale, [2.0, 0.0, 50.0].into_iter());
            let expected = f64::midpoint(legend.tone(2.0), 1.0);
            assert!(
                (legend.tone(legend.middle()) - expected).abs() < 1e-12,
                "{scale:?}"
            );
        }
        let one_value = Legend::of(Scale::Log, [3.0].into_iter());
        assert_eq!((one_value.tone(3.0), one_value.middle()), (1.0, 3.0));
    }

    #[test]
    fn ranks_give_each_colour_as_many_cells() {
        let values = [1.0, 1.0, -2.0, 0.0, 1000.0];
        let legend = Legend::of(Scale::Quantile, values.into_iter());
        let tones = [0.5, 1.0, 1.5, 2.0, 900.0, 1000.0].map(|it| legend.tone(it));
        assert_eq!(tones, [0.0, 0.5, 0.5, 0.75, 0.75, 1.0]);
        assert_eq!(legend.middle(), 2.0);
        // Of a great many, some stand for all.
        let many = Legend::of(Scale::Quantile, (0..300_000).map(f64::from));
        assert!((many.tone(150_000.0) - 0.5).abs() < 1e-3);
    }

    #[test]
    fn differences_are_good_on_the_diagonal_and_bad_elsewhere() {
        let map = difference(&nba::now(), &nba::before(), &choice(Normalisation::None));
        let told = |actual, predicted| {
            let cell = at(&map, actual, predicted);
            (cell.value, cell.fill)
        };
        assert_eq!(told(3, 1), (Some(2.0), Fill::Worse(1.0)));
        assert_eq!(told(2, 2), (Some(-2.0), Fill::Worse(1.0)));
        assert_eq!(told(3, 0), (Some(-1.0), Fill::Better(0.5)));
        assert_eq!(told(1, 0), (Some(0.0), Fill::Empty));
        let n_changed = map.cells.iter().filter(|it| it.fill != Fill::Empty).count();
        assert_eq!(n_changed, 17);
    }

    #[test]
    fn a_class_that_one_side_lacks_says_nothing_of_a_change() {
        let labels = || ["a", "b"].map(str::to_owned).to_vec();
        let matrix = |rows: [Vec<f64>; 2]| ConfusionMatrix::from_rows(labels(), &rows).unwrap();
        let now = matrix([vec![3.0, 1.0], vec![2.0, 4.0]]);
        let before = matrix([vec![4.0, 0.0], vec![0.0, 0.0]]);
        for (now, before) in [(&now, &before), (&before, &now)] {
            let choice = Choice {
                classes: vec![0, 1],
                ..Choice::default()
            };
            let map = difference(now, before, &choice);
            let known: Vec<bool> = map.cells.iter().map(|it| it.value.is_some()).collect();
            assert_eq!(known, [true, true, false, false]);
            assert_eq!(map.legend.max, 1.0);
        }
    }

    #[test]
    fn a_class_that_never_occurs_has_no_shares() {
        let labels = ["a", "b"].map(str::to_owned).to_vec();
        let rows = [vec![3.0, 0.0], vec![0.0, 0.0]];
        let matrix = ConfusionMatrix::from_rows(labels, &rows).unwrap();
        let choice = Choice {
            normalisation: Normalisation::Row,
            classes: vec![0, 1],
            ..Choice::default()
        };
        let map = heatmap(&matrix, &choice);
        let values: Vec<_> = map.cells.iter().map(|cell| cell.value).collect();
        assert_eq!(values, [Some(1.0), Some(0.0), None, None]);
    }

    #[test]
    fn orders_and_transposing_never_change_a_total() {
        let orders = [
            Order::File,
            Order::Name,
            Order::Support,
            Order::Error,
            Order::Similarity,
        ];
        for matrix in [nba::now(), nba::before()] {
            for (order, is_transposed) in orders.iter().flat_map(|it| [(it, false), (it, true)]) {
                let choice = Choice {
                    classes: class_order(&matrix, &Measures::of(&matrix), *order),
                    is_transposed,
                    ..Choice::default()
                };
                let map = heatmap(&matrix, &choice);
                let total: f64 = map.cells.iter().map(|cell| cell.count).sum();
                assert_eq!(total, matrix.total());
                assert!(
                    map.cells
                        .iter()
                        .all(|it| it.count == matrix.get(it.actual, it.predicted))
                );
                let first_row: f64 = map.cells.iter().take(5).map(|it| it.count).sum();
                let totals = match is_transposed {
                    false => matrix.actual_totals(),
                    true => matrix.predicted_totals(),
                };
                assert_eq!(first_row, totals[map.classes[0]]);
            }
        }
    }
}
