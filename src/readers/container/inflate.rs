//! Deflate, with a limit: on miniz_oxide, as flate2 uses it.

use miniz_oxide::inflate::{
    TINFLStatus,
    core::{
        DecompressorOxide, decompress, inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
    },
};

/// Deflate's own limit, so that a small input never asks for a large first buffer.
const MOST_GROWTH: usize = 1032;

/// Why nothing came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InflateError {
    /// It is no deflated data, or cut short.
    Broken,
    /// More bytes than the limit.
    TooLarge,
}

/// Unpacks one deflated stream to at most `most` bytes, of which `expected` are made room for at
/// once; also tells how many bytes it took.
pub(super) fn inflate(
    packed: &[u8],
    most: usize,
    expected: usize,
) -> Result<(Vec<u8>, usize), InflateError> {
    let mut state = Box::<DecompressorOxide>::default();
    let possible = packed.len().saturating_mul(MOST_GROWTH);
    let mut unpacked = vec![0; expected.min(possible).max(4096).min(most)];
    let (mut n_read, mut n_written) = (0, 0);
    loop {
        let rest = packed.get(n_read..).unwrap_or_default();
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, taken, written) =
            decompress(&mut state, rest, &mut unpacked, n_written, flags);
        n_read += taken;
        n_written += written;
        match status {
            TINFLStatus::Done => {
                unpacked.truncate(n_written);
                return Ok((unpacked, n_read));
            }
            TINFLStatus::HasMoreOutput if unpacked.len() >= most => {
                return Err(InflateError::TooLarge);
            }
            TINFLStatus::HasMoreOutput => {
                let larger = unpacked.len().saturating_mul(2).max(4096).min(most);
                let possible = packed
                    .len()
                    .saturating_mul(MOST_GROWTH)
                    .saturating_add(4096);
                unpacked.resize(larger.min(possible.max(unpacked.len() + 1)), 0);
            }
            _ => return Err(InflateError::Broken),
        }
    }
}

/// CRC-32 as zip and gzip use it (ISO 3309).
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    // Made anew: stored, it would be one of the largest pieces of the viewer's data.
    let table = table();
    let mut crc = !0;
    for byte in bytes {
        crc = table[usize::from(crc as u8 ^ byte)] ^ (crc >> 8);
    }
    !crc
}

fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut crc = at as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                0xEDB8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            };
            bit += 1;
        }
        table[at] = crc;
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec;

    #[test]
    fn what_was_packed_comes_out_up_to_the_limit() {
        let text = "cat,dog\n".repeat(5000);
        let mut packed = compress_to_vec(text.as_bytes(), 6);
        let n_packed = packed.len();
        packed.extend(b"behind");
        let whole = inflate(&packed, text.len(), 0).unwrap();
        assert_eq!(whole, (text.clone().into_bytes(), n_packed));
        assert_eq!(
            inflate(&packed, text.len() - 1, 0),
            Err(InflateError::TooLarge)
        );
        let half = packed.get(..n_packed / 2).unwrap();
        assert_eq!(inflate(half, 1 << 20, 1 << 20), Err(InflateError::Broken));
        assert_eq!(
            inflate(b"\x07nonsense", 1 << 20, 0),
            Err(InflateError::Broken)
        );
        let nothing = compress_to_vec(b"", 6);
        assert_eq!(inflate(&nothing, 0, 9), Ok((Vec::new(), nothing.len())));
    }

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
