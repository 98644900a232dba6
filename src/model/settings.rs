use super::{Direction, Lang};

/// What a team committed in `careo.toml`, and what flags said; stored in the bundle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The language to start in; the reader's browser decides where there is none.
    pub lang: Option<Lang>,
    /// The metric that decides, by column name or unique suffix.
    pub primary_metric: Option<String>,
    /// Which way metrics get better, by column name or unique suffix, in file order.
    pub directions: Vec<(String, Direction)>,
    /// The baseline revision: name, branch, tag or sha.
    pub baseline: Option<String>,
    /// What columns are called: name or suffix, language, text.
    pub names: Vec<(String, Lang, String)>,
    /// What classes are called in sentences.
    pub classes: Vec<ClassName>,
    /// What one sample is: player, review, transaction.
    pub sample: Vec<(Lang, Noun)>,
    /// Titles of the matrix axes: language, actual, predicted.
    pub axes: Vec<(Lang, String, String)>,
    /// The team's own order of classes, by label; the others follow as in the artifact.
    pub class_order: Vec<String>,
    /// Groups of classes: name, labels or names of other groups.
    pub groups: Vec<(String, Vec<String>)>,
    /// What the labels of classes are split by into groups: `/` in `fruit/lemon`.
    pub group_separator: Option<String>,
}

/// A class's name in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassName {
    /// The label in the artifacts: `SF`.
    pub label: String,
    /// The language of `noun`.
    pub lang: Lang,
    /// "small forward", "small forwards".
    pub noun: Noun,
}

/// A noun with its plural, as the team wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noun {
    /// One: "player".
    pub one: String,
    /// Many: "players".
    pub many: String,
}

impl Settings {
    /// What one sample is called in a language.
    pub fn sample_noun(&self, lang: Lang) -> Option<&Noun> {
        self.sample
            .iter()
            .find(|(of, _)| *of == lang)
            .map(|(_, noun)| noun)
    }

    /// What a class is called in a language.
    pub fn class_noun(&self, label: &str, lang: Lang) -> Option<&Noun> {
        self.classes
            .iter()
            .find(|class| class.label == label && class.lang == lang)
            .map(|c| &c.noun)
    }
}
