use super::{
    script::{Recorder, Script, Slot},
    table::DvcTable,
};
use crate::json::{Key, Peek, Pull};

/// What data say of their revision itself.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::readers) struct Stamp<'a> {
    pub rev: Option<Key<'a>>,
    pub timestamp: Option<Key<'a>>,
}

impl<'a> DvcTable<'a> {
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
        let mut stamp = Stamp::default();
        for (before, slot) in &script.steps {
            if !pull.follows(before) {
                return None;
            }
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
        }
        pull.follows(script.tail).then_some(stamp)
    }
}
