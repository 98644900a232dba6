use std::{cell::Cell, collections::HashMap, rc::Rc};

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, DragEvent, File, FileList, FileSystemDirectoryEntry, FileSystemEntry,
    FileSystemFileEntry, window,
};

use super::input::Input;
use crate::browser::FileInput;

/// Files that were dropped or picked, with their paths; folders not yet walked.
pub struct Files {
    files: Vec<Input>,
    entries: Vec<FileSystemEntry>,
}

impl Files {
    /// How many files or folders.
    pub fn count(&self) -> usize {
        self.files.len() + self.entries.len()
    }

    /// Every file, those of folders included; hidden ones and caches left out.
    pub(super) async fn walk(self) -> Vec<Input> {
        let mut found = self.files;
        let mut waiting = self.entries;
        waiting.reverse();
        while let Some(entry) = waiting.pop() {
            if found.len() >= MAX_FILES {
                break;
            }
            if entry.is_directory() {
                let mut children = children(entry.unchecked_into()).await;
                children.retain(|child| !is_passed_over(&child.name()));
                children.sort_by_key(|child| std::cmp::Reverse(child.name()));
                waiting.append(&mut children);
            } else if let Some(file) = file(entry.unchecked_ref()).await {
                let path = entry.full_path();
                found.push(Input::new(path.trim_start_matches('/'), file));
            }
        }
        strip_common_folder(&mut found);
        tell_apart(&mut found);
        found
    }
}

/// The files of a file field.
pub fn chosen_files(field: &FileInput) -> Files {
    let files = field.files().map(|list| listed(&list)).unwrap_or_default();
    // The same files can be chosen again.
    field.set_value("");
    Files {
        files,
        entries: Vec::new(),
    }
}

/// Takes files that are dropped anywhere on the page; `on_drag` tells when something is over it.
pub fn on_drop(on_drag: impl Fn(bool) + 'static, on_files: impl Fn(Files) + 'static) {
    let Some(window) = window() else { return };
    // Each child of the page that is passed fires both.
    let depth = Rc::new(Cell::new(0_i32));
    let on_drag = Rc::new(on_drag);
    let listen = |event: &str, act: Box<dyn Fn(DragEvent)>| {
        let act = Closure::<dyn Fn(DragEvent)>::new(act).into_js_value();
        let _ = window.add_event_listener_with_callback(event, act.unchecked_ref());
    };
    let (deep, drag) = (Rc::clone(&depth), Rc::clone(&on_drag));
    listen(
        "dragenter",
        Box::new(move |event| {
            if has_files(&event) {
                event.prevent_default();
                deep.set(deep.get() + 1);
                drag(true);
            }
        }),
    );
    listen(
        "dragover",
        Box::new(|event| {
            if has_files(&event) {
                event.prevent_default();
            }
        }),
    );
    let (deep, drag) = (Rc::clone(&depth), Rc::clone(&on_drag));
    listen(
        "dragleave",
        Box::new(move |event| {
            if has_files(&event) {
                deep.set((deep.get() - 1).max(0));
                drag(deep.get() > 0);
            }
        }),
    );
    listen(
        "drop",
        Box::new(move |event| {
            depth.set(0);
            on_drag(false);
            if has_files(&event) {
                event.prevent_default();
                if let Some(transfer) = event.data_transfer() {
                    on_files(dropped(&transfer));
                }
            }
        }),
    );
}

/// More files than anyone means to drop.
const MAX_FILES: usize = 10_000;

fn has_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&JsValue::from_str("Files"), 0))
}

/// Entries have to be taken within the event: afterwards the browser empties the list.
fn dropped(transfer: &DataTransfer) -> Files {
    let items = transfer.items();
    let mut files = Files {
        files: Vec::new(),
        entries: Vec::new(),
    };
    for idx in 0..items.length() {
        let Some(item) = items.get(idx).filter(|item| item.kind() == "file") else {
            continue;
        };
        // Chromium gives no file from an entry on a `file://` page, only from the item itself.
        match item.webkit_get_as_entry() {
            Ok(Some(entry)) if entry.is_directory() => files.entries.push(entry),
            _ => {
                if let Ok(Some(file)) = item.get_as_file() {
                    files.files.push(Input::new(&file.name(), file));
                }
            }
        }
    }
    if files.count() == 0 {
        files.files = transfer
            .files()
            .map(|list| listed(&list))
            .unwrap_or_default();
    }
    files
}

fn listed(list: &FileList) -> Vec<Input> {
    let files = (0..list.length()).filter_map(|idx| list.get(idx));
    let mut inputs: Vec<Input> = files
        .filter_map(|file| {
            // A file of a chosen folder has its path in there; the binding doesn't know that.
            let path = js_sys::Reflect::get(&file, &JsValue::from_str("webkitRelativePath"));
            let path = path.ok().and_then(|path| path.as_string());
            let path = path.filter(|path| !path.is_empty());
            let path = path.unwrap_or_else(|| file.name());
            // Whatever the chosen folder is called, it was chosen.
            let inside = path.split_once('/').map_or("", |it| it.1);
            let is_wanted = !inside.split('/').any(is_passed_over);
            is_wanted.then(|| Input::new(&path, file))
        })
        .take(MAX_FILES)
        .collect();
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    inputs
}

/// What a pipeline's folder holds beside results.
fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || matches!(name, "node_modules" | "__pycache__" | "__MACOSX")
}

/// One folder was given: paths are relative to it, as on the command line.
fn strip_common_folder(inputs: &mut [Input]) {
    let first = inputs.first().and_then(|input| input.path.split_once('/'));
    let Some(folder) = first.map(|(folder, _)| format!("{folder}/")) else {
        return;
    };
    if inputs.iter().all(|input| input.path.starts_with(&folder)) {
        for input in inputs {
            input.path = input.path.split_off(folder.len());
        }
    }
}

/// Files of one name came from different folders, which the browser doesn't tell, or were downloaded
/// one after the other: each goes into a folder of its own, so that they are compared.
fn tell_apart(inputs: &mut [Input]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for input in inputs.iter() {
        *counts.entry(original(&input.path)).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    for input in inputs.iter_mut().rev() {
        let path = original(&input.path);
        if let Some(place) = counts.get_mut(&path) {
            input.path = format!("{place}/{path}");
            *place -= 1;
        }
    }
}

/// What a file was called before a browser made `m (1).json` of it, since there was an `m.json`.
fn original(path: &str) -> String {
    // With its point: a name without one gets none.
    let (stem, extension) = path.split_at(path.rfind('.').unwrap_or(path.len()));
    let copy = stem.strip_suffix(')').and_then(|it| it.rsplit_once(" ("));
    match copy {
        Some((name, n)) if n.parse::<u32>().is_ok() => format!("{name}{extension}"),
        _ => path.to_owned(),
    }
}

/// What is in a folder; the browser hands it out in parts.
async fn children(folder: FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut children = Vec::new();
    while children.len() < MAX_FILES {
        let part = promise(|resolve, reject| {
            let _ = reader.read_entries_with_callback_and_callback(resolve, reject);
        });
        let Ok(part) = part.await else { break };
        let part: Array = part.unchecked_into();
        if part.length() == 0 {
            break;
        }
        children.extend(part.iter().map(|entry| entry.unchecked_into()));
    }
    children
}

async fn file(entry: &FileSystemFileEntry) -> Option<File> {
    let file = promise(|resolve, reject| {
        entry.file_with_callback_and_callback(resolve, reject);
    });
    file.await.ok().map(|file| file.unchecked_into())
}

/// A function with two callbacks as a future.
fn promise(mut start: impl FnMut(&Function, &Function)) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        start(&resolve, &reject)
    }))
}
