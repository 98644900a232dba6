use super::{
    AxisTitles, Column, ColumnKind, ConfusionMatrix, CurveKind, Predictions, Report, Revision,
    TextKind,
};

/// Something that a reader found in an artifact, before it is known where it belongs.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The revision that the artifact itself names; `None` leaves it to the assembly.
    pub revision: Option<RevisionRef>,
    /// What of the artifact holds it, where it has several of the kind: a plot.
    pub part: Option<String>,
    /// What was found.
    pub content: Content,
}

impl Finding {
    /// A finding whose artifact names no revision.
    pub fn new(content: Content) -> Self {
        Self {
            revision: None,
            part: None,
            content,
        }
    }

    /// A finding that belongs to the revision which its artifact names.
    pub fn of(revision: RevisionRef, content: Content) -> Self {
        Self {
            revision: Some(revision),
            part: None,
            content,
        }
    }
}

/// The ways in which a revision is named.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RevisionRef {
    /// The results that the report is about.
    Current,
    /// What they are compared with.
    Baseline,
    /// By full sha, unique prefix of 7 or more digits, or name.
    Named(String),
}

/// The content of a [`Finding`].
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Many revisions with their columns: `exp show`, `metrics show`.
    Table(FoundTable),
    /// Values of one revision.
    Values {
        /// Parameters or metrics.
        kind: ColumnKind,
        /// The file that holds them, when it isn't the artifact itself (a diff names other files).
        file: Option<String>,
        /// Key path and value of each leaf, in file order.
        values: Vec<(Vec<String>, Value)>,
    },
    /// A confusion matrix.
    Matrix {
        /// `train`, `test`…, where the artifact says so.
        split: Option<String>,
        /// Titles of the axes, where the artifact has any.
        titles: AxisTitles,
        /// The counts; rows are actual.
        matrix: ConfusionMatrix,
    },
    /// Pairs of actual and predicted class.
    Predictions {
        /// `train`, `test`…, where the artifact says so.
        split: Option<String>,
        /// The pairs.
        predictions: Predictions,
    },
    /// A metric by step.
    Series {
        /// The metric.
        name: String,
        /// As in [`super::Series`].
        steps: Vec<f64>,
        /// As in [`super::Series`].
        values: Vec<f64>,
    },
    /// A curve of a classifier.
    Curve {
        /// As in [`super::Curve`].
        kind: CurveKind,
        /// As in [`super::Curve`].
        x: Vec<f64>,
        /// As in [`super::Curve`].
        y: Vec<f64>,
        /// As in [`super::Curve`].
        thresholds: Vec<f64>,
    },
    /// A narrative in Markdown.
    Prose(String),
    /// A picture; its media type by magic bytes.
    Image(&'static str),
    /// A whole report of our own.
    Bundle(Box<Report>),
}

/// Many revisions with their values, as one artifact states them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundTable {
    /// In the artifact's order; `parent` indexes this list.
    pub revisions: Vec<Revision>,
    /// One value for each of `revisions` in each column; `sources` is filled in by the assembly.
    pub columns: Vec<Column>,
}

/// One value, owned.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Missing,
    /// A number; may be `NaN` or infinite.
    Number(f64),
    /// Anything else, as text.
    Text(TextKind, String),
}

impl Value {
    /// The same value, borrowed.
    pub fn as_cell(&self) -> super::Cell<'_> {
        match self {
            Self::Missing => super::Cell::Missing,
            Self::Number(value) => super::Cell::Number(*value),
            Self::Text(kind, text) => super::Cell::Text(*kind, text),
        }
    }
}
