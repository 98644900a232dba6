//! `dvc plots show --json` and `dvc plots diff --json`, with and without `--split`, and the one
//! specification that `--show-vega` prints: <https://dvc.org/doc/command-reference/plots/show>.
//!
//! Seen: DVC 2.54 (records by revision under `datapoints`, since 2.10) and 3.67 (records in the
//! specification, or with `--split` under `anchor_definitions`). Confusion plots become predictions
//! (actual is DVC's x axis: its picture is the transpose of scikit-learn's), lines become series or
//! curves, each by revision. Pictures are artifacts of their own; scatter plots and bars are passed
//! over. Numbers from CSV are strings there.
//!
//! ```json
//! {"data": {"loss.csv": [{"type": "vega", "revisions": ["main"], "content": {…}}]}}
//! ```

use std::collections::HashMap;

use super::{
    Claim, Reader,
    dvclive_series::metric_of,
    pairs::split_of,
    records::{number, pairs},
    vega::{Plot, plot},
};
use crate::{
    json::{Document, Node},
    model::{Artifact, Content, Finding, NoticeKind, Notices, Place, Problem, RevisionRef, Thing},
};

/// Reads DVC's plots.
pub struct DvcPlots;

/// Where `--split` keeps the records, and what stands instead of them.
const DATA_ANCHOR: &str = "<DVC_METRIC_DATA>";

/// The y axis of a plot of several files or fields, which stand in each record.
const INFERRED_Y: &str = "dvc_inferred_y_value";

impl Reader for DvcPlots {
    fn id(&self) -> &'static str {
        "dvc-plots"
    }

    fn claims(&self, _: &Artifact, sketch: Option<&Document<'_>>) -> Claim {
        let Some(sketch) = sketch else {
            return Claim::No;
        };
        let root = sketch.root();
        let is_known = root
            .entries()
            .all(|(key, _)| matches!(key, "data" | "errors"));
        let is_plot =
            |plot: Node<'_>| plot.get("type").is_some() && plot.get("revisions").is_some();
        let has_plots = root.get("data").is_some_and(|data| {
            let plots = data.entries().flat_map(|(_, plots)| plots.items());
            plots.take(1).any(is_plot)
        });
        let is_error = |error: Node<'_>| error.get("rev").is_some() && error.get("msg").is_some();
        let has_errors = root
            .get("errors")
            .and_then(|it| it.at(0))
            .is_some_and(is_error);
        match is_known && (has_plots || has_errors) || is_spec(root) {
            true => Claim::Shape,
            false => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let document = Document::read(artifact, notices)?;
        let root = document.root();
        let mut found = Found {
            artifact,
            reader: self.id(),
            findings: Vec::new(),
            series: Vec::new(),
            confusions: Vec::new(),
        };
        if is_spec(root) {
            let shown = plot(root, None).zip(root.get("data").and_then(|it| it.get("values")));
            match shown {
                Some((plot, records)) => found.add("", &plot, by_revision(records), notices)?,
                None => found.pass_over("", notices),
            }
            return Ok(found.finish());
        }
        for error in root.get("errors").into_iter().flat_map(Node::items) {
            note_error(error, notices);
        }
        let Some(data) = root.given("data") else {
            return Ok(Vec::new());
        };
        for (id, plots) in data.object()? {
            for shown in plots.list()? {
                if shown.get("type").and_then(Node::as_text) != Some("vega") {
                    continue;
                }
                let spec = shown.require("content", Thing::Object)?;
                let anchors = shown.get("anchor_definitions");
                match (plot(spec, anchors), records(shown, spec, anchors)) {
                    (Some(plot), Some(records)) => found.add(id, &plot, records, notices)?,
                    _ => found.pass_over(id, notices),
                }
            }
        }
        Ok(found.finish())
    }
}

/// Whether the document is a Vega-Lite specification with its records inside.
fn is_spec(root: Node<'_>) -> bool {
    let schema = root.get("$schema").and_then(Node::as_text);
    let values = root.get("data").and_then(|it| it.get("values"));
    schema.is_some_and(|it| it.contains("vega-lite")) && values.is_some_and(Node::is_list)
}

/// Revisions with their records, in the document's order.
type Records<'d> = Vec<(&'d str, Vec<Node<'d>>)>;

/// The records of a plot, wherever this version of DVC puts them.
fn records<'d>(shown: Node<'d>, spec: Node<'d>, anchors: Option<Node<'d>>) -> Option<Records<'d>> {
    if let Some(points) = shown.get("datapoints").filter(|it| it.is_object()) {
        let of = |(revision, records): (&'d str, Node<'d>)| (revision, records.items().collect());
        return Some(points.entries().map(of).collect());
    }
    let split = anchors.and_then(|it| it.get(DATA_ANCHOR));
    let values = split.or_else(|| spec.get("data")?.get("values"))?;
    values.is_list().then(|| by_revision(values))
}

/// The records of a list by their `rev`.
fn by_revision<'d>(records: Node<'d>) -> Records<'d> {
    let mut revisions: Records<'d> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for record in records.items() {
        let revision = stamp(record, "rev", "revision").unwrap_or_default();
        let at = *known.entry(revision).or_insert_with(|| {
            revisions.push((revision, Vec::new()));
            revisions.len() - 1
        });
        if let Some((_, records)) = revisions.get_mut(at) {
            records.push(record);
        }
    }
    revisions
}

/// Records of one revision, of one file where the plot is of several.
type FileRecords<'d> = (&'d str, Option<&'d str>, Vec<Node<'d>>);

/// The records of each revision by their file, where a plot is of several.
fn by_file(revisions: Records<'_>) -> Vec<FileRecords<'_>> {
    let mut all = revisions
        .iter()
        .flat_map(|it| &it.1)
        .map(|it| stamp(*it, "filename", "filename"));
    let first = all.next().flatten();
    let is_of_one = all.all(|it| it == first);
    let mut parts: Vec<FileRecords<'_>> = Vec::new();
    for (revision, records) in revisions {
        if is_of_one {
            parts.push((revision, None, records));
            continue;
        }
        let mut known: HashMap<Option<&str>, usize> = HashMap::new();
        for record in records {
            let file = stamp(record, "filename", "filename");
            let at = *known.entry(file).or_insert_with(|| {
                parts.push((revision, file, Vec::new()));
                parts.len() - 1
            });
            if let Some((_, _, records)) = parts.get_mut(at) {
                records.push(record);
            }
        }
    }
    parts
}

/// What DVC adds to a record: beside its values since 3, in an object of its own before.
fn stamp<'d>(record: Node<'d>, key: &str, old_key: &str) -> Option<&'d str> {
    let old = || record.get("dvc_data_version_info")?.get(old_key);
    record.get(key).or_else(old)?.as_text()
}

/// What DVC could not read.
fn note_error(error: Node<'_>, notices: &mut Notices) {
    let text = |key: &str| error.get(key).and_then(Node::as_text).unwrap_or_default();
    let what = ["type", "msg", "source"].map(text);
    let message: Vec<&str> = what.into_iter().filter(|it| !it.is_empty()).collect();
    let kind = NoticeKind::FileError {
        revision: text("rev").to_owned(),
        message: message.join(": "),
    };
    notices.push(kind, error.place());
}

/// The findings of one artifact.
struct Found<'d> {
    artifact: &'d Artifact,
    reader: &'static str,
    findings: Vec<Finding>,
    /// Index of each series among `findings`, with the plot that it is of.
    series: Vec<(usize, &'d str)>,
    /// The same of predictions.
    confusions: Vec<(usize, &'d str)>,
}

impl<'d> Found<'d> {
    fn add(
        &mut self,
        id: &'d str,
        plot: &Plot,
        records: Records<'d>,
        notices: &mut Notices,
    ) -> Result<(), Box<Problem>> {
        for (revision, file, records) in by_file(records) {
            let records = records.into_iter();
            let part = file.map(|it| format!("{id}:{it}"));
            let content = match plot {
                Plot::Confusion { actual, predicted } => {
                    let samples = pairs(records, actual, predicted)?;
                    let place = Place::artifact(&self.artifact.path).key(id);
                    match samples.finish(&place, self.reader, notices)? {
                        Some(predictions) => {
                            self.confusions.push((self.findings.len(), id));
                            let split = file.and_then(split_of).or_else(|| self.split_of(id));
                            Content::Predictions { split, predictions }
                        }
                        None => continue,
                    }
                }
                Plot::Curve(shape) => shape.read(records)?,
                Plot::Linear { x, y } => {
                    self.add_lines((id, file), revision, (x, y), records)?;
                    continue;
                }
            };
            self.push(revision, content, part);
        }
        Ok(())
    }

    /// The split that a plot's name tells, or its file's: `plots/train_preds.csv`,
    /// `dvc.yaml::confusion_train`; else the artifact's.
    fn split_of(&self, id: &str) -> Option<String> {
        let name = id.rsplit(['/', '\\', ':']).next().unwrap_or(id);
        split_of(name).or_else(|| split_of(self.artifact.file_name()))
    }

    /// One series, or one for each field where the plot is of several; of several files, each has
    /// its file in the name.
    fn add_lines(
        &mut self,
        (id, file): (&'d str, Option<&str>),
        revision: &str,
        (x, y): (&str, &str),
        records: impl Iterator<Item = Node<'d>>,
    ) -> Result<(), Box<Problem>> {
        let mut lines: Vec<(String, Vec<f64>, Vec<f64>)> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for record in records {
            let name = match stamp(record, "field", "field").filter(|_| y == INFERRED_Y) {
                Some(field) => field,
                None => metric_of(id).unwrap_or(y),
            };
            let at = *known.entry(name).or_insert_with(|| {
                lines.push((name.to_owned(), Vec::new(), Vec::new()));
                lines.len() - 1
            });
            if let Some((_, steps, values)) = lines.get_mut(at) {
                steps.push(number(record, x)?);
                values.push(number(record, y)?);
            }
        }
        for (name, steps, values) in lines {
            self.series.push((self.findings.len(), id));
            let name = match file {
                Some(file) => format!("{file}:{name}"),
                None => name,
            };
            let content = Content::Series {
                name,
                steps,
                values,
            };
            self.push(revision, content, None);
        }
        Ok(())
    }

    fn push(&mut self, revision: &str, content: Content, part: Option<String>) {
        let finding = match revision {
            "" => Finding::new(content),
            name => Finding::of(RevisionRef::Named(name.to_owned()), content),
        };
        self.findings.push(Finding { part, ..finding });
    }

    fn pass_over(&self, id: &str, notices: &mut Notices) {
        let place = Place::artifact(&self.artifact.path);
        let what = if id.is_empty() {
            &self.artifact.path
        } else {
            id
        };
        let what = what.chars().take(200).collect();
        notices.push(NoticeKind::PassedOver { what }, place);
    }

    /// Two plots may show a metric of one name, from two files: their series are told apart by the
    /// plot, and so are predictions where several plots have them.
    fn finish(mut self) -> Vec<Finding> {
        let first = self.confusions.first().map(|it| it.1);
        if self.confusions.iter().any(|it| Some(it.1) != first) {
            for (at, id) in &self.confusions {
                if let Some(finding) = self.findings.get_mut(*at) {
                    finding.part.get_or_insert_with(|| (*id).to_owned());
                }
            }
        }
        let name_of = |finding: Option<&Finding>| match finding.map(|it| &it.content) {
            Some(Content::Series { name, .. }) => name.clone(),
            _ => String::new(),
        };
        let names: Vec<String> = self
            .series
            .iter()
            .map(|(at, _)| name_of(self.findings.get(*at)))
            .collect();
        // The plot of each name; `None` where several plots have it.
        let mut plots: HashMap<&str, Option<&str>> = HashMap::new();
        for ((_, id), name) in self.series.iter().zip(&names) {
            let plot = plots.entry(name).or_insert(Some(id));
            *plot = plot.filter(|plot| plot == id);
        }
        for ((at, id), own) in self.series.iter().zip(&names) {
            let is_shared = plots.get(own.as_str()) == Some(&None);
            if let Some(Content::Series { name, .. }) =
                self.findings.get_mut(*at).map(|it| &mut it.content)
                && is_shared
            {
                *name = format!("{id}:{own}");
            }
        }
        self.findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Notices;

    const SCHEMA: &str = "https://vega.github.io/schema/vega-lite/v5.json";

    fn read(x: &str, y: &str, records: &str) -> Vec<Finding> {
        let axis = |field: &str| format!(r#"{{"field": "{field}", "type": "quantitative"}}"#);
        let (x, y) = (axis(x), axis(y));
        let text = format!(
            r#"{{"data": {{"both": [{{"type": "vega", "revisions": ["workspace"], "content": {{
                "$schema": "{SCHEMA}", "data": {{"values": [{records}]}}, "mark": "line",
                "encoding": {{"x": {x}, "y": {y}}}}}}}]}}}}"#
        );
        let artifact = Artifact::new("plots.json", text.as_bytes());
        DvcPlots.read(&artifact, &mut Notices::default()).unwrap()
    }

    #[test]
    fn a_plot_of_several_files_is_one_curve_or_line_of_each() {
        let curves = read(
            "fpr",
            "tpr",
            r#"{"fpr": 0, "tpr": 0, "rev": "workspace", "filename": "test/roc.json"},
               {"fpr": 0, "tpr": 1, "rev": "workspace", "filename": "train/roc.json"},
               {"fpr": 1, "tpr": 1, "rev": "workspace", "filename": "test/roc.json"}"#,
        );
        let parts: Vec<_> = curves.iter().map(|it| it.part.as_deref()).collect();
        assert_eq!(
            parts,
            [Some("both:test/roc.json"), Some("both:train/roc.json")]
        );
        let lines = read(
            "step",
            "loss",
            r#"{"step": 0, "loss": 3, "rev": "workspace", "filename": "a/train.csv"},
               {"step": 0, "loss": 1, "rev": "workspace", "filename": "b/train.csv"}"#,
        );
        let names: Vec<&str> = lines
            .iter()
            .filter_map(|it| match &it.content {
                Content::Series { name, .. } => Some(name.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(names, ["a/train.csv:loss", "b/train.csv:loss"]);
    }
}
