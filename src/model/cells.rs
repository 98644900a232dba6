/// One value of a column, borrowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No such key in that revision, or `null`.
    Missing,
    /// A number; may be `NaN` or infinite.
    Number(f64),
    /// Anything else, as text.
    Text(TextKind, &'a str),
}

/// What a text value was in its artifact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextKind {
    /// A string.
    Plain,
    /// `true` or `false`.
    Bool,
    /// An integer that an `f64` can't hold (beyond 2^53), in decimal.
    BigInteger,
    /// A list or an object, as compact JSON.
    Structure,
    /// A content hash (dependencies).
    Hash,
}

/// The values of one column, one for each revision: numbers with a mask of what is there, texts
/// by code into a dictionary. A column that mixes both holds both.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    n_rows: usize,
    /// Empty until the first number; then one for each row, 0.0 where there is none.
    numbers: Vec<f64>,
    /// Bit `row % 64` of word `row / 64`: there is a number in that row.
    has_number: Vec<u64>,
    /// Empty until the first text; then a code for each row, [`NO_TEXT`] where there is none.
    codes: Vec<u32>,
    dictionary: Vec<(TextKind, Box<str>)>,
    index: Index,
}

/// Where the texts of a dictionary are found: a hash table with open addressing whose slots hold
/// codes, [`NO_TEXT`] where they are free. It holds no text a second time, and is made when the
/// first text is looked up, so that cells that are only read never have it.
#[derive(Clone, Debug, Default)]
struct Index(Vec<u32>);

/// It follows from the dictionary.
impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What [`Cells`] are made of, to be handed over as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CellParts {
    /// The number of rows.
    pub n_rows: usize,
    /// Numbers by row; as many as are needed.
    pub numbers: Vec<f64>,
    /// Bit `row % 64` of word `row / 64`: there is a number in that row.
    pub has_number: Vec<u64>,
    /// Codes of texts by row, `u32::MAX` where there is none; as many as are needed.
    pub codes: Vec<u32>,
    /// The texts, by code.
    pub dictionary: Vec<(TextKind, Box<str>)>,
}

/// The code of a row without a text.
const NO_TEXT: u32 = u32::MAX;

impl Cells {
    /// `n_rows` missing values.
    pub fn missing(n_rows: usize) -> Self {
        Self {
            n_rows,
            ..Self::default()
        }
    }

    /// Cells of these parts. Whatever they hold is safe: a code without a text is no text.
    pub fn from_parts(parts: CellParts) -> Self {
        let mut has_number = parts.has_number;
        has_number.resize(parts.numbers.len().div_ceil(64), 0);
        Self {
            n_rows: parts.n_rows,
            numbers: parts.numbers,
            has_number,
            codes: parts.codes,
            dictionary: parts.dictionary,
            index: Index::default(),
        }
    }

    /// What they are made of.
    pub fn into_parts(self) -> CellParts {
        CellParts {
            n_rows: self.n_rows,
            numbers: self.numbers,
            has_number: self.has_number,
            codes: self.codes,
            dictionary: self.dictionary,
        }
    }

    /// A column of numbers only; `None` is missing.
    pub fn from_numbers(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let mut cells = Self::default();
        for value in values {
            cells.push(value.map_or(Cell::Missing, Cell::Number));
        }
        cells
    }

    /// The number of rows, missing ones included.
    pub fn len(&self) -> usize {
        self.n_rows
    }

    /// Whether there are no rows at all.
    pub fn is_empty(&self) -> bool {
        self.n_rows == 0
    }

    /// Whether no row has a value.
    pub fn is_all_missing(&self) -> bool {
        (0..self.n_rows).all(|row| self.get(row) == Cell::Missing)
    }

    /// The value of a row; missing beyond the end.
    pub fn get(&self, row: usize) -> Cell<'_> {
        if let Some(value) = self.number(row) {
            return Cell::Number(value);
        }
        match self.codes.get(row) {
            Some(&code) if code != NO_TEXT => match self.dictionary.get(code as usize) {
                Some((kind, text)) => Cell::Text(*kind, text),
                None => Cell::Missing,
            },
            _ => Cell::Missing,
        }
    }

    /// The number of a row, if it is one.
    pub fn number(&self, row: usize) -> Option<f64> {
        let word = self.has_number.get(row / 64)?;
        (word >> (row % 64) & 1 == 1).then(|| self.numbers.get(row).copied())?
    }

    /// The text of a row with its dictionary code, if it is one: equal codes, equal texts.
    pub fn text(&self, row: usize) -> Option<(u32, TextKind, &str)> {
        let code = *self.codes.get(row)?;
        let (kind, text) = self.dictionary.get(code as usize)?;
        Some((code, *kind, text))
    }

    /// The dictionary code of a row's text, if it is one.
    pub fn code(&self, row: usize) -> Option<u32> {
        let code = self.codes.get(row).copied();
        code.filter(|code| (*code as usize) < self.dictionary.len())
    }

    /// The distinct texts, by code.
    pub fn dictionary(&self) -> &[(TextKind, Box<str>)] {
        &self.dictionary
    }

    /// Whether some row has a number.
    pub fn has_numbers(&self) -> bool {
        self.has_number.iter().any(|word| *word != 0)
    }

    /// Whether some row has a text.
    pub fn has_texts(&self) -> bool {
        self.codes.iter().any(|code| *code != NO_TEXT)
    }

    /// Adds a row.
    pub fn push(&mut self, cell: Cell<'_>) {
        self.n_rows += 1;
        self.set(self.n_rows - 1, cell);
    }

    /// Adds missing rows until there are `n_rows`.
    pub fn grow(&mut self, n_rows: usize) {
        self.n_rows = self.n_rows.max(n_rows);
    }

    /// Sets the value of a row, growing the column where needed.
    pub fn set(&mut self, row: usize, cell: Cell<'_>) {
        self.grow(row + 1);
        if let Some(word) = self.has_number.get_mut(row / 64) {
            *word &= !(1 << (row % 64));
        }
        if let Some(code) = self.codes.get_mut(row) {
            *code = NO_TEXT;
        }
        match cell {
            Cell::Missing => {}
            Cell::Number(value) => {
                if self.numbers.len() <= row {
                    self.numbers.resize(row + 1, 0.0);
                    self.has_number.resize(row / 64 + 1, 0);
                }
                self.numbers[row] = value;
                self.has_number[row / 64] |= 1 << (row % 64);
            }
            Cell::Text(kind, text) => {
                let code = self.code_of(kind, text);
                if self.codes.len() <= row {
                    self.codes.resize(row + 1, NO_TEXT);
                }
                self.codes[row] = code;
            }
        }
    }

    /// The code of a text, new or known.
    fn code_of(&mut self, kind: TextKind, text: &str) -> u32 {
        // Hashes and choices mostly are those of the row before.
        if let Some(&last) = self.codes.last()
            && let Some((known, same)) = self.dictionary.get(last as usize)
            && *known == kind
            && **same == *text
        {
            return last;
        }
        let slot = self.index.slot_of(kind, text, &self.dictionary);
        if let Some(&code) = self.index.0.get(slot)
            && code != NO_TEXT
        {
            return code;
        }
        let code = u32::try_from(self.dictionary.len()).unwrap_or(NO_TEXT);
        self.dictionary.push((kind, text.into()));
        if let Some(slot) = self.index.0.get_mut(slot) {
            *slot = code;
        }
        code
    }
}

impl Index {
    /// The slot of a text: it holds its code, or is free for it.
    fn slot_of(
        &mut self,
        kind: TextKind,
        text: &str,
        dictionary: &[(TextKind, Box<str>)],
    ) -> usize {
        // Half of the slots stay free at least.
        if self.0.len() <= 2 * dictionary.len() {
            self.grow(dictionary);
        }
        self.probe(hash(text), |code| {
            let known = dictionary.get(code as usize);
            known.is_some_and(|it| it.0 == kind && *it.1 == *text)
        })
    }

    #[cold]
    fn grow(&mut self, dictionary: &[(TextKind, Box<str>)]) {
        let n_slots = (4 * dictionary.len()).next_power_of_two().max(16);
        self.0 = vec![NO_TEXT; n_slots];
        for (code, (_, text)) in (0..).zip(dictionary) {
            let slot = self.probe(hash(text), |_| false);
            if let Some(slot) = self.0.get_mut(slot) {
                *slot = code;
            }
        }
    }

    /// The first slot from that of the hash on that is free or holds what is looked for.
    fn probe(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> usize {
        let last = self.0.len().saturating_sub(1);
        let mut slot = hash as usize & last;
        while let Some(&code) = self.0.get(slot)
            && code != NO_TEXT
            && !is_it(code)
        {
            slot = (slot + 1) & last;
        }
        slot
    }
}

/// A hash that takes eight bytes at a time: texts here are mostly content hashes, of which
/// SipHash would take much longer than everything else that is done with them. It has no key, as a
/// page has none for SipHash either: who crafts texts of one slot makes the reading of their own
/// report slow.
fn hash(text: &str) -> u64 {
    /// Odd, with bits that look random (the golden ratio).
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = text.len() as u64;
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    for word in words.iter().chain([&last]) {
        hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR);
        hash ^= hash >> 32;
    }
    hash
}

impl Cell<'_> {
    /// The number, if it is one.
    pub fn as_number(self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(value),
            _ => None,
        }
    }

    /// Whether there is no value.
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Whether two revisions have the same value: numbers by value (`NaN` equals `NaN`), texts by
    /// text and kind.
    pub fn same_as(self, other: Cell<'_>) -> bool {
        match (self, other) {
            (Self::Number(a), Cell::Number(b)) => a == b || (a.is_nan() && b.is_nan()),
            (a, b) => a == b,
        }
    }
}
