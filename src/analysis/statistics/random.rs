//! Random numbers that are the same everywhere.

/// SplitMix64: the n-th number is a mix of the n-th multiple of an odd constant, so it is a counter
/// with a good hash (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
#[derive(Clone, Debug)]
pub struct Random {
    counter: u64,
}

impl Random {
    /// The numbers that belong to a seed.
    pub fn new(seed: u64) -> Self {
        Self { counter: seed }
    }

    /// 64 random bits.
    #[inline(always)]
    pub fn bits(&mut self) -> u64 {
        self.counter = self.counter.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.counter;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0 ≤ x < 1`.
    #[inline(always)]
    pub fn unit(&mut self) -> f64 {
        // Signed: the conversion is one instruction everywhere.
        (self.bits() >> 11) as i64 as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// A whole number below `n`, for `n` below 2^32: the bias is less than 2^-32.
    pub fn below(&mut self, n: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(n)) >> 32) as u32
    }

    /// How many of `n` tosses of a fair coin come up heads.
    pub fn half_binomial(&mut self, n: u32) -> u32 {
        /// Above this, rejection is faster than counting bits.
        const BITS: u32 = 512;
        if n > BITS {
            return self.binomial(f64::from(n), 0.5) as u32;
        }
        let (mut left, mut heads) = (n, 0);
        while left > 0 {
            let taken = left.min(64);
            heads += (self.bits() >> (64 - taken)).count_ones();
            left -= taken;
        }
        heads
    }

    /// How many of `n` (a whole number) trials succeed, each with probability `p`.
    pub fn binomial(&mut self, n: f64, p: f64) -> f64 {
        if n <= 0.0 || p <= 0.0 {
            return 0.0;
        }
        if p >= 1.0 {
            return n;
        }
        if p > 0.5 {
            return n - self.at_most_half(n, 1.0 - p);
        }
        self.at_most_half(n, p)
    }

    fn at_most_half(&mut self, n: f64, p: f64) -> f64 {
        if n * p < 10.0 {
            self.inversion(n, p)
        } else {
            self.rejection(n, p)
        }
    }

    /// Walks up the distribution until the random number is used up: quick for small `n p`.
    fn inversion(&mut self, n: f64, p: f64) -> f64 {
        let odds = p / (1.0 - p);
        let none = libm::exp(n * libm::log1p(-p));
        loop {
            let (mut left, mut term, mut count) = (self.unit(), none, 0.0);
            while left > term {
                left -= term;
                count += 1.0;
                if count > n {
                    break;
                }
                term *= ((n + 1.0) / count - 1.0) * odds;
            }
            // Rounding may leave a rest beyond the last term.
            if count <= n {
                return count;
            }
        }
    }

    /// Transformed rejection with squeeze (Hörmann, "The generation of binomial random variates",
    /// 1993, algorithm BTRS): the same time for any `n p ≥ 10`.
    fn rejection(&mut self, n: f64, p: f64) -> f64 {
        let (odds, deviation) = (p / (1.0 - p), libm::sqrt(n * p * (1.0 - p)));
        let width = 1.15 + 2.53 * deviation;
        let tail = -0.0873 + 0.0248 * width + 0.01 * p;
        let centre = n * p + 0.5;
        let squeeze = 0.92 - 4.2 / width;
        loop {
            let u = self.unit() - 0.5;
            let v = self.unit();
            let edge = 0.5 - u.abs();
            let count = libm::floor((2.0 * tail / edge + width) * u + centre);
            if edge >= 0.07 && v <= squeeze {
                return count;
            }
            if !(0.0..=n).contains(&count) {
                continue;
            }
            let scale = (2.83 + 5.1 / width) * deviation;
            let height = libm::log(v * scale / (tail / (edge * edge) + width));
            let mode = libm::floor((n + 1.0) * p);
            let bound = (mode + 0.5) * libm::log((mode + 1.0) / (odds * (n - mode + 1.0)))
                + (n + 1.0) * libm::log((n - mode + 1.0) / (n - count + 1.0))
                + (count + 0.5) * libm::log(odds * (n - count + 1.0) / (count + 1.0))
                + stirling_rest(mode)
                + stirling_rest(n - mode)
                - stirling_rest(count)
                - stirling_rest(n - count);
            if height <= bound {
                return count;
            }
        }
    }
}

/// What Stirling's formula for `ln(n!)`, taken at `n + 1`, leaves over.
fn stirling_rest(n: f64) -> f64 {
    let x = n + 1.0;
    if x < 12.0 {
        const HALF_LN_TAU: f64 = 0.918_938_533_204_672_8;
        return libm::lgamma(x) - (HALF_LN_TAU + (x - 0.5) * libm::log(x) - x);
    }
    let square = x * x;
    (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / square) / square) / x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_follow_the_binomial_distribution() {
        // Chi-square of the counts; both ways of drawing, and beyond one half.
        for (n, p) in [
            (9.0, 0.3),
            (40.0, 0.1),
            (40.0, 0.4),
            (300.0, 0.06),
            (50.0, 0.9),
        ] {
            let mut random = Random::new(7);
            let n_draws = 100_000;
            let mut seen = vec![0_u32; n as usize + 1];
            for _ in 0..n_draws {
                seen[random.binomial(n, p) as usize] += 1;
            }
            let mut term = libm::pow(1.0 - p, n);
            let (mut chi_square, mut cells) = (0.0, 0.0);
            for (count, &seen) in seen.iter().enumerate() {
                let expected = term * f64::from(n_draws);
                if expected > 5.0 {
                    let gap = f64::from(seen) - expected;
                    chi_square += gap * gap / expected;
                    cells += 1.0;
                }
                let k = count as f64;
                term *= (n - k) / (k + 1.0) * p / (1.0 - p);
            }
            // Five deviations of a chi-square with as many degrees of freedom.
            let most = cells + 5.0 * libm::sqrt(2.0 * cells);
            assert!(chi_square < most, "{n}, {p}: {chi_square} of {cells}");
        }
    }

    #[test]
    fn tosses_have_their_mean_and_spread() {
        for n in [1, 20, 64, 200, 5_000] {
            let mut random = Random::new(3);
            let n_draws = 20_000;
            let (mut sum, mut squares) = (0.0, 0.0);
            for _ in 0..n_draws {
                let gap = f64::from(random.half_binomial(n)) - f64::from(n) / 2.0;
                sum += gap;
                squares += gap * gap;
            }
            let (n, draws) = (f64::from(n), f64::from(n_draws));
            let (mean, variance) = (sum / draws, squares / draws);
            assert!(
                mean.abs() < 5.0 * libm::sqrt(n / 4.0 / draws),
                "{n}: {mean}"
            );
            assert!((variance / (n / 4.0) - 1.0).abs() < 0.05, "{n}: {variance}");
        }
    }

    #[test]
    fn the_numbers_are_those_of_the_paper() {
        // The reference implementation's first numbers for seed 1234567.
        let mut random = Random::new(1_234_567);
        let found = [random.bits(), random.bits(), random.bits()];
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(found, expected);
    }
}
