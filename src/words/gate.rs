//! What `careo check` says of each gate.

use super::{
    Say,
    judged::Around,
    number::value,
    verdict::{Baseline, both},
};
use crate::model::{Lang, Outcome};

/// A message about a gate.
#[derive(Clone, Debug, PartialEq)]
pub enum Gate {
    /// A metric against its lower limit.
    Min {
        /// The metric, as the gate names it.
        metric: String,
        /// Its value.
        now: f64,
        /// The limit.
        limit: f64,
    },
    /// A metric against its upper limit.
    Max {
        /// The metric, as the gate names it.
        metric: String,
        /// Its value.
        now: f64,
        /// The limit.
        limit: f64,
    },
    /// The metric has no value.
    NoValue {
        /// The metric, as the gate names it.
        metric: String,
    },
    /// The metric isn't there.
    NoMetric {
        /// As the gate names it.
        metric: String,
    },
    /// The verdict that a gate doesn't accept.
    NotAccepted(Outcome),
    /// The metric that must hold and doesn't, or can't be judged.
    Guard {
        /// The metric.
        metric: String,
        /// Whether it has a value.
        is_stated: bool,
    },
    /// Help: a metric that must hold has no value.
    GuardHelp,
    /// The verdict that is required, and the one that there is.
    NotReached {
        /// Required: this or better.
        required: Outcome,
        /// Found.
        found: Outcome,
    },
    /// The verdict is accepted.
    Accepted(Outcome),
    /// A metric states another value than counting gives.
    Disputed {
        /// The metric, as the gate names it.
        metric: String,
        /// As the metric says.
        stated: f64,
        /// As counted.
        counted: f64,
    },
    /// Heading of the gates.
    Title,
    /// Column head: what is required.
    Required,
    /// Before what is required, inside a line.
    Needed,
    /// The verdict is by another metric than the team named: what the check fails by.
    ByAnother,
    /// What a gate on the verdict is called.
    Verdict,
    /// Required: neither worse nor mixed.
    NotWorse,
    /// Required: this verdict, or a better one.
    OrBetter(Outcome),
    /// Whether a gate holds.
    Met(bool),
    /// In place of a value: no such metric.
    NotThere,
    /// In place of a value: the metric has none.
    NothingFound,
    /// Help: what the baseline had.
    Before {
        /// The baseline's name.
        baseline: Baseline,
        /// Its value.
        before: f64,
    },
    /// Help: which gate it is.
    Gate(String),
    /// Help: why there is no value.
    NoValueHelp,
    /// Help: the value is text.
    TextHelp,
    /// A gate that fails, as the terminal shows it: place first.
    Line {
        /// The file that states the metric, or the flag.
        place: String,
        /// What failed.
        what: String,
        /// What helps.
        help: String,
    },
    /// The title of an annotation.
    Failed,
    /// All gates hold.
    AllHold(usize),
    /// So many of so many fail.
    SomeFail {
        /// How many fail.
        n: usize,
        /// How many there are.
        of: usize,
    },
    /// There are no gates.
    None,
}

impl Say for Gate {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Gate {
    fn en(&self) -> String {
        let lang = Lang::En;
        match self {
            Self::Min { metric, now, limit } => {
                let compared = if now >= limit {
                    "at least"
                } else {
                    "less than"
                };
                let (now, limit) = both(*now, *limit, lang);
                format!("{metric} is {now}, {compared} {limit}")
            }
            Self::Max { metric, now, limit } => {
                let compared = if now <= limit { "at most" } else { "more than" };
                let (now, limit) = both(*now, *limit, lang);
                format!("{metric} is {now}, {compared} {limit}")
            }
            Self::Disputed {
                metric,
                stated,
                counted,
            } => {
                let (stated, counted) = both(*stated, *counted, lang);
                format!(
                    "{metric} is {stated} as stated, but {counted} as counted from this change’s \
                     predictions or matrix; the gate goes by what is stated"
                )
            }
            Self::NoValue { metric } => format!("{metric} has no value in this change"),
            Self::NoMetric { metric } => format!("no metric is called “{metric}”"),
            Self::NotAccepted(found) => format!("the verdict is “{}”", pill(*found, lang)),
            Self::Guard { metric, is_stated } => match is_stated {
                true => format!("{metric} has to hold, and got worse by more than is tolerated"),
                false => format!("{metric} has to hold, and this change states no value of it"),
            },
            Self::GuardHelp => {
                "have this run write it, too: what can’t be judged doesn’t hold".to_owned()
            }
            Self::NotReached { required, found } => {
                let found = pill(*found, lang);
                match required {
                    Outcome::NoClearChange => format!(
                        "the verdict is “{found}”; “{}” or better is required",
                        pill(*required, lang)
                    ),
                    _ => format!(
                        "the verdict is “{found}”; “{}” is required",
                        pill(*required, lang)
                    ),
                }
            }
            Self::Accepted(found) => format!("the verdict is “{}”", pill(*found, lang)),
            Self::Title => "Gates".to_owned(),
            Self::Required => "Required".to_owned(),
            Self::Needed => "required".to_owned(),
            Self::ByAnother => "The check fails: `primary_metric` names no metric of this report, \
                                so the verdict is by another one."
                .to_owned(),
            Self::Verdict => "Verdict".to_owned(),
            Self::NotWorse => "not worse".to_owned(),
            Self::OrBetter(Outcome::Improved) => Around::Pill(Outcome::Improved).say(lang),
            Self::OrBetter(outcome) => format!("{}, or better", Around::Pill(*outcome).say(lang)),
            Self::Met(true) => "met".to_owned(),
            Self::Met(false) => "not met".to_owned(),
            Self::NotThere => "no such metric".to_owned(),
            Self::NothingFound => "no value".to_owned(),
            Self::Before { baseline, before } => {
                format!("{} it was {}", baseline.on(lang), value(*before, 4, lang))
            }
            Self::Gate(gate) => format!("the gate is {gate}"),
            Self::TextHelp => "it is stated as text; write the number without quotes".to_owned(),
            Self::NoValueHelp => {
                "a run without results of its own can’t pass; look in its log".to_owned()
            }
            Self::Line { place, what, help } => {
                format!("{place}: {what}\n  help: {help}")
            }
            Self::Failed => "Gate failed".to_owned(),
            Self::AllHold(1) => "The gate holds.".to_owned(),
            Self::AllHold(n) => format!("All {n} gates hold."),
            Self::SomeFail { n: 1, of: 1 } => "The gate fails.".to_owned(),
            Self::SomeFail { n: 1, of } => format!("1 of {of} gates fails."),
            Self::SomeFail { n, of } => format!("{n} of {of} gates fail."),
            Self::None => "No gate is set: nothing can fail. `--min`, `--max`, `--no-worse` and \
                           `--require` set one, and so does [gates] in careo.toml."
                .to_owned(),
        }
    }

    fn es(&self) -> String {
        let lang = Lang::Es;
        match self {
            Self::Min { metric, now, limit } => {
                let compared = if now >= limit {
                    "como mínimo"
                } else {
                    "menos de"
                };
                let (now, limit) = both(*now, *limit, lang);
                format!("{metric} vale {now}, {compared} {limit}")
            }
            Self::Max { metric, now, limit } => {
                let compared = if now <= limit {
                    "como máximo"
                } else {
                    "más de"
                };
                let (now, limit) = both(*now, *limit, lang);
                format!("{metric} vale {now}, {compared} {limit}")
            }
            Self::Disputed {
                metric,
                stated,
                counted,
            } => {
                let (stated, counted) = both(*stated, *counted, lang);
                format!(
                    "{metric} vale {stated} según el archivo, pero {counted} según el recuento de \
                     las predicciones o la matriz de este cambio; la condición se rige por el \
                     archivo"
                )
            }
            Self::NoValue { metric } => format!("{metric} no tiene valor en este cambio"),
            Self::NoMetric { metric } => format!("ninguna métrica se llama «{metric}»"),
            Self::NotAccepted(found) => format!("el veredicto es «{}»", pill(*found, lang)),
            Self::Guard { metric, is_stated } => match is_stated {
                true => format!("{metric} debía mantenerse y empeora más de lo tolerado"),
                false => format!("{metric} debía mantenerse y este cambio no da su valor"),
            },
            Self::GuardHelp => {
                "haz que esta ejecución también lo escriba: lo que no se puede juzgar no se mantiene"
                    .to_owned()
            }
            Self::NotReached { required, found } => {
                let (found, needed) = (pill(*found, lang), pill(*required, lang));
                match required {
                    Outcome::NoClearChange => {
                        format!("el veredicto es «{found}» y se exige al menos «{needed}»")
                    }
                    _ => format!("el veredicto es «{found}» y se exige «{needed}»"),
                }
            }
            Self::Accepted(found) => format!("el veredicto es «{}»", pill(*found, lang)),
            Self::Title => "Condiciones".to_owned(),
            Self::Required => "Se exige".to_owned(),
            Self::Needed => "se exige".to_owned(),
            Self::ByAnother => "La comprobación falla: `primary_metric` no nombra ninguna métrica \
                                de este informe, así que el veredicto va por otra."
                .to_owned(),
            Self::Verdict => "Veredicto".to_owned(),
            Self::NotWorse => "que no empeore".to_owned(),
            Self::OrBetter(Outcome::Improved) => Around::Pill(Outcome::Improved).say(lang),
            Self::OrBetter(outcome) => format!("{} o mejor", Around::Pill(*outcome).say(lang)),
            Self::Met(true) => "se cumple".to_owned(),
            Self::Met(false) => "no se cumple".to_owned(),
            Self::NotThere => "no hay tal métrica".to_owned(),
            Self::NothingFound => "sin valor".to_owned(),
            Self::Before { baseline, before } => {
                format!("{} valía {}", baseline.on(lang), value(*before, 4, lang))
            }
            Self::Gate(gate) => format!("la condición es {gate}"),
            Self::TextHelp => "figura como texto; escribe el número sin comillas".to_owned(),
            Self::NoValueHelp => {
                "una ejecución sin resultados propios no puede pasar; mira su registro".to_owned()
            }
            Self::Line { place, what, help } => {
                format!("{place}: {what}\n  ayuda: {help}")
            }
            Self::Failed => "No se cumple una condición".to_owned(),
            Self::AllHold(1) => "La condición se cumple.".to_owned(),
            Self::AllHold(n) => format!("Se cumplen las {n} condiciones."),
            Self::SomeFail { n: 1, of: 1 } => "La condición no se cumple.".to_owned(),
            Self::SomeFail { n: 1, of } => format!("No se cumple 1 de {of} condiciones."),
            Self::SomeFail { n, of } => format!("No se cumplen {n} de {of} condiciones."),
            Self::None => "No hay ninguna condición: nada puede fallar. Se ponen con `--min`, \
                           `--max`, `--no-worse` y `--require`, o con [gates] en careo.toml."
                .to_owned(),
        }
    }
}

/// The formal word, inside a sentence.
fn pill(outcome: Outcome, lang: Lang) -> String {
    Around::Pill(outcome).say(lang).to_lowercase()
}
