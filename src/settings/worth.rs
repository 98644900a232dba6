//! `[value]`: what answers are worth to the team.

use toml::de::DeValue;

use super::entry::Entry;
use crate::model::{Problem, ProblemKind, Worth};

const OUTCOMES: [&str; 4] = [
    "true_positive",
    "false_positive",
    "false_negative",
    "true_negative",
];
const KEYS: [&str; 9] = [
    "unit",
    "right",
    "wrong",
    "true_positive",
    "false_positive",
    "false_negative",
    "true_negative",
    "cells",
    "unknown",
];

/// Reads the table; outcomes become cells of the positive class.
pub(super) fn read(table: &Entry<'_>, positive: Option<&str>) -> Result<Worth, Problem> {
    let mut worth = Worth::default();
    for entry in table.table()? {
        match entry.key {
            "unit" => worth.unit = Some(entry.text()?.to_owned()),
            "right" => worth.right = Some(entry.number()?),
            "wrong" => worth.wrong = Some(entry.number()?),
            "cells" => {
                for actual in entry.table()? {
                    for predicted in actual.table()? {
                        let labels = (actual.key.to_owned(), predicted.key.to_owned());
                        worth.cells.push((labels.0, labels.1, predicted.number()?));
                    }
                }
            }
            "unknown" => worth.unknown = Some(unknown(&entry, positive)?),
            name if OUTCOMES.contains(&name) => {
                let (actual, predicted) = cell_of(&entry, name, positive)?;
                worth.cells.push((actual, predicted, entry.number()?));
            }
            _ => return Err(entry.unknown(&KEYS)),
        }
    }
    Ok(worth)
}

/// `"false_negative"`, or `["SF", "PF"]`: actual, predicted.
fn unknown(entry: &Entry<'_>, positive: Option<&str>) -> Result<(String, String), Problem> {
    if let DeValue::Array(labels) = entry.value.get_ref()
        && let [actual, predicted] = &**labels
    {
        let (actual, predicted) = (entry.text_of(actual)?, entry.text_of(predicted)?);
        return Ok((actual.to_owned(), predicted.to_owned()));
    }
    match entry.text()? {
        name if OUTCOMES.contains(&name) => cell_of(entry, name, positive),
        found => Err(entry.unknown_choice(found, &OUTCOMES.join(", "))),
    }
}

/// The cell that an outcome means; an empty label stands for every other class.
fn cell_of(
    entry: &Entry<'_>,
    outcome: &str,
    positive: Option<&str>,
) -> Result<(String, String), Problem> {
    let positive = positive.ok_or_else(|| {
        entry.problem(ProblemKind::NeedsKey {
            key: "positive_class".to_owned(),
        })
    })?;
    let positive = positive.to_owned();
    Ok(match outcome {
        "true_positive" => (positive.clone(), positive),
        "false_negative" => (positive, String::new()),
        "false_positive" => (String::new(), positive),
        _ => (String::new(), String::new()),
    })
}
