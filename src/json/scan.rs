//! Where the words, numbers and strings of JSON end. Each function answers with the offset of what
//! can't stand there as its error; at the text's end, that is its length.

use super::words;

/// The offset of the first byte from `at` on that is no white space.
pub(super) fn space_end(text: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = text.get(at) {
        at += 1;
    }
    at
}

/// The offset behind a word of which nothing but its first letter is known.
pub(super) fn word_end(text: &[u8], at: usize, word: &str) -> Result<usize, usize> {
    for (idx, byte) in (at..).zip(word.bytes()) {
        if text.get(idx) != Some(&byte) {
            return Err(idx);
        }
    }
    Ok(at + word.len())
}

/// The offset behind a number; Python's `NaN`, `Infinity` and `-Infinity` are some.
pub(super) fn number_end(text: &[u8], start: usize) -> Result<usize, usize> {
    let at = start + usize::from(text.get(start) == Some(&b'-'));
    let mut end = match text.get(at) {
        Some(b'0') => at + 1,
        Some(b'1'..=b'9') => digits_end(text, at)?,
        Some(b'I') => return word_end(text, at, "Infinity"),
        Some(b'N') if at == start => return word_end(text, at, "NaN"),
        _ => return Err(at),
    };
    if text.get(end) == Some(&b'.') {
        end = digits_end(text, end + 1)?;
    }
    if let Some(b'e' | b'E') = text.get(end) {
        let is_signed = matches!(text.get(end + 1), Some(b'+' | b'-'));
        end = digits_end(text, end + 1 + usize::from(is_signed))?;
    }
    match text.get(end) {
        // Behind a leading zero.
        Some(b'0'..=b'9') => Err(end),
        _ => Ok(end),
    }
}

/// The offset behind one or more digits.
#[inline(never)]
fn digits_end(text: &[u8], start: usize) -> Result<usize, usize> {
    let mut end = start;
    while let Some(word) = word_at(text, end) {
        let n_digits = words::n_digits(word);
        end += n_digits;
        if n_digits < 8 {
            break;
        }
    }
    while let Some(b'0'..=b'9') = text.get(end) {
        end += 1;
    }
    if end > start { Ok(end) } else { Err(end) }
}

/// The offset of the quote that ends a string, whose first character is at `at`.
pub(super) fn string_end(text: &[u8], mut at: usize) -> Result<usize, usize> {
    loop {
        at = plain_end(text, at);
        match text.get(at) {
            Some(b'"') => return Ok(at),
            Some(b'\\') => at = escape(text, at + 1)?.1,
            _ => return Err(at),
        }
    }
}

/// The offset of the first quote, backslash or control character from `at` on, or the text's end.
#[inline(never)]
pub(super) fn plain_end(text: &[u8], mut at: usize) -> usize {
    while let Some(word) = word_at(text, at) {
        let n_plain = words::n_plain(word);
        at += n_plain;
        if n_plain < 8 {
            return at;
        }
    }
    while let Some(byte) = text.get(at)
        && !matches!(byte, ..b' ' | b'"' | b'\\')
    {
        at += 1;
    }
    at
}

/// The eight bytes from an offset on, the first one lowest.
pub(super) fn word_at(text: &[u8], at: usize) -> Option<u64> {
    let bytes = text.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*bytes))
}

/// The character behind a backslash, and the offset behind it.
pub(super) fn escape(text: &[u8], at: usize) -> Result<(char, usize), usize> {
    let character = match text.get(at) {
        Some(&plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode_escape(text, at + 1),
        _ => return Err(at),
    };
    Ok((character, at + 1))
}

/// The character of four hexadecimal digits, or of two such escapes that are surrogates (RFC 8259
/// §7), and the offset behind it. A surrogate alone is none.
fn unicode_escape(text: &[u8], at: usize) -> Result<(char, usize), usize> {
    let (first, end) = four_digits(text, at)?;
    if !(0xD800..0xDC00).contains(&first) {
        let character = char::from_u32(first).ok_or(end - 1)?;
        return Ok((character, end));
    }
    let (second, end) = four_digits(text, word_end(text, end, "\\u")?)?;
    if !(0xDC00..0xE000).contains(&second) {
        return Err(end - 1);
    }
    let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    Ok((char::from_u32(code).ok_or(end - 1)?, end))
}

fn four_digits(text: &[u8], start: usize) -> Result<(u32, usize), usize> {
    let mut code = 0;
    for at in start..start + 4 {
        let digit = text.get(at).and_then(|it| char::from(*it).to_digit(16));
        code = code << 4 | digit.ok_or(at)?;
    }
    Ok((code, start + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_where_json_says() {
        let cases = [
            ("0", Ok(1)),
            ("-0.50e+7,", Ok(8)),
            ("120]", Ok(3)),
            ("NaN", Ok(3)),
            ("-Infinity", Ok(9)),
            ("-NaN", Err(1)),
            ("Inf", Err(3)),
            ("01", Err(1)),
            ("1.", Err(2)),
            (".5", Err(0)),
            ("1e-", Err(3)),
            ("", Err(0)),
        ];
        for (text, end) in cases {
            assert_eq!(number_end(text.as_bytes(), 0), end, "{text}");
        }
    }

    #[test]
    fn strings_hold_only_escapes_that_mean_something() {
        let cases = [
            ("a\"", Ok(1)),
            ("\\\"\\u00e9\\ud83d\\ude00\"", Ok(20)),
            ("a", Err(1)),
            ("a\n\"", Err(1)),
            ("\\x\"", Err(1)),
            ("\\u12g4\"", Err(4)),
            ("\\ude00\"", Err(5)),
            ("\\ud83d\"", Err(6)),
            ("\\ud83d\\u0041\"", Err(11)),
        ];
        for (text, end) in cases {
            let found = string_end(text.as_bytes(), 0);
            assert_eq!(found, end, "{text}");
            // Far from the end of the text, where eight bytes are looked at together.
            let padded = format!("{text}{}", "\"".repeat(9));
            let found = string_end(padded.as_bytes(), 0);
            if end != Err(text.len()) {
                assert_eq!(found, end, "{padded}");
            }
        }
        assert_eq!(escape(b"ud83d\\ude00", 0), Ok(('😀', 11)));
    }
}
