use super::Env;
use crate::publish::origin::{Field, Known};

/// GitLab CI. <https://docs.gitlab.com/ci/variables/predefined_variables/>
pub fn read(env: &Env<'_>, known: &mut Known) {
    known.set_first(Field::Repository, env.first(&["CI_PROJECT_PATH"]));
    known.set_first(Field::RepositoryUrl, env.first(&["CI_PROJECT_URL"]));
    known.set_first(Field::Title, env.first(&["CI_MERGE_REQUEST_TITLE"]));
    // Of merged results pipelines, `CI_COMMIT_SHA` is a commit that nobody will find again.
    let commit = ["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA"];
    known.set_first(Field::Commit, env.first(&commit));
    let branch = ["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME"];
    known.set_first(Field::Branch, env.first(&branch));
    let target = ["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"];
    known.set_first(Field::TargetBranch, env.first(&target));
    let target = [
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA",
    ];
    known.set_first(Field::TargetCommit, env.first(&target));
    known.set_first(
        Field::Run,
        env.first(&["CI_PIPELINE_IID", "CI_PIPELINE_ID"]),
    );
    known.set_first(Field::RunUrl, env.first(&["CI_PIPELINE_URL", "CI_JOB_URL"]));
    let project = env.first(&["CI_MERGE_REQUEST_PROJECT_URL", "CI_PROJECT_URL"]);
    if let (Some(number), Some((project, _))) = (env.get("CI_MERGE_REQUEST_IID"), project) {
        let url = format!("{project}/-/merge_requests/{number}");
        known.set_discussion(&url, &format!("!{number}"), "CI_MERGE_REQUEST_IID");
    }
}
