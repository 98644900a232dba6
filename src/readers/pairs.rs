//! Pairs of actual and predicted class, however an artifact writes them: the names of the two
//! columns, and the samples with their labels counted once.
//!
//! A label stays the text that stands there: `0.0`, `True`, `NaN` and ` ` are labels. An empty cell
//! is no label but a missing value, and its row is left out.

use std::{borrow::Cow, collections::HashMap};

use crate::model::{
    ConfusionMatrix, Limit, NoticeKind, Notices, Place, Predictions, Problem, ProblemKind,
    natural_order,
};

/// Names of the column that says what a sample was, the most telling first.
pub(super) const ACTUAL: [&str; 22] = [
    "actual",
    "y_true",
    "true_label",
    "true_class",
    "actual_label",
    "actual_class",
    "ground_truth",
    "gold",
    "true",
    "truth",
    "real",
    "clase_real",
    "etiqueta_real",
    "verdadero",
    "esperado",
    "observado",
    "expected",
    "label",
    "target",
    "etiqueta",
    "objetivo",
    "y",
];

/// Names of the column that says what the model said, the most telling first.
pub(super) const PREDICTED: [&str; 19] = [
    "predicted",
    "y_pred",
    "predicted_label",
    "predicted_class",
    "prediction",
    "predictions",
    "pred",
    "pred_label",
    "pred_class",
    "y_hat",
    "yhat",
    "predicho",
    "clase_predicha",
    "etiqueta_predicha",
    "prediccion",
    "predicción",
    "pronostico",
    "pronóstico",
    "estimado",
];

/// The one of `known` that a column name means, as its rank: case, spaces and `-` don't count.
pub(super) fn rank(name: &str, known: &[&str]) -> Option<usize> {
    let is_same = |known: &&str| {
        let name = name.trim().bytes().map(|byte| match byte {
            b' ' | b'-' => b'_',
            // The second byte of a capital with an accent, Á to Ú.
            0x81..=0x9a => byte + 0x20,
            byte => byte.to_ascii_lowercase(),
        });
        name.eq(known.bytes())
    };
    known.iter().position(is_same)
}

/// Labels that are known without hashing, by the slot that their bytes give.
const N_RECENT: usize = 256;

/// Samples under collection.
#[derive(Default)]
pub(super) struct Pairs<'a> {
    codes: HashMap<Cow<'a, str>, u32>,
    /// The last label of each slot: of a million rows nearly all have one of a few labels, and a
    /// hash that withstands strangers' texts takes long for each.
    recent: Vec<(&'a str, u32)>,
    actual: Vec<u32>,
    predicted: Vec<u32>,
    /// Filled from the first row on that is left out.
    rows: Vec<u32>,
    n_rows: u32,
    n_skipped: usize,
    first_skipped: u32,
}

impl<'a> Pairs<'a> {
    /// Adds the next row; one without both values is left out. What it says, for [`Self::again`].
    pub fn push(&mut self, actual: Cow<'a, str>, predicted: Cow<'a, str>) -> Option<(u32, u32)> {
        if actual.is_empty() || predicted.is_empty() {
            self.n_rows = self.n_rows.saturating_add(1);
            if self.n_skipped == 0 {
                self.first_skipped = self.n_rows;
                self.rows = (1..self.n_rows).collect();
            }
            self.n_skipped += 1;
            return None;
        }
        let pair = (self.code(actual), self.code(predicted));
        self.again(pair);
        Some(pair)
    }

    /// Adds a row that says what another one said.
    pub fn again(&mut self, (actual, predicted): (u32, u32)) {
        self.n_rows = self.n_rows.saturating_add(1);
        self.actual.push(actual);
        self.predicted.push(predicted);
        if self.n_skipped > 0 {
            self.rows.push(self.n_rows);
        }
    }

    /// The collected samples; `None`, with a notice, when their values are no classes.
    ///
    /// # Errors
    /// There is no sample, or there are more classes than a matrix may have.
    pub fn finish(
        self,
        place: &Place,
        reader: &str,
        notices: &mut Notices,
    ) -> Result<Option<Predictions>, Box<Problem>> {
        if self.n_skipped > 0 {
            let kind = NoticeKind::RowsSkipped {
                count: self.n_skipped,
                first: self.first_skipped as usize,
            };
            notices.push(kind, place.clone());
        }
        let problem = |kind| {
            Box::new(Problem {
                kind,
                place: Some(place.clone()),
                reader: Some(reader.to_owned()),
            })
        };
        if self.actual.is_empty() {
            return Err(problem(ProblemKind::Empty));
        }
        let distinct = self.codes.len();
        if self.is_measured() {
            notices.push(NoticeKind::NotClasses { distinct }, place.clone());
            return Ok(None);
        }
        if distinct > ConfusionMatrix::MAX_CLASSES {
            return Err(problem(ProblemKind::TooLarge {
                what: Limit::Classes,
                limit: ConfusionMatrix::MAX_CLASSES as u64,
            }));
        }
        Ok(Some(self.into_predictions()))
    }

    /// Whether the values are measured numbers, as of a regression, and not classes: numbers with
    /// fractions, and so many different ones that hardly any comes back.
    fn is_measured(&self) -> bool {
        const FEW: usize = 10;
        let distinct = self.codes.len();
        if distinct <= FEW || distinct * 2 <= self.actual.len() {
            return false;
        }
        let number =
            |label: &Cow<'_, str>| label.trim().parse().ok().filter(|it: &f64| it.is_finite());
        let mut labels = self.codes.keys();
        let are_numbers = labels.all(|label| number(label).is_some());
        let mut labels = self.codes.keys();
        are_numbers && labels.any(|label| number(label).is_some_and(|it| it.fract() != 0.0))
    }

    fn into_predictions(self) -> Predictions {
        let mut labels: Vec<(Cow<'a, str>, u32)> = self.codes.into_iter().collect();
        labels.sort_unstable_by(|(a, _), (b, _)| natural_order(a, b));
        let mut new_codes = vec![0; labels.len()];
        for (new, (_, old)) in (0..).zip(&labels) {
            if let Some(code) = new_codes.get_mut(*old as usize) {
                *code = new;
            }
        }
        let renumber = |mut codes: Vec<u32>| {
            for code in &mut codes {
                *code = new_codes.get(*code as usize).copied().unwrap_or_default();
            }
            codes
        };
        Predictions {
            labels: labels
                .into_iter()
                .map(|(label, _)| label.into_owned())
                .collect(),
            actual: renumber(self.actual),
            predicted: renumber(self.predicted),
            rows: self.rows,
        }
    }

    fn code(&mut self, label: Cow<'a, str>) -> u32 {
        let Cow::Borrowed(text) = label else {
            return self.hashed(label);
        };
        let slot = slot_of(text);
        match self.recent.get(slot) {
            Some((known, code)) if *known == text => return *code,
            Some(_) => {}
            // No label is empty: none is found in a slot that has none yet.
            None => self.recent.resize(N_RECENT, ("", 0)),
        }
        let code = self.hashed(label);
        if let Some(recent) = self.recent.get_mut(slot) {
            *recent = (text, code);
        }
        code
    }

    fn hashed(&mut self, label: Cow<'a, str>) -> u32 {
        let next = self.codes.len() as u32;
        match self.codes.get(label.as_ref()) {
            Some(code) => *code,
            None => *self.codes.entry(label).or_insert(next),
        }
    }
}

/// Where a label is kept among the recent ones: by its length and its last bytes, in which labels
/// differ most.
fn slot_of(label: &str) -> usize {
    let last = label.bytes().rev().take(8);
    let mixed = last.fold(label.len(), |mixed, byte| {
        mixed.wrapping_mul(31) ^ usize::from(byte)
    });
    mixed % N_RECENT
}

/// The split that a file name tells: `predictions_test.csv` is of `test`.
pub(super) fn split_of(file_name: &str) -> Option<String> {
    const SPLITS: [&str; 8] = [
        "train",
        "training",
        "test",
        "testing",
        "val",
        "valid",
        "validation",
        "dev",
    ];
    let stem = file_name
        .split('.')
        .next()
        .unwrap_or(file_name)
        .to_ascii_lowercase();
    let mut words = stem.split(|char: char| !char.is_ascii_alphanumeric());
    words.find(|word| SPLITS.contains(word)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        pairs: &[(&str, &str)],
    ) -> (Result<Option<Predictions>, Box<Problem>>, Vec<NoticeKind>) {
        let (mut samples, mut notices) = (Pairs::default(), Notices::default());
        for (actual, predicted) in pairs {
            samples.push((*actual).into(), (*predicted).into());
        }
        let found = samples.finish(&Place::artifact("p"), "r", &mut notices);
        let notices = notices.into_vec().into_iter().map(|it| it.kind);
        (found, notices.collect())
    }

    #[test]
    fn labels_are_texts_in_natural_order() {
        let (found, notices) = read(&[("10", "9"), ("NaN", "10"), (" ", "0.0"), ("0", "True")]);
        let found = found.unwrap().unwrap();
        assert_eq!(found.labels, [" ", "0", "0.0", "9", "10", "NaN", "True"]);
        let label = |code: &u32| found.labels[*code as usize].as_str();
        let actual: Vec<&str> = found.actual.iter().map(label).collect();
        assert_eq!(actual, ["10", "NaN", " ", "0"]);
        assert!(found.rows.is_empty() && notices.is_empty());
    }

    #[test]
    fn labels_that_share_a_slot_stay_apart() {
        // More labels than slots, each often, among them some of one slot.
        let labels: Vec<String> = (0..700).map(|it| format!("{it}-the-same-end")).collect();
        let of = |row: usize| labels[row * 11 % labels.len()].as_str();
        let rows: Vec<(&str, &str)> = (0..5000).map(|row| (of(row), of(row + 1))).collect();
        let found = read(&rows).0.unwrap().unwrap();
        assert_eq!(found.labels.len(), labels.len());
        for (row, (actual, predicted)) in rows.iter().enumerate() {
            let label = |codes: &[u32]| found.labels[codes[row] as usize].clone();
            assert_eq!(label(&found.actual), *actual);
            assert_eq!(label(&found.predicted), *predicted);
        }
    }

    #[test]
    fn rows_without_both_values_are_left_out() {
        let (found, notices) = read(&[("a", "b"), ("a", ""), ("", "a"), ("b", "b")]);
        let found = found.unwrap().unwrap();
        assert_eq!(found.rows, [1, 4]);
        assert_eq!(found.row(1), 4);
        assert_eq!(notices, [NoticeKind::RowsSkipped { count: 2, first: 2 }]);
        assert_eq!(read(&[("", "")]).0.unwrap_err().kind, ProblemKind::Empty);
        assert_eq!(read(&[]).0.unwrap_err().kind, ProblemKind::Empty);
    }

    #[test]
    fn measured_numbers_are_no_classes() {
        let texts: Vec<String> = (0..40).map(|it| format!("{}.5", it)).collect();
        let measured: Vec<(&str, &str)> = texts.iter().map(|it| (it.as_str(), "1")).collect();
        let (found, notices) = read(&measured);
        assert_eq!(found, Ok(None));
        assert_eq!(notices, [NoticeKind::NotClasses { distinct: 41 }]);
        let whole: Vec<String> = (0..40).map(|it| format!("{it}.0")).collect();
        let classes: Vec<(&str, &str)> = whole.iter().map(|it| (it.as_str(), "1.0")).collect();
        assert_eq!(read(&classes).0.unwrap().unwrap().labels.len(), 40);
    }

    #[test]
    fn a_file_name_may_tell_the_split() {
        assert_eq!(split_of("predictions_test.csv"), Some("test".into()));
        assert_eq!(split_of("val-preds.v2.csv"), Some("val".into()));
        assert_eq!(split_of("latest.csv"), None);
        assert_eq!(rank(" Y True ", &ACTUAL), Some(1));
        assert_eq!(rank("predictor", &PREDICTED), None);
    }

    #[test]
    fn columns_have_names_in_both_languages() {
        for (actual, predicted) in [
            ("Actual", "Predicted"),
            ("ground-truth", "Predicted Class"),
            ("target", "pred_label"),
            ("gold", "y_pred"),
            ("Real", "Predicho"),
            ("clase real", "Predicción"),
            ("etiqueta", "PREDICCIÓN"),
            ("Etiqueta real", "clase-predicha"),
        ] {
            assert!(rank(actual, &ACTUAL).is_some(), "{actual}");
            assert!(rank(predicted, &PREDICTED).is_some(), "{predicted}");
            assert_eq!(rank(actual, &PREDICTED), None, "{actual}");
            assert_eq!(rank(predicted, &ACTUAL), None, "{predicted}");
        }
        let docs = include_str!("../../docs/FORMATS.md");
        for (axis, known) in [("actual", &ACTUAL[..]), ("predicted", &PREDICTED[..])] {
            // None is another's, however it is written.
            for (at, name) in known.iter().enumerate() {
                assert_eq!(rank(name, known), Some(at));
            }
            let told = format!("- {axis}: `{}`, in this order", known.join("`, `"));
            assert!(docs.contains(&told), "docs/FORMATS.md lacks: {told}");
        }
    }
}
