use std::collections::HashSet;

use super::{
    gzip::gunzip,
    limits::Budget,
    names::{cleaned, folder, is_litter, stem},
    zip::{self, EntryError},
};
use crate::model::{Artifact, Notice, NoticeKind, Place, Problem, ProblemKind};

/// Containers in containers that are opened: a zip in a zip, and no further.
const MAX_DEPTH: usize = 1;

/// Artifacts with the containers among them opened.
#[derive(Clone, Debug, Default)]
pub struct Unpacked {
    /// What was no container or stayed closed, and what was in the containers, in order.
    pub artifacts: Vec<Artifact>,
    /// Entries that were passed over.
    pub notices: Vec<Notice>,
    /// Containers and entries that can't be opened; all else is there.
    pub problems: Vec<Problem>,
}

/// Opens zip and gzip files. A container that is the only artifact is read like a folder that was
/// given; one among others like a folder with its name, so that two of them don't get into each
/// other's way.
pub fn unpack(artifacts: Vec<Artifact>) -> Unpacked {
    let mut opener = Opener::default();
    opener.add_all(artifacts, 0);
    opener.unpacked
}

#[derive(Default)]
struct Opener {
    unpacked: Unpacked,
    budget: Budget,
}

impl Opener {
    fn add_all(&mut self, artifacts: Vec<Artifact>, depth: usize) {
        let is_alone = artifacts.len() == 1;
        for artifact in artifacts {
            match Kind::of(&artifact) {
                None => self.unpacked.artifacts.push(artifact),
                Some(_) if depth > MAX_DEPTH => {
                    let entry = artifact.file_name().to_owned();
                    self.skip(&artifact.path, entry);
                }
                Some(Kind::Gzip) => self.add_gzip(&artifact, depth),
                Some(Kind::Zip) => self.add_zip(&artifact, is_alone, depth),
            }
        }
    }

    fn add_gzip(&mut self, artifact: &Artifact, depth: usize) {
        let limit = self.budget.most_unpacked(artifact.bytes.len());
        match gunzip(&artifact.bytes, limit) {
            Ok(bytes) => {
                self.budget.spend(bytes.len());
                let name = stem(artifact.file_name());
                let path = format!("{}{name}", folder(&artifact.path));
                let inner = Artifact {
                    path,
                    bytes: bytes.into(),
                    sha256: None,
                    ..artifact.clone()
                };
                self.add_all(vec![inner], depth + 1);
            }
            Err(kind) => self.fail_whole(kind, artifact),
        }
    }

    fn add_zip(&mut self, artifact: &Artifact, is_alone: bool, depth: usize) {
        let entries = match zip::entries(&artifact.bytes, self.budget) {
            Ok(entries) => entries,
            Err(kind) => return self.fail_whole(kind, artifact),
        };
        let above = folder(&artifact.path);
        let prefix = match is_alone {
            true => above.to_owned(),
            false => format!("{above}{}/", stem(artifact.file_name())),
        };
        let (mut inner, mut taken) = (Vec::new(), HashSet::new());
        for entry in entries {
            if entry.is_folder() || is_litter(&entry.name) {
                continue;
            }
            let path = cleaned(&entry.name);
            let path_in = format!("{prefix}{path}");
            if path.is_empty() || !taken.insert(path_in.clone()) {
                self.skip(&artifact.path, entry.name);
                continue;
            }
            match entry.read(&artifact.bytes) {
                Ok(bytes) => {
                    self.budget.spend(bytes.len());
                    inner.push(Artifact {
                        revision: artifact.revision.clone(),
                        ..Artifact::new(path_in, bytes)
                    });
                }
                Err(EntryError::Unsupported) => self.skip(&artifact.path, entry.name),
                Err(EntryError::Broken(message)) => {
                    let message = message.to_owned();
                    let place = Place::artifact(&artifact.path).key(path);
                    self.fail(ProblemKind::Container { message }, place);
                }
            }
        }
        self.add_all(inner, depth + 1);
    }

    fn skip(&mut self, container: &str, entry: String) {
        self.unpacked.notices.push(Notice {
            kind: NoticeKind::EntrySkipped { entry },
            place: Some(Place::artifact(container)),
        });
    }

    /// A container that stays closed is an artifact itself.
    fn fail_whole(&mut self, kind: ProblemKind, container: &Artifact) {
        self.fail(kind, Place::artifact(&container.path));
        self.unpacked.artifacts.push(container.clone());
    }

    fn fail(&mut self, kind: ProblemKind, place: Place) {
        self.unpacked.problems.push(Problem {
            kind,
            place: Some(place),
            reader: None,
        });
    }
}

/// What kind of container an artifact is.
enum Kind {
    Zip,
    Gzip,
}

impl Kind {
    /// By its first bytes and its name: other files are zips too (`.npz`, `.pt`, `.xlsx`), and
    /// nobody wants them opened.
    fn of(artifact: &Artifact) -> Option<Self> {
        let extension = artifact.extension();
        let is_called = |known: &str| extension.is_empty() || extension == known;
        match *artifact.bytes {
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] if is_called("zip") => Some(Self::Zip),
            [0x1F, 0x8B, 8, ..] if is_called("gz") => Some(Self::Gzip),
            _ if extension == "zip" => Some(Self::Zip),
            _ if extension == "gz" => Some(Self::Gzip),
            _ => None,
        }
    }
}
