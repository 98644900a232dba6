use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::model::{
    ClassName, Direction, Found, Lang, Noun, Place, Problem, ProblemKind, Settings, Thing, nearest,
};

/// A `careo.toml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// What the bundle stores.
    pub settings: Settings,
    /// The report's title, where no flag and no pull request gives one.
    pub title: Option<String>,
}

/// Reads the text of a `careo.toml`; `path` is what problems call it.
///
/// # Errors
/// Not TOML, an unknown key, or a value of another kind, with line and column.
pub fn read(path: &str, text: &str) -> Result<File, Problem> {
    let source = Source { path, text };
    let document = DeTable::parse(text).map_err(|error| {
        let message = error.message().trim().replace('\n', " ");
        let at = error.span().map_or(0, |span| span.start);
        source.problem(at, None, ProblemKind::Syntax { message })
    })?;
    let mut file = File::default();
    let settings = &mut file.settings;
    for entry in source.entries("", document.get_ref()) {
        match entry.key {
            "title" => file.title = Some(entry.text()?.to_owned()),
            "lang" => settings.lang = Some(entry.lang_value()?),
            "baseline" => settings.baseline = Some(entry.text()?.to_owned()),
            "primary_metric" => settings.primary_metric = Some(entry.text()?.to_owned()),
            "directions" => {
                for metric in entry.table()? {
                    let direction = metric.direction()?;
                    settings.directions.push((metric.key.to_owned(), direction));
                }
            }
            "names" => {
                for language in entry.table()? {
                    let lang = language.lang_key()?;
                    for name in language.table()? {
                        let text = name.text()?.to_owned();
                        settings.names.push((name.key.to_owned(), lang, text));
                    }
                }
            }
            "sample" => {
                for language in entry.table()? {
                    let noun = (language.lang_key()?, language.noun()?);
                    settings.sample.push(noun);
                }
            }
            "classes" => {
                for class in entry.table()? {
                    for language in class.table()? {
                        settings.classes.push(ClassName {
                            label: class.key.to_owned(),
                            lang: language.lang_key()?,
                            noun: language.noun()?,
                        });
                    }
                }
            }
            "axes" => {
                for language in entry.table()? {
                    let (actual, predicted) = language.axes()?;
                    settings
                        .axes
                        .push((language.lang_key()?, actual, predicted));
                }
            }
            "class_order" => settings.class_order = entry.texts()?,
            "groups" => {
                for group in entry.table()? {
                    settings.groups.push((group.key.to_owned(), group.texts()?));
                }
            }
            "group_separator" => settings.group_separator = Some(entry.text()?.to_owned()),
            _ => return Err(entry.unknown(&KEYS)),
        }
    }
    Ok(file)
}

/// The keys of the document.
const KEYS: [&str; 12] = [
    "title",
    "lang",
    "baseline",
    "primary_metric",
    "directions",
    "names",
    "sample",
    "classes",
    "axes",
    "class_order",
    "groups",
    "group_separator",
];

/// The text, for the place of what is in it.
#[derive(Clone, Copy)]
struct Source<'a> {
    path: &'a str,
    text: &'a str,
}

/// A key with its value.
struct Entry<'a> {
    source: Source<'a>,
    /// Joined with dots, the entry's own key last.
    path: String,
    key: &'a str,
    key_at: usize,
    value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Source<'a> {
    /// The entries of a table, in the order of the file.
    fn entries(self, parent: &str, table: &'a DeTable<'a>) -> Vec<Entry<'a>> {
        let mut entries: Vec<Entry<'a>> = table
            .iter()
            .map(|(key, value)| Entry {
                source: self,
                path: match parent {
                    "" => key.get_ref().to_string(),
                    parent => format!("{parent}.{}", key.get_ref()),
                },
                key: key.get_ref(),
                key_at: key.span().start,
                value,
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_at);
        entries
    }

    fn problem(self, at: usize, key: Option<&str>, kind: ProblemKind) -> Problem {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let last_line = before.rsplit('\n').next().unwrap_or_default();
        let column = last_line.chars().count() + 1;
        let as_u32 = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Problem {
            kind,
            place: Some(Place {
                artifact: self.path.to_owned(),
                line: Some(as_u32(line)),
                column: Some(as_u32(column)),
                key: key.map(str::to_owned),
            }),
            reader: None,
        }
    }
}

impl<'a> Entry<'a> {
    fn text(&self) -> Result<&'a str, Problem> {
        self.text_of(self.value)
    }

    fn text_of(&self, value: &'a Spanned<DeValue<'a>>) -> Result<&'a str, Problem> {
        match value.get_ref() {
            DeValue::String(text) => Ok(text),
            _ => Err(self.expected(Thing::Text, value)),
        }
    }

    /// A list of texts.
    fn texts(&self) -> Result<Vec<String>, Problem> {
        match self.value.get_ref() {
            DeValue::Array(texts) => texts
                .iter()
                .map(|text| Ok(self.text_of(text)?.to_owned()))
                .collect(),
            _ => Err(self.expected(Thing::List, self.value)),
        }
    }

    fn table(&self) -> Result<Vec<Entry<'a>>, Problem> {
        match self.value.get_ref() {
            DeValue::Table(table) => Ok(self.source.entries(&self.path, table)),
            _ => Err(self.expected(Thing::Object, self.value)),
        }
    }

    fn direction(&self) -> Result<Direction, Problem> {
        match self.text()? {
            "higher" => Ok(Direction::HigherIsBetter),
            "lower" => Ok(Direction::LowerIsBetter),
            found => Err(self.unknown_choice(found, "higher, lower")),
        }
    }

    fn lang_value(&self) -> Result<Lang, Problem> {
        let text = self.text()?;
        Lang::from_tag(text).ok_or_else(|| self.unknown_choice(text, &codes().join(", ")))
    }

    fn lang_key(&self) -> Result<Lang, Problem> {
        Lang::from_tag(self.key).ok_or_else(|| self.unknown(&codes()))
    }

    /// `["player", "players"]`, or one text that is the same for one and many.
    fn noun(&self) -> Result<Noun, Problem> {
        if let DeValue::Array(forms) = self.value.get_ref()
            && let [one, many] = &**forms
        {
            return Ok(Noun {
                one: self.text_of(one)?.to_owned(),
                many: self.text_of(many)?.to_owned(),
            });
        }
        match self.value.get_ref() {
            DeValue::String(text) => Ok(Noun {
                one: text.to_string(),
                many: text.to_string(),
            }),
            _ => Err(self.expected(Thing::List, self.value)),
        }
    }

    /// `{ actual = "…", predicted = "…" }`.
    fn axes(&self) -> Result<(String, String), Problem> {
        let (mut actual, mut predicted) = (None, None);
        for entry in self.table()? {
            match entry.key {
                "actual" => actual = Some(entry.text()?.to_owned()),
                "predicted" => predicted = Some(entry.text()?.to_owned()),
                _ => return Err(entry.unknown(&["actual", "predicted"])),
            }
        }
        let missing = |key: &str| {
            let kind = ProblemKind::Expected {
                expected: Thing::Text,
                found: Found::Nothing,
            };
            let path = format!("{}.{key}", self.path);
            self.source.problem(self.key_at, Some(&path), kind)
        };
        let actual = actual.ok_or_else(|| missing("actual"))?;
        Ok((actual, predicted.ok_or_else(|| missing("predicted"))?))
    }

    fn unknown(&self, known: &[&str]) -> Problem {
        let kind = ProblemKind::UnknownKey {
            key: self.key.to_owned(),
            nearest: nearest(self.key, known.iter().copied()).map(str::to_owned),
            known: known.join(", "),
        };
        self.source.problem(self.key_at, Some(&self.path), kind)
    }

    fn unknown_choice(&self, found: &str, known: &str) -> Problem {
        let kind = ProblemKind::UnknownChoice {
            found: found.to_owned(),
            known: known.to_owned(),
        };
        self.source
            .problem(self.value.span().start, Some(&self.path), kind)
    }

    fn expected(&self, expected: Thing, value: &Spanned<DeValue<'_>>) -> Problem {
        let literal = || {
            let literal = self.source.text.get(value.span()).unwrap_or_default();
            literal.chars().take(40).collect()
        };
        let found = match value.get_ref() {
            DeValue::String(text) => Found::Text(text.chars().take(40).collect()),
            DeValue::Array(_) => Found::Thing(Thing::List),
            DeValue::Table(_) => Found::Thing(Thing::Object),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => Found::Literal(literal()),
        };
        let kind = ProblemKind::Expected { expected, found };
        self.source
            .problem(value.span().start, Some(&self.path), kind)
    }
}

fn codes() -> Vec<&'static str> {
    Lang::ALL.into_iter().map(Lang::code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nba_case_sets_everything() {
        let text = include_str!("../../tests/fixtures/nba/careo.toml");
        let File { settings, title } = read("careo.toml", text).unwrap();
        assert_eq!(title.as_deref(), Some("Posiciones NBA"));
        assert_eq!(settings.primary_metric.as_deref(), Some("test_accuracy"));
        let noun = |label, lang| settings.class_noun(label, lang).map(|it| it.many.as_str());
        assert_eq!(noun("SF", Lang::En), Some("small forwards"));
        assert_eq!(noun("PF", Lang::Es), Some("ala-pívots"));
        assert_eq!(
            settings.sample_noun(Lang::Es).map(|it| it.many.as_str()),
            Some("jugadores")
        );
        let axes = (
            Lang::Es,
            "Posiciones Reales".to_owned(),
            "Posiciones Predichas".to_owned(),
        );
        assert!(settings.axes.contains(&axes));
        assert_eq!(settings.classes.len(), 10);
        assert_eq!(read("careo.toml", "").unwrap(), File::default());
    }

    #[test]
    fn directions_keep_the_order_of_the_file() {
        let text = "[directions]\nrmse = \"lower\"\n\"eval.json:acc.top1\" = \"higher\"\n";
        let directions = read("careo.toml", text).unwrap().settings.directions;
        let expected = [
            ("rmse".to_owned(), Direction::LowerIsBetter),
            ("eval.json:acc.top1".to_owned(), Direction::HigherIsBetter),
        ];
        assert_eq!(directions, expected);
    }

    #[test]
    fn classes_have_an_order_and_groups() {
        let text = "class_order = ['SG', 'C']\ngroup_separator = '/'\n[groups]\nsmall = ['SF']\nbig = ['C', 'PF']\n";
        let settings = read("careo.toml", text).unwrap().settings;
        let labels = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(settings.class_order, labels("SG C"));
        let groups = [
            ("small".to_owned(), labels("SF")),
            ("big".to_owned(), labels("C PF")),
        ];
        assert_eq!(settings.groups, groups);
        assert_eq!(settings.group_separator.as_deref(), Some("/"));
        assert!(read("careo.toml", "class_order = 'SG'").is_err());
        assert!(read("careo.toml", "groups.big = [3]").is_err());
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let unknown = |key: &str, nearest: Option<&str>, known: &str| ProblemKind::UnknownKey {
            key: key.to_owned(),
            nearest: nearest.map(str::to_owned),
            known: known.to_owned(),
        };
        let expected = |expected, found| ProblemKind::Expected { expected, found };
        let choice = |found: &str, known: &str| ProblemKind::UnknownChoice {
            found: found.to_owned(),
            known: known.to_owned(),
        };
        let cases = [
            (
                "\nbasline = 'x'",
                2,
                1,
                unknown("basline", Some("baseline"), &KEYS.join(", ")),
            ),
            ("lang = 'fr'", 1, 8, choice("fr", "en, es")),
            (
                "directions.rmse = 'up'",
                1,
                19,
                choice("up", "higher, lower"),
            ),
            (
                "title = 3",
                1,
                9,
                expected(Thing::Text, Found::Literal("3".to_owned())),
            ),
            ("[names.fr]\nacc = 'x'", 1, 8, unknown("fr", None, "en, es")),
            (
                "sample.en = ['a']",
                1,
                13,
                expected(Thing::List, Found::Thing(Thing::List)),
            ),
            (
                "[axes]\nes = { actual = 'a' }",
                2,
                1,
                expected(Thing::Text, Found::Nothing),
            ),
            (
                "names = 'é' ",
                1,
                9,
                expected(Thing::Object, Found::Text("é".to_owned())),
            ),
        ];
        for (text, line, column, kind) in cases {
            let problem = read("sub/careo.toml", text).unwrap_err();
            let place = problem.place.unwrap();
            assert_eq!(place.artifact, "sub/careo.toml");
            assert_eq!(
                (place.line, place.column),
                (Some(line), Some(column)),
                "{text}"
            );
            assert_eq!(problem.kind, kind, "{text}");
        }
        let broken = read("careo.toml", "title = \n").unwrap_err();
        assert!(
            matches!(broken.kind, ProblemKind::Syntax { .. }),
            "{broken:?}"
        );
        assert_eq!(broken.place.unwrap().line, Some(1));
    }
}
