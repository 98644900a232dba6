//! One group of samples, drawn anew again and again: multinomial draws over its cells.
//!
//! Independent Poisson counts of the cells are a multinomial draw of as many samples as they happen
//! to be (Devroye, Non-Uniform Random Variate Generation, 1986, XI.1.4), and a Poisson number of a
//! known mean comes from a table. So a draw is one number for each cell, of somewhat fewer samples
//! than wanted; what is missing is drawn in the same way, and the last few one by one.

use super::{aliases::Aliases, bootstrap::Cell, random::Random};

/// The most places of all tables of a group: some megabytes.
const MAX_PLACES: usize = 1 << 20;

/// How one group is drawn.
pub(super) struct Resample<'a> {
    /// By falling count: conditional draws use the samples up soon.
    cells: Vec<&'a Cell>,
    /// How many samples there are.
    n: f64,
    /// By falling size; `None` where the tables would be too large.
    levels: Option<Vec<Level>>,
    /// The cells by their counts: which one a single sample is of.
    single: Aliases,
    /// How many of each cell were drawn, and by one level.
    counts: Vec<f64>,
    drawn: Vec<f64>,
}

/// Poisson counts of all cells, for so many samples on average.
struct Level {
    /// The fewest samples missing that it is drawn for: more than these it seldom is.
    least: f64,
    /// For cells with the same count: how many there are, and the table of their distribution with
    /// the count that it begins with.
    tables: Vec<(usize, u32, Aliases)>,
}

impl<'a> Resample<'a> {
    /// Prepares it.
    pub fn new(cells: &'a [Cell]) -> Self {
        let mut cells: Vec<&Cell> = cells.iter().collect();
        cells.sort_by(|a, b| b.count.total_cmp(&a.count));
        let counts: Vec<f64> = cells.iter().map(|it| it.count).collect();
        let n: f64 = counts.iter().sum();
        Self {
            levels: levels(&cells, n),
            single: Aliases::new(&counts),
            drawn: counts.clone(),
            counts,
            cells,
            n,
        }
    }

    /// As many samples as there are, each drawn from all of them: the cells, and how many of each.
    pub fn draw(&mut self, random: &mut Random) -> (&[&'a Cell], &[f64]) {
        match self.levels.take() {
            Some(levels) => {
                self.draw_by(&levels, random);
                self.levels = Some(levels);
            }
            // Each count given those before.
            None => {
                let (mut left, mut of) = (self.n, self.n);
                for (count, cell) in self.counts.iter_mut().zip(&self.cells) {
                    *count = random.binomial(left, cell.count / of);
                    left -= *count;
                    of -= cell.count;
                }
            }
        }
        (&self.cells, &self.counts)
    }

    fn draw_by(&mut self, levels: &[Level], random: &mut Random) {
        self.counts.fill(0.0);
        let mut left = self.n;
        for level in levels {
            while left >= level.least {
                let n = level.draw(random, &mut self.drawn);
                // Whether they are too many tells nothing of what they are.
                if n <= left {
                    left -= n;
                    for (count, drawn) in self.counts.iter_mut().zip(&self.drawn) {
                        *count += drawn;
                    }
                }
            }
        }
        for _ in 0..left as u32 {
            let cell = self.single.draw(random);
            if let Some(count) = self.counts.get_mut(cell as usize) {
                *count += 1.0;
            }
        }
    }
}

/// Of nearly all samples, of what that leaves missing on average, of half of that, and so on, as
/// long as it takes less time than to draw them one by one.
fn levels(cells: &[&Cell], n: f64) -> Option<Vec<Level>> {
    let fewest = 1.5 * cells.len() as f64;
    let (mut levels, mut left) = (Vec::new(), MAX_PLACES);
    let mut size = n - libm::sqrt(n);
    let mut next = 2.0 * libm::sqrt(n);
    while size >= fewest {
        let mut tables = Vec::new();
        for alike in cells.chunk_by(|a, b| a.count == b.count) {
            let mean = alike.first()?.count * (size / n);
            // About as many places as there will be: nine deviations to each side.
            if 18.0 * libm::sqrt(mean) > left as f64 {
                return None;
            }
            let (first, shares) = poisson(mean);
            left = left.checked_sub(shares.len())?;
            tables.push((alike.len(), first, Aliases::new(&shares)));
        }
        levels.push(Level {
            least: size + libm::sqrt(size),
            tables,
        });
        size = next;
        next /= 2.0;
    }
    Some(levels)
}

impl Level {
    /// Draws the count of each cell, and says how many samples that are.
    fn draw(&self, random: &mut Random, drawn: &mut [f64]) -> f64 {
        let mut n = 0.0;
        let mut counts = drawn.iter_mut();
        for (n_cells, first, table) in &self.tables {
            for count in counts.by_ref().take(*n_cells) {
                *count = f64::from(first + table.draw(random));
                n += *count;
            }
        }
        n
    }
}

/// The Poisson distribution of this mean, up to a factor: the first count, and the shares from it
/// on. What is left out has less than 10⁻¹⁸ of the most frequent one's share.
fn poisson(mean: f64) -> (u32, Vec<f64>) {
    const NOTHING: f64 = 1e-18;
    let middle = libm::floor(mean);
    let (mut shares, mut share, mut count) = (Vec::new(), 1.0, middle);
    while share > NOTHING {
        shares.push(share);
        share *= count / mean;
        count -= 1.0;
    }
    let first = middle as u32 + 1 - shares.len() as u32;
    shares.reverse();
    (share, count) = (1.0, middle);
    loop {
        count += 1.0;
        share *= mean / count;
        if share <= NOTHING {
            return (first, shares);
        }
        shares.push(share);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(counts: &[f64]) -> Vec<Cell> {
        let cell = |(idx, count): (u32, &f64)| Cell {
            before: Some((0, idx)),
            now: None,
            count: *count,
        };
        (0..).zip(counts).map(cell).collect()
    }

    /// How often each cell is drawn on average, its variance, and its covariance with the first.
    fn moments(resample: &mut Resample<'_>, n_draws: u32) -> Vec<[f64; 3]> {
        let mut random = Random::new(11);
        let mut sums = vec![[0.0; 3]; resample.cells.len()];
        for _ in 0..n_draws {
            let n = resample.n;
            let (cells, counts) = resample.draw(&mut random);
            assert_eq!(counts.iter().sum::<f64>(), n);
            let gap = |at: usize| counts[at] - cells[at].count;
            for (at, sums) in sums.iter_mut().enumerate() {
                for (sum, add) in
                    sums.iter_mut()
                        .zip([gap(at), gap(at) * gap(at), gap(at) * gap(0)])
                {
                    *sum += add / f64::from(n_draws);
                }
            }
        }
        sums
    }

    #[test]
    fn draws_have_the_moments_of_a_multinomial() {
        let many: Vec<f64> = (0..60).map(|it| f64::from(1 + it % 7)).collect();
        let large: Vec<f64> = [40.0, 9.0, 9.0, 2.0, 400.0].map(|it| it * 10_000.0).into();
        let cases = [
            // One by one; by a level and one by one; by several levels; too large for tables.
            (vec![1.0, 2.0, 1.0], 0),
            (vec![90.0, 60.0, 60.0, 30.0, 3.0, 1.0], 3),
            (many, 1),
            (large.clone(), 11),
            (large.iter().map(|it| it * 10_000.0).collect(), usize::MAX),
        ];
        for (counts, n_levels) in cases {
            let cells = cells(&counts);
            let mut resample = Resample::new(&cells);
            let found = resample.levels.as_ref().map_or(usize::MAX, Vec::len);
            assert_eq!(found, n_levels, "{counts:?}");
            let n_draws = 20_000;
            let moments = moments(&mut resample, n_draws);
            let (n, draws) = (resample.n, f64::from(n_draws));
            let first = resample.cells[0].count;
            for (at, [gap, square, product]) in moments.into_iter().enumerate() {
                let count = resample.cells[at].count;
                let variance = count * (1.0 - count / n);
                let deviation = libm::sqrt(variance / draws);
                assert!(gap.abs() < 5.0 * deviation, "{count} of {n}: {gap}");
                // The variance of a variance: 2/N, and 1/(N variance) for small counts.
                let error = libm::sqrt((2.0 + 1.0 / variance) / draws);
                assert!(
                    (square / variance - 1.0).abs() < 5.0 * error,
                    "{count} of {n}: {square}, not {variance}"
                );
                if at > 0 {
                    let expected = -first * count / n;
                    let spread = libm::sqrt(first * (1.0 - first / n) * variance);
                    let error = 2.0 * spread / libm::sqrt(draws);
                    assert!(
                        (product - expected).abs() < 5.0 * error,
                        "{count} of {n}: {product}, not {expected}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_small_draw_has_the_probabilities_of_a_multinomial() {
        // Three samples of cells with 2 and 1: all outcomes of both, by levels that are forced.
        let cells = cells(&[2.0, 1.0]);
        let mut resample = Resample::new(&cells);
        let tables = [2.0, 1.0].map(|it| {
            let (first, shares) = poisson(it * 0.4);
            (1, first, Aliases::new(&shares))
        });
        resample.levels = Some(vec![Level {
            least: 1.0,
            tables: tables.into(),
        }]);
        let (mut random, mut seen) = (Random::new(3), [0.0_f64; 4]);
        let n_draws = 200_000;
        for _ in 0..n_draws {
            let (_, counts) = resample.draw(&mut random);
            seen[counts[1] as usize] += 1.0 / f64::from(n_draws);
        }
        for (seen, expected) in seen.into_iter().zip([8.0, 12.0, 6.0, 1.0]) {
            let expected: f64 = expected / 27.0;
            let error = libm::sqrt(expected * (1.0 - expected) / f64::from(n_draws));
            assert!(
                (seen - expected).abs() < 5.0 * error,
                "{seen}, not {expected}"
            );
        }
    }

    #[test]
    fn tables_are_the_distribution() {
        for mean in [0.3, 1.0, 7.5, 80.0, 8_000.5] {
            let (first, shares) = poisson(mean);
            let table = Aliases::new(&shares);
            for (count, share) in (first..).zip(table.shares()) {
                let count = f64::from(count);
                let log = count * libm::log(mean) - mean - libm::lgamma(count + 1.0);
                // Shares are kept to 2⁻³²; the logarithms lose some digits of large numbers.
                let error = 3e-10 + 1e-14 * count * libm::exp(log);
                assert!(
                    (share - libm::exp(log)).abs() < error,
                    "{count} of {mean}: {share}, not {}",
                    libm::exp(log)
                );
            }
        }
    }
}
