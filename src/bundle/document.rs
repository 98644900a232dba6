use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{
    artifacts::ArtifactWire,
    code::fault,
    columns::ColumnWire,
    matrices::{MatrixWire, PredictionsWire},
    origin::OriginWire,
    plots::{CurveWire, ProseWire, SeriesWire},
    remarks::RemarkWire,
    revisions::{RevisionWire, RevisionsWire},
    settings::SettingsWire,
    verdict::VerdictWire,
};
use crate::model::{Notice, NoticeKind, Place, Problem, ProblemKind, Report};

/// The schema that [`write`] writes, and the newest that [`read`] reads.
pub const SCHEMA: u32 = 1;

/// The JSON Schema (draft 2020-12) of what [`write`] writes.
pub const JSON_SCHEMA: &str = include_str!("report.schema.json");

/// What places call the document until somebody knows its path.
const NAME: &str = "report.json";

#[derive(Deserialize, Serialize)]
struct HeaderWire {
    schema: u32,
    kind: String,
    #[serde(default)]
    made_by: String,
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
    let header = HeaderWire {
        schema: SCHEMA,
        kind: "report".to_owned(),
        made_by: concat!("careo ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    sections.put("careo", &header);
    sections.put("origin", &OriginWire::new(origin));
    sections.put("settings", &SettingsWire::new(settings));
    let revisions = RevisionsWire {
        current: *current,
        baseline: *baseline,
        rows: revisions.iter().map(RevisionWire::new).collect(),
    };
    sections.put("revisions", &revisions);
    sections.put_list("columns", columns, ColumnWire::new);
    sections.put_list("matrices", matrices, MatrixWire::new);
    sections.put_list("predictions", predictions, PredictionsWire::new);
    sections.put_list("series", series, SeriesWire::new);
    sections.put_list("curves", curves, CurveWire::new);
    sections.put_list("prose", prose, ProseWire::new);
    if let Some(verdict) = verdict {
        sections.put("verdict", &VerdictWire::new(verdict));
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
    let document: Document = parse(text, text)?;
    let header: HeaderWire = match document.section("careo") {
        Some(raw) => parse(text, raw)?,
        None => return Err(problem(text, text, &fault("expected the key `careo`"))),
    };
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
    let report = document.read(text)?;
    match report.check() {
        Ok(()) => Ok(report),
        Err(error) => Err(problem(text, text, &fault(&error.0))),
    }
}

/// The sections of a document, being written.
struct Sections(Vec<u8>);

impl Sections {
    fn put(&mut self, name: &str, value: &impl Serialize) {
        self.start(name);
        // Writing our own types into memory can't fail; were it to, the reader would tell.
        let _ = serde_json::to_writer(&mut self.0, value);
    }

    fn put_list<T, W: Serialize>(&mut self, name: &str, items: &[T], wire: impl Fn(&T) -> W) {
        if items.is_empty() {
            return;
        }
        self.start(name);
        for (idx, item) in items.iter().enumerate() {
            self.0
                .extend_from_slice(if idx == 0 { b"[" } else { b",\n" });
            let _ = serde_json::to_writer(&mut self.0, &wire(item));
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
        let _ = serde_json::to_writer(&mut self.0, name);
        self.0.push(b':');
    }

    fn finish(mut self) -> Vec<u8> {
        self.0.extend_from_slice(b"}\n");
        self.0
    }
}

/// The sections of a document, not looked into yet.
struct Document<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Document<'a> {
    fn section(&self, name: &str) -> Option<&'a str> {
        let mut named = self.0.iter().filter(|(known, _)| known == name);
        named.next_back().map(|(_, raw)| raw.get())
    }

    fn read(&self, text: &str) -> Result<Report, Problem> {
        let mut report = Report::default();
        if let Some(raw) = self.section("origin") {
            report.origin = parse::<OriginWire>(text, raw)?.read();
        }
        if let Some(raw) = self.section("settings") {
            let settings = parse::<SettingsWire>(text, raw)?.read();
            report.settings = settings.map_err(|error| problem(text, raw, &error))?;
        }
        if let Some(raw) = self.section("revisions") {
            let revisions: RevisionsWire = parse(text, raw)?;
            (report.current, report.baseline) = (revisions.current, revisions.baseline);
            let rows = revisions.rows.into_iter().map(RevisionWire::read);
            let rows = rows.collect::<Result<_, _>>();
            report.revisions = rows.map_err(|error| problem(text, raw, &error))?;
        }
        let n = report.revisions.len();
        report.columns = self.list(text, "columns", |it: ColumnWire| it.read(n))?;
        report.matrices = self.list(text, "matrices", MatrixWire::read)?;
        report.predictions = self.list(text, "predictions", |it: PredictionsWire| Ok(it.read()))?;
        report.series = self.list(text, "series", |it: SeriesWire| Ok(it.read()))?;
        report.curves = self.list(text, "curves", CurveWire::read)?;
        report.prose = self.list(text, "prose", |it: ProseWire| Ok(it.read()))?;
        if let Some(raw) = self.section("verdict") {
            let verdict = parse::<VerdictWire>(text, raw)?.read();
            report.verdict = Some(verdict.map_err(|error| problem(text, raw, &error))?);
        }
        report.notices = self.list(text, "notices", |it: RemarkWire| Ok(it.read_notice()))?;
        report.problems = self.list(text, "problems", RemarkWire::read_problem)?;
        report.artifacts = self.list(text, "artifacts", ArtifactWire::read)?;
        self.keep_unknown(&mut report);
        Ok(report)
    }

    fn list<'de, W: Deserialize<'de>, T>(
        &self,
        text: &str,
        name: &str,
        read: impl Fn(W) -> Result<T, serde_json::Error>,
    ) -> Result<Vec<T>, Problem>
    where
        'a: 'de,
    {
        let Some(raw) = self.section(name) else {
            return Ok(Vec::new());
        };
        let items: Vec<W> = parse(text, raw)?;
        let items = items.into_iter().map(read).collect::<Result<_, _>>();
        items.map_err(|error| problem(text, raw, &error))
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
        for (name, raw) in &self.0 {
            if !KNOWN.contains(&&**name) {
                let section = (name.clone().into_owned(), raw.get().to_owned());
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

impl<'de> Deserialize<'de> for Document<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Document<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut sections = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    sections.push((Cow::Owned(name), map.next_value()?));
                }
                Ok(Document(sections))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

fn parse<'a, T: Deserialize<'a>>(text: &str, part: &'a str) -> Result<T, Problem> {
    serde_json::from_str(part).map_err(|error| problem(text, part, &error))
}

/// A problem in a part of the document, with its place in the whole.
fn problem(text: &str, part: &str, error: &serde_json::Error) -> Problem {
    let before = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.get(..before).unwrap_or_default();
    let n_lines = before.bytes().filter(|byte| *byte == b'\n').count();
    let n_columns = before
        .rsplit('\n')
        .next()
        .map_or(0, |line| line.chars().count());
    let line = n_lines + error.line().max(1);
    let column = error.column().max(1) + if error.line() <= 1 { n_columns } else { 0 };
    let as_u32 = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    Problem {
        kind: ProblemKind::Syntax {
            message: message.to_owned(),
        },
        place: Some(Place::artifact(NAME).at(as_u32(line), as_u32(column))),
        reader: None,
    }
}
