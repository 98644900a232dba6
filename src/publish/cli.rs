use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::{
    history::{PruneOptions, PublishOptions},
    origin::is_web,
};
use crate::{
    model::nearest,
    readers::{self, READERS},
};

const AFTER_HELP: &str = "\
Inputs are files, folders, .zip and .gz; what they are is found out from name and content.
- is standard input. NAME=PATH says which revision a file or folder belongs to.

Exit codes:
  0  fine
  1  a bug in careo, or a file that can't be written
  2  wrong usage, or a mistake in careo.toml
  3  an input could not be read (the rest was written all the same)
  4  nothing was found to report
  5  a gate failed
  6  publishing was refused
  7  published, but the address did not answer in time (--wait)";

/// Answers in the pull request whether a model improved.
#[derive(Debug, Parser)]
#[command(name = "careo", version, after_help = AFTER_HELP, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Args, Clone, Debug, Default)]
pub struct Common {
    /// Print nothing but errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Print what was done as JSON, with the origin of each value
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read artifacts into one bundle
    Build {
        #[command(flatten)]
        input: Input,
        /// Where the bundle goes; - is standard output
        #[arg(long, short, value_name = "FILE", default_value = "report.json")]
        output: PathBuf,
        /// List what would become public, and write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Write one self-contained HTML file
    Pack {
        #[command(flatten)]
        input: Input,
        /// Where the page goes; - is standard output
        #[arg(long, short, value_name = "FILE", default_value = "report.html")]
        output: PathBuf,
    },
    /// Write a folder for any static host
    Site {
        #[command(flatten)]
        input: Input,
        /// The folder; made where there is none
        #[arg(long, short, value_name = "DIR")]
        output: PathBuf,
    },
    /// Print the pull request comment as Markdown, or post it
    Comment {
        #[command(flatten)]
        input: Input,
        /// Create or update the comment on GitHub or GitLab, with the token in GITHUB_TOKEN or
        /// GITLAB_TOKEN
        #[arg(long)]
        post: bool,
        /// Tells several comments of one pull request apart
        #[arg(long, value_name = "KEY", value_parser = key, default_value = "", hide_default_value = true)]
        key: String,
    },
    /// Add this report to a site with history, safely beside other writers
    #[command(mut_arg("inputs", |it| it.required_unless_present_any(["readers", "reindex"])))]
    Publish {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        options: PublishOptions,
    },
    /// Take reports out of a site with history
    Prune {
        #[command(flatten)]
        options: PruneOptions,
    },
    /// Hold the verdict and metrics against gates: exit code 5 where one fails
    Check {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        gates: GateFlags,
        /// Write the verdict, its numbers and the gates as JSON; - is standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Look at a site or a report locally; without inputs, at the viewer, to drop files on
    #[command(mut_arg("inputs", |it| {
        // Not required: clap has no way to take that back.
        let inputs = clap::Arg::new("inputs").value_name("[NAME=]INPUT").num_args(0..);
        inputs
            .action(clap::ArgAction::Append)
            .help(it.get_help().cloned().unwrap_or_default())
    }))]
    Serve {
        #[command(flatten)]
        input: Input,
        /// The first port to try; the next free one is taken
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// The address to listen on
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
        host: std::net::IpAddr,
        /// Serve below this path, as Pages serves a repository
        #[arg(long, value_name = "PATH", default_value = "/")]
        under: String,
    },
    /// Print the JSON Schema of the bundle
    Schema,
    /// List the formats that careo reads
    Formats,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Gates beside those of careo.toml; they win over those of the same metric there.
#[derive(Args, Clone, Debug, Default)]
pub struct GateFlags {
    /// The metric must be at least so high; repeatable
    #[arg(long, value_name = "METRIC=NUMBER", value_parser = limit)]
    pub min: Vec<(String, f64)>,
    /// The metric must be at most so high; repeatable
    #[arg(long, value_name = "METRIC=NUMBER", value_parser = limit)]
    pub max: Vec<(String, f64)>,
    /// The verdict must be neither worse nor mixed
    #[arg(long)]
    pub no_worse: bool,
    /// The verdict must be this one or better
    #[arg(long, value_name = "VERDICT", value_parser = ["improved", "no-clear-change"])]
    pub require: Option<String>,
}

/// `test_recall=0.5`; the name may hold `=` itself.
fn limit(text: &str) -> Result<(String, f64), String> {
    let number = |text: &str| text.parse::<f64>().ok().filter(|it| it.is_finite());
    text.rsplit_once('=')
        .filter(|(metric, _)| !metric.is_empty())
        .and_then(|(metric, text)| Some((metric.to_owned(), number(text)?)))
        .ok_or_else(|| "expected METRIC=NUMBER, as in test_recall=0.5".to_owned())
}

/// `predictions-csv(actual=x):pairs.csv`; the options are the reader's to judge.
fn reader_rule(text: &str) -> Result<String, String> {
    let (chosen, path) = readers::split_as(text).unwrap_or((text, ""));
    let id = readers::reader_id(chosen);
    if readers::reader(id).is_none() {
        let ids = READERS.iter().map(|it| it.id());
        let help = nearest(id, ids).map_or_else(String::new, |it| format!("did you mean {it}? "));
        return Err(format!(
            "there is no reader “{id}”; {help}`careo formats` lists all"
        ));
    }
    for (option, value) in readers::reader_options(chosen) {
        let known = match option.as_str() {
            "header" => ["yes", "no"],
            "rows" => ["actual", "predicted"],
            _ => continue,
        };
        if !known.contains(&value.as_str()) {
            let known = known.join(" or ");
            return Err(format!(
                "{option} is “{value}”, which is no choice: {known}"
            ));
        }
    }
    match path.is_empty() {
        true => Err(format!("the path is missing, as in {chosen}:PATH")),
        false => Ok(text.to_owned()),
    }
}

/// What to read, and how.
#[derive(Args, Clone, Debug, Default)]
pub struct Input {
    /// Artifacts, folders of them, or a built bundle
    #[arg(value_name = "[NAME=]INPUT", required_unless_present = "readers")]
    pub inputs: Vec<String>,
    /// What to compare with; repeatable
    #[arg(long, value_name = "[NAME=]INPUT")]
    pub baseline: Vec<String>,
    /// Read a file by this reader (see `careo formats`); repeatable
    #[arg(long = "as", value_name = "READER:PATH", value_parser = reader_rule)]
    pub readers: Vec<String>,
    /// Leave out columns whose name matches
    #[arg(long, value_name = "REGEX")]
    pub drop: Option<String>,
    /// Keep columns whose name matches, whatever else leaves them out
    #[arg(long, value_name = "REGEX")]
    pub keep: Option<String>,
    /// Leave out columns that are the same in every revision
    #[arg(long)]
    pub only_changed: bool,
    /// The team's settings [default: the nearest careo.toml up the tree]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address of the pull request, or of the comment
    #[arg(long, value_name = "URL")]
    pub pr: Option<String>,
    /// Title of the report
    #[arg(long)]
    pub title: Option<String>,
    /// Language to start in: en or es
    #[arg(long, value_name = "LANG", value_parser = ["en", "es"])]
    pub lang: Option<String>,
    /// Write the report in short to the job summary ($GITHUB_STEP_SUMMARY)
    #[arg(long)]
    pub summary: bool,
    /// Address where this very report will be published
    #[arg(long, value_name = "URL", value_parser = page_address)]
    pub base_url: Option<String>,
}

/// The address of a page, behind which views are named.
///
/// # Errors
/// It is no address, or names a view itself.
pub fn page_address(text: &str) -> Result<String, String> {
    match is_web(text) && !text.contains('#') {
        true => Ok(text.to_owned()),
        false => Err("expected https://…, without #".to_owned()),
    }
}

/// The address of a site, behind which folders are named.
///
/// # Errors
/// It is no address, or has a query.
pub fn site_address(text: &str) -> Result<String, String> {
    match page_address(text) {
        Ok(url) if !url.contains('?') => Ok(url),
        _ => Err("expected https://…, without ? and #".to_owned()),
    }
}

/// A key stands in addresses and in a hidden line of Markdown, as it is.
///
/// # Errors
/// It holds something else than letters, digits, `.`, `_` and single hyphens, or is too long.
pub fn key(text: &str) -> Result<String, String> {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'_' | b'-');
    let is_fine = text.bytes().all(is_plain)
        && text.len() <= 60
        && !text.contains("--")
        && !text.starts_with(['.', '-']);
    match is_fine {
        true => Ok(text.to_owned()),
        false => Err("use letters, digits, . _ and single hyphens, 60 at most".to_owned()),
    }
}
