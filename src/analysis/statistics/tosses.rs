use super::{aliases::Aliases, random::Random};

/// How many of so many tosses of a fair coin come up heads, drawn again and again: each in the same
/// time, however many tosses there are.
///
/// A table over what is within nine deviations of half of them; beyond lie less than 10⁻¹⁸.
pub(super) struct Tosses {
    n: u32,
    /// The count that the table begins with.
    first: u32,
    /// Empty where counting the bits of one word does it.
    table: Aliases,
}

impl Tosses {
    /// Of `n` tosses; by a table of at most `most` places, if it takes one.
    pub fn new(n: u32, most: usize) -> Self {
        let deviation = libm::sqrt(f64::from(n)) / 2.0;
        let reach = (libm::ceil(9.0 * deviation) as u32).min(n / 2);
        let (first, last) = (n / 2 - reach, (n / 2 + reach).min(n));
        let n_places = (last - first) as usize + 1;
        let mut table = Aliases::default();
        if n > u64::BITS && n_places <= most {
            table = Aliases::new(&shares(n, first, n_places));
        }
        Self { n, first, table }
    }

    /// How many places its table has.
    pub fn n_places(&self) -> usize {
        self.table.len()
    }

    /// A number of heads.
    pub fn draw(&self, random: &mut Random) -> u32 {
        if self.table.len() == 0 {
            return random.half_binomial(self.n);
        }
        self.first + self.table.draw(random)
    }
}

/// The probabilities of the counts from `first` on, up to a factor.
fn shares(n: u32, first: u32, n_places: usize) -> Vec<f64> {
    let mut shares = vec![1.0; n_places];
    let n = f64::from(n);
    let middle = (libm::floor(n / 2.0) - f64::from(first)) as usize;
    let (below, above) = shares.split_at_mut(middle);
    // From the most frequent one to both sides; each next one is smaller by a known ratio.
    let mut count = f64::from(first) + middle as f64;
    let mut share = 1.0;
    for place in below.iter_mut().rev() {
        share *= count / (n - count + 1.0);
        count -= 1.0;
        *place = share;
    }
    let mut count = f64::from(first) + middle as f64;
    share = 1.0;
    for place in above.iter_mut().skip(1) {
        share *= (n - count) / (count + 1.0);
        count += 1.0;
        *place = share;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::mcnemar::half_binomial_pmf;

    #[test]
    fn the_table_is_the_distribution() {
        for n in [65, 66, 100, 513, 6_001, 1_000_000] {
            let tosses = Tosses::new(n, usize::MAX);
            let n_places = tosses.n_places();
            assert!(n_places > 60, "{n}");
            let shares = tosses.table.shares();
            for (count, share) in (tosses.first..).zip(shares) {
                let expected = half_binomial_pmf(u64::from(count), u64::from(n));
                assert!(
                    (share - expected).abs() < 1e-9 / n_places as f64 + 1e-11,
                    "{count} of {n}: {share}, not {expected}"
                );
            }
        }
    }

    #[test]
    fn draws_follow_the_table() {
        for n in [1, 64, 65, 5_000] {
            let (tosses, mut random) = (Tosses::new(n, usize::MAX), Random::new(3));
            let n_draws = 20_000;
            let (mut sum, mut squares) = (0.0, 0.0);
            for _ in 0..n_draws {
                let gap = f64::from(tosses.draw(&mut random)) - f64::from(n) / 2.0;
                sum += gap;
                squares += gap * gap;
            }
            let (n, draws) = (f64::from(n), f64::from(n_draws));
            assert!(
                (sum / draws).abs() < 5.0 * libm::sqrt(n / 4.0 / draws),
                "{n}: {sum}"
            );
            assert!(
                (squares / draws / (n / 4.0) - 1.0).abs() < 0.05,
                "{n}: {squares}"
            );
        }
        // A table that may not be so large is left out.
        assert_eq!(Tosses::new(5_000, 100).n_places(), 0);
        assert_eq!(Tosses::new(64, 100).n_places(), 0);
    }
}
