use std::sync::Arc;

use leptos::prelude::*;

use super::Page;
use crate::{
    browser,
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
#[component]
pub fn FilesView() -> impl IntoView {
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
        view! {
            <th scope="col" class=class>
                {move || say(message)}
            </th>
        }
    };
    let heads = move || heads.map(head).collect_view();
    let rows = move || rows(&page.report.get(), page.lang.get());
    let is_empty = move || page.report.with(|report| report.artifacts.is_empty());
    let others = move || others(&page.report.get(), page.lang.get());
    view! {
        <section class="files">
            <h1 id="files-title">{move || say(Files::Title)}</h1>
            <Show
                when=move || !is_empty()
                fallback=move || view! { <p class="quiet">{move || say(Files::None)}</p> }
            >
                <div class="scroll" tabindex="0" role="region" aria-labelledby="files-title">
                    <table id="files-table">
                        <caption class="note">{move || say(Files::Caption)}</caption>
                        <thead>
                            <tr>{heads}</tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
            {others}
        </section>
    }
}

fn rows(report: &Report, lang: Lang) -> impl IntoView + use<> {
    let keys = report.revision_keys();
    let row = |record: &ArtifactRecord| {
        let revision = record.revision.and_then(|idx| keys.get(idx).cloned());
        let reader = match &record.reader {
            Some(reader) => view! { <code>{reader.clone()}</code> }.into_any(),
            None => view! { <span class="quiet">{Files::Unread.say(lang)}</span> }.into_any(),
        };
        let short = record.sha256.get(..12).unwrap_or(&record.sha256).to_owned();
        view! {
            <tr data-artifact=record.path.clone()>
                <th scope="row">{name(record, lang)}</th>
                <td class="num" data-bytes=record.n_bytes.to_string()>
                    {bytes(record.n_bytes, lang)}
                </td>
                <td>{reader}</td>
                <td>{revision}</td>
                <td>
                    <code title=record.sha256.clone()>{short}</code>
                </td>
                <td>{remarks(report, record, lang)}</td>
            </tr>
        }
    };
    report.artifacts.iter().map(row).collect_view()
}

/// The path, as a download where the bytes can be had. Never opened in place: a page from an
/// artifact must not run on the team's origin.
fn name(record: &ArtifactRecord, lang: Lang) -> AnyView {
    let path = record.path.clone();
    let file_name = path.rsplit('/').next().unwrap_or_default().to_owned();
    let title = Files::Download.say(lang);
    match &record.stored {
        Stored::Beside(at) if is_raw(at) => view! {
            <a href=at.clone() download=file_name title=title>
                <code>{path}</code>
            </a>
        }
        .into_any(),
        Stored::Inside(bytes) => {
            let bytes = Arc::clone(bytes);
            let on_click = move |_| {
                browser::download(&file_name, "application/octet-stream", &bytes);
            };
            view! {
                <button class="plain" type="button" title=title on:click=on_click>
                    <code>{path}</code>
                </button>
            }
            .into_any()
        }
        Stored::Beside(_) | Stored::Nowhere => view! {
            <code title=Files::NotKept.say(lang)>{path}</code>
        }
        .into_any(),
    }
}

/// Whether a place beside the page is where `careo` puts raw artifacts, and nothing else.
fn is_raw(at: &str) -> bool {
    let digest = at
        .strip_prefix("raw/")
        .and_then(|at| at.strip_suffix(".bin"));
    digest.is_some_and(|digest| digest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Problems first, then notices; that a reader took it is said by its column.
fn remarks(report: &Report, record: &ArtifactRecord, lang: Lang) -> AnyView {
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
            view! {
                <li class="failed">
                    {format!("✕ {line}{separator}{}", what(problem, lang))}
                    <span class="sub">{help}</span>
                </li>
            }
        })
        .collect_view();
    let notices = report
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
            view! { <li>{format!("{line}{}", notice.kind.say(lang))}</li> }
        })
        .collect_view();
    if notices.len() <= MAX_OPEN {
        return view! { <ul class="remarks">{problems} {notices}</ul> }.into_any();
    }
    // A table of many commits can hold hundreds.
    let n_notices = Shell::Notices(notices.len()).say(lang);
    view! {
        <ul class="remarks">{problems}</ul>
        <details class="remarks-rest">
            <summary>{n_notices}</summary>
            <ul class="remarks">{notices}</ul>
        </details>
    }
    .into_any()
}

/// Notices that are about none of the files.
fn others(report: &Report, lang: Lang) -> Option<impl IntoView + use<>> {
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
    let items = others.iter().map(|text| view! { <li>{text.clone()}</li> });
    (!others.is_empty()).then(|| {
        view! {
            <h2>{Files::OtherNotices.say(lang)}</h2>
            <ul class="remarks">{items.collect_view()}</ul>
        }
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
