//! The Experiments view's parallel coordinates.

use super::{Say, number::count};
use crate::model::Lang;

/// The Experiments view's parallel coordinates.
#[derive(Clone, Debug, PartialEq)]
pub enum Parallel {
    /// Heading.
    Heading,
    /// What the picture shows: how many runs, over how many columns.
    Label(usize, usize),
    /// What a brush does.
    Hint,
    /// The menu of columns: how many are shown.
    Axes(usize),
    /// Label of the lower end of a column's brush.
    Lowest(String),
    /// Label of its upper end.
    Highest(String),
    /// Value of an end that lets everything through.
    Open,
    /// A logarithmic axis.
    Log(String),
    /// From a value upwards; whether it is included.
    From(String, bool),
    /// Up to a value; whether it is included.
    UpTo(String, bool),
    /// From a value to another.
    Between(String, String),
    /// Takes a brush away.
    Remove(String),
    /// The filter can't be read, so that no brush can be added to it.
    NotNow,
    /// Runs that lack a value on some axis; their lines are interrupted.
    Gaps(usize),
}

impl Say for Parallel {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Parallel {
    fn en(&self) -> String {
        match self {
            Self::Heading => "Parallel coordinates".to_owned(),
            Self::Label(runs, columns) => format!(
                "{} as lines over {} columns",
                runs_en(*runs),
                count(*columns, Lang::En)
            ),
            Self::Hint => "brushing an axis writes the filter".to_owned(),
            Self::Axes(n) => format!("Axes {}", count(*n, Lang::En)),
            Self::Lowest(name) => format!("{name}, lowest"),
            Self::Highest(name) => format!("{name}, highest"),
            Self::Open => "no limit".to_owned(),
            Self::Log(name) => format!("{name} (log)"),
            Self::From(value, true) => format!("≥ {value}"),
            Self::From(value, false) => format!("> {value}"),
            Self::UpTo(value, true) => format!("≤ {value}"),
            Self::UpTo(value, false) => format!("< {value}"),
            Self::Between(low, high) => format!("{low} to {high}"),
            Self::Remove(name) => format!("Take the limits of {name} away"),
            Self::NotNow => "The filter can’t be read: mend it first, then brush.".to_owned(),
            Self::Gaps(1) => {
                "One run lacks a value on some axis; its line is interrupted there.".to_owned()
            }
            Self::Gaps(n) => format!(
                "{} lack a value on some axis; their lines are interrupted there.",
                runs_en(*n)
            ),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::Heading => "Coordenadas paralelas".to_owned(),
            Self::Label(runs, columns) => format!(
                "{} como líneas sobre {} columnas",
                runs_es(*runs),
                count(*columns, Lang::Es)
            ),
            Self::Hint => "marcar un tramo de un eje escribe el filtro".to_owned(),
            Self::Axes(n) => format!("Ejes {}", count(*n, Lang::Es)),
            Self::Lowest(name) => format!("{name}, mínimo"),
            Self::Highest(name) => format!("{name}, máximo"),
            Self::Open => "sin límite".to_owned(),
            Self::Log(name) => format!("{name} (log)"),
            Self::From(value, true) => format!("≥ {value}"),
            Self::From(value, false) => format!("> {value}"),
            Self::UpTo(value, true) => format!("≤ {value}"),
            Self::UpTo(value, false) => format!("< {value}"),
            Self::Between(low, high) => format!("de {low} a {high}"),
            Self::Remove(name) => format!("Quitar los límites de {name}"),
            Self::NotNow => "No se entiende el filtro: corrígelo antes de marcar.".to_owned(),
            Self::Gaps(1) => {
                "A una ejecución le falta el valor en algún eje; ahí se interrumpe su línea."
                    .to_owned()
            }
            Self::Gaps(n) => format!(
                "A {} les falta el valor en algún eje; ahí se interrumpen sus líneas.",
                runs_es(*n)
            ),
        }
    }
}

fn runs_en(n: usize) -> String {
    let end = if n == 1 { "" } else { "s" };
    format!("{} run{end}", count(n, Lang::En))
}

fn runs_es(n: usize) -> String {
    match n {
        1 => "1 ejecución".to_owned(),
        n => format!("{} ejecuciones", count(n, Lang::Es)),
    }
}
