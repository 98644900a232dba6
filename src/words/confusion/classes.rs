use std::collections::BTreeSet;

use crate::{
    model::{Lang, MatrixKind, Settings},
    words::{
        metric::{capitalised, is_bare},
        number,
    },
};

/// What classes and samples are called.
#[derive(Clone, Copy, Debug)]
pub struct ClassWords<'a> {
    /// The team's nouns.
    pub settings: &'a Settings,
    /// What the numbers count.
    pub kind: MatrixKind,
}

impl<'a> ClassWords<'a> {
    /// The team's nouns, for numbers of this kind.
    pub fn new(settings: &'a Settings, kind: MatrixKind) -> Self {
        Self { settings, kind }
    }

    /// The class as the object of a sentence: "power forwards", "a power forward" of one, "PF"
    /// where it has no noun, "class 8" where it would be read as how many. Spanish goes without an
    /// article.
    pub fn taken_for(&self, label: &str, n: f64, lang: Lang) -> String {
        let Some(noun) = self.settings.class_noun(label, lang) else {
            return match (is_bare(label), lang) {
                (true, Lang::En) => format!("class {}", shown_label(label)),
                (true, Lang::Es) => format!("clase {}", shown_label(label)),
                (false, _) => shown_label(label),
            };
        };
        match (lang, n == 1.0) {
            (_, false) => noun.many.clone(),
            (Lang::Es, true) => noun.one.clone(),
            (Lang::En, true) => format!("{} {}", article(&noun.one), noun.one),
        }
    }

    /// The class in the plural, standing alone: "small forwards", else "SF".
    pub fn many(&self, label: &str, lang: Lang) -> String {
        self.taken_for(label, 2.0, lang)
    }

    /// The same after "of": Spanish has an article before "clase".
    pub(super) fn whole(&self, label: &str, lang: Lang) -> String {
        let many = self.many(label, lang);
        match lang == Lang::Es && self.is_number(label, lang) {
            true => format!("la {many}"),
            false => many,
        }
    }

    /// The same at the start of a heading. A label stays as it is: its case may tell it from others.
    pub(super) fn title(&self, label: &str, lang: Lang) -> String {
        let many = self.many(label, lang);
        let is_word = self.settings.class_noun(label, lang).is_some() || is_bare(label);
        match is_word {
            true => capitalised(&many),
            false => many,
        }
    }

    fn is_number(&self, label: &str, lang: Lang) -> bool {
        is_bare(label) && self.settings.class_noun(label, lang).is_none()
    }

    /// The class in the singular without an article: "small forward"; `None` without a noun.
    pub fn one(&self, label: &str, lang: Lang) -> Option<String> {
        Some(self.settings.class_noun(label, lang)?.one.clone())
    }

    /// The members of a class, to stand after a number: "small forwards", else "samples of SF".
    pub(super) fn members(&self, label: &str, lang: Lang) -> String {
        match self.settings.class_noun(label, lang) {
            Some(noun) => noun.many.clone(),
            None => format!(
                "{} {} {}",
                self.samples(lang),
                of(lang),
                self.whole(label, lang)
            ),
        }
    }

    /// "of the 36 samples of SF", where that is all of them: whether a team's noun is masculine in
    /// Spanish is not known, so that it gets no article.
    pub(super) fn all_of(&self, n: f64, members: &str, lang: Lang) -> String {
        let of = self.amount(n, lang);
        let is_counted = n > 1.0 && self.kind == MatrixKind::Counts;
        match lang {
            Lang::En => format!("of {of} {members}"),
            Lang::Es if !is_counted => format!("de {of} {members}"),
            Lang::Es if members.starts_with("muestras ") => format!("de las {of} {members}"),
            Lang::Es => format!("de un total de {of} {members}"),
        }
    }

    /// The members of two classes, to stand after a number.
    pub(super) fn members_of_both(&self, first: &str, second: &str, lang: Lang) -> String {
        let noun = |label: &str| self.settings.class_noun(label, lang);
        let pair = [self.many(first, lang), self.many(second, lang)];
        let pair = number::list(&pair, lang);
        let are_numbers = self.is_number(first, lang) && self.is_number(second, lang);
        match (noun(first), noun(second)) {
            (Some(_), Some(_)) => pair,
            _ if are_numbers => {
                let labels = [first, second].map(shown_label);
                let labels = number::list(&labels, lang);
                let classes = match lang {
                    Lang::En => "of classes",
                    Lang::Es => "de las clases",
                };
                format!("{} {classes} {labels}", self.samples(lang))
            }
            _ => format!("{} {} {pair}", self.samples(lang), of(lang)),
        }
    }

    /// Samples in the plural: "players", else "samples".
    pub fn samples(&self, lang: Lang) -> String {
        match (self.settings.sample_noun(lang), lang) {
            (Some(noun), _) => noun.many.clone(),
            (None, Lang::En) => "samples".to_owned(),
            (None, Lang::Es) => "muestras".to_owned(),
        }
    }

    /// A cell's number, as [`amount`] writes it.
    pub fn amount(&self, value: f64, lang: Lang) -> String {
        amount(self.kind, value, lang)
    }
}

/// A number of a matrix: a count, a weight in as few digits as tell it, or a percentage.
pub fn amount(kind: MatrixKind, value: f64, lang: Lang) -> String {
    match kind {
        MatrixKind::Counts => number::integer(value, lang),
        MatrixKind::Weighted => number::value(value, 5, lang),
        MatrixKind::NormalisedByRow
        | MatrixKind::NormalisedByColumn
        | MatrixKind::NormalisedByAll => number::percent(value, 1, lang),
    }
}

/// As much of a label as there is room for. Neighbours begin alike, so its end tells more.
pub fn clipped(label: &str, n_fit: usize) -> String {
    let n = label.chars().count();
    match n > n_fit {
        true => format!("…{}", label.chars().skip(n + 1 - n_fit).collect::<String>()),
        false => label.to_owned(),
    }
}

/// As much of each label as there is room for: cut in the middle, as both ends tell something; at
/// the start where that tells more of them apart.
pub fn apart(labels: &[String], n_fit: usize) -> Vec<String> {
    let n_end = n_fit / 2;
    let cut = |label: &String| {
        let n = label.chars().count();
        if n <= n_fit {
            return label.clone();
        }
        let start: String = label
            .chars()
            .take(n_fit.saturating_sub(n_end + 1))
            .collect();
        let end: String = label.chars().skip(n - n_end).collect();
        format!("{}…{}", start.trim_end(), end.trim_start())
    };
    let n_distinct = |labels: &[String]| labels.iter().collect::<BTreeSet<_>>().len();
    let middle: Vec<String> = labels.iter().map(cut).collect();
    let ends: Vec<String> = labels.iter().map(|it| clipped(it, n_fit)).collect();
    match n_distinct(&middle) < n_distinct(&ends) {
        true => ends,
        false => middle,
    }
}

/// A label as sentences and headings show it: no control characters, not longer than 60 characters,
/// quoted where there is nothing to see, isolated where it would turn the text around it.
pub fn shown_label(label: &str) -> String {
    const MAX_CHARS: usize = 60;
    let is_control = |c: char| c.is_control() || is_direction_mark(c);
    let text: String = clipped(label, MAX_CHARS)
        .chars()
        .map(|c| if is_control(c) { '\u{fffd}' } else { c })
        .collect();
    if !text.chars().any(is_visible) {
        return format!("“{text}”");
    }
    match text.chars().any(is_right_to_left) {
        true => format!("\u{2068}{text}\u{2069}"),
        false => text,
    }
}

/// Characters that only say which way text runs.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_visible(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Hebrew, Arabic and their neighbours.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn of(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "of",
        Lang::Es => "de",
    }
}

/// "a" or "an", by the first letters: right for most nouns, wrong for a few ("hour").
fn article(noun: &str) -> &'static str {
    const CONSONANT_SOUND: [&str; 5] = ["eu", "one", "uni", "use", "ut"];
    let lower = noun.to_ascii_lowercase();
    let is_vowel = lower.starts_with(['a', 'e', 'i', 'o', 'u']);
    let is_consonant_sound = CONSONANT_SOUND.iter().any(|it| lower.starts_with(it));
    if is_vowel && !is_consonant_sound {
        "an"
    } else {
        "a"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_shown_so_that_they_cannot_mislead() {
        let long = "x".repeat(5000);
        let cases = [
            ("SF", "SF"),
            ("", "“”"),
            ("  ", "“  ”"),
            ("\u{200d}", "“\u{200d}”"),
            ("a\nb\0", "a\u{fffd}b\u{fffd}"),
            ("evil\u{202e}gpj.exe", "evil\u{fffd}gpj.exe"),
            ("שלום", "\u{2068}שלום\u{2069}"),
            ("<b>x</b>", "<b>x</b>"),
        ];
        for (label, expected) in cases {
            assert_eq!(shown_label(label), expected, "{label:?}");
        }
        assert_eq!(shown_label(&long).chars().count(), 60);
    }

    #[test]
    fn what_tells_labels_apart_is_left_of_them() {
        assert_eq!(clipped("grp008/class 43", 11), "…8/class 43");
        assert_eq!(clipped("C", 11), "C");
        assert_eq!(clipped("abcdef", 2), "…f");
        let long = |end: &str| shown_label(&format!("{}{end}", "x".repeat(330)));
        assert_ne!(long("a"), long("b"));
    }

    #[test]
    fn labels_are_cut_in_the_middle_unless_that_is_where_they_differ() {
        let cut = |labels: [&str; 2]| apart(&labels.map(str::to_owned), 11);
        assert_eq!(
            cut(["Aprobada por el comité", "Otros"]),
            ["Aprob…omité", "Otros"]
        );
        let groups = ["grp007/class 43", "grp008/class 43"];
        assert_eq!(cut(groups), ["…7/class 43", "…8/class 43"]);
    }

    #[test]
    fn articles_follow_the_sound() {
        let nouns = [
            "apple",
            "user",
            "unicorn",
            "umpire",
            "European",
            "one-eyed cat",
            "guard",
        ];
        let articles = nouns.map(article);
        assert_eq!(articles, ["an", "a", "a", "an", "a", "a", "a"]);
    }
}
