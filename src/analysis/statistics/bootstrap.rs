//! Bias-corrected and accelerated bootstrap intervals of the difference of any measures.
//!
//! Counts are resampled, not samples: samples of one cell are alike, so a resample is one
//! multinomial draw over the cells, whatever the number of samples; the jackknife leaves out one
//! sample of each cell. Source: Efron, "Better bootstrap confidence intervals", JASA 82 (1987);
//! for two independent groups as `scipy.stats.bootstrap` does it.

use super::{
    measure::{Margins, Measure},
    random::Random,
    resample::Resample,
    special::{normal_cdf, normal_quantile},
};

/// Samples that are alike, of one group: what they were and what was said of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Actual class, and what the baseline said; `None` where it never saw them.
    pub before: Option<(u32, u32)>,
    /// Actual class, and what the current revision said; `None` where it never saw them.
    pub now: Option<(u32, u32)>,
    /// How many there are: a whole number.
    pub count: f64,
}

/// The interval of each measure's difference, now less before, at `confidence`.
///
/// `groups` are resampled each for itself: one of pairs, or one for each side. `None` where a
/// measure never varies, or where all resamples lie on one side of what was observed.
pub fn bca_intervals(
    groups: &[Vec<Cell>],
    n_classes: usize,
    measures: &[Measure],
    resamples: u32,
    confidence: f64,
    seed: u64,
) -> Vec<Option<(f64, f64)>> {
    let mut pair = Pair::new(n_classes);
    for cell in groups.iter().flatten() {
        pair.add(cell, cell.count);
    }
    let observed: Vec<f64> = measures.iter().map(|it| pair.difference(it)).collect();
    let accelerations = accelerations(groups, &mut pair, measures);
    let mut random = Random::new(seed);
    let mut groups: Vec<Resample<'_>> = groups.iter().map(|it| Resample::new(it)).collect();
    let mut drawn = vec![Vec::with_capacity(resamples as usize); measures.len()];
    for _ in 0..resamples {
        resample(&mut groups, &mut random, &mut pair);
        for (measure, drawn) in measures.iter().zip(&mut drawn) {
            drawn.push(pair.difference(measure));
        }
    }
    let of_each = observed.iter().zip(accelerations).zip(&mut drawn);
    let interval = |((observed, acceleration), drawn): ((&f64, f64), &mut Vec<f64>)| {
        interval(*observed, acceleration, drawn, confidence)
    };
    of_each.map(interval).collect()
}

/// Draws all groups anew.
///
/// A browser compiles a function for speed between two calls of it, not while it runs: so this is
/// one that is called for each resample.
#[inline(never)]
fn resample(groups: &mut [Resample<'_>], random: &mut Random, pair: &mut Pair) {
    pair.clear();
    for group in groups {
        let (cells, counts) = group.draw(random);
        for (cell, count) in cells.iter().zip(counts) {
            pair.add(cell, *count);
        }
    }
}

fn interval(
    observed: f64,
    acceleration: f64,
    drawn: &mut [f64],
    confidence: f64,
) -> Option<(f64, f64)> {
    drawn.sort_unstable_by(f64::total_cmp);
    if drawn.first()? == drawn.last()? {
        return None;
    }
    let below = drawn.partition_point(|it| *it < observed) as f64;
    let not_above = drawn.partition_point(|it| *it <= observed) as f64;
    let bias = normal_quantile((below + not_above) / 2.0 / drawn.len() as f64);
    if !bias.is_finite() {
        return None;
    }
    let limit = |share: f64| {
        let shifted = bias + normal_quantile(share);
        let corrected = bias + shifted / (1.0 - acceleration * shifted);
        quantile(drawn, normal_cdf(corrected))
    };
    let tail = (1.0 - confidence) / 2.0;
    limit(tail).zip(limit(1.0 - tail))
}

/// Between the two values around the share, in proportion.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * (sorted.len() - 1) as f64;
    let low = libm::floor(place);
    let (below, above) = (
        sorted.get(low as usize)?,
        sorted.get(libm::ceil(place) as usize)?,
    );
    Some(below + (above - below) * (place - low))
}

/// The skewness of each measure's difference, by leaving out one sample after the other.
fn accelerations(groups: &[Vec<Cell>], pair: &mut Pair, measures: &[Measure]) -> Vec<f64> {
    let mut moments = vec![(0.0, 0.0); measures.len()];
    for cells in groups {
        let n: f64 = cells.iter().map(|it| it.count).sum();
        let mut without: Vec<Vec<f64>> = vec![Vec::with_capacity(cells.len()); measures.len()];
        for cell in cells {
            pair.add(cell, -1.0);
            for (measure, without) in measures.iter().zip(&mut without) {
                without.push(pair.difference(measure));
            }
            pair.add(cell, 1.0);
        }
        for (without, (squares, cubes)) in without.iter().zip(&mut moments) {
            let weighted = without.iter().zip(cells).map(|(it, cell)| it * cell.count);
            let mean = weighted.sum::<f64>() / n;
            for (without, cell) in without.iter().zip(cells) {
                // How much a sample moves the measure, in units of 1/n.
                let influence = (mean - without) * (n - 1.0) / n;
                *squares += influence * influence * cell.count;
                *cubes += influence * influence * influence * cell.count;
            }
        }
    }
    let skewness = |(squares, cubes): (f64, f64)| match squares > 0.0 {
        true => cubes / (6.0 * squares * libm::sqrt(squares)),
        false => 0.0,
    };
    moments.into_iter().map(skewness).collect()
}

/// Both sides of a comparison.
struct Pair {
    before: Margins,
    now: Margins,
}

impl Pair {
    fn new(n_classes: usize) -> Self {
        Self {
            before: Margins::new(n_classes),
            now: Margins::new(n_classes),
        }
    }

    fn clear(&mut self) {
        self.before.clear();
        self.now.clear();
    }

    #[inline(always)]
    fn add(&mut self, cell: &Cell, count: f64) {
        if let Some((actual, said)) = cell.before {
            self.before.add(actual as usize, said as usize, count);
        }
        if let Some((actual, said)) = cell.now {
            self.now.add(actual as usize, said as usize, count);
        }
    }

    #[inline(never)]
    fn difference(&self, measure: &Measure) -> f64 {
        measure.value(&self.now) - measure.value(&self.before)
    }
}
