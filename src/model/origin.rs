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
    /// The tag that was built; `branch` may hold it as well.
    pub tag: Option<String>,
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

/// What a name stands for that git has for a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefKind {
    /// A branch.
    Branch,
    /// A tag.
    Tag,
    /// One of the two: nobody says which.
    Unknown,
}

impl Origin {
    /// What a commit's name is, as far as CI tells: DVC writes names of branches and tags alike.
    pub fn ref_kind(&self, name: &str) -> RefKind {
        let is = |it: &Option<String>| it.as_deref() == Some(name);
        match (is(&self.tag), is(&self.branch) || is(&self.target_branch)) {
            (true, _) => RefKind::Tag,
            (false, true) => RefKind::Branch,
            (false, false) => RefKind::Unknown,
        }
    }
}
