use super::{
    base64,
    fields::{Fields, Record, Value, fault},
    values::{read_text, write_text},
};
use crate::{
    json::{Error, Pull},
    model::{ArtifactRecord, Stored},
};

impl Record for ArtifactRecord {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("path", &mut self.path);
        fields.required("bytes", &mut self.n_bytes);
        fields.required("sha256", &mut self.sha256);
        fields.optional("reader", &mut self.reader);
        fields.optional("revision", &mut self.revision);
        fields.optional("media_type", &mut self.media_type);
        fields.optional("beside", &mut Beside(&mut self.stored));
        fields.optional("inside", &mut Inside(&mut self.stored));
    }
}

/// Path of the bytes, relative to the bundle.
struct Beside<'s>(&'s mut Stored);

impl Value for Beside<'_> {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        let path = read_text(pull)?;
        if !matches!(self.0, Stored::Inside(_)) {
            *self.0 = Stored::Beside(path);
        }
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        if let Stored::Beside(path) = self.0 {
            write_text(out, path);
        }
    }

    fn is_empty(&self) -> bool {
        !matches!(self.0, Stored::Beside(_))
    }
}

/// The bytes themselves, as base64.
struct Inside<'s>(&'s mut Stored);

impl Value for Inside<'_> {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        let bytes = base64::decode(&read_text(pull)?).ok_or_else(|| fault("broken base64"))?;
        *self.0 = Stored::Inside(bytes.into());
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        if let Stored::Inside(bytes) = self.0 {
            write_text(out, &base64::encode(bytes));
        }
    }

    fn is_empty(&self) -> bool {
        !matches!(self.0, Stored::Inside(_))
    }
}
