//! YAML as a tree of values, within counted limits.
//!
//! Scalars follow the core schema of YAML 1.2, as DVC's own parser does (ruamel.yaml): `no` and
//! `1:30` are texts, `012` is twelve, `0o14` too; dates are texts. As there, `0b101` is five and
//! underscores part digits. Merge keys (`<<`), which 1.2 left
//! out and everybody uses, are followed. Tags of other schemas are passed over, with a notice.
//!
//! An alias shares what it points to, so a document of a few hundred bytes can stand for billions of
//! values, and for a list within a list a hundred thousand times: what counts is what comes out,
//! [`MAX_VALUES`] values, [`MAX_BYTES`] of text, the [`Paths`] to them and [`MAX_DEPTH`] levels.

use std::{collections::HashMap, rc::Rc};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};

use crate::{
    json::{self, MAX_DEPTH, Paths},
    model::{Limit, NoticeKind, Notices, Place, Problem, ProblemKind, TextKind, Value},
};

/// Values that come out of one document, each item of a list counted.
const MAX_VALUES: usize = 100_000;

/// Bytes of all texts and lists, and of all keys; plain texts may be as long as their document.
const MAX_BYTES: usize = 10_000_000;

/// Notices of one document; the rest are counted.
const MAX_NOTICES: usize = 20;

const TOO_DEEP: ProblemKind = ProblemKind::TooDeep { limit: MAX_DEPTH };

/// A value of the document.
#[derive(Debug)]
pub(super) enum Yaml {
    Leaf(Value),
    List(Vec<Rc<Yaml>>),
    /// Each key once: the last value of duplicates, in the place of the first.
    Map(Vec<Entry>),
}

type Entry = (String, Rc<Yaml>);

/// Reads the first document of a text.
///
/// # Errors
/// It is no YAML, too deep, or larger than the limits.
pub(super) fn read(
    text: &str,
    artifact: &str,
    notices: &mut Notices,
) -> Result<Rc<Yaml>, Box<Problem>> {
    let mut builder = Builder {
        artifact,
        notices,
        open: Vec::new(),
        anchors: HashMap::new(),
        root: None,
        n_values: 0,
        keys: Leaves::of(text.len()),
        n_notices: 0,
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let kind = match error.info() {
                // The parser scans ahead and has a limit of its own, which is near ours.
                "recursion limit exceeded" => TOO_DEEP,
                message => ProblemKind::Syntax {
                    message: message.to_owned(),
                },
            };
            builder.problem(kind, *error.marker())
        })?;
        builder.take(event, span.start)?;
    }
    let total = builder.n_notices;
    if total > MAX_NOTICES {
        let shown = MAX_NOTICES;
        let limited = NoticeKind::Limited { shown, total };
        builder.notices.push(limited, Place::artifact(artifact));
    }
    Ok(builder
        .root
        .unwrap_or_else(|| Rc::new(Yaml::Leaf(Value::Missing))))
}

/// Key path and value of each leaf of a document of so many bytes, in file order; lists are leaves,
/// empty maps are none.
///
/// # Errors
/// More comes out than the limits allow.
pub(super) fn leaves(
    root: &Yaml,
    n_bytes: usize,
    artifact: &str,
) -> Result<Vec<(Vec<String>, Value)>, Box<Problem>> {
    let mut leaves = Leaves::of(n_bytes);
    let pushed = leaves.push(root, &mut Vec::new());
    pushed.map_err(|kind| {
        Box::new(Problem {
            kind,
            place: Some(Place::artifact(artifact)),
            reader: None,
        })
    })?;
    Ok(leaves.found)
}

struct Builder<'n> {
    artifact: &'n str,
    notices: &'n mut Notices,
    open: Vec<Open>,
    anchors: HashMap<usize, Tall>,
    root: Option<Rc<Yaml>>,
    n_values: usize,
    /// What keys have taken of the limits.
    keys: Leaves,
    n_notices: usize,
}

/// A value and its levels of lists and maps.
#[derive(Clone)]
struct Tall {
    value: Rc<Yaml>,
    height: usize,
}

/// A list or map that has not ended.
struct Open {
    anchor: usize,
    is_map: bool,
    items: Vec<Rc<Yaml>>,
    entries: Vec<Entry>,
    /// Index of each entry by key, and whether it was merged: then its own value replaces it.
    index: HashMap<String, (usize, bool)>,
    key: Option<String>,
    /// The highest of what it holds.
    height: usize,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, at: Marker) -> Result<(), Box<Problem>> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                self.note(NoticeKind::TextAfter, at);
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_core = self.is_core(tag.as_deref(), at);
                let is_text = is_core && tag.as_ref().is_some_and(|it| it.suffix == "str");
                let is_plain = style == ScalarStyle::Plain || (is_core && tag.is_some());
                let value = if is_text || !is_plain {
                    Value::Text(TextKind::Plain, text.into_owned())
                } else {
                    scalar(&text)
                };
                self.close(Tall::new(Yaml::Leaf(value), 0), anchor, at)?;
            }
            Event::SequenceStart(anchor, tag) => self.open(anchor, false, tag.as_deref(), at)?,
            Event::MappingStart(anchor, tag) => self.open(anchor, true, tag.as_deref(), at)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    let value = if open.is_map {
                        Yaml::Map(open.entries)
                    } else {
                        Yaml::List(open.items)
                    };
                    self.close(Tall::new(value, open.height + 1), open.anchor, at)?;
                }
            }
            Event::Alias(anchor) => {
                // What has not ended yet contains itself: it is missing.
                let missing = || Tall::new(Yaml::Leaf(Value::Missing), 0);
                let value = self.anchors.get(&anchor).cloned().unwrap_or_else(missing);
                self.close(value, 0, at)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn open(
        &mut self,
        anchor: usize,
        is_map: bool,
        tag: Option<&Tag>,
        at: Marker,
    ) -> Result<(), Box<Problem>> {
        self.is_core(tag, at);
        if self.open.len() >= MAX_DEPTH {
            return Err(self.problem(TOO_DEEP, at));
        }
        self.open.push(Open {
            anchor,
            is_map,
            items: Vec::new(),
            entries: Vec::new(),
            index: HashMap::new(),
            key: None,
            height: 0,
        });
        Ok(())
    }

    /// Puts a value that has ended where it belongs.
    fn close(&mut self, closed: Tall, anchor: usize, at: Marker) -> Result<(), Box<Problem>> {
        if self.open.len() + closed.height > MAX_DEPTH {
            return Err(self.problem(TOO_DEEP, at));
        }
        self.count(1, at)?;
        if anchor > 0 {
            self.anchors.insert(anchor, closed.clone());
        }
        let Tall { value, height } = closed;
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(value);
            return Ok(());
        };
        if !open.is_map {
            open.height = open.height.max(height);
            open.items.push(value);
            return Ok(());
        }
        let Some(key) = open.key.take() else {
            return match self.keys.key(&value) {
                Ok(key) => {
                    open.key = Some(key);
                    Ok(())
                }
                Err(kind) => Err(self.problem(kind, at)),
            };
        };
        if key == "<<"
            && let Some(maps) = merged_maps(&value)
        {
            let entries = || maps.iter().flat_map(|it| it.iter());
            let n_bytes = entries().map(|(key, _)| key.len()).sum();
            let counted = self.keys.count_bytes(n_bytes);
            // Its maps are one level below it, at least.
            open.height = open.height.max(height.saturating_sub(1));
            if counted.is_ok() {
                entries().for_each(|(key, value)| open.merge(key, value));
            }
            counted.map_err(|kind| self.problem(kind, at))?;
            return self.count(entries().count(), at);
        }
        open.height = open.height.max(height);
        let Some((idx, is_merged)) = open.index.get_mut(&key) else {
            open.insert(key, value, false);
            return Ok(());
        };
        if let Some(known) = open.entries.get_mut(*idx) {
            known.1 = value;
        }
        if !std::mem::take(is_merged) {
            self.note(NoticeKind::DuplicateKey { key }, at);
        }
        Ok(())
    }

    fn count(&mut self, n_values: usize, at: Marker) -> Result<(), Box<Problem>> {
        self.n_values += n_values;
        check(self.n_values, Limit::Values, json::MAX_VALUES).map_err(|kind| self.problem(kind, at))
    }

    fn note(&mut self, kind: NoticeKind, at: Marker) {
        self.n_notices += 1;
        if self.n_notices <= MAX_NOTICES {
            let place = self.place(at);
            self.notices.push(kind, place);
        }
    }

    /// Whether a tag is of YAML's own schema, or there is none; a notice tells of others.
    fn is_core(&mut self, tag: Option<&Tag>, at: Marker) -> bool {
        let Some(tag) = tag else { return true };
        let core = ["str", "int", "float", "bool", "null", "seq", "map"];
        if tag.is_yaml_core_schema() && core.contains(&tag.suffix.as_str()) {
            return true;
        }
        let what = if tag.is_yaml_core_schema() {
            format!("!!{}", tag.suffix)
        } else {
            tag.to_string()
        };
        self.note(NoticeKind::PassedOver { what }, at);
        false
    }

    fn place(&self, at: Marker) -> Place {
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Place::artifact(self.artifact).at(number(at.line()), number(at.col() + 1))
    }

    fn problem(&self, kind: ProblemKind, at: Marker) -> Box<Problem> {
        Box::new(Problem {
            kind,
            place: Some(self.place(at)),
            reader: None,
        })
    }
}

impl Open {
    fn insert(&mut self, key: String, value: Rc<Yaml>, is_merged: bool) {
        let place = (self.entries.len(), is_merged);
        self.index.insert(key.clone(), place);
        self.entries.push((key, value));
    }

    /// Adds an entry of a merged map, if there is none of its key yet.
    fn merge(&mut self, key: &str, value: &Rc<Yaml>) {
        if !self.index.contains_key(key) {
            self.insert(key.to_owned(), Rc::clone(value), true);
        }
    }
}

impl Tall {
    fn new(value: Yaml, height: usize) -> Self {
        let value = Rc::new(value);
        Self { value, height }
    }
}

/// The maps that the value of a merge key is about: one, or a list of them.
fn merged_maps(value: &Yaml) -> Option<Vec<&[Entry]>> {
    match value {
        Yaml::Map(entries) => Some(vec![entries]),
        Yaml::List(maps) => maps
            .iter()
            .map(|map| match &**map {
                Yaml::Map(entries) => Some(entries.as_slice()),
                _ => None,
            })
            .collect(),
        Yaml::Leaf(_) => None,
    }
}

/// A plain scalar by the core schema.
fn scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Missing,
        "true" | "True" | "TRUE" => return Value::Text(TextKind::Bool, "true".to_owned()),
        "false" | "False" | "FALSE" => return Value::Text(TextKind::Bool, "false".to_owned()),
        ".nan" | ".NaN" | ".NAN" => return Value::Number(f64::NAN),
        _ => {}
    }
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if [".inf", ".Inf", ".INF"].contains(&unsigned) {
        let value = f64::INFINITY;
        return Value::Number(if sign.is_empty() { value } else { -value });
    }
    // `10_000`: as in Python, but not within an exponent.
    let exponent = unsigned.split_once(['e', 'E']).map(|it| it.1);
    let has_it_there = exponent.is_some_and(|it| it.contains('_'));
    let plain = unsigned.replace('_', "");
    for (prefix, radix) in [("0b", 2), ("0o", 8), ("0x", 16)] {
        if let Some(digits) = plain.strip_prefix(prefix)
            && digits.bytes().all(|it| it.is_ascii_alphanumeric())
            && let Ok(value) = u64::from_str_radix(digits, radix)
        {
            return integer(&format!("{sign}{value}"));
        }
    }
    let begins = unsigned.starts_with(|it: char| it.is_ascii_digit() || it == '.');
    if begins && plain.bytes().all(|it| it.is_ascii_digit()) {
        let digits = plain.trim_start_matches('0');
        let digits = if digits.is_empty() { "0" } else { digits };
        return integer(&format!("{sign}{digits}"));
    }
    let is_number = (begins && !has_it_there)
        && plain.bytes().any(|it| it.is_ascii_digit())
        && plain
            .bytes()
            .all(|it| it.is_ascii_digit() || b".eE+-".contains(&it));
    match format!("{sign}{plain}").parse::<f64>() {
        Ok(value) if is_number => Value::Number(value),
        _ => Value::Text(TextKind::Plain, text.to_owned()),
    }
}

/// A whole number in decimal: as a number up to 2^53, else with all its digits.
fn integer(digits: &str) -> Value {
    match digits.parse::<f64>() {
        Ok(value) if value.abs() < 9_007_199_254_740_992.0 => Value::Number(value),
        _ => Value::Text(TextKind::BigInteger, digits.to_owned()),
    }
}

struct Leaves {
    found: Vec<(Vec<String>, Value)>,
    paths: Paths,
    n_values: usize,
    n_bytes: usize,
    max_bytes: usize,
}

impl Leaves {
    /// Of a document of so many bytes.
    fn of(n_bytes: usize) -> Self {
        Self {
            found: Vec::new(),
            paths: Paths::of(n_bytes),
            n_values: 0,
            n_bytes: 0,
            max_bytes: MAX_BYTES.max(n_bytes),
        }
    }

    /// A node as a key.
    fn key(&mut self, node: &Yaml) -> Result<String, ProblemKind> {
        let key = match node {
            Yaml::Leaf(Value::Text(_, text)) => text.clone(),
            other => {
                let mut text = String::new();
                self.write(other, &mut text)?;
                text
            }
        };
        self.count_bytes(key.len())?;
        Ok(key)
    }

    fn count_bytes(&mut self, n_bytes: usize) -> Result<(), ProblemKind> {
        self.n_bytes += n_bytes;
        check(self.n_bytes, Limit::Bytes, self.max_bytes)
    }

    fn push(&mut self, node: &Yaml, path: &mut Vec<String>) -> Result<(), ProblemKind> {
        self.count()?;
        let value = match node {
            Yaml::Map(entries) => {
                for (key, value) in entries {
                    path.push(key.clone());
                    self.push(value, path)?;
                    path.pop();
                }
                return Ok(());
            }
            Yaml::Leaf(value) => {
                if let Value::Text(_, text) = value {
                    self.count_bytes(text.len())?;
                }
                value.clone()
            }
            Yaml::List(_) => {
                let mut text = String::new();
                self.write(node, &mut text)?;
                self.count_bytes(text.len())?;
                Value::Text(TextKind::Structure, text)
            }
        };
        self.paths.count(path)?;
        self.found.push((path.clone(), value));
        Ok(())
    }

    fn count(&mut self) -> Result<(), ProblemKind> {
        self.n_values += 1;
        check(self.n_values, Limit::Values, MAX_VALUES)
    }

    /// Adds a node as compact JSON.
    fn write(&mut self, node: &Yaml, out: &mut String) -> Result<(), ProblemKind> {
        self.count()?;
        check(self.n_bytes + out.len(), Limit::Bytes, self.max_bytes)?;
        match node {
            Yaml::Leaf(Value::Missing) => out.push_str("null"),
            Yaml::Leaf(Value::Number(value)) => json::write_number(out, *value),
            Yaml::Leaf(Value::Text(TextKind::Bool | TextKind::BigInteger, text)) => {
                out.push_str(text);
            }
            Yaml::Leaf(Value::Text(_, text)) => json::write_text(out, text),
            Yaml::List(items) => {
                out.push('[');
                for (idx, item) in items.iter().enumerate() {
                    if idx > 0 {
                        out.push(',');
                    }
                    self.write(item, out)?;
                }
                out.push(']');
            }
            Yaml::Map(entries) => {
                out.push('{');
                // In one order: maps are equal whatever the order of their keys.
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort_by(|a, b| a.0.cmp(&b.0));
                for (idx, (key, value)) in entries.into_iter().enumerate() {
                    if idx > 0 {
                        out.push(',');
                    }
                    json::write_text(out, key);
                    out.push(':');
                    self.write(value, out)?;
                }
                out.push('}');
            }
        }
        Ok(())
    }
}

fn check(count: usize, what: Limit, limit: usize) -> Result<(), ProblemKind> {
    if count > limit {
        let limit = limit as u64;
        return Err(ProblemKind::TooLarge { what, limit });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compacted(text: &str) -> Result<String, ProblemKind> {
        let root = read(text, "a.yaml", &mut Notices::default()).map_err(|it| it.kind)?;
        let mut text = String::new();
        Leaves::of(0).write(&root, &mut text)?;
        Ok(text)
    }

    #[test]
    fn scalars_follow_yaml_1_2() {
        let cases = [
            ("no", "\"no\""),
            ("True", "true"),
            ("~", "null"),
            ("012", "12"),
            ("0o14", "12"),
            ("0xFF", "255"),
            ("-0x_1F", "-31"),
            ("0b101", "5"),
            ("0b102", "\"0b102\""),
            ("10_000", "10000"),
            ("1_0.5", "10.5"),
            ("-1_0e3", "-10000"),
            ("1e1_0", "\"1e1_0\""),
            ("_1", "\"_1\""),
            ("+7", "7"),
            ("-0.5", "-0.5"),
            ("1e-05", "1e-5"),
            (".5", "0.5"),
            ("-.inf", "-Infinity"),
            (".nan", "NaN"),
            ("nan", "\"nan\""),
            ("inf", "\"inf\""),
            ("1:30", "\"1:30\""),
            ("2024-01-01", "\"2024-01-01\""),
            ("1.2.3", "\"1.2.3\""),
            ("9007199254740993", "9007199254740993"),
            ("'1'", "\"1\""),
            ("!!str 1", "\"1\""),
            ("!!int '1'", "1"),
        ];
        for (text, json) in cases {
            assert_eq!(compacted(text), Ok(json.to_owned()), "{text}");
        }
    }

    #[test]
    fn maps_merge_and_the_last_of_duplicates_counts() {
        let text =
            "a: &a {x: 1, y: 2}\nb: {y: 3, <<: *a}\nc: {<<: *a, y: 3}\nd: 1\nd: [e, {f: g}]\n";
        let json = r#"{"a":{"x":1,"y":2},"b":{"x":1,"y":3},"c":{"x":1,"y":3},"d":["e",{"f":"g"}]}"#;
        assert_eq!(compacted(text), Ok(json.to_owned()));
        let mut notices = Notices::default();
        assert!(read(text, "a.yaml", &mut notices).is_ok());
        let key = "d".to_owned();
        let kinds = notices.into_vec().into_iter().map(|it| it.kind);
        assert_eq!(
            kinds.collect::<Vec<_>>(),
            [NoticeKind::DuplicateKey { key }]
        );
        assert_eq!(
            compacted("a: &a [*a, 1]"),
            Ok(r#"{"a":[null,1]}"#.to_owned())
        );
        assert_eq!(
            compacted("1: a\n[1, 2]: b"),
            Ok(r#"{"1":"a","[1,2]":"b"}"#.to_owned())
        );
    }

    #[test]
    fn what_comes_out_is_limited() {
        let deep = format!("a: {}", "[".repeat(5000));
        assert_eq!(compacted(&deep), Err(ProblemKind::TooDeep { limit: 200 }));
        let chain = |n: usize| {
            let links = (1..n).map(|it| format!(", &a{it} [*a{}]", it - 1));
            format!("a: [&a0 [1]{}]", links.collect::<String>())
        };
        assert!(compacted(&chain(MAX_DEPTH - 2)).is_ok());
        assert_eq!(compacted(&chain(MAX_DEPTH - 1)), Err(TOO_DEEP));
        assert_eq!(compacted(&chain(100_000)), Err(TOO_DEEP));
        // As a key it becomes text, which has no levels.
        let keys = (1..1000).map(|it| format!("? &k{it} {{*k{} : 1}}\n: 1\n", it - 1));
        let keys = format!("? &k0 {{a: 1}}\n: 1\n{}", keys.collect::<String>());
        let what = Limit::Bytes;
        let limit = MAX_BYTES as u64;
        assert_eq!(compacted(&keys), Err(ProblemKind::TooLarge { what, limit }));
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..10 {
            let alias = format!("*a{}, ", level - 1).repeat(9);
            bomb.push_str(&format!("a{level}: &a{level} [{alias}]\n"));
        }
        let what = Limit::Values;
        let limit = MAX_VALUES as u64;
        assert_eq!(compacted(&bomb), Err(ProblemKind::TooLarge { what, limit }));
        // Merging has no levels, and so no way down.
        let text = bomb.replace("a0: &a0 [x, x, x, x, x, x, x, x, x]", "a0: &a0 [{x: 1}]");
        assert!(compacted(&format!("{text}b: {{<<: *a9}}")).is_err());
        let long = "x".repeat(MAX_BYTES / 10);
        let bomb = format!("a: &a {long}\nb: [{}]", "*a, ".repeat(20));
        let what = Limit::Bytes;
        let limit = MAX_BYTES as u64;
        assert_eq!(compacted(&bomb), Err(ProblemKind::TooLarge { what, limit }));
        let names = |from| (0..20).map(move |it| format!("{from}{it}: *a\n"));
        let texts = format!("a: &a {long}\n{}", names("b").collect::<String>());
        let root = read(&texts, "a.yaml", &mut Notices::default()).unwrap();
        let found = leaves(&root, texts.len(), "a.yaml").map_err(|it| it.kind);
        assert_eq!(found, Err(ProblemKind::TooLarge { what, limit }));
        let keys = (0..20).map(|it| format!("- {{*a : {it}}}\n"));
        let keys = format!("- &a {long}\n{}", keys.collect::<String>());
        assert_eq!(compacted(&keys), Err(ProblemKind::TooLarge { what, limit }));
    }

    #[test]
    fn of_many_notices_the_first_are_told() {
        let mut notices = Notices::default();
        let twice = "a: 1\n".repeat(1000);
        assert!(read(&twice, "a.yaml", &mut notices).is_ok());
        let told = notices.into_vec();
        let (shown, total) = (MAX_NOTICES, 999);
        assert_eq!(told.len(), MAX_NOTICES + 1);
        let last = told.last().map(|it| &it.kind);
        assert_eq!(last, Some(&NoticeKind::Limited { shown, total }));
    }
}
