use super::{
    code::{Coded, Codes, code_of, value_of},
    fields::{Fields, Record},
};
use crate::model::{
    Caution, Evidence, Guard, Hold, Judged, NotComparable, Outcome, PairedCounts, RightCounts,
    Runs, Selection, Verdict,
};

pub(super) const OUTCOMES: &Codes<Outcome> = &[
    (Outcome::Improved, "improved"),
    (Outcome::Worse, "worse"),
    (Outcome::NoClearChange, "no-clear-change"),
    (Outcome::Mixed, "mixed"),
    (Outcome::NotComparable, "not-comparable"),
    (Outcome::Unknown, "unknown"),
];

const HOLDS: &Codes<Hold> = &[
    (Hold::Holds, "holds"),
    (Hold::Lost, "lost"),
    (Hold::LostAsMeasured, "lost-as-measured"),
    (Hold::WithinChance, "within-chance"),
    (Hold::Undirected, "undirected"),
];

const REASONS: &Codes<NotComparable> = &[
    (
        NotComparable::Classes {
            only_baseline: Vec::new(),
            only_current: Vec::new(),
        },
        "classes",
    ),
    (
        NotComparable::SampleSize {
            baseline: 0,
            current: 0,
        },
        "sample_size",
    ),
    (NotComparable::Samples { n_differing: 0 }, "samples"),
    (
        NotComparable::Split {
            baseline: None,
            current: None,
        },
        "split",
    ),
    (
        NotComparable::Data {
            path: String::new(),
        },
        "data",
    ),
];

const CAUTIONS: &Codes<Caution> = &[
    (
        Caution::Dependency {
            path: String::new(),
        },
        "dependency",
    ),
    (
        Caution::NoSuchMetric {
            name: String::new(),
        },
        "no_such_metric",
    ),
    (Caution::NoBaseline, "no_baseline"),
    (Caution::CurrentHasNoResults, "current_has_no_results"),
    (Caution::BaselineHasNoResults, "baseline_has_no_results"),
    (
        Caution::AccuracyDiffers {
            stated: f64::NAN,
            counted: f64::NAN,
        },
        "accuracy_differs",
    ),
    (Caution::SmallGain { smallest: f64::NAN }, "small_gain"),
    (
        Caution::MeasureDiffers {
            stated: f64::NAN,
            counted: f64::NAN,
        },
        "measure_differs",
    ),
    (Caution::FewSamples { n: 0, needed: 0 }, "few_samples"),
    (
        Caution::OtherFile {
            baseline: String::new(),
            current: String::new(),
        },
        "other_file",
    ),
    (Caution::UnknownDirection, "unknown_direction"),
];

impl Record for Verdict {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("outcome", &mut Coded(&mut self.outcome, OUTCOMES));
        fields.required("current", &mut self.current);
        fields.optional("baseline", &mut self.baseline);
        fields.optional("metric", &mut self.metric);
        fields.optional("metric_is_chosen", &mut self.metric_is_chosen);
        fields.optional("direction", &mut self.direction);
        fields.optional("current_value", &mut self.current_value);
        fields.optional("baseline_value", &mut self.baseline_value);
        self.evidence.fields(fields);
        let mut confidence = Some(self.confidence).filter(|it| *it != Self::CONFIDENCE);
        fields.optional("confidence", &mut confidence);
        self.confidence = confidence.unwrap_or(Self::CONFIDENCE);
        fields.optional("others", &mut self.others);
        fields.optional("selection", &mut self.selection);
        fields.optional("not_comparable", &mut self.not_comparable);
        fields.optional("cautions", &mut self.cautions);
        let by_metric = self.by_metric.as_ref();
        let mut by_metric = by_metric.map_or("", |it| code_of(OUTCOMES, it)).to_owned();
        fields.optional("by_metric", &mut by_metric);
        self.by_metric = value_of(OUTCOMES, &by_metric);
        fields.optional("guards", &mut self.guards);
        fields.optional("digest", &mut self.digest);
    }
}

impl Record for Guard {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("column", &mut self.column);
        fields.required("tolerance", &mut self.tolerance);
        fields.required("baseline", &mut self.baseline);
        fields.required("current", &mut self.current);
        fields.optional("hold", &mut Coded(&mut self.hold, HOLDS));
    }
}

impl Record for Judged {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("column", &mut self.column);
        self.evidence.fields(fields);
        fields.optional("selection", &mut self.selection);
    }
}

impl Record for Selection {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("n_tried", &mut self.n_tried);
        fields.required("n_judged", &mut self.n_judged);
        fields.optional("p", &mut self.p);
    }
}

/// Evidence as it is written: which fields there are tells which kind it is.
#[derive(Default)]
struct Written {
    counts: Option<(u64, u64, u64)>,
    mcnemar: Option<Tested>,
    permutation: Option<Tested>,
    bootstrap: Option<Tested>,
    welch: Option<Tested>,
    /// Of counts, which are a list.
    interval: Option<(f64, f64)>,
}

/// The facts of a test, each kind with its own.
#[derive(Default)]
struct Tested {
    both_right: Option<u64>,
    lost: Option<u64>,
    won: Option<u64>,
    both_wrong: Option<u64>,
    n: Option<u64>,
    support: Option<u64>,
    n_differing: Option<u64>,
    draws: Option<u32>,
    baseline: Option<Runs>,
    current: Option<Runs>,
    p: Option<f64>,
    interval: Option<(f64, f64)>,
}

impl Record for Evidence {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        let mut written = Written::from(&*self);
        fields.optional("counts", &mut written.counts);
        fields.optional("mcnemar", &mut written.mcnemar);
        fields.optional("permutation", &mut written.permutation);
        fields.optional("bootstrap", &mut written.bootstrap);
        fields.optional("welch", &mut written.welch);
        fields.optional("interval", &mut written.interval);
        *self = written.into();
    }
}

impl From<&Evidence> for Written {
    fn from(evidence: &Evidence) -> Self {
        let mut written = Self::default();
        let tested = Tested {
            p: evidence.p(),
            interval: evidence.interval(),
            ..Tested::default()
        };
        match *evidence {
            Evidence::None => {}
            Evidence::McNemar { pairs, .. } => {
                written.mcnemar = Some(Tested {
                    both_right: Some(pairs.both_right),
                    lost: Some(pairs.lost),
                    won: Some(pairs.won),
                    both_wrong: Some(pairs.both_wrong),
                    ..tested
                });
            }
            Evidence::Permutation {
                n,
                support,
                n_differing,
                draws,
                ..
            } => {
                written.permutation = Some(Tested {
                    n: Some(n),
                    support: Some(support),
                    n_differing: Some(n_differing),
                    draws,
                    ..tested
                });
            }
            Evidence::Counts { counts, interval } => {
                written.interval = interval;
                written.counts = Some((counts.before, counts.now, counts.total));
            }
            Evidence::Bootstrap { n, support, .. } => {
                written.bootstrap = Some(Tested {
                    n: Some(n),
                    support: Some(support),
                    ..tested
                });
            }
            Evidence::Welch {
                baseline, current, ..
            } => {
                written.welch = Some(Tested {
                    baseline: Some(baseline),
                    current: Some(current),
                    ..tested
                });
            }
        }
        written
    }
}

impl From<Written> for Evidence {
    fn from(written: Written) -> Self {
        let p = |tested: &Tested| tested.p.unwrap_or(f64::NAN);
        let count = |it: Option<u64>| it.unwrap_or(0);
        if let Some(tested) = written.mcnemar {
            return Self::McNemar {
                pairs: PairedCounts {
                    both_right: count(tested.both_right),
                    lost: count(tested.lost),
                    won: count(tested.won),
                    both_wrong: count(tested.both_wrong),
                },
                p: p(&tested),
                interval: tested.interval,
            };
        }
        if let Some(tested) = written.permutation {
            return Self::Permutation {
                n: count(tested.n),
                support: count(tested.support),
                n_differing: count(tested.n_differing),
                draws: tested.draws,
                p: p(&tested),
                interval: tested.interval,
            };
        }
        if let Some((before, now, total)) = written.counts {
            return Self::Counts {
                counts: RightCounts { before, now, total },
                interval: written.interval,
            };
        }
        if let Some(tested) = written.bootstrap {
            return Self::Bootstrap {
                n: count(tested.n),
                support: count(tested.support),
                interval: tested.interval,
            };
        }
        match written.welch {
            Some(tested) => Self::Welch {
                p: p(&tested),
                baseline: tested.baseline.unwrap_or_default(),
                current: tested.current.unwrap_or_default(),
                interval: tested.interval,
            },
            None => Self::None,
        }
    }
}

impl Record for Tested {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.optional("both_right", &mut self.both_right);
        fields.optional("lost", &mut self.lost);
        fields.optional("won", &mut self.won);
        fields.optional("both_wrong", &mut self.both_wrong);
        fields.optional("n", &mut self.n);
        fields.optional("support", &mut self.support);
        fields.optional("n_differing", &mut self.n_differing);
        fields.optional("draws", &mut self.draws);
        fields.optional("baseline", &mut self.baseline);
        fields.optional("current", &mut self.current);
        fields.optional("p", &mut self.p);
        fields.optional("interval", &mut self.interval);
    }
}

impl Record for Runs {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("n", &mut self.n);
        fields.required("mean", &mut self.mean);
    }
}

/// To be read into.
impl Default for NotComparable {
    fn default() -> Self {
        Self::Samples { n_differing: 0 }
    }
}

impl Record for NotComparable {
    fn tag(&self) -> Option<&'static str> {
        Some("code")
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("code", &mut Coded(self, REASONS));
        match self {
            Self::Classes {
                only_baseline,
                only_current,
            } => {
                fields.optional("only_baseline", only_baseline);
                fields.optional("only_current", only_current);
            }
            Self::SampleSize { baseline, current } => {
                fields.kept("baseline", baseline);
                fields.kept("current", current);
            }
            Self::Samples { n_differing } => fields.kept("n_differing", n_differing),
            Self::Split { baseline, current } => {
                fields.optional("baseline_split", baseline);
                fields.optional("current_split", current);
            }
            Self::Data { path } => fields.kept("path", path),
        }
    }
}

impl Record for Caution {
    fn tag(&self) -> Option<&'static str> {
        Some("code")
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("code", &mut Coded(self, CAUTIONS));
        match self {
            Self::Dependency { path } => fields.kept("path", path),
            Self::NoSuchMetric { name } => fields.kept("path", name),
            Self::SmallGain { smallest } => fields.kept("stated", smallest),
            Self::AccuracyDiffers { stated, counted }
            | Self::MeasureDiffers { stated, counted } => {
                fields.kept("stated", stated);
                fields.kept("counted", counted);
            }
            Self::FewSamples { n, needed } => {
                fields.kept("n", n);
                fields.kept("needed", needed);
            }
            Self::OtherFile { baseline, current } => {
                fields.kept("baseline_file", baseline);
                fields.kept("current_file", current);
            }
            Self::NoBaseline
            | Self::CurrentHasNoResults
            | Self::BaselineHasNoResults
            | Self::UnknownDirection => {}
        }
    }
}
