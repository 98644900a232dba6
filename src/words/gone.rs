//! A link that names something which this report has not.

use super::{Say, number};
use crate::model::Lang;

/// A link that names something which this report has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone<'a> {
    /// A row: a run, a commit, a set of results.
    Row(&'a str),
    /// A column: a metric, a parameter, a dependency.
    Column(&'a str),
    /// A metric that could be drawn.
    Metric(&'a str),
    /// What metrics could stand against.
    Axis(&'a str),
    /// A class of a confusion matrix.
    Class(&'a str),
    /// A group of classes.
    Group(&'a str),
    /// So many more than are told one by one.
    More(usize),
    /// More rows than a key takes.
    TooMany {
        /// The key of the address.
        key: &'a str,
        /// How many it names.
        total: usize,
        /// How many it takes.
        most: usize,
    },
    /// A value that means nothing.
    Choice {
        /// The key of the address.
        key: &'a str,
        /// The value.
        name: &'a str,
        /// What is used instead; nothing where it is left out.
        used: &'a str,
    },
    /// Offers what is nearest.
    Instead(&'a str),
}

impl Say for Gone<'_> {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Gone<'_> {
    fn en(&self) -> String {
        let (what, name) = match self {
            Self::Row(name) => ("row", name),
            Self::Column(name) => ("column", name),
            Self::Class(name) => {
                return format!("The link names a class “{name}”, which this matrix doesn’t have.");
            }
            Self::Group(name) => {
                return format!(
                    "The link names a group “{name}”; the classes here have no such group."
                );
            }
            Self::More(1) => return "One more thing that the link names is not here.".to_owned(),
            Self::More(n) => {
                let n = number::count(*n, Lang::En);
                return format!("{n} more things that the link names are not here.");
            }
            Self::TooMany { key, total, most } => {
                return format!(
                    "The link names {} rows in “{key}”; the first {} count.",
                    number::count(*total, Lang::En),
                    number::count(*most, Lang::En)
                );
            }
            Self::Metric(name) => return format!("There is no metric {name} to plot."),
            Self::Axis(name) => {
                return format!("There is no parameter {name} with numbers to plot against.");
            }
            Self::Choice { key, name, used } => {
                let then = match *used {
                    "" => "it is left out".to_owned(),
                    used => format!("{key}={used} is used"),
                };
                return format!(
                    "The link asks for “{key}={name}”, which means nothing here; {then}."
                );
            }
            Self::Instead(name) => return format!("Use {name} instead"),
        };
        format!("The link names a {what} “{name}”; this report has no such {what}.")
    }

    fn es(&self) -> String {
        let (what, name) = match self {
            Self::Row(name) => ("fila", name),
            Self::Column(name) => ("columna", name),
            Self::Class(name) => {
                return format!("El enlace nombra una clase «{name}» que no está en esta matriz.");
            }
            Self::Group(name) => {
                return format!("El enlace nombra un grupo «{name}» que estas clases no forman.");
            }
            Self::More(1) => {
                return "Hay otra cosa que el enlace nombra y que no está aquí.".to_owned();
            }
            Self::More(n) => {
                let n = number::count(*n, Lang::Es);
                return format!("Hay otras {n} cosas que el enlace nombra y que no están aquí.");
            }
            Self::TooMany { key, total, most } => {
                return format!(
                    "El enlace nombra {} filas en «{key}»; cuentan las {} primeras.",
                    number::count(*total, Lang::Es),
                    number::count(*most, Lang::Es)
                );
            }
            Self::Metric(name) => return format!("No hay ninguna métrica {name} que dibujar."),
            Self::Axis(name) => {
                return format!(
                    "No hay ningún parámetro {name} con números frente al que dibujar."
                );
            }
            Self::Choice { key, name, used } => {
                let then = match *used {
                    "" => "no se aplica".to_owned(),
                    used => format!("se usa {key}={used}"),
                };
                return format!(
                    "El enlace pide «{key}={name}», que aquí no significa nada; {then}."
                );
            }
            Self::Instead(name) => return format!("Usar {name} en su lugar"),
        };
        format!("El enlace nombra una {what} «{name}» que no está en este informe.")
    }
}
