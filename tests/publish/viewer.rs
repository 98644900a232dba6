//! A stand-in for the built viewer, for tests that open no page: none has to be built for them.

use std::{fs, path::Path};

/// All that publishing and packing look for in the viewer's page.
const INDEX: &str = "<!doctype html>\n<html lang=\"en\" data-state=\"loading\">\n<head>\n\
    <meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n\
    <title>careo</title>\n\
    <link rel=\"stylesheet\" href=\"./careo.css\"/>\n\
    <link rel=\"modulepreload\" href=\"./viewer.js\">\n\
    <link rel=\"preload\" href=\"./viewer_bg.wasm\">\n\
    <script type=\"module\" src=\"./loader.js\"></script>\n</head>\n<body>\n\
    <div id=\"app\"></div>\n</body>\n</html>\n";

/// The end of the glue that wasm-bindgen writes.
const GLUE: &str = "export { initSync, __wbg_init as default };\n";

/// Writes it into a folder, which `CAREO_VIEWER` then names.
pub fn write(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let files = [
        ("index.html", INDEX),
        ("careo.css", "a{}"),
        ("loader.js", "// 1"),
        ("viewer.js", GLUE),
        ("viewer_bg.wasm", "\0asm"),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}
