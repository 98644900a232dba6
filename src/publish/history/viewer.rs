//! The viewer as a site has it: once for each content, in `careo/viewer/<hash>/`.

use sha2::{Digest as _, Sha256};

use crate::{
    model::{SiteViewer, hex},
    publish::viewer::Viewer,
};

/// The file that says which version a viewer is of.
pub const ABOUT: &str = "about.json";

/// The page of a viewer, into which reports are put; kept beside it, so that an older careo can
/// write the front page of a newer one.
pub const TEMPLATE: &str = "index.html";

/// The folder of a viewer.
pub fn folder(hash: &str) -> String {
    format!("careo/viewer/{hash}")
}

/// The viewer of this careo, ready to be put into a site: what the index says of it, and its files
/// by name.
pub fn files(viewer: Viewer) -> (SiteViewer, Vec<(String, Vec<u8>)>) {
    let mut files: Vec<(String, Vec<u8>)> = viewer
        .assets()
        .chain([(TEMPLATE, viewer.index().as_bytes())])
        .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
        .collect();
    files.sort();
    let mut hash = Sha256::new();
    for (name, bytes) in &files {
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    let hash = hex(&hash.finalize())
        .get(..16)
        .unwrap_or_default()
        .to_owned();
    let about = SiteViewer {
        hash,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        n_bytes: files.iter().map(|(_, bytes)| bytes.len() as u64).sum(),
        n_reports: 0,
    };
    let text = serde_json::json!({"version": about.version, "bytes": about.n_bytes});
    files.push((ABOUT.to_owned(), format!("{text}\n").into_bytes()));
    (about, files)
}

/// What a viewer's own file says of it, without its hash.
pub fn read_about(bytes: &[u8]) -> Option<SiteViewer> {
    let about: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    Some(SiteViewer {
        version: about.get("version")?.as_str()?.to_owned(),
        n_bytes: about.get("bytes")?.as_u64()?,
        ..SiteViewer::default()
    })
}

/// A version's numbers, to be compared: `0.10.2` comes after `0.9`.
pub fn version_parts(version: &str) -> Vec<u64> {
    let version = version.split(['-', '+']).next().unwrap_or_default();
    version
        .split('.')
        .map(|part| part.parse().unwrap_or_default())
        .collect()
}
