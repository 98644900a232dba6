use super::{Env, web_address};
use crate::publish::origin::{Field, Known};

/// CircleCI. <https://circleci.com/docs/variables/>
pub fn read(env: &Env<'_>, known: &mut Known) {
    let owner = env.get("CIRCLE_PROJECT_USERNAME");
    if let (Some(owner), Some(name)) = (owner, env.get("CIRCLE_PROJECT_REPONAME")) {
        let repository = format!("{owner}/{name}");
        known.set(Field::Repository, &repository, "CIRCLE_PROJECT_REPONAME");
    }
    let remote = env.get("CIRCLE_REPOSITORY_URL");
    let address = remote.as_deref().and_then(web_address);
    known.set_all(Field::RepositoryUrl, address, "CIRCLE_REPOSITORY_URL");
    known.set_first(Field::Commit, env.first(&["CIRCLE_SHA1"]));
    known.set_first(Field::Branch, env.first(&["CIRCLE_BRANCH"]));
    known.set_first(Field::Run, env.first(&["CIRCLE_BUILD_NUM"]));
    known.set_first(Field::RunUrl, env.first(&["CIRCLE_BUILD_URL"]));
    if let Some(url) = env.get("CIRCLE_PULL_REQUEST") {
        let number = url.rsplit('/').next().unwrap_or_default();
        known.set_discussion(&url, &format!("#{number}"), "CIRCLE_PULL_REQUEST");
    }
}
