//! DVC `metrics diff --json`, `params diff --json` and `exp diff --json`: two revisions, without
//! their names.
//!
//! Documentation: <https://dvc.org/doc/command-reference/metrics/diff>; shape from
//! `dvc/utils/diff.py`. Seen: 2.10.2, 2.54.0, 3.67.1.
//!
//! Keys are flattened with dots; a file that is one bare value has the key `""`. A side that is
//! missing or could not be read is `null`. Lists are Python's `repr`: `"['a', 'b']"`. Which of both
//! kinds a bare diff is, only its name tells, or the names of the files in it. `old` is taken for the
//! baseline and `new` for the current revision.
//!
//! ```json
//! {"params.yaml": {"train.C": {"old": 10, "new": 120, "diff": 110}}}
//! ```

use super::{Claim, Reader};
use crate::{
    json::{self, Document, Node},
    model::{
        Artifact, ColumnKind, Content, Finding, NoticeKind, Notices, Place, Problem, RevisionRef,
        TextKind, Thing, Value,
    },
};

/// The reader of DVC's diffs.
pub struct DvcDiff;

impl Reader for DvcDiff {
    fn id(&self) -> &'static str {
        "dvc-diff"
    }

    fn claims(&self, artifact: &Artifact, sketch: Option<&Document<'_>>) -> Claim {
        let is_nameless = artifact.extension().is_empty();
        match sketch {
            Some(sketch) if has_shape(sketch.root()) => Claim::Shape,
            Some(sketch) if !sketch.root().is_empty() => Claim::No,
            _ if is_named(artifact) => Claim::Name,
            // Nothing changed; or no metrics.
            Some(sketch) if is_nameless && sketch.root().is_object() => Claim::Maybe,
            _ => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let document = Document::read(artifact, notices)?;
        let root = document.root();
        let mut diff = Diff::default();
        if is_exp_diff(root) {
            for (key, kind) in [
                ("metrics", ColumnKind::Metric),
                ("params", ColumnKind::Param),
            ] {
                if let Some(files) = root.given(key) {
                    diff.files(files, &|_| kind)?;
                }
            }
        } else {
            let kind = kind_of(artifact.file_name(), root.entries().map(|it| it.0));
            diff.files(root, &|file| kind.unwrap_or_else(|| kind_of_file(file)))?;
        }
        if diff.n_non_finite > 0 {
            let count = diff.n_non_finite;
            notices.push(
                NoticeKind::NonFinite { count },
                Place::artifact(&artifact.path),
            );
        }
        Ok(diff.findings)
    }
}

#[derive(Default)]
struct Diff {
    findings: Vec<Finding>,
    n_non_finite: usize,
}

impl Diff {
    /// Reads `{path: {key: {"old", "new"}}}`.
    fn files(
        &mut self,
        files: Node<'_>,
        kind: &dyn Fn(&str) -> ColumnKind,
    ) -> Result<(), Box<Problem>> {
        // DVC writes them as Python hashes them: another order each time.
        for (file, keys) in in_order(files.object()?) {
            let (mut old, mut new) = (Vec::new(), Vec::new());
            for (key, sides) in in_order(keys.object()?) {
                if !sides.is_object() {
                    return Err(sides.expected(Thing::Object));
                }
                for (side, values) in [("old", &mut old), ("new", &mut new)] {
                    let value = sides.given(side).map(value);
                    values.extend(value.map(|it| (path(key), it)));
                }
            }
            for (revision, values) in [(RevisionRef::Baseline, old), (RevisionRef::Current, new)] {
                if values.is_empty() {
                    continue;
                }
                let is_odd =
                    |it: &&(_, Value)| matches!(it.1, Value::Number(it) if !it.is_finite());
                self.n_non_finite += values.iter().filter(is_odd).count();
                let content = Content::Values {
                    kind: kind(file),
                    file: Some(file.to_owned()),
                    values,
                };
                self.findings.push(Finding::of(revision, content));
            }
        }
        Ok(())
    }
}

/// Files of keys with an old and a new side.
fn is_diff(files: Node<'_>) -> bool {
    let is_side = |key: &str| ["old", "new", "diff"].contains(&key);
    let is_key = |key: Node<'_>| {
        let mut sides = key.entries().map(|(side, _)| side);
        (key.get("old").is_some() || key.get("new").is_some()) && sides.all(is_side)
    };
    let is_file = |file: Node<'_>| {
        let mut keys = file.entries().take(5).map(|(_, key)| key);
        file.is_object() && !file.is_empty() && keys.all(is_key)
    };
    let mut files = files.entries().take(5).map(|(_, file)| file);
    files.all(is_file)
}

fn is_exp_diff(root: Node<'_>) -> bool {
    let mut keys = root.entries().map(|(key, _)| key);
    let parts = ["metrics", "params"].map(|key| root.given(key));
    keys.all(|key| ["metrics", "params"].contains(&key))
        && parts.iter().flatten().all(|part| is_diff(*part))
        && parts.iter().flatten().any(|part| !part.is_empty())
}

fn has_shape(root: Node<'_>) -> bool {
    root.is_object() && !root.is_empty() && (is_exp_diff(root) || is_diff(root))
}

fn is_named(artifact: &Artifact) -> bool {
    let name = artifact.file_name().to_ascii_lowercase().replace('_', "-");
    let starts = ["metrics-diff", "params-diff", "exp-diff"];
    starts.iter().any(|start| name.starts_with(start)) && name.ends_with(".json")
}

/// Entries by their keys.
fn in_order<'d>(entries: impl Iterator<Item = (&'d str, Node<'d>)>) -> Vec<(&'d str, Node<'d>)> {
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|it| it.0);
    entries
}

/// What a bare diff compares, all of it: by its own name, else by those of the files in it that say
/// so; `None` where they say nothing, or both.
fn kind_of<'f>(artifact: &str, files: impl Iterator<Item = &'f str>) -> Option<ColumnKind> {
    let mut kinds = files.filter_map(kind_of_name);
    let first = kinds.next();
    let of_files = first.filter(|first| kinds.all(|kind| kind == *first));
    kind_of_name(artifact).or(of_files)
}

/// What one file of a diff holds, where the others say nothing, or both.
fn kind_of_file(file: &str) -> ColumnKind {
    let by_extension = || match file.rsplit_once('.') {
        Some((_, "yaml" | "yml" | "toml" | "py")) => ColumnKind::Param,
        _ => ColumnKind::Metric,
    };
    kind_of_name(file).unwrap_or_else(by_extension)
}

fn kind_of_name(name: &str) -> Option<ColumnKind> {
    let name = name.to_ascii_lowercase();
    match (name.contains("param"), name.contains("metric")) {
        (true, false) => Some(ColumnKind::Param),
        (false, true) => Some(ColumnKind::Metric),
        _ => None,
    }
}

/// DVC joins keys with dots; whether a key held one itself is lost.
fn path(key: &str) -> Vec<String> {
    if key.is_empty() {
        return Vec::new();
    }
    key.split('.').map(str::to_owned).collect()
}

fn value(node: Node<'_>) -> Value {
    match node.value() {
        Value::Text(TextKind::Plain, text) => match compact_repr(&text) {
            Some(list) => Value::Text(TextKind::Structure, list),
            None => Value::Text(TextKind::Plain, text),
        },
        value => value,
    }
}

/// Python's `repr` of a list as compact JSON; `None` where it isn't one.
fn compact_repr(text: &str) -> Option<String> {
    if !(text.starts_with('[') && text.ends_with(']')) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match first {
            ' ' => rest = rest.get(1..)?,
            '[' | ']' | '{' | '}' | ',' | ':' => {
                out.push(first);
                rest = rest.get(1..)?;
            }
            '\'' | '"' => {
                let (string, after) = repr_string(rest.get(1..)?, first)?;
                json::write_text(&mut out, &string);
                rest = after;
            }
            _ => {
                let end = rest.find([' ', ',', ']', '}', ':'])?;
                let (word, after) = rest.split_at_checked(end)?;
                match word {
                    "None" => out.push_str("null"),
                    "True" => out.push_str("true"),
                    "False" => out.push_str("false"),
                    "nan" => out.push_str("NaN"),
                    "inf" => out.push_str("Infinity"),
                    "-inf" => out.push_str("-Infinity"),
                    number => {
                        number.parse::<f64>().ok()?;
                        out.push_str(number);
                    }
                }
                rest = after;
            }
        }
    }
    // Whether brackets match, and numbers are written as everywhere.
    let mut pull = json::Pull::new(&out, 0);
    pull.skip().and_then(|_| pull.end()).ok()?;
    Some(json::compact(&out))
}

/// The string up to its closing quote, and what stands behind that.
fn repr_string(text: &str, quote: char) -> Option<(String, &str)> {
    let mut string = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        if character == quote {
            return Some((string, text.get(at + 1..)?));
        }
        if character != '\\' {
            string.push(character);
            continue;
        }
        let n_digits = match characters.next()?.1 {
            'n' => {
                string.push('\n');
                continue;
            }
            'r' => {
                string.push('\r');
                continue;
            }
            't' => {
                string.push('\t');
                continue;
            }
            'x' => 2,
            'u' => 4,
            'U' => 8,
            other => {
                string.push(other);
                continue;
            }
        };
        let mut code = 0_u32;
        for _ in 0..n_digits {
            let digit = characters.next()?.1.to_digit(16)?;
            code = code.checked_mul(16)?.checked_add(digit)?;
        }
        string.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_python_become_lists_of_json() {
        let cases = [
            ("[]", Some("[]")),
            ("['Rk', 'Player']", Some(r#"["Rk","Player"]"#)),
            ("[64, 1e-05, None, True]", Some("[64,1e-5,null,true]")),
            (
                r#"["it's", 'a\\b', '\xe9\u20ac']"#,
                Some(r#"["it's","a\\b","é€"]"#),
            ),
            ("[{'a': [1]}, nan]", Some(r#"[{"a":[1]},NaN]"#)),
            ("[a, b]", None),
            ("[1, 2", None),
            ("[1]]", None),
            ("plain", None),
        ];
        for (repr, expected) in cases {
            assert_eq!(compact_repr(repr).as_deref(), expected, "{repr}");
        }
    }

    #[test]
    fn names_tell_what_is_compared() {
        use ColumnKind::{Metric, Param};
        for (artifact, files, kind) in [
            ("metrics-diff.json", vec!["eval.yaml"], Metric),
            ("params-diff.json", vec!["results.json"], Param),
            ("diff.json", vec!["params.yaml"], Param),
            ("diff.json", vec!["metrics.yaml"], Metric),
            ("diff.json", vec!["conf/model.yaml"], Param),
            ("diff.json", vec!["eval.json"], Metric),
            // One diff is of one kind.
            ("diff.json", vec!["slices.yaml", "a/metrics.toml"], Metric),
            ("diff.json", vec!["const.json", "params.yaml"], Param),
            ("diff.json", vec!["metrics.yaml", "params.yaml"], Metric),
        ] {
            let whole = kind_of(artifact, files.iter().copied());
            let found = whole.unwrap_or_else(|| kind_of_file(files[0]));
            assert_eq!(found, kind, "{artifact} {files:?}");
        }
    }

    #[test]
    fn the_order_of_keys_says_nothing() {
        let read = |text: &str| {
            let artifact = Artifact::new("metrics-diff.json", text.as_bytes().to_vec());
            let mut notices = Notices::default();
            DvcDiff.read(&artifact, &mut notices).unwrap()
        };
        let one =
            r#"{"m.json":{"b":{"old":1,"new":2},"a":{"old":3,"new":4}},"a.json":{"c":{"old":5}}}"#;
        let other =
            r#"{"a.json":{"c":{"old":5}},"m.json":{"a":{"old":3,"new":4},"b":{"old":1,"new":2}}}"#;
        assert_eq!(read(one), read(other));
    }
}
