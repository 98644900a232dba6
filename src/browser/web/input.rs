use std::sync::Arc;

use js_sys::{ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DomException, File};

use super::hash::Sums;
use crate::{
    model::{Artifact, Limit, Place, Problem, ProblemKind},
    readers::assemble::Sum,
};

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

    /// Whether it is too large to be held twice.
    pub fn is_large(&self) -> bool {
        is_large(&self.blob)
    }

    /// That it is larger than [`Artifact::MAX_BYTES`].
    pub fn too_large(&self) -> Problem {
        Problem {
            kind: ProblemKind::TooLarge {
                what: Limit::Bytes,
                limit: Artifact::MAX_BYTES,
            },
            place: Some(Place::artifact(&self.path)),
            reader: None,
        }
    }

    /// Takes the bytes into the program, and finds their sum.
    ///
    /// # Errors
    /// The browser can't read it: it was moved away, or is a folder.
    pub async fn read(&self, sums: &mut Sums) -> Result<Artifact, Problem> {
        let read = async {
            if self.is_large() {
                let sum = hash_file(self.blob.clone()).await?;
                let artifact = Artifact::new(self.path.clone(), in_pieces(&self.blob).await?);
                return Ok(sums.summed(artifact, sum));
            }
            let buffer = JsFuture::from(self.blob.array_buffer()).await?;
            Ok(sums.artifact(self.path.clone(), buffer.unchecked_ref()))
        };
        read.await.map_err(|error| Problem {
            kind: ProblemKind::Unreadable {
                message: message(&error),
            },
            place: Some(Place::artifact(&self.path)),
            reader: None,
        })
    }
}

/// Whether a file is too large to be held twice; `public/loader.js` knows it too.
pub fn is_large(blob: &Blob) -> bool {
    blob.size() > 5e7
}

/// Bytes that are read at once, at most.
const PIECE: u32 = 4_000_000;

/// Hands over a file piece by piece, all in one buffer where the browser can: to have it all at once
/// takes three times as long, and its memory again.
async fn each_piece(blob: &Blob, take: &mut dyn FnMut(&Uint8Array)) -> Result<(), JsValue> {
    let stream: Stream = JsValue::from(blob.stream()).unchecked_into();
    let options = Object::new();
    Reflect::set(&options, &"mode".into(), &"byob".into())?;
    let reader = stream
        .get_reader(&options)
        .or_else(|_| stream.get_reader(&Object::new()))?;
    let mut buffer = Uint8Array::new_with_length(PIECE);
    loop {
        let read: Read = JsFuture::from(reader.read(&buffer)).await?.unchecked_into();
        if read.done() {
            return Ok(());
        }
        let piece = read.value();
        take(&piece);
        buffer = Uint8Array::new(&piece.buffer());
    }
}

/// The bytes of a file, of which no more than a piece is ever held twice.
///
/// # Errors
/// The browser can't read it.
#[expect(unsafe_code, reason = "there is no safe way to fill an Arc at once")]
pub async fn in_pieces(blob: &Blob) -> Result<Arc<[u8]>, JsValue> {
    let mut bytes = Arc::new_uninit_slice(blob.size() as usize);
    let mut n_taken = 0;
    each_piece(blob, &mut |piece| {
        let end = n_taken + piece.length() as usize;
        if let Some(place) = Arc::get_mut(&mut bytes).and_then(|it| it.get_mut(n_taken..end)) {
            piece.copy_to_uninit(place);
            n_taken = end;
        }
    })
    .await?;
    if n_taken != bytes.len() {
        return Err("the file changed".into());
    }
    // SAFETY: all of it was copied, from the first byte to the last.
    Ok(unsafe { bytes.assume_init() })
}

/// The SHA-256 of a file, found piece by piece; called by the worker's script, too.
///
/// # Errors
/// The browser can't read it.
#[wasm_bindgen]
pub async fn hash_file(blob: Blob) -> Result<String, JsValue> {
    let mut sum = Sum::default();
    let mut bytes = Vec::new();
    each_piece(&blob, &mut |piece| {
        bytes.resize(piece.length() as usize, 0);
        piece.copy_to(&mut bytes);
        sum.add(&bytes);
    })
    .await?;
    Ok(sum.hex())
}

/// Has a buffer give its memory back now, and not when the engine comes round to it.
pub fn empty(buffer: &ArrayBuffer) {
    let _ = JsValue::from(buffer)
        .unchecked_into::<Detachable>()
        .transfer(0);
}

#[wasm_bindgen]
extern "C" {
    /// An `ArrayBuffer`; its method is not in js-sys yet.
    type Detachable;

    #[wasm_bindgen(method, catch)]
    fn transfer(this: &Detachable, n_bytes: u32) -> Result<JsValue, JsValue>;

    /// A `ReadableStream`; web-sys has a type for each kind of reader.
    type Stream;

    /// Throws where the browser has no such reader.
    #[wasm_bindgen(method, js_name = getReader, catch)]
    fn get_reader(this: &Stream, options: &Object) -> Result<Reader, JsValue>;

    type Reader;

    /// A promise of [`Read`]; some readers have a buffer of their own.
    #[wasm_bindgen(method)]
    fn read(this: &Reader, buffer: &Uint8Array) -> Promise;

    type Read;

    #[wasm_bindgen(method, getter)]
    fn done(this: &Read) -> bool;

    #[wasm_bindgen(method, getter)]
    fn value(this: &Read) -> Uint8Array;
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
