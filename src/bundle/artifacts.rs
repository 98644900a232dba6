use super::{
    base64,
    fields::{Fields, Record, fault},
};
use crate::model::{ArtifactRecord, ProblemKind, Stored};

#[derive(Default)]
pub(super) struct ArtifactWire {
    path: String,
    bytes: u64,
    sha256: String,
    reader: Option<String>,
    revision: Option<usize>,
    media_type: String,
    /// Path of the bytes, relative to the bundle.
    beside: Option<String>,
    /// The bytes themselves, as base64.
    inside: Option<String>,
}

impl Record for ArtifactWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("path", &mut self.path);
        fields.required("bytes", &mut self.bytes);
        fields.required("sha256", &mut self.sha256);
        fields.optional("reader", &mut self.reader);
        fields.optional("revision", &mut self.revision);
        fields.optional("media_type", &mut self.media_type);
        fields.optional("beside", &mut self.beside);
        fields.optional("inside", &mut self.inside);
    }
}

impl ArtifactWire {
    pub fn new(record: &ArtifactRecord) -> Self {
        let ArtifactRecord {
            path,
            n_bytes,
            sha256,
            reader,
            revision,
            media_type,
            stored,
        } = record.clone();
        let (beside, inside) = match stored {
            Stored::Nowhere => (None, None),
            Stored::Beside(path) => (Some(path), None),
            Stored::Inside(bytes) => (None, Some(base64::encode(&bytes))),
        };
        Self {
            path,
            bytes: n_bytes,
            sha256,
            reader,
            revision,
            media_type,
            beside,
            inside,
        }
    }

    pub fn read(self) -> Result<ArtifactRecord, ProblemKind> {
        let stored = match (self.beside, self.inside) {
            (_, Some(text)) => {
                let bytes = base64::decode(&text).ok_or_else(|| fault("broken base64"))?;
                Stored::Inside(bytes.into())
            }
            (Some(path), None) => Stored::Beside(path),
            (None, None) => Stored::Nowhere,
        };
        Ok(ArtifactRecord {
            path: self.path,
            n_bytes: self.bytes,
            sha256: self.sha256,
            reader: self.reader,
            revision: self.revision,
            media_type: self.media_type,
            stored,
        })
    }
}
