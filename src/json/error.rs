use super::line_and_column;
use crate::model::{Place, Problem, ProblemKind};

/// Why a text is not JSON, or not the JSON that was asked for, and where: a byte offset.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// What. Boxed, since every function on the way would move it.
    pub kind: Box<ProblemKind>,
    /// Byte offset into the text.
    pub offset: usize,
}

impl Error {
    /// An error at a byte offset.
    pub fn new(kind: ProblemKind, offset: usize) -> Self {
        let kind = Box::new(kind);
        Self { kind, offset }
    }

    /// That the character at `offset`, or in whose middle it is, can't stand there.
    pub(super) fn unexpected(text: &str, offset: usize) -> Self {
        let start = text.floor_char_boundary(offset);
        let found = text.get(start..).and_then(|rest| rest.chars().next());
        let kind = match found {
            Some(found) => ProblemKind::UnexpectedCharacter(found),
            None => ProblemKind::UnexpectedEnd,
        };
        Self::new(kind, offset)
    }

    /// The same as a problem with its place.
    pub fn into_problem(self, artifact: &str, text: &str) -> Box<Problem> {
        let (line, column) = line_and_column(text, self.offset);
        Box::new(Problem {
            kind: *self.kind,
            place: Some(Place::artifact(artifact).at(line, column)),
            reader: None,
        })
    }
}
