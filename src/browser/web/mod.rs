//! The browser itself.

mod address;
mod ahead;
mod canvas;
mod cells;
mod clipboard;
mod dialog;
mod document;
mod files;
mod hash;
mod input;
mod observe;
mod ordering;
mod read;
mod source;
mod storage;
mod worker;

pub use address::{
    fragment, on_fragment_change, page_url, push_fragment, query_values, replace_fragment,
};
pub use canvas::{Surface, colour, pixel_ratio, png_of};
pub use cells::{bounds_of, capture_pointer, centre_of, closest_id, provide_cell_at};
pub use clipboard::{copy, download, object_url};
pub use dialog::{close_dialog, close_menu, is_inside, open_dialog};
pub use document::{
    after_paint, bounds, clear, fill_if_empty, focus, has_document, has_focus, languages,
    now_millis, root_attribute, scroll_to, scroll_to_top, set_root_attribute, set_title,
    window_size, yield_to_browser,
};
pub use files::{Files, chosen_files, on_drop};
pub use input::hash_file;
pub use observe::{matches_media, on_media_change, on_resize, on_visible, on_window_scroll};
pub use ordering::{Ordering, order_classes};
pub use read::open_files;
pub use source::{has_newer_report, open_page, site_entries};
pub use storage::{store, stored};
pub use worker::read_artifacts;
