use std::mem::take;

use super::{
    code::{Coded, Codes, code_of, value_of},
    fields::{Fields, Record, Value},
    values::{read_text, write_text},
};
use crate::{
    json::{Error, Pull},
    model::{Found, Limit, MatrixError, Notice, NoticeKind, Place, Problem, ProblemKind, Thing},
};

const THINGS: &Codes<Thing> = &[
    (Thing::Number, "number"),
    (Thing::Count, "count"),
    (Thing::Text, "text"),
    (Thing::Bool, "bool"),
    (Thing::List, "list"),
    (Thing::Object, "object"),
    (Thing::Matrix, "matrix"),
    (Thing::Value, "value"),
    (Thing::Key, "key"),
];

const LIMITS: &Codes<Limit> = &[
    (Limit::Bytes, "bytes"),
    (Limit::UnpackedBytes, "unpacked_bytes"),
    (Limit::Entries, "entries"),
    (Limit::Rows, "rows"),
    (Limit::Columns, "columns"),
    (Limit::Classes, "classes"),
    (Limit::Values, "values"),
    (Limit::KeyPaths, "key_paths"),
    (Limit::Label, "label"),
];

/// Encodings that a reader converts from, and the words that mean them.
const ENCODINGS: [&str; 5] = [
    "UTF-16LE",
    "UTF-16BE",
    "UTF-32LE",
    "UTF-32BE",
    "Windows-1252",
];

const NOTICES: &Codes<NoticeKind> = &[
    (
        NoticeKind::ReaderTook {
            reader: String::new(),
        },
        "reader_took",
    ),
    (NoticeKind::Unclaimed, "unclaimed"),
    (
        NoticeKind::Ambiguous {
            readers: Vec::new(),
        },
        "ambiguous",
    ),
    (NoticeKind::UseJson, "use_json"),
    (NoticeKind::NonFinite { count: 0 }, "non_finite"),
    (NoticeKind::QuotedNumbers { count: 0 }, "quoted_numbers"),
    (
        NoticeKind::DuplicateKey { key: String::new() },
        "duplicate_key",
    ),
    (NoticeKind::TextBefore, "text_before"),
    (NoticeKind::TextAfter, "text_after"),
    (NoticeKind::InvalidUtf8, "invalid_utf8"),
    (NoticeKind::Converted { encoding: "" }, "converted"),
    (NoticeKind::Rounded { count: 0 }, "rounded"),
    (
        NoticeKind::Conflict {
            column: String::new(),
            revision: String::new(),
            shown: String::new(),
            other: String::new(),
            artifact: String::new(),
        },
        "conflict",
    ),
    (
        NoticeKind::Unassigned {
            revision: String::new(),
        },
        "unassigned",
    ),
    (
        NoticeKind::RevisionFolders {
            current: None,
            baseline: String::new(),
        },
        "revision_folders",
    ),
    (
        NoticeKind::FileError {
            revision: String::new(),
            message: String::new(),
        },
        "file_error",
    ),
    (
        NoticeKind::RowsSkipped { count: 0, first: 0 },
        "rows_skipped",
    ),
    (NoticeKind::RaggedRows { count: 0, first: 0 }, "ragged_rows"),
    (
        NoticeKind::ColumnsNotFound {
            reader: String::new(),
            expected: String::new(),
            found: String::new(),
        },
        "columns_not_found",
    ),
    (NoticeKind::NotClasses { distinct: 0 }, "not_classes"),
    (NoticeKind::MarginsStripped, "margins_stripped"),
    (NoticeKind::SharesNotCounts, "shares_not_counts"),
    (NoticeKind::Weighted, "weighted"),
    (NoticeKind::NoLabels, "no_labels"),
    (
        NoticeKind::RemoteImage {
            host: String::new(),
        },
        "remote_image",
    ),
    (
        NoticeKind::MissingImage {
            path: String::new(),
        },
        "missing_image",
    ),
    (NoticeKind::Stripped { count: 0 }, "stripped"),
    (
        NoticeKind::UnknownSections { names: Vec::new() },
        "unknown_sections",
    ),
    (
        NoticeKind::UnknownAddressKeys { keys: Vec::new() },
        "unknown_address_keys",
    ),
    (
        NoticeKind::Gone {
            what: String::new(),
            nearest: None,
        },
        "gone",
    ),
    (NoticeKind::NoWorker, "no_worker"),
    (
        NoticeKind::EntrySkipped {
            entry: String::new(),
        },
        "entry_skipped",
    ),
    (NoticeKind::Limited { shown: 0, total: 0 }, "limited"),
    (
        NoticeKind::PassedOver {
            what: String::new(),
        },
        "passed_over",
    ),
];

const PROBLEMS: &Codes<ProblemKind> = &[
    (
        ProblemKind::Expected {
            expected: Thing::Value,
            found: Found::Text(String::new()),
        },
        "expected",
    ),
    (ProblemKind::UnexpectedEnd, "unexpected_end"),
    (
        ProblemKind::UnexpectedCharacter('\u{fffd}'),
        "unexpected_character",
    ),
    (ProblemKind::TooDeep { limit: 0 }, "too_deep"),
    (ProblemKind::Empty, "empty"),
    (
        ProblemKind::TooLarge {
            what: Limit::Bytes,
            limit: 0,
        },
        "too_large",
    ),
    (
        ProblemKind::NewerSchema {
            found: 0,
            supported: 0,
        },
        "newer_schema",
    ),
    (
        ProblemKind::NoColumn {
            expected: String::new(),
            found: String::new(),
        },
        "no_column",
    ),
    (
        ProblemKind::DuplicateColumn {
            name: String::new(),
        },
        "duplicate_column",
    ),
    (ProblemKind::UnclosedQuote, "unclosed_quote"),
    (
        ProblemKind::NoSuchOption {
            option: String::new(),
            known: String::new(),
        },
        "no_such_option",
    ),
    (
        ProblemKind::UnknownKey {
            key: String::new(),
            nearest: None,
            known: String::new(),
        },
        "unknown_key",
    ),
    (
        ProblemKind::UnknownChoice {
            found: String::new(),
            known: String::new(),
        },
        "unknown_choice",
    ),
    (
        ProblemKind::OutOfRange {
            found: String::new(),
            low: String::new(),
            high: String::new(),
        },
        "out_of_range",
    ),
    (
        ProblemKind::Twice {
            name: String::new(),
        },
        "twice",
    ),
    (ProblemKind::NeedsKey { key: String::new() }, "needs_key"),
    (
        ProblemKind::Syntax {
            message: String::new(),
        },
        "syntax",
    ),
    (
        ProblemKind::Container {
            message: String::new(),
        },
        "container",
    ),
    (
        ProblemKind::NoSuchReader {
            name: String::new(),
            nearest: None,
        },
        "no_such_reader",
    ),
    (
        ProblemKind::Unreadable {
            message: String::new(),
        },
        "unreadable",
    ),
    (ProblemKind::NotFound, "not_found"),
    (ProblemKind::Http { status: 0 }, "http"),
    (ProblemKind::OtherOrigin, "other_origin"),
    (ProblemKind::NothingFound, "nothing_found"),
    (
        ProblemKind::Bug {
            message: String::new(),
        },
        "bug",
    ),
];

/// Codes of problems, too.
const MATRIX_ERRORS: &Codes<MatrixError> = &[
    (
        MatrixError::NotSquare {
            rows: 0,
            columns: 0,
        },
        "matrix_not_square",
    ),
    (
        MatrixError::Ragged {
            row: 0,
            found: 0,
            expected: 0,
        },
        "matrix_ragged",
    ),
    (
        MatrixError::Labels {
            labels: 0,
            classes: 0,
        },
        "matrix_labels",
    ),
    (
        MatrixError::DuplicateLabel(String::new()),
        "matrix_duplicate_label",
    ),
    (
        MatrixError::Negative {
            row: 0,
            column: 0,
            value: f64::NAN,
        },
        "matrix_negative",
    ),
    (
        MatrixError::NotFinite { row: 0, column: 0 },
        "matrix_not_finite",
    ),
    (MatrixError::Empty, "matrix_empty"),
    (MatrixError::TooManyClasses(0), "matrix_too_many"),
];

/// A notice or a problem. One flat shape for all of them: which fields are there depends on
/// `code`. A code that this version doesn't know becomes a remark that quotes it.
///
/// `text` is a name, key, message, path or other text that the code speaks of, `texts` are several
/// of them. `count` is how many, or how much at most; `row` the 1-based row of the first, or of the
/// one; `total` a second number: columns, classes, the whole.
pub(super) struct Remark {
    kind: Kind,
    place: Option<Place>,
    /// The reader that met a problem.
    reader: Option<String>,
}

enum Kind {
    Notice(NoticeKind),
    Problem(ProblemKind),
    /// A code of a later version.
    Unknown(String),
}

impl Remark {
    /// To be written.
    pub fn of_notice(notice: &Notice) -> Self {
        let Notice { kind, place } = notice.clone();
        Self {
            kind: Kind::Notice(kind),
            place,
            reader: None,
        }
    }

    /// To be written.
    pub fn of_problem(problem: &Problem) -> Self {
        let Problem {
            kind,
            place,
            reader,
        } = problem.clone();
        Self {
            kind: Kind::Problem(kind),
            place,
            reader,
        }
    }

    /// To be read into.
    pub fn empty_notice() -> Self {
        Self {
            kind: Kind::Notice(NoticeKind::Unclaimed),
            place: None,
            reader: None,
        }
    }

    /// To be read into.
    pub fn empty_problem() -> Self {
        Self {
            kind: Kind::Problem(ProblemKind::Empty),
            place: None,
            reader: None,
        }
    }

    /// The notice that was read.
    pub fn into_notice(self) -> Notice {
        let kind = match self.kind {
            Kind::Notice(kind) => kind,
            Kind::Problem(_) => NoticeKind::Unclaimed,
            Kind::Unknown(what) => NoticeKind::PassedOver { what },
        };
        let place = self.place;
        Notice { kind, place }
    }

    /// The problem that was read.
    pub fn into_problem(self) -> Problem {
        let kind = match self.kind {
            Kind::Problem(kind) => kind,
            Kind::Notice(_) => ProblemKind::Empty,
            Kind::Unknown(message) => ProblemKind::Bug { message },
        };
        Problem {
            kind,
            place: self.place,
            reader: self.reader,
        }
    }
}

impl Record for Remark {
    fn tag(&self) -> Option<&'static str> {
        Some("code")
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.kept("code", &mut self.kind);
        fields.optional("place", &mut self.place);
        match &mut self.kind {
            Kind::Notice(kind) => notice_fields(kind, fields),
            Kind::Problem(kind) => {
                fields.optional("reader", &mut self.reader);
                problem_fields(kind, fields);
            }
            Kind::Unknown(_) => {}
        }
    }
}

impl Record for Place {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("artifact", &mut self.artifact);
        fields.optional("line", &mut self.line);
        fields.optional("column", &mut self.column);
        fields.optional("key", &mut self.key);
    }
}

/// As the code of its variant.
impl Value for Kind {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        let code = read_text(pull)?;
        let known = match self {
            Self::Notice(_) => value_of(NOTICES, &code).map(Self::Notice),
            _ => value_of(MATRIX_ERRORS, &code)
                .map(ProblemKind::Matrix)
                .or_else(|| value_of(PROBLEMS, &code))
                .map(Self::Problem),
        };
        *self = known.unwrap_or(Self::Unknown(code));
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        let code = match self {
            Self::Notice(kind) => code_of(NOTICES, kind),
            Self::Problem(ProblemKind::Matrix(error)) => code_of(MATRIX_ERRORS, error),
            Self::Problem(kind) => code_of(PROBLEMS, kind),
            Self::Unknown(code) => code,
        };
        write_text(out, code);
    }
}

fn notice_fields(kind: &mut NoticeKind, fields: &mut Fields<'_, '_>) {
    match kind {
        NoticeKind::ReaderTook { reader: text }
        | NoticeKind::DuplicateKey { key: text }
        | NoticeKind::Unassigned { revision: text }
        | NoticeKind::RemoteImage { host: text }
        | NoticeKind::MissingImage { path: text }
        | NoticeKind::EntrySkipped { entry: text }
        | NoticeKind::PassedOver { what: text } => fields.optional("text", text),
        NoticeKind::Ambiguous { readers: texts }
        | NoticeKind::UnknownSections { names: texts }
        | NoticeKind::UnknownAddressKeys { keys: texts } => fields.optional("texts", texts),
        NoticeKind::NonFinite { count }
        | NoticeKind::QuotedNumbers { count }
        | NoticeKind::Rounded { count }
        | NoticeKind::NotClasses { distinct: count }
        | NoticeKind::Stripped { count } => fields.kept("count", count),
        NoticeKind::RowsSkipped { count, first } | NoticeKind::RaggedRows { count, first } => {
            fields.kept("count", count);
            fields.kept("row", first);
        }
        NoticeKind::Converted { encoding } => {
            let mut text = (*encoding).to_owned();
            fields.optional("text", &mut text);
            let known = ENCODINGS.into_iter().find(|known| *known == text);
            *encoding = known.unwrap_or("?");
        }
        NoticeKind::Conflict {
            column,
            revision,
            shown,
            other,
            artifact,
        } => {
            fields.optional("text", column);
            fields.optional("revision", revision);
            fields.optional("shown", shown);
            fields.optional("other", other);
            fields.optional("artifact", artifact);
        }
        NoticeKind::RevisionFolders { current, baseline } => {
            fields.optional("text", baseline);
            fields.optional("revision", current);
        }
        NoticeKind::FileError { revision, message } => {
            fields.optional("text", message);
            fields.optional("revision", revision);
        }
        NoticeKind::ColumnsNotFound {
            reader,
            expected,
            found,
        } => {
            fields.kept("reader", reader);
            fields.optional("text", expected);
            fields.optional("other", found);
        }
        NoticeKind::Gone { what, nearest } => {
            fields.optional("text", what);
            fields.optional("nearest", nearest);
        }
        NoticeKind::Limited { shown, total } => {
            fields.kept("count", shown);
            fields.kept("total", total);
        }
        NoticeKind::Unclaimed
        | NoticeKind::UseJson
        | NoticeKind::TextBefore
        | NoticeKind::TextAfter
        | NoticeKind::InvalidUtf8
        | NoticeKind::MarginsStripped
        | NoticeKind::SharesNotCounts
        | NoticeKind::Weighted
        | NoticeKind::NoLabels
        | NoticeKind::NoWorker => {}
    }
}

fn problem_fields(kind: &mut ProblemKind, fields: &mut Fields<'_, '_>) {
    match kind {
        ProblemKind::DuplicateColumn { name: text }
        | ProblemKind::Twice { name: text }
        | ProblemKind::NeedsKey { key: text }
        | ProblemKind::Syntax { message: text }
        | ProblemKind::Container { message: text }
        | ProblemKind::Unreadable { message: text }
        | ProblemKind::Bug { message: text } => fields.optional("text", text),
        ProblemKind::NoColumn {
            expected: text,
            found: other,
        }
        | ProblemKind::NoSuchOption {
            option: text,
            known: other,
        }
        | ProblemKind::UnknownChoice {
            found: text,
            known: other,
        } => {
            fields.optional("text", text);
            fields.optional("other", other);
        }
        ProblemKind::OutOfRange { found, low, high } => {
            fields.optional("text", found);
            fields.optional("other", low);
            fields.optional("value", high);
        }
        ProblemKind::UnknownKey {
            key,
            nearest,
            known,
        } => {
            fields.optional("text", key);
            fields.optional("other", known);
            fields.optional("nearest", nearest);
        }
        ProblemKind::NoSuchReader { name, nearest } => {
            fields.optional("text", name);
            fields.optional("nearest", nearest);
        }
        ProblemKind::Expected { expected, found } => expected_fields(expected, found, fields),
        ProblemKind::UnexpectedCharacter(character) => {
            let mut text = character.to_string();
            fields.optional("text", &mut text);
            *character = text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        ProblemKind::TooDeep { limit } => fields.kept("count", limit),
        ProblemKind::TooLarge { what, limit } => {
            fields.kept("count", limit);
            fields.kept("thing", &mut Coded(what, LIMITS));
        }
        ProblemKind::NewerSchema { found, supported } => {
            fields.kept("count", found);
            fields.kept("total", supported);
        }
        ProblemKind::Http { status } => fields.kept("count", status),
        ProblemKind::Matrix(error) => matrix_fields(error, fields),
        ProblemKind::UnexpectedEnd
        | ProblemKind::Empty
        | ProblemKind::UnclosedQuote
        | ProblemKind::NotFound
        | ProblemKind::OtherOrigin
        | ProblemKind::NothingFound => {}
    }
}

/// `thing` is what was expected; `found` is `text`, `literal`, `thing` or `nothing`, and `text`
/// which one.
fn expected_fields(expected: &mut Thing, found: &mut Found, fields: &mut Fields<'_, '_>) {
    let (mut code, mut text) = match found {
        Found::Text(text) => ("text".to_owned(), take(text)),
        Found::Literal(text) => ("literal".to_owned(), take(text)),
        Found::Thing(thing) => ("thing".to_owned(), code_of(THINGS, thing).to_owned()),
        Found::Nothing => ("nothing".to_owned(), String::new()),
    };
    fields.optional("text", &mut text);
    fields.kept("thing", &mut Coded(expected, THINGS));
    fields.kept("found", &mut code);
    *found = match code.as_str() {
        "text" => Found::Text(text),
        "literal" => Found::Literal(text),
        "thing" => Found::Thing(value_of(THINGS, &text).unwrap_or(Thing::Value)),
        _ => Found::Nothing,
    };
}

fn matrix_fields(error: &mut MatrixError, fields: &mut Fields<'_, '_>) {
    match error {
        MatrixError::DuplicateLabel(label) => fields.optional("text", label),
        MatrixError::TooManyClasses(count) => fields.kept("count", count),
        MatrixError::NotSquare {
            rows: count,
            columns: total,
        }
        | MatrixError::Labels {
            labels: count,
            classes: total,
        } => {
            fields.kept("count", count);
            fields.kept("total", total);
        }
        MatrixError::Ragged {
            row,
            found,
            expected,
        } => {
            fields.kept("count", found);
            fields.kept("row", row);
            fields.kept("total", expected);
        }
        MatrixError::Negative { row, column, value } => {
            fields.kept("row", row);
            fields.kept("total", column);
            let mut text = value.to_string();
            fields.optional("value", &mut text);
            *value = text.parse().unwrap_or(f64::NAN);
        }
        MatrixError::NotFinite { row, column } => {
            fields.kept("row", row);
            fields.kept("total", column);
        }
        MatrixError::Empty => {}
    }
}
