use super::Env;
use crate::publish::origin::{Field, Known};

/// Travis CI; `TRAVIS_BRANCH` is the target where there is a pull request.
/// <https://docs.travis-ci.com/user/environment-variables/>
pub fn read(env: &Env<'_>, known: &mut Known) {
    known.set_first(Field::Run, env.first(&["TRAVIS_BUILD_NUMBER"]));
    known.set_first(Field::RunUrl, env.first(&["TRAVIS_BUILD_WEB_URL"]));
    known.set_first(
        Field::Commit,
        env.first(&["TRAVIS_PULL_REQUEST_SHA", "TRAVIS_COMMIT"]),
    );
    let slug = env.get("TRAVIS_REPO_SLUG").unwrap_or_default();
    let address = format!("https://github.com/{slug}");
    if !slug.is_empty() {
        known.set(Field::Repository, &slug, "TRAVIS_REPO_SLUG");
        known.set(Field::RepositoryUrl, &address, "TRAVIS_REPO_SLUG");
    }
    match env
        .get("TRAVIS_PULL_REQUEST")
        .filter(|number| number != "false")
    {
        Some(number) => {
            let url = format!("{address}/pull/{number}");
            known.set_discussion(&url, &format!("#{number}"), "TRAVIS_PULL_REQUEST");
            known.set_first(Field::Branch, env.first(&["TRAVIS_PULL_REQUEST_BRANCH"]));
            known.set_first(Field::TargetBranch, env.first(&["TRAVIS_BRANCH"]));
        }
        None => known.set_first(Field::Branch, env.first(&["TRAVIS_BRANCH"])),
    }
}
