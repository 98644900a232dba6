//! A whole report of our own among the artifacts.

use std::mem::take;

use super::{assign, merge::Assembly};
use crate::model::{FoundTable, Gates, LeftOut, Origin, Report, Settings};

impl Assembly {
    /// Adds a whole report of our own, with its revisions.
    pub(super) fn add_bundle(&mut self, artifact_idx: usize, mut bundle: Report) {
        let is_first = self.report.revisions.is_empty();
        let (current, baseline) = (bundle.current, bundle.baseline);
        let table = FoundTable {
            revisions: take(&mut bundle.revisions),
            columns: take(&mut bundle.columns),
        };
        let placed = self.add_table(artifact_idx, table);
        let place = |idx: usize| placed.get(idx).copied();
        self.report.current = self.report.current.or(current.and_then(place));
        self.report.baseline = self.report.baseline.or(baseline.and_then(place));
        if is_first {
            self.report.verdict = bundle.verdict.take();
            self.report.unknown_sections = take(&mut bundle.unknown_sections);
            fill_origin(&mut self.report.origin, take(&mut bundle.origin));
            let of_bundle = take(&mut bundle.settings);
            fill_settings(&mut self.report.settings, of_bundle.clone());
            // Other settings, another verdict: it is computed anew.
            if !judges_alike(&self.report.settings, &of_bundle) {
                self.report.verdict = None;
            }
        }
        let report = &mut self.report;
        report.prose.append(&mut bundle.prose);
        report.notices.append(&mut bundle.notices);
        report.problems.append(&mut bundle.problems);
        for record in &mut bundle.artifacts {
            record.revision = record.revision.and_then(place);
        }
        self.bundled_artifacts.append(&mut bundle.artifacts);
        self.add_records(bundle, &place);
    }

    /// Takes from another report only the revision that it is about.
    pub(super) fn add_tip_of_bundle(
        &mut self,
        artifact_idx: usize,
        revision: usize,
        mut bundle: Report,
    ) {
        let Some(tip) = bundle.current else { return };
        // A file that the report knows by more of its path, or by less, is the same.
        let known = self.columns.files();
        for column in bundle
            .columns
            .iter_mut()
            .filter(|it| !it.id.path.is_empty())
        {
            column.id.file = assign::file_of(&column.id.file, &known).to_owned();
        }
        self.add_row(artifact_idx, revision, &bundle.columns, tip);
        if let (Some(known), Some(tip)) = (
            self.report.revisions.get_mut(revision),
            bundle.revisions.get(tip),
        ) {
            known.sha = known.sha.take().or_else(|| tip.sha.clone());
        }
        self.add_records(bundle, &|idx| (idx == tip).then_some(revision));
    }

    /// Adds what belongs to the revisions that have a place here.
    fn add_records(&mut self, bundle: Report, place: &dyn Fn(usize) -> Option<usize>) {
        let report = &mut self.report;
        add(
            &mut report.matrices,
            bundle.matrices,
            |it| &mut it.revision,
            place,
        );
        add(
            &mut report.predictions,
            bundle.predictions,
            |it| &mut it.revision,
            place,
        );
        add(
            &mut report.series,
            bundle.series,
            |it| &mut it.revision,
            place,
        );
        add(
            &mut report.curves,
            bundle.curves,
            |it| &mut it.revision,
            place,
        );
    }
}

fn add<T>(
    known: &mut Vec<T>,
    told: Vec<T>,
    revision: fn(&mut T) -> &mut usize,
    place: &dyn Fn(usize) -> Option<usize>,
) {
    for mut record in told {
        if let Some(placed) = place(*revision(&mut record)) {
            *revision(&mut record) = placed;
            known.push(record);
        }
    }
}

/// What flags and the environment leave open, the bundle tells.
fn fill_origin(origin: &mut Origin, bundle: Origin) {
    let fields: [(&mut Option<String>, Option<String>); 12] = [
        (&mut origin.repository, bundle.repository),
        (&mut origin.repository_url, bundle.repository_url),
        (&mut origin.title, bundle.title),
        (&mut origin.commit, bundle.commit),
        (&mut origin.branch, bundle.branch),
        (&mut origin.tag, bundle.tag),
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

/// Whether a verdict by one of them is a verdict by the other.
fn judges_alike(a: &Settings, b: &Settings) -> bool {
    a.primary_metric == b.primary_metric
        && a.baseline == b.baseline
        && a.directions == b.directions
        && a.guards == b.guards
        && a.smallest_gain == b.smallest_gain
        && a.confidence == b.confidence
        && a.positive_class == b.positive_class
        && a.data == b.data
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
    fill(&mut settings.explanations, bundle.explanations);
    fill(&mut settings.guards, bundle.guards);
    settings.smallest_gain = settings.smallest_gain.or(bundle.smallest_gain);
    settings.confidence = settings.confidence.or(bundle.confidence);
    settings.positive_class = settings.positive_class.take().or(bundle.positive_class);
    fill(&mut settings.class_order, bundle.class_order);
    fill(&mut settings.groups, bundle.groups);
    let separator = settings.group_separator.take();
    settings.group_separator = separator.or(bundle.group_separator);
    fill(&mut settings.data, bundle.data);
    settings.release = settings.release.take().or(bundle.release);
    // Half of one and half of the other would be nobody's.
    if settings.worth.is_empty() {
        settings.worth = bundle.worth;
    }
    if settings.gates == Gates::default() {
        settings.gates = bundle.gates;
    }
    if settings.left_out == LeftOut::default() {
        settings.left_out = bundle.left_out;
    }
}
