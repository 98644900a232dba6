//! The words of a question, and what they say of a value: "more than 7", "7 or more", "between 5
//! and 7", "no más de 20".

use crate::analysis::filter::Comparison;

/// Words that compare; "than", "que" or the like and a number follow them.
pub(super) const COMPARING: [(Comparison, &str); 6] = [
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
pub(super) const NOT: &str = " not no never nor without except nunca ni sin salvo excepto ";

/// A word of the question, or what says that the value follows.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Part<'a> {
    Word(&'a str),
    Is(Comparison),
}

/// Whether a list of words, with this between them, has one.
pub(super) fn has_word(list: &str, between: char, word: &str) -> bool {
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
pub(super) fn turned(how: Comparison) -> Comparison {
    match how {
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        same => same,
    }
}

/// The number that a text is, with a point or a comma. A comma parts thousands where it can't part a
/// fraction: there are several, a point follows, or the three digits behind it end in 0 ("10,000").
/// Of "1,234" nobody knows.
pub fn number_of(text: &str) -> Option<f64> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, _)) => (whole, true),
        None => (text, false),
    };
    let mut groups = whole.trim_start_matches(['+', '-']).split(',');
    let is_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let is_first = (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0');
    let n_more = groups.clone().count();
    if is_first && n_more > 0 && groups.all(|it| it.len() == 3 && is_digits(it)) {
        let is_clear = fraction || n_more > 1 || whole.ends_with('0');
        return text.replace(',', "").parse().ok().filter(|_| is_clear);
    }
    text.replace(',', ".").parse().ok()
}

/// Whether a text has a number's digits and commas but may be this number or that, or none.
pub(super) fn is_unclear(text: &str) -> bool {
    let is_part = |it: u8| it.is_ascii_digit() || b".,+-".contains(&it);
    text.contains(',') && text.bytes().all(is_part) && number_of(text).is_none()
}

pub(super) fn is_number(text: &str) -> bool {
    text.bytes().any(|it| it.is_ascii_digit()) && number_of(text).is_some()
}

/// The words of a question. A comma is part of a number where a digit follows, and so is the point
/// of ".5".
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut start, mut skip_to) = (0, 0);
    let word = |from: usize, to: usize| {
        const AROUND: [char; 4] = ['.', ',', '(', ')'];
        let word = text.get(from..to).unwrap_or_default();
        let word = word.trim_end_matches(AROUND);
        let inner = word.trim_start_matches(AROUND);
        let before = word.strip_suffix(inner).unwrap_or_default();
        let is_fraction = inner.starts_with(|it: char| it.is_ascii_digit())
            && before.ends_with(['.', ','])
            && !before.ends_with("..");
        let word = match is_fraction {
            true => word.get(before.len() - 1..).unwrap_or_default(),
            false => inner,
        };
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
pub(in crate::analysis) fn is_typed(text: &str, typed: &str) -> bool {
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
