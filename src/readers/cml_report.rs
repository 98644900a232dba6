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
use crate::model::{Artifact, Content, Finding, Notices, Problem};

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

    fn claims(&self, artifact: &Artifact) -> Claim {
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

    fn read(&self, artifact: &Artifact, notices: &mut Notices) -> Result<Vec<Finding>, Problem> {
        let text = text::read(artifact, notices);
        Ok(vec![Finding::new(Content::Prose(text.into_owned()))])
    }
}

/// Whether a text without a name has a heading, a table or a picture.
fn looks_like_markdown(artifact: &Artifact) -> bool {
    let head = text::head(artifact);
    if head.contains('\0') || head.trim_start().starts_with(['{', '[']) {
        return false;
    }
    head.lines().any(|line| {
        let hashes = line.trim_start_matches('#');
        let is_heading = hashes.len() < line.len() && hashes.starts_with(' ');
        let is_rule = line.starts_with('|') && line.contains("---");
        is_heading || is_rule || line.contains("![")
    })
}
