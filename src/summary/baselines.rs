use super::sentence::{baseline_name, verdict_sentence};
use crate::{
    analysis::baselines::{self, Which},
    model::{Lang, Outcome, Report, Verdict},
    words::{Say as _, baselines::Baselines, verdict::Baseline},
};

/// Another baseline with the verdict against it.
#[derive(Clone, Debug, PartialEq)]
pub struct BaselineText {
    /// "The last release (v1.2)".
    pub label: String,
    /// The verdict.
    pub outcome: Outcome,
    /// The verdict in words, which name the revision.
    pub sentence: String,
    /// What addresses call the revision.
    pub key: String,
}

/// The baselines beside the one that the verdict used.
pub fn other_baselines(report: &Report, judged: &Verdict, lang: Lang) -> Vec<BaselineText> {
    let keys = report.revision_keys();
    let others = baselines::others(report, judged).into_iter();
    let others = others.map(|it| {
        let label = match it.which {
            Which::Target => Baselines::Target,
            Which::Release => Baselines::Release,
            Which::Best => Baselines::Best,
        };
        let revision = it.verdict.baseline.unwrap_or_default();
        BaselineText {
            label: match baseline_name(report, &it.verdict) {
                Baseline::Named(name) => format!("{} ({name})", label.say(lang)),
                Baseline::Unnamed => label.say(lang),
            },
            outcome: it.verdict.outcome,
            sentence: verdict_sentence(report, &it.verdict, lang),
            key: keys.get(revision).cloned().unwrap_or_default(),
        }
    });
    others.collect()
}

/// Which of the three the verdict used; nothing where it is none of them.
pub fn used_baseline(report: &Report, judged: &Verdict, lang: Lang) -> Option<String> {
    let words = match baselines::used(report, judged)? {
        Which::Target => Baselines::UsedTarget,
        Which::Release => Baselines::UsedRelease,
        Which::Best => Baselines::UsedBest,
    };
    Some(words.say(lang))
}
