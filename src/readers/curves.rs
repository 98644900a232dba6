//! The curves of a classifier, by the names of their two axes.

use super::records::number;
use crate::{
    json::Node,
    model::{Content, CurveKind, Problem, Thing},
};

/// What DVCLive and DVC's plots call a curve, what it is, and its axes.
const CURVES: [(&str, CurveKind, &str, &str); 4] = [
    ("roc", CurveKind::Roc, "fpr", "tpr"),
    (
        "precision_recall",
        CurveKind::PrecisionRecall,
        "recall",
        "precision",
    ),
    ("det", CurveKind::Det, "fpr", "fnr"),
    (
        "calibration",
        CurveKind::Calibration,
        "prob_pred",
        "prob_true",
    ),
];

/// A kind of curve with the keys of its axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CurveShape {
    pub kind: CurveKind,
    pub x: &'static str,
    pub y: &'static str,
}

impl CurveShape {
    /// By the name that DVCLive gives it.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::find(|known, _, _| known == name)
    }

    /// By the keys of its axes.
    pub fn by_axes(x: &str, y: &str) -> Option<Self> {
        Self::find(|_, known_x, known_y| known_x == x && known_y == y)
    }

    /// By the keys that are there.
    pub fn by_keys(has: impl Fn(&str) -> bool) -> Option<Self> {
        Self::find(|_, x, y| has(x) && has(y))
    }

    fn find(is_it: impl Fn(&str, &str, &str) -> bool) -> Option<Self> {
        let found = CURVES.iter().find(|(name, _, x, y)| is_it(name, x, y));
        found.map(|&(_, kind, x, y)| Self { kind, x, y })
    }

    /// The curve through the records; without thresholds where no record has one.
    ///
    /// # Errors
    /// A record is no object, or a coordinate no number.
    pub fn read<'d>(
        self,
        records: impl Iterator<Item = Node<'d>>,
    ) -> Result<Content, Box<Problem>> {
        let (mut x, mut y, mut thresholds) = (Vec::new(), Vec::new(), Vec::new());
        let mut has_thresholds = false;
        for record in records {
            for key in [self.x, self.y] {
                record.require(key, Thing::Number)?;
            }
            x.push(number(record, self.x)?);
            y.push(number(record, self.y)?);
            has_thresholds |= record.given("threshold").is_some();
            thresholds.push(number(record, "threshold")?);
        }
        if !has_thresholds {
            thresholds.clear();
        }
        let kind = self.kind;
        Ok(Content::Curve {
            kind,
            x,
            y,
            thresholds,
        })
    }
}
