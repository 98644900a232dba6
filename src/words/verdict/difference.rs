use super::effect::{Baseline, integer};
use crate::{
    model::Lang,
    words::number::{count, list},
};

/// What makes two revisions not comparable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Other classes.
    Classes {
        /// That only the baseline has.
        only_baseline: Vec<String>,
        /// That only the current revision has.
        only_current: Vec<String>,
        /// The baseline's name.
        baseline: Baseline,
    },
    /// Another number of samples.
    Size {
        /// On the baseline.
        before: u64,
        /// Now, with the noun.
        now: String,
        /// The baseline's name.
        baseline: Baseline,
    },
    /// As many samples, of other actual classes.
    Samples {
        /// How many differ.
        n: u64,
    },
    /// Other splits.
    Split {
        /// On the baseline.
        before: Option<String>,
        /// Now.
        now: Option<String>,
        /// The baseline's name.
        baseline: Baseline,
    },
    /// Other data.
    Data(String),
}

impl Difference {
    /// The clause without a final stop.
    pub fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }

    fn en(&self) -> String {
        let lang = Lang::En;
        match self {
            Self::Classes {
                only_baseline,
                only_current,
                baseline,
            } => {
                let mut parts = Vec::new();
                if !only_current.is_empty() {
                    parts.push(format!(
                        "only this change has {}",
                        short_list(only_current, lang)
                    ));
                }
                if !only_baseline.is_empty() {
                    let name = baseline.name(lang);
                    parts.push(format!(
                        "only {name} has {}",
                        short_list(only_baseline, lang)
                    ));
                }
                format!("the classes differ ({})", parts.join("; "))
            }
            Self::Size {
                before,
                now,
                baseline,
            } => {
                let (before, on) = (integer(*before, lang), baseline.on(lang));
                format!("the test set has {now}; {on} it had {before}")
            }
            Self::Samples { n } => {
                let n = integer(*n, lang);
                format!(
                    "the test sets are not the same samples, or not in the same order (the actual \
                     class differs in {n})"
                )
            }
            Self::Split {
                before,
                now,
                baseline,
            } => {
                let name = |split: &Option<String>| match split {
                    Some(split) => format!("the {split} split"),
                    None => "an unnamed split".to_owned(),
                };
                let (before, now) = (name(before), name(now));
                format!(
                    "this change is measured on {now}, {} on {before}",
                    baseline.name(lang)
                )
            }
            Self::Data(path) => format!("the data differ: {path}"),
        }
    }

    fn es(&self) -> String {
        let lang = Lang::Es;
        match self {
            Self::Classes {
                only_baseline,
                only_current,
                baseline,
            } => {
                let mut parts = Vec::new();
                if !only_current.is_empty() {
                    let list = short_list(only_current, lang);
                    parts.push(format!("solo este cambio tiene {list}"));
                }
                if !only_baseline.is_empty() {
                    let (name, list) = (baseline.name(lang), short_list(only_baseline, lang));
                    parts.push(format!("solo {name} tiene {list}"));
                }
                format!("las clases son distintas ({})", parts.join("; "))
            }
            Self::Size {
                before,
                now,
                baseline,
            } => {
                let (before, on) = (integer(*before, lang), baseline.on(lang));
                format!("el conjunto de prueba tiene {now}; {on} tenía {before}")
            }
            Self::Samples { n } => {
                let n = integer(*n, lang);
                format!(
                    "los conjuntos de prueba no son las mismas muestras, o no en el mismo orden \
                     (la clase real difiere en {n})"
                )
            }
            Self::Split {
                before,
                now,
                baseline,
            } => {
                let name = |split: &Option<String>| match split {
                    Some(split) => format!("la partición {split}"),
                    None => "una partición sin nombre".to_owned(),
                };
                let (before, now) = (name(before), name(now));
                format!(
                    "este cambio se mide en {now}; {}, en {before}",
                    baseline.name(lang)
                )
            }
            Self::Data(path) => format!("los datos son distintos: {path}"),
        }
    }
}

/// At most five names, the rest counted.
fn short_list(names: &[String], lang: Lang) -> String {
    let mut shown: Vec<String> = names.iter().take(5).cloned().collect();
    if names.len() > 5 {
        let rest = count(names.len() - 5, lang);
        shown.push(match lang {
            Lang::En => format!("{rest} more"),
            Lang::Es => format!("{rest} más"),
        });
    }
    list(&shown, lang)
}
