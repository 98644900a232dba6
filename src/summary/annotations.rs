use std::fmt::Write as _;

use super::{gates::GateText, sentence::verdict_sentence};
use crate::{
    model::{Lang, Outcome, Problem, Report, Verdict},
    words::{Say as _, gate::Gate, judged::Around, problem},
};

/// GitHub's workflow commands: one for the verdict, one for each problem.
///
/// Format: docs.github.com, "Workflow commands for GitHub Actions". A column may only stand with a
/// line; line ends inside a message are `%0A`.
///
/// Problems follow by [`problem_annotations`].
pub fn github_annotations(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let level = match judged.outcome {
        Outcome::Worse | Outcome::Mixed | Outcome::NotComparable => "warning",
        Outcome::Improved | Outcome::NoClearChange | Outcome::Unknown => "notice",
    };
    let title = Around::Pill(judged.outcome).say(lang);
    let sentence = verdict_sentence(report, judged, lang);
    format!(
        "::{level} title={}::{}\n",
        property(&title),
        message(&sentence)
    )
}

/// What GitHub shows is of this machine: where an artifact's file is, and what helps here, which is
/// another thing on a page.
pub struct Here<'a> {
    /// The path of an artifact's file.
    pub file: &'a dyn Fn(&str) -> String,
    /// What helps with a problem.
    pub help: &'a dyn Fn(&Problem) -> Option<String>,
}

/// The same for problems: one error each.
pub fn problem_annotations(problems: &[Problem], here: &Here<'_>, lang: Lang) -> String {
    let problems = problems.iter();
    problems.map(|it| of_problem(it, here, lang)).collect()
}

/// The same for the gates that fail: one error each.
pub fn gate_annotations(gates: &[GateText], here: &Here<'_>, lang: Lang) -> String {
    let title = property(&Gate::Failed.say(lang));
    let mut text = String::new();
    for gate in gates.iter().filter(|it| !it.holds) {
        let file = gate.artifact.as_ref();
        let file = file.map(|it| property(&(here.file)(it)));
        let file = file.map_or_else(String::new, |it| format!("file={it},"));
        let said = message(&format!("{}\n{}", gate.what, gate.help));
        let _ = writeln!(text, "::error {file}title={title}::{said}");
    }
    text
}

fn of_problem(found: &Problem, here: &Here<'_>, lang: Lang) -> String {
    let mut properties = Vec::new();
    if let Some(place) = &found.place {
        let file = (here.file)(&place.artifact);
        properties.push(format!("file={}", property(&file)));
        if let Some(line) = place.line {
            properties.push(format!("line={line}"));
            properties.extend(place.column.map(|column| format!("col={column}")));
        }
    }
    let mut text = problem::what(found, lang);
    if let Some(help) = (here.help)(found) {
        let _ = write!(text, "\n{help}");
    }
    let properties = match properties.is_empty() {
        true => String::new(),
        false => format!(" {}", properties.join(",")),
    };
    format!("::error{properties}::{}\n", message(&text))
}

fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{nba_report, verdict::verdict},
        model::{Place, ProblemKind},
    };

    #[test]
    fn problems_point_to_their_place_and_stay_one_line() {
        let mut report = nba_report::report();
        report.problems.push(Problem {
            kind: ProblemKind::Syntax {
                message: "two\nlines ::error::100%".into(),
            },
            place: Some(Place::artifact("a,b:c.json").at(14, 9)),
            reader: None,
        });
        let judged = verdict(
            &report,
            nba_report::CURRENT,
            Some(nba_report::BASELINE),
            None,
        );
        let here = Here {
            file: &|it| format!("out/{it}"),
            help: &|_| Some("look there".to_owned()),
        };
        let text = github_annotations(&report, &judged, Lang::En)
            + &problem_annotations(&report.problems, &here, Lang::En);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(
            lines[0],
            "::notice title=No clear change::Not clearly, and it leans down: it gets 87 of 176 \
             players right; on master it was 93."
        );
        assert!(
            lines[1].starts_with("::error file=out/a%2Cb%3Ac.json,line=14,col=9::"),
            "{text}"
        );
        assert!(lines[1].contains("two%0Alines"), "{text}");
        assert!(lines[1].ends_with("%0Alook there"), "{text}");
    }
}
