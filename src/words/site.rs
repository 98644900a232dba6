//! The front page of a site with history.

use super::{Say, number::count};
use crate::model::{Lang, PlaceKind};

/// A message of the front page, or of a report that stands in such a site.
#[derive(Clone, Debug, PartialEq)]
pub enum Site {
    /// Title of the document; with the repository.
    FrontTitle(Option<String>),
    /// Heading.
    Title,
    /// How many reports and pull requests there are.
    Counts {
        /// Reports.
        n_reports: usize,
        /// Pull requests.
        n_pulls: usize,
    },
    /// Label of the search field.
    Search,
    /// Heading of the trends, with the branch's name and the key.
    Trends(String),
    /// The branch has one report: no trend yet.
    OnePoint,
    /// No report of a main branch.
    NoTrend,
    /// Label of a trend's slider: the metric.
    Point(String),
    /// Describes a trend: metric, first and newest value, number of reports.
    TrendLabel {
        /// The metric.
        metric: String,
        /// The first value, written.
        first: String,
        /// The newest value, written.
        newest: String,
        /// How many values.
        n_points: usize,
    },
    /// Link to the report of a point.
    OpenReport,
    /// Heading of the pull requests.
    Pulls,
    /// There is none.
    NoPulls,
    /// More of them than are shown.
    MorePulls(usize),
    /// Column: pull request, branch or tag.
    About,
    /// Column: the verdict.
    Verdict,
    /// Column: the metric that decides.
    Change,
    /// Column: the commit.
    Commit,
    /// Column: when it was made.
    Date,
    /// Heading of what the search found.
    Found,
    /// How many were found in how many.
    FoundCount {
        /// Found.
        n_found: usize,
        /// Looked at.
        n_searched: usize,
        /// All.
        n_reports: usize,
    },
    /// Only so many of the found ones are shown.
    OnlyNewest(usize),
    /// A file of the index could not be had.
    NotSearched,
    /// What a report is about, where it has no label of its own.
    Place {
        /// The kind.
        kind: PlaceKind,
        /// The name.
        name: String,
    },
    /// On the page of a place: leads to the newest report.
    OpenNewest,
    /// On an older report: there is a newer one.
    NewerExists,
    /// Link to the front page.
    AllReports,
    /// The address asks for a front page that is not here.
    NoSite,
}

impl Say for Site {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Site {
    fn en(&self) -> String {
        let n = |value: &usize| count(*value, Lang::En);
        let text = match self {
            Self::FrontTitle(Some(repository)) => {
                return format!("Model reports of {repository} · careo");
            }
            Self::FrontTitle(None) => "Model reports · careo",
            Self::Title => "Model reports",
            Self::Counts { n_reports, n_pulls } => {
                let reports = match n_reports {
                    1 => "1 report".to_owned(),
                    it => format!("{} reports", n(it)),
                };
                return match n_pulls {
                    0 => format!("{reports}."),
                    1 => format!("{reports}, 1 pull request."),
                    it => format!("{reports}, {} pull requests.", n(it)),
                };
            }
            Self::Search => "Search reports: title, number, branch, commit, verdict",
            Self::Trends(branch) => return format!("On {branch}"),
            Self::OnePoint => "One report so far: the trend begins with the next one.",
            Self::NoTrend => {
                "No report of a main branch yet. Publish from its workflow as well, and its trend \
                 stands here."
            }
            Self::Point(metric) => return format!("Report in the trend of {metric}"),
            Self::TrendLabel {
                metric,
                first,
                newest,
                n_points,
            } => {
                return format!(
                    "{metric}: from {first} to {newest} in {} reports",
                    n(n_points)
                );
            }
            Self::OpenReport => "Open the report",
            Self::Pulls => "Pull requests",
            Self::NoPulls => "No pull request has a report.",
            Self::MorePulls(more) => {
                return format!("And {} older ones: search finds them.", n(more));
            }
            Self::About => "About",
            Self::Verdict => "Verdict",
            Self::Change => "Baseline → now",
            Self::Commit => "Commit",
            Self::Date => "Date",
            Self::Found => "Found",
            Self::FoundCount {
                n_found,
                n_searched,
                n_reports,
            } => {
                let found = n(n_found);
                return match n_searched < n_reports {
                    true => format!("{found} in {} of {} reports…", n(n_searched), n(n_reports)),
                    false => format!("{found} in {} reports", n(n_reports)),
                };
            }
            Self::OnlyNewest(shown) => return format!("The newest {} are shown.", n(shown)),
            Self::NotSearched => "Part of the index could not be read: reload the page.",
            Self::Place { kind, name } => {
                return match kind {
                    PlaceKind::Pull => format!("#{name}"),
                    PlaceKind::Branch => format!("branch {name}"),
                    PlaceKind::Tag => format!("tag {name}"),
                };
            }
            Self::OpenNewest => "Open the newest report",
            Self::NewerExists => "There is a newer report on this.",
            Self::AllReports => "All reports",
            Self::NoSite => "This report does not stand in a site with other reports.",
        };
        text.to_owned()
    }

    fn es(&self) -> String {
        let n = |value: &usize| count(*value, Lang::Es);
        let text = match self {
            Self::FrontTitle(Some(repository)) => {
                return format!("Informes de modelos de {repository} · careo");
            }
            Self::FrontTitle(None) => "Informes de modelos · careo",
            Self::Title => "Informes de modelos",
            Self::Counts { n_reports, n_pulls } => {
                let reports = match n_reports {
                    1 => "1 informe".to_owned(),
                    it => format!("{} informes", n(it)),
                };
                return match n_pulls {
                    0 => format!("{reports}."),
                    1 => format!("{reports}, 1 pull request."),
                    it => format!("{reports}, {} pull requests.", n(it)),
                };
            }
            Self::Search => "Buscar informes: título, número, rama, commit, veredicto",
            Self::Trends(branch) => return format!("En {branch}"),
            Self::OnePoint => "Por ahora hay un informe: la tendencia empieza con el siguiente.",
            Self::NoTrend => {
                "Todavía no hay ningún informe de una rama principal. Publica también desde su \
                 flujo de trabajo y aquí estará su tendencia."
            }
            Self::Point(metric) => return format!("Informe en la tendencia de {metric}"),
            Self::TrendLabel {
                metric,
                first,
                newest,
                n_points,
            } => {
                return format!(
                    "{metric}: de {first} a {newest} en {} informes",
                    n(n_points)
                );
            }
            Self::OpenReport => "Abrir el informe",
            Self::Pulls => "Pull requests",
            Self::NoPulls => "Ninguna pull request tiene informe.",
            Self::MorePulls(more) => {
                return format!("Y {} más antiguas: se encuentran con la búsqueda.", n(more));
            }
            Self::About => "Sobre qué",
            Self::Verdict => "Veredicto",
            Self::Change => "Referencia → ahora",
            Self::Commit => "Commit",
            Self::Date => "Fecha",
            Self::Found => "Encontrado",
            Self::FoundCount {
                n_found,
                n_searched,
                n_reports,
            } => {
                let found = n(n_found);
                return match n_searched < n_reports {
                    true => format!("{found} en {} de {} informes…", n(n_searched), n(n_reports)),
                    false => format!("{found} en {} informes", n(n_reports)),
                };
            }
            Self::OnlyNewest(shown) => {
                return format!("Se muestran los {} más recientes.", n(shown));
            }
            Self::NotSearched => "No se ha podido leer una parte del índice: recarga la página.",
            Self::Place { kind, name } => {
                return match kind {
                    PlaceKind::Pull => format!("#{name}"),
                    PlaceKind::Branch => format!("rama {name}"),
                    PlaceKind::Tag => format!("etiqueta {name}"),
                };
            }
            Self::OpenNewest => "Abrir el informe más reciente",
            Self::NewerExists => "Hay un informe más reciente sobre esto.",
            Self::AllReports => "Todos los informes",
            Self::NoSite => "Este informe no está en un sitio con otros informes.",
        };
        text.to_owned()
    }
}
