//! A condition as a form has it: field, comparison, value.

use super::{Comparison, FieldName, Filter, Span};

/// A condition as a form has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Simple {
    /// The field; empty for words that are searched for.
    pub field: String,
    /// The difference to the baseline is meant.
    pub is_difference: bool,
    /// How it compares.
    pub how: How,
    /// What with: several values of [`How::In`] have commas between them.
    pub value: String,
}

/// How a field of a form compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// With a value.
    Compare(Comparison),
    /// It is one of several values.
    In,
    /// It has no value.
    Missing,
    /// It has one.
    NotMissing,
    /// It differs from the baseline's.
    Changed,
}

impl How {
    /// Every one, in the order of a list.
    pub const ALL: [Self; 12] = [
        Self::Compare(Comparison::Greater),
        Self::Compare(Comparison::GreaterOrEqual),
        Self::Compare(Comparison::Less),
        Self::Compare(Comparison::LessOrEqual),
        Self::Compare(Comparison::Equal),
        Self::Compare(Comparison::NotEqual),
        Self::Compare(Comparison::Contains),
        Self::Compare(Comparison::ContainsNot),
        Self::In,
        Self::Missing,
        Self::NotMissing,
        Self::Changed,
    ];

    /// Whether it needs a value.
    pub fn has_value(self) -> bool {
        matches!(self, Self::Compare(_) | Self::In)
    }
}

impl Simple {
    /// The form of a condition; `None` for one that no form has: `or`, `not`, a word.
    pub fn of(filter: &Filter) -> Option<Self> {
        let new = |field: &FieldName, how, value: String| Self {
            field: field.text.clone(),
            is_difference: field.is_difference,
            how,
            value,
        };
        Some(match filter {
            Filter::Compare(field, how, value) => new(field, How::Compare(*how), value.clone()),
            Filter::In(field, values) if values.iter().all(|it| is_whole(it)) => {
                new(field, How::In, values.join(", "))
            }
            Filter::Missing(field) => new(field, How::Missing, String::new()),
            Filter::Changed(field) => new(field, How::Changed, String::new()),
            Filter::Not(inner) => match &**inner {
                Filter::Missing(field) => new(field, How::NotMissing, String::new()),
                _ => return None,
            },
            _ => return None,
        })
    }

    /// The condition; `None` where its field or its value is missing.
    pub fn filter(&self) -> Option<Filter> {
        let field = FieldName {
            text: self.field.clone(),
            is_difference: self.is_difference,
            at: Span::default(),
        };
        let values = self
            .value
            .split(',')
            .map(str::trim)
            .filter(|it| !it.is_empty());
        let values: Vec<String> = values.map(str::to_owned).collect();
        let is_whole = !self.field.is_empty()
            && match self.how {
                How::In => !values.is_empty(),
                how => !how.has_value() || !self.value.trim().is_empty(),
            };
        is_whole.then(|| match self.how {
            How::Compare(how) => Filter::Compare(field, how, self.value.trim().to_owned()),
            How::In => Filter::In(field, values),
            How::Missing => Filter::Missing(field),
            How::NotMissing => Filter::Not(Box::new(Filter::Missing(field))),
            How::Changed => Filter::Changed(field),
        })
    }
}

/// Whether a value of a list stays one among commas.
fn is_whole(value: &str) -> bool {
    !value.is_empty() && !value.contains(',') && value.trim() == value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::filter::parse;

    #[test]
    fn a_condition_goes_through_a_form_unchanged() {
        for text in [
            "C > 30",
            "name ~ \"a b\"",
            "Δrecall >= 0",
            "C in (5, 30)",
            "C is missing",
            "not C is missing",
            "solver changed",
            "solver !~ x",
        ] {
            let filter = parse(text).unwrap();
            let form = Simple::of(&filter).unwrap();
            assert_eq!(form.filter(), Some(filter), "{text}");
        }
        for text in ["word", "a or b", "not C > 3", "C in (\"a, b\", c)"] {
            assert_eq!(Simple::of(&parse(text).unwrap()), None, "{text}");
        }
        let mut form = Simple::of(&parse("C > 30").unwrap()).unwrap();
        form.value = " ".into();
        assert_eq!(form.filter(), None);
        form.how = How::In;
        form.value = ", 5 ,".into();
        assert_eq!(form.filter().unwrap().to_string(), "C in (5)");
    }
}
