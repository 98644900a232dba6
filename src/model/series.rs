/// A metric by step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Index into the report's revisions.
    pub revision: usize,
    /// The metric: `train/loss`.
    pub name: String,
    /// The artifact that stated it.
    pub artifact: String,
    /// Step, epoch or row number; ascending as in the artifact.
    pub steps: Vec<f64>,
    /// The value at each step; `NaN` where it was not a number.
    pub values: Vec<f64>,
}

/// What a curve shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CurveKind {
    /// x: false positive rate, y: true positive rate.
    #[default]
    Roc,
    /// x: recall, y: precision.
    PrecisionRecall,
    /// x: false positive rate, y: false negative rate.
    Det,
    /// x: mean predicted probability, y: observed frequency.
    Calibration,
}

/// A curve of a classifier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Index into the report's revisions.
    pub revision: usize,
    /// What it shows.
    pub kind: CurveKind,
    /// The artifact that stated it.
    pub artifact: String,
    /// As [`CurveKind`] says.
    pub x: Vec<f64>,
    /// As [`CurveKind`] says.
    pub y: Vec<f64>,
    /// Decision threshold of each point; may be infinite; empty where there is none.
    pub thresholds: Vec<f64>,
}

/// A narrative in Markdown, untrusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Where it came from: images are relative to it.
    pub artifact: String,
    /// The text as it was; never rendered with raw HTML.
    pub markdown: String,
}
