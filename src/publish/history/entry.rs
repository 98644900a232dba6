//! A report in a few numbers: its `entry.json`.

use super::place::Place;
use crate::{
    analysis::{
        direction::direction_of,
        primary::{is_of_class, ranked_metrics, value_of},
    },
    bundle,
    model::{Origin, Report, SiteChange, SiteEntry, SiteIndex, SiteMetric},
    readers::assemble::sha256,
};

/// The entry of a report, but for what only the site knows: number, path, viewer and size.
pub fn entry(report: &Report, place: &Place, facts: &Facts) -> SiteEntry {
    let origin = report.origin.clone();
    let verdict = report.verdict.as_ref();
    SiteEntry {
        kind: place.kind,
        name: place.name.clone(),
        key: place.key.clone(),
        title: origin.title,
        discussion: origin.discussion,
        commit: origin.commit,
        branch: origin.branch,
        target_branch: origin.target_branch,
        main_branch: facts.main_branch.clone(),
        repository: origin.repository,
        date: facts.author_date.clone().or_else(|| origin.made_at.clone()),
        made_at: origin.made_at,
        outcome: verdict.map(|it| it.outcome).unwrap_or_default(),
        digest: verdict.map(|it| it.digest.clone()).unwrap_or_default(),
        decisive: decisive(report),
        metrics: metrics(report),
        content: content(report),
        ..SiteEntry::default()
    }
}

/// What is known of a report beside what it says.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The repository's default branch.
    pub main_branch: Option<String>,
    /// Author date of the commit, RFC 3339.
    pub author_date: Option<String>,
}

/// The digest of what a report says: when it was made, by which run and for which address makes no
/// difference.
pub fn content(report: &Report) -> String {
    let said = Report {
        origin: Origin {
            made_at: None,
            run: None,
            run_url: None,
            base_url: None,
            ..report.origin.clone()
        },
        ..report.clone()
    };
    sha256(&bundle::write(&said))
}

fn decisive(report: &Report) -> Option<SiteChange> {
    let verdict = report.verdict.as_ref()?;
    let name = match verdict.metric {
        Some(column) => report.column_names().get(column)?.clone(),
        // Counted from predictions or a matrix.
        None => "accuracy".to_owned(),
    };
    let finite = |value: Option<f64>| value.filter(|it| it.is_finite());
    let change = SiteChange {
        name,
        baseline: finite(verdict.baseline_value),
        current: finite(verdict.current_value),
    };
    (change.current.is_some() || change.baseline.is_some()).then_some(change)
}

/// The metrics of the revision that the report is about: the one that decides, then as they rank.
fn metrics(report: &Report) -> Vec<SiteMetric> {
    let Some(current) = report.current else {
        return Vec::new();
    };
    let decisive = report.verdict.as_ref().and_then(|it| it.metric);
    let names = report.column_names();
    let ranked = ranked_metrics(report);
    let ranked = ranked
        .into_iter()
        .filter(|column| Some(*column) != decisive && !is_of_class(report, *column));
    let metric = |column: usize| {
        Some(SiteMetric {
            id: report.columns.get(column)?.id.full(),
            name: names.get(column)?.clone(),
            value: value_of(report, column, current)?,
            direction: direction_of(report, column),
        })
    };
    let columns = decisive.into_iter().chain(ranked);
    columns
        .filter_map(metric)
        .take(SiteIndex::MAX_METRICS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_results_have_the_same_content_whoever_made_them() {
        let mut report = Report::default();
        report.origin.title = Some("x".to_owned());
        let first = content(&report);
        report.origin.made_at = Some("2026-01-01T00:00:00Z".to_owned());
        report.origin.run = Some("57".to_owned());
        report.origin.base_url = Some("https://example.org/pr/1/".to_owned());
        assert_eq!(content(&report), first);
        report.origin.title = Some("y".to_owned());
        assert_ne!(content(&report), first);
    }
}
