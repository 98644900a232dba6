use crate::{
    json::{Error, Pull},
    model::ProblemKind,
};

/// A piece of the document that can be read and written.
///
/// Not serde: the code that it derives is several times as large. Here each record names its fields
/// once, for both directions, and everything else is shared.
pub(super) trait Value {
    /// Takes the value that comes next.
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error>;

    /// Adds the value to a document.
    fn write(&mut self, out: &mut Vec<u8>);

    /// Whether an optional field with this value is left out.
    fn is_empty(&self) -> bool {
        false
    }
}

/// An object of the document.
pub(super) trait Record {
    /// The field that says which other fields there are. It is read first, wherever it stands.
    fn tag(&self) -> Option<&'static str> {
        None
    }

    /// Names each field, in the order in which they are written.
    fn fields(&mut self, fields: &mut Fields<'_, '_>);
}

/// What is done with the fields of a record.
pub(super) struct Fields<'f, 't> {
    task: Task<'f, 't>,
    /// Bit of the next field in `seen`.
    bit: u32,
    /// The fields that were read.
    seen: u32,
}

enum Task<'f, 't> {
    Write(&'f mut Vec<u8>),
    Read {
        key: &'f str,
        pull: &'f mut Pull<'t>,
        outcome: Option<Result<(), Error>>,
    },
    FindMissing(Option<&'static str>),
}

#[derive(Clone, Copy, PartialEq)]
enum Need {
    Required,
    Kept,
    Optional,
}

impl Fields<'_, '_> {
    /// A field that is always there.
    pub fn required(&mut self, key: &'static str, value: &mut dyn Value) {
        self.field(key, Need::Required, value);
    }

    /// A field that is always written, and may be missing.
    pub fn kept(&mut self, key: &'static str, value: &mut dyn Value) {
        self.field(key, Need::Kept, value);
    }

    /// A field that is left out where it is empty.
    pub fn optional(&mut self, key: &'static str, value: &mut dyn Value) {
        self.field(key, Need::Optional, value);
    }

    #[inline(never)]
    fn field(&mut self, key: &'static str, need: Need, value: &mut dyn Value) {
        let bit = self.bit;
        self.bit = bit << 1;
        match &mut self.task {
            Task::Write(out) => {
                if need != Need::Optional || !value.is_empty() {
                    out.extend_from_slice(if self.seen == 0 { b"\"" } else { b",\"" });
                    out.extend_from_slice(key.as_bytes());
                    out.extend_from_slice(b"\":");
                    value.write(out);
                    self.seen |= bit;
                }
            }
            Task::Read {
                key: found,
                pull,
                outcome,
            } => {
                if *found == key {
                    *outcome = Some(if self.seen & bit == 0 {
                        value.read(pull)
                    } else {
                        let error = fault(&format!("duplicate field `{key}`"));
                        pull.peek().and_then(|_| Err(placed(error, pull.offset())))
                    });
                    self.seen |= bit;
                }
            }
            Task::FindMissing(missing) => {
                if need == Need::Required && self.seen & bit == 0 {
                    missing.get_or_insert(key);
                }
            }
        }
    }
}

/// The offset of errors in values that JSON has no quarrel with: [`placed`] gives them one.
const NOWHERE: usize = usize::MAX;

/// An error in the values of a section that is well-formed otherwise.
pub(super) fn fault(message: &str) -> Error {
    let message = message.to_owned();
    Error::new(ProblemKind::Syntax { message }, NOWHERE)
}

/// An error of values, at the section or item that holds them.
pub(super) fn placed(error: Error, offset: usize) -> Error {
    match error.offset {
        NOWHERE => Error { offset, ..error },
        _ => error,
    }
}

#[inline(never)]
fn read_record(record: &mut dyn Record, pull: &mut Pull<'_>) -> Result<(), Error> {
    let mut seen = 0;
    let tag = record.tag();
    if let Some(tag) = tag {
        read_tag(
            record,
            tag,
            &mut Pull::new(pull.text(), pull.offset()),
            &mut seen,
        )?;
    }
    let mut next = pull.object()?;
    while let Some(key) = next {
        let key = key.text();
        if tag == Some(&*key) || !read_field(record, &key, pull, &mut seen)? {
            // Else a field of a later version.
            pull.skip()?;
        }
        next = pull.key()?;
    }
    let mut fields = Fields {
        task: Task::FindMissing(None),
        bit: 1,
        seen,
    };
    record.fields(&mut fields);
    match fields.task {
        Task::FindMissing(Some(key)) => Err(placed(
            fault(&format!("missing field `{key}`")),
            // The brace, which is behind us.
            pull.offset().saturating_sub(1),
        )),
        _ => Ok(()),
    }
}

fn read_tag(
    record: &mut dyn Record,
    tag: &str,
    pull: &mut Pull<'_>,
    seen: &mut u32,
) -> Result<(), Error> {
    let mut next = pull.object()?;
    while let Some(key) = next {
        if *key.text() == *tag {
            return read_field(record, tag, pull, seen).map(drop);
        }
        pull.skip()?;
        next = pull.key()?;
    }
    Ok(())
}

/// Reads the field of that name, if there is one.
fn read_field(
    record: &mut dyn Record,
    key: &str,
    pull: &mut Pull<'_>,
    seen: &mut u32,
) -> Result<bool, Error> {
    let mut fields = Fields {
        task: Task::Read {
            key,
            pull,
            outcome: None,
        },
        bit: 1,
        seen: *seen,
    };
    record.fields(&mut fields);
    *seen = fields.seen;
    match fields.task {
        Task::Read {
            outcome: Some(outcome),
            ..
        } => outcome.map(|()| true),
        _ => Ok(false),
    }
}

#[inline(never)]
fn write_record(record: &mut dyn Record, out: &mut Vec<u8>) {
    out.push(b'{');
    record.fields(&mut Fields {
        task: Task::Write(&mut *out),
        bit: 1,
        seen: 0,
    });
    out.push(b'}');
}

/// Reads a list, item by item.
#[inline(never)]
pub(super) fn read_list<'t>(
    pull: &mut Pull<'t>,
    item: &mut dyn FnMut(&mut Pull<'t>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut next = pull.list()?;
    while next.is_some() {
        item(pull)?;
        next = pull.item()?;
    }
    Ok(())
}

impl<R: Record> Value for R {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        read_record(self, pull)
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        write_record(self, out);
    }
}
