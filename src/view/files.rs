use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::{Page, code_text::code_text};
use crate::{
    browser,
    browser::markup::{CollectNodes as _, El, IntoNode, Node, el, group, show},
    model::{ArtifactRecord, Lang, Notice, NoticeKind, Report, Stored},
    words::{
        Say as _,
        files::Files,
        notice,
        number::bytes,
        problem::{help, spot, what},
        shell::Shell,
    },
};

/// As many notices of a file as are shown without folding them away.
const MAX_OPEN: usize = 4;

/// The Files view: every artifact with its size, digest, reader and notices.
pub fn files_view() -> impl IntoNode {
    let page = Page::get();
    let say = move |message: Files| page.say(&message);
    let heads = [
        (Files::File, ""),
        (Files::Size, "num"),
        (Files::Reader, ""),
        (Files::Revision, ""),
        (Files::Digest, ""),
        (Files::Remarks, ""),
    ];
    let head = move |(message, class): (Files, &'static str)| {
        el("th")
            .attr("scope", "col")
            .class(class)
            .child(move || say(message))
    };
    let heads = move || heads.map(head).collect_nodes();
    let rows = move || rows(&page.report.get(), page.lang.get());
    let is_empty = move || page.report.with(|report| report.artifacts.is_empty());
    let others = move || others(&page.report.get(), page.lang.get());
    el("section")
        .class("files")
        .child(
            el("h1")
                .attr("id", "files-title")
                .child(move || say(Files::Title)),
        )
        .child(show(
            move || !is_empty(),
            move || {
                el("div")
                    .class("scroll")
                    .attr("tabindex", "0")
                    .attr("role", "region")
                    .attr("aria-labelledby", "files-title")
                    .child(
                        el("table")
                            .attr("id", "files-table")
                            .child(
                                el("caption")
                                    .class("note")
                                    .child(move || say(Files::Caption)),
                            )
                            .child(el("thead").child(el("tr").child(heads)))
                            .child(el("tbody").child(rows)),
                    )
            },
        ))
        .child(show(is_empty, move || {
            el("p").class("quiet").child(move || say(Files::None))
        }))
        .child(others)
}

fn rows(report: &Report, lang: Lang) -> impl IntoNode + use<> {
    let keys = report.revision_keys();
    let row = |record: &ArtifactRecord| {
        let revision = record.revision.and_then(|idx| keys.get(idx).cloned());
        let reader = match &record.reader {
            Some(reader) => el("code").child(reader.clone()).into_node(),
            None => el("span")
                .class("quiet")
                .child(Files::Unread.say(lang))
                .into_node(),
        };
        let short = record.sha256.get(..12).unwrap_or(&record.sha256).to_owned();
        el("tr")
            .attr("data-artifact", record.path.clone())
            .child(el("th").attr("scope", "row").child(name(record, lang)))
            .child(
                el("td")
                    .class("num")
                    .attr("data-bytes", record.n_bytes.to_string())
                    .child(bytes(record.n_bytes, lang)),
            )
            .child(el("td").child(reader))
            .child(el("td").child(revision))
            .child(el("td").child(el("code").attr("title", record.sha256.clone()).child(short)))
            .child(el("td").child(remarks(report, record, lang)))
    };
    report.artifacts.iter().map(row).collect_nodes()
}

/// The path, as a download where the bytes can be had.
fn name(record: &ArtifactRecord, lang: Lang) -> Node {
    let path = el("code").child(record.path.clone());
    match download(record, lang) {
        Some(download) => download.child(path).into_node(),
        None => path.into_node(),
    }
}

/// What downloads an artifact, where its bytes can be had. Never opened in place: a page from an
/// artifact must not run on the team's origin.
pub fn download(record: &ArtifactRecord, lang: Lang) -> Option<El> {
    let file_name = record.path.rsplit('/').next().unwrap_or_default();
    let file_name = file_name.to_owned();
    let to = match &record.stored {
        Stored::Beside(at) if is_raw(at) => {
            el("a").attr("href", at.clone()).attr("download", file_name)
        }
        Stored::Inside(bytes) => {
            let bytes = Arc::clone(bytes);
            let on_click = move |_| {
                browser::download(&file_name, "application/octet-stream", &bytes);
            };
            el("button")
                .class("plain")
                .attr("type", "button")
                .on(ev::click, on_click)
        }
        Stored::Beside(_) | Stored::Nowhere => return None,
    };
    Some(to.attr("title", Files::Download.say(lang)))
}

/// Whether a place beside the page is where `careo` puts raw artifacts, and nothing else.
fn is_raw(at: &str) -> bool {
    let digest = at
        .strip_prefix("raw/")
        .and_then(|at| at.strip_suffix(".bin"));
    digest.is_some_and(|digest| digest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Problems first, then notices; that a reader took it is said by its column.
fn remarks(report: &Report, record: &ArtifactRecord, lang: Lang) -> Node {
    let is_here = |artifact: &str| artifact == record.path;
    let problems = report
        .problems
        .iter()
        .filter(|problem| {
            problem
                .place
                .as_ref()
                .is_some_and(|it| is_here(&it.artifact))
        })
        .map(|problem| {
            let place = problem.place.as_ref().map(spot).unwrap_or_default();
            let line = place.strip_prefix(&record.path).unwrap_or_default();
            let line = line.trim_start_matches(':').to_owned();
            let separator = if line.is_empty() { "" } else { ": " };
            let help = help(problem, lang).unwrap_or_default();
            el("li")
                .class("failed")
                .child(format!("✕ {line}{separator}"))
                .child(code_text(&what(problem, lang)))
                .child(el("span").class("sub").child(code_text(&help)))
        })
        .collect_nodes();
    // Why its name is no link.
    let is_gone = download(record, lang).is_none();
    let not_kept = is_gone.then(|| el("li").child(Files::NotKept.say(lang)));
    let notices: Vec<_> = report
        .notices
        .iter()
        .filter(|notice| {
            notice
                .place
                .as_ref()
                .is_some_and(|it| is_here(&it.artifact))
        })
        .filter(|notice| !matches!(notice.kind, NoticeKind::ReaderTook { .. }))
        .map(|notice| {
            let line = notice.place.as_ref().and_then(|place| place.line);
            let line = line.map(|line| format!("{line}: ")).unwrap_or_default();
            el("li")
                .child(line)
                .child(code_text(&notice.kind.say(lang)))
        })
        .collect();
    if notices.len() <= MAX_OPEN {
        return el("ul")
            .class("remarks")
            .child(problems)
            .child(not_kept)
            .child(notices)
            .into_node();
    }
    // A table of many commits can hold hundreds.
    let n_notices = Shell::Notices(notices.len()).say(lang);
    group()
        .child(el("ul").class("remarks").child(problems).child(not_kept))
        .child(
            el("details")
                .class("remarks-rest")
                .child(el("summary").child(n_notices))
                .child(el("ul").class("remarks").child(notices)),
        )
        .into_node()
}

/// Notices that are about none of the files.
fn others(report: &Report, lang: Lang) -> Option<impl IntoNode + use<>> {
    let is_listed = |notice: &&Notice| {
        let place = notice.place.as_ref();
        place.is_some_and(|place| report.artifacts.iter().any(|it| it.path == place.artifact))
    };
    let others: Vec<String> = report
        .notices
        .iter()
        .filter(|notice| !is_listed(notice))
        .map(|it| notice::line(it, lang))
        .collect();
    let items = others.iter().map(|text| el("li").child(code_text(text)));
    (!others.is_empty()).then(|| {
        group()
            .child(el("h2").child(Files::OtherNotices.say(lang)))
            .child(el("ul").class("remarks").child(items.collect_nodes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_raw_files_become_links() {
        assert!(is_raw(&format!("raw/{}.bin", "0a".repeat(32))));
        for at in [
            "raw/../x.bin",
            "https://x/raw/0a.bin",
            "raw/x.html",
            "javascript:1",
        ] {
            assert!(!is_raw(at), "{at}");
        }
    }
}
