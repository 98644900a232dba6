//! The sums of artifacts: SHA-256 by the browser, many times as fast as wasm, while the program goes
//! on reading. It hashes a copy, whole, so that large files are hashed piece by piece elsewhere
//! (`input::hash_file`).

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use super::input::{empty, taken};
use crate::{
    analysis::digest::judge,
    browser::pipeline::{KEPT_BYTES, put_sums, stand_in},
    model::{Artifact, Report, hex},
    readers::Job,
};

#[wasm_bindgen]
extern "C" {
    /// Throws where a page has none: over plain http.
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], catch)]
    fn digest(algorithm: &str, bytes: &ArrayBuffer) -> Result<Promise, JsValue>;
}

/// Sums that are being worked out, by the place of their artifact among the files.
#[derive(Default)]
pub struct Sums(Vec<Sum>);

enum Sum {
    /// By the browser.
    Asked(Promise),
    /// By somebody else, who puts it in the place of its [`stand_in`].
    Elsewhere,
    /// Not here: the file was not read, or its sum is known.
    None,
}

impl Sums {
    /// Takes an artifact's bytes into the program and has them hashed. The buffer is empty then.
    pub fn artifact(&mut self, path: String, buffer: &ArrayBuffer) -> Artifact {
        let sum = digest("SHA-256", buffer).ok();
        let sha256 = sum.as_ref().map(|_| stand_in(self.0.len()));
        self.0.push(sum.map_or(Sum::None, Sum::Asked));
        let artifact = Artifact::new(path, taken(buffer));
        empty(buffer);
        Artifact { sha256, ..artifact }
    }

    /// An artifact whose sum is known.
    pub fn summed(&mut self, artifact: Artifact, sum: String) -> Artifact {
        self.0.push(Sum::None);
        Artifact {
            sha256: Some(sum),
            ..artifact
        }
    }

    /// An artifact whose sum is found elsewhere.
    pub fn elsewhere(&mut self, artifact: Artifact) -> Artifact {
        let sha256 = Some(stand_in(self.0.len()));
        self.0.push(Sum::Elsewhere);
        Artifact { sha256, ..artifact }
    }

    /// A file that could not be read.
    pub fn unread(&mut self) {
        self.0.push(Sum::None);
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
        for (place, sum) in self.0.into_iter().enumerate() {
            sums.push(match sum {
                Sum::Asked(sum) => {
                    let sum = JsFuture::from(sum).await.ok();
                    sum.map(|it| hex(&Uint8Array::new(&it).to_vec()))
                }
                Sum::Elsewhere => Some(stand_in(place)),
                Sum::None => None,
            });
        }
        put_sums(&mut report, &|place| sums.get(place)?.clone());
        report
    }
}
