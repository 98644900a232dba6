//! A plain JSON file of metrics, as `json.dump` writes it and DVC reads it: any keys, nested at will.
//!
//! Documentation: <https://dvc.org/doc/command-reference/metrics>. Numbers and truth values count;
//! so do the strings `"nan"` and `"inf"`, which DVCLive writes. Lists and `null` are left out, as DVC
//! leaves them out, and texts longer than a sentence.
//!
//! ```json
//! {"test_accuracy": 0.4943, "train": {"loss": "nan"}}
//! ```

use super::{
    Claim, Reader,
    leaves::{has_number, is_tree},
};
use crate::{
    json::{self, Document, Kind, Node, Paths},
    model::{
        Artifact, ColumnKind, Content, Finding, NoticeKind, Notices, Place, Problem, TextKind,
        Thing, Value,
    },
};

/// Characters of the longest text that is a value and not a document.
const MAX_TEXT: usize = 500;

/// The reader of plain metrics.
pub struct Metrics;

impl Reader for Metrics {
    fn id(&self) -> &'static str {
        "metrics"
    }

    /// Any JSON file of numbers is one by name, unless a more special reader claims it; without a
    /// name it could hold parameters as well.
    fn claims(&self, artifact: &Artifact, sketch: Option<&Document<'_>>) -> Claim {
        let is_json = artifact.extension() == "json";
        let is_named = is_json && artifact.file_name().contains("metrics");
        let is_nameless = artifact.extension().is_empty();
        match sketch {
            Some(sketch) if !is_tree(sketch.root()) => Claim::No,
            Some(_) if is_named => Claim::Name,
            Some(sketch) if is_nameless && sketch.root().is_empty() => Claim::Maybe,
            Some(sketch) if !has_number(sketch.root()) => Claim::No,
            Some(_) if is_json => Claim::Name,
            Some(_) => Claim::Maybe,
            None if is_named => Claim::Name,
            None => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let document = Document::read(artifact, notices)?;
        let root = document.root();
        if root.is_list() || root.as_text().is_some() {
            return Err(root.expected(Thing::Object));
        }
        let mut found = Found::default();
        let mut paths = document.paths();
        found.add(root, &mut Vec::new(), &mut paths)?;
        let shown = found.passed_over.len();
        for (what, place) in found.passed_over {
            notices.push(NoticeKind::PassedOver { what }, place);
        }
        if found.n_passed_over > shown {
            let total = found.n_passed_over;
            notices.push(
                NoticeKind::Limited { shown, total },
                Place::artifact(&artifact.path),
            );
        }
        if found.n_non_finite > 0 {
            let count = found.n_non_finite;
            notices.push(
                NoticeKind::NonFinite { count },
                Place::artifact(&artifact.path),
            );
        }
        let is_quoted = |it: &&(Vec<String>, Value)| match &it.1 {
            Value::Text(TextKind::Plain, text) => text.trim().parse::<f64>().is_ok(),
            _ => false,
        };
        let count = found.values.iter().filter(is_quoted).count();
        if count > 0 {
            notices.push(
                NoticeKind::QuotedNumbers { count },
                Place::artifact(&artifact.path),
            );
        }
        Ok(vec![Finding::new(Content::Values {
            kind: ColumnKind::Metric,
            file: None,
            values: found.values,
        })])
    }
}

/// So many values that are no metrics are named; more are counted.
const MOST_PASSED_OVER: usize = 100;

#[derive(Default)]
struct Found {
    values: Vec<(Vec<String>, Value)>,
    /// The first of them.
    passed_over: Vec<(String, Place)>,
    n_passed_over: usize,
    n_non_finite: usize,
}

impl Found {
    fn add(
        &mut self,
        node: Node<'_>,
        path: &mut Vec<String>,
        paths: &mut Paths,
    ) -> Result<(), Box<Problem>> {
        let value = match node.kind() {
            Kind::Object => {
                for (key, value) in node.entries() {
                    path.push(key.to_owned());
                    self.add(value, path, paths)?;
                    path.pop();
                }
                return Ok(());
            }
            Kind::Null => return Ok(()),
            Kind::List => {
                self.pass_over(node, path);
                return Ok(());
            }
            Kind::Text(text) if text.chars().nth(MAX_TEXT).is_some() => {
                self.pass_over(node, path);
                return Ok(());
            }
            Kind::Text(text) => match json::non_finite(text) {
                Some(number) => Value::Number(number),
                None => Value::Text(TextKind::Plain, text.to_owned()),
            },
            Kind::Number(_) | Kind::BigInteger(_) | Kind::Bool(_) => node.value(),
        };
        self.n_non_finite += usize::from(matches!(value, Value::Number(it) if !it.is_finite()));
        paths.count(path).map_err(|kind| node.problem(kind))?;
        self.values.push((path.clone(), value));
        Ok(())
    }

    fn pass_over(&mut self, node: Node<'_>, path: &[String]) {
        self.n_passed_over += 1;
        // To find the line of each would take all lines before it again.
        if self.n_passed_over <= MOST_PASSED_OVER {
            self.passed_over.push((path.join("."), node.place()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(String, Value)>, Vec<NoticeKind>) {
        let mut notices = Notices::default();
        let artifact = Artifact::new("metrics.json", text.as_bytes());
        let mut findings = Metrics.read(&artifact, &mut notices).unwrap();
        let Content::Values { values, .. } = findings.remove(0).content else {
            panic!("no values")
        };
        let values = values
            .into_iter()
            .map(|(path, value)| (path.join("/"), value));
        let notices = notices.into_vec().into_iter().map(|it| it.kind);
        (values.collect(), notices.collect())
    }

    #[test]
    fn a_number_in_quotes_is_told() {
        let (values, notices) = read(r#"{"accuracy": "0.81", "loss": 0.3, "model": "svm"}"#);
        let text = Value::Text(TextKind::Plain, "0.81".to_owned());
        assert_eq!(values[0], ("accuracy".to_owned(), text));
        assert_eq!(notices, [NoticeKind::QuotedNumbers { count: 1 }]);
        // An integer that no float holds is kept as text, and stands in no quotes.
        let (_, notices) = read(r#"{"seed": 12345678901234567890}"#);
        assert_eq!(notices, []);
    }

    #[test]
    fn leaves_are_metrics() {
        let text = r#"{"a": {"b": 1, "c.d": "inf"}, "": true, "n": null, "t": "x", "l": [1, 2]}"#;
        let value = |kind, text: &str| Value::Text(kind, text.to_owned());
        let expected = [
            ("a/b", Value::Number(1.0)),
            ("a/c.d", Value::Number(f64::INFINITY)),
            ("", value(TextKind::Bool, "true")),
            ("t", value(TextKind::Plain, "x")),
        ];
        let (values, notices) = read(text);
        assert_eq!(
            values,
            expected.map(|(path, value)| (path.to_owned(), value))
        );
        let passed_over = NoticeKind::PassedOver { what: "l".into() };
        assert_eq!(notices, [passed_over, NoticeKind::NonFinite { count: 1 }]);
        assert_eq!(read("0.5").0, [(String::new(), Value::Number(0.5))]);
        let many = format!(
            "{{\"a\": 1{}}}",
            (0..150)
                .map(|it| format!(", \"l{it}\": []"))
                .collect::<String>()
        );
        let (_, notices) = read(&many);
        assert_eq!(notices.len(), 101);
        let limited = NoticeKind::Limited {
            shown: 100,
            total: 150,
        };
        assert_eq!(notices.last(), Some(&limited));
    }

    #[test]
    fn objects_of_numbers_are_claimed() {
        for (name, text, claim) in [
            ("metrics.json", "{}", Claim::Name),
            ("metrics.json", "0.5", Claim::Name),
            ("metrics.json", "[1]", Claim::No),
            ("out.json", r#"{"a": {"b": 1}}"#, Claim::Name),
            ("", r#"{"a": {"b": 1}}"#, Claim::Maybe),
            ("out.json", r#"{"a": "text"}"#, Claim::No),
            ("out.json", r#"{"a": 1, "l": [{"b": 1}]}"#, Claim::No),
            ("out.json", r#"{"$schema": "x", "width": 300}"#, Claim::No),
        ] {
            let artifact = Artifact::new(name, text.as_bytes());
            assert_eq!(
                Metrics.claims(&artifact, Document::sketch(&artifact).as_ref()),
                claim,
                "{name}: {text}"
            );
        }
    }
}
