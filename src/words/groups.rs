//! The Experiments view, grouped: several runs in one row.

use super::{Say, number::count};
use crate::model::Lang;

/// The Experiments view, grouped: several runs in one row.
#[derive(Clone, Debug, PartialEq)]
pub enum Groups {
    /// Label of the choice of a grouping.
    Group,
    /// One row for each run.
    NotGrouped,
    /// Heading of the parameters to group by.
    ByOne,
    /// Heading of the parameters that are left out of account.
    ByAllBut,
    /// All parameters but this one.
    AllBut(String),
    /// Caption of the table: how many groups, of how many runs.
    Caption(usize, usize),
    /// Head of the groups.
    Runs,
    /// How many runs are in a group.
    NRuns(usize),
    /// Shows the runs of a group.
    Open(usize),
    /// Hides them again.
    Close(usize),
    /// So many different values.
    NValues(usize),
    /// Whole figures of a cell.
    Figures {
        /// How many numbers.
        n: usize,
        /// Their mean, as it is written.
        mean: String,
        /// Their standard deviation, where there are two or more.
        deviation: Option<String>,
        /// The smallest.
        min: String,
        /// The largest.
        max: String,
    },
    /// How many runs of a group have a number, of how many.
    NOf(usize, usize),
    /// What the figures mean.
    Note,
    /// What the rows are grouped by.
    Badge(String),
    /// Takes the grouping back.
    Undo,
    /// The workspace is the same run as this one, and is left out.
    SameRun(String),
    /// Heads of a copied table: how many runs have a number.
    Counted(String),
    /// The mean.
    Mean(String),
    /// Standard deviation.
    Deviation(String),
    /// The smallest.
    Min(String),
    /// The largest.
    Max(String),
}

impl Say for Groups {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Groups {
    fn en(&self) -> String {
        match self {
            Self::Group => "Group".to_owned(),
            Self::NotGrouped => "not grouped".to_owned(),
            Self::ByOne => "By the value of".to_owned(),
            Self::ByAllBut => "By all parameters but".to_owned(),
            Self::AllBut(name) => format!("all but {name}"),
            Self::Caption(n, of) => format!("{} of {}", groups_en(*n), runs_en(*of)),
            Self::Runs => "Runs".to_owned(),
            Self::NRuns(n) => runs_en(*n),
            Self::Open(n) => format!("Show the {}", runs_en(*n)),
            Self::Close(n) => format!("Hide the {}", runs_en(*n)),
            Self::NValues(n) => format!("{} values", count(*n, Lang::En)),
            Self::Figures {
                n,
                mean,
                deviation,
                min,
                max,
            } => {
                let deviation = deviation.as_ref();
                let deviation = deviation.map(|it| format!(", standard deviation {it}"));
                let deviation = deviation.unwrap_or_default();
                let of = runs_en(*n);
                format!("Mean {mean}{deviation}, from {min} to {max}; {of}")
            }
            Self::NOf(n, of) => format!("{} of {}", count(*n, Lang::En), count(*of, Lang::En)),
            Self::Note => "Each metric: mean ± standard deviation (of a sample), lowest–highest. Enter or → shows the runs of a group. Runs without a result are members without a number.".to_owned(),
            Self::Badge(by) => format!("Grouped by {by}"),
            Self::Undo => "show runs".to_owned(),
            Self::SameRun(name) => format!("The workspace is the same run as {name}, and not counted."),
            Self::Counted(name) => format!("{name} runs"),
            Self::Mean(name) => format!("{name} mean"),
            Self::Deviation(name) => format!("{name} standard deviation"),
            Self::Min(name) => format!("{name} lowest"),
            Self::Max(name) => format!("{name} highest"),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::Group => "Agrupar".to_owned(),
            Self::NotGrouped => "sin agrupar".to_owned(),
            Self::ByOne => "Por el valor de".to_owned(),
            Self::ByAllBut => "Por todos los parámetros menos".to_owned(),
            Self::AllBut(name) => format!("todos menos {name}"),
            Self::Caption(n, of) => format!("{} de {}", groups_es(*n), runs_es(*of)),
            Self::Runs => "Ejecuciones".to_owned(),
            Self::NRuns(n) => runs_es(*n),
            Self::Open(1) => "Mostrar la ejecución".to_owned(),
            Self::Open(n) => format!("Mostrar las {}", runs_es(*n)),
            Self::Close(1) => "Ocultar la ejecución".to_owned(),
            Self::Close(n) => format!("Ocultar las {}", runs_es(*n)),
            Self::NValues(n) => format!("{} valores", count(*n, Lang::Es)),
            Self::Figures {
                n,
                mean,
                deviation,
                min,
                max,
            } => {
                let deviation = deviation.as_ref();
                let deviation = deviation.map(|it| format!(", desviación típica {it}"));
                let deviation = deviation.unwrap_or_default();
                let of = runs_es(*n);
                format!("Media {mean}{deviation}, de {min} a {max}; {of}")
            }
            Self::NOf(n, of) => format!("{} de {}", count(*n, Lang::Es), count(*of, Lang::Es)),
            Self::Note => "Cada métrica: media ± desviación típica (muestral), mínimo–máximo. Intro o → muestra las ejecuciones de un grupo. Las que no tienen resultado cuentan como miembros sin número.".to_owned(),
            Self::Badge(by) => format!("Agrupado por {by}"),
            Self::Undo => "ver ejecuciones".to_owned(),
            Self::SameRun(name) => format!("El espacio de trabajo es la misma ejecución que {name} y no se cuenta."),
            Self::Counted(name) => format!("ejecuciones con {name}"),
            Self::Mean(name) => format!("media de {name}"),
            Self::Deviation(name) => format!("desviación típica de {name}"),
            Self::Min(name) => format!("mínimo de {name}"),
            Self::Max(name) => format!("máximo de {name}"),
        }
    }
}

fn groups_en(n: usize) -> String {
    let end = if n == 1 { "" } else { "s" };
    format!("{} group{end}", count(n, Lang::En))
}

fn groups_es(n: usize) -> String {
    let end = if n == 1 { "" } else { "s" };
    format!("{} grupo{end}", count(n, Lang::Es))
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
