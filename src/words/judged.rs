//! How the verdict is decided: the formal word, the test, its level, and chance in plain words.

use super::{
    Say,
    number::{decimal, percent},
};
use crate::model::{Direction, Lang, Outcome};

/// The words around the answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Around {
    /// The reader's question.
    Question,
    /// The formal word in the pill.
    Pill(Outcome),
    /// By what it is judged, where there is no test.
    JudgedBy {
        /// The metric's name.
        metric: String,
        /// Which way it gets better.
        direction: Direction,
    },
    /// The address asks for another metric than the report's verdict.
    JudgedByRequest,
    /// Back to the metric of the report's own verdict.
    JudgeByDefault(String),
    /// Opens the explanation.
    How,
    /// Who chose the metric: the team or the reader, or careo by its name.
    HowMetric {
        /// The metric's name.
        metric: String,
        /// Whether somebody named it.
        is_chosen: bool,
    },
    /// The mean of a metric over runs.
    MeanOf(String),
    /// Which way the metric gets better.
    HowDirection(Direction),
}

impl Say for Around {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Around {
    fn en(&self) -> String {
        let text = match self {
            Self::Question => "Did it improve?",
            Self::Pill(Outcome::Improved) => "Improved",
            Self::Pill(Outcome::Worse) => "Worse",
            Self::Pill(Outcome::NoClearChange) => "No clear change",
            Self::Pill(Outcome::Mixed) => "Mixed",
            Self::Pill(Outcome::NotComparable) => "Not comparable",
            Self::Pill(Outcome::Unknown) => "Unknown",
            Self::JudgedBy { metric, direction } => {
                let better = match direction {
                    Direction::HigherIsBetter => ", higher is better",
                    Direction::LowerIsBetter => ", lower is better",
                    Direction::Unknown => "",
                };
                return format!("Judged by {metric}{better}; no test is possible.");
            }
            Self::JudgedByRequest => "This address asks for that metric.",
            Self::JudgeByDefault(metric) => return format!("Judge by {metric} again"),
            Self::MeanOf(metric) => return format!("mean {metric}"),
            Self::How => "How this is decided",
            Self::HowMetric {
                metric,
                is_chosen: true,
            } => return format!("{metric} was named as the metric that decides."),
            Self::HowMetric {
                metric,
                is_chosen: false,
            } => {
                return format!(
                    "Nobody named a metric, so careo took {metric}. primary_metric in careo.toml names \
                     another one."
                );
            }
            Self::HowDirection(Direction::HigherIsBetter) => "Higher is better.",
            Self::HowDirection(Direction::LowerIsBetter) => "Lower is better.",
            Self::HowDirection(Direction::Unknown) => {
                "Nothing says which way it gets better; careo.toml can."
            }
        };
        text.to_owned()
    }

    fn es(&self) -> String {
        let text = match self {
            Self::Question => "¿Mejora?",
            Self::Pill(Outcome::Improved) => "Mejora",
            Self::Pill(Outcome::Worse) => "Empeora",
            Self::Pill(Outcome::NoClearChange) => "Sin cambio claro",
            Self::Pill(Outcome::Mixed) => "Mixto",
            Self::Pill(Outcome::NotComparable) => "No comparable",
            Self::Pill(Outcome::Unknown) => "Sin determinar",
            Self::JudgedBy { metric, direction } => {
                let better = match direction {
                    Direction::HigherIsBetter => ", más es mejor",
                    Direction::LowerIsBetter => ", menos es mejor",
                    Direction::Unknown => "",
                };
                return format!("Criterio: {metric}{better}; no cabe ninguna prueba estadística.");
            }
            Self::JudgedByRequest => "Esta dirección pide esa métrica.",
            Self::JudgeByDefault(metric) => return format!("Volver a juzgar por {metric}"),
            Self::MeanOf(metric) => return format!("{metric} (media)"),
            Self::How => "Cómo se decide",
            Self::HowMetric {
                metric,
                is_chosen: true,
            } => return format!("Se ha indicado {metric} como la métrica que decide."),
            Self::HowMetric {
                metric,
                is_chosen: false,
            } => {
                return format!(
                    "Nadie ha indicado una métrica, así que careo toma {metric}. Con primary_metric en \
                     careo.toml se indica otra."
                );
            }
            Self::HowDirection(Direction::HigherIsBetter) => "Más es mejor.",
            Self::HowDirection(Direction::LowerIsBetter) => "Menos es mejor.",
            Self::HowDirection(Direction::Unknown) => {
                "Nada indica en qué sentido mejora; careo.toml puede decirlo."
            }
        };
        text.to_owned()
    }
}

/// "p = 0.109", "p < 0.001".
pub fn p_value(p: f64, lang: Lang) -> String {
    /// What one compares with: none of these is written for what only rounds to it.
    const LEVELS: [f64; 3] = [0.01, 0.05, 0.1];
    if p < 0.001 {
        return format!("p < {}", decimal(0.001, 3, lang));
    }
    let is_told = |digits: &usize| {
        let unit = libm::pow(10.0, *digits as f64);
        let rounded = libm::round(p * unit) / unit;
        p == rounded || !LEVELS.contains(&rounded)
    };
    let digits = (3..=6).find(is_told).unwrap_or(6);
    format!("p = {}", decimal(p, digits, lang))
}

/// "about 1 time in 9", for a probability.
pub fn one_in(p: f64, lang: Lang) -> String {
    let n = if p > 0.0 { 1.0 / p } else { f64::INFINITY };
    if n > 1e6 {
        return match lang {
            Lang::En => "less than once in a million times".to_owned(),
            Lang::Es => "menos de una vez en un millón".to_owned(),
        };
    }
    // Beside a half, no such number is near enough.
    if n < 1.9 {
        let share = percent(p, 0, lang);
        return match lang {
            Lang::En => format!("{share} of the time"),
            Lang::Es => format!("el {share} de las veces"),
        };
    }
    // Two digits are all that such a number is worth.
    let step = libm::pow(10.0, libm::floor(libm::log10(n)) - 1.0).max(1.0);
    let n = decimal(libm::round(n / step) * step, 0, lang);
    match lang {
        Lang::En => format!("about 1 time in {n}"),
        Lang::Es => format!("más o menos 1 de cada {n} veces"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_beside_a_level_is_told_from_it() {
        let cases = [
            (0.05025, "p = 0.0503"),
            (0.05, "p = 0.050"),
            (0.049_999, "p = 0.049999"),
            (0.109375, "p = 0.109"),
            (0.0001, "p < 0.001"),
        ];
        for (p, expected) in cases {
            assert_eq!(p_value(p, Lang::En), expected);
        }
    }

    #[test]
    fn a_probability_is_so_many_times() {
        let cases = [
            (0.109375, "about 1 time in 9"),
            (0.04, "about 1 time in 25"),
            (0.00123, "about 1 time in 810"),
            (0.9, "90\u{a0}% of the time"),
            (0.64, "64\u{a0}% of the time"),
            (0.5, "about 1 time in 2"),
            (1e-9, "less than once in a million times"),
            (0.0, "less than once in a million times"),
        ];
        for (p, expected) in cases {
            assert_eq!(one_in(p, Lang::En), expected, "{p}");
        }
        assert_eq!(p_value(0.109375, Lang::Es), "p = 0,109");
        assert_eq!(p_value(1e-5, Lang::En), "p < 0.001");
    }
}
