//! Tests and intervals, over counts: resampling, shares, repeated seeds.
//!
//! All of it gives the same bits natively and in WebAssembly: plain arithmetic, `libm`, and an own
//! generator of random numbers with a fixed start. `docs/verdict.md` says when which one is taken.

mod aliases;
mod bootstrap;
mod measure;
mod paired;
mod permutation;
mod proportions;
mod random;
mod resample;
mod special;
mod tosses;
mod welch;

pub use bootstrap::{Cell, bca_intervals};
pub use measure::{Average, Family, Margins, Measure};
pub use paired::{cells_of_matrices, cells_of_pairs};
pub use permutation::{Permuted, permutation_tests};
pub use proportions::{newcombe_interval, wilson_interval};
pub use random::Random;
pub use special::{normal_cdf, normal_quantile, student_quantile, student_two_sided};
pub use welch::{Welch, welch};

/// The normal quantile of a two-sided confidence of 95 %.
pub const Z95: f64 = 1.959_963_984_540_054;

/// How much resampling is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Draws of a permutation test that is not enumerated.
    pub draws: u32,
    /// Resamples of a bootstrap interval.
    pub resamples: u32,
}

impl Effort {
    /// What a verdict is computed with. With the sample itself there are 20,000 draws.
    pub const FULL: Self = Self {
        draws: 19_999,
        resamples: 10_000,
    };
}
