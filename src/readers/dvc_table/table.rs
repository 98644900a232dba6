use super::{
    keys::{Keys, root_of},
    script::{Luck, Recorder, Script, Slot},
};
use crate::{
    json::{self, Error, Number, Paths, Peek, Pull},
    model::{
        Artifact, Cell, Cells, Column, ColumnKind, Content, Direction, Finding, FoundTable, Limit,
        NoticeKind, Notices, Place, ProblemKind, Revision, TextKind,
    },
};

/// Columns of one table: a diagnosis that writes a metric for each sample reaches it.
const MAX_COLUMNS: usize = 20_000;

/// Cells of one table: 800 MB where all are numbers.
const MAX_CELLS: usize = 100_000_000;

/// Duplicate keys that are reported.
const MAX_DUPLICATES: usize = 20;

/// A table under way.
pub(in crate::readers) struct DvcTable<'a> {
    /// One for each row.
    pub revisions: Vec<Revision>,
    columns: Vec<Column>,
    /// What each column was last stated in: a second time in one is a duplicate key.
    stated_in: Vec<u32>,
    pub(super) statement: u32,
    keys: Keys<'a>,
    paths: Paths,
    pub(super) duplicates: Vec<String>,
    pub(super) n_non_finite: usize,
    passed_over: Vec<String>,
    pub(super) script: Script<'a>,
    pub(super) recorder: Option<Recorder<'a>>,
    pub(super) luck: Luck,
}

impl<'a> DvcTable<'a> {
    /// Of a document of so many bytes.
    pub fn new(n_bytes: usize) -> Self {
        Self {
            revisions: Vec::new(),
            columns: Vec::new(),
            stated_in: Vec::new(),
            statement: 0,
            keys: Keys::new(),
            paths: Paths::of(n_bytes),
            duplicates: Vec::new(),
            n_non_finite: 0,
            passed_over: Vec::new(),
            script: Script::default(),
            recorder: None,
            luck: Luck::default(),
        }
    }

    /// Adds a row of which nothing is known but its kind; its index.
    pub fn add_row(&mut self, revision: Revision, pull: &Pull<'_>) -> Result<usize, Error> {
        self.revisions.push(revision);
        self.statement += 1;
        self.check_size(pull)?;
        Ok(self.revisions.len() - 1)
    }

    /// Reads the value of `hash`.
    pub(super) fn hash(
        &mut self,
        pull: &mut Pull<'a>,
        node: u32,
        peek: Peek,
        row: usize,
    ) -> Result<(), Error> {
        if peek != Peek::String {
            pull.known_skip(peek)?;
            return self.state(pull, node, row, Cell::Missing);
        }
        let hash = pull.known_text()?.text();
        self.state(pull, node, row, Cell::Text(TextKind::Hash, &hash))
    }

    /// Notes something that is passed over.
    pub fn pass_over(&mut self, what: &str) {
        self.spoil();
        if self.passed_over.len() < MAX_DUPLICATES {
            self.passed_over.push(json::shorten(what));
        }
    }

    /// Reads `{path: FileResult}`, or `{path: tree}` where results are bare (DVC before 2.6).
    pub fn files(
        &mut self,
        pull: &mut Pull<'a>,
        kind: ColumnKind,
        is_bare: bool,
        row: usize,
    ) -> Result<(), Error> {
        if !self.enters(pull, Peek::Object)? {
            return Ok(());
        }
        let (root, mut at) = (root_of(kind), 0);
        let mut key = pull.object()?;
        while let Some(file) = key {
            let node = self.keys.child(root, &mut at, file);
            if is_bare {
                let peek = pull.peek()?;
                self.noted_values(pull, node, peek, row)?;
            } else {
                self.file_result(pull, node, row)?;
            }
            key = pull.key()?;
        }
        Ok(())
    }

    /// Reads `{path: {hash, size, nfiles}}`.
    pub fn hashes(
        &mut self,
        pull: &mut Pull<'a>,
        kind: ColumnKind,
        row: usize,
    ) -> Result<(), Error> {
        if !self.enters(pull, Peek::Object)? {
            return Ok(());
        }
        let (root, mut at) = (root_of(kind), 0);
        let mut key = pull.object()?;
        while let Some(path) = key {
            let node = self.keys.child(root, &mut at, path);
            if self.enters(pull, Peek::Object)? {
                let mut field = pull.object()?;
                while let Some(name) = field {
                    let peek = pull.peek()?;
                    let start = pull.offset();
                    if name.raw() == "hash" {
                        self.hash(pull, node, peek, row)?;
                        self.note(start, pull, Slot::Hash(node));
                    } else {
                        pull.known_skip(peek)?;
                        // What is `null`, or true, mostly is so everywhere: that is compared.
                        let is_constant = matches!(peek, Peek::Null | Peek::True | Peek::False);
                        if !is_constant && peek != Peek::Object {
                            self.note(start, pull, Slot::Skip);
                        }
                    }
                    field = pull.key()?;
                }
            }
            key = pull.key()?;
        }
        Ok(())
    }

    /// Whether `expected` comes next. Else it is passed over; `null` is nothing to tell of.
    pub fn enters(&mut self, pull: &mut Pull<'a>, expected: Peek) -> Result<bool, Error> {
        let peek = pull.peek()?;
        if peek == expected {
            return Ok(true);
        }
        let what = pull.known_skip(peek)?;
        if peek != Peek::Null {
            self.pass_over(what);
        }
        Ok(false)
    }

    /// Everything that was found, and what the reader should know of it.
    pub fn finish(mut self, artifact: &Artifact, notices: &mut Notices) -> Vec<Finding> {
        let place = || Place::artifact(&artifact.path);
        for key in self.duplicates {
            notices.push(NoticeKind::DuplicateKey { key }, place());
        }
        for what in self.passed_over {
            notices.push(NoticeKind::PassedOver { what }, place());
        }
        if self.n_non_finite > 0 {
            let count = self.n_non_finite;
            notices.push(NoticeKind::NonFinite { count }, place());
        }
        for column in &mut self.columns {
            column.cells.grow(self.revisions.len());
        }
        vec![Finding::new(Content::Table(FoundTable {
            revisions: self.revisions,
            columns: self.columns,
        }))]
    }

    /// Reads `{"data": tree}` or `{"error": {…}}`.
    fn file_result(&mut self, pull: &mut Pull<'a>, file: u32, row: usize) -> Result<(), Error> {
        if !self.enters(pull, Peek::Object)? {
            return Ok(());
        }
        let mut key = pull.object()?;
        while let Some(field) = key {
            let peek = pull.peek()?;
            match field.raw() {
                "data" => self.noted_values(pull, file, peek, row)?,
                "error" if peek != Peek::Null => {
                    self.spoil();
                    let message = error_message(pull)?;
                    let file = self.keys.text(file).to_owned();
                    if let Some(revision) = self.revisions.get_mut(row) {
                        revision.file_errors.push((file, message));
                    }
                }
                _ => drop(pull.known_skip(peek)?),
            }
            key = pull.key()?;
        }
        Ok(())
    }

    /// Reads a tree of values, noting its leaves.
    fn noted_values(
        &mut self,
        pull: &mut Pull<'a>,
        node: u32,
        peek: Peek,
        row: usize,
    ) -> Result<(), Error> {
        let start = pull.offset();
        self.values(pull, node, peek, row)?;
        if peek != Peek::Object {
            self.note(start, pull, Slot::Leaf(node));
        }
        Ok(())
    }

    /// Reads a tree of values.
    pub(super) fn values(
        &mut self,
        pull: &mut Pull<'a>,
        node: u32,
        peek: Peek,
        row: usize,
    ) -> Result<(), Error> {
        match peek {
            Peek::Object => {
                let mut at = 0;
                let mut key = pull.object()?;
                while let Some(name) = key {
                    let child = self.keys.child(node, &mut at, name);
                    let peek = pull.peek()?;
                    self.noted_values(pull, child, peek, row)?;
                    key = pull.key()?;
                }
                Ok(())
            }
            Peek::Array => {
                let raw = pull.known_skip(peek)?;
                let text = self.keys.compact_list(node, raw);
                self.state(pull, node, row, Cell::Text(TextKind::Structure, &text))
            }
            Peek::String => {
                let text = pull.known_text()?.text();
                let is_metric = self.keys.kind(node) == ColumnKind::Metric;
                match json::non_finite(&text).filter(|_| is_metric) {
                    Some(value) => self.state(pull, node, row, Cell::Number(value)),
                    None => self.state(pull, node, row, Cell::Text(TextKind::Plain, &text)),
                }
            }
            Peek::Null => {
                pull.known_null()?;
                // A parameter may be null; a metric that is, DVC itself leaves out.
                if self.keys.kind(node) == ColumnKind::Param {
                    self.state(pull, node, row, Cell::Missing)?;
                }
                Ok(())
            }
            Peek::True | Peek::False => {
                let value = pull.known_bool(peek)?;
                let text = if value { "true" } else { "false" };
                self.state(pull, node, row, Cell::Text(TextKind::Bool, text))
            }
            _ => match pull.known_number()? {
                Number::Float(value) => self.state(pull, node, row, Cell::Number(value)),
                Number::BigInteger(digits) => {
                    self.state(pull, node, row, Cell::Text(TextKind::BigInteger, digits))
                }
            },
        }
    }

    /// States the value of a leaf.
    fn state(
        &mut self,
        pull: &Pull<'_>,
        node: u32,
        row: usize,
        cell: Cell<'_>,
    ) -> Result<(), Error> {
        let column_idx = match self.keys.column(node) {
            Some(column_idx) => column_idx,
            None => self.add_column(pull, node)?,
        };
        if let Cell::Number(value) = cell
            && !value.is_finite()
        {
            self.n_non_finite += 1;
        }
        let (Some(column), Some(stated_in)) = (
            self.columns.get_mut(column_idx),
            self.stated_in.get_mut(column_idx),
        ) else {
            return Ok(());
        };
        if *stated_in == self.statement && self.duplicates.len() < MAX_DUPLICATES {
            self.duplicates.push(column.id.full());
        }
        *stated_in = self.statement;
        column.cells.set(row, cell);
        Ok(())
    }

    #[cold]
    fn add_column(&mut self, pull: &Pull<'_>, node: u32) -> Result<usize, Error> {
        let (kind, id) = self.keys.id(node);
        let counted = self.paths.count(&id.path);
        counted.map_err(|kind| Error::new(kind, pull.offset()))?;
        self.columns.push(Column {
            id,
            kind,
            direction: Direction::Unknown,
            cells: Cells::default(),
            sources: Vec::new(),
        });
        self.stated_in.push(0);
        let column_idx = self.columns.len() - 1;
        self.keys.set_column(node, column_idx);
        self.check_size(pull)?;
        Ok(column_idx)
    }

    fn check_size(&self, pull: &Pull<'_>) -> Result<(), Error> {
        let n_cells = self.columns.len().saturating_mul(self.revisions.len());
        let (what, limit) = if self.columns.len() > MAX_COLUMNS {
            (Limit::Columns, MAX_COLUMNS)
        } else if n_cells > MAX_CELLS {
            (Limit::Values, MAX_CELLS)
        } else {
            return Ok(());
        };
        let limit = limit as u64;
        let kind = ProblemKind::TooLarge { what, limit };
        Err(Error::new(kind, pull.offset()))
    }
}

/// Reads `{"type": …, "msg": …}` or a bare string: the message, else the type.
pub(in crate::readers) fn error_message(pull: &mut Pull<'_>) -> Result<String, Error> {
    match pull.peek()? {
        Peek::String => Ok(pull.known_text()?.text().into_owned()),
        Peek::Object => {
            let (mut message, mut kind) = (String::new(), String::new());
            let mut key = pull.object()?;
            while let Some(field) = key {
                match (field.raw(), pull.peek()?) {
                    ("msg", Peek::String) => message = pull.known_text()?.text().into_owned(),
                    ("type", Peek::String) => kind = pull.known_text()?.text().into_owned(),
                    (_, peek) => drop(pull.known_skip(peek)?),
                }
                key = pull.key()?;
            }
            Ok(if message.is_empty() { kind } else { message })
        }
        peek => Ok(pull.known_skip(peek)?.to_owned()),
    }
}
