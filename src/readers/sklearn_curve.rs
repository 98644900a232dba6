//! Curves as scikit-learn returns them, one list for each axis:
//! <https://scikit-learn.org/stable/modules/generated/sklearn.metrics.roc_curve.html>.
//!
//! Seen: scikit-learn 1.9, `roc_curve` and `precision_recall_curve` put into a dictionary (there is
//! no format of its own). Precision-recall has one threshold less than points: the last point has
//! none. Numbers beside the lists (`auc`) are metrics.
//!
//! ```json
//! {"fpr": [0.0, 1.0], "tpr": [0.0, 1.0], "thresholds": [Infinity, 0.1], "auc": 0.5}
//! ```

use super::{Claim, Reader, curves::CurveShape};
use crate::{
    json::{Document, Node},
    model::{
        Artifact, ColumnKind, Content, Finding, Found, Notices, Problem, ProblemKind, Thing, Value,
    },
};

/// Reads a curve of scikit-learn.
pub struct SklearnCurve;

impl Reader for SklearnCurve {
    fn id(&self) -> &'static str {
        "sklearn-curve"
    }

    fn claims(&self, _: &Artifact, sketch: Option<&Document<'_>>) -> Claim {
        match sketch {
            Some(sketch) if shape(sketch.root()).is_some() => Claim::Shape,
            _ => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let document = Document::read(artifact, notices)?;
        let root = document.root();
        let shape = shape(root).ok_or_else(|| root.expected(Thing::Object))?;
        let x = root.require(shape.x, Thing::List)?.numbers()?;
        let y_node = root.require(shape.y, Thing::List)?;
        let y = y_node.numbers()?;
        if x.len() != y.len() {
            return Err(y_node.problem(ProblemKind::Expected {
                expected: Thing::List,
                found: Found::Literal(format!("{} / {}", y.len(), x.len())),
            }));
        }
        let mut thresholds = match root.given("thresholds") {
            Some(thresholds) => thresholds.numbers()?,
            None => Vec::new(),
        };
        if !thresholds.is_empty() {
            thresholds.resize(x.len(), f64::NAN);
        }
        let kind = shape.kind;
        let mut findings = vec![Finding::new(Content::Curve {
            kind,
            x,
            y,
            thresholds,
        })];
        let mut values = root.leaves()?;
        values.retain(|(_, value)| matches!(value, Value::Number(_)));
        if !values.is_empty() {
            findings.push(Finding::new(Content::Values {
                kind: ColumnKind::Metric,
                file: None,
                values,
            }));
        }
        Ok(findings)
    }
}

fn shape(root: Node<'_>) -> Option<CurveShape> {
    let is_axis = |key: &str| {
        let list = root.get(key).filter(|it| it.is_list());
        list.and_then(|it| it.at(0))
            .is_some_and(|it| it.as_number().is_some())
    };
    CurveShape::by_keys(is_axis)
}
