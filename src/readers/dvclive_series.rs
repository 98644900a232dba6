//! DVCLive's history of a metric, `plots/metrics/<name>.tsv`:
//! <https://dvc.org/doc/dvclive/how-it-works#metrics-history>.
//!
//! Seen: DVCLive 3.49, with and without `timestamp`. Steps may be left out. The metric's name is the
//! path below `plots/metrics`; the header has only its last part. Text such as `nan` and `-inf` is a
//! number as it says, an empty cell is `NaN`.
//!
//! ```tsv
//! step<TAB>loss
//! 0<TAB>1.2
//! ```

use super::{
    Claim, Reader,
    csv::{self, Rows},
    text,
};
use crate::{
    json::Document,
    model::{
        Artifact, Content, Finding, Found, NoticeKind, Notices, Place, Problem, ProblemKind, Thing,
    },
};

/// Reads a metric's history of DVCLive.
pub struct DvcliveSeries;

/// Below this folder the path is the metric's name.
const FOLDER: &str = "plots/metrics/";

impl Reader for DvcliveSeries {
    fn id(&self) -> &'static str {
        "dvclive-series"
    }

    fn claims(&self, artifact: &Artifact, _: Option<&Document<'_>>) -> Claim {
        let head = text::head(artifact);
        let mut header = Vec::new();
        let has_header = Rows::new(&head, b'\t').read(&mut header) == Ok(true);
        let header: Vec<&str> = header.iter().map(|it| it.as_ref()).collect();
        let is_shaped = has_header && matches!(header[..], ["step", _] | ["timestamp", "step", _]);
        let is_named = artifact.extension() == "tsv" && metric_of(&artifact.path).is_some();
        match is_shaped {
            _ if is_named && (is_shaped || !has_header) => Claim::Name,
            true => Claim::Shape,
            false => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let text = text::read(artifact, notices);
        let mut rows = Rows::new(&text, b'\t');
        let unclosed = |it: csv::UnclosedQuote| it.into_problem(&artifact.path, self.id());
        let problem = |line, kind| {
            Box::new(Problem {
                kind,
                place: Some(Place::artifact(&artifact.path).at(line, 1)),
                reader: Some(self.id().to_owned()),
            })
        };
        let mut row = Vec::new();
        if !rows.read(&mut row).map_err(unclosed)? {
            return Err(problem(1, ProblemKind::Empty));
        }
        let step_at = row.iter().position(|field| field == "step");
        let (Some(step_at), Some(value_at)) = (step_at, row.len().checked_sub(1)) else {
            let expected = "step".to_owned();
            let found = row.join(", ").chars().take(200).collect();
            return Err(problem(1, ProblemKind::NoColumn { expected, found }));
        };
        let column = row.last().map(|field| field.as_ref().to_owned());
        let name = metric_of(&artifact.path).map(str::to_owned).or(column);
        let (mut steps, mut values, mut n_non_finite) = (Vec::new(), Vec::new(), 0);
        while rows.read(&mut row).map_err(unclosed)? {
            let cell = |at: usize| row.get(at).map(|it| it.as_ref()).unwrap_or_default();
            let number = |at: usize| {
                csv::number(cell(at), b'\t').ok_or_else(|| {
                    let found = Found::Text(cell(at).chars().take(40).collect());
                    let expected = Thing::Number;
                    problem(rows.row_line(), ProblemKind::Expected { expected, found })
                })
            };
            let value = match cell(value_at) {
                "" => f64::NAN,
                _ => number(value_at)?,
            };
            steps.push(number(step_at)?);
            values.push(value);
            n_non_finite += usize::from(!value.is_finite());
        }
        if n_non_finite > 0 {
            let count = n_non_finite;
            let place = Place::artifact(&artifact.path);
            notices.push(NoticeKind::NonFinite { count }, place);
        }
        let name = name.unwrap_or_default();
        let content = Content::Series {
            name,
            steps,
            values,
        };
        Ok(vec![Finding::new(content)])
    }
}

/// The metric's name, told by the path: `train/loss` of `dvclive/plots/metrics/train/loss.tsv`.
pub(super) fn metric_of(path: &str) -> Option<&str> {
    let is_folder = |at: &usize| *at == 0 || path.as_bytes().get(at - 1) == Some(&b'/');
    let at = path.rfind(FOLDER).filter(is_folder)?;
    path.get(at + FOLDER.len()..)?.strip_suffix(".tsv")
}
