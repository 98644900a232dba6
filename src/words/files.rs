//! The Files view: what CI produced, who read it, what is to be known about it.

use super::Say;
use crate::model::Lang;

/// A message of the Files view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Files {
    /// Heading.
    Title,
    /// Caption of the table.
    Caption,
    /// Column: the path.
    File,
    /// Column: the size.
    Size,
    /// Column: the reader that took it.
    Reader,
    /// Column: the revision that it belongs to.
    Revision,
    /// Column: the digest.
    Digest,
    /// Column: what is to be known.
    Remarks,
    /// In place of a reader.
    Unread,
    /// The bytes are not here.
    NotKept,
    /// Downloads the file.
    Download,
    /// Notices that are about no file of the list.
    OtherNotices,
    /// No file at all.
    None,
}

impl Say for Files {
    fn say(&self, lang: Lang) -> String {
        let text = match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        };
        text.to_owned()
    }
}

impl Files {
    fn en(self) -> &'static str {
        match self {
            Self::Title => "Files",
            Self::Caption => {
                "Everything that this report was made from. The digest is the file’s SHA-256."
            }
            Self::File => "File",
            Self::Size => "Size",
            Self::Reader => "Read as",
            Self::Revision => "Belongs to",
            Self::Digest => "Digest",
            Self::Remarks => "Remarks",
            Self::Unread => "not read",
            Self::NotKept => "known by its digest only; CI has the file",
            Self::Download => "Download",
            Self::OtherNotices => "More to know",
            Self::None => "This report names no files.",
        }
    }

    fn es(self) -> &'static str {
        match self {
            Self::Title => "Archivos",
            Self::Caption => {
                "Todo lo que ha servido para hacer este informe. La huella es el SHA-256 del \
                 archivo."
            }
            Self::File => "Archivo",
            Self::Size => "Tamaño",
            Self::Reader => "Leído como",
            Self::Revision => "Pertenece a",
            Self::Digest => "Huella",
            Self::Remarks => "Observaciones",
            Self::Unread => "sin leer",
            Self::NotKept => "solo se conoce su huella; el archivo lo tiene la CI",
            Self::Download => "Descargar",
            Self::OtherNotices => "Otros avisos",
            Self::None => "Este informe no nombra ningún archivo.",
        }
    }
}
