use toml::de::{DeTable, DeValue};

use super::{
    entry::{Entry, Source},
    gates, worth,
};
use crate::model::{ClassName, Place, Problem, ProblemKind, Settings};

/// The newest `schema` that this careo reads.
pub const SCHEMA: u32 = 1;

/// A `careo.toml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// What the bundle stores.
    pub settings: Settings,
    /// The report's title, where no flag and no pull request gives one.
    pub title: Option<String>,
    /// Where each setting stands, and each key of its tables: `guards.recall`, `names.en.recall`.
    pub places: Vec<(String, Place)>,
}

/// The keys of the document.
pub(super) const KEYS: [&str; 22] = [
    "schema",
    "title",
    "lang",
    "baseline",
    "release",
    "primary_metric",
    "smallest_useful_gain",
    "confidence",
    "guards",
    "directions",
    "names",
    "explanations",
    "sample",
    "classes",
    "class_order",
    "groups",
    "group_separator",
    "positive_class",
    "axes",
    "data",
    "value",
    "gates",
];

/// Reads the text of a `careo.toml`; `path` is what problems call it.
///
/// # Errors
/// Not TOML, made for a newer careo, an unknown key, or a value of another kind or out of its
/// range, with line and column.
pub fn read(path: &str, text: &str) -> Result<File, Problem> {
    let source = Source { path, text };
    let document = DeTable::parse(text).map_err(|error| {
        let message = error.message().trim().replace('\n', " ");
        let at = error.span().map_or(0, |span| span.start);
        source.problem(at, None, ProblemKind::Syntax { message })
    })?;
    let entries = source.entries("", document.get_ref());
    // First of all: a newer careo's file has keys that would only look mistyped.
    for entry in entries.iter().filter(|entry| entry.key == "schema") {
        check_schema(entry)?;
    }
    let mut file = File::default();
    let mut worth = None;
    for entry in &entries {
        add_places(entry, &mut file.places);
        match entry.key {
            "title" => file.title = Some(entry.text()?.to_owned()),
            "value" => worth = Some(entry),
            _ => set(&mut file.settings, entry)?,
        }
    }
    // It speaks of the positive class, which may stand anywhere.
    if let Some(entry) = worth {
        let positive = file.settings.positive_class.as_deref();
        file.settings.worth = worth::read(entry, positive)?;
    }
    Ok(file)
}

fn add_places(entry: &Entry<'_>, places: &mut Vec<(String, Place)>) {
    places.push((entry.path.clone(), entry.place()));
    // What is no table has no keys.
    for inner in entry.table().unwrap_or_default() {
        add_places(&inner, places);
    }
}

fn check_schema(entry: &Entry<'_>) -> Result<(), Problem> {
    let found = entry.number()?;
    match found as u32 {
        found if found > SCHEMA => Err(entry.problem(ProblemKind::NewerSchema {
            found,
            supported: SCHEMA,
        })),
        schema if schema > 0 && found.fract() == 0.0 => Ok(()),
        _ => {
            let found = entry.literal(entry.value);
            Err(entry.unknown_choice(&found, &SCHEMA.to_string()))
        }
    }
}

fn set(settings: &mut Settings, entry: &Entry<'_>) -> Result<(), Problem> {
    match entry.key {
        "schema" => {}
        "lang" => settings.lang = Some(entry.lang_value()?),
        "baseline" => settings.baseline = Some(entry.text()?.to_owned()),
        "release" => settings.release = Some(entry.text()?.to_owned()),
        "primary_metric" => settings.primary_metric = Some(entry.text()?.to_owned()),
        "smallest_useful_gain" => {
            let gain = entry.number_in("0", "", |it| it > 0.0)?;
            settings.smallest_gain = Some(gain);
        }
        "confidence" => {
            // 10,000 resamples tell no rarer tails.
            let confidence = entry.number_in("0.5", "0.999", |it| it > 0.5 && it <= 0.999)?;
            settings.confidence = Some(confidence);
        }
        "guards" => {
            for metric in entry.table()? {
                let tolerance = metric.number_in("0", "∞", |it| it >= 0.0)?;
                settings.guards.push((metric.key.to_owned(), tolerance));
            }
        }
        "directions" => {
            for metric in entry.table()? {
                let direction = metric.direction()?;
                settings.directions.push((metric.key.to_owned(), direction));
            }
        }
        "names" => settings.names = entry.texts_by_lang()?,
        "explanations" => settings.explanations = entry.texts_by_lang()?,
        "sample" => {
            for language in entry.table()? {
                let noun = (language.lang_key()?, language.noun()?);
                settings.sample.push(noun);
            }
        }
        "classes" => {
            for class in entry.table()? {
                for language in class.table()? {
                    settings.classes.push(ClassName {
                        label: class.key.to_owned(),
                        lang: language.lang_key()?,
                        noun: language.noun_or_name()?,
                    });
                }
            }
        }
        "class_order" => settings.class_order = entry.distinct_texts()?,
        "groups" => {
            for group in entry.table()? {
                let members = group.distinct_texts()?;
                settings.groups.push((group.key.to_owned(), members));
            }
        }
        "group_separator" => settings.group_separator = Some(entry.text()?.to_owned()),
        "positive_class" => settings.positive_class = Some(entry.text()?.to_owned()),
        "axes" => {
            for language in entry.table()? {
                let (actual, predicted) = language.axes()?;
                let lang = language.lang_key()?;
                settings.axes.push((lang, actual, predicted));
            }
        }
        "data" => {
            settings.data = match entry.value.get_ref() {
                DeValue::String(path) => vec![path.to_string()],
                _ => entry.distinct_texts()?,
            };
        }
        "gates" => settings.gates = gates::read(entry)?,
        _ => return Err(entry.unknown(&KEYS)),
    }
    Ok(())
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
