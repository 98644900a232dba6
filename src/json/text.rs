use std::borrow::Cow;

use crate::model::{NoticeKind, Notices, Place};

/// The text of an artifact: UTF-8 with or without a byte order mark, UTF-16 with one or with a NUL
/// in every other byte. What is not valid is replaced by U+FFFD.
///
/// Pushes a notice where the text had to be changed; borrows where it had not.
pub fn decode<'a>(bytes: &'a [u8], artifact: &str, notices: &mut Notices) -> Cow<'a, str> {
    let (text, changes) = decode_quietly(bytes);
    for kind in changes {
        notices.push(kind, Place::artifact(artifact));
    }
    text
}

/// As [`decode`], for text that need not be UTF-8, as tables by a spreadsheet: what is none is
/// Windows-1252 where that reads as text.
pub fn decode_text<'a>(bytes: &'a [u8], artifact: &str, notices: &mut Notices) -> Cow<'a, str> {
    if utf16(bytes).is_none()
        && str::from_utf8(bytes).is_err()
        && let Some(text) = windows_1252(bytes)
    {
        let encoding = "Windows-1252";
        notices.push(
            NoticeKind::Converted { encoding },
            Place::artifact(artifact),
        );
        return Cow::Owned(text);
    }
    decode(bytes, artifact, notices)
}

/// What Windows-1252 has in the place of the controls from 0x80 to 0x9F; U+FFFD where it has nothing.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž',
    '\u{FFFD}', '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}',
    'ž', 'Ÿ',
];

/// The bytes as Windows-1252; `None` where that is no text (controls, bytes that it has nothing
/// for), or where part of them is UTF-8 and the rest is damage.
fn windows_1252(bytes: &[u8]) -> Option<String> {
    if bytes.utf8_chunks().any(|it| !it.valid().is_ascii()) {
        return None;
    }
    let letter = |byte: &u8| match *byte {
        b'\t' | b'\n' | b'\r' => Some(char::from(*byte)),
        0..0x20 | 0x7F => None,
        0x80..0xA0 => {
            let found = WINDOWS_1252.get(usize::from(*byte - 0x80)).copied();
            found.filter(|it| *it != char::REPLACEMENT_CHARACTER)
        }
        other => Some(char::from(other)),
    };
    bytes.iter().map(letter).collect()
}

/// As [`decode`], with what was changed in a list.
pub(super) fn decode_quietly(bytes: &[u8]) -> (Cow<'_, str>, Vec<NoticeKind>) {
    if let Some((encoding, rest)) = utf16(bytes) {
        let units = rest.chunks_exact(2).map(|pair| match (encoding, pair) {
            (Utf16::LittleEndian, &[low, high]) => u16::from_le_bytes([low, high]),
            (Utf16::BigEndian, &[high, low]) => u16::from_be_bytes([high, low]),
            _ => 0xFFFD,
        });
        let mut is_valid = rest.len() % 2 == 0;
        let text = char::decode_utf16(units)
            .map(|unit| {
                unit.unwrap_or_else(|_| {
                    is_valid = false;
                    char::REPLACEMENT_CHARACTER
                })
            })
            .collect();
        let mut changes = vec![NoticeKind::Converted {
            encoding: encoding.name(),
        }];
        if !is_valid {
            changes.push(NoticeKind::InvalidUtf8);
        }
        return (Cow::Owned(text), changes);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Vec::new()),
        Err(_) => (
            Cow::Owned(String::from_utf8_lossy(bytes).into_owned()),
            vec![NoticeKind::InvalidUtf8],
        ),
    }
}

#[derive(Clone, Copy)]
enum Utf16 {
    LittleEndian,
    BigEndian,
}

impl Utf16 {
    fn name(self) -> &'static str {
        match self {
            Self::LittleEndian => "UTF-16LE",
            Self::BigEndian => "UTF-16BE",
        }
    }
}

/// The byte order and the text behind the mark. Without a mark, the first bytes must be ASCII with
/// a NUL beside each, as any table or JSON document of UTF-16 begins.
fn utf16(bytes: &[u8]) -> Option<(Utf16, &[u8])> {
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Some((Utf16::LittleEndian, rest));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return Some((Utf16::BigEndian, rest));
    }
    let head = bytes.get(..bytes.len().min(16))?;
    if head.len() < 4 {
        return None;
    }
    let is_text = |byte: u8| byte != 0 && byte < 0x80;
    let all = |text_at: usize| {
        head.chunks_exact(2).all(|pair| {
            let (text, nul) = (pair.get(text_at), pair.get(1 - text_at));
            text.copied().is_some_and(is_text) && nul == Some(&0)
        })
    };
    if all(0) {
        Some((Utf16::LittleEndian, bytes))
    } else if all(1) {
        Some((Utf16::BigEndian, bytes))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_becomes_text() {
        let converted = |encoding| NoticeKind::Converted { encoding };
        let cases: [(&[u8], &str, Vec<NoticeKind>); 9] = [
            (b"", "", vec![]),
            (b"abc", "abc", vec![]),
            ("ñ€😀".as_bytes(), "ñ€😀", vec![]),
            (b"\xEF\xBB\xBF{}", "{}", vec![]),
            (b"\xFF\xFEa\0\xF1\0", "añ", vec![converted("UTF-16LE")]),
            (
                b"\xFE\xFF\0a\xD8\x3D\xDE\0",
                "a😀",
                vec![converted("UTF-16BE")],
            ),
            (b"{\0}\0", "{}", vec![converted("UTF-16LE")]),
            (
                b"\xFF\xFEa\0\0\xD8b\0c",
                "a\u{FFFD}b",
                vec![converted("UTF-16LE"), NoticeKind::InvalidUtf8],
            ),
            (b"a\xE9b", "a\u{FFFD}b", vec![NoticeKind::InvalidUtf8]),
        ];
        for (bytes, text, changes) in cases {
            assert_eq!(decode_quietly(bytes), (text.into(), changes), "{bytes:?}");
        }
    }

    #[test]
    fn text_that_is_no_utf_8_may_be_windows_1252() {
        let read = |bytes: &[u8]| {
            let mut notices = Notices::default();
            let text = decode_text(bytes, "a.csv", &mut notices).into_owned();
            let kinds = notices.into_vec().into_iter().map(|it| it.kind);
            (text, kinds.collect::<Vec<_>>())
        };
        let encoding = "Windows-1252";
        let converted = || vec![NoticeKind::Converted { encoding }];
        let invalid = || vec![NoticeKind::InvalidUtf8];
        let cases: [(&[u8], &str, Vec<NoticeKind>); 8] = [
            ("pájaro".as_bytes(), "pájaro", vec![]),
            (b"p\xE1jaro;\x80\r\n", "pájaro;€\r\n", converted()),
            (b"\x93ca\xF1a\x94", "“caña”", converted()),
            // Nothing is there, or only a control.
            (b"p\xE1\x8F", "p\u{FFFD}", invalid()),
            (b"p\xE1\0", "p\u{FFFD}\0", invalid()),
            (b"p\xE1\x1B", "p\u{FFFD}\u{1B}", invalid()),
            // A damaged byte in UTF-8.
            (b"na\xC3\xAFve caf\xE9", "naïve caf\u{FFFD}", invalid()),
            (
                b"{\0}\0",
                "{}",
                vec![NoticeKind::Converted {
                    encoding: "UTF-16LE",
                }],
            ),
        ];
        for (bytes, text, kinds) in cases {
            assert_eq!(read(bytes), (text.to_owned(), kinds), "{bytes:?}");
        }
    }
}
