use super::{list, object, tips::set_tips};
use crate::{
    json::{self, Document, Node, Peek, Pull},
    model::{Artifact, Finding, Notices, Place, Problem, ProblemKind, Thing},
    readers::{Claim, Reader, dvc_table::DvcTable},
};

/// The reader of `dvc exp show --json`.
pub struct DvcExpShow;

impl Reader for DvcExpShow {
    fn id(&self) -> &'static str {
        "dvc-exp-show"
    }

    fn claims(&self, artifact: &Artifact, sketch: Option<&Document<'_>>) -> Claim {
        let has_shape = sketch.is_some_and(|it| has_shape(it.root()));
        let is_open = sketch.is_none_or(|it| it.root().is_empty());
        if has_shape {
            Claim::Shape
        } else if is_open && is_name(artifact) {
            Claim::Name
        } else {
            Claim::No
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
        let read = match pull.peek() {
            Ok(Peek::Array) => list::read(&mut pull, &mut table),
            Ok(Peek::Object) => object::read(&mut pull, &mut table),
            Ok(peek) => Err(pull.expected(Thing::List, peek)),
            Err(error) => Err(error),
        };
        read.map_err(|error| error.into_problem(&artifact.path, &text))?;
        json::note_rest(artifact, &text, pull.offset(), notices);
        if table.revisions.is_empty() {
            return Err(Box::new(Problem {
                kind: ProblemKind::Empty,
                place: Some(Place::artifact(&artifact.path)),
                reader: None,
            }));
        }
        set_tips(&mut table.revisions);
        Ok(table.finish(artifact, notices))
    }
}

/// A list of objects with a `rev`, or an object of objects with a `baseline`.
fn has_shape(root: Node<'_>) -> bool {
    if root.is_list() {
        let mut items = root.items().take(5);
        let has_rev = |item: Node<'_>| {
            let inner = item.get("data").and_then(|data| data.get("rev"));
            let rev = item.get("rev").or(inner);
            rev.and_then(Node::as_text).is_some()
        };
        let keys = ["data", "error", "experiments"];
        let is_entry = |item: Node<'_>| keys.iter().any(|key| item.get(key).is_some());
        root.at(0).is_some_and(has_rev) && items.any(is_entry)
    } else {
        let mut entries = root.entries();
        let first = entries.next().and_then(|(_, entry)| entry.get("baseline"));
        first.is_some_and(Node::is_object)
    }
}

fn is_name(artifact: &Artifact) -> bool {
    let name = artifact.file_name().to_ascii_lowercase().replace('_', "-");
    name.starts_with("exp-show") && name.ends_with(".json")
}
