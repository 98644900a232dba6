//! Of which classes more are found than before, and of which fewer.

use super::{class_order, records};
use crate::model::{ConfusionMatrix, MatrixKind, Report, Verdict};

/// How many of a class are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassChange {
    /// The label.
    pub label: String,
    /// How many there are, on both sides.
    pub total: u64,
    /// How many were found on the baseline.
    pub before: u64,
    /// How many are found now.
    pub now: u64,
}

/// The class with the largest gain and the one with the largest loss, whichever there are, the
/// positive class first where the team named it. Nothing where the two sides can't be compared, or
/// count other samples.
pub fn class_changes(report: &Report, judged: &Verdict) -> Vec<ClassChange> {
    let mut changes = all(report, judged).unwrap_or_default();
    changes.retain(|it| it.now != it.before);
    let gain = |it: &&ClassChange| it.now as i64 - it.before as i64;
    let positive = report.settings.positive_class.as_ref();
    let named = changes.iter().find(|it| Some(&it.label) == positive);
    let up = changes.iter().filter(|it| gain(it) > 0).max_by_key(gain);
    let down = changes.iter().filter(|it| gain(it) < 0).min_by_key(gain);
    let mut told: Vec<ClassChange> = Vec::new();
    for it in named.into_iter().chain(up).chain(down) {
        if !told.contains(it) {
            told.push(it.clone());
        }
    }
    told
}

fn all(report: &Report, judged: &Verdict) -> Option<Vec<ClassChange>> {
    let is_ranked = |revision: usize| {
        let revision = report.revisions.get(revision);
        revision.is_some_and(|it| it.is_ranked())
    };
    let baseline = judged.baseline.filter(|it| is_ranked(*it))?;
    if !judged.not_comparable.is_empty() || !is_ranked(judged.current) {
        return None;
    }
    let [Some(before), Some(now)] = records::matrices_of(report, (Some(baseline), judged.current))
    else {
        return None;
    };
    let is_count = |it: &ConfusionMatrix| it.kind() == MatrixKind::Counts;
    if !is_count(&before) || !is_count(&now) {
        return None;
    }
    let (totals_before, totals_now) = (before.actual_totals(), now.actual_totals());
    let mut changes = Vec::new();
    let classes_before = class_order::classes_of(&before, now.labels());
    for (class, (label, was)) in now.labels().iter().zip(classes_before).enumerate() {
        let total = totals_now.get(class).copied().unwrap_or(0.0);
        let Some(was) = was else {
            continue;
        };
        if totals_before.get(was).copied() != Some(total) {
            return None;
        }
        changes.push(ClassChange {
            label: label.clone(),
            total: total as u64,
            before: before.get(was, was) as u64,
            now: now.get(class, class) as u64,
        });
    }
    Some(changes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{
        nba_report::{self, BASELINE, CURRENT},
        verdict::verdict,
    };

    fn told(report: &Report) -> Vec<(String, u64, u64, u64)> {
        let judged = verdict(report, CURRENT, Some(BASELINE), None);
        let changes = class_changes(report, &judged).into_iter();
        changes
            .map(|it| (it.label, it.total, it.before, it.now))
            .collect()
    }

    #[test]
    fn the_largest_gain_and_the_largest_loss_are_told() {
        let mut report = nba_report::report();
        let told_of_nba = told(&report);
        assert!(
            !told_of_nba.is_empty() && told_of_nba.len() <= 2,
            "{told_of_nba:?}"
        );
        for (label, total, before, now) in &told_of_nba {
            let matrix = |revision| records::matrix_of(&report, revision).unwrap();
            let found = |revision: usize| {
                let matrix = matrix(revision);
                let class = matrix.class(label).unwrap();
                matrix.get(class, class) as u64
            };
            assert_eq!((found(BASELINE), found(CURRENT)), (*before, *now));
            let class = matrix(CURRENT).class(label).unwrap();
            assert_eq!(matrix(CURRENT).actual_totals()[class] as u64, *total);
        }
        // The class that the team looks for comes first, whatever the others do.
        let last = told_of_nba.last().unwrap().0.clone();
        report.settings.positive_class = Some(last.clone());
        assert_eq!(told(&report)[0].0, last);
        report.revisions[BASELINE].state = crate::model::State::Queued;
        assert_eq!(told(&report), []);
    }
}
