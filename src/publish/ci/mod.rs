//! What each CI system says of a run in its environment. One file for each system; each names the
//! variables that it takes, so that `--json` can say where a value is from.

mod azure;
mod bitbucket;
mod circle;
mod github;
mod gitlab;
mod jenkins;
mod travis;

#[cfg(test)]
mod tests;

use super::origin::{Field, Known};

/// Reads the environment; a variable that is set but empty counts as missing.
pub struct Env<'a>(pub &'a dyn Fn(&str) -> Option<String>);

impl Env<'_> {
    fn get(&self, name: &str) -> Option<String> {
        (self.0)(name).filter(|value| !value.is_empty())
    }

    /// The first variable that is set, with its name.
    fn first(&self, names: &[&'static str]) -> Option<(String, &'static str)> {
        names.iter().find_map(|name| Some((self.get(name)?, *name)))
    }
}

/// Reads what one CI system says.
type Read = fn(&Env<'_>, &mut Known);

/// A CI system: the variable that tells it, what it says, and its variable for the tag.
type System = (&'static str, Read, &'static str);

const SYSTEMS: [System; 7] = [
    ("GITHUB_ACTIONS", github::read, "GITHUB_REF"),
    ("GITLAB_CI", gitlab::read, "CI_COMMIT_TAG"),
    ("BITBUCKET_BUILD_NUMBER", bitbucket::read, "BITBUCKET_TAG"),
    ("CIRCLECI", circle::read, "CIRCLE_TAG"),
    ("TRAVIS", travis::read, "TRAVIS_TAG"),
    ("TF_BUILD", azure::read, "BUILD_SOURCEBRANCH"),
    ("JENKINS_URL", jenkins::read, "TAG_NAME"),
];

/// The CI system that runs this.
fn system(env: &Env<'_>) -> Option<&'static System> {
    SYSTEMS.iter().find(|(name, ..)| env.get(name).is_some())
}

/// What the CI system that runs this says; nothing where there is none.
pub fn known(env: &Env<'_>) -> Known {
    let mut known = Known::default();
    if let Some((_, read, _)) = system(env) {
        read(env, &mut known);
        known.set_first(Field::Tag, tag(env));
    }
    known
}

/// The tag that this run is for, and which variable says so: that of the system that runs this,
/// since others mean something else by the same name.
pub fn tag(env: &Env<'_>) -> Option<(String, &'static str)> {
    let (.., name) = system(env)?;
    let value = env.get(name)?;
    let tag = match *name {
        // A ref of whatever kind.
        "GITHUB_REF" | "BUILD_SOURCEBRANCH" => value.strip_prefix("refs/tags/")?,
        _ => &value,
    };
    Some((tag.to_owned(), name))
}

/// An `https` address of a repository, whatever way git knows it by; without `.git`, user or token.
fn web_address(remote: &str) -> Option<String> {
    let path = match remote.split_once("://") {
        Some((_, rest)) => {
            // Behind the host, `@` is a part of a name.
            let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
            let host = authority.rsplit('@').next().unwrap_or(authority);
            format!("{host}/{path}")
        }
        None => {
            let (_, rest) = remote.split_once('@')?;
            rest.replacen(':', "/", 1)
        }
    };
    let path = path.trim_end_matches('/');
    Some(format!(
        "https://{}",
        path.strip_suffix(".git").unwrap_or(path)
    ))
}

/// The branch of a ref: `refs/heads/main` is `main`.
fn branch_of(reference: &str) -> String {
    let branch = reference.strip_prefix("refs/heads/").unwrap_or(reference);
    branch.strip_prefix("origin/").unwrap_or(branch).to_owned()
}
