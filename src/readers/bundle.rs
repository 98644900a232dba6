//! Our own `report.json`, as `careo build` writes it; documented by `careo schema`.
//!
//! ```json
//! {"careo":{"schema":1,"kind":"report","made_by":"careo 0.1.0"},"revisions":{"rows":[]}}
//! ```

use super::{Claim, Reader};
use crate::{
    bundle,
    json::Document,
    model::{Artifact, Content, Finding, Notices, Problem},
};

/// Reads a bundle of this schema or an older one.
pub struct Bundle;

impl Reader for Bundle {
    fn id(&self) -> &'static str {
        "careo-bundle"
    }

    fn claims(&self, artifact: &Artifact, _: Option<&Document<'_>>) -> Claim {
        // No other tool writes our header, whatever the file is called.
        match bundle::is_bundle(&artifact.bytes) {
            true => Claim::Name,
            false => Claim::No,
        }
    }

    fn read(&self, artifact: &Artifact, _: &mut Notices) -> Result<Vec<Finding>, Box<Problem>> {
        let report = bundle::read(&artifact.bytes).map_err(|mut problem| {
            if let Some(place) = &mut problem.place {
                place.artifact.clone_from(&artifact.path);
            }
            problem.reader = Some(self.id().to_owned());
            problem
        })?;
        Ok(vec![Finding::new(Content::Bundle(Box::new(report)))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ProblemKind, Report};

    #[test]
    fn a_bundle_is_claimed_and_read_whatever_it_is_called() {
        let artifact = Artifact::new("site/x.bin", bundle::write(&Report::default()));
        assert_eq!(
            Bundle.claims(&artifact, Document::sketch(&artifact).as_ref()),
            Claim::Name
        );
        let findings = Bundle.read(&artifact, &mut Notices::default()).unwrap();
        let report = Content::Bundle(Box::default());
        assert_eq!(findings, [Finding::new(report)]);
        let other = Artifact::new("report.json", *br#"{"careo":1}"#);
        assert_eq!(
            Bundle.claims(&other, Document::sketch(&other).as_ref()),
            Claim::No
        );
    }

    #[test]
    fn a_problem_names_the_artifact() {
        let newer = br#"{"careo":{"schema":9,"kind":"report"}}"#;
        let artifact = Artifact::new("old/report.json", *newer);
        let problem = Bundle.read(&artifact, &mut Notices::default()).unwrap_err();
        assert_eq!(problem.place.unwrap().artifact, "old/report.json");
        assert!(matches!(problem.kind, ProblemKind::NewerSchema { .. }));
    }
}
