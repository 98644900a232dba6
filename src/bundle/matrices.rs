use super::{
    code::{Codes, code_of, value_of},
    fields::{Fields, Record, fault},
    numbers::Numbers,
};
use crate::model::{
    AxisTitles, ConfusionMatrix, MatrixKind, MatrixRecord, Predictions, PredictionsRecord,
    ProblemKind,
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
#[derive(Default)]
pub(super) struct MatrixWire {
    revision: usize,
    split: Option<String>,
    artifact: String,
    actual_title: Option<String>,
    predicted_title: Option<String>,
    kind: String,
    labels: Vec<String>,
    dense: Option<Numbers>,
    sparse: Option<SparseWire>,
}

impl Record for MatrixWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("revision", &mut self.revision);
        fields.optional("split", &mut self.split);
        fields.required("artifact", &mut self.artifact);
        fields.optional("actual_title", &mut self.actual_title);
        fields.optional("predicted_title", &mut self.predicted_title);
        fields.required("kind", &mut self.kind);
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
    pub fn new(record: &MatrixRecord) -> Self {
        let MatrixRecord {
            revision,
            split,
            artifact,
            titles,
            matrix,
        } = record;
        let n = matrix.n_classes();
        let is_dense = matrix.filled().count() > n * n / 4;
        let dense = || {
            let cells = (0..n).flat_map(|actual| (0..n).map(move |predicted| (actual, predicted)));
            Numbers::new(cells.map(|(actual, predicted)| Some(matrix.get(actual, predicted))))
        };
        Self {
            revision: *revision,
            split: split.clone(),
            artifact: artifact.clone(),
            actual_title: titles.actual.clone(),
            predicted_title: titles.predicted.clone(),
            kind: code_of(KINDS, &matrix.kind()),
            labels: matrix.labels().to_vec(),
            dense: is_dense.then(dense),
            sparse: (!is_dense).then(|| SparseWire {
                actual: matrix.filled().map(|(it, _, _)| it as u32).collect(),
                predicted: matrix.filled().map(|(_, it, _)| it as u32).collect(),
                values: Numbers::new(matrix.filled().map(|(_, _, value)| Some(value))),
            }),
        }
    }

    pub fn read(self) -> Result<MatrixRecord, ProblemKind> {
        let kind = value_of(KINDS, &self.kind)?;
        let matrix = if let Some(dense) = self.dense {
            let values = dense.into_floats();
            if values.iter().any(|it| !it.is_finite() || *it < 0.0) {
                return Err(fault("a cell of the matrix is negative or no number"));
            }
            ConfusionMatrix::from_dense(self.labels, values, kind)
        } else {
            let filled = self.sparse.map(SparseWire::read).transpose()?;
            ConfusionMatrix::from_filled(self.labels, filled.unwrap_or_default(), kind)
        };
        Ok(MatrixRecord {
            revision: self.revision,
            split: self.split,
            artifact: self.artifact,
            titles: AxisTitles {
                actual: self.actual_title,
                predicted: self.predicted_title,
            },
            matrix: matrix.map_err(|error| fault(&error.to_string()))?,
        })
    }
}

impl SparseWire {
    fn read(self) -> Result<Vec<(usize, usize, f64)>, ProblemKind> {
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
#[derive(Default)]
pub(super) struct PredictionsWire {
    revision: usize,
    split: Option<String>,
    artifact: String,
    labels: Vec<String>,
    actual: Vec<u32>,
    predicted: Vec<u32>,
    rows: Vec<u32>,
}

impl Record for PredictionsWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("revision", &mut self.revision);
        fields.optional("split", &mut self.split);
        fields.required("artifact", &mut self.artifact);
        fields.required("labels", &mut self.labels);
        fields.required("actual", &mut self.actual);
        fields.required("predicted", &mut self.predicted);
        fields.optional("rows", &mut self.rows);
    }
}

impl PredictionsWire {
    pub fn new(record: &PredictionsRecord) -> Self {
        let PredictionsRecord {
            revision,
            split,
            artifact,
            predictions,
        } = record.clone();
        let Predictions {
            labels,
            actual,
            predicted,
            rows,
        } = predictions;
        Self {
            revision,
            split,
            artifact,
            labels,
            actual,
            predicted,
            rows,
        }
    }

    pub fn read(self) -> PredictionsRecord {
        PredictionsRecord {
            revision: self.revision,
            split: self.split,
            artifact: self.artifact,
            predictions: Predictions {
                labels: self.labels,
                actual: self.actual,
                predicted: self.predicted,
                rows: self.rows,
            },
        }
    }
}
