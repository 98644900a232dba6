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
pub fn write(report: Report, viewer: Viewer, folder: &Path) -> io::Result<()> {
    let files = files(report, viewer)?;
    fs::create_dir_all(folder)?;
    if files.iter().any(|(name, _)| name.starts_with("raw/")) {
        fs::create_dir_all(folder.join("raw"))?;
    }
    for (name, bytes) in &files {
        output::write_file(&folder.join(name), bytes)?;
    }
    Ok(())
}

/// The files of that folder by their paths in it, the page last.
///
/// # Errors
/// The built viewer's page has no place for the report.
pub fn files(mut report: Report, viewer: Viewer) -> io::Result<Vec<(String, Vec<u8>)>> {
    let raw = gather::put_beside(&mut report).into_iter();
    let mut files: Vec<(String, Vec<u8>)> = raw.map(|(name, it)| (name, it.to_vec())).collect();
    // The style is in the page.
    let assets = viewer.assets().filter(|(name, _)| !name.ends_with(".css"));
    files.extend(assets.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())));
    let mut put = |name: &str, bytes| files.push((name.to_owned(), bytes));
    put("report.json", bundle::write(&report));
    if let Some(judged) = &report.verdict {
        let document = verdict_json::document(&report, judged, None);
        put("verdict.json", format!("{document:#}\n").into_bytes());
    }
    put("index.html", html(&report, viewer)?.into_bytes());
    Ok(files)
}

fn html(report: &Report, viewer: Viewer) -> io::Result<String> {
    let mut page = Page::new(viewer.index());
    let (view, sentence) = prerender::overview(report);
    page.inline_style(viewer.text_ending(".css"))
        .and_then(|()| page.show(report, &view, &sentence))
        .map_err(io::Error::other)?;
    Ok(page.into_html())
}
