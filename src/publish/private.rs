//! Takes out what tools leave in artifacts and nobody meant to publish: absolute paths of a
//! machine, with the user and the folders in them, and the credentials of addresses.

use crate::{
    model::{
        Caution, Cell, Cells, Found, MatrixError, NotComparable, NoticeKind, Place, ProblemKind,
        Report, State, TextKind, Verdict,
    },
    readers::decoded,
};

/// Folders whose folders are called like people.
const HOMES: [&str; 3] = ["home", "Users", "Volumes"];

/// First folders of absolute paths that name a machine. Others may be anything: a route, a ratio.
const ROOTS: [&str; 27] = [
    "home",
    "Users",
    "root",
    "tmp",
    "var",
    "mnt",
    "opt",
    "work",
    "workspace",
    "workspaces",
    "builds",
    "github",
    "runner",
    "__w",
    "private",
    "usr",
    "srv",
    "media",
    "data",
    "content",
    "kaggle",
    "scratch",
    "nfs",
    "gpfs",
    "lustre",
    "export/home",
    "Volumes",
];

/// Takes everything private out of a report's texts and returns what was taken out, in order.
pub fn strip(report: &mut Report) -> Vec<String> {
    let mut taken = Vec::new();
    let mut clean = |text: &mut String| {
        let (cleaned, mut found) = cleaned(text);
        if !found.is_empty() {
            *text = cleaned;
            taken.append(&mut found);
        }
    };
    for revision in &mut report.revisions {
        if let State::Failed(message) = &mut revision.state {
            clean(message);
        }
        revision.executor.iter_mut().for_each(&mut clean);
        for (file, message) in &mut revision.file_errors {
            clean(file);
            clean(message);
        }
    }
    for column in &mut report.columns {
        clean(&mut column.id.file);
        column.id.path.iter_mut().for_each(&mut clean);
        if has_private(&column.cells) {
            column.cells = cleaned_cells(&column.cells, &mut clean);
        }
    }
    report
        .prose
        .iter_mut()
        .for_each(|it| clean(&mut it.markdown));
    report.series.iter_mut().for_each(|it| clean(&mut it.name));
    for notice in &mut report.notices {
        texts_of_notice(&mut notice.kind, &mut clean);
        texts_of_place(notice.place.as_mut(), &mut clean);
    }
    for problem in &mut report.problems {
        texts_of_problem(&mut problem.kind, &mut clean);
        texts_of_place(problem.place.as_mut(), &mut clean);
    }
    for (_, json) in &mut report.unknown_sections {
        clean(json);
    }
    report.settings.data.iter_mut().for_each(&mut clean);
    if let Some(verdict) = &mut report.verdict {
        texts_of_verdict(verdict, &mut clean);
    }
    taken
}

/// What a verdict has of an artifact's texts; it is judged before they are cleaned, since a path
/// tells what a dependency is. Every kind is named, so that a new one is thought of.
fn texts_of_verdict(verdict: &mut Verdict, clean: &mut impl FnMut(&mut String)) {
    for difference in &mut verdict.not_comparable {
        match difference {
            NotComparable::Data { path } => clean(path),
            NotComparable::Split { baseline, current } => {
                baseline.iter_mut().chain(current).for_each(&mut *clean);
            }
            // Labels of classes stay as they are everywhere: cleaned, two could become one.
            NotComparable::Classes { .. }
            | NotComparable::SampleSize { .. }
            | NotComparable::Samples { .. } => {}
        }
    }
    for caution in &mut verdict.cautions {
        match caution {
            Caution::Dependency { path: text } | Caution::NoSuchMetric { name: text } => {
                clean(text);
            }
            Caution::OtherFile { baseline, current } => {
                [baseline, current].into_iter().for_each(&mut *clean);
            }
            Caution::NoBaseline
            | Caution::CurrentHasNoResults
            | Caution::BaselineHasNoResults
            | Caution::AccuracyDiffers { .. }
            | Caution::SmallGain { .. }
            | Caution::MeasureDiffers { .. }
            | Caution::FewSamples { .. }
            | Caution::UnknownDirection => {}
        }
    }
}

fn texts_of_place(place: Option<&mut Place>, clean: &mut impl FnMut(&mut String)) {
    if let Some(key) = place.and_then(|it| it.key.as_mut()) {
        clean(key);
    }
}

/// What a notice has of an artifact's texts. Every kind is named, so that a new one is thought of.
fn texts_of_notice(kind: &mut NoticeKind, clean: &mut impl FnMut(&mut String)) {
    match kind {
        NoticeKind::Conflict {
            column,
            revision,
            shown,
            other,
            artifact: _,
        } => [column, revision, shown, other].into_iter().for_each(clean),
        NoticeKind::FileError { revision, message } => {
            [revision, message].into_iter().for_each(clean)
        }
        NoticeKind::Gone { what, nearest } => [what].into_iter().chain(nearest).for_each(clean),
        NoticeKind::DuplicateKey { key: text }
        | NoticeKind::Unassigned { revision: text }
        | NoticeKind::ColumnsNotFound { found: text, .. }
        | NoticeKind::RemoteImage { host: text }
        | NoticeKind::MissingImage { path: text }
        | NoticeKind::EntrySkipped { entry: text }
        | NoticeKind::PassedOver { what: text } => clean(text),
        // Words of careo's own, numbers, and names of inputs as they were given.
        NoticeKind::ReaderTook { .. }
        | NoticeKind::Unclaimed
        | NoticeKind::Ambiguous { .. }
        | NoticeKind::UseJson
        | NoticeKind::NonFinite { .. }
        | NoticeKind::QuotedNumbers { .. }
        | NoticeKind::TextBefore
        | NoticeKind::TextAfter
        | NoticeKind::InvalidUtf8
        | NoticeKind::Converted { .. }
        | NoticeKind::Rounded { .. }
        | NoticeKind::RevisionFolders { .. }
        | NoticeKind::RowsSkipped { .. }
        | NoticeKind::RaggedRows { .. }
        | NoticeKind::NotClasses { .. }
        | NoticeKind::MarginsStripped
        | NoticeKind::SharesNotCounts
        | NoticeKind::Weighted
        | NoticeKind::NoLabels
        | NoticeKind::Stripped { .. }
        | NoticeKind::UnknownSections { .. }
        | NoticeKind::UnknownAddressKeys { .. }
        | NoticeKind::NoWorker
        | NoticeKind::Limited { .. } => {}
    }
}

/// What a problem has of an artifact's texts, or of the system's.
fn texts_of_problem(kind: &mut ProblemKind, clean: &mut impl FnMut(&mut String)) {
    match kind {
        ProblemKind::Expected {
            found: Found::Text(text) | Found::Literal(text),
            ..
        }
        | ProblemKind::Matrix(MatrixError::DuplicateLabel(text))
        | ProblemKind::NoColumn { found: text, .. }
        | ProblemKind::DuplicateColumn { name: text }
        | ProblemKind::NoSuchOption { option: text, .. }
        | ProblemKind::UnknownKey { key: text, .. }
        | ProblemKind::UnknownChoice { found: text, .. }
        | ProblemKind::OutOfRange { found: text, .. }
        | ProblemKind::Twice { name: text }
        | ProblemKind::NeedsKey { key: text }
        | ProblemKind::Syntax { message: text }
        | ProblemKind::Container { message: text }
        | ProblemKind::NoSuchReader { name: text, .. }
        | ProblemKind::Unreadable { message: text }
        | ProblemKind::Bug { message: text } => clean(text),
        ProblemKind::Expected {
            found: Found::Thing(_) | Found::Nothing,
            ..
        }
        | ProblemKind::UnexpectedEnd
        | ProblemKind::UnexpectedCharacter(_)
        | ProblemKind::TooDeep { .. }
        | ProblemKind::Empty
        | ProblemKind::TooLarge { .. }
        | ProblemKind::Matrix(_)
        | ProblemKind::NewerSchema { .. }
        | ProblemKind::UnclosedQuote
        | ProblemKind::NotFound
        | ProblemKind::Http { .. }
        | ProblemKind::OtherOrigin
        | ProblemKind::NothingFound => {}
    }
}

/// Whether a file's bytes hold something private: then they are not published. They are searched
/// as the text that readers take them for, whatever its encoding.
pub fn is_private(bytes: &[u8]) -> bool {
    let text = decoded(bytes);
    // In a picture or a model, any bytes may look like a drive's letter.
    let is_text = str::from_utf8(bytes).is_ok() || !text.contains('\0');
    is_text && !cleaned(&text).1.is_empty()
}

fn has_private(cells: &Cells) -> bool {
    let mut texts = cells.dictionary().iter();
    texts.any(|(_, text)| !cleaned(text).1.is_empty())
}

fn cleaned_cells(cells: &Cells, clean: &mut impl FnMut(&mut String)) -> Cells {
    let mut new = Cells::missing(cells.len());
    for row in 0..cells.len() {
        match cells.get(row) {
            Cell::Text(kind @ (TextKind::Plain | TextKind::Structure), text) => {
                let mut text = text.to_owned();
                clean(&mut text);
                new.set(row, Cell::Text(kind, &text));
            }
            cell => new.set(row, cell),
        }
    }
    new
}

/// The text without what is private, and what that was.
fn cleaned(text: &str) -> (String, Vec<String>) {
    let (mut clean, mut taken) = (String::new(), Vec::new());
    let mut rest = text;
    let mut before = None;
    while let Some(next) = rest.chars().next() {
        if let Some((path, kept)) = path_at(rest, before) {
            taken.push(path.to_owned());
            clean.push('…');
            clean.push_str(kept);
            rest = &rest[path.len()..];
        } else if let Some(credentials) = credentials_at(rest) {
            taken.push("***@".to_owned());
            clean.push_str("://");
            rest = &rest["://".len() + credentials..];
        } else {
            clean.push(next);
            rest = &rest[next.len_utf8()..];
        }
        // The path of a `file:` address begins anew behind its slashes.
        before = clean
            .chars()
            .next_back()
            .filter(|_| !clean.ends_with("file://"));
    }
    (clean, taken)
}

/// An absolute path of a machine at the start of a text, and its last part with the slash, unless
/// that is somebody's own folder.
fn path_at(text: &str, before: Option<char>) -> Option<(&str, &str)> {
    // A path goes on here, or an address: that one began earlier.
    if before
        .is_some_and(|it| it.is_alphanumeric() || matches!(it, '/' | '.' | '_' | '-' | '~' | '…'))
    {
        return None;
    }
    // Windows has blanks in the names of its folders, also where another system sees them.
    let separator = match text {
        it if it.starts_with("/mnt/") && is_users(it.get("/mnt/c".len()..)) => Some('/'),
        it if it.starts_with('/') => None,
        it if it.get(1..3) == Some(":/") => Some('/'),
        _ => Some('\\'),
    };
    let after_root = match text.strip_prefix('/') {
        Some(rest) => ROOTS.iter().find_map(|root| rest.strip_prefix(root)),
        None => windows_root(text),
    }?;
    if !after_root.starts_with(['/', '\\']) {
        return None;
    }
    let ends = |it: char| it.is_control() || "\"'`<>|,;:)]}".contains(it);
    let start = text.len() - after_root.len();
    let goes_on = |at: usize| {
        let (before, rest) = after_root.split_at(at);
        let rest = rest.split(ends).next().unwrap_or_default();
        match separator {
            // Elsewhere a slash is no path's alone: the rest of a name is short, and no other path.
            Some('/') => {
                let is_file = before.rsplit('/').next().is_some_and(|it| it.contains('.'));
                let mut words = rest.split_whitespace().take(2);
                !is_file && words.any(|it| it.find('/').is_some_and(|at| at > 0))
            }
            Some(separator) => rest.contains(separator),
            None => false,
        }
    };
    let is_end = |(at, it): &(usize, char)| ends(*it) || (it.is_whitespace() && !goes_on(*at));
    let end = after_root.char_indices().find(is_end);
    let len = start + end.map_or(after_root.len(), |(at, _)| at);
    let path = text.get(..len)?.trim_end_matches(['/', '\\', '.']);
    let last = path.rfind(['/', '\\']).filter(|at| *at >= start);
    let parts = path.split(['/', '\\']).filter(|it| !it.is_empty());
    let below_home = parts.skip_while(|it| !HOMES.iter().any(|home| it.eq_ignore_ascii_case(home)));
    let is_own = below_home.count() == 2;
    // In JSON the backslash before the last part is two, and one alone would be no JSON.
    let is_doubled = |at: usize| path.get(..at).is_some_and(|it| it.ends_with('\\'));
    let kept = last
        .filter(|_| !is_own)
        .map(|at| at - usize::from(is_doubled(at)));
    Some((path, kept.and_then(|at| path.get(at..)).unwrap_or_default()))
}

/// Whether a path goes on below the folders of Windows' users.
fn is_users(rest: Option<&str>) -> bool {
    rest.is_some_and(|it| it.starts_with("/Users/"))
}

/// What follows the drive or the server of a Windows path.
fn windows_root(text: &str) -> Option<&str> {
    if text.starts_with('\\') {
        return after_server(text);
    }
    let mut chars = text.chars();
    chars.next().filter(char::is_ascii_alphabetic)?;
    let rest = chars.as_str().strip_prefix(':')?;
    // JSON doubles the backslash.
    let is_path = rest.starts_with('\\') || (rest.starts_with('/') && !rest.starts_with("//"));
    is_path.then_some(rest)
}

/// What follows the server of `\\server\share\file`; in JSON every backslash is two.
fn after_server(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches('\\');
    let separator = match text.len() - rest.len() {
        2 => "\\",
        4 => "\\\\",
        _ => return None,
    };
    let is_name = |it: char| it.is_alphanumeric() || matches!(it, '.' | '-' | '_');
    let (server, path) = rest.split_at(rest.find('\\')?);
    let mut parts = path.strip_prefix(separator)?.split(separator);
    let has_file = parts.next().is_some_and(|it| !it.is_empty())
        && parts.next().is_some_and(|it| !it.is_empty());
    (server.len() > 1 && server.chars().all(is_name) && has_file).then_some(path)
}

/// The length of `user:token@` in an address whose `://` starts the text.
fn credentials_at(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("://")?;
    let end = rest.find(|it: char| it.is_whitespace() || "/?#\"'`<>)".contains(it));
    let authority = rest.get(..end.unwrap_or(rest.len()))?;
    authority.rfind('@').map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Notice, Problem, Revision, RevisionKind, Series, Thing};

    #[test]
    fn private_texts_are_found_and_public_ones_left() {
        let cases = [
            (
                "no file /home/ana/proj/m.json here",
                "no file …/m.json here",
                1,
            ),
            (
                "\"/Users/ana/x\",\"/builds/team/y.py\"",
                "\"…/x\",\"…/y.py\"",
                2,
            ),
            (r"C:\\Users\\ana\\x.csv: gone", r"…\\x.csv: gone", 1),
            (
                "https://ana:t0k3n@host.org/home/x",
                "https://host.org/home/x",
                1,
            ),
            ("file:///home/ana/x", "file://…/x", 1),
            // The last part is the person.
            ("in /home/ana, /Users/ana/: gone", "in …, …/: gone", 2),
            (r"C:\\Users\\ana and /mnt/c/Users/ana", "… and …", 2),
            (
                r"C:\Users\Ana Gómez\my data\x.csv is gone",
                r"…\x.csv is gone",
                1,
            ),
            (r"C:\Users\Ana Gómez\x.csv D:\y", r"…\x.csv …\y", 2),
            (
                "rate 5/home/x, a/tmp/b, /api/v1/x, /home",
                "rate 5/home/x, a/tmp/b, /api/v1/x, /home",
                0,
            ),
            (
                "/nfs/home/ana.garcia/x.csv /export/home/ana/y /gpfs/users/ana/z",
                "…/x.csv …/y …/z",
                3,
            ),
            ("/Volumes/ana/x.csv, /Volumes/ana", "…/x.csv, …", 2),
            ("at D:/ana.garcia/x.csv: gone", "at …/x.csv: gone", 1),
            (
                "D:/Ana Gómez/x.csv is a/b/c of D://x",
                "…/x.csv is a/b/c of D://x",
                1,
            ),
            (r"\\srv-ana\share\ana\x.csv", r"…\x.csv", 1),
            (r"\\\\srv-ana\\share\\x.csv", r"…\\x.csv", 1),
            (r"\\nA\\nB\\nC \\d+", r"\\nA\\nB\\nC \\d+", 0),
            (
                "/mnt/c/Users/Ana Gomez/proj/x.csv in /mnt/c/Users/ana and /tmp/y",
                "…/x.csv in … and …/y",
                3,
            ),
            ("![](/tmp/cm.png)", "![](…/cm.png)", 1),
            ("https://example.org/tmp/x", "https://example.org/tmp/x", 0),
            ("mail ana@example.org", "mail ana@example.org", 0),
        ];
        for (text, expected, n_taken) in cases {
            let (clean, taken) = cleaned(text);
            assert_eq!(clean, expected);
            assert_eq!(taken.len(), n_taken, "{taken:?}");
            assert!(cleaned(&clean).1.is_empty(), "{clean}");
        }
    }

    #[test]
    fn bytes_are_searched_in_every_encoding_that_readers_take() {
        let text = "{\"ruta\": \"/home/añá/x.csv\"}";
        let utf_16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(to_bytes).collect()
        };
        let one_byte = |it: char| u8::try_from(u32::from(it)).unwrap();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            [vec![0xFF, 0xFE], utf_16(u16::to_le_bytes)].concat(),
            utf_16(u16::to_be_bytes),
            text.chars().map(one_byte).collect(),
            // A byte that is damaged hides nothing.
            [text.as_bytes(), b"\xFF"].concat(),
        ] {
            assert!(is_private(&bytes), "{bytes:?}");
        }
        assert!(!is_private(b"\x89PNG\0\0 C:\\\xFF"));
        assert!(!is_private(b"caf\xE9"));
    }

    #[test]
    fn every_text_of_a_report_is_looked_at() {
        let mut failed = Revision::new(RevisionKind::Experiment);
        failed.state = State::Failed("see /tmp/run/log".to_owned());
        failed.file_errors = vec![("m.json".to_owned(), "/home/ana/m.json: gone".to_owned())];
        let mut cells = Cells::default();
        cells.push(Cell::Text(TextKind::Plain, "/mnt/disk/train.csv"));
        let mut report = Report {
            revisions: vec![failed],
            columns: vec![crate::model::Column {
                id: crate::model::ColumnId::new("params.yaml", &["data"]),
                kind: crate::model::ColumnKind::Param,
                direction: crate::model::Direction::Unknown,
                cells,
                sources: Vec::new(),
            }],
            series: vec![Series {
                name: "/opt/x/loss".to_owned(),
                ..Series::default()
            }],
            notices: vec![Notice {
                kind: NoticeKind::Conflict {
                    column: "params.yaml:data".to_owned(),
                    revision: "main".to_owned(),
                    shown: "/mnt/x".to_owned(),
                    other: "/home/ana/secret".to_owned(),
                    artifact: "params.yaml".to_owned(),
                },
                place: None,
            }],
            problems: vec![Problem {
                kind: ProblemKind::Expected {
                    expected: Thing::Number,
                    found: Found::Text("/home/ana/n".to_owned()),
                },
                place: Some(Place::artifact("m.json").key("/tmp/k.x")),
                reader: None,
            }],
            unknown_sections: vec![(
                "new".to_owned(),
                r#"{"a":"/home/ana/z","b":"C:\\Users\\ana\\x\\y"}"#.to_owned(),
            )],
            verdict: Some(Verdict {
                not_comparable: vec![NotComparable::Data {
                    path: "/home/ana/d.csv".to_owned(),
                }],
                cautions: vec![Caution::Dependency {
                    path: "/home/ana/eval.py".to_owned(),
                }],
                ..Verdict::default()
            }),
            ..Report::default()
        };
        report.settings.data = vec!["/home/ana/data".to_owned()];
        report.notices.push(Notice {
            kind: NoticeKind::Gone {
                what: "data = /home/ana/dat".to_owned(),
                nearest: Some("/home/ana/near".to_owned()),
            },
            place: None,
        });
        let taken = strip(&mut report);
        assert_eq!(
            taken,
            [
                "/tmp/run/log",
                "/home/ana/m.json",
                "/mnt/disk/train.csv",
                "/opt/x/loss",
                "/mnt/x",
                "/home/ana/secret",
                "/home/ana/dat",
                "/home/ana/near",
                "/home/ana/n",
                "/tmp/k.x",
                "/home/ana/z",
                r"C:\\Users\\ana\\x\\y",
                "/home/ana/data",
                "/home/ana/d.csv",
                "/home/ana/eval.py",
            ]
        );
        assert!(strip(&mut report).is_empty());
        assert_eq!(report.unknown_sections[0].1, r#"{"a":"…/z","b":"…\\y"}"#);
        let cell = report.columns[0].cells.get(0);
        assert_eq!(cell, Cell::Text(TextKind::Plain, "…/train.csv"));
    }
}
