use crate::{
    model::Lang,
    words::number::{count, value},
};

/// Digits of a metric in a sentence.
pub(super) const DIGITS: usize = 4;

/// What changed, as natural frequencies or as values.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// How many samples are right.
    Right {
        /// Now.
        now: u64,
        /// On the baseline.
        before: u64,
        /// Of how many, with their noun: "176 players".
        samples: String,
        /// The baseline's name.
        baseline: Baseline,
    },
    /// A metric's value.
    Value {
        /// The metric's name.
        metric: String,
        /// Whether that is a file's key, which stays as it is written.
        is_key: bool,
        /// Now.
        now: f64,
        /// On the baseline.
        before: f64,
        /// The baseline's name.
        baseline: Baseline,
    },
}

/// What the baseline is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// A branch, a commit, an experiment.
    Named(String),
    /// Nothing but the baseline.
    Unnamed,
}

/// A result without anything to compare it with.
#[derive(Clone, Debug, PartialEq)]
pub enum Level {
    /// How many samples are right.
    Right {
        /// Now.
        now: u64,
        /// Of how many, with their noun.
        samples: String,
    },
    /// A metric's value.
    Value {
        /// The metric's name.
        metric: String,
        /// Now.
        now: f64,
    },
}

impl Baseline {
    /// By its run's name: "baseline" is what one is called that has none of its own.
    pub fn of(name: &str) -> Self {
        match name {
            "baseline" => Self::Unnamed,
            _ => Self::Named(name.to_owned()),
        }
    }

    /// "on master", "en master".
    pub fn on(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, Self::Named(name)) => format!("on {name}"),
            (Lang::En, Self::Unnamed) => "on the baseline".to_owned(),
            (Lang::Es, Self::Named(name)) => format!("en {name}"),
            (Lang::Es, Self::Unnamed) => "en la referencia".to_owned(),
        }
    }

    /// "master", "the baseline".
    pub fn name(&self, lang: Lang) -> String {
        match (lang, self) {
            (_, Self::Named(name)) => name.clone(),
            (Lang::En, Self::Unnamed) => "the baseline".to_owned(),
            (Lang::Es, Self::Unnamed) => "la referencia".to_owned(),
        }
    }
}

impl Effect {
    pub(super) fn say(&self, lang: Lang) -> String {
        match (lang, self) {
            (
                Lang::En,
                Self::Right {
                    now,
                    before,
                    samples,
                    baseline,
                },
            ) => {
                let (now, before) = (integer(*now, lang), integer(*before, lang));
                format!(
                    "it gets {now} of {samples} right; {} it was {before}",
                    baseline.on(lang)
                )
            }
            (
                Lang::Es,
                Self::Right {
                    now,
                    before,
                    samples,
                    baseline,
                },
            ) => {
                let were = if *before == 1 { "era" } else { "eran" };
                let (now, before) = (integer(*now, lang), integer(*before, lang));
                format!(
                    "acierta con {now} de {samples}; {} {were} {before}",
                    baseline.on(lang)
                )
            }
            (
                Lang::En,
                Self::Value {
                    metric,
                    now,
                    before,
                    baseline,
                    ..
                },
            ) => {
                let (now, before) = both(*now, *before, lang);
                format!("{metric} is {now}; {} it was {before}", baseline.on(lang))
            }
            (
                Lang::Es,
                Self::Value {
                    metric,
                    now,
                    before,
                    baseline,
                    ..
                },
            ) => {
                let (now, before) = both(*now, *before, lang);
                format!("{now} de {metric}; {}, {before}", baseline.on(lang))
            }
        }
    }
}

impl Level {
    pub(super) fn say(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, Self::Right { now, samples }) => {
                format!("it gets {} of {samples} right", integer(*now, lang))
            }
            (Lang::Es, Self::Right { now, samples }) => {
                format!("acierta con {} de {samples}", integer(*now, lang))
            }
            (Lang::En, Self::Value { metric, now }) => {
                format!("{metric} is {}", value(*now, DIGITS, lang))
            }
            (Lang::Es, Self::Value { metric, now }) => {
                format!("{} de {metric}", value(*now, DIGITS, lang))
            }
        }
    }
}

pub(super) fn integer(n: u64, lang: Lang) -> String {
    count(usize::try_from(n).unwrap_or(usize::MAX), lang)
}

/// Two values in as many digits as tell them apart, up to 12.
pub fn both(now: f64, before: f64, lang: Lang) -> (String, String) {
    for digits in DIGITS..12 {
        let texts = (value(now, digits, lang), value(before, digits, lang));
        if texts.0 != texts.1 || now == before {
            return texts;
        }
    }
    (value(now, 12, lang), value(before, 12, lang))
}
