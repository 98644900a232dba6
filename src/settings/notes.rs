//! `experiments.toml`: the team's own notes on what it tried, told as Markdown.

use toml::de::{DeTable, DeValue};

use super::entry::Source;
use crate::model::{Problem, ProblemKind, Thing};

const KEYS: [&str; 4] = ["what", "result", "when", "commit"];

/// The Markdown of the notes: one item for each `[[tried]]`.
///
/// # Errors
/// Not TOML, an unknown key, or a value of another kind, with line and column.
pub fn notes(path: &str, text: &str) -> Result<String, Problem> {
    let source = Source { path, text };
    let document = DeTable::parse(text).map_err(|error| {
        let message = error.message().trim().replace('\n', " ");
        let at = error.span().map_or(0, |span| span.start);
        source.problem(at, None, ProblemKind::Syntax { message })
    })?;
    let mut markdown = String::new();
    for entry in source.entries("", document.get_ref()) {
        if entry.key != "tried" {
            return Err(entry.unknown(&["tried"]));
        }
        let DeValue::Array(items) = entry.value.get_ref() else {
            return Err(entry.expected(Thing::List, entry.value));
        };
        for item in items.iter() {
            let DeValue::Table(table) = item.get_ref() else {
                return Err(entry.expected(Thing::Object, item));
            };
            let mut parts = [None, None, None, None];
            for field in source.entries("tried", table) {
                let Some(at) = KEYS.iter().position(|key| *key == field.key) else {
                    return Err(field.unknown(&KEYS));
                };
                if let Some(part) = parts.get_mut(at) {
                    // A date needs no quotes.
                    *part = Some(match field.value.get_ref() {
                        DeValue::Datetime(date) => date.to_string(),
                        _ => field.text()?.to_owned(),
                    });
                }
            }
            markdown.push_str(&told(parts));
        }
    }
    Ok(markdown)
}

/// "- **class weights**: recall up, precision down (2022-05, `2a1f591`)".
fn told([what, result, when, commit]: [Option<String>; 4]) -> String {
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let what = what.map(|it| format!("**{}**", one_line(it)));
    let told: Vec<String> = what.into_iter().chain(result.map(one_line)).collect();
    let told = told.join(": ");
    let commit = commit.map(|it| format!("`{}`", one_line(it)));
    let place: Vec<String> = when.map(one_line).into_iter().chain(commit).collect();
    let place = match place.is_empty() {
        true => String::new(),
        false => format!(" ({})", place.join(", ")),
    };
    format!("- {told}{place}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_note_is_a_line() {
        let text = "[[tried]]\nwhat = 'class weights'\nresult = 'recall up,\tprecision down'\n\
                    when = 2022-05-01\ncommit = '2a1f591'\n[[tried]]\nresult = 'x'\n[[tried]]\nwhat = \"\"\"\nmore\ndata\"\"\"\n";
        assert_eq!(
            notes("experiments.toml", text).unwrap(),
            "- **class weights**: recall up, precision down (2022-05-01, `2a1f591`)\n\
             - x\n\
             - **more data**\n"
        );
    }

    #[test]
    fn a_mistake_has_its_place() {
        for (text, line, column) in [
            ("[[tired]]\n", 1, 3),
            ("tried = 'x'", 1, 9),
            ("tried = ['x']", 1, 10),
            ("[[tried]]\nwho = 'x'", 2, 1),
            ("[[tried]]\nwhat = 3", 2, 8),
        ] {
            let place = notes("e.toml", text).unwrap_err().place.unwrap();
            assert_eq!(
                (place.line, place.column),
                (Some(line), Some(column)),
                "{text}"
            );
        }
    }
}
