use std::{
    fs::OpenOptions,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// What GitHub takes as one step's summary, in bytes:
/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// The file of the job summary, where GitHub runs this.
pub fn path() -> Option<PathBuf> {
    let path = std::env::var_os("GITHUB_STEP_SUMMARY")?;
    (!path.is_empty()).then(|| PathBuf::from(path))
}

/// Adds Markdown to the job summary; `false` when it has no room, and nothing was written.
///
/// # Errors
/// The file can't be written.
pub fn add(path: &Path, markdown: &str) -> io::Result<bool> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    let n_before = file.metadata()?.len();
    // What stands there may not end its last line.
    let separator = if n_before == 0 { "" } else { "\n\n" };
    let text = format!("{separator}{markdown}");
    if n_before + text.len() as u64 > MAX_BYTES {
        return Ok(false);
    }
    file.write_all(text.as_bytes()).map(|()| true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_full_summary_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("summary.md");
        assert!(add(&path, "one\n").unwrap());
        assert!(add(&path, "two\n").unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\n\n\ntwo\n");
        let most = usize::try_from(MAX_BYTES).unwrap();
        fs::write(&path, "x".repeat(most - 10)).unwrap();
        assert!(add(&path, "12345678").unwrap());
        assert!(!add(&path, "1").unwrap());
        assert_eq!(fs::metadata(&path).unwrap().len(), MAX_BYTES);
    }
}
