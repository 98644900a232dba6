use super::{Direction, Lang, Outcome, Verdict};

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
    /// What a column means, in one line: name or suffix, language, text.
    pub explanations: Vec<(String, Lang, String)>,
    /// Metrics that must hold, by column name or unique suffix, with the loss that is tolerated
    /// (0 or more, in the metric's own units), in file order.
    pub guards: Vec<(String, f64)>,
    /// A gain of the primary metric below this is none worth having (above 0).
    pub smallest_gain: Option<f64>,
    /// Confidence of intervals and tests: above 0.5, at most 0.999; see [`Settings::confidence`].
    pub confidence: Option<f64>,
    /// The label of the class that is looked for, where there are two.
    pub positive_class: Option<String>,
    /// Dependencies that are data and must not change: paths, or folders that hold them. Empty:
    /// told by their names.
    pub data: Vec<String>,
    /// The last release, as another baseline: name, tag or sha.
    pub release: Option<String>,
    /// What answers are worth.
    pub worth: Worth,
    /// What `careo check` insists on.
    pub gates: Gates,
    /// Which columns tables leave out.
    pub left_out: LeftOut,
}

/// Which columns tables leave out, as `dvc exp show` does by the flags of these names. The report
/// has them all the same: what is judged doesn't depend on what is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Columns to leave out: a regular expression, from the start of a heading.
    pub drop: Option<String>,
    /// Columns to show whatever else leaves them out, likewise.
    pub keep: Option<String>,
    /// Whether metrics that are the same in every revision are left out, too.
    pub only_changed: bool,
}

/// What right and wrong answers are worth to the team: a cost is below zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worth {
    /// What the numbers are: "€", "minutes".
    pub unit: Option<String>,
    /// Any right answer, unless a class or cell says otherwise.
    pub right: Option<f64>,
    /// Any wrong answer, unless a class or cell says otherwise.
    pub wrong: Option<f64>,
    /// Cells: actual label, predicted label, worth. An empty label stands for every other class, so
    /// that ("fraud", "") is a fraud that was missed; the more labels, the more a cell counts.
    pub cells: Vec<(String, String, f64)>,
    /// The cell whose worth nobody knows, in the same way: the page has a slider for it.
    pub unknown: Option<(String, String)>,
}

impl Worth {
    /// Whether the team gave no worth at all.
    pub fn is_empty(&self) -> bool {
        self.right.is_none() && self.wrong.is_none() && self.cells.is_empty()
    }

    /// What one answer is worth; 0 where nothing is said. Every other class is every one but the
    /// `positive` one.
    pub fn of(&self, actual: &str, predicted: &str, positive: Option<&str>) -> f64 {
        let cell = |a: &str, p: &str| {
            let cell = self.cells.iter().find(|it| it.0 == a && it.1 == p);
            cell.map(|it| it.2)
        };
        let is_right = actual == predicted;
        let is_other = |label: &str| Some(label) != positive;
        let row = || cell(actual, "").filter(|_| !is_right);
        let column = || cell("", predicted).filter(|_| !is_right);
        let general = if is_right { self.right } else { self.wrong };
        cell(actual, predicted)
            .or_else(row)
            .or_else(column)
            .or_else(|| cell("", "").filter(|_| is_other(actual) && is_other(predicted)))
            .or(general)
            .unwrap_or(0.0)
    }
}

/// What must hold, or `careo check` fails.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gates {
    /// Metrics that must be at least so high, by column name or unique suffix.
    pub min: Vec<(String, f64)>,
    /// Metrics that must be at most so high.
    pub max: Vec<(String, f64)>,
    /// The verdict must be neither worse nor mixed.
    pub no_worse: bool,
    /// The verdict must be this one or better: improved, or no clear change.
    pub require: Option<Outcome>,
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
    /// Confidence of intervals; a test decides at 1 less this.
    pub fn confidence(&self) -> f64 {
        self.confidence.unwrap_or(Verdict::CONFIDENCE)
    }

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
