use super::{
    code::{Codes, code_of, value_of},
    fields::{Fields, Record},
};
use crate::model::{
    Found, Limit, MatrixError, Notice, NoticeKind, Place, Problem, ProblemKind, Thing,
};

const THINGS: &Codes<Thing> = &[
    (Thing::Number, "number"),
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
];

/// Encodings that a reader converts from, and the words that mean them.
const ENCODINGS: [&str; 4] = ["UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"];

/// A notice or a problem. One flat shape for all of them: which fields are there depends on
/// `code`. A code that this version doesn't know becomes a notice that quotes it.
#[derive(Default)]
pub(super) struct RemarkWire {
    code: String,
    place: Option<PlaceWire>,
    reader: Option<String>,
    /// A name, key, message, path or other text that the code speaks of.
    text: String,
    /// Several of them.
    texts: Vec<String>,
    /// The revision's label.
    revision: String,
    shown: String,
    other: String,
    artifact: String,
    nearest: Option<String>,
    /// How many, or how much at most.
    count: Option<u64>,
    /// 1-based row of the first, or of the one.
    row: Option<u64>,
    /// A second number: columns, classes, the whole.
    total: Option<u64>,
    /// A value of a matrix, as text.
    value: String,
    /// What was expected, or what is limited.
    thing: String,
    /// What was found: `text`, `literal`, `thing` or `nothing`.
    found: String,
}

impl Record for RemarkWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.kept("code", &mut self.code);
        fields.optional("place", &mut self.place);
        fields.optional("reader", &mut self.reader);
        fields.optional("text", &mut self.text);
        fields.optional("texts", &mut self.texts);
        fields.optional("revision", &mut self.revision);
        fields.optional("shown", &mut self.shown);
        fields.optional("other", &mut self.other);
        fields.optional("artifact", &mut self.artifact);
        fields.optional("nearest", &mut self.nearest);
        fields.optional("count", &mut self.count);
        fields.optional("row", &mut self.row);
        fields.optional("total", &mut self.total);
        fields.optional("value", &mut self.value);
        fields.optional("thing", &mut self.thing);
        fields.optional("found", &mut self.found);
    }
}

#[derive(Default)]
struct PlaceWire {
    artifact: String,
    line: Option<u32>,
    column: Option<u32>,
    key: Option<String>,
}

impl Record for PlaceWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("artifact", &mut self.artifact);
        fields.optional("line", &mut self.line);
        fields.optional("column", &mut self.column);
        fields.optional("key", &mut self.key);
    }
}

impl RemarkWire {
    pub fn of_notice(notice: &Notice) -> Self {
        let Notice { kind, place } = notice;
        let mut wire = Self {
            place: place.as_ref().map(PlaceWire::new),
            ..Self::default()
        };
        wire.code = wire.put_notice(kind).to_owned();
        wire
    }

    pub fn of_problem(problem: &Problem) -> Self {
        let Problem {
            kind,
            place,
            reader,
        } = problem;
        let mut wire = Self {
            place: place.as_ref().map(PlaceWire::new),
            reader: reader.clone(),
            ..Self::default()
        };
        wire.code = wire.put_problem(kind).to_owned();
        wire
    }

    fn put_notice(&mut self, kind: &NoticeKind) -> &'static str {
        match kind {
            NoticeKind::ReaderTook { reader } => self.text("reader_took", reader),
            NoticeKind::Unclaimed => "unclaimed",
            NoticeKind::Ambiguous { readers } => self.texts("ambiguous", readers),
            NoticeKind::UseJson => "use_json",
            NoticeKind::NonFinite { count } => self.count("non_finite", *count),
            NoticeKind::DuplicateKey { key } => self.text("duplicate_key", key),
            NoticeKind::TextBefore => "text_before",
            NoticeKind::TextAfter => "text_after",
            NoticeKind::InvalidUtf8 => "invalid_utf8",
            NoticeKind::Converted { encoding } => self.text("converted", encoding),
            NoticeKind::Rounded { count } => self.count("rounded", *count),
            NoticeKind::Conflict {
                column,
                revision,
                shown,
                other,
                artifact,
            } => {
                self.revision.clone_from(revision);
                self.shown.clone_from(shown);
                self.other.clone_from(other);
                self.artifact.clone_from(artifact);
                self.text("conflict", column)
            }
            NoticeKind::Unassigned { revision } => self.text("unassigned", revision),
            NoticeKind::FileError { revision, message } => {
                self.revision.clone_from(revision);
                self.text("file_error", message)
            }
            NoticeKind::RowsSkipped { count, first } => self.rows("rows_skipped", *count, *first),
            NoticeKind::RaggedRows { count, first } => self.rows("ragged_rows", *count, *first),
            NoticeKind::ColumnsNotFound {
                reader,
                expected,
                found,
            } => {
                self.reader = Some(reader.clone());
                self.other.clone_from(found);
                self.text("columns_not_found", expected)
            }
            NoticeKind::NotClasses { distinct } => self.count("not_classes", *distinct),
            NoticeKind::MarginsStripped => "margins_stripped",
            NoticeKind::SharesNotCounts => "shares_not_counts",
            NoticeKind::Weighted => "weighted",
            NoticeKind::NoLabels => "no_labels",
            NoticeKind::RemoteImage { host } => self.text("remote_image", host),
            NoticeKind::MissingImage { path } => self.text("missing_image", path),
            NoticeKind::Stripped { count } => self.count("stripped", *count),
            NoticeKind::UnknownSections { names } => self.texts("unknown_sections", names),
            NoticeKind::UnknownAddressKeys { keys } => self.texts("unknown_address_keys", keys),
            NoticeKind::Gone { what, nearest } => {
                self.nearest.clone_from(nearest);
                self.text("gone", what)
            }
            NoticeKind::NoWorker => "no_worker",
            NoticeKind::EntrySkipped { entry } => self.text("entry_skipped", entry),
            NoticeKind::Limited { shown, total } => {
                self.total = Some(*total as u64);
                self.count("limited", *shown)
            }
            NoticeKind::PassedOver { what } => self.text("passed_over", what),
        }
    }

    pub fn read_notice(self) -> Notice {
        let place = self.place.map(PlaceWire::read);
        let (text, texts, revision) = (self.text, self.texts, self.revision);
        let count = as_size(self.count);
        let first = as_size(self.row);
        let kind = match self.code.as_str() {
            "reader_took" => NoticeKind::ReaderTook { reader: text },
            "unclaimed" => NoticeKind::Unclaimed,
            "ambiguous" => NoticeKind::Ambiguous { readers: texts },
            "use_json" => NoticeKind::UseJson,
            "non_finite" => NoticeKind::NonFinite { count },
            "duplicate_key" => NoticeKind::DuplicateKey { key: text },
            "text_before" => NoticeKind::TextBefore,
            "text_after" => NoticeKind::TextAfter,
            "invalid_utf8" => NoticeKind::InvalidUtf8,
            "converted" => match ENCODINGS.into_iter().find(|known| *known == text) {
                Some(encoding) => NoticeKind::Converted { encoding },
                None => NoticeKind::PassedOver { what: text },
            },
            "rounded" => NoticeKind::Rounded { count },
            "conflict" => NoticeKind::Conflict {
                column: text,
                revision,
                shown: self.shown,
                other: self.other,
                artifact: self.artifact,
            },
            "unassigned" => NoticeKind::Unassigned { revision: text },
            "file_error" => NoticeKind::FileError {
                revision,
                message: text,
            },
            "rows_skipped" => NoticeKind::RowsSkipped { count, first },
            "ragged_rows" => NoticeKind::RaggedRows { count, first },
            "columns_not_found" => NoticeKind::ColumnsNotFound {
                reader: self.reader.unwrap_or_default(),
                expected: text,
                found: self.other,
            },
            "not_classes" => NoticeKind::NotClasses { distinct: count },
            "margins_stripped" => NoticeKind::MarginsStripped,
            "shares_not_counts" => NoticeKind::SharesNotCounts,
            "weighted" => NoticeKind::Weighted,
            "no_labels" => NoticeKind::NoLabels,
            "remote_image" => NoticeKind::RemoteImage { host: text },
            "missing_image" => NoticeKind::MissingImage { path: text },
            "stripped" => NoticeKind::Stripped { count },
            "unknown_sections" => NoticeKind::UnknownSections { names: texts },
            "unknown_address_keys" => NoticeKind::UnknownAddressKeys { keys: texts },
            "gone" => NoticeKind::Gone {
                what: text,
                nearest: self.nearest,
            },
            "no_worker" => NoticeKind::NoWorker,
            "entry_skipped" => NoticeKind::EntrySkipped { entry: text },
            "limited" => NoticeKind::Limited {
                shown: count,
                total: as_size(self.total),
            },
            "passed_over" => NoticeKind::PassedOver { what: text },
            _ => NoticeKind::PassedOver { what: self.code },
        };
        Notice { kind, place }
    }

    fn put_problem(&mut self, kind: &ProblemKind) -> &'static str {
        match kind {
            ProblemKind::Expected { expected, found } => {
                self.thing = code_of(THINGS, expected);
                let (code, text) = match found {
                    Found::Text(text) => ("text", text.clone()),
                    Found::Literal(text) => ("literal", text.clone()),
                    Found::Thing(thing) => ("thing", code_of(THINGS, thing)),
                    Found::Nothing => ("nothing", String::new()),
                };
                self.found = code.to_owned();
                self.text("expected", &text)
            }
            ProblemKind::UnexpectedEnd => "unexpected_end",
            ProblemKind::UnexpectedCharacter(character) => {
                self.text("unexpected_character", &character.to_string())
            }
            ProblemKind::TooDeep { limit } => self.count("too_deep", *limit),
            ProblemKind::Empty => "empty",
            ProblemKind::TooLarge { what, limit } => {
                self.thing = code_of(LIMITS, what);
                self.count = Some(*limit);
                "too_large"
            }
            ProblemKind::Matrix(error) => self.put_matrix(error),
            ProblemKind::NewerSchema { found, supported } => {
                self.total = Some(u64::from(*supported));
                self.count("newer_schema", *found as usize)
            }
            ProblemKind::NoColumn { expected, found } => {
                self.other.clone_from(found);
                self.text("no_column", expected)
            }
            ProblemKind::DuplicateColumn { name } => self.text("duplicate_column", name),
            ProblemKind::UnclosedQuote => "unclosed_quote",
            ProblemKind::NoSuchOption { option, known } => {
                self.other.clone_from(known);
                self.text("no_such_option", option)
            }
            ProblemKind::UnknownKey {
                key,
                nearest,
                known,
            } => {
                self.nearest.clone_from(nearest);
                self.other.clone_from(known);
                self.text("unknown_key", key)
            }
            ProblemKind::UnknownChoice { found, known } => {
                self.other.clone_from(known);
                self.text("unknown_choice", found)
            }
            ProblemKind::Syntax { message } => self.text("syntax", message),
            ProblemKind::Container { message } => self.text("container", message),
            ProblemKind::NoSuchReader { name, nearest } => {
                self.nearest.clone_from(nearest);
                self.text("no_such_reader", name)
            }
            ProblemKind::Unreadable { message } => self.text("unreadable", message),
            ProblemKind::NotFound => "not_found",
            ProblemKind::Http { status } => self.count("http", usize::from(*status)),
            ProblemKind::OtherOrigin => "other_origin",
            ProblemKind::NothingFound => "nothing_found",
            ProblemKind::Bug { message } => self.text("bug", message),
        }
    }

    pub fn read_problem(self) -> Result<Problem, ProblemKind> {
        let reader = self.reader.clone();
        let place = self.place.as_ref().map(PlaceWire::copy);
        let (count, text) = (as_size(self.count), self.text.clone());
        let kind = match self.code.as_str() {
            "expected" => ProblemKind::Expected {
                expected: value_of(THINGS, &self.thing)?,
                found: match self.found.as_str() {
                    "text" => Found::Text(text),
                    "literal" => Found::Literal(text),
                    "thing" => Found::Thing(value_of(THINGS, &text)?),
                    _ => Found::Nothing,
                },
            },
            "unexpected_end" => ProblemKind::UnexpectedEnd,
            "unexpected_character" => {
                ProblemKind::UnexpectedCharacter(text.chars().next().unwrap_or('\u{fffd}'))
            }
            "too_deep" => ProblemKind::TooDeep { limit: count },
            "empty" => ProblemKind::Empty,
            "too_large" => ProblemKind::TooLarge {
                what: value_of(LIMITS, &self.thing)?,
                limit: self.count.unwrap_or_default(),
            },
            "newer_schema" => ProblemKind::NewerSchema {
                found: count as u32,
                supported: as_size(self.total) as u32,
            },
            "no_column" => ProblemKind::NoColumn {
                expected: text,
                found: self.other,
            },
            "duplicate_column" => ProblemKind::DuplicateColumn { name: text },
            "unclosed_quote" => ProblemKind::UnclosedQuote,
            "no_such_option" => ProblemKind::NoSuchOption {
                option: text,
                known: self.other,
            },
            "unknown_key" => ProblemKind::UnknownKey {
                key: text,
                nearest: self.nearest,
                known: self.other,
            },
            "unknown_choice" => ProblemKind::UnknownChoice {
                found: text,
                known: self.other,
            },
            "syntax" => ProblemKind::Syntax { message: text },
            "container" => ProblemKind::Container { message: text },
            "no_such_reader" => ProblemKind::NoSuchReader {
                name: text,
                nearest: self.nearest,
            },
            "unreadable" => ProblemKind::Unreadable { message: text },
            "not_found" => ProblemKind::NotFound,
            "http" => ProblemKind::Http {
                status: u16::try_from(count).unwrap_or_default(),
            },
            "other_origin" => ProblemKind::OtherOrigin,
            "nothing_found" => ProblemKind::NothingFound,
            "bug" => ProblemKind::Bug { message: text },
            _ => match self.read_matrix() {
                Some(error) => ProblemKind::Matrix(error),
                None => ProblemKind::Bug { message: self.code },
            },
        };
        Ok(Problem {
            kind,
            place,
            reader,
        })
    }

    fn put_matrix(&mut self, error: &MatrixError) -> &'static str {
        match error {
            MatrixError::NotSquare { rows, columns } => {
                self.total = Some(*columns as u64);
                self.count("matrix_not_square", *rows)
            }
            MatrixError::Ragged {
                row,
                found,
                expected,
            } => {
                self.total = Some(*expected as u64);
                self.rows("matrix_ragged", *found, *row)
            }
            MatrixError::Labels { labels, classes } => {
                self.total = Some(*classes as u64);
                self.count("matrix_labels", *labels)
            }
            MatrixError::DuplicateLabel(label) => self.text("matrix_duplicate_label", label),
            MatrixError::Negative { row, column, value } => {
                self.value = value.to_string();
                self.total = Some(*column as u64);
                self.row = Some(*row as u64);
                "matrix_negative"
            }
            MatrixError::NotFinite { row, column } => {
                self.total = Some(*column as u64);
                self.row = Some(*row as u64);
                "matrix_not_finite"
            }
            MatrixError::Empty => "matrix_empty",
            MatrixError::TooManyClasses(classes) => self.count("matrix_too_many", *classes),
        }
    }

    fn read_matrix(&self) -> Option<MatrixError> {
        let count = as_size(self.count);
        let (row, total) = (as_size(self.row), as_size(self.total));
        Some(match self.code.as_str() {
            "matrix_not_square" => MatrixError::NotSquare {
                rows: count,
                columns: total,
            },
            "matrix_ragged" => MatrixError::Ragged {
                row,
                found: count,
                expected: total,
            },
            "matrix_labels" => MatrixError::Labels {
                labels: count,
                classes: total,
            },
            "matrix_duplicate_label" => MatrixError::DuplicateLabel(self.text.clone()),
            "matrix_negative" => MatrixError::Negative {
                row,
                column: total,
                value: self.value.parse().unwrap_or(f64::NAN),
            },
            "matrix_not_finite" => MatrixError::NotFinite { row, column: total },
            "matrix_empty" => MatrixError::Empty,
            "matrix_too_many" => MatrixError::TooManyClasses(count),
            _ => return None,
        })
    }

    fn text(&mut self, code: &'static str, text: &str) -> &'static str {
        text.clone_into(&mut self.text);
        code
    }

    fn texts(&mut self, code: &'static str, texts: &[String]) -> &'static str {
        self.texts = texts.to_vec();
        code
    }

    fn count(&mut self, code: &'static str, count: usize) -> &'static str {
        self.count = Some(count as u64);
        code
    }

    fn rows(&mut self, code: &'static str, count: usize, row: usize) -> &'static str {
        self.row = Some(row as u64);
        self.count(code, count)
    }
}

impl PlaceWire {
    fn new(place: &Place) -> Self {
        let Place {
            artifact,
            line,
            column,
            key,
        } = place.clone();
        Self {
            artifact,
            line,
            column,
            key,
        }
    }

    fn copy(&self) -> Place {
        Place {
            artifact: self.artifact.clone(),
            line: self.line,
            column: self.column,
            key: self.key.clone(),
        }
    }

    fn read(self) -> Place {
        self.copy()
    }
}

fn as_size(count: Option<u64>) -> usize {
    usize::try_from(count.unwrap_or_default()).unwrap_or(usize::MAX)
}
