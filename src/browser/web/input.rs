use std::sync::Arc;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DomException, File};

use super::hash::Sums;
use crate::model::{Artifact, Place, Problem, ProblemKind};

/// An artifact whose bytes the browser still holds, so that a worker can take it over unread.
pub struct Input {
    /// As in [`Artifact::path`].
    pub path: String,
    /// The file, or what the server sent.
    pub blob: Blob,
}

impl Input {
    /// A file under the path that it has in what was dropped.
    pub fn new(path: &str, file: File) -> Self {
        Self {
            path: path.to_owned(),
            blob: file.into(),
        }
    }

    /// Size in bytes.
    pub fn n_bytes(&self) -> u64 {
        self.blob.size() as u64
    }

    /// Takes the bytes into the program, and has the browser hash them.
    ///
    /// # Errors
    /// The browser can't read it: it was moved away, or is a folder.
    pub async fn read(&self, sums: &mut Sums) -> Result<Artifact, Problem> {
        let buffer = JsFuture::from(self.blob.array_buffer()).await;
        let buffer: ArrayBuffer = buffer
            .and_then(|buffer| buffer.dyn_into())
            .map_err(|error| self.unreadable(&error))?;
        Ok(sums.artifact(self.path.clone(), &buffer).await)
    }

    fn unreadable(&self, error: &JsValue) -> Problem {
        Problem {
            kind: ProblemKind::Unreadable {
                message: message(error),
            },
            place: Some(Place::artifact(&self.path)),
            reader: None,
        }
    }
}

/// The bytes of a buffer, copied once: a `Vec` would be copied again into its `Arc`.
#[expect(unsafe_code, reason = "there is no safe way to fill an Arc at once")]
pub fn taken(buffer: &ArrayBuffer) -> Arc<[u8]> {
    let source = Uint8Array::new(buffer);
    let mut bytes = Arc::new_uninit_slice(source.length() as usize);
    if let Some(bytes) = Arc::get_mut(&mut bytes) {
        source.copy_to_uninit(bytes);
    }
    // SAFETY: nobody else has it yet, so that all of it was copied.
    unsafe { bytes.assume_init() }
}

/// What an exception says.
pub fn message(error: &JsValue) -> String {
    let of_error = error
        .dyn_ref::<js_sys::Error>()
        .map(|it| String::from(it.message()));
    let of_dom = || error.dyn_ref::<DomException>().map(|it| it.message());
    of_error
        .or_else(of_dom)
        .or_else(|| error.as_string())
        .unwrap_or_else(|| "unknown error".to_owned())
}
