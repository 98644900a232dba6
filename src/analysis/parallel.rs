//! Parallel coordinates: where the values of a run stand on several axes, and how many lines run
//! over each pixel.

use super::version::version_order;
use super::{filter::Brush, plot::Axis, table::known, values::Ranked};
use crate::model::{Cell, ColumnKind, Report};

/// Texts of a column that may stand on an axis at most.
const MOST_TEXTS: usize = 12;

/// Numbers of a column that the keyboard goes by, one after the other, at most.
const MOST_STOPS: usize = 24;

/// How much larger the largest value has to be for a logarithmic axis to help.
const LOG_HELPS: f64 = 10.0;

/// One column as an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    /// Index of the column.
    pub column: usize,
    /// What stands on it.
    pub scale: Scale,
    /// Places that the keyboard goes by, ascending shares; empty where there are too many values.
    pub stops: Vec<f64>,
    range: (f64, f64),
}

/// What stands on an axis.
#[derive(Clone, Debug, PartialEq)]
pub enum Scale {
    /// Numbers.
    Numbers(Axis),
    /// These texts, from the low end to the high end.
    Texts(Vec<String>),
}

impl Dimension {
    /// The axis of a column over all revisions, whatever is filtered; `None` where it has neither
    /// finite numbers nor a few texts.
    pub fn new(report: &Report, column: usize) -> Option<Self> {
        let of = report.columns.get(column)?;
        let numbers = (0..report.revisions.len())
            .filter_map(|row| known(report, column, row).as_number())
            .filter(|it| it.is_finite());
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        // Ascending; one more than there may be where there are too many, and not sorted all.
        let mut few: Vec<f64> = Vec::new();
        for value in numbers {
            low = low.min(value);
            high = high.max(value);
            let at = few.partition_point(|it| *it < value);
            if few.len() <= MOST_STOPS && few.get(at) != Some(&value) {
                few.insert(at, value);
            }
        }
        if !few.is_empty() {
            let is_param = of.kind == ColumnKind::Param;
            let is_log = is_param && low > 0.0 && high >= LOG_HELPS * low;
            let axis = Axis::new((low, high), is_log, 4);
            let stops = match few.len() <= MOST_STOPS {
                true => few.iter().map(|it| axis.share(*it)).collect(),
                false => Vec::new(),
            };
            return Some(Self {
                column,
                scale: Scale::Numbers(axis),
                stops,
                range: (low, high),
            });
        }
        let mut texts: Vec<String> = Vec::new();
        for row in 0..report.revisions.len() {
            if let Cell::Text(_, text) = known(report, column, row)
                && !texts.iter().any(|it| it == text)
            {
                texts.push(text.to_owned());
            }
            if texts.len() > MOST_TEXTS {
                return None;
            }
        }
        texts.sort_by(|a, b| version_order(a, b));
        let n = texts.len();
        let stops = (0..n).map(|at| place_of(at, n)).collect();
        (n > 0).then_some(Self {
            column,
            scale: Scale::Texts(texts),
            stops,
            range: (0.0, 1.0),
        })
    }

    /// Where a value stands, from 0 at the low end to 1 at the high end; `None` for what has no
    /// place there.
    pub fn share(&self, cell: Cell<'_>) -> Option<f64> {
        match (&self.scale, cell) {
            (Scale::Numbers(axis), Cell::Number(value)) => {
                let share = axis.share(value);
                share.is_finite().then(|| share.clamp(0.0, 1.0))
            }
            (Scale::Texts(texts), Cell::Text(_, text)) => {
                let at = texts.iter().position(|it| it == text)?;
                Some(place_of(at, texts.len()))
            }
            _ => None,
        }
    }

    /// Where the ends of a brush stand: 0 and 1 where they are open.
    pub fn ends(&self, brush: &Brush) -> Option<(f64, f64)> {
        match (&self.scale, brush) {
            (Scale::Numbers(axis), Brush::Range(low, high)) => {
                let share = |value: f64| axis.share(value).clamp(0.0, 1.0);
                let share = |value: Option<f64>, open: f64| value.map_or(open, share);
                let (from, to) = (share(*low, 0.0), share(*high, 1.0));
                let is_sound = from.is_finite() && to.is_finite();
                is_sound.then_some((from, to.max(from)))
            }
            (Scale::Texts(texts), Brush::Texts(chosen)) => {
                let n = texts.len();
                let at = |text: &String| texts.iter().position(|it| it == text);
                let at: Vec<usize> = chosen.iter().filter_map(at).collect();
                let (first, last) = (*at.iter().min()?, *at.iter().max()?);
                Some((place_of(first, n), place_of(last, n)))
            }
            _ => None,
        }
    }

    /// The brush between two places; `None` where it would let everything through.
    pub fn brush(&self, from: f64, to: f64) -> Option<Brush> {
        let (from, to) = (from.min(to), from.max(to));
        match &self.scale {
            Scale::Numbers(_) => {
                let low = (from > 0.004).then(|| self.value(from));
                let high = (to < 0.996).then(|| self.value(to));
                (low.is_some() || high.is_some()).then_some(Brush::Range(low, high))
            }
            Scale::Texts(texts) => {
                let n = texts.len();
                // The ends of the axis are the first and the last text.
                let (from, to) = (
                    from.min(place_of(n.saturating_sub(1), n)),
                    to.max(place_of(0, n)),
                );
                let is_in = |at: &usize| {
                    let place = place_of(*at, n);
                    let half = 0.499 / n.max(1) as f64;
                    place + half >= from && place - half <= to
                };
                let chosen: Vec<usize> = (0..n).filter(is_in).collect();
                let text = |at: &usize| texts.get(*at).cloned();
                (chosen.len() < n && !chosen.is_empty())
                    .then(|| Brush::Texts(chosen.iter().filter_map(text).collect()))
            }
        }
    }

    /// The number at a place, in as few digits as tell it from its neighbours; one that was tried
    /// where that is as good as there.
    pub fn value(&self, share: f64) -> f64 {
        let Scale::Numbers(axis) = &self.scale else {
            return f64::NAN;
        };
        if let Some(stop) = self.stops.iter().find(|it| (*it - share).abs() < 0.004) {
            let value = axis.value(*stop);
            return format!("{value:.11e}").parse().unwrap_or(value);
        }
        let value = axis.value(share);
        if axis.is_log() {
            return format!("{value:.1e}").parse().unwrap_or(value);
        }
        let step = (self.range.1 - self.range.0) / 100.0;
        let n_digits = match step > 0.0 {
            true => libm::ceil(-libm::log10(step)).clamp(0.0, 300.0) as usize,
            false => 0,
        };
        format!("{value:.n_digits$}").parse().unwrap_or(value)
    }

    /// The next place that the keyboard goes to from one; the ends are places too.
    pub fn step(&self, share: f64, is_up: bool, n_steps: usize) -> f64 {
        let mut share = share;
        // An open end of texts is the first or the last one.
        let is_texts = matches!(self.scale, Scale::Texts(_));
        if let (true, [first, .., last]) = (is_texts, self.stops.as_slice()) {
            share = share.clamp(*first, *last);
        }
        for _ in 0..n_steps {
            let stops = self.stops.iter().copied().chain([0.0, 1.0]);
            let next = match (self.stops.is_empty(), is_up) {
                (true, true) => share + 0.02,
                (true, false) => share - 0.02,
                (false, true) => stops.filter(|it| *it > share + 0.001).fold(1.0, f64::min),
                (false, false) => stops.filter(|it| *it < share - 0.001).fold(0.0, f64::max),
            };
            share = next.clamp(0.0, 1.0);
        }
        share
    }
}

/// The place of a text among `n`.
fn place_of(at: usize, n: usize) -> f64 {
    (at as f64 + 0.5) / n.max(1) as f64
}

/// The places of all revisions on some axes: for each axis a share for each revision, `NaN` where
/// it has none.
pub fn places(report: &Report, dimensions: &[Dimension]) -> Vec<Vec<f32>> {
    let ranked = Ranked::new(report);
    let axis = |of: &Dimension| {
        let values = ranked.values(report, of.column);
        let place = |row| of.share(values.get(row)).map_or(f32::NAN, |it| it as f32);
        (0..report.revisions.len()).map(place).collect()
    };
    dimensions.iter().map(axis).collect()
}

/// How many lines between two axes run over each pixel of a picture of `width` × `height`, row by
/// row from the top.
///
/// Lines with the same ends are drawn once, however many there are: what it costs is bounded by the
/// picture's height, not by the number of runs.
pub fn density(
    left: &[f32],
    right: &[f32],
    revisions: &[usize],
    (width, height): (usize, usize),
) -> Vec<u32> {
    let mut counts = vec![0_u32; width * height];
    if width == 0 || height == 0 {
        return counts;
    }
    let most = (height - 1) as f32;
    let pixel = |share: f32| ((1.0 - share.clamp(0.0, 1.0)) * most + 0.5) as usize;
    let mut ends = vec![0_u32; height * height];
    for row in revisions {
        if let (Some(from), Some(to)) = (left.get(*row), right.get(*row))
            && !from.is_nan()
            && !to.is_nan()
            && let Some(n) = ends.get_mut(pixel(*from) * height + pixel(*to))
        {
            *n += 1;
        }
    }
    for (at, n) in ends.into_iter().enumerate().filter(|(_, n)| *n > 0) {
        let (from, to) = ((at / height) as f32, (at % height) as f32);
        let slope = (to - from) / width as f32;
        for x in 0..width {
            // A steep line covers several pixels of a column.
            let (a, b) = (from + slope * x as f32, from + slope * (x + 1) as f32);
            let (top, bottom) = ((a.min(b) + 0.5) as usize, (a.max(b) + 0.5) as usize);
            for y in top..=bottom.min(height - 1) {
                if let Some(count) = counts.get_mut(y * width + x) {
                    *count += n;
                }
            }
        }
    }
    counts
}

/// Counts as pixels (RGBA) of one colour: the more lines, the less of the ground shows through.
pub fn pixels(counts: &[u32], colour: [u8; 3]) -> Vec<u8> {
    let most = counts.iter().copied().max().unwrap_or(0);
    let full = libm::log(1.0 + f64::from(most));
    let [red, green, blue] = colour;
    let mut rgba = Vec::with_capacity(counts.len() * 4);
    for count in counts {
        let alpha = match count {
            0 => 0.0,
            n => 0.25 + 0.75 * libm::log(1.0 + f64::from(*n)) / full,
        };
        rgba.extend([red, green, blue, (alpha * 255.0) as u8]);
    }
    rgba
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::testing::small;

    #[test]
    fn the_keyboard_goes_from_text_to_text() {
        let of = Dimension::new(&small(), 1).unwrap();
        let texts = |all: &[&str]| {
            let all = all.iter().map(|it| (*it).to_owned()).collect();
            Some(Brush::Texts(all))
        };
        let below = of.step(1.0, false, 1);
        assert_eq!(of.brush(0.0, below), texts(&["lbfgs", "saga"]));
        assert_eq!(of.brush(0.0, of.step(below, false, 1)), texts(&["lbfgs"]));
        assert_eq!(of.brush(0.0, of.step(below, true, 1)), None);
        assert_eq!(of.brush(of.step(0.0, true, 1), 1.0), texts(&["saga", "v2"]));
        assert_eq!(of.brush(0.0, of.step(1.0, false, 5)), texts(&["lbfgs"]));
        // Home and End.
        assert_eq!(of.brush(0.0, 0.0), texts(&["lbfgs"]));
        assert_eq!(of.brush(1.0, 1.0), texts(&["v2"]));
    }

    #[test]
    fn a_column_is_an_axis() {
        let report = small();
        let c = Dimension::new(&report, 0).unwrap();
        let Scale::Numbers(axis) = &c.scale else {
            panic!("numbers")
        };
        assert!(axis.is_log(), "from 5 to 300");
        assert_eq!(c.stops.len(), 6);
        assert_eq!(c.share(Cell::Number(5.0)), Some(0.0));
        assert_eq!(c.share(Cell::Number(300.0)), Some(1.0));
        assert_eq!(c.share(Cell::Missing), None);
        let solver = Dimension::new(&report, 1).unwrap();
        assert_eq!(
            solver.scale,
            Scale::Texts(vec!["lbfgs".into(), "saga".into(), "v2".into()])
        );
        let rmse = Dimension::new(&report, 3).unwrap();
        assert_eq!(rmse.share(Cell::Number(f64::NAN)), None);
        assert_eq!(rmse.stops.len(), 2, "a failed run's is not its own");
        assert_eq!(Dimension::new(&report, 9), None);
    }

    #[test]
    fn a_brush_is_what_lies_between_two_places() {
        let report = small();
        let c = Dimension::new(&report, 0).unwrap();
        let at = |value: f64| c.share(Cell::Number(value)).unwrap();
        assert_eq!(c.brush(0.0, 1.0), None);
        assert_eq!(c.brush(at(30.0), 1.0), Some(Brush::Range(Some(30.0), None)));
        assert_eq!(
            c.brush(at(120.0), at(10.0)),
            Some(Brush::Range(Some(10.0), Some(120.0)))
        );
        assert_eq!(c.ends(&Brush::Range(Some(5.0), None)), Some((0.0, 1.0)));
        assert_eq!(
            c.ends(&Brush::Range(Some(1.0), Some(30.0))),
            Some((0.0, at(30.0)))
        );
        let solver = Dimension::new(&report, 1).unwrap();
        let texts = |it: &[&str]| Brush::Texts(it.iter().map(|it| (*it).to_owned()).collect());
        assert_eq!(solver.brush(0.4, 0.9), Some(texts(&["saga", "v2"])));
        assert_eq!(solver.brush(0.0, 1.0), None);
        assert_eq!(solver.ends(&texts(&["saga"])), Some((0.5, 0.5)));
        let accuracy = Dimension::new(&report, 2).unwrap();
        assert_eq!(accuracy.value(0.37), 0.5048);
    }

    #[test]
    fn the_keyboard_goes_by_what_was_tried() {
        let report = small();
        let c = Dimension::new(&report, 0).unwrap();
        let at = |value: f64| c.share(Cell::Number(value)).unwrap();
        assert_eq!(c.step(0.0, true, 1), at(10.0));
        assert_eq!(c.step(at(30.0), false, 1), at(10.0));
        assert_eq!(c.step(0.0, false, 1), 0.0);
        assert_eq!(c.step(0.0, true, 99), 1.0);
    }

    #[test]
    fn a_line_runs_from_axis_to_axis() {
        // From the top on the left to the bottom on the right, twice; one run has no value.
        let (left, right) = ([1.0, 1.0, f32::NAN], [0.0, 0.0, 0.5]);
        let counts = density(&left, &right, &[0, 1, 2], (4, 4));
        assert_eq!(counts.iter().copied().max(), Some(2));
        assert_eq!((counts[0], counts[15], counts[3], counts[12]), (2, 2, 0, 0));
        let flat = density(&[0.0], &[0.0], &[0], (3, 2));
        assert_eq!(flat, [0, 0, 0, 1, 1, 1]);
        assert_eq!(density(&[0.0], &[0.0], &[0], (0, 0)), [0_u32; 0]);
        let rgba = pixels(&[0, 1], [1, 2, 3]);
        assert_eq!(rgba, [1, 2, 3, 0, 1, 2, 3, 255]);
    }

    proptest! {
        #[test]
        fn every_line_covers_every_column(
            shares in prop::collection::vec((0.0_f32..=1.0, 0.0_f32..=1.0), 1..20),
            width in 1..30_usize,
            height in 1..30_usize,
        ) {
            let (left, right): (Vec<f32>, Vec<f32>) = shares.iter().copied().unzip();
            let all: Vec<usize> = (0..shares.len()).collect();
            let counts = density(&left, &right, &all, (width, height));
            for x in 0..width {
                let column: u32 = (0..height).map(|y| counts[y * width + x]).sum();
                prop_assert!(column as usize >= shares.len());
            }
        }
    }
}
