/// Where results come from: repository, pull request, commit, CI run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// `owner/name`.
    pub repository: Option<String>,
    /// Address of the repository, without a final slash.
    pub repository_url: Option<String>,
    /// The pull request or merge request.
    pub discussion: Option<Discussion>,
    /// Title given with `--title`, or of the pull request.
    pub title: Option<String>,
    /// The commit that was built, full sha.
    pub commit: Option<String>,
    /// The branch that was built.
    pub branch: Option<String>,
    /// The branch that the pull request would merge into.
    pub target_branch: Option<String>,
    /// The target branch's commit, where CI tells it.
    pub target_commit: Option<String>,
    /// Name or number of the CI run: `57`.
    pub run: Option<String>,
    /// Address of the CI run.
    pub run_url: Option<String>,
    /// When the bundle was made, RFC 3339 in UTC; from `SOURCE_DATE_EPOCH` where that is set.
    pub made_at: Option<String>,
    /// The immutable address of this very report, where it will be published.
    pub base_url: Option<String>,
}

/// Where people discuss the results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discussion {
    /// Address of the pull request or of the comment; `http(s)` only.
    pub url: String,
    /// Its short name: `#12`, `!12`.
    pub label: String,
}
