use std::{
    env, fs,
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    ci::{self, Env},
    cli::{Common, Input},
    exit::Exit,
    input::{self, Scan},
    origin::{Field, Known, is_web},
    output, private, time,
    unmatched::{Unmatched, unmatched},
};
use crate::{
    analysis::{
        digest::judge,
        pattern::{BadPattern, Pattern},
    },
    bundle,
    model::{
        Artifact, ArtifactRecord, Lang, LeftOut, Notice, NoticeKind, Origin, Place, Problem,
        ProblemKind, Prose, Report, RevisionRef, Stored, fitting,
    },
    readers::{
        Job,
        assemble::{Context, guessed_baseline},
        container,
    },
    settings,
    words::{Say as _, notice, problem, terminal::Terminal},
};

/// How many bytes of artifacts a packed file and a bundle carry inside.
pub const MAX_INSIDE_BYTES: u64 = 1_000_000;

/// A report, ready to be published, and how it came to be.
#[derive(Debug)]
pub struct Gathered {
    /// Without anything private; holds the bytes of all artifacts that may become public.
    pub report: Report,
    /// Who said what of the origin.
    pub said_by: Vec<(Field, String)>,
    /// The settings' file, where there was one.
    pub config: Option<PathBuf>,
    /// What was taken out of texts.
    pub taken: Vec<String>,
    /// Artifacts whose bytes stay private, by path.
    pub kept_back: Vec<String>,
    /// [`Exit::Fine`], or [`Exit::Unreadable`] when something is missing.
    pub exit: Exit,
    /// What flags, settings and CI say of the origin; artifacts have no word in it.
    pub known: Origin,
    /// What bundles among the inputs say of theirs: path and origin.
    pub claims: Vec<(String, Origin)>,
    /// Whether a CI system runs this.
    pub is_in_ci: bool,
    /// Artifacts that lie elsewhere than they are called, as in a folder that was given: both paths.
    files: Vec<(String, String)>,
    /// Settings that name nothing.
    pub unmatched: Vec<Unmatched>,
}

impl Gathered {
    /// Where an artifact's file is, seen from where this runs.
    pub fn file(&self, artifact: &str) -> String {
        let found = self.files.iter().find(|it| it.0 == artifact);
        found.map_or(artifact, |it| &it.1).to_owned()
    }
}

/// What to compare with, found elsewhere than in the inputs: a bundle, of which the revision that
/// it is about counts.
#[derive(Debug)]
pub struct FoundBaseline {
    /// What the baseline is called.
    pub name: String,
    /// What the bundle is called.
    pub path: String,
    /// The bundle.
    pub bytes: Vec<u8>,
}

/// Why there is no report.
#[derive(Debug)]
pub struct Failure {
    pub problems: Vec<Problem>,
    pub exit: Exit,
}

impl Failure {
    /// One problem.
    pub fn new(exit: Exit, kind: ProblemKind, place: Option<Place>) -> Self {
        let reader = None;
        let problem = Problem {
            kind,
            place,
            reader,
        };
        Self {
            problems: vec![problem],
            exit,
        }
    }
}

/// Reads the inputs into a report.
///
/// # Errors
/// Wrong usage, a mistake in `careo.toml`, or nothing to report.
pub fn gather(input: &Input, common: &Common) -> Result<Gathered, Failure> {
    gather_with(input, common, &mut |_, _| None)
}

/// Finds what to compare with, for a report of this origin; it is also told whether the inputs have
/// rows of which one could be taken.
pub type FindBaseline<'f> = dyn FnMut(&Origin, bool) -> Option<FoundBaseline> + 'f;

/// As [`gather`]; what to compare with is asked for where neither flags nor inputs tell.
///
/// # Errors
/// As [`gather`].
pub fn gather_with(
    input: &Input,
    common: &Common,
    find_baseline: &mut FindBaseline<'_>,
) -> Result<Gathered, Failure> {
    let get = |name: &str| env::var(name).ok();
    let left_out = left_out(input)?;
    let (config, file) = read_settings(input.config.as_deref())?;
    let mut file = file;
    file.settings.left_out = left_out;
    if let Some(lang) = input.lang.as_deref().and_then(Lang::from_tag) {
        file.settings.lang = Some(lang);
    }
    let mut known = from_flags(input)?;
    known.set_all(Field::Title, file.title.take(), settings::FILE_NAME);
    let ci = ci::known(&Env(&get));
    let is_in_ci = !ci.said_by.is_empty();
    known.fill_from(ci);
    known.infer();
    known.origin.made_at = Some(time::now(&get));

    let scan = input::scan(&input.inputs, &input.baseline, &input.readers);
    let Scan {
        artifacts,
        mut problems,
        baseline_name,
        outputs,
        files,
    } = scan;
    let paths = artifacts.iter().map(|it| it.path.clone());
    let files = paths.zip(files).filter(|(path, file)| path != file);
    let files: Vec<(String, String)> = files.collect();
    if !common.quiet {
        let told = Terminal::OwnOutput.say(lang(input));
        say(&outputs
            .iter()
            .map(|it| format!("{it}: {told}"))
            .collect::<Vec<_>>());
    }
    let mut unpacked = container::unpack(artifacts);
    leave_out_settings(&mut unpacked.artifacts, config.as_deref());
    let (notes, bad_notes) = tell_notes(&unpacked.artifacts);
    problems.extend(bad_notes);
    let claims = claims(&unpacked.artifacts);
    let mut context = Context {
        origin: known.origin.clone(),
        settings: file.settings.clone(),
        baseline_name,
        leaves_open: true,
    };
    let job = Job::of(unpacked.clone(), context.clone());
    let mut report = finish(job, &unpacked.artifacts, common);
    add_notes(&mut report, &notes);
    let mut is_compared = !input.baseline.is_empty();
    let mut guessed = match report.baseline {
        None => guessed_baseline(&report),
        Some(_) => None,
    };
    if report.baseline.is_none()
        && !is_empty(&report)
        && let Some(found) =
            find_baseline(&about(&known.origin, &claims, is_in_ci), guessed.is_some())
    {
        guessed = None;
        let mut artifact = Artifact::new(found.path, found.bytes);
        artifact.revision = Some(RevisionRef::Baseline);
        unpacked.artifacts.push(artifact);
        context.baseline_name = Some(found.name);
        is_compared = true;
        let job = Job::of(unpacked.clone(), context);
        report = finish(job, &unpacked.artifacts, common);
        add_notes(&mut report, &notes);
    }
    if let Some(guessed) = guessed {
        report.baseline = Some(guessed);
        if let Some(target) = report.origin.target_branch.clone() {
            let what = Terminal::NoTargetBranch {
                name: target.clone(),
                instead: report.revision_keys().swap_remove(guessed),
            };
            if !common.quiet {
                say(&[what.say(lang(input))]);
            }
            let kind = NoticeKind::Gone {
                what: target,
                nearest: None,
            };
            report.notices.push(Notice { kind, place: None });
        }
    }
    if let Some(empty) = unread_baseline(input, &report, &unpacked.artifacts, &problems) {
        problems.push(empty);
    }
    report.problems.splice(0..0, problems);
    if !input.readers.is_empty() && report.problems.iter().any(is_of_usage) {
        let problems = std::mem::take(&mut report.problems);
        return Err(Failure {
            problems,
            exit: Exit::Usage,
        });
    }
    let is_empty = is_empty(&report);
    if is_empty || !common.quiet {
        tell_unread(&report, lang(input));
    }
    if is_empty {
        let mut problems = std::mem::take(&mut report.problems);
        let exit = if problems.is_empty() {
            Exit::NothingFound
        } else {
            Exit::Unreadable
        };
        if problems.is_empty() {
            problems = Failure::new(exit, ProblemKind::NothingFound, None).problems;
        }
        return Err(Failure { problems, exit });
    }
    judge(&mut report);
    let unmatched = unmatched(&report, &file.settings, &file.places, is_compared);
    if !common.quiet {
        let lines: Vec<String> = unmatched.iter().map(|it| it.lines(lang(input))).collect();
        say(&lines);
    }
    report
        .notices
        .extend(unmatched.iter().map(Unmatched::notice));
    let kept_back = hold_back(&mut report);
    let taken = private::strip(&mut report);
    if !taken.is_empty() || !kept_back.is_empty() {
        let count = taken.len() + kept_back.len();
        let kind = NoticeKind::Stripped { count };
        report.notices.push(Notice { kind, place: None });
    }
    let exit = if report.problems.is_empty() {
        Exit::Fine
    } else {
        Exit::Unreadable
    };
    Ok(Gathered {
        report,
        said_by: known.said_by,
        config,
        taken,
        kept_back,
        exit,
        known: known.origin,
        claims,
        is_in_ci,
        files,
        unmatched,
    })
}

/// The settings in use are no artifact, though they may lie among them. Others are: they may be a
/// stranger's, and change nothing.
fn leave_out_settings(artifacts: &mut Vec<Artifact>, config: Option<&Path>) {
    let Some(settings) = config.and_then(|path| fs::read(path).ok()) else {
        return;
    };
    artifacts.retain(|it| !is_settings(&it.path) || *it.bytes != *settings);
}

fn is_settings(path: &str) -> bool {
    path.rsplit('/').next() == Some(settings::FILE_NAME)
}

/// What bundles among the inputs say of their origin; those to compare with may be of anywhere.
fn claims(artifacts: &[Artifact]) -> Vec<(String, Origin)> {
    let inputs = artifacts
        .iter()
        .filter(|it| it.revision != Some(RevisionRef::Baseline));
    let claim = |it: &Artifact| Some((it.path.clone(), bundle::read_origin(&it.bytes)?));
    inputs.filter_map(claim).collect()
}

/// What the report is about, as far as it says which one it may be compared with. On somebody's own
/// machine, a bundle among the inputs may tell what nobody else does; in CI, it may be a stranger's.
fn about(known: &Origin, claims: &[(String, Origin)], is_in_ci: bool) -> Origin {
    let mut origin = known.clone();
    if let (Some((_, claim)), false) = (claims.first(), is_in_ci) {
        let claim = claim.clone();
        origin.discussion = origin.discussion.or(claim.discussion);
        origin.target_branch = origin.target_branch.or(claim.target_branch);
        origin.branch = origin.branch.or(claim.branch);
        origin.commit = origin.commit.or(claim.commit);
    }
    origin
}

/// The language of what the command line says.
pub fn lang(input: &Input) -> Lang {
    input
        .lang
        .as_deref()
        .and_then(Lang::from_tag)
        .unwrap_or_default()
}

/// Says problems on standard error, one after the other, place first.
pub fn tell(problems: &[Problem], lang: Lang) {
    tell_with(problems, &[], lang);
}

/// The same, where some inputs have names: name and path.
pub fn tell_with(problems: &[Problem], named: &[(&str, &str)], lang: Lang) {
    let lines = problems.iter().map(|it| lines(it, named, lang));
    say(&lines.collect::<Vec<_>>());
}

/// A problem as the terminal shows it: a file that isn't there is none of a site here.
pub fn lines(found: &Problem, named: &[(&str, &str)], lang: Lang) -> String {
    problem::lines_with(found, help(found, named, lang), lang)
}

/// What to do about a problem here, on the terminal.
pub fn help(found: &Problem, named: &[(&str, &str)], lang: Lang) -> Option<String> {
    if found.kind != ProblemKind::NotFound {
        return problem::help(found, lang);
    }
    let path = found.place.as_ref().map(|it| it.artifact.as_str());
    let key = found.place.as_ref().and_then(|it| it.key.as_deref());
    let name = named.iter().find(|(name, _)| path == Some(name));
    let help = match name {
        Some((name, path)) => Terminal::IsRevision {
            name: (*name).to_owned(),
            path: (*path).to_owned(),
        },
        None if key == Some(input::BASELINE) => return problem::help(found, lang),
        None => Terminal::NoSuchInput,
    };
    Some(help.say(lang))
}

fn say(lines: &[String]) {
    lines.iter().for_each(|it| output::say(it));
}

/// So many lines on files that nothing reads; a folder may be full of them.
const N_UNREAD: usize = 5;

/// Says which files nothing was read from, and why, those of one reason in one line; and which
/// folders were read as revisions.
fn tell_unread(report: &Report, lang: Lang) {
    let mut lines = Vec::new();
    let mut unclaimed: Vec<(Terminal, &str, usize)> = Vec::new();
    for found in &report.notices {
        let place = found.place.as_ref();
        match &found.kind {
            NoticeKind::Unclaimed => {
                let path = place.map(|it| it.artifact.as_str()).unwrap_or_default();
                let why = why_unclaimed(report, path);
                match unclaimed.iter_mut().find(|it| it.0 == why) {
                    Some((_, _, n_more)) => *n_more += 1,
                    None => unclaimed.push((why, path, 0)),
                }
            }
            NoticeKind::Ambiguous { .. }
            | NoticeKind::Conflict { .. }
            | NoticeKind::UseJson
            | NoticeKind::Converted { .. }
            | NoticeKind::InvalidUtf8
            | NoticeKind::ColumnsNotFound { .. }
            | NoticeKind::Unassigned { .. }
            | NoticeKind::NotClasses { .. } => lines.push(notice::line(found, lang)),
            // However many files follow.
            NoticeKind::RevisionFolders { .. } => lines.insert(0, notice::line(found, lang)),
            _ => {}
        }
    }
    if let Some(n_more) = lines.len().checked_sub(N_UNREAD).filter(|it| *it > 0) {
        lines.truncate(N_UNREAD);
        lines.push(Terminal::MoreRemarks(n_more).say(lang));
    }
    lines.extend(unclaimed.into_iter().map(|(why, path, n_more)| {
        let more = (n_more > 0).then(|| Terminal::AndMoreFiles(n_more).say(lang));
        format!("{path}{}: {}", more.unwrap_or_default(), why.say(lang))
    }));
    say(&lines);
}

/// Why no reader takes an artifact.
fn why_unclaimed(report: &Report, path: &str) -> Terminal {
    let artifact = report.artifacts.iter().find(|it| it.path == path);
    match artifact.map(|it| &it.stored) {
        _ if is_settings(path) => Terminal::SettingsElsewhere,
        Some(Stored::Inside(bytes)) if is_report_as_text(bytes) => Terminal::ReportAsText,
        _ => Terminal::NotRead,
    }
}

/// Whether it is what scikit-learn's `classification_report` prints.
fn is_report_as_text(bytes: &[u8]) -> bool {
    let text = str::from_utf8(bytes).unwrap_or_default();
    let mut lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    lines.next().is_some_and(|head| {
        let words: Vec<&str> = head.split_whitespace().collect();
        words == ["precision", "recall", "f1-score", "support"]
    })
}

/// What is wrong with the command line, not with a file.
fn is_of_usage(problem: &Problem) -> bool {
    matches!(
        problem.kind,
        ProblemKind::NoSuchReader { .. }
            | ProblemKind::NoSuchOption { .. }
            | ProblemKind::UnknownChoice { .. }
    )
}

/// What `--baseline` gave, where no reader found anything in it.
fn unread_baseline(
    input: &Input,
    report: &Report,
    artifacts: &[Artifact],
    problems: &[Problem],
) -> Option<Problem> {
    let key = |it: &Problem| it.place.as_ref().and_then(|it| it.key.clone());
    let is_told = problems
        .iter()
        .any(|it| key(it).as_deref() == Some(input::BASELINE));
    let mut of_baseline = artifacts
        .iter()
        .filter(|it| it.revision == Some(RevisionRef::Baseline));
    let is_read = |artifact: &Artifact| {
        let mut records = report.artifacts.iter();
        records.any(|it| it.path == artifact.path && it.reader.is_some())
    };
    let first = input.baseline.first()?;
    let is_missing = report.baseline.is_none() || !of_baseline.any(is_read);
    (is_missing && !is_told).then(|| input::no_baseline(first))
}

/// Which columns tables leave out, by the flags.
fn left_out(input: &Input) -> Result<LeftOut, Failure> {
    let pattern = |flag: &str, text: &Option<String>| {
        let text = text.clone().unwrap_or_default();
        match Pattern::new(&text) {
            Ok(_) => Ok(Some(text).filter(|it| !it.is_empty())),
            Err(BadPattern { at }) => {
                let rest: String = text.chars().skip(at).collect();
                let message = format!("`{text}`, from `{rest}` on");
                let kind = ProblemKind::Syntax { message };
                Err(Failure::new(Exit::Usage, kind, Some(Place::artifact(flag))))
            }
        }
    };
    Ok(LeftOut {
        drop: pattern("--drop", &input.drop)?,
        keep: pattern("--keep", &input.keep)?,
        only_changed: input.only_changed,
    })
}

fn from_flags(input: &Input) -> Result<Known, Failure> {
    let mut known = Known::default();
    let flags = [
        (Field::Discussion, "--pr", &input.pr),
        (Field::BaseUrl, "--base-url", &input.base_url),
    ];
    for (field, flag, value) in flags {
        let Some(value) = value else { continue };
        if !is_web(value) {
            let kind = ProblemKind::UnknownChoice {
                found: value.clone(),
                known: "http://…, https://…".to_owned(),
            };
            return Err(Failure::new(Exit::Usage, kind, Some(Place::artifact(flag))));
        }
        known.set(field, value, flag);
    }
    known.set_all(Field::Title, input.title.clone(), "--title");
    Ok(known)
}

/// The settings that `--config` names, or the nearest ones up the tree.
fn read_settings(named: Option<&Path>) -> Result<(Option<PathBuf>, settings::File), Failure> {
    let found = match named {
        Some(path) => Some(path.to_owned()),
        None => env::current_dir().ok().and_then(|folder| {
            let mut candidates = folder.ancestors().map(|it| it.join(settings::FILE_NAME));
            candidates.find(|path| path.is_file())
        }),
    };
    let Some(path) = found else {
        return Ok((None, settings::File::default()));
    };
    let shown = match named {
        Some(path) => path.to_string_lossy().into_owned(),
        None => settings::FILE_NAME.to_owned(),
    };
    let failure = |kind, place| Failure::new(Exit::Usage, kind, Some(place));
    let bytes = fs::read(&path).map_err(|error| {
        let message = error.to_string();
        failure(ProblemKind::Unreadable { message }, Place::artifact(&shown))
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to());
        let n_lines = valid.unwrap_or_default().split(|it| *it == b'\n').count();
        let place = Place {
            line: u32::try_from(n_lines).ok(),
            ..Place::artifact(&shown)
        };
        let message = "not UTF-8".to_owned();
        failure(ProblemKind::Syntax { message }, place)
    })?;
    let file = settings::read(&shown, &text).map_err(|problem| Failure {
        problems: vec![problem],
        exit: Exit::Usage,
    })?;
    Ok((Some(path), file))
}

/// What the list of files calls the reader of the team's notes.
const NOTES_READER: &str = "experiments-toml";

/// The team's notes in TOML, told as Markdown, which is all that the page can read; what is wrong
/// with them. The files themselves stay as they are: their digests are those of their bytes.
fn tell_notes(artifacts: &[Artifact]) -> (Vec<Prose>, Vec<Problem>) {
    let (mut told, mut problems) = (Vec::new(), Vec::new());
    for artifact in artifacts.iter().filter(|it| is_notes(&it.path)) {
        let text = String::from_utf8_lossy(&artifact.bytes);
        match settings::notes(&artifact.path, &text) {
            Ok(markdown) => told.push(Prose {
                artifact: artifact.path.clone(),
                markdown,
            }),
            Err(problem) => problems.push(problem),
        }
    }
    (told, problems)
}

fn is_notes(path: &str) -> bool {
    path.rsplit('/').next() == Some(settings::NOTES_NAME)
}

/// Puts the notes into a report, whose readers know no such file.
fn add_notes(report: &mut Report, told: &[Prose]) {
    for record in &mut report.artifacts {
        if told.iter().any(|it| it.artifact == record.path) {
            record.reader = Some(NOTES_READER.to_owned());
        }
    }
    report.notices.retain(|it| {
        let place = it.place.as_ref().map(|it| it.artifact.as_str());
        it.kind != NoticeKind::Unclaimed || !place.is_some_and(is_notes)
    });
    report.prose.extend_from_slice(told);
}

/// Reads everything; on a terminal, says how far it got.
fn finish(mut job: Job, artifacts: &[Artifact], common: &Common) -> Report {
    let n = artifacts.len();
    let mut err = io::stderr();
    let is_shown = err.is_terminal() && !common.quiet && n > 1;
    for (idx, artifact) in artifacts.iter().enumerate() {
        if is_shown {
            let path = output::harmless(&artifact.path);
            let _ = write!(err, "\r\x1b[K{}/{n} {path}", idx + 1);
        }
        job.step();
    }
    if is_shown {
        let _ = write!(err, "\r\x1b[K");
    }
    job.finish(u64::MAX)
}

fn is_empty(report: &Report) -> bool {
    report.revisions.is_empty()
        && report.prose.is_empty()
        && !report
            .artifacts
            .iter()
            .any(|it| it.media_type.starts_with("image/"))
}

/// Keeps the bytes of artifacts back that hold something private.
fn hold_back(report: &mut Report) -> Vec<String> {
    let mut kept_back = Vec::new();
    for record in &mut report.artifacts {
        if let Stored::Inside(bytes) = &record.stored
            && private::is_private(bytes)
        {
            record.stored = Stored::Nowhere;
            kept_back.push(record.path.clone());
        }
    }
    kept_back
}

/// Leaves the bytes of artifacts in the report up to so many in all, pictures first.
pub fn keep_inside(report: &mut Report, max_bytes: u64) {
    let is_inside = |it: &ArtifactRecord| matches!(it.stored, Stored::Inside(_));
    let fits = fitting(&report.artifacts, max_bytes, &is_inside);
    for (record, fits) in report.artifacts.iter_mut().zip(fits) {
        if is_inside(record) && !fits {
            record.stored = Stored::Nowhere;
        }
    }
}

/// Takes the bytes of artifacts out of the report, into files beside it: name and content of each.
pub fn put_beside(report: &mut Report) -> Vec<(String, Arc<[u8]>)> {
    let mut files = Vec::new();
    for record in &mut report.artifacts {
        if let Stored::Inside(bytes) = &record.stored {
            let name = format!("raw/{}.bin", record.sha256);
            files.push((name.clone(), Arc::clone(bytes)));
            record.stored = Stored::Beside(name);
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files.dedup_by(|a, b| a.0 == b.0);
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArtifactRecord;

    #[test]
    fn notes_in_toml_are_listed_as_they_are() {
        let read = |text: &str| {
            let artifacts = [Artifact::new("lab/experiments.toml", text.as_bytes())];
            let (told, problems) = tell_notes(&artifacts);
            let mut report = Job::new(artifacts.to_vec(), Context::default()).finish(u64::MAX);
            add_notes(&mut report, &told);
            (report, problems)
        };
        let text = "[[tried]]\nwhat = 'class weights'\n";
        let (report, problems) = read(text);
        let record = &report.artifacts[0];
        assert_eq!(record.path, "lab/experiments.toml");
        assert_eq!(record.n_bytes, text.len() as u64);
        assert_eq!(
            record.sha256,
            crate::readers::assemble::sha256(text.as_bytes())
        );
        assert_eq!(record.reader.as_deref(), Some(NOTES_READER));
        assert_eq!(report.prose[0].artifact, "lab/experiments.toml");
        assert!(report.prose[0].markdown.contains("**class weights**"));
        assert_eq!((report.notices, problems), (vec![], vec![]));
        // One message about a broken one, not that nobody knows it as well.
        let (report, problems) = read("[[tried]\n");
        assert_eq!((report.notices, report.prose), (vec![], vec![]));
        assert_eq!(problems.len(), 1);
    }

    fn record(path: &str, media_type: &str, bytes: &[u8]) -> ArtifactRecord {
        ArtifactRecord {
            path: path.to_owned(),
            n_bytes: bytes.len() as u64,
            sha256: path.to_owned(),
            reader: None,
            revision: None,
            media_type: media_type.to_owned(),
            stored: Stored::Inside(bytes.into()),
        }
    }

    #[test]
    fn pictures_stay_inside_first_and_private_bytes_nowhere() {
        let mut report = Report {
            artifacts: vec![
                record("a.json", "application/octet-stream", b"1234567"),
                record("b.png", "image/png", b"12345678"),
                record("c.json", "application/octet-stream", b"\"/home/ana/x\""),
                record("d.json", "application/octet-stream", b"12"),
            ],
            ..Report::default()
        };
        assert_eq!(hold_back(&mut report), ["c.json"]);
        let mut beside = report.clone();
        let names: Vec<String> = put_beside(&mut beside).into_iter().map(|it| it.0).collect();
        assert_eq!(names, ["raw/a.json.bin", "raw/b.png.bin", "raw/d.json.bin"]);
        keep_inside(&mut report, 10);
        let inside: Vec<&str> = report
            .artifacts
            .iter()
            .filter(|it| it.stored != Stored::Nowhere)
            .map(|it| it.path.as_str())
            .collect();
        assert_eq!(inside, ["b.png", "d.json"]);
    }
}
