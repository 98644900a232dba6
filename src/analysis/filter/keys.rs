//! Columns by their keys, whatever their reader calls them.

use super::{Filter, parse};
use crate::model::{ATTRIBUTES, Report};

/// The filter with the key in the place of each name that only the team gave a column: links then
/// hold whatever the columns are called later. `None` where there is none, or the text can't be read.
pub fn with_keys(text: &str, report: &Report) -> Option<String> {
    let mut filter = parse(text).ok()?;
    name_keys(&mut filter, report).then(|| filter.to_string())
}

/// Whether a name was changed.
fn name_keys(filter: &mut Filter, report: &Report) -> bool {
    let field = match filter {
        Filter::All(parts) | Filter::Any(parts) => {
            let mut is_changed = false;
            for part in parts {
                is_changed |= name_keys(part, report);
            }
            return is_changed;
        }
        Filter::Not(inner) => return name_keys(inner, report),
        Filter::Word(_) => return false,
        Filter::Compare(field, ..)
        | Filter::In(field, _)
        | Filter::Missing(field)
        | Filter::Changed(field) => field,
    };
    let name = field.text.as_str();
    if ATTRIBUTES.contains(&name) || report.find_column(name).is_some() {
        return false;
    }
    let key = report.find_called(name);
    let key = key.and_then(|it| report.column_names().into_iter().nth(it));
    match key {
        Some(key) => field.text = key,
        None => return false,
    }
    true
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
            // Called as a column's key, or as an attribute: that one is meant.
            ("rmse", "C"),
            ("train.solver", "state"),
        ];
        for (key, name) in named {
            let name = (key.to_owned(), Lang::Es, name.to_owned());
            report.settings.names.push(name);
        }
        let key = |text: &str| with_keys(text, &report);
        assert_eq!(
            key("(Fuerza > 3  or fuerza is missing) and not Δ\"precisión global\" > 0").as_deref(),
            Some("(C > 3 or C is missing) and not Δaccuracy > 0")
        );
        for text in [
            "C > 3",
            "train.C > 3",
            "Fuerza",
            "state = ok",
            "nosuch > 3",
            "Fuerza >",
        ] {
            assert_eq!(key(text), None, "{text}");
        }
    }
}
