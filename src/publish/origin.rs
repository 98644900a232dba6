use crate::model::{Discussion, Origin};

/// A value of [`Origin`], by its name in `--json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Repository,
    RepositoryUrl,
    Discussion,
    Title,
    Commit,
    Branch,
    Tag,
    TargetBranch,
    TargetCommit,
    Run,
    RunUrl,
    BaseUrl,
}

impl Field {
    /// As in the bundle.
    pub fn name(self) -> &'static str {
        match self {
            Self::Repository => "repository",
            Self::RepositoryUrl => "repository_url",
            Self::Discussion => "discussion",
            Self::Title => "title",
            Self::Commit => "commit",
            Self::Branch => "branch",
            Self::Tag => "tag",
            Self::TargetBranch => "target_branch",
            Self::TargetCommit => "target_commit",
            Self::Run => "run",
            Self::RunUrl => "run_url",
            Self::BaseUrl => "base_url",
        }
    }
}

impl Field {
    /// The value that an origin has there.
    pub fn value(self, origin: &Origin) -> Option<&str> {
        match self {
            Self::Repository => origin.repository.as_deref(),
            Self::RepositoryUrl => origin.repository_url.as_deref(),
            Self::Discussion => origin.discussion.as_ref().map(|it| it.url.as_str()),
            Self::Title => origin.title.as_deref(),
            Self::Commit => origin.commit.as_deref(),
            Self::Branch => origin.branch.as_deref(),
            Self::Tag => origin.tag.as_deref(),
            Self::TargetBranch => origin.target_branch.as_deref(),
            Self::TargetCommit => origin.target_commit.as_deref(),
            Self::Run => origin.run.as_deref(),
            Self::RunUrl => origin.run_url.as_deref(),
            Self::BaseUrl => origin.base_url.as_deref(),
        }
    }
}

/// What is known of the origin, and who said so. The first to say a value wins.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub origin: Origin,
    /// Field and source (`--pr`, `careo.toml`, `GITHUB_SHA`), in the order in which they were said.
    pub said_by: Vec<(Field, String)>,
}

impl Known {
    /// Sets a value, unless somebody did so before.
    pub fn set(&mut self, field: Field, value: &str, from: &str) {
        let place = match field {
            Field::Repository => &mut self.origin.repository,
            Field::RepositoryUrl => &mut self.origin.repository_url,
            Field::Title => &mut self.origin.title,
            Field::Commit => &mut self.origin.commit,
            Field::Branch => &mut self.origin.branch,
            Field::Tag => &mut self.origin.tag,
            Field::TargetBranch => &mut self.origin.target_branch,
            Field::TargetCommit => &mut self.origin.target_commit,
            Field::Run => &mut self.origin.run,
            Field::RunUrl => &mut self.origin.run_url,
            Field::BaseUrl => &mut self.origin.base_url,
            Field::Discussion => return self.set_discussion(value, &label_of(value), from),
        };
        let is_address = matches!(field, Field::RepositoryUrl | Field::RunUrl | Field::BaseUrl);
        if place.is_some() || (is_address && !is_web(value)) {
            return;
        }
        *place = Some(value.to_owned());
        self.said_by.push((field, from.to_owned()));
    }

    /// Sets a value that may be missing.
    pub fn set_all(&mut self, field: Field, value: Option<String>, from: &str) {
        if let Some(value) = value {
            self.set(field, &value, from);
        }
    }

    /// Sets a value with its source, both of which may be missing.
    pub fn set_first(&mut self, field: Field, value: Option<(String, &'static str)>) {
        if let Some((value, from)) = value {
            self.set(field, &value, from);
        }
    }

    /// Sets the pull request, unless somebody did so before.
    pub fn set_discussion(&mut self, url: &str, label: &str, from: &str) {
        if self.origin.discussion.is_none() && is_web(url) {
            self.origin.discussion = Some(Discussion {
                url: url.to_owned(),
                label: label.to_owned(),
            });
            self.said_by.push((Field::Discussion, from.to_owned()));
        }
    }

    /// Takes over what `other` knows and this doesn't.
    pub fn fill_from(&mut self, other: Self) {
        let origin = other.origin;
        let values = [
            (Field::Repository, origin.repository),
            (Field::RepositoryUrl, origin.repository_url),
            (Field::Title, origin.title),
            (Field::Commit, origin.commit),
            (Field::Branch, origin.branch),
            (Field::Tag, origin.tag),
            (Field::TargetBranch, origin.target_branch),
            (Field::TargetCommit, origin.target_commit),
            (Field::Run, origin.run),
            (Field::RunUrl, origin.run_url),
            (Field::BaseUrl, origin.base_url),
        ];
        let source = |field: Field| {
            let said = other.said_by.iter().find(|(said, _)| *said == field);
            said.map_or_else(String::new, |(_, from)| from.clone())
        };
        for (field, value) in values {
            self.set_all(field, value, &source(field));
        }
        if let Some(Discussion { url, label }) = origin.discussion {
            self.set_discussion(&url, &label, &source(Field::Discussion));
        }
    }

    /// Infers the repository from the pull request's address, where nobody else said it.
    pub fn infer(&mut self) {
        const FROM: &str = "the pull request's address";
        let Some(url) = self.origin.discussion.as_ref().map(|it| it.url.clone()) else {
            return;
        };
        let marks = [
            "/-/merge_requests/",
            "/pull-requests/",
            "/pullrequest/",
            "/pull/",
            "/issues/",
        ];
        let Some(address) = marks.iter().find_map(|mark| Some(url.split_once(mark)?.0)) else {
            return;
        };
        let path = address
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once('/'));
        self.set_all(
            Field::Repository,
            path.map(|(_, path)| path.to_owned()),
            FROM,
        );
        self.set(Field::RepositoryUrl, address, FROM);
    }
}

/// The short name of a pull request: `#12`, `!12` on GitLab; the address where it has no number.
pub fn label_of(url: &str) -> String {
    let path = url.split(['#', '?']).next().unwrap_or(url);
    let marks = [
        ("/-/merge_requests/", '!'),
        ("/pullrequest/", '!'),
        ("/pull-requests/", '#'),
        ("/pull/", '#'),
        ("/issues/", '#'),
    ];
    let number = marks.iter().find_map(|(mark, sign)| {
        let number = path.split_once(mark)?.1.split('/').next()?;
        let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        is_number.then(|| format!("{sign}{number}"))
    });
    number.unwrap_or_else(|| url.to_owned())
}

/// Whether it is an address that may become a link.
pub fn is_web(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !url.contains(|it: char| it.is_control() || it == ' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_to_speak_wins_and_is_named() {
        let mut known = Known::default();
        known.set(
            Field::Discussion,
            "https://github.com/o/r/pull/3#issuecomment-9",
            "--pr",
        );
        known.set(Field::Discussion, "https://github.com/o/r/pull/4", "CI");
        known.set(Field::RunUrl, "javascript:alert(1)", "CI");
        known.infer();
        let said: Vec<_> = known
            .said_by
            .iter()
            .map(|(field, from)| (field.name(), from.as_str()))
            .collect();
        let inferred = "the pull request's address";
        assert_eq!(
            said,
            [
                ("discussion", "--pr"),
                ("repository", inferred),
                ("repository_url", inferred)
            ]
        );
        assert_eq!(known.origin.discussion.unwrap().label, "#3");
        assert_eq!(
            known.origin.repository_url.as_deref(),
            Some("https://github.com/o/r")
        );
    }

    #[test]
    fn labels_are_as_people_write_them() {
        let cases = [
            ("https://gitlab.com/a/b/c/-/merge_requests/7/diffs", "!7"),
            ("https://bitbucket.org/o/r/pull-requests/5", "#5"),
            ("https://dev.azure.com/o/p/_git/r/pullrequest/8", "!8"),
            ("https://github.com/o/r/issues/1?x#y", "#1"),
            ("https://example.org/topic", "https://example.org/topic"),
        ];
        for (url, label) in cases {
            assert_eq!(label_of(url), label);
        }
    }
}
