//! Confusion matrices in JSON:
//! <https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html>.
//!
//! Seen: `confusion_matrix(…).tolist()` of scikit-learn 1.9, bare or with its labels, and pandas'
//! `to_json(orient="split")`. Rows are actual, unless `"rows": "predicted"` beside the matrix or
//! `--as 'confusion-json(rows=predicted):PATH'` says otherwise. Numbers beside the matrix are metrics.
//!
//! ```json
//! {"labels": ["cat", "dog"], "confusion_matrix": [[7, 1], [2, 5]]}
//! ```

use super::{
    Claim, Reader,
    choice::Options,
    confusion_csv::is_confusion_name,
    grid::Grid,
    pairs::{PREDICTED, rank},
    records::label,
};
use crate::{
    json::{self, Document, Kind, Node},
    model::{
        Artifact, ColumnKind, Content, Finding, NoticeKind, Notices, Place, Problem, Thing, Value,
    },
};

/// Reads confusion matrices in JSON.
pub struct ConfusionJson;

/// Keys that hold the numbers.
const MATRIX: [&str; 6] = [
    "confusion_matrix",
    "confusionMatrix",
    "matrix",
    "conf_mat",
    "cm",
    "counts",
];

/// Keys that hold the labels of both axes.
const LABELS: [&str; 6] = [
    "labels",
    "classes",
    "class_names",
    "target_names",
    "label_names",
    "names",
];

impl Reader for ConfusionJson {
    fn id(&self) -> &'static str {
        "confusion-json"
    }

    fn claims(&self, artifact: &Artifact, sketch: Option<&Document<'_>>) -> Claim {
        let Some(sketch) = sketch else {
            return Claim::No;
        };
        let root = sketch.root();
        let is_shaped = match Parts::find(root) {
            Some(parts) if parts.is_split => {
                !sketch.is_whole() || parts.grid().is_ok_and(|(grid, _)| grid.is_matrix())
            }
            Some(_) if root.is_object() => true,
            // An even list of lists that is not square is a table of something else.
            Some(parts) => {
                let n = parts.matrix.len();
                let is_square = parts.matrix.items().all(|row| row.len() == n);
                let first = parts.matrix.at(0).map_or(0, Node::len);
                let is_even = parts.matrix.items().all(|row| row.len() == first);
                is_square || !is_even || !sketch.is_whole()
            }
            None => false,
        };
        // A printed array (`[[5 1]`) begins like JSON and isn't.
        let is_broken = !sketch.is_whole() && artifact.bytes.len() <= Document::SKETCH_BYTES;
        let is_shaped = is_shaped && !(is_broken && root.is_list());
        let may_be = is_shaped || (!sketch.is_whole() && begins_with_labels(root));
        match may_be {
            true if is_confusion_name(artifact) => Claim::Name,
            true if is_shaped => Claim::Shape,
            true => Claim::Maybe,
            false => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let options = Options::of(artifact, self.id(), &["rows"])?;
        let document = Document::read(artifact, notices)?;
        let root = document.root();
        let parts = Parts::find(root).ok_or_else(|| root.expected(Thing::Matrix))?;
        let (grid, n_rounded) = parts.grid()?;
        if n_rounded > 0 {
            let kind = NoticeKind::Rounded { count: n_rounded };
            notices.push(kind, Place::artifact(&artifact.path));
        }
        let stated = root.get("rows").and_then(Node::as_text);
        let is_predicted = stated.is_some_and(|it| rank(it, &PREDICTED).is_some());
        let rows_are = options.get("rows").or(is_predicted.then_some("predicted"));
        let matrix = grid.into_finding(artifact, self.id(), rows_are, notices)?;
        let mut findings = vec![matrix];
        let metrics = parts.metrics(root).unwrap_or_else(|problem| {
            // The matrix is good all the same.
            let mut place = problem.place.unwrap_or_default();
            let what = json::shorten(&place.key.take().unwrap_or_default());
            notices.push(NoticeKind::PassedOver { what }, place);
            Vec::new()
        });
        if !metrics.is_empty() {
            findings.push(Finding::new(Content::Values {
                kind: ColumnKind::Metric,
                file: None,
                values: metrics,
            }));
        }
        Ok(findings)
    }
}

/// Where the parts of a matrix are in a document.
struct Parts<'d> {
    matrix: Node<'d>,
    matrix_key: &'static str,
    row_labels: Option<Node<'d>>,
    column_labels: Option<Node<'d>>,
    is_split: bool,
}

impl<'d> Parts<'d> {
    fn find(root: Node<'d>) -> Option<Self> {
        if root.is_list() {
            return is_rows(root).then_some(Self {
                matrix: root,
                matrix_key: "",
                row_labels: None,
                column_labels: None,
                is_split: false,
            });
        }
        let (row_labels, column_labels) = (root.get("index"), root.get("columns"));
        if let (Some(_), Some(_), Some(data)) = (row_labels, column_labels, root.get("data")) {
            return is_rows(data).then_some(Self {
                matrix: data,
                matrix_key: "data",
                row_labels,
                column_labels,
                is_split: true,
            });
        }
        let (matrix_key, matrix) = MATRIX.iter().find_map(|key| Some((*key, root.get(key)?)))?;
        let labels = LABELS.iter().find_map(|key| root.get(key));
        let labels = labels.filter(|it| it.is_list());
        let is_empty = matrix.is_list() && matrix.is_empty() && labels.is_some();
        // What its cells are, reading tells.
        let has_rows = matrix.at(0).is_some_and(Node::is_list);
        (has_rows || is_empty).then_some(Self {
            matrix,
            matrix_key,
            row_labels: labels,
            column_labels: labels,
            is_split: false,
        })
    }

    /// Labels and numbers, and how many numbers had to be rounded.
    fn grid(&self) -> Result<(Grid<'d>, usize), Box<Problem>> {
        let labels = |node: Option<Node<'d>>| match node {
            Some(labels) => labels.list()?.map(label).collect(),
            None => Ok(Vec::new()),
        };
        let mut n_rounded = 0;
        let mut rows = Vec::with_capacity(self.matrix.len());
        for row in self.matrix.list()? {
            if let Some(numbers) = row.plain_numbers() {
                rows.push(numbers.into());
                continue;
            }
            let mut numbers = Vec::with_capacity(row.len());
            for cell in row.list()? {
                n_rounded += usize::from(matches!(cell.kind(), Kind::BigInteger(_)));
                let number = cell.as_number();
                numbers.push(number.ok_or_else(|| cell.expected(Thing::Count))?);
            }
            rows.push(numbers.into());
        }
        let grid = Grid {
            corner: String::new(),
            row_labels: labels(self.row_labels)?,
            column_labels: labels(self.column_labels)?,
            rows,
        };
        Ok((grid, n_rounded))
    }

    /// The numbers that stand beside the matrix.
    fn metrics(&self, root: Node<'d>) -> Result<Vec<(Vec<String>, Value)>, Box<Problem>> {
        if self.is_split {
            return Ok(Vec::new());
        }
        // A matrix may have millions of cells: they are not looked at again.
        let mut found = root.leaves_beside(self.matrix_key)?;
        found.retain(|(_, value)| matches!(value, Value::Number(_)));
        Ok(found)
    }
}

/// Whether nothing but labels is known of an object: a thousand of them fill a sketch.
fn begins_with_labels(root: Node<'_>) -> bool {
    let is_label = |it: Node<'_>| !it.is_list() && !it.is_object();
    let is_labels = |(key, it): (&str, Node<'_>)| {
        LABELS.contains(&key) && it.items().all(is_label) && !it.is_empty()
    };
    root.is_object() && !root.is_empty() && root.entries().all(is_labels)
}

/// Whether it is a list of lists of numbers, as far as its first rows tell.
fn is_rows(node: Node<'_>) -> bool {
    let is_row = |row: Node<'_>| {
        row.is_list()
            && row
                .items()
                .take(8)
                .all(|it| it.as_number().is_some() || it.is_null())
    };
    node.is_list() && !node.is_empty() && node.items().take(8).all(is_row)
}
