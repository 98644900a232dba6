//! Puts the built viewer (`dist/`) into the command line, when it is there and of this version.
//!
//! Writes `viewer.rs` for `publish`: the files by name, or none. Never calls cargo or Trunk.
//! The files are copied: where a checkout and a package of it share a target folder, either may go.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?);
    // The viewer itself doesn't look at `dist/`, else each build of it would start the next.
    let files = if env::var_os("CARGO_FEATURE_CLI").is_some() {
        // Cargo would run us every time for a path that isn't there.
        let dist = Path::new("dist");
        let _: io::Result<()> = fs::create_dir_all(dist);
        println!("cargo::rerun-if-changed=dist");
        viewer_files(dist)?
    } else {
        Vec::new()
    };
    fs::write(out.join("viewer.rs"), render(&files, &out)?)
}

/// The files of a viewer of this very version, by name; else none.
fn viewer_files(dist: &Path) -> io::Result<Vec<PathBuf>> {
    let version = fs::read_to_string(dist.join("version.txt")).unwrap_or_default();
    if version.trim() != env!("CARGO_PKG_VERSION") {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(dist)? {
        let path = entry?.path();
        if path.is_file() && !path.ends_with("version.txt") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn render(files: &[PathBuf], out: &Path) -> io::Result<String> {
    let copies = out.join("viewer");
    let _: io::Result<()> = fs::remove_dir_all(&copies);
    fs::create_dir_all(&copies)?;
    let mut text = String::from(
        "/// The files of the built viewer by name, sorted; empty when it was not built.\n\
         pub const VIEWER_FILES: &[(&str, &[u8])] = &[\n",
    );
    for path in files {
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| io::Error::other("a name in dist/ is not UTF-8"))?;
        fs::copy(path, copies.join(name))?;
        let copy = format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/viewer/{name}\"))");
        writeln!(text, "    ({name:?}, {copy}),").map_err(io::Error::other)?;
    }
    text.push_str("];\n");
    Ok(text)
}
