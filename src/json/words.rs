//! Eight bytes of text at a time, the first one lowest: what byte after byte would be most of the
//! time that a large file takes.

/// A byte eight times.
const fn eight(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// How many of the first bytes are digits.
pub(super) fn n_digits(word: u64) -> usize {
    // The upper half of a digit is 3, also 6 further on. What carries into the next byte comes
    // behind one that is no digit.
    let upper = eight(0xF0);
    let differs = (word ^ eight(b'0')) | (word.wrapping_add(eight(6)) ^ eight(b'0'));
    (differs & upper).trailing_zeros() as usize / 8
}

/// How many of the first bytes a string may hold as they are: no quote, backslash or control
/// character.
pub(super) fn n_plain(word: u64) -> usize {
    // The highest bit of each byte below `limit`, and of some behind the first such.
    let below = |word: u64, limit: u8| word.wrapping_sub(eight(limit)) & !word;
    let special = below(word, b' ') | below(word ^ eight(b'"'), 1) | below(word ^ eight(b'\\'), 1);
    (special & eight(0x80)).trailing_zeros() as usize / 8
}

/// The number that eight digits are; a NUL counts as 0.
pub(super) fn eight_digits(word: u64) -> u64 {
    // Neighbours become numbers of two digits, those of four, those of eight.
    let ones = word & eight(0x0F);
    let twos = (ones.wrapping_mul(10 << 8 | 1) >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = (twos.wrapping_mul(100 << 16 | 1) >> 16) & 0x0000_FFFF_0000_FFFF;
    fours.wrapping_mul(10_000 << 32 | 1) >> 32
}

/// Whether two texts are the same.
pub(super) fn are_same(a: &[u8], b: &[u8]) -> bool {
    let ((a_words, a_rest), (b_words, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut words = a_words.iter().zip(b_words);
    a.len() == b.len()
        && words.all(|(a, b)| u64::from_ne_bytes(*a) == u64::from_ne_bytes(*b))
        && match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
            // Some bytes a second time.
            (Some(a), Some(b)) => u64::from_ne_bytes(*a) == u64::from_ne_bytes(*b),
            _ => a_rest == b_rest,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &[u8; 8]) -> u64 {
        u64::from_le_bytes(*text)
    }

    #[test]
    fn each_byte_counts_wherever_it_stands() {
        for at in 0..8 {
            for byte in 0..=u8::MAX {
                for before in *b"059" {
                    let mut bytes = [before; 8];
                    bytes[at] = byte;
                    let n = if byte.is_ascii_digit() { 8 } else { at };
                    assert_eq!(n_digits(word(&bytes)), n, "{bytes:?}");
                    let is_special = byte < b' ' || byte == b'"' || byte == b'\\';
                    let n = if is_special { at } else { 8 };
                    assert_eq!(n_plain(word(&bytes)), n, "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn digits_are_numbers() {
        assert_eq!(eight_digits(word(b"12345678")), 12_345_678);
        assert_eq!(eight_digits(word(b"\0\0\0\0\09\x30\x39")), 909);
        assert_eq!(eight_digits(word(b"99999999")), 99_999_999);
    }

    #[test]
    fn texts_of_every_length_are_compared() {
        let text: Vec<u8> = (0..40).collect();
        for n in 0..text.len() {
            let mut other = text[..n].to_vec();
            assert!(are_same(&text[..n], &other));
            assert!(!are_same(&text, &other));
            for at in 0..n {
                other[at] ^= 1;
                assert!(!are_same(&text[..n], &other), "{n} {at}");
                other[at] ^= 1;
            }
        }
    }
}
