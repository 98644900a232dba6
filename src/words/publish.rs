//! What the command line says of its work. Help stays English, as other tools' does.

use super::{Say, number};
use crate::model::Lang;

/// A message of the command line.
#[derive(Clone, Debug, PartialEq)]
pub enum Publish {
    /// A file was written.
    Wrote {
        /// Its path.
        path: String,
        /// Its size.
        n_bytes: u64,
    },
    /// A folder was written.
    WroteSite {
        /// Its path.
        path: String,
    },
    /// careo was built without its viewer.
    NoViewer,
    /// A file can't be written.
    NotWritten {
        /// Its path.
        path: String,
        /// The system's message.
        message: String,
    },
    /// A folder for a site has somebody else's page.
    OthersPage {
        /// The page's path.
        path: String,
    },
    /// A site would lie among the files that it is made of.
    AmongInputs {
        /// The folder.
        path: String,
        /// A folder that would do.
        better: String,
    },
    /// A file that would be written is an input.
    ReplacesInput {
        /// Its path.
        path: String,
    },
    /// `check --json -o -`.
    TwoDocuments,
    /// `--summary` outside of GitHub Actions.
    NoSummary,
    /// The job summary is full.
    SummaryIsFull,
    /// Where the page can be seen.
    Serving {
        /// The address.
        url: String,
    },
    /// No address to listen on.
    NotServing {
        /// The system's message.
        message: String,
    },
    /// Heading of what becomes public.
    Public,
    /// Heading of the artifacts of which only name and digest become public.
    KeptBack,
    /// Heading of what is taken out of texts.
    TakenOut,
}

impl Say for Publish {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Publish {
    fn en(&self) -> String {
        match self {
            Self::Wrote { path, n_bytes } => {
                format!("wrote {path} ({})", number::bytes(*n_bytes, Lang::En))
            }
            Self::WroteSite { path } => format!("wrote the site {path}"),
            Self::NoViewer => {
                "this careo was built without its viewer: run `make build`".to_owned()
            }
            Self::NotWritten { path, message } => {
                format!("{path}: cannot be written: {message}")
            }
            Self::OthersPage { path } => format!(
                "{path}: careo did not write this page, and leaves it as it is\n  help: name \
                 another folder with -o"
            ),
            Self::AmongInputs { path, better } => format!(
                "{path}: this folder has the inputs, and the site would lie among them; nothing \
                 was written\n  help: give the site a folder of its own, such as {better}"
            ),
            Self::ReplacesInput { path } => format!(
                "{path}: this is one of the inputs and would be replaced; nothing was written\n  \
                 help: name another file with -o"
            ),
            Self::TwoDocuments => {
                "--json and -o - would print two documents\n  help: the one of --json holds the \
                 other as \"verdict\""
                    .to_owned()
            }
            Self::NoSummary => {
                "--summary: GITHUB_STEP_SUMMARY is not set\n  help: GitHub Actions sets \
                                it; elsewhere, redirect `careo comment`"
                    .to_owned()
            }
            Self::SummaryIsFull => {
                "the job summary is full: GitHub takes 1 MiB a step\n  help: call \
                                    careo in a step of its own"
                    .to_owned()
            }
            Self::Serving { url } => format!("serving {url} (Ctrl-C ends)"),
            Self::NotServing { message } => {
                format!("cannot serve: {message}\n  help: choose another port with --port")
            }
            Self::Public => "becomes public:".to_owned(),
            Self::KeptBack => {
                "only name and digest become public (private paths inside):".to_owned()
            }
            Self::TakenOut => "is taken out of texts:".to_owned(),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::Wrote { path, n_bytes } => {
                format!("escrito {path} ({})", number::bytes(*n_bytes, Lang::Es))
            }
            Self::WroteSite { path } => format!("escrito el sitio {path}"),
            Self::NoViewer => "este careo se compiló sin su visor: ejecuta `make build`".to_owned(),
            Self::NotWritten { path, message } => {
                format!("{path}: no se puede escribir: {message}")
            }
            Self::OthersPage { path } => format!(
                "{path}: esta página no es de careo y se deja como está\n  ayuda: indica otra \
                 carpeta con -o"
            ),
            Self::AmongInputs { path, better } => format!(
                "{path}: en esta carpeta están las entradas y el sitio se mezclaría con ellas; no \
                 se ha escrito nada\n  ayuda: dale al sitio una carpeta propia, como {better}"
            ),
            Self::ReplacesInput { path } => format!(
                "{path}: es una de las entradas y se sobrescribiría; no se ha escrito nada\n  \
                 ayuda: indica otro archivo con -o"
            ),
            Self::TwoDocuments => {
                "--json y -o - imprimirían dos documentos\n  ayuda: el de --json contiene el otro \
                 como \"verdict\""
                    .to_owned()
            }
            Self::NoSummary => {
                "--summary: GITHUB_STEP_SUMMARY no está definida\n  ayuda: la define \
                                GitHub Actions; en otro sitio, redirige `careo comment`"
                    .to_owned()
            }
            Self::SummaryIsFull => {
                "el resumen del trabajo está lleno: GitHub admite 1 MiB por paso\n  \
                                    ayuda: llama a careo en un paso propio"
                    .to_owned()
            }
            Self::Serving { url } => format!("sirviendo {url} (Ctrl-C termina)"),
            Self::NotServing { message } => {
                format!("no se puede servir: {message}\n  ayuda: elige otro puerto con --port")
            }
            Self::Public => "se hace público:".to_owned(),
            Self::KeptBack => {
                "solo se publican el nombre y la huella (contienen rutas privadas):".to_owned()
            }
            Self::TakenOut => "se quita de los textos:".to_owned(),
        }
    }
}
