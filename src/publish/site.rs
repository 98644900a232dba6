use std::{fs, io, path::Path};

use super::{gather, output, page::Page, prerender, verdict_json, viewer::Viewer};
use crate::{bundle, model::Report};

/// Writes a folder for any static host: the page, the viewer, the bundle, the verdict and the
/// artifacts.
///
/// The page is written last, so that nobody is shown one whose parts aren't there yet. Files that
/// an earlier report left in the folder stay.
///
/// # Errors
/// The folder can't be written; the built viewer's page has no place for the report.
pub fn write(mut report: Report, viewer: Viewer, folder: &Path) -> io::Result<()> {
    let raw = gather::put_beside(&mut report);
    fs::create_dir_all(folder)?;
    if !raw.is_empty() {
        fs::create_dir_all(folder.join("raw"))?;
    }
    for (name, bytes) in &raw {
        output::write_file(&folder.join(name), bytes)?;
    }
    // The style is in the page.
    let assets = viewer.assets().filter(|(name, _)| !name.ends_with(".css"));
    for (name, bytes) in assets {
        output::write_file(&folder.join(name), bytes)?;
    }
    output::write_file(&folder.join("report.json"), &bundle::write(&report))?;
    if let Some(judged) = &report.verdict {
        let document = verdict_json::document(&report, judged, None);
        let json = format!("{document:#}\n");
        output::write_file(&folder.join("verdict.json"), json.as_bytes())?;
    }
    let html = html(&report, viewer)?;
    output::write_file(&folder.join("index.html"), html.as_bytes())
}

fn html(report: &Report, viewer: Viewer) -> io::Result<String> {
    let mut page = Page::new(viewer.index());
    let (view, sentence) = prerender::overview(report);
    page.inline_style(viewer.text_ending(".css"))
        .and_then(|()| page.show(report, &view, &sentence))
        .map_err(io::Error::other)?;
    Ok(page.into_html())
}
