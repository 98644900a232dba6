use super::Direction;

/// The answer to "did it improve?".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Yes, beyond chance.
    Improved,
    /// It got worse, beyond chance.
    Worse,
    /// Chance alone could explain the difference.
    NoClearChange,
    /// The primary metric is up, a guard is down.
    Mixed,
    /// The two are not measured on the same thing.
    NotComparable,
    /// Nothing tells change from chance.
    #[default]
    Unknown,
}

impl Outcome {
    /// As in `data-verdict` and `verdict.json`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Worse => "worse",
            Self::NoClearChange => "no-clear-change",
            Self::Mixed => "mixed",
            Self::NotComparable => "not-comparable",
            Self::Unknown => "unknown",
        }
    }
}

/// The verdict with everything that its sentences need.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// The answer.
    pub outcome: Outcome,
    /// Index of the revision that is judged.
    pub current: usize,
    /// Index of the revision that it is compared with; `None` where there is none.
    pub baseline: Option<usize>,
    /// Index of the column that decides; `None` when it is the accuracy of predictions or of a
    /// matrix that no metric states, or when there is nothing to judge by.
    pub metric: Option<usize>,
    /// Whether the team (or the reader of the page) named that metric; careo chose it otherwise.
    pub metric_is_chosen: bool,
    /// Which way the metric that decides gets better.
    pub direction: Direction,
    /// The metric's value now; `None` where there is none that is the revision's own.
    pub current_value: Option<f64>,
    /// The metric's value on the baseline.
    pub baseline_value: Option<f64>,
    /// What tells change from chance.
    pub evidence: Evidence,
    /// Why the two can't be compared; empty when they can.
    pub not_comparable: Vec<NotComparable>,
    /// What to keep in mind beside the verdict.
    pub cautions: Vec<Caution>,
    /// The answer by the metric that decides alone, where guards or the smallest useful gain
    /// changed it.
    pub by_metric: Option<Outcome>,
    /// Metrics that must hold, where both sides state them.
    pub guards: Vec<Guard>,
    /// First 8 hex digits of the SHA-256 over the canonical verdict and the inputs' digests; the
    /// comment and the page carry the same one. Empty when nothing was stored.
    pub digest: String,
}

impl Verdict {
    /// The guards that don't hold.
    pub fn broken_guards(&self) -> impl Iterator<Item = &Guard> {
        self.guards.iter().filter(|it| it.is_broken)
    }

    /// Both values of the metric that decides, where both are known.
    pub fn change(&self) -> Option<MetricChange> {
        Some(MetricChange {
            baseline: self.baseline_value?,
            current: self.current_value?,
        })
    }

    /// How many samples are right, before and now, of how many; where the evidence counts them.
    pub fn counts(&self) -> Option<RightCounts> {
        match self.evidence {
            Evidence::None => None,
            Evidence::Counts(counts) => Some(counts),
            Evidence::McNemar { pairs, .. } => Some(RightCounts {
                before: pairs.right_before(),
                now: pairs.right_now(),
                total: pairs.total(),
            }),
        }
    }
}

/// A metric that must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guard {
    /// Index of the column.
    pub column: usize,
    /// The loss that is tolerated, in the metric's own units.
    pub tolerance: f64,
    /// On the baseline.
    pub baseline: f64,
    /// Now.
    pub current: f64,
    /// Whether the loss is larger.
    pub is_broken: bool,
    /// Whether it is known which way the metric gets better; else the guard can't break.
    pub has_direction: bool,
}

/// A metric's two values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricChange {
    /// On the baseline.
    pub baseline: f64,
    /// Now.
    pub current: f64,
}

impl MetricChange {
    /// Now less baseline.
    pub fn difference(self) -> f64 {
        self.current - self.baseline
    }
}

/// How many samples are right, of as many on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RightCounts {
    /// On the baseline.
    pub before: u64,
    /// Now.
    pub now: u64,
    /// Of how many.
    pub total: u64,
}

/// What tells change from chance.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Evidence {
    /// Nothing does.
    #[default]
    None,
    /// Counts of both, with no way to pair the samples.
    Counts(RightCounts),
    /// Exact two-sided McNemar test over paired predictions.
    McNemar {
        /// The pairs.
        pairs: PairedCounts,
        /// The probability of a split at least this uneven if nothing had changed.
        p: f64,
        /// 95 % interval of the difference in accuracy (Tango 1998), where it could be computed.
        interval: Option<(f64, f64)>,
    },
}

/// The same samples, answered by both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairedCounts {
    /// Right on the baseline and now.
    pub both_right: u64,
    /// Right on the baseline, wrong now.
    pub lost: u64,
    /// Wrong on the baseline, right now.
    pub won: u64,
    /// Wrong on both.
    pub both_wrong: u64,
}

impl PairedCounts {
    /// The number of samples.
    pub fn total(self) -> u64 {
        self.both_right + self.lost + self.won + self.both_wrong
    }

    /// How many are right now.
    pub fn right_now(self) -> u64 {
        self.both_right + self.won
    }

    /// How many were right on the baseline.
    pub fn right_before(self) -> u64 {
        self.both_right + self.lost
    }
}

/// Why two revisions can't be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotComparable {
    /// Other classes.
    Classes {
        /// Labels that only the baseline has.
        only_baseline: Vec<String>,
        /// Labels that only the current revision has.
        only_current: Vec<String>,
    },
    /// Another number of test samples.
    SampleSize {
        /// On the baseline.
        baseline: u64,
        /// Now.
        current: u64,
    },
    /// As many samples, of other actual classes.
    Samples {
        /// How many rows differ.
        n_differing: u64,
    },
    /// They are measured on different splits.
    Split {
        /// On the baseline.
        baseline: Option<String>,
        /// Now.
        current: Option<String>,
    },
    /// A data dependency has another hash.
    Data {
        /// Its path.
        path: String,
    },
}

/// What to keep in mind beside a verdict.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Caution {
    /// A dependency that is not data differs: an evaluation script, say.
    Dependency {
        /// Its path.
        path: String,
    },
    /// There is no baseline: nothing to compare with.
    NoBaseline,
    /// The current run failed, waits or runs: numbers that stand there are its parent's.
    CurrentHasNoResults,
    /// The same of the baseline.
    BaselineHasNoResults,
    /// The predictions and the metric state different accuracies.
    AccuracyDiffers {
        /// As the metric says.
        stated: f64,
        /// As counted from the predictions.
        counted: f64,
    },
    /// The metric improved, by less than the team finds useful.
    SmallGain {
        /// The smallest useful gain.
        smallest: f64,
    },
    /// The metric's direction is unknown.
    #[default]
    UnknownDirection,
    /// The settings name a metric that the report doesn't have.
    NoSuchMetric {
        /// The name.
        name: String,
    },
}
