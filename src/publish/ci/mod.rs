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
type System = fn(&Env<'_>, &mut Known);

/// What the CI system that runs this says; nothing where there is none.
pub fn known(env: &Env<'_>) -> Known {
    let mut known = Known::default();
    let systems: [(&str, System); 7] = [
        ("GITHUB_ACTIONS", github::read),
        ("GITLAB_CI", gitlab::read),
        ("BITBUCKET_BUILD_NUMBER", bitbucket::read),
        ("CIRCLECI", circle::read),
        ("TRAVIS", travis::read),
        ("TF_BUILD", azure::read),
        ("JENKINS_URL", jenkins::read),
    ];
    if let Some((_, read)) = systems.iter().find(|(name, _)| env.get(name).is_some()) {
        read(env, &mut known);
        known.set_first(Field::Tag, tag(env));
    }
    known
}

/// The tag that this run is for, and which variable says so.
pub fn tag(env: &Env<'_>) -> Option<(String, &'static str)> {
    const NAMED: [&str; 5] = [
        "CI_COMMIT_TAG",
        "BITBUCKET_TAG",
        "CIRCLE_TAG",
        "TRAVIS_TAG",
        "TAG_NAME",
    ];
    let of_ref = |name: &'static str| {
        let tag = env.get(name)?.strip_prefix("refs/tags/")?.to_owned();
        Some((tag, name))
    };
    of_ref("GITHUB_REF")
        .or_else(|| of_ref("BUILD_SOURCEBRANCH"))
        .or_else(|| env.first(&NAMED))
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
