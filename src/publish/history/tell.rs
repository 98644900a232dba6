//! What `careo publish` and `careo prune` say, and when.

use std::{
    io::{self, IsTerminal as _, Write as _},
    path::Path,
    time::Duration,
};

use serde_json::{Value, json};

use super::{prune, publish::Plan, site::Refusal, wait::Outside};
use crate::{
    model::Lang,
    publish::{
        cli::Common,
        exit::Exit,
        http::{Client, Clock as _, Request, SystemClock},
        output,
    },
    words::{Say as _, publishing::Publishing},
};

/// Says what happens: on standard error, so that standard output is the product.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    pub common: &'a Common,
    pub lang: Lang,
}

impl Teller<'_> {
    pub fn say(self, message: &Publishing) {
        if !self.common.quiet {
            self.error(&message.say(self.lang));
        }
    }

    pub fn error(self, text: &str) {
        output::say(text);
    }

    pub fn refuse(self, refusal: &Refusal) -> Exit {
        self.error(&refusal.say(self.lang));
        match refusal {
            Publishing::NoAnswer { .. } => Exit::NoAnswer,
            it if it.is_usage() => Exit::Usage,
            _ => Exit::Refused,
        }
    }

    pub fn print(self, text: &str) {
        output::print(text);
    }
}

/// Says in JSON how many reports the index has.
pub fn tell_reindexed(n_reports: u64, teller: Teller<'_>) {
    let document = json!({"command": "publish", "reindexed": n_reports});
    teller.print(&format!("{document:#}"));
}

/// Says where the report is; `dir` is the site's folder, where it is in one.
pub fn tell_published(plan: &Plan, dir: Option<&Path>, n_tries: u32, teller: Teller<'_>) {
    let origin = &plan.report.origin;
    let folder = dir.map(|dir| dir.join(&plan.path).to_string_lossy().into_owned());
    let at = origin.base_url.clone().or(folder);
    let at = at.unwrap_or_else(|| plan.path.clone());
    let message = match plan.is_new {
        true => Publishing::Published {
            at: at.clone(),
            n_tries,
        },
        false => Publishing::AlreadyThere { at: at.clone() },
    };
    if !teller.common.json {
        teller.say(&message);
        teller.print(&at);
        if origin.base_url.is_none() {
            teller.say(&Publishing::NoSiteUrl {
                dir: dir.map(|it| it.to_string_lossy().into_owned()),
                path: plan.path.clone(),
            });
        }
        return;
    }
    let verdict = plan.report.verdict.as_ref();
    let document = json!({
        "command": "publish",
        "path": plan.path,
        "url": origin.base_url,
        "is_new": plan.is_new,
        "tries": n_tries,
        "site_bytes": plan.n_bytes,
        "verdict": verdict.map(|it| json!({"outcome": it.outcome.code(), "digest": it.digest})),
        "remarks": plan.remarks.iter().map(|it| it.say(teller.lang)).collect::<Vec<_>>(),
    });
    teller.print(&format!("{document:#}"));
}

pub fn tell_pruned(going: &[prune::Going], n_bytes: u64, is_dry: bool, teller: Teller<'_>) {
    if teller.common.json {
        let reports: Vec<Value> = going
            .iter()
            .map(|it| json!({"path": it.path, "bytes": it.n_bytes, "why": it.why.code()}))
            .collect();
        let document = json!({
            "command": "prune",
            "dry_run": is_dry,
            "reports": reports,
            "site_bytes": n_bytes,
        });
        return teller.print(&format!("{document:#}"));
    }
    for it in going {
        let line = Publishing::Goes {
            path: it.path.clone(),
            n_bytes: it.n_bytes,
            why: it.why,
        };
        teller.print(&line.say(teller.lang));
    }
    teller.say(&match going.len() {
        0 => Publishing::NothingGoes,
        n_reports => Publishing::Pruned {
            n_reports,
            n_bytes: going.iter().map(|it| it.n_bytes).sum(),
            is_dry,
        },
    });
}

/// The world, as waiting for an address needs it.
pub struct World<'a> {
    teller: Teller<'a>,
    client: Client,
    /// When something was last said; a terminal's line is written over, a log's isn't.
    told_at: Option<u64>,
    is_terminal: bool,
}

impl<'a> World<'a> {
    pub fn new(teller: Teller<'a>, get: &dyn Fn(&str) -> Option<String>) -> Result<Self, Refusal> {
        let client = Client::new(get).map_err(|error| Publishing::Failed {
            what: "--wait".to_owned(),
            message: error.to_string(),
        })?;
        Ok(Self {
            teller,
            client,
            told_at: None,
            is_terminal: io::stderr().is_terminal(),
        })
    }
}

impl Outside for World<'_> {
    fn ask(&mut self, url: &str) -> Result<(u16, Vec<u8>), String> {
        let answer = self.client.send(Request {
            method: "GET",
            url,
            headers: &[],
            body: None,
            follows: true,
        });
        let answer = answer.map_err(|error| error.to_string())?;
        Ok((answer.status, answer.body))
    }

    fn sleep_millis(&mut self, millis: u64) {
        SystemClock.sleep(Duration::from_millis(millis));
    }

    fn now_secs(&mut self) -> u64 {
        SystemClock.now_secs()
    }

    fn tell(&mut self, message: &Publishing) {
        let is_end = !matches!(message, Publishing::Waiting { .. });
        let now = self.now_secs();
        // A line each half minute is enough for a log.
        let is_due = self.told_at.is_none_or(|at| now.saturating_sub(at) >= 30);
        if self.teller.common.quiet || !(is_end || is_due || self.is_terminal) {
            return;
        }
        self.told_at = Some(now);
        if self.is_terminal {
            let end = if is_end { "\n" } else { "" };
            let text = output::harmless(&message.say(self.teller.lang));
            // Nobody is left to be told when standard error is closed.
            let _ = write!(io::stderr().lock(), "\r\x1b[K{text}{end}");
        } else {
            self.teller.say(message);
        }
    }
}
