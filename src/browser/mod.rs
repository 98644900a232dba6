//! The only place that names web-sys and gloo: fetch, drop, fragment, clipboard, canvas, storage,
//! worker. `native` holds inert functions with the same signatures, so that views compile and
//! render natively.
