//! What was tried, and the answer to "did you try C = 60?".

use super::{
    Say,
    number::{count, list, value},
    verdict::Baseline,
};
use crate::model::{Lang, State};

/// A result, written: "92 of 176", or a metric's value.
pub type Result = String;

/// A message about what was tried.
#[derive(Clone, Debug, PartialEq)]
pub enum Tried {
    /// Heading.
    Title,
    /// What the picture shows.
    By {
        /// The metric's name.
        metric: String,
        /// The parameter's name.
        param: String,
    },
    /// Reason: nothing tried beats the baseline.
    NothingBeats(Baseline),
    /// Reason: this change is the best that was tried.
    ThisIsBest,
    /// Reason: another run did better than this change.
    AnotherIsBetter,
    /// Reason: what was tried, where nobody knows which is better.
    Several(usize),
    /// Why none of them is called the best.
    NoneIsBest,
    /// The same, where this change has nothing to judge by.
    NothingBeside,
    /// The best of the experiments, and the rest: in the parameter's order where they fall with it,
    /// else the better first.
    BestOf {
        /// How many experiments there are.
        n: usize,
        /// Its setting: "C = 5".
        setting: String,
        /// Its result.
        result: Result,
        /// The other results.
        rest: Vec<Result>,
        /// The parameter, when the rest gets worse as it grows.
        falls_with: Option<String>,
    },
    /// Label of the field.
    DidYouTry(String),
    /// What to type there.
    DidYouTryHelp,
    /// Label of the field for a question in plain words.
    Ask,
    /// An example of such a question, with a parameter and a value.
    AskHint(String, String),
    /// An example of such a question, where there is none.
    NotUnderstood,
    /// The question was not understood.
    Unclear,
    /// No parameter has that name; the one with the nearest name.
    NoSuchParam(String, Option<String>),
    /// The parameters there are: some names, and how many more.
    Params(Vec<String>, usize),
    /// The question names several values of a parameter.
    OneValue(String),
    /// What was understood: parameters, each with a sign and a value.
    Understood(Vec<(String, &'static str, String)>),
    /// No run has all of these values at once.
    NotTogether,
    /// Filters to the runs that tried it.
    ShowThem,
    /// Yes: the run and its result follow the name.
    Yes {
        /// The result of the best run.
        result: Result,
        /// How many other runs have that value.
        n_more: usize,
    },
    /// Yes, before the name of the run.
    YesWord,
    /// Tried, but without the metric that decides.
    YesWithoutResult,
    /// Not tried yet, or in vain, before the name of the run.
    NoResultWord(State),
    /// Why there is no result, after the name of the run.
    NoResult(State),
    /// What has results instead: the nearest values below and above.
    NearestWithResult(Option<f64>, Option<f64>),
    /// What has results instead: some of the values, and how many more.
    OthersWithResult(Vec<String>, usize),
    /// No; the nearest values below and above.
    No(Option<f64>, Option<f64>),
    /// No; some of the values that were tried, and how many more.
    Others(Vec<String>, usize),
    /// What the baseline had is not known; it may have been that.
    BaselineUnknown(String),
    /// Row label: the best.
    Best,
    /// Row label: this change.
    ThisChange,
    /// Row label: the baseline.
    Baseline,
    /// Row label: other commits.
    Earlier,
    /// Row label: parameters that were never varied.
    NeverVaried,
    /// A setting with its result.
    Outcome {
        /// "C = 10".
        setting: String,
        /// "93 of 176".
        result: Result,
    },
    /// The same, of the baseline.
    OutcomeOf {
        /// "C = 10".
        setting: String,
        /// "93 of 176".
        result: Result,
        /// The baseline's name.
        baseline: Baseline,
    },
    /// A list of so many values, in place of the list.
    Values(usize),
    /// More than are shown.
    More(usize),
    /// What the marks in the picture mean.
    Legend {
        /// The baseline's name.
        baseline: Baseline,
        /// Its result.
        result: Option<Result>,
        /// Whether a point in the picture is its.
        has_point: bool,
        /// Whether points are of other commits.
        has_others: bool,
    },
    /// The picture in words; the points follow.
    Picture {
        /// The metric's name.
        metric: String,
        /// The parameter's name.
        param: String,
        /// "5: 92 of 176".
        points: Vec<String>,
    },
    /// No parameter varies.
    NothingVaried,
    /// Link to all experiments.
    AllExperiments,
}

impl Say for Tried {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Tried {
    fn en(&self) -> String {
        let lang = Lang::En;
        let text = match self {
            Self::Title => "What was tried",
            Self::By { metric, param } => return format!("{metric} by {param}"),
            Self::NothingBeats(baseline) => {
                return format!("Nothing tried beats {}.", baseline.name(lang));
            }
            Self::ThisIsBest => "This change is the best that was tried.",
            Self::AnotherIsBetter => "Another run did better.",
            Self::Several(1) => "1 experiment was run.",
            Self::Several(n) => return format!("{} experiments were run.", count(*n, lang)),
            Self::NoneIsBest => {
                "Nothing says which way the metric gets better, so none is called the best."
            }
            Self::NothingBeside => "This change has no result to set beside theirs.",
            Self::BestOf {
                n,
                setting,
                result,
                rest,
                falls_with,
            } => {
                let best = match n {
                    1 => format!("The one experiment is {setting}, with {result}"),
                    n => format!(
                        "The best of the {} experiments is {setting}, with {result}",
                        count(*n, lang)
                    ),
                };
                let grows = falls_with
                    .as_ref()
                    .map_or_else(String::new, |param| format!(" as {param} grows"));
                return match rest.is_empty() {
                    true => format!("{best}."),
                    false => format!("{best}; then {}{grows}.", list(rest, lang)),
                };
            }
            Self::DidYouTry(param) => return format!("Did you try {param} ="),
            Self::DidYouTryHelp => "Type a value: the answer says whether it was tried.",
            Self::Ask => "Tried?",
            Self::AskHint(param, value) => return format!("did you try {param} = {value}?"),
            Self::NotUnderstood => "Name a parameter and a value.",
            Self::Unclear => "Not understood: ask for one value (60) or a limit (> 60).",
            Self::NoSuchParam(name, Some(near)) => {
                return format!("There is no parameter {name}; did you mean {near}?");
            }
            Self::NoSuchParam(name, None) => return format!("There is no parameter {name}."),
            Self::Params(names, n_more) => {
                return format!("The parameters: {}.", some(names, *n_more, lang));
            }
            Self::OneValue(param) => return format!("Ask for one value of {param} at a time."),
            Self::Understood(settings) => return understood(settings),
            Self::NotTogether => "No run has all of these.",
            Self::ShowThem => "show them",
            Self::Yes { result, n_more: 0 } => return format!("{result}."),
            Self::Yes { result, n_more: 1 } => return format!("{result}; and 1 more run."),
            Self::Yes { result, n_more } => {
                return format!("{result}; and {} more runs.", count(*n_more, lang));
            }
            Self::YesWord => "Yes,",
            Self::YesWithoutResult => "it has no result of its own.",
            Self::NoResultWord(State::Failed(_)) => "No result:",
            Self::NoResultWord(_) => "Not yet:",
            Self::NoResult(State::Queued) => "waits in the queue.",
            Self::NoResult(State::Running) => "is still running.",
            Self::NoResult(_) => "was started and failed.",
            Self::NearestWithResult(below, above) => {
                let near = near(*below, *above, lang);
                return format!("The nearest with a result: {near}.");
            }
            Self::OthersWithResult(tried, _) if tried.is_empty() => "",
            Self::OthersWithResult(tried, n_more) => {
                return format!("With a result: {}.", some(tried, *n_more, lang));
            }
            Self::No(below, above) => {
                return format!("No. The nearest tried: {}.", near(*below, *above, lang));
            }
            Self::Others(tried, _) if tried.is_empty() => "Not tried.",
            Self::Others(tried, n_more) => {
                return format!("Not tried; tried: {}.", some(tried, *n_more, lang));
            }
            Self::BaselineUnknown(name) => {
                return format!("What {name} had is not stated.");
            }
            Self::Best => "Best",
            Self::ThisChange => "This change",
            Self::Baseline => "Baseline",
            Self::Earlier => "Other commits",
            Self::NeverVaried => "Never varied",
            Self::Outcome { setting, result } => return format!("{setting}: {result}"),
            Self::OutcomeOf {
                setting,
                result,
                baseline,
            } => {
                return format!("{setting}, already {}: {result}", baseline.on(lang));
            }
            Self::Values(n) => return format!("(a list of {})", count(*n, lang)),
            Self::More(n) => return format!("{} more", count(*n, lang)),
            Self::Legend {
                baseline,
                result,
                has_point,
                has_others,
            } => {
                let name = baseline.name(lang);
                let level = result.as_ref().map_or_else(String::new, |result| {
                    format!(" Dotted line: {name}, {result}.")
                });
                let hollow = if *has_point {
                    format!("Hollow: {name}. ")
                } else {
                    String::new()
                };
                let others = if *has_others {
                    " Small: other commits."
                } else {
                    ""
                };
                return format!("{hollow}Filled: this change.{others}{level}");
            }
            Self::Picture {
                metric,
                param,
                points,
            } => {
                return format!("{metric} by {param}: {}", points.join("; "));
            }
            Self::NothingVaried => "No parameter varies between the revisions.",
            Self::AllExperiments => "All experiments",
        };
        text.to_owned()
    }

    fn es(&self) -> String {
        let lang = Lang::Es;
        let text = match self {
            Self::Title => "Qué se ha probado",
            Self::By { metric, param } => return format!("{metric} según {param}"),
            Self::NothingBeats(baseline) => {
                return format!("Nada de lo probado supera a {}.", baseline.name(lang));
            }
            Self::ThisIsBest => "Este cambio es lo mejor que se ha probado.",
            Self::AnotherIsBetter => "Otra ejecución salió mejor.",
            Self::Several(1) => "Se ejecutó 1 experimento.",
            Self::Several(n) => return format!("Se ejecutaron {} experimentos.", count(*n, lang)),
            Self::NoneIsBest => {
                "Nada indica en qué sentido mejora la métrica, así que ninguno se da por el mejor."
            }
            Self::NothingBeside => "Este cambio no tiene ningún resultado que poner a su lado.",
            Self::BestOf {
                n,
                setting,
                result,
                rest,
                falls_with,
            } => {
                let best = match n {
                    1 => format!("El único experimento es {setting}, con {result}"),
                    n => format!(
                        "El mejor de los {} experimentos es {setting}, con {result}",
                        count(*n, lang)
                    ),
                };
                let grows = falls_with
                    .as_ref()
                    .map_or_else(String::new, |param| format!(" según crece {param}"));
                return match rest.is_empty() {
                    true => format!("{best}."),
                    false => format!("{best}; después {}{grows}.", list(rest, lang)),
                };
            }
            Self::DidYouTry(param) => return format!("¿Se ha probado {param} ="),
            Self::DidYouTryHelp => "Escribe un valor: la respuesta dice si se ha probado.",
            Self::Ask => "¿Probado?",
            Self::AskHint(param, value) => return format!("¿se ha probado {param} = {value}?"),
            Self::NotUnderstood => "Nombra un parámetro y un valor.",
            Self::Unclear => "No se ha entendido: pregunta por un valor (60) o un límite (> 60).",
            Self::NoSuchParam(name, Some(near)) => {
                return format!("No hay ningún parámetro {name}; ¿querías decir {near}?");
            }
            Self::NoSuchParam(name, None) => return format!("No hay ningún parámetro {name}."),
            Self::Params(names, n_more) => {
                return format!("Los parámetros: {}.", some(names, *n_more, lang));
            }
            Self::OneValue(param) => return format!("Pregunta por un solo valor de {param}."),
            Self::Understood(settings) => return understood(settings),
            Self::NotTogether => "Ninguna ejecución los tiene todos.",
            Self::ShowThem => "verlas",
            Self::Yes { result, n_more: 0 } => return format!("{result}."),
            Self::Yes { result, n_more: 1 } => return format!("{result}; y 1 ejecución más."),
            Self::Yes { result, n_more } => {
                return format!("{result}; y {} ejecuciones más.", count(*n_more, lang));
            }
            Self::YesWord => "Sí,",
            Self::YesWithoutResult => "no tiene resultado propio.",
            Self::NoResultWord(State::Failed(_)) => "Sin resultado:",
            Self::NoResultWord(_) => "Todavía no:",
            Self::NoResult(State::Queued) => "espera en la cola.",
            Self::NoResult(State::Running) => "se está ejecutando.",
            Self::NoResult(_) => "se inició y falló.",
            Self::NearestWithResult(below, above) => {
                let near = near(*below, *above, lang);
                return format!("Lo más cercano con resultado: {near}.");
            }
            Self::OthersWithResult(tried, _) if tried.is_empty() => "",
            Self::OthersWithResult(tried, n_more) => {
                return format!("Con resultado: {}.", some(tried, *n_more, lang));
            }
            Self::No(below, above) => {
                let near = near(*below, *above, lang);
                return format!("No. Lo más cercano que se probó: {near}.");
            }
            Self::Others(tried, _) if tried.is_empty() => "No se ha probado.",
            Self::Others(tried, n_more) => {
                return format!("No se ha probado; sí: {}.", some(tried, *n_more, lang));
            }
            Self::BaselineUnknown(name) => {
                return format!("No consta qué valor tenía {name}.");
            }
            Self::Best => "Lo mejor",
            Self::ThisChange => "Este cambio",
            Self::Baseline => "Referencia",
            Self::Earlier => "Otros commits",
            Self::NeverVaried => "Nunca se ha variado",
            Self::Outcome { setting, result } => return format!("{setting}: {result}"),
            Self::OutcomeOf {
                setting,
                result,
                baseline,
            } => {
                return format!("{setting}, ya {}: {result}", baseline.on(lang));
            }
            Self::Values(n) => return format!("(una lista de {})", count(*n, lang)),
            Self::More(n) => return format!("{} más", count(*n, lang)),
            Self::Legend {
                baseline,
                result,
                has_point,
                has_others,
            } => {
                let name = baseline.name(lang);
                let level = result.as_ref().map_or_else(String::new, |result| {
                    format!(" Línea de puntos: {name}, {result}.")
                });
                let hollow = if *has_point {
                    format!("Hueco: {name}. ")
                } else {
                    String::new()
                };
                let others = if *has_others {
                    " Pequeño: otros commits."
                } else {
                    ""
                };
                return format!("{hollow}Lleno: este cambio.{others}{level}");
            }
            Self::Picture {
                metric,
                param,
                points,
            } => {
                return format!("{metric} según {param}: {}", points.join("; "));
            }
            Self::NothingVaried => "Ningún parámetro varía entre las revisiones.",
            Self::AllExperiments => "Todos los experimentos",
        };
        text.to_owned()
    }
}

/// "30 and 60"
fn near(below: Option<f64>, above: Option<f64>, lang: Lang) -> String {
    let near = [below, above].into_iter().flatten();
    let near: Vec<String> = near.map(|it| value(it, 6, lang)).collect();
    list(&near, lang)
}

/// "C = 60, solver = saga:"
fn understood(settings: &[(String, &'static str, String)]) -> String {
    let texts = settings
        .iter()
        .map(|(param, sign, value)| format!("{param} {sign} {value}"));
    format!("{}:", texts.collect::<Vec<_>>().join(", "))
}

/// "adam, sgd, 3 more", with commas alone: it is a list of names, and no sentence.
fn some(names: &[String], n_more: usize, lang: Lang) -> String {
    let mut names = names.to_vec();
    if n_more > 0 {
        names.push(Tried::More(n_more).say(lang));
    }
    names.join(", ")
}
