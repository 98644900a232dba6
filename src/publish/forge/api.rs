use serde_json::Value;

use super::{
    super::http::{Client, Clock, Patience, Request, Response, asked_wait, is_rate_limit},
    Env,
};
use crate::words::forge::{Server, Trouble};

/// The longest that a server's own words are repeated, in characters.
const MAX_MESSAGE: usize = 300;

/// What is needed to speak with a server.
pub struct Connection {
    /// Which kind.
    pub server: Server,
    /// The address that paths are below, without a final slash.
    pub base: String,
    /// The header that carries the token: name, what stands before it, the token.
    pub token: (&'static str, &'static str, String),
    /// Whether it is the token of GitLab's job, which may do little.
    pub is_job_token: bool,
    /// Headers of every request.
    pub headers: &'static [(&'static str, &'static str)],
}

/// A server's API. Not `Debug`: it holds the token.
pub struct Api {
    connection: Connection,
    client: Client,
    clock: Box<dyn Clock>,
}

/// How one request ended.
pub enum Sent {
    /// The answer's JSON.
    Done(Value),
    /// It may work later; `wait` where the server says when.
    Later {
        wait: Option<std::time::Duration>,
        trouble: Trouble,
    },
    /// It won't.
    Never(Trouble),
}

impl Api {
    /// # Errors
    /// The file with the certificate authorities can't be read.
    pub fn new(
        connection: Connection,
        env: Env<'_>,
        clock: Box<dyn Clock>,
    ) -> Result<Self, Trouble> {
        let client = Client::new(env).map_err(|error| Trouble::NoAnswer {
            url: connection.base.clone(),
            message: error.to_string(),
        })?;
        Ok(Self {
            connection,
            client,
            clock,
        })
    }

    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// One request, without another try.
    pub fn once(&self, method: &str, path: &str, body: Option<&str>) -> Sent {
        match self.send(method, path, body) {
            Ok(response) => match serde_json::from_slice(&response.body) {
                Ok(value) => Sent::Done(value),
                Err(_unimportant) => Sent::Never(Trouble::NotUnderstood),
            },
            Err(sent) => sent,
        }
    }

    /// A request that may be repeated, as often as it takes.
    ///
    /// # Errors
    /// The server refused it, or was away for too long.
    pub fn patiently(
        &self,
        method: &str,
        path: &str,
        body: Option<&str>,
    ) -> Result<Value, Trouble> {
        let response = self.insist(method, path, body)?;
        serde_json::from_slice(&response.body).map_err(|_unimportant| Trouble::NotUnderstood)
    }

    /// One page of a list, and whether more follow.
    ///
    /// # Errors
    /// As for `patiently`.
    pub fn list(&self, path: &str) -> Result<(Value, bool), Trouble> {
        let response = self.insist("GET", path, None)?;
        let value = serde_json::from_slice(&response.body);
        let value = value.map_err(|_unimportant| Trouble::NotUnderstood)?;
        // The address of the next page is not followed: the token goes to known addresses alone.
        let link = response.header("link").unwrap_or_default();
        let next = response.header("x-next-page").unwrap_or_default();
        let has_more = link.contains("rel=\"next\"") || !next.trim().is_empty();
        Ok((value, has_more))
    }

    fn insist(&self, method: &str, path: &str, body: Option<&str>) -> Result<Response, Trouble> {
        let mut patience = Patience::default();
        loop {
            match self.send(method, path, body) {
                Ok(response) => return Ok(response),
                Err(Sent::Later { wait, trouble }) => {
                    if !patience.wait(wait, self.clock()) {
                        return Err(trouble);
                    }
                }
                Err(Sent::Never(trouble)) => return Err(trouble),
                Err(Sent::Done(_)) => return Err(Trouble::NotUnderstood),
            }
        }
    }

    fn send(&self, method: &str, path: &str, body: Option<&str>) -> Result<Response, Sent> {
        let (name, before, token) = &self.connection.token;
        let authorization = format!("{before}{token}");
        let mut headers: Vec<(&str, &str)> = self.connection.headers.to_vec();
        headers.push((*name, &authorization));
        let url = format!("{}{path}", self.connection.base);
        let request = Request {
            method,
            url: &url,
            headers: &headers,
            body,
            follows: false,
        };
        let response = self.client.send(request).map_err(|error| Sent::Later {
            wait: None,
            trouble: Trouble::NoAnswer {
                url: self.connection.base.clone(),
                message: self.redacted(&error.0),
            },
        })?;
        match response.is_success() {
            true => Ok(response),
            false => Err(self.failure(&response)),
        }
    }

    fn failure(&self, response: &Response) -> Sent {
        let server = self.connection.server;
        let message = self.message(response);
        let wait = asked_wait(response, self.clock());
        // GitHub's secondary limits may come without a header.
        let is_limit = response.status == 403 && message.to_lowercase().contains("rate limit");
        if is_limit || is_rate_limit(response) {
            let secs = wait.map(|it| it.as_secs());
            let trouble = Trouble::RateLimit { server, secs };
            // GitHub asks for a minute where it doesn't say how long.
            let wait = wait.or(Some(std::time::Duration::from_secs(60)));
            return Sent::Later { wait, trouble };
        }
        let status = response.status;
        let trouble = match status {
            401 | 403 | 404 if self.connection.is_job_token => Trouble::JobToken { status },
            401 => Trouble::BadToken { server, message },
            403 => Trouble::Forbidden {
                server,
                message,
                needed: needed(response),
            },
            404 | 410 => Trouble::Gone { server, message },
            300..=399 => Trouble::Moved { server },
            _ => Trouble::Rejected {
                server,
                status,
                message,
            },
        };
        match status {
            408 | 500 | 502 | 503 | 504 => Sent::Later { wait, trouble },
            _ => Sent::Never(trouble),
        }
    }

    /// The server's own words, in one line.
    fn message(&self, response: &Response) -> String {
        let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let said = ["message", "error_description", "error"]
            .iter()
            .find_map(|it| value.get(it));
        let text = match said {
            Some(Value::String(text)) => text.clone(),
            // GitLab has objects of lists there.
            Some(other) => other.to_string(),
            None => String::new(),
        };
        let text = text.replace(|it: char| it.is_control(), " ");
        self.redacted(&text).chars().take(MAX_MESSAGE).collect()
    }

    /// A text of others, in which the token can't stand.
    fn redacted(&self, text: &str) -> String {
        text.replace(&self.connection.token.2, "***")
    }
}

/// The permissions that GitHub says are needed: `pull_requests=write`.
fn needed(response: &Response) -> Option<String> {
    let needed = response.header("x-accepted-github-permissions")?;
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "_=,; ".contains(it);
    let needed: String = needed
        .chars()
        .filter(|it| is_plain(*it))
        .take(120)
        .collect();
    (!needed.is_empty()).then_some(needed)
}
