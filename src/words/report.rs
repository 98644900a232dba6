//! The Report view: the narrative that CI wrote.

use super::Say;
use crate::model::Lang;

/// What the Report view says.
#[derive(Clone, Copy, Debug)]
pub enum ReportText<'a> {
    /// There is no narrative.
    None,
    /// Where a narrative came from.
    From {
        /// The artifact.
        artifact: &'a str,
    },
    /// The end of a very long narrative was left out.
    Cut,
    /// A picture on another host.
    RemotePicture {
        /// The host.
        host: &'a str,
        /// What it shows; may be empty.
        alt: &'a str,
    },
    /// A picture that can't be shown safely.
    RefusedPicture {
        /// What it shows; may be empty.
        alt: &'a str,
    },
    /// A picture that is not among the artifacts.
    MissingPicture {
        /// Its path.
        path: &'a str,
    },
    /// A picture that is being loaded.
    LoadingPicture,
}

impl Say for ReportText<'_> {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl ReportText<'_> {
    fn en(&self) -> String {
        match self {
            Self::None => {
                "CI wrote no narrative. Give careo a Markdown file, such as the report.md \
                           of a CML workflow, and it is shown here."
                    .to_owned()
            }
            Self::From { artifact } => format!("From {artifact}, as CI wrote it."),
            Self::Cut => "The rest is left out: this text is too long to show. The Files view has \
                          all of it."
                .to_owned(),
            Self::RemotePicture { host, alt } => {
                format!("Picture on {host}{}, not loaded", of(alt, ": "))
            }
            Self::RefusedPicture { alt } => {
                format!("Picture{}, of a kind that is not shown", of(alt, ": "))
            }
            Self::MissingPicture { path } => {
                format!("Picture {path}: it is not among the artifacts of this report")
            }
            Self::LoadingPicture => "Loading the picture…".to_owned(),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::None => {
                "La CI no ha escrito ningún informe. Si careo recibe un archivo Markdown, \
                           como el report.md de un flujo de CML, se verá aquí."
                    .to_owned()
            }
            Self::From { artifact } => format!("De {artifact}, tal como lo escribió la CI."),
            Self::Cut => {
                "Se omite el resto: el texto es demasiado largo para mostrarlo. Está entero \
                          en Archivos."
                    .to_owned()
            }
            Self::RemotePicture { host, alt } => {
                format!("Imagen en {host}{}, sin cargar", of(alt, ": "))
            }
            Self::RefusedPicture { alt } => {
                format!("Imagen{}, de un tipo que no se muestra", of(alt, ": "))
            }
            Self::MissingPicture { path } => {
                format!("Imagen {path}: no está entre los archivos de este informe")
            }
            Self::LoadingPicture => "Cargando la imagen…".to_owned(),
        }
    }
}

/// The alternative text behind a separator, if there is any.
fn of(alt: &str, separator: &str) -> String {
    if alt.trim().is_empty() {
        String::new()
    } else {
        format!("{separator}{alt}")
    }
}
