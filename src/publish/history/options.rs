//! What `careo publish` and `careo prune` are told on the command line.

use std::path::PathBuf;

use clap::Args;

use super::{
    branch::Branch,
    folder::Folder,
    prune::{self, Rules},
    site::{Refusal, Site},
};
use crate::{
    publish::cli::{key, site_address},
    words::publishing::Publishing,
};

/// Where the site is.
#[derive(Args, Clone, Debug)]
#[group(required = true, multiple = false)]
pub struct Target {
    /// A branch of a git repository, as gh-pages; publish makes it where there is none
    #[arg(long, value_name = "BRANCH")]
    pub branch: Option<String>,
    /// A folder; publish makes it where there is none
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// A bucket: s3://bucket/prefix (a careo that was built with the feature s3)
    #[arg(long, value_name = "URL")]
    pub to: Option<String>,
}

/// Options of `publish` beside the inputs.
#[derive(Args, Clone, Debug)]
pub struct PublishOptions {
    #[command(flatten)]
    pub target: Target,
    /// Remote of the branch: a name or an address
    #[arg(long, value_name = "REMOTE", default_value = "origin")]
    pub remote: String,
    /// What the report is about: pr/12, branch/main or tag/v1.2 [default: as CI says]
    #[arg(long = "for", value_name = "PLACE")]
    pub place: Option<String>,
    /// Tells several reports on one thing apart
    #[arg(long, value_name = "KEY", value_parser = key, default_value = "", hide_default_value = true)]
    pub key: String,
    /// Address of the site [default: that of GitHub or GitLab Pages]
    #[arg(long, value_name = "URL", value_parser = site_address)]
    pub site_url: Option<String>,
    /// Wait until the address answers, for so many seconds at most
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "600", require_equals = true)]
    pub wait: Option<u64>,
    /// Write the report as it was published, too: a bundle for `careo comment`
    #[arg(long, value_name = "FILE")]
    pub bundle: Option<PathBuf>,
    /// Build the index anew from the reports' folders; without an input, do nothing else
    #[arg(long)]
    pub reindex: bool,
}

/// Options of `prune`.
#[derive(Args, Clone, Debug)]
pub struct PruneOptions {
    #[command(flatten)]
    pub target: Target,
    /// Remote of the branch: a name or an address
    #[arg(long, value_name = "REMOTE", default_value = "origin")]
    pub remote: String,
    /// Pull requests that are closed or merged, by number: all of their reports go; repeatable
    #[arg(long, value_name = "NUMBER,…", value_delimiter = ',')]
    pub closed: Vec<String>,
    /// The pull requests that are open, by number: reports of all others go
    #[arg(long, value_name = "NUMBER,…", value_delimiter = ',', num_args = 1..)]
    pub open: Option<Vec<String>>,
    /// Reports older than this go, in days, weeks or years: 90d, 12w, 1y
    #[arg(long, value_name = "AGE")]
    pub older_than: Option<String>,
    /// So many reports of each pull request and branch stay
    #[arg(long, value_name = "COUNT")]
    pub keep: Option<usize>,
    /// The oldest reports go until the site is no larger: 800MB, 1GB
    #[arg(long, value_name = "SIZE")]
    pub max_size: Option<String>,
    /// Say what would go, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Language of messages: en or es
    #[arg(long, value_name = "LANG", value_parser = ["en", "es"])]
    pub lang: Option<String>,
}

/// The site that is meant.
///
/// # Errors
/// It can't be one.
pub fn open(target: &Target, remote: &str) -> Result<Box<dyn Site>, Refusal> {
    if let Some(dir) = &target.dir {
        return Ok(Box::new(Folder::new(dir)?));
    }
    if let Some(url) = &target.to {
        return bucket(url);
    }
    let branch = target.branch.as_deref().unwrap_or_default();
    Ok(Box::new(Branch::new(remote, branch)?))
}

#[cfg(feature = "s3")]
fn bucket(url: &str) -> Result<Box<dyn Site>, Refusal> {
    Ok(Box::new(super::bucket::Bucket::new(url)?))
}

#[cfg(not(feature = "s3"))]
fn bucket(_url: &str) -> Result<Box<dyn Site>, Refusal> {
    Err(Publishing::NoBuckets)
}

/// What may go.
///
/// # Errors
/// A rule has another form; there is none.
pub fn rules(options: &PruneOptions) -> Result<Rules, Refusal> {
    let rules = Rules {
        closed: numbers("--closed", &options.closed)?,
        open: options
            .open
            .as_ref()
            .map(|open| numbers("--open", open))
            .transpose()?,
        older_than: options.older_than.as_deref().map(prune::days).transpose()?,
        keep: options.keep,
        max_bytes: options.max_size.as_deref().map(prune::bytes).transpose()?,
    };
    let has_one = !rules.closed.is_empty()
        || rules.open.is_some()
        || rules.older_than.is_some()
        || rules.keep.is_some()
        || rules.max_bytes.is_some();
    match has_one {
        true => Ok(rules),
        false => Err(Publishing::NoRule),
    }
}

/// Numbers of pull requests; `#12` is 12. An empty list is none: where a program that was to say
/// what is open said nothing, everything would seem to be closed.
fn numbers(option: &'static str, texts: &[String]) -> Result<Vec<String>, Refusal> {
    let number = |text: &String| {
        let digits = text.trim().trim_start_matches(['#', '!']);
        let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
        match is_number {
            true => Ok(digits.to_owned()),
            false => Err(Publishing::NoNumber {
                option,
                text: text.clone(),
            }),
        }
    };
    texts.iter().map(number).collect()
}
