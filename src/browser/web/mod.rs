//! The browser itself.

mod address;
mod canvas;
mod cells;
mod clipboard;
mod document;
mod observe;
mod storage;

pub use address::{
    fragment, on_fragment_change, page_url, push_fragment, query_values, replace_fragment,
};
pub use canvas::{Surface, colour};
pub use cells::{bounds_of, centre_of, closest_id, provide_cell_at};
pub use clipboard::{copy, download, object_url};
pub use document::{
    bounds, focus, languages, now_millis, scroll_to, scroll_to_top, set_root_attribute, set_title,
    yield_to_browser,
};
pub use observe::{matches_media, on_media_change, on_resize, on_window_scroll};
pub use storage::{store, stored};
