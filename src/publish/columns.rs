use regex_lite::Regex;

use crate::{
    analysis::changed::{self, Selection},
    model::Report,
};

/// Which columns `--drop`, `--keep` and `--only-changed` leave in a report.
#[derive(Debug, Default)]
pub struct Choice {
    pub drop: Option<Regex>,
    pub keep: Option<Regex>,
    pub only_changed: bool,
}

impl Choice {
    /// Leaves out the columns that are not wanted, as `dvc exp show` would. The one that decides
    /// the verdict stays, and so do guards and gates, since a page without them would contradict
    /// itself; the verdict does, too: it was judged by everything that is known.
    pub fn apply(&self, report: &mut Report) {
        let matches = |regex: &Option<Regex>, name: &str| {
            regex.as_ref().is_some_and(|regex| regex.is_match(name))
        };
        let revisions: Vec<usize> = (0..report.revisions.len()).collect();
        let selection = Selection {
            only_changed: self.only_changed,
            drop: Some(&|name| matches(&self.drop, name)),
            keep: Some(&|name| matches(&self.keep, name)),
        };
        let mut kept = changed::columns(report, &revisions, selection);
        let verdict = report.verdict.iter();
        let guards = verdict.clone().flat_map(|it| &it.guards);
        kept.extend(guards.map(|it| it.column));
        kept.extend(verdict.filter_map(|it| it.metric));
        // A gate on a metric that was left out would fail.
        let gates = &report.settings.gates;
        let gates = gates.min.iter().chain(&gates.max);
        kept.extend(gates.filter_map(|(name, _)| report.find_column(name)));
        kept.sort_unstable();
        kept.dedup();
        if let Some(verdict) = &mut report.verdict {
            let place = |column: usize| kept.binary_search(&column).ok();
            verdict.metric = verdict.metric.and_then(place);
            for guard in &mut verdict.guards {
                // It is kept.
                guard.column = place(guard.column).unwrap_or(guard.column);
            }
        }
        let mut idx = 0;
        report.columns.retain(|_| {
            idx += 1;
            kept.binary_search(&(idx - 1)).is_ok()
        });
    }

    /// Whether a column of this heading stays, whatever else leaves it out.
    pub fn keeps(&self, heading: &str) -> bool {
        let keep = self.keep.as_ref();
        keep.is_some_and(|regex| regex.is_match(heading))
    }

    /// Whether there is nothing to leave out.
    pub fn is_all(&self) -> bool {
        self.drop.is_none() && !self.only_changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cells, Column, ColumnId, ColumnKind, Direction, Revision, RevisionKind};

    #[test]
    fn columns_are_dropped_kept_and_told_constant() {
        let column = |file: &str, key: &str, values: [Option<f64>; 2]| Column {
            id: ColumnId::new(file, &[key]),
            kind: ColumnKind::Metric,
            direction: Direction::Unknown,
            cells: Cells::from_numbers(values),
            sources: Vec::new(),
        };
        let report = Report {
            revisions: vec![Revision::new(RevisionKind::Workspace); 2],
            columns: vec![
                column("assets/m.json", "acc", [Some(1.0), Some(2.0)]),
                column("params.yaml", "C", [Some(1.0), Some(1.0)]),
                column("params.yaml", "seed", [Some(1.0), None]),
                column("src/x", "lines", [Some(1.0), Some(3.0)]),
            ],
            ..Report::default()
        };
        let regex = |text: &str| Some(Regex::new(text).unwrap());
        let cases = [
            (Choice::default(), "acc C seed lines"),
            (
                Choice {
                    drop: regex("acc|lines"),
                    ..Choice::default()
                },
                "C seed",
            ),
            (
                Choice {
                    only_changed: true,
                    ..Choice::default()
                },
                "acc seed lines",
            ),
            (
                Choice {
                    drop: regex("acc|lines"),
                    keep: regex("acc|C$"),
                    only_changed: true,
                },
                "acc C seed",
            ),
        ];
        for (choice, expected) in cases {
            let mut report = report.clone();
            choice.apply(&mut report);
            let keys: Vec<String> = report.columns.iter().map(|it| it.id.key()).collect();
            assert_eq!(keys.join(" "), expected);
        }
    }
}
