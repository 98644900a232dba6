use std::io::{self, Write as _};

use flate2::{Compression, GzBuilder};
use sha2::{Digest as _, Sha256};

use super::{
    page::{Page, escape},
    prerender,
    viewer::Viewer,
};
use crate::{
    bundle::{self, encode_base64},
    model::Report,
};

/// A bundle up to this size stands in the page as it is, for everybody to read.
const MAX_PLAIN_BYTES: usize = 16 * 1024;

/// One self-contained HTML file, which opens by a double click and sends no request.
///
/// The program (glue and loader) is one module script, `#careo-program`, which also is the text of
/// the worker, a classic script; so its exports are taken out. The wasm is in `#careo-wasm`, gzip
/// as base64; the bundle in `#careo-report`, as JSON or, when large, as gzip in base64.
///
/// # Errors
/// The built viewer has no place for the report, or its glue isn't what we know.
pub fn pack(report: &Report, viewer: Viewer) -> io::Result<String> {
    let glue = classic(viewer.text_ending(&glue_name(viewer))).ok_or_else(|| {
        io::Error::other("the viewer's glue is not what wasm-bindgen is known to write")
    })?;
    let loader = viewer.text("loader.js");
    let program = format!("{glue}\n{loader}").replace("</script", "<\\/script");
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; \
         img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'",
        encode_base64(&Sha256::digest(program.as_bytes()))
    );
    let mut page = Page::new(viewer.index());
    let (view, sentence) = prerender::overview(report);
    let assemble = |page: &mut Page| {
        page.take_tag("http-equiv=\"Content-Security-Policy\"", ">")?;
        page.inline_style(viewer.text_ending(".css"))?;
        page.take_tag("rel=\"modulepreload\"", ">")?;
        page.take_tag("rel=\"preload\"", ">")?;
        page.take_tag("src=\"./loader.js\"", "</script>")?;
        let head = format!(
            "<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            escape(&policy).replace("&#39;", "'")
        );
        page.replace("<meta charset=\"utf-8\">", &head)?;
        page.show(report, &view, &sentence)
    };
    assemble(&mut page).map_err(io::Error::other)?;
    let data = format!(
        "{report}\n<script type=\"application/octet-stream\" id=\"careo-wasm\">{wasm}</script>\n\
         <script type=\"module\" id=\"careo-program\">{program}</script>\n</body>",
        report = report_script(report)?,
        wasm = packed(viewer.ending("_bg.wasm"))?,
    );
    page.replace("</body>", &data).map_err(io::Error::other)?;
    Ok(page.into_html())
}

/// The name of the glue, which stands in the page.
fn glue_name(viewer: Viewer) -> String {
    let wasm = viewer
        .assets()
        .map(|(name, _)| name)
        .find(|name| name.ends_with("_bg.wasm"));
    wasm.map_or_else(String::new, |name| name.replace("_bg.wasm", ".js"))
}

fn report_script(report: &Report) -> io::Result<String> {
    let json = bundle::write(report);
    if json.len() > MAX_PLAIN_BYTES {
        let packed = packed(&json)?;
        let start = "<script type=\"application/octet-stream\" id=\"careo-report\">";
        return Ok(format!("{start}{packed}</script>"));
    }
    // Only in strings can `<` stand in JSON: as an escape it can't end the script.
    let json = text(&json).replace('<', "\\u003c");
    Ok(format!(
        "<script type=\"application/json\" id=\"careo-report\">{json}</script>"
    ))
}

/// gzip without name and time, as base64.
fn packed(bytes: &[u8]) -> io::Result<String> {
    let mut writer = GzBuilder::new()
        .operating_system(255)
        .write(Vec::new(), Compression::best());
    writer.write_all(bytes)?;
    Ok(encode_base64(&writer.finish()?))
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The glue as a classic script: without exports, and without the address that only a module has.
fn classic(glue: &str) -> Option<String> {
    const ADDRESS: &str = "import.meta.url";
    let mut script = String::with_capacity(glue.len());
    let mut has_init = false;
    for line in glue.lines() {
        if line.starts_with("export {") {
            has_init |= line.contains("__wbg_init as default");
            continue;
        }
        if line.starts_with("import ") {
            return None;
        }
        script.push_str(
            line.strip_prefix("export default ")
                .unwrap_or_else(|| line.strip_prefix("export ").unwrap_or(line)),
        );
        script.push('\n');
    }
    // The wasm is always handed over; this is the address to fetch it from otherwise.
    let script = script.replace(ADDRESS, "\"\"");
    has_init.then_some(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_becomes_a_classic_script() {
        let glue = "export class A {}\nexport function read_artifacts() {}\nlet wasm;\n\
                    async function __wbg_init(m) { new URL('x.wasm', import.meta.url); }\n\
                    export { initSync, __wbg_init as default };\n";
        let expected = "class A {}\nfunction read_artifacts() {}\nlet wasm;\n\
                        async function __wbg_init(m) { new URL('x.wasm', \"\"); }\n";
        assert_eq!(classic(glue).as_deref(), Some(expected));
        assert_eq!(
            classic("import * as x from './y.js';\nexport { __wbg_init as default };"),
            None
        );
        assert_eq!(classic("let a;"), None);
    }

    #[test]
    fn a_small_report_can_not_end_its_script() {
        let mut report = Report::default();
        report.origin.title = Some("</script><script>alert(1)".to_owned());
        let script = report_script(&report).unwrap();
        assert_eq!(script.matches("</script>").count(), 1);
        let json = script
            .split_once('>')
            .unwrap()
            .1
            .strip_suffix("</script>")
            .unwrap();
        assert_eq!(bundle::read(json.as_bytes()).unwrap(), report);
    }

    #[test]
    fn a_large_report_is_packed_the_same_each_time() {
        let mut report = Report::default();
        report.origin.title = Some("x".repeat(MAX_PLAIN_BYTES));
        let script = report_script(&report).unwrap();
        assert!(script.len() < 1000);
        assert_eq!(report_script(&report).unwrap(), script);
    }
}
