//! `careo.toml` → [`crate::model::Settings`]. Native only: the page gets settings from the bundle.
