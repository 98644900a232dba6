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

/// Words that compare; a number follows them.
const COMPARING: [(&str, Comparison); 24] = [
    ("more than", Comparison::Greater),
    ("greater than", Comparison::Greater),
    ("larger than", Comparison::Greater),
    ("higher than", Comparison::Greater),
    ("above", Comparison::Greater),
    ("over", Comparison::Greater),
    ("at least", Comparison::GreaterOrEqual),
    ("less than", Comparison::Less),
    ("fewer than", Comparison::Less),
    ("smaller than", Comparison::Less),
    ("lower than", Comparison::Less),
    ("below", Comparison::Less),
    ("under", Comparison::Less),
    ("at most", Comparison::LessOrEqual),
    ("más de", Comparison::Greater),
    ("mayor que", Comparison::Greater),
    ("por encima de", Comparison::Greater),
    ("al menos", Comparison::GreaterOrEqual),
    ("como mínimo", Comparison::GreaterOrEqual),
    ("menos de", Comparison::Less),
    ("menor que", Comparison::Less),
    ("por debajo de", Comparison::Less),
    ("como mucho", Comparison::LessOrEqual),
    ("como máximo", Comparison::LessOrEqual),
];

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
    let how_at = |at: usize| sign(at).unwrap_or(Comparison::Equal);
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
        let setting = Setting {
            param: it.param,
            how: at.checked_sub(1).map_or(Comparison::Equal, how_at),
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
    if !settings.is_empty() {
        return Question::Settings(settings);
    }
    let mut numbers = (0..parts.len()).filter(|at| word(*at).is_some_and(is_number));
    match (numbers.next(), numbers.next(), varied) {
        (Some(at), None, Some(param)) => Question::Settings(vec![Setting {
            param,
            how: at.checked_sub(1).map_or(Comparison::Equal, how_at),
            value: word(at).unwrap_or_default().to_owned(),
        }]),
        (Some(_), Some(_), Some(param)) => Question::Several(param),
        _ => Question::Unclear,
    }
}

/// What is typed where the parameter is known: "60", "> 60".
pub fn value_of(param: usize, typed: &str) -> Setting {
    let typed = typed.trim();
    let (how, value) = leading_sign(typed).unwrap_or((Comparison::Equal, typed));
    Setting {
        param,
        how,
        value: value.trim().to_owned(),
    }
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

fn has_text(report: &Report, param: usize, word: &str) -> bool {
    let cells = report.columns.get(param).map(|it| it.cells.dictionary());
    let mut texts = cells.into_iter().flatten();
    texts.any(|(_, text)| text.eq_ignore_ascii_case(word))
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

/// Puts the sign in the place of words that compare: "more than 7".
fn compared(parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let mut compared = Vec::new();
    let mut rest = parts.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let found = COMPARING.iter().find_map(|(phrase, how)| {
            let n = phrase.split(' ').count();
            let (words, after) = rest.split_at_checked(n)?;
            let is_word = |(part, word): (&Part<'_>, &str)| match part {
                Part::Word(it) => it.to_lowercase() == word,
                Part::Is(_) => false,
            };
            let is_phrase = words.iter().zip(phrase.split(' ')).all(is_word);
            let has_number = matches!(after.first(), Some(Part::Word(it)) if is_number(it));
            (is_phrase && has_number).then_some((*how, after))
        });
        let (part, after) = match found {
            Some((how, after)) => (Part::Is(how), after),
            None => (*first, after),
        };
        compared.push(part);
        rest = after;
    }
    compared
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
mod tests {
    use super::*;
    use crate::analysis::testing::{Of, column, small};

    fn settings(of: &[(usize, &str)]) -> Question {
        let of = of.iter().map(|it| (it.0, Comparison::Equal, it.1));
        compares(&of.collect::<Vec<_>>())
    }

    fn compares(of: &[(usize, Comparison, &str)]) -> Question {
        let setting = |&(param, how, value): &(usize, Comparison, &str)| Setting {
            param,
            how,
            value: value.to_owned(),
        };
        Question::Settings(of.iter().map(setting).collect())
    }

    #[test]
    fn a_limit_is_no_value() {
        use Comparison::{Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        let report = small();
        let ask = |text: &str| question(&report, text, Some(0));
        for (text, how) in [
            ("C > 60", Greater),
            ("C>60?", Greater),
            ("60 < C", Greater),
            ("> 60", Greater),
            ("did you try C above 60", Greater),
            ("did you try more than 60 C?", Greater),
            ("C >= 60", GreaterOrEqual),
            ("C ≥ 60", GreaterOrEqual),
            ("¿habéis probado C de al menos 60?", GreaterOrEqual),
            ("train.C < 60", Less),
            ("C <= 60", LessOrEqual),
            ("C != 60", NotEqual),
        ] {
            assert_eq!(ask(text), compares(&[(0, how, "60")]), "{text}");
        }
        let range = compares(&[(0, Greater, "5"), (0, Less, "60")]);
        for text in ["5 < C < 60", "C > 5 and C < 60"] {
            assert_eq!(ask(text), range, "{text}");
        }
        assert_eq!(ask("C == 60"), settings(&[(0, "60")]));
        assert_eq!(ask("C > 5 and C = 60"), Question::Several(0));
        let none = Question::NoSuchParam("epochs".to_owned(), None);
        assert_eq!(ask("epochs >= 8"), none);
        let typed = |text: &str| Question::Settings(vec![value_of(0, text)]);
        assert_eq!(typed(" 60 "), settings(&[(0, "60")]));
        assert_eq!(typed(">= 60"), compares(&[(0, GreaterOrEqual, "60")]));
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
    fn a_question_may_name_a_parameter_as_the_team_does() {
        let mut report = small();
        let name =
            |key: &str, name: &str| (key.to_owned(), crate::model::Lang::Es, name.to_owned());
        report.settings.names = vec![
            name("train.C", "Fuerza de regularización"),
            name("accuracy", "exactitud"),
        ];
        let ask = |text: &str| question(&report, text, None);
        let c = settings(&[(0, "60")]);
        assert_eq!(ask("¿habéis probado fuerza de regularización = 60?"), c);
        assert_eq!(ask("Fuerza de Regularización 60"), c);
        let none = Question::NoSuchParam("exactitud".to_owned(), None);
        assert_eq!(ask("exactitud = 60"), none);
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
