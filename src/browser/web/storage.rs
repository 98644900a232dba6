use web_sys::{Storage, window};

/// What this browser remembers under a key.
pub fn stored(key: &str) -> Option<String> {
    storage()?.get_item(&name(key)).ok().flatten()
}

/// Has this browser remember a value; `None` forgets it.
pub fn store(key: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        // Full or forbidden: the choice then lasts as long as the page.
        let _ = match value {
            Some(value) => storage.set_item(&name(key), value),
            None => storage.remove_item(&name(key)),
        };
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// Pages share an origin with their neighbours, so the key says whose it is.
fn name(key: &str) -> String {
    format!("careo.{key}")
}
