//! The classes that the model mixes up, in natural frequencies.

use super::{
    Say,
    number::{count, percent},
    verdict::Baseline,
};
use crate::model::Lang;

/// A message about mixed-up classes.
#[derive(Clone, Debug, PartialEq)]
pub enum MixUps {
    /// Heading.
    Title,
    /// The samples behind it, with their noun.
    Of(String),
    /// The names of two classes.
    Pair(String, String),
    /// How often either is taken for the other.
    Times(u64),
    /// Of so many of a class, so many are taken for another.
    TakenFor {
        /// How many of the class there are: "35 point guards", "10 samples of dog".
        of: String,
        /// The class that it is taken for, plural.
        predicted: String,
        /// How many.
        n: u64,
        /// How many on the baseline.
        before: Option<u64>,
        /// The baseline's name.
        baseline: Baseline,
        /// How many of the class are recognised, when those are fewer.
        recognised: Option<u64>,
    },
    /// How many the other way round, now and on the baseline.
    OtherWay(u64, Option<u64>),
    /// The share of a class that is taken for another, in a matrix of shares.
    ShareTakenFor {
        /// All of the class: "point guards", "the samples of dog".
        actual: String,
        /// The class that it is taken for, plural.
        predicted: String,
        /// The share.
        share: f64,
    },
    /// The share of what is taken for a class that is another, in a matrix of shares of that.
    ShareOfTaken {
        /// The class that it is, plural.
        actual: String,
        /// The class that it is taken for, plural.
        predicted: String,
        /// The share.
        share: f64,
    },
    /// How to read the little matrices.
    Orientation,
    /// Link to the whole matrix.
    All,
    /// No class is ever taken for another.
    Nothing,
}

impl Say for MixUps {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl MixUps {
    fn en(&self) -> String {
        let lang = Lang::En;
        let text = match self {
            Self::Title => "What it mixes up",
            Self::Of(samples) => return format!("of {samples}"),
            Self::Pair(first, second) => return format!("{first} and {second}"),
            Self::Times(1) => "are mixed up once.",
            Self::Times(times) => return format!("are mixed up {} times.", n(*times, lang)),
            Self::TakenFor {
                of,
                predicted,
                n: taken,
                before,
                baseline,
                recognised,
            } => {
                let is = if *taken == 1 { "is" } else { "are" };
                let mut text = format!("Of {of}, {} {is} taken for {predicted}", n(*taken, lang));
                if let Some(before) = before {
                    text.push_str(&format!(" ({} {})", n(*before, lang), baseline.on(lang)));
                }
                if let Some(recognised) = recognised {
                    text.push_str(&format!(
                        ", more than the {} it recognises",
                        n(*recognised, lang)
                    ));
                }
                return text + ".";
            }
            Self::OtherWay(now, None) => return format!("The other way: {}.", n(*now, lang)),
            Self::OtherWay(now, Some(before)) => {
                return format!("The other way: {} ({}).", n(*now, lang), n(*before, lang));
            }
            Self::ShareTakenFor {
                actual,
                predicted,
                share,
            } => {
                let share = percent(*share, 1, lang);
                return format!("Of {actual}, {share} are taken for {predicted}.");
            }
            Self::ShareOfTaken {
                actual,
                predicted,
                share,
            } => {
                let share = percent(*share, 1, lang);
                return format!("Of what is taken for {predicted}, {share} are {actual}.");
            }
            Self::Orientation => "Rows: what it is. Columns: what the model says.",
            Self::All => "All confusions",
            Self::Nothing => "No class is taken for another.",
        };
        text.to_owned()
    }

    fn es(&self) -> String {
        let lang = Lang::Es;
        let text = match self {
            Self::Title => "Qué confunde",
            Self::Of(samples) => return format!("de {samples}"),
            Self::Pair(first, second) => {
                return super::number::list(&[first.clone(), second.clone()], lang);
            }
            Self::Times(1) => "se confunden una vez.",
            Self::Times(times) => return format!("se confunden {} veces.", n(*times, lang)),
            Self::TakenFor {
                of,
                predicted,
                n: taken,
                before,
                baseline,
                recognised,
            } => {
                let mut text = format!("De {of}, {} se toman por {predicted}", n(*taken, lang));
                if *taken == 1 {
                    text = format!("De {of}, 1 se toma por {predicted}");
                }
                if let Some(before) = before {
                    text.push_str(&format!(" ({} {})", n(*before, lang), baseline.on(lang)));
                }
                if let Some(recognised) = recognised {
                    text.push_str(&format!(
                        ", más que los aciertos ({})",
                        n(*recognised, lang)
                    ));
                }
                return text + ".";
            }
            Self::OtherWay(now, None) => return format!("Al revés: {}.", n(*now, lang)),
            Self::OtherWay(now, Some(before)) => {
                return format!("Al revés: {} ({}).", n(*now, lang), n(*before, lang));
            }
            Self::ShareTakenFor {
                actual,
                predicted,
                share,
            } => {
                let share = percent(*share, 1, lang);
                return format!("De {actual}, el {share} se toma por {predicted}.");
            }
            Self::ShareOfTaken {
                actual,
                predicted,
                share,
            } => {
                let share = percent(*share, 1, lang);
                return format!("De lo que se toma por {predicted}, el {share} son {actual}.");
            }
            Self::Orientation => "Filas: lo que es. Columnas: lo que dice el modelo.",
            Self::All => "Todas las confusiones",
            Self::Nothing => "Ninguna clase se toma por otra.",
        };
        text.to_owned()
    }
}

fn n(value: u64, lang: Lang) -> String {
    count(usize::try_from(value).unwrap_or(usize::MAX), lang)
}
