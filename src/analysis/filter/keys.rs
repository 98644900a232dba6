//! Columns by their keys, whatever their reader calls them.

use super::{FieldName, Filter, parse};
use crate::model::Report;

/// The text with the key in the place of each name that only the team gave a column: links then hold
/// whatever the columns are called later. `None` where nothing changes, or the text can't be read.
pub fn with_keys(text: &str, report: &Report) -> Option<String> {
    let filter = parse(text).ok()?;
    let mut fields = Vec::new();
    collect(&filter, &mut fields);
    let keys = report.column_names();
    let mut changed = None;
    // From the end, so that places before stay what they are.
    for field in fields.into_iter().rev() {
        if report.find_column(&field.text).is_some() {
            continue;
        }
        let column = report.find_called(&field.text);
        let Some(key) = column.and_then(|it| keys.get(it)) else {
            continue;
        };
        let named = FieldName {
            text: key.clone(),
            ..field.clone()
        };
        let changed = changed.get_or_insert_with(|| text.to_owned());
        if changed.get(field.at.from..field.at.to).is_some() {
            changed.replace_range(field.at.from..field.at.to, &named.to_string());
        }
    }
    changed
}

/// The names of fields in the order of the text.
fn collect<'a>(filter: &'a Filter, fields: &mut Vec<&'a FieldName>) {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => {
            for part in parts {
                collect(part, fields);
            }
        }
        Filter::Not(inner) => collect(inner, fields),
        Filter::Word(_) => {}
        Filter::Compare(field, ..)
        | Filter::In(field, _)
        | Filter::Missing(field)
        | Filter::Changed(field) => fields.push(field),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis::testing::small, model::Lang};

    #[test]
    fn names_of_the_team_become_keys() {
        let mut report = small();
        let named = [
            ("accuracy", "Precisión global"),
            ("train.C", "Fuerza"),
            // Called as a column's key is: that one is meant.
            ("rmse", "C"),
        ];
        for (key, name) in named {
            let name = (key.to_owned(), Lang::Es, name.to_owned());
            report.settings.names.push(name);
        }
        let key = |text: &str| with_keys(text, &report);
        assert_eq!(
            key("(Fuerza > 3  or fuerza is missing) and Δ\"precisión global\" > 0").as_deref(),
            Some("(C > 3  or C is missing) and Δaccuracy > 0")
        );
        for text in ["C > 3", "train.C > 3", "Fuerza", "nosuch > 3", "Fuerza >"] {
            assert_eq!(key(text), None, "{text}");
        }
    }
}
