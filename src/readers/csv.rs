//! Delimited text → rows of fields, one row at a time and without copying what isn't quoted.
//!
//! RFC 4180 as producers use it: the delimiter is `,`, `;` or a tab; lines end with LF, CRLF or
//! CR; a quoted field may hold all of these, and `""` for a quote; text behind a closing quote is
//! kept, as Python's `csv` does. Blank lines are no rows. A quote that is never closed would
//! swallow the rest of the file without a trace, so it is a problem and not a field.

use std::borrow::Cow;

use crate::model::{Place, Problem, ProblemKind};

/// A field: borrowed from the text unless quotes had to be taken off.
pub(super) type Field<'a> = Cow<'a, str>;

/// How many rows are looked at to find the delimiter.
const ROWS_TO_SNIFF: usize = 20;

/// Rows of a delimited text, in order.
pub(super) struct Rows<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    row_line: u32,
    delimiter: u8,
}

/// A quote that is never closed; its 1-based line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnclosedQuote {
    pub line: u32,
}

impl<'a> Rows<'a> {
    /// Rows of a text with this delimiter, an ASCII character.
    pub fn new(text: &'a str, delimiter: u8) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
            row_line: 1,
            delimiter,
        }
    }

    /// The 1-based line on which the last row began.
    pub fn row_line(&self) -> u32 {
        self.row_line
    }

    /// Replaces `fields` by those of the next row; false at the end of the text.
    pub fn read(&mut self, fields: &mut Vec<Field<'a>>) -> Result<bool, UnclosedQuote> {
        fields.clear();
        self.skip_blank_lines();
        self.row_line = self.line;
        if self.at >= self.text.len() {
            return Ok(false);
        }
        loop {
            fields.push(self.field()?);
            match self.byte() {
                Some(byte) if byte == self.delimiter => self.at += 1,
                Some(_) => {
                    self.line_end();
                    return Ok(true);
                }
                None => return Ok(true),
            }
        }
    }

    /// The line that comes next as it stands, without its line feed, and a hash of it; `None` near the
    /// end of the text. Eight bytes at a time.
    pub fn next_line(&self) -> Option<(&'a [u8], u64)> {
        const ONES: u64 = 0x0101_0101_0101_0101;
        const LINE_FEEDS: u64 = ONES * b'\n' as u64;
        /// Odd, with bits that look random (the golden ratio).
        const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
        let rest = self.text.as_bytes().get(self.at..)?;
        let (mut hash, mut n_bytes) = (0u64, 0);
        loop {
            let word = u64::from_le_bytes(*rest.get(n_bytes..)?.first_chunk()?);
            // The highest bit of each byte that is a line feed; exact up to the first one.
            let differs = word ^ LINE_FEEDS;
            let found = differs.wrapping_sub(ONES) & !differs & (ONES << 7);
            let n_before = found.trailing_zeros() / 8;
            let is_end = n_before < 8;
            let kept = if is_end {
                !(u64::MAX << (8 * n_before))
            } else {
                u64::MAX
            };
            hash = (hash ^ (word & kept)).wrapping_mul(FACTOR);
            hash ^= hash >> 32;
            n_bytes += n_before as usize;
            if is_end {
                return Some((rest.get(..n_bytes)?, hash));
            }
        }
    }

    /// The byte that comes next.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Passes over the line that [`Self::next_line`] gave, a row for itself.
    pub fn skip_line(&mut self, line: &[u8]) {
        self.at += line.len() + 1;
        self.row_line = self.line;
        self.line += 1;
    }

    /// The next field; stops at a delimiter, a line end or the end of the text.
    fn field(&mut self) -> Result<Field<'a>, UnclosedQuote> {
        if self.byte() != Some(b'"') {
            return Ok(Cow::Borrowed(self.plain()));
        }
        let opened_on = self.line;
        self.at += 1;
        let mut whole: Option<String> = None;
        loop {
            let part = self
                .until_quote()
                .ok_or(UnclosedQuote { line: opened_on })?;
            if self.byte() == Some(b'"') {
                self.at += 1;
                let whole = whole.get_or_insert_default();
                whole.push_str(part);
                whole.push('"');
                continue;
            }
            let behind = self.plain();
            return Ok(match whole {
                None if behind.is_empty() => Cow::Borrowed(part),
                whole => Cow::Owned(whole.unwrap_or_default() + part + behind),
            });
        }
    }

    /// The text up to a delimiter, a line end or the end of the text.
    fn plain(&mut self) -> &'a str {
        let rest = self.rest();
        let delimiter = self.delimiter;
        let is_end = |byte: &u8| *byte == delimiter || *byte == b'\n' || *byte == b'\r';
        let n_bytes = rest.bytes().position(|byte| is_end(&byte));
        let plain = rest.get(..n_bytes.unwrap_or(rest.len())).unwrap_or(rest);
        self.at += plain.len();
        plain
    }

    /// The text up to the next quote, which is passed over; `None` without one.
    fn until_quote(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let part = rest.get(..rest.find('"')?)?;
        self.line += n_line_ends(part);
        self.at += part.len() + 1;
        Some(part)
    }

    fn skip_blank_lines(&mut self) {
        while matches!(self.byte(), Some(b'\n' | b'\r')) {
            self.line_end();
        }
    }

    /// Passes over one line end.
    fn line_end(&mut self) {
        self.at += if self.rest().starts_with("\r\n") {
            2
        } else {
            1
        };
        self.line += 1;
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }
}

impl UnclosedQuote {
    /// The problem that it is in an artifact.
    pub fn into_problem(self, artifact: &str, reader: &str) -> Box<Problem> {
        Box::new(Problem {
            kind: ProblemKind::UnclosedQuote,
            place: Some(Place::artifact(artifact).at(self.line, 1)),
            reader: Some(reader.to_owned()),
        })
    }
}

/// The delimiter of a text: the first of tab, `;` and `,` that cuts the first rows into equally
/// many fields, at least two; where none does, the one that cuts the first row into most.
pub(super) fn sniff_delimiter(text: &str) -> u8 {
    const CANDIDATES: [u8; 3] = *b"\t;,";
    let mut best = (1, b',');
    for delimiter in CANDIDATES {
        let mut rows = Rows::new(text, delimiter);
        let (mut fields, mut lengths) = (Vec::new(), Vec::new());
        while lengths.len() < ROWS_TO_SNIFF && rows.read(&mut fields) == Ok(true) {
            lengths.push(fields.len());
        }
        let Some(&first) = lengths.first() else {
            continue;
        };
        if first > 1 && lengths.iter().all(|length| *length == first) {
            return delimiter;
        }
        if first > best.0 {
            best = (first, delimiter);
        }
    }
    best.1
}

/// The number in a cell: also `nan` and `inf` in any case; with a decimal comma where a comma
/// can't be the delimiter.
pub(super) fn number(cell: &str, delimiter: u8) -> Option<f64> {
    let cell = cell.trim();
    match cell.parse() {
        Ok(number) => Some(number),
        Err(_) if delimiter != b',' && cell.matches(',').count() == 1 => {
            cell.replace(',', ".").parse().ok()
        }
        Err(_) => None,
    }
}

fn n_line_ends(text: &str) -> u32 {
    let (mut n, mut before) = (0, 0);
    for byte in text.bytes() {
        if byte == b'\r' || (byte == b'\n' && before != b'\r') {
            n += 1;
        }
        before = byte;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: u8) -> Result<Vec<(u32, Vec<String>)>, UnclosedQuote> {
        let (mut rows, mut fields, mut all) = (Rows::new(text, delimiter), Vec::new(), Vec::new());
        while rows.read(&mut fields)? {
            let owned = fields.iter().map(|field| field.to_string()).collect();
            all.push((rows.row_line(), owned));
        }
        Ok(all)
    }

    /// The line and the fields of each row.
    type Expected = &'static [(u32, &'static [&'static str])];

    #[test]
    fn rows_are_cut() {
        let cases: [(&str, Expected); 10] = [
            ("", &[]),
            ("\n\r\n\r", &[]),
            ("a,b", &[(1, &["a", "b"])]),
            ("a,\r\n,b\r\n", &[(1, &["a", ""]), (2, &["", "b"])]),
            ("a\rb\r\rc", &[(1, &["a"]), (2, &["b"]), (4, &["c"])]),
            (
                "\"a,\"\"b\"\"\r\nc\",d\ne",
                &[(1, &["a,\"b\"\r\nc", "d"]), (3, &["e"])],
            ),
            ("\"a\"b,\"\"", &[(1, &["ab", ""])]),
            ("a\"b\",c", &[(1, &["a\"b\"", "c"])]),
            ("a\0b,c", &[(1, &["a\0b", "c"])]),
            (",", &[(1, &["", ""])]),
        ];
        for (text, expected) in cases {
            let found = rows(text, b',').unwrap();
            let expected: Vec<(u32, Vec<String>)> = expected
                .iter()
                .map(|(line, fields)| (*line, fields.iter().map(|it| it.to_string()).collect()))
                .collect();
            assert_eq!(found, expected, "{text:?}");
        }
        assert_eq!(rows("a\nb,\"c\nd", b','), Err(UnclosedQuote { line: 2 }));
    }

    #[test]
    fn lines_are_found_eight_bytes_at_a_time() {
        let text = "a,b\na,b\r\n\u{8a}\u{10b},\u{0}12345678901234\n\n12345678\na,b\nthe end";
        let (mut rows, mut found) = (Rows::new(text, b','), Vec::new());
        while let Some((line, hash)) = rows.next_line() {
            rows.skip_line(line);
            found.push((std::str::from_utf8(line).unwrap(), hash));
        }
        let lines: Vec<&str> = found.iter().map(|it| it.0).collect();
        let whole: Vec<&str> = text.split('\n').collect();
        assert_eq!(lines, whole[..6]);
        assert_eq!((rows.line, rows.rest()), (7, "the end"));
        assert_eq!(found[0].1, found[5].1);
        assert_ne!(found[0].1, found[1].1);
    }

    #[test]
    fn unquoted_fields_are_not_copied() {
        let (mut rows, mut fields) = (Rows::new("a,\"b\",\"c\"\"\"", b','), Vec::new());
        assert_eq!(rows.read(&mut fields), Ok(true));
        let borrowed: Vec<bool> = fields
            .iter()
            .map(|field| matches!(field, Cow::Borrowed(_)))
            .collect();
        assert_eq!(borrowed, [true, true, false]);
    }

    #[test]
    fn the_delimiter_is_found() {
        let cases = [
            ("actual,predicted\na;b,c\n", b','),
            ("actual;predicted;proba\ncat;dog;0,75\n", b';'),
            ("0,9;0,1\n0,25;0,75\n", b';'),
            ("step\tloss\n0\t1,5\n", b'\t'),
            ("\"a;b\",c\n", b','),
            ("one\ntwo\n", b','),
            ("a,b\nc,d,e\nf\n", b','),
        ];
        for (text, expected) in cases {
            assert_eq!(sniff_delimiter(text), expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_may_have_a_decimal_comma() {
        assert_eq!(number(" 0,75 ", b';'), Some(0.75));
        assert_eq!(number("0,75", b','), None);
        assert_eq!(number("1,000,000", b';'), None);
        assert_eq!(number("-inf", b'\t'), Some(f64::NEG_INFINITY));
        assert_eq!(number("", b','), None);
    }
}
