//! `[gates]`: what `careo check` insists on.

use super::entry::Entry;
use crate::model::{Gates, Outcome, Problem};

const KEYS: [&str; 4] = ["min", "max", "no_worse", "require"];

pub(super) fn read(table: &Entry<'_>) -> Result<Gates, Problem> {
    let mut gates = Gates::default();
    for entry in table.table()? {
        match entry.key {
            "min" => gates.min = limits(&entry)?,
            "max" => gates.max = limits(&entry)?,
            "no_worse" => gates.no_worse = entry.bool()?,
            "require" => {
                gates.require = match entry.text()? {
                    "improved" => Some(Outcome::Improved),
                    "no-clear-change" => Some(Outcome::NoClearChange),
                    found => return Err(entry.unknown_choice(found, "improved, no-clear-change")),
                };
            }
            _ => return Err(entry.unknown(&KEYS)),
        }
    }
    Ok(gates)
}

fn limits(table: &Entry<'_>) -> Result<Vec<(String, f64)>, Problem> {
    let mut limits = Vec::new();
    for entry in table.table()? {
        limits.push((entry.key.to_owned(), entry.number()?));
    }
    Ok(limits)
}
