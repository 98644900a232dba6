use super::{
    code::{Codes, code_of, value_of},
    fields::{Fields, Record, fault},
    numbers::Numbers,
};
use crate::model::{
    Cell, Cells, Column, ColumnId, ColumnKind, Direction, ProblemKind, Source, TextKind,
};

const KINDS: &Codes<ColumnKind> = &[
    (ColumnKind::Param, "param"),
    (ColumnKind::Metric, "metric"),
    (ColumnKind::Dependency, "dependency"),
    (ColumnKind::Output, "output"),
];

/// Also the codes of directions in settings.
pub(super) const DIRECTIONS: &Codes<Direction> = &[
    (Direction::HigherIsBetter, "higher"),
    (Direction::LowerIsBetter, "lower"),
    (Direction::Unknown, "unknown"),
];

const TEXT_KINDS: &Codes<TextKind> = &[
    (TextKind::Plain, "text"),
    (TextKind::Bool, "bool"),
    (TextKind::BigInteger, "integer"),
    (TextKind::Structure, "json"),
    (TextKind::Hash, "hash"),
];

/// A column; numbers and texts of one column stand side by side, missing where the other is.
#[derive(Default)]
pub(super) struct ColumnWire {
    file: String,
    path: Vec<String>,
    kind: String,
    direction: Option<String>,
    numbers: Option<Numbers>,
    texts: Option<TextsWire>,
    sources: Vec<SourceWire>,
}

impl Record for ColumnWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("file", &mut self.file);
        fields.optional("path", &mut self.path);
        fields.required("kind", &mut self.kind);
        fields.optional("direction", &mut self.direction);
        fields.optional("numbers", &mut self.numbers);
        fields.optional("texts", &mut self.texts);
        fields.optional("sources", &mut self.sources);
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

#[derive(Default)]
struct SourceWire {
    artifact: String,
    reader: String,
}

impl Record for SourceWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("artifact", &mut self.artifact);
        fields.required("reader", &mut self.reader);
    }
}

impl ColumnWire {
    pub fn new(column: &Column) -> Self {
        let Column {
            id,
            kind,
            direction,
            cells,
            sources,
        } = column;
        let is_known = *direction != Direction::Unknown;
        let rows = 0..cells.len();
        let numbers = || Numbers::new(rows.clone().map(|row| cells.number(row)));
        Self {
            file: id.file.clone(),
            path: id.path.clone(),
            kind: code_of(KINDS, kind),
            direction: is_known.then(|| code_of(DIRECTIONS, direction)),
            numbers: cells.has_numbers().then(numbers),
            texts: cells.has_texts().then(|| TextsWire::new(cells)),
            sources: sources.iter().map(SourceWire::new).collect(),
        }
    }

    /// The column, with as many values as there are revisions.
    pub fn read(self, n_revisions: usize) -> Result<Column, ProblemKind> {
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
        let direction = self.direction.as_deref();
        Ok(Column {
            id: ColumnId {
                file: self.file,
                path: self.path,
            },
            kind: value_of(KINDS, &self.kind)?,
            direction: direction.map_or(Ok(Direction::Unknown), |it| value_of(DIRECTIONS, it))?,
            cells,
            sources: self.sources.into_iter().map(SourceWire::read).collect(),
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
        let kinds = kinds.iter().map(|kind| code_of(TEXT_KINDS, kind));
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

    fn read_into(self, cells: &mut Cells) -> Result<(), ProblemKind> {
        let mut kinds = Vec::with_capacity(self.kinds.len());
        for kind in &self.kinds {
            kinds.push(value_of(TEXT_KINDS, kind)?);
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

impl SourceWire {
    fn new(source: &Source) -> Self {
        let Source { artifact, reader } = source.clone();
        Self { artifact, reader }
    }

    fn read(self) -> Source {
        let Self { artifact, reader } = self;
        Source { artifact, reader }
    }
}
