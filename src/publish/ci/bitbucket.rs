use super::{Env, web_address};
use crate::publish::origin::{Field, Known};

/// Bitbucket Pipelines. <https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/>
pub fn read(env: &Env<'_>, known: &mut Known) {
    known.set_first(Field::Repository, env.first(&["BITBUCKET_REPO_FULL_NAME"]));
    known.set_first(Field::Commit, env.first(&["BITBUCKET_COMMIT"]));
    known.set_first(Field::Branch, env.first(&["BITBUCKET_BRANCH"]));
    known.set_first(
        Field::TargetBranch,
        env.first(&["BITBUCKET_PR_DESTINATION_BRANCH"]),
    );
    known.set_first(
        Field::TargetCommit,
        env.first(&["BITBUCKET_PR_DESTINATION_COMMIT"]),
    );
    known.set_first(Field::Run, env.first(&["BITBUCKET_BUILD_NUMBER"]));
    let origin = env.get("BITBUCKET_GIT_HTTP_ORIGIN");
    let Some(address) = origin.as_deref().and_then(web_address) else {
        return;
    };
    known.set(Field::RepositoryUrl, &address, "BITBUCKET_GIT_HTTP_ORIGIN");
    if let Some(number) = env.get("BITBUCKET_BUILD_NUMBER") {
        let url = format!("{address}/pipelines/results/{number}");
        known.set(Field::RunUrl, &url, "BITBUCKET_BUILD_NUMBER");
    }
    if let Some(number) = env.get("BITBUCKET_PR_ID") {
        let url = format!("{address}/pull-requests/{number}");
        known.set_discussion(&url, &format!("#{number}"), "BITBUCKET_PR_ID");
    }
}
