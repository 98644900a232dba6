//! What `web` does, as functions that do nothing: for pre-rendering and for tests.

use super::{Canvas, Element, Event, FileInput, Opened};
use crate::model::ConfusionMatrix;

/// The fragment of the page's address, with `#`; empty where there is none.
pub fn fragment() -> String {
    String::new()
}

/// Adds a fragment to the history. Fires no `hashchange`.
pub fn push_fragment(_fragment: &str) {}

/// Puts a fragment in place of the current one. Fires no `hashchange`.
pub fn replace_fragment(_fragment: &str) {}

/// Calls back with the fragment after Back, Forward, a followed `#` link or an edited address.
pub fn on_fragment_change(_callback: impl Fn(String) + 'static) {}

/// The page's address without its fragment; empty where there is none.
pub fn page_url() -> String {
    String::new()
}

/// Every value of a key in the query of the page's address, in order, decoded.
pub fn query_values(_key: &str) -> Vec<String> {
    Vec::new()
}

/// Puts text on the clipboard; `false` when the browser refuses every way.
pub async fn copy(_text: &str) -> bool {
    false
}

/// Offers bytes as a download under a name.
pub fn download(_name: &str, _media_type: &str, _bytes: &[u8]) {}

/// An address under which this page can show bytes, until the current owner is disposed of.
pub fn object_url(_media_type: &str, _bytes: &[u8]) -> Option<String> {
    None
}

/// What this browser remembers under a key.
pub fn stored(_key: &str) -> Option<String> {
    None
}

/// Has this browser remember a value; `None` forgets it.
pub fn store(_key: &str, _value: Option<&str>) {}

/// Whether a media query holds: `(prefers-color-scheme: dark)`.
pub fn matches_media(_query: &str) -> bool {
    false
}

/// Calls back when a media query starts or stops to hold, until the current owner is disposed of.
pub fn on_media_change(_query: &str, _callback: impl Fn(bool) + 'static) {}

/// Whether this is a page: a worker has none.
pub fn has_document() -> bool {
    false
}

/// The languages that the reader prefers, as BCP 47 tags.
pub fn languages() -> Vec<String> {
    Vec::new()
}

/// Sets an attribute of `<html>`; `None` takes it away.
pub fn set_root_attribute(_name: &str, _value: Option<&str>) {}

/// An attribute of `<html>`.
pub fn root_attribute(_name: &str) -> Option<String> {
    None
}

/// Sets the document's title.
pub fn set_title(_title: &str) {}

/// Empties the element with this id and returns it; the body where there is none.
pub fn clear(_id: &str) -> Option<Element> {
    None
}

/// Writes a text into the element with this id, as a paragraph of this class, unless there is
/// something in it.
pub fn fill_if_empty(_id: &str, _class: &str, _text: &str) {}

/// Moves the focus to the element with this id; `false` when there is none.
pub fn focus(_id: &str) -> bool {
    false
}

/// Whether anything on the page has the focus.
pub fn has_focus() -> bool {
    false
}

/// Scrolls the element with this id into view, as little as possible.
pub fn scroll_to(_id: &str) {}

/// Scrolls the page to its top.
pub fn scroll_to_top() {}

/// Calls back with width and height in CSS pixels, once at first and then whenever they change,
/// until the current owner is disposed of.
pub fn on_resize(_element: &Element, _callback: impl Fn(f64, f64) + 'static) {}

/// Calls back with whether any of an element is in the window, once at first and then whenever that
/// changes, until the current owner is disposed of.
pub fn on_visible(_element: &Element, _callback: impl Fn(bool) + 'static) {}

/// Calls back with the scroll offset from the top and the height of the visible part, in CSS
/// pixels, whenever the window is scrolled or resized, until the current owner is disposed of.
pub fn on_window_scroll(_callback: impl Fn(f64, f64) + 'static) {}

/// The element's box in the window: left, top, width, height in CSS pixels.
pub fn bounds(_element: &Element) -> (f64, f64, f64, f64) {
    (0.0, 0.0, 0.0, 0.0)
}

/// The id of the nearest element around an event's target that a CSS selector matches.
pub fn closest_id(_event: &Event, _selector: &str) -> Option<String> {
    None
}

/// The centre of the element with this id in the window, in CSS pixels.
pub fn centre_of(_id: &str) -> Option<(f64, f64)> {
    None
}

/// Sets `window.careo.cellAt(actual, predicted)`, until the current owner is disposed of: the
/// centre of a cell in the window in CSS pixels; `null` where there is no such cell.
pub fn provide_cell_at(_centre: impl Fn(&str, &str) -> Option<(f64, f64)> + 'static) {}

/// The box in the window of the element with this id: left, top, width, height in CSS pixels.
pub fn bounds_of(_id: &str) -> Option<(f64, f64, f64, f64)> {
    None
}

/// A colour of the style sheet as the browser resolves it here and now: `colour("--ink")` is
/// `rgb(23, 28, 33)`. Empty where there is none.
pub fn colour(_token: &str) -> String {
    String::new()
}

/// How many pixels of the screen a CSS pixel has.
pub fn pixel_ratio() -> f64 {
    1.0
}

/// Milliseconds since the page was opened.
pub fn now_millis() -> f64 {
    0.0
}

/// Lets the browser paint and take input before going on.
pub async fn yield_to_browser() {}

/// Width and height of the window in CSS pixels: there is none, so those of a usual one.
pub fn window_size() -> (f64, f64) {
    (1280.0, 800.0)
}

/// Opens the dialog with this id, above everything; Escape closes it and returns the focus.
pub fn open_dialog(_id: &str) {}

/// Closes the dialog with this id.
pub fn close_dialog(_id: &str) {}

/// Closes the menu that is open, unless the event happened in it; a key's event, wherever it
/// happened, and the focus goes to the menu's head. Whether one was open.
pub fn close_menu(_event: &Event, _is_key: bool) -> bool {
    false
}

/// Whether an event happened inside of an element that a CSS selector names.
pub fn is_inside(_event: &Event, _selector: &str) -> bool {
    false
}

/// Files that were dropped or picked, with their paths; folders not yet walked.
pub struct Files(());

impl Files {
    /// Whether nothing was dropped: text, say.
    pub fn is_empty(&self) -> bool {
        true
    }

    /// How many files or folders.
    pub fn count(&self) -> usize {
        0
    }
}

/// The files of a file field.
pub fn chosen_files(_field: &FileInput) -> Files {
    Files(())
}

/// Takes files that are dropped anywhere on the page; `on_drag` tells when something is over it.
pub fn on_drop(_on_drag: impl Fn(bool) + 'static, _on_files: impl Fn(Files) + 'static) {}

/// Reads files that were dropped or picked.
pub async fn open_files(_files: Files) -> Opened {
    Opened::default()
}

/// Reads what the page is about: the artifacts that its address names (`?data=PATH`), else the
/// report inside the page, else `report.json` beside it, else nothing.
pub async fn open_page() -> Opened {
    Opened::default()
}

/// Has all that the pointer of an event does go to the event's target, until it is released.
pub fn capture_pointer(_event: &leptos::ev::PointerEvent) {}

/// A picture as PNG bytes, twice as large, of a drawing (SVG) of this size; `None` when the browser
/// can't.
pub async fn png_of(_svg: &str, _width: f64, _height: f64) -> Option<Vec<u8>> {
    None
}

/// Looks for the order of classes by similarity off the main thread; tells how far it is, from 0 to
/// 1, and whether this is a worker; then calls back with the order, or with `None` when that
/// failed. Stopped when it is dropped.
pub struct Ordering(());

impl Ordering {
    /// Starts.
    pub fn start(
        _matrix: ConfusionMatrix,
        _is_small: bool,
        _on_progress: impl Fn(f64, bool) + 'static,
        _on_done: impl FnOnce(Option<Vec<usize>>) + 'static,
    ) -> Self {
        Self(())
    }
}

/// The entries of a file of a site's index; `root` leads to the site's root.
pub async fn site_entries(_root: &str, _shard: u64) -> Option<Vec<crate::model::SiteEntry>> {
    None
}

/// Whether the site has a newer report on the same than the one that this page shows.
pub async fn has_newer_report() -> bool {
    false
}

/// A canvas that can be painted on, in CSS pixels, sharp on every screen.
pub struct Surface(());

impl Surface {
    /// Sizes the canvas for this screen and clears it; `None` when the browser gives no context.
    pub fn new(_canvas: &Canvas, _width: f64, _height: f64) -> Option<Self> {
        None
    }

    /// Fills a rectangle with a CSS colour.
    pub fn rect(&self, _x: f64, _y: f64, _width: f64, _height: f64, _colour: &str) {}

    /// Hatches squares of a side, by their corners.
    pub fn hatch(&self, _corners: &[(f64, f64)], _side: f64, _colour: &str) {}

    /// Strokes the outline of a rectangle.
    pub fn outline(&self, _x: f64, _y: f64, _w: f64, _h: f64, _colour: &str, _line_width: f64) {}

    /// Strokes a line through points; `dash` lists the lengths of strokes and gaps.
    pub fn line(&self, _points: &[(f64, f64)], _colour: &str, _width: f64, _dash: &[f64]) {}

    /// Fills a circle.
    pub fn dot(&self, _x: f64, _y: f64, _radius: f64, _colour: &str) {}

    /// Writes text; `font` as in CSS, `align` is `left`, `center` or `right`, `y` its middle.
    pub fn text(&self, _text: &str, _x: f64, _y: f64, _font: &str, _align: &str, _colour: &str) {}

    /// Writes texts that end at their points.
    pub fn texts(&self, _texts: &[(String, f64, f64)], _font: &str, _colour: &str) {}

    /// Writes texts that run upwards from their points; `x` is their middle.
    pub fn texts_upwards(&self, _texts: &[(String, f64, f64)], _font: &str, _colour: &str) {}

    /// Paints pixels (RGBA, row by row, `columns` wide) scaled into a rectangle with hard edges.
    pub fn pixels(&self, _rgba: &[u8], _columns: u32, _x: f64, _y: f64, _w: f64, _h: f64) {}
}
