use super::{
    code::{Coded, Codes},
    fields::{Fields, Record, fault},
    numbers::Numbers,
};
use crate::{
    json::Error,
    model::{AxisTitles, ConfusionMatrix, MatrixKind, MatrixRecord, PredictionsRecord},
};

const KINDS: &Codes<MatrixKind> = &[
    (MatrixKind::Counts, "counts"),
    (MatrixKind::Weighted, "weighted"),
    (MatrixKind::NormalisedByRow, "row"),
    (MatrixKind::NormalisedByColumn, "col"),
    (MatrixKind::NormalisedByAll, "all"),
];

/// Rows are actual. Either `dense` (row by row) or `actual`, `predicted` and `values` of the cells
/// that are not zero, row by row.
pub(super) struct MatrixWire {
    revision: usize,
    split: Option<String>,
    artifact: String,
    titles: AxisTitles,
    kind: MatrixKind,
    labels: Vec<String>,
    dense: Option<Numbers>,
    sparse: Option<SparseWire>,
}

impl Record for MatrixWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("revision", &mut self.revision);
        fields.optional("split", &mut self.split);
        fields.required("artifact", &mut self.artifact);
        fields.optional("actual_title", &mut self.titles.actual);
        fields.optional("predicted_title", &mut self.titles.predicted);
        fields.required("kind", &mut Coded(&mut self.kind, KINDS));
        fields.required("labels", &mut self.labels);
        fields.optional("dense", &mut self.dense);
        fields.optional("sparse", &mut self.sparse);
    }
}

#[derive(Default)]
struct SparseWire {
    actual: Vec<u32>,
    predicted: Vec<u32>,
    values: Numbers,
}

impl Record for SparseWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("actual", &mut self.actual);
        fields.required("predicted", &mut self.predicted);
        fields.required("values", &mut self.values);
    }
}

impl MatrixWire {
    /// To be written.
    pub fn new(record: &MatrixRecord) -> Self {
        let MatrixRecord {
            revision,
            split,
            artifact,
            titles,
            matrix,
        } = record.clone();
        let n = matrix.n_classes();
        let is_dense = matrix.n_filled() as u64 > n as u64 * n as u64 / 4;
        let dense = || {
            let cells = (0..n * n).map(|idx| Some(matrix.get(idx / n, idx % n)));
            Numbers::new(cells.collect())
        };
        Self {
            revision,
            split,
            artifact,
            titles,
            kind: matrix.kind(),
            labels: matrix.labels().to_vec(),
            dense: is_dense.then(dense),
            sparse: (!is_dense).then(|| SparseWire::new(&matrix)),
        }
    }

    /// To be read into.
    pub fn empty() -> Self {
        Self {
            revision: 0,
            split: None,
            artifact: String::new(),
            titles: AxisTitles::default(),
            kind: MatrixKind::Counts,
            labels: Vec::new(),
            dense: None,
            sparse: None,
        }
    }

    /// The matrix that was read.
    pub fn into_record(self) -> Result<MatrixRecord, Error> {
        let matrix = if let Some(dense) = self.dense {
            let values = dense.into_floats();
            if values.iter().any(|it| !it.is_finite() || *it < 0.0) {
                return Err(fault("a cell of the matrix is negative or no number"));
            }
            ConfusionMatrix::from_dense(self.labels, values, self.kind)
        } else {
            let filled = self.sparse.map(SparseWire::into_cells).transpose()?;
            ConfusionMatrix::from_filled(self.labels, filled.unwrap_or_default(), self.kind)
        };
        Ok(MatrixRecord {
            revision: self.revision,
            split: self.split,
            artifact: self.artifact,
            titles: self.titles,
            matrix: matrix.map_err(|error| fault(&error.to_string()))?,
        })
    }
}

impl SparseWire {
    fn new(matrix: &ConfusionMatrix) -> Self {
        let mut sparse = Self::default();
        let mut values = Vec::new();
        for (actual, predicted, value) in matrix.filled() {
            sparse.actual.push(actual as u32);
            sparse.predicted.push(predicted as u32);
            values.push(Some(value));
        }
        sparse.values = Numbers::new(values);
        sparse
    }

    fn into_cells(self) -> Result<Vec<(usize, usize, f64)>, Error> {
        let values = self.values.into_floats();
        if self.actual.len() != values.len() || self.predicted.len() != values.len() {
            return Err(fault("the columns of the matrix differ in length"));
        }
        let cells = self.actual.into_iter().zip(self.predicted).zip(values);
        let cells =
            cells.map(|((actual, predicted), it)| (actual as usize, predicted as usize, it));
        let mut cells: Vec<_> = cells.collect();
        // What the reading relies on is not left to a file that anybody may have written.
        cells.sort_by_key(|(actual, predicted, _)| (*actual, *predicted));
        cells.dedup_by_key(|(actual, predicted, _)| (*actual, *predicted));
        Ok(cells)
    }
}

/// Label indices, one for each sample.
impl Record for PredictionsRecord {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        let predictions = &mut self.predictions;
        fields.required("revision", &mut self.revision);
        fields.optional("split", &mut self.split);
        fields.required("artifact", &mut self.artifact);
        fields.required("labels", &mut predictions.labels);
        fields.required("actual", &mut predictions.actual);
        fields.required("predicted", &mut predictions.predicted);
        fields.optional("rows", &mut predictions.rows);
    }
}
