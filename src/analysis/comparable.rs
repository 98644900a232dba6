//! Whether two revisions are measured on the same thing.

use std::collections::BTreeSet;

use super::{
    mcnemar::{self, Unpaired},
    records::{self, Basis},
};
use crate::model::{
    Caution, ColumnKind, ConfusionMatrix, MatrixRecord, NotComparable, PairedCounts, Predictions,
    Report, RightCounts, TextKind,
};

/// What two revisions share, and what not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Why they can't be compared.
    pub differences: Vec<NotComparable>,
    /// What differs and is no reason to refuse.
    pub cautions: Vec<Caution>,
    /// Paired predictions of the same samples.
    pub pairs: Option<PairedCounts>,
    /// Counts of both where there are no pairs.
    pub counts: Option<RightCounts>,
    /// Whether both name their split, and it is the same.
    pub has_split: bool,
    /// Data dependencies that both state, and that are the same.
    pub same_data: Vec<String>,
}

/// Compares classes, samples, splits and dependencies.
pub fn comparison(report: &Report, baseline: usize, current: usize) -> Comparison {
    let mut comparison = Comparison::default();
    match records::basis(report, baseline, current) {
        Basis::Predictions(before, now) => {
            comparison.has_split = before.split.is_some() && now.split.is_some();
            comparison.predictions(&before.predictions, &now.predictions);
        }
        Basis::Matrices(before, now) => comparison.matrices(before, now),
        Basis::OtherSplits(before, now) => comparison.differences.push(NotComparable::Split {
            baseline: before.cloned(),
            current: now.cloned(),
        }),
        Basis::Mixed => comparison.mixed_records(report, baseline, current),
    }
    comparison.dependencies(report, baseline, current);
    comparison
}

impl Comparison {
    fn predictions(&mut self, before: &Predictions, now: &Predictions) {
        let (classes_before, classes_now) = (classes_of(before), classes_of(now));
        self.classes(&classes_before, &classes_now);
        match mcnemar::pair(before, now) {
            Ok(pairs) => self.pairs = Some(pairs),
            Err(Unpaired::Size { baseline, current }) => {
                let size = NotComparable::SampleSize { baseline, current };
                self.differences.push(size);
            }
            Err(Unpaired::Samples { n_differing }) => {
                self.differences
                    .push(NotComparable::Samples { n_differing });
            }
        }
    }

    fn matrices(&mut self, before: &MatrixRecord, now: &MatrixRecord) {
        let (old, new) = (before.artifact.as_str(), now.artifact.as_str());
        self.has_split = before.split.is_some() && now.split.is_some();
        if !self.has_split && records::file_name(old) != records::file_name(new) {
            self.cautions.push(Caution::OtherFile {
                baseline: old.to_owned(),
                current: new.to_owned(),
            });
        }
        let (classes_before, classes_now) = (classes_in(&before.matrix), classes_in(&now.matrix));
        self.classes(&classes_before, &classes_now);
        let counts = (
            records::right_in(&before.matrix),
            records::right_in(&now.matrix),
        );
        if let (Some(before), Some(now)) = counts {
            self.totals(before, now);
        }
    }

    /// One revision has predictions, the other a matrix.
    fn mixed_records(&mut self, report: &Report, baseline: usize, current: usize) {
        let right = |revision| records::right_of(report, revision);
        if let (Some(before), Some(now)) = (right(baseline), right(current)) {
            let matrix = |revision| records::matrix_of(report, revision);
            if let (Some(before), Some(now)) = (matrix(baseline), matrix(current)) {
                self.classes(&classes_in(&before), &classes_in(&now));
            }
            self.totals(before, now);
        }
    }

    fn totals(&mut self, (before, baseline): (u64, u64), (now, current): (u64, u64)) {
        if baseline != current {
            let size = NotComparable::SampleSize { baseline, current };
            self.differences.push(size);
            return;
        }
        self.counts = Some(RightCounts {
            before,
            now,
            total: current,
        });
    }

    fn classes(&mut self, before: &BTreeSet<&str>, now: &BTreeSet<&str>) {
        if before != now {
            let only = |a: &BTreeSet<&str>, b: &BTreeSet<&str>| {
                a.difference(b).map(|&label| label.to_owned()).collect()
            };
            self.differences.push(NotComparable::Classes {
                only_baseline: only(before, now),
                only_current: only(now, before),
            });
        }
    }

    fn dependencies(&mut self, report: &Report, baseline: usize, current: usize) {
        for (_, column) in report.columns_of(ColumnKind::Dependency) {
            let hash = |revision| match column.cells.text(revision) {
                Some((_, TextKind::Hash | TextKind::Plain, hash)) => Some(hash),
                _ => None,
            };
            let (Some(before), Some(now)) = (hash(baseline), hash(current)) else {
                continue;
            };
            let path = column.id.file.clone();
            let mut outputs = report.columns_of(ColumnKind::Output);
            let is_output = outputs.any(|(_, output)| output.id.file == path);
            let role = match report.settings.data.as_slice() {
                [] => role(&path, is_output),
                data => role_by_team(&path, is_output, data),
            };
            match (role, before == now) {
                (Role::Data | Role::Derived, true) => self.same_data.push(path),
                (_, true) | (Role::Result, false) => {}
                (Role::Data, false) => self.differences.push(NotComparable::Data { path }),
                // The samples are known to be the same: only the inputs of the model changed.
                (Role::Derived, false) if self.pairs.is_none() => {
                    self.differences.push(NotComparable::Data { path });
                }
                (Role::Derived | Role::Code, false) => {
                    self.cautions.push(Caution::Dependency { path });
                }
            }
        }
    }
}

/// What a dependency is for a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Data: another hash, another question.
    Data,
    /// Made from data by an earlier stage: features, say.
    Derived,
    /// Code and other inputs: worth knowing.
    Code,
    /// A model that an earlier stage of the same run made: it is meant to differ.
    Result,
}

/// Where the team named its data: those paths and what lies in those folders is data, nothing else.
fn role_by_team(path: &str, is_output: bool, data: &[String]) -> Role {
    let is_named = data.iter().any(|named| {
        let rest = path.strip_prefix(named.trim_end_matches('/'));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    match (is_named, role(path, is_output)) {
        (true, _) => Role::Data,
        (false, Role::Result) => Role::Result,
        (false, Role::Data | Role::Derived | Role::Code) => Role::Code,
    }
}

/// Tells a dependency's role by its name, until a team says otherwise.
///
/// Code has a code's extension or lies in a code's folder. Of the rest, what an earlier stage made
/// is data when it is called so, a result when it is called a model, else derived from data. What
/// no stage made is data, but for a model that training starts from.
fn role(path: &str, is_output: bool) -> Role {
    const CODE: &[&str] = &[
        "py",
        "pyx",
        "ipynb",
        "r",
        "rmd",
        "jl",
        "rs",
        "c",
        "cc",
        "cpp",
        "h",
        "hpp",
        "cu",
        "go",
        "java",
        "kt",
        "scala",
        "js",
        "ts",
        "sh",
        "bash",
        "ps1",
        "sql",
        "lua",
        "m",
        "toml",
        "cfg",
        "ini",
        "lock",
        "dockerfile",
        "makefile",
    ];
    const CODE_FOLDERS: &[&str] = &["src", "scripts", "script", "code", "lib", "notebooks"];
    const MODEL: &[&str] = &[
        "model",
        "models",
        "weights",
        "checkpoint",
        "checkpoints",
        "ckpt",
        "pkl",
        "pickle",
        "joblib",
        "pt",
        "pth",
        "onnx",
        "h5",
        "hdf5",
        "keras",
        "safetensors",
        "pb",
        "gguf",
    ];
    const DATA: &[&str] = &[
        "data",
        "dataset",
        "datasets",
        "raw",
        "corpus",
        "labels",
        "split",
        "splits",
        "test",
        "train",
        "val",
        "images",
        "annotations",
    ];
    let lower = path.to_ascii_lowercase();
    let mut parts: Vec<&str> = lower.split('/').collect();
    let file = parts.pop().unwrap_or_default();
    let extension = file
        .rsplit_once('.')
        .map_or(file, |(_, extension)| extension);
    let is_code_folder = parts.first().is_some_and(|it| CODE_FOLDERS.contains(it));
    if CODE.contains(&extension) || is_code_folder || CODE_FOLDERS.contains(&lower.as_str()) {
        return Role::Code;
    }
    let words: Vec<&str> = lower.split(|it: char| !it.is_alphanumeric()).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let has_model = has(MODEL) && !matches!(extension, "csv" | "parquet");
    match (is_output, has_model) {
        (true, true) => Role::Result,
        (false, true) => Role::Code,
        (true, false) if has(DATA) && !has(&["features", "feature"]) => Role::Data,
        (true, false) => Role::Derived,
        (false, false) => Role::Data,
    }
}

/// The classes that occur among the actual ones.
fn classes_of(predictions: &Predictions) -> BTreeSet<&str> {
    let mut occurs = vec![false; predictions.labels.len()];
    for class in &predictions.actual {
        if let Some(occurs) = occurs.get_mut(*class as usize) {
            *occurs = true;
        }
    }
    let labels = predictions.labels.iter().zip(occurs);
    labels
        .filter(|(_, occurs)| *occurs)
        .map(|(label, _)| label.as_str())
        .collect()
}

fn classes_in(matrix: &ConfusionMatrix) -> BTreeSet<&str> {
    let labels = matrix.labels().iter().zip(matrix.actual_totals());
    labels
        .filter(|(_, total)| *total > 0.0)
        .map(|(label, _)| label.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_may_name_its_data() {
        let data = ["data/raw/".to_owned(), "eval.py".to_owned()];
        for (path, expected) in [
            ("data/raw", Role::Data),
            ("data/raw/a.csv", Role::Data),
            ("data/rawest.csv", Role::Code),
            ("eval.py", Role::Data),
            ("src/train.py", Role::Code),
        ] {
            assert_eq!(role_by_team(path, false, &data), expected, "{path}");
        }
        assert_eq!(role_by_team("model.pkl", true, &data), Role::Result);
    }

    #[test]
    fn a_dependencys_role_is_told_by_its_name() {
        let cases = [
            ("assets/data", true, Role::Data),
            ("assets/features", true, Role::Derived),
            ("assets/models", true, Role::Result),
            ("src/04-evaluate_model.py", false, Role::Code),
            ("data/raw.csv", false, Role::Data),
            ("nba_stats.csv", false, Role::Data),
            ("prepared", true, Role::Derived),
            ("data/features/test.parquet", true, Role::Derived),
            ("model.pkl", true, Role::Result),
            ("pretrained/weights.pt", false, Role::Code),
            ("data/models.csv", false, Role::Data),
            ("src", false, Role::Code),
            ("train.ipynb", false, Role::Code),
            ("Makefile", false, Role::Code),
        ];
        for (path, is_output, expected) in cases {
            assert_eq!(role(path, is_output), expected, "{path}");
        }
    }
}
