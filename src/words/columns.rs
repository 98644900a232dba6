//! The Experiments view: which columns, in which order.

use super::{Say, number::count};
use crate::model::Lang;

/// The Experiments view: which columns, in which order.
#[derive(Clone, Debug, PartialEq)]
pub enum Columns {
    /// Label of the search.
    Search,
    /// Heading of the columns on show.
    Order,
    /// Has a column stay at the left.
    Pin(String),
    /// Moves a column to the start.
    ToStart(String),
    /// Moves a column to the left.
    Left(String),
    /// Moves a column to the right.
    Right(String),
    /// Heading of what runs have beside their columns.
    Run,
    /// Head of who ran an experiment.
    Executor,
    /// Heading of the patterns.
    Patterns,
    /// Columns to leave out.
    Drop,
    /// Columns to keep.
    Keep,
    /// A pattern can't be read.
    BadPattern,
    /// How many columns a pattern leaves out.
    Dropped(usize),
    /// Takes the pattern back.
    Undo,
}

impl Say for Columns {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Columns {
    fn en(&self) -> String {
        match self {
            Self::Search => "Search columns".to_owned(),
            Self::Order => "From left to right".to_owned(),
            Self::Pin(name) => format!("Pin {name} at the left"),
            Self::ToStart(name) => format!("Move {name} to the start"),
            Self::Left(name) => format!("Move {name} to the left"),
            Self::Right(name) => format!("Move {name} to the right"),
            Self::Run => "About the run".to_owned(),
            Self::Executor => "Executor".to_owned(),
            Self::Patterns => "By regular expression, from the start of a name".to_owned(),
            Self::Drop => "Leave out".to_owned(),
            Self::Keep => "Keep all the same".to_owned(),
            Self::BadPattern => {
                "This expression can’t be read, so it leaves out nothing.".to_owned()
            }
            Self::Dropped(1) => "1 column left out by its name".to_owned(),
            Self::Dropped(n) => format!("{} columns left out by their names", count(*n, Lang::En)),
            Self::Undo => "show".to_owned(),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::Search => "Buscar columnas".to_owned(),
            Self::Order => "De izquierda a derecha".to_owned(),
            Self::Pin(name) => format!("Fijar {name} a la izquierda"),
            Self::ToStart(name) => format!("Llevar {name} al principio"),
            Self::Left(name) => format!("Mover {name} a la izquierda"),
            Self::Right(name) => format!("Mover {name} a la derecha"),
            Self::Run => "Sobre la ejecución".to_owned(),
            Self::Executor => "Ejecutor".to_owned(),
            Self::Patterns => "Por expresión regular, desde el principio del nombre".to_owned(),
            Self::Drop => "Quitar".to_owned(),
            Self::Keep => "Conservar siempre".to_owned(),
            Self::BadPattern => "No se entiende la expresión, así que no quita nada.".to_owned(),
            Self::Dropped(1) => "1 columna quitada por su nombre".to_owned(),
            Self::Dropped(n) => format!("{} columnas quitadas por su nombre", count(*n, Lang::Es)),
            Self::Undo => "mostrar".to_owned(),
        }
    }
}
