//! Which reader takes an artifact.
//!
//! `--as` decides where it is given. Else the content, where it has the shape of exactly one
//! format; so a name never turns an artifact into something that it isn't. Else the name. Else the
//! only reader that could take it. What several could take is left, with a notice that names them.

use super::{Claim, READERS, Reader, reader_id};
use crate::{
    json::Document,
    model::{
        Artifact, Content, Finding, Limit, NoticeKind, Notices, Place, Problem, ProblemKind,
        nearest,
    },
};

/// Bytes of a class's label: what is longer is no name, and would be drawn many times.
const MAX_LABEL: usize = 10_000;

/// Which reader an artifact goes to.
#[derive(Clone, Copy)]
pub enum Choice {
    /// This one.
    Reader(&'static dyn Reader),
    /// Several could, none of them more likely than the others.
    Ambiguous,
    /// None knows it.
    Unclaimed,
}

/// What was read from an artifact.
#[derive(Debug, Default)]
pub struct Claimed {
    /// Id of the reader that took it; `None` where none did.
    pub reader: Option<&'static str>,
    /// What it found.
    pub findings: Vec<Finding>,
}

/// Reads an artifact with the reader that it goes to, and says so in a notice.
///
/// # Errors
/// The reader's problem; or a file that no reader takes is empty, or called `.json` and is none; or
/// `--as` names no reader.
pub fn read_artifact(artifact: &Artifact, notices: &mut Notices) -> Result<Claimed, Problem> {
    let place = || Place::artifact(&artifact.path);
    match choose(artifact)? {
        Choice::Reader(reader) => {
            let findings = reader.read(artifact, notices).map_err(|mut problem| {
                problem.reader.get_or_insert_with(|| reader.id().to_owned());
                problem.place.get_or_insert_with(place);
                problem
            })?;
            let id = reader.id();
            if findings.iter().any(has_long_label) {
                return Err(Problem {
                    kind: ProblemKind::TooLarge {
                        what: Limit::Label,
                        limit: MAX_LABEL as u64,
                    },
                    place: Some(place()),
                    reader: Some(id.to_owned()),
                });
            }
            notices.push(NoticeKind::ReaderTook { reader: id.into() }, place());
            Ok(Claimed {
                reader: Some(id),
                findings,
            })
        }
        Choice::Ambiguous => {
            // Half a document could be anything.
            check_unclaimed(artifact)?;
            let readers = candidates(artifact, READERS).into_iter();
            let readers = readers.map(|it| it.id().to_owned());
            let kind = NoticeKind::Ambiguous {
                readers: readers.collect(),
            };
            notices.push(kind, place());
            Ok(Claimed::default())
        }
        Choice::Unclaimed => {
            check_unclaimed(artifact)?;
            notices.push(NoticeKind::Unclaimed, place());
            Ok(Claimed::default())
        }
    }
}

/// Whether a class has a label that is too long.
fn has_long_label(finding: &Finding) -> bool {
    let labels = match &finding.content {
        Content::Matrix { matrix, .. } => matrix.labels(),
        Content::Predictions { predictions, .. } => &predictions.labels,
        _ => return false,
    };
    labels.iter().any(|it| it.len() > MAX_LABEL)
}

/// Which reader an artifact goes to.
///
/// # Errors
/// `--as` names no reader.
pub fn choose(artifact: &Artifact) -> Result<Choice, Box<Problem>> {
    let Some(name) = &artifact.reader else {
        return Ok(choose_among(artifact, READERS));
    };
    match reader(reader_id(name)) {
        Some(reader) => Ok(Choice::Reader(reader)),
        None => Err(Box::new(Problem {
            kind: ProblemKind::NoSuchReader {
                name: name.clone(),
                nearest: nearest(name, READERS.iter().map(|it| it.id())).map(str::to_owned),
            },
            place: Some(Place::artifact(&artifact.path)),
            reader: None,
        })),
    }
}

/// Which reader an artifact goes to by its content alone, as if it had no name: the same as with
/// one, or none.
pub fn choose_by_shape(artifact: &Artifact) -> Choice {
    choose_among(&nameless(artifact), READERS)
}

/// The reader of that id.
pub fn reader(id: &str) -> Option<&'static dyn Reader> {
    READERS.iter().copied().find(|reader| reader.id() == id)
}

fn choose_among(artifact: &Artifact, readers: &[&'static dyn Reader]) -> Choice {
    let shapeless = nameless(artifact);
    let sketch = Document::sketch(artifact);
    let sketch = sketch.as_ref();
    let by_shape = |reader: &&'static dyn Reader| reader.claims(&shapeless, sketch) >= Claim::Shape;
    let mut sure = readers.iter().copied().filter(by_shape);
    if let (Some(only), None) = (sure.next(), sure.next()) {
        return Choice::Reader(only);
    }
    let claims = |least: Claim| {
        let is_claimed =
            move |reader: &&'static dyn Reader| reader.claims(artifact, sketch) >= least;
        readers.iter().copied().filter(is_claimed)
    };
    if let Some(named) = claims(Claim::Name).next() {
        return Choice::Reader(named);
    }
    for least in [Claim::Shape, Claim::Maybe] {
        let mut found = claims(least);
        match (found.next(), found.next()) {
            (Some(only), None) => return Choice::Reader(only),
            (Some(_), Some(_)) => return Choice::Ambiguous,
            (None, _) => {}
        }
    }
    Choice::Unclaimed
}

/// The readers that could take an artifact, none more likely than the others.
fn candidates(artifact: &Artifact, readers: &[&'static dyn Reader]) -> Vec<&'static dyn Reader> {
    let sketch = Document::sketch(artifact);
    let claim = |reader: &&'static dyn Reader| reader.claims(artifact, sketch.as_ref());
    let most = readers.iter().map(claim).max().unwrap_or(Claim::No);
    let is_one = |reader: &&'static dyn Reader| most > Claim::No && claim(reader) == most;
    readers.iter().copied().filter(is_one).collect()
}

/// A file that nobody takes, or anybody could, may still be one that was meant to be read: say what is wrong with it.
fn check_unclaimed(artifact: &Artifact) -> Result<(), Box<Problem>> {
    let extension = artifact.extension();
    let is_data = ["json", "csv", "tsv", "yaml", "yml", "md"].contains(&extension.as_str());
    if is_data && artifact.bytes.trim_ascii().is_empty() {
        return Err(Box::new(Problem {
            kind: ProblemKind::Empty,
            place: Some(Place::artifact(&artifact.path)),
            reader: None,
        }));
    }
    let text = artifact.bytes.trim_ascii_start();
    let is_like_json = text.starts_with(b"{") || text.starts_with(b"[{");
    if extension == "json" || (extension.is_empty() && is_like_json) {
        Document::read(artifact, &mut Notices::default())?;
    }
    Ok(())
}

/// The same bytes without a name.
fn nameless(artifact: &Artifact) -> Artifact {
    Artifact::new("", artifact.bytes.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Claims by its word in the name, or by its byte in the content: `!` surely, `?` perhaps.
    struct Word(&'static str);

    impl Reader for Word {
        fn id(&self) -> &'static str {
            self.0
        }

        fn claims(&self, artifact: &Artifact, _: Option<&Document<'_>>) -> Claim {
            let text = str::from_utf8(&artifact.bytes).unwrap();
            if artifact.path.contains(self.0) {
                Claim::Name
            } else if text.contains(&format!("{}!", self.0)) {
                Claim::Shape
            } else if text.contains(&format!("{}?", self.0)) {
                Claim::Maybe
            } else {
                Claim::No
            }
        }

        fn read(&self, _: &Artifact, _: &mut Notices) -> Result<Vec<Finding>, Box<Problem>> {
            Ok(Vec::new())
        }
    }

    #[test]
    fn content_that_is_sure_wins_then_the_name_then_the_only_one() {
        let readers: &[&'static dyn Reader] = &[&Word("a"), &Word("b"), &Word("c")];
        let cases = [
            ("x", "b!", "b"),
            ("x", "b?", "b"),
            ("x", "a? b!", "b"),
            ("x", "a? b?", "ambiguous"),
            ("x", "a! b!", "ambiguous"),
            ("x", "", "unclaimed"),
            ("c", "", "c"),
            ("c", "a? b?", "c"),
            ("c", "a! b!", "c"),
            ("c", "a!", "a"),
            ("cb", "", "b"),
        ];
        for (name, content, expected) in cases {
            let artifact = Artifact::new(name, content.as_bytes());
            let found = match choose_among(&artifact, readers) {
                Choice::Reader(reader) => reader.id(),
                Choice::Ambiguous => "ambiguous",
                Choice::Unclaimed => "unclaimed",
            };
            assert_eq!(found, expected, "{name}: {content}");
        }
        let artifact = Artifact::new("x", b"a? b? c!".as_slice());
        let ids = |readers| candidates(&artifact, readers).into_iter().map(|it| it.id());
        assert_eq!(ids(&readers[..2]).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(ids(readers).collect::<Vec<_>>(), ["c"]);
    }

    #[test]
    fn what_was_meant_to_be_read_says_what_is_wrong() {
        let read = |name: &str, content: &str| {
            let mut notices = Notices::default();
            let artifact = Artifact::new(name, content.as_bytes());
            let result = read_artifact(&artifact, &mut notices).map(|it| it.reader);
            (result.map_err(|it| it.kind), notices.into_vec().len())
        };
        assert_eq!(read("notes.txt", ""), (Ok(None), 1));
        assert_eq!(read("notes.json", " "), (Err(ProblemKind::Empty), 0));
        assert_eq!(
            read("notes.json", "[1,"),
            (Err(ProblemKind::UnexpectedEnd), 0)
        );
        assert_eq!(
            read("stdin", "{\"a\": "),
            (Err(ProblemKind::UnexpectedEnd), 0)
        );
        let mut artifact = Artifact::new("a.json", b"{}".as_slice());
        artifact.reader = Some("no-such-reader-at-all".to_owned());
        let problem = choose(&artifact).map(|_| ()).unwrap_err();
        assert!(matches!(
            problem.kind,
            ProblemKind::NoSuchReader { nearest: None, .. }
        ));
    }
}
