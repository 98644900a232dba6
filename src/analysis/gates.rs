//! What a team insists on, held against a report: `careo check`.

use super::{guards, primary};
use crate::model::{ColumnKind, Gates, Outcome, Report, Verdict, nearest};

/// A gate.
#[derive(Clone, Debug, PartialEq)]
pub enum Gate {
    /// A metric that must be at least so high.
    Min {
        /// As the team names it.
        metric: String,
        /// The limit.
        limit: f64,
    },
    /// A metric that must be at most so high.
    Max {
        /// As the team names it.
        metric: String,
        /// The limit.
        limit: f64,
    },
    /// Neither worse nor mixed, and no guard broken.
    NoWorse,
    /// This verdict, or a better one.
    Require(Outcome),
}

/// A gate with what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The gate.
    pub gate: Gate,
    /// What came of it.
    pub finding: Finding,
    /// The metric that it speaks of, where there is one.
    pub column: Option<usize>,
}

/// What came of a gate.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// It holds; the metric's value, where it speaks of one.
    Holds(Option<f64>),
    /// It fails by this value.
    Fails {
        /// Now.
        now: f64,
        /// On the baseline, where that is known.
        before: Option<f64>,
    },
    /// It fails by this verdict.
    FailsBy(Outcome),
    /// It fails by a metric that must hold.
    FailsByGuard {
        /// The metric's name.
        metric: String,
        /// Whether this change states a value of it; what can't be judged doesn't hold.
        is_stated: bool,
    },
    /// The metric has no value of this revision's own: a gate that can't be judged doesn't hold.
    NoValue,
    /// No metric is called so.
    NoMetric {
        /// The nearest one that there is.
        nearest: Option<String>,
    },
}

impl Checked {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        matches!(self.finding, Finding::Holds(_))
    }
}

/// Every gate, in the order: verdict, lower limits, upper limits.
pub fn check(report: &Report, judged: &Verdict, gates: &Gates) -> Vec<Checked> {
    let mut checked = Vec::new();
    let by_outcome = |gate: Gate, holds: bool| Checked {
        gate,
        finding: match holds {
            true => Finding::Holds(None),
            false => Finding::FailsBy(judged.outcome),
        },
        column: None,
    };
    let by_guard = |metric: String, is_stated: bool, column: Option<usize>| Checked {
        gate: Gate::NoWorse,
        finding: Finding::FailsByGuard { metric, is_stated },
        column,
    };
    if let Some(required) = gates.require {
        let holds = match judged.outcome {
            Outcome::Improved => true,
            outcome => outcome == required,
        };
        checked.push(by_outcome(Gate::Require(required), holds));
    }
    if gates.no_worse {
        let is_worse = matches!(judged.outcome, Outcome::Worse | Outcome::Mixed);
        let broken = judged.broken_guards().next().filter(|_| !is_worse);
        let unstated = guards::unstated(report, judged);
        let unstated = unstated.first().filter(|_| !is_worse);
        checked.push(match (broken, unstated) {
            (Some(guard), _) => {
                let name = report.column_names().get(guard.column).cloned();
                by_guard(name.unwrap_or_default(), true, Some(guard.column))
            }
            (None, Some(name)) => by_guard((*name).to_owned(), false, None),
            (None, None) => by_outcome(Gate::NoWorse, !is_worse),
        });
    }
    for (metric, limit) in &gates.min {
        let gate = Gate::Min {
            metric: metric.clone(),
            limit: *limit,
        };
        checked.push(by_value(report, judged, gate, metric, |it| it >= *limit));
    }
    for (metric, limit) in &gates.max {
        let gate = Gate::Max {
            metric: metric.clone(),
            limit: *limit,
        };
        checked.push(by_value(report, judged, gate, metric, |it| it <= *limit));
    }
    checked
}

fn by_value(
    report: &Report,
    judged: &Verdict,
    gate: Gate,
    metric: &str,
    holds: impl Fn(f64) -> bool,
) -> Checked {
    let column = report.find_column(metric);
    let column = column.filter(|it| {
        let column = report.columns.get(*it);
        column.is_some_and(|it| it.kind == ColumnKind::Metric)
    });
    // The accuracy that is counted from predictions has no column.
    let is_counted = column.is_none() && judged.metric.is_none() && metric == "accuracy";
    if column.is_none() && !(is_counted && judged.current_value.is_some()) {
        let names = report.column_names();
        let metrics = report.columns_of(ColumnKind::Metric);
        let metrics = metrics.filter_map(|(idx, _)| names.get(idx));
        let nearest = nearest(metric, metrics.map(String::as_str)).map(str::to_owned);
        return Checked {
            gate,
            finding: Finding::NoMetric { nearest },
            column: None,
        };
    }
    let value = |revision: Option<usize>| {
        let revision = revision?;
        let is_ranked = report.revisions.get(revision)?.is_ranked();
        let value = primary::value_of(report, column?, revision);
        value.filter(|_| is_ranked)
    };
    let (now, before) = match is_counted {
        true => (judged.current_value, judged.baseline_value),
        false => (value(Some(judged.current)), value(judged.baseline)),
    };
    let finding = match now {
        None => Finding::NoValue,
        Some(now) if holds(now) => Finding::Holds(Some(now)),
        Some(now) => Finding::Fails { now, before },
    };
    Checked {
        gate,
        finding,
        column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{
            nba_report::{self, BASELINE, CURRENT},
            verdict::verdict,
        },
        model::{Cells, Guard, Hold, State},
    };

    fn found(report: &Report, gates: &Gates) -> Vec<(bool, Finding)> {
        let judged = verdict(report, CURRENT, Some(BASELINE), None);
        let checked = check(report, &judged, gates).into_iter();
        checked.map(|it| (it.holds(), it.finding)).collect()
    }

    #[test]
    fn a_limit_holds_to_the_last_digit() {
        let mut report = nba_report::report();
        let accuracy = 87.0 / 176.0;
        let gates = |limit: f64| Gates {
            min: vec![("test_accuracy".to_owned(), limit)],
            max: vec![("metrics.json:test_accuracy".to_owned(), limit)],
            ..Gates::default()
        };
        let holds = Finding::Holds(Some(accuracy));
        let fails = Finding::Fails {
            now: accuracy,
            before: Some(93.0 / 176.0),
        };
        let told = |report: &Report, limit: f64| {
            let name = report.columns[report.find_column("test_accuracy").unwrap()]
                .id
                .full();
            let mut gates = gates(limit);
            gates.max[0].0 = name;
            found(report, &gates)
        };
        assert_eq!(
            told(&report, accuracy),
            [(true, holds.clone()), (true, holds.clone())]
        );
        assert_eq!(
            told(&report, 0.5),
            [(false, fails.clone()), (true, holds.clone())]
        );
        assert_eq!(told(&report, 0.4), [(true, holds), (false, fails)]);
        // What a failed run shows is its parent's.
        report.revisions[CURRENT].state = State::Failed(String::new());
        assert_eq!(told(&report, 0.4)[0], (false, Finding::NoValue));
    }

    #[test]
    fn a_metric_that_is_not_there_fails_and_the_nearest_is_told() {
        let report = nba_report::report();
        let gates = Gates {
            // Of no metric, and of a parameter.
            min: vec![("test_recal".to_owned(), 0.1), ("train.C".to_owned(), 0.1)],
            ..Gates::default()
        };
        let found = found(&report, &gates);
        let nearest = Some("test_recall".to_owned());
        assert_eq!(found[0], (false, Finding::NoMetric { nearest }));
        assert_eq!(found[1], (false, Finding::NoMetric { nearest: None }));
    }

    #[test]
    fn a_verdict_is_required_or_a_better_one() {
        use Outcome::{Improved, Mixed, NoClearChange, NotComparable, Unknown, Worse};
        let report = nba_report::report();
        let all = [
            Improved,
            NoClearChange,
            Mixed,
            Worse,
            NotComparable,
            Unknown,
        ];
        let holds = |gates: Gates| {
            all.map(|outcome| {
                let judged = Verdict {
                    outcome,
                    ..Verdict::default()
                };
                check(&report, &judged, &gates)[0].holds()
            })
        };
        let require = |outcome| Gates {
            require: Some(outcome),
            ..Gates::default()
        };
        let no_worse = Gates {
            no_worse: true,
            ..Gates::default()
        };
        let (yes, no) = (true, false);
        assert_eq!(holds(require(Improved)), [yes, no, no, no, no, no]);
        assert_eq!(holds(require(NoClearChange)), [yes, yes, no, no, no, no]);
        assert_eq!(holds(no_worse.clone()), [yes, yes, no, no, yes, yes]);
        // A metric that must hold and doesn't, where nothing tells about the one that decides.
        for (hold, expected) in [
            (Hold::Lost, no),
            (Hold::LostAsMeasured, no),
            (Hold::WithinChance, yes),
            (Hold::Undirected, yes),
        ] {
            let judged = Verdict {
                guards: vec![Guard {
                    hold,
                    ..Guard::default()
                }],
                ..Verdict::default()
            };
            assert_eq!(check(&report, &judged, &no_worse)[0].holds(), expected);
        }
    }

    #[test]
    fn a_guard_without_a_value_does_not_hold() {
        let mut report = nba_report::report();
        report.settings.guards = vec![("test_recall".to_owned(), 1.0)];
        let recall = report.find_column("test_recall").unwrap();
        let gates = Gates {
            no_worse: true,
            ..Gates::default()
        };
        let judged = Verdict {
            outcome: Outcome::Improved,
            baseline: Some(BASELINE),
            current: CURRENT,
            ..Verdict::default()
        };
        assert!(check(&report, &judged, &gates)[0].holds());
        let rows = 0..report.revisions.len();
        let cells = &report.columns[recall].cells;
        let numbers = rows.map(|it| cells.number(it).filter(|_| it != CURRENT));
        report.columns[recall].cells = Cells::from_numbers(numbers);
        let finding = Finding::FailsByGuard {
            metric: "test_recall".to_owned(),
            is_stated: false,
        };
        assert_eq!(check(&report, &judged, &gates)[0].finding, finding);
    }
}
