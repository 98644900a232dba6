use super::{
    inflate::{InflateError, crc32, inflate},
    limits::too_many_bytes,
};
use crate::model::ProblemKind;

const FIXED_HEADER_BYTES: usize = 10;

/// Unpacks a gzip file to at most `limit` bytes: one member or several, joined.
pub(super) fn gunzip(bytes: &[u8], limit: u64) -> Result<Vec<u8>, ProblemKind> {
    let broken = |message: &str| ProblemKind::Container {
        message: message.to_owned(),
    };
    let mut unpacked: Vec<u8> = Vec::new();
    let mut rest = bytes;
    let mut is_first = true;
    loop {
        let body = body(rest).ok_or_else(|| broken("not gzip, or cut short"))?;
        let most = limit.saturating_sub(unpacked.len() as u64);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        // Another member may be one of thousands.
        let expected = if is_first {
            body.len().saturating_mul(4)
        } else {
            0
        };
        is_first = false;
        let (member, n_read) = inflate(body, most, expected).map_err(|error| match error {
            InflateError::TooLarge => too_many_bytes(limit),
            InflateError::Broken => broken("the packed data is broken or cut short"),
        })?;
        let trailer = body.get(n_read..n_read + 8);
        let trailer: Option<&[u8; 8]> = trailer.and_then(|it| it.try_into().ok());
        let Some([a, b, c, d, _, _, _, _]) = trailer else {
            return Err(broken("the packed data is cut short"));
        };
        if u32::from_le_bytes([*a, *b, *c, *d]) != crc32(&member) {
            return Err(broken("the checksum is wrong"));
        }
        // What tar and dd fill up with is no member, nor is it the end.
        rest = body.get(n_read + 8..).unwrap_or_default();
        let padding = rest.iter().position(|byte| *byte != 0);
        rest = padding.and_then(|it| rest.get(it..)).unwrap_or_default();
        if unpacked.is_empty() {
            unpacked = member;
        } else {
            unpacked.extend(member);
        }
        if rest.is_empty() {
            break;
        }
    }
    Ok(unpacked)
}

/// The deflated data behind a member's header.
fn body(member: &[u8]) -> Option<&[u8]> {
    let [0x1F, 0x8B, 8, flags, ..] = *member else {
        return None;
    };
    let mut rest = member.get(FIXED_HEADER_BYTES..)?;
    if flags & 4 != 0 {
        let length = u16::from_le_bytes([*rest.first()?, *rest.get(1)?]);
        rest = rest.get(2 + usize::from(length)..)?;
    }
    // Name and comment end with a zero.
    for flag in [8, 16] {
        if flags & flag != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = rest.get(end + 1..)?;
        }
    }
    if flags & 2 != 0 {
        rest = rest.get(2..)?;
    }
    Some(rest)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec;

    /// A gzip member with name, comment, extra field and header checksum.
    pub fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = b"\x1F\x8B\x08\x1E\0\0\0\0\0\xFF".to_vec();
        packed.extend(b"\x02\0xxname\0comment\0hc");
        packed.extend(compress_to_vec(bytes, 6));
        packed.extend(crc32(bytes).to_le_bytes());
        packed.extend((bytes.len() as u32).to_le_bytes());
        packed
    }

    #[test]
    fn members_are_joined_and_checked() {
        let mut two = gzip(b"a,b\n");
        two.extend(gzip(b"c,d\n"));
        assert_eq!(gunzip(&two, 1 << 20), Ok(b"a,b\nc,d\n".to_vec()));
        two.extend([0; 16]);
        assert_eq!(
            gunzip(&two, 1 << 20),
            Ok(b"a,b\nc,d\n".to_vec()),
            "padding is no member"
        );
        two.extend(gzip(b"e,f\n"));
        assert_eq!(gunzip(&two, 1 << 20), Ok(b"a,b\nc,d\ne,f\n".to_vec()));
        let mut empty = gzip(b"");
        assert_eq!(gunzip(&empty, 1 << 20), Ok(Vec::new()));
        empty.extend([0; 16]);
        assert_eq!(gunzip(&empty, 1 << 20), Ok(Vec::new()));
        let whole = gzip(b"a,b\n");
        for end in 0..whole.len() {
            assert!(gunzip(&whole[..end], 1 << 20).is_err(), "cut at {end}");
        }
        let mut wrong = whole.clone();
        let at = wrong.len() - 8;
        wrong[at] ^= 1;
        assert!(gunzip(&wrong, 1 << 20).is_err());
    }

    #[test]
    fn thousands_of_small_members_take_no_room_of_their_own() {
        // A first buffer of all that comes would be cleared for each: 200 GB.
        let n_members = 40_000;
        let members = gzip(b"a\n").repeat(n_members);
        let unpacked = gunzip(&members, 1 << 20).unwrap();
        assert_eq!(unpacked, b"a\n".repeat(n_members));
    }

    #[test]
    fn a_bomb_ends_at_the_limit() {
        let mut bomb = gzip(&[0; 100_000]);
        assert_eq!(gunzip(&bomb, 99_999), Err(too_many_bytes(99_999)));
        bomb.extend(gzip(&[0; 100_000]));
        assert_eq!(gunzip(&bomb, 200_000).map(|it| it.len()), Ok(200_000));
        assert_eq!(gunzip(&bomb, 199_999), Err(too_many_bytes(199_999)));
    }
}
