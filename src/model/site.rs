use super::{Direction, Discussion, Outcome};

/// What a report of a site with history is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A pull request; its name is the number.
    #[default]
    Pull,
    /// A branch.
    Branch,
    /// A tag.
    Tag,
}

impl PlaceKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Pull, Self::Branch, Self::Tag];

    /// The folder of the site: `pr`, `branch`, `tag`.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Pull => "pr",
            Self::Branch => "branch",
            Self::Tag => "tag",
        }
    }
}

/// One report of a site with history, as its `entry.json` and the index tell it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteEntry {
    /// Counts the reports of the site in the order in which they came, whatever clocks say.
    pub number: u64,
    /// Its folder: `pr/12/0123456789ab`.
    pub path: String,
    /// What it is about.
    pub kind: PlaceKind,
    /// Number of the pull request, name of the branch or tag, as its people write it.
    pub name: String,
    /// What tells several reports on one thing apart; mostly empty.
    pub key: String,
    /// Title of the report or of the pull request.
    pub title: Option<String>,
    /// The pull request.
    pub discussion: Option<Discussion>,
    /// The commit, full sha.
    pub commit: Option<String>,
    /// The branch that was built.
    pub branch: Option<String>,
    /// The branch that a pull request would merge into.
    pub target_branch: Option<String>,
    /// The repository's default branch, where CI tells it.
    pub main_branch: Option<String>,
    /// `owner/name` of the repository.
    pub repository: Option<String>,
    /// Author date of the commit, RFC 3339; where nobody knows it, when the report was made.
    pub date: Option<String>,
    /// When the report was made, RFC 3339.
    pub made_at: Option<String>,
    /// The verdict.
    pub outcome: Outcome,
    /// The verdict's digest; empty where there is none.
    pub digest: String,
    /// The metric that decides.
    pub decisive: Option<SiteChange>,
    /// The metrics of the revision that the report is about, the decisive one first.
    pub metrics: Vec<SiteMetric>,
    /// Content hash of the viewer that it was published with.
    pub viewer: String,
    /// Size of its files.
    pub n_bytes: u64,
    /// SHA-256 of what it says, whenever and by whichever run it was made.
    pub content: String,
}

/// A metric that decides: before and now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteChange {
    /// Its name.
    pub name: String,
    /// On the baseline.
    pub baseline: Option<f64>,
    /// Now.
    pub current: Option<f64>,
}

/// A metric of a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteMetric {
    /// File and key path: `metrics.json:test.recall`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Finite.
    pub value: f64,
    /// Which way it gets better.
    pub direction: Direction,
}

/// What the front page starts with, and what the next publisher needs; derived from the entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteIndex {
    /// The number of the next report.
    pub next: u64,
    /// How many reports there are.
    pub n_reports: u64,
    /// Size of all reports.
    pub n_bytes: u64,
    /// `owner/name` of the repository.
    pub repository: Option<String>,
    /// The branch whose trend is shown.
    pub main_branch: Option<String>,
    /// The folder of the front page: empty, or `careo/` in a site that has one of its own.
    pub front: String,
    /// Content hash of the viewer that shows the front page, the newest.
    pub viewer: String,
    /// Every viewer that reports were published with.
    pub viewers: Vec<SiteViewer>,
    /// The files with all entries, in order.
    pub shards: Vec<SiteShard>,
    /// How the metrics went on the main branch, one for each key.
    pub trends: Vec<Trend>,
    /// The newest report of each pull request, newest first, up to [`Self::MAX_PULLS`]; without
    /// `metrics`.
    pub pulls: Vec<SiteEntry>,
    /// How many pull requests have reports (one for each key).
    pub n_pulls: u64,
}

impl SiteIndex {
    /// Entries of one file of the index: those whose numbers are alike when divided by this.
    pub const SHARD_LEN: u64 = 200;
    /// Pull requests that the front page has at once.
    pub const MAX_PULLS: usize = 100;
    /// Points of a trend, the newest.
    pub const MAX_POINTS: usize = 200;
    /// Metrics of an entry and of a trend.
    pub const MAX_METRICS: usize = 24;

    /// The address of a file of the index, in the site.
    pub fn shard_path(shard: u64) -> String {
        format!("careo/index/{shard}.json")
    }
}

/// A viewer in the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteViewer {
    /// Its content hash.
    pub hash: String,
    /// Version of careo.
    pub version: String,
    /// Size of its files.
    pub n_bytes: u64,
    /// How many reports were published with it.
    pub n_reports: u64,
}

/// A file of the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteShard {
    /// Which numbers: `shard * SHARD_LEN` and following.
    pub shard: u64,
    /// How many entries.
    pub n_reports: u64,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// How metrics went on the main branch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trend {
    /// The key of these reports; mostly empty.
    pub key: String,
    /// The metrics; `value` is the newest.
    pub metrics: Vec<SiteMetric>,
    /// The reports, oldest first.
    pub points: Vec<TrendPoint>,
}

/// A report of a trend.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrendPoint {
    /// The report's folder.
    pub path: String,
    /// The commit.
    pub commit: Option<String>,
    /// Author date of the commit.
    pub date: Option<String>,
    /// A value for each metric of the trend.
    pub values: Vec<Option<f64>>,
}
