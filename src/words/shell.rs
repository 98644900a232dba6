//! What stands around the views: header, tabs, switches, loading, dropping, keys, footer.

use super::{Say, number::count};
use crate::model::Lang;

/// A message of the page's frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Shell {
    /// Name of the Overview tab.
    Overview,
    /// Name of the Compare tab.
    Compare,
    /// Name of the Experiments tab.
    Experiments,
    /// Name of the Confusion tab.
    Confusion,
    /// Name of the Plots tab.
    Plots,
    /// Name of the Report tab.
    Report,
    /// Name of the Files tab.
    Files,
    /// Name of the front page of a site.
    Site,
    /// Label of the tabs.
    Views,
    /// The first link of the page, for keyboards.
    SkipToContent,
    /// Button: the address of this very view.
    CopyLink,
    /// Button: a sentence with the numbers and the link, as Markdown.
    CopyForDiscussion,
    /// It is on the clipboard.
    Copied,
    /// The browser refused; the text is shown to be copied by hand.
    CopyByHand,
    /// Link to the pull request, by its short name.
    DiscussOn(String),
    /// Before the name of the baseline.
    Against(String),
    /// Link to the CI run, by name or number.
    CiRun(String),
    /// Link to the CI run where it has no name.
    CiRunUnnamed,
    /// Label of the language switch.
    Language,
    /// Button that changes between light and dark.
    Theme,
    /// What that button does now: `true` when it makes the page dark.
    ThemeHelp(bool),
    /// Footer.
    MadeBy {
        /// Version of careo.
        version: String,
        /// How many artifacts the report was made from.
        n_files: usize,
    },
    /// Footer: before the digest that the comment carries as well.
    SameDigest(Option<String>),
    /// Button that opens the list of keys.
    Keys,
    /// Heading of the list of keys.
    KeysTitle,
    /// Under what condition the keys act.
    KeysWhere,
    /// What 1–7 do.
    KeyViews,
    /// What `/` does.
    KeyFilter,
    /// What the arrow keys do.
    KeyArrows,
    /// What Enter does.
    KeyEnter,
    /// What Escape does.
    KeyEscape,
    /// What `?` does.
    KeyHelp,
    /// What Home, End, Page Up and Page Down do.
    KeyFar,
    /// What Space does.
    KeySelect,
    /// What Space with Shift does.
    KeyRange,
    /// What `*` does.
    KeyStar,
    /// What `b` does.
    KeyBaseline,
    /// What `s` does.
    KeySort,
    /// What `<` and `>` do.
    KeyMove,
    /// What `+` and `-` do.
    KeyWidth,
    /// What `p` does in the table.
    KeyPin,
    /// What `n` and `p` do.
    KeyDifference,
    /// What arrows to the sides do in a table of groups.
    KeyGroup,
    /// What Alt with an arrow does in a matrix.
    KeyClass,
    /// What plus, minus and zero do in the picture of a matrix.
    KeyZoom,
    /// What arrows do on the axis of a picture.
    KeyBrush,
    /// Heading of the keys of a table.
    KeysTable,
    /// Heading of the keys of Compare.
    KeysCompare,
    /// Heading of the keys of an axis.
    KeysAxis,
    /// Closes something.
    Close,
    /// The report is being read.
    Reading {
        /// How many files.
        n_files: usize,
    },
    /// The page has no report: heading.
    DropTitle,
    /// What can be dropped.
    DropHelp,
    /// Button: choose files.
    PickFiles,
    /// Button: choose a folder.
    PickFolder,
    /// Nothing leaves the machine.
    DropPrivacy,
    /// Shown while something is dragged over the page.
    DropHere,
    /// The verdict comes from this page, not from CI.
    ReadHere {
        /// How many files were read.
        n_files: usize,
    },
    /// The address names a view that doesn't exist.
    NoSuchView {
        /// What it names.
        name: String,
        /// The view that is shown.
        shown: String,
    },
    /// Offers the view that is nearest to it.
    OpenInstead(String),
    /// Heading of the problem cards.
    Problems(usize),
    /// Label of notices that are folded away.
    Notices(usize),
    /// Shows what is folded away.
    ShowAll(usize),
    /// What a report without a name is called.
    Title,
}

/// What stands on some keys of a keyboard, by what stands on an English one: each sentence calls a
/// key by this name.
pub fn key_names(keys: &str, lang: Lang) -> String {
    const ES: [(&str, &str); 8] = [
        ("Enter", "Intro"),
        ("Home", "Inicio"),
        ("End", "Fin"),
        ("PgUp", "RePág"),
        ("PgDn", "AvPág"),
        ("Space", "Espacio"),
        ("Shift", "Mayús"),
        ("Delete", "Supr"),
    ];
    let mut names = keys.to_owned();
    if lang == Lang::Es {
        for (key, name) in ES {
            names = names.replace(key, name);
        }
    }
    names
}

impl Say for Shell {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Shell {
    fn en(&self) -> String {
        let text = match self {
            Self::Overview => "Overview",
            Self::Compare => "Compare",
            Self::Experiments => "Experiments",
            Self::Confusion => "Confusion",
            Self::Plots => "Plots",
            Self::Report => "Report",
            Self::Files => "Files",
            Self::Site => "All reports",
            Self::Views => "Views",
            Self::SkipToContent => "Skip to the content",
            Self::CopyLink => "Copy link",
            Self::CopyForDiscussion => "Copy for the discussion",
            Self::Copied => "Copied",
            Self::CopyByHand => {
                "The browser doesn't let this page use the clipboard. Copy the text from here:"
            }
            Self::DiscussOn(label) => return format!("Discuss on {label}"),
            Self::Against(name) => return format!("against {name}"),
            Self::CiRun(name) => return format!("CI run {name}"),
            Self::CiRunUnnamed => "CI run",
            Self::Language => "Language",
            Self::Theme => "Theme",
            Self::ThemeHelp(true) => "Theme: change to dark",
            Self::ThemeHelp(false) => "Theme: change to light",
            Self::MadeBy { version, n_files } => {
                let files = en_files(*n_files);
                return format!("Made by careo {version} from {files}.");
            }
            Self::SameDigest(Some(label)) => {
                return format!("Digest, as in this report’s comment on {label}:");
            }
            Self::SameDigest(None) => "Digest of the verdict:",
            Self::Keys => "Keys",
            Self::KeysTitle => "Keys",
            Self::KeysWhere => {
                "They act while the tabs or a table have the focus, never in a text field."
            }
            Self::KeyViews => "Go to a view",
            Self::KeyFilter => "Go to the filter",
            Self::KeyArrows => "Move by row, cell or tab",
            Self::KeyEnter => "Open, or pin to the address",
            Self::KeyEscape => "Close",
            Self::KeyHelp => "Show these keys",
            Self::KeyFar => "First or last column, a page up or down; with Ctrl, the corners",
            Self::KeySelect => "Select a row",
            Self::KeyRange => "Select all rows up to this one",
            Self::KeyStar => "Star a row",
            Self::KeyBaseline => "Make a row the baseline",
            Self::KeySort => "Sort by the column; with Shift, by one more",
            Self::KeyWidth => "Make the column wider or narrower",
            Self::KeyPin => "Pin the column at the left, or let it go",
            Self::KeyMove => "Move the column to the left or right",
            Self::KeyDifference => "Next or previous difference",
            Self::KeyGroup => "At a name: open or close what is in it",
            Self::KeyClass => "Move the row’s class up or down",
            Self::KeyZoom => "Enlarge or reduce a large matrix; 0 shows all of it",
            Self::KeyBrush => "Move a limit of the filter; Delete takes it away",
            Self::KeysTable => "In the table of experiments",
            Self::KeysCompare => "In the comparison",
            Self::KeysAxis => "On an axis of the parallel coordinates",
            Self::Close => "Close",
            Self::Reading { n_files: 0 } => "Reading the report…",
            Self::Reading { n_files } => return format!("Reading {}…", en_files(*n_files)),
            Self::DropTitle => "Drop your results here",
            Self::DropHelp => {
                "Files or a whole folder from DVC, DVCLive, CML or scikit-learn, a report.json of \
                 careo, or the zip that GitHub Actions gives, as it is."
            }
            Self::PickFiles => "Choose files",
            Self::PickFolder => "Choose a folder",
            Self::DropPrivacy => "They are read on this page; nothing is sent anywhere.",
            Self::DropHere => "Drop to read the results on this page",
            Self::ReadHere { n_files } => {
                let files = en_files(*n_files);
                return format!(
                    "Read from {files} on this page. The verdict was recomputed here; it is not \
                     the one that CI published."
                );
            }
            Self::NoSuchView { name, shown } => {
                return format!("There is no view “{name}”; the page shows {shown} instead.");
            }
            Self::OpenInstead(name) => return format!("Open {name}"),
            Self::Problems(1) => "1 problem",
            Self::Problems(n) => return format!("{} problems", count(*n, Lang::En)),
            Self::Notices(n) => return format!("{} notices", count(*n, Lang::En)),
            Self::ShowAll(n) => return format!("Show all {}", count(*n, Lang::En)),
            Self::Title => "Results",
        };
        text.to_owned()
    }

    fn es(&self) -> String {
        let text = match self {
            Self::Overview => "Resumen",
            Self::Compare => "Comparar",
            Self::Experiments => "Experimentos",
            Self::Confusion => "Confusión",
            Self::Plots => "Gráficos",
            Self::Report => "Informe",
            Self::Files => "Archivos",
            Self::Site => "Todos los informes",
            Self::Views => "Vistas",
            Self::SkipToContent => "Saltar al contenido",
            Self::CopyLink => "Copiar enlace",
            Self::CopyForDiscussion => "Copiar para el debate",
            Self::Copied => "Copiado",
            Self::CopyByHand => {
                "El navegador no deja que esta página use el portapapeles. Copia el texto de aquí:"
            }
            Self::DiscussOn(label) => return format!("Debatir en {label}"),
            Self::Against(name) => return format!("frente a {name}"),
            Self::CiRun(name) => return format!("Ejecución de CI {name}"),
            Self::CiRunUnnamed => "Ejecución de CI",
            Self::Language => "Idioma",
            Self::Theme => "Tema",
            Self::ThemeHelp(true) => "Tema: cambiar a oscuro",
            Self::ThemeHelp(false) => "Tema: cambiar a claro",
            Self::MadeBy { version, n_files } => {
                let files = es_files(*n_files);
                return format!("Hecho con careo {version} a partir de {files}.");
            }
            Self::SameDigest(Some(label)) => {
                return format!("Huella, como en el comentario de este informe en {label}:");
            }
            Self::SameDigest(None) => "Huella del veredicto:",
            Self::Keys => "Teclas",
            Self::KeysTitle => "Teclas",
            Self::KeysWhere => {
                "Actúan cuando el foco está en las pestañas o en una tabla, nunca en un campo de \
                 texto."
            }
            Self::KeyViews => "Ir a una vista",
            Self::KeyFilter => "Ir al filtro",
            Self::KeyArrows => "Moverse por filas, celdas o pestañas",
            Self::KeyEnter => "Abrir, o fijar en la dirección",
            Self::KeyEscape => "Cerrar",
            Self::KeyHelp => "Mostrar estas teclas",
            Self::KeyFar => {
                "Primera o última columna, una página arriba o abajo; con Ctrl, las esquinas"
            }
            Self::KeySelect => "Elegir una fila",
            Self::KeyRange => "Elegir todas las filas hasta esta",
            Self::KeyStar => "Marcar una fila con una estrella",
            Self::KeyBaseline => "Tomar una fila como referencia",
            Self::KeySort => "Ordenar por la columna; con Mayús, añadirla al orden",
            Self::KeyWidth => "Ensanchar o estrechar la columna",
            Self::KeyPin => "Fijar la columna a la izquierda, o soltarla",
            Self::KeyMove => "Mover la columna a la izquierda o a la derecha",
            Self::KeyDifference => "Diferencia siguiente o anterior",
            Self::KeyGroup => "En un nombre: abrir o cerrar lo que contiene",
            Self::KeyClass => "Subir o bajar la clase de la fila",
            Self::KeyZoom => "Ampliar o reducir una matriz grande; 0 la muestra entera",
            Self::KeyBrush => "Mover un límite del filtro; Supr lo quita",
            Self::KeysTable => "En la tabla de experimentos",
            Self::KeysCompare => "En la comparación",
            Self::KeysAxis => "En un eje de las coordenadas paralelas",
            Self::Close => "Cerrar",
            Self::Reading { n_files: 0 } => "Leyendo el informe…",
            Self::Reading { n_files } => return format!("Leyendo {}…", es_files(*n_files)),
            Self::DropTitle => "Suelta aquí tus resultados",
            Self::DropHelp => {
                "Archivos o una carpeta entera de DVC, DVCLive, CML o scikit-learn, un report.json \
                 de careo, o el zip que da GitHub Actions, tal cual."
            }
            Self::PickFiles => "Elegir archivos",
            Self::PickFolder => "Elegir una carpeta",
            Self::DropPrivacy => "Se leen en esta página; no se envía nada a ningún sitio.",
            Self::DropHere => "Suelta para leer los resultados en esta página",
            Self::ReadHere { n_files } => {
                let files = es_files(*n_files);
                return format!(
                    "Leído de {files} en esta página. El veredicto se ha recalculado aquí; no es \
                     el que publicó la CI."
                );
            }
            Self::NoSuchView { name, shown } => {
                return format!("No existe la vista «{name}»; la página muestra {shown}.");
            }
            Self::OpenInstead(name) => return format!("Abrir {name}"),
            Self::Problems(1) => "1 problema",
            Self::Problems(n) => return format!("{} problemas", count(*n, Lang::Es)),
            Self::Notices(n) => return format!("{} avisos", count(*n, Lang::Es)),
            Self::ShowAll(n) => return format!("Mostrar los {}", count(*n, Lang::Es)),
            Self::Title => "Resultados",
        };
        text.to_owned()
    }
}

fn en_files(n_files: usize) -> String {
    match n_files {
        1 => "1 file".to_owned(),
        n => format!("{} files", count(n, Lang::En)),
    }
}

fn es_files(n_files: usize) -> String {
    match n_files {
        1 => "1 archivo".to_owned(),
        n => format!("{} archivos", count(n, Lang::Es)),
    }
}
