//! What else the change is compared with: the target branch, the last release, the best so far.

use super::{
    seeds,
    tried::{self, Score},
    verdict,
};
use crate::model::{Report, RevisionKind, Verdict};

/// Which baseline it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The branch that the pull request would merge into.
    Target,
    /// The last release.
    Release,
    /// The best result that the report has.
    Best,
}

/// Another baseline with the verdict against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// Which one.
    pub which: Which,
    /// The verdict, by the same metric; without the other metrics.
    pub verdict: Verdict,
}

/// The baselines beside the one that the verdict used, each revision once.
pub fn others(report: &Report, judged: &Verdict) -> Vec<Other> {
    let candidates = [
        (Which::Target, target(report)),
        (Which::Release, release(report)),
        (Which::Best, best(report, judged)),
    ];
    let mut known = vec![judged.current];
    known.extend(judged.baseline);
    let mut others = Vec::new();
    for (which, revision) in candidates {
        let Some(revision) = revision.filter(|it| !known.contains(it)) else {
            continue;
        };
        known.push(revision);
        others.push(Other {
            which,
            verdict: verdict::headline(report, judged.current, revision, judged.metric),
        });
    }
    others
}

/// Which of the three the verdict itself used, where it is one of them.
pub fn used(report: &Report, judged: &Verdict) -> Option<Which> {
    let baseline = judged.baseline?;
    let is_it = |revision: Option<usize>| revision == Some(baseline);
    if is_it(target(report)) {
        Some(Which::Target)
    } else if is_it(release(report)) {
        Some(Which::Release)
    } else if is_it(best(report, judged)) {
        Some(Which::Best)
    } else {
        None
    }
}

fn target(report: &Report) -> Option<usize> {
    let origin = &report.origin;
    let names = [&origin.target_commit, &origin.target_branch];
    let mut names = names.into_iter().flatten();
    names.find_map(|name| report.find_revision(name))
}

/// The one that the settings name, else the newest that is named like a version.
fn release(report: &Report) -> Option<usize> {
    if let Some(name) = &report.settings.release {
        return report.find_revision(name);
    }
    let revisions = report.revisions.iter().enumerate();
    let versions = revisions.filter_map(|(idx, revision)| {
        let is_run = revision.kind == RevisionKind::Experiment;
        let name = revision.name.as_deref().filter(|_| !is_run)?;
        Some((version(name)?, idx))
    });
    versions.max().map(|(_, idx)| idx)
}

/// The numbers of a version: `v1.2.10` is 1, 2, 10. A single number is none: it may be anything.
fn version(name: &str) -> Option<Vec<u64>> {
    let text = name.rsplit('/').next().unwrap_or(name);
    let is_marked = text.starts_with(['v', 'V']);
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let numbers: Option<Vec<u64>> = text.split('.').map(|it| it.parse().ok()).collect();
    numbers.filter(|it| is_marked || it.len() > 1)
}

fn best(report: &Report, judged: &Verdict) -> Option<usize> {
    // A repetition of either side, with another seed or the same, is no other baseline: only the
    // luckiest of its runs.
    let is_repetition = |run: usize| seeds::is_repetition_of_either(report, judged, run);
    let others =
        (0..report.revisions.len()).filter(|it| *it != judged.current && !is_repetition(*it));
    let mut scores: Vec<Score> = others
        .filter_map(|it| tried::score(report, judged, it))
        .collect();
    // The baseline wins a tie: it is compared with already.
    scores.sort_by_key(|it| Some(it.revision) != judged.baseline);
    tried::best(&scores, judged.direction).map(|it| it.revision)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::nba_report::{self, BASELINE, CURRENT};

    #[test]
    fn a_version_has_numbers() {
        for (name, expected) in [
            ("v1.2.10", Some(vec![1, 2, 10])),
            ("release/2.0", Some(vec![2, 0])),
            ("v3", Some(vec![3])),
            ("3", None),
            ("main", None),
            ("v1.2-rc1", None),
        ] {
            assert_eq!(version(name), expected, "{name}");
        }
    }

    #[test]
    fn a_headline_is_that_of_the_whole_verdict() {
        let mut report = nba_report::report();
        for guards in [vec![], vec![("test_recall".to_owned(), 0.001)]] {
            report.settings.guards = guards;
            let metrics = verdict::of_report(&report, None).unwrap().others;
            let metrics = metrics.iter().map(|it| Some(it.column));
            for metric in metrics.chain([None]) {
                let whole = verdict::verdict(&report, CURRENT, Some(BASELINE), metric);
                let short = verdict::headline(&report, CURRENT, BASELINE, metric);
                assert_eq!(short.outcome, whole.outcome);
                assert_eq!(short.evidence, whole.evidence);
                assert_eq!(short.guards, whole.guards);
                assert!(short.others.len() <= report.settings.guards.len());
            }
        }
    }

    #[test]
    fn each_other_baseline_stands_once() {
        let mut report = nba_report::report();
        let told = |report: &Report, baseline: usize| {
            let judged = verdict::verdict(report, CURRENT, Some(baseline), None);
            let others = others(report, &judged).into_iter();
            let others = others.map(|it| (it.which, it.verdict.baseline.unwrap()));
            (used(report, &judged), others.collect::<Vec<_>>())
        };
        // The baseline is the best of all.
        assert_eq!(told(&report, BASELINE), (Some(Which::Best), vec![]));
        assert_eq!(told(&report, 2), (None, vec![(Which::Best, BASELINE)]));
        report.origin.target_branch = Some("master".to_owned());
        assert_eq!(told(&report, 2).1, [(Which::Target, BASELINE)]);
        report.settings.release = Some("nival-newt".to_owned());
        let others = [(Which::Target, BASELINE), (Which::Release, 2)];
        assert_eq!(told(&report, 1).1, others);
        assert_eq!(
            told(&report, 2),
            (Some(Which::Release), others[..1].to_vec())
        );
        // A release that is not there is none, whatever else looks like one.
        report.settings.release = Some("v9".to_owned());
        report.revisions[3].name = Some("v1.2".to_owned());
        assert_eq!(told(&report, 1).1, others[..1]);
        report.settings.release = None;
        assert_eq!(
            told(&report, 1).1,
            [others[0]],
            "an experiment is no release"
        );
        report.revisions[3].kind = RevisionKind::Commit;
        assert_eq!(told(&report, 1).1, [others[0], (Which::Release, 3)]);
    }
}
