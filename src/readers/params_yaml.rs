//! Parameters: DVC's `params.yaml`, and the same in JSON.
//!
//! Documentation: <https://dvc.org/doc/command-reference/params>. Any keys, nested at will; lists are
//! values. Which YAML is read, and how its aliases are limited, says the module `yaml`.
//!
//! ```yaml
//! train:
//!   C: 120
//! ```

use std::rc::Rc;

use super::{
    Claim, Reader,
    leaves::{has_number, is_tree},
    yaml,
    yaml::Yaml,
};
use crate::{
    json::{self, Document},
    model::{
        Artifact, ColumnKind, Content, Finding, Found, Notices, Place, Problem, ProblemKind, Thing,
    },
};

/// Bytes that are looked at to tell YAML from prose.
const SKETCH_BYTES: usize = 32 * 1024;

/// Keys at the root of YAML files that are no parameters: of DVC, of CI services, of MLflow, conda,
/// Kubernetes, Compose, pre-commit.
const OTHER_TOOLS: [&str; 14] = [
    "stages",
    "plots",
    "artifacts",
    "outs",
    "schema",
    "jobs",
    "on",
    "flavors",
    "channels",
    "apiVersion",
    "services",
    "repos",
    "image",
    "datasets",
];

/// The reader of parameters.
pub struct ParamsYaml;

impl Reader for ParamsYaml {
    fn id(&self) -> &'static str {
        "params-yaml"
    }

    fn claims(&self, artifact: &Artifact, sketch: Option<&Document<'_>>) -> Claim {
        let extension = artifact.extension();
        let is_yaml = ["yaml", "yml"].contains(&extension.as_str());
        let is_nameless = extension.is_empty();
        if let Some(sketch) = sketch
            && !is_yaml
        {
            return match sketch.root() {
                root if !is_tree(root) => Claim::No,
                _ if extension == "json" && is_named(artifact) => Claim::Name,
                root if is_nameless && has_number(root) => Claim::Maybe,
                _ => Claim::No,
            };
        }
        match shape(artifact) {
            _ if is_yaml && is_named(artifact) => Claim::Name,
            Some(true) if is_yaml || is_nameless => Claim::Maybe,
            // What is wrong with it, reading says.
            None if is_yaml => Claim::Maybe,
            _ => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let text = json::decode(&artifact.bytes, &artifact.path, notices);
        let place = || Place::artifact(&artifact.path);
        let problem = |kind| {
            Box::new(Problem {
                kind,
                place: Some(place()),
                reader: None,
            })
        };
        if text.trim_ascii().is_empty() {
            return Err(problem(ProblemKind::Empty));
        }
        let root = yaml::read(&text, &artifact.path, notices)?;
        let found = match &*root {
            Yaml::Map(_) => None,
            Yaml::List(_) => Some(Found::Thing(Thing::List)),
            Yaml::Leaf(_) => Some(Found::Text(json::shorten(text.trim_ascii()))),
        };
        if let Some(found) = found {
            let expected = Thing::Object;
            return Err(problem(ProblemKind::Expected { expected, found }));
        }
        Ok(vec![Finding::new(Content::Values {
            kind: ColumnKind::Param,
            file: None,
            values: yaml::leaves(&root, text.len(), &artifact.path)?,
        })])
    }
}

/// `params.yaml`, `params_v2.yml`, `train.params.json`, `hyperparameters.yaml`.
fn is_named(artifact: &Artifact) -> bool {
    let name = artifact.file_name().to_ascii_lowercase();
    let stem = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    stem.starts_with("params") || stem.ends_with("params") || stem.ends_with("parameters")
}

/// Whether it is a YAML map of parameters; `None` where it is no YAML at all, or none in limits.
fn shape(artifact: &Artifact) -> Option<bool> {
    let n_bytes = artifact.bytes.len().min(SKETCH_BYTES);
    let head = artifact.bytes.get(..n_bytes)?;
    let text = json::decode(head, "", &mut Notices::default());
    let is_content = |line: &&str| !line.is_empty() && !line.starts_with(['#', '%', '-']);
    let first = text.lines().map(str::trim_end).find(is_content)?;
    let key = first
        .split(':')
        .next()
        .filter(|key| key.len() < first.len())?;
    let is_key = |key: &str| {
        !key.is_empty()
            && key
                .chars()
                .all(|it| it.is_alphanumeric() || "_-./\"' ".contains(it))
    };
    if !is_key(key) {
        return None;
    }
    let text = match text.rfind('\n') {
        Some(end) if n_bytes < artifact.bytes.len() => text.get(..end).unwrap_or_default(),
        _ => &text,
    };
    let root = yaml::read(text, "", &mut Notices::default()).ok()?;
    let Yaml::Map(entries) = &*root else {
        return Some(false);
    };
    let is_other = |key: &str| OTHER_TOOLS.contains(&key);
    let is_fit = |(key, value): &(String, Rc<Yaml>)| {
        let is_leaf = matches!(&**value, Yaml::Leaf(_));
        !key.contains(' ') && (is_leaf || !is_other(key))
    };
    Some(!entries.is_empty() && entries.iter().all(is_fit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_maps_are_claimed() {
        let params = "# a comment\ntrain:\n  C: 120\n";
        let cases = [
            ("params.yaml", params, Claim::Name),
            ("", params, Claim::Maybe),
            ("conf/model.yml", params, Claim::Maybe),
            ("params.yaml", "a: [", Claim::Name),
            ("model.yaml", "a: [", Claim::Maybe),
            ("", "a: [", Claim::No),
            ("notes.txt", params, Claim::No),
            ("", "stages:\n  train:\n    cmd: x\n", Claim::No),
            ("", "Note well: this is prose,\nand goes on.\n", Claim::No),
            ("", "a,b\n1,2\n", Claim::No),
            ("params.json", r#"{"C": 1}"#, Claim::Name),
            ("model.json", r#"{"C": 1}"#, Claim::No),
            ("", r#"{"C": 1}"#, Claim::Maybe),
            ("params.json", r#"[{"C": 1}]"#, Claim::No),
        ];
        for (name, text, claim) in cases {
            let artifact = Artifact::new(name, text.as_bytes());
            assert_eq!(
                ParamsYaml.claims(&artifact, Document::sketch(&artifact).as_ref()),
                claim,
                "{name}: {text}"
            );
        }
    }

    #[test]
    fn what_is_no_map_says_what_it_is() {
        let read = |text: &str| {
            let artifact = Artifact::new("params.yaml", text.as_bytes());
            let read = ParamsYaml.read(&artifact, &mut Notices::default());
            read.map(|it| it.len())
                .map_err(|it| (it.kind, it.place.unwrap().line))
        };
        let expected = |found| ProblemKind::Expected {
            expected: Thing::Object,
            found,
        };
        assert_eq!(read("a: 1"), Ok(1));
        assert_eq!(read(" \n"), Err((ProblemKind::Empty, None)));
        assert_eq!(
            read("- 1"),
            Err((expected(Found::Thing(Thing::List)), None))
        );
        assert_eq!(
            read("words"),
            Err((expected(Found::Text("words".into())), None))
        );
        let (kind, line) = read("a: 1\nb: [1\nc: ]").unwrap_err();
        assert!(matches!(kind, ProblemKind::Syntax { .. }), "{kind:?}");
        assert_eq!(line, Some(3));
    }
}
