use super::{MatrixError, Place};

/// Something that the reader of the page should know. Worded by `words`.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What.
    pub kind: NoticeKind,
    /// Where, when it is about an artifact.
    pub place: Option<Place>,
}

/// What a notice says.
#[derive(Clone, Debug, PartialEq)]
pub enum NoticeKind {
    /// A reader took the artifact.
    ReaderTook {
        /// Its id.
        reader: String,
    },
    /// No reader knows the artifact: it is listed and can be downloaded, nothing more.
    Unclaimed,
    /// Several readers could take it: name one by `--as`.
    Ambiguous {
        /// Their ids.
        readers: Vec<String>,
    },
    /// `exp show --csv` and `--md` lose what `--json` keeps.
    UseJson,
    /// Numbers that are `NaN` or infinite.
    NonFinite {
        /// How many.
        count: usize,
    },
    /// Numbers that stand in quotes: text, which can't be compared.
    QuotedNumbers {
        /// How many.
        count: usize,
    },
    /// A key stood twice; the last one counts, as in Python and JavaScript.
    DuplicateKey {
        /// The key path.
        key: String,
    },
    /// Text stood before the JSON document (warnings captured with it).
    TextBefore,
    /// Something stood after the first JSON document.
    TextAfter,
    /// Bytes that are not UTF-8 were replaced.
    InvalidUtf8,
    /// The text was in another encoding than UTF-8 and was converted.
    Converted {
        /// `UTF-16LE`…
        encoding: &'static str,
    },
    /// Integers too large for a 64-bit float were rounded.
    Rounded {
        /// How many.
        count: usize,
    },
    /// Two artifacts state different values for one thing; the first one is shown.
    Conflict {
        /// The column: `assets/metrics.json:test_recall`.
        column: String,
        /// The revision's label.
        revision: String,
        /// The value that is shown.
        shown: String,
        /// The value that is not.
        other: String,
        /// The artifact that states the other one.
        artifact: String,
    },
    /// The artifact names a revision that the report doesn't have.
    Unassigned {
        /// The name.
        revision: String,
    },
    /// Folders with the same files were taken for revisions.
    RevisionFolders {
        /// The folder of the current revision; `None` for all that lies outside of the baseline's.
        current: Option<String>,
        /// The folder of the baseline.
        baseline: String,
    },
    /// A tool could not read a file in some revision.
    FileError {
        /// The revision's label.
        revision: String,
        /// The tool's message.
        message: String,
    },
    /// Rows without both values were left out.
    RowsSkipped {
        /// How many.
        count: usize,
        /// 1-based data row of the first.
        first: usize,
    },
    /// Rows of another length than the header were padded or cut.
    RaggedRows {
        /// How many.
        count: usize,
        /// 1-based data row of the first.
        first: usize,
    },
    /// The file's name says what it is, but its header doesn't name the columns: name them by `--as`.
    ColumnsNotFound {
        /// Id of the reader that would take it.
        reader: String,
        /// Names that would do.
        expected: String,
        /// The header's own names, joined.
        found: String,
    },
    /// Actual and predicted values are measured numbers, not classes: there is nothing to confuse.
    NotClasses {
        /// How many different values there are.
        distinct: usize,
    },
    /// The margins of a crosstab were taken off.
    MarginsStripped,
    /// The matrix holds shares, not counts.
    SharesNotCounts,
    /// The matrix holds fractions: weighted samples.
    Weighted,
    /// The matrix says nothing about its labels: classes are numbered.
    NoLabels,
    /// A picture lies on another host; it is not loaded.
    RemoteImage {
        /// The host.
        host: String,
    },
    /// A picture is not among the artifacts.
    MissingImage {
        /// Its path.
        path: String,
    },
    /// Private paths, hosts or users were taken out before publishing.
    Stripped {
        /// How many.
        count: usize,
    },
    /// Sections of the bundle that this careo doesn't know; they are kept.
    UnknownSections {
        /// Their names.
        names: Vec<String>,
    },
    /// Parts of the address that this careo doesn't know; they are kept.
    UnknownAddressKeys {
        /// The keys.
        keys: Vec<String>,
    },
    /// The address names something that is gone.
    Gone {
        /// What it names.
        what: String,
        /// The nearest thing that exists.
        nearest: Option<String>,
    },
    /// No worker could be started: reading goes on in slices on the page.
    NoWorker,
    /// A part of a container was passed over.
    EntrySkipped {
        /// Its name in the container.
        entry: String,
    },
    /// More than a view can show; the rest is counted.
    Limited {
        /// How many are shown.
        shown: usize,
        /// How many there are.
        total: usize,
    },
    /// Something else in the artifact was not as expected and was passed over.
    PassedOver {
        /// What, in the artifact's own words.
        what: String,
    },
}

/// Something that failed. Worded, with its help, by `words`.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// Where.
    pub place: Option<Place>,
    /// Id of the reader that met it.
    pub reader: Option<String>,
}

/// Functions that call one another hand a problem on in a box: it is large to move.
impl From<Box<Problem>> for Problem {
    fn from(problem: Box<Problem>) -> Self {
        *problem
    }
}

/// What a problem says.
#[derive(Clone, Debug, PartialEq)]
pub enum ProblemKind {
    /// A value of another kind than the format has there.
    Expected {
        /// What the format has: a [`Thing`].
        expected: Thing,
        /// What was found, shortened: `the string "n/a"` is `Found::Text("n/a")`.
        found: Found,
    },
    /// The document ends before it is complete.
    UnexpectedEnd,
    /// A character that can't stand there.
    UnexpectedCharacter(char),
    /// Nested deeper than careo follows.
    TooDeep {
        /// The limit in levels.
        limit: usize,
    },
    /// Nothing in it.
    Empty,
    /// Larger than careo takes.
    TooLarge {
        /// What is counted.
        what: Limit,
        /// The limit.
        limit: u64,
    },
    /// The numbers are not a confusion matrix.
    Matrix(MatrixError),
    /// The bundle was made by a newer careo.
    NewerSchema {
        /// Its schema.
        found: u32,
        /// The newest that this one reads.
        supported: u32,
    },
    /// The header has no column of that meaning.
    NoColumn {
        /// Names that would do.
        expected: String,
        /// The header's own names, joined.
        found: String,
    },
    /// Two columns of the header have one name, and it is needed.
    DuplicateColumn {
        /// The name.
        name: String,
    },
    /// A quote in delimited text is never closed: it would swallow the rest of the file.
    UnclosedQuote,
    /// An option in `--as READER(OPTION=VALUE):PATH` that the reader doesn't have or can't follow.
    NoSuchOption {
        /// The option, or what stands where one was expected.
        option: String,
        /// The options that the reader has, joined.
        known: String,
    },
    /// A key of `careo.toml` that careo doesn't know.
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest known one.
        nearest: Option<String>,
        /// The known ones, joined.
        known: String,
    },
    /// A word that isn't one of those that may stand there.
    UnknownChoice {
        /// The word.
        found: String,
        /// Those that may, joined.
        known: String,
    },
    /// A number of `careo.toml` that is too small or too large.
    OutOfRange {
        /// The number, as it stands there.
        found: String,
        /// The lower end.
        low: String,
        /// The upper end: "∞" where there is none; empty where there is none and the lower end is
        /// too small as well.
        high: String,
    },
    /// A name that may stand once only.
    Twice {
        /// The name.
        name: String,
    },
    /// A key of `careo.toml` that means nothing without another one.
    NeedsKey {
        /// The other one.
        key: String,
    },
    /// The YAML, TOML or CSV library's own words.
    Syntax {
        /// Its message, in English.
        message: String,
    },
    /// A container that can't be opened, or a part of it.
    Container {
        /// What is wrong, in English.
        message: String,
    },
    /// A reader was named that doesn't exist.
    NoSuchReader {
        /// The name.
        name: String,
        /// The nearest that exists.
        nearest: Option<String>,
    },
    /// The file or address can't be read.
    Unreadable {
        /// The system's message.
        message: String,
    },
    /// The server has no such file.
    NotFound,
    /// The server refused.
    Http {
        /// The status code.
        status: u16,
    },
    /// The address leads to another origin.
    OtherOrigin,
    /// No artifact at all.
    NothingFound,
    /// A bug in careo.
    Bug {
        /// What is known of it, in English.
        message: String,
    },
}

/// What a format has in some place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A number.
    Number,
    /// A number in a cell of a confusion matrix.
    Count,
    /// A string.
    Text,
    /// `true` or `false`.
    Bool,
    /// A list.
    List,
    /// A list of two texts: a noun for one and for many.
    TwoTexts,
    /// An object.
    Object,
    /// A list of lists of numbers.
    Matrix,
    /// A JSON value.
    Value,
    /// A key in double quotes.
    Key,
}

/// What stood there instead.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A string, cut to 40 characters.
    Text(String),
    /// A number or other literal, as it was written.
    Literal(String),
    /// Something of that kind.
    Thing(Thing),
    /// Nothing: the key is missing.
    Nothing,
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of one artifact.
    Bytes,
    /// Bytes of a container after unpacking.
    UnpackedBytes,
    /// Files in a container.
    Entries,
    /// Rows.
    Rows,
    /// Columns.
    Columns,
    /// Classes of a matrix.
    Classes,
    /// Values in all.
    Values,
    /// Bytes of the keys from the root to each value.
    KeyPaths,
    /// Bytes of a class's label.
    Label,
}

/// The notices of one reading. Readers keep going and push what the reader of the page should
/// know; the signature makes it impossible to overlook.
#[derive(Debug, Default)]
pub struct Notices(Vec<Notice>);

impl Notices {
    /// Adds a notice about a place.
    pub fn push(&mut self, kind: NoticeKind, place: Place) {
        self.0.push(Notice {
            kind,
            place: Some(place),
        });
    }

    /// Everything that was pushed, in order.
    pub fn into_vec(self) -> Vec<Notice> {
        self.0
    }
}
