use super::{
    code::{Coded, Codes, code_of, unknown, value_of},
    fields::{Fields, Record, Value, fault},
    numbers::Numbers,
};
use crate::{
    json::{Error, Pull},
    model::{Cell, Cells, Column, ColumnId, ColumnKind, Direction, Source, TextKind},
};

const KINDS: &Codes<ColumnKind> = &[
    (ColumnKind::Param, "param"),
    (ColumnKind::Metric, "metric"),
    (ColumnKind::Dependency, "dependency"),
    (ColumnKind::Output, "output"),
];

const DIRECTIONS: &Codes<Direction> = &[
    (Direction::Unknown, "unknown"),
    (Direction::HigherIsBetter, "higher"),
    (Direction::LowerIsBetter, "lower"),
];

impl Value for Direction {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        Coded(self, DIRECTIONS).read(pull)
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        Coded(self, DIRECTIONS).write(out);
    }

    fn is_empty(&self) -> bool {
        *self == Self::Unknown
    }
}

pub(super) const TEXT_KINDS: &Codes<TextKind> = &[
    (TextKind::Plain, "text"),
    (TextKind::Bool, "bool"),
    (TextKind::BigInteger, "integer"),
    (TextKind::Structure, "json"),
    (TextKind::Hash, "hash"),
];

/// A column; numbers and texts of one column stand side by side, missing where the other is.
pub(super) struct ColumnWire {
    /// All but its cells.
    column: Column,
    numbers: Option<Numbers>,
    texts: Option<TextsWire>,
}

impl Record for ColumnWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        let column = &mut self.column;
        fields.required("file", &mut column.id.file);
        fields.optional("path", &mut column.id.path);
        fields.required("kind", &mut Coded(&mut column.kind, KINDS));
        fields.optional("direction", &mut column.direction);
        fields.optional("numbers", &mut self.numbers);
        fields.optional("texts", &mut self.texts);
        fields.optional("sources", &mut column.sources);
    }
}

/// Texts by code into a dictionary, in the order of their first use.
#[derive(Default)]
struct TextsWire {
    dictionary: Vec<String>,
    /// One for each text of the dictionary; left out where all are plain.
    kinds: Vec<String>,
    /// One for each revision.
    codes: Vec<Option<u32>>,
}

impl Record for TextsWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("dictionary", &mut self.dictionary);
        fields.optional("kinds", &mut self.kinds);
        fields.required("codes", &mut self.codes);
    }
}

impl Record for Source {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("artifact", &mut self.artifact);
        fields.required("reader", &mut self.reader);
    }
}

impl ColumnWire {
    /// To be written.
    pub fn new(column: &Column) -> Self {
        let Column {
            id,
            kind,
            direction,
            cells,
            sources,
        } = column;
        let numbers = || Numbers::new((0..cells.len()).map(|row| cells.number(row)).collect());
        Self {
            column: Column {
                id: id.clone(),
                kind: *kind,
                direction: *direction,
                cells: Cells::default(),
                sources: sources.clone(),
            },
            numbers: cells.has_numbers().then(numbers),
            texts: cells.has_texts().then(|| TextsWire::new(cells)),
        }
    }

    /// To be read into.
    pub fn empty() -> Self {
        Self {
            column: Column {
                id: ColumnId::new("", &[]),
                kind: ColumnKind::Metric,
                direction: Direction::Unknown,
                cells: Cells::default(),
                sources: Vec::new(),
            },
            numbers: None,
            texts: None,
        }
    }

    /// The column that was read, with as many values as there are revisions.
    pub fn into_column(self, n_revisions: usize) -> Result<Column, Error> {
        let mut cells = Cells::missing(n_revisions);
        let too_many = |n: usize| match n > n_revisions {
            true => Err(fault("more values than revisions")),
            false => Ok(()),
        };
        let numbers = self.numbers.map(Numbers::into_options).unwrap_or_default();
        too_many(numbers.len())?;
        for (row, number) in numbers.into_iter().enumerate() {
            if let Some(number) = number {
                cells.set(row, Cell::Number(number));
            }
        }
        if let Some(texts) = self.texts {
            too_many(texts.codes.len())?;
            texts.read_into(&mut cells)?;
        }
        Ok(Column {
            cells,
            ..self.column
        })
    }
}

impl TextsWire {
    fn new(cells: &Cells) -> Self {
        let mut new_codes: Vec<Option<u32>> = vec![None; cells.dictionary().len()];
        let (mut dictionary, mut kinds, mut codes) = (Vec::new(), Vec::new(), Vec::new());
        for row in 0..cells.len() {
            let Some((code, kind, text)) = cells.text(row) else {
                codes.push(None);
                continue;
            };
            let Some(new_code) = new_codes.get_mut(code as usize) else {
                continue;
            };
            if new_code.is_none() {
                *new_code = u32::try_from(dictionary.len()).ok();
                dictionary.push(text.to_owned());
                kinds.push(kind);
            }
            codes.push(*new_code);
        }
        let are_plain = kinds.iter().all(|kind| *kind == TextKind::Plain);
        let kinds = kinds
            .iter()
            .map(|kind| code_of(TEXT_KINDS, kind).to_owned());
        Self {
            dictionary,
            kinds: if are_plain {
                Vec::new()
            } else {
                kinds.collect()
            },
            codes,
        }
    }

    fn read_into(self, cells: &mut Cells) -> Result<(), Error> {
        let mut kinds = Vec::with_capacity(self.kinds.len());
        for kind in &self.kinds {
            kinds.push(value_of(TEXT_KINDS, kind).ok_or_else(|| unknown(kind))?);
        }
        for (row, code) in self.codes.into_iter().enumerate() {
            let Some(code) = code else { continue };
            let text = self.dictionary.get(code as usize);
            let text = text.ok_or_else(|| fault("no such text in the dictionary"))?;
            let kind = kinds.get(code as usize).copied();
            cells.set(row, Cell::Text(kind.unwrap_or(TextKind::Plain), text));
        }
        Ok(())
    }
}
