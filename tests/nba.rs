//! The NBA case from its files to the comment, as CI runs it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

use careo::{
    analysis::{digest::digest, verdict::of_report},
    model::{Artifact, Lang, Outcome, RevisionRef},
    readers::{assemble::Context, read_all},
    summary::{CommentOptions, comment},
};

fn artifact(path: &str, revision: Option<RevisionRef>) -> Artifact {
    let bytes = fs::read(Path::new("tests/fixtures/nba").join(path)).unwrap();
    // An input folder is no part of an artifact's path.
    let path = path.strip_prefix("baselines/C10/").unwrap_or(path);
    Artifact {
        revision,
        ..Artifact::new(path, bytes)
    }
}

#[test]
fn the_nba_case_is_no_clear_change_from_files_to_comment() {
    let mut artifacts: Vec<Artifact> = [
        "metrics.json",
        "predictions.csv",
        "confusion_matrix.json",
        "exp-show.json",
        "experiments/bovid-rime/predictions.csv",
        "experiments/nival-newt/predictions.csv",
        "experiments/bound-cart/predictions.csv",
        "experiments/gutsy-coth/predictions.csv",
        "report.md",
    ]
    .map(|path| artifact(path, None))
    .to_vec();
    let of_baseline = [
        "baselines/C10/metrics.json",
        "baselines/C10/predictions.csv",
    ];
    artifacts.extend(of_baseline.map(|path| artifact(path, Some(RevisionRef::Baseline))));
    let context = Context {
        baseline_name: Some("master".into()),
        ..Context::default()
    };
    let mut report = read_all(artifacts, context, 0);
    report.origin.base_url = Some("https://team.example/repo/pr/12/2a1f591a8584/".into());
    let mut judged = of_report(&report, None).unwrap();
    assert_eq!(judged.outcome, Outcome::NoClearChange);
    judged.digest = digest(&report, &judged);
    assert_eq!(judged.digest.len(), 8);
    report.settings.left_out.drop = Some(".*(assets|src)".to_owned());
    // The snapshot must not follow every byte of the fixtures.
    judged.digest = "01234567".into();
    for (lang, name) in [(Lang::En, "comment_en"), (Lang::Es, "comment_es")] {
        let options = CommentOptions {
            lang,
            key: "default",
        };
        insta::assert_snapshot!(name, comment(&report, &judged, options));
    }
}
