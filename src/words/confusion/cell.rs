use super::ClassWords;
use crate::{
    model::{Lang, MatrixKind},
    words::{Say, number, verdict::Baseline},
};

/// What a cell says: "14 of 36 small forwards are taken for power forwards, 12 on master".
#[derive(Clone, Copy, Debug)]
pub struct CellSentence<'a> {
    /// What classes and samples are called.
    pub words: ClassWords<'a>,
    /// Label of what it was.
    pub actual: &'a str,
    /// Label of what the model said; the same one means "recognised".
    pub predicted: &'a str,
    /// The cell's number.
    pub count: f64,
    /// The number of the actual class.
    pub of: f64,
    /// The same on the baseline.
    pub before: Option<Before<'a>>,
}

/// The baseline's numbers for one sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Before<'a> {
    /// What the baseline is called.
    pub baseline: &'a str,
    /// Its number.
    pub count: f64,
    /// Of how many.
    pub of: f64,
}

impl Say for CellSentence<'_> {
    fn say(&self, lang: Lang) -> String {
        let sentence = match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        };
        let before = self.before.map(|it| self.before(it, lang));
        sentence + &before.unwrap_or_default()
    }
}

impl CellSentence<'_> {
    fn en(&self) -> String {
        let lang = Lang::En;
        let count = self.words.amount(self.count, lang);
        let (actual, predicted) = (
            self.words.many(self.actual, lang),
            self.words.many(self.predicted, lang),
        );
        let is_right = self.actual == self.predicted;
        match (self.words.kind, is_right) {
            (MatrixKind::Counts | MatrixKind::Weighted, _) if self.of == 0.0 => {
                format!("There are no {}", self.words.members(self.actual, lang))
            }
            (MatrixKind::Counts | MatrixKind::Weighted, true) => {
                let (of, are) = (self.of(lang), self.are());
                format!("{count} {of} {are} recognised")
            }
            (MatrixKind::Counts | MatrixKind::Weighted, false) => {
                let (of, are) = (self.of(lang), self.are());
                let predicted = self.words.taken_for(self.predicted, self.count, lang);
                format!("{count} {of} {are} taken for {predicted}")
            }
            (MatrixKind::NormalisedByRow, true) => format!("{count} of {actual} are recognised"),
            (MatrixKind::NormalisedByRow, false) => {
                format!("{count} of {actual} are taken for {predicted}")
            }
            (MatrixKind::NormalisedByColumn, true) => {
                format!("{count} of those called {predicted} are right")
            }
            (MatrixKind::NormalisedByColumn, false) => {
                format!("{count} of those called {predicted} are {actual}")
            }
            (MatrixKind::NormalisedByAll, true) => {
                format!("{count} of all are {actual} that are recognised")
            }
            (MatrixKind::NormalisedByAll, false) => {
                format!("{count} of all are {actual} taken for {predicted}")
            }
        }
    }

    fn es(&self) -> String {
        let lang = Lang::Es;
        let count = self.words.amount(self.count, lang);
        let (actual, predicted) = (
            self.words.many(self.actual, lang),
            self.words.many(self.predicted, lang),
        );
        let is_right = self.actual == self.predicted;
        match (self.words.kind, is_right) {
            (MatrixKind::Counts | MatrixKind::Weighted, _) if self.of == 0.0 => {
                format!("No hay {}", self.words.members(self.actual, lang))
            }
            (MatrixKind::Counts | MatrixKind::Weighted, true) => {
                format!(
                    "{count} {} {} bien",
                    self.of(lang),
                    self.se("reconoce", "reconocen")
                )
            }
            (MatrixKind::Counts | MatrixKind::Weighted, false) => {
                let predicted = self.words.taken_for(self.predicted, self.count, lang);
                format!(
                    "{count} {} {} por {predicted}",
                    self.of(lang),
                    self.se("toma", "toman")
                )
            }
            (MatrixKind::NormalisedByRow, true) => {
                format!(
                    "De {}, el {count} se reconoce bien",
                    self.words.whole(self.actual, lang)
                )
            }
            (MatrixKind::NormalisedByRow, false) => {
                format!(
                    "De {}, el {count} se toma por {predicted}",
                    self.words.whole(self.actual, lang)
                )
            }
            (MatrixKind::NormalisedByColumn, true) => {
                format!("De lo que se toma por {predicted}, el {count} acierta")
            }
            (MatrixKind::NormalisedByColumn, false) => {
                format!("De lo que se toma por {predicted}, el {count} son {actual}")
            }
            (MatrixKind::NormalisedByAll, true) => {
                format!("Del total, el {count} son {actual} que se reconocen bien")
            }
            (MatrixKind::NormalisedByAll, false) => {
                format!("Del total, el {count} son {actual} que se toman por {predicted}")
            }
        }
    }

    /// "of 36 small forwards".
    fn of(&self, lang: Lang) -> String {
        let members = self.words.members(self.actual, lang);
        self.words.all_of(self.of, &members, lang)
    }

    fn are(&self) -> &'static str {
        if self.count == 1.0 { "is" } else { "are" }
    }

    fn se(&self, one: &str, many: &str) -> String {
        format!("se {}", if self.count == 1.0 { one } else { many })
    }

    /// ", 12 on master"; with the number of the class where that differs.
    fn before(&self, before: Before<'_>, lang: Lang) -> String {
        let count = self.words.amount(before.count, lang);
        let is_share = !matches!(self.words.kind, MatrixKind::Counts | MatrixKind::Weighted);
        let on = Baseline::of(before.baseline).on(lang);
        let of = self.words.amount(before.of, lang);
        match (lang, is_share || before.of == self.of) {
            (_, true) => format!(", {count} {on}"),
            (Lang::En, false) => format!(", {count} of {of} {on}"),
            (Lang::Es, false) => format!(", {count} de {of} {on}"),
        }
    }
}

/// A cell's sentence without its first number and its last word, for lists that set these in bold:
/// "of 36 small forwards are taken for", to stand between "14" and "power forwards". Of a confusion
/// that the baseline has and this one hasn't: "small forwards are no longer taken for".
#[derive(Clone, Copy, Debug)]
pub struct CellRest<'a>(pub CellSentence<'a>);

impl CellRest<'_> {
    /// Whether the baseline has the confusion and this one hasn't: then no number stands before it.
    pub fn has_vanished(&self) -> bool {
        let Self(it) = self;
        let had_some = it.before.is_some_and(|before| before.count > 0.0);
        it.count == 0.0 && had_some && it.actual != it.predicted
    }
}

impl Say for CellRest<'_> {
    fn say(&self, lang: Lang) -> String {
        let CellRest(it) = self;
        let actual = it.words.many(it.actual, lang);
        let is_share = !matches!(it.words.kind, MatrixKind::Counts | MatrixKind::Weighted);
        if self.has_vanished() {
            let members = it.words.members(it.actual, lang);
            return match lang {
                Lang::En => format!("{members} are no longer taken for"),
                Lang::Es => format!("ya no se toman {members} por"),
            };
        }
        match (lang, it.words.kind) {
            (Lang::En, MatrixKind::NormalisedByAll) => format!("of all are {actual} taken for"),
            (Lang::En, MatrixKind::NormalisedByColumn) => {
                format!("are {actual} among those called")
            }
            (Lang::En, _) if is_share => format!("of {actual} are taken for"),
            (Lang::En, _) => format!("{} {} taken for", it.of(lang), it.are()),
            (Lang::Es, MatrixKind::NormalisedByAll) => {
                format!("del total son {actual} que se toman por")
            }
            (Lang::Es, MatrixKind::NormalisedByColumn) => {
                format!("son {actual} entre lo que se toma por")
            }
            (Lang::Es, _) if is_share => {
                format!("de {} se toma por", it.words.whole(it.actual, lang))
            }
            (Lang::Es, _) => format!("{} {} por", it.of(lang), it.se("toma", "toman")),
        }
    }
}

/// Two classes taken for each other: "21 of 69 power forwards and small forwards are mixed up".
#[derive(Clone, Copy, Debug)]
pub struct MutualSentence<'a> {
    /// What classes and samples are called.
    pub words: ClassWords<'a>,
    /// Label of one class.
    pub first: &'a str,
    /// Label of the other one.
    pub second: &'a str,
    /// How many of either are taken for the other.
    pub count: f64,
    /// How many there are of both.
    pub of: f64,
    /// How many were mixed up on the baseline.
    pub before: Option<Before<'a>>,
}

impl MutualSentence<'_> {
    /// The sentence without its first number: "of 69 power forwards and small forwards are mixed
    /// up, 30 %".
    pub fn rest(&self, lang: Lang) -> String {
        let both = self.words.members_of_both(self.first, self.second, lang);
        let of = self.words.all_of(self.of, &both, lang);
        let share = match self.of > 0.0 {
            true => self.count / self.of,
            false => 0.0,
        };
        // What happens is not 0 %.
        let share = match share > 0.0 && share < 0.005 {
            true => format!("{}\u{a0}%", number::value(share * 100.0, 1, lang)),
            false => number::percent(share, 0, lang),
        };
        match lang {
            Lang::En => {
                let are = if self.count == 1.0 { "is" } else { "are" };
                format!("{of} {are} mixed up, {share}")
            }
            Lang::Es => {
                let se = if self.count == 1.0 {
                    "se confunde"
                } else {
                    "se confunden entre sí"
                };
                format!("{of} {se}, el {share}")
            }
        }
    }

    /// "20 on master", for brackets.
    pub fn before(&self, lang: Lang) -> Option<String> {
        let before = self.before?;
        let count = self.words.amount(before.count, lang);
        Some(format!(
            "{count} {}",
            Baseline::of(before.baseline).on(lang)
        ))
    }
}

impl Say for MutualSentence<'_> {
    fn say(&self, lang: Lang) -> String {
        let count = self.words.amount(self.count, lang);
        let before = self.before(lang);
        let before = before.map(|it| format!(" ({it})")).unwrap_or_default();
        format!("{count} {}{before}", self.rest(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClassName, Noun, Settings};

    fn nba() -> Settings {
        let class = |label: &str, lang, one: &str, many: &str| ClassName {
            label: label.to_owned(),
            lang,
            noun: Noun {
                one: one.to_owned(),
                many: many.to_owned(),
            },
        };
        Settings {
            classes: vec![
                class("SF", Lang::En, "small forward", "small forwards"),
                class("PF", Lang::En, "power forward", "power forwards"),
                class("SF", Lang::Es, "alero", "aleros"),
                class("PF", Lang::Es, "ala-pívot", "ala-pívots"),
                class("X", Lang::En, "outlier", "outliers"),
            ],
            ..Settings::default()
        }
    }

    fn cell<'a>(
        settings: &'a Settings,
        kind: MatrixKind,
        pair: (&'a str, &'a str),
        count: f64,
        of: f64,
    ) -> CellSentence<'a> {
        CellSentence {
            words: ClassWords::new(settings, kind),
            actual: pair.0,
            predicted: pair.1,
            count,
            of,
            before: None,
        }
    }

    fn both(sentence: &impl Say) -> [String; 2] {
        Lang::ALL.map(|lang| sentence.say(lang))
    }

    #[test]
    fn cells_in_words() {
        let (nba, plain) = (nba(), Settings::default());
        let counts = MatrixKind::Counts;
        let on_master = |of: f64| Before {
            baseline: "master",
            count: 12.0,
            of,
        };
        let cases = [
            (
                CellSentence {
                    before: Some(on_master(36.0)),
                    ..cell(&nba, counts, ("SF", "PF"), 14.0, 36.0)
                },
                "14 of 36 small forwards are taken for power forwards, 12 on master",
                "14 de un total de 36 aleros se toman por ala-pívots, 12 en master",
            ),
            (
                CellSentence {
                    before: Some(on_master(30.0)),
                    ..cell(&plain, counts, ("SF", "PF"), 14.0, 36.0)
                },
                "14 of 36 samples of SF are taken for PF, 12 of 30 on master",
                "14 de las 36 muestras de SF se toman por PF, 12 de 30 en master",
            ),
            (
                cell(&plain, counts, ("8", "1"), 3.0, 52.0),
                "3 of 52 samples of class 8 are taken for class 1",
                "3 de las 52 muestras de la clase 8 se toman por clase 1",
            ),
            (
                cell(&plain, MatrixKind::NormalisedByRow, ("8", "1"), 0.05, 1.0),
                "5.0\u{a0}% of class 8 are taken for class 1",
                "De la clase 8, el 5,0\u{a0}% se toma por clase 1",
            ),
            (
                cell(&nba, counts, ("PF", "X"), 1.0, 33.0),
                "1 of 33 power forwards is taken for an outlier",
                "1 de un total de 33 ala-pívots se toma por X",
            ),
            (
                cell(&nba, counts, ("PF", "SF"), 0.0, 33.0),
                "0 of 33 power forwards are taken for small forwards",
                "0 de un total de 33 ala-pívots se toman por aleros",
            ),
            (
                cell(&nba, counts, ("SF", "SF"), 12.0, 36.0),
                "12 of 36 small forwards are recognised",
                "12 de un total de 36 aleros se reconocen bien",
            ),
            (
                cell(&nba, counts, ("SF", "PF"), 0.0, 0.0),
                "There are no small forwards",
                "No hay aleros",
            ),
            (
                cell(&nba, MatrixKind::NormalisedByRow, ("SF", "PF"), 0.389, 1.0),
                "38.9\u{a0}% of small forwards are taken for power forwards",
                "De aleros, el 38,9\u{a0}% se toma por ala-pívots",
            ),
            (
                cell(&nba, MatrixKind::NormalisedByColumn, ("SF", "PF"), 0.4, 1.0),
                "40.0\u{a0}% of those called power forwards are small forwards",
                "De lo que se toma por ala-pívots, el 40,0\u{a0}% son aleros",
            ),
            (
                cell(&plain, MatrixKind::NormalisedByAll, ("a", "b"), 0.08, 1.0),
                "8.0\u{a0}% of all are a taken for b",
                "Del total, el 8,0\u{a0}% son a que se toman por b",
            ),
            (
                cell(&nba, MatrixKind::Weighted, ("SF", "PF"), 1.5, 36.25),
                "1.5 of 36.25 small forwards are taken for power forwards",
                "1,5 de 36,25 aleros se toman por ala-pívots",
            ),
        ];
        for (sentence, en, es) in cases {
            assert_eq!(both(&sentence), [en, es]);
        }
    }

    #[test]
    fn pairs_in_words() {
        let nba = nba();
        let sentence = MutualSentence {
            words: ClassWords::new(&nba, MatrixKind::Counts),
            first: "PF",
            second: "SF",
            count: 21.0,
            of: 69.0,
            before: Some(Before {
                baseline: "master",
                count: 20.0,
                of: 69.0,
            }),
        };
        assert_eq!(
            both(&sentence),
            [
                "21 of 69 power forwards and small forwards are mixed up, 30\u{a0}% (20 on master)",
                "21 de un total de 69 ala-pívots y aleros se confunden entre sí, el 30\u{a0}% (20 en master)",
            ]
        );
        let labels = MutualSentence {
            second: "X<i>",
            before: None,
            ..sentence
        };
        assert_eq!(
            labels.say(Lang::Es),
            "21 de las 69 muestras de ala-pívots y X<i> se confunden entre sí, el 30\u{a0}%"
        );
    }

    #[test]
    fn a_list_says_that_a_confusion_has_vanished() {
        let before = Some(Before {
            baseline: "master",
            count: 5.0,
            of: 36.0,
        });
        let (nba, plain) = (nba(), Settings::default());
        let rest = |settings, kind, before| {
            let it = cell(settings, kind, ("SF", "PF"), 0.0, 36.0);
            both(&CellRest(CellSentence { before, ..it }))
        };
        let counts = MatrixKind::Counts;
        let cases = [
            (
                rest(&nba, counts, before),
                "small forwards are no longer taken for",
                "ya no se toman aleros por",
            ),
            (
                rest(&plain, MatrixKind::NormalisedByRow, before),
                "samples of SF are no longer taken for",
                "ya no se toman muestras de SF por",
            ),
            (
                rest(&nba, counts, None),
                "of 36 small forwards are taken for",
                "de un total de 36 aleros se toman por",
            ),
        ];
        for (told, en, es) in cases {
            assert_eq!(told, [en, es]);
        }
    }

    #[test]
    fn a_lists_sentence_is_the_whole_one_in_parts() {
        let nba = nba();
        let it = cell(&nba, MatrixKind::Counts, ("SF", "PF"), 14.0, 36.0);
        for lang in Lang::ALL {
            let parts = [
                it.words.amount(it.count, lang),
                CellRest(it).say(lang),
                it.words.taken_for("PF", it.count, lang),
            ];
            assert_eq!(parts.join(" "), it.say(lang));
        }
    }
}
