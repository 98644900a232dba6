use super::{Method, Told, level, means, n32, n64, share};
use crate::{
    model::Lang,
    words::{
        judged::{one_in, p_value},
        number::{self, list, percent},
    },
};

impl Told {
    pub(super) fn en(&self) -> String {
        let lang = Lang::En;
        match self {
            Self::JudgedOnPairs {
                metric,
                samples,
                method,
                p,
                n_corrected,
            } => {
                let (name, p) = (name(*method), p_value(*p, lang));
                let corrected = n_corrected.map_or_else(String::new, |n| {
                    format!(" after Holm’s correction for {} experiments", n32(n, lang))
                });
                format!("Judged by {metric} on the same {samples}: {name}, {p}{corrected}.")
            }
            Self::JudgedOnCounts {
                metric,
                samples,
                method,
            } => format!(
                "Judged by {metric} on {samples} each, which can’t be paired: {}.",
                name(*method)
            ),
            Self::JudgedOnRuns {
                metric,
                baseline,
                current,
                p,
            } => {
                let (now, before) = (n32(*current, lang), n32(*baseline, lang));
                let p = p_value(*p, lang);
                format!(
                    "Judged by {metric} over {now} runs with other seeds, against {before}: \
                     Welch’s t-test, {p}."
                )
            }
            Self::How(method, confidence) => {
                let level = level(*confidence, lang);
                let below = format!(
                    "Below {level} careo calls it a change; else chance alone could explain it."
                );
                match method {
                    Method::McNemar => format!(
                        "The exact McNemar test looks only at the answers that changed: with no \
                         real change, each is as likely lost as won. {below}"
                    ),
                    Method::Permutation { is_exact } => {
                        let ways = match is_exact {
                            true => "all ways of swapping them",
                            false => {
                                "20,000 random ways of swapping them, the one that happened included,"
                            }
                        };
                        format!(
                            "The permutation test looks only at the samples that got another \
                             answer: with no real change, both answers could as well have come \
                             from the other model. Of {ways} it counts those where the metric \
                             differs at least as much. {below}"
                        )
                    }
                    Method::Newcombe | Method::Bootstrap => format!(
                        "Nothing says which samples were won and which were lost, so both sides \
                         count as independent. That is cautious where the samples are the same. \
                         careo calls it a change where the {} interval leaves out zero.",
                        share(*confidence, lang)
                    ),
                    Method::Welch => format!(
                        "Welch’s t-test compares the means of runs that differ in their seeds \
                         only: it tells a change from the luck of training, not from the luck of \
                         the test set. {below}"
                    ),
                }
            }
            Self::HowInterval(method, confidence) => {
                let at = share(*confidence, lang);
                match method {
                    Method::McNemar => format!(
                        "The interval is Tango’s score interval for paired answers, at {at}. The \
                         test decides, the interval shows."
                    ),
                    Method::Permutation { .. } => format!(
                        "The interval is the BCa bootstrap’s, at {at}, of 10,000 resamples of the \
                         pairs. The test decides, the interval shows."
                    ),
                    Method::Newcombe => format!(
                        "It is Newcombe’s interval for the difference of two independent shares, \
                         at {at}."
                    ),
                    Method::Bootstrap => format!(
                        "It is the BCa bootstrap’s, at {at}, of 10,000 resamples of each matrix."
                    ),
                    Method::Welch => {
                        format!("The interval is of the difference of the means, at {at}.")
                    }
                }
            }
            Self::HowNothing => "With the predictions of both (what each sample was, and what the \
                                 model said), careo could tell a change of accuracy, precision, \
                                 recall, F1, kappa or MCC from chance; with three runs and more of \
                                 each that differ in their seeds only, of any metric."
                .to_owned(),
            Self::Note {
                metric,
                method,
                is_short,
            } => {
                let name = match method {
                    Method::McNemar => "score interval for paired answers (Tango)",
                    Method::Permutation { .. } => "bootstrap interval over pairs (BCa)",
                    Method::Newcombe => "interval for independent shares (Newcombe)",
                    Method::Bootstrap => "bootstrap interval over both matrices (BCa)",
                    Method::Welch => "interval of the means over seeds (Welch)",
                };
                let short = match is_short {
                    true => "; with so few samples it is somewhat too short",
                    false => "",
                };
                format!("{metric}: {name}{short}.")
            }
            Self::Swapped {
                samples,
                n_differing,
                p,
            } => {
                let (n, chance) = (n64(*n_differing, lang), one_in(*p, lang));
                format!(
                    "Of the same {samples}, {n} got another answer. With no real change, swapping \
                     those answers at random between the two models makes at least this much of a \
                     difference {chance}."
                )
            }
            Self::Unpaired { samples, interval } => format!(
                "Nothing says which of the {samples} each got right, so both sides are taken as \
                 independent, which is cautious. The difference may then be anything from {}. With \
                 the predictions of both, careo could tell smaller changes.",
                number::interval(*interval, lang)
            ),
            Self::Repeated {
                baseline,
                current,
                p,
            } => {
                let (now, before) = means(current.1, baseline.1, lang);
                let (n_now, n_before) = (n32(current.0, lang), n32(baseline.0, lang));
                let chance = one_in(*p, lang);
                format!(
                    "With other seeds, {n_now} runs give {now} on average; {n_before} runs of the \
                     baseline give {before}. With no real change, means at least so far apart come \
                     up {chance}. That is about the luck of training; all runs share one test set."
                )
            }
            Self::Disagrees {
                is_change: false,
                interval,
            } => format!(
                "The interval ({}) leaves out zero, yet the test doesn’t call it a change. The \
                 test decides.",
                number::interval(*interval, lang)
            ),
            Self::Disagrees { interval, .. } => format!(
                "The interval ({}) still holds zero, yet the test calls it a change. The test \
                 decides.",
                number::interval(*interval, lang)
            ),
            Self::DisagreesToo {
                metric,
                is_change,
                p,
            } => {
                let p = p_value(*p, lang);
                match is_change {
                    true => format!(
                        "{metric}: the interval holds zero, yet the test calls it a change ({p})."
                    ),
                    false => format!(
                        "{metric}: the interval leaves out zero, yet the test doesn’t call it a change ({p})."
                    ),
                }
            }
            Self::OthersDontDecide { metric, has_guards } => {
                let guards = if *has_guards { " and the guards" } else { "" };
                format!(
                    "The verdict goes by {metric}{guards} alone: the other metrics are each judged by \
                     themselves, without correction for their number, so that one may look worse \
                     by chance."
                )
            }
            Self::Corrected { n, p } => format!(
                "That is for this test alone. What decides is Holm’s correction for {} \
                 experiments: {}.",
                n32(*n, lang),
                p_value(*p, lang)
            ),
            Self::TooFew => "There is too little to tell.".to_owned(),
            Self::TooFewSamples { samples, needed } => {
                let needed = n64(*needed, lang);
                format!(
                    "The number rests on {samples}. With fewer than {needed}, chance hides too much, \
                     and careo doesn’t decide."
                )
            }
            Self::TooFewRuns { n, needed } => {
                let (n, needed) = (n64(*n, lang), n64(*needed, lang));
                format!("One side has {n} runs with other seeds; it takes {needed} on each.")
            }
            Self::BestOf(n) => format!("It is the best of {} experiments.", n32(*n, lang)),
            Self::BestOfWhy { n_corrected } => {
                let luck = "The best of many looks better than it is: each had its own luck on the \
                            same test set.";
                match n_corrected {
                    Some(n) => format!(
                        "{luck} The test is corrected for the {} that could be tested (Holm).",
                        n32(*n, lang)
                    ),
                    None => format!(
                        "{luck} The others can’t be tested in the same way, so nothing corrects \
                         for that; a fresh test set would."
                    ),
                }
            }
            Self::LongRun {
                interval: (low, high),
                confidence,
            } => {
                let (low, high) = (percent(*low, 0, lang), percent(*high, 0, lang));
                let at = share(*confidence, lang);
                format!(
                    "In the long run, the share that is right may be anything from {low} to {high} \
                     (Wilson, {at})."
                )
            }
            Self::MeasureDiffers { stated, counted } => {
                let (stated, counted) = means(*stated, *counted, lang);
                format!(
                    "The metric states {stated}; counting gives {counted}. What it measures is \
                     then unknown, and its change can’t be tested."
                )
            }
            Self::AccuracyDiffers {
                stated,
                counted,
                by_predictions,
            } => {
                let (stated, counted) = means(*stated, *counted, lang);
                let by = match by_predictions {
                    true => "the predictions give",
                    false => "the confusion matrix gives",
                };
                format!("The metric states an accuracy of {stated}; {by} {counted}.")
            }
            Self::OtherFile { baseline, current } => {
                let files = list(&[baseline.clone(), current.clone()], lang);
                format!(
                    "The matrices come from files of different names ({files}), and neither says \
                     of which split it is."
                )
            }
        }
    }
}

fn name(method: Method) -> &'static str {
    match method {
        Method::McNemar => "exact McNemar",
        Method::Permutation { is_exact: true } => "exact permutation test",
        Method::Permutation { is_exact: false } => "permutation test",
        Method::Newcombe => "Newcombe’s interval",
        Method::Bootstrap => "bootstrap interval",
        Method::Welch => "Welch’s t-test",
    }
}
