//! The Compare view: revisions side by side.

use super::{Say, number::count};
use crate::model::Lang;

/// The Compare view: revisions side by side.
#[derive(Clone, Debug, PartialEq)]
pub enum Compare {
    /// Heading of the view.
    Heading,
    /// Caption of the table.
    Caption {
        /// The baseline's name.
        base: Option<String>,
        /// How many.
        n: usize,
    },
    /// Label of the search.
    Search,
    /// What may be searched for.
    SearchHint,
    /// Hides rows that are the same everywhere.
    OnlyDifferent,
    /// Label of the two buttons for differences.
    Differences,
    /// Goes to the difference before.
    Previous,
    /// Goes to the difference after.
    Next,
    /// Which difference is the current one.
    Position(usize, usize),
    /// Label of the choice of a run on narrow screens.
    Run,
    /// The run before, on narrow screens.
    PreviousRun,
    /// The run after, on narrow screens.
    NextRun,
    /// Adds a run to the comparison.
    AddRun,
    /// Takes a run out.
    Remove(String),
    /// Compares with a run instead of the baseline.
    CompareWith(String),
    /// Back to the runs that the page chose.
    DefaultRuns,
    /// How many rows differ.
    RowsDiffer(usize),
    /// How many equal rows are hidden.
    EqualHidden(usize),
    /// How many rows the search hides.
    SearchHides(usize),
    /// What ★ means.
    BestNote,
    /// How to compare with another run.
    RebaseNote,
    /// Head of the keys.
    Key,
    /// Head of the spread strips.
    Spread,
    /// More runs were asked for than can be shown.
    TooManyRuns {
        /// How many are shown.
        shown: usize,
        /// How many the address names.
        asked: usize,
    },
    /// Paper has room for so many runs, of how many.
    OnPaper(usize, usize),
    /// There is nothing to compare with.
    NothingToCompare,
    /// No row is left.
    NoRows,
    /// Draws so many more rows.
    MoreRows(usize),
}

impl Say for Compare {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Compare {
    fn en(&self) -> String {
        match self {
            Self::Heading => "Compare".to_owned(),
            Self::Caption { base, n } => {
                let runs = if *n == 1 {
                    "One run".to_owned()
                } else {
                    format!("{} runs", count(*n, Lang::En))
                };
                match base {
                    Some(base) => format!("{runs} against {base}"),
                    None => runs,
                }
            }
            Self::Search => "Search keys".to_owned(),
            Self::SearchHint => "Search keys, e.g. recall".to_owned(),
            Self::OnlyDifferent => "Only what differs".to_owned(),
            Self::Differences => "Differences".to_owned(),
            Self::Previous => "Previous difference".to_owned(),
            Self::Next => "Next difference".to_owned(),
            Self::Position(at, of) => format!(
                "difference {} of {}",
                count(*at, Lang::En),
                count(*of, Lang::En)
            ),
            Self::Run => "Run".to_owned(),
            Self::PreviousRun => "Previous run".to_owned(),
            Self::NextRun => "Next run".to_owned(),
            Self::AddRun => "Add a run".to_owned(),
            Self::Remove(name) => format!("Take out {name}"),
            Self::CompareWith(name) => format!("Compare against {name}"),
            Self::DefaultRuns => "as at first".to_owned(),
            Self::RowsDiffer(n) => match n {
                0 => "Nothing differs".to_owned(),
                1 => "1 row that differs".to_owned(),
                n => format!("{} rows that differ", count(*n, Lang::En)),
            },
            Self::EqualHidden(n) => match n {
                1 => "1 equal row hidden".to_owned(),
                n => format!("{} equal rows hidden", count(*n, Lang::En)),
            },
            Self::SearchHides(n) => format!("Search hides {}", count(*n, Lang::En)),
            Self::BestNote => "★ best in the row.".to_owned(),
            Self::RebaseNote => "click a column head to compare against it".to_owned(),
            Self::Key => "Key".to_owned(),
            Self::Spread => "spread, one scale per file".to_owned(),
            Self::TooManyRuns { shown, asked } => format!(
                "The link asks for {} runs; the first {} are shown.",
                count(*asked, Lang::En),
                count(*shown, Lang::En)
            ),
            Self::OnPaper(printed, of) => format!(
                "On paper, {} of {} runs; the page has all, and copies them as CSV or Markdown.",
                count(*printed, Lang::En),
                count(*of, Lang::En)
            ),
            Self::NothingToCompare => {
                "This report has one row of results only: there is nothing to compare it with."
                    .to_owned()
            }
            Self::NoRows => "No row has that key.".to_owned(),
            Self::MoreRows(1) => "Show 1 more row".to_owned(),
            Self::MoreRows(n) => format!("Show {} more rows", count(*n, Lang::En)),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::Heading => "Comparar".to_owned(),
            Self::Caption { base, n } => {
                let runs = if *n == 1 {
                    "Una ejecución".to_owned()
                } else {
                    format!("{} ejecuciones", count(*n, Lang::Es))
                };
                match base {
                    Some(base) => format!("{runs} frente a {base}"),
                    None => runs,
                }
            }
            Self::Search => "Buscar claves".to_owned(),
            Self::SearchHint => "Buscar claves, p. ej. recall".to_owned(),
            Self::OnlyDifferent => "Solo lo que cambia".to_owned(),
            Self::Differences => "Diferencias".to_owned(),
            Self::Previous => "Diferencia anterior".to_owned(),
            Self::Next => "Diferencia siguiente".to_owned(),
            Self::Position(at, of) => format!(
                "diferencia {} de {}",
                count(*at, Lang::Es),
                count(*of, Lang::Es)
            ),
            Self::Run => "Ejecución".to_owned(),
            Self::PreviousRun => "Ejecución anterior".to_owned(),
            Self::NextRun => "Ejecución siguiente".to_owned(),
            Self::AddRun => "Añadir ejecución".to_owned(),
            Self::Remove(name) => format!("Quitar {name}"),
            Self::CompareWith(name) => format!("Comparar con {name}"),
            Self::DefaultRuns => "como al principio".to_owned(),
            Self::RowsDiffer(n) => match n {
                0 => "Nada cambia".to_owned(),
                1 => "1 fila que cambia".to_owned(),
                n => format!("{} filas que cambian", count(*n, Lang::Es)),
            },
            Self::EqualHidden(n) => match n {
                1 => "1 fila igual oculta".to_owned(),
                n => format!("{} filas iguales ocultas", count(*n, Lang::Es)),
            },
            Self::SearchHides(n) => format!("La búsqueda oculta {}", count(*n, Lang::Es)),
            Self::BestNote => "★ lo mejor de la fila.".to_owned(),
            Self::RebaseNote => "pulsa una cabecera para comparar con ella".to_owned(),
            Self::Key => "Clave".to_owned(),
            Self::Spread => "dispersión, una escala por archivo".to_owned(),
            Self::TooManyRuns { shown, asked } => format!(
                "El enlace pide {} ejecuciones; se muestran las primeras {}.",
                count(*asked, Lang::Es),
                count(*shown, Lang::Es)
            ),
            Self::OnPaper(printed, of) => format!(
                "En papel, {} de {} ejecuciones; la página las tiene todas y las copia como CSV o Markdown.",
                count(*printed, Lang::Es),
                count(*of, Lang::Es)
            ),
            Self::NothingToCompare => {
                "Este informe tiene una sola fila de resultados: no hay con qué compararla."
                    .to_owned()
            }
            Self::NoRows => "Ninguna fila tiene esa clave.".to_owned(),
            Self::MoreRows(1) => "Mostrar 1 fila más".to_owned(),
            Self::MoreRows(n) => format!("Mostrar {} filas más", count(*n, Lang::Es)),
        }
    }
}
