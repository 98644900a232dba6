use super::{
    inflate::{InflateError, crc32, inflate},
    limits::{Budget, too_many_bytes},
};
use crate::model::{Limit, ProblemKind};

const END: [u8; 4] = *b"PK\x05\x06";
const END_BYTES: usize = 22;
const END_64_LOCATOR: [u8; 4] = *b"PK\x06\x07";
const END_64_LOCATOR_BYTES: usize = 20;
const END_64: [u8; 4] = *b"PK\x06\x06";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const CENTRAL_BYTES: usize = 46;
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const LOCAL_BYTES: usize = 30;
/// The end record, and the longest comment behind it.
const TAIL_BYTES: usize = END_BYTES + 0xFFFF;

/// A file in a zip, as the central directory describes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// As it stands there: untrusted.
    pub name: String,
    flags: u16,
    method: u16,
    crc: u32,
    n_packed: u64,
    n_unpacked: u64,
    offset: u64,
}

/// Why an entry can't be had.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum EntryError {
    /// It is encrypted or packed in another way: passed over.
    Unsupported,
    /// It is broken.
    Broken(&'static str),
}

impl Entry {
    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.name.ends_with(['/', '\\'])
    }

    /// Its bytes.
    pub fn read(&self, zip: &[u8]) -> Result<Vec<u8>, EntryError> {
        const ENCRYPTED: u16 = 1;
        let cut = EntryError::Broken("its data is cut short");
        if self.flags & ENCRYPTED != 0 || !matches!(self.method, 0 | 8) {
            return Err(EntryError::Unsupported);
        }
        let packed = self.packed(zip).ok_or(cut.clone())?;
        let most = usize::try_from(self.n_unpacked).unwrap_or(usize::MAX);
        let unpacked = match self.method {
            // Compared before it is copied: thousands of entries may have the same bytes.
            0 if packed.len() != most => {
                return Err(EntryError::Broken("it is not as large as it says"));
            }
            0 => packed.to_vec(),
            _ => match inflate(packed, most, most) {
                Ok((unpacked, _)) => unpacked,
                Err(InflateError::TooLarge) => {
                    return Err(EntryError::Broken("it is larger than it says"));
                }
                Err(InflateError::Broken) => {
                    return Err(EntryError::Broken("its packed data is broken"));
                }
            },
        };
        if unpacked.len() != most {
            return Err(EntryError::Broken("it is not as large as it says"));
        }
        if crc32(&unpacked) != self.crc {
            return Err(EntryError::Broken("its checksum is wrong"));
        }
        Ok(unpacked)
    }

    /// Its packed bytes, behind a local header whose sizes may be zero (data descriptor).
    fn packed<'a>(&self, zip: &'a [u8]) -> Option<&'a [u8]> {
        let local = zip.get(usize::try_from(self.offset).ok()?..)?;
        if !local.starts_with(&LOCAL) {
            return None;
        }
        let n_header =
            LOCAL_BYTES + usize::from(u16_at(local, 26)?) + usize::from(u16_at(local, 28)?);
        let n_packed = usize::try_from(self.n_packed).ok()?;
        local.get(n_header..n_header.checked_add(n_packed)?)
    }
}

/// The entries of a zip, which together fit into the budget.
pub(super) fn entries(zip: &[u8], budget: Budget) -> Result<Vec<Entry>, ProblemKind> {
    let broken = || ProblemKind::Container {
        message: "the zip's directory is missing or broken".to_owned(),
    };
    let directory = directory(zip).ok_or_else(broken)?;
    if directory.n_entries > budget.n_entries as u64 {
        let (what, limit) = (Limit::Entries, budget.n_entries as u64);
        return Err(ProblemKind::TooLarge { what, limit });
    }
    let mut rest = directory.bytes;
    let mut entries = Vec::new();
    let mut n_unpacked: u64 = 0;
    let limit = budget.most_unpacked(zip.len());
    for _ in 0..directory.n_entries {
        let (entry, n_bytes) = entry(rest, directory.base).ok_or_else(broken)?;
        n_unpacked = n_unpacked.saturating_add(entry.n_unpacked);
        if n_unpacked > limit {
            return Err(too_many_bytes(limit));
        }
        entries.push(entry);
        rest = rest.get(n_bytes..).unwrap_or_default();
    }
    Ok(entries)
}

/// The central directory.
struct Directory<'a> {
    bytes: &'a [u8],
    n_entries: u64,
    /// What stands before the zip itself: offsets count from there.
    base: u64,
}

fn directory(zip: &[u8]) -> Option<Directory<'_>> {
    let first = zip.len().saturating_sub(TAIL_BYTES);
    let is_end = |at: &usize| {
        let record = zip.get(*at..).unwrap_or_default();
        let n_comment = u16_at(record, 20).map(usize::from);
        record.starts_with(&END) && n_comment.is_some_and(|n| END_BYTES + n <= record.len())
    };
    let last = zip.len().checked_sub(END_BYTES)?;
    let end_at = (first..=last).rev().find(is_end)?;
    let end = zip.get(end_at..)?;
    let mut n_entries = u64::from(u16_at(end, 10)?);
    let mut n_bytes = u64::from(u32_at(end, 12)?);
    let mut offset = u64::from(u32_at(end, 16)?);
    let mut directory_end = end_at as u64;
    if let Some((at, end_64)) = end_64(zip, end_at) {
        n_entries = u64_at(end_64, 32)?;
        n_bytes = u64_at(end_64, 40)?;
        offset = u64_at(end_64, 48)?;
        directory_end = at;
    }
    let start = directory_end.checked_sub(n_bytes)?;
    let base = start.checked_sub(offset)?;
    let range = usize::try_from(start).ok()?..usize::try_from(directory_end).ok()?;
    Some(Directory {
        bytes: zip.get(range)?,
        n_entries,
        base,
    })
}

/// The end record of zip64 and its offset, where its locator stands before the usual end record.
fn end_64(zip: &[u8], end_at: usize) -> Option<(u64, &[u8])> {
    let locator = zip.get(end_at.checked_sub(END_64_LOCATOR_BYTES)?..end_at)?;
    if !locator.starts_with(&END_64_LOCATOR) {
        return None;
    }
    let at = u64_at(locator, 8)?;
    let record = zip.get(usize::try_from(at).ok()?..)?;
    record.starts_with(&END_64).then_some((at, record))
}

/// The first entry of a directory, and how many bytes describe it.
fn entry(directory: &[u8], base: u64) -> Option<(Entry, usize)> {
    if !directory.starts_with(&CENTRAL) {
        return None;
    }
    let n_name = usize::from(u16_at(directory, 28)?);
    let n_extra = usize::from(u16_at(directory, 30)?);
    let n_comment = usize::from(u16_at(directory, 32)?);
    let name = directory.get(CENTRAL_BYTES..CENTRAL_BYTES + n_name)?;
    let extra = directory.get(CENTRAL_BYTES + n_name..CENTRAL_BYTES + n_name + n_extra)?;
    let mut sizes = [
        u64::from(u32_at(directory, 24)?),
        u64::from(u32_at(directory, 20)?),
        u64::from(u32_at(directory, 42)?),
    ];
    // What doesn't fit into 32 bits stands in the zip64 field, in this order.
    let mut large = zip64_field(extra).unwrap_or_default();
    for size in &mut sizes {
        if *size == u64::from(u32::MAX)
            && let Some(value) = u64_at(large, 0)
        {
            *size = value;
            large = large.get(8..).unwrap_or_default();
        }
    }
    let [n_unpacked, n_packed, offset] = sizes;
    let entry = Entry {
        name: String::from_utf8_lossy(name).into_owned(),
        flags: u16_at(directory, 8)?,
        method: u16_at(directory, 10)?,
        crc: u32_at(directory, 16)?,
        n_packed,
        n_unpacked,
        offset: base.checked_add(offset)?,
    };
    Some((entry, CENTRAL_BYTES + n_name + n_extra + n_comment))
}

/// The zip64 part of an entry's extra fields.
fn zip64_field(mut extra: &[u8]) -> Option<&[u8]> {
    loop {
        let n_bytes = usize::from(u16_at(extra, 2)?);
        let field = extra.get(4..4 + n_bytes)?;
        if u16_at(extra, 0)? == 1 {
            return Some(field);
        }
        extra = extra.get(4 + n_bytes..)?;
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*bytes))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*bytes))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*bytes))
}
