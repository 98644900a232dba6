//! What the answers are worth.

use super::{
    Say,
    number::{MINUS, decimal},
};
use crate::model::Lang;

/// A message about the value.
#[derive(Clone, Debug, PartialEq)]
pub enum Worth {
    /// Heading.
    Title,
    /// What is counted: "per 1,000 payments".
    Per(String),
    /// Both values and their difference.
    Both {
        /// The samples: "1,000 payments".
        samples: String,
        /// The baseline's name.
        baseline: String,
        /// Its value, with the unit.
        before: String,
        /// The value now, with the unit.
        now: String,
    },
    /// The value now, where there is no other.
    Now {
        /// The samples.
        samples: String,
        /// The value, with the unit.
        now: String,
    },
    /// The difference is a gain, a loss, or none.
    Difference {
        /// Without a sign, with the unit.
        size: String,
        /// `None` where it is nothing.
        is_gain: Option<bool>,
    },
    /// The interval of the difference.
    Interval {
        /// In percent.
        confidence: f64,
        /// The lower end, signed, with the unit.
        low: String,
        /// The upper end.
        high: String,
        /// Whether nothing lies between them.
        has_zero: bool,
    },
    /// Too few samples for an interval.
    NoInterval,
    /// The label of the slider: what the cell is.
    Cell {
        /// Actual class; empty for any other.
        actual: String,
        /// Predicted class; empty for any other.
        predicted: String,
    },
    /// Under the slider: where both sides are worth the same.
    BreakEven {
        /// The worth, with the unit.
        at: String,
        /// Whether this change is the better one above it.
        is_better_above: bool,
        /// The baseline's name.
        baseline: String,
    },
    /// Instead: whatever such an answer costs (or gains), one side stays the better one.
    NeverTurns {
        /// Where both would be worth the same, on the other side of zero, without a sign.
        at: String,
        /// Whether the answer costs; else it gains.
        is_cost: bool,
        /// Whether this change is the better one.
        is_better: bool,
        /// The baseline's name.
        baseline: String,
    },
    /// Before it: which worth is unknown.
    Unknown(String),
    /// Both sides have as many of those answers.
    NoBreakEven,
}

impl Say for Worth {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Worth {
    fn en(&self) -> String {
        match self {
            Self::Title => "What it is worth".to_owned(),
            Self::Per(samples) => format!("per {samples}"),
            Self::Both {
                samples,
                baseline,
                before,
                now,
            } => format!("For {samples}: {before} with {baseline}, {now} now."),
            Self::Now { samples, now } => format!("For {samples}: {now}."),
            Self::Difference {
                size,
                is_gain: Some(true),
            } => format!("That is {size} more."),
            Self::Difference {
                size,
                is_gain: Some(false),
            } => format!("That is {size} less."),
            Self::Difference { is_gain: None, .. } => "That is the same.".to_owned(),
            Self::Interval {
                confidence,
                low,
                high,
                has_zero,
            } => {
                let level = percent(*confidence, Lang::En);
                let told = format!("{level} interval of the difference: {low} to {high}");
                match has_zero {
                    true => format!("{told}, so it may be nothing."),
                    false => format!("{told}."),
                }
            }
            Self::NoInterval => "There are too few samples for an interval.".to_owned(),
            Self::Cell { actual, predicted } => match (actual.as_str(), predicted.as_str()) {
                ("", "") => "Any other answer".to_owned(),
                ("", predicted) => format!("Another class taken for {predicted}"),
                (actual, "") => format!("{actual} taken for another class"),
                (actual, predicted) if actual == predicted => format!("{actual} recognised"),
                (actual, predicted) => format!("{actual} taken for {predicted}"),
            },
            Self::BreakEven {
                at,
                is_better_above,
                baseline,
            } => {
                let side = if *is_better_above { "above" } else { "below" };
                format!(
                    "At {at} both are worth the same; {side} that this change is worth more than \
                     {baseline}."
                )
            }
            Self::NeverTurns {
                at,
                is_cost,
                is_better,
                baseline,
            } => {
                let more = if *is_better { "more" } else { "less" };
                let (costs, gain) = match is_cost {
                    true => ("costs", "gain"),
                    false => ("gains", "cost"),
                };
                format!(
                    "Whatever such an answer {costs}, this change stays worth {more} than \
                     {baseline}: only at a {gain} of {at} each would both be worth the same."
                )
            }
            Self::Unknown(cell) => format!("{cell}: nobody knows for sure what that is worth."),
            Self::NoBreakEven => {
                "Both sides have as many of these answers: what they are worth decides nothing."
                    .to_owned()
            }
        }
    }

    fn es(&self) -> String {
        match self {
            Self::Title => "Lo que vale".to_owned(),
            Self::Per(samples) => format!("por cada {samples}"),
            Self::Both {
                samples,
                baseline,
                before,
                now,
            } => format!("Por cada {samples}: {before} con {baseline}, {now} ahora."),
            Self::Now { samples, now } => format!("Por cada {samples}: {now}."),
            Self::Difference {
                size,
                is_gain: Some(true),
            } => format!("Son {size} más."),
            Self::Difference {
                size,
                is_gain: Some(false),
            } => format!("Son {size} menos."),
            Self::Difference { is_gain: None, .. } => "Es lo mismo.".to_owned(),
            Self::Interval {
                confidence,
                low,
                high,
                has_zero,
            } => {
                let level = percent(*confidence, Lang::Es);
                let told = format!("Intervalo del {level} de la diferencia: de {low} a {high}");
                match has_zero {
                    true => format!("{told}; puede que no sea nada."),
                    false => format!("{told}."),
                }
            }
            Self::NoInterval => "Hay muy pocas muestras para un intervalo.".to_owned(),
            Self::Cell { actual, predicted } => match (actual.as_str(), predicted.as_str()) {
                ("", "") => "Cualquier otra respuesta".to_owned(),
                ("", predicted) => format!("Otra clase que se toma por {predicted}"),
                (actual, "") => format!("{actual} que se toma por otra clase"),
                (actual, predicted) if actual == predicted => {
                    format!("{actual}, si se reconoce")
                }
                (actual, predicted) => format!("{actual} que se toma por {predicted}"),
            },
            Self::BreakEven {
                at,
                is_better_above,
                baseline,
            } => {
                let side = if *is_better_above {
                    "por encima"
                } else {
                    "por debajo"
                };
                format!(
                    "Con {at} ambos valen lo mismo; {side}, este cambio vale más que {baseline}."
                )
            }
            Self::NeverTurns {
                at,
                is_cost,
                is_better,
                baseline,
            } => {
                let more = if *is_better { "más" } else { "menos" };
                let (costs, gain) = match is_cost {
                    true => ("Cueste lo que cueste", "aportara"),
                    false => ("Aporte lo que aporte", "costara"),
                };
                format!(
                    "{costs} una respuesta así, este cambio sigue valiendo {more} que {baseline}: \
                     ambos solo valdrían lo mismo si cada una {gain} {at}."
                )
            }
            Self::Unknown(cell) => format!("{cell}: nadie sabe con certeza cuánto vale."),
            Self::NoBreakEven => {
                "Ambos lados tienen las mismas respuestas de estas: lo que valgan no decide nada."
                    .to_owned()
            }
        }
    }
}

fn percent(confidence: f64, lang: Lang) -> String {
    let per_cent = confidence * 100.0;
    let digits = usize::from((per_cent - libm::round(per_cent)).abs() > 1e-9);
    format!("{}\u{a0}%", decimal(per_cent, digits, lang))
}

/// An amount in a unit: "−250 €"; three significant digits, none of them after the decimal sign
/// from 100 on.
pub fn amount(value: f64, unit: Option<&str>, is_signed: bool, lang: Lang) -> String {
    let text = decimal(value, digits(value), lang);
    let is_positive = value > 0.0
        && !text.starts_with(MINUS)
        && text.bytes().any(|it| (b'1'..=b'9').contains(&it));
    let sign = if is_signed && is_positive { "+" } else { "" };
    match unit {
        Some(unit) => format!("{sign}{text}\u{a0}{unit}"),
        None => format!("{sign}{text}"),
    }
}

/// An amount as it is written.
pub fn rounded(value: f64) -> f64 {
    let power = libm::pow(10.0, digits(value) as f64);
    libm::round(value * power) / power
}

fn digits(value: f64) -> usize {
    match value.abs() {
        it if it >= 99.5 || it == 0.0 => 0,
        it if it >= 9.95 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_three_digits_and_its_unit() {
        let cases = [
            (1234.5, "1,234\u{a0}€", "+1,234\u{a0}€"),
            (-99.6, "−100\u{a0}€", "−100\u{a0}€"),
            (12.34, "12.3\u{a0}€", "+12.3\u{a0}€"),
            (-0.5, "−0.50\u{a0}€", "−0.50\u{a0}€"),
            (0.0, "0\u{a0}€", "0\u{a0}€"),
        ];
        for (value, plain, signed) in cases {
            assert_eq!(amount(value, Some("€"), false, Lang::En), plain);
            assert_eq!(amount(value, Some("€"), true, Lang::En), signed);
        }
        assert_eq!(amount(2.5, None, true, Lang::Es), "+2,50");
    }

    #[test]
    fn an_amount_is_rounded_as_it_is_written() {
        for (value, expected) in [(5471.6, 5472.0), (12.34, 12.3), (-0.456, -0.46), (0.0, 0.0)] {
            assert!((rounded(value) - expected).abs() < 1e-9, "{value}");
        }
    }

    #[test]
    fn a_cost_that_turns_nothing_around_says_so() {
        let told = |is_cost, is_better| Worth::NeverTurns {
            at: "135\u{a0}€".to_owned(),
            is_cost,
            is_better,
            baseline: "main".to_owned(),
        };
        assert_eq!(
            told(true, false).say(Lang::En),
            "Whatever such an answer costs, this change stays worth less than main: only at a \
             gain of 135\u{a0}€ each would both be worth the same."
        );
        assert_eq!(
            told(false, true).say(Lang::Es),
            "Aporte lo que aporte una respuesta así, este cambio sigue valiendo más que main: \
             ambos solo valdrían lo mismo si cada una costara 135\u{a0}€."
        );
    }

    #[test]
    fn a_break_even_point_says_which_side_is_better() {
        let told = Worth::BreakEven {
            at: "−4\u{a0}€".to_owned(),
            is_better_above: false,
            baseline: "main".to_owned(),
        };
        assert_eq!(
            told.say(Lang::En),
            "At −4\u{a0}€ both are worth the same; below that this change is worth more than main."
        );
        assert_eq!(
            told.say(Lang::Es),
            "Con −4\u{a0}€ ambos valen lo mismo; por debajo, este cambio vale más que main."
        );
    }
}
