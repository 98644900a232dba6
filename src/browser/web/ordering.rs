//! The order of classes by similarity: in a worker that is ended when the answer is there or nobody
//! wants it any more; of few classes, and where no worker starts, in slices.
//!
//! The page sends `{glue, module, order}`, `order` with the three lists of a matrix
//! ([`ConfusionMatrix::lists`]): how similar its classes are takes long to find out, too. The worker
//! answers with numbers, how much is done, then with the order as a typed array; with a text
//! when the program broke.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Float64Array, Function, Object, Reflect, Uint32Array};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, Worker};

use super::{
    ahead::take_worker,
    document::{now_millis, yield_to_browser},
};
use crate::{
    analysis::seriation::{Seriation, Similarities},
    model::{ConfusionMatrix, MatrixParts},
};

/// Operations between two tellings of the progress: some milliseconds.
const SLICE: usize = 1_000_000;
/// How long a slice in the page may take.
const SLICE_MILLIS: f64 = 8.0;

/// Looks for the order of classes by similarity off the main thread; tells how far it is, from 0 to
/// 1, and whether this is a worker; then calls back with the order, or with `None` when that
/// failed. Stopped when it is dropped.
pub struct Ordering(Rc<RefCell<Running>>);

#[derive(Default)]
struct Running {
    is_stopped: bool,
    worker: Option<Worker>,
    /// Kept as long as the worker may call them.
    callbacks: Vec<Closure<dyn FnMut(JsValue)>>,
}

impl Drop for Ordering {
    fn drop(&mut self) {
        if let Ok(mut running) = self.0.try_borrow_mut() {
            running.is_stopped = true;
            end(&mut running);
        }
    }
}

/// Ends the worker, and lets go of what it may call: that holds the job, which holds these again.
fn end(running: &mut Running) {
    if let Some(worker) = running.worker.take() {
        worker.terminate();
        let callbacks = std::mem::take(&mut running.callbacks);
        // One of them may be running.
        spawn_local(async move { drop(callbacks) });
    }
}

impl Ordering {
    /// Starts; a small job here and now, in slices, since a worker takes longer to start.
    pub fn start(
        matrix: ConfusionMatrix,
        is_small: bool,
        on_progress: impl Fn(f64, bool) + 'static,
        on_done: impl FnOnce(Option<Vec<usize>>) + 'static,
    ) -> Self {
        let running = Rc::new(RefCell::new(Running::default()));
        let job = Rc::new(Job {
            running: running.clone(),
            on_progress: Box::new(on_progress),
            on_done: RefCell::new(Some(Box::new(on_done))),
            matrix: RefCell::new(Some(matrix)),
        });
        if is_small || job.clone().in_worker().is_none() {
            job.in_slices();
        }
        Self(running)
    }
}

type OnDone = Box<dyn FnOnce(Option<Vec<usize>>)>;

struct Job {
    running: Rc<RefCell<Running>>,
    on_progress: Box<dyn Fn(f64, bool)>,
    on_done: RefCell<Option<OnDone>>,
    matrix: RefCell<Option<ConfusionMatrix>>,
}

impl Job {
    fn in_worker(self: Rc<Self>) -> Option<()> {
        let worker = take_worker()?;
        let order = {
            let matrix = self.matrix.borrow();
            let (row_starts, columns, values) = matrix.as_ref()?.lists();
            Array::of3(
                &Uint32Array::from(row_starts.as_slice()),
                &Uint32Array::from(columns),
                &Float64Array::from(values),
            )
        };
        let request = Object::new();
        let set = |key: &str, value: &JsValue| Reflect::set(&request, &key.into(), value).is_ok();
        let is_set = set("module", &wasm_bindgen::module()) && set("order", &order);
        let job = self.clone();
        let on_message = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let data = event.unchecked_into::<MessageEvent>().data();
            // The worker has its own, and works.
            drop(job.matrix.take());
            match data.as_f64() {
                Some(share) => (job.on_progress)(share, true),
                None => job.done(data.dyn_into::<Uint32Array>().ok().map(|it| it.to_vec())),
            }
        });
        // The script is missing, or the policy forbids it.
        let job = self.clone();
        let on_error = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            end(&mut job.running.borrow_mut());
            job.clone().in_slices();
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let is_sent = is_set && worker.post_message(&request).is_ok();
        let mut running = self.running.borrow_mut();
        running.callbacks = vec![on_message, on_error];
        running.worker = Some(worker);
        if !is_sent {
            end(&mut running);
        }
        is_sent.then_some(())
    }

    fn in_slices(self: Rc<Self>) {
        spawn_local(async move {
            let Some(matrix) = self.matrix.take() else {
                return;
            };
            let mut work = Seriation::new(Similarities::of(&matrix));
            loop {
                yield_to_browser().await;
                if self.running.borrow().is_stopped {
                    return;
                }
                let start = now_millis();
                let mut goes_on = true;
                while goes_on && now_millis() - start < SLICE_MILLIS {
                    goes_on = work.step(SLICE / 10);
                }
                if !goes_on {
                    break;
                }
                (self.on_progress)(work.progress(), false);
            }
            let order = work.finish();
            // What is made of it is work of its own.
            yield_to_browser().await;
            if self.running.borrow().is_stopped {
                return;
            }
            self.done(Some(order.into_iter().map(|class| class as u32).collect()));
        });
    }

    fn done(&self, order: Option<Vec<u32>>) {
        end(&mut self.running.borrow_mut());
        if let Some(on_done) = self.on_done.take() {
            on_done(order.map(|order| order.into_iter().map(|class| class as usize).collect()));
        }
    }
}

/// The order of the classes of a matrix by similarity, none where the lists are of no matrix; called
/// by the worker's script. `tell` gets how much is done.
#[wasm_bindgen]
pub fn order_classes(
    row_starts: Vec<u32>,
    columns: Vec<u32>,
    values: Vec<f64>,
    tell: &Function,
) -> Vec<u32> {
    let parts = MatrixParts {
        row_starts,
        columns,
        values,
    };
    let Some(matrix) = ConfusionMatrix::from_lists(parts) else {
        return Vec::new();
    };
    let similarities = Similarities::of(&matrix);
    drop(matrix);
    let mut work = Seriation::new(similarities);
    while work.step(SLICE * 8) {
        let _ = tell.call1(&JsValue::NULL, &work.progress().into());
    }
    let order = work.finish();
    order.into_iter().map(|class| class as u32).collect()
}
