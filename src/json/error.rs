use super::line_and_column;
use crate::model::{Place, Problem, ProblemKind};

/// Why a text is not JSON, or not the JSON that was asked for, and where: a byte offset.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// What.
    pub kind: ProblemKind,
    /// Byte offset into the text.
    pub offset: usize,
}

impl Error {
    /// The same as a problem with its place.
    pub fn into_problem(self, artifact: &str, text: &str) -> Problem {
        let (line, column) = line_and_column(text, self.offset);
        Problem {
            kind: self.kind,
            place: Some(Place::artifact(artifact).at(line, column)),
            reader: None,
        }
    }

    /// The character that stands at `offset`, or in whose middle it is.
    pub(super) fn unexpected(text: &str, offset: usize) -> ProblemKind {
        let start = text.floor_char_boundary(offset);
        match text.get(start..).and_then(|rest| rest.chars().next()) {
            Some(found) => ProblemKind::UnexpectedCharacter(found),
            None => ProblemKind::UnexpectedEnd,
        }
    }
}
