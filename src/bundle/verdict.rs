use super::{
    code::{Coded, Codes, code_of, value_of},
    fields::{Fields, Record},
};
use crate::model::{
    Caution, Evidence, Guard, NotComparable, Outcome, PairedCounts, RightCounts, Verdict,
};

pub(super) const OUTCOMES: &Codes<Outcome> = &[
    (Outcome::Improved, "improved"),
    (Outcome::Worse, "worse"),
    (Outcome::NoClearChange, "no-clear-change"),
    (Outcome::Mixed, "mixed"),
    (Outcome::NotComparable, "not-comparable"),
    (Outcome::Unknown, "unknown"),
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
        fields.optional("is_broken", &mut self.is_broken);
        fields.optional("has_direction", &mut self.has_direction);
    }
}

/// At most one of two fields.
impl Record for Evidence {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        let (mut counts, mut mcnemar) = match *self {
            Self::None => (None, None),
            Self::Counts(RightCounts { before, now, total }) => (Some((before, now, total)), None),
            Self::McNemar { pairs, p, interval } => (None, Some(McNemar { pairs, p, interval })),
        };
        fields.optional("counts", &mut counts);
        fields.optional("mcnemar", &mut mcnemar);
        *self = match (mcnemar, counts) {
            (Some(McNemar { pairs, p, interval }), _) => Self::McNemar { pairs, p, interval },
            (None, Some((before, now, total))) => Self::Counts(RightCounts { before, now, total }),
            (None, None) => Self::None,
        };
    }
}

#[derive(Default)]
struct McNemar {
    pairs: PairedCounts,
    p: f64,
    interval: Option<(f64, f64)>,
}

impl Record for McNemar {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("both_right", &mut self.pairs.both_right);
        fields.required("lost", &mut self.pairs.lost);
        fields.required("won", &mut self.pairs.won);
        fields.required("both_wrong", &mut self.pairs.both_wrong);
        fields.required("p", &mut self.p);
        fields.optional("interval", &mut self.interval);
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
            Self::AccuracyDiffers { stated, counted } => {
                fields.kept("stated", stated);
                fields.kept("counted", counted);
            }
            Self::NoBaseline
            | Self::CurrentHasNoResults
            | Self::BaselineHasNoResults
            | Self::UnknownDirection => {}
        }
    }
}
