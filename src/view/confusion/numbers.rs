use crate::{
    analysis::heatmap::{HeatCell, is_better},
    model::{Lang, MatrixKind, Normalisation},
    words::number,
};

/// How the cells of one matrix are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellNumbers {
    /// What the matrix holds.
    pub kind: MatrixKind,
    /// What cells are divided by.
    pub normalisation: Normalisation,
    /// Whether they are differences.
    pub is_difference: bool,
    /// Whether there is room for decimals.
    pub has_room: bool,
    /// The language.
    pub lang: Lang,
}

impl CellNumbers {
    /// What stands in a cell: a count, a share in per cent without its sign, a signed difference;
    /// a dash where a share is undefined.
    pub fn cell(&self, cell: &HeatCell) -> String {
        cell.value
            .map_or_else(|| "–".to_owned(), |value| self.value(value))
    }

    /// The same of a value, with the unit that the legend names.
    pub fn value(&self, value: f64) -> String {
        let (value, digits) = if self.is_share() {
            (value * 100.0, usize::from(self.has_room))
        } else if self.kind == MatrixKind::Weighted {
            (value, decimals(value, if self.has_room { 3 } else { 1 }))
        } else {
            (value, 0)
        };
        if self.is_difference {
            number::signed(value, digits, self.lang)
        } else {
            number::decimal(value, digits, self.lang)
        }
    }

    /// Whether cells are percentages.
    pub fn is_share(&self) -> bool {
        self.normalisation != Normalisation::None
    }
}

/// How many decimals a value has, up to so many.
fn decimals(value: f64, most: usize) -> usize {
    let mut scaled = value;
    for n in 0..most {
        if (scaled - scaled.round()).abs() < 1e-9 {
            return n;
        }
        scaled *= 10.0;
    }
    most
}

/// A measure: three digits, a dash where it is undefined.
pub fn measure(value: Option<f64>, lang: Lang) -> String {
    value.map_or_else(|| "–".to_owned(), |value| number::decimal(value, 3, lang))
}

/// A measure's difference; whether it is for the better, where there is one at all.
pub fn measure_change(now: Option<f64>, before: Option<f64>, lang: Lang) -> (String, Option<bool>) {
    let (Some(now), Some(before)) = (now, before) else {
        return ("–".to_owned(), None);
    };
    let difference = now - before;
    // A measure behaves like a cell of the diagonal: more is better.
    let is_better = is_better(0, 0, difference);
    (number::signed(difference, 3, lang), is_better)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighted_counts_have_the_decimals_that_they_need() {
        let mut numbers = CellNumbers {
            kind: MatrixKind::Weighted,
            normalisation: Normalisation::None,
            is_difference: false,
            has_room: true,
            lang: Lang::En,
        };
        let texts = [0.0, 2.0, 0.25, 0.125, 3.75, 0.1, 1.0 / 3.0].map(|it| numbers.value(it));
        assert_eq!(texts, ["0", "2", "0.25", "0.125", "3.75", "0.1", "0.333"]);
        numbers.has_room = false;
        assert_eq!([0.26, 3.0].map(|it| numbers.value(it)), ["0.3", "3"]);
    }
}
