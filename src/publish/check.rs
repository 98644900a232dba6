use crate::{
    analysis::gates::{self, Checked},
    model::{Gates, Lang, Outcome, Report, Verdict},
    summary::{self, GateText},
    words::{Say as _, gate::Gate as Words, judged::Around, terminal::Terminal},
};

use super::cli::GateFlags;

/// The gates of a report and of flags, held against it.
pub struct Check {
    /// Each gate with what was found.
    pub gates: Vec<GateText>,
}

impl Check {
    /// Judges the gates of the report's settings.
    pub fn new(report: &Report, judged: &Verdict, lang: Lang) -> Self {
        let checked: Vec<Checked> = gates::check(report, judged, &report.settings.gates);
        let say = |it: &Checked| summary::gate_text(report, judged, it, lang);
        Self {
            gates: checked.iter().map(say).collect(),
        }
    }

    /// Whether a gate fails.
    pub fn has_failed(&self) -> bool {
        self.gates.iter().any(|it| !it.holds)
    }

    /// What the terminal shows on standard output: the verdict, then the gates that hold, then how
    /// many do.
    ///
    /// Where the verdict is by another metric than the team named, that is what it ends with.
    pub fn lines(
        &self,
        report: &Report,
        judged: &Verdict,
        is_by_another: bool,
        lang: Lang,
    ) -> String {
        let mut lines = vec![format!(
            "{} · {}",
            Around::Pill(judged.outcome).say(lang),
            summary::verdict_sentence(report, judged, lang)
        )];
        lines.extend(summary::judged_by(report, judged, lang));
        let holding = self.gates.iter().filter(|it| it.holds);
        let is_told = !matches!(judged.outcome, Outcome::Unknown | Outcome::NotComparable);
        lines.extend(holding.map(|it| {
            let why = match it.flag_name() {
                "--no-worse" if !is_told => format!(": {}", Terminal::NothingWorse.say(lang)),
                _ => String::new(),
            };
            format!("✓ {} ({}{why})", it.what, it.gate)
        }));
        lines.extend(self.doubts().map(|it| format!("⚠ {it}")));
        let n_failed = self.gates.iter().filter(|it| !it.holds).count();
        let sum = match (n_failed, self.gates.len()) {
            (_, 0) if is_by_another => None,
            (_, 0) => Some(Words::None),
            (0, n) => Some(Words::AllHold(n)),
            (n, of) => Some(Words::SomeFail { n, of }),
        };
        lines.extend(sum.map(|it| it.say(lang)));
        if is_by_another {
            lines.push(Words::ByAnother.say(lang));
        }
        lines.join("\n")
    }

    /// Metrics of gates that state another value than counting gives, each once.
    fn doubts(&self) -> impl Iterator<Item = &str> {
        let gates = self.gates.iter().enumerate();
        gates.filter_map(|(idx, it)| {
            let doubt = it.doubt.as_deref()?;
            let mut before = self.gates.iter().take(idx);
            let is_told = before.any(|it| it.doubt.as_deref() == Some(doubt));
            (!is_told).then_some(doubt)
        })
    }

    /// What it shows on standard error: place, what, help of each gate that fails.
    pub fn failures(&self, lang: Lang) -> Vec<String> {
        let failed = self.gates.iter().filter(|it| !it.holds);
        let say = |it: &GateText| {
            let flag = || it.flag_name().to_owned();
            let line = Words::Line {
                place: it.artifact.clone().unwrap_or_else(flag),
                what: it.what.clone(),
                help: it.help.clone(),
            };
            line.say(lang)
        };
        failed.map(say).collect()
    }
}

/// The gates of the report's settings and of flags; flags win over those of the same metric.
pub fn merged(report: &Report, flags: &GateFlags) -> Gates {
    let set = &report.settings.gates;
    let limits = |set: &[(String, f64)], flags: &[(String, f64)]| {
        let is_same = |a: &str, b: &str| {
            a == b
                || report
                    .find_column(a)
                    .is_some_and(|it| report.find_column(b) == Some(it))
        };
        let is_open = |it: &&(String, f64)| !flags.iter().any(|flag| is_same(&it.0, &flag.0));
        let mut all: Vec<(String, f64)> = set.iter().filter(is_open).cloned().collect();
        all.extend_from_slice(flags);
        all
    };
    Gates {
        min: limits(&set.min, &flags.min),
        max: limits(&set.max, &flags.max),
        no_worse: set.no_worse || flags.no_worse,
        require: match flags.require.as_deref() {
            Some("improved") => Some(Outcome::Improved),
            Some(_) => Some(Outcome::NoClearChange),
            None => set.require,
        },
    }
}
