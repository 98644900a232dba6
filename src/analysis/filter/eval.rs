use std::cmp::Ordering;

use super::{Comparison, FieldName, Filter, FilterError, FilterFault};
use crate::{
    analysis::{
        table::known,
        values::Ranked,
        version::{percent, version_order},
    },
    model::{ATTRIBUTES, Cell, Report, State, TextKind, distance, natural_order},
};

/// What a filter is asked about.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The rows and columns.
    pub report: &'a Report,
    /// The revision that `Δ` and `changed` compare with.
    pub baseline: Option<usize>,
}

/// Shorter words don't search content hashes: two letters would match nearly all of them.
const SHORTEST_HASH: usize = 6;

/// Whether each revision passes a filter.
///
/// # Errors
/// A name that is no field's, with its place.
pub fn mask(filter: &Filter, subject: Subject<'_>) -> Result<Vec<bool>, FilterError> {
    let n = subject.report.revisions.len();
    Ok(match filter {
        Filter::All(parts) => fold(parts, subject, vec![true; n], |a, b| a && b)?,
        Filter::Any(parts) => fold(parts, subject, vec![false; n], |a, b| a || b)?,
        Filter::Not(inner) => mask(inner, subject)?.into_iter().map(|it| !it).collect(),
        Filter::Word(word) => search(subject.report, word),
        Filter::Compare(name, how, value) => {
            let literal = subject.literal(name, value)?;
            subject.check(name, *how, &literal)?;
            let mask = subject.test(name, &|cell| literal.compares(cell, *how))?;
            if *how == Comparison::Equal && !mask.contains(&true) {
                subject.check_meant(name, value)?;
            }
            mask
        }
        Filter::In(name, values) => {
            let literals = values.iter().map(|it| subject.literal(name, it));
            let literals = literals.collect::<Result<Vec<Literal<'_>>, FilterError>>()?;
            subject.test(name, &|cell| {
                literals
                    .iter()
                    .any(|it| it.compares(cell, Comparison::Equal))
            })?
        }
        Filter::Missing(name) => subject.test(name, &|cell| cell.is_missing())?,
        Filter::Changed(name) => {
            let field = subject.field(name)?;
            let baseline = subject.baseline;
            let base = baseline.map_or(Cell::Missing, |row| field.value(subject, row));
            (0..n)
                .map(|row| {
                    let cell = field.value(subject, row);
                    baseline.is_some() && !cell.is_missing() && !cell.same_as(base)
                })
                .collect()
        }
    })
}

fn fold(
    parts: &[Filter],
    subject: Subject<'_>,
    mut all: Vec<bool>,
    join: fn(bool, bool) -> bool,
) -> Result<Vec<bool>, FilterError> {
    for part in parts {
        for (a, b) in all.iter_mut().zip(mask(part, subject)?) {
            *a = join(*a, b);
        }
    }
    Ok(all)
}

/// Where a field's values are.
#[derive(Clone, Copy)]
enum Field {
    Name,
    State,
    Created,
    Executor,
    Parent,
    Column(usize),
    Difference(usize),
}

impl<'a> Subject<'a> {
    fn test(
        self,
        name: &FieldName,
        test: &dyn Fn(Cell<'_>) -> bool,
    ) -> Result<Vec<bool>, FilterError> {
        let field = self.field(name)?;
        let rows = 0..self.report.revisions.len();
        let Field::Column(column) = field else {
            return Ok(rows.map(|row| test(field.value(self, row))).collect());
        };
        let ranked = Ranked::new(self.report);
        let values = ranked.values(self.report, column);
        // Each distinct text is tested once, however many rows have it.
        let dictionary = values.own().map(|it| it.dictionary()).unwrap_or_default();
        let of_text = dictionary.iter();
        let of_text: Vec<bool> = of_text
            .map(|(kind, text)| test(Cell::Text(*kind, text)))
            .collect();
        let of_missing = test(Cell::Missing);
        let of_row = |row: usize| match (values.number(row), values.code(row)) {
            (Some(number), _) => test(Cell::Number(number)),
            (None, Some(code)) => of_text.get(code as usize).copied().unwrap_or(of_missing),
            (None, None) => of_missing,
        };
        Ok(rows.map(of_row).collect())
    }

    /// A value that the field is compared with. Where the field has exactly that text somewhere, it
    /// means that spelling.
    fn literal<'b>(self, name: &FieldName, value: &'b str) -> Result<Literal<'b>, FilterError> {
        let is_exact = match self.field(name)? {
            Field::Column(column) => {
                let cells = self.report.columns.get(column).map(|it| &it.cells);
                let mut texts = cells.into_iter().flat_map(|it| it.dictionary());
                texts.any(|(_, text)| **text == *value)
            }
            field => {
                let mut rows = 0..self.report.revisions.len();
                rows.any(|row| matches!(field.value(self, row), Cell::Text(_, it) if it == value))
            }
        };
        let literal = Literal::new(value);
        Ok(Literal {
            is_exact,
            ..literal
        })
    }

    /// `name = adam`, where no run is called so but `optimizer.name` is that: which one is meant?
    fn check_meant(self, name: &FieldName, value: &str) -> Result<(), FilterError> {
        if !ATTRIBUTES.contains(&name.text.as_str()) {
            return Ok(());
        }
        let has_value = |it: &&crate::model::Column| {
            let mut texts = it.cells.dictionary().iter();
            it.id.leaf() == name.text && texts.any(|(_, text)| text.eq_ignore_ascii_case(value))
        };
        let mut several: Vec<String> = vec![name.text.clone()];
        several.extend(
            self.report
                .columns
                .iter()
                .filter(has_value)
                .map(|it| it.id.full()),
        );
        match several.len() {
            1 => Ok(()),
            _ => Err(FilterError {
                at: name.at,
                fault: FilterFault::AmbiguousField(name.text.clone(), several),
            }),
        }
    }

    /// Whether a comparison can hold for anything: a text is never in the order of numbers.
    fn check(
        self,
        name: &FieldName,
        how: Comparison,
        literal: &Literal<'_>,
    ) -> Result<(), FilterError> {
        use Comparison::{Contains, ContainsNot, NotEqual};
        if matches!(how, Contains | ContainsNot | NotEqual) || literal.number.is_some() {
            return Ok(());
        }
        let text = literal.text.to_owned();
        let is_numbers = |column: usize| {
            let column = self.report.columns.get(column);
            let mut rows = 0..self.report.revisions.len();
            column.is_some_and(|it| {
                it.cells.dictionary().is_empty() && rows.any(|row| it.cells.number(row).is_some())
            })
        };
        let fault = match self.field(name)? {
            Field::Difference(_) => FilterFault::NoNumber(name.text.clone(), text),
            Field::Column(column) if is_numbers(column) => {
                FilterFault::NoNumber(name.text.clone(), text)
            }
            Field::Created if !text.starts_with(|it: char| it.is_ascii_digit()) => {
                FilterFault::NoDate(text)
            }
            _ => return Ok(()),
        };
        Err(FilterError { at: name.at, fault })
    }

    /// The field of a name. A column whose name is also an attribute's needs its file before it.
    fn field(self, name: &FieldName) -> Result<Field, FilterError> {
        let attribute = match name.text.as_str() {
            "name" => Some(Field::Name),
            "state" => Some(Field::State),
            "created" => Some(Field::Created),
            "executor" => Some(Field::Executor),
            "parent" => Some(Field::Parent),
            _ => None,
        };
        if let (Some(field), false) = (attribute, name.is_difference) {
            return Ok(field);
        }
        match self.report.find_called(&name.text) {
            Some(column) if name.is_difference => Ok(Field::Difference(column)),
            Some(column) => Ok(Field::Column(column)),
            None => Err(FilterError {
                at: name.at,
                fault: self.no_such_field(&name.text),
            }),
        }
    }

    fn no_such_field(self, name: &str) -> FilterFault {
        let full = |it: &crate::model::Column| it.id.full();
        let ends_so = |id: &String| {
            id.strip_suffix(name)
                .is_some_and(|before| before.ends_with(['.', ':', '/']))
        };
        let several: Vec<String> = self
            .report
            .columns
            .iter()
            .map(full)
            .filter(ends_so)
            .collect();
        if several.len() > 1 {
            return FilterFault::AmbiguousField(name.to_owned(), several);
        }
        let mut names = self.report.column_names();
        names.extend(ATTRIBUTES.map(str::to_owned));
        // Who wrote more of a name than tells it apart is met there, too.
        let ids = || self.report.columns.iter().map(|it| &it.id);
        names.extend(ids().map(|it| it.key()).chain(ids().map(|it| it.full())));
        let near = nearest(name, names.into_iter());
        FilterFault::UnknownField(name.to_owned(), near)
    }
}

impl Field {
    fn value<'a>(self, subject: Subject<'a>, row: usize) -> Cell<'a> {
        let report = subject.report;
        let Some(revision) = report.revisions.get(row) else {
            return Cell::Missing;
        };
        let text = |text: Option<&'a str>| match text {
            Some(text) => Cell::Text(TextKind::Plain, text),
            None => Cell::Missing,
        };
        match self {
            Self::Name => text(Some(revision.label())),
            Self::Created => text(revision.created.as_deref()),
            Self::Executor => text(revision.executor.as_deref()),
            Self::Parent => {
                let parent = revision.parent.and_then(|it| report.revisions.get(it));
                text(parent.map(|it| it.label()))
            }
            Self::State => text(Some(match revision.state {
                State::Ok => "ok",
                State::Failed(_) => "failed",
                State::Queued => "queued",
                State::Running => "running",
            })),
            Self::Column(column) => known(report, column, row),
            Self::Difference(column) => {
                let of = |row: usize| known(report, column, row).as_number();
                match (of(row), subject.baseline.and_then(of)) {
                    (Some(value), Some(base)) => Cell::Number(value - base),
                    _ => Cell::Missing,
                }
            }
        }
    }
}

/// A value as it was written, and the number that it may be.
#[derive(Clone, Copy)]
struct Literal<'a> {
    text: &'a str,
    number: Option<f64>,
    /// As a share of percent: `10.28%`, or the number alone.
    percent: Option<f64>,
    /// An integer that an `f64` may not hold.
    is_big: bool,
    /// Letters of the other case are others.
    is_exact: bool,
}

impl<'a> Literal<'a> {
    fn new(text: &'a str) -> Self {
        // People paste numbers with a true minus sign.
        let plain = text.replace('−', "-");
        let number = plain.parse().ok();
        let is_digits = text.bytes().all(|it| it.is_ascii_digit());
        Self {
            text,
            number,
            percent: percent(&plain).or(number),
            is_big: is_digits && number.is_some_and(|it: f64| it >= 9_007_199_254_740_992.0),
            is_exact: false,
        }
    }

    fn compares(&self, cell: Cell<'_>, how: Comparison) -> bool {
        let percents = match cell {
            Cell::Text(_, text) => percent(text).zip(self.percent),
            _ => None,
        };
        let order = match (cell, self.number) {
            (Cell::Missing, _) => return false,
            // Digits of any number compare as they are written.
            (Cell::Number(value), Some(_)) if self.is_big && value >= 0.0 => {
                Some(natural_order(&value.to_string(), self.text))
            }
            (Cell::Number(value), Some(number)) if value.is_nan() && number.is_nan() => {
                Some(Ordering::Equal)
            }
            (Cell::Number(value), Some(number)) => value.partial_cmp(&number),
            (Cell::Text(TextKind::BigInteger, text), Some(_))
                if self.is_big && !text.starts_with('-') =>
            {
                Some(natural_order(text, self.text))
            }
            (Cell::Text(TextKind::BigInteger, text), Some(number)) if text != self.text => text
                .parse::<f64>()
                .ok()
                .and_then(|it| it.partial_cmp(&number)),
            _ if let Some((a, b)) = percents => a.partial_cmp(&b),
            (Cell::Text(_, text), _) if !self.is_exact && text.eq_ignore_ascii_case(self.text) => {
                Some(Ordering::Equal)
            }
            // A percentage is a number: other texts are not in its order.
            (Cell::Text(..), None) if self.percent.is_some() => None,
            (Cell::Text(_, text), _) => Some(version_order(text, self.text)),
            (Cell::Number(_), None) => None,
        };
        let contains = || match cell {
            Cell::Missing => false,
            Cell::Number(value) => contains(&value.to_string(), self.text),
            Cell::Text(_, text) => contains(text, self.text),
        };
        match how {
            Comparison::Greater => order == Some(Ordering::Greater),
            Comparison::GreaterOrEqual => matches!(order, Some(it) if it.is_ge()),
            Comparison::Less => order == Some(Ordering::Less),
            Comparison::LessOrEqual => matches!(order, Some(it) if it.is_le()),
            Comparison::Equal => order == Some(Ordering::Equal),
            Comparison::NotEqual => order != Some(Ordering::Equal),
            Comparison::Contains => contains(),
            Comparison::ContainsNot => !contains(),
        }
    }
}

/// Which revisions have a word in their name, sha or message, or in one of their texts.
fn search(report: &Report, word: &str) -> Vec<bool> {
    let is_in = |text: Option<&str>| text.is_some_and(|text| contains(text, word));
    let mut found: Vec<bool> = report
        .revisions
        .iter()
        .map(|revision| {
            let is_sha = |sha: &str| word.len() >= 4 && starts_with(sha, word);
            let message = match &revision.state {
                State::Failed(message) => Some(message.as_str()),
                _ => None,
            };
            is_in(Some(revision.label()))
                || is_in(message)
                || revision.sha.as_deref().is_some_and(is_sha)
        })
        .collect();
    let ranked = Ranked::new(report);
    for (idx, column) in report.columns.iter().enumerate() {
        // Each distinct text is looked at once, however many rows have it.
        let hits: Vec<bool> = column
            .cells
            .dictionary()
            .iter()
            .map(|(kind, text)| match kind {
                TextKind::Hash => word.len() >= SHORTEST_HASH && starts_with(text, word),
                _ => contains(text, word),
            })
            .collect();
        if !hits.contains(&true) {
            continue;
        }
        let values = ranked.values(report, idx);
        for (row, found) in found.iter_mut().enumerate() {
            let code = values.code(row).map(|code| code as usize);
            *found |= code.and_then(|code| hits.get(code)).is_some_and(|it| *it);
        }
    }
    found
}

fn starts_with(text: &str, start: &str) -> bool {
    let head = text.as_bytes().get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
}

/// Whether a text has another in it, in ASCII letters of either case.
fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let Some((first, rest)) = part.split_first() else {
        return true;
    };
    let Some(n_starts) = (text.len() + 1).checked_sub(part.len()) else {
        return false;
    };
    let (small, large) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let starts = text[..n_starts].iter().enumerate();
    starts
        .filter(|(_, byte)| **byte == small || **byte == large)
        .any(|(from, _)| text[from + 1..from + part.len()].eq_ignore_ascii_case(rest))
}

/// The name that is closest to a mistyped one, if it is close at all.
pub fn nearest(name: &str, names: impl Iterator<Item = String>) -> Option<String> {
    const LONGEST: usize = 64;
    if name.len() > LONGEST {
        return None;
    }
    names
        .filter(|it| it.len() <= LONGEST)
        .map(|it| {
            let distance = match contains(&it, name) {
                true => 1,
                false => distance(name, &it),
            };
            (distance, it)
        })
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance <= (name.len() / 3).max(1))
        .map(|(_, it)| it)
}
