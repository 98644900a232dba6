use gloo_net::http::Request;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, RequestCache, Response, Url, window};

use super::{
    address::{page_url, query_values},
    ahead,
    input::{Input, message},
    read::{open_bundle, open_inputs},
};
use crate::{
    browser::{Opened, pipeline::problem},
    bundle,
    model::{Place, Problem, ProblemKind, SiteEntry, SiteIndex},
};

/// Reads what the page is about: the artifacts that its address names (`?data=PATH`), else the
/// report inside the page, else `report.json` beside it, else nothing.
pub async fn open_page() -> Opened {
    let named = query_values("data");
    if !named.is_empty() {
        return open_named(&named).await;
    }
    if let Some(text) = text_of("careo-site") {
        return Opened {
            site: bundle::read_index(text.as_bytes()).ok(),
            ..Opened::default()
        };
    }
    match text_of("careo-report") {
        Some(text) => opened(unpack(&text).await.and_then(|bytes| bundle::read(&bytes))),
        None => open_beside().await,
    }
}

/// The text of what the page carries: JSON, or gzip as base64.
fn text_of(id: &str) -> Option<String> {
    let document = window()?.document()?;
    let text = document.get_element_by_id(id)?.text_content()?;
    (!text.trim().is_empty()).then_some(text)
}

/// The entries of a file of a site's index; `root` leads to the site's root.
pub async fn site_entries(root: &str, shard: u64) -> Option<Vec<SiteEntry>> {
    let path = SiteIndex::shard_path(shard);
    let bytes = get_fresh(&format!("{root}{path}")).await?;
    bundle::read_entries(&bytes).ok()
}

/// Whether the site has a newer report on the same than the one that this page shows.
pub async fn has_newer_report() -> bool {
    let newest = async {
        let bytes = get_fresh("../latest.json").await?;
        let newest = bundle::read_entry(&bytes).ok()?.path;
        let newest = newest.rsplit('/').next()?.to_owned();
        let here = page_url();
        let here = here.split('?').next()?.trim_end_matches("index.html");
        let here = here.trim_end_matches('/').rsplit('/').next()?;
        Some(here != newest)
    };
    newest.await.unwrap_or_default()
}

/// What changes in a site: not what the browser kept of it.
async fn get_fresh(url: &str) -> Option<Vec<u8>> {
    let request = Request::get(url).cache(RequestCache::NoCache);
    let response = request.send().await.ok().filter(|it| it.ok())?;
    response.binary().await.ok()
}

async fn unpack(text: &str) -> Result<Vec<u8>, Problem> {
    let text = text.trim();
    if text.starts_with('{') {
        return Ok(text.as_bytes().to_vec());
    }
    let broken = |message: String| Problem {
        kind: ProblemKind::Container { message },
        place: Some(Place::artifact("report.json")),
        reader: None,
    };
    let packed = bundle::decode_base64(text).ok_or_else(|| broken("not base64".to_owned()))?;
    gunzip(&packed)
        .await
        .map_err(|error| broken(message(&error)))
}

#[wasm_bindgen]
extern "C" {
    /// Not in web-sys yet.
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

async fn gunzip(packed: &[u8]) -> Result<Vec<u8>, JsValue> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(packed)))?;
    let stream = DecompressionStream::new("gzip")?;
    let unpacked = blob.stream().pipe_through(stream.unchecked_ref());
    let response = Response::new_with_opt_readable_stream(Some(&unpacked))?;
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// A page without a report beside it is the viewer alone: no problem.
async fn open_beside() -> Opened {
    let is_file = window()
        .and_then(|window| window.location().protocol().ok())
        .is_some_and(|protocol| protocol == "file:");
    if is_file {
        return Opened::default();
    }
    let place = || Some(Place::artifact("report.json"));
    let failed = |kind| Problem {
        kind,
        place: place(),
        reader: None,
    };
    match ahead::fetch("report.json").await {
        Ok((response, _)) if response.status() == 404 => Opened::default(),
        Ok((response, _)) if !response.ok() => opened(Err(failed(ProblemKind::Http {
            status: response.status(),
        }))),
        // Some servers answer every address with their front page.
        Ok((response, _)) if is_html(&response) => Opened::default(),
        Ok((_, blob)) => {
            let path = "report.json".to_owned();
            opened(open_bundle(Input { path, blob }).await)
        }
        Err(error) => opened(Err(failed(ProblemKind::Unreadable {
            message: message(&error),
        }))),
    }
}

fn is_html(response: &gloo_net::http::Response) -> bool {
    let kind = response.headers().get("content-type");
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

fn opened(report: Result<crate::model::Report, Problem>) -> Opened {
    match report {
        Ok(report) => Opened {
            report: Some(report),
            ..Opened::default()
        },
        Err(mut problem) => {
            problem
                .place
                .get_or_insert_with(|| Place::artifact("report.json"));
            Opened {
                problems: vec![problem],
                ..Opened::default()
            }
        }
    }
}

/// Reads the artifacts that the address names; what can't be had is told, the rest is shown.
async fn open_named(paths: &[String]) -> Opened {
    let mut inputs = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        match fetch(path).await {
            Ok(input) => inputs.push(input),
            Err(kind) => problems.push(Problem {
                place: Some(Place::artifact(path)),
                ..problem(kind)
            }),
        }
    }
    if inputs.is_empty() {
        return Opened {
            problems,
            ..Opened::default()
        };
    }
    let mut opened = open_inputs(inputs).await;
    opened.problems.splice(0..0, problems);
    opened
}

async fn fetch(path: &str) -> Result<Input, ProblemKind> {
    let url = Url::new_with_base(path, &page_url()).map_err(|error| ProblemKind::Unreadable {
        message: message(&error),
    })?;
    let origin = window().and_then(|window| window.location().origin().ok());
    if Some(url.origin()) != origin {
        return Err(ProblemKind::OtherOrigin);
    }
    let fetched = ahead::fetch(path).await;
    let (response, blob) = fetched.map_err(|error| ProblemKind::Unreadable {
        message: message(&error),
    })?;
    match response.status() {
        404 => return Err(ProblemKind::NotFound),
        status if !response.ok() => return Err(ProblemKind::Http { status }),
        _ => {}
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_start_matches("./").trim_start_matches('/');
    Ok(Input {
        path: path.to_owned(),
        blob,
    })
}
