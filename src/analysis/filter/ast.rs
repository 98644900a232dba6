use std::fmt;

use super::parse;

/// A filter that could be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// All of these; true where there is none.
    All(Vec<Filter>),
    /// One of these at least.
    Any(Vec<Filter>),
    /// Not this.
    Not(Box<Filter>),
    /// The word stands in the name or in a text of the row.
    Word(String),
    /// The field compares so with the value.
    Compare(FieldName, Comparison, String),
    /// The field is one of the values.
    In(FieldName, Vec<String>),
    /// The field has no value.
    Missing(FieldName),
    /// The field differs from the baseline's.
    Changed(FieldName),
}

/// The name of a field as it was written.
#[derive(Clone, Debug)]
pub struct FieldName {
    /// A column by its identity, a unique suffix or the team's name, or `name`, `state`, `created`, `executor`,
    /// `parent`.
    pub text: String,
    /// The difference to the baseline is meant.
    pub is_difference: bool,
    /// Where it stood: bytes from the start.
    pub at: Span,
}

impl PartialEq for FieldName {
    /// The place is no part of what is meant.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.is_difference == other.is_difference
    }
}

/// A part of the filter's text: first byte, and the byte after the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
}

/// How a field compares with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `~`: contains, in letters of either case.
    Contains,
    /// `!~`
    ContainsNot,
}

impl Comparison {
    /// Every spelling, longer ones first.
    pub(in crate::analysis) const ALL: [(&'static str, Self); 12] = [
        (">=", Self::GreaterOrEqual),
        ("<=", Self::LessOrEqual),
        ("!=", Self::NotEqual),
        ("!~", Self::ContainsNot),
        ("==", Self::Equal),
        ("≥", Self::GreaterOrEqual),
        ("≤", Self::LessOrEqual),
        ("≠", Self::NotEqual),
        (">", Self::Greater),
        ("<", Self::Less),
        ("=", Self::Equal),
        ("~", Self::Contains),
    ];

    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Contains => "~",
            Self::ContainsNot => "!~",
        }
    }
}

/// Why a filter could not be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// The part of the text that is at fault.
    pub at: Span,
    /// What is wrong with it.
    pub fault: FilterFault,
}

/// What is wrong with a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterFault {
    /// A value has to follow here: `train.C >`.
    NoValue,
    /// A condition has to stand here: `a and`, `()`.
    NoCondition,
    /// A comparison without a field before it: `> 3`.
    NoField,
    /// A quotation mark without its other one.
    OpenQuote,
    /// A parenthesis without its other one.
    OpenParenthesis,
    /// Something that can't stand here.
    Unexpected(String),
    /// A comma within a number.
    DecimalComma,
    /// Parentheses in parentheses in…
    TooDeep,
    /// No field has that name; perhaps one that is close.
    UnknownField(String, Option<String>),
    /// A column of numbers is compared with what is none.
    NoNumber(String, String),
    /// A moment is compared with what is none.
    NoDate(String),
    /// Several columns end so; their whole names.
    AmbiguousField(String, Vec<String>),
}

impl fmt::Display for Filter {
    /// The text of a filter: reading it gives the same filter.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => write_joined(f, parts, " and ", |it| matches!(it, Self::Any(_))),
            Self::Any(parts) => write_joined(f, parts, " or ", |_| false),
            Self::Not(inner) => match **inner {
                Self::All(_) | Self::Any(_) => write!(f, "not ({inner})"),
                _ => write!(f, "not {inner}"),
            },
            Self::Word(word) => f.write_str(&quoted(word)),
            Self::Compare(field, how, value) => {
                write!(f, "{field} {} {}", how.symbol(), quoted(value))
            }
            Self::In(field, values) => {
                let values: Vec<String> = values.iter().map(|it| quoted(it)).collect();
                write!(f, "{field} in ({})", values.join(", "))
            }
            Self::Missing(field) => write!(f, "{field} is missing"),
            Self::Changed(field) => write!(f, "{field} changed"),
        }
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let difference = if self.is_difference { "Δ" } else { "" };
        write!(f, "{difference}{}", quoted(&self.text))
    }
}

fn write_joined(
    f: &mut fmt::Formatter<'_>,
    parts: &[Filter],
    separator: &str,
    needs_parentheses: fn(&Filter) -> bool,
) -> fmt::Result {
    for (idx, part) in parts.iter().enumerate() {
        if idx > 0 {
            f.write_str(separator)?;
        }
        if needs_parentheses(part) {
            write!(f, "({part})")?;
        } else {
            write!(f, "{part}")?;
        }
    }
    Ok(())
}

/// The text as it is where it reads as one word, else in quotation marks.
pub fn quoted(text: &str) -> String {
    if parse::is_plain_word(text) {
        return text.to_owned();
    }
    let mut quoted = String::from('"');
    for char in text.chars() {
        if matches!(char, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(char);
    }
    quoted.push('"');
    quoted
}
