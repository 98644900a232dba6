use super::ClassWords;
use crate::{
    model::Lang,
    words::{Say, metric::capitalised, number},
};

/// A measure: what scikit-learn and PyCM call it, and what it tells in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureWords {
    /// Of a class and of all: the share that is right.
    Accuracy,
    /// Of those that were it, found.
    Recall,
    /// Of those called so, right.
    Precision,
    /// Harmonic mean of both.
    F1,
    /// Of all others, not called so.
    Specificity,
    /// Of those not called so, something else.
    NegativePredictive,
    /// Of all others, called so.
    FalseAlarms,
    /// Of those that were it, missed.
    Missed,
    /// Of all, were it.
    Prevalence,
    /// Both of either.
    Jaccard,
    /// Correlation of the 2×2 table, or of the whole matrix.
    Mcc,
    /// Agreement beyond chance.
    Kappa,
    /// Recall + specificity − 1.
    Informedness,
    /// Precision + NPV − 1.
    Markedness,
    /// Recall / false positive rate.
    PositiveLikelihood,
    /// False negative rate / specificity.
    NegativeLikelihood,
    /// Quotient of both likelihood ratios.
    OddsRatio,
    /// Mean recall.
    BalancedAccuracy,
    /// Mean precision.
    MacroPrecision,
    /// Mean F1.
    MacroF1,
    /// Mean precision weighted by support.
    WeightedPrecision,
    /// Mean F1 weighted by support.
    WeightedF1,
    /// Scott's pi.
    ScottPi,
    /// Gwet's AC1.
    GwetAc1,
    /// What naming the most frequent class would get right.
    NoInformationRate,
    /// The share that is wrong.
    HammingLoss,
}

impl MeasureWords {
    /// Its name in the words of the field, then as scikit-learn or PyCM write it.
    pub fn name(self, lang: Lang) -> (&'static str, &'static str) {
        let (en, es, code) = match self {
            Self::Accuracy => ("accuracy", "exactitud", "accuracy, ACC"),
            Self::Recall => (
                "recall, sensitivity",
                "exhaustividad, sensibilidad",
                "recall, TPR",
            ),
            Self::Precision => ("precision", "precisión", "precision, PPV"),
            Self::F1 => ("F1", "F1", "f1-score, F1"),
            Self::Specificity => ("specificity", "especificidad", "TNR"),
            Self::NegativePredictive => (
                "negative predictive value",
                "valor predictivo negativo",
                "NPV",
            ),
            Self::FalseAlarms => ("false positive rate", "tasa de falsos positivos", "FPR"),
            Self::Missed => ("false negative rate", "tasa de falsos negativos", "FNR"),
            Self::Prevalence => ("prevalence", "prevalencia", "PRE"),
            Self::Jaccard => ("Jaccard index", "índice de Jaccard", "jaccard_score, J"),
            Self::Mcc => (
                "Matthews correlation",
                "correlación de Matthews",
                "matthews_corrcoef, MCC",
            ),
            Self::Kappa => (
                "Cohen’s kappa",
                "kappa de Cohen",
                "cohen_kappa_score, Kappa",
            ),
            Self::Informedness => ("informedness, Youden’s J", "índice de Youden", "BM"),
            Self::Markedness => ("markedness", "marcación", "MK"),
            Self::PositiveLikelihood => (
                "positive likelihood ratio",
                "razón de verosimilitud positiva",
                "PLR",
            ),
            Self::NegativeLikelihood => (
                "negative likelihood ratio",
                "razón de verosimilitud negativa",
                "NLR",
            ),
            Self::OddsRatio => ("diagnostic odds ratio", "odds ratio diagnóstica", "DOR"),
            Self::BalancedAccuracy => (
                "balanced accuracy, macro recall",
                "exactitud equilibrada, exhaustividad macro",
                "balanced_accuracy_score, TPR Macro",
            ),
            Self::MacroPrecision => ("macro precision", "precisión macro", "macro avg, PPV Macro"),
            Self::MacroF1 => ("macro F1", "F1 macro", "macro avg, F1 Macro"),
            Self::WeightedPrecision => {
                ("weighted precision", "precisión ponderada", "weighted avg")
            }
            Self::WeightedF1 => ("weighted F1", "F1 ponderado", "weighted avg"),
            Self::ScottPi => ("Scott’s pi", "pi de Scott", "Scott PI"),
            Self::GwetAc1 => ("Gwet’s AC1", "AC1 de Gwet", "Gwet AC1"),
            Self::NoInformationRate => ("no information rate", "tasa sin información", "NIR"),
            Self::HammingLoss => ("error rate", "tasa de error", "hamming_loss, Hamming Loss"),
        };
        (if lang == Lang::Es { es } else { en }, code)
    }

    /// One line that explains it.
    pub fn meaning(self, lang: Lang) -> &'static str {
        let (en, es) = match self {
            Self::Accuracy => (
                "of all, the share that is right",
                "del total, la parte que acierta",
            ),
            Self::Recall => (
                "of those that are it, the share that is found",
                "de las que lo son, la parte que se encuentra",
            ),
            Self::Precision => (
                "of those called so, the share that is right",
                "de las que se llaman así, la parte que acierta",
            ),
            Self::F1 => (
                "harmonic mean of recall and precision",
                "media armónica de exhaustividad y precisión",
            ),
            Self::Specificity => (
                "of all others, the share that is not called so",
                "de todas las demás, la parte que no se llama así",
            ),
            Self::NegativePredictive => (
                "of those not called so, the share that is something else",
                "de las que no se llaman así, la parte que es otra cosa",
            ),
            Self::FalseAlarms => (
                "of all others, the share that is called so",
                "de todas las demás, la parte que se llama así",
            ),
            Self::Missed => (
                "of those that are it, the share that is called something else",
                "de las que lo son, la parte que se llama de otro modo",
            ),
            Self::Prevalence => (
                "of all, the share that is it",
                "del total, la parte que lo es",
            ),
            Self::Jaccard => (
                "of those that are it or are called so, the share that is both",
                "de las que lo son o se llaman así, la parte que cumple ambas cosas",
            ),
            Self::Mcc => (
                "correlation of what is and what is said, from −1 to 1",
                "correlación entre lo que es y lo que se dice, de −1 a 1",
            ),
            Self::Kappa => (
                "agreement beyond what the totals alone would give, up to 1",
                "acuerdo más allá del que darían los totales por sí solos, hasta 1",
            ),
            Self::Informedness => (
                "recall + specificity − 1: 0 is guessing",
                "sensibilidad + especificidad − 1: 0 es adivinar",
            ),
            Self::Markedness => (
                "precision + negative predictive value − 1",
                "precisión + valor predictivo negativo − 1",
            ),
            Self::PositiveLikelihood => (
                "how many times as often it is said of those that are it as of others",
                "en proporción, cuántas veces se dice de las que lo son por cada vez que se dice de las demás",
            ),
            Self::NegativeLikelihood => (
                "how many times as often it is not said of those that are it as of others",
                "en proporción, cuántas veces se deja de decir de las que lo son por cada vez que se deja de decir de las demás",
            ),
            Self::OddsRatio => (
                "positive by negative likelihood ratio",
                "razón de verosimilitud positiva entre negativa",
            ),
            Self::BalancedAccuracy => (
                "mean recall of the classes that occur",
                "media de la exhaustividad de las clases que aparecen",
            ),
            Self::MacroPrecision => (
                "mean precision of the classes that are predicted",
                "media de la precisión de las clases que se predicen",
            ),
            Self::MacroF1 => ("mean F1 of the classes", "media de F1 de las clases"),
            Self::WeightedPrecision => (
                "mean precision, each class by its support",
                "media de la precisión, cada clase según su tamaño",
            ),
            Self::WeightedF1 => (
                "mean F1, each class by its support",
                "media de F1, cada clase según su tamaño",
            ),
            Self::ScottPi => (
                "as kappa, with chance from both totals together",
                "como kappa, con el azar de ambos totales juntos",
            ),
            Self::GwetAc1 => (
                "as kappa, less sensitive to rare classes",
                "como kappa, menos sensible a las clases raras",
            ),
            Self::NoInformationRate => (
                "what always naming the most frequent class would get right",
                "lo que acertaría quien dijera siempre la clase más frecuente",
            ),
            Self::HammingLoss => (
                "of all, the share that is wrong",
                "del total, la parte que falla",
            ),
        };
        if lang == Lang::Es { es } else { en }
    }
}

/// What is said of one class against the rest.
#[derive(Clone, Debug, PartialEq)]
pub enum OneClassWords<'a> {
    /// The heading: a label.
    Title(&'a str),
    /// Row or column: those that are it, or are called so, by label.
    Are(&'a str),
    /// Row: everything else.
    Rest,
    /// Column: those called so.
    Called(&'a str),
    /// Column: those called something else.
    CalledElse,
    /// Heading: what its samples are taken for.
    TakenFor(&'a str),
    /// Heading: what is taken for it.
    TakenForIt(&'a str),
    /// Nothing is.
    Nothing,
    /// Heading of the measures of a class, and of the whole matrix.
    Measures,
    /// Heading of the measures of the whole matrix.
    OverallMeasures,
    /// Column head: the value.
    Value,
    /// Column head: Wilson's interval, its level in per cent.
    Interval(usize),
    /// Column head: what it tells.
    Meaning,
    /// In place of a value.
    Undefined,
    /// Label of the choice of a level.
    Level,
    /// A matrix of shares doesn't tell it.
    SharesOnly,
    /// Button.
    Close,
}

impl OneClassWords<'_> {
    /// The words, for these classes.
    pub fn say(&self, words: ClassWords<'_>, lang: Lang) -> String {
        let many = |label: &str| words.many(label, lang);
        match (self, lang) {
            (Self::Title(label), Lang::En) => {
                format!("{} against the rest", words.title(label, lang))
            }
            (Self::Title(label), Lang::Es) => {
                format!("{} frente al resto", words.title(label, lang))
            }
            (Self::Are(label), Lang::En) => format!("are {}", many(label)),
            (Self::Are(label), Lang::Es) => format!("son {}", many(label)),
            (Self::Rest, Lang::En) => "are something else".into(),
            (Self::Rest, Lang::Es) => "son otra cosa".into(),
            (Self::Called(label), Lang::En) => format!("called {}", many(label)),
            (Self::Called(label), Lang::Es) => format!("se toman por {}", many(label)),
            (Self::CalledElse, Lang::En) => "called something else".into(),
            (Self::CalledElse, Lang::Es) => "se toman por otra cosa".into(),
            (Self::TakenFor(label), Lang::En) => format!("What {} are taken for", many(label)),
            (Self::TakenFor(label), Lang::Es) => {
                let members = capitalised(&words.members(label, lang));
                format!("{members} que se toman por…")
            }
            (Self::TakenForIt(label), Lang::En) => format!("What is taken for {}", many(label)),
            (Self::TakenForIt(label), Lang::Es) => format!("Se toman por {}…", many(label)),
            (Self::Nothing, Lang::En) => "nothing".into(),
            (Self::Nothing, Lang::Es) => "nada".into(),
            (Self::Measures, Lang::En) => "Measures of this class".into(),
            (Self::Measures, Lang::Es) => "Medidas de esta clase".into(),
            (Self::OverallMeasures, Lang::En) => "Measures of the whole matrix".into(),
            (Self::OverallMeasures, Lang::Es) => "Medidas de toda la matriz".into(),
            (Self::Value, Lang::En) => "value".into(),
            (Self::Value, Lang::Es) => "valor".into(),
            (Self::Interval(level), Lang::En) => format!("Wilson’s {level}\u{a0}% interval"),
            (Self::Interval(level), Lang::Es) => {
                format!("intervalo de Wilson al {level}\u{a0}%")
            }
            (Self::Meaning, Lang::En) => "what it tells".into(),
            (Self::Meaning, Lang::Es) => "qué dice".into(),
            (Self::Undefined, Lang::En) => "undefined".into(),
            (Self::Undefined, Lang::Es) => "sin definir".into(),
            (Self::Level, Lang::En) => "Confidence".into(),
            (Self::Level, Lang::Es) => "Confianza".into(),
            (Self::SharesOnly, Lang::En) => "The artifact holds shares of each row or column: how \
                                             many are in the rest can’t be told."
                .into(),
            (Self::SharesOnly, Lang::Es) => "El artefacto contiene proporciones por fila o por \
                                             columna: no se puede saber cuántas hay en el resto."
                .into(),
            (Self::Close, Lang::En) => "Close".into(),
            (Self::Close, Lang::Es) => "Cerrar".into(),
        }
    }
}

/// An interval: "0.202 to 0.497".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalWords(pub (f64, f64));

impl Say for IntervalWords {
    fn say(&self, lang: Lang) -> String {
        let text = |value| number::decimal(value, 3, lang);
        let (low, high) = (text(self.0.0), text(self.0.1));
        match lang {
            Lang::En => format!("{low} to {high}"),
            Lang::Es => format!("de {low} a {high}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClassName, MatrixKind, Noun, Settings};

    #[test]
    fn one_class_is_called_by_its_noun_or_as_a_class() {
        let noun = |lang, one: &str, many: &str| ClassName {
            label: "PF".to_owned(),
            lang,
            noun: Noun {
                one: one.to_owned(),
                many: many.to_owned(),
            },
        };
        let settings = Settings {
            classes: vec![
                noun(Lang::En, "power forward", "power forwards"),
                noun(Lang::Es, "ala-pívot", "ala-pívots"),
            ],
            ..Settings::default()
        };
        let words = ClassWords::new(&settings, MatrixKind::Counts);
        let both = |it: OneClassWords<'_>| Lang::ALL.map(|lang| it.say(words, lang));
        let title = |label| both(OneClassWords::Title(label));
        let power = [
            "Power forwards against the rest",
            "Ala-pívots frente al resto",
        ];
        assert_eq!(title("PF"), power);
        let eight = ["Class 8 against the rest", "Clase 8 frente al resto"];
        assert_eq!(title("8"), eight);
        let label = ["dtype against the rest", "dtype frente al resto"];
        assert_eq!(title("dtype"), label, "a label stays as it is");
        let [_, taken] = both(OneClassWords::TakenFor("PF"));
        assert_eq!(taken, "Ala-pívots que se toman por…");
        let [_, taken] = both(OneClassWords::TakenFor("8"));
        assert_eq!(taken, "Muestras de la clase 8 que se toman por…");
    }
}
