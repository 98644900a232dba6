//! Reading off the main thread: one job, one worker, which is then ended and gives its memory back.
//!
//! The page sends `{module, paths, files, is_bundle}`: its own compiled module, and the files as
//! blobs. The worker answers with an array: the parts of the report as typed arrays whose memory is
//! handed over, whether the verdict was computed there, and the files that it could not read with the
//! reason. An answer that is a text tells that the program broke. Large files are hashed by workers
//! of their own meanwhile: `{module, sum}` with the file, and a list with the sum as the answer.
//! `public/loader.js` starts the worker and is the other end; for `ordering`, too, which sends
//! another request.

use js_sys::{Array, Float64Array, Object, Promise, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, MessageEvent, Worker};

use super::{
    ahead::take_worker,
    hash::Sums,
    input::{Input, hash_file, in_pieces, message, taken},
};
use crate::{
    bundle::{self, Parts, to_parts},
    model::{Artifact, Place, Problem, ProblemKind, Report},
    readers::{Job, assemble::Context},
};

/// What a worker read.
pub(super) struct Answer {
    /// The report in parts.
    pub parts: Parts,
    /// Whether the verdict was computed there.
    pub is_computed: bool,
    /// Files that the browser could not read.
    pub problems: Vec<Problem>,
    /// Sums of large files, by their place; empty where the file can't be read any more.
    pub sums: Vec<(usize, String)>,
}

/// Why there is no answer.
pub(super) enum Failure {
    /// No worker here: the page has to do it.
    DidNotStart,
    /// The program broke in the worker.
    Broke(String),
}

/// A worker at its one job; it ends when nobody waits for it any more.
struct Working {
    worker: Worker,
    answer: Promise,
}

impl Working {
    /// Gives a worker its job: what the request holds beside the program. `None` where none starts.
    fn start(job: &[(&str, JsValue)]) -> Option<Self> {
        let worker = take_worker()?;
        // An error tells that the script is missing, or that the policy forbids it.
        let answer = Promise::new(&mut |resolve, reject| {
            worker.set_onmessage(Some(&resolve));
            worker.set_onerror(Some(&reject));
        });
        let request = Object::new();
        let module = [("module", wasm_bindgen::module())];
        for (key, value) in module.iter().chain(job) {
            Reflect::set(&request, &(*key).into(), value).ok()?;
        }
        let working = Self { worker, answer };
        working.worker.post_message(&request).ok()?;
        Some(working)
    }

    /// What it answers. `None` where it did not start.
    async fn answer(self) -> Option<JsValue> {
        let event = JsFuture::from(self.answer.clone()).await;
        let event: MessageEvent = event.ok()?.unchecked_into();
        Some(event.data())
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Reads artifacts in a worker of their own, and has the sums of large ones found in others.
pub(super) async fn read(inputs: &[Input]) -> Result<Answer, Failure> {
    let reading = start(inputs, false);
    let summing: Vec<(usize, Option<Working>)> = inputs
        .iter()
        .enumerate()
        .filter(|(_, input)| input.is_large())
        .map(|(place, input)| (place, Working::start(&[("sum", input.blob.clone().into())])))
        .collect();
    let mut answer = answer_of(reading).await?;
    for (place, working) in summing {
        let sum = match working {
            Some(working) => working.answer().await,
            None => None,
        };
        // In a list: a text alone would say that the program broke.
        let sum = sum.and_then(|it| it.dyn_into::<Array>().ok()?.get(0).as_string());
        let sum = match (sum, inputs.get(place)) {
            (None, Some(input)) => hash_file(input.blob.clone()).await.ok(),
            (sum, _) => sum,
        };
        answer.sums.push((place, sum.unwrap_or_default()));
    }
    Ok(answer)
}

/// Reads a bundle of ours in a worker of its own, as it is.
pub(super) async fn read_bundle(input: &Input) -> Result<Answer, Failure> {
    answer_of(start(std::slice::from_ref(input), true)).await
}

fn start(inputs: &[Input], is_bundle: bool) -> Option<Working> {
    let paths: Array = inputs
        .iter()
        .map(|input| JsValue::from_str(&input.path))
        .collect();
    let files: Array = inputs
        .iter()
        .map(|input| JsValue::from(&input.blob))
        .collect();
    Working::start(&[
        ("paths", paths.into()),
        ("files", files.into()),
        ("is_bundle", is_bundle.into()),
    ])
}

async fn answer_of(working: Option<Working>) -> Result<Answer, Failure> {
    let working = working.ok_or(Failure::DidNotStart)?;
    let data = working.answer().await.ok_or(Failure::DidNotStart)?;
    parse(&data)
}

/// Reads artifacts into a report; called by the worker's script.
///
/// `files` holds for each path a blob where it is large, else an `ArrayBuffer`, or a text that says
/// why there is none. With `is_bundle` there is one, a bundle of ours that is the report; nothing
/// comes back where it is broken. The answer is as the module says.
#[wasm_bindgen]
pub async fn read_artifacts(paths: Vec<String>, files: Array, is_bundle: bool) -> JsValue {
    let unread = Array::new();
    let mut artifacts = Vec::new();
    let mut sums = Sums::default();
    for (path, file) in paths.into_iter().zip(files.iter()) {
        let failed = match file.dyn_into::<Blob>() {
            Ok(blob) => match in_pieces(&blob).await {
                Ok(bytes) => {
                    artifacts.push(sums.elsewhere(Artifact::new(path, bytes)));
                    continue;
                }
                Err(error) => message(&error),
            },
            Err(file) => match file.as_string() {
                None => {
                    let buffer = file.unchecked_ref();
                    artifacts.push(match is_bundle {
                        true => Artifact::new(path, taken(buffer)),
                        false => sums.artifact(path, buffer),
                    });
                    continue;
                }
                Some(message) => message,
            },
        };
        sums.unread();
        unread.push(&Array::of2(&path.into(), &failed.into()));
    }
    if is_bundle {
        let read = artifacts.first().map(|it| bundle::read(&it.bytes));
        return match read {
            Some(Ok(report)) => answer(report, false, &unread),
            _ => JsValue::UNDEFINED,
        };
    }
    let job = Job::new(artifacts, Context::default());
    let (report, is_computed) = sums.finish(job).await;
    answer(report, is_computed, &unread)
}

fn answer(mut report: Report, is_computed: bool, unread: &Array) -> JsValue {
    let parts = give(to_parts(&mut report));
    // The worker ends now, and its memory with it: no need to free everything in it, one by one.
    std::mem::forget(report);
    Array::of3(&parts, &is_computed.into(), unread).into()
}

/// The parts as typed arrays: the bundle, the text, numbers and indices.
fn give(parts: Parts) -> Array {
    let given = Array::of2(
        &Uint8Array::from(parts.bundle.as_slice()),
        &Uint8Array::from(parts.text.as_bytes()),
    );
    for list in parts.numbers {
        given.push(&Float64Array::from(list.as_slice()));
    }
    for list in parts.indices {
        given.push(&Uint32Array::from(list.as_slice()));
    }
    given
}

/// What [`give`] gave. A text that is broken is missed later.
fn take(given: &Array) -> Parts {
    let bytes = |idx: u32| given.get(idx).unchecked_into::<Uint8Array>().to_vec();
    let mut parts = Parts {
        bundle: bytes(0),
        text: String::from_utf8(bytes(1)).unwrap_or_default(),
        ..Parts::default()
    };
    for list in given.iter().skip(2) {
        match list.dyn_into::<Float64Array>() {
            Ok(numbers) => parts.numbers.push_back(numbers.to_vec()),
            Err(indices) => {
                let indices: Uint32Array = indices.unchecked_into();
                parts.indices.push_back(indices.to_vec());
            }
        }
    }
    parts
}

fn parse(data: &JsValue) -> Result<Answer, Failure> {
    if let Some(message) = data.as_string() {
        return Err(Failure::Broke(message));
    }
    if data.is_undefined() {
        return Err(Failure::DidNotStart);
    }
    let parts: Array = data.clone().unchecked_into();
    let unread: Array = parts.get(2).unchecked_into();
    let problems = unread.iter().map(|pair| {
        let pair: Array = pair.unchecked_into();
        let text = |idx: u32| pair.get(idx).as_string().unwrap_or_default();
        Problem {
            kind: ProblemKind::Unreadable { message: text(1) },
            place: Some(Place::artifact(text(0))),
            reader: None,
        }
    });
    Ok(Answer {
        parts: take(&parts.get(0).unchecked_into()),
        is_computed: parts.get(1).is_truthy(),
        problems: problems.collect(),
        sums: Vec::new(),
    })
}
