//! DVCLive's scikit-learn plots, `plots/sklearn/*.json`:
//! <https://dvc.org/doc/dvclive/live/log_sklearn_plot>.
//!
//! Seen: DVCLive 3.49. The confusion matrix is one record a sample, the normalised one the same;
//! ROC, precision-recall, DET and calibration are points under the curve's name, the first threshold
//! of ROC is `Infinity`. Other keys: `--as 'dvclive-plots(actual=real,predicted=modelo):PATH'`.
//!
//! ```json
//! [{"actual": "cat", "predicted": "dog"}]
//! {"roc": [{"fpr": 0.0, "tpr": 0.0, "threshold": Infinity}]}
//! ```

use super::{
    Claim, Reader,
    choice::Options,
    curves::CurveShape,
    pairs::split_of,
    records::{pair_keys, pairs},
};
use crate::{
    json::{Document, Node},
    model::{Artifact, Content, Finding, Notices, Place, Problem, Thing},
};

/// Reads DVCLive's plots of a classifier.
pub struct DvclivePlots;

impl Reader for DvclivePlots {
    fn id(&self) -> &'static str {
        "dvclive-plots"
    }

    fn claims(&self, artifact: &Artifact, sketch: Option<&Document<'_>>) -> Claim {
        let Some(sketch) = sketch else {
            return Claim::No;
        };
        let root = sketch.root();
        let has_pairs = || root.at(0).and_then(pair_keys).is_some();
        let is_named = artifact.path.starts_with("plots/sklearn/")
            || artifact.path.contains("/plots/sklearn/");
        match has_pairs() || curve(root).is_some() {
            true if is_named => Claim::Name,
            true => Claim::Shape,
            false => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let options = Options::of(artifact, self.id(), &["actual", "predicted", "split"])?;
        let document = Document::read(artifact, notices)?;
        let root = document.root();
        if let Some((shape, points)) = curve(root) {
            return Ok(vec![Finding::new(shape.read(points.items())?)]);
        }
        let first = root.list()?.next();
        let first = first.ok_or_else(|| root.expected(Thing::Object))?;
        let named = options.get("actual").zip(options.get("predicted"));
        let named = named.map(|(actual, predicted)| (actual.to_owned(), predicted.to_owned()));
        let (actual, predicted) = named
            .or_else(|| pair_keys(first))
            .ok_or_else(|| first.expected(Thing::Object))?;
        let samples = pairs(root.items(), &actual, &predicted)?;
        let place = Place::artifact(&artifact.path);
        let predictions = samples.finish(&place, self.id(), notices)?;
        let split = options.get("split").map(str::to_owned);
        let split = split.or_else(|| split_of(artifact.file_name()));
        let content = |predictions| Content::Predictions { split, predictions };
        Ok(predictions
            .map(content)
            .map(Finding::new)
            .into_iter()
            .collect())
    }
}

/// The curve and its points, where the document is one under its name.
fn curve<'d>(root: Node<'d>) -> Option<(CurveShape, Node<'d>)> {
    let mut entries = root.entries();
    let (name, points) = entries.next().filter(|_| root.len() == 1)?;
    let shape = CurveShape::by_name(name)?;
    let first = points.at(0)?;
    let has_axes = first.get(shape.x).is_some() && first.get(shape.y).is_some();
    has_axes.then_some((shape, points))
}
