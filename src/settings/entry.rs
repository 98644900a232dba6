//! A key of the document with its value, and the place of what is wrong with it.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::model::{Direction, Found, Lang, Noun, Place, Problem, ProblemKind, Thing, nearest};

/// The text, for the place of what is in it.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub path: &'a str,
    pub text: &'a str,
}

/// A key with its value.
pub(super) struct Entry<'a> {
    pub source: Source<'a>,
    /// Joined with dots, the entry's own key last.
    pub path: String,
    pub key: &'a str,
    pub key_at: usize,
    pub value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Source<'a> {
    /// The entries of a table, in the order of the file.
    pub fn entries(self, parent: &str, table: &'a DeTable<'a>) -> Vec<Entry<'a>> {
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

    pub fn problem(self, at: usize, key: Option<&str>, kind: ProblemKind) -> Problem {
        Problem {
            kind,
            place: Some(self.place(at, key)),
            reader: None,
        }
    }

    fn place(self, at: usize, key: Option<&str>) -> Place {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let last_line = before.rsplit('\n').next().unwrap_or_default();
        let column = last_line.chars().count() + 1;
        let as_u32 = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Place {
            artifact: self.path.to_owned(),
            line: Some(as_u32(line)),
            column: Some(as_u32(column)),
            key: key.map(str::to_owned),
        }
    }
}

impl<'a> Entry<'a> {
    /// Where its key stands.
    pub fn place(&self) -> Place {
        self.source.place(self.key_at, Some(&self.path))
    }

    pub fn text(&self) -> Result<&'a str, Problem> {
        self.text_of(self.value)
    }

    pub fn text_of(&self, value: &'a Spanned<DeValue<'a>>) -> Result<&'a str, Problem> {
        match value.get_ref() {
            DeValue::String(text) => Ok(text),
            _ => Err(self.expected(Thing::Text, value)),
        }
    }

    pub fn table(&self) -> Result<Vec<Entry<'a>>, Problem> {
        match self.value.get_ref() {
            DeValue::Table(table) => Ok(self.source.entries(&self.path, table)),
            _ => Err(self.expected(Thing::Object, self.value)),
        }
    }

    /// Language → name → text.
    pub fn texts_by_lang(&self) -> Result<Vec<(String, Lang, String)>, Problem> {
        let mut texts = Vec::new();
        for language in self.table()? {
            let lang = language.lang_key()?;
            for entry in language.table()? {
                texts.push((entry.key.to_owned(), lang, entry.text()?.to_owned()));
            }
        }
        Ok(texts)
    }

    /// A list of texts, each of which stands once.
    pub fn distinct_texts(&self) -> Result<Vec<String>, Problem> {
        let DeValue::Array(items) = self.value.get_ref() else {
            return Err(self.expected(Thing::List, self.value));
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            let text = self.text_of(item)?.to_owned();
            if texts.contains(&text) {
                let (at, kind) = (item.span().start, ProblemKind::Twice { name: text });
                return Err(self.source.problem(at, Some(&self.path), kind));
            }
            texts.push(text);
        }
        Ok(texts)
    }

    pub fn bool(&self) -> Result<bool, Problem> {
        match self.value.get_ref() {
            DeValue::Boolean(value) => Ok(*value),
            _ => Err(self.expected(Thing::Bool, self.value)),
        }
    }

    /// A number that is finite.
    pub fn number(&self) -> Result<f64, Problem> {
        let number = match self.value.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) => {
                let literal = self.source.text.get(self.value.span()).unwrap_or_default();
                literal.replace('_', "").parse::<f64>().ok()
            }
            _ => None,
        };
        let number = number.filter(|it| it.is_finite());
        number.ok_or_else(|| self.expected(Thing::Number, self.value))
    }

    /// A number in a range, whose ends are told when it isn't.
    pub fn number_in(
        &self,
        low: &str,
        high: &str,
        is_in: impl Fn(f64) -> bool,
    ) -> Result<f64, Problem> {
        let number = self.number()?;
        if is_in(number) {
            return Ok(number);
        }
        let found = self.source.text.get(self.value.span()).unwrap_or_default();
        Err(self.problem(ProblemKind::OutOfRange {
            found: found.to_owned(),
            low: low.to_owned(),
            high: high.to_owned(),
        }))
    }

    /// What is wrong with the value.
    pub fn problem(&self, kind: ProblemKind) -> Problem {
        let at = self.value.span().start;
        self.source.problem(at, Some(&self.path), kind)
    }

    pub fn direction(&self) -> Result<Direction, Problem> {
        match self.text()? {
            "higher" => Ok(Direction::HigherIsBetter),
            "lower" => Ok(Direction::LowerIsBetter),
            found => Err(self.unknown_choice(found, "higher, lower")),
        }
    }

    pub fn lang_value(&self) -> Result<Lang, Problem> {
        let text = self.text()?;
        Lang::from_tag(text).ok_or_else(|| self.unknown_choice(text, &codes().join(", ")))
    }

    pub fn lang_key(&self) -> Result<Lang, Problem> {
        Lang::from_tag(self.key).ok_or_else(|| self.unknown(&codes()))
    }

    /// `["player", "players"]`, or one text that is the same for one and many.
    pub fn noun(&self) -> Result<Noun, Problem> {
        if let DeValue::Array(forms) = self.value.get_ref()
            && let [one, many] = &**forms
        {
            return Ok(Noun {
                one: self.text_of(one)?.to_owned(),
                many: self.text_of(many)?.to_owned(),
            });
        }
        Err(self.expected(Thing::TwoTexts, self.value))
    }

    /// The same, or one text that is both, as of abbreviations.
    pub fn noun_or_name(&self) -> Result<Noun, Problem> {
        match self.value.get_ref() {
            DeValue::String(text) => Ok(Noun {
                one: text.to_string(),
                many: text.to_string(),
            }),
            _ => self.noun(),
        }
    }

    /// `{ actual = "…", predicted = "…" }`.
    pub fn axes(&self) -> Result<(String, String), Problem> {
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

    pub fn unknown(&self, known: &[&str]) -> Problem {
        let kind = ProblemKind::UnknownKey {
            key: self.key.to_owned(),
            nearest: nearest(self.key, known.iter().copied()).map(str::to_owned),
            known: known.join(", "),
        };
        self.source.problem(self.key_at, Some(&self.path), kind)
    }

    pub fn unknown_choice(&self, found: &str, known: &str) -> Problem {
        let kind = ProblemKind::UnknownChoice {
            found: found.to_owned(),
            known: known.to_owned(),
        };
        self.source
            .problem(self.value.span().start, Some(&self.path), kind)
    }

    /// A value as it stands there, shortened.
    pub fn literal(&self, value: &Spanned<DeValue<'_>>) -> String {
        let literal = self.source.text.get(value.span()).unwrap_or_default();
        literal.chars().take(40).collect()
    }

    pub fn expected(&self, expected: Thing, value: &Spanned<DeValue<'_>>) -> Problem {
        let found = match value.get_ref() {
            DeValue::String(text) => Found::Text(text.chars().take(40).collect()),
            DeValue::Array(_) => Found::Thing(Thing::List),
            DeValue::Table(_) => Found::Thing(Thing::Object),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => Found::Literal(self.literal(value)),
        };
        let kind = ProblemKind::Expected { expected, found };
        self.source
            .problem(value.span().start, Some(&self.path), kind)
    }
}

fn codes() -> Vec<&'static str> {
    Lang::ALL.into_iter().map(Lang::code).collect()
}
