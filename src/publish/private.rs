//! Takes out what tools leave in artifacts and nobody meant to publish: absolute paths of a
//! machine, with the user and the folders in them, and the credentials of addresses.

use crate::model::{Cell, Cells, NoticeKind, Report, State, TextKind};

/// First folders of absolute paths that name a machine. Others may be anything: a route, a ratio.
const ROOTS: [&str; 22] = [
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
        if has_private(&column.cells) {
            column.cells = cleaned_cells(&column.cells, &mut clean);
        }
    }
    report
        .prose
        .iter_mut()
        .for_each(|it| clean(&mut it.markdown));
    for notice in &mut report.notices {
        match &mut notice.kind {
            NoticeKind::FileError { message: text, .. }
            | NoticeKind::PassedOver { what: text }
            | NoticeKind::MissingImage { path: text }
            | NoticeKind::Conflict { shown: text, .. } => clean(text),
            _ => {}
        }
    }
    taken
}

/// Whether a file's bytes hold something private: then they are not published.
pub fn is_private(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| !cleaned(text).1.is_empty())
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

/// An absolute path of a machine at the start of a text, and its last part with the slash.
fn path_at(text: &str, before: Option<char>) -> Option<(&str, &str)> {
    // A path goes on here, or an address: that one began earlier.
    if before
        .is_some_and(|it| it.is_alphanumeric() || matches!(it, '/' | '.' | '_' | '-' | '~' | '…'))
    {
        return None;
    }
    let after_root = match text.strip_prefix('/') {
        Some(rest) => ROOTS.iter().find_map(|root| rest.strip_prefix(root)),
        None => windows_root(text),
    }?;
    if !after_root.starts_with(['/', '\\']) {
        return None;
    }
    let ends = |it: char| it.is_whitespace() || it.is_control() || "\"'`<>|,;:)]}".contains(it);
    let start = text.len() - after_root.len();
    let len = start + after_root.find(ends).unwrap_or(after_root.len());
    let path = text.get(..len)?.trim_end_matches(['/', '\\', '.']);
    let last = path.rfind(['/', '\\']).filter(|at| *at >= start);
    Some((path, last.map_or("", |at| &path[at..])))
}

/// What follows the drive of a Windows path.
fn windows_root(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let drive = chars.next().filter(char::is_ascii_alphabetic)?;
    let rest = chars.as_str().strip_prefix(':')?;
    // JSON doubles the backslash.
    rest.starts_with('\\')
        .then_some(rest)
        .filter(|_| drive.is_ascii())
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
    use crate::model::{Revision, RevisionKind};

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
            (r"C:\\Users\\ana\\x.csv: gone", r"…\x.csv: gone", 1),
            (
                "https://ana:t0k3n@host.org/home/x",
                "https://host.org/home/x",
                1,
            ),
            ("file:///home/ana/x", "file://…/x", 1),
            (
                "rate 5/home/x, a/tmp/b, /api/v1/x, /home",
                "rate 5/home/x, a/tmp/b, /api/v1/x, /home",
                0,
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
            ..Report::default()
        };
        let taken = strip(&mut report);
        assert_eq!(
            taken,
            ["/tmp/run/log", "/home/ana/m.json", "/mnt/disk/train.csv"]
        );
        let cell = report.columns[0].cells.get(0);
        assert_eq!(cell, Cell::Text(TextKind::Plain, "…/train.csv"));
    }
}
