//! Measures of a classifier, fast enough to be taken of every resample.
//!
//! `analysis::measures` has the same for the views, with `None` where something is undefined. A
//! resample needs a number each time: what is undefined counts as 0, or is left out of averages.

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Share of samples that are right.
    Accuracy,
    /// Of those that were called so, the share that was.
    Precision,
    /// Of those that were so, the share that was found.
    Recall,
    /// Harmonic mean of both.
    F1,
    /// Mean recall of the classes that occur.
    BalancedAccuracy,
    /// Cohen's kappa.
    Kappa,
    /// Matthews correlation (Gorodkin's for many classes).
    Mcc,
}

/// Over which classes precision, recall or F1 is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Average {
    /// Plain mean.
    Macro,
    /// Mean weighted by how often each class occurs.
    Weighted,
    /// One class, by its index.
    Class(usize),
}

/// A measure of a confusion matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What is measured.
    pub family: Family,
    /// Over which classes; only for precision, recall and F1.
    pub average: Average,
    /// Whether averages leave out a class where the measure is undefined (scikit-learn's
    /// `zero_division=np.nan`); it counts as 0 otherwise, which is scikit-learn's default.
    pub leaves_out: bool,
}

/// All that the measures need of a confusion matrix: for each class how often it was so, was said,
/// and was said rightly.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Margins {
    /// How often each class occurs.
    pub actual: Vec<f64>,
    /// How often each class is said.
    pub predicted: Vec<f64>,
    /// How often each class is said rightly.
    pub hits: Vec<f64>,
}

impl Margins {
    /// Of no sample.
    pub fn new(n_classes: usize) -> Self {
        Self {
            actual: vec![0.0; n_classes],
            predicted: vec![0.0; n_classes],
            hits: vec![0.0; n_classes],
        }
    }

    /// Forgets all samples.
    pub fn clear(&mut self) {
        self.actual.fill(0.0);
        self.predicted.fill(0.0);
        self.hits.fill(0.0);
    }

    /// Takes over what another one of as many classes has, in the same memory.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.actual.clone_from(&other.actual);
        self.predicted.clone_from(&other.predicted);
        self.hits.clone_from(&other.hits);
    }

    /// Adds `count` samples of one cell.
    #[inline(always)]
    pub fn add(&mut self, actual: usize, predicted: usize, count: f64) {
        self.occurs(actual, count);
        self.answer(actual, predicted, count);
    }

    /// Adds `count` samples that nothing was said of yet.
    #[inline(always)]
    pub(super) fn occurs(&mut self, actual: usize, count: f64) {
        add_to(&mut self.actual, actual, count);
    }

    /// Adds `count` answers to samples that are there already.
    #[inline(always)]
    pub(super) fn answer(&mut self, actual: usize, predicted: usize, count: f64) {
        add_to(&mut self.predicted, predicted, count);
        if actual == predicted {
            add_to(&mut self.hits, actual, count);
        }
    }
}

#[inline(always)]
fn add_to(list: &mut [f64], idx: usize, count: f64) {
    if let Some(value) = list.get_mut(idx) {
        *value += count;
    }
}

/// What is summed over classes on the way to a measure.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    value: f64,
    weight: f64,
    total: f64,
    hits: f64,
    agreement: f64,
    actual_squares: f64,
    predicted_squares: f64,
}

impl Measure {
    /// A measure that has no average.
    pub fn of(family: Family) -> Self {
        Self {
            family,
            average: Average::Macro,
            leaves_out: false,
        }
    }

    /// The measure of a matrix; 0 where it is undefined.
    pub fn value(&self, margins: &Margins) -> f64 {
        let mut sums = Sums::default();
        for class in 0..margins.actual.len() {
            self.add_class(&mut sums, margins, class);
        }
        self.finish(&sums)
    }

    /// Adds a class to the sums.
    pub(super) fn add_class(&self, sums: &mut Sums, margins: &Margins, class: usize) {
        let (Some(&actual), Some(&predicted), Some(&hits)) = (
            margins.actual.get(class),
            margins.predicted.get(class),
            margins.hits.get(class),
        ) else {
            return;
        };
        let (part, whole) = match self.family {
            Family::Accuracy | Family::Kappa | Family::Mcc => {
                sums.total += actual;
                sums.hits += hits;
                sums.agreement += actual * predicted;
                sums.actual_squares += actual * actual;
                sums.predicted_squares += predicted * predicted;
                return;
            }
            Family::Precision => (hits, predicted),
            Family::Recall | Family::BalancedAccuracy => (hits, actual),
            Family::F1 => (2.0 * hits, actual + predicted),
        };
        if let Average::Class(chosen) = self.average
            && chosen != class
        {
            return;
        }
        let leaves_out = self.leaves_out || self.family == Family::BalancedAccuracy;
        if actual + predicted <= 0.0 || (leaves_out && whole <= 0.0) {
            return;
        }
        let weight = match self.average {
            Average::Weighted => actual,
            Average::Macro | Average::Class(_) => 1.0,
        };
        sums.value += weight * ratio(part, whole);
        sums.weight += weight;
    }

    /// The measure, once every class was added.
    pub(super) fn finish(&self, sums: &Sums) -> f64 {
        match self.family {
            Family::Accuracy => ratio(sums.hits, sums.total),
            Family::Kappa => {
                let expected = ratio(sums.agreement, sums.total);
                let rest = sums.total - expected;
                // Rounding alone is no agreement to be had beyond chance.
                match rest > 1e-9 * sums.total {
                    true => 1.0 - (sums.total - sums.hits) / rest,
                    false => 0.0,
                }
            }
            Family::Mcc => {
                let square = sums.total * sums.total;
                let spread = libm::sqrt(square - sums.actual_squares)
                    * libm::sqrt(square - sums.predicted_squares);
                ratio(sums.hits * sums.total - sums.agreement, spread)
            }
            _ => ratio(sums.value, sums.weight),
        }
    }
}

/// 0 by zero.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
