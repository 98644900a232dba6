//! A question in plain words: "did you try C = 60 and solver = saga?", "¿y saga?".

use super::{filter::Comparison, tried::Setting};
use crate::model::{ColumnKind, Report, nearest};

/// What a question asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Parameters, each with a value or a limit.
    Settings(Vec<Setting>),
    /// A value of something that is no parameter; the parameter with the nearest name.
    NoSuchParam(String, Option<usize>),
    /// More than one value of a parameter.
    Several(usize),
    /// Nothing that names a parameter and a value.
    Unclear,
}

/// Words that stand around a question, and are neither a parameter nor a value of one.
const AROUND: &str = " a about all already an and any anybody anyone are around as at be been but \
    by can check could did do does done ever for from get give go gone had has have how i if in is it \
    just like maybe me more not now of ok on one or out please run runs say set show so some than \
    that the them then there these they this those to tried try trying us use used using value values \
    was we were what when where which who why will with would yet you \
    ¿ al algo alguien algún alguna alguno aún con cuando de del digamos el ella en era es esa ese eso \
    esta este esto estos fue ha habéis hace han has hay he hemos hizo la las lo los me mi no nos o \
    para pero poner por probado probamos probaron probaste probasteis probó pusiste que qué se sea \
    ser si sí sin su también tiene un una unos usa usado usó valor valores vez vosotros y ya ";

/// Words that compare; "than", "que" or the like and a number follow them.
const COMPARING: [(Comparison, &str); 6] = [
    (
        Comparison::Greater,
        "more|greater|larger|higher|bigger|above|over|más|mayor|mayores|superior|superiores|\
         por encima",
    ),
    (
        Comparison::Less,
        "less|fewer|smaller|lower|below|under|menos|menor|menores|inferior|inferiores|por debajo",
    ),
    (
        Comparison::GreaterOrEqual,
        "at least|al menos|por lo menos|como mínimo|a partir|desde",
    ),
    (
        Comparison::LessOrEqual,
        "at most|up|until|como mucho|como máximo|a lo sumo|hasta",
    ),
    (
        Comparison::NotEqual,
        "different|other|distinto|distinta|diferente",
    ),
    (Comparison::Equal, "equal|equals|igual|iguales"),
];

/// What may stand between those and the number.
const THAN: &str = " than to from of que de a ";

/// What turns the rest around.
const NOT: &str = " not no never nor without except nunca ni sin salvo excepto ";

/// Words that change what is asked. Where one is left over, the question was not understood.
const CHANGING: &str = " or o u between entre than exactly bigger up upwards arriba abajo most least \
    mínimo máximo max min ";

/// A word of the question, or what says that the value follows.
#[derive(Clone, Copy, PartialEq)]
enum Part<'a> {
    Word(&'a str),
    Is(Comparison),
}

/// Words that name a parameter: first, and the one after the last.
struct Named {
    param: usize,
    from: usize,
    to: usize,
}

/// The parameters and values of a question. Spaces in a name may be underscores or hyphens. A value
/// alone is one of the parameter that has such a text, else of `varied`, where it is a number.
///
/// What is said of a name that no parameter has is never taken for another parameter's.
pub fn question(report: &Report, text: &str, varied: Option<usize>) -> Question {
    let parts = parts(text);
    let word = |at: usize| match parts.get(at) {
        Some(Part::Word(word)) => Some(*word),
        _ => None,
    };
    let sign = |at: usize| match parts.get(at) {
        Some(Part::Is(how)) => Some(*how),
        _ => None,
    };
    let is_equals = |at: usize| sign(at).is_some();
    let named = named(report, &parts);
    let name_at = |at: usize| named.iter().find(|it| it.from <= at && at < it.to);
    let is_value = |param: usize, at: usize| {
        word(at).is_some_and(|it| is_number(it) || has_text(report, param, it))
    };
    // Places of values that belong to a name already.
    let mut taken: Vec<usize> = Vec::new();
    let mut settings: Vec<Setting> = Vec::new();
    for (idx, it) in named.iter().enumerate() {
        let next = named.get(idx + 1).map_or(parts.len(), |it| it.from);
        // "5 < epochs < 9": what stands before the name is said the other way round.
        if let Some(at) = it.from.checked_sub(2)
            && let (Some(how), Some(value)) = (sign(at + 1), word(at).filter(|it| is_number(it)))
            && !taken.contains(&at)
        {
            taken.push(at);
            settings.push(Setting {
                param: it.param,
                how: turned(how),
                value: value.to_owned(),
            });
            if !is_equals(it.to) {
                continue;
            }
        }
        let stated = is_equals(it.to).then_some(it.to + 1);
        let after = (it.to..next).find(|at| is_value(it.param, *at));
        // "C exceeding 60": who knows.
        if let Some(after) = after
            && (it.to..after).any(|at| word(at).is_some_and(is_telling))
        {
            return Question::Unclear;
        }
        // "60 epochs", unless it is another's.
        let before = it.from.checked_sub(1);
        let before = before.filter(|at| word(*at).is_some_and(is_number) && !taken.contains(at));
        let beside = Some(it.to).filter(|at| {
            *at < next && word(*at).is_some_and(is_telling) && has_texts(report, it.param)
        });
        let found = stated.filter(|at| *at < next && word(*at).is_some());
        let found = found.or(after).or(before).or(beside);
        let Some(at) = found else {
            continue;
        };
        for (at, how, value) in limits(&parts, at) {
            taken.push(at);
            let setting = Setting {
                param: it.param,
                how,
                value: value.to_owned(),
            };
            // Two limits are a range; two values can't both be.
            let is_limit = |it: &Setting| it.how != Comparison::Equal;
            let mut others = settings.iter().filter(|other| other.param == it.param);
            let is_other = |other: &Setting| !(is_limit(other) && is_limit(&setting));
            if others.clone().any(|other| *other == setting) {
                continue;
            }
            if others.any(is_other) {
                return Question::Several(it.param);
            }
            settings.push(setting);
        }
    }
    // What else has a value: a name before "=", or beside a number.
    for at in 0..parts.len() {
        let is_free = |at: usize| name_at(at).is_none() && word(at).is_some_and(is_telling);
        let is_stated = is_equals(at);
        let is_alone = !taken.contains(&at) && word(at).is_some_and(is_number);
        if !(is_stated || is_alone) {
            continue;
        }
        let first = (0..at).rev().take_while(|it| is_free(*it)).take(3).last();
        let name = match first {
            Some(first) => Some(first..at),
            None if is_alone && is_free(at + 1) => Some(at + 1..at + 2),
            None => None,
        };
        if let Some(name) = name {
            let name: Vec<&str> = name.filter_map(word).collect();
            return no_such(report, &name.join(" "));
        }
        if let (true, Some(it)) = (is_alone, settings.last()) {
            return Question::Several(it.param);
        }
    }
    // Texts that one parameter alone may have.
    for at in 0..parts.len() {
        let Some(text) = word(at).filter(|it| !taken.contains(&at) && !is_number(it)) else {
            continue;
        };
        let mut with_it = params(report).filter(|it| has_text(report, *it, text));
        let found = with_it.next().filter(|_| name_at(at).is_none());
        match found {
            Some(param) if settings.iter().any(|it| it.param == param) => {
                return Question::Several(param);
            }
            Some(param) => settings.push(Setting {
                param,
                how: Comparison::Equal,
                value: text.to_owned(),
            }),
            None => {}
        }
    }
    if settings.is_empty() {
        let is_number = |at: &usize| word(*at).is_some_and(is_number);
        let numbers: Vec<usize> = (0..parts.len()).filter(is_number).collect();
        let (Some(first), Some(param)) = (numbers.first(), varied) else {
            return Question::Unclear;
        };
        let limits = limits(&parts, *first);
        if limits.len() < numbers.len() {
            return Question::Several(param);
        }
        settings.extend(limits.into_iter().map(|(_, how, value)| Setting {
            param,
            how,
            value: value.to_owned(),
        }));
        taken = numbers;
    }
    // "not C = 60", "C = 60 or saga": what is left over must not change what is asked.
    let is_changed = (0..parts.len()).any(|at| {
        let Some(word) = word(at).filter(|_| name_at(at).is_none() && !taken.contains(&at)) else {
            return false;
        };
        let next = parts.get(at + 1);
        let is_said = name_at(at + 1).is_some()
            || taken.contains(&(at + 1))
            || matches!(next, Some(Part::Is(_)));
        let is_comparing = |it: &(Comparison, &str)| has_word(it.1, '|', word);
        has_word(CHANGING, ' ', word)
            || COMPARING.iter().any(is_comparing)
            || (is_said && has_word(NOT, ' ', word))
    });
    match is_changed {
        true => Question::Unclear,
        false => Question::Settings(settings),
    }
}

/// What is asked where the parameter is known: "60", "> 60", "more than 60".
pub fn value_of(report: &Report, param: usize, typed: &str) -> Question {
    let typed = typed.trim();
    let parts = parts(typed);
    let (how, value) = match parts.as_slice() {
        _ if has_text(report, param, typed) => (Comparison::Equal, typed),
        [Part::Word(word)] => (Comparison::Equal, *word),
        [Part::Is(how), Part::Word(word)] => (*how, *word),
        _ => return question(report, typed, Some(param)),
    };
    if !is_number(value) && !has_texts(report, param) {
        return question(report, typed, Some(param));
    }
    Question::Settings(vec![Setting {
        param,
        how,
        value: value.to_owned(),
    }])
}

/// A value with what is said of it, and the limits that follow: "> 5 and < 60".
fn limits<'a>(parts: &[Part<'a>], first: usize) -> Vec<(usize, Comparison, &'a str)> {
    let how_at = |at: usize| match parts.get(at) {
        Some(Part::Is(how)) => Some(*how),
        _ => None,
    };
    let mut found = Vec::new();
    let mut at = first;
    while let Some(Part::Word(value)) = parts.get(at) {
        let how = at.checked_sub(1).and_then(how_at);
        found.push((at, how.unwrap_or(Comparison::Equal), *value));
        let is_joined =
            matches!(parts.get(at + 1), Some(Part::Word(it)) if has_word("and|y", '|', it));
        let next = at + 1 + usize::from(is_joined);
        let is_limit = |how: Option<Comparison>| how.is_some_and(|it| it != Comparison::Equal);
        let is_number = matches!(parts.get(next + 1), Some(Part::Word(it)) if is_number(it));
        if !(is_limit(how) && is_limit(how_at(next)) && is_number) {
            break;
        }
        at = next + 1;
    }
    found
}

/// Whether a list of words, with this between them, has one.
fn has_word(list: &str, between: char, word: &str) -> bool {
    let word = word.to_lowercase();
    list.split(between).any(|it| it.trim() == word)
}

/// A comparison that a text begins with, and what follows.
fn leading_sign(text: &str) -> Option<(Comparison, &str)> {
    let signs = Comparison::ALL.into_iter();
    let mut signs =
        signs.filter(|it| !matches!(it.1, Comparison::Contains | Comparison::ContainsNot));
    signs.find_map(|(sign, how)| Some((how, text.strip_prefix(sign)?)))
}

/// The same, seen from the other side.
fn turned(how: Comparison) -> Comparison {
    match how {
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        same => same,
    }
}

/// The number that a text is, with a point or a comma.
pub fn number_of(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok()
}

fn is_number(text: &str) -> bool {
    text.bytes().any(|it| it.is_ascii_digit()) && number_of(text).is_some()
}

/// Whether a word may be a name or a value: no number, and none of those around a question.
fn is_telling(word: &str) -> bool {
    let is_around = |it: &str| it == word.to_lowercase();
    !is_number(word) && !AROUND.split_whitespace().any(is_around)
}

fn params(report: &Report) -> impl Iterator<Item = usize> {
    report.columns_of(ColumnKind::Param).map(|(idx, _)| idx)
}

fn has_texts(report: &Report, param: usize) -> bool {
    let column = report.columns.get(param);
    column.is_some_and(|it| !it.cells.dictionary().is_empty())
}

fn has_text(report: &Report, param: usize, word: &str) -> bool {
    let cells = report.columns.get(param).map(|it| it.cells.dictionary());
    let mut texts = cells.into_iter().flatten();
    texts.any(|(_, text)| is_typed(text, word))
}

/// The words of a question. A comma is part of a number where a digit follows.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut start, mut skip_to) = (0, 0);
    let word = |from: usize, to: usize| {
        let word = text.get(from..to).unwrap_or_default();
        let word = word.trim_matches(['.', ',', '(', ')']);
        (!word.is_empty()).then_some(Part::Word(word))
    };
    for (at, char) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        // A list is one value: ["Rk", "Pos"].
        if at == start
            && let Some(list) = list_at(text.get(at..).unwrap_or_default())
        {
            parts.push(Part::Word(list));
            start = at + list.len();
            skip_to = start;
            continue;
        }
        let end = at + char.len_utf8();
        let rest = text.get(end..).unwrap_or_default();
        let is_in_number = char == ',' && rest.starts_with(|it: char| it.is_ascii_digit());
        let sign = leading_sign(text.get(at..).unwrap_or_default());
        let is_break = char.is_whitespace() || ",:?¿!¡;&\"'«»“”".contains(char);
        if is_in_number || !(is_break || sign.is_some()) {
            continue;
        }
        parts.extend(word(start, at));
        start = end;
        let is_colon = char == ':' && (rest.is_empty() || rest.starts_with([' ', '\u{a0}']));
        let how = match sign {
            Some((how, rest)) => {
                start = text.len() - rest.len();
                skip_to = start;
                Some(how)
            }
            None => is_colon.then_some(Comparison::Equal),
        };
        if let Some(how) = how
            && !matches!(parts.last(), Some(Part::Is(_)))
        {
            parts.push(Part::Is(how));
        }
    }
    parts.extend(word(start, text.len()));
    compared(parts)
}

/// A list or an object that a text begins with, with its brackets.
fn list_at(text: &str) -> Option<&str> {
    let closing = match text.as_bytes().first()? {
        b'[' => ']',
        b'{' => '}',
        _ => return None,
    };
    text.get(..text.find(closing)? + 1)
}

/// Whether a text is what was typed, in letters of either case; of lists, however they are spaced
/// and quoted.
pub(super) fn is_typed(text: &str, typed: &str) -> bool {
    let plain = |text: &str| text.replace(' ', "").replace('\'', "\"");
    let is_list = |it: &str| list_at(it).is_some();
    text.eq_ignore_ascii_case(typed)
        || (is_list(text) && is_list(typed) && plain(text).eq_ignore_ascii_case(&plain(typed)))
}

/// Puts the sign in the place of words that compare: "more than 7", "7 or more", "between 5 and 7".
fn compared(parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let mut compared: Vec<Part<'_>> = Vec::new();
    let mut rest = parts.as_slice();
    while let Some((first, after)) = rest.split_first() {
        if let Some((from, to, after)) = range(rest) {
            let is = [Comparison::GreaterOrEqual, Comparison::LessOrEqual].map(Part::Is);
            compared.extend([is[0], from, is[1], to]);
            rest = after;
            continue;
        }
        if let Some((how, after)) = comparison(rest) {
            // "C = more than 7" and "is: > 7" say it twice.
            compared.pop_if(|it| *it == Part::Is(Comparison::Equal));
            compared.push(Part::Is(how));
            rest = after;
            continue;
        }
        rest = after;
        if let (Part::Word(word), Some((how, after))) = (first, or_more(after))
            && is_number(word)
        {
            compared.pop_if(|it| *it == Part::Is(Comparison::Equal));
            compared.push(Part::Is(how));
            rest = after;
        }
        compared.push(*first);
    }
    compared
}

/// "between 5 and 7": both numbers, the smaller first, and what follows.
fn range<'a, 'b>(parts: &'b [Part<'a>]) -> Option<(Part<'a>, Part<'a>, &'b [Part<'a>])> {
    let [Part::Word(between), from, Part::Word(and), to, after @ ..] = parts else {
        return None;
    };
    let number = |it: &Part<'_>| match it {
        Part::Word(it) if is_number(it) => number_of(it),
        _ => None,
    };
    let is_range = |all: [&str; 2]| has_word(all[0], '|', between) && has_word(all[1], '|', and);
    let words = [["between|from", "and|to"], ["entre|de", "y|a"]];
    words.into_iter().any(is_range).then_some(())?;
    Some(match number(from)? <= number(to)? {
        true => (*from, *to, after),
        false => (*to, *from, after),
    })
}

/// Words that compare before a number: what they say, and the number with what follows.
fn comparison<'a, 'b>(parts: &'b [Part<'a>]) -> Option<(Comparison, &'b [Part<'a>])> {
    let negated = begins(parts, "not|no");
    let (mut how, mut rest) = compares(negated.unwrap_or(parts))?;
    let skip_than = |mut rest: &'b [Part<'a>]| {
        while let Some((Part::Word(word), after)) = rest.split_first()
            && has_word(THAN, ' ', word)
        {
            rest = after;
        }
        rest
    };
    rest = skip_than(rest);
    if let Some(after) = begins(rest, "or equal|o igual|o iguales|or equals") {
        how = or_equal(how)?;
        rest = skip_than(after);
    }
    if negated.is_some() {
        how = match how {
            Comparison::Greater => Comparison::LessOrEqual,
            Comparison::GreaterOrEqual => Comparison::Less,
            Comparison::Less => Comparison::GreaterOrEqual,
            Comparison::LessOrEqual => Comparison::Greater,
            Comparison::Equal => Comparison::NotEqual,
            _ => return None,
        };
    }
    matches!(rest.first(), Some(Part::Word(it)) if is_number(it)).then_some((how, rest))
}

/// "or more", after a number, and what follows.
fn or_more<'a, 'b>(parts: &'b [Part<'a>]) -> Option<(Comparison, &'b [Part<'a>])> {
    let (how, after) = compares(begins(parts, "or|o")?)?;
    Some((or_equal(how)?, after))
}

fn or_equal(how: Comparison) -> Option<Comparison> {
    match how {
        Comparison::Greater => Some(Comparison::GreaterOrEqual),
        Comparison::Less => Some(Comparison::LessOrEqual),
        _ => None,
    }
}

/// A word that compares at the beginning, and what follows.
fn compares<'a, 'b>(parts: &'b [Part<'a>]) -> Option<(Comparison, &'b [Part<'a>])> {
    let mut all = COMPARING.iter();
    all.find_map(|(how, phrases)| Some((*how, begins(parts, phrases)?)))
}

/// What follows one of some phrases.
fn begins<'a, 'b>(parts: &'b [Part<'a>], phrases: &str) -> Option<&'b [Part<'a>]> {
    phrases.split('|').find_map(|phrase| {
        let mut rest = parts;
        for word in phrase.split(' ') {
            let (first, after) = rest.split_first()?;
            rest = after;
            if !matches!(first, Part::Word(it) if it.to_lowercase() == word) {
                return None;
            }
        }
        Some(rest)
    })
}

/// The names of parameters in a question, from left to right: the longest first, and of two that
/// differ in case alone the one that is written so.
fn named(report: &Report, parts: &[Part<'_>]) -> Vec<Named> {
    let mut named = Vec::new();
    let mut from = 0;
    while from < parts.len() {
        let words = parts.get(from..).unwrap_or_default().iter();
        let words = words.map_while(|it| match it {
            Part::Word(word) => Some(*word),
            Part::Is(_) => None,
        });
        let words: Vec<&str> = words.take(4).collect();
        let found = (1..=words.len()).rev().find_map(|n| {
            let words = words.get(..n)?;
            let is_around = words.iter().all(|it| !is_telling(it));
            // A parameter may be called "a": it is where a value is said of it.
            if is_around && !matches!(parts.get(from + n), Some(Part::Is(_))) {
                return None;
            }
            Some((param_called(report, &words.join(" "))?, n))
        });
        match found {
            Some((param, n)) => {
                let to = from + n;
                named.push(Named { param, from, to });
                from = to;
            }
            None => from += 1,
        }
    }
    named
}

fn param_called(report: &Report, name: &str) -> Option<usize> {
    let is_called = |param: &usize, plain: fn(&str) -> String| {
        report.columns.get(*param).is_some_and(|it| {
            let key = plain(&it.id.key());
            let before = key.strip_suffix(&plain(name));
            before.is_some_and(|it| it.is_empty() || it.ends_with(['.', ':', '/']))
        })
    };
    let spaced = |text: &str| text.replace(['_', '-'], " ");
    let lower = |text: &str| text.replace(['_', '-', ' '], "").to_lowercase();
    let exact = params(report).find(|it| is_called(it, spaced));
    let called = exact.or_else(|| params(report).find(|it| is_called(it, lower)));
    let is_param = |it: &usize| params(report).any(|param| param == *it);
    called.or_else(|| report.find_called(name).filter(is_param))
}

fn no_such(report: &Report, name: &str) -> Question {
    let leaves: Vec<(usize, &str)> = params(report)
        .filter_map(|it| Some((it, report.columns.get(it)?.id.leaf())))
        .collect();
    let written = name.replace(' ', "_");
    let last = name.rsplit(' ').next().unwrap_or(name);
    let near = [written.as_str(), last].into_iter().find_map(|name| {
        let near = nearest(name, leaves.iter().map(|it| it.1))?;
        leaves.iter().find(|it| it.1 == near).map(|it| it.0)
    });
    Question::NoSuchParam(name.to_owned(), near)
}

#[cfg(test)]
#[path = "question_tests.rs"]
mod tests;
