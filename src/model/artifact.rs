use std::sync::Arc;

/// A file that CI produced, with its bytes.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// Relative to the input folder, `/`-separated; never a path of this machine.
    pub path: String,
    /// The content, as it was.
    pub bytes: Arc<[u8]>,
    /// Its SHA-256 as 64 lower-case hex digits, where who brought it knows it already.
    pub sha256: Option<String>,
    /// The reader chosen by `--as READER:PATH`, by id.
    pub reader: Option<String>,
    /// The revision chosen by `NAME=PATH`, or the baseline of `--baseline`.
    pub revision: Option<super::RevisionRef>,
}

impl Artifact {
    /// So many bytes may one have: a mistake in a path must not fill the memory.
    pub const MAX_BYTES: u64 = 1 << 30;

    /// An artifact that nobody assigned anywhere.
    pub fn new(path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self {
            path: path.into(),
            bytes: bytes.into(),
            sha256: None,
            reader: None,
            revision: None,
        }
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The file name's extension in lower case, without the dot; empty where there is none.
    pub fn extension(&self) -> String {
        match self.file_name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension.to_ascii_lowercase(),
            _ => String::new(),
        }
    }
}

/// Whether two paths may mean one file: one ends like the other, by whole folders. DVC's
/// `assets/metrics.json` is `metrics.json` to who calls careo from inside `assets`.
pub fn may_be_same_file(one: &str, other: &str) -> bool {
    let ends_so = |long: &str, short: &str| {
        long.strip_suffix(short)
            .is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    ends_so(one, other) || ends_so(other, one)
}

/// What the report remembers of an artifact: the Files view shows these.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArtifactRecord {
    /// As in [`Artifact::path`].
    pub path: String,
    /// Size in bytes.
    pub n_bytes: u64,
    /// SHA-256 of the bytes, 64 lower-case hex digits.
    pub sha256: String,
    /// Id of the reader that took it; `None` when unclaimed.
    pub reader: Option<String>,
    /// The revision that it belongs to, where it belongs to one.
    pub revision: Option<usize>,
    /// Media type told by magic bytes, for images; `application/octet-stream` else.
    pub media_type: String,
    /// Where its bytes can be had.
    pub stored: Stored,
}

/// Where the bytes of an artifact are.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Stored {
    /// Known by name and digest only.
    #[default]
    Nowhere,
    /// In a file beside the bundle: `raw/<sha256>.bin`.
    Beside(String),
    /// In the report itself (packed file, dropped files).
    Inside(Arc<[u8]>),
}

/// Which artifacts of those that are meant have room in so many bytes: pictures first, since
/// narratives show them.
pub fn fitting(
    artifacts: &[ArtifactRecord],
    max_bytes: u64,
    is_meant: &dyn Fn(&ArtifactRecord) -> bool,
) -> Vec<bool> {
    let mut left = max_bytes;
    let mut fits = vec![false; artifacts.len()];
    for pictures in [true, false] {
        for (artifact, fits) in artifacts.iter().zip(&mut fits) {
            let is_picture = artifact.media_type.starts_with("image/");
            let rest = left.checked_sub(artifact.n_bytes);
            if let Some(rest) = rest.filter(|_| is_picture == pictures && is_meant(artifact)) {
                left = rest;
                *fits = true;
            }
        }
    }
    fits
}

/// Where in an artifact something is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Place {
    /// As in [`Artifact::path`].
    pub artifact: String,
    /// 1-based line.
    pub line: Option<u32>,
    /// 1-based column, in characters.
    pub column: Option<u32>,
    /// Key path, joined with dots for people: `test.f1`.
    pub key: Option<String>,
}

impl Place {
    /// The whole artifact.
    pub fn artifact(path: impl Into<String>) -> Self {
        Self {
            artifact: path.into(),
            ..Self::default()
        }
    }

    /// A line and column of the artifact, both 1-based.
    #[must_use]
    pub fn at(mut self, line: u32, column: u32) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// A key path of the artifact.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }
}
