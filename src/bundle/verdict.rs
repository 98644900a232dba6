use super::{
    code::{Codes, code_of, value_of},
    columns::DIRECTIONS,
    fields::{Fields, Record, fault},
    numbers::Number,
};
use crate::model::{
    Caution, Direction, Evidence, NotComparable, Outcome, PairedCounts, ProblemKind, RightCounts,
    Verdict,
};

const OUTCOMES: &Codes<Outcome> = &[
    (Outcome::Improved, "improved"),
    (Outcome::Worse, "worse"),
    (Outcome::NoClearChange, "no-clear-change"),
    (Outcome::Mixed, "mixed"),
    (Outcome::NotComparable, "not-comparable"),
    (Outcome::Unknown, "unknown"),
];

#[derive(Default)]
pub(super) struct VerdictWire {
    outcome: String,
    current: usize,
    baseline: Option<usize>,
    metric: Option<usize>,
    metric_is_chosen: bool,
    direction: Option<String>,
    current_value: Option<Number>,
    baseline_value: Option<Number>,
    /// Right before, right now, of how many.
    counts: Option<(u64, u64, u64)>,
    mcnemar: Option<McNemarWire>,
    not_comparable: Vec<ReasonWire>,
    cautions: Vec<CautionWire>,
    digest: String,
}

impl Record for VerdictWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("outcome", &mut self.outcome);
        fields.required("current", &mut self.current);
        fields.optional("baseline", &mut self.baseline);
        fields.optional("metric", &mut self.metric);
        fields.optional("metric_is_chosen", &mut self.metric_is_chosen);
        fields.optional("direction", &mut self.direction);
        fields.optional("current_value", &mut self.current_value);
        fields.optional("baseline_value", &mut self.baseline_value);
        fields.optional("counts", &mut self.counts);
        fields.optional("mcnemar", &mut self.mcnemar);
        fields.optional("not_comparable", &mut self.not_comparable);
        fields.optional("cautions", &mut self.cautions);
        fields.optional("digest", &mut self.digest);
    }
}

#[derive(Default)]
struct McNemarWire {
    both_right: u64,
    lost: u64,
    won: u64,
    both_wrong: u64,
    p: Number,
    interval: Option<(Number, Number)>,
}

impl Record for McNemarWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("both_right", &mut self.both_right);
        fields.required("lost", &mut self.lost);
        fields.required("won", &mut self.won);
        fields.required("both_wrong", &mut self.both_wrong);
        fields.required("p", &mut self.p);
        fields.optional("interval", &mut self.interval);
    }
}

/// Which fields are there depends on `code`.
#[derive(Default)]
struct ReasonWire {
    code: String,
    only_baseline: Vec<String>,
    only_current: Vec<String>,
    baseline: Option<u64>,
    current: Option<u64>,
    baseline_split: Option<String>,
    current_split: Option<String>,
    n_differing: Option<u64>,
    path: Option<String>,
}

impl Record for ReasonWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.kept("code", &mut self.code);
        fields.optional("only_baseline", &mut self.only_baseline);
        fields.optional("only_current", &mut self.only_current);
        fields.optional("baseline", &mut self.baseline);
        fields.optional("current", &mut self.current);
        fields.optional("baseline_split", &mut self.baseline_split);
        fields.optional("current_split", &mut self.current_split);
        fields.optional("n_differing", &mut self.n_differing);
        fields.optional("path", &mut self.path);
    }
}

/// Which fields are there depends on `code`.
#[derive(Default)]
struct CautionWire {
    code: String,
    /// Path of a dependency, or name of a metric.
    path: Option<String>,
    stated: Option<Number>,
    counted: Option<Number>,
}

impl Record for CautionWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.kept("code", &mut self.code);
        fields.optional("path", &mut self.path);
        fields.optional("stated", &mut self.stated);
        fields.optional("counted", &mut self.counted);
    }
}

impl VerdictWire {
    pub fn new(verdict: &Verdict) -> Self {
        let Verdict {
            outcome,
            current,
            baseline,
            metric,
            metric_is_chosen,
            direction,
            current_value,
            baseline_value,
            evidence,
            not_comparable,
            cautions,
            digest,
        } = verdict;
        let is_known = *direction != Direction::Unknown;
        Self {
            outcome: code_of(OUTCOMES, outcome),
            current: *current,
            baseline: *baseline,
            metric: *metric,
            metric_is_chosen: *metric_is_chosen,
            direction: is_known.then(|| code_of(DIRECTIONS, direction)),
            current_value: current_value.map(Number),
            baseline_value: baseline_value.map(Number),
            counts: match evidence {
                Evidence::Counts(it) => Some((it.before, it.now, it.total)),
                Evidence::None | Evidence::McNemar { .. } => None,
            },
            mcnemar: match evidence {
                Evidence::None | Evidence::Counts(_) => None,
                Evidence::McNemar { pairs, p, interval } => Some(McNemarWire {
                    both_right: pairs.both_right,
                    lost: pairs.lost,
                    won: pairs.won,
                    both_wrong: pairs.both_wrong,
                    p: Number(*p),
                    interval: interval.map(|(low, high)| (Number(low), Number(high))),
                }),
            },
            not_comparable: not_comparable.iter().map(ReasonWire::new).collect(),
            cautions: cautions.iter().map(CautionWire::new).collect(),
            digest: digest.clone(),
        }
    }

    pub fn read(self) -> Result<Verdict, ProblemKind> {
        let evidence = self.mcnemar.map(|it| Evidence::McNemar {
            pairs: PairedCounts {
                both_right: it.both_right,
                lost: it.lost,
                won: it.won,
                both_wrong: it.both_wrong,
            },
            p: it.p.0,
            interval: it.interval.map(|(low, high)| (low.0, high.0)),
        });
        let counts = self
            .counts
            .map(|(before, now, total)| Evidence::Counts(RightCounts { before, now, total }));
        let direction = self.direction.as_deref();
        let reasons = self.not_comparable.into_iter().map(ReasonWire::read);
        let cautions = self.cautions.into_iter().map(CautionWire::read);
        Ok(Verdict {
            outcome: value_of(OUTCOMES, &self.outcome)?,
            current: self.current,
            baseline: self.baseline,
            metric: self.metric,
            metric_is_chosen: self.metric_is_chosen,
            direction: direction.map_or(Ok(Direction::Unknown), |it| value_of(DIRECTIONS, it))?,
            current_value: self.current_value.map(|it| it.0),
            baseline_value: self.baseline_value.map(|it| it.0),
            evidence: evidence.or(counts).unwrap_or(Evidence::None),
            not_comparable: reasons.collect::<Result<_, _>>()?,
            cautions: cautions.collect::<Result<_, _>>()?,
            digest: self.digest,
        })
    }
}

impl ReasonWire {
    fn new(reason: &NotComparable) -> Self {
        let code = |code: &str| code.to_owned();
        match reason.clone() {
            NotComparable::Classes {
                only_baseline,
                only_current,
            } => Self {
                code: code("classes"),
                only_baseline,
                only_current,
                ..Self::default()
            },
            NotComparable::SampleSize { baseline, current } => Self {
                code: code("sample_size"),
                baseline: Some(baseline),
                current: Some(current),
                ..Self::default()
            },
            NotComparable::Samples { n_differing } => Self {
                code: code("samples"),
                n_differing: Some(n_differing),
                ..Self::default()
            },
            NotComparable::Split { baseline, current } => Self {
                code: code("split"),
                baseline_split: baseline,
                current_split: current,
                ..Self::default()
            },
            NotComparable::Data { path } => Self {
                code: code("data"),
                path: Some(path),
                ..Self::default()
            },
        }
    }

    fn read(self) -> Result<NotComparable, ProblemKind> {
        Ok(match self.code.as_str() {
            "classes" => NotComparable::Classes {
                only_baseline: self.only_baseline,
                only_current: self.only_current,
            },
            "sample_size" => NotComparable::SampleSize {
                baseline: self.baseline.unwrap_or_default(),
                current: self.current.unwrap_or_default(),
            },
            "samples" => NotComparable::Samples {
                n_differing: self.n_differing.unwrap_or_default(),
            },
            "split" => NotComparable::Split {
                baseline: self.baseline_split,
                current: self.current_split,
            },
            "data" => NotComparable::Data {
                path: self.path.unwrap_or_default(),
            },
            code => return Err(fault(&format!("unknown code {code:?}"))),
        })
    }
}

impl CautionWire {
    fn new(caution: &Caution) -> Self {
        let mut wire = Self::default();
        wire.code = match caution {
            Caution::Dependency { path } => {
                wire.path = Some(path.clone());
                "dependency"
            }
            Caution::NoSuchMetric { name } => {
                wire.path = Some(name.clone());
                "no_such_metric"
            }
            Caution::NoBaseline => "no_baseline",
            Caution::CurrentHasNoResults => "current_has_no_results",
            Caution::BaselineHasNoResults => "baseline_has_no_results",
            Caution::AccuracyDiffers { stated, counted } => {
                wire.stated = Some(Number(*stated));
                wire.counted = Some(Number(*counted));
                "accuracy_differs"
            }
            Caution::UnknownDirection => "unknown_direction",
        }
        .to_owned();
        wire
    }

    fn read(self) -> Result<Caution, ProblemKind> {
        let float = |number: Option<Number>| number.map_or(f64::NAN, |number| number.0);
        Ok(match self.code.as_str() {
            "dependency" => Caution::Dependency {
                path: self.path.unwrap_or_default(),
            },
            "no_such_metric" => Caution::NoSuchMetric {
                name: self.path.unwrap_or_default(),
            },
            "no_baseline" => Caution::NoBaseline,
            "current_has_no_results" => Caution::CurrentHasNoResults,
            "baseline_has_no_results" => Caution::BaselineHasNoResults,
            "accuracy_differs" => Caution::AccuracyDiffers {
                stated: float(self.stated),
                counted: float(self.counted),
            },
            "unknown_direction" => Caution::UnknownDirection,
            code => return Err(fault(&format!("unknown code {code:?}"))),
        })
    }
}
