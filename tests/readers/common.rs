use std::{collections::BTreeSet, fs, path::Path};

use careo::{
    model::{
        Artifact, ConfusionMatrix, Content, Finding, FoundTable, MatrixKind, Notice, Notices,
        Predictions, Problem,
    },
    readers::read_artifact,
};

/// Where the fixtures are, from the package's folder.
const FIXTURES: &str = "tests/fixtures";

/// The paths of all fixtures, sorted, below their folder.
pub fn paths() -> Vec<String> {
    let mut paths = Vec::new();
    walk(Path::new(FIXTURES), &mut paths);
    paths.sort_unstable();
    assert!(paths.len() > 200, "fixtures are missing");
    paths
}

fn walk(folder: &Path, paths: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, paths);
        } else {
            let below = path.strip_prefix(FIXTURES).unwrap();
            let parts: Vec<_> = below.iter().map(|it| it.to_str().unwrap()).collect();
            paths.push(parts.join("/"));
        }
    }
}

/// A fixture under its own path.
pub fn artifact(path: &str) -> Artifact {
    Artifact::new(path, fs::read(format!("{FIXTURES}/{path}")).unwrap())
}

/// What became of an artifact.
pub struct Read {
    pub reader: Option<&'static str>,
    pub findings: Vec<Finding>,
    pub notices: Vec<Notice>,
    pub problem: Option<Problem>,
}

/// Reads an artifact and holds its findings against each other.
pub fn read(artifact: &Artifact) -> Read {
    let mut notices = Notices::default();
    let claimed = read_artifact(artifact, &mut notices);
    let notices = notices.into_vec();
    let read = match claimed {
        Ok(claimed) => Read {
            reader: claimed.reader,
            findings: claimed.findings,
            notices,
            problem: None,
        },
        Err(problem) => Read {
            reader: None,
            findings: Vec::new(),
            notices,
            problem: Some(problem),
        },
    };
    let place = |place: &Option<careo::model::Place>| {
        assert!(
            place
                .as_ref()
                .is_some_and(|it| it.artifact == artifact.path),
            "{}: {place:?} is elsewhere",
            artifact.path
        );
    };
    read.notices.iter().for_each(|it| place(&it.place));
    read.problem.iter().for_each(|it| place(&it.place));
    for finding in &read.findings {
        check(&artifact.path, &finding.content);
    }
    read
}

/// What a finding promises, whatever it was read from.
fn check(path: &str, content: &Content) {
    match content {
        Content::Table(FoundTable { revisions, columns }) => {
            let n = revisions.len();
            for column in columns {
                assert_eq!(column.cells.len(), n, "{path}: {}", column.id.full());
            }
            for (idx, revision) in revisions.iter().enumerate() {
                assert!(
                    revision.parent.is_none_or(|it| it < n && it != idx),
                    "{path}"
                );
            }
            let ids: BTreeSet<_> = columns.iter().map(|it| (it.kind, &it.id)).collect();
            assert_eq!(ids.len(), columns.len(), "{path}: a column stands twice");
        }
        Content::Values { values, .. } => {
            let keys: BTreeSet<_> = values.iter().map(|(key, _)| key).collect();
            assert_eq!(keys.len(), values.len(), "{path}: a key stands twice");
        }
        Content::Matrix { matrix, .. } => check_matrix(path, matrix),
        Content::Predictions { predictions, .. } => check_predictions(path, predictions),
        Content::Series { steps, values, .. } => assert_eq!(steps.len(), values.len(), "{path}"),
        Content::Curve {
            x, y, thresholds, ..
        } => {
            assert_eq!(x.len(), y.len(), "{path}");
            assert!([0, x.len()].contains(&thresholds.len()), "{path}");
        }
        Content::Image(media_type) => assert!(media_type.starts_with("image/"), "{path}"),
        Content::Bundle(report) => assert_eq!(report.check(), Ok(()), "{path}"),
        Content::Prose(_) => {}
    }
}

fn check_matrix(path: &str, matrix: &ConfusionMatrix) {
    let labels: BTreeSet<_> = matrix.labels().iter().collect();
    assert_eq!(
        labels.len(),
        matrix.n_classes(),
        "{path}: a label stands twice"
    );
    assert!(
        matrix
            .filled()
            .all(|(_, _, value)| value.is_finite() && value > 0.0),
        "{path}"
    );
    if matrix.kind() == MatrixKind::Counts {
        assert!(
            matrix.filled().all(|(_, _, value)| value.fract() == 0.0),
            "{path}"
        );
    }
}

fn check_predictions(path: &str, predictions: &Predictions) {
    let n_labels = predictions.labels.len();
    assert_eq!(
        predictions.actual.len(),
        predictions.predicted.len(),
        "{path}"
    );
    let used: BTreeSet<_> = predictions
        .actual
        .iter()
        .chain(&predictions.predicted)
        .collect();
    assert_eq!(used.len(), n_labels, "{path}: a label without a sample");
    assert!(used.iter().all(|it| (**it as usize) < n_labels), "{path}");
    let distinct: BTreeSet<_> = predictions.labels.iter().collect();
    assert_eq!(distinct.len(), n_labels, "{path}: a label stands twice");
    let is_ascending = predictions.rows.is_sorted_by(|a, b| a < b);
    assert!(
        is_ascending && [0, predictions.len()].contains(&predictions.rows.len()),
        "{path}"
    );
    assert!(!predictions.is_empty(), "{path}");
}

/// Samples that the model got right.
pub fn n_correct(predictions: &Predictions) -> usize {
    let pairs = predictions.actual.iter().zip(&predictions.predicted);
    pairs
        .filter(|(actual, predicted)| actual == predicted)
        .count()
}

/// What is found in a fixture that has nothing wrong.
pub fn findings(path: &str) -> Vec<Finding> {
    let read = read(&artifact(path));
    assert_eq!(read.problem, None, "{path}");
    read.findings
}

/// The same without revisions.
pub fn contents(path: &str) -> Vec<Content> {
    findings(path).into_iter().map(|it| it.content).collect()
}
