//! A filter as a list of conditions, so that each can be shown and changed by itself.

use super::{Comparison, FieldName, Filter, FilterError, Span, parse};

/// The conditions that a filter's text joins by `and`; none for an empty text.
///
/// # Errors
/// As [`parse`].
pub fn clauses(text: &str) -> Result<Vec<Filter>, FilterError> {
    Ok(match parse(text.trim())? {
        Filter::All(parts) => parts,
        one => vec![one],
    })
}

/// The text of conditions that have to hold together.
pub fn joined(clauses: Vec<Filter>) -> String {
    match <[Filter; 1]>::try_from(clauses) {
        Ok([one]) => one.to_string(),
        Err(clauses) => Filter::All(clauses).to_string(),
    }
}

/// What of a column's values a filter lets through, as it is brushed on an axis.
#[derive(Clone, Debug, PartialEq)]
pub enum Brush {
    /// From one number to another, both included; `None` where that end is open. What is not
    /// included ends at the next number there is: see [`limit`].
    Range(Option<f64>, Option<f64>),
    /// These texts.
    Texts(Vec<String>),
}

/// What the conditions that are ranges or lists of a column let through; `None` where there is no
/// such condition.
pub fn brush(clauses: &[Filter], is_column: &dyn Fn(&FieldName) -> bool) -> Option<Brush> {
    let mut found = None;
    for clause in clauses.iter().filter(|it| is_brush(it, is_column)) {
        match clause {
            Filter::In(_, values) => found = Some(Brush::Texts(values.clone())),
            Filter::Compare(_, how, value) => {
                let Some(value) = number(value) else {
                    found = Some(Brush::Texts(vec![value.clone()]));
                    continue;
                };
                let (low, high) = match found {
                    Some(Brush::Range(low, high)) => (low, high),
                    _ => (None, None),
                };
                let value = match how {
                    Comparison::Greater => value.next_up(),
                    Comparison::Less => value.next_down(),
                    _ => value,
                };
                let higher = || Some(low.map_or(value, |it| it.max(value)));
                let lower = || Some(high.map_or(value, |it| it.min(value)));
                found = Some(match how {
                    Comparison::Greater | Comparison::GreaterOrEqual => {
                        Brush::Range(higher(), high)
                    }
                    Comparison::Less | Comparison::LessOrEqual => Brush::Range(low, lower()),
                    _ => Brush::Range(higher(), lower()),
                });
            }
            _ => {}
        }
    }
    found
}

/// The conditions with another brush on a column, where the old one stood or at the end; `None`
/// takes it away.
pub fn with_brush(
    clauses: Vec<Filter>,
    is_column: &dyn Fn(&FieldName) -> bool,
    name: &str,
    brush: Option<&Brush>,
) -> Vec<Filter> {
    let at = clauses.iter().position(|it| is_brush(it, is_column));
    let mut kept = clauses;
    kept.retain(|it| !is_brush(it, is_column));
    let field = || FieldName {
        text: name.to_owned(),
        is_difference: false,
        at: Span::default(),
    };
    let compare = |how, value: f64| Filter::Compare(field(), how, value.to_string());
    let new = match brush {
        None | Some(Brush::Range(None, None)) => Vec::new(),
        Some(Brush::Range(Some(low), Some(high))) if low == high => {
            vec![compare(Comparison::Equal, *low)]
        }
        Some(Brush::Range(low, high)) => {
            let low = low.map(|it| match limit(it, it.next_down()) {
                (limit, true) => compare(Comparison::GreaterOrEqual, limit),
                (limit, false) => compare(Comparison::Greater, limit),
            });
            let high = high.map(|it| match limit(it, it.next_up()) {
                (limit, true) => compare(Comparison::LessOrEqual, limit),
                (limit, false) => compare(Comparison::Less, limit),
            });
            low.into_iter().chain(high).collect()
        }
        Some(Brush::Texts(texts)) => vec![Filter::In(field(), texts.clone())],
    };
    let at = at.unwrap_or(kept.len()).min(kept.len());
    kept.splice(at..at, new);
    kept
}

/// The limit that an end of a range stands for, and whether it is included: where the number
/// `before` it takes fewer digits, somebody wrote that one: `> 5`.
pub fn limit(end: f64, before: f64) -> (f64, bool) {
    let n_digits = |value: f64| format!("{value:e}").len();
    match n_digits(before) < n_digits(end) {
        true => (before, false),
        false => (end, true),
    }
}

/// Whether a condition is a range or a list of a column.
fn is_brush(clause: &Filter, is_column: &dyn Fn(&FieldName) -> bool) -> bool {
    let is_it = |field: &FieldName| !field.is_difference && is_column(field);
    match clause {
        Filter::In(field, _) => is_it(field),
        Filter::Compare(field, how, value) => {
            let is_range = match how {
                Comparison::Equal => true,
                Comparison::NotEqual | Comparison::Contains | Comparison::ContainsNot => false,
                _ => number(value).is_some(),
            };
            is_range && is_it(field)
        }
        _ => false,
    }
}

fn number(text: &str) -> Option<f64> {
    text.replace('−', "-")
        .parse()
        .ok()
        .filter(|it: &f64| !it.is_nan())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_c(field: &FieldName) -> bool {
        field.text == "C" || field.text == "train.C"
    }

    #[test]
    fn a_filter_is_a_list_of_conditions() {
        let texts = |text: &str| -> Vec<String> {
            let found = clauses(text).unwrap();
            found.iter().map(ToString::to_string).collect()
        };
        assert_eq!(texts(" "), [""; 0]);
        assert_eq!(texts("C > 3"), ["C > 3"]);
        assert_eq!(texts("C > 3 (a or b) not x"), ["C > 3", "a or b", "not x"]);
        assert_eq!(texts("a or b"), ["a or b"]);
        assert!(clauses("C >").is_err());
        for text in ["", "a", "a or b", "C > 3 and (a or b) and not x"] {
            assert_eq!(joined(clauses(text).unwrap()), text);
        }
    }

    #[test]
    fn a_brush_is_a_range_of_the_filter() {
        let of = |text: &str| brush(&clauses(text).unwrap(), &is_c);
        assert_eq!(of("acc > 3"), None);
        assert_eq!(of("C != 3 and ΔC > 1"), None);
        assert_eq!(of("C >= 5"), Some(Brush::Range(Some(5.0), None)));
        let both = Some(Brush::Range(Some(6f64.next_up()), Some(30f64.next_down())));
        assert_eq!(of("train.C >= 5 acc > 1 C < 30 C > 6"), both);
        assert_eq!(of("C = 5"), Some(Brush::Range(Some(5.0), Some(5.0))));
        assert_eq!(
            of("C in (a, b)"),
            Some(Brush::Texts(vec!["a".into(), "b".into()]))
        );
    }

    #[test]
    fn brushing_writes_the_filter() {
        let set = |text: &str, brush: Option<Brush>| {
            joined(with_brush(
                clauses(text).unwrap(),
                &is_c,
                "C",
                brush.as_ref(),
            ))
        };
        let range = |low, high| Some(Brush::Range(low, high));
        assert_eq!(set("", range(Some(5.0), None)), "C >= 5");
        // What is not included stays so when another condition is brushed.
        for text in ["C > 5", "C < 0.1", "C > 0", "C > -3 and C < 1e+300"] {
            let whole = text.replace("1e+300", &1e300.to_string());
            assert_eq!(set(text, brush(&clauses(text).unwrap(), &is_c)), whole);
        }
        assert_eq!(set("a or b", range(None, Some(5.0))), "(a or b) and C <= 5");
        let both = range(Some(0.25), Some(1e-7));
        assert_eq!(
            set("x C < 30 acc > 1 train.C > 2", both),
            "x and C >= 0.25 and C <= 0.0000001 and acc > 1"
        );
        assert_eq!(set("C < 30 acc > 1", None), "acc > 1");
        assert_eq!(set("C < 30", range(Some(2.0), Some(2.0))), "C = 2");
        let texts = Some(Brush::Texts(vec!["a b".into(), "c".into()]));
        assert_eq!(set("C < 30", texts), "C in (\"a b\", c)");
    }
}
