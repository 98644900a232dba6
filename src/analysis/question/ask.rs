use super::parts::{
    COMPARING, NOT, Part, has_word, is_number, is_typed, is_unclear, parts, turned,
};
use crate::{
    analysis::{filter::Comparison, tried::Setting},
    model::{ColumnKind, Report, nearest},
};

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

/// Words that change what is asked. Where one is left over, the question was not understood.
const CHANGING: &str = " or o u between entre than exactly bigger up upwards arriba abajo most least \
    mínimo máximo max min ";

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
    let is_known = |text: &str| params(report).any(|it| has_text(report, it, text));
    if (0..parts.len()).any(|at| word(at).is_some_and(|it| is_unclear(it) && !is_known(it))) {
        return Question::Unclear;
    }
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
    if (is_unclear(value) || !has_texts(report, param)) && !is_number(value) {
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
