//! The documents of a site with history: `entry.json` of each report, the index and its shards.
//!
//! `{"careo":{"schema":1,"kind":"entry",…},"check":"…","data":…}`; `check` is the SHA-256 of the
//! data's text, so that a publisher knows a file that was edited or cut short.

use super::{
    code::{Coded, Codes},
    document::HeaderWire,
    fields::{Fields, Record, Value},
    verdict::OUTCOMES,
};
use crate::{
    json::{Error, Pull},
    model::{
        PlaceKind, SiteChange, SiteEntry, SiteIndex, SiteMetric, SiteShard, SiteViewer, Trend,
        TrendPoint,
    },
};

/// The schema of these documents.
const SCHEMA: u32 = 1;

const KINDS: &Codes<PlaceKind> = &[
    (PlaceKind::Pull, "pull"),
    (PlaceKind::Branch, "branch"),
    (PlaceKind::Tag, "tag"),
];

/// Why a document can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteFault {
    /// A newer careo made it, with this schema.
    Newer(u32),
    /// It is not what it should be.
    Damaged,
}

/// A report's entry.
///
/// # Errors
/// Made by a newer careo, or damaged.
pub fn read_entry(bytes: &[u8]) -> Result<SiteEntry, SiteFault> {
    let mut entry = SiteEntry::default();
    read(bytes, "entry", &mut entry)?;
    Ok(entry)
}

/// The entries of a shard.
///
/// # Errors
/// Made by a newer careo, or damaged.
pub fn read_entries(bytes: &[u8]) -> Result<Vec<SiteEntry>, SiteFault> {
    let mut entries = Vec::new();
    read(bytes, "entries", &mut entries)?;
    Ok(entries)
}

/// The index.
///
/// # Errors
/// Made by a newer careo, or damaged.
pub fn read_index(bytes: &[u8]) -> Result<SiteIndex, SiteFault> {
    let mut index = SiteIndex::default();
    read(bytes, "index", &mut index)?;
    Ok(index)
}

/// A report's `entry.json`.
#[cfg(not(target_arch = "wasm32"))]
pub fn write_entry(entry: &SiteEntry) -> Vec<u8> {
    write("entry", &mut entry.clone())
}

/// A shard.
#[cfg(not(target_arch = "wasm32"))]
pub fn write_entries(entries: &[SiteEntry]) -> Vec<u8> {
    write("entries", &mut entries.to_vec())
}

/// The index.
#[cfg(not(target_arch = "wasm32"))]
pub fn write_index(index: &SiteIndex) -> Vec<u8> {
    write("index", &mut index.clone())
}

/// Whether a document is as careo wrote it.
#[cfg(not(target_arch = "wasm32"))]
pub fn is_sealed(bytes: &[u8]) -> bool {
    let is_whole = || {
        let text = std::str::from_utf8(bytes).ok()?;
        let (head, data) = text.split_once(DATA)?;
        let (_, check) = head.split_once(CHECK)?;
        let data = data.strip_suffix(END)?;
        Some(check == sha256(data.as_bytes()))
    };
    is_whole().unwrap_or_default()
}

#[cfg(not(target_arch = "wasm32"))]
const CHECK: &str = ",\n\"check\":\"";
#[cfg(not(target_arch = "wasm32"))]
const DATA: &str = "\",\n\"data\":";
#[cfg(not(target_arch = "wasm32"))]
const END: &str = "}\n";

#[cfg(not(target_arch = "wasm32"))]
fn write(kind: &str, value: &mut dyn Value) -> Vec<u8> {
    let mut data = Vec::new();
    value.write(&mut data);
    let mut out = b"{\"careo\":".to_vec();
    HeaderWire::new(SCHEMA, kind).write(&mut out);
    for part in [CHECK, &sha256(&data), DATA] {
        out.extend_from_slice(part.as_bytes());
    }
    out.append(&mut data);
    out.extend_from_slice(END.as_bytes());
    out
}

#[cfg(not(target_arch = "wasm32"))]
fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads the data of a document of that kind.
fn read(bytes: &[u8], kind: &str, value: &mut dyn Value) -> Result<(), SiteFault> {
    let text = std::str::from_utf8(bytes).map_err(|_not_text| SiteFault::Damaged)?;
    let mut header = HeaderWire::default();
    let mut has_data = false;
    let mut walk = || -> Result<(), Error> {
        let mut pull = Pull::new(text, 0);
        let mut next = pull.object()?;
        while let Some(key) = next {
            match &*key.text() {
                "careo" => header.read(&mut pull)?,
                // The header stands first: what is of another kind or newer is not looked into.
                "data" if header.kind == kind && header.schema <= SCHEMA => {
                    value.read(&mut pull)?;
                    has_data = true;
                }
                _ => drop(pull.skip()?),
            }
            next = pull.key()?;
        }
        pull.end()
    };
    let walked = walk();
    match walked {
        _ if header.schema > SCHEMA => Err(SiteFault::Newer(header.schema)),
        Ok(()) if has_data => Ok(()),
        _ => Err(SiteFault::Damaged),
    }
}

impl Record for SiteEntry {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("number", &mut self.number);
        fields.required("path", &mut self.path);
        fields.required("kind", &mut Coded(&mut self.kind, KINDS));
        fields.required("name", &mut self.name);
        fields.optional("key", &mut self.key);
        fields.optional("title", &mut self.title);
        fields.optional("discussion", &mut self.discussion);
        fields.optional("commit", &mut self.commit);
        fields.optional("branch", &mut self.branch);
        fields.optional("target_branch", &mut self.target_branch);
        fields.optional("main_branch", &mut self.main_branch);
        fields.optional("repository", &mut self.repository);
        fields.optional("date", &mut self.date);
        fields.optional("made_at", &mut self.made_at);
        fields.kept("outcome", &mut Coded(&mut self.outcome, OUTCOMES));
        fields.optional("digest", &mut self.digest);
        fields.optional("decisive", &mut self.decisive);
        fields.optional("metrics", &mut self.metrics);
        fields.kept("viewer", &mut self.viewer);
        fields.kept("bytes", &mut self.n_bytes);
        fields.kept("content", &mut self.content);
    }
}

impl Record for SiteChange {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("name", &mut self.name);
        fields.optional("baseline", &mut self.baseline);
        fields.optional("current", &mut self.current);
    }
}

impl Record for SiteMetric {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("id", &mut self.id);
        fields.required("name", &mut self.name);
        fields.required("value", &mut self.value);
        fields.optional("direction", &mut self.direction);
    }
}

impl Record for SiteIndex {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("next", &mut self.next);
        fields.required("reports", &mut self.n_reports);
        fields.kept("bytes", &mut self.n_bytes);
        fields.optional("repository", &mut self.repository);
        fields.optional("main_branch", &mut self.main_branch);
        fields.optional("front", &mut self.front);
        fields.required("viewer", &mut self.viewer);
        fields.kept("viewers", &mut self.viewers);
        fields.kept("shards", &mut self.shards);
        fields.kept("trends", &mut self.trends);
        fields.kept("pulls", &mut self.pulls);
        fields.kept("pull_count", &mut self.n_pulls);
    }
}

impl Record for SiteViewer {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("hash", &mut self.hash);
        fields.kept("version", &mut self.version);
        fields.kept("bytes", &mut self.n_bytes);
        fields.kept("reports", &mut self.n_reports);
    }
}

impl Record for SiteShard {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("shard", &mut self.shard);
        fields.kept("reports", &mut self.n_reports);
        fields.kept("sha256", &mut self.sha256);
    }
}

impl Record for Trend {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.optional("key", &mut self.key);
        fields.kept("metrics", &mut self.metrics);
        fields.kept("points", &mut self.points);
    }
}

impl Record for TrendPoint {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("path", &mut self.path);
        fields.optional("commit", &mut self.commit);
        fields.optional("date", &mut self.date);
        fields.kept("values", &mut self.values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Direction, Discussion, Outcome};

    fn entry() -> SiteEntry {
        SiteEntry {
            number: 7,
            path: "pr/12/0123456789ab".to_owned(),
            name: "12".to_owned(),
            title: Some("A \"title\"\n</script>".to_owned()),
            discussion: Some(Discussion {
                url: "https://example.org/pull/12".to_owned(),
                label: "#12".to_owned(),
            }),
            outcome: Outcome::Worse,
            decisive: Some(SiteChange {
                name: "recall".to_owned(),
                baseline: None,
                current: Some(0.25),
            }),
            metrics: vec![SiteMetric {
                id: "metrics.json:recall".to_owned(),
                name: "recall".to_owned(),
                value: 0.25,
                direction: Direction::HigherIsBetter,
            }],
            ..SiteEntry::default()
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let entry = entry();
        let bytes = write_entry(&entry);
        assert!(is_sealed(&bytes));
        assert_eq!(read_entry(&bytes), Ok(entry.clone()));
        let index = SiteIndex {
            next: 8,
            n_reports: 1,
            viewer: "abc".to_owned(),
            shards: vec![SiteShard::default()],
            trends: vec![Trend {
                points: vec![TrendPoint {
                    values: vec![None, Some(1.5)],
                    ..TrendPoint::default()
                }],
                metrics: entry.metrics.clone(),
                ..Trend::default()
            }],
            pulls: vec![entry.clone()],
            ..SiteIndex::default()
        };
        assert_eq!(read_index(&write_index(&index)), Ok(index));
        let entries = vec![entry; 3];
        assert_eq!(read_entries(&write_entries(&entries)), Ok(entries));
    }

    #[test]
    fn what_was_edited_is_known_and_what_is_newer_is_told() {
        let text = String::from_utf8(write_entry(&entry())).unwrap();
        assert!(!is_sealed(text.replace("0.25", "0.75").as_bytes()));
        assert!(!is_sealed(&text.as_bytes()[..text.len() - 3]));
        let newer = text.replace("\"schema\":1", "\"schema\":9");
        assert_eq!(read_entry(newer.as_bytes()), Err(SiteFault::Newer(9)));
        assert_eq!(read_index(text.as_bytes()), Err(SiteFault::Damaged));
        for broken in ["", "{", "[]", "{\"data\":{}}", "<<<<<<< HEAD"] {
            assert_eq!(read_entry(broken.as_bytes()), Err(SiteFault::Damaged));
        }
    }
}
