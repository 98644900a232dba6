use std::borrow::Cow;

use super::{
    artifacts::ArtifactWire,
    columns::ColumnWire,
    fields::{Fields, Record, Value, fault, read_list},
    matrices::{MatrixWire, PredictionsWire},
    origin::OriginWire,
    plots::{CurveWire, ProseWire, SeriesWire},
    remarks::RemarkWire,
    revisions::{RevisionWire, RevisionsWire},
    settings::SettingsWire,
    values::write_text,
    verdict::VerdictWire,
};
use crate::{
    json::{Error, Pull},
    model::{Notice, NoticeKind, Place, Problem, ProblemKind, Report},
};

/// The schema that [`write`] writes, and the newest that [`read`] reads.
pub const SCHEMA: u32 = 1;

/// The JSON Schema (draft 2020-12) of what [`write`] writes.
pub const JSON_SCHEMA: &str = include_str!("report.schema.json");

/// What places call the document until somebody knows its path.
const NAME: &str = "report.json";

#[derive(Default)]
struct HeaderWire {
    schema: u32,
    kind: String,
    made_by: String,
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
    let mut header = HeaderWire {
        schema: SCHEMA,
        kind: "report".to_owned(),
        made_by: concat!("careo ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    sections.put("careo", &mut header);
    sections.put("origin", &mut OriginWire::new(origin));
    sections.put("settings", &mut SettingsWire::new(settings));
    let mut revisions = RevisionsWire {
        current: *current,
        baseline: *baseline,
        rows: revisions.iter().map(RevisionWire::new).collect(),
    };
    sections.put("revisions", &mut revisions);
    sections.put_list("columns", columns, ColumnWire::new);
    sections.put_list("matrices", matrices, MatrixWire::new);
    sections.put_list("predictions", predictions, PredictionsWire::new);
    sections.put_list("series", series, SeriesWire::new);
    sections.put_list("curves", curves, CurveWire::new);
    sections.put_list("prose", prose, ProseWire::new);
    if let Some(verdict) = verdict {
        sections.put("verdict", &mut VerdictWire::new(verdict));
    }
    // Said again at each reading, as long as there are such sections.
    let is_kept = |it: &&Notice| !matches!(it.kind, NoticeKind::UnknownSections { .. });
    let notices: Vec<&Notice> = notices.iter().filter(is_kept).collect();
    sections.put_list("notices", &notices, |notice| RemarkWire::of_notice(notice));
    sections.put_list("problems", problems, RemarkWire::of_problem);
    sections.put_list("artifacts", artifacts, ArtifactWire::new);
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
    let text = std::str::from_utf8(bytes).map_err(|error| Problem {
        kind: ProblemKind::Syntax {
            message: error.to_string(),
        },
        place: Some(Place::artifact(NAME)),
        reader: None,
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let in_place = |error: Error| error.into_problem(NAME, text);
    let document = Document::new(text).map_err(in_place)?;
    let header = document.header().map_err(in_place)?;
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
    let report = document.read().map_err(in_place)?;
    match report.check() {
        Ok(()) => Ok(report),
        Err(error) => Err(in_place(at(0)(fault(&error.0)))),
    }
}

/// The sections of a document, being written.
struct Sections(Vec<u8>);

impl Sections {
    fn put(&mut self, name: &str, value: &mut dyn Value) {
        self.start(name);
        value.write(&mut self.0);
    }

    fn put_list<T, W: Value>(&mut self, name: &str, items: &[T], wire: impl Fn(&T) -> W) {
        if items.is_empty() {
            return;
        }
        self.start(name);
        for (idx, item) in items.iter().enumerate() {
            self.0
                .extend_from_slice(if idx == 0 { b"[" } else { b",\n" });
            wire(item).write(&mut self.0);
        }
        self.0.push(b']');
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

/// The sections of a document, not looked into yet: name, offset and text of each.
struct Document<'a> {
    text: &'a str,
    sections: Vec<(Cow<'a, str>, usize, &'a str)>,
}

impl<'a> Document<'a> {
    fn new(text: &'a str) -> Result<Self, Error> {
        let mut sections = Vec::new();
        let mut pull = Pull::new(text, 0);
        let mut next = pull.object()?;
        while let Some(name) = next {
            pull.peek()?;
            let start = pull.offset();
            sections.push((name.text(), start, pull.skip()?));
            next = pull.key()?;
        }
        pull.end()?;
        Ok(Self { text, sections })
    }

    /// Where a section begins; the last of that name.
    fn section(&self, name: &str) -> Option<usize> {
        let mut named = self.sections.iter().filter(|(known, ..)| known == name);
        named.next_back().map(|(_, start, _)| *start)
    }

    fn header(&self) -> Result<HeaderWire, Error> {
        match self.record("careo")? {
            Some((_, header)) => Ok(header),
            None => Err(at(0)(fault("expected the key `careo`"))),
        }
    }

    fn read(&self) -> Result<Report, Error> {
        let mut report = Report::default();
        if let Some((_, origin)) = self.record::<OriginWire>("origin")? {
            report.origin = origin.read();
        }
        if let Some((start, settings)) = self.record::<SettingsWire>("settings")? {
            report.settings = settings.read().map_err(at(start))?;
        }
        if let Some((start, revisions)) = self.record::<RevisionsWire>("revisions")? {
            (report.current, report.baseline) = (revisions.current, revisions.baseline);
            let rows = revisions.rows.into_iter().map(RevisionWire::read);
            let rows = rows.collect::<Result<_, _>>();
            report.revisions = rows.map_err(at(start))?;
        }
        let n = report.revisions.len();
        report.columns = self.list("columns", |it: ColumnWire| it.read(n))?;
        report.matrices = self.list("matrices", MatrixWire::read)?;
        report.predictions = self.list("predictions", |it: PredictionsWire| Ok(it.read()))?;
        report.series = self.list("series", |it: SeriesWire| Ok(it.read()))?;
        report.curves = self.list("curves", CurveWire::read)?;
        report.prose = self.list("prose", |it: ProseWire| Ok(it.read()))?;
        if let Some((start, verdict)) = self.record::<VerdictWire>("verdict")? {
            report.verdict = Some(verdict.read().map_err(at(start))?);
        }
        report.notices = self.list("notices", |it: RemarkWire| Ok(it.read_notice()))?;
        report.problems = self.list("problems", RemarkWire::read_problem)?;
        report.artifacts = self.list("artifacts", ArtifactWire::read)?;
        self.keep_unknown(&mut report);
        Ok(report)
    }

    /// A section that is one record, and where it begins.
    fn record<W: Record + Default>(&self, name: &str) -> Result<Option<(usize, W)>, Error> {
        let Some(start) = self.section(name) else {
            return Ok(None);
        };
        let mut wire = W::default();
        wire.read(&mut Pull::new(self.text, start))?;
        Ok(Some((start, wire)))
    }

    /// A section that is a list of records.
    fn list<W: Record + Default, T>(
        &self,
        name: &str,
        read: impl Fn(W) -> Result<T, ProblemKind>,
    ) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        let Some(start) = self.section(name) else {
            return Ok(items);
        };
        read_list(&mut Pull::new(self.text, start), &mut |pull| {
            let start = pull.offset();
            let mut wire = W::default();
            wire.read(pull)?;
            items.push(read(wire).map_err(at(start))?);
            Ok(())
        })?;
        Ok(items)
    }

    fn keep_unknown(&self, report: &mut Report) {
        /// Every section that this version writes.
        const KNOWN: [&str; 14] = [
            "careo",
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
        for (name, _, raw) in &self.sections {
            if !KNOWN.contains(&&**name) {
                let section = (name.clone().into_owned(), (*raw).to_owned());
                report.unknown_sections.push(section);
            }
        }
        let names: Vec<String> = report
            .unknown_sections
            .iter()
            .map(|it| it.0.clone())
            .collect();
        if !names.is_empty() {
            report.notices.push(Notice {
                kind: NoticeKind::UnknownSections { names },
                place: None,
            });
        }
    }
}

/// An error of values, at a place.
fn at(offset: usize) -> impl Fn(ProblemKind) -> Error {
    move |kind| Error { kind, offset }
}
