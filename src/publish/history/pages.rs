//! The pages of a site with history: a report, the way to the newest one, and the front page.

use sha2::{Digest as _, Sha256};

use super::viewer::folder;
use crate::{
    bundle::{encode_base64, write_index},
    model::{Lang, Report, SiteIndex},
    publish::{
        page::{MARK, NoSuchPlace, Page, escape, head},
        prerender,
    },
    words::{Say as _, site::Site as Words},
};

/// Whether `publish` wrote a page, and so may replace it. What `site` and `pack` wrote is somebody's
/// own here; `page::is_ours` knows these as well.
pub fn is_published(html: &[u8]) -> bool {
    let start = html.get(..4096).unwrap_or(html);
    String::from_utf8_lossy(start).contains(MARK)
}

/// The page of a report, `depth` folders below the site's root.
///
/// # Errors
/// The template has no place for it: a bug in careo.
pub fn report(
    report: &Report,
    template: &str,
    viewer: &str,
    depth: usize,
    front: &str,
) -> Result<String, NoSuchPlace> {
    let root = "../".repeat(depth);
    let mut page = Page::new(template);
    let (view, sentence) = prerender::overview(report);
    page.move_files(&format!("{root}{}/", folder(viewer)));
    page.show(report, &view, &sentence)?;
    page.set_root_attribute("data-root", &format!("{root}{front}"))?;
    mark(&mut page)?;
    Ok(page.into_html())
}

/// The front page.
///
/// # Errors
/// The template has no place for it.
pub fn front(index: &SiteIndex, template: &str, lang: Lang) -> Result<String, NoSuchPlace> {
    // From the folder of the page to the root of the site.
    let root = if index.front.is_empty() { "./" } else { "../" };
    let mut page = Page::new(template);
    page.move_files(&format!("{root}{}/", folder(&index.viewer)));
    let title = Words::FrontTitle(index.repository.clone()).say(lang);
    let view = prerender::site(index, root, lang);
    page.show_view(lang, &format!("<title>{}</title>", escape(&title)), &view)?;
    page.set_root_attribute("data-root", root)?;
    mark(&mut page)?;
    let json = write_index(index);
    // Only in strings can `<` stand in JSON: as an escape it can't end the script.
    let json = String::from_utf8_lossy(&json).replace('<', "\\u003c");
    let data =
        format!("<script type=\"application/json\" id=\"careo-site\">{json}</script>\n</body>");
    page.replace("</body>", &data)?;
    Ok(page.into_html())
}

/// Opens the newest report: asks `latest.json`, past any cache; what the page itself knows will do
/// where there is no answer. The fragment is the view, and goes along.
const OPEN: &str = "\
const known = document.documentElement.dataset.newest;
const open = (folder) => location.replace(new URL(folder + '/' + location.search + location.hash, location.href.split(/[?#]/)[0]));
fetch('latest.json', { cache: 'no-cache' })
  .then((answer) => answer.json())
  .then(({ data: { path } }) => path.split('/').pop().match(/^[0-9a-f]{12}(-[0-9]+)?$/)[0])
  .catch(() => known)
  .then(open);
";

/// The page that opens the newest report, in the folder `newest` beside it.
pub fn newest(report: &Report, newest: &str, lang: Lang) -> String {
    let verdict = report.verdict.as_ref();
    let sentence = verdict.map(|it| crate::summary::verdict_sentence(report, it, lang));
    let hash = encode_base64(&Sha256::digest(OPEN.as_bytes()));
    let text = Words::OpenNewest.say(lang);
    format!(
        "<!doctype html>\n\
         <html lang=\"{lang}\" data-newest=\"{newest}\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         {MARK}\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{hash}'; connect-src 'self'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         {head}\n\
         <noscript><meta http-equiv=\"refresh\" content=\"0; url={newest}/\"></noscript>\n\
         </head>\n\
         <body>\n\
         <p><a href=\"{newest}/\">{text}</a></p>\n\
         <script>{OPEN}</script>\n\
         </body>\n\
         </html>\n",
        lang = lang.code(),
        head = head(report, &sentence.unwrap_or_default(), lang),
        newest = escape(newest),
        text = escape(&text),
    )
}

fn mark(page: &mut Page) -> Result<(), NoSuchPlace> {
    let charset = "<meta charset=\"utf-8\">";
    page.replace(charset, &format!("{charset}\n{MARK}"))
}
