//! The ledger: every parameter and value that was tried.

use super::{
    Say,
    number::{count, list},
};
use crate::model::Lang;

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
    },
    /// Values that have no room.
    MoreValues(usize),
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
            Self::Line { n, values, best } => {
                let mut shown = values.clone();
                if *n > values.len() {
                    shown.push(format!("{} more", count(n - values.len(), Lang::En)));
                }
                let values = list(&shown, Lang::En);
                let best = best
                    .as_ref()
                    .map_or_else(String::new, |it| format!("; best {it}"));
                return format!("{values}{best}.");
            }
            Self::MoreValues(1) => "1 more value is in the experiments.",
            Self::MoreValues(n) => {
                return format!(
                    "{} more values are in the experiments.",
                    count(*n, Lang::En)
                );
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
            Self::Line { n, values, best } => {
                let mut shown = values.clone();
                if *n > values.len() {
                    shown.push(format!("{} más", count(n - values.len(), Lang::Es)));
                }
                let values = list(&shown, Lang::Es);
                let best = best
                    .as_ref()
                    .map_or_else(String::new, |it| format!("; lo mejor, {it}"));
                return format!("{values}{best}.");
            }
            Self::MoreValues(1) => "Hay 1 valor más en los experimentos.",
            Self::MoreValues(n) => {
                return format!(
                    "Hay {} valores más en los experimentos.",
                    count(*n, Lang::Es)
                );
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
