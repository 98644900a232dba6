//! SHA-256 by the browser, many times as fast as wasm, while the program goes on reading.

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use super::input::taken;
use crate::{
    browser::pipeline::{KEPT_BYTES, judge, put_sums, stand_in},
    model::{Artifact, Report},
    readers::Job,
};

/// The browser hashes a copy. Of files larger than this there shall not be three at once, so that
/// they are hashed before they are read.
const LARGE: u32 = 50_000_000;

#[wasm_bindgen]
extern "C" {
    /// Throws where a page has none: over plain http.
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], catch)]
    fn digest(algorithm: &str, bytes: &ArrayBuffer) -> Result<Promise, JsValue>;

    /// An `ArrayBuffer`; its method is not in js-sys yet.
    type Detachable;

    #[wasm_bindgen(method, catch)]
    fn transfer(this: &Detachable, n_bytes: u32) -> Result<JsValue, JsValue>;
}

/// Sums that the browser is working out, by the place of their artifact.
#[derive(Default)]
pub struct Sums(Vec<Option<Promise>>);

impl Sums {
    /// Takes an artifact's bytes into the program and has them hashed. The buffer is empty then.
    pub async fn artifact(&mut self, path: String, buffer: &ArrayBuffer) -> Artifact {
        let sum = digest("SHA-256", buffer).ok();
        let sha256 = sum.as_ref().map(|_| stand_in(self.0.len()));
        if let Some(sum) = sum.clone().filter(|_| buffer.byte_length() > LARGE) {
            let _ = JsFuture::from(sum).await;
        }
        self.0.push(sum);
        let artifact = Artifact::new(path, taken(buffer));
        // Gives its memory back now, and not when the engine comes round to it.
        let _ = JsValue::from(buffer)
            .unchecked_into::<Detachable>()
            .transfer(0);
        Artifact { sha256, ..artifact }
    }

    /// Ends a job: the report, with the sums of its artifacts, and with the verdict computed here
    /// unless it came with its own. The flag tells whether it was computed.
    pub async fn finish(self, job: Job) -> (Report, bool) {
        let mut report = self.report(job).await;
        let is_computed = judge(&mut report);
        (report, is_computed)
    }

    /// Ends a job: the report, with the sums of its artifacts, not judged yet.
    pub async fn report(self, job: Job) -> Report {
        let mut report = job.finish(KEPT_BYTES);
        let mut sums = Vec::with_capacity(self.0.len());
        for sum in self.0 {
            let sum = match sum {
                Some(sum) => JsFuture::from(sum).await.ok(),
                None => None,
            };
            sums.push(sum.map(|it| hex(&Uint8Array::new(&it).to_vec())));
        }
        put_sums(&mut report, &|place| sums.get(place)?.clone());
        report
    }
}

/// Bytes as lower-case hex digits.
fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(digit).collect()
}
