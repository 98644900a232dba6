//! DVCLive's summary, `dvclive/metrics.json`:
//! <https://dvc.org/doc/dvclive/how-it-works#metrics-summary>.
//!
//! Seen: DVCLive 3.49 and older files with `epoch`. Metrics nest by the `/` in their names, `step` is
//! the last step. The strings `"nan"` and `"inf"` are numbers: DVCLive writes them so.
//!
//! ```json
//! {"train": {"loss": "nan"}, "step": 7}
//! ```

use super::{Claim, Reader};
use crate::{
    json::{self, Document},
    model::{
        Artifact, ColumnKind, Content, Finding, NoticeKind, Notices, Place, Problem, TextKind,
        Thing, Value,
    },
};

/// Reads DVCLive's summary of a run.
pub struct DvcliveMetrics;

impl Reader for DvcliveMetrics {
    fn id(&self) -> &'static str {
        "dvclive-metrics"
    }

    fn claims(&self, artifact: &Artifact, sketch: Option<&Document<'_>>) -> Claim {
        let Some(sketch) = sketch else {
            return Claim::No;
        };
        let root = sketch.root();
        let has_step = ["step", "epoch"].iter().any(|key| {
            root.get(key)
                .and_then(|it| it.as_number())
                .is_some_and(|it| it.fract() == 0.0)
        });
        let folders = artifact.path.strip_suffix("metrics.json");
        let is_named = folders.is_some_and(|it| it == "dvclive/" || it.ends_with("/dvclive/"));
        match has_step {
            _ if is_named && root.is_object() => Claim::Name,
            true => Claim::Maybe,
            false => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let document = Document::read(artifact, notices)?;
        let root = document.root();
        if !root.is_object() {
            return Err(root.expected(Thing::Object));
        }
        let mut values = root.leaves()?;
        let mut n_non_finite = 0;
        for (_, value) in &mut values {
            if let Value::Text(TextKind::Plain, text) = value
                && let Some(number) = json::non_finite(text)
            {
                *value = Value::Number(number);
            }
            n_non_finite += usize::from(matches!(value, Value::Number(it) if !it.is_finite()));
        }
        if n_non_finite > 0 {
            let kind = NoticeKind::NonFinite {
                count: n_non_finite,
            };
            notices.push(kind, Place::artifact(&artifact.path));
        }
        Ok(vec![Finding::new(Content::Values {
            kind: ColumnKind::Metric,
            file: None,
            values,
        })])
    }
}
