//! scikit-learn's `classification_report(output_dict=True)`:
//! <https://scikit-learn.org/stable/modules/generated/sklearn.metrics.classification_report.html>.
//!
//! Seen: scikit-learn 1.9. Each number is a metric, its key path the class and the measure. Where
//! not all classes were asked for, `micro avg` stands instead of `accuracy`; a class may be called
//! `accuracy`. The plain text of the same report is not read: it has two decimals only.
//!
//! ```json
//! {"cat": {"precision": 0.8, "recall": 0.9, "f1-score": 0.85, "support": 10.0},
//!  "accuracy": 0.87, "macro avg": {…}, "weighted avg": {…}}
//! ```

use super::{Claim, Reader};
use crate::{
    json::{Document, Node},
    model::{Artifact, ColumnKind, Content, Finding, Notices, Problem, Thing, Value},
};

/// Reads scikit-learn's report of each class.
pub struct SklearnReport;

const MEASURES: [&str; 4] = ["precision", "recall", "f1-score", "support"];

impl Reader for SklearnReport {
    fn id(&self) -> &'static str {
        "sklearn-report"
    }

    fn claims(&self, artifact: &Artifact, sketch: Option<&Document<'_>>) -> Claim {
        let Some(sketch) = sketch else {
            return Claim::No;
        };
        let root = sketch.root();
        let has_average = ["macro avg", "weighted avg", "micro avg"]
            .iter()
            .any(|key| root.get(key).is_some());
        let has_classes = root.entries().next().is_some_and(|(_, it)| is_measured(it));
        let name = artifact.file_name().to_ascii_lowercase();
        match has_classes && (has_average || !sketch.is_whole()) {
            true if name.contains("classification_report") => Claim::Name,
            true => Claim::Shape,
            false => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let document = Document::read(artifact, notices)?;
        let root = document.root();
        for (_, value) in root.object()? {
            if !value.is_object() {
                value.number()?;
            }
        }
        let mut values = root.leaves()?;
        values.retain(|(_, value)| matches!(value, Value::Number(_)));
        if values.is_empty() {
            return Err(root.expected(Thing::Number));
        }
        Ok(vec![Finding::new(Content::Values {
            kind: ColumnKind::Metric,
            file: None,
            values,
        })])
    }
}

fn is_measured(node: Node<'_>) -> bool {
    MEASURES.iter().all(|measure| node.get(measure).is_some())
}
