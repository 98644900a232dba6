//! Objects of a bucket, by paths below a prefix: what `object_store` does, one request at a time.

use std::{fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use http_body_util::BodyExt as _;
use object_store::{
    Attribute, Attributes, ClientOptions, Error, GetOptions, GetResult, ObjectStore as _,
    ObjectStoreExt as _, PutMode, PutOptions, RetryConfig, UpdateVersion,
    aws::{AmazonS3, AmazonS3Builder},
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
    },
    list::{PaginatedListOptions, PaginatedListStore as _},
    path::Path,
};
use tokio::runtime::{Builder, Runtime};

use super::{
    name::is_report,
    site::{Kind, Refusal},
};
use crate::{
    publish::{http::Client, serve::media_type},
    words::publishing::Publishing,
};

/// Variables whose values are never told.
const SECRETS: [&str; 4] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
];

/// Which version of an object is meant.
pub type Tag = UpdateVersion;

/// The objects below a prefix of a bucket.
pub struct Store {
    runtime: Runtime,
    client: AmazonS3,
    /// Empty, or with a final slash.
    prefix: String,
}

impl Store {
    /// The bucket at `s3://bucket/prefix`, by what the environment says (`AWS_REGION`,
    /// `AWS_ENDPOINT_URL`, credentials).
    ///
    /// # Errors
    /// It is no such address; the environment has something impossible.
    pub fn new(url: &str) -> Result<Self, Refusal> {
        let (bucket, prefix) = parse(url).ok_or_else(|| Publishing::BadBucket {
            found: url.to_owned(),
        })?;
        let get = |name: &str| std::env::var(name).ok();
        let failed = |message: String| Publishing::Failed {
            what: url.to_owned(),
            message,
        };
        let client = Client::new(&get).map_err(|error| failed(error.to_string()))?;
        let retry = RetryConfig {
            max_retries: 3,
            retry_timeout: Duration::from_secs(60),
            ..RetryConfig::default()
        };
        let built = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .with_retry(retry)
            .with_disable_bulk_delete(true)
            .with_http_connector(Connector(Arc::new(client)))
            .build();
        let runtime = Builder::new_current_thread().enable_time().build();
        Ok(Self {
            runtime: runtime.map_err(|error| failed(error.to_string()))?,
            client: built.map_err(|error| failed(told(&error)))?,
            prefix,
        })
    }

    /// An object with its version; `None` where there is none.
    pub fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Tag)>, Refusal> {
        let at = self.path(path)?;
        self.runtime.block_on(async {
            let Some(found) = found(self.client.get(&at).await)? else {
                return Ok(None);
            };
            let tag = tag(&found);
            let bytes = found.bytes().await.map_err(|error| refused(&error))?;
            Ok(Some((bytes.to_vec(), tag)))
        })
    }

    /// The version of an object.
    pub fn tag(&self, path: &str) -> Result<Option<Tag>, Refusal> {
        let at = self.path(path)?;
        let options = GetOptions {
            head: true,
            ..GetOptions::default()
        };
        let asked = self.runtime.block_on(self.client.get_opts(&at, options));
        Ok(found(asked)?.as_ref().map(tag))
    }

    /// Puts an object in the place of that very version, or where there was none; the new version,
    /// or `None` when somebody else was there.
    pub fn put(
        &self,
        path: &str,
        bytes: &[u8],
        instead: Option<&Tag>,
    ) -> Result<Option<Tag>, Refusal> {
        let mode = instead.map_or(PutMode::Create, |tag| PutMode::Update(tag.clone()));
        self.put_as(path, bytes, mode)
    }

    /// Puts an object, whatever was there.
    pub fn overwrite(&self, path: &str, bytes: &[u8]) -> Result<(), Refusal> {
        self.put_as(path, bytes, PutMode::Overwrite).map(drop)
    }

    fn put_as(&self, path: &str, bytes: &[u8], mode: PutMode) -> Result<Option<Tag>, Refusal> {
        let at = self.path(path)?;
        let caching = match never_changes(path) {
            true => "public, max-age=31536000, immutable",
            false => "no-cache",
        };
        let attributes = [
            (
                Attribute::ContentType,
                media_type(std::path::Path::new(path)),
            ),
            (Attribute::CacheControl, caching),
        ];
        let attributes: Attributes = attributes.into_iter().collect();
        let options = PutOptions {
            mode,
            attributes,
            ..PutOptions::default()
        };
        let put = self.client.put_opts(&at, bytes.to_vec().into(), options);
        match self.runtime.block_on(put) {
            Ok(put) => Ok(Some(Tag {
                e_tag: put.e_tag,
                version: put.version,
            })),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Ok(None),
            Err(error) => Err(refused(&error)),
        }
    }

    /// Takes an object away, if it is there.
    pub fn remove(&self, path: &str) -> Result<(), Refusal> {
        let at = self.path(path)?;
        found(self.runtime.block_on(self.client.delete(&at))).map(drop)
    }

    /// Names in a folder with their kinds, and the versions of objects.
    pub fn list(&self, folder: &str) -> Result<Vec<(String, Kind, Option<Tag>)>, Refusal> {
        let start = self.folder(folder);
        let mut items = Vec::new();
        self.each_page(&start, Some("/"), &mut |page| {
            for prefix in &page.common_prefixes {
                items.push((last_name(prefix), Kind::Folder, None));
            }
            for object in page.objects {
                let tag = Tag {
                    e_tag: object.e_tag,
                    version: object.version,
                };
                items.push((last_name(&object.location), Kind::File, Some(tag)));
            }
            true
        })?;
        items.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(items)
    }

    /// The paths of all objects below a folder.
    pub fn all_below(&self, folder: &str) -> Result<Vec<String>, Refusal> {
        let mut paths = Vec::new();
        self.each_page(&self.folder(folder), None, &mut |page| {
            let all = page.objects.iter().map(|it| it.location.as_ref());
            paths.extend(all.filter_map(|it| Some(it.strip_prefix(&self.prefix)?.to_owned())));
            true
        })?;
        paths.sort();
        Ok(paths)
    }

    /// Whether anything is below a folder.
    pub fn is_folder(&self, folder: &str) -> Result<bool, Refusal> {
        let mut is_there = false;
        self.each_page(&self.folder(folder), None, &mut |page| {
            is_there = !page.objects.is_empty();
            false
        })?;
        Ok(is_there)
    }

    /// Goes through the pages of a listing, as long as more are wanted.
    fn each_page(
        &self,
        start: &str,
        delimiter: Option<&'static str>,
        see: &mut dyn FnMut(object_store::ListResult) -> bool,
    ) -> Result<(), Refusal> {
        let mut page_token = None;
        loop {
            let options = PaginatedListOptions {
                delimiter: delimiter.map(Into::into),
                page_token,
                ..PaginatedListOptions::default()
            };
            let start = (!start.is_empty()).then_some(start);
            let asked = self.client.list_paginated(start, options);
            let page = self.runtime.block_on(asked);
            let page = page.map_err(|error| refused(&error))?;
            page_token = page.page_token;
            if !see(page.result) || page_token.is_none() {
                return Ok(());
            }
        }
    }

    fn path(&self, path: &str) -> Result<Path, Refusal> {
        Path::parse(format!("{}{path}", self.prefix)).map_err(|_no_path| Publishing::NotOurs {
            path: path.to_owned(),
        })
    }

    fn folder(&self, folder: &str) -> String {
        match folder {
            "" => self.prefix.clone(),
            folder => format!("{}{folder}/", self.prefix),
        }
    }
}

/// Bucket and prefix of `s3://bucket/prefix`.
fn parse(url: &str) -> Option<(String, String)> {
    let (bucket, prefix) = match url.strip_prefix("s3://")?.split_once('/') {
        Some((bucket, prefix)) => (bucket, prefix.trim_end_matches('/')),
        None => (url.strip_prefix("s3://")?, ""),
    };
    let is_known = |it: u8| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-');
    let is_part = |it: &str| {
        !matches!(it, "" | "." | "..")
            && !it.contains(|c: char| c.is_control() || "?#\\".contains(c))
    };
    let is_good = !bucket.is_empty()
        && bucket.bytes().all(is_known)
        && (prefix.is_empty() || prefix.split('/').all(is_part));
    let prefix = match prefix {
        "" => String::new(),
        prefix => format!("{prefix}/"),
    };
    is_good.then(|| (bucket.to_owned(), prefix))
}

/// Whether an object is the same for ever: a viewer's, or a report's own.
fn never_changes(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    // What a report is about may be called like one: `tag/202601011230`.
    let is_in_report = match parts.as_slice() {
        [_kind, _name, folders @ .., _file] => folders.iter().any(|it| is_report(it)),
        _ => false,
    };
    path.starts_with("careo/viewer/") || is_in_report
}

fn last_name(path: &Path) -> String {
    let path: &str = path.as_ref();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

fn tag(found: &GetResult) -> Tag {
    Tag {
        e_tag: found.meta.e_tag.clone(),
        version: found.meta.version.clone(),
    }
}

fn found<T>(asked: Result<T, Error>) -> Result<Option<T>, Refusal> {
    match asked {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(refused(&error)),
    }
}

fn refused(error: &Error) -> Refusal {
    Publishing::Remote {
        message: told(error),
    }
}

/// What a server said, in short. It may repeat a signature or a token in its answer, so that only
/// its code and its message are told.
fn told(error: &Error) -> String {
    let text = error.to_string();
    let inside = |name: &str| {
        let (_, rest) = text.split_once(&format!("<{name}>"))?;
        Some(rest.split_once("</")?.0.to_owned())
    };
    let said = match (inside("Code"), inside("Message")) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(code), None) => code,
        _ => text
            .split('<')
            .next()
            .unwrap_or_default()
            .chars()
            .take(400)
            .collect(),
    };
    let secrets = SECRETS.iter().filter_map(|name| std::env::var(name).ok());
    let secrets = secrets.filter(|it| !it.is_empty());
    secrets.fold(said, |said, secret| said.replace(&secret, "***"))
}

/// Lets `object_store` send its requests as all of ours are sent.
#[derive(Clone)]
struct Connector(Arc<Client>);

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

impl HttpConnector for Connector {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

impl HttpService for Connector {
    fn call<'a, 'b>(
        &'a self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'b>>
    where
        'a: 'b,
        Self: 'b,
    {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await?.to_bytes().to_vec();
            let answer = self.0.exchange(head, body);
            // Whether it arrived is not known: tried again only where that does no harm.
            let answer =
                answer.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error))?;
            Ok(answer.map(Into::into))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buckets_address_is_read() {
        let good = [
            ("s3://models", ("models", "")),
            ("s3://models/", ("models", "")),
            ("s3://my.models/a/b/", ("my.models", "a/b/")),
        ];
        for (url, (bucket, prefix)) in good {
            let expected = Some((bucket.to_owned(), prefix.to_owned()));
            assert_eq!(parse(url), expected, "{url}");
        }
        for url in [
            "models",
            "https://models",
            "s3://",
            "s3:///a",
            "s3://A/b",
            "s3://a/../b",
            "s3://a//b",
            "s3://a/b?c",
            "s3://k:s@a/b",
        ] {
            assert_eq!(parse(url), None, "{url}");
        }
    }

    #[test]
    fn a_servers_answer_is_told_without_what_it_repeats() {
        let source = "403: <Error><Code>InvalidToken</Code><Message>The token is bad</Message>\
                      <Token-0>secret</Token-0></Error>";
        let error = Error::Generic {
            store: "S3",
            source: source.into(),
        };
        assert_eq!(told(&error), "InvalidToken: The token is bad");
    }

    #[test]
    fn only_viewers_and_reports_are_kept_for_ever() {
        for path in [
            "careo/viewer/0/x.js",
            "pr/1/0123456789ab/index.html",
            "pr/1/0123456789ab-2/raw/x.bin",
            "tag/202601011230/0123456789ab/report.json",
        ] {
            assert!(never_changes(path), "{path}");
        }
        for path in ["index.html", "pr/1/latest.json", "careo/index/0.json"] {
            assert!(!never_changes(path), "{path}");
        }
    }
}
