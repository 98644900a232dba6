use std::collections::HashMap;

use super::{
    columns::ColumnWire,
    fields::{Fields, Record, Value, fault, placed, read_list},
    matrices::MatrixWire,
    remarks::Remark,
    revisions::Revisions,
    values::{push_to, write_text},
};
use crate::{
    json::{Error, Pull},
    model::{Notice, NoticeKind, Place, Problem, ProblemKind, Report, Verdict},
};

/// The schema that [`write`] writes, and the newest that [`read`] reads.
pub const SCHEMA: u32 = 1;

/// The JSON Schema (draft 2020-12) of what [`write`] writes.
pub const JSON_SCHEMA: &str = include_str!("report.schema.json");

/// The name of the header's section.
const HEADER: &str = "careo";

/// What places call the document until somebody knows its path.
const NAME: &str = "report.json";

/// What stands first in every document of ours.
#[derive(Default)]
pub(super) struct HeaderWire {
    pub schema: u32,
    pub kind: String,
    made_by: String,
}

impl HeaderWire {
    /// The header of what this version writes.
    pub fn new(schema: u32, kind: &str) -> Self {
        Self {
            schema,
            kind: kind.to_owned(),
            made_by: concat!("careo ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

impl Record for HeaderWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("schema", &mut self.schema);
        fields.required("kind", &mut self.kind);
        fields.kept("made_by", &mut self.made_by);
    }
}

/// Whether the bytes start like a bundle. Cheap: looks at the header only.
pub fn is_bundle(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut rest = start.iter().filter(|byte| !byte.is_ascii_whitespace());
    b"{\"careo\":{".iter().all(|byte| rest.next() == Some(byte))
}

/// The bundle of a report: the same bytes for the same report.
pub fn write(report: &Report) -> Vec<u8> {
    let Report {
        origin,
        settings,
        revisions,
        current,
        baseline,
        columns,
        matrices,
        predictions,
        series,
        curves,
        prose,
        verdict,
        notices,
        problems,
        artifacts,
        unknown_sections,
    } = report;
    let mut sections = Sections(Vec::new());
    sections.put(HEADER, &mut HeaderWire::new(SCHEMA, "report"));
    sections.put("origin", &mut origin.clone());
    sections.put("settings", &mut settings.clone());
    let mut rows = Report {
        revisions: revisions.clone(),
        current: *current,
        baseline: *baseline,
        ..Report::default()
    };
    sections.put("revisions", &mut Revisions(&mut rows));
    sections.put_list("columns", columns.iter().map(ColumnWire::new));
    sections.put_list("matrices", matrices.iter().map(MatrixWire::new));
    sections.put_list("predictions", predictions.iter().cloned());
    sections.put_list("series", series.iter().cloned());
    sections.put_list("curves", curves.iter().cloned());
    sections.put_list("prose", prose.iter().cloned());
    if let Some(verdict) = verdict {
        sections.put("verdict", &mut verdict.clone());
    }
    // Said again at each reading, as long as there are such sections.
    let is_kept = |it: &&Notice| !matches!(it.kind, NoticeKind::UnknownSections { .. });
    let notices = notices.iter().filter(is_kept);
    sections.put_list("notices", notices.map(Remark::of_notice));
    sections.put_list("problems", problems.iter().map(Remark::of_problem));
    sections.put_list("artifacts", artifacts.iter().cloned());
    for (name, text) in unknown_sections {
        sections.put_text(name, text);
    }
    sections.finish()
}

/// The report of a bundle of this schema or an older one.
///
/// # Errors
/// Not JSON, not a bundle, made by a newer careo, or with values that don't fit together.
pub fn read(bytes: &[u8]) -> Result<Report, Problem> {
    read_with(bytes, &mut |_| Ok(()))
}

/// As [`read`], where something completes the report before it is checked.
pub(super) fn read_with(
    bytes: &[u8],
    complete: &mut dyn FnMut(&mut Report) -> Result<(), Error>,
) -> Result<Report, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|error| Problem {
        kind: ProblemKind::Syntax {
            message: error.to_string(),
        },
        place: Some(Place::artifact(NAME)),
        reader: None,
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let in_place = |error: Error| *error.into_problem(NAME, text);
    let header = read_header(text).map_err(in_place)?;
    if header.schema > SCHEMA {
        return Err(Problem {
            kind: ProblemKind::NewerSchema {
                found: header.schema,
                supported: SCHEMA,
            },
            place: Some(Place::artifact(NAME).key("careo.schema")),
            reader: None,
        });
    }
    let mut report = read_sections(text).map_err(in_place)?;
    complete(&mut report).map_err(in_place)?;
    match report.check() {
        Ok(()) => Ok(report),
        Err(error) => Err(in_place(placed(fault(&error.0), 0))),
    }
}

/// What a bundle says of its origin, whatever else is in it; `None` of what is no bundle.
#[cfg(not(target_arch = "wasm32"))]
pub fn read_origin(bytes: &[u8]) -> Option<crate::model::Origin> {
    if !is_bundle(bytes) {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut origin = crate::model::Origin::default();
    find_record(text, "origin", &mut origin).ok()?;
    Some(origin)
}

/// The sections of a document, being written.
struct Sections(Vec<u8>);

impl Sections {
    fn put(&mut self, name: &str, value: &mut dyn Value) {
        self.start(name);
        value.write(&mut self.0);
    }

    /// Nothing, where there are no items.
    fn put_list(&mut self, name: &str, items: impl Iterator<Item = impl Value>) {
        for (idx, mut item) in items.enumerate() {
            self.start_item(name, idx);
            item.write(&mut self.0);
            self.0.push(b']');
        }
    }

    fn start_item(&mut self, name: &str, idx: usize) {
        if idx == 0 {
            self.start(name);
            self.0.push(b'[');
        } else {
            // In place of the bracket that would have ended the list.
            self.0.pop();
            self.0.extend_from_slice(b",\n");
        }
    }

    fn put_text(&mut self, name: &str, text: &str) {
        self.start(name);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn start(&mut self, name: &str) {
        let before: &[u8] = if self.0.is_empty() { b"{" } else { b",\n" };
        self.0.extend_from_slice(before);
        write_text(&mut self.0, name);
        self.0.push(b':');
    }

    fn finish(mut self) -> Vec<u8> {
        self.0.extend_from_slice(b"}\n");
        self.0
    }
}

/// Every section that this version writes, the header apart.
const KNOWN: [&str; 13] = [
    "origin",
    "settings",
    "revisions",
    "columns",
    "matrices",
    "predictions",
    "series",
    "curves",
    "prose",
    "verdict",
    "notices",
    "problems",
    "artifacts",
];

/// Reads the record of that name; whether it is there. Nothing behind it is looked at: headers
/// stand first in what careo writes.
fn find_record(text: &str, name: &str, record: &mut dyn Value) -> Result<bool, Error> {
    let mut pull = Pull::new(text, 0);
    let mut next = pull.object()?;
    while let Some(key) = next {
        if key.text() == name {
            return in_section(&mut pull, &mut |pull| record.read(pull)).map(|()| true);
        }
        pull.skip()?;
        next = pull.key()?;
    }
    Ok(false)
}

fn read_header(text: &str) -> Result<HeaderWire, Error> {
    let mut header = HeaderWire::default();
    match find_record(text, HEADER, &mut header)? {
        true => Ok(header),
        false => Err(placed(fault("expected the key `careo`"), 0)),
    }
}

/// Reads each section where it stands, in one pass.
fn read_sections(text: &str) -> Result<Report, Error> {
    let mut report = Report::default();
    // Where each stands. A stranger's document may have any number of sections that are not ours.
    let mut seen: HashMap<String, usize> = HashMap::new();
    // Columns are as long as there are revisions, and wait for these where they stand before them.
    let mut waiting = None;
    let mut pull = Pull::new(text, 0);
    let mut next = pull.object()?;
    while let Some(key) = next {
        let name = key.text();
        pull.peek()?;
        let start = pull.offset();
        if seen.insert(name.clone().into_owned(), start).is_some() {
            return Err(placed(fault(&format!("duplicate field `{name}`")), start));
        }
        if name == "columns" && !seen.contains_key("revisions") {
            waiting = Some(start);
            pull.skip()?;
        } else if KNOWN.contains(&&*name) {
            in_section(&mut pull, &mut |pull| {
                read_section(&name, &mut report, pull)
            })?;
        } else {
            let raw = pull.skip()?;
            if name != HEADER {
                let section = (name.clone().into_owned(), raw.to_owned());
                report.unknown_sections.push(section);
            }
        }
        next = pull.key()?;
    }
    pull.end()?;
    if let Some(start) = waiting {
        read_section("columns", &mut report, &mut Pull::new(text, start))?;
    }
    let names = report.unknown_sections.iter().map(|it| it.0.clone());
    let names: Vec<String> = names.collect();
    if !names.is_empty() {
        report.notices.push(Notice {
            kind: NoticeKind::UnknownSections { names },
            place: None,
        });
    }
    Ok(report)
}

fn read_section(name: &str, report: &mut Report, pull: &mut Pull<'_>) -> Result<(), Error> {
    let n = report.revisions.len();
    match name {
        "origin" => report.origin.read(pull),
        "settings" => report.settings.read(pull),
        "revisions" => Revisions(report).read(pull),
        "columns" => read_items(pull, &mut |pull| {
            let mut wire = ColumnWire::empty();
            wire.read(pull)?;
            report.columns.push(wire.into_column(n)?);
            Ok(())
        }),
        "matrices" => read_items(pull, &mut |pull| {
            let mut wire = MatrixWire::empty();
            wire.read(pull)?;
            report.matrices.push(wire.into_record()?);
            Ok(())
        }),
        "predictions" => read_items(pull, &mut push_to(&mut report.predictions)),
        "series" => read_items(pull, &mut push_to(&mut report.series)),
        "curves" => read_items(pull, &mut push_to(&mut report.curves)),
        "prose" => read_items(pull, &mut push_to(&mut report.prose)),
        "verdict" => report.verdict.insert(Verdict::default()).read(pull),
        "notices" => read_items(pull, &mut |pull| {
            let mut remark = Remark::empty_notice();
            remark.read(pull)?;
            report.notices.push(remark.into_notice());
            Ok(())
        }),
        "problems" => read_items(pull, &mut |pull| {
            let mut remark = Remark::empty_problem();
            remark.read(pull)?;
            report.problems.push(remark.into_problem());
            Ok(())
        }),
        _ => read_items(pull, &mut push_to(&mut report.artifacts)),
    }
}

/// A step of [`read_section`] or of one item: what is wrong with its values is wrong there.
fn in_section<'t>(
    pull: &mut Pull<'t>,
    read: &mut dyn FnMut(&mut Pull<'t>) -> Result<(), Error>,
) -> Result<(), Error> {
    pull.peek()?;
    let start = pull.offset();
    read(pull).map_err(|error| placed(error, start))
}

fn read_items<'t>(
    pull: &mut Pull<'t>,
    item: &mut dyn FnMut(&mut Pull<'t>) -> Result<(), Error>,
) -> Result<(), Error> {
    read_list(pull, &mut |pull| in_section(pull, item))
}
