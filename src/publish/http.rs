//! Requests to other servers, small and blocking: GitHub's and GitLab's API, and the look whether
//! a published page answers.
//!
//! Nothing here knows of tokens but as a header; no error holds a header's value.

use std::{fmt, fs, io, thread, time::Duration};

use ureq::{
    Agent,
    config::RedirectAuthHeaders,
    http,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

/// The longest body that is read: a page of a hundred comments of 64 KiB each has room.
const MAX_BODY_BYTES: u64 = 16 * 1024 * 1024;
/// One request, from the name's look-up to the last byte.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The largest object of a bucket that is read: a report's files are smaller.
#[cfg(feature = "s3")]
const MAX_OBJECT_BYTES: u64 = 128 * 1024 * 1024;
/// One request for an object.
#[cfg(feature = "s3")]
const OBJECT_TIMEOUT: Duration = Duration::from_secs(300);
/// Where a team's own certificate authority stands: the first that is set counts.
const CA_FILES: [&str; 2] = ["SSL_CERT_FILE", "CI_SERVER_TLS_CA_FILE"];

/// A request.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// `GET`, `HEAD`, `POST`, `PUT` or `PATCH`.
    pub method: &'a str,
    /// The address, `http(s)`.
    pub url: &'a str,
    /// Names and values.
    pub headers: &'a [(&'a str, &'a str)],
    /// JSON, or nothing.
    pub body: Option<&'a str>,
    /// Whether to go where the server sends us. Not with a token, and not to write: a writing
    /// request would arrive as another.
    pub follows: bool,
}

/// What a server answered, whatever its status.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The status: 200, 404.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body, up to 16 MiB.
    pub body: Vec<u8>,
}

impl Response {
    /// The first header of this name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether the status says that it worked.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Why there is no answer; the system's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoAnswer(pub String);

/// Sends requests. `HTTPS_PROXY` and `NO_PROXY` count, as with any tool.
pub struct Client(Agent);

impl Client {
    /// Trusts the certificate authorities of the Web, or those of the file that `SSL_CERT_FILE`
    /// (or GitLab's `CI_SERVER_TLS_CA_FILE`) names.
    ///
    /// # Errors
    /// That file can't be read, or holds no certificate.
    pub fn new(env: &dyn Fn(&str) -> Option<String>) -> io::Result<Self> {
        let set = |name: &&str| env(name).filter(|path| !path.is_empty());
        let named = CA_FILES.iter().find_map(set);
        let tls = TlsConfig::builder();
        let tls = match named {
            Some(path) => tls.root_certs(certificates(&path)?),
            None => tls,
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(TIMEOUT))
            // A server that sends us elsewhere must not hand the token on.
            .redirect_auth_headers(RedirectAuthHeaders::Never)
            .user_agent(concat!("careo/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls.build())
            .build();
        Ok(Self(config.new_agent()))
    }

    /// Sends one request.
    ///
    /// # Errors
    /// Nobody answered, or not in time.
    pub fn send(&self, request: Request<'_>) -> Result<Response, NoAnswer> {
        let mut built = http::Request::builder()
            .method(request.method)
            .uri(request.url);
        for (name, value) in request.headers {
            built = built.header(*name, *value);
        }
        let sent = match request.body {
            Some(body) => built
                .header("content-type", "application/json")
                .body(body.to_owned())
                .map_err(no_request)
                .and_then(|it| self.run(it, request.follows)),
            None => built
                .body(())
                .map_err(no_request)
                .and_then(|it| self.run(it, request.follows)),
        };
        let mut answer = sent?;
        let body = answer.body_mut().with_config().limit(MAX_BODY_BYTES);
        let body = body.read_to_vec().map_err(no_answer)?;
        let headers = answer.headers().iter().filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        });
        Ok(Response {
            status: answer.status().as_u16(),
            headers: headers.collect(),
            body,
        })
    }

    /// Sends one request as it is, and gives the answer as it came; redirects are not followed.
    ///
    /// # Errors
    /// Nobody answered, or not in time.
    #[cfg(feature = "s3")]
    pub fn exchange(
        &self,
        head: http::request::Parts,
        body: Vec<u8>,
    ) -> Result<http::Response<Vec<u8>>, NoAnswer> {
        let is_plain = matches!(head.method.as_str(), "GET" | "HEAD" | "DELETE");
        let answer = match is_plain && body.is_empty() {
            true => self.run_long(http::Request::from_parts(head, ())),
            false => self.run_long(http::Request::from_parts(head, body)),
        };
        let (head, mut body) = answer?.into_parts();
        let body = body.with_config().limit(MAX_OBJECT_BYTES).read_to_vec();
        let body = body.map_err(no_answer)?;
        Ok(http::Response::from_parts(head, body))
    }

    /// Takes its time: an object may be large.
    #[cfg(feature = "s3")]
    fn run_long(
        &self,
        request: http::Request<impl ureq::AsSendBody>,
    ) -> Result<http::Response<ureq::Body>, NoAnswer> {
        let request = self.0.configure_request(request);
        let request = request
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(OBJECT_TIMEOUT))
            .build();
        self.0.run(request).map_err(no_answer)
    }

    fn run(
        &self,
        request: http::Request<impl ureq::AsSendBody>,
        follows: bool,
    ) -> Result<http::Response<ureq::Body>, NoAnswer> {
        let redirects = if follows { 5 } else { 0 };
        let request = self.0.configure_request(request);
        let request = request
            .max_redirects(redirects)
            .max_redirects_will_error(false)
            .build();
        self.0.run(request).map_err(no_answer)
    }
}

/// A header that can't be sent (a token with a line end, say) is not repeated.
fn no_request(_hides_a_header: http::Error) -> NoAnswer {
    NoAnswer("an address or a header that can't be sent".to_owned())
}

fn no_answer(error: ureq::Error) -> NoAnswer {
    NoAnswer(error.to_string())
}

fn certificates(path: &str) -> io::Result<RootCerts> {
    let explain = |what: &dyn fmt::Display| io::Error::other(format!("{path}: {what}"));
    let pem = fs::read(path).map_err(|error| explain(&error))?;
    let mut certificates: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(&pem) {
        if let PemItem::Certificate(it) = item.map_err(|error| explain(&error))? {
            certificates.push(it);
        }
    }
    match certificates.is_empty() {
        true => Err(explain(&"no certificate in it")),
        false => Ok(RootCerts::new_with_certs(&certificates)),
    }
}

/// Waits, and tells the time: tests have one of their own, so that they neither sleep nor differ.
pub trait Clock {
    /// Lets so much time pass.
    fn sleep(&self, time: Duration);
    /// Seconds since 1970.
    fn now_secs(&self) -> u64;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn sleep(&self, time: Duration) {
        thread::sleep(time);
    }

    fn now_secs(&self) -> u64 {
        super::time::now_secs()
    }
}

/// How long to wait between tries: a second, then twice as long each time, or what the server asks
/// for; the sum is bounded.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// What the next wait would be without a word from the server.
    next: Duration,
    /// How much waiting is left.
    left: Duration,
    /// How many tries are left.
    tries: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            next: Duration::from_secs(1),
            left: Duration::from_secs(180),
            tries: 6,
        }
    }
}

impl Patience {
    /// Waits before the next try, `asked` long where the server said so. False, without any wait,
    /// once that would be too long or too often.
    pub fn wait(&mut self, asked: Option<Duration>, clock: &dyn Clock) -> bool {
        let time = asked.unwrap_or(self.next);
        let (Some(left), Some(tries)) = (self.left.checked_sub(time), self.tries.checked_sub(1))
        else {
            return false;
        };
        (self.left, self.tries) = (left, tries);
        self.next = self.next.saturating_mul(2);
        clock.sleep(time);
        true
    }
}

/// How long the server asks to wait, by any of the headers that GitHub and GitLab use:
/// `Retry-After` in seconds, or the moment at which the allowance is full again.
pub fn asked_wait(response: &Response, clock: &dyn Clock) -> Option<Duration> {
    let number = |name: &str| response.header(name)?.trim().parse::<u64>().ok();
    if let Some(secs) = number("retry-after") {
        return Some(Duration::from_secs(secs));
    }
    let is_used_up = |name: &str| number(name) == Some(0);
    let reset = if is_used_up("x-ratelimit-remaining") {
        number("x-ratelimit-reset")
    } else if is_used_up("ratelimit-remaining") {
        number("ratelimit-reset")
    } else {
        None
    };
    // A second more: clocks differ.
    reset.map(|at| Duration::from_secs(at.saturating_sub(clock.now_secs()) + 1))
}

/// Whether the answer is a limit of the rate rather than a refusal: GitHub says both by 403.
pub fn is_rate_limit(response: &Response) -> bool {
    let is_used_up = response.header("x-ratelimit-remaining") == Some("0");
    let is_limit = is_used_up || response.header("retry-after").is_some();
    response.status == 429 || (response.status == 403 && is_limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    struct Still(RefCell<Vec<u64>>);

    impl Clock for Still {
        fn sleep(&self, time: Duration) {
            self.0.borrow_mut().push(time.as_secs());
        }

        fn now_secs(&self) -> u64 {
            1_000
        }
    }

    #[test]
    fn waits_grow_and_end() {
        let clock = Still(RefCell::default());
        let mut patience = Patience::default();
        while patience.wait(None, &clock) {}
        assert_eq!(*clock.0.borrow(), [1, 2, 4, 8, 16, 32]);
        let clock = Still(RefCell::default());
        let mut patience = Patience::default();
        assert!(patience.wait(Some(Duration::from_secs(60)), &clock));
        assert!(!patience.wait(Some(Duration::from_secs(3_600)), &clock));
        assert!(
            patience.wait(None, &clock),
            "a shorter wait is still possible"
        );
        assert_eq!(*clock.0.borrow(), [60, 2]);
    }

    #[test]
    fn what_the_server_asks_for_is_understood() {
        let clock = Still(RefCell::default());
        let asked = |status: u16, headers: &[(&str, &str)]| {
            let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            let response = Response {
                status,
                headers: headers.iter().map(own).collect(),
                body: Vec::new(),
            };
            let wait = asked_wait(&response, &clock).map(|it| it.as_secs());
            (is_rate_limit(&response), wait)
        };
        let used_up = [
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "1030"),
        ];
        let left = [
            ("x-ratelimit-remaining", "9"),
            ("x-ratelimit-reset", "1030"),
        ];
        let gitlab = [("ratelimit-remaining", "0"), ("ratelimit-reset", "1005")];
        assert_eq!(asked(429, &[("retry-after", "7")]), (true, Some(7)));
        assert_eq!(asked(429, &[]), (true, None));
        assert_eq!(asked(403, &used_up), (true, Some(31)));
        assert_eq!(asked(403, &left), (false, None));
        assert_eq!(asked(429, &gitlab), (true, Some(6)));
        assert_eq!(asked(503, &[("retry-after", "2")]), (false, Some(2)));
    }

    #[test]
    fn a_file_of_certificates_must_hold_some() {
        let empty = tempfile::NamedTempFile::new().unwrap();
        let path = empty.path().to_string_lossy().into_owned();
        // One that is empty hides nothing.
        let env = |name: &str| match name {
            "CI_SERVER_TLS_CA_FILE" => Some(path.clone()),
            _ => Some(String::new()),
        };
        let error = Client::new(&env).err().map(|it| it.to_string()).unwrap();
        assert_eq!(error, format!("{path}: no certificate in it"));
        assert!(Client::new(&|_| None).is_ok());
    }
}
