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
}
