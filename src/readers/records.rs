//! What JSON records hold: labels as text, numbers that may be written as text, pairs of classes.

use std::borrow::Cow;

use super::pairs::{ACTUAL, PREDICTED, Pairs, rank};
use crate::{
    json::{Kind, Node},
    model::{Problem, Thing},
};

/// A class label as it was written: `0.0` stays `0.0`.
///
/// # Errors
/// It is a list or an object.
pub(super) fn label(node: Node<'_>) -> Result<String, Box<Problem>> {
    cell(node).map(Cow::into_owned)
}

/// The text of a record's value; `null` is empty.
///
/// # Errors
/// It is a list or an object.
pub(super) fn cell<'d>(node: Node<'d>) -> Result<Cow<'d, str>, Box<Problem>> {
    match node.kind() {
        Kind::Null => Ok(Cow::Borrowed("")),
        Kind::Text(text) => Ok(Cow::Borrowed(text)),
        Kind::List | Kind::Object => Err(node.expected(Thing::Text)),
        Kind::Bool(_) | Kind::Number(_) | Kind::BigInteger(_) => Ok(Cow::Borrowed(node.raw())),
    }
}

/// A record's number: also as text, as DVC writes what it read from CSV; `NaN` where it is missing.
///
/// # Errors
/// It is something else.
pub(super) fn number(record: Node<'_>, key: &str) -> Result<f64, Box<Problem>> {
    let Some(node) = record.given(key) else {
        return Ok(f64::NAN);
    };
    match node.as_text().map(str::trim) {
        None => node.number(),
        Some("") => Ok(f64::NAN),
        Some(text) => text.parse().or_else(|_| node.number()),
    }
}

/// The keys of actual and predicted class in a record.
pub(super) fn pair_keys(record: Node<'_>) -> Option<(String, String)> {
    let best = |known: &[&str]| {
        let ranked = record
            .entries()
            .filter_map(|(key, _)| Some((rank(key, known)?, key)));
        ranked.min().map(|(_, key)| key.to_owned())
    };
    Some((best(&ACTUAL)?, best(&PREDICTED)?))
}

/// The pairs of all records.
///
/// # Errors
/// A record is no object, or a label is a list or an object.
pub(super) fn pairs<'d>(
    records: impl Iterator<Item = Node<'d>>,
    actual: &str,
    predicted: &str,
) -> Result<Pairs<'d>, Box<Problem>> {
    let mut pairs = Pairs::default();
    for record in records {
        if !record.is_object() {
            return Err(record.expected(Thing::Object));
        }
        let label = |key: &str| record.get(key).map_or(Ok(Cow::Borrowed("")), cell);
        pairs.push(label(actual)?, label(predicted)?);
    }
    Ok(pairs)
}
