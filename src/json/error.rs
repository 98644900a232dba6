use jiter::{JiterError, JiterErrorType, JsonErrorType, JsonType};

use super::{MAX_DEPTH, line_and_column};
use crate::model::{Found, Place, Problem, ProblemKind, Thing};

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

    /// What jiter says of `text` from `base` on.
    pub(super) fn from_jiter(error: &JiterError, text: &str, base: usize) -> Self {
        let offset = base + error.index;
        let kind = match &error.error_type {
            JiterErrorType::JsonError(kind) => Self::kind_of(kind, text, offset),
            JiterErrorType::WrongType { expected, actual } => ProblemKind::Expected {
                expected: thing(expected),
                found: Found::Thing(thing(actual)),
            },
        };
        Self { kind, offset }
    }

    fn kind_of(kind: &JsonErrorType, text: &str, offset: usize) -> ProblemKind {
        match kind {
            JsonErrorType::EofWhileParsingList
            | JsonErrorType::EofWhileParsingObject
            | JsonErrorType::EofWhileParsingString
            | JsonErrorType::EofWhileParsingValue => ProblemKind::UnexpectedEnd,
            JsonErrorType::RecursionLimitExceeded => ProblemKind::TooDeep { limit: MAX_DEPTH },
            _ => Self::unexpected(text, offset),
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

fn thing(kind: &JsonType) -> Thing {
    match kind {
        JsonType::Null => Thing::Value,
        JsonType::Bool => Thing::Bool,
        JsonType::Int | JsonType::Float => Thing::Number,
        JsonType::String => Thing::Text,
        JsonType::Array => Thing::List,
        JsonType::Object => Thing::Object,
    }
}
