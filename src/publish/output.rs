use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

/// Says something on standard error. Nobody is left to be told when that is closed.
pub fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", harmless(text));
}

/// Says something on standard output; whoever reads it may have stopped reading.
pub fn print(text: &str) {
    let _ = writeln!(io::stdout().lock(), "{}", harmless(text));
}

/// Gives GitHub's runner commands of our own, which go out as they are.
pub fn command(text: &str) {
    let _ = write!(io::stderr().lock(), "{text}");
}

/// A text that neither a terminal nor a CI system obeys. Names and values of artifacts stand in it:
/// GitHub's runner obeys a line that begins with `::` or has `##[` in it, Azure one with `##vso[`.
pub fn harmless(text: &str) -> String {
    let shown = |it: char| match it {
        '\n' | '\t' => it,
        it if it.is_control() => char::REPLACEMENT_CHARACTER,
        it => it,
    };
    let line = |line: &str| {
        let line: String = line.chars().map(shown).collect();
        let line = line.replace("##[", "## [").replace("##vso[", "## vso[");
        match line.trim_start().starts_with("::") {
            true => line.replacen("::", ": :", 1),
            false => line,
        }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Writes a file whole or not at all: beside it first, then renamed over it, with its permissions.
/// What a link leads to is written, and the link stays.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let known = fs::metadata(path).ok();
    // A device or a pipe (`-o /dev/null`, `-o /dev/stdout`) is written to, never replaced.
    if known
        .as_ref()
        .is_some_and(|it| !it.is_file() && !it.is_dir())
    {
        return fs::write(path, bytes);
    }
    let target = match &known {
        Some(_) => fs::canonicalize(path)?,
        None => path.to_owned(),
    };
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let partial = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = fs::write(&partial, bytes)
        .and_then(|()| match known {
            Some(known) => fs::set_permissions(&partial, known.permissions()),
            None => Ok(()),
        })
        .and_then(|()| fs::rename(&partial, &target));
    if written.is_err() {
        // What matters is the first error; a file that was never made can't be removed.
        let _ = fs::remove_file(&partial);
    }
    written
}

/// Writes a file, or standard output for `-`.
pub fn write_to(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path == Path::new("-") {
        let mut out = io::stdout().lock();
        return out.write_all(bytes).and_then(|()| out.flush());
    }
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    write_file(path, bytes)
}

/// Whether [`write_to`] would work: a file beside it is made and taken away.
///
/// # Errors
/// It would not.
pub fn try_write(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    if path.exists() && !path.is_file() {
        return Ok(());
    }
    let partial = folder.join(format!(".careo.{}.part", std::process::id()));
    fs::write(&partial, b"").and_then(|()| fs::remove_file(&partial))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_a_command() {
        let cases = [
            ("a.zip: ::x:: skipped", "a.zip: ::x:: skipped"),
            (
                "::stop-commands::x: passed over",
                ": :stop-commands::x: passed over",
            ),
            ("macro avg\n  ::add-mask::1", "macro avg\n  : :add-mask::1"),
            ("a ##[add-mask]1, ##vso[x]", "a ## [add-mask]1, ## vso[x]"),
            ("a\r::b\x1b[2J\tc", "a\u{FFFD}::b\u{FFFD}[2J\tc"),
            ("## Heading\n", "## Heading\n"),
        ];
        for (text, expected) in cases {
            assert_eq!(harmless(text), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_so_do_permissions() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("real.json"), folder.path().join("link"));
        fs::write(&file, b"one").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real.json", &link).unwrap();
        write_to(&link, b"two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"two");
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("null");
        std::os::unix::fs::symlink("/dev/null", &path).unwrap();
        write_to(&path, b"one").unwrap();
        assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/report.json");
        write_to(&path, b"one").unwrap();
        write_to(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        let left: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1, "nothing is left beside it");
        let folder_as_file = folder.path().join("new");
        assert!(write_to(&folder_as_file, b"three").is_err());
        assert!(try_write(&folder_as_file).is_err());
        assert!(try_write(&path.join("below.json")).is_err());
        try_write(&folder_as_file.join("other.json")).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
