//! What tells change from chance, as a statistician would say it to somebody who is none.

mod en;
mod es;

use super::{
    Say,
    number::{count, percent, value},
};
use crate::model::Lang;

/// How a change is told from chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Exact McNemar test, Tango's interval.
    McNemar,
    /// Paired permutation test, BCa interval; drawn, or every permutation looked at.
    Permutation {
        /// Whether every permutation was looked at.
        is_exact: bool,
    },
    /// Newcombe's interval.
    Newcombe,
    /// BCa interval of two groups.
    Bootstrap,
    /// Welch's test and interval.
    Welch,
}

/// A message about the evidence.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// By what it is judged, on paired samples.
    JudgedOnPairs {
        /// The metric's name.
        metric: String,
        /// "176 players".
        samples: String,
        /// The test.
        method: Method,
        /// What it gave.
        p: f64,
        /// For how many experiments that is corrected, where it is.
        n_corrected: Option<u32>,
    },
    /// By what it is judged, on samples that can't be paired.
    JudgedOnCounts {
        /// The metric's name.
        metric: String,
        /// "176 players".
        samples: String,
        /// The interval.
        method: Method,
    },
    /// By what it is judged, on repeated runs.
    JudgedOnRuns {
        /// The metric's name.
        metric: String,
        /// The baseline's runs.
        baseline: u32,
        /// The current revision's runs.
        current: u32,
        /// What the test gave.
        p: f64,
    },
    /// What the method is, and when it calls something a change.
    How(Method, f64),
    /// What the interval is.
    HowInterval(Method, f64),
    /// What is missing for a test.
    HowNothing,
    /// Under the table of numbers: what the interval is, of which metric.
    Note {
        /// The metric's name.
        metric: String,
        /// The method.
        method: Method,
        /// Whether such an interval is too short at this size.
        is_short: bool,
    },
    /// How rare the difference is among permutations.
    Swapped {
        /// "176 players".
        samples: String,
        /// How many got another answer.
        n_differing: u64,
        /// Of the permutation test.
        p: f64,
    },
    /// What two counts say about the difference.
    Unpaired {
        /// "176 players".
        samples: String,
        /// Of the difference.
        interval: (f64, f64),
    },
    /// How far the means of repeated runs are apart.
    Repeated {
        /// The baseline's runs, and their mean.
        baseline: (u32, f64),
        /// The current revision's runs, and their mean.
        current: (u32, f64),
        /// Of Welch's test.
        p: f64,
    },
    /// The test and the interval say different things.
    Disagrees {
        /// Whether the test calls it a change.
        is_change: bool,
        /// Of the difference.
        interval: (f64, f64),
    },
    /// The same of another metric.
    DisagreesToo {
        /// The metric's name.
        metric: String,
        /// Whether the test calls it a change.
        is_change: bool,
        /// What it gave.
        p: f64,
    },
    /// Why other metrics that got worse don't decide.
    OthersDontDecide {
        /// The metric that decides.
        metric: String,
        /// Whether guards have a say, too.
        has_guards: bool,
    },
    /// After what one test alone says: the probability that decides, corrected for several.
    Corrected {
        /// For how many experiments.
        n: u32,
        /// After Holm's correction.
        p: f64,
    },
    /// Reason: too few samples.
    TooFew,
    /// How many there are, and how many it takes.
    TooFewSamples {
        /// "12 players".
        samples: String,
        /// How many it takes.
        needed: u64,
    },
    /// The same of runs.
    TooFewRuns {
        /// On the side that has fewer.
        n: u64,
        /// How many it takes.
        needed: u64,
    },
    /// Reason: the best of several.
    BestOf(u32),
    /// What that means, and whether the test takes it into account.
    BestOfWhy {
        /// How many of them could be tested, where the probability is corrected.
        n_corrected: Option<u32>,
    },
    /// In the long run, the share that is right.
    LongRun {
        /// Of the share.
        interval: (f64, f64),
        /// Its confidence.
        confidence: f64,
    },
    /// A metric and counting state different values.
    MeasureDiffers {
        /// As the metric says.
        stated: f64,
        /// As counted.
        counted: f64,
    },
    /// The stated accuracy is not the counted one.
    AccuracyDiffers {
        /// As the metric says.
        stated: f64,
        /// As counted.
        counted: f64,
        /// Whether it was counted from predictions, not from a matrix.
        by_predictions: bool,
    },
    /// Matrices from files of other names.
    OtherFile {
        /// The baseline's.
        baseline: String,
        /// The current revision's.
        current: String,
    },
}

impl Say for Told {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

/// "5 % (p < 0.05)".
fn level(confidence: f64, lang: Lang) -> String {
    let level = libm::round((1.0 - confidence) * 1e6) / 1e6;
    format!("{} (p < {})", share(level, lang), value(level, 3, lang))
}

/// "95 %", "99.9 %".
pub fn share(share: f64, lang: Lang) -> String {
    let tenths = libm::round(share * 1000.0);
    let digits = usize::from(tenths % 10.0 != 0.0);
    percent(share, digits, lang)
}

/// Two values in as many digits as tell them apart.
fn means(a: f64, b: f64, lang: Lang) -> (String, String) {
    super::verdict::both(a, b, lang)
}

fn n64(n: u64, lang: Lang) -> String {
    count(usize::try_from(n).unwrap_or(usize::MAX), lang)
}

fn n32(n: u32, lang: Lang) -> String {
    n64(u64::from(n), lang)
}
