//! What metrics, samples, classes and revisions are called in sentences.

use super::{confusion::shown_label, number};
use crate::model::{Lang, Noun, Report, Settings};

/// A metric's name for a sentence: the team's, else a plain name of well-known ones, else the
/// shortest unique part of its key path. `None` is the share of samples that are right.
pub fn metric_name(report: &Report, column: Option<usize>, lang: Lang) -> String {
    let Some(idx) = column else {
        let named = counted_name(report, lang).map(str::to_owned);
        return named
            .or_else(|| plain_name(COUNTED, lang))
            .unwrap_or_default();
    };
    if let Some(name) = team_name(report, idx, lang) {
        return name.to_owned();
    }
    let short = report.column_name(idx);
    plain_name(&short, lang).unwrap_or(short)
}

/// A parameter's name: the team's, as they write it, else the shortest unique part of its key path.
pub fn param_name(report: &Report, column: usize, lang: Lang) -> String {
    let named = team_name(report, column, lang).map(str::to_owned);
    named.unwrap_or_else(|| report.column_name(column))
}

/// A metric's name for the start of a line.
pub fn metric_title(report: &Report, column: Option<usize>, lang: Lang) -> String {
    let name = metric_name(report, column, lang);
    match is_key(report, column, lang) {
        true => name,
        false => capitalised(&name),
    }
}

/// Whether a metric's name is a file's own key, which is never written otherwise than there.
pub fn is_key(report: &Report, column: Option<usize>, lang: Lang) -> bool {
    column.is_some_and(|idx| {
        let short = report.column_name(idx);
        team_name(report, idx, lang).is_none() && plain_name(&short, lang).is_none()
    })
}

/// A class at the start of a line: a noun has a capital there, a label stays as it was written.
pub fn class_title(settings: &Settings, label: &str, n: u64, lang: Lang) -> String {
    let name = class_name(settings, label, n, lang);
    if !is_bare(label) && class_word(settings, label, n, lang).is_none() {
        return name;
    }
    capitalised(&name)
}

/// The key by which gates and names mean the accuracy that is counted from predictions.
pub const COUNTED: &str = "accuracy";

/// What the team calls that accuracy, where no file's metric has its key.
fn counted_name(report: &Report, lang: Lang) -> Option<&str> {
    if report.find_column(COUNTED).is_some() {
        return None;
    }
    let mut names = report.settings.names.iter();
    let named = names.find(|(key, of, _)| key == COUNTED && *of == lang);
    named.map(|(_, _, name)| name.as_str())
}

/// The name that the team gave a column in a language.
fn team_name(report: &Report, column: usize, lang: Lang) -> Option<&str> {
    report.team_names(lang).get(column).copied().flatten()
}

/// What the team says that a column means, in a language.
pub fn explanation(report: &Report, column: usize, lang: Lang) -> Option<&str> {
    report.explanations(lang).get(column).copied().flatten()
}

/// What the heads of tables call columns: the team's names and explanations in one language, looked
/// up once for all of them.
#[derive(Clone, Debug, Default)]
pub struct Heads<'a> {
    names: Vec<Option<&'a str>>,
    meanings: Vec<Option<&'a str>>,
}

impl<'a> Heads<'a> {
    /// Those of a report.
    pub fn new(report: &'a Report, lang: Lang) -> Self {
        Self {
            names: report.team_names(lang),
            meanings: report.explanations(lang),
        }
    }

    /// The team's name of a column, with a capital as at the start of a line.
    pub fn name(&self, column: usize) -> Option<String> {
        self.names.get(column).copied().flatten().map(capitalised)
    }

    /// What people call each column: the team's name, else the shortest unique one.
    pub fn names(&self, report: &Report) -> Vec<String> {
        let mut names = report.column_names();
        for (column, name) in names.iter_mut().enumerate() {
            if let Some(named) = self.name(column) {
                *name = named;
            }
        }
        names
    }

    /// What the team says that a column means.
    pub fn meaning(&self, column: usize) -> Option<&'a str> {
        self.meanings.get(column).copied().flatten()
    }

    /// What a head tells when it is pointed at: what the column means, and what files call it.
    pub fn title(&self, column: usize, id: &str) -> String {
        match self.meaning(column) {
            Some(meaning) => format!("{meaning}\n{id}"),
            None => id.to_owned(),
        }
    }
}

/// Plain names of well-known metrics: `test_accuracy` is "accuracy", "exactitud".
fn plain_name(key: &str, lang: Lang) -> Option<String> {
    let mut split = "";
    let mut words = Vec::new();
    for word in key.split(|it: char| !it.is_ascii_alphanumeric()) {
        match word.to_ascii_lowercase().as_str() {
            "" | "score" => {}
            "test" | "eval" => split = "test",
            "train" | "training" => split = "train",
            "val" | "valid" | "validation" | "dev" => split = "val",
            word => words.push(word.to_owned()),
        }
    }
    // scikit-learn's report says "macro avg".
    if let [_, avg, _] = words.as_slice()
        && avg == "avg"
    {
        words.remove(1);
    }
    let (en, es) = match words.join(" ").as_str() {
        "accuracy" | "acc" => ("accuracy", "exactitud"),
        "balanced accuracy" => ("balanced accuracy", "exactitud equilibrada"),
        "recall" => ("recall", "exhaustividad"),
        "macro recall" | "recall macro" => ("macro recall", "exhaustividad macro"),
        "precision" => ("precision", "precisión"),
        "macro precision" | "precision macro" => ("macro precision", "precisión macro"),
        "f1" => ("F1", "F1"),
        "macro f1" | "f1 macro" => ("macro F1", "F1 macro"),
        "weighted recall" | "recall weighted" => ("weighted recall", "exhaustividad ponderada"),
        "weighted precision" | "precision weighted" => {
            ("weighted precision", "precisión ponderada")
        }
        "weighted f1" | "f1 weighted" => ("weighted F1", "F1 ponderado"),
        "auc" | "roc auc" | "auroc" => ("AUC", "AUC"),
        "mcc" => ("MCC", "MCC"),
        "kappa" | "cohen kappa" => ("Cohen’s kappa", "kappa de Cohen"),
        "rmse" => ("RMSE", "RMSE"),
        "mae" => ("MAE", "MAE"),
        "mse" => ("MSE", "MSE"),
        "mape" => ("MAPE", "MAPE"),
        "r2" => ("R²", "R²"),
        "loss" => ("loss", "pérdida"),
        "log loss" | "logloss" => ("log loss", "pérdida logarítmica"),
        "error" => ("error", "error"),
        "latency" => ("latency", "latencia"),
        _ => return None,
    };
    let (name, of_train, of_val) = match lang {
        Lang::En => (en, "training", "validation"),
        Lang::Es => (es, "entrenamiento", "validación"),
    };
    Some(match split {
        "train" => format!("{name} ({of_train})"),
        "val" => format!("{name} ({of_val})"),
        _ => name.to_owned(),
    })
}

/// "176 players", by the team's noun; "176 test samples" without one.
pub fn samples(settings: &Settings, n: u64, lang: Lang) -> String {
    let count = number::count(usize::try_from(n).unwrap_or(usize::MAX), lang);
    format!("{count} {}", sample_word(settings, n, lang))
}

/// "players", by the team's noun; "test samples" without one.
pub fn sample_word(settings: &Settings, n: u64, lang: Lang) -> String {
    match (settings.sample_noun(lang), lang) {
        (Some(noun), _) => of_number(noun, n).to_owned(),
        (None, Lang::En) if n == 1 => "test sample".to_owned(),
        (None, Lang::En) => "test samples".to_owned(),
        (None, Lang::Es) if n == 1 => "muestra de prueba".to_owned(),
        (None, Lang::Es) => "muestras de prueba".to_owned(),
    }
}

/// The team's noun for a class ("small forwards"), or `None` where it has none.
pub fn class_word(settings: &Settings, label: &str, n: u64, lang: Lang) -> Option<String> {
    let noun = settings.class_noun(label, lang)?;
    Some(of_number(noun, n).to_owned())
}

/// A class as a noun in a sentence: the team's, else its label; a number alone would be read as how
/// many: "class 1".
pub fn class_name(settings: &Settings, label: &str, n: u64, lang: Lang) -> String {
    let noun = class_word(settings, label, n, lang);
    noun.unwrap_or_else(|| match (is_bare(label), lang) {
        (true, Lang::En) => format!("class {label}"),
        (true, Lang::Es) => format!("clase {label}"),
        (false, _) => shown_label(label),
    })
}

/// So many of a class: "35 point guards", by the team's noun; "10 samples of dog" without one, since
/// a label need not be a noun.
pub fn class_count(settings: &Settings, label: &str, n: u64, lang: Lang) -> String {
    let total = number::count(usize::try_from(n).unwrap_or(usize::MAX), lang);
    match class_word(settings, label, n, lang) {
        Some(noun) => format!("{total} {noun}"),
        None => format!("{total} {}", samples_of(settings, label, n, lang)),
    }
}

/// All of a class: "point guards", by the team's noun; "the samples of dog" without one.
pub fn class_whole(settings: &Settings, label: &str, lang: Lang) -> String {
    if let Some(noun) = class_word(settings, label, 2, lang) {
        return noun;
    }
    let samples = samples_of(settings, label, 2, lang);
    match (settings.sample_noun(lang), lang) {
        // Whether it is "los" or "las" is not known.
        (Some(_), Lang::Es) => samples,
        (None, Lang::Es) => format!("las {samples}"),
        (_, Lang::En) => format!("the {samples}"),
    }
}

/// "samples of dog", by the team's noun for a sample where there is one.
fn samples_of(settings: &Settings, label: &str, n: u64, lang: Lang) -> String {
    let samples = match (settings.sample_noun(lang), lang) {
        (Some(noun), _) => of_number(noun, n),
        (None, Lang::En) if n == 1 => "sample",
        (None, Lang::En) => "samples",
        (None, Lang::Es) if n == 1 => "muestra",
        (None, Lang::Es) => "muestras",
    };
    let name = class_name(settings, label, n, lang);
    let of = match (lang, is_bare(label)) {
        (Lang::En, _) => "of",
        (Lang::Es, true) => "de la",
        (Lang::Es, false) => "de",
    };
    format!("{samples} {of} {name}")
}

/// Whether a label is a number or a truth value, which names nothing by itself.
pub(super) fn is_bare(label: &str) -> bool {
    let label = label.trim();
    let is_word = |word: &&str| label.eq_ignore_ascii_case(word);
    label.parse::<f64>().is_ok() || ["true", "false", "yes", "no"].iter().any(is_word)
}

fn of_number(noun: &Noun, n: u64) -> &str {
    if n == 1 { &noun.one } else { &noun.many }
}

/// With a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|it| capital(it).to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// The capital of a Latin, Greek or Cyrillic letter; anything else as it is.
///
/// The standard library knows all alphabets, by tables that are 10 kB of the page.
fn capital(letter: char) -> char {
    let code = u32::from(letter);
    let capital = match letter {
        'à'..='ö' | 'ø'..='þ' | 'α'..='ρ' | 'σ'..='ϋ' | 'а'..='я' => code - 32,
        'ѐ'..='џ' => code - 80,
        // Here each capital comes just before its letter.
        'ā'..='į' | 'ĳ'..='ķ' | 'ŋ'..='ŷ' => code & !1,
        'ĺ'..='ň' | 'ź'..='ž' => (code - 1) | 1,
        _ => return letter.to_ascii_uppercase(),
    };
    char::from_u32(capital).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_no_name_of_a_class() {
        let settings = Settings::default();
        let told = |label: &str, lang: Lang| class_count(&settings, label, 50, lang);
        assert_eq!(told("1", Lang::En), "50 samples of class 1");
        assert_eq!(told("1", Lang::Es), "50 muestras de la clase 1");
        assert_eq!(told("True", Lang::En), "50 samples of class True");
        assert_eq!(told("dog", Lang::En), "50 samples of dog");
        assert_eq!(told("perro", Lang::Es), "50 muestras de perro");
        let one = class_count(&settings, "dog", 1, Lang::En);
        assert_eq!(one, "1 sample of dog");
        let whole = |label: &str, lang: Lang| class_whole(&settings, label, lang);
        assert_eq!(whole("dog", Lang::En), "the samples of dog");
        assert_eq!(whole("1", Lang::Es), "las muestras de la clase 1");
        assert_eq!(class_name(&settings, "0", 2, Lang::Es), "clase 0");
    }
    use crate::model::{Cells, Column, ColumnId, ColumnKind, Direction};

    #[test]
    fn the_letters_of_europe_have_capitals() {
        let letters = ('a'..='ķ').chain('ĺ'..='ň').chain('ŋ'..='ž');
        let letters = letters.chain('α'..='ϋ').chain('Ѐ'..='џ');
        for letter in letters.filter(|it| !"ªµº ßÿıς".contains(*it)) {
            assert_eq!(
                capitalised(&letter.to_string()),
                letter.to_uppercase().to_string()
            );
        }
        assert_eq!(capitalised("área 日"), "Área 日");
        assert_eq!(capitalised("日本"), "日本");
    }

    #[test]
    fn averages_of_a_classification_report_have_plain_names() {
        for (key, en, es) in [
            ("macro avg.f1-score", "macro F1", "F1 macro"),
            (
                "weighted avg.precision",
                "weighted precision",
                "precisión ponderada",
            ),
            (
                "weighted avg.recall",
                "weighted recall",
                "exhaustividad ponderada",
            ),
        ] {
            assert_eq!(plain_name(key, Lang::En).as_deref(), Some(en));
            assert_eq!(plain_name(key, Lang::Es).as_deref(), Some(es));
        }
        assert_eq!(plain_name("moving avg.latency", Lang::En), None);
    }

    #[test]
    fn well_known_metrics_have_plain_names() {
        let column = |key: &str| Column {
            id: ColumnId::new("m.json", &[key]),
            kind: ColumnKind::Metric,
            direction: Direction::Unknown,
            cells: Cells::default(),
            sources: Vec::new(),
        };
        let mut report = Report {
            columns: ["test_accuracy", "train_loss", "churn_value", "rmse"]
                .map(column)
                .into(),
            ..Report::default()
        };
        let told = |report: &Report, lang| {
            [None, Some(0), Some(1), Some(2), Some(3)].map(|it| metric_title(report, it, lang))
        };
        assert_eq!(
            told(&report, Lang::En),
            [
                "Accuracy",
                "Accuracy",
                "Loss (training)",
                "churn_value",
                "RMSE"
            ]
        );
        let es = told(&report, Lang::Es);
        assert_eq!(
            es[..3],
            ["Exactitud", "Exactitud", "Pérdida (entrenamiento)"]
        );
        report.settings.names = vec![("churn_value".into(), Lang::En, "money saved".into())];
        assert_eq!(metric_title(&report, Some(2), Lang::En), "Money saved");
        assert_eq!(metric_name(&report, Some(2), Lang::En), "money saved");
    }
}
