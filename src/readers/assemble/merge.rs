use std::collections::{HashMap, HashSet};

use super::{assign, columns::Columns, place::guessed_baseline};
use crate::model::{
    Artifact, ArtifactRecord, Cell, Column, ColumnId, Content, Curve, Finding, FoundTable,
    MatrixRecord, Notice, NoticeKind, Origin, Place, PredictionsRecord, Problem, Prose, Report,
    Revision, RevisionKind, RevisionRef, Series, Settings, Source, Stored,
};

/// What is known beside the artifacts.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Where the results come from.
    pub origin: Origin,
    /// What the team set.
    pub settings: Settings,
    /// What the `--baseline` inputs are called; the target branch by default.
    pub baseline_name: Option<String>,
    /// Whether the baseline stays open where nobody said it: see [`super::guessed_baseline`].
    pub leaves_open: bool,
}

/// One artifact after reading.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The artifact.
    pub artifact: Artifact,
    /// Its SHA-256, in hex.
    pub sha256: String,
    /// Id of the reader that took it.
    pub reader: Option<&'static str>,
    /// What it found.
    pub findings: Vec<Finding>,
    /// What the reader of the page should know.
    pub notices: Vec<Notice>,
    /// What failed.
    pub problem: Option<Problem>,
}

/// Puts everything that was read into one report.
///
/// Never fails: a broken artifact is a problem of the report, and what can't be assigned to a
/// revision is a notice.
pub fn report(readings: Vec<Reading>, context: Context) -> Report {
    let mut assembly = Assembly::new(context);
    let mut rest: Vec<(usize, Finding)> = Vec::new();
    for mut reading in readings {
        let findings = std::mem::take(&mut reading.findings);
        let artifact_idx = assembly.add_artifact(reading);
        // Tables first: they tell which revisions there are.
        for finding in findings {
            match finding.content {
                Content::Bundle(report) if !assembly.is_baseline(artifact_idx) => {
                    assembly.add_bundle(artifact_idx, *report);
                }
                Content::Table(table) if !assembly.is_baseline(artifact_idx) => {
                    assembly.add_table(artifact_idx, table);
                }
                content => rest.push((artifact_idx, Finding { content, ..finding })),
            }
        }
    }
    if !rest.is_empty() {
        // It was computed from less than there is now.
        assembly.report.verdict = None;
    }
    assembly.settle_revision_folders(&rest);
    assembly.settle_current(&rest);
    assembly.settle_folders();
    assembly.settle_counterparts(&rest);
    assembly.settle_workspaces(&rest);
    for (artifact_idx, finding) in rest {
        assembly.add_finding(artifact_idx, finding);
    }
    assembly.finish()
}

/// A report under way.
pub(super) struct Assembly {
    pub(super) report: Report,
    pub(super) columns: Columns,
    /// The artifact of each record, without its bytes, and its reader.
    pub(super) artifacts: Vec<(Artifact, String)>,
    /// The files that DVC names.
    pub(super) dvc_files: Vec<String>,
    /// The file that an artifact of another revision is a version of, by the artifact's index.
    pub(super) counterparts: HashMap<usize, String>,
    /// Folders that are meant as revisions, with their final slash, but none is called so.
    pub(super) unknown_folders: Vec<String>,
    /// Folders that are revisions though no artifact says so, with their final slash.
    pub(super) revision_folders: Vec<(String, usize)>,
    /// Artifacts that name the workspace.
    pub(super) of_workspace: HashSet<usize>,
    pub(super) baseline_name: Option<String>,
    leaves_open: bool,
    pub(super) has_table: bool,
    /// What bundles list; they stand behind the artifacts that were read here.
    pub(super) bundled_artifacts: Vec<ArtifactRecord>,
    /// The revision that the `--baseline` inputs form; wins over a bundle's own.
    pub(super) baseline_of_inputs: Option<usize>,
}

impl Assembly {
    fn new(context: Context) -> Self {
        let report = Report {
            origin: context.origin,
            settings: context.settings,
            ..Report::default()
        };
        Self {
            report,
            columns: Columns::default(),
            artifacts: Vec::new(),
            dvc_files: Vec::new(),
            counterparts: HashMap::new(),
            unknown_folders: Vec::new(),
            revision_folders: Vec::new(),
            of_workspace: HashSet::new(),
            baseline_name: context.baseline_name,
            leaves_open: context.leaves_open,
            has_table: false,
            bundled_artifacts: Vec::new(),
            baseline_of_inputs: None,
        }
    }

    /// Lists an artifact, with what its reading told; its bytes are let go.
    fn add_artifact(&mut self, reading: Reading) -> usize {
        self.report.artifacts.push(ArtifactRecord {
            path: reading.artifact.path.clone(),
            n_bytes: reading.artifact.bytes.len() as u64,
            sha256: reading.sha256,
            reader: reading.reader.map(str::to_owned),
            revision: None,
            media_type: "application/octet-stream".to_owned(),
            stored: Stored::Nowhere,
        });
        self.report.notices.extend(reading.notices);
        self.report.problems.extend(reading.problem);
        let artifact = Artifact {
            bytes: [].into(),
            ..reading.artifact
        };
        self.artifacts
            .push((artifact, reading.reader.unwrap_or_default().to_owned()));
        self.artifacts.len() - 1
    }

    fn is_baseline(&self, artifact_idx: usize) -> bool {
        let artifact = self.artifacts.get(artifact_idx);
        artifact.is_some_and(|(artifact, _)| artifact.revision == Some(RevisionRef::Baseline))
    }

    fn source(&self, artifact_idx: usize) -> Source {
        let (artifact, reader) = self.artifacts.get(artifact_idx).cloned().unzip();
        Source {
            artifact: artifact.map(|artifact| artifact.path).unwrap_or_default(),
            reader: reader.unwrap_or_default(),
        }
    }

    pub(super) fn notice(&mut self, artifact_idx: usize, kind: NoticeKind) {
        let place = self
            .report
            .artifacts
            .get(artifact_idx)
            .map(|it| Place::artifact(&it.path));
        self.report.notices.push(Notice { kind, place });
    }

    /// Adds the revisions and columns of a table.
    pub(super) fn add_table(&mut self, artifact_idx: usize, table: FoundTable) -> Vec<usize> {
        self.has_table = true;
        self.tell_file_errors(artifact_idx, &table.revisions);
        if self.report.revisions.is_empty() && self.columns.is_empty() {
            let source = self.source(artifact_idx);
            self.report.revisions = table.revisions;
            self.columns.adopt(table.columns, &source);
            return (0..self.report.revisions.len()).collect();
        }
        let mut placed: Vec<usize> = Vec::with_capacity(table.revisions.len());
        let known_by_key = self.revisions_by_key();
        for revision in &table.revisions {
            let candidates = match_keys(revision).into_iter().flatten();
            let mut candidates = candidates
                .filter_map(|key| known_by_key.get(&key))
                .flatten();
            let known = candidates
                .find(|idx| self.is_same(**idx, revision))
                .copied();
            placed.push(known.unwrap_or_else(|| {
                self.report.revisions.push(Revision {
                    parent: None,
                    tip: None,
                    ..revision.clone()
                });
                self.report.revisions.len() - 1
            }));
        }
        for (revision, placed_idx) in table.revisions.iter().zip(&placed) {
            // Two rows of a table may be one revision: it is not in itself.
            let place = |row: Option<usize>| {
                let place = placed.get(row?).copied();
                place.filter(|it| it != placed_idx)
            };
            let (parent, tip) = (place(revision.parent), place(revision.tip));
            if let Some(known) = self.report.revisions.get_mut(*placed_idx) {
                known.parent = known.parent.or(parent);
                known.tip = known.tip.or(tip);
                learn(known, revision);
            }
        }
        self.add_columns(artifact_idx, &table.columns, &placed);
        placed
    }

    /// Tells which files the tool that wrote a table could not read.
    fn tell_file_errors(&mut self, artifact_idx: usize, revisions: &[Revision]) {
        for revision in revisions {
            for (file, message) in &revision.file_errors {
                let kind = NoticeKind::FileError {
                    revision: revision.label().to_owned(),
                    message: format!("{file}: {message}"),
                };
                self.notice(artifact_idx, kind);
            }
        }
    }

    /// The revisions there are by each of their keys, so that merging tables stays linear.
    fn revisions_by_key(&self) -> HashMap<String, Vec<usize>> {
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (revision_idx, revision) in self.report.revisions.iter().enumerate() {
            for key in match_keys(revision).into_iter().flatten() {
                by_key.entry(key).or_default().push(revision_idx);
            }
        }
        by_key
    }

    /// Whether a revision of another table is one that is known: by sha, else by name.
    fn is_same(&self, known_idx: usize, revision: &Revision) -> bool {
        let Some(known) = self.report.revisions.get(known_idx) else {
            return false;
        };
        match (&known.sha, &revision.sha) {
            (Some(a), Some(b)) => {
                let n = a.len().min(b.len());
                n >= 7 && a.get(..n) == b.get(..n)
            }
            (None, None) => known.kind == revision.kind && known.name == revision.name,
            _ => {
                let is_named =
                    known.kind == RevisionKind::Named || revision.kind == RevisionKind::Named;
                is_named && known.name.is_some() && known.name == revision.name
            }
        }
    }

    /// States the values of another table's columns: row `i` of them is the report's revision `placed[i]`.
    fn add_columns(&mut self, artifact_idx: usize, columns: &[Column], placed: &[usize]) {
        let source = self.source(artifact_idx);
        for column in columns {
            let column_idx = self.columns.entry(column.kind, column.id.clone(), &source);
            for (row, revision_idx) in placed.iter().enumerate() {
                self.state(column_idx, *revision_idx, column.cells.get(row), &source);
            }
        }
    }

    /// States a value of a revision.
    fn state(&mut self, column_idx: usize, revision_idx: usize, cell: Cell<'_>, source: &Source) {
        let Some(revision) = self.report.revisions.get(revision_idx) else {
            return;
        };
        let at = (revision_idx, revision);
        self.columns
            .state(column_idx, at, cell, source, &mut self.report.notices);
    }

    /// Adds a finding to the revision that it belongs to, or to the report.
    fn add_finding(&mut self, artifact_idx: usize, finding: Finding) {
        // Prose and pictures belong to the whole report.
        let belongs = holds_results(&finding.content);
        let placed = if belongs {
            self.revision_of(artifact_idx, &finding)
        } else {
            None
        };
        let mut source = self.source(artifact_idx);
        if let Some(part) = &finding.part {
            source.artifact = format!("{}:{part}", source.artifact);
        }
        let artifact = source.artifact.clone();
        match (finding.content, placed) {
            (Content::Prose(markdown), _) => self.report.prose.push(Prose { artifact, markdown }),
            (Content::Image(media_type), _) => {
                if let Some(record) = self.report.artifacts.get_mut(artifact_idx) {
                    media_type.clone_into(&mut record.media_type);
                }
            }
            (_, None) => {}
            (content, Some((revision, path))) => {
                if let Some(record) = self.report.artifacts.get_mut(artifact_idx) {
                    record.revision = Some(revision);
                }
                self.add_content(artifact_idx, content, revision, &path, source);
            }
        }
    }

    /// Adds what was found of one revision; `path` is the artifact's below the folder that names it.
    fn add_content(
        &mut self,
        artifact_idx: usize,
        content: Content,
        revision: usize,
        path: &str,
        source: Source,
    ) {
        let artifact = source.artifact.clone();
        match content {
            Content::Values { kind, file, values } => {
                let known = self.counterparts.get(&artifact_idx).map(String::as_str);
                let file = file.as_deref().or(known).unwrap_or(path);
                let file = assign::file_of(file, &self.dvc_files).to_owned();
                for (keys, value) in values {
                    let id = ColumnId {
                        file: file.clone(),
                        path: keys,
                    };
                    let column_idx = self.columns.entry(kind, id, &source);
                    self.state(column_idx, revision, value.as_cell(), &source);
                }
            }
            Content::Matrix {
                split,
                titles,
                matrix,
            } => {
                let record = MatrixRecord {
                    revision,
                    split,
                    artifact,
                    titles,
                    matrix,
                };
                self.report.matrices.push(record);
            }
            Content::Predictions { split, predictions } => {
                let record = PredictionsRecord {
                    revision,
                    split,
                    artifact,
                    predictions,
                };
                self.report.predictions.push(record);
            }
            Content::Series {
                name,
                steps,
                values,
            } => {
                self.report.series.push(Series {
                    revision,
                    name,
                    artifact,
                    steps,
                    values,
                });
            }
            Content::Curve {
                kind,
                x,
                y,
                thresholds,
            } => {
                self.report.curves.push(Curve {
                    revision,
                    kind,
                    artifact,
                    x,
                    y,
                    thresholds,
                });
            }
            Content::Table(table) => self.add_tip(artifact_idx, revision, &table),
            Content::Bundle(bundle) => self.add_tip_of_bundle(artifact_idx, revision, *bundle),
            Content::Prose(_) | Content::Image(_) => {}
        }
    }

    /// Takes from a table only the row that it is about: the workspace, else its first commit.
    fn add_tip(&mut self, artifact_idx: usize, revision: usize, table: &FoundTable) {
        let is = |kind| table.revisions.iter().position(|it| it.kind == kind);
        let tip = is(RevisionKind::Workspace)
            .or_else(|| is(RevisionKind::Commit))
            .unwrap_or(0);
        self.add_row(artifact_idx, revision, &table.columns, tip);
        // The workspace is at the first commit.
        let commit = is(RevisionKind::Commit).and_then(|row| table.revisions.get(row));
        if let (Some(known), Some(commit)) = (self.report.revisions.get_mut(revision), commit) {
            known.sha = known.sha.take().or_else(|| commit.sha.clone());
        }
    }

    /// States the values of one row of other columns for a revision.
    pub(super) fn add_row(
        &mut self,
        artifact_idx: usize,
        revision: usize,
        columns: &[Column],
        row: usize,
    ) {
        let source = self.source(artifact_idx);
        for column in columns {
            let column_idx = self.columns.entry(column.kind, column.id.clone(), &source);
            self.state(column_idx, revision, column.cells.get(row), &source);
        }
    }

    /// The report, with what only the whole of it tells.
    fn finish(mut self) -> Report {
        self.report.artifacts.append(&mut self.bundled_artifacts);
        self.settle_last();
        self.report.baseline = self.baseline_of_inputs.or(self.report.baseline);
        self.report.baseline = self.report.baseline.or_else(|| self.said_baseline());
        if !self.leaves_open {
            self.report.baseline = self
                .report
                .baseline
                .or_else(|| guessed_baseline(&self.report));
        }
        let n_revisions = self.report.revisions.len();
        self.report.columns = self.columns.finish(n_revisions, &mut self.report.notices);
        for (name, direction) in self.report.settings.directions.clone() {
            let found = self.report.find_column(&name);
            if let Some(column) = found.and_then(|idx| self.report.columns.get_mut(idx)) {
                column.direction = direction;
            }
        }
        self.report
    }
}

/// Takes over what another table says of a revision, and the first one left open.
fn learn(known: &mut Revision, other: &Revision) {
    // A table of names alone may have come before the one with the commits.
    if known.kind == RevisionKind::Named {
        known.kind = other.kind;
    }
    let n_digits = |of: &Revision| of.sha.as_ref().map_or(0, String::len);
    if n_digits(other) > n_digits(known) {
        known.sha.clone_from(&other.sha);
    }
    known.name = known.name.take().or_else(|| other.name.clone());
    known.created = known.created.take().or_else(|| other.created.clone());
    known.executor = known.executor.take().or_else(|| other.executor.clone());
    for error in &other.file_errors {
        if !known.file_errors.contains(error) {
            known.file_errors.push(error.clone());
        }
    }
}

/// What a revision may be found by: the first 7 digits of its sha, its name; the workspace by "".
fn match_keys(revision: &Revision) -> [Option<String>; 2] {
    match revision.kind {
        RevisionKind::Workspace => [Some(String::new()), None],
        _ => [
            revision.short_sha().map(str::to_owned),
            revision.name.clone(),
        ],
    }
}

/// Whether a finding says something about one revision.
pub(super) fn holds_results(content: &Content) -> bool {
    !matches!(content, Content::Prose(_) | Content::Image(_))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
