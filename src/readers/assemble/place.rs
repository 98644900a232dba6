//! Where findings belong: the revision that the report is about, the baseline, and the revision of
//! each artifact.

use super::{
    assign::{self, Folder},
    folders::{Folders, KnownNames, Lies, current_and_baseline, folders, old_folders},
    merge::{Assembly, holds_results},
};
use crate::model::{
    ColumnKind, Content, Finding, Notice, NoticeKind, Report, Revision, RevisionKind, RevisionRef,
    State, natural_order,
};

impl Assembly {
    /// Makes revisions of folders with the same files, where nothing else says what belongs to
    /// which revision. Beside a table, which names revisions itself, only a folder that is called
    /// like a baseline, and like none of them, is one.
    pub(super) fn settle_revision_folders(&mut self, rest: &[(usize, Finding)]) {
        let is_assigned = self.artifacts.iter().any(|it| it.0.revision.is_some())
            || rest.iter().any(|it| it.1.revision.is_some());
        if is_assigned {
            return;
        }
        let results = rest.iter().filter(|it| holds_results(&it.1.content));
        let lies = results.filter_map(|(artifact_idx, finding)| {
            let is_params = matches!(
                finding.content,
                Content::Values {
                    kind: ColumnKind::Param,
                    ..
                }
            );
            Some(Lies {
                path: &self.artifacts.get(*artifact_idx)?.0.path,
                is_result: !is_params,
            })
        });
        let lies: Vec<Lies<'_>> = lies.collect();
        let found = match self.has_table {
            true => {
                let is_known =
                    |it: &Folders| assign::by_folder_name(&self.report.revisions, &it.baseline);
                old_folders(&lies, &self.known_names()).filter(|it| is_known(it).is_none())
            }
            false => folders(&lies, &self.known_names()),
        };
        let Some(Folders {
            above,
            current,
            baseline,
            others,
        }) = found
        else {
            return;
        };
        // A table has one, which is settled as ever.
        if !self.has_table {
            self.report.current = Some(match &current {
                Some(current) => self.add_revision_folder(&above, current),
                None => self.current(),
            });
        }
        self.report.baseline = Some(self.add_revision_folder(&above, &baseline));
        for other in &others {
            self.add_revision_folder(&above, other);
        }
        self.report.notices.push(Notice {
            kind: NoticeKind::RevisionFolders { current, baseline },
            place: None,
        });
    }

    /// What the team and CI call the baseline and the revision that the report is about.
    fn known_names(&self) -> KnownNames<'_> {
        let (origin, settings) = (&self.report.origin, &self.report.settings);
        let baselines = [&settings.baseline, &origin.target_branch];
        let baselines = baselines.into_iter().flatten();
        KnownNames {
            baselines: baselines.map(String::as_str).collect(),
            current: origin.branch.as_deref(),
        }
    }

    /// Makes a revision of a folder, and of what is in it its artifacts.
    fn add_revision_folder(&mut self, above: &str, name: &str) -> usize {
        self.report.revisions.push(Revision {
            name: Some(name.to_owned()),
            ..Revision::new(RevisionKind::Named)
        });
        let revision_idx = self.report.revisions.len() - 1;
        self.revision_folders
            .push((format!("{above}{name}/"), revision_idx));
        revision_idx
    }

    /// Finds, or makes, the revision that the report is about.
    pub(super) fn settle_current(&mut self, rest: &[(usize, Finding)]) {
        if self.report.current.is_some() {
            return;
        }
        let revisions = &self.report.revisions;
        let workspace = revisions
            .iter()
            .position(|it| it.kind == RevisionKind::Workspace);
        let commit = self.report.origin.commit.as_deref();
        let by_commit = commit.and_then(|sha| self.report.find_revision(sha));
        let first = revisions
            .iter()
            .position(|it| it.kind == RevisionKind::Commit);
        let has_own_results = rest.iter().any(|(artifact_idx, finding)| {
            let artifact = self
                .artifacts
                .get(*artifact_idx)
                .map(|(artifact, _)| artifact);
            finding
                .revision
                .as_ref()
                .is_none_or(|it| *it == RevisionRef::Current)
                && artifact.is_some_and(|artifact| artifact.revision.is_none())
                && holds_results(&finding.content)
        });
        self.report.current = match workspace.or(by_commit) {
            Some(found) => Some(found),
            None if has_own_results => Some(self.make_current()),
            None if revisions.is_empty() => return self.settle_named(),
            None => first.or(Some(0)),
        };
    }

    /// Where all results have names, by `NAME=PATH`, one of these is what the report is about.
    fn settle_named(&mut self) {
        let mut names: Vec<String> = Vec::new();
        for (artifact, _) in &self.artifacts {
            if let Some(RevisionRef::Named(name)) = &artifact.revision
                && !names.contains(name)
            {
                names.push(name.clone());
            }
        }
        // They stand as they were given.
        for name in &names {
            self.named(name, true);
        }
        names.sort_by(|a, b| natural_order(a, b));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let found = current_and_baseline(&names, &self.known_names());
        let found = found.map(|(current, baseline)| (current, Some(baseline)));
        let Some((current, baseline)) = found.or(names.first().map(|only| (*only, None))) else {
            return;
        };
        self.report.current = self.named(current, true);
        if let Some(baseline) = baseline {
            self.report.baseline = self.named(baseline, true);
        }
    }

    /// Makes the revision that the report is about: CI's commit, or else the workspace.
    fn make_current(&mut self) -> usize {
        let origin = &self.report.origin;
        let mut revision = match &origin.commit {
            Some(_) => Revision::new(RevisionKind::Commit),
            None => Revision::new(RevisionKind::Workspace),
        };
        revision.sha = origin.commit.clone();
        revision.name = origin.branch.clone();
        self.report.revisions.push(revision);
        self.report.revisions.len() - 1
    }

    /// The revision of the `--baseline` inputs, made where there is none.
    fn baseline(&mut self) -> usize {
        if let Some(found) = self.baseline_of_inputs {
            return found;
        }
        let origin = &self.report.origin;
        let name = self
            .baseline_name
            .clone()
            .or_else(|| origin.target_branch.clone());
        let sha = match &self.baseline_name {
            Some(_) => None,
            None => origin.target_commit.clone(),
        };
        let known = sha.as_deref().or(name.as_deref());
        let known = known.and_then(|known| self.report.find_revision(known));
        let known = known.filter(|idx| Some(*idx) != self.report.current);
        let baseline_idx = known.unwrap_or_else(|| {
            let kind = if sha.is_some() {
                RevisionKind::Commit
            } else {
                RevisionKind::Named
            };
            let name = name.or_else(|| Some("baseline".to_owned()));
            self.report.revisions.push(Revision {
                sha,
                name,
                ..Revision::new(kind)
            });
            self.report.revisions.len() - 1
        });
        self.baseline_of_inputs = Some(baseline_idx);
        baseline_idx
    }

    /// Learns the files that DVC names, and which folders are called like revisions.
    pub(super) fn settle_folders(&mut self) {
        self.dvc_files = self.columns.files();
        let find = |name: &str| assign::by_folder_name(&self.report.revisions, name);
        let free = self
            .artifacts
            .iter()
            .filter(|(artifact, _)| artifact.revision.is_none());
        let paths: Vec<&str> = free.map(|(artifact, _)| artifact.path.as_str()).collect();
        self.unknown_folders = assign::unknown_folders(&paths, &find);
    }

    /// Learns which files of the revisions that the command line names are the same as others.
    pub(super) fn settle_counterparts(&mut self, rest: &[(usize, Finding)]) {
        let mut known: Vec<&str> = self.dvc_files.iter().map(String::as_str).collect();
        let mut named: Vec<(&RevisionRef, Vec<usize>)> = Vec::new();
        for (artifact_idx, finding) in rest {
            let (Content::Values { file: None, .. }, Some((artifact, _))) =
                (&finding.content, self.artifacts.get(*artifact_idx))
            else {
                continue;
            };
            let Some(revision) = &artifact.revision else {
                known.push(assign::file_of(&artifact.path, &self.dvc_files));
                continue;
            };
            match named.iter_mut().find(|it| it.0 == revision) {
                Some((_, places)) if places.contains(artifact_idx) => {}
                Some((_, places)) => places.push(*artifact_idx),
                None => named.push((revision, vec![*artifact_idx])),
            }
        }
        let paths = |places: &[usize]| -> Vec<&str> {
            let artifacts = places.iter().filter_map(|it| self.artifacts.get(*it));
            artifacts.map(|it| it.0.path.as_str()).collect()
        };
        if known.is_empty() {
            known = named.first().map_or_else(Vec::new, |it| paths(&it.1));
        }
        known.sort_unstable();
        known.dedup();
        let mut counterparts = Vec::new();
        for (_, places) in &named {
            let found = assign::counterparts(&paths(places), &known).into_iter();
            counterparts.extend(found.filter_map(|(at, file)| Some((*places.get(at)?, file))));
        }
        self.counterparts = counterparts.into_iter().collect();
    }

    /// The revision of a finding, with the artifact's path below the folder that names it.
    pub(super) fn revision_of(
        &mut self,
        artifact_idx: usize,
        finding: &Finding,
    ) -> Option<(usize, String)> {
        let artifact = self
            .artifacts
            .get(artifact_idx)
            .map(|(artifact, _)| artifact.clone())?;
        // What the command line says wins over what the artifact says, that over its folder.
        let path = artifact.path.clone();
        let is_assigned = artifact.revision.is_some();
        match artifact.revision.or_else(|| finding.revision.clone()) {
            Some(RevisionRef::Baseline) => Some((self.baseline(), path)),
            Some(RevisionRef::Current) => Some((self.current(), path)),
            Some(RevisionRef::Named(name))
                if name == "HEAD" && self.of_workspace.contains(&artifact_idx) =>
            {
                Some((self.head(), path))
            }
            Some(RevisionRef::Named(name)) => {
                let found = self.named(&name, is_assigned);
                if found.is_none() {
                    self.notice(artifact_idx, NoticeKind::Unassigned { revision: name });
                }
                Some((found?, path))
            }
            None => {
                let mut known = self.revision_folders.iter();
                let found =
                    known.find_map(|it| Some((it.1, path.strip_prefix(it.0.as_str())?.to_owned())));
                if found.is_some() {
                    return found;
                }
                if !self.has_table && !self.revision_folders.is_empty() {
                    return Some((self.current(), path));
                }
                let find = |name: &str| assign::by_folder_name(&self.report.revisions, name);
                match assign::folder(&path, &find, &self.unknown_folders) {
                    Folder::Revision(revision_idx, below) => Some((revision_idx, below)),
                    Folder::Silent => Some((self.current(), path)),
                    Folder::Unknown(name) => {
                        self.notice(artifact_idx, NoticeKind::Unassigned { revision: name });
                        None
                    }
                }
            }
        }
    }

    /// Learns which artifacts name the workspace: HEAD beside it is what it is compared with.
    pub(super) fn settle_workspaces(&mut self, rest: &[(usize, Finding)]) {
        let workspace = Some(RevisionRef::Named("workspace".to_owned()));
        let found = rest.iter().filter(|it| it.1.revision == workspace);
        self.of_workspace = found.map(|it| it.0).collect();
    }

    /// The commit that the workspace stands on, made where no table has it.
    fn head(&mut self) -> usize {
        let current = self.report.current;
        let revisions = &self.report.revisions;
        let is_commit = |idx: &usize| {
            let kind = revisions.get(*idx).map(|it| it.kind);
            kind == Some(RevisionKind::Commit) && Some(*idx) != current
        };
        let commit = (0..revisions.len()).find(is_commit);
        let known = commit.filter(|_| self.has_table);
        if let Some(found) = self.baseline_of_inputs.or(known) {
            return found;
        }
        let name = self.baseline_name.clone();
        self.report.revisions.push(Revision {
            name: name.or_else(|| Some("HEAD".to_owned())),
            ..Revision::new(RevisionKind::Named)
        });
        let head = self.report.revisions.len() - 1;
        self.baseline_of_inputs = Some(head);
        head
    }

    /// Where only artifacts named revisions, the last one is what the report is about, as in
    /// `dvc plots diff OLD NEW`.
    pub(super) fn settle_last(&mut self) {
        if self.report.current.is_some() {
            return;
        }
        let baseline = self.baseline_of_inputs.or(self.report.baseline);
        let baseline = baseline.or_else(|| self.said_baseline());
        let mut all = (0..self.report.revisions.len()).rev();
        self.report.current = all.find(|idx| Some(*idx) != baseline);
    }

    /// The revision that the report is about, made where there is none.
    fn current(&mut self) -> usize {
        let current = match self.report.current {
            Some(found) => found,
            None => self.make_current(),
        };
        self.report.current = Some(current);
        current
    }

    /// The revision of that name. It is made where the command line names it, or where no table
    /// knows better.
    fn named(&mut self, name: &str, is_assigned: bool) -> Option<usize> {
        if let Some(found) = self.report.find_revision(name) {
            return Some(found);
        }
        if matches!(name, "workspace" | "HEAD" | "") {
            return Some(self.current());
        }
        if self.has_table && !is_assigned {
            return None;
        }
        let name = Some(name.to_owned());
        self.report.revisions.push(Revision {
            name,
            ..Revision::new(RevisionKind::Named)
        });
        Some(self.report.revisions.len() - 1)
    }

    /// What the report is compared with by what the team and CI say, where no `--baseline` said it.
    pub(super) fn said_baseline(&self) -> Option<usize> {
        let report = &self.report;
        let origin = &report.origin;
        let named = [
            &report.settings.baseline,
            &origin.target_commit,
            &origin.target_branch,
        ];
        let named = named.into_iter().flatten();
        named
            .filter_map(|name| report.find_revision(name))
            .find(|idx| Some(*idx) != report.current)
    }
}

/// What a report is compared with where nobody said it: what its experiments started from, else the
/// first row that has results.
pub fn guessed_baseline(report: &Report) -> Option<usize> {
    let is_other = |idx: &usize| Some(*idx) != report.current;
    let is_experiment = |revision: &&Revision| revision.kind == RevisionKind::Experiment;
    let of_experiments = report.revisions.iter().find(is_experiment);
    let mut by_parent = of_experiments.and_then(|experiment| experiment.parent);
    // What a run started from, not a checkpoint of its own.
    for _ in 0..report.revisions.len() {
        let parent = by_parent.and_then(|it| report.revisions.get(it));
        match parent.filter(is_experiment) {
            Some(checkpoint) => by_parent = checkpoint.parent,
            None => break,
        }
    }
    let has_results = |idx: &usize| {
        report
            .revisions
            .get(*idx)
            .is_some_and(|revision| revision.state == State::Ok)
    };
    by_parent
        .filter(is_other)
        .or_else(|| (0..report.revisions.len()).find(|idx| is_other(idx) && has_results(idx)))
}
