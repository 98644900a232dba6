//! A whole report of our own among the artifacts.

use super::merge::Assembly;
use crate::model::{
    ArtifactRecord, Curve, FoundTable, MatrixRecord, Origin, PredictionsRecord, Report, Series,
    Settings,
};

impl Assembly {
    /// Adds a whole report of our own, with its revisions.
    pub(super) fn add_bundle(&mut self, artifact_idx: usize, bundle: Report) {
        let is_first = self.report.revisions.is_empty();
        let (current, baseline) = (bundle.current, bundle.baseline);
        let table = FoundTable {
            revisions: bundle.revisions,
            columns: bundle.columns,
        };
        let placed = self.add_table(artifact_idx, table);
        let place = |idx: usize| placed.get(idx).copied();
        self.report.current = self.report.current.or(current.and_then(place));
        self.report.baseline = self.report.baseline.or(baseline.and_then(place));
        if is_first {
            self.report.verdict = bundle.verdict;
            self.report.unknown_sections = bundle.unknown_sections;
            fill_origin(&mut self.report.origin, bundle.origin);
            fill_settings(&mut self.report.settings, bundle.settings);
        }
        let of = |revision: usize| place(revision).unwrap_or_default();
        let report = &mut self.report;
        let records = bundle.matrices.into_iter();
        report.matrices.extend(records.map(|it| MatrixRecord {
            revision: of(it.revision),
            ..it
        }));
        let records = bundle.predictions.into_iter();
        report
            .predictions
            .extend(records.map(|it| PredictionsRecord {
                revision: of(it.revision),
                ..it
            }));
        let records = bundle.series.into_iter();
        report.series.extend(records.map(|it| Series {
            revision: of(it.revision),
            ..it
        }));
        let records = bundle.curves.into_iter();
        report.curves.extend(records.map(|it| Curve {
            revision: of(it.revision),
            ..it
        }));
        report.prose.extend(bundle.prose);
        report.notices.extend(bundle.notices);
        report.problems.extend(bundle.problems);
        let records = bundle.artifacts.into_iter();
        self.bundled_artifacts
            .extend(records.map(|it| ArtifactRecord {
                revision: it.revision.and_then(place),
                ..it
            }));
    }

    /// Takes from another report only the revision that it is about.
    pub(super) fn add_tip_of_bundle(
        &mut self,
        artifact_idx: usize,
        revision: usize,
        bundle: Report,
    ) {
        let Some(tip) = bundle.current else { return };
        self.add_row(artifact_idx, revision, &bundle.columns, tip);
        if let (Some(known), Some(tip)) = (
            self.report.revisions.get_mut(revision),
            bundle.revisions.get(tip),
        ) {
            known.sha = known.sha.take().or_else(|| tip.sha.clone());
        }
        let report = &mut self.report;
        let records = bundle.matrices.into_iter().filter(|it| it.revision == tip);
        report
            .matrices
            .extend(records.map(|it| MatrixRecord { revision, ..it }));
        let records = bundle
            .predictions
            .into_iter()
            .filter(|it| it.revision == tip);
        report
            .predictions
            .extend(records.map(|it| PredictionsRecord { revision, ..it }));
        let records = bundle.series.into_iter().filter(|it| it.revision == tip);
        report
            .series
            .extend(records.map(|it| Series { revision, ..it }));
        let records = bundle.curves.into_iter().filter(|it| it.revision == tip);
        report
            .curves
            .extend(records.map(|it| Curve { revision, ..it }));
    }
}

/// What flags and the environment leave open, the bundle tells.
fn fill_origin(origin: &mut Origin, bundle: Origin) {
    let fields: [(&mut Option<String>, Option<String>); 11] = [
        (&mut origin.repository, bundle.repository),
        (&mut origin.repository_url, bundle.repository_url),
        (&mut origin.title, bundle.title),
        (&mut origin.commit, bundle.commit),
        (&mut origin.branch, bundle.branch),
        (&mut origin.target_branch, bundle.target_branch),
        (&mut origin.target_commit, bundle.target_commit),
        (&mut origin.run, bundle.run),
        (&mut origin.run_url, bundle.run_url),
        (&mut origin.made_at, bundle.made_at),
        (&mut origin.base_url, bundle.base_url),
    ];
    for (known, told) in fields {
        *known = known.take().or(told);
    }
    origin.discussion = origin.discussion.take().or(bundle.discussion);
}

/// What `careo.toml` and flags leave open, the bundle tells.
fn fill_settings(settings: &mut Settings, bundle: Settings) {
    settings.lang = settings.lang.or(bundle.lang);
    settings.primary_metric = settings.primary_metric.take().or(bundle.primary_metric);
    settings.baseline = settings.baseline.take().or(bundle.baseline);
    fn fill<T>(known: &mut Vec<T>, told: Vec<T>) {
        if known.is_empty() {
            *known = told;
        }
    }
    fill(&mut settings.directions, bundle.directions);
    fill(&mut settings.names, bundle.names);
    fill(&mut settings.classes, bundle.classes);
    fill(&mut settings.sample, bundle.sample);
    fill(&mut settings.axes, bundle.axes);
}
