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
#[derive(Clone, Debug, PartialEq)]
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
    /// Confidence of the intervals; a test decides at 1 less this.
    pub confidence: f64,
    /// What tells change from chance for other metrics that the artifacts allow to judge.
    pub others: Vec<Judged>,
    /// Correction of the probability where several experiments were judged and the best was taken.
    pub selection: Option<Selection>,
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

impl Default for Verdict {
    fn default() -> Self {
        Self {
            outcome: Outcome::Unknown,
            current: 0,
            baseline: None,
            metric: None,
            metric_is_chosen: false,
            direction: Direction::Unknown,
            current_value: None,
            baseline_value: None,
            evidence: Evidence::None,
            confidence: Self::CONFIDENCE,
            others: Vec::new(),
            selection: None,
            not_comparable: Vec::new(),
            cautions: Vec::new(),
            by_metric: None,
            guards: Vec::new(),
            digest: String::new(),
        }
    }
}

impl Verdict {
    /// The guards that don't hold.
    pub fn broken_guards(&self) -> impl Iterator<Item = &Guard> {
        self.guards.iter().filter(|it| it.hold.is_broken())
    }

    /// The confidence where nobody set another one: a test decides at 5 %.
    pub const CONFIDENCE: f64 = 0.95;

    /// Both values of the metric that decides, where both are known.
    pub fn change(&self) -> Option<MetricChange> {
        Some(MetricChange {
            baseline: self.baseline_value?,
            current: self.current_value?,
        })
    }

    /// How many samples are right, before and now, of how many; where the evidence counts them.
    pub fn counts(&self) -> Option<RightCounts> {
        match &self.evidence {
            Evidence::Counts { counts, .. } => Some(*counts),
            Evidence::McNemar { pairs, .. } => Some(RightCounts {
                before: pairs.right_before(),
                now: pairs.right_now(),
                total: pairs.total(),
            }),
            Evidence::None
            | Evidence::Permutation { .. }
            | Evidence::Bootstrap { .. }
            | Evidence::Welch { .. } => None,
        }
    }

    /// The probability that decides: corrected where the best of several was taken.
    pub fn p(&self) -> Option<f64> {
        let corrected = self.selection.as_ref().and_then(|it| it.p);
        corrected.or_else(|| self.evidence.p())
    }
}

/// Another metric, judged in the same way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// Index of the column.
    pub column: usize,
    /// What tells its change from chance.
    pub evidence: Evidence,
    /// Whether the current revision is the best of several by this metric.
    pub selection: Option<Selection>,
}

/// The best of several experiments on the same test set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// How many experiments it is the best of, itself included.
    pub n_tried: u32,
    /// How many of them could be judged by the same test.
    pub n_judged: u32,
    /// The probability after Holm's correction (Bonferroni's for many) for all that were judged; `None` where it is the
    /// only one.
    pub p: Option<f64>,
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
    /// What came of it.
    pub hold: Hold,
}

/// Whether a metric that must hold does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hold {
    /// No more is lost than is tolerated.
    #[default]
    Holds,
    /// More is lost, and that is told from chance.
    Lost,
    /// More is lost as measured; nothing tells that from chance.
    LostAsMeasured,
    /// More is lost, within chance: the guard doesn't break.
    WithinChance,
    /// Nobody knows which way the metric gets better: the guard can't break.
    Undirected,
}

impl Hold {
    /// As in the digest and in `verdict.json`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Lost => "lost",
            Self::LostAsMeasured => "lost-as-measured",
            Self::WithinChance => "within-chance",
            Self::Undirected => "undirected",
        }
    }

    /// Whether it counts against the verdict.
    pub fn is_broken(self) -> bool {
        matches!(self, Self::Lost | Self::LostAsMeasured)
    }
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

/// What tells change from chance. Intervals are of the difference, now less before, at the
/// verdict's confidence; they are missing where they could not be computed.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Evidence {
    /// Nothing does.
    #[default]
    None,
    /// Exact two-sided McNemar test over paired predictions, and Tango's interval (1998).
    McNemar {
        /// The pairs.
        pairs: PairedCounts,
        /// The probability of a split at least this uneven if nothing had changed.
        p: f64,
        /// Of the difference in accuracy.
        interval: Option<(f64, f64)>,
    },
    /// Paired permutation test, and the BCa bootstrap interval over pairs.
    Permutation {
        /// The number of samples.
        n: u64,
        /// How many of them the measure rests on: all, or those of its class.
        support: u64,
        /// How many of them got another answer.
        n_differing: u64,
        /// How many permutations were drawn; `None` where each was looked at.
        draws: Option<u32>,
        /// The probability of a difference at least this large if nothing had changed.
        p: f64,
        /// Of the difference.
        interval: Option<(f64, f64)>,
    },
    /// How many are right on both sides, with no way to pair the samples: Newcombe's interval
    /// (1998), as if they were independent.
    Counts {
        /// The counts.
        counts: RightCounts,
        /// Of the difference in accuracy.
        interval: Option<(f64, f64)>,
    },
    /// Two confusion matrices, with no way to pair the samples: the BCa bootstrap interval, as if
    /// they were independent.
    Bootstrap {
        /// The number of samples on each side.
        n: u64,
        /// How many of them the measure rests on: all, or those of its class.
        support: u64,
        /// Of the difference.
        interval: Option<(f64, f64)>,
    },
    /// Welch's test and interval over runs that differ in their seeds only.
    Welch {
        /// The baseline's runs.
        baseline: Runs,
        /// The current revision's runs.
        current: Runs,
        /// The probability of means at least so far apart if nothing had changed.
        p: f64,
        /// Of the difference of the means.
        interval: Option<(f64, f64)>,
    },
}

/// Runs that differ in their seeds only.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Runs {
    /// How many there are.
    pub n: u32,
    /// The metric's mean over them.
    pub mean: f64,
}

impl Evidence {
    /// The two-sided probability of what was seen if nothing had changed; `None` without a test.
    pub fn p(&self) -> Option<f64> {
        match self {
            Self::McNemar { p, .. } | Self::Permutation { p, .. } | Self::Welch { p, .. } => {
                Some(*p)
            }
            Self::None | Self::Counts { .. } | Self::Bootstrap { .. } => None,
        }
    }

    /// The interval of the difference, where there is one.
    pub fn interval(&self) -> Option<(f64, f64)> {
        match self {
            Self::None => None,
            Self::McNemar { interval, .. }
            | Self::Permutation { interval, .. }
            | Self::Counts { interval, .. }
            | Self::Bootstrap { interval, .. }
            | Self::Welch { interval, .. } => *interval,
        }
    }

    /// The same, to be changed.
    pub fn interval_mut(&mut self) -> Option<&mut (f64, f64)> {
        match self {
            Self::None => None,
            Self::McNemar { interval, .. }
            | Self::Permutation { interval, .. }
            | Self::Counts { interval, .. }
            | Self::Bootstrap { interval, .. }
            | Self::Welch { interval, .. } => interval.as_mut(),
        }
    }

    /// The means that are compared, where runs with other seeds are.
    pub fn means(&self) -> Option<MetricChange> {
        match self {
            Self::Welch {
                baseline, current, ..
            } => Some(MetricChange {
                baseline: baseline.mean,
                current: current.mean,
            }),
            _ => None,
        }
    }

    /// The number of samples (on each side), or of runs on the side that has fewer.
    pub fn n(&self) -> Option<u64> {
        match self {
            Self::None => None,
            Self::McNemar { pairs, .. } => Some(pairs.total()),
            Self::Counts { counts, .. } => Some(counts.total),
            Self::Permutation { n, .. } | Self::Bootstrap { n, .. } => Some(*n),
            Self::Welch {
                baseline, current, ..
            } => Some(u64::from(baseline.n.min(current.n))),
        }
    }
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
    /// The predictions (or the matrix) and another metric that says which classes it is over state
    /// different values.
    MeasureDiffers {
        /// As the metric says.
        stated: f64,
        /// As counted.
        counted: f64,
    },
    /// Too few samples (or runs) to tell anything.
    FewSamples {
        /// How many there are.
        n: u64,
        /// How many it takes at least.
        needed: u64,
    },
    /// Both matrices come from files of other names, and none says of which split it is.
    OtherFile {
        /// The baseline's.
        baseline: String,
        /// The current revision's.
        current: String,
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
