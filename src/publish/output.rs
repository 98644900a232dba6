use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

/// Writes a file whole or not at all: beside it first, then renamed over it.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let partial = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    // A device or a pipe (`-o /dev/null`, `-o /dev/stdout`) is written to, never replaced.
    let is_special = fs::metadata(path).is_ok_and(|it| !it.is_file() && !it.is_dir());
    let written = match is_special {
        true => fs::write(path, bytes),
        false => fs::write(&partial, bytes).and_then(|()| fs::rename(&partial, path)),
    };
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

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
