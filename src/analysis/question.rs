//! A question in plain words: "did you try C = 60 and solver = saga?", "¿y saga?".

use crate::model::{ColumnKind, Report, nearest};

/// What a question asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Parameters, each with a value.
    Settings(Vec<(usize, String)>),
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

/// A word of the question, or what says that the value follows.
#[derive(Clone, Copy, PartialEq)]
enum Part<'a> {
    Word(&'a str),
    Equals,
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
    let is_equals = |at: usize| parts.get(at) == Some(&Part::Equals);
    let named = named(report, &parts);
    let name_at = |at: usize| named.iter().find(|it| it.from <= at && at < it.to);
    let is_value = |param: usize, at: usize| {
        word(at).is_some_and(|it| is_number(it) || has_text(report, param, it))
    };
    // Places of values that belong to a name already.
    let mut taken: Vec<usize> = Vec::new();
    let mut settings: Vec<(usize, String)> = Vec::new();
    for (idx, it) in named.iter().enumerate() {
        let next = named.get(idx + 1).map_or(parts.len(), |it| it.from);
        let stated = is_equals(it.to).then_some(it.to + 1);
        let after = (it.to..next).find(|at| is_value(it.param, *at));
        // "60 epochs", unless it is another's.
        let before = it.from.checked_sub(1);
        let before = before.filter(|at| word(*at).is_some_and(is_number) && !taken.contains(at));
        let beside = Some(it.to).filter(|at| *at < next && word(*at).is_some_and(is_telling));
        let found = stated.filter(|at| *at < next && word(*at).is_some());
        let found = found.or(after).or(before).or(beside);
        let Some((at, value)) = found.and_then(|at| Some((at, word(at)?))) else {
            continue;
        };
        taken.push(at);
        match settings.iter().find(|other| other.0 == it.param) {
            Some((_, known)) if known == value => {}
            Some(_) => return Question::Several(it.param),
            None => settings.push((it.param, value.to_owned())),
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
        if let (true, Some((param, _))) = (is_alone, settings.last()) {
            return Question::Several(*param);
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
            Some(param) if settings.iter().any(|it| it.0 == param) => {
                return Question::Several(param);
            }
            Some(param) => settings.push((param, text.to_owned())),
            None => {}
        }
    }
    if !settings.is_empty() {
        return Question::Settings(settings);
    }
    let mut numbers = (0..parts.len()).filter_map(word).filter(|it| is_number(it));
    match (numbers.next(), numbers.next(), varied) {
        (Some(number), None, Some(param)) => Question::Settings(vec![(param, number.to_owned())]),
        (Some(_), Some(_), Some(param)) => Question::Several(param),
        _ => Question::Unclear,
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

fn has_text(report: &Report, param: usize, word: &str) -> bool {
    let cells = report.columns.get(param).map(|it| it.cells.dictionary());
    let mut texts = cells.into_iter().flatten();
    texts.any(|(_, text)| text.eq_ignore_ascii_case(word))
}

/// The words of a question. A comma is part of a number where a digit follows.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let word = |from: usize, to: usize| {
        let word = text.get(from..to).unwrap_or_default();
        let word = word.trim_matches(['.', ',', '(', ')']);
        (!word.is_empty()).then_some(Part::Word(word))
    };
    for (at, char) in text.char_indices() {
        let end = at + char.len_utf8();
        let rest = text.get(end..).unwrap_or_default();
        let is_in_number = char == ',' && rest.starts_with(|it: char| it.is_ascii_digit());
        if is_in_number || !(char.is_whitespace() || "=,:?¿!¡;&\"'«»“”".contains(char)) {
            continue;
        }
        parts.extend(word(start, at));
        start = end;
        let is_colon = char == ':' && (rest.is_empty() || rest.starts_with([' ', '\u{a0}']));
        let is_equals = char == '=' || is_colon;
        if is_equals && parts.last() != Some(&Part::Equals) {
            parts.push(Part::Equals);
        }
    }
    parts.extend(word(start, text.len()));
    parts
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
            Part::Equals => None,
        });
        let words: Vec<&str> = words.take(4).collect();
        let found = (1..=words.len()).rev().find_map(|n| {
            let words = words.get(..n)?;
            let is_around = words.iter().all(|it| !is_telling(it));
            // A parameter may be called "a": it is where a value is said of it.
            if is_around && parts.get(from + n) != Some(&Part::Equals) {
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
    exact.or_else(|| params(report).find(|it| is_called(it, lower)))
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
mod tests {
    use super::*;
    use crate::analysis::testing::{Of, column, small};

    fn settings(of: &[(usize, &str)]) -> Question {
        Question::Settings(of.iter().map(|it| (it.0, it.1.to_owned())).collect())
    }

    #[test]
    fn a_question_is_understood_in_plain_words() {
        let report = small();
        let ask = |text: &str| question(&report, text, Some(0));
        for text in [
            "did you try C=60?",
            "C 60",
            "train.C: 60",
            "params.yaml:train.C = 60",
            "¿Probasteis c = 60?",
            "60?",
            "and with C, say, 60.",
            "60 C",
        ] {
            assert_eq!(ask(text), settings(&[(0, "60")]), "{text}");
        }
        assert_eq!(ask("solver saga"), settings(&[(1, "saga")]));
        assert_eq!(ask("did anybody try SAGA?"), settings(&[(1, "SAGA")]));
        assert_eq!(ask("C = 0,5"), settings(&[(0, "0,5")]));
        assert_eq!(ask("solver = lion"), settings(&[(1, "lion")]));
        assert_eq!(ask("solver lion"), settings(&[(1, "lion")]));
        for text in ["", "did you try it?", "C", "C ="] {
            assert_eq!(ask(text), Question::Unclear, "{text}");
        }
        assert_eq!(question(&report, "60", None), Question::Unclear);
    }

    #[test]
    fn each_half_of_a_question_counts() {
        let report = small();
        let ask = |text: &str| question(&report, text, Some(0));
        let both = settings(&[(0, "60"), (1, "saga")]);
        for text in [
            "C=60 and solver=saga",
            "C=60,solver=saga",
            "did you try C 60 with SOLVER saga",
            "C = 60 and saga",
        ] {
            assert_eq!(ask(text), both, "{text}");
        }
        for text in ["C = 60 or 120", "C=60 and C=120", "60 and 120?"] {
            assert_eq!(ask(text), Question::Several(0), "{text}");
        }
    }

    #[test]
    fn what_no_parameter_is_called_is_never_taken_for_another() {
        let mut report = small();
        let n = [Of::N(1.0); 6];
        let batch = column("params.yaml", "train.batch_size", ColumnKind::Param, &n);
        report.columns.push(batch);
        let at = report.columns.len() - 1;
        let ask = |text: &str| question(&report, text, Some(0));
        for text in [
            "batch size 48",
            "batch-size = 48",
            "Batch_Size: 48",
            "with a batch size of 48",
        ] {
            assert_eq!(ask(text), settings(&[(at, "48")]), "{text}");
        }
        let none = |name: &str, near| Question::NoSuchParam(name.to_owned(), near);
        assert_eq!(ask("D=60"), none("D", Some(0)));
        assert_eq!(ask("gamma 0.1"), none("gamma", None));
        assert_eq!(ask("gamma = auto"), none("gamma", None));
        assert_eq!(ask("60 epochs"), none("epochs", None));
        assert_eq!(ask("C=60 and max_iter=500"), none("max_iter", None));
        assert_eq!(ask("did you try solvr = saga"), none("solvr", Some(1)));
        assert_eq!(ask("learning rate 0.1"), none("learning rate", None));
    }
}
