//! Deflate (RFC 1951), with a limit.
//!
//! As in zlib's `puff`: codes are read bit by bit, by how many there are of each length, without
//! the tables that make other inflaters fast and large.

use InflateError::{Broken, TooLarge};

/// Why nothing came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InflateError {
    /// It is no deflated data, or cut short.
    Broken,
    /// More bytes than the limit.
    TooLarge,
}

/// Unpacks one deflated stream to at most `most` bytes; also tells how many bytes it took.
pub(super) fn inflate(packed: &[u8], most: usize) -> Result<(Vec<u8>, usize), InflateError> {
    let mut bits = Bits {
        packed,
        n_taken: 0,
        rest: 0,
        n_rest: 0,
    };
    let mut unpacked = Unpacked {
        bytes: Vec::new(),
        most,
    };
    loop {
        let is_last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut unpacked)?,
            1 => {
                let mut lengths = [8; 288];
                lengths[144..256].fill(9);
                lengths[256..280].fill(7);
                let (symbols, distances) = (Codes::new(&lengths)?, Codes::new(&[5; 32])?);
                block(&mut bits, &mut unpacked, &symbols, &distances)?;
            }
            2 => {
                let (symbols, distances) = described(&mut bits)?;
                block(&mut bits, &mut unpacked, &symbols, &distances)?;
            }
            _ => return Err(Broken),
        }
        if is_last {
            return Ok((unpacked.bytes, bits.n_taken));
        }
    }
}

/// A block that is not packed (§3.2.4).
fn stored(bits: &mut Bits<'_>, unpacked: &mut Unpacked) -> Result<(), InflateError> {
    // The rest of the byte is not used.
    (bits.rest, bits.n_rest) = (0, 0);
    let (n_bytes, complement) = (bits.take(16)?, bits.take(16)?);
    if n_bytes ^ complement != 0xFFFF {
        return Err(Broken);
    }
    for _ in 0..n_bytes {
        unpacked.push(bits.take(8)? as u8)?;
    }
    Ok(())
}

/// A block of literals and of repetitions (§3.2.5).
fn block(
    bits: &mut Bits<'_>,
    unpacked: &mut Unpacked,
    symbols: &Codes,
    distances: &Codes,
) -> Result<(), InflateError> {
    loop {
        let symbol = symbols.next(bits)?;
        let length = match symbol {
            0..256 => {
                unpacked.push(symbol as u8)?;
                continue;
            }
            256 => return Ok(()),
            257..265 => symbol - 254,
            // Four symbols for each number of bits that follow.
            265..285 => {
                let n_bits = (symbol - 261) / 4;
                3 + ((4 + (symbol - 261) % 4) << n_bits) + bits.take(n_bits)?
            }
            285 => 258,
            _ => return Err(Broken),
        };
        let symbol = distances.next(bits)?;
        let distance = match symbol {
            0..4 => symbol + 1,
            // Two symbols for each.
            4..30 => {
                let n_bits = symbol / 2 - 1;
                1 + ((2 + symbol % 2) << n_bits) + bits.take(n_bits)?
            }
            _ => return Err(Broken),
        };
        for _ in 0..length {
            let from = unpacked.bytes.len().checked_sub(distance as usize);
            let byte = from.and_then(|from| unpacked.bytes.get(from).copied());
            unpacked.push(byte.ok_or(Broken)?)?;
        }
    }
}

/// The codes that stand before a block (§3.2.7).
fn described(bits: &mut Bits<'_>) -> Result<(Codes, Codes), InflateError> {
    const ORDER: [usize; 19] = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ];
    let n_symbols = 257 + bits.take(5)? as usize;
    let n_lengths = n_symbols + 1 + bits.take(5)? as usize;
    let n_codes = 4 + bits.take(4)? as usize;
    let mut lengths = [0; 19];
    for at in ORDER.into_iter().take(n_codes) {
        lengths[at] = bits.take(3)? as u8;
    }
    let codes = Codes::new(&lengths)?;
    let mut lengths: Vec<u8> = Vec::with_capacity(n_lengths);
    while lengths.len() < n_lengths {
        let (length, n_times) = match codes.next(bits)? {
            16 => (*lengths.last().ok_or(Broken)?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (length as u8, 1),
        };
        lengths.resize(lengths.len() + n_times as usize, length);
    }
    let (symbols, distances) = lengths.split_at_checked(n_symbols).ok_or(Broken)?;
    // None may go on beyond the end.
    if lengths.len() > n_lengths || symbols.get(256) == Some(&0) {
        return Err(Broken);
    }
    Ok((Codes::new(symbols)?, Codes::new(distances)?))
}

/// A canonical Huffman code (§3.2.2).
struct Codes {
    /// How many codes have each length.
    counts: [u32; 16],
    /// In the order of their codes.
    symbols: Vec<u32>,
}

impl Codes {
    /// Of the length of each symbol's code, at most 15; 0 where it has none.
    fn new(lengths: &[u8]) -> Result<Self, InflateError> {
        let mut counts = [0; 16];
        let mut symbols = Vec::with_capacity(lengths.len());
        let mut n_left = 1_i32;
        for length in 1..16 {
            let of_length = (0..)
                .zip(lengths)
                .filter(|(_, it)| usize::from(**it) == length);
            symbols.extend(of_length.map(|(symbol, _)| symbol));
            let n_before: u32 = counts.iter().sum();
            counts[length] = symbols.len() as u32 - n_before;
            n_left = 2 * n_left - counts[length] as i32;
            if n_left < 0 {
                return Err(Broken);
            }
        }
        // Only a code of one symbol may leave some unused.
        if n_left > 0 && symbols.len() > 1 {
            return Err(Broken);
        }
        Ok(Self { counts, symbols })
    }

    fn next(&self, bits: &mut Bits<'_>) -> Result<u32, InflateError> {
        // The code so far, less the first code of its length; and the symbols of shorter ones.
        let (mut code, mut n_shorter) = (0, 0);
        for count in self.counts.iter().skip(1) {
            code += bits.take(1)?;
            if code < *count {
                let symbol = self.symbols.get((n_shorter + code) as usize);
                return symbol.copied().ok_or(Broken);
            }
            n_shorter += count;
            code = 2 * (code - count);
        }
        Err(Broken)
    }
}

/// The packed bytes, bit by bit, the lowest first.
struct Bits<'p> {
    packed: &'p [u8],
    n_taken: usize,
    /// Bits of the bytes that were taken, and how many are left of them.
    rest: u32,
    n_rest: u32,
}

impl Bits<'_> {
    /// At most 16 bits as a number.
    fn take(&mut self, n_bits: u32) -> Result<u32, InflateError> {
        while self.n_rest < n_bits {
            let byte = self.packed.get(self.n_taken).ok_or(Broken)?;
            self.rest |= u32::from(*byte) << self.n_rest;
            self.n_taken += 1;
            self.n_rest += 8;
        }
        let taken = self.rest & ((1 << n_bits) - 1);
        self.rest >>= n_bits;
        self.n_rest -= n_bits;
        Ok(taken)
    }
}

struct Unpacked {
    bytes: Vec<u8>,
    most: usize,
}

impl Unpacked {
    fn push(&mut self, byte: u8) -> Result<(), InflateError> {
        if self.bytes.len() >= self.most {
            return Err(TooLarge);
        }
        self.bytes.push(byte);
        Ok(())
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
        let whole = inflate(&packed, text.len()).unwrap();
        assert_eq!(whole, (text.clone().into_bytes(), n_packed));
        assert_eq!(
            inflate(&packed, text.len() - 1),
            Err(InflateError::TooLarge)
        );
        let half = packed.get(..n_packed / 2).unwrap();
        assert_eq!(inflate(half, 1 << 20), Err(InflateError::Broken));
        assert_eq!(inflate(b"\x07nonsense", 1 << 20), Err(InflateError::Broken));
        let nothing = compress_to_vec(b"", 6);
        assert_eq!(inflate(&nothing, 0), Ok((Vec::new(), nothing.len())));
    }

    #[test]
    fn every_kind_of_block_is_unpacked() {
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        let mut random = move |most: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % most
        };
        for case in 0..200 {
            // From noise, which is stored, to few letters with long repetitions.
            let n_letters = 1 + random(256);
            let mut bytes: Vec<u8> = (0..random(70_000))
                .map(|_| random(n_letters) as u8)
                .collect();
            let half = bytes.len() / 2;
            bytes.extend_from_within(..half);
            let packed = compress_to_vec(&bytes, (case % 11) as u8);
            let unpacked = inflate(&packed, bytes.len());
            assert_eq!(unpacked, Ok((bytes, packed.len())));
        }
    }

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
