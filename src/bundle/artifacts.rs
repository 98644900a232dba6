use serde::{Deserialize, Serialize};

use super::{
    base64,
    code::{fault, is_default},
};
use crate::model::{ArtifactRecord, Stored};

#[derive(Deserialize, Serialize)]
pub(super) struct ArtifactWire {
    path: String,
    bytes: u64,
    sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reader: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revision: Option<usize>,
    #[serde(default, skip_serializing_if = "is_default")]
    media_type: String,
    /// Path of the bytes, relative to the bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    beside: Option<String>,
    /// The bytes themselves, as base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inside: Option<String>,
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

    pub fn read(self) -> Result<ArtifactRecord, serde_json::Error> {
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
