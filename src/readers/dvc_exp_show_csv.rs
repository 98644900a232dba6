//! DVC `exp show --csv`: recognised, not read.
//!
//! It rounds nothing but drops what `--json` keeps: which file a metric is of where its name is
//! unique, errors, which run a checkpoint belongs to. Two readings of one command that differ would
//! help nobody, so the answer is to use `--json`. Seen: 2.10.2, 2.54.0, 3.67.1.
//!
//! ```csv
//! Experiment,rev,typ,Created,parent,test_accuracy
//! ```

use super::{Claim, Reader};
use crate::{
    json::Document,
    model::{Artifact, Finding, NoticeKind, Notices, Place, Problem},
};

/// How the header begins in every version that was seen.
const HEADER: &[u8] = b"Experiment,rev,typ,Created,parent";

/// The reader of `dvc exp show --csv`.
pub struct DvcExpShowCsv;

impl Reader for DvcExpShowCsv {
    fn id(&self) -> &'static str {
        "dvc-exp-show-csv"
    }

    fn claims(&self, artifact: &Artifact, _: Option<&Document<'_>>) -> Claim {
        let bytes = artifact.bytes.as_ref();
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if text.starts_with(HEADER) {
            Claim::Shape
        } else {
            Claim::No
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        notices.push(NoticeKind::UseJson, Place::artifact(&artifact.path));
        Ok(Vec::new())
    }
}
