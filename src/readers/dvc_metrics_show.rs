//! DVC `metrics show --json`: the metrics of one or several revisions.
//!
//! Documentation: <https://dvc.org/doc/command-reference/metrics/show>; shape from
//! `dvc/repo/metrics/show.py`. Seen: 2.10.2, 2.54.0, 3.67.1.
//!
//! The revision is `""` for a plain call in the workspace, else `workspace`, a branch, a tag or a
//! full sha (`-a`, `-T`, `-A`). A revision or a file that can't be read has an error instead of data.
//!
//! ```json
//! {"": {"data": {"metrics.json": {"data": {"accuracy": 0.5}}}}}
//! ```

use super::{
    Claim, Reader,
    dvc_table::{DvcTable, error_message},
};
use crate::{
    json::{self, Document, Error, Node, Peek, Pull},
    model::{Artifact, ColumnKind, Finding, Notices, Problem, Revision, RevisionKind, State},
};

/// The reader of `dvc metrics show --json`.
pub struct DvcMetricsShow;

impl Reader for DvcMetricsShow {
    fn id(&self) -> &'static str {
        "dvc-metrics-show"
    }

    fn claims(&self, artifact: &Artifact, sketch: Option<&Document<'_>>) -> Claim {
        let name = artifact.file_name().to_ascii_lowercase().replace('_', "-");
        let is_named = name.starts_with("metrics-show") && name.ends_with(".json");
        match sketch {
            Some(sketch) if has_shape(sketch.root()) => Claim::Shape,
            Some(sketch) if !sketch.root().is_empty() => Claim::No,
            _ if is_named => Claim::Name,
            _ => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let (text, start) = json::open(artifact, notices)?;
        let mut pull = Pull::new(&text, start);
        let mut table = DvcTable::new(text.len());
        let read = revisions(&mut pull, &mut table);
        read.map_err(|error| error.into_problem(&artifact.path, &text))?;
        json::note_rest(artifact, &text, pull.offset(), notices);
        Ok(table.finish(artifact, notices))
    }
}

/// Revisions that hold nothing but data, or an error; the data are files that do the same.
fn has_shape(root: Node<'_>) -> bool {
    let is_result = |node: Node<'_>| {
        let mut keys = node.entries().map(|(key, _)| key);
        node.is_object() && !node.is_empty() && keys.all(|key| ["data", "error"].contains(&key))
    };
    let mut revisions = root.entries().take(5).map(|(_, revision)| revision);
    let is_revision = |revision: Node<'_>| {
        let files = revision.get("data").into_iter().flat_map(Node::entries);
        let error = revision.get("error");
        is_result(revision)
            && files.take(5).all(|(_, file)| is_result(file))
            && error.is_none_or(|it| it.get("msg").is_some())
    };
    root.is_object() && !root.is_empty() && revisions.all(is_revision)
}

fn revisions<'a>(pull: &mut Pull<'a>, table: &mut DvcTable<'a>) -> Result<(), Error> {
    let mut key = pull.object()?;
    while let Some(rev) = key {
        let row = table.add_row(revision(&rev.text()), pull)?;
        if table.enters(pull, Peek::Object)? {
            let mut key = pull.object()?;
            while let Some(field) = key {
                match (field.raw(), pull.peek()?) {
                    ("data", _) => table.files(pull, ColumnKind::Metric, false, row)?,
                    ("error", peek) if peek != Peek::Null => {
                        let message = error_message(pull)?;
                        if let Some(revision) = table.revisions.get_mut(row) {
                            revision.state = State::Failed(message);
                        }
                    }
                    (_, peek) => drop(pull.known_skip(peek)?),
                }
                key = pull.key()?;
            }
        }
        key = pull.key()?;
    }
    Ok(())
}

fn revision(rev: &str) -> Revision {
    let is_sha = rev.len() == 40 && rev.bytes().all(|byte| byte.is_ascii_hexdigit());
    match rev {
        "" | "workspace" => Revision::new(RevisionKind::Workspace),
        sha if is_sha => Revision {
            sha: Some(sha.to_owned()),
            ..Revision::new(RevisionKind::Commit)
        },
        name => Revision {
            name: Some(name.to_owned()),
            ..Revision::new(RevisionKind::Commit)
        },
    }
}
