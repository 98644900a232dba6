//! A narrative in Markdown, as CML posts it: <https://cml.dev/doc/ref/comment>, and DVCLive's
//! `report.md`: <https://dvc.org/doc/dvclive/live#parameters>.
//!
//! Seen: CML 0.20 workflows (`report.md` written by `echo` and `cat`), DVCLive 3.49. The text is kept
//! as it is; nothing is rendered here. Any Markdown may be one, but what a repository says about
//! itself (README, licence, …) is not.
//!
//! ```markdown
//! ## Metrics
//! | Path | test_accuracy |
//! |---|---|
//! ![](./conf_mat.png)
//! ```

use super::{Claim, Reader, text};
use crate::{
    json::Document,
    model::{Artifact, Content, Finding, Notices, Place, Problem, ProblemKind},
};

/// Takes narratives.
pub struct CmlReport;

/// Stems of files about a repository and not about results.
const ABOUT: [&str; 7] = [
    "readme",
    "license",
    "changelog",
    "contributing",
    "code_of_conduct",
    "security",
    "source",
];

impl Reader for CmlReport {
    fn id(&self) -> &'static str {
        "cml-report"
    }

    fn claims(&self, artifact: &Artifact, _: Option<&Document<'_>>) -> Claim {
        let name = artifact.file_name().to_ascii_lowercase();
        let stem = name.split('.').next().unwrap_or_default();
        let is_markdown = matches!(artifact.extension().as_str(), "md" | "markdown");
        match is_markdown {
            true if ABOUT.contains(&stem) => Claim::No,
            true if stem.contains("report") => Claim::Name,
            true => Claim::Maybe,
            false if artifact.extension().is_empty() && looks_like_markdown(artifact) => {
                Claim::Maybe
            }
            false => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let text = text::read(artifact, notices);
        if text.trim().is_empty() {
            return Err(Box::new(Problem {
                kind: ProblemKind::Empty,
                place: Some(Place::artifact(&artifact.path)),
                reader: Some(self.id().to_owned()),
            }));
        }
        Ok(vec![Finding::new(Content::Prose(text.into_owned()))])
    }
}

/// Whether a text without a name begins with a heading or has a table.
fn looks_like_markdown(artifact: &Artifact) -> bool {
    let head = text::head(artifact);
    if head.contains('\0') || head.trim_start().starts_with(['{', '[']) {
        return false;
    }
    let is_heading = |line: &str| {
        let text = line.trim_start_matches('#');
        text.len() < line.len() && text.starts_with(' ')
    };
    let is_rule = |line: &str| line.starts_with('|') && line.contains("---");
    let mut lines = head.lines().filter(|line| !line.trim().is_empty());
    lines.clone().next().is_some_and(is_heading) || lines.any(is_rule)
}
