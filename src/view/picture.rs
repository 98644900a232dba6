use leptos::prelude::*;

use crate::{
    browser,
    browser::markup::{IntoNode, el},
    model::{ArtifactRecord, Report, Stored, may_be_same_file},
    view::Page,
    words::report::ReportText,
};

/// A picture that is one of the report's artifacts.
///
/// Only what a reader recognised by its first bytes as PNG, JPEG, GIF or WebP is shown; those
/// can't run anything.
pub fn artifact_picture(
    // Its path, as the narrative or the list of files names it.
    path: String,
    // What it shows.
    alt: String,
) -> impl IntoNode {
    let page = Page::get();
    let address = page
        .report
        .with_untracked(|report| find_artifact(report, &path, is_shown).and_then(address_of));
    match address {
        Some(address) => el("img")
            .attr("src", address)
            .attr("alt", alt)
            .attr("loading", "lazy")
            .into_node(),
        None => {
            let text = move || page.say(&ReportText::MissingPicture { path: &path });
            el("span").class("prose-picture").child(text).into_node()
        }
    }
}

/// The artifact of that path and of a wanted media type; else the only one whose path ends so.
pub fn find_artifact<'a>(
    report: &'a Report,
    path: &str,
    is_wanted: fn(&str) -> bool,
) -> Option<&'a ArtifactRecord> {
    let wanted = || {
        report
            .artifacts
            .iter()
            .filter(|it| is_wanted(&it.media_type))
    };
    if let Some(found) = wanted().find(|record| record.path == path) {
        return Some(found);
    }
    let mut found = wanted().filter(|it| may_be_same_file(&it.path, path));
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// Where the page finds the picture's bytes: in the report, or in a file beside it.
fn address_of(record: &ArtifactRecord) -> Option<String> {
    match &record.stored {
        Stored::Inside(bytes) => browser::object_url(&record.media_type, bytes),
        Stored::Beside(path) => {
            let is_ours = path.starts_with("raw/") && !path.contains("..");
            is_ours.then(|| path.clone())
        }
        Stored::Nowhere => None,
    }
}

/// The kinds of pictures that can't run anything; an SVG could.
fn is_shown(media_type: &str) -> bool {
    matches!(
        media_type,
        "image/png" | "image/jpeg" | "image/gif" | "image/webp"
    )
}
