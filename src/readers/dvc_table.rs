//! Revisions with their values, as DVC's `--json` commands state them: `{path: FileResult}` trees of
//! parameters and metrics, hashes of dependencies and outputs. Shared by the readers of `exp show`
//! and `metrics show`.
//!
//! One pass, no tree: keys are looked up where the previous revision had them, which is where they
//! are.

use std::collections::HashMap;

use super::dvc_replay::{Luck, Recorder, Script, Slot};
use crate::{
    json::{self, Error, Key, Number, Peek, Pull},
    model::{
        Artifact, Cell, Cells, Column, ColumnId, ColumnKind, Content, Direction, Finding,
        FoundTable, Limit, NoticeKind, Notices, Place, ProblemKind, Revision, TextKind,
    },
};

/// Columns of one table: a diagnosis that writes a metric for each sample reaches it.
const MAX_COLUMNS: usize = 20_000;

/// Cells of one table: 800 MB where all are numbers.
const MAX_CELLS: usize = 100_000_000;

/// Duplicate keys that are reported.
const MAX_DUPLICATES: usize = 20;

/// Objects with fewer keys are searched, larger ones are hashed.
const FEW_KEYS: usize = 16;

/// A table under way.
pub(super) struct DvcTable<'a> {
    /// One for each row.
    pub revisions: Vec<Revision>,
    columns: Vec<Column>,
    /// What each column was last stated in: a second time in one is a duplicate key.
    stated_in: Vec<u32>,
    statement: u32,
    nodes: Vec<Node<'a>>,
    duplicates: Vec<String>,
    n_non_finite: usize,
    passed_over: Vec<String>,
    script: Script<'a>,
    recorder: Option<Recorder<'a>>,
    luck: Luck,
}

/// A key in some place of the trees of all revisions.
struct Node<'a> {
    /// As it was first written; compared before anything else.
    raw: &'a str,
    /// Without escapes, where there were any.
    text: Option<Box<str>>,
    parent: u32,
    kind: ColumnKind,
    children: Vec<u32>,
    /// Index into `children` by unescaped key, filled where there are many.
    child_by_text: HashMap<Box<str>, usize>,
    /// The column of its leaf values, once there was one.
    column: Option<u32>,
    /// The last list that stood here and its compact form: lists repeat from row to row.
    last_list: (&'a str, Box<str>),
}

/// The tree of a kind of column.
fn root_of(kind: ColumnKind) -> u32 {
    match kind {
        ColumnKind::Param => 0,
        ColumnKind::Metric => 1,
        ColumnKind::Dependency => 2,
        ColumnKind::Output => 3,
    }
}

impl<'a> DvcTable<'a> {
    pub fn new() -> Self {
        let kinds = [
            ColumnKind::Param,
            ColumnKind::Metric,
            ColumnKind::Dependency,
            ColumnKind::Output,
        ];
        Self {
            revisions: Vec::new(),
            columns: Vec::new(),
            stated_in: Vec::new(),
            statement: 0,
            nodes: kinds.map(|kind| Node::new("", None, 0, kind)).into(),
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

    /// Follows the script of the revision before, from the `{` of its data that comes next to behind
    /// the `}`: what it says of sha and time. `None` where this revision's data look different; then
    /// nothing is taken, and a new script begins to be written.
    pub fn replay(&mut self, pull: &mut Pull<'a>, row: usize) -> Option<Stamp<'a>> {
        let start = pull.offset();
        if self.luck.is_good() && !self.script.steps.is_empty() {
            let before = (self.n_non_finite, self.duplicates.len());
            let script = std::mem::take(&mut self.script);
            let followed = self.follow(&script, pull, row);
            self.luck.tell(followed.is_some());
            if followed.is_some() {
                self.script = script;
                return followed;
            }
            self.n_non_finite = before.0;
            self.duplicates.truncate(before.1);
            // What was stated so far is stated again, which makes no duplicates.
            self.statement += 1;
            pull.jump(start);
        }
        if self.luck.is_good() {
            self.recorder = Some(Recorder::new(pull.text(), start));
        }
        None
    }

    /// Ends the writing of the script at the end of the data.
    pub fn end_script(&mut self, pull: &Pull<'a>) {
        let recorder = self.recorder.take();
        let script = recorder.and_then(|it| it.finish(pull.offset()));
        self.script = script.unwrap_or_default();
    }

    /// Notes a value for the script that is being written.
    pub fn note(&mut self, start: usize, pull: &Pull<'a>, slot: Slot) {
        if let Some(recorder) = &mut self.recorder {
            recorder.note(start, pull.offset(), slot);
        }
    }

    /// Lets the script that is being written be none.
    pub fn spoil(&mut self) {
        if let Some(recorder) = &mut self.recorder {
            recorder.spoil();
        }
    }

    fn follow(
        &mut self,
        script: &Script<'a>,
        pull: &mut Pull<'a>,
        row: usize,
    ) -> Option<Stamp<'a>> {
        let text = pull.text();
        let mut stamp = Stamp::default();
        let mut at = pull.offset();
        for (before, slot) in &script.steps {
            if !text.get(at..)?.starts_with(before) {
                return None;
            }
            pull.jump(at + before.len());
            let peek = pull.peek().ok()?;
            match slot {
                _ if peek == Peek::Object => return None,
                Slot::Leaf(node) => self.values(pull, *node, peek, row).ok()?,
                Slot::Hash(node) => self.hash(pull, *node, peek, row).ok()?,
                Slot::Rev if peek == Peek::String => stamp.rev = Some(pull.known_text().ok()?),
                Slot::Timestamp if peek == Peek::String => {
                    stamp.timestamp = Some(pull.known_text().ok()?);
                }
                Slot::Rev | Slot::Timestamp => return None,
                Slot::Skip => drop(pull.known_skip(peek).ok()?),
            }
            at = pull.offset();
        }
        if !text.get(at..)?.starts_with(script.tail) {
            return None;
        }
        pull.jump(at + script.tail.len());
        Some(stamp)
    }

    /// Reads the value of `hash`.
    fn hash(
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
            let node = self.child(root, &mut at, file);
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
            let node = self.child(root, &mut at, path);
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
                    let file = self.key_text(file).to_owned();
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
    fn values(
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
                    let child = self.child(node, &mut at, name);
                    let peek = pull.peek()?;
                    self.noted_values(pull, child, peek, row)?;
                    key = pull.key()?;
                }
                Ok(())
            }
            Peek::Array => {
                let raw = pull.known_skip(peek)?;
                let known = self.nodes.get_mut(node as usize);
                let text = match known {
                    Some(known) if known.last_list.0 == raw => known.last_list.1.clone(),
                    Some(known) => {
                        let text: Box<str> = json::compact(raw).into();
                        known.last_list = (raw, text.clone());
                        text
                    }
                    None => raw.into(),
                };
                self.state(pull, node, row, Cell::Text(TextKind::Structure, &text))
            }
            Peek::String => {
                let text = pull.known_text()?.text();
                let is_metric = self.kind(node) == ColumnKind::Metric;
                match json::non_finite(&text).filter(|_| is_metric) {
                    Some(value) => self.state(pull, node, row, Cell::Number(value)),
                    None => self.state(pull, node, row, Cell::Text(TextKind::Plain, &text)),
                }
            }
            Peek::Null => {
                pull.known_null()?;
                // A parameter may be null; a metric that is, DVC itself leaves out.
                if self.kind(node) == ColumnKind::Param {
                    self.state(pull, node, row, Cell::Missing)?;
                }
                Ok(())
            }
            Peek::True | Peek::False => {
                let value = pull.known_bool(peek)?;
                let text = if value { "true" } else { "false" };
                self.state(pull, node, row, Cell::Text(TextKind::Bool, text))
            }
            _ => match pull.known_number(peek)? {
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
        let column_idx = match self.nodes.get(node as usize).and_then(|it| it.column) {
            Some(column) => column as usize,
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
        let mut path = Vec::new();
        let mut at = node;
        // Up to the node of the file, whose parent is the root of its kind.
        while let Some(known) = self.nodes.get(at as usize)
            && known.parent >= ROOTS
        {
            path.push(self.key_text(at).to_owned());
            at = known.parent;
        }
        path.reverse();
        let kind = self.kind(node);
        self.columns.push(Column {
            id: ColumnId {
                file: self.key_text(at).to_owned(),
                path,
            },
            kind,
            direction: Direction::Unknown,
            cells: Cells::default(),
            sources: Vec::new(),
        });
        self.stated_in.push(0);
        let column_idx = self.columns.len() - 1;
        if let Some(known) = self.nodes.get_mut(node as usize) {
            known.column = u32::try_from(column_idx).ok();
        }
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
        Err(Error {
            kind: ProblemKind::TooLarge {
                what,
                limit: limit as u64,
            },
            offset: pull.offset(),
        })
    }

    /// The child of that key, made where there is none. `at` is where it is expected among the
    /// children; then behind it.
    fn child(&mut self, node: u32, at: &mut usize, key: Key<'a>) -> u32 {
        let children = self.nodes.get(node as usize).map(|it| &it.children);
        let guess = children.and_then(|it| it.get(*at)).copied();
        if let Some(guess) = guess
            && self
                .nodes
                .get(guess as usize)
                .is_some_and(|it| it.raw == key.raw())
        {
            *at += 1;
            return guess;
        }
        self.find_child(node, at, key)
    }

    #[cold]
    fn find_child(&mut self, node: u32, at: &mut usize, key: Key<'a>) -> u32 {
        let text = key.text();
        let Some(parent) = self.nodes.get(node as usize) else {
            return node;
        };
        let found = if parent.children.len() < FEW_KEYS {
            let mut children = parent.children.iter();
            children.position(|child| self.key_text(*child) == text)
        } else {
            parent.child_by_text.get(&*text).copied()
        };
        if let Some(idx) = found
            && let Some(child) = parent.children.get(idx)
        {
            *at = idx + 1;
            return *child;
        }
        let child = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let kind = self.kind(node);
        let unescaped = key.plain().is_none().then(|| text.clone().into());
        self.nodes.push(Node::new(key.raw(), unescaped, node, kind));
        let Some(parent) = self.nodes.get_mut(node as usize) else {
            return child;
        };
        parent.children.push(child);
        *at = parent.children.len();
        if parent.children.len() >= FEW_KEYS {
            let mut by_text = std::mem::take(&mut parent.child_by_text);
            let siblings = parent.children.iter().enumerate().skip(by_text.len());
            let siblings: Vec<(usize, u32)> = siblings.map(|(idx, it)| (idx, *it)).collect();
            for (idx, sibling) in siblings {
                by_text.insert(self.key_text(sibling).into(), idx);
            }
            if let Some(parent) = self.nodes.get_mut(node as usize) {
                parent.child_by_text = by_text;
            }
        }
        child
    }

    fn kind(&self, node: u32) -> ColumnKind {
        let known = self.nodes.get(node as usize);
        known.map_or(ColumnKind::Metric, |it| it.kind)
    }

    fn key_text(&self, node: u32) -> &str {
        match self.nodes.get(node as usize) {
            Some(known) => known.text.as_deref().unwrap_or(known.raw),
            None => "",
        }
    }
}

/// What data say of their revision itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stamp<'a> {
    pub rev: Option<Key<'a>>,
    pub timestamp: Option<Key<'a>>,
}

/// The roots of the four trees are the first nodes.
const ROOTS: u32 = 4;

impl<'a> Node<'a> {
    fn new(raw: &'a str, text: Option<Box<str>>, parent: u32, kind: ColumnKind) -> Self {
        Self {
            raw,
            text,
            parent,
            kind,
            children: Vec::new(),
            child_by_text: HashMap::new(),
            column: None,
            last_list: ("", Box::default()),
        }
    }
}

/// Reads `{"type": …, "msg": …}` or a bare string: the message, else the type.
pub(super) fn error_message(pull: &mut Pull<'_>) -> Result<String, Error> {
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
