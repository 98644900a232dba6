//! The ledger: every parameter and value that was tried.

use super::{
    Say,
    number::{count, list},
};
use crate::model::{Lang, State};

/// A message of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub enum Ledger {
    /// Opens the table.
    Open,
    /// Column head.
    Param,
    /// Column head.
    Value,
    /// Column head: how many runs.
    Runs,
    /// Column head.
    Best,
    /// Column head: the median.
    Typical,
    /// Column head: when and in which commit.
    First,
    /// A parameter's values in one line, for the comment.
    Line {
        /// How many values.
        n: usize,
        /// The values, written; the first ones where there are many.
        values: Vec<String>,
        /// The best one with its result.
        best: Option<String>,
        /// Values of runs that wait or run.
        waiting: Vec<String>,
        /// Values of runs that failed.
        failed: Vec<String>,
    },
    /// How many are right, which is half of one where it is a median.
    Of {
        /// That many, written.
        part: String,
        /// Of so many.
        whole: String,
    },
    /// In place of a result.
    NoResult(State),
    /// Values that have no room.
    MoreValues(usize),
    /// Parameters that have no room.
    MoreParams(usize),
    /// Groups of runs that differ, for which there is no room.
    MoreGroups(usize),
    /// Runs that should agree and don't: "a: 92 of 176" each.
    Differ(Vec<String>),
    /// Heading of the team's notes.
    Notes,
    /// Heading of what was tried, in the comment.
    Title,
}

impl Say for Ledger {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Ledger {
    fn en(&self) -> String {
        let text = match self {
            Self::Open => "Every value that was tried",
            Self::Param => "Parameter",
            Self::Value => "Value",
            Self::Runs => "Runs",
            Self::Best => "Best",
            Self::Typical => "Typical",
            Self::First => "First tried",
            Self::Line {
                n,
                values,
                best,
                waiting,
                failed,
            } => {
                let mut shown = values.clone();
                if *n > values.len() {
                    shown.push(format!("{} more", count(n - values.len(), Lang::En)));
                }
                let parts = [
                    ("", list(&shown, Lang::En)),
                    ("best ", best.clone().unwrap_or_default()),
                    ("no result yet: ", list(waiting, Lang::En)),
                    ("failed: ", list(failed, Lang::En)),
                ];
                return line(parts);
            }
            Self::Of { part, whole } => return format!("{part} of {whole}"),
            Self::NoResult(State::Queued) => "queued",
            Self::NoResult(State::Running) => "running",
            Self::NoResult(State::Failed(_)) => "failed",
            Self::NoResult(State::Ok) => "–",
            Self::MoreValues(1) => "1 more value is in the experiments.",
            Self::MoreValues(n) => {
                return format!(
                    "{} more values are in the experiments.",
                    count(*n, Lang::En)
                );
            }
            Self::MoreParams(1) => "1 more parameter is on the page.",
            Self::MoreParams(n) => {
                return format!("{} more parameters are on the page.", count(*n, Lang::En));
            }
            Self::MoreGroups(1) => "1 more group of such runs is on the page.",
            Self::MoreGroups(n) => {
                let n = count(*n, Lang::En);
                return format!("{n} more groups of such runs are on the page.");
            }
            Self::Differ(runs) => {
                let runs = list(runs, Lang::En);
                return format!("The same parameters, another result: {runs}.");
            }
            Self::Notes => "The team’s notes",
            Self::Title => "What was tried",
        };
        text.to_owned()
    }

    fn es(&self) -> String {
        let text = match self {
            Self::Open => "Todos los valores que se han probado",
            Self::Param => "Parámetro",
            Self::Value => "Valor",
            Self::Runs => "Ejecuciones",
            Self::Best => "Lo mejor",
            Self::Typical => "Lo habitual",
            Self::First => "Primera vez",
            Self::Line {
                n,
                values,
                best,
                waiting,
                failed,
            } => {
                let mut shown = values.clone();
                if *n > values.len() {
                    shown.push(format!("{} más", count(n - values.len(), Lang::Es)));
                }
                let parts = [
                    ("", list(&shown, Lang::Es)),
                    ("lo mejor, ", best.clone().unwrap_or_default()),
                    ("todavía sin resultado: ", list(waiting, Lang::Es)),
                    ("con fallo: ", list(failed, Lang::Es)),
                ];
                return line(parts);
            }
            Self::Of { part, whole } => return format!("{part} de {whole}"),
            Self::NoResult(State::Queued) => "en cola",
            Self::NoResult(State::Running) => "en curso",
            Self::NoResult(State::Failed(_)) => "fallida",
            Self::NoResult(State::Ok) => "–",
            Self::MoreValues(1) => "Hay 1 valor más en los experimentos.",
            Self::MoreValues(n) => {
                return format!(
                    "Hay {} valores más en los experimentos.",
                    count(*n, Lang::Es)
                );
            }
            Self::MoreParams(1) => "Hay 1 parámetro más en la página.",
            Self::MoreParams(n) => {
                return format!("Hay {} parámetros más en la página.", count(*n, Lang::Es));
            }
            Self::MoreGroups(1) => "Hay 1 grupo más de ejecuciones así en la página.",
            Self::MoreGroups(n) => {
                let n = count(*n, Lang::Es);
                return format!("Hay {n} grupos más de ejecuciones así en la página.");
            }
            Self::Differ(runs) => {
                let runs = list(runs, Lang::Es);
                return format!("Los mismos parámetros y otro resultado: {runs}.");
            }
            Self::Notes => "Notas del equipo",
            Self::Title => "Qué se ha probado",
        };
        text.to_owned()
    }
}

/// Parts of a sentence with what stands before each; empty ones are left out.
fn line(parts: [(&str, String); 4]) -> String {
    let told = parts.iter().filter(|it| !it.1.is_empty());
    let told: Vec<String> = told.map(|(before, it)| format!("{before}{it}")).collect();
    format!("{}.", told.join("; "))
}
