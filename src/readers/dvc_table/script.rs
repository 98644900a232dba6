//! What one revision's data looked like, so that the next one's need not be parsed but compared.
//!
//! Consecutive experiments differ in their values only: everything between two values, some 60 % of
//! an `exp show` file, is the same text again. A [`Script`] holds those texts and what to do with
//! the value behind each; following it takes one comparison for several keys. Where the next
//! revision differs, it is read from its beginning in the ordinary way, which writes a new script.

/// What is done with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::readers) enum Slot {
    /// It is a parameter or metric, of that node.
    Leaf(u32),
    /// It is the hash of a dependency or output, of that node.
    Hash(u32),
    /// It is the revision's sha.
    Rev,
    /// It is when the revision was made.
    Timestamp,
    /// Nothing.
    Skip,
}

/// The texts between values, and the values' slots.
#[derive(Debug, Default)]
pub(super) struct Script<'a> {
    /// What stands before a value, and its slot.
    pub steps: Vec<(&'a str, Slot)>,
    /// What stands behind the last one.
    pub tail: &'a str,
}

/// A script that is being written.
#[derive(Debug)]
pub(super) struct Recorder<'a> {
    text: &'a str,
    /// Where the last value ended.
    at: usize,
    steps: Vec<(&'a str, Slot)>,
    is_spoilt: bool,
}

impl<'a> Recorder<'a> {
    pub fn new(text: &'a str, start: usize) -> Self {
        Self {
            text,
            at: start,
            steps: Vec::new(),
            is_spoilt: false,
        }
    }

    /// Notes a value that stands from `start` to `end`.
    pub fn note(&mut self, start: usize, end: usize, slot: Slot) {
        match self.text.get(self.at..start) {
            Some(before) => self.steps.push((before, slot)),
            None => self.is_spoilt = true,
        }
        self.at = end;
    }

    /// Something was met that a script can't say.
    pub fn spoil(&mut self) {
        self.is_spoilt = true;
    }

    /// The script, where it says everything up to `end`.
    pub fn finish(self, end: usize) -> Option<Script<'a>> {
        let tail = self.text.get(self.at..end)?;
        let steps = self.steps;
        (!self.is_spoilt).then_some(Script { steps, tail })
    }
}

/// Whether following scripts pays: where every second one fails, it doesn't.
#[derive(Debug, Default)]
pub(super) struct Luck {
    n_followed: usize,
    n_failed: usize,
}

impl Luck {
    pub fn tell(&mut self, is_followed: bool) {
        self.n_followed += usize::from(is_followed);
        self.n_failed += usize::from(!is_followed);
    }

    pub fn is_good(&self) -> bool {
        self.n_failed < 20 + self.n_followed / 2
    }
}
