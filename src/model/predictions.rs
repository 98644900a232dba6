/// The class that each sample was, and the one that the model said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Predictions {
    /// Distinct labels, in natural sort order where no order is known.
    pub labels: Vec<String>,
    /// Index into `labels`, one for each sample kept.
    pub actual: Vec<u32>,
    /// Index into `labels`, one for each sample kept.
    pub predicted: Vec<u32>,
    /// 1-based data row of each sample in its artifact; empty when no row was left out, so that
    /// sample `i` is row `i + 1`.
    pub rows: Vec<u32>,
}

impl Predictions {
    /// The number of samples.
    pub fn len(&self) -> usize {
        self.actual.len()
    }

    /// Whether there is no sample.
    pub fn is_empty(&self) -> bool {
        self.actual.is_empty()
    }

    /// The 1-based data row of a sample in its artifact.
    pub fn row(&self, sample: usize) -> u32 {
        self.rows.get(sample).copied().unwrap_or(sample as u32 + 1)
    }
}

/// Predictions with where they belong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PredictionsRecord {
    /// Index into the report's revisions.
    pub revision: usize,
    /// `train`, `test`…, where the artifact says so.
    pub split: Option<String>,
    /// The artifact that stated them.
    pub artifact: String,
    /// The pairs.
    pub predictions: Predictions,
}
