use super::{Env, branch_of, web_address};
use crate::publish::origin::{Field, Known};

/// Jenkins multibranch pipelines: its own page `/env-vars.html` lists these.
pub fn read(env: &Env<'_>, known: &mut Known) {
    let remote = env.get("GIT_URL");
    let address = remote.as_deref().and_then(web_address);
    let repository = address.as_deref().and_then(|address| {
        let (_, path) = address.split_once("://")?.1.split_once('/')?;
        Some(path.to_owned())
    });
    known.set_all(Field::Repository, repository, "GIT_URL");
    known.set_all(Field::RepositoryUrl, address, "GIT_URL");
    known.set_first(Field::Title, env.first(&["CHANGE_TITLE"]));
    known.set_first(Field::Commit, env.first(&["GIT_COMMIT"]));
    let branch = env.first(&["CHANGE_BRANCH", "BRANCH_NAME", "GIT_BRANCH"]);
    known.set_first(
        Field::Branch,
        branch.map(|(name, from)| (branch_of(&name), from)),
    );
    known.set_first(Field::TargetBranch, env.first(&["CHANGE_TARGET"]));
    known.set_first(Field::Run, env.first(&["BUILD_NUMBER"]));
    known.set_first(Field::RunUrl, env.first(&["BUILD_URL"]));
    if let Some(url) = env.get("CHANGE_URL") {
        let number = env.get("CHANGE_ID").unwrap_or_default();
        known.set_discussion(&url, &format!("#{number}"), "CHANGE_URL");
    }
}
