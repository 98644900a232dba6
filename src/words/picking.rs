//! The Experiments view: choosing rows and columns, and taking them along.

use super::{
    Say,
    number::{count, list},
};
use crate::model::Lang;

/// The Experiments view: choosing rows and columns, and taking them along.
#[derive(Clone, Debug, PartialEq)]
pub enum Picking {
    /// Marks a row with a star.
    Star(String),
    /// Takes a star away.
    Unstar(String),
    /// So many rows have a star.
    Starred(usize),
    /// Filters to the rows that were marked.
    OnlyThese,
    /// Draws the selected rows.
    Plots,
    /// So many rows of a range were not selected, since there are too many.
    NotSelected(usize),
    /// Menu of ways to copy the selected rows.
    CopySelected(usize),
    /// What ⊥ means in the table.
    WorstNote,
    /// Label of the choice of digits.
    Digits,
    /// As many digits as tell values apart.
    AsNeeded,
    /// Copies tab-separated values.
    Tsv,
    /// Copies JSON.
    Json,
    /// Saves JSON.
    DownloadJson,
    /// Link to the commit of a row.
    Commit,
    /// Link to the CI run that a row is of.
    CiRun,
    /// Says where each value of a row comes from.
    Sources,
    /// What a row is: what git calls by a name, and nobody says which.
    BranchOrTag,
    /// What a row is: the tip of a branch.
    KindBranch,
    /// What a row is: a commit with a tag.
    KindTag,
    /// What a row is: a commit without a name.
    KindCommit,
    /// What a row is: an experiment on a commit.
    KindExperiment,
    /// A dependency differs from the baseline's.
    Changed,
    /// So many colours and shapes there are, and more selected rows.
    SignsRepeat(usize),
    /// So many rows have no point, since a value is missing.
    NoPoint(usize),
    /// So many rows and columns are not on the paper.
    NotPrinted(usize, usize),
    /// A value that is no number, for a column of numbers.
    NoNumber(String, String),
    /// A value that is no date.
    NoDate(String),
}

impl Say for Picking {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Picking {
    fn en(&self) -> String {
        let number = |n: usize| count(n, Lang::En);
        match self {
            Self::Star(name) => format!("Star {name}"),
            Self::Unstar(name) => format!("Take the star of {name} away"),
            Self::Starred(n) => format!("{} starred", number(*n)),
            Self::OnlyThese => "only these".to_owned(),
            Self::Plots => "plots".to_owned(),
            Self::NotSelected(n) => format!("({} more did not fit)", number(*n)),
            Self::CopySelected(n) => format!("Copy {} selected as…", number(*n)),
            Self::WorstNote => "⊥ worst.".to_owned(),
            Self::Digits => "Digits".to_owned(),
            Self::AsNeeded => "as needed".to_owned(),
            Self::Tsv => "TSV, for spreadsheets".to_owned(),
            Self::Json => "JSON".to_owned(),
            Self::DownloadJson => "Download JSON".to_owned(),
            Self::Commit => "Commit".to_owned(),
            Self::CiRun => "CI run".to_owned(),
            Self::Sources => "file and key of each value".to_owned(),
            Self::BranchOrTag => "branch or tag".to_owned(),
            Self::KindBranch => "branch".to_owned(),
            Self::KindTag => "tag".to_owned(),
            Self::KindCommit => "commit".to_owned(),
            Self::KindExperiment => "experiment".to_owned(),
            Self::Changed => "changed from the baseline".to_owned(),
            Self::SignsRepeat(n) => format!("(colours and shapes repeat after {})", number(*n)),
            Self::NoPoint(1) => "1 row has no point: one of the two values is missing.".to_owned(),
            Self::NoPoint(n) => format!(
                "{} rows have no point: one of the two values is missing.",
                number(*n)
            ),
            Self::NotPrinted(n_rows, n_columns) => {
                let more = [
                    (n_rows, ["row", "rows"]),
                    (n_columns, ["column", "columns"]),
                ];
                let more = more.into_iter().filter(|it| *it.0 > 0);
                let more = more.map(|(n, [one, many])| match n {
                    1 => format!("1 more {one}"),
                    n => format!("{} more {many}", number(*n)),
                });
                format!(
                    "Not printed: {}.",
                    list(&more.collect::<Vec<_>>(), Lang::En)
                )
            }
            Self::NoNumber(column, text) => {
                format!("{column} holds numbers, and “{text}” is none.")
            }
            Self::NoDate(text) => format!("“{text}” is no date: write 2024-05-31."),
        }
    }

    fn es(&self) -> String {
        let number = |n: usize| count(n, Lang::Es);
        match self {
            Self::Star(name) => format!("Marcar {name} con una estrella"),
            Self::Unstar(name) => format!("Quitar la estrella de {name}"),
            Self::Starred(1) => "1 con estrella".to_owned(),
            Self::Starred(n) => format!("{} con estrella", number(*n)),
            Self::OnlyThese => "solo estas".to_owned(),
            Self::Plots => "gráficos".to_owned(),
            Self::NotSelected(n) => format!("({} más no caben)", number(*n)),
            Self::CopySelected(1) => "Copiar la elegida como…".to_owned(),
            Self::CopySelected(n) => format!("Copiar las {} elegidas como…", number(*n)),
            Self::WorstNote => "⊥ el peor.".to_owned(),
            Self::Digits => "Cifras".to_owned(),
            Self::AsNeeded => "las necesarias".to_owned(),
            Self::Tsv => "TSV, para hojas de cálculo".to_owned(),
            Self::Json => "JSON".to_owned(),
            Self::DownloadJson => "Descargar JSON".to_owned(),
            Self::Commit => "Commit".to_owned(),
            Self::CiRun => "Ejecución de CI".to_owned(),
            Self::Sources => "archivo y clave de cada valor".to_owned(),
            Self::BranchOrTag => "rama o etiqueta".to_owned(),
            Self::KindBranch => "rama".to_owned(),
            Self::KindTag => "etiqueta".to_owned(),
            Self::KindCommit => "commit".to_owned(),
            Self::KindExperiment => "experimento".to_owned(),
            Self::Changed => "distinto de la referencia".to_owned(),
            Self::SignsRepeat(n) => {
                format!("(colores y formas se repiten a partir de {})", number(*n))
            }
            Self::NoPoint(1) => {
                "1 fila no tiene punto: le falta uno de los dos valores.".to_owned()
            }
            Self::NoPoint(n) => format!(
                "{} filas no tienen punto: les falta uno de los dos valores.",
                number(*n)
            ),
            Self::NotPrinted(n_rows, n_columns) => {
                let more = [
                    (n_rows, ["fila", "filas"]),
                    (n_columns, ["columna", "columnas"]),
                ];
                let more = more.into_iter().filter(|it| *it.0 > 0);
                let more = more.map(|(n, [one, many])| match n {
                    1 => format!("1 {one} más"),
                    n => format!("{} {many} más", number(*n)),
                });
                format!(
                    "Sin imprimir: {}.",
                    list(&more.collect::<Vec<_>>(), Lang::Es)
                )
            }
            Self::NoNumber(column, text) => {
                format!("{column} contiene números y «{text}» no lo es.")
            }
            Self::NoDate(text) => format!("«{text}» no es una fecha: escribe 2024-05-31."),
        }
    }
}
