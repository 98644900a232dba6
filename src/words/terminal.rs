//! What the command line says of settings that name nothing and of inputs that nothing reads. Only
//! on the terminal: the page has notices for the same.

use super::{
    Say,
    number::{count, list},
};
use crate::model::{Lang, Outcome};

/// What a setting names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A metric.
    Metric,
    /// A revision: name, branch, tag or commit.
    Revision,
    /// A class.
    Class,
    /// A dependency, or a folder of them.
    Dependency,
    /// A metric or a parameter.
    Column,
}

/// A message about settings or inputs: fragments in lower case, without a final stop.
#[derive(Clone, Debug, PartialEq)]
pub enum Terminal {
    /// Nothing is called so.
    NoMatch {
        /// What was looked for.
        named: Named,
        /// The name.
        name: String,
        /// The setting that has it.
        key: String,
    },
    /// Several metrics are called so.
    Several {
        /// The name.
        name: String,
        /// The setting that has it.
        key: String,
    },
    /// Several metrics are called as a gate names one.
    SeveralMetrics(String),
    /// Help: names that are like it.
    DidYouMean(Vec<String>),
    /// Help: the names that there are, and how many more.
    ThereAre {
        /// The first ones.
        names: Vec<String>,
        /// How many more.
        n_more: usize,
    },
    /// Help: the report has nothing of the kind.
    NothingThere,
    /// Help: the whole names, one of which has to be given.
    NameOne(Vec<String>),
    /// No reader takes a file.
    NotRead,
    /// The inputs have no results of the target branch; something else is compared with.
    NoTargetBranch {
        /// The branch.
        name: String,
        /// The revision that is compared with.
        instead: String,
    },
    /// A file is a team's settings, which are not read from there.
    SettingsElsewhere,
    /// A bundle was made of the files beside it.
    OwnOutput,
    /// Stands behind a path: so many others are alike.
    AndMoreFiles(usize),
    /// The text that scikit-learn prints for people.
    ReportAsText,
    /// So many more remarks on files, which the terminal leaves to the page.
    MoreRemarks(usize),
    /// Help: an input that isn't there.
    NoSuchInput,
    /// Help: an input that isn't there, but a revision is called so.
    IsRevision {
        /// The name.
        name: String,
        /// The path that it was given for.
        path: String,
    },
    /// Why a gate on the verdict holds where nothing is told.
    NothingWorse,
    /// Help where a gate on the verdict fails.
    Verdict {
        /// The verdict.
        outcome: Outcome,
        /// Whether there is something to compare with.
        is_compared: bool,
        /// Whether counting predictions could give the metric.
        is_counted: bool,
    },
    /// The word before a help.
    Help,
}

/// So many names are told where none is like the one that was looked for.
const N_TOLD: usize = 5;

impl Terminal {
    /// The names that there are.
    pub fn there_are(known: &[String]) -> Self {
        Self::ThereAre {
            names: known.iter().take(N_TOLD).cloned().collect(),
            n_more: known.len().saturating_sub(N_TOLD),
        }
    }

    /// Place, what and help, as the terminal shows them.
    pub fn lines(place: &str, what: &Self, help: &Self, lang: Lang) -> String {
        let (what, word, help) = (what.say(lang), Self::Help.say(lang), help.say(lang));
        format!("{place}: {what}\n  {word}: {help}")
    }
}

impl Say for Terminal {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Terminal {
    fn en(&self) -> String {
        match self {
            Self::NoMatch { named, name, key } => {
                let what = match named {
                    Named::Metric => "no metric is called",
                    Named::Revision => "no revision is called",
                    Named::Class => "no class is called",
                    Named::Dependency => "no dependency is, or lies in,",
                    Named::Column => "no metric or parameter is called",
                };
                format!("{what} “{name}” at `{key}`: the setting is left out")
            }
            Self::Several { name, key } => {
                format!("several metrics are called “{name}” at `{key}`: the setting is left out")
            }
            Self::SeveralMetrics(name) => format!("several metrics are called “{name}”"),
            Self::DidYouMean(names) => {
                format!(
                    "did you mean {}?",
                    list(names, Lang::En).replace(" and ", " or ")
                )
            }
            Self::ThereAre { names, n_more: 0 } => {
                format!("the report has {}", list(names, Lang::En))
            }
            Self::ThereAre { names, n_more } => {
                format!("the report has {} and {n_more} more", names.join(", "))
            }
            Self::NothingThere => "the report has nothing of that kind".to_owned(),
            Self::NameOne(names) => format!(
                "give the whole name: {}",
                list(names, Lang::En).replace(" and ", " or ")
            ),
            Self::NotRead => {
                "not read: no reader knows this format (`careo formats` lists those that are read)"
                    .to_owned()
            }
            Self::NoTargetBranch { name, instead } => format!(
                "{name}: the inputs have no results of the target branch; compared with {instead}\n  \
                 help: --baseline names what to compare with"
            ),
            Self::ReportAsText => "not read: this is the text of scikit-learn’s \
                                   `classification_report`; write it with `output_dict=True`, as \
                                   JSON"
                .to_owned(),
            Self::SettingsElsewhere => {
                "not read as settings: name it with --config, or run careo in \
                                        its folder or one below"
                    .to_owned()
            }
            Self::OwnOutput => {
                "passed over: careo made it of files that are read here; to read it, \
                                name it"
                    .to_owned()
            }
            Self::AndMoreFiles(1) => " and 1 more file".to_owned(),
            Self::AndMoreFiles(n) => format!(" and {} more files", count(*n, Lang::En)),
            Self::MoreRemarks(1) => "1 more like these; the page has it under Files".to_owned(),
            Self::MoreRemarks(n) => {
                format!(
                    "{} more like these; the page has them under Files",
                    count(*n, Lang::En)
                )
            }
            Self::NoSuchInput => {
                "check the path; one that isn’t absolute starts in the current folder".to_owned()
            }
            Self::IsRevision { name, path } => {
                format!("“{name}” is what `{name}={path}` calls a revision: give the path, {path}")
            }
            Self::NothingWorse => {
                "it refuses only a worse or mixed one, and nothing tells".to_owned()
            }
            Self::Verdict {
                outcome,
                is_compared,
                is_counted,
            } => match (outcome, is_compared) {
                (Outcome::Unknown, false) => "name what to compare with: `--baseline INPUT`",
                (Outcome::Unknown, true) if *is_counted => {
                    "give the predictions of both runs: with them, chance can be told from change"
                }
                (Outcome::Unknown, true) => {
                    "three runs and more on each side that differ in their seeds only tell chance \
                     from change"
                }
                (Outcome::NotComparable, _) => "measure both on the same data, and compare again",
                (Outcome::NoClearChange, _) => {
                    "more test samples, or runs with other seeds, tell smaller changes from chance"
                }
                _ => "`careo serve` with the same inputs shows what got worse, and why",
            }
            .to_owned(),
            Self::Help => "help".to_owned(),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::NoMatch { named, name, key } => {
                let what = match named {
                    Named::Metric => "ninguna métrica se llama",
                    Named::Revision => "ninguna revisión se llama",
                    Named::Class => "ninguna clase se llama",
                    Named::Dependency => "ninguna dependencia es, ni está en,",
                    Named::Column => "ninguna métrica ni ningún parámetro se llama",
                };
                format!("{what} «{name}» en `{key}`: el ajuste no se aplica")
            }
            Self::Several { name, key } => {
                format!("varias métricas se llaman «{name}» en `{key}`: el ajuste no se aplica")
            }
            Self::SeveralMetrics(name) => format!("varias métricas se llaman «{name}»"),
            Self::DidYouMean(names) => format!("¿querías decir {}?", names.join(" o ")),
            Self::ThereAre { names, n_more: 0 } => {
                format!("el informe tiene {}", list(names, Lang::Es))
            }
            Self::ThereAre { names, n_more } => {
                format!("el informe tiene {} y {n_more} más", names.join(", "))
            }
            Self::NothingThere => "el informe no tiene nada de eso".to_owned(),
            Self::NameOne(names) => format!("da el nombre completo: {}", names.join(" o ")),
            Self::NotRead => "no se lee: ningún lector conoce este formato (`careo formats` lista \
                              los que se leen)"
                .to_owned(),
            Self::NoTargetBranch { name, instead } => format!(
                "{name}: las entradas no tienen resultados de la rama de destino; se compara con \
                 {instead}\n  ayuda: --baseline indica con qué comparar"
            ),
            Self::ReportAsText => "no se lee: es el texto de `classification_report` de \
                                   scikit-learn; escríbelo con `output_dict=True`, como JSON"
                .to_owned(),
            Self::SettingsElsewhere => "no se lee como ajustes: indícalo con --config, o ejecuta \
                                        careo en su carpeta o en una de dentro"
                .to_owned(),
            Self::OwnOutput => {
                "no se lee: careo lo hizo a partir de archivos que se leen aquí; para \
                                leerlo, indícalo"
                    .to_owned()
            }
            Self::AndMoreFiles(1) => " y 1 archivo más".to_owned(),
            Self::AndMoreFiles(n) => format!(" y {} archivos más", count(*n, Lang::Es)),
            Self::MoreRemarks(1) => "y 1 aviso más así; la página lo tiene en Archivos".to_owned(),
            Self::MoreRemarks(n) => {
                let n = count(*n, Lang::Es);
                format!("y {n} avisos más así; la página los tiene en Archivos")
            }
            Self::NoSuchInput => {
                "comprueba la ruta; si no es absoluta, empieza en la carpeta actual".to_owned()
            }
            Self::IsRevision { name, path } => {
                format!("«{name}» es como `{name}={path}` llama a una revisión: da la ruta, {path}")
            }
            Self::NothingWorse => "solo rechaza uno peor o mixto, y nada lo dice".to_owned(),
            Self::Verdict {
                outcome,
                is_compared,
                is_counted,
            } => match (outcome, is_compared) {
                (Outcome::Unknown, false) => "indica con qué comparar: `--baseline ENTRADA`",
                (Outcome::Unknown, true) if *is_counted => {
                    "da las predicciones de ambas ejecuciones: con ellas se distingue el azar del \
                     cambio"
                }
                (Outcome::Unknown, true) => {
                    "con tres ejecuciones o más por lado que solo difieran en su semilla se \
                     distingue el azar del cambio"
                }
                (Outcome::NotComparable, _) => {
                    "mide ambos con los mismos datos y vuelve a comparar"
                }
                (Outcome::NoClearChange, _) => {
                    "con más muestras de prueba, o con otras semillas, se distinguen del azar \
                     cambios menores"
                }
                _ => "`careo serve` con las mismas entradas muestra qué ha empeorado y por qué",
            }
            .to_owned(),
            Self::Help => "ayuda".to_owned(),
        }
    }
}
