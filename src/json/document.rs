use std::borrow::Cow;

use super::{
    Error, Node, Paths,
    text::decode_quietly,
    tree::{Builder, Data, Tree, number_offsets},
};
use crate::model::{Artifact, NoticeKind, Notices, Place, Problem, ProblemKind};

/// Bytes of the largest document: offsets are kept in 32 bits.
const MAX_BYTES: usize = 2_000_000_000;

/// A JSON document as a tree in which every value knows its place.
#[derive(Debug)]
pub struct Document<'a> {
    artifact: &'a str,
    text: Cow<'a, str>,
    root: Tree,
    is_whole: bool,
}

impl<'a> Document<'a> {
    /// Bytes that [`Document::sketch`] looks at.
    pub const SKETCH_BYTES: usize = 32 * 1024;

    /// Reads an artifact as JSON.
    ///
    /// # Errors
    /// It is empty, no JSON, cut short, too deep or too large.
    pub fn read(artifact: &'a Artifact, notices: &mut Notices) -> Result<Self, Box<Problem>> {
        let (text, start) = open(artifact, notices)?;
        let mut builder = Builder::new(&text, start);
        let root = builder.document();
        if let Some(error) = builder.error {
            return Err(error.into_problem(&artifact.path, &text));
        }
        note_rest(artifact, &text, builder.offset(), notices);
        let duplicates = builder.duplicates;
        let document = Self {
            artifact: &artifact.path,
            text,
            root,
            is_whole: true,
        };
        for (object, key) in duplicates {
            let path = document.key_path(object);
            let separator = if path.is_empty() { "" } else { "." };
            let place = document.place(object);
            let key = format!("{path}{separator}{key}");
            notices.push(NoticeKind::DuplicateKey { key }, place);
        }
        Ok(document)
    }

    /// The beginning of an artifact, cut and broken as it may be, for telling formats apart; `None`
    /// where it doesn't begin like an object or a list.
    pub fn sketch(artifact: &'a Artifact) -> Option<Self> {
        let n_bytes = artifact.bytes.len().min(Self::SKETCH_BYTES);
        let head = artifact.bytes.get(..n_bytes)?;
        let (text, _) = decode_quietly(head);
        let start = start_of(&text)?;
        let first = text.as_bytes().get(start)?;
        if !matches!(first, b'{' | b'[') {
            return None;
        }
        let mut builder = Builder::new(&text, start);
        let root = builder.document();
        let is_whole = builder.error.is_none() && n_bytes == artifact.bytes.len();
        Some(Self {
            artifact: &artifact.path,
            text,
            root,
            is_whole,
        })
    }

    /// Whether the whole document is here; a sketch often holds its beginning only.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The document's value.
    pub fn root(&self) -> Node<'_> {
        Node::new(self, &self.root)
    }

    /// The memory that the key paths of its leaves may take.
    pub fn paths(&self) -> Paths {
        Paths::of(self.text.len())
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Line, column and key path of the value at an offset.
    pub(super) fn place(&self, offset: usize) -> Place {
        let (line, column) = super::line_and_column(&self.text, offset);
        let place = Place::artifact(self.artifact).at(line, column);
        let path = self.key_path(offset);
        if path.is_empty() {
            place
        } else {
            place.key(readable(path))
        }
    }

    /// The keys from the root to the value that begins at an offset: `train.layers[2]`.
    fn key_path(&self, offset: usize) -> String {
        let mut path = String::new();
        let mut at = &self.root;
        let starts = |tree: &Tree| tree.offset as usize <= offset;
        while (at.offset as usize) < offset {
            let next = match &at.data {
                Data::List(items) => {
                    let next = items.iter().enumerate().rfind(|(_, item)| starts(item));
                    next.map(|(idx, item)| (format!("[{idx}]"), item))
                }
                Data::Numbers(_) => {
                    let offsets = number_offsets(&self.text, at.offset);
                    let n_started = offsets.take_while(|start| *start <= offset).count();
                    if let Some(idx) = n_started.checked_sub(1) {
                        path.push_str(&format!("[{idx}]"));
                    }
                    None
                }
                Data::Object(entries) => {
                    // Not in order of offsets where keys stood twice.
                    let started = entries.iter().filter(|(_, value)| starts(value));
                    let next = started.max_by_key(|(_, value)| value.offset);
                    let separator = if path.is_empty() { "" } else { "." };
                    next.map(|(key, value)| (format!("{separator}{}", key.get(&self.text)), value))
                }
                _ => None,
            };
            let Some((step, next)) = next else { break };
            path.push_str(&step);
            at = next;
        }
        path
    }
}

/// A key path that people can read: of a very long one the beginning and the end.
fn readable(path: String) -> String {
    const MOST: usize = 200;
    const KEPT: usize = 80;
    let n = path.chars().count();
    if n <= MOST {
        return path;
    }
    let end = path.chars().skip(n - KEPT);
    path.chars().take(KEPT).chain(['…']).chain(end).collect()
}

/// The text of an artifact, and where its JSON begins: for [`super::Pull`].
///
/// # Errors
/// It is empty, too large, or nothing in it begins like JSON.
pub fn open<'a>(
    artifact: &'a Artifact,
    notices: &mut Notices,
) -> Result<(Cow<'a, str>, usize), Box<Problem>> {
    let problem = |kind| {
        Box::new(Problem {
            kind,
            place: Some(Place::artifact(&artifact.path)),
            reader: None,
        })
    };
    if artifact.bytes.len() > MAX_BYTES {
        return Err(problem(ProblemKind::TooLarge {
            what: crate::model::Limit::Bytes,
            limit: MAX_BYTES as u64,
        }));
    }
    let text = super::decode(&artifact.bytes, &artifact.path, notices);
    if text.trim_ascii().is_empty() {
        return Err(problem(ProblemKind::Empty));
    }
    match start_of(&text) {
        Some(start) => {
            let before = text.get(..start).unwrap_or_default();
            if !before.trim_ascii().is_empty() {
                let place = Place::artifact(&artifact.path);
                notices.push(NoticeKind::TextBefore, place);
            }
            Ok((text, start))
        }
        None => {
            let offset = text.len() - text.trim_ascii_start().len();
            let error = Error::unexpected(&text, offset);
            Err(error.into_problem(&artifact.path, &text))
        }
    }
}

/// Pushes a notice where more stands behind the document that ends at `end`.
pub fn note_rest(artifact: &Artifact, text: &str, end: usize, notices: &mut Notices) {
    let rest = text.get(end..).unwrap_or_default();
    let trimmed = rest.trim_ascii_start();
    if !trimmed.is_empty() {
        let (line, column) = super::line_and_column(text, text.len() - trimmed.len());
        let place = Place::artifact(&artifact.path).at(line, column);
        notices.push(NoticeKind::TextAfter, place);
    }
}

/// A JSON text as numbers and texts are written everywhere: two are equal where the values are.
/// What is no JSON stays as it is.
pub fn compact(text: &str) -> String {
    let mut builder = Builder::new(text, 0);
    let root = builder.document();
    if builder.error.is_some() {
        return text.to_owned();
    }
    let document = Document {
        artifact: "",
        text: text.into(),
        root,
        is_whole: true,
    };
    document.root().compact()
}

/// Where the JSON document begins: at the first character, or, where that begins a line of words
/// (a warning captured with the output), at the first line that begins like an object or a list.
fn start_of(text: &str) -> Option<usize> {
    let rest = text.trim_ascii_start();
    let offset = text.len() - rest.len();
    // The whole document may be one line of many megabytes, whose end need not be found.
    if begins_document(rest) {
        return Some(offset);
    }
    let first_line = rest.lines().next()?;
    if is_bare_value(first_line) {
        return Some(offset);
    }
    let mut at = offset;
    for line in text.get(offset..)?.split_inclusive('\n') {
        let trimmed = line.trim_ascii_start();
        if begins_document(trimmed) {
            return Some(at + line.len() - trimmed.len());
        }
        at += line.len();
    }
    // A list, number or sign that is not JSON: reading it says what is wrong with it.
    let is_literal = first_line.starts_with(['[', '-', '+', '.', '"']) || is_digit(first_line);
    is_literal.then_some(offset)
}

/// Whether the line at the beginning of a text begins an object or a list, and is no log line such
/// as `[INFO] loading`.
fn begins_document(line: &str) -> bool {
    let mut characters = line.chars();
    match characters.next() {
        Some('{') => true,
        Some('[') => match characters.find(|it| *it == '\n' || !it.is_ascii_whitespace()) {
            None | Some('\n' | '[' | '{' | ']' | '"' | '-' | '0'..='9') => !is_log_line(line),
            Some(_) => ["true", "false", "null", "NaN", "Infinity"]
                .iter()
                .any(|word| line.trim_start_matches(['[', ' ', '\t']).starts_with(word)),
        },
        _ => false,
    }
}

/// Whether a line is `[2026-01-01 10:00:00] …` or `[12:00:00] …`.
fn is_log_line(line: &str) -> bool {
    let inner = line.trim_start_matches('[');
    let number = inner.trim_start_matches(|it: char| it.is_ascii_digit());
    number.len() < inner.len() && number.starts_with(['-', ':', '/'])
}

/// Whether a line is one value and nothing else: `0.5`, `null`, `"text"`.
fn is_bare_value(line: &str) -> bool {
    let line = line.trim_ascii();
    let words = ["true", "false", "null", "NaN", "Infinity", "-Infinity"];
    line.starts_with('"')
        || words.contains(&line)
        || line.parse::<f64>().is_ok() && {
            // Rust also takes `inf`, `nan` and `infinity`.
            is_digit(line.trim_start_matches(['-', '+', '.']))
        }
}

fn is_digit(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Found, Thing};

    fn read(text: &str) -> Result<(String, Vec<NoticeKind>), Box<Problem>> {
        let artifact = Artifact::new("a.json", text.as_bytes());
        let mut notices = Notices::default();
        let compact = Document::read(&artifact, &mut notices)?.root().compact();
        let notices = notices.into_vec().into_iter().map(|it| it.kind);
        Ok((compact, notices.collect()))
    }

    #[test]
    fn python_json_is_read() {
        let cases = [
            ("0.5", "0.5"),
            (" null ", "null"),
            ("NaN", "NaN"),
            ("[NaN, -Infinity, Infinity]", "[NaN,-Infinity,Infinity]"),
            ("[1, 1.0, -0.0, 5e-324, 1e400]", "[1,1,-0,5e-324,Infinity]"),
            (
                "[9007199254740992, 9007199254740993, -12345678901234567890123]",
                "[9007199254740992,9007199254740993,-12345678901234567890123]",
            ),
            (
                r#"{"a\u00f1": "\ud83d\ude00\n", "": {}}"#,
                r#"{"":{},"añ":"😀\n"}"#,
            ),
        ];
        for (text, compact) in cases {
            assert_eq!(read(text), Ok((compact.to_owned(), vec![])), "{text}");
        }
        let digits = "7".repeat(5000);
        let list = format!("[{digits},-{digits},1]");
        assert_eq!(read(&list), Ok((list.clone(), vec![])), "5,000 digits");
    }

    #[test]
    fn what_stands_around_the_document_is_passed_over() {
        let before = NoticeKind::TextBefore;
        let cases = [
            (
                "DVC failed to load some metrics\n{}",
                "{}",
                vec![before.clone()],
            ),
            (
                "[INFO] x\n[12:00:01] y\n  [1]\n",
                "[1]",
                vec![before.clone()],
            ),
            ("2026-01-01 10:00:00 WARNING\n[\n{}]", "[{}]", vec![before]),
            ("{}}{}", "{}", vec![NoticeKind::TextAfter]),
            ("[1]\nbye", "[1]", vec![NoticeKind::TextAfter]),
        ];
        for (text, compact, notices) in cases {
            assert_eq!(read(text), Ok((compact.to_owned(), notices)), "{text}");
        }
    }

    #[test]
    fn the_last_of_duplicate_keys_counts_in_the_place_of_the_first() {
        let text = r#"{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}"#;
        let key = |key: &str| NoticeKind::DuplicateKey { key: key.into() };
        let expected = r#"{"a":3,"b":{"c":2}}"#.to_owned();
        assert_eq!(read(text), Ok((expected, vec![key("b.c"), key("a")])));
        let many: Vec<String> = (0..40)
            .map(|idx| format!(r#""k{}":{idx}"#, idx % 30))
            .collect();
        let (compact, notices) = read(&format!("{{{}}}", many.join(","))).unwrap();
        assert!(compact.starts_with(r#"{"k0":30,"k1":31,"#), "{compact}");
        assert_eq!(notices.len(), 10);
    }

    #[test]
    fn what_is_no_json_says_where() {
        let deep = "[".repeat(10_000);
        let unexpected = ProblemKind::UnexpectedCharacter;
        let cases = [
            ("", ProblemKind::Empty, None),
            (" \n\t", ProblemKind::Empty, None),
            ("{\n \"a\": ", ProblemKind::UnexpectedEnd, Some((2, 7))),
            ("{\"a\": \"\\u12", ProblemKind::UnexpectedEnd, Some((1, 12))),
            ("[1,\n2 3]", unexpected('3'), Some((2, 3))),
            ("[ñ]", unexpected('ñ'), Some((1, 2))),
            ("[1, ñ]", unexpected('ñ'), Some((1, 5))),
            ("{\"a\": -NaN}", unexpected('N'), Some((1, 8))),
            ("{\"a\": +1}", unexpected('+'), Some((1, 7))),
            ("[1,]", unexpected(']'), Some((1, 4))),
            ("words only", unexpected('w'), Some((1, 1))),
            (
                deep.as_str(),
                ProblemKind::TooDeep { limit: 200 },
                Some((1, 201)),
            ),
        ];
        for (text, kind, at) in cases {
            let problem = read(text).unwrap_err();
            let place = problem.place.unwrap();
            let found = (problem.kind, place.line.zip(place.column));
            assert_eq!(found, (kind, at), "{:.40}", text);
        }
    }

    #[test]
    fn values_know_their_place() {
        let text = "{\"test\": {\n  \"f1\": \"n/a\", \"b\": [1, {\"c\": null}]}, \"big\": 1e3}";
        let artifact = Artifact::new("eval.json", text.as_bytes());
        let document = Document::read(&artifact, &mut Notices::default()).unwrap();
        let test = document.root().get("test").unwrap();
        let problem = test.get("f1").unwrap().number().unwrap_err();
        let expected = |expected, found| ProblemKind::Expected { expected, found };
        let found = Found::Text("n/a".into());
        assert_eq!(problem.kind, expected(Thing::Number, found));
        let place = Place::artifact("eval.json");
        assert_eq!(problem.place, Some(place.clone().at(2, 9).key("test.f1")));
        let c = test.get("b").unwrap().at(1).unwrap().get("c").unwrap();
        assert_eq!(c.place(), place.clone().at(2, 31).key("test.b[1].c"));
        let missing = test.require("g", Thing::List).unwrap_err();
        assert_eq!(missing.kind, expected(Thing::List, Found::Nothing));
        assert_eq!(missing.place, Some(place.at(1, 10).key("test.g")));
        let literal = document.root().get("big").unwrap().text().unwrap_err();
        assert_eq!(
            literal.kind,
            expected(Thing::Text, Found::Literal("1e3".into()))
        );
    }

    #[test]
    fn numbers_of_a_list_know_their_place() {
        let text = "{\"rows\": [[1, -0.0 ,\n  NaN], [2, 9007199254740993], [3, null], []]}";
        let artifact = Artifact::new("cm.json", text.as_bytes());
        let document = Document::read(&artifact, &mut Notices::default()).unwrap();
        let rows = document.root().get("rows").unwrap();
        let plain: Vec<bool> = rows
            .items()
            .map(|it| it.plain_numbers().is_some())
            .collect();
        assert_eq!(plain, [true, false, false, false]);
        let first = rows.at(0).unwrap();
        assert_eq!(
            (first.len(), first.items().len(), first.is_list()),
            (3, 3, true)
        );
        assert!(first.at(3).is_none());
        let numbers = first.numbers().unwrap();
        assert_eq!(numbers[..2], [1.0, 0.0]);
        assert!(numbers[1].is_sign_negative() && numbers[2].is_nan());
        let last = first.at(2).unwrap();
        assert_eq!((last.raw(), last.is_null(), last.len()), ("NaN", false, 0));
        let place = Place::artifact("cm.json");
        assert_eq!(last.place(), place.clone().at(2, 3).key("rows[0][2]"));
        let problem = first.at(1).unwrap().text().unwrap_err();
        assert_eq!(
            problem.place,
            Some(place.clone().at(1, 15).key("rows[0][1]"))
        );
        let found = Found::Literal("-0.0".into());
        let expected = Thing::Text;
        assert_eq!(problem.kind, ProblemKind::Expected { expected, found });
        let null = rows.at(2).unwrap().at(1).unwrap();
        assert_eq!(null.place(), place.at(2, 36).key("rows[2][1]"));
    }

    #[test]
    fn a_sketch_holds_the_beginning() {
        let sketch = |text: &str| {
            let artifact = Artifact::new("a", text.as_bytes());
            Document::sketch(&artifact).map(|it| (it.root().compact(), it.is_whole()))
        };
        assert_eq!(sketch("{}"), Some(("{}".into(), true)));
        assert_eq!(
            sketch("[1, [2, {\"a\": tru"),
            Some(("[1,[2,{\"a\":null}]]".into(), false))
        );
        assert_eq!(sketch("0.5"), None);
        assert_eq!(sketch("a,b\n1,2"), None);
        let long = format!("[\"{}\"]", "x".repeat(2 * Document::SKETCH_BYTES));
        assert_eq!(sketch(&long).map(|it| it.1), Some(false));
    }
}
