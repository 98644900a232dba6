//! The pull request's comment and the job summary, beyond what the Overview says.

use super::{
    Say,
    number::{count, list, more},
};
use crate::model::Lang;

/// A message of the comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comment {
    /// Title of the reasons.
    Reasons,
    /// Title of the table of experiments.
    Experiments,
    /// Column head of the table of experiments.
    Experiment,
    /// Rows that are left out.
    MoreRows(usize),
    /// Columns that are left out since they are the same everywhere, no experiment has them, or
    /// they were dropped.
    LeftOut(usize),
    /// Columns that tell the experiments apart, for which there is no room.
    MoreColumns(usize),
    /// Columns that say what another one says.
    Repeated(Vec<String>, String),
    /// How to read the matrix.
    Orientation,
    /// The matrix has too many classes for a text.
    TooManyClasses(usize),
    /// Link to the page.
    OpenReport,
    /// Link to the Compare view.
    OpenCompare,
    /// Link to the Experiments view.
    OpenExperiments,
    /// Link to the Confusion view.
    OpenConfusion,
    /// Before the commit that is judged.
    Commit,
    /// Before the digest.
    Digest,
    /// The state of a run without results.
    Failed,
    /// The state of a run without results.
    Queued,
    /// The state of a run without results.
    Running,
    /// A part that had no room.
    NoRoom,
    /// On the page: the comment that linked here says the same.
    PageIsIt,
    /// On the page: the comment that linked here speaks of another result.
    PageIsOther {
        /// The comment's digest.
        comment: String,
        /// The page's.
        page: String,
    },
}

impl Say for Comment {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Comment {
    fn en(&self) -> String {
        let text = match self {
            Self::Reasons => "Why",
            Self::Experiments => "The best experiments",
            Self::Experiment => "Experiment",
            Self::MoreRows(1) => "1 more row, the one that ranks lowest, is on the page.",
            Self::MoreRows(n) => {
                let n = count(*n, Lang::En);
                return format!("{n} more rows, those that rank lowest, are on the page.");
            }
            Self::LeftOut(1) => {
                "1 column that does not tell the experiments apart, or was dropped, is left out."
            }
            Self::LeftOut(n) => {
                let n = count(*n, Lang::En);
                return format!(
                    "{n} columns that do not tell the experiments apart, or were dropped, are \
                     left out."
                );
            }
            Self::MoreColumns(1) => "1 more column is on the page.",
            Self::MoreColumns(n) => {
                return format!("{} more columns are on the page.", count(*n, Lang::En));
            }
            Self::Repeated(names, of) => {
                let have = if names.len() == 1 { "has" } else { "have" };
                let names = shortened_list(names, Lang::En);
                return format!("{names} {have} the same values as {of}, and no others.");
            }
            Self::Orientation => "Rows: what it is. Columns: what the model says.",
            Self::TooManyClasses(n) => {
                return format!(
                    "{} classes: the matrix is on the page.",
                    count(*n, Lang::En)
                );
            }
            Self::OpenReport => "Open the report",
            Self::OpenCompare => "Compare",
            Self::OpenExperiments => "All experiments",
            Self::OpenConfusion => "All confusions",
            Self::Commit => "Commit",
            Self::Digest => "Same digest as the page:",
            Self::Failed => "failed",
            Self::Queued => "queued",
            Self::Running => "running",
            Self::NoRoom => "More is on the page.",
            Self::PageIsIt => "This is what the comment says.",
            Self::PageIsOther { comment, page } => {
                return format!(
                    "The comment speaks of another result than this page (digest {comment} there, \
                     {page} here). One of the two is older: compare their dates, or open the \
                     newest report."
                );
            }
        };
        text.to_owned()
    }

    fn es(&self) -> String {
        let text = match self {
            Self::Reasons => "Por qué",
            Self::Experiments => "Los mejores experimentos",
            Self::Experiment => "Experimento",
            Self::MoreRows(1) => "Hay 1 fila más, la peor clasificada, en la página.",
            Self::MoreRows(n) => {
                let n = count(*n, Lang::Es);
                return format!("Hay {n} filas más, las peor clasificadas, en la página.");
            }
            Self::LeftOut(1) => {
                "Se omite 1 columna que no distingue los experimentos o que se ha quitado."
            }
            Self::LeftOut(n) => {
                let n = count(*n, Lang::Es);
                return format!(
                    "Se omiten {n} columnas que no distinguen los experimentos o que se han \
                     quitado."
                );
            }
            Self::MoreColumns(1) => "Hay 1 columna más en la página.",
            Self::MoreColumns(n) => {
                return format!("Hay {} columnas más en la página.", count(*n, Lang::Es));
            }
            Self::Repeated(names, of) => {
                let have = if names.len() == 1 { "tiene" } else { "tienen" };
                let names = shortened_list(names, Lang::Es);
                return format!("{names} {have} los mismos valores que {of}, y ningún otro.");
            }
            Self::Orientation => "Filas: lo que es. Columnas: lo que dice el modelo.",
            Self::TooManyClasses(n) => {
                return format!(
                    "{} clases: la matriz está en la página.",
                    count(*n, Lang::Es)
                );
            }
            Self::OpenReport => "Abrir el informe",
            Self::OpenCompare => "Comparar",
            Self::OpenExperiments => "Todos los experimentos",
            Self::OpenConfusion => "Todas las confusiones",
            Self::Commit => "Commit",
            Self::Digest => "La misma huella que la página:",
            Self::Failed => "fallido",
            Self::Queued => "en cola",
            Self::Running => "en curso",
            Self::NoRoom => "Hay más en la página.",
            Self::PageIsIt => "Esto es lo que dice el comentario.",
            Self::PageIsOther { comment, page } => {
                return format!(
                    "El comentario habla de otro resultado que esta página (huella {comment} allí, \
                     {page} aquí). Uno de los dos es anterior: compara sus fechas o abre el \
                     informe más reciente."
                );
            }
        };
        text.to_owned()
    }
}

/// The first names of a list, and how many more there are.
fn shortened_list(names: &[String], lang: Lang) -> String {
    const MOST: usize = 6;
    let mut shown: Vec<String> = names.iter().take(MOST).cloned().collect();
    if names.len() > MOST {
        shown.push(more(names.len() - MOST, lang));
    }
    list(&shown, lang)
}
