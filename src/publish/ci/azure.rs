use super::{Env, branch_of, web_address};
use crate::publish::origin::{Field, Known};

/// Azure Pipelines, over its own repositories or GitHub's.
/// <https://learn.microsoft.com/azure/devops/pipelines/build/variables>
pub fn read(env: &Env<'_>, known: &mut Known) {
    known.set_first(Field::Repository, env.first(&["BUILD_REPOSITORY_NAME"]));
    let commit = ["SYSTEM_PULLREQUEST_SOURCECOMMITID", "BUILD_SOURCEVERSION"];
    known.set_first(Field::Commit, env.first(&commit));
    let branch = env.first(&["SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH"]);
    known.set_first(
        Field::Branch,
        branch.map(|(name, from)| (branch_of(&name), from)),
    );
    let target = env.first(&["SYSTEM_PULLREQUEST_TARGETBRANCH"]);
    known.set_first(
        Field::TargetBranch,
        target.map(|(name, from)| (branch_of(&name), from)),
    );
    known.set_first(Field::Run, env.first(&["BUILD_BUILDNUMBER"]));
    let project = (
        env.get("SYSTEM_COLLECTIONURI"),
        env.get("SYSTEM_TEAMPROJECT"),
    );
    if let ((Some(server), Some(project)), Some(id)) = (project, env.get("BUILD_BUILDID")) {
        let url = format!("{server}{project}/_build/results?buildId={id}").replace(' ', "%20");
        known.set(Field::RunUrl, &url, "BUILD_BUILDID");
    }
    let remote = env.get("BUILD_REPOSITORY_URI");
    let Some(address) = remote.as_deref().and_then(web_address) else {
        return;
    };
    known.set(Field::RepositoryUrl, &address, "BUILD_REPOSITORY_URI");
    let number = env.first(&[
        "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER",
        "SYSTEM_PULLREQUEST_PULLREQUESTID",
    ]);
    if let Some((number, from)) = number {
        let (path, sign) = match env.get("BUILD_REPOSITORY_PROVIDER").as_deref() {
            Some("TfsGit") => ("pullrequest", '!'),
            _ => ("pull", '#'),
        };
        known.set_discussion(
            &format!("{address}/{path}/{number}"),
            &format!("{sign}{number}"),
            from,
        );
    }
}
