//! Containers as they are dropped and downloaded.

use careo::{
    model::{Artifact, ProblemKind},
    readers::{Job, assemble::Context, read_all},
};

use crate::common::{artifact, n_correct};

#[test]
fn the_zip_of_a_ci_run_is_read_as_it_is() {
    let bytes = artifact("zip/github-actions/model-results.zip").bytes;
    let zip = Artifact::new("model-results.zip", bytes);
    let mut job = Job::new(vec![zip], Context::default());
    let mut n_artifacts = 0;
    while job.step() {
        n_artifacts += 1;
    }
    assert_eq!(n_artifacts, 5);
    let report = job.finish(0);
    assert_eq!(report.check(), Ok(()));
    assert_eq!(
        (
            report.problems.len(),
            report.predictions.len(),
            report.prose.len()
        ),
        (0, 1, 1)
    );
    assert_eq!(n_correct(&report.predictions[0].predictions), 87);
    let paths: Vec<&str> = report.artifacts.iter().map(|it| it.path.as_str()).collect();
    let expected = [
        "metrics.json",
        "predictions.csv",
        "conf_mat.png",
        "report.md",
        "baselines/C10/metrics.json",
    ];
    assert_eq!(paths, expected);
    let loose: Vec<Artifact> = expected
        .iter()
        .map(|path| Artifact::new(*path, artifact(&format!("nba/{path}")).bytes))
        .collect();
    let loose = read_all(loose, Context::default(), 0);
    assert_eq!(loose.columns, report.columns, "as from a folder");
    assert_eq!(loose.predictions, report.predictions);
}

#[test]
fn a_broken_container_is_listed_and_hides_nothing() {
    let whole = artifact("zip/github-actions/model-results.zip").bytes;
    let half = Artifact::new("half.zip", &whole[..whole.len() / 2]);
    let report = read_all(
        vec![half, artifact("nba/predictions.csv")],
        Context::default(),
        0,
    );
    assert_eq!(report.predictions.len(), 1);
    let kinds: Vec<&ProblemKind> = report.problems.iter().map(|it| &it.kind).collect();
    assert!(
        matches!(kinds[..], [ProblemKind::Container { .. }]),
        "{kinds:?}"
    );
    assert!(report.artifacts.iter().any(|it| it.path == "half.zip"));
}
